"""Checks one send request: first its shape, then what no shape can say."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from sandbox.meta.message_shapes import MESSAGE, READ_RECEIPT
from sandbox.meta.models import Json
from sandbox.meta.refusals import Refusal
from sandbox.meta.shapes import Problems

MOST_ROWS = 10


def first_problem(body: object) -> Refusal | None:
    """What Meta would complain about; ``None`` when the request may be carried out."""
    return next(_problems(body), None)


def is_read_receipt(body: Json) -> bool:
    return "status" in body


def _problems(body: object) -> Problems:
    if not isinstance(body, dict):
        yield Refusal(100, "The body must be a JSON object.")
        return
    if "messaging_product" not in body:
        yield Refusal(100, "The parameter messaging_product is required.")
    if is_read_receipt(body):
        yield from READ_RECEIPT.problems(body, "")
    else:
        yield from chain(_addressed(body), MESSAGE.problems(body, ""), _rules(body))


def _addressed(body: Json) -> Problems:
    if "to" not in body and "recipient" not in body:
        yield Refusal(131008, "The parameter to is required.")


def _rules(body: Json) -> Problems:
    """Runs only once the shape holds, because the chain is lazy and its first problem ends it."""
    kind = body.get("type", "text")
    if kind == "interactive":
        yield from _RULES.get(body["interactive"]["type"], _none)(body["interactive"])
    if kind == "reaction" and "context" in body:
        yield Refusal(100, "A reaction cannot carry a context.")
    if kind == "template":
        yield from _template_rules(body["template"])


def _none(_interactive: Json) -> Problems:
    yield from ()


def _button_rules(interactive: Json) -> Problems:
    replies = [button["reply"] for button in interactive["action"]["buttons"]]
    yield from _distinct("Button id", (reply["id"] for reply in replies))
    yield from _distinct("Button title", (reply["title"] for reply in replies))


def _list_rules(interactive: Json) -> Problems:
    sections = interactive["action"]["sections"]
    rows = [row for section in sections for row in section["rows"]]
    if len(rows) > MOST_ROWS:
        yield Refusal(131009, f"Total row count exceed max allowed count: {MOST_ROWS}")
    if len(sections) > 1 and not all("title" in section for section in sections):
        yield Refusal(131009, "Section title is required when there is more than one section.")
    yield from _distinct("Row id", (row["id"] for row in rows))


def _template_rules(template: Json) -> Problems:
    for component in template.get("components", []):
        parameters = component.get("parameters", [])
        named = ["parameter_name" in parameter for parameter in parameters]
        if any(named) and not all(named):
            yield Refusal(132012, "Positional and named parameters cannot be mixed.")
        for value in (parameter["text"] for parameter in parameters if parameter["type"] == "text"):
            if "\n" in value or "\t" in value or " " * 5 in value:
                yield Refusal(132018, "Param text cannot have new-line/tab characters or more than 4 spaces.")


def _distinct(what: str, values: Iterable[str]) -> Problems:
    for value, count in Counter(values).items():
        if count > 1:
            yield Refusal(131009, f"{what} must be unique: {value}")


_RULES: Mapping[str, Callable[[Json], Problems]] = {"button": _button_rules, "list": _list_rules}
