from typing import get_args

from webhooks.contents import Content
from webhooks.phrases import catalogue
from webhooks.treatments import treat


def test_every_kind_of_content_has_a_rule_of_its_own_or_is_unknown() -> None:
    ruled = {kind for kind in get_args(Content) if treat.dispatch(kind) is not treat.dispatch(object)}
    assert {kind.__name__ for kind in set(get_args(Content)) - ruled} == {"Unknown"}


def test_every_notice_is_a_phrase_of_the_catalogue() -> None:
    kinds = ("audio", "image", "video", "document", "location", "contacts", "order", "form", "other")
    assert {f"cannot_{kind}" for kind in kinds} | {"resend", "welcome"} <= catalogue("es").keys()
