import pytest

from tests.webhooks.samples import needs_reference, reference
from webhooks.error_classes import ErrorClass, verdict_of

AGREEING = {
    "retry": {ErrorClass.TRANSIENT, ErrorClass.NUMBER_THROTTLE},
    "retry_pair": {ErrorClass.PAIR_THROTTLE},
    "wait": {
        ErrorClass.ACCOUNT_THROTTLE,
        ErrorClass.MARKETING,
        ErrorClass.TEMPLATE,
        ErrorClass.ACCOUNT,
    },
    "template": {ErrorClass.WINDOW_CLOSED},
    "drop_recipient": {ErrorClass.UNDELIVERABLE, ErrorClass.MARKETING},
    "fix": {ErrorClass.BUG, ErrorClass.UNDELIVERABLE},
    "owner": {ErrorClass.AUTH, ErrorClass.ACCOUNT, ErrorClass.TEMPLATE, ErrorClass.MARKETING},
    "reauth": {ErrorClass.AUTH},
    "give_up": {ErrorClass.MARKETING, ErrorClass.MEDIA_IN},
}


@needs_reference
def test_every_code_of_the_reference_table_has_a_class_that_agrees_with_its_action() -> None:
    for row in reference("tables", "whatsapp_errors.json")["errors"]:
        first, *rest = str(row["code"]).split("-")
        for code in range(int(first), int(rest[0] if rest else first) + 1):
            assert verdict_of(code).error_class in AGREEING[row["action"]], code


@needs_reference
def test_every_stated_wait_of_the_account_and_marketing_codes_is_carried() -> None:
    waits = {131049: 24 * 3600, 131057: 60, 133015: 300, 133016: 72 * 3600, 132069: 3600}
    for code, seconds in waits.items():
        wait = verdict_of(code).wait
        assert wait is not None
        assert wait.total_seconds() == seconds


@pytest.mark.parametrize("code", [None, -1, 300, 999999])
def test_a_code_that_nobody_listed_is_unheard_of(code: int | None) -> None:
    assert verdict_of(code).error_class is ErrorClass.UNHEARD_OF
