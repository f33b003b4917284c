from assistant.composers.composer import Cited, ComposedBy, Composer
from assistant.composers.quoting import QuotingComposer
from assistant.turns import Language


def test_the_draft_goes_out_as_it_is() -> None:
    composer: Composer = QuotingComposer()
    cited = Cited(citation="f01", title="Envío", text="Cuesta $35.")
    composed = composer.compose("¿cuánto?", Language.ES, "Cuesta $35.", [cited])
    assert composed.text == "Cuesta $35."
    assert composed.by is ComposedBy.QUOTE
    assert composed.fell_back_because is None
