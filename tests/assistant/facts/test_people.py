from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.facts.people import StaffDesk
from assistant.facts.timetable import Timetable
from assistant.facts.when import read_when
from assistant.speech import DayNames, Voice
from assistant.turns import Language
from assistant.wording import read_words
from tests.assistant.shelves import STAFF, hours

NOW = datetime(2026, 10, 14, 9, tzinfo=ZoneInfo("America/Bogota"))
VOICE = Voice(Language.ES, "es-CO", "COP")


def about(text, *places, days_asked=False):
    desk = StaffDesk(STAFF, Timetable(hours()), VOICE, DayNames(VOICE, NOW), NOW.date())
    when = read_when(tuple(word.text for word in read_words(text)), NOW, "es")
    return desk.about(
        [STAFF.members[place] for place in places], when, days_asked=days_asked, day_asked=when.says_a_day
    )


def test_a_day_on_which_someone_works_is_a_yes():
    assert about("está el martes?", 0).text == "Sí, Dra. Catalina Uribe atiende el martes 20 de octubre."


def test_a_day_on_which_someone_does_not_work_names_those_days():
    assert (
        about("el dr cano viene el lunes?", 1).text
        == "No, Dr. Julián Cano no atiende el lunes 19 de octubre. Atiende martes y jueves."
    )


def test_nobody_works_when_the_shop_is_closed():
    found = about("está el domingo?", 0)
    assert found.text == "No, el domingo 18 de octubre no abrimos."
    assert found.citations == ("staff", "hours")


def test_the_role_is_told_where_no_day_is_asked():
    assert about("quién opera?", 1).text == "Dr. Julián Cano: cirugía y ecografía."
