"""Approved templates: whether a send fits one, and what the phone then shows."""

import re

from sandbox.meta.models import Json, Template
from sandbox.meta.refusals import Refusal

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")
_LONGEST_BODY = 1024
_STATES = {"PAUSED": Refusal(132015), "DISABLED": Refusal(132016)}


def misfit(template: Template | None, asked: Json, *, to_user_id: bool) -> Refusal | None:
    """Why this template cannot be sent like this; ``None`` when it can."""
    if template is None or template.status not in {"APPROVED", *_STATES}:
        wanted = f"template name ({asked['name']}) does not exist in {asked['language']['code']}"
        return Refusal(132001, wanted)
    if template.category == "AUTHENTICATION" and to_user_id:
        return Refusal(131062, "Use a phone number for this template.")
    return _STATES.get(template.status) or _parameters_misfit(template, asked)


def rendered(template: Template, asked: Json) -> Json:
    """The template as the phone shows it."""
    return {
        "type": "template",
        "header": _filled(template.header, _parameters(asked, "header")),
        "text": _filled(template.body, _parameters(asked, "body")),
        "footer": template.footer,
        "buttons": [
            {"kind": button.kind, "title": button.text, "id": _button_value(asked, index), "url": button.url}
            for index, button in enumerate(template.buttons)
        ],
    }


def _parameters_misfit(template: Template, asked: Json) -> Refusal | None:
    for part, wording in (("header", template.header), ("body", template.body)):
        wanted = list(dict.fromkeys(_PLACEHOLDER.findall(wording)))
        given = [
            each for each in _parameters(asked, part) if each["type"] in {"text", "currency", "date_time"}
        ]
        if len(given) != len(wanted):
            counts = f"({len(given)}) does not match the expected number of params ({len(wanted)})"
            return Refusal(132000, f"{part}: number of localizable_params {counts}")
        if any(not name.isdigit() for name in wanted) and _names(given) != set(wanted):
            return Refusal(132012, f"{part}: named parameters {sorted(wanted)} expected")
    if len(_filled(template.body, _parameters(asked, "body"))) > _LONGEST_BODY:
        return Refusal(132005, f"Translated text too long: more than {_LONGEST_BODY} characters")
    return None


def _names(parameters: list[Json]) -> set[str]:
    return {str(parameter.get("parameter_name", "")) for parameter in parameters}


def _parameters(asked: Json, part: str) -> list[Json]:
    components = asked.get("components", [])
    return [each for one in components if one["type"] == part for each in one.get("parameters", [])]


def _button_value(asked: Json, index: int) -> str:
    for component in asked.get("components", []):
        if component["type"] == "button" and str(component.get("index")) == str(index):
            first = (component.get("parameters") or [{}])[0]
            return str(first.get("payload", first.get("text", "")))
    return ""


def _filled(wording: str, parameters: list[Json]) -> str:
    values = {
        str(parameter.get("parameter_name", position)): _shown(parameter)
        for position, parameter in enumerate(parameters, start=1)
    }
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), wording)


def _shown(parameter: Json) -> str:
    kind = parameter["type"]
    if kind == "text":
        return str(parameter["text"])
    return str(parameter.get(kind, {}).get("fallback_value", ""))
