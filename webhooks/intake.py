"""The durable end of the receipt: whatever queued while the last commit ran is stored by the next one statement.

One dedicated asynchronous connection, no timer. Measured: an ORM, a pool or a timer each make it slower.
"""

import asyncio
import json
from binascii import b2a_base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import psycopg
import structlog

from kernel.ids import MerchantId
from webhooks.errors import IntakeClosed
from webhooks.filing import Filed, Routes, Slip

MAX_SLIPS = 2000
"""A batch larger than this is left for the commit after."""

_RECEIVE = "select item, twin from webhooks.receive(%s::json, %s::timestamptz)"
_SET_ASIDE = (
    "insert into webhooks.quarantine (digest, phone_number_id, waba_id, reason, raw, received_at)"
    " select d, n, w, r, b, %s::timestamptz"
    " from unnest(%s::bytea[], %s::text[], %s::text[], %s::text[], %s::bytea[]) as s(d, n, w, r, b)"
    " order by d on conflict (digest) do nothing"
)
_ROUTES = "select phone_number_id, waba_id, merchant_id from webhooks.number_route"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery on its way into the database, and whom to tell."""

    filed: Filed
    received_at: datetime
    done: asyncio.Future[None]


class Intake:
    """Opened and closed by the process; `store` returns once the delivery is committed."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: psycopg.AsyncConnection | None = None
        self._waiting: list[Parcel] = []
        self._wake = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None

    async def open(self) -> None:
        self._connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        self._worker = asyncio.create_task(self._work())

    async def close(self) -> None:
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
            self._worker = None
        self._give_up(self._waiting, IntakeClosed("the receipt is closing"))
        self._waiting = []
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def store(self, filed: Filed, received_at: datetime) -> None:
        """Return after the commit; raise when it could not be stored, so that Meta delivers it again."""
        if self._worker is None:
            raise IntakeClosed("the receipt is not open")
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(Parcel(filed, received_at, done))
        self._wake.set()
        await done

    async def routes(self) -> Routes:
        """Which merchant each number and account belongs to, right now."""
        try:
            cursor = await self._usable().execute(_ROUTES)
        except psycopg.OperationalError:
            await self._reconnect()
            cursor = await self._usable().execute(_ROUTES)
        rows = await cursor.fetchall()
        return Routes(
            by_number={number: MerchantId(merchant) for number, _, merchant in rows},
            by_account={account: MerchantId(merchant) for _, account, merchant in rows},
        )

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            batch = self._next_batch()
            if not self._waiting:
                self._wake.clear()
            try:
                await self._store(batch)
            except asyncio.CancelledError:
                self._give_up(batch, IntakeClosed("the receipt is closing"))
                raise

    def _next_batch(self) -> list[Parcel]:
        """All that waits, up to the limit; a single larger delivery goes alone."""
        count, taken = 0, 0
        for parcel in self._waiting:
            count += len(parcel.filed.slips) + len(parcel.filed.strays)
            if taken and count > MAX_SLIPS:
                break
            taken += 1
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return batch

    async def _store(self, batch: Sequence[Parcel]) -> None:
        try:
            await self._commit_or_reconnect(batch)
        except psycopg.Error as exc:
            if len(batch) == 1:
                _log.error("delivery not stored", error=type(exc).__name__)
                self._give_up(batch, exc)
                return
            # One delivery must not cost its neighbours their answer.
            for parcel in batch:
                await self._store([parcel])
        else:
            for parcel in batch:
                if not parcel.done.done():
                    parcel.done.set_result(None)

    async def _commit_or_reconnect(self, batch: Sequence[Parcel]) -> None:
        try:
            await self._commit(batch)
        except psycopg.OperationalError:
            # Storing twice is harmless: what had been committed is found as its own twin.
            await self._reconnect()
            await self._commit(batch)

    async def _reconnect(self) -> None:
        if self._connection is not None:
            await self._connection.close()
        self._connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)

    async def _commit(self, batch: Sequence[Parcel]) -> None:
        connection = self._usable()
        if not any(parcel.filed.strays for parcel in batch):
            await self._receive(connection, batch)
            return
        async with connection.transaction():
            await self._set_aside(connection, batch)
            await self._receive(connection, batch)

    async def _receive(self, connection: psycopg.AsyncConnection, batch: Sequence[Parcel]) -> None:
        slips = [slip for parcel in batch for slip in parcel.filed.slips]
        if not slips:
            return
        cursor = await connection.execute(_RECEIVE, (as_json(slips), batch[0].received_at))
        _log_duplicates(await cursor.fetchall())

    async def _set_aside(self, connection: psycopg.AsyncConnection, batch: Sequence[Parcel]) -> None:
        strays = [stray for parcel in batch for stray in parcel.filed.strays]
        columns: tuple[Sequence[object], ...] = (
            [stray.digest for stray in strays],
            [stray.phone_number_id for stray in strays],
            [stray.waba_id for stray in strays],
            [stray.reason for stray in strays],
            [stray.raw for stray in strays],
        )
        await connection.execute(_SET_ASIDE, (batch[0].received_at, *columns))
        for stray in strays:
            _log.warning("item set aside", reason=stray.reason, number=stray.phone_number_id)

    def _usable(self) -> psycopg.AsyncConnection:
        if self._connection is None:
            raise IntakeClosed("the receipt is not open")
        return self._connection

    @staticmethod
    def _give_up(batch: Sequence[Parcel], reason: Exception) -> None:
        for parcel in batch:
            if not parcel.done.done():
                parcel.done.set_exception(reason)


def as_json(slips: Iterable[Slip]) -> str:
    """The slips by merchant. One text costs a quarter of what the driver's arrays of the same values cost."""
    merchants: dict[MerchantId, list[dict[str, str | None]]] = {}
    for slip in slips:
        merchants.setdefault(slip.merchant, []).append(_row(slip))
    # In one order, so that two processes never wait for each other's merchants.
    given = [{"merchant": str(merchant), "items": merchants[merchant]} for merchant in sorted(merchants)]
    return json.dumps(given, separators=(",", ":"))


def _row(slip: Slip) -> dict[str, str | None]:
    return {
        "id": str(slip.id),
        "kind": slip.kind,
        "number_id": slip.phone_number_id,
        "waba_id": slip.waba_id,
        "digest": slip.digest.hex(),
        "party": None if slip.party is None else slip.party.hex(),
        "sent_at": slip.sent_at.isoformat(),
        "raw": b2a_base64(slip.raw, newline=False).decode("ascii"),
    }


def _log_duplicates(rows: Sequence[tuple[UUID, UUID | None]]) -> None:
    for item, twin in rows:
        _log.info("duplicate dropped", item=str(item), twin=str(twin))
