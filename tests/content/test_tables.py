"""The small tables name only what there is."""

from __future__ import annotations

import json

import yaml
from saying import LANGUAGES, PACKS, ROOT, packs, places

from content.tables import read_tables

TABLES = read_tables(ROOT / "data")
SCHEMA = PACKS / "schema"


def codes_of(part: str, field: str) -> set[str]:
    schema = json.loads((SCHEMA / f"{part}.json").read_text("utf-8"))
    return set(schema["items"]["properties"][field]["items"]["enum"])


def test_every_kind_leads_to_lines_of_purposes_that_there_are() -> None:
    assert set(TABLES.kind_lines) <= codes_of("services", "kinds")
    for purposes in TABLES.kind_lines.values():
        assert purposes
        assert set(purposes) <= codes_of("helplines", "purpose")


def test_only_violence_leads_to_the_lines_for_it() -> None:
    to_gbv = {kind for kind, purposes in TABLES.kind_lines.items() if "gbv" in purposes}
    assert to_gbv == {
        *("gbv_support", "womens_safe_space", "protection_shelter", "sexual_violence_care"),
    }


def test_every_city_with_another_name_is_one_that_we_know() -> None:
    for country, cities in TABLES.cities.names.items():
        for city, names in cities.items():
            assert places().named(city, country) is not None, f"{country} {city}"
            assert set(names) <= set(LANGUAGES)
            assert city not in names.values()


def test_a_city_without_a_row_keeps_its_name() -> None:
    assert TABLES.cities.name("SV", "Santa Ana", "es") == "Santa Ana"
    assert TABLES.cities.name("GR", "Athens", "en") == "Athens"
    assert TABLES.cities.name("GR", "Athens", "es") == "Atenas"


def test_the_kinds_of_a_service_are_those_of_its_words() -> None:
    mapping = yaml.safe_load((PACKS / "kind-mapping.yml").read_text("utf-8"))
    for pack in packs():
        for service in pack.part("services"):
            own = mapping["overrides"].get(service["id"], {})
            words = mapping["as_written"][service["id"]]
            mapped = {
                kind
                for word in words
                for kind in own.get(word, mapping["words"].get(word, {})).get("kinds", ())
            }
            assert set(service["kinds"]) == mapped, service["id"]


def test_a_service_whose_description_gives_food_is_found_by_it() -> None:
    found = {s["id"]: s["kinds"] for pack in packs() for s in pack.part("services")}
    for service in ("mx-s03", "mx-s07", "gt-s04", "gt-s07", "hn-s13", "gr-s19"):
        assert "food" in found[service]
