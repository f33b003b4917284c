"""Holds exchanges with the Calendar API against Google's own discovery document, as its client library ships it.

The document tells verbs, paths, parameters, bodies and answers. It does not tell the rules of behaviour; those
have their own tests.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import googleapiclient
from jsonschema import Draft202012Validator

# Reviewed: revision 20261030. A new version of the library with another document needs another look.
PINNED = "e4668b97464e1a80305a86d6d883a6e772297179fb8a923f5e5ee17d4e178f20"
_FILE = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents" / "calendar.v3.json"
_RFC3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"
# With a zone beside it, a local time needs no offset.
_LOCAL = rf"^{_RFC3339}?$"


@cache
def document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
    return found


def fingerprint() -> str:
    return sha256(_FILE.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Route:
    name: str
    verb: str
    path: re.Pattern[str]
    literal: int
    query: dict[str, Any]
    request: str | None
    response: str | None
    needed: tuple[str, ...]
    scopes: frozenset[str]


@cache
def routes() -> tuple[Route, ...]:
    return tuple(_route(each) for each in _methods(document()))


def route_of(verb: str, path: str) -> Route | None:
    """Of several that fit, the one with the most fixed letters."""
    fits = [each for each in routes() if each.verb == verb and each.path.fullmatch(path)]
    return max(fits, key=lambda each: each.literal, default=None)


def request_problems(verb: str, target: str, body: Any = None) -> list[str]:
    asked = urlsplit(target)
    route = route_of(verb, asked.path)
    if route is None:
        return [f"no such method: {verb} {asked.path}"]
    query = parse_qs(asked.query, keep_blank_values=True)
    return [*_query_problems(route, query), *_body_problems(route, body)]


def response_problems(name: str, status: int, body: Any) -> list[str]:
    route = next(each for each in routes() if each.name == name)
    if status >= 400:
        return _error_problems(status, body)
    if route.response is None:
        return [] if body in (None, "", {}) else [f"{name} answers an empty body"]
    return _schema_problems(route.response, body)


def exchange_problems(exchange: dict[str, Any]) -> list[str]:
    """Both sides of one exchange, as the stand-in's journal holds it."""
    if exchange["method"].startswith("oauth."):
        return []
    asked = request_problems(exchange["verb"], exchange["target"], exchange["body"])
    if exchange["status"] == 0:
        return asked
    return asked + response_problems(exchange["method"], exchange["status"], exchange["answer"])


def _methods(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node.get("methods", {}).values()
    for resource in node.get("resources", {}).values():
        yield from _methods(resource)


def _route(method: dict[str, Any]) -> Route:
    path = "/" + document()["servicePath"] + method["path"]
    pattern = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))
    query = {k: v for k, v in method.get("parameters", {}).items() if v["location"] == "query"}
    return Route(
        name=method["id"],
        verb=method["httpMethod"],
        path=re.compile(pattern),
        literal=len(re.sub(r"\{\w+\}", "", path)),
        query=query | document()["parameters"],
        request=method.get("request", {}).get("$ref"),
        response=method.get("response", {}).get("$ref"),
        needed=tuple(_needed(method["id"])),
        scopes=frozenset(each.rpartition("/auth/")[2] for each in method["scopes"]),
    )


def _needed(name: str) -> Iterator[str]:
    for schema in document()["schemas"].values():
        for field, value in schema.get("properties", {}).items():
            if name in value.get("annotations", {}).get("required", ()):
                yield field


def _query_problems(route: Route, query: dict[str, list[str]]) -> Iterator[str]:
    for name, values in query.items():
        known = route.query.get(name)
        if known is None:
            yield f"unknown query parameter {name}"
            continue
        if len(values) > 1 and not known.get("repeated"):
            yield f"{name} given more than once"
        yield from (f"{name}: {value!r} does not fit" for value in values if not _fits(value, known))
    yield from (f"missing {k}" for k, v in route.query.items() if v.get("required") and k not in query)


def _fits(value: str, known: dict[str, Any]) -> bool:
    if known["type"] == "boolean":
        return value in {"true", "false"}
    if known["type"] == "integer":
        bounds = int(known.get("minimum", -(2**63))), int(known.get("maximum", 2**63))
        return bool(re.fullmatch(r"-?\d+", value)) and bounds[0] <= int(value) <= bounds[1]
    if known.get("format") == "date-time" and not re.fullmatch(_RFC3339, value):
        return False
    return value in known.get("enum", [value])


def _body_problems(route: Route, body: Any) -> Iterator[str]:
    if route.request is None:
        if body:
            yield f"{route.name} takes no body"
        return
    # A patch takes a field away by naming it with null.
    written = _without_nulls(body) if route.verb == "PATCH" else body
    yield from _schema_problems(route.request, written or {})
    yield from (f"the body lacks {name}" for name in route.needed if (body or {}).get(name) is None)
    for side in ("start", "end") if route.request == "Event" else ():
        moment = (body or {}).get(side) or {}
        if "dateTime" in moment and not (
            moment.get("timeZone") or re.fullmatch(_RFC3339, moment["dateTime"])
        ):
            yield f"{side}.dateTime needs an offset or a timeZone"


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if each is not None}
    return value


def _error_problems(status: int, body: Any) -> list[str]:
    error = body.get("error") if isinstance(body, dict) else None
    errors = error.get("errors") if isinstance(error, dict) else None
    sound = (
        isinstance(error, dict)
        and error.get("code") == status
        and isinstance(errors, list)
        and all({"domain", "reason", "message"} <= set(each) for each in errors)
    )
    return [] if sound else ["the error is not {error: {code, message, errors: [{domain, reason, message}]}}"]


def _schema_problems(name: str, body: Any) -> list[str]:
    checker = Draft202012Validator.FORMAT_CHECKER
    validator = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": _schemas()}, format_checker=checker)
    return [f"{each.json_path}: {each.message[:160]}" for each in validator.iter_errors(body)]


@cache
def _schemas() -> dict[str, Any]:
    found = {name: _converted(schema) for name, schema in document()["schemas"].items()}
    moment = found["EventDateTime"]["properties"]["dateTime"]
    del moment["format"]
    moment["pattern"] = _LOCAL
    return found


def _converted(schema: dict[str, Any]) -> dict[str, Any]:
    """Objects are closed, so that a misspelt field is seen, on either side."""
    if "$ref" in schema:
        return {"$ref": f"#/$defs/{schema['$ref']}"}
    made: dict[str, Any] = {}
    if schema.get("type") not in {None, "any"}:
        made["type"] = schema["type"]
    if schema.get("format") in {"date", "date-time"}:
        made["format"] = schema["format"]
    if "enum" in schema:
        made["enum"] = schema["enum"]
    if "items" in schema:
        made["items"] = _converted(schema["items"])
    if "properties" in schema:
        made["properties"] = {name: _converted(each) for name, each in schema["properties"].items()}
        made["additionalProperties"] = False
    if "additionalProperties" in schema:
        made["additionalProperties"] = _converted(schema["additionalProperties"])
    return made
