"""What the work on bookings needs: the diary's room, the members' roll, and each merchant's agenda."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from calendar_sync.connections.agendas import agenda_for
from calendar_sync.connections.office import Office
from calendar_sync.google.agenda import Agenda
from calendar_sync.google.local_agenda import LocalAgenda
from calendar_sync.members.store import Roll
from calendar_sync.room import Diary
from calendar_sync.shop.values import AgendaChoice, Shop
from kernel.ids import MerchantId

Agendas = Callable[[MerchantId], Agenda]


def wait(pause: timedelta) -> None:
    """Between two tries of one call."""
    threading.Event().wait(pause.total_seconds())


@dataclass(frozen=True, slots=True, kw_only=True)
class Premises:
    """Handed over by the wiring."""

    office: Office
    roll: Roll
    agendas: Agendas | None = None
    """Whose calendar is asked; by default the one that the merchant has linked."""
    wait: Callable[[timedelta], None] = wait

    @property
    def diary(self) -> Diary:
        return self.office.diary

    def agenda(self, merchant: MerchantId, shop: Shop) -> Agenda:
        """Ask for it anew for each request: a connection may have come or gone."""
        if shop.agenda is AgendaChoice.LOCAL:
            return LocalAgenda()
        return self.agendas(merchant) if self.agendas else agenda_for(self.office, merchant)
