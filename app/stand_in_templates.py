"""The templates that the diary's news need, as the stand-in for WhatsApp knows them: approved."""

from importlib.resources import files
from typing import Any

import yaml

from sandbox.meta.models import Template, TemplateButton


def template_rows() -> list[dict[str, Any]]:
    """As the sandbox's cast file wants them."""
    rows: list[dict[str, Any]] = yaml.safe_load(
        files("app.demo").joinpath("templates.yaml").read_text("utf-8")
    )
    return [row | {"buttons": [_button(text) for text in row.get("buttons", ())]} for row in rows]


def approved_templates() -> tuple[Template, ...]:
    return tuple(
        Template(
            name=row["name"],
            language=row["language"],
            body=row["body"],
            buttons=tuple(TemplateButton(**button) for button in row["buttons"]),
        )
        for row in template_rows()
    )


def _button(text: str) -> dict[str, str]:
    return {"kind": "quick_reply", "text": text}
