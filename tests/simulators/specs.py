"""Checks calls against the providers' own descriptions, where FARO_SPECS says they are."""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator


def specs_folder() -> Path | None:
    """Return the folder with the descriptions, or None when the setting is absent."""
    folder = os.environ.get("FARO_SPECS")
    return Path(folder) if folder else None


@cache
def _read(name: str) -> Any:
    folder = specs_folder()
    assert folder is not None
    return json.loads((folder / name).read_text(encoding="utf-8"))


def telegram_faults(method: str, call: dict[str, Any]) -> list[str]:
    """Return what is wrong with a call of the Bot API; nothing without descriptions."""
    if specs_folder() is None:
        return []
    described = _read("telegram/api.json")["methods"].get(method)
    if described is None:
        return [f"no method {method}"]
    return _fields(f"{method}", described.get("fields", []), call)


def _fields(where: str, fields: list[dict[str, Any]], given: dict[str, Any]) -> list[str]:
    known = {field["name"]: field for field in fields}
    faults = [f"{where}: unknown {name}" for name in given.keys() - known.keys()]
    faults += [
        f"{where}: no {name}"
        for name, field in known.items()
        if field["required"] and name not in given
    ]
    for name in given.keys() & known.keys():
        if not any(_is(kind, given[name]) for kind in known[name]["types"]):
            faults.append(f"{where}.{name}: not {' or '.join(known[name]['types'])}")
    text = given.get("text")
    if where == "sendMessage" and isinstance(text, str) and not 1 <= len(text) <= 4096:
        faults.append("sendMessage.text: not 1 to 4096 characters")
    numbers = given.get("message_ids")
    if isinstance(numbers, list) and not 1 <= len(numbers) <= 100:
        faults.append(f"{where}.message_ids: not 1 to 100")
    for entity in given.get("entities") or []:
        if isinstance(text, str) and _ends_behind(entity, text):
            faults.append(f"{where}.entities: ends behind the text")
    data = given.get("callback_data")
    if isinstance(data, str) and not 1 <= len(data.encode()) <= 64:
        faults.append(f"{where}.callback_data: not 1 to 64 bytes")
    return faults


def _ends_behind(entity: dict[str, Any], text: str) -> bool:
    units = len(text.encode("utf-16-le")) // 2
    return int(entity.get("offset", 0)) + int(entity.get("length", 0)) > units


def _is(kind: str, value: Any) -> bool:  # noqa: PLR0911 -- one line a type
    if kind.startswith("Array of "):
        return isinstance(value, list) and all(_is(kind[9:], item) for item in value)
    if kind == "String":
        return isinstance(value, str)
    if kind == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "Boolean":
        return isinstance(value, bool)
    if kind == "Float":
        return isinstance(value, (int, float))
    described = _read("telegram/api.json")["types"].get(kind)
    if described is None or not isinstance(value, dict):
        return False
    return not _fields(kind, described.get("fields", []), value)


def twilio_faults(form: dict[str, str]) -> list[str]:
    """Return what is wrong with a request to create a message; nothing without descriptions."""
    if specs_folder() is None:
        return []
    spec = _read("twilio/twilio_api_v2010_messages.json")
    post = spec["paths"]["/2010-04-01/Accounts/{AccountSid}/Messages.json"]["post"]
    schema = post["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
    closed = {**schema, "additionalProperties": False, "components": spec["components"]}
    faults = [error.message[:80] for error in Draft202012Validator(closed).iter_errors(form)]
    # What the description says in words only.
    if len(form.get("Body", "")) > 1600:
        faults.append("Body: more than 1,600 characters")
    if not form.get("Body") and not form.get("ContentSid"):
        faults.append("neither Body nor ContentSid")
    if not form.get("From") and not form.get("MessagingServiceSid"):
        faults.append("neither From nor MessagingServiceSid")
    if not re.fullmatch(r"(whatsapp:)?\+[1-9]\d{5,14}", form.get("To", "")):
        faults.append("To: not a number")
    return faults


def twilio_answer_faults(answer: dict[str, Any]) -> list[str]:
    """Return where the simulator's own answer leaves Twilio's description."""
    if specs_folder() is None:
        return []
    spec = _read("twilio/twilio_api_v2010_messages.json")
    schema = {
        "$ref": "#/components/schemas/api.v2010.account.message",
        "components": spec["components"],
    }

    def nullable(node: Any) -> Any:
        if isinstance(node, dict):
            node = {key: nullable(value) for key, value in node.items()}
            if node.pop("nullable", False) and "type" in node:
                node["type"] = [node["type"], "null"]
                if "enum" in node:
                    node["enum"] = [*node["enum"], None]
        elif isinstance(node, list):
            node = [nullable(value) for value in node]
        return node

    return [
        error.message[:80] for error in Draft202012Validator(nullable(schema)).iter_errors(answer)
    ]
