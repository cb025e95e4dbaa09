"""A listing becomes rows of HSDS and comes back as it was; a secret place has no place in them."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from uuid import uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.gazetteer import Gazetteer
from directory.hsds.ids import NAMESPACE, made, service_id
from directory.hsds.project import records_of
from directory.hsds.project_organisation import organisation_records
from directory.hsds.read import listing_of
from directory.pack_files import pack_folders, read_pack
from directory.withheld import is_withheld, stored

ROOT = Path(__file__).resolve().parents[2]
FIELDS = json.loads((ROOT / "data/packs/schema/services.json").read_text())["items"]["properties"]


@pytest.fixture(scope="module")
def places():
    gazetteer = Gazetteer(ROOT / "var" / "places.sqlite")
    yield gazetteer
    gazetteer.close()


@pytest.fixture(scope="module")
def listings():
    found = []
    for folder in pack_folders(ROOT / "data" / "packs"):
        pack, _ = read_pack(folder)
        found += [(pack.country, body) for body in pack.part("services") or []]
    return found


def test_every_listing_of_the_packs_comes_back_as_it_was(listings, places):
    assert len(listings) > 400
    for country, body in listings:
        read = listing_of(records_of(body, country=country, organisation=None, places=places))
        assert read.body == stored(body), body["id"]
        assert read.country == country
        assert read.missing == ()


FULL = {
    "id": "sv-s900",
    "name": "Casa Abierta",
    "names": {"en": "Open House", "fr": "Maison ouverte"},
    "organisation": "Casa Abierta",
    "run_by": "ngo",
    "layers": ["focused_psychosocial", "broader_community"],
    "kinds": ["peer_group", "legal_aid"],
    "audience": ["women", "any"],
    "status": ["refugee", "any"],
    "scope": "region",
    "region": "Oriente",
    "places": [{"city": "San Miguel", "region": None}, {}, {"as_written": "near the market"}],
    "protection": False,
    "addresses": ["Calle 2, San Miguel", "Avenida 5"],
    "point": {"latitude": 13.4812345, "longitude": -88.1776},
    "phones": [
        {"number": "2222 0000", "e164": "+50322220000", "kind": "sms", "note": "mornings"},
        {"number": "2222 0001", "e164": None, "kind": "fax"},
    ],
    "whatsapp": ["7000 0000", {"number": "7000 0001", "e164": None}],
    "email": ["one@example.org", "two@example.org", "two@example.org"],
    "url": None,
    "hours": {
        "text": "mornings, and late on Friday",
        "always": False,
        "periods": [
            {"days": ["TU", "MO"], "opens": "08:00", "closes": "12:00"},
            {"days": ["FR"], "opens": "18:00", "closes": "24:00"},
        ],
        "as_of": None,
    },
    "languages_spoken": ["es", "en"],
    "languages_interpreted": ["ti"],
    "interpreters": "no",
    "cost": {"text": "free", "kind": "free"},
    "way_in": ["walk_in"],
    "modality": ["in_person", "online"],
    "documents": ["none_needed", "passport"],
    "waiting": {"text": "a week", "known": True, "code": "sv_week"},
    "capacity": {"code": "limited", "as_of": "2026-01-01"},
    "paused_until": "2026-09-01",
    "accessibility": ["step_free", "child_friendly"],
    "holidays": "unknown",
    "owner": "casa-abierta",
    "not_taking": True,
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
    "valid_precision": "month",
    "confidence": "high",
    "verified": "2026-02-03",
    "source": {"title": "Its page", "url": "https://example.org", "published": "2026-01"},
    "superseded_by": None,
    "address_withheld": False,
    "note": "ask for Ana",
}
EMPTY = {
    **{key: FULL[key] for key in ("id", "name", "organisation", "source")},
    **{key: [] for key in ("layers", "audience", "status", "places", "addresses", "phones")},
    **{key: [] for key in ("languages_spoken", "languages_interpreted", "way_in", "modality")},
    "documents": [],
    "kinds": ["food"],
    "run_by": "unknown",
    "scope": "unknown",
    "protection": False,
    "hours": {"text": None, "always": True, "periods": []},
    "interpreters": "unknown",
    "cost": {"text": None, "kind": "unknown"},
    "waiting": {"text": None, "known": False},
    "not_taking": False,
    "valid_from": None,
    "valid_until": None,
    "confidence": "low",
    "verified": "never",
    "names": {},
}


@pytest.mark.parametrize(
    "body", [FULL, EMPTY, {**EMPTY, "addresses": ["Calle 1"], "whatsapp": None}]
)
def test_a_listing_with_everything_and_one_with_nothing_come_back(body, places):
    read = listing_of(records_of(body, country="SV", organisation=None, places=places))
    assert read.body == body


def test_hours_are_weekly_rules_and_their_words(places):
    rows = records_of(FULL, country="SV", organisation=None, places=places)["schedule"]
    assert [(row["freq"], row["byday"], row["opens_at"], row["closes_at"]) for row in rows] == [
        ("WEEKLY", "TU,MO", "08:00:00", "12:00:00"),
        ("WEEKLY", "FR", "18:00:00", "24:00:00"),
    ]
    assert {row["description"] for row in rows} == {"mornings, and late on Friday"}


def test_a_town_has_its_point_and_a_door_its_own(places):
    point = {"latitude": 13.4812345, "longitude": -88.1776}
    first, *_ = records_of(FULL, country="SV", organisation=None, places=places)["location"]
    assert {key: first[key] for key in point} == point
    without = {key: value for key, value in FULL.items() if key != "point"}
    first, *_ = records_of(without, country="SV", organisation=None, places=places)["location"]
    assert first["external_identifier_type"] == "GeoNames"
    assert abs(first["latitude"] - 13.48) < 0.05


def test_a_secret_place_is_told_by_name_telephone_and_way_in_only(listings, places):
    secret = [(country, body) for country, body in listings if is_withheld(body)]
    assert len(secret) > 20
    for country, body in [*secret, ("SV", {**FULL, "kinds": ["protection_shelter"]})]:
        rows = records_of(body, country=country, organisation=None, places=places)
        assert not {"location", "service_at_location", "address", "accessibility"} & set(rows)
        said = json.dumps(rows, ensure_ascii=False)
        cities = [place["city"] for place in body["places"] if place.get("city")]
        hidden = [
            *body["addresses"],
            body.get("url"),
            body.get("description"),
            body["organisation"],
        ]
        for text in [*hidden, *body["email"], *cities]:
            kept = {body["name"], *body.get("names", {}).values(), body["source"]["title"]}
            assert not text or any(text in word for word in kept) or text not in said, body["id"]


def test_ids_are_the_same_each_time(places):
    one = records_of(FULL, country="SV", organisation=None, places=places)
    assert one == records_of(FULL, country="SV", organisation=None, places=places)
    assert one["service"][0]["id"] == service_id("sv-s900")
    assert made("service", "sv-s900") == str(uuid5(NAMESPACE, "service/sv-s900"))


def test_a_card_gives_the_organisation_only_under_the_name_that_the_listing_says(places):
    card = {
        "id": "casa-abierta", "name": "Casa Abierta", "country": "SV", "description": "For women.",
        "run_by": "ngo", "led_by": ["women", "migrant"], "url": None, "email": [], "phones": ["1"],
    }  # fmt: skip
    rows = records_of(FULL, country="SV", organisation=card, places=places)
    assert rows["organization"][0]["description"] == "For women."
    renamed = {**card, "name": "Another"}
    rows = records_of(FULL, country="SV", organisation=renamed, places=places)
    assert rows["organization"][0]["name"] == "Casa Abierta"
    led = organisation_records(card)
    assert rows["organization"][0]["id"] != led["organization"][0]["id"]
    leaders = [row for row in led["attribute"] if row["link_type"] == "led_by"]
    assert len(leaders) == 2


def test_a_service_of_others_becomes_a_listing_as_far_as_it_says():
    rows = {
        "organization": [{"id": "o", "name": "Example"}],
        "service": [{"id": "s", "organization_id": "o", "name": "Help", "fees_description": "5"}],
        "service_at_location": [{"id": "a", "service_id": "s", "location_id": "l"}],
        "location": [{"id": "l", "location_type": "physical", "name": "Hall"}],
        "address": [
            {"id": "d", "location_id": "l", "address_1": "1 Main Street", "city": "Bath",
             "state_province": "Avon", "postal_code": "BA1", "country": "GB"}
        ],
        "phone": [{"id": "p", "location_id": "l", "number": "123", "type": "text", "extension": 4}],
        "schedule": [
            {"id": "m", "service_id": "s", "freq": "MONTHLY", "bymonthday": "1", "description": "1st"},
            {"id": "w", "service_id": "s", "freq": "WEEKLY", "byday": "MO", "opens_at": "10:00:00",
             "closes_at": "11:00:00", "ordinal": 1},
        ],
        "taxonomy_term": [{"id": "t", "name": "Shelter", "code": "X"}],
        "attribute": [{"id": "x", "link_id": "s", "taxonomy_term_id": "t"}],
    }  # fmt: skip
    read = listing_of(rows)
    assert set(read.missing) == {"id", "source", "kinds", "layers"}
    assert read.country == "GB"
    assert read.body["organisation"] == "Example"
    assert read.body["places"] == [{"city": "Bath", "region": "Avon"}]
    assert read.body["addresses"] == ["1 Main Street, BA1 Bath"]
    assert read.body["phones"] == [{"number": "123 ext. 4", "kind": "sms"}]
    assert read.body["hours"]["periods"] == [{"days": ["MO"], "opens": "10:00", "closes": "11:00"}]
    assert read.body["cost"] == {"text": "5", "kind": "unknown"}


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)
MAYBE = st.none() | WORDS
CLOCK = st.times().map(lambda time: time.strftime("%H:%M")) | st.just("24:00")
DAY = st.dates().map(str)
TAG = st.sampled_from(["es", "en", "ti", "pt-BR", "tlh"])


def some(field):
    return st.lists(st.sampled_from(FIELDS[field]["items"]["enum"]), max_size=4)


def one(field):
    return st.sampled_from(FIELDS[field]["enum"])


PERIODS = st.lists(
    st.fixed_dictionaries(
        {
            "days": st.lists(st.sampled_from(["MO", "TU", "SU"]), min_size=1, max_size=3),
            "opens": CLOCK,
            "closes": CLOCK,
        }
    ),
    max_size=3,
)
BODIES = st.fixed_dictionaries(
    {
        "id": st.just("sv-s901"),
        "name": WORDS,
        "organisation": WORDS,
        **{name: some(name) for name in ("layers", "kinds", "audience", "status")},
        **{name: some(name) for name in ("way_in", "modality")},
        **{name: one(name) for name in ("run_by", "scope", "interpreters", "confidence")},
        "protection": st.booleans(),
        "not_taking": st.booleans(),
        "addresses": st.lists(WORDS, max_size=3, unique=True),  # the same one twice is one
        "documents": st.lists(st.from_regex(r"\A[a-z0-9_]+\Z"), max_size=3),
        "languages_spoken": st.lists(TAG, max_size=3),
        "languages_interpreted": st.lists(TAG, max_size=3),
        "places": st.lists(
            st.fixed_dictionaries(
                {}, optional={"city": MAYBE, "region": MAYBE, "as_written": MAYBE}
            ),
            max_size=3,
        ),
        "phones": st.lists(
            st.fixed_dictionaries(
                {"number": WORDS},
                optional={
                    "e164": st.none() | st.just("+50322220000"),
                    "note": WORDS,
                    "kind": st.sampled_from(["voice", "sms", "whatsapp", "fax"]),
                },
            ),
            max_size=3,
        ),
        "hours": st.fixed_dictionaries(
            {"text": MAYBE, "always": st.booleans(), "periods": PERIODS},
            optional={"known": st.booleans(), "as_of": MAYBE},
        ),
        "cost": st.fixed_dictionaries(
            {"text": MAYBE, "kind": st.sampled_from(FIELDS["cost"]["properties"]["kind"]["enum"])}
        ),
        "waiting": st.fixed_dictionaries(
            {"text": MAYBE, "known": st.booleans()}, optional={"code": st.just("a_week")}
        ),
        "valid_from": st.none() | DAY,
        "valid_until": st.none() | DAY,
        "verified": st.just("never") | DAY,
        "source": st.fixed_dictionaries(
            {"title": WORDS, "published": WORDS}, optional={"url": WORDS}
        ),
    },
    optional={
        **dict.fromkeys(("region", "url", "description", "how_to_access", "note"), MAYBE),
        "names": st.dictionaries(TAG, WORDS, min_size=1),
        "email": st.lists(WORDS, max_size=3),
        "whatsapp": st.lists(
            WORDS | st.fixed_dictionaries({"number": WORDS}, optional={"e164": MAYBE}), max_size=3
        ),
        "superseded_by": st.none() | st.just("sv-s01"),
        "valid_precision": st.sampled_from(["year", "month", "day", None]),
        "owner": st.just("casa"),
        "capacity": st.fixed_dictionaries({"code": st.just("full"), "as_of": DAY}),
        "paused_until": DAY,
        "accessibility": st.lists(st.sampled_from(["lift", "step_free"]), unique=True),
        "holidays": st.sampled_from(["open", "closed", "unknown"]),
        "address_withheld": st.just(False),
    },
)


@settings(max_examples=150, deadline=None, database=None)
@given(body=BODIES)
def test_any_listing_comes_back_as_it_was(body):
    with closing(Gazetteer(ROOT / "var" / "places.sqlite")) as places:
        read = listing_of(records_of(body, country="SV", organisation=None, places=places))
    assert read.body == stored(body)
