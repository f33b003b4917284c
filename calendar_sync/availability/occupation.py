"""What is not free: for each person, room, table, class and for the shop itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from calendar_sync.availability import clocks
from calendar_sync.availability.openings import Opening
from calendar_sync.availability.rules import MINUTE
from calendar_sync.availability.stretches import Stretch, stretch, touches, union
from calendar_sync.availability.values import Ask, Busy, Resource, ResourceKind, Situation
from calendar_sync.ids import RoomId, StaffId
from calendar_sync.shop.values import GroupClass, Shop


def class_times(shop: Shop, one: GroupClass, found: Iterable[Opening]) -> list[Stretch]:
    """When a class is held on the days of these openings."""
    days = sorted({opening.day for opening in found if opening.day.weekday() in one.days})
    starts = (clocks.at(day, one.starts, shop.timezone) for day in days)
    return [(start, start + one.minutes * MINUTE) for start in starts]


class Occupation:
    """Asked many times for one situation, so what blocks each resource is put together once."""

    def __init__(self, situation: Situation, ask: Ask, found: Iterable[Opening]) -> None:
        self._situation = situation
        self._openings = tuple(found)
        self._units = _units(situation, ask)
        self._blocked: dict[Resource, list[Stretch]] = {}

    def is_free(self, resource: Resource, start: int, end: int) -> bool:
        """Whether a resource of one unit is free for all of this time."""
        return not touches(self._blocking(resource), start, end)

    def is_free_for_class(self, resource: Resource, start: int, end: int) -> bool:
        """The same for the class that the timetable itself puts there."""
        return not touches(self._others(resource), start, end)

    def calendar_allows(self, resource: Resource, start: int, end: int) -> bool:
        """Whether the merchant's own calendars leave this time alone."""
        return not touches(union(self._calendar(resource)), start, end)

    def free_units(self, resource: Resource, capacity: int, start: int, end: int) -> int:
        """How many of a resource's units are free for all of this time."""
        units = self._units.get(resource, {})
        used = sum(touches(blocked, start, end) for unit, blocked in units.items() if unit < capacity)
        return capacity - used

    def _blocking(self, resource: Resource) -> list[Stretch]:
        if resource not in self._blocked:
            self._blocked[resource] = union([*self._others(resource), *self._classes(resource)])
        return self._blocked[resource]

    def _others(self, resource: Resource) -> list[Stretch]:
        """What blocks it but for the timetable."""
        taken = (one for unit in self._units.get(resource, {}).values() for one in unit)
        return union([*taken, *self._calendar(resource)])

    def _calendar(self, resource: Resource) -> list[Stretch]:
        """What the merchant's own calendars say: everybody's block everything that is booked."""
        busy = self._situation.busy
        if not isinstance(busy, Busy):
            return []
        windows = busy.of(StaffId(resource.key)) if resource.kind is ResourceKind.STAFF else busy.ranges
        return [stretch(one) for one in windows]

    def _classes(self, resource: Resource) -> list[Stretch]:
        """The timetable keeps the teacher and the room from anything else, whether or not anybody comes."""
        shop = self._situation.shop
        return [
            one
            for group in shop.classes
            if resource in (_teacher(group.staff), _room(group.room))
            for one in class_times(shop, group, self._openings)
        ]


def _teacher(key: StaffId | None) -> Resource | None:
    return None if key is None else Resource(ResourceKind.STAFF, key)


def _room(key: RoomId | None) -> Resource | None:
    return None if key is None else Resource(ResourceKind.ROOM, key)


def _units(situation: Situation, ask: Ask) -> Mapping[Resource, Mapping[int, list[Stretch]]]:
    raw: dict[Resource, dict[int, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for one in situation.taken:
        if one.booking != ask.moving:
            raw[one.resource][one.unit].append(stretch(one.window))
    return {
        resource: {unit: union(found) for unit, found in units.items()} for resource, units in raw.items()
    }
