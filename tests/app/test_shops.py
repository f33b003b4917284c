"""What a merchant knows becomes the diary's shop, is delivered with every import, and is compared with it."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import text

from app.merchants import load_knowledge
from app.shops import copies_agree, shop_of
from calendar_sync.shop.store import deliver, read_shop
from calendar_sync.shop.values import AgendaChoice, OpenRange, Service, ServiceKind, Shop
from kernel.clock import SetClock
from kernel.database import Database
from kernel.settings import Room
from knowledge.entries import KnowledgeBase
from knowledge.interchange import read_merchant

FILE = """
id: estudio
name: Estudio Norte
timezone: America/Mexico_City
locale: es-MX
languages: [es, en]
address: Calle Uno 1
hours:
  weekly: {mon: [["09:00", "14:00"], ["16:00", "20:00"]], fri: [["20:00", "02:00"]]}
  special:
    - {date: "2026-12-24", open: [["09:00", "12:00"]], note: corto}
    - {date: "2026-12-25", open: []}
staff:
  - {id: s1, name: Inés, role: maestra, days: [mon, fri]}
  - {id: s2, name: Rodrigo}
catalog:
  - {id: c1, name: Masaje, price: 500, duration_min: 50, bookable: true, staff: [s1], days: [mon], buffer_after_min: 10, sala: Sala azul, anticipación mínima: 2 horas, solo socios: sí}
  - {id: c2, name: Yoga, duration_min: 60, bookable: true}
  - {id: c3, name: Vale de regalo, price: 300, bookable: false}
  - {id: c4, name: Sin duración, bookable: true}
classes:
  - {id: y1, name: Yoga, teacher: Inés, sessions: [{day: mon, time: "09:00"}, {day: fri, time: "21:00"}], capacity: 8}
  - {id: y2, name: Danza, days: [mon], horario: "10:00, 18:00", duration_min: 45, cupo: 12}
  - {id: y3, name: Sin cupo, days: [mon], time: "11:00", duration_min: 45}
salas:
  - {id: r1, name: Sala azul}
reservas:
  - {id: reglas, anticipación: 90 min, horizonte: 30 días, cada: 30 min, recordatorios: "24 h, 2 h", agenda: local}
horarios del personal:
  - {id: h1, persona: s2, días: [mon, fri], horario: "10:00-14:00, 16:00-19:00"}
  - {id: h2, persona: Rodrigo, días: sat, horario: 10:00-12:00}
cierres:
  - {id: x1, name: Inventario, fecha: "2026-12-28"}
  - {id: x3, name: Vacaciones de Inés, persona: Inés, desde: "2027-01-04", hasta: "2027-01-08"}
  - {id: x2, name: Fumigación, fecha: "2026-12-29", desde: "10:00", hasta: "12:00"}
"""


def base_of(content: str) -> KnowledgeBase:
    loaded = read_merchant(content.encode())
    assert loaded.knowledge_base is not None
    return loaded.knowledge_base


@pytest.fixture
def shop() -> Shop:
    return shop_of(base_of(FILE))


def service(shop: Shop, key: str) -> Service:
    found = shop.service(key)
    assert found is not None, f"{key} is not among {[one.id for one in shop.services]}"
    return found


def test_hours_and_special_days_are_the_same(shop: Shop) -> None:
    assert shop.weekly[0] == (OpenRange(time(9), time(14)), OpenRange(time(16), time(20)))
    assert shop.weekly[4] == (OpenRange(time(20), time(2)),)
    assert shop.weekly[6] == ()
    assert {one.day: len(one.ranges) for one in shop.special} == {
        date(2026, 12, 24): 1,
        date(2026, 12, 25): 0,
    }
    assert (shop.country, shop.timezone, shop.languages) == ("MX", "America/Mexico_City", ("es", "en"))


def test_only_what_can_be_booked_becomes_a_service(shop: Shop) -> None:
    assert {one.id for one in shop.services} == {"c1", "c2", "y2"}


def test_columns_of_the_catalogue_say_how_a_service_is_booked(shop: Shop) -> None:
    massage = service(shop, "c1")
    assert (massage.minutes, massage.staff, massage.days, massage.rooms) == (50, ("s1",), (0,), ("r1",))
    assert (massage.before, massage.after, massage.notice_book, massage.members_only) == (0, 10, 120, True)
    assert massage.kind is ServiceKind.APPOINTMENT


def test_a_timetable_becomes_classes_with_seats(shop: Shop) -> None:
    assert service(shop, "c2").kind is service(shop, "y2").kind is ServiceKind.GROUP
    assert [(one.id, one.service, one.days, one.starts, one.minutes, one.seats) for one in shop.classes] == [
        ("y1", "c2", (0,), time(9), 60, 8),
        ("y1+1", "c2", (4,), time(21), 60, 8),
        ("y2", "y2", (0,), time(10), 45, 12),
        ("y2+1", "y2", (0,), time(18), 45, 12),
    ]
    assert shop.classes[0].staff == "s1"


def test_rules_of_booking_are_read_from_their_own_section(shop: Shop) -> None:
    assert (shop.rules.notice_book, shop.rules.horizon_days, shop.rules.grid) == (90, 30, 30)
    assert shop.reminders == (1440, 120)
    assert shop.agenda is AgendaChoice.LOCAL


def test_rules_may_be_written_as_one_mapping() -> None:
    content = FILE.replace("reservas:\n  - {id: reglas,", "booking:\n  {").replace(
        "cada: 30 min", "cada: 20 min"
    )
    shop = shop_of(base_of(content))
    assert (shop.rules.notice_book, shop.rules.grid, shop.reminders) == (90, 20, (1440, 120))


def test_closures_are_whole_days_or_hours(shop: Shop) -> None:
    whole, part = shop.closures
    assert (whole.start.isoformat(), whole.end.isoformat()) == (
        "2026-12-28T00:00:00-06:00",
        "2026-12-29T00:00:00-06:00",
    )
    assert (part.start.hour, part.end.hour, part.end.day) == (10, 12, 29)


def test_people_have_their_own_hours_and_days_off(shop: Shop) -> None:
    ines, rodrigo = shop.staff
    assert ines.hours is None
    assert rodrigo.off == ()
    assert rodrigo.hours is not None
    assert [len(day) for day in rodrigo.hours] == [2, 0, 0, 0, 2, 1, 0]
    assert rodrigo.hours[0][0] == OpenRange(time(10), time(14))
    assert [(one.start.date(), one.end.date()) for one in ines.off] == [(date(2027, 1, 4), date(2027, 1, 9))]


def test_confirmed_holidays_are_kept_by_name() -> None:
    shop = shop_of(base_of(FILE.replace("agenda: local", 'festivos cerrados: "Navidad; Año Nuevo"')))
    assert shop.holidays is not None
    assert (shop.holidays.country, shop.holidays.closed) == ("MX", ("Navidad", "Año Nuevo"))


def test_tables_make_a_service_where_the_catalogue_names_none() -> None:
    content = (
        FILE.split("staff:", maxsplit=1)[0]
        + "mesas:\n  - {id: m1, name: Terraza, personas: 4, cantidad: 3}\n"
    )
    shop = shop_of(base_of(content))
    assert [(one.id, one.kind) for one in shop.services] == [("table", ServiceKind.TABLE)]
    assert [(one.id, one.seats) for one in shop.tables] == [("m1", 4), ("m1+1", 4), ("m1+2", 4)]


def test_an_import_delivers_the_copy_and_a_comparison_notices_a_difference(
    room_database: Callable[[Room], Database], clock: SetClock, administrator_url: str
) -> None:
    import psycopg

    edge, diary = room_database(Room.EDGE), room_database(Room.DIARY)
    merchant, _ = load_knowledge(edge, clock, base_of(FILE))
    with diary.transaction(merchant) as session:
        found = read_shop(session, merchant)
    assert found is not None
    assert found.services == shop_of(base_of(FILE)).services
    with edge.transaction(merchant) as session:
        assert copies_agree(session, merchant)
    load_knowledge(edge, clock, base_of(FILE.replace("duration_min: 50", "duration_min: 55")))
    with edge.transaction(merchant) as session:
        assert copies_agree(session, merchant)
        changed = read_shop(session, merchant)
        assert changed is not None
        assert (service(changed, "c1").minutes, changed.version) == (55, 2)
        # A delivery that comes late does not bring old hours back.
        deliver(session, merchant, found, clock.now())
        assert read_shop(session, merchant) == changed
    with psycopg.connect(administrator_url) as connection:
        connection.execute("update calendar.shop set digest = 'other'")
    with edge.transaction(merchant) as session:
        assert not copies_agree(session, merchant)


def test_a_merchant_without_a_copy_does_not_agree(
    room_database: Callable[[Room], Database], clock: SetClock, administrator_url: str
) -> None:
    import psycopg

    edge = room_database(Room.EDGE)
    merchant, _ = load_knowledge(edge, clock, base_of(FILE))
    with psycopg.connect(administrator_url) as connection:
        connection.execute("delete from calendar.shop")
    with edge.transaction(merchant) as session:
        assert not copies_agree(session, merchant)
        assert session.execute(text("select count(*) from calendar.shop")).scalar() == 0
