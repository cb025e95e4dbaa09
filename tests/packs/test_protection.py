"""A protected house is told by name, telephone and way in: no street, nowhere."""

from __future__ import annotations

import json
import re

import psycopg
from saying import LANGUAGES, Speech, packs

STREET = re.compile(r"\b\d{5}\b|\b(calle|avenida|street|straße|rue|via|piazza)\b", re.IGNORECASE)


async def test_no_output_tells_where_a_protected_house_is(said: Speech) -> None:
    protected = 0
    for pack in packs():
        for service in pack.part("services"):
            if not service["protection"] or service["confidence"] == "low":
                continue
            protected += 1
            for language in LANGUAGES:
                told = await said.text(
                    "services.details", language, listing=service["id"], country=pack.country
                )
                secret = {"en": "kept secret", "es": "no se dice por seguridad"}[language]
                assert secret in told.splitlines()[0]
                assert "Address:" not in told
                assert "Dirección:" not in told
                body = "\n".join(told.splitlines()[1:-1])
                assert not STREET.search(body.replace(str(service["url"]), ""))
    assert protected


async def test_every_other_service_can_be_told_in_every_language(said: Speech) -> None:
    for pack in packs():
        for service in pack.part("services"):
            for language in LANGUAGES:
                told = await said.text(
                    "services.details", language, listing=service["id"], country=pack.country
                )
                assert told.strip()
                assert "{" not in told


async def test_a_centre_that_people_visit_is_no_secret(said: Speech) -> None:
    told = await said.text("services.details", listing="de-s01", country="DE")
    assert told.startswith("Zentrum ÜBERLEBEN (Berlin)")
    told = await said.text("services.details", listing="es-s06", country="ES")
    assert "Address: calle Santa Engracia 140" in told


def test_no_store_holds_an_address_or_a_place_of_a_protected_house(packs_url: str) -> None:
    with psycopg.connect(packs_url) as connection:
        rows = connection.execute("SELECT id, body FROM service WHERE protection").fetchall()
        placed = connection.execute(
            "SELECT count(*) FROM service_place p JOIN service s ON s.id = p.service"
            " WHERE s.protection"
        ).fetchone()
    assert len(rows) > 20
    assert placed == (0,)
    for _, body in rows:
        assert body["addresses"] == []
        assert not [place for place in body["places"] if place.get("city")]
        assert not re.search(r"\b\d{4,5} [A-Z][a-z]+", json.dumps(body["places"]))
