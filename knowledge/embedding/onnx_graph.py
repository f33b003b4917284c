"""The transformer as an ONNX graph made of onnxruntime's fused operators.

The layers' weights are written out in 32 bits, which on processors without int8 dot products is the fastest form that
was measured; the word table, four fifths of the model, stays in its four bits and is expanded row by row.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from knowledge.embedding.packed_model import BLOCK, PackedModel

_FUSED: Final = "com.microsoft"
_OPSET: Final = 18
_IR_VERSION: Final = 10


class _Graph:
    """Nodes and constants, in the order in which they are added."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(
        self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: Any
    ) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], output, domain=domain, **attributes))
        return output


def write_graph(model: PackedModel, path: Path) -> None:
    """Write the graph to `path` and its weights beside it, in `path` with `.data` added."""
    graph = _Graph()
    state = _embeddings(graph, model)
    for layer in range(model.shape.layers):
        state = _layer(graph, model, state, layer)
    graph.add("Identity", [state], "token_embeddings")
    # Weights of their own file are mapped, not copied, when they are loaded.
    onnx.save_model(
        _proto(graph, model.shape.hidden),
        path,
        save_as_external_data=True,
        location=f"{path.name}.data",
        size_threshold=1024,
    )


def _proto(graph: _Graph, hidden: int) -> Any:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    output = helper.make_tensor_value_info("token_embeddings", TensorProto.FLOAT, ["texts", "tokens", hidden])
    return helper.make_model(
        helper.make_graph(graph.nodes, "encoder", inputs, [output], graph.constants),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_FUSED, 1)],
        ir_version=_IR_VERSION,
    )


def _embeddings(graph: _Graph, model: PackedModel) -> str:
    hidden = model.shape.hidden
    table = model.rows("emb.word", hidden)
    words = [graph.constant("words", table.packed), "input_ids", graph.constant("words.scale", table.scales)]
    graph.add("GatherBlockQuantized", words, "words.half", domain=_FUSED, bits=4, block_size=BLOCK)
    graph.add("Cast", ["words.half"], "words.float", to=TensorProto.FLOAT)
    # Every text is of the first kind of segment, so its vector is added to the positions once and for all.
    places = model.vector("emb.pos").reshape(-1, hidden) + model.vector("emb.type")[:hidden]
    zero = graph.constant("zero", np.zeros(1, np.int64))
    graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    graph.add("Slice", [graph.constant("positions", places), zero, "length", zero], "positions.used")
    graph.add("Add", ["words.float", "positions.used"], "embedded")
    graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
    norm = _vectors(graph, model, "emb.ln", ("w", "b"))
    return graph.add("LayerNormalization", ["embedded", *norm], "embeddings", epsilon=model.shape.epsilon)


def _layer(graph: _Graph, model: PackedModel, state: str, layer: int) -> str:
    name = f"l{layer}"
    attended = _projected(graph, model, _attention(graph, model, state, name), f"{name}.ao")
    state = _add_and_normalise(graph, model, state, attended, f"{name}.aln", f"{name}.ao")
    inner = _projected(graph, model, state, f"{name}.fi")
    active = [inner, *_vectors(graph, model, f"{name}.fi", ("b",))]
    graph.add("BiasGelu", active, f"{name}.active", domain=_FUSED)
    outer = _projected(graph, model, f"{name}.active", f"{name}.fo", columns=model.shape.inner)
    return _add_and_normalise(graph, model, state, outer, f"{name}.oln", f"{name}.fo")


def _attention(graph: _Graph, model: PackedModel, state: str, name: str) -> str:
    parts = [f"{name}.{part}" for part in "qkv"]
    weights = np.concatenate([model.rows(f"{part}.w", model.shape.hidden).dequantised() for part in parts])
    graph.add("MatMul", [state, graph.constant(f"{name}.qkv.w", weights.T)], f"{name}.qkv")
    graph.nodes.append(
        helper.make_node("Split", [f"{name}.qkv"], parts, f"{name}.split", axis=-1, num_outputs=3)
    )
    bias = graph.constant(f"{name}.qkv.b", np.concatenate([model.vector(f"{part}.b") for part in parts]))
    return graph.add(
        "MultiHeadAttention",
        [*parts, bias, "mask"],
        f"{name}.attention",
        domain=_FUSED,
        num_heads=model.shape.heads,
    )


def _projected(graph: _Graph, model: PackedModel, state: str, name: str, columns: int | None = None) -> str:
    weights = model.rows(f"{name}.w", columns or model.shape.hidden).dequantised()
    return graph.add("MatMul", [state, graph.constant(f"{name}.w", weights.T)], name)


def _add_and_normalise(
    graph: _Graph, model: PackedModel, state: str, change: str, norm: str, bias: str
) -> str:
    inputs = [change, state, *_vectors(graph, model, norm, ("w", "b")), *_vectors(graph, model, bias, ("b",))]
    return graph.add(
        "SkipLayerNormalization", inputs, f"{norm}.out", domain=_FUSED, epsilon=model.shape.epsilon
    )


def _vectors(graph: _Graph, model: PackedModel, name: str, parts: tuple[str, ...]) -> list[str]:
    return [graph.constant(f"{name}.{part}", model.vector(f"{name}.{part}")) for part in parts]
