"""The optional composer: a language model rewords the draft, and the draft is sent wherever that is not safe."""

from collections.abc import Sequence
from datetime import timedelta

import httpx

from assistant.composers.acceptance import Candidate, objection
from assistant.composers.breaker import Breaker
from assistant.composers.composer import Cited, Composed, ComposedBy
from assistant.composers.endpoint import Endpoint, LanguageModelSettings, NoReply
from assistant.composers.prompt import messages
from assistant.turns import Language
from kernel.clock import Clock

__all__ = ["LanguageModelComposer", "LanguageModelSettings"]


class LanguageModelComposer:
    """One per process, with the process's HTTP client; may be used from several threads."""

    def __init__(self, client: httpx.Client, settings: LanguageModelSettings, clock: Clock) -> None:
        self._endpoint = Endpoint(client, settings)
        self._tone = settings.tone
        self._breaker = Breaker(clock, settings.failures, timedelta(seconds=settings.rest_seconds))

    def compose(self, question: str, language: Language, draft: str, cited: Sequence[Cited]) -> Composed:
        """The model's words if every check passes, else the draft and the reason."""
        if not draft.strip():
            return _draft(draft, "nothing to reword")
        if not self._breaker.lets_through():
            return _draft(draft, "endpoint left alone after failures")
        reply = self._endpoint.ask(messages(question, language, draft, cited, self._tone))
        if isinstance(reply, NoReply):
            self._breaker.failed()
            return _draft(draft, reply.reason)
        self._breaker.succeeded()
        text = reply.text.strip()
        sources = tuple(part for one in cited for part in (one.title, one.text))
        reason = objection(Candidate(text=text, draft=draft, sources=sources, language=language))
        return Composed(text=text, by=ComposedBy.MODEL) if reason is None else _draft(draft, reason)


def _draft(draft: str, reason: str) -> Composed:
    return Composed(text=draft, by=ComposedBy.QUOTE, fell_back_because=reason)
