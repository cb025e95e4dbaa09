"""Every fact, line and service is still there, with source and date, word for word."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from saying import packs

FROZEN = json.loads(Path(__file__).with_name("copied-fields.json").read_text("utf-8"))
COPIED = {
    "rights": ("status", "care", "entitlement", "confidence", "source"),
    "helplines": ("purpose", "name", "confidence", "checked", "second_source", "sms_or_chat"),
    "services": ("name", "organisation", "layers", "audience", "status", "confidence", "region"),
}
COPIED["helplines"] += ("source",)
COPIED["services"] += ("url", "how_to_access", "source")


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for pack in packs():
        for part in COPIED:
            for entry in pack.part(part):
                yield part, entry


def told(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: str(item) for name, item in value.items() if item not in ("", None, [])}
    return None if value in ("", []) else value


def digest(part: str, entry: dict[str, Any]) -> str:
    fields = {name: told(entry.get(name)) for name in COPIED[part]}
    if part == "rights":
        fields["original"] = {k: str(v) for k, v in entry["original"].items() if v}
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def test_nothing_is_lost() -> None:
    counts = Counter(part for part, _ in entries())
    assert counts == {"rights": 229, "helplines": 226, "services": 402}
    assert len(packs()) == 19


def test_copied_fields_are_what_was_gathered() -> None:
    now = {entry["id"]: digest(part, entry) for part, entry in entries()}
    assert sorted(now) == sorted(FROZEN)
    assert [name for name in now if now[name] != FROZEN[name]] == []


def test_every_entry_has_a_source_and_a_date() -> None:
    for _, entry in entries():
        assert entry["source"]["title"]
        assert str(entry["source"]["published"])
        assert entry["verified"] == "never"


@pytest.mark.parametrize(("part", "number"), [("rights", 10), ("helplines", 25), ("services", 46)])
def test_low_confidence_is_as_frequent_as_it_was(part: str, number: int) -> None:
    low = [entry for one, entry in entries() if one == part and entry["confidence"] == "low"]
    assert len(low) == number
