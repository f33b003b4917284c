"""The diary's copy of each shop: the edge delivers it in the transaction that publishes, the diary reads it."""

import hashlib
import json
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from calendar_sync.codec import from_plain, to_plain
from calendar_sync.models import ShopRow
from calendar_sync.shop.values import Shop
from kernel.ids import MerchantId


def deliver(session: Session, merchant: MerchantId, shop: Shop, now: datetime) -> None:
    """Edge: this is the shop from now on. An older version never replaces a newer one."""
    given = {
        "version": shop.version,
        "digest": digest_of(shop),
        "document": to_plain(Shop, shop),
        "delivered_at": now,
    }
    statement = insert(ShopRow).values(merchant_id=merchant, **given)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant_id"], set_=given, where=col(ShopRow.version) <= shop.version
        )
    )


def read_shop(session: Session, merchant: MerchantId) -> Shop | None:
    """The shop as it was delivered last; None when it never was."""
    query = select(ShopRow).where(ShopRow.merchant_id == merchant).execution_options(populate_existing=True)
    row = session.exec(query).first()
    return None if row is None else from_plain(Shop, row.document)


def delivered_digest(session: Session, merchant: MerchantId) -> str | None:
    """What a copy is compared by."""
    return session.exec(select(ShopRow.digest).where(ShopRow.merchant_id == merchant)).first()


def digest_of(shop: Shop) -> str:
    """The same for shops that say the same, whatever version they came with."""
    document = to_plain(Shop, shop)
    document.pop("version", None)
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()
