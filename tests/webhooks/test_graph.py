import inspect
import json
from collections.abc import Callable

import httpx
import pytest

from tests.webhooks.samples import needs_reference, reference
from webhooks import graph as graph_module
from webhooks.error_classes import ErrorClass
from webhooks.graph import Graph, GraphSettings
from webhooks.messages import Address, envelope, text
from webhooks.outcomes import Accepted, NotSent, Outcome, Refused, Unknown

BODY = envelope(text("hola"), Address(wa_id="573001112233"), opaque="outbox:1")
Handler = Callable[[httpx.Request], httpx.Response]


def graph_with(handler: Handler, **settings: object) -> Graph:
    client = httpx.Client(base_url="https://graph.test", transport=httpx.MockTransport(handler))
    return Graph(client, GraphSettings(base_url="https://graph.test", **settings))  # type: ignore[arg-type]


def outcome_of(handler: Handler) -> Outcome:
    return graph_with(handler).send("200", "TOKEN", BODY)


def answer(status: int, document: object) -> Handler:
    return lambda _request: httpx.Response(status, json=document)


def test_a_send_goes_to_the_numbers_own_address_with_its_own_token() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"messages": [{"id": "wamid.1"}]})

    assert outcome_of(handler) == Accepted(wamid="wamid.1")
    (request,) = seen
    assert str(request.url) == "https://graph.test/v25.0/200/messages"
    assert request.headers["authorization"] == "Bearer TOKEN"
    assert json.loads(request.content) == BODY


def test_the_apps_proof_goes_along_where_the_app_demands_it() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert len(request.url.params["appsecret_proof"]) == 64
        return httpx.Response(200, json={"success": True})

    graph = graph_with(handler, app_secret=b"s")
    assert graph.mark_read("200", "TOKEN", "wamid.1", typing=True)


@needs_reference
@pytest.mark.parametrize("name", ["phone", "bsuid", "template", "template_held"])
def test_the_reference_answers_are_accepted(name: str) -> None:
    document = reference("whatsapp_outbound", "authored", f"resp_200_{name}.json")
    outcome = outcome_of(answer(200, document))
    assert isinstance(outcome, Accepted)
    assert outcome.wamid == "wamid.SYNTHOUT0001"
    assert outcome.held == (name == "template_held")


@needs_reference
@pytest.mark.parametrize(
    ("code", "error_class"),
    [
        (100, ErrorClass.BUG),
        (190, ErrorClass.AUTH),
        (368, ErrorClass.ACCOUNT),
        (80007, ErrorClass.ACCOUNT_THROTTLE),
        (130429, ErrorClass.NUMBER_THROTTLE),
        (131000, ErrorClass.TRANSIENT),
        (131030, ErrorClass.UNDELIVERABLE),
        (131047, ErrorClass.WINDOW_CLOSED),
        (131056, ErrorClass.PAIR_THROTTLE),
        (133010, ErrorClass.ACCOUNT),
    ],
)
def test_the_reference_errors_are_refusals_of_their_class(code: int, error_class: ErrorClass) -> None:
    document = reference("whatsapp_outbound", "authored", f"err_{code}.json")
    outcome = outcome_of(answer(400, document))
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.error_class) == (code, error_class)
    assert outcome.trace
    assert outcome.details


@pytest.mark.parametrize(
    ("status", "document", "error_class"),
    [
        (401, {}, ErrorClass.AUTH),
        (429, [], ErrorClass.NUMBER_THROTTLE),
        (418, {"error": "teapot"}, ErrorClass.UNHEARD_OF),
        (400, {"error": {"code": 987654, "is_transient": True}}, ErrorClass.TRANSIENT),
        (200, {"error": {"code": 190}}, ErrorClass.AUTH),
    ],
)
def test_a_refusal_without_a_known_code_takes_its_class_from_the_rest(
    status: int, document: object, error_class: ErrorClass
) -> None:
    outcome = outcome_of(answer(status, document))
    assert isinstance(outcome, Refused)
    assert outcome.error_class is error_class


@pytest.mark.parametrize(
    "handler",
    [
        answer(500, {"error": {"code": 131000}}),
        answer(503, {}),
        answer(408, {}),
        answer(200, {}),
        answer(302, {}),
        lambda _request: httpx.Response(200, content=b"<html>"),
    ],
)
def test_whatever_leaves_it_open_whether_meta_took_the_message_is_unknown(handler: Handler) -> None:
    assert isinstance(outcome_of(handler), Unknown)


def httpx_exceptions() -> list[type[Exception]]:
    found = [
        member for _, member in inspect.getmembers(httpx, inspect.isclass) if issubclass(member, Exception)
    ]
    return [
        kind for kind in found if not any(other is not kind and issubclass(other, kind) for other in found)
    ]


@pytest.mark.parametrize("kind", httpx_exceptions(), ids=lambda kind: kind.__name__)
def test_every_exception_of_httpx_is_sorted_at_the_seam_exactly_once(kind: type[Exception]) -> None:
    never, may = issubclass(kind, graph_module.NEVER_LEFT), issubclass(kind, graph_module.MAY_HAVE_LEFT)
    assert never != may, f"sort {kind.__name__} into NEVER_LEFT or MAY_HAVE_LEFT of webhooks/graph.py"


def raising(error: Exception) -> Handler:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise error

    return handler


def test_a_request_that_never_left_is_not_sent_and_one_that_may_have_is_unknown() -> None:
    assert outcome_of(raising(httpx.ConnectError("refused"))) == NotSent("ConnectError")
    assert outcome_of(raising(httpx.ReadTimeout("slow"))) == Unknown("ReadTimeout")


def test_a_read_receipt_that_fails_is_only_a_false() -> None:
    assert not graph_with(raising(httpx.ReadTimeout("slow"))).mark_read("2", "T", "w", typing=False)
    assert not graph_with(answer(400, {})).mark_read("2", "T", "w", typing=False)


def test_a_media_look_up_gives_what_meta_knows_or_nothing() -> None:
    document = {"url": "https://lookaside.fbsbx.com/x", "id": "5"}
    assert graph_with(answer(200, document)).look_up_media("T", "5", "2") == document
    assert graph_with(answer(404, {})).look_up_media("T", "5", "2") is None
    assert graph_with(raising(httpx.ConnectError(""))).look_up_media("T", "5", "2") is None
