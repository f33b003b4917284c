"""Whatever the shop, the calendar and the clocks: no slot where there must be none, and one where there may.

The oracle walks every slot in steps of five minutes and looks at the clock on the wall; it shares no code with what
it judges. Days are chosen around the changes of clocks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from calendar_sync.availability.checking import check
from calendar_sync.availability.slots import find
from calendar_sync.availability.values import (
    Ask,
    Busy,
    Purpose,
    Refused,
    Resource,
    ResourceKind,
    Situation,
    Slot,
    Taken,
    Window,
)
from calendar_sync.ids import BookingId, RoomId, ServiceId, StaffId
from calendar_sync.shop.values import (
    Closure,
    Day,
    OpenRange,
    RoomSpace,
    Rules,
    Service,
    Shop,
    SpecialDay,
    StaffMember,
)

STEP = timedelta(minutes=5)
CHANGES = [
    ("America/Santiago", date(2026, 4, 4)),
    ("America/Santiago", date(2026, 9, 6)),
    ("Europe/Madrid", date(2026, 3, 29)),
    ("Europe/Madrid", date(2026, 10, 25)),
    ("America/Mexico_City", date(2022, 4, 3)),
    ("America/Mexico_City", date(2022, 10, 30)),
    ("America/Mexico_City", date(2026, 11, 24)),
]
SERVICE = ServiceId("service")
STAFF = (StaffId("a"), StaffId("b"))
ROOM = RoomId("room")

USUAL: list[Day] = [
    (),
    (OpenRange(time(8), time(12)), OpenRange(time(14), time(19))),
    (OpenRange(time(18), time(4)),),
    (OpenRange(time(0), time(0)),),
]
minutes = st.integers(0, 287).map(lambda five: five * 5)


@st.composite
def days(draw: st.DrawFn) -> Day:
    """Up to three ranges, none overlapping; the last may end past midnight."""
    if draw(st.integers(0, 2)) == 0:
        return draw(st.sampled_from(USUAL))
    marks = draw(st.lists(minutes, min_size=2, max_size=6, unique=True).map(sorted))
    ranges = [OpenRange(clock(a), clock(b)) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if ranges and draw(st.booleans()):
        first = ranges[0].opens
        ranges[-1] = OpenRange(ranges[-1].opens, min(first, clock(draw(minutes))))
    return tuple(ranges)


def clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


@dataclass(frozen=True, slots=True)
class Case:
    situation: Situation
    ask: Ask


weekdays = st.one_of(st.just(()), st.lists(st.integers(0, 6), min_size=4, max_size=6, unique=True).map(tuple))
short = st.integers(1, 18).map(lambda five: five * 5)
buffers = st.sampled_from([0, 0, 5, 15, 30])


@st.composite
def windows(draw: st.DrawFn, middle: datetime) -> Window:
    start = middle + draw(st.integers(-300, 300)) * STEP
    return Window(start, start + draw(st.integers(1, 60)) * STEP)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, day = draw(st.sampled_from(CHANGES))
    middle = datetime.combine(day, time(12), tzinfo=UTC)
    spans = st.lists(windows(middle), max_size=3)
    service = Service(
        id=SERVICE,
        name="s",
        minutes=draw(short),
        days=draw(weekdays),
        before=draw(buffers),
        after=draw(buffers),
        rooms=(ROOM,) if draw(st.booleans()) else (),
    )
    shop = Shop(
        name="x",
        timezone=zone,
        weekly=tuple(draw(days()) for _ in range(7)),
        special=tuple(
            SpecialDay(day=day + timedelta(days=offset), ranges=draw(days()))
            for offset in draw(st.lists(st.integers(-1, 1), max_size=1))
        ),
        closures=tuple(Closure(start=one.start, end=one.end) for one in draw(spans)),
        services=(service,),
        staff=tuple(draw(members(key)) for key in STAFF),
        rooms=(RoomSpace(id=ROOM, name="r"),),
        rules=Rules(
            notice_book=draw(st.sampled_from([0, 60, 600])), horizon_days=draw(st.sampled_from([1, 3, 30]))
        ),
    )
    busy = Busy(tuple(draw(spans)), tuple((key, tuple(draw(spans))) for key in STAFF))
    now = middle - timedelta(hours=draw(st.integers(0, 60)), seconds=draw(st.integers(0, 59)))
    situation = Situation(shop=shop, busy=busy, taken=tuple(draw(takens(middle))), now=now)
    staff = draw(st.sampled_from([None, *STAFF]))
    around = Window(middle - timedelta(days=2), middle + timedelta(days=2))
    return Case(situation, Ask(service=SERVICE, window=around, staff=staff))


@st.composite
def members(draw: st.DrawFn, key: StaffId) -> StaffMember:
    return StaffMember(
        id=key,
        name=key,
        days=draw(weekdays),
        hours=draw(st.one_of(st.none(), st.none(), st.tuples(*[days()] * 7))),
    )


@st.composite
def takens(draw: st.DrawFn, middle: datetime) -> list[Taken]:
    keys = [
        Resource(ResourceKind.STAFF, STAFF[0]),
        Resource(ResourceKind.STAFF, STAFF[1]),
        Resource(ResourceKind.ROOM, ROOM),
    ]
    return [
        Taken(resource=draw(st.sampled_from(keys)), window=draw(windows(middle)), booking=BookingId(uuid4()))
        for _ in range(draw(st.integers(0, 5)))
    ]


# The oracle


def instants(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += STEP


def wall(moment: datetime, shop: Shop) -> datetime:
    return moment.astimezone(ZoneInfo(shop.timezone)).replace(tzinfo=None)


def days_open(moment: datetime, shop: Shop) -> set[date]:
    """Days whose timetable says that the shop is open when the wall shows this."""
    shown = wall(moment, shop)
    around = (shown.date(), shown.date() - timedelta(days=1))
    return {day for day in around if shows_in(shown, ranges_of(day, shop), day)}


def ranges_of(day: date, shop: Shop) -> Day:
    special = [one.ranges for one in shop.special if one.day == day]
    return special[0] if special else shop.weekly[day.weekday()]


def shows_in(shown: datetime, ranges: Day, day: date) -> bool:
    for one in ranges:
        closing = day if one.closes > one.opens else day + timedelta(days=1)
        if datetime.combine(day, one.opens) <= shown < datetime.combine(closing, one.closes):
            return True
    return False


def works(member: StaffMember, moment: datetime, shop: Shop) -> bool:
    for day in days_open(moment, shop):
        comes = not member.days or day.weekday() in member.days or not shop.weekly[day.weekday()]
        own = member.hours is None or shows_in(wall(moment, shop), member.hours[day.weekday()], day)
        if comes and own:
            return True
    return False


def offered(service: Service, moment: datetime, shop: Shop) -> bool:
    return any(not service.days or day.weekday() in service.days for day in days_open(moment, shop))


def meets(windows_: tuple[Window, ...] | list[Window], start: datetime, end: datetime) -> bool:
    return any(one.start < end and start < one.end for one in windows_)


def could_be(case: Case, start: datetime) -> set[StaffId]:
    """Who could give the service from this moment on, by the naive rules; nobody where it cannot be."""
    situation, shop = case.situation, case.situation.shop
    service = shop.services[0]
    end = start + timedelta(minutes=service.minutes)
    first, last = start - timedelta(minutes=service.before), end + timedelta(minutes=service.after)
    assert isinstance(situation.busy, Busy)
    horizon = wall(situation.now, shop).date() + timedelta(days=shop.rules.horizon_days)
    if (
        start < situation.now + timedelta(minutes=shop.rules.notice_book)
        or wall(start, shop).date() > horizon
    ):
        return set()
    inside = list(instants(start, end))
    if not all(offered(service, one, shop) for one in inside):
        return set()
    if meets([Window(one.start, one.end) for one in shop.closures], start, end):
        return set()
    if meets(situation.busy.ranges, first, last):
        return set()
    if service.rooms and meets(taken_of(situation, ResourceKind.ROOM, ROOM), first, last):
        return set()
    return {
        member.id
        for member in shop.staff
        if case.ask.staff in (None, member.id)
        and all(works(member, one, shop) for one in inside)
        and not meets(situation.busy.of(member.id), first, last)
        and not meets(taken_of(situation, ResourceKind.STAFF, member.id), first, last)
    }


def taken_of(situation: Situation, kind: ResourceKind, key: str) -> list[Window]:
    return [one.window for one in situation.taken if one.resource == Resource(kind, key)]


def comes_twice(start: datetime, end: datetime, shop: Shop) -> bool:
    """Whether the wall shows a time near this one twice: which of the two is meant is for the shop to say."""
    zone = ZoneInfo(shop.timezone)
    near = instants(start - timedelta(hours=2), end + timedelta(hours=2))
    return any(one.astimezone(zone).replace(fold=1).utcoffset() != one.astimezone(zone).replace(fold=0).utcoffset()
               for one in near)  # fmt: skip


def some(found: Sequence[Slot]) -> Sequence[Slot]:
    """Up to thirty of them, from all over."""
    return found[:: len(found) // 30 + 1]


given_cases = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@given_cases
@given(case=cases())
def test_every_slot_that_is_found_could_be_had(case: Case) -> None:
    for slot in some(find(case.situation, case.ask)):
        assert slot.staff in could_be(case, slot.start), slot


@given_cases
@given(case=cases(), five=st.integers(-500, 500))
def test_a_time_is_refused_exactly_when_it_cannot_be_had(case: Case, five: int) -> None:
    middle = case.ask.window.start + timedelta(days=2)
    start = middle + five * STEP
    end = start + timedelta(minutes=case.situation.shop.services[0].minutes)
    assume(not comes_twice(start, end, case.situation.shop))
    found = check(case.situation, case.ask, start)
    assert isinstance(found, Slot) == bool(could_be(case, start)), found


@given_cases
@given(case=cases())
def test_what_is_found_is_what_is_granted(case: Case) -> None:
    """The slot that is offered and the check of a typed time never disagree."""
    for slot in some(find(case.situation, case.ask)):
        assert check(case.situation, case.ask, slot.start) == slot


@given_cases
@given(case=cases(), hours=st.integers(0, 48))
def test_more_time_never_brings_back_a_slot_and_more_work_never_makes_one(case: Case, hours: int) -> None:
    from dataclasses import replace

    before = {slot.start for slot in find(case.situation, case.ask)}
    later = replace(case.situation, now=case.situation.now + timedelta(hours=hours))
    longer = replace(case.situation.shop.rules, horizon_days=30)
    asked_later = replace(later, shop=replace(later.shop, rules=longer))
    asked_now = replace(case.situation, shop=asked_later.shop)
    assert {s.start for s in find(asked_later, case.ask)} <= {s.start for s in find(asked_now, case.ask)}
    assert isinstance(case.situation.busy, Busy)
    more = replace(
        case.situation.busy, ranges=(*case.situation.busy.ranges, Window(later.now, later.now + STEP))
    )
    assert {s.start for s in find(replace(case.situation, busy=more), case.ask)} <= before


@given_cases
@given(case=cases())
def test_the_new_time_of_a_booking_ignores_that_booking_only(case: Case) -> None:
    from dataclasses import replace

    for mine in case.situation.taken[:1]:
        asked = replace(case.ask, moving=mine.booking, purpose=Purpose.BOOK)
        without = replace(case.situation, taken=case.situation.taken[1:])
        assert find(case.situation, asked) == find(without, case.ask)


@given_cases
@given(case=cases())
def test_an_unknown_service_is_always_refused(case: Case) -> None:
    from dataclasses import replace

    asked = replace(case.ask, service=ServiceId("other"))
    assert find(case.situation, asked) == ()
    assert isinstance(check(case.situation, asked, case.situation.now), Refused)
