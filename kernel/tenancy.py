"""Row-level security by merchant: the one blessed path to a merchant's rows.

Every table with a `merchant_id` column carries the policy below, forced also on its owner. The policy
compares the column with a transaction-local setting; without it no row is seen and none can be written.
"""

from sqlalchemy import text
from sqlmodel import Session

from kernel.ids import MerchantId

SETTING = "mostrador.merchant"
POLICY = "one_merchant"


def enter(session: Session, merchant: MerchantId) -> None:
    """Confine the rest of the transaction to this merchant."""
    session.execute(
        text("select set_config(:setting, :merchant, true)"), {"setting": SETTING, "merchant": str(merchant)}
    )


def policy_statements(table: str, column: str = "merchant_id") -> tuple[str, ...]:
    """SQL that fences one table (schema-qualified) by merchant."""
    mine = f"{column} = nullif(current_setting('{SETTING}', true), '')::uuid"
    return (
        f"alter table {table} enable row level security",
        f"alter table {table} force row level security",
        f"create policy {POLICY} on {table} using ({mine}) with check ({mine})",
    )
