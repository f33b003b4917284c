import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import intents
from assistant.errors import TimeHasNoZoneError, WeightsDoNotFitError
from assistant.intents_codec import kind_of
from assistant.understanding import head
from assistant.understanding.reader import Understander
from assistant.understanding.values import Awaiting, Message, awaited
from tests.assistant.understanding.shops import CLINIC, NOW, message, understood


def kinds(text, awaiting=None):
    return {kind_of(one) for one in understood(text, awaiting).intents}


@pytest.mark.parametrize(
    ("text", "awaiting", "kind"),
    [
        ("quiero agendar un masaje relajante", None, "book"),
        ("no quiero cancelar, solo cambiarla", None, "reschedule"),
        ("cancela mi cita por favor", None, "cancel"),
        ("¿tienen espacio mañana?", None, "availability"),
        ("la segunda", Awaiting.OFFER, "book"),
        ("Juan Pérez", Awaiting.NAME, "book"),
        ("sí", Awaiting.CONFIRM, "book"),
        ("no, dejemos así", Awaiting.CONFIRM, "cancel"),
        ("sí", Awaiting.REMINDER, "reminder_confirm"),
        ("sí", Awaiting.CONSENT, "opt_in_yes"),
        ("no", Awaiting.CONSENT, "opt_out"),
        ("5", Awaiting.RATING, "rate"),
    ],
)
def test_what_is_wanted_without_any_model(text, awaiting, kind):
    assert kinds(text, awaiting) == {kind}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no me escriban más por favor", "opt_out"),
        ("stop texting me", "opt_out"),
        ("borren todos mis datos", "delete_data"),
        ("quiero hablar con una persona", "human"),
        ("quero falar com um atendente", "human"),
    ],
)
def test_control_words_come_before_everything(text, kind):
    assert kind in kinds(text)


@pytest.mark.parametrize("text", ["¿baja el precio si vamos dos?", "¿me cobran si cancelo?"])
def test_near_misses_are_no_controls_and_no_cancellations(text):
    assert kinds(text).isdisjoint({"opt_out", "cancel"})


def test_a_greeting_counts_only_alone():
    assert kinds("hola") == {"greeting"}
    assert kinds("hola, quiero agendar un masaje relajante") == {"book"}


def test_details_go_with_the_intent():
    (book,) = understood("quiero masaje relajante con Wilmar a nombre de Ana Ruiz").intents
    assert isinstance(book, intents.Book)
    assert book.slots.service == (intents.Named("masaje relajante", "c6"),)
    assert book.slots.staff == (intents.Named("Wilmar", "s2"),)
    assert book.slots.person_name == "Ana Ruiz"


def test_a_complaint_carries_no_details():
    assert (
        understood("pésimo servicio, me atendieron muy mal y el masaje relajante fue una estafa").slots
        == intents.Slots()
    )


def test_the_time_to_move_from_is_told_from_the_time_to_move_to():
    (moved,) = understood("cambia mi cita del martes para el jueves").intents
    assert isinstance(moved, intents.Reschedule)
    assert [when.start.isoformat() for when in moved.slots.when] == ["2026-11-19"]
    assert len(moved.slots.from_when) == 1


def test_words_that_say_nothing_are_unsure():
    assert kinds("asdf qwer zxcv") == {"unsure"}


def test_what_it_rests_on_is_told():
    assert any(line.startswith("signs: ") for line in understood("cancela mi cita").evidence)


@given(st.text(max_size=400), st.sampled_from([None, *Awaiting]))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_an_answer(text, awaiting):
    assert Understander().understand(message(text, awaiting), CLINIC).intents


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(TimeHasNoZoneError):
        Message(text="hola", now=NOW.replace(tzinfo=None))


def test_what_this_build_does_not_know_is_not_awaited():
    assert awaited("offer") is Awaiting.OFFER
    assert awaited("horoscope") is None
    assert awaited(None) is None


def test_a_vector_is_asked_for_once():
    class Counting:
        calls = 0

        def encode_tokens(self, texts, kind):
            self.calls += 1
            return [type("Tokens", (), {"pooled": np.zeros(384, np.float32)})() for _ in texts]

    encoder = Counting()
    Understander(encoder).understand(message("hola"), CLINIC)
    assert encoder.calls == 1


def test_weights_of_other_features_are_refused(tmp_path):
    file = tmp_path / "other.npz"
    np.savez(file, features=np.asarray(["one"]), kinds=np.asarray(head.KINDS))
    with pytest.raises(WeightsDoNotFitError):
        head.read_head(file.read_bytes())
