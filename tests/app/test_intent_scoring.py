import io

import pytest
from rich.console import Console

from app.evaluation.intent_frames import Frame
from app.evaluation.intent_scoring import confusions, hurts, score_intents
from app.evaluation.intent_table import print_confusions, print_score


def made(ident, *intents, **slots):
    return Frame(id=ident, intents=frozenset(intents), slots=slots)


GOLD = [
    made("1", "book", service="corte"),
    made("2", "cancel"),
    made("3", "opt_out"),
    made("4", "question", "book"),
]


def test_the_labels_themselves_score_everything():
    result = score_intents(GOLD, GOLD)
    assert (result.micro_f1, result.macro_f1, result.all_exact) == (1.0, 1.0, 1.0)
    assert (result.harmful, result.missed) == ((), ())


def test_figures_count_what_is_right_missing_and_spurious():
    said = [made("1", "book", service="barba"), made("2", "cancel", party_size=2), made("4", "book")]
    result = score_intents(GOLD, said)
    assert result.micro_f1 == pytest.approx(2 * 3 / (2 * 3 + 2))
    assert result.intents_exact == 0.5
    assert result.all_exact == 0.0
    assert result.unpredicted == 1
    assert (result.slots["service"].exact, result.slots["party_size"].spurious) == (0, 1)


def test_a_booking_action_read_as_another_hurts():
    assert hurts(made("1", "cancel"), made("1", "book"))
    assert not hurts(made("1", "cancel"), made("1"))
    assert not hurts(made("1", "availability"), made("1", "book"))
    assert [gold.id for gold, _ in score_intents(GOLD, [made("2", "reschedule")]).harmful] == ["2"]


def test_a_missed_opt_out_is_told():
    assert [gold.id for gold, _ in score_intents(GOLD, [made("3", "cancel")]).missed] == ["3"]


def test_confusions_say_what_each_action_was_read_as():
    pairs = [(made("1", "book"), made("1", "availability")), (made("2", "cancel"), made("2"))]
    assert confusions(pairs) == {("book", "availability"): 1, ("cancel", "nothing"): 1}


def test_the_tables_name_what_must_never_happen():
    out = Console(file=io.StringIO(), width=140)
    said = [
        made("1", "book", service="corte"),
        made("2", "book"),
        made("3", "cancel"),
        made("4", "question", "book"),
    ]
    result = score_intents(GOLD, said)
    print_score(out, result)
    print_confusions(out, GOLD, said, result)
    text = out.file.getvalue()
    assert "a booking action read as a different one: 1" in text
    assert "2: meant cancel, read book" in text
    assert "3: meant opt_out, read cancel" in text
