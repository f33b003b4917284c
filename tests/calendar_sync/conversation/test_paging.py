"""A page of an offer as a message that WhatsApp takes, whatever a merchant has called things."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from calendar_sync.availability.values import Slot
from calendar_sync.conversation.paging import page, shows_all, turned_to
from calendar_sync.conversation.values import ChoiceKind, Offer, View
from calendar_sync.ids import ServiceId, StaffId
from calendar_sync.outcomes import Message
from calendar_sync.requests import Customer
from calendar_sync.shop.values import Service, Shop, StaffMember
from kernel.ids import CustomerId
from tests.calendar_sync.conversation.shops import SALON
from tests.calendar_sync.conversation.wishes import moment

START = moment("11-26 09:00")


def view(shop: Shop = SALON) -> View:
    return View(
        shop=shop, customer=Customer(id=CustomerId(UUID(int=1))), language="es", now=moment("11-23 10:00")
    )


def slots(count: int, staff: str = "nora") -> tuple[Slot, ...]:
    return tuple(
        Slot(
            service=ServiceId("cut"),
            start=START + timedelta(minutes=30 * one),
            end=START + timedelta(minutes=30 * one + 30),
            staff=StaffId(staff),
        )
        for one in range(count)
    )


def times(count: int, first: int = 0, **more: object) -> Message:
    offer = replace(Offer(serial=3, kind=ChoiceKind.SLOTS, slots=slots(count)), **more)  # type: ignore[arg-type]
    return page(turned_to(offer, first), view(), "Tengo:", "Elige.")


@pytest.mark.parametrize(
    ("count", "buttons", "rows"), [(1, 1, 0), (3, 3, 0), (4, 0, 4), (10, 0, 10), (11, 0, 10), (40, 0, 10)]
)
def test_up_to_three_are_buttons_and_more_a_list_of_ten(count: int, buttons: int, rows: int) -> None:
    shown = times(count)
    assert (len(shown.buttons), len(shown.rows)) == (buttons, rows)


def test_ten_fit_on_one_page_and_eleven_leave_a_row_for_more() -> None:
    assert [one.title for one in times(10).rows][-1] != "Ver más"
    assert [one.title for one in times(11).rows][-1] == "Ver más"


def test_pages_follow_on_each_other_to_the_last() -> None:
    offer, first, seen = Offer(serial=3, kind=ChoiceKind.SLOTS, slots=slots(23)), 0, []
    while True:
        now = turned_to(offer, first)
        seen += list(range(now.first, now.first + now.shown))
        if shows_all(now):
            break
        first = now.first + now.shown
    assert seen == list(range(23))


def test_the_lines_are_numbered_from_one_on_every_page() -> None:
    assert "1. jueves 26 de noviembre, 1:30 p. m." in times(23, first=9).body


def test_names_of_any_length_and_number_fit() -> None:
    long = "Tratamiento " * 40
    shop = replace(
        SALON,
        services=tuple(
            Service(id=ServiceId(f"s{one}"), name=f"{long}{one}", minutes=30) for one in range(30)
        ),
        staff=(StaffMember(id=StaffId("nora"), name=long),),
    )
    keys = tuple(one.id for one in shop.services)
    shown = page(turned_to(Offer(serial=1, kind=ChoiceKind.SERVICES, keys=keys), 0), view(shop), long, long)
    assert len(shown.body) <= 4096
    assert all(len(one.title) <= 24 and len(one.description) <= 72 for one in shown.rows)
    few = page(
        turned_to(Offer(serial=1, kind=ChoiceKind.SLOTS, slots=slots(3), names_staff=True), 0),
        view(shop),
        long * 3,
        long,
    )
    assert len(few.body) <= 1024


def test_names_that_look_alike_when_cut_are_a_list_and_no_buttons() -> None:
    shop = replace(
        SALON,
        services=tuple(
            Service(id=ServiceId(f"s{one}"), name=f"Tratamiento capilar número {one}", minutes=30)
            for one in range(2)
        ),
    )
    offer = turned_to(Offer(serial=1, kind=ChoiceKind.SERVICES, keys=("s0", "s1")), 0)
    shown = page(offer, view(shop), "¿Cuál?", "Elige.")
    assert not shown.buttons
    assert [one.description for one in shown.rows] == [
        "Tratamiento capilar número 0",
        "Tratamiento capilar número 1",
    ]
