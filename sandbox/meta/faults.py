"""Misbehaviour on demand: what is armed, and how often it will still strike."""

from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.meta.broker import Broker, FaultsChanged


class FaultKind(StrEnum):
    # On the way to the product.
    DUPLICATE = "duplicate"
    LATE = "late"
    OUT_OF_ORDER = "out_of_order"
    BATCH = "batch"
    FORGED_SIGNATURE = "forged_signature"
    UNKNOWN_TYPE = "unknown_type"
    LOST_STATUSES = "lost_statuses"
    REORDERED_STATUSES = "reordered_statuses"
    # In the answer to the send call.
    ERROR_BEFORE = "error_before"
    ERROR_AFTER = "error_after"
    HANG_AFTER = "hang_after"
    GRAPH_ERROR = "graph_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Strikes ``count`` times. ``seconds`` is how late or how long, ``code`` which Graph error."""

    kind: FaultKind
    count: int = 1
    seconds: float = 10.0
    code: int = 131000


class FaultBoard:
    def __init__(self, broker: Broker) -> None:
        self._broker = broker
        self._armed: dict[FaultKind, Fault] = {}

    def armed(self) -> tuple[Fault, ...]:
        return tuple(self._armed.values())

    def arm(self, fault: Fault) -> None:
        self._armed[fault.kind] = fault
        self._broker.publish(FaultsChanged())

    def disarm(self, kind: FaultKind | None = None) -> None:
        for each in [kind] if kind else list(self._armed):
            self._armed.pop(each, None)
        self._broker.publish(FaultsChanged())

    def peek(self, kind: FaultKind) -> Fault | None:
        return self._armed.get(kind)

    def strike(self, kind: FaultKind) -> Fault | None:
        """Use the fault up by one; ``None`` when it is not armed."""
        fault = self._armed.get(kind)
        if fault is None:
            return None
        if fault.count > 1:
            self._armed[kind] = replace(fault, count=fault.count - 1)
        else:
            del self._armed[kind]
        self._broker.publish(FaultsChanged())
        return fault
