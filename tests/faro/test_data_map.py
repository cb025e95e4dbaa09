"""The map of who can see what is complete, and is what the registry and the table say."""

from __future__ import annotations

import dataclasses

import pytest

from delivery.registry import Kind, declared
from faro import data_map as mapping
from faro.data_map import DATA_MAP, UnseenError, data_map, read_visibility


def test_the_document_is_up_to_date():
    assert DATA_MAP.read_text(encoding="utf-8") == data_map(read_visibility()), (
        "run: faro data-map --write"
    )


def test_every_channel_has_its_part_and_every_table_and_store_its_line():
    text = data_map(read_visibility())
    assert [name for name in declared(Kind.CHANNEL) if f"\n### {name}\n" not in text] == []
    stores = declared(Kind.TABLE) | declared(Kind.STORE)
    assert [name for name in stores if f"\n| `{name}` |" not in text] == []


@pytest.mark.parametrize("kind", [Kind.CHANNEL, Kind.TABLE, Kind.STORE])
def test_what_is_declared_and_not_in_the_table_is_named(monkeypatch, kind):
    entry = next(entry for entry in mapping.REGISTRY if entry.kind is kind)
    new = dataclasses.replace(entry, name="something_new")
    monkeypatch.setattr(mapping, "REGISTRY", (*mapping.REGISTRY, new))
    with pytest.raises(UnseenError, match="something_new"):
        read_visibility()


def test_of_every_channel_it_is_said_what_the_person_and_somebody_with_the_phone_see():
    seen = read_visibility()
    assert [
        name for name, roles in seen.channels.items() if not {"person", "holder"} <= set(roles)
    ] == []


def test_every_role_sees_or_does_not_see_something_somewhere():
    seen = read_visibility()
    told = set(seen.server).union(*seen.channels.values())
    assert set(seen.roles) == told


def test_nobody_else_than_the_operator_opens_what_is_sealed_without_the_keys():
    sealed = read_visibility().kinds["sealed"]
    opening = {role for role, sees in sealed.items() if "opens" in sees}
    assert opening == {"operator", "seizer"}
    assert "with the keys" in sealed["seizer"]
    assert not {"backup", "developer", "desk"} & set(sealed)
