import pytest

from assistant.errors import TableIsBrokenError
from assistant.speech import Voice
from assistant.tables import catalogue
from assistant.turns import Language


def keys(language):
    return {(section, key) for section, messages in catalogue(language).items() for key in messages}


def test_the_catalogues_say_the_same_things_in_every_language():
    assert keys("es") == keys("pt") == keys("en")


def test_no_key_is_read_by_yaml_as_something_else():
    assert all(isinstance(key, str) for language in ("es", "pt", "en") for _, key in keys(language))


def test_a_missing_message_is_named():
    with pytest.raises(TableIsBrokenError, match=r"hours\.nothing"):
        Voice(Language.ES, "es-CO", "COP").say("hours", "nothing")
