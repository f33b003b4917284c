"""The default composer: the draft already quotes the merchant's own words, so it goes out as it is."""

from collections.abc import Sequence

from assistant.composers.composer import Cited, Composed, ComposedBy
from assistant.turns import Language


class QuotingComposer:
    def compose(self, question: str, language: Language, draft: str, cited: Sequence[Cited]) -> Composed:  # noqa: ARG002 - the port's
        return Composed(text=draft, by=ComposedBy.QUOTE)
