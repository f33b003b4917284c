"""Signs beside the token vectors: what words, figures and search scores say about a question and a passage."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.evidence_words import ShelfWords, Stem, stem, stems

Floats = NDArray[np.float32]

_STOP: Final = frozenset(
    stem(word)
    for word in (
        "a al algo con cual cuales cuando cuanto cuantos cuanta cuantas como de del desde donde el ella en es ese esa eso"
        " esta este esto estan ha hay han hace hacen hasta la las le les lo los me mi mis muy no nos o para pa por porque"
        " que q se si sin son su sus te tengo tiene tienen tu un una uno y ya yo puedo puede pueden quiero quisiera saber"
        " hola buenas buenos dias tardes noches gracias favor porfa bien va van vale cuesta ustedes uds usted"
        " ao as com da das do dos e ela ele em essa esse isso na nas nao no nos os pra pro quanto qual quais quem seu sua"
        " tem um uma voce voces vc vcs oi ola bom boa dia tarde noite posso pode queria"
        " an and are at be can do does for from have how i if in is it my of on or the there to what when where which who"
        " with you your hi hello please much many"
    ).split()
)
_MONEY: Final = re.compile(r"\$ ?\d|\br\$|\d\s?(?:pesos|mil\b|reais|dolares|usd|cop|mxn)|grat(?:is|uit)|sin costo|sin cargo|free\b", re.I)
_LASTING: Final = re.compile(r"\d\s?(?:min|h\b|hs\b|hora|hour|día|dia|day|seman|week|mes|month|año|ano|year)", re.I)
_CLOCK: Final = re.compile(
    r"\d{1,2}[:h]\d{2}|\d\s?[ap]\.? ?m\b|\b(?:lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|segunda|ter[cç]a|quarta"
    r"|quinta|sexta|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\b",
    re.I,
)
_NUMBER: Final = re.compile(r"\d")
_ASKS: Final = {
    "price": re.compile(
        r"\bcu[aá]nto (?:me |te |les? )?(?:vale|cuesta|sale|cobra|es|est[aá]|ser[ií]a|queda|sai|custa)|\bprecio|\bpre[cç]o|\bvalor\b|\btarifa"
        r"|\bquanto (?:custa|[eé]|sai|fica|t[aá]|cobra)|how much|\bprice|\bcost|\bcharge",
        re.I,
    ),
    "lasting": re.compile(r"\bdemora|\btarda|\bdura\b|\bduran\b|cu[aá]nto tiempo|quanto tempo|\bleva\b|how long|cu[aá]nt[oa]s (?:d[ií]as|horas|min)", re.I),
    "time": re.compile(r"\b(?:a )?qu?e? hora|cu[aá]ndo|quando|\bhorario|what time|\bwhen\b|qu[eé] d[ií]as?", re.I),
    "count": re.compile(r"\bcu[aá]nt[oa]s|\bquant[oa]s|how many", re.I),
}
_MEETS: Final = {"price": _MONEY, "lasting": _LASTING, "time": _CLOCK, "count": _NUMBER}

SCALARS: Final = (
    "cosine", "lead", "fused", "coverage", "covered_words", "hardest_missing", "unknown_share", "numbers_missing",
    "words", "passage_words", *(f"asks_{kind}" for kind in _ASKS), *(f"meets_{kind}" for kind in _ASKS),
)  # fmt: skip
MARKS: Final = ("same", "weight", "known", "content")
"""For every token of the question: is its word in the passage, how telling is it, is it on the shelf, is it no filler."""


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """A question's words, what they weigh on one merchant's shelf, and what the question asks for."""

    stems: tuple[Stem, ...]
    weights: Floats
    known: Floats
    content: Floats
    asks: Floats
    numbers: frozenset[str]

    @classmethod
    def of(cls, text: str, shelf: ShelfWords) -> "QuestionWords":
        found = stems(text)
        return cls(
            found,
            np.array([shelf.weight(one.text) for one in found], np.float32),
            np.array([one.text in shelf.counts for one in found], np.float32),
            np.array([one.text not in _STOP for one in found], np.float32),
            np.array([bool(pattern.search(text)) for pattern in _ASKS.values()], np.float32),
            frozenset(one.text for one in found if one.text[0].isdigit()),
        )

    def marks(self, offsets: NDArray[np.int32], words: frozenset[str]) -> Floats:
        """One row a token of the question, columns as in `MARKS`."""
        rows = np.zeros((len(self.stems) + 1, len(MARKS)), np.float32)
        rows[:-1] = np.stack([self._same(words), self.weights, self.known, self.content], axis=1)
        return rows[self._places(offsets)]

    def _same(self, words: frozenset[str]) -> Floats:
        return np.array([one.text in words for one in self.stems], np.float32)

    def _places(self, offsets: NDArray[np.int32]) -> NDArray[np.intp]:
        """For each token the word that its end falls in, or one past the last."""
        ends = np.array([one.end for one in self.stems], np.int32)
        starts = np.array([one.start for one in self.stems], np.int32)
        found = np.searchsorted(ends, offsets[:, 1])
        outside = (found >= len(ends)) | (offsets[:, 1] <= np.append(starts, 2**31 - 1)[found])
        return np.where(outside, len(ends), found)

    def scalars(self, passage: str, words: frozenset[str]) -> list[float]:
        """Columns of `SCALARS` after the three that search gives."""
        same, told = self._same(words), self.weights * self.content
        total = float(told.sum())
        missing = told * (1 - same)
        meets = [float(bool(_MEETS[kind].search(passage))) for kind in _ASKS]
        return [
            float((told * same).sum()) / total if total else 0.0,
            float((same * self.content).sum()) / 4,
            float(missing.max(initial=0.0)),
            float((told * (1 - self.known)).sum()) / total if total else 0.0,
            float(len(self.numbers - words)),
            min(len(self.stems), 24) / 12,
            min(len(words), 60) / 30,
            *self.asks.tolist(),
            *(asked * (2 * met - 1) for asked, met in zip(self.asks.tolist(), meets, strict=True)),
        ]


def search_scalars(cosines: Sequence[float], fused: Sequence[float]) -> Floats:
    """The first three columns of `SCALARS`: the cosine, its lead over the best other candidate, the fused score."""
    close = np.asarray(cosines, np.float32)
    best = np.sort(close)[::-1]
    rivals = np.where(close == best[0], best[1] if len(best) > 1 else best[0], best[0])
    return np.stack([(close - 0.85) * 10, (close - rivals) * 10, np.asarray(fused, np.float32)], axis=1)
