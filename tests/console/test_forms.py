"""A form shows what a body says and gives it back; what nobody touched stays as it was."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from console import translation
from console.chat_words import ChatWords, _read
from console.forms.field import MISSING, Situation, put
from console.forms.form import Form
from console.forms.hours import clock
from console.forms.phones import e164_of, is_dialled
from console.forms.registry import FORMS
from console.forms.situation import situation_for
from directory.bodies import faults_of
from directory.gazetteer import Gazetteer
from directory.pack_files import pack_folders, read_pack
from directory.parts import OF_A_PACK, Part
from directory.withheld import is_withheld, stored

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 24)
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "faro-hypothesis")  # not beside the code


@cache
def entries() -> list[tuple[Part, str, dict[str, Any]]]:
    """Every fact, line and listing of every pack, as the tables hold it."""
    found = []
    for folder in pack_folders(ROOT / "data" / "packs"):
        pack, _ = read_pack(folder)
        assert pack is not None
        for part in OF_A_PACK:
            found += [
                (part, pack.country, stored(body) if part is Part.SERVICES else body)
                for body in pack.part(part) or []
            ]
    return found


@cache
def words() -> ChatWords:
    return _read(ROOT / "data")


@cache
def situation(country: str) -> Situation:
    places = Gazetteer(ROOT / "var" / "places.sqlite")
    return situation_for(words(), places, country, here=("es",), today=TODAY)


def body_of(entry: str) -> dict[str, Any]:
    return dict(next(body for _, _, body in entries() if body["id"] == entry))


def edited(entry: str, **written: list[str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a listing or fact says after somebody wrote into some inputs."""
    part, country, body = next(one for one in entries() if one[2]["id"] == entry)
    values = FORMS[part].show(body, situation(country)) | written
    reading = FORMS[part].read(values, body, situation(country))
    return reading.body, dict(reading.faults)


ENTRIES = st.sampled_from(range(857))


@given(ENTRIES)
@settings(max_examples=300, deadline=None, database=None)
def test_a_form_that_nobody_touched_gives_the_body_back(number):
    part, country, body = entries()[number % len(entries())]
    form, here = FORMS[part], situation(country)
    reading = form.read(form.show(body, here), body, here)
    assert (reading.body, reading.faults) == (body, {})


@given(ENTRIES)
@settings(max_examples=300, deadline=None, database=None)
def test_even_a_field_that_is_read_anew_says_what_it_said(number):
    part, country, body = entries()[number % len(entries())]
    here = situation(country)
    hidden = FORMS[part].hidden(body)
    for field in FORMS[part].fields:
        if field.name in hidden:
            continue
        shown = field.own(field.show(body, here))
        value = field.parse(shown, body, here) if shown or not field.required else None
        if value is not None and value is not MISSING:
            assert _without_nothing(put(body, field.path, value)) == _without_nothing(body)


def _without_nothing(value: Any) -> Any:
    """Return a body without what is null or blank: to say nothing and to leave out are the same."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return {k: _without_nothing(v) for k, v in value.items() if v not in (None, [])}
    return [_without_nothing(one) for one in value] if isinstance(value, list) else value


@given(ENTRIES)
@settings(max_examples=100, deadline=None, database=None)
def test_every_field_tells_and_draws_every_body(number):
    part, country, body = entries()[number % len(entries())]
    here = situation(country)
    values = FORMS[part].show(body, here)
    for field in FORMS[part].fields:
        assert all(isinstance(line, str) for line in field.tell(body, here))
        assert field.view(values, here)


def test_a_corrected_number_gets_its_form_for_machines_and_nothing_else_changes():
    made, faults = edited("sv-s01", **{"phones.0.number": ["2510-4399"]})
    assert faults == {}
    assert made["phones"] == [{"number": "2510-4399", "e164": "+50325104399"}]
    assert {**made, "phones": []} == {**body_of("sv-s01"), "phones": []}


def test_a_number_that_nobody_can_dial_is_refused_where_it_stands():
    _, faults = edited("sv-s01", **{"phones.0.number": ["see below"]})
    assert set(faults) == {"phones.0.number"}


def test_an_empty_row_with_its_first_choice_is_nothing_that_somebody_wrote():
    body, here = body_of("sv-h01"), situation("SV")
    field = next(one for one in FORMS[Part.HELPLINES].fields if one.name == "numbers")
    shown = field.show(body, here)
    assert field.own(shown | {"numbers.1.kind": ["voice"]}) == field.own(shown)


def test_a_row_without_text_is_taken_out_and_a_new_one_is_added():
    made, _ = edited(
        "sv-s01", **{"phones.0.number": [""], "phones.2.number": ["126"], "phones.2.note": ["day"]}
    )
    assert made["phones"] == [{"number": "126", "note": "day"}]


@pytest.mark.parametrize(
    ("written", "read"),
    [("8", "08:00"), ("8:30", "08:30"), ("830", "08:30"), ("17.05", "17:05"), ("24", "24:00"),
     ("25", None), ("8:61", None), ("noon", None), ("", None), ("8h30", "08:30")],
)  # fmt: skip
def test_times_are_read_as_people_write_them(written, read):
    assert clock(written) == read


def test_days_with_the_same_hours_stand_together():
    week = {f"hours.{day}.0.{end}": [time] for day in ("MO", "TU", "WE", "TH", "FR")
            for end, time in (("opens", "8"), ("closes", "13"))}  # fmt: skip
    afternoon = {"hours.MO.1.opens": ["14:00"], "hours.MO.1.closes": ["16:00"]}
    weekend = {f"hours.{day}.0.{end}": [""] for day in ("SA", "SU") for end in ("opens", "closes")}
    made, faults = edited("sv-s01", **week, **afternoon, **weekend)
    assert faults == {}
    assert made["hours"]["periods"] == [
        {"days": ["MO", "TU", "WE", "TH", "FR"], "opens": "08:00", "closes": "13:00"},
        {"days": ["MO"], "opens": "14:00", "closes": "16:00"},
    ]
    assert made["hours"]["text"] == body_of("sv-s01")["hours"]["text"]


@pytest.mark.parametrize("state", ["always", "unknown"])
def test_always_open_and_not_known_leave_no_times(state):
    made, _ = edited("sv-s01", **{"hours.state": [state]})
    told = (made["hours"]["periods"], made["hours"]["always"], made["hours"]["known"])
    assert told == ([], state == "always", state == "always")


def test_half_a_time_is_told_at_the_half_that_is_missing():
    _, faults = edited("sv-s01", **{"hours.MO.1.opens": ["14:00"]})
    assert set(faults) == {"hours.MO.1.closes"}


def test_a_town_that_nobody_knows_comes_back_with_towns_like_it():
    _, faults = edited("sv-s01", **{"places.0.city": ["San Salvadr"]})
    assert "San Salvador" in faults["places.0.city"]


def test_the_main_thing_comes_first_and_stands_once():
    made, _ = edited("sv-s01", **{"kinds.main": ["legal_aid"]})
    assert made["kinds"][0] == "legal_aid"
    assert made["kinds"].count("legal_aid") == 1


def test_a_place_that_becomes_a_hidden_shelter_loses_what_tells_where_it_is():
    made, _ = edited("sv-s01", **{"kinds.main": ["protection_shelter"]})
    assert is_withheld(made)
    assert made["addresses"] == []
    assert made["url"] is None
    assert not faults_of(Part.SERVICES, made, "SV")


def test_a_hidden_shelter_offers_no_field_for_an_address():
    shelter = next(b for p, _, b in entries() if p is Part.SERVICES and is_withheld(b))
    names = {f.name for section in FORMS[Part.SERVICES].sections_for(shelter)
             for f in section.fields}  # fmt: skip
    assert not names & {"addresses", "url", "email", "description", "note"}


def test_a_sentence_is_added_to_a_fact_behind_those_that_are_there():
    before = body_of("sv-r01")
    made, faults = edited("sv-r01", **{"notes.add": ["sv_dami_gives", ""]})
    assert faults == {}
    assert made["notes"] == [*before["notes"], "sv_dami_gives"]


def test_a_sentence_of_another_country_is_refused():
    _, faults = edited("sv-r01", **{"notes.add": ["de_no_such"]})
    assert set(faults) == {"notes"}


def test_another_language_is_written_by_its_name():
    translation.speak("en")
    made, _ = edited("sv-s01", **{"languages_spoken.other": ["Quechua, gn"]})
    assert made["languages_spoken"] == ["es", "qu", "gn"]
    _, faults = edited("sv-s01", **{"languages_spoken.other": ["Elvish"]})
    assert set(faults) == {"languages_spoken.other"}


def test_room_gets_the_day_it_is_known_from():
    made, _ = edited("sv-s01", capacity=["full"])
    assert made["capacity"] == {"code": "full", "as_of": TODAY.isoformat()}
    _, faults = edited("sv-s01", capacity=["full"], **{"capacity.as_of": ["2027-01-01"]})
    assert set(faults) == {"capacity.as_of"}


def test_what_must_be_there_is_missed():
    _, faults = edited("sv-s01", name=[""], **{"source.title": [""]})
    assert set(faults) == {"name", "source.title"}


def test_a_day_that_is_none_is_told():
    _, faults = edited("sv-s01", paused_until=["31/12/2026"])
    assert set(faults) == {"paused_until"}


def test_what_stands_in_no_field_survives():
    body = {**body_of("sv-s01"), "owner": "isdemu", "point": {"latitude": 13.7, "longitude": -89.2}}
    form, here = FORMS[Part.SERVICES], situation("SV")
    values = form.show(body, here) | {"name": ["Otro nombre"]}
    assert form.read(values, body, here).body == {**body, "name": "Otro nombre"}
    assert set(form.beyond(body)) >= {"owner", "point"}


@pytest.mark.parametrize("part", FORMS)
def test_a_new_entry_misses_only_what_somebody_has_to_write(part):
    form: Form = FORMS[part]
    body = form.new(f"sv-{part[0]}999")
    rules = {fault.rule for fault in faults_of(part, body, "SV")}
    assert "required" not in rules
    assert "additionalProperties" not in rules


def test_a_number_is_written_for_machines_only_where_it_is_one():
    assert e164_of("2510-4300", "SV") == "+50325104300"
    assert e164_of("+34 91 000 0000", "SV") is not None
    assert e164_of("126", "SV") is None
    assert is_dialled("126", "SV")
    assert is_dialled("116 117", "DE")
    assert not is_dialled("1", "SV")
    assert not is_dialled("2510-43", "SV")  # two digits are missing


def test_digits_of_another_script_are_kept_as_they_are_dialled():
    body, faults = edited("sv-s01", **{"phones.0.number": ["٢٥١٠-٤٣٩٩"]})
    assert faults == {}
    assert body["phones"][0] == {"number": "2510-4399", "e164": "+50325104399"}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://casa.example.org/a?b=c#d", "https://casa.example.org/a?b=c#d"),
        ("www.casa.example.org", "https://www.casa.example.org"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://casa.example.org@evil.example", None),
        ("casa", None),
        ("https://", None),
    ],
)
def test_an_address_on_the_web_is_one(written, kept):
    body, faults = edited("sv-s01", url=[written])
    assert (list(faults), body["url"]) == (([], kept) if kept else (["url"], body["url"]))
    _, faults = edited("sv-h01", **{"web.0.url": [written]})
    assert list(faults) == ([] if kept else ["web.0.url"])


def test_an_email_address_is_one():
    _, faults = edited("sv-s01", email=["casa@example.org\nnobody"])
    assert list(faults) == ["email"]
    body, faults = edited("sv-s01", email=["casa@example.org\n Otra@Example.org "])
    assert (faults, body["email"]) == ({}, ["casa@example.org", "Otra@Example.org"])
