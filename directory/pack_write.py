"""The pack of a country from what is published: the four files, in the style of ``data/packs``.

Written over its own pack, an entry that nobody changed stands there as it stood, with its comments;
one that changed loses them. Of a place that must not be found the store holds neither texts nor
links: such an entry keeps them where the pack has them, and never gets them anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.models import PackRow
from directory.pack_files import PARTS, PackFiles
from directory.parts import OF_A_PACK, Part
from directory.whole_bodies import as_in_a_pack
from directory.withheld import stored

_WIDTH = 118  # of a line, as the packs have it
_DATES = frozenset({"valid_from", "valid_until", "verified", "paused_until"})
_IN_BRACES = frozenset({"names", "waiting", "capacity", "point"})  # and cost without lists
# The order in which people read an entry; JSON in the store has none.
_ORDER: Mapping[str, Sequence[str]] = {
    "pack": (
        *("country", "languages", "timezones", "currency", "calling_code", "emergency", "menu"),
        *("messages", "rules", "regions"),
    ),
    Part.SERVICES: (
        *("id", "name", "names", "organisation", "owner", "run_by", "layers", "kinds", "audience"),
        *("status", "scope", "places", "region", "point", "protection", "address_withheld"),
        *("addresses", "phones", "whatsapp", "email", "url", "hours", "holidays"),
        *("languages_spoken", "languages_interpreted", "interpreters", "cost", "way_in"),
        *("modality", "documents", "accessibility", "waiting", "capacity", "not_taking"),
        *("paused_until", "valid_from", "valid_until", "valid_precision", "superseded_by"),
        *("confidence", "verified", "source", "description", "how_to_access", "note"),
    ),
    Part.HELPLINES: (
        *("id", "purpose", "name", "names", "run_by", "area", "status", "numbers", "web", "email"),
        *("sms_or_chat", "hours", "languages", "cost", "valid_from", "valid_until"),
        *("valid_precision", "superseded_by", "confidence", "verified", "checked"),
        *("second_source", "source", "note"),
    ),
    Part.RIGHTS: (
        *("id", "status", "care", "entitlement", "cost", "conditions", "case", "cases"),
        *("documents", "steps", "notes", "waiting", "reporting", "reporting_note", "valid_from"),
        *("valid_until", "valid_precision", "superseded_by", "confidence", "verified", "source"),
        "original",
    ),
}
_INNER = (
    *("city", "region", "as_written", "number", "e164", "url", "kind", "note", "title"),
    *("published", "text", "always", "known", "days", "opens", "closes", "periods", "as_of"),
    *("code", "currency", "per", "min", "max", "amounts", "notes", "cost", "conditions", "how"),
)
# As the packs write them, in which these stand in another order.
_INNER_OF: Mapping[str, Sequence[str]] = {
    "source": ("title", "url", "published"),
    "hours": ("text", "always", "known", "periods", "as_of"),
    "cost": ("text", "kind", "amounts", "notes"),
    "original": ("cost", "conditions", "how", "note"),
}


class UnknownPackError(LookupError):
    """A country that nothing is published of."""


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a pack into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")


async def pack_texts(
    session: AsyncSession, country: str, over: PackFiles | None = None
) -> dict[str, str]:
    """Return the four files by name, without their ending.

    Args:
        session: An open session.
        country: ISO 3166-1 alpha-2.
        over: The pack that stands there now, whose unchanged entries are kept.

    Raises:
        UnknownPackError: There is no such country in the store.
    """
    row = await session.get(PackRow, country)
    if row is None:
        raise UnknownPackError(f"nothing is published of {country}")
    texts = {"pack": _pack_part(row.body, over)}
    for part in OF_A_PACK:
        bodies = [one.body for one in await published.all_of(session, part, country=country)]
        texts[part] = _entries(part, bodies, over)
    return {name: texts[name] for name in PARTS}


def _pack_part(body: Mapping[str, Any], over: PackFiles | None) -> str:
    if over is not None and over.part("pack") == body:
        return over.documents["pack"].path.read_text(encoding="utf-8")
    return _head(over, "pack") + _yaml(_dated(_sorted(body, _ORDER["pack"])))


def _entries(part: Part, bodies: Sequence[Mapping[str, Any]], over: PackFiles | None) -> str:
    """Return a file; an entry that says what it said stands there as it stood."""
    stood = _texts(part, over)
    written = []
    for body in bodies:
        old, text = stood.get(body["id"], (None, ""))
        written.append(text if old == body else _of_list(_entry(part, body)))
    return _head(over, part) + ("\n\n".join(written) + "\n" if written else "[]\n")


def _texts(part: Part, over: PackFiles | None) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return what the store would hold of each entry of a file, and the lines it stands in."""
    if over is None:
        return {}
    text = over.documents[part].path.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=- )", text, flags=re.MULTILINE)[1:]
    entries = over.part(part) or []
    if len(blocks) != len(entries):
        return {}
    return {
        one["id"]: (stored(one) if part is Part.SERVICES else one, block.rstrip())
        for one, block in zip(entries, blocks, strict=True)
    }


def _entry(part: Part, body: Mapping[str, Any]) -> Any:
    """Return an entry in the order in which people read it."""
    whole = _sorted(as_in_a_pack(part, body), _ORDER[part])
    return _dated({key: _inner(key, value) for key, value in whole.items()})


def _inner(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _sorted(value, _INNER_OF.get(name, _INNER)) | {
            key: _inner("", one) for key, one in value.items() if isinstance(one, list | Mapping)
        }
    if isinstance(value, list):
        return [_inner("", one) for one in value]
    return value


def _sorted(body: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    known = [key for key in order if key in body]
    return {key: body[key] for key in (*known, *sorted(set(body) - set(known)))}


def _dated(value: Any, name: str = "") -> Any:
    """Return a value in which days are days, which YAML writes without quotes."""
    if isinstance(value, Mapping):
        return {key: _dated(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    if name in _DATES and isinstance(value, str) and value[:1].isdigit():
        return date.fromisoformat(value)
    return value


def _head(over: PackFiles | None, name: str) -> str:
    """Return the comments at the head of the file that stands there now."""
    if over is None or not over.documents[name].path.is_file():
        return ""
    text = over.documents[name].path.read_text(encoding="utf-8")
    found = re.match(r"(?:#.*\n|\n)*", text)
    return found[0] if found else ""


class _Dumper(yaml.SafeDumper):
    """Writes as the packs are written: lists of codes and small mappings in one line."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is named once and pointed at later."""
        return True

    def increase_indent(
        self,
        flow: bool = False,  # noqa: FBT002 -- as the library calls it
        indentless: bool = False,  # noqa: FBT002
    ) -> None:
        """Indent lists within a mapping."""
        del indentless
        super().increase_indent(flow, indentless=False)

    def represent_list(self, data: Iterable[Any]) -> yaml.SequenceNode:
        """Return a list in one line where nothing in it has parts."""
        items = list(data)
        flow = not any(isinstance(one, Mapping | list) for one in items)
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)

    def represent_mapping_of(self, data: Mapping[str, Any]) -> yaml.Node:
        """Return a mapping in which small parts stand in one line."""
        node = self.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=False)
        for key, value in node.value:
            if isinstance(value, yaml.SequenceNode):
                for one in value.value:
                    _in_braces(one)
            elif key.value in _IN_BRACES or (key.value == "cost" and _is_small(value)):
                _in_braces(value)
            elif isinstance(value, yaml.MappingNode) and not value.value:
                value.flow_style = True
        return node


def _is_small(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode) and all(
        isinstance(value, yaml.ScalarNode) for _, value in node.value
    )


def _in_braces(node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        node.flow_style = True


_Dumper.add_representer(list, _Dumper.represent_list)
_Dumper.add_representer(dict, _Dumper.represent_mapping_of)


def _of_list(entry: Mapping[str, Any]) -> str:
    first, *lines = _yaml(entry, indent=2).splitlines()
    return "\n".join([f"- {first}", *(f"  {line}" if line else "" for line in lines)])


def _yaml(value: Any, indent: int = 0) -> str:
    written: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH - indent
    )
    return written
