"""Organisations as rows of HSDS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.hsds.building import Rows
from directory.hsds.ids import made
from directory.hsds.records import Records, Row


def organisation_row(body: Mapping[str, Any], country: str, card: Mapping[str, Any] | None) -> Row:
    """Return the row of the organisation that a listing names.

    Listings that name the same organisation of a country share its row. A card is taken only
    where it has the name that the listing says, so that no listing changes its words. A place that
    must not be found stands alone: who runs it could lead there.
    """
    name = body.get("organisation")
    if name is None:
        return {"id": made("organization of", body["id"]), "name": body["name"], "description": ""}
    if card is not None and card["name"] == name:
        return card_row(card)
    named = made("organization", country, name)
    return {"id": named, "name": name, "description": ""}


def card_entry(card: str) -> str:
    """Return under what the ids of a card's rows are made."""
    return f"organisation/{card}"


def card_row(card: Mapping[str, Any]) -> Row:
    """Return the row of an organisation's card."""
    return {
        "id": made("organization", card["id"]),
        "name": card["name"],
        "description": card.get("description") or "",
        "website": card.get("url"),
        "email": next(iter(card.get("email") or ()), None),
    }


def organisation_records(card: Mapping[str, Any]) -> Records:
    """Return the rows that stand for an organisation's card: who leads it, how to reach it."""
    row = card_row(card)
    rows = Rows(card_entry(card["id"]), row["id"])
    organization = ("organization", row["id"])
    rows.add("organization", "", row)
    rows.say("record", "id", card["id"], of=organization)
    if card.get("country"):
        rows.say("record", "country", card["country"], of=organization)
    if card["run_by"] != "unknown":
        rows.say("run_by", card["run_by"], of=organization)
    for position, leader in enumerate(card["led_by"]):
        rows.say("led_by", leader, of=organization, position=position)
    link = {"organization_id": row["id"]}
    for position, number in enumerate(card["phones"]):
        rows.add("phone", position, {**link, "number": number, "ordinal": position})
    for position, email in enumerate(card["email"][1:], start=1):
        rows.add("contact", position, {**link, "email": email, "ordinal": position})
    if card.get("funding"):
        rows.add("funding", 0, {**link, "source": card["funding"]})
    return rows.records()
