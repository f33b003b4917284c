from datetime import UTC, datetime, timedelta

from webhooks.ids import new_id

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_new_ids_sort_by_the_moment_they_were_made_and_are_version_seven() -> None:
    made = [new_id(NOW + timedelta(milliseconds=n)) for n in range(50)]
    assert made == sorted(made)
    assert {(value.version, value.variant) for value in made} == {(7, "specified in RFC 4122")}


def test_ids_of_the_same_moment_keep_the_order_in_which_they_were_made() -> None:
    made = [new_id(NOW) for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000
