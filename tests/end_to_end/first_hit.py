"""A counter without a model: the words of the best entry, or that it is not known."""

from assistant.turns import Answer, AnswerKind, Language, Shelf, Source, Turn
from knowledge.entries import Faq


class FirstHit:
    """Answers with the best entry that search finds, and says so when there is none."""

    def answer(self, turn: Turn, shelf: Shelf) -> Answer:
        hits = shelf.index.search(turn.text, None, 1)
        if not hits or not hits[0].lexical:
            return Answer(
                text="No lo sé",
                language=Language.ES,
                kind=AnswerKind.UNKNOWN,
                abstained=True,
                gaps=(turn.text,),
            )
        hit = hits[0].passage
        source = Source(hit.citation, hit.heading)
        entry = shelf.knowledge_base.entry(hit.entry)
        assert isinstance(entry, Faq)
        return Answer(
            text=entry.answer,
            language=Language.ES,
            kind=AnswerKind.ANSWERED,
            abstained=False,
            sources=(source,),
        )
