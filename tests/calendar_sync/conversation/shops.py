"""The shops that the scripts play in: a salon with two people, a studio with classes, an inn with tables."""

from datetime import date, time

from calendar_sync.ids import ClassId, ServiceId, StaffId, TableId
from calendar_sync.shop.values import (
    DiningTable,
    GroupClass,
    OpenRange,
    Rules,
    Service,
    ServiceKind,
    Shop,
    SpecialDay,
    StaffMember,
)

SPLIT = (OpenRange(time(9), time(13)), OpenRange(time(15), time(19)))
SATURDAY = (OpenRange(time(9), time(14)),)
NORA, RAUL = StaffId("nora"), StaffId("raul")

SALON = Shop(
    name="Salón Jacaranda",
    timezone="America/Bogota",
    country="CO",
    languages=("es", "pt", "en"),
    weekly=(SPLIT, SPLIT, SPLIT, SPLIT, SPLIT, SATURDAY, ()),
    special=(
        SpecialDay(day=date(2026, 12, 8), note="Día de las Velitas"),
        SpecialDay(day=date(2026, 12, 24), ranges=(OpenRange(time(9), time(12)),), note="Nochebuena"),
    ),
    services=(
        Service(id=ServiceId("cut"), name="Corte de pelo", minutes=30),
        Service(id=ServiceId("cutbeard"), name="Corte y barba", minutes=60),
        Service(id=ServiceId("dye"), name="Tinte completo", minutes=90, staff=(NORA,), notice_cancel=1440),
        Service(id=ServiceId("nails"), name="Manicura", minutes=45, staff=(NORA, RAUL), days=(1, 3)),
        Service(
            id=ServiceId("massage"), name="Masaje del club", minutes=60, staff=(RAUL,), members_only=True
        ),
    ),
    staff=(
        StaffMember(id=NORA, name="Nora", role="estilista", days=(0, 1, 2, 3, 4)),
        StaffMember(id=RAUL, name="Raúl", role="barbero", days=(1, 2, 3, 4, 5)),
    ),
    rules=Rules(grid=30, notice_book=60, notice_move=120, notice_cancel=120, horizon_days=60),
)

STUDIO = Shop(
    name="Estudio Marea",
    timezone="America/Bogota",
    country="CO",
    weekly=((OpenRange(time(6), time(21)),),) * 7,
    staff=(StaffMember(id=NORA, name="Nora"), StaffMember(id=RAUL, name="Raúl")),
    services=(Service(id=ServiceId("yoga"), name="Yoga suave", minutes=60, kind=ServiceKind.GROUP),),
    classes=(
        GroupClass(
            id=ClassId("dawn"),
            service=ServiceId("yoga"),
            days=(0, 2, 4),
            starts=time(7),
            minutes=60,
            seats=4,
            staff=NORA,
        ),
        GroupClass(
            id=ClassId("dusk"),
            service=ServiceId("yoga"),
            days=(1, 3),
            starts=time(18),
            minutes=60,
            seats=4,
            staff=RAUL,
        ),
    ),
)

INN = Shop(
    name="Fonda La Ceiba",
    timezone="America/Bogota",
    country="CO",
    weekly=((OpenRange(time(18), time(1)),),) * 7,
    services=(Service(id=ServiceId("dinner"), name="Mesa", minutes=90, kind=ServiceKind.TABLE),),
    tables=(
        DiningTable(id=TableId("big"), name="Mesa grande", seats=6, at_least=3),
        DiningTable(id=TableId("small"), name="Mesa chica", seats=2),
    ),
    rules=Rules(grid=30),
)

EMPTY = Shop(name="Nada", timezone="America/Bogota")

BY_NAME = {"salon": SALON, "studio": STUDIO, "inn": INN, "empty": EMPTY}
