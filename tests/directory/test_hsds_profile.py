"""The profile names every code that a listing can have, and its page says what each means."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directory.hsds.profile import said_by, taxonomies, taxonomy_row, term_row
from directory.hsds.profile_doc import MARK, PAGE, written
from directory.hsds.project import CODE, CODES, VALUES
from directory.hsds.secret import without_secrets

ROOT = Path(__file__).resolve().parents[2]
FIELDS = json.loads((ROOT / "data/packs/schema/services.json").read_text())["items"]["properties"]
CARD = json.loads((ROOT / "data/cards/organisations.json").read_text())["properties"]


def codes(field):
    return FIELDS[field].get("enum") or FIELDS[field]["items"]["enum"]


@pytest.mark.parametrize(("taxonomy", "field"), [*CODES.items(), *CODE.items()])
def test_every_code_of_a_listing_is_a_term(taxonomy, field):
    if field not in FIELDS:
        pytest.skip(f"listings have no {field} yet")
    assert set(codes(field)) == set(taxonomies()[taxonomy].terms)


def test_the_codes_of_costs_and_of_who_leads_are_terms():
    assert set(FIELDS["cost"]["properties"]["kind"]["enum"]) == set(taxonomies()["cost"].terms)
    assert set(CARD["led_by"]["items"]["enum"]) == set(taxonomies()["led_by"].terms)
    assert set(CARD["run_by"]["enum"]) == set(taxonomies()["run_by"].terms)


def test_terms_with_values_are_terms():
    for taxonomy, term in VALUES.values():
        assert term in taxonomies()[taxonomy].terms


def test_codes_and_ids_are_not_given_twice():
    terms = [term_row(code, term) for code, of in taxonomies().items() for term in of.terms]
    assert len({row["id"] for row in terms}) == len({row["code"] for row in terms}) == len(terms)
    assert len({taxonomy_row(code)["id"] for code in taxonomies()}) == len(taxonomies())


def test_a_term_is_known_again_and_one_of_others_is_not():
    assert said_by(term_row("name_translation", "pt-BR")) == ("name_translation", "pt-BR")
    assert said_by({"id": "x", "code": "kind:food", "taxonomy_id": "another"}) is None


def test_the_page_says_what_the_profile_says():
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page), "run python -m directory.hsds.profile_doc"
    for code, taxonomy in taxonomies().items():
        part = page.partition(MARK)[2].partition(f"`{code}`\n")[2].partition("\n### ")[0]
        assert f"`{code}:{taxonomy.example['term']}`" in part
        assert all(f"`{code}:{term}`" in part for term in taxonomy.terms)
        assert bool(taxonomy.terms) != bool(taxonomy.open)
        example = taxonomy.example["term"]
        assert taxonomy.open or example in taxonomy.terms
        assert "value" not in taxonomy.example or taxonomy.value


def test_rows_of_a_secret_service_keep_its_name_numbers_and_codes_only():
    term, said = term_row("confidentiality", "withheld"), {"link_entity": "service", "link_id": "s"}
    note = term_row("record", "note")
    rows = {
        "organization": [{"id": "o", "name": "O", "description": ""}],
        "service": [
            {"id": "s", "organization_id": "o", "name": "S", "status": "active", "description": "1 Street"},
            {"id": "t", "organization_id": "o", "name": "T", "status": "active", "description": "T"},
        ],
        "location": [{"id": "l", "location_type": "physical"}, {"id": "m", "location_type": "physical"}],
        "service_at_location": [
            {"id": "a", "service_id": "s", "location_id": "l"},
            {"id": "b", "service_id": "t", "location_id": "m"},
        ],
        "address": [{"id": "d", "location_id": "l"}, {"id": "e", "location_id": "m"}],
        "service_area": [{"id": "r", "service_id": "s", "name": "The village"}],
        "contact": [{"id": "c", "service_at_location_id": "a"}, {"id": "k", "service_id": "s"}],
        "phone": [
            {"id": "p", "service_id": "s", "number": "1", "description": "the blue door"},
            {"id": "q", "contact_id": "c", "number": "2"},
        ],
        "language": [{"id": "n", "phone_id": "q", "code": "es"}],
        "schedule": [{"id": "h", "service_id": "s", "freq": "WEEKLY", "description": "ring twice"}],
        "taxonomy_term": [term, note],
        "attribute": [
            {"id": "1", "taxonomy_term_id": term["id"], **said},
            {"id": "2", "taxonomy_term_id": note["id"], "value": "blue door", **said},
        ],
        "metadata": [{"id": "w", "resource_id": "s", "previous_value": "1 Street"}],
    }  # fmt: skip
    kept = without_secrets(rows)
    ids = {table: [row["id"] for row in found] for table, found in kept.items() if found}
    assert ids == {
        "organization": ["o"], "service": ["s", "t"], "location": ["m"], "service_at_location": ["b"],
        "address": ["e"], "phone": ["p"], "schedule": ["h"], "taxonomy_term": [term["id"], note["id"]],
        "attribute": ["1"],
    }  # fmt: skip
    said_now = json.dumps(kept)
    assert not [word for word in ("Street", "blue", "ring", "village") if word in said_now]
