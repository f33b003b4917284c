"""With whom and where a service can be had at one moment: everything that it takes together, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from calendar_sync.availability import clocks
from calendar_sync.availability.occupation import Occupation, class_times
from calendar_sync.availability.openings import Opening, open_time, openings, service_time, working_time
from calendar_sync.availability.rules import MINUTE, window_to_read
from calendar_sync.availability.stretches import Stretch, holds, moment
from calendar_sync.availability.values import Ask, Resource, ResourceKind, Situation, Slot
from calendar_sync.ids import RoomId, StaffId, TableId
from calendar_sync.shop.values import DiningTable, GroupClass, Service, ServiceKind, StaffMember

DAY = timedelta(days=1)
SHOP = Resource(ResourceKind.SHOP, "")


class Plan:
    """One service of one situation. What does not depend on the moment asked about is worked out once."""

    def __init__(self, situation: Situation, ask: Ask, service: Service) -> None:
        self.situation, self.ask, self.service = situation, ask, service
        self.shop = situation.shop
        self._before, self._after = service.before * MINUTE, service.after * MINUTE

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """From the day before, whose last range may reach past midnight."""
        whole = window_to_read(self.shop, self.ask)
        first, last = (clocks.local_day(one, self.shop.timezone) for one in (whole.start, whole.end))
        return openings(self.shop, first - DAY, last)

    @cached_property
    def open_time(self) -> list[Stretch]:
        return open_time(self.shop, self.openings)

    @cached_property
    def service_time(self) -> list[Stretch]:
        return service_time(self.shop, self.service, self.openings)

    @cached_property
    def working_times(self) -> Sequence[tuple[StaffMember, Resource, list[Stretch]]]:
        """Those who can do it and may be chosen, each with the time in which they work."""
        chosen = [one for one in self.shop.staff_of(self.service) if self.ask.staff in (None, one.id)]
        return [
            (one, Resource(ResourceKind.STAFF, one.id), working_time(self.shop, one, self.openings))
            for one in chosen
        ]

    @cached_property
    def classes(self) -> Sequence[tuple[GroupClass, list[Stretch]]]:
        """Lines of the timetable for this service, each with its times."""
        lines = [one for one in self.shop.classes if one.service == self.service.id]
        wanted = [one for one in lines if self.ask.staff in (None, one.staff)]
        return [(one, class_times(self.shop, one, self.openings)) for one in wanted]

    @cached_property
    def tables(self) -> Sequence[DiningTable]:
        """Those that fit the party, the smallest first."""
        size = self.ask.party_size
        return sorted(
            (one for one in self.shop.tables if one.at_least <= size <= one.seats), key=lambda one: one.seats
        )

    @cached_property
    def occupation(self) -> Occupation:
        return Occupation(self.situation, self.ask, self.openings)

    def assignments(self, start: int) -> Iterator[Slot]:
        """Every way to have the service from this second on, in the shop's order."""
        if self.service.kind is ServiceKind.GROUP:
            return self._in_class(start)
        end = start + self.service.minutes * MINUTE
        if not holds(self.service_time, start, end):
            return iter(())
        return self._appointments(start, end)

    def _appointments(self, start: int, end: int) -> Iterator[Slot]:
        if self.service.kind is ServiceKind.TABLE:
            found = self._at_table(start, end)
        elif self.shop.staff:
            found = self._with_staff(start, end)
        else:
            found = self._with_shop(start, end)
        if not self.service.rooms:
            return found
        return (placed for slot in found for placed in self._in_rooms(slot, start, end))

    def _slot(
        self, start: int, end: int, *, staff: StaffId | None = None, table: TableId | None = None
    ) -> Slot:
        return Slot(
            service=self.service.id,
            start=moment(start),
            end=moment(end),
            staff=staff,
            table=table,
            party_size=self.ask.party_size,
        )

    def _with_staff(self, start: int, end: int) -> Iterator[Slot]:
        for member, resource, works in self.working_times:
            if holds(works, start, end) and self._is_free(resource, start, end):
                yield self._slot(start, end, staff=member.id)

    def _with_shop(self, start: int, end: int) -> Iterator[Slot]:
        capacity = self.shop.rules.parallel
        first, last = start - self._before, end + self._after
        if self.occupation.free_units(SHOP, capacity, first, last) > 0:
            yield self._slot(start, end)

    def _at_table(self, start: int, end: int) -> Iterator[Slot]:
        for table in self.tables:
            if self._is_free(Resource(ResourceKind.TABLE, table.id), start, end):
                yield self._slot(start, end, table=table.id)

    def _in_rooms(self, slot: Slot, start: int, end: int) -> Iterator[Slot]:
        for room in self.service.rooms:
            if self._is_free(Resource(ResourceKind.ROOM, room), start, end):
                yield replace(slot, room=RoomId(room))

    def _is_free(self, resource: Resource, start: int, end: int) -> bool:
        """Buffers count against what is taken, not against closing time."""
        return self.occupation.is_free(resource, start - self._before, end + self._after)

    def _in_class(self, start: int) -> Iterator[Slot]:
        for group, times in self.classes:
            end = start + group.minutes * MINUTE
            if (start, end) in times and holds(self.service_time, start, end):
                free = self.seats(group, start, end)
                if free >= self.ask.party_size:
                    slot = self._slot(start, end, staff=group.staff)
                    yield replace(slot, room=group.room, group=group.id, free=free)

    def seats(self, group: GroupClass, start: int, end: int) -> int:
        """Seats that are left in a class; none where its teacher or room is not free."""
        kept = [Resource(ResourceKind.STAFF, group.staff)] if group.staff else []
        kept += [Resource(ResourceKind.ROOM, group.room)] if group.room else []
        whole = Resource(ResourceKind.CLASS, group.id)
        if not self.occupation.calendar_allows(whole, start, end):
            return 0
        if not all(self.occupation.is_free_for_class(one, start, end) for one in kept):
            return 0
        return self.occupation.free_units(whole, group.seats, start, end)
