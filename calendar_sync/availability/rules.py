"""Which of the shop's rules a service follows, and the times within which they let it be booked."""

from datetime import timedelta

from calendar_sync.availability import clocks
from calendar_sync.availability.stretches import Stretch, seconds
from calendar_sync.availability.values import Ask, Purpose, Situation, Window
from calendar_sync.shop.values import Rules, Service, Shop

MINUTE = 60
DAY = timedelta(days=1)


def notice(rules: Rules, service: Service, purpose: Purpose) -> int:
    """Minutes that a booking, or the new time of one that is moved, must lie ahead."""
    if purpose is Purpose.MOVE:
        return rules.notice_move if service.notice_move is None else service.notice_move
    return rules.notice_book if service.notice_book is None else service.notice_book


def cancel_notice(rules: Rules, service: Service) -> int:
    """Minutes before its start until which a customer may cancel."""
    return rules.notice_cancel if service.notice_cancel is None else service.notice_cancel


def grid(rules: Rules, service: Service) -> int:
    return rules.grid if service.grid is None else service.grid


def earliest(situation: Situation, service: Service, purpose: Purpose) -> int:
    """The first second at which a slot may begin."""
    ahead = notice(situation.shop.rules, service, purpose) * MINUTE
    start = situation.now.timestamp() + ahead
    return int(start) + (start > int(start))


def latest(situation: Situation, service: Service) -> int:
    """The first second at which a slot may no longer begin: the midnight after the horizon."""
    shop = situation.shop
    days = shop.rules.horizon_days if service.horizon_days is None else service.horizon_days
    last = clocks.local_day(situation.now, shop.timezone) + timedelta(days=days + 1)
    return seconds(clocks.midnight(last, shop.timezone))


def allowed(situation: Situation, ask: Ask, service: Service) -> Stretch:
    """When a slot may begin: within what was asked, the notice and the horizon."""
    first = max(seconds(ask.window.start), earliest(situation, service, ask.purpose))
    return first, min(seconds(ask.window.end), latest(situation, service))


def window_to_read(shop: Shop, ask: Ask) -> Window:
    """The time whose busy stretches must be known before the question can be answered."""
    service = shop.service(ask.service)
    if service is None:
        return ask.window
    longest = max([service.minutes, *(one.minutes for one in shop.classes if one.service == service.id)])
    before = timedelta(minutes=service.before)
    return Window(ask.window.start - before, ask.window.end + timedelta(minutes=longest + service.after))
