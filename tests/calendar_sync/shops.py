"""Shops that tests book in: a clinic with staff and a room, a studio with classes, a restaurant, a stall without staff."""

from datetime import time

from calendar_sync.ids import ClassId, RoomId, ServiceId, StaffId, TableId
from calendar_sync.shop.values import (
    DiningTable,
    GroupClass,
    OpenRange,
    RoomSpace,
    Rules,
    Service,
    ServiceKind,
    Shop,
    StaffMember,
)

MORNING = OpenRange(time(8), time(12))
AFTERNOON = OpenRange(time(14), time(18))
SPLIT = (MORNING, AFTERNOON)
WEEK = (SPLIT,) * 5 + ((MORNING,), ())

ANA, LUIS = StaffId("ana"), StaffId("luis")
CUT, LASER, YOGA, DINNER = ServiceId("cut"), ServiceId("laser"), ServiceId("yoga"), ServiceId("dinner")
CABIN = RoomId("cabin")
DAWN = ClassId("dawn")

CLINIC = Shop(
    name="Clínica",
    timezone="America/Bogota",
    weekly=WEEK,
    services=(
        Service(id=CUT, name="Corte", minutes=30),
        Service(id=LASER, name="Láser", minutes=60, staff=(ANA,), rooms=(CABIN,), before=15, after=15),
    ),
    staff=(
        StaffMember(id=ANA, name="Ana", days=(0, 1, 2, 3, 4)),
        StaffMember(id=LUIS, name="Luis", days=(1, 2, 3, 4, 5)),
    ),
    rooms=(RoomSpace(id=CABIN, name="Cabina"),),
    rules=Rules(grid=30),
)

STUDIO = Shop(
    name="Estudio",
    timezone="America/Mexico_City",
    weekly=((OpenRange(time(6), time(21)),),) * 7,
    services=(Service(id=YOGA, name="Yoga", minutes=60, kind=ServiceKind.GROUP),),
    staff=(StaffMember(id=ANA, name="Ana"),),
    classes=(
        GroupClass(
            id=DAWN,
            service=YOGA,
            name="Yoga al alba",
            days=(0, 2, 4),
            starts=time(7),
            minutes=60,
            seats=5,
            staff=ANA,
        ),
    ),
)

RESTAURANT = Shop(
    name="Fonda",
    timezone="America/Mexico_City",
    weekly=((OpenRange(time(18), time(2)),),) * 7,
    services=(Service(id=DINNER, name="Mesa", minutes=90, kind=ServiceKind.TABLE),),
    tables=(
        DiningTable(id=TableId("t6"), name="Mesa grande", seats=6, at_least=3),
        DiningTable(id=TableId("t2"), name="Mesa chica", seats=2),
    ),
)

STALL = Shop(
    name="Puesto",
    timezone="America/Mexico_City",
    weekly=((OpenRange(time(9), time(18)),),) * 7,
    services=(Service(id=CUT, name="Corte", minutes=30),),
    rules=Rules(parallel=2),
)
