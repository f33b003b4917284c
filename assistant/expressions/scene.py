"""What a reading is made against: the moment, the shop, the language."""

from dataclasses import dataclass
from datetime import date, datetime

from assistant.expressions.shop import ShopClock


@dataclass(frozen=True, slots=True)
class Scene:
    now: datetime
    """The present moment in the shop's zone."""
    clock: ShopClock
    language: str

    @property
    def today(self) -> date:
        return self.now.date()
