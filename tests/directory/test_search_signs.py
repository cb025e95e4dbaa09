"""A first look at bits leaves out nothing that fits, and little of what does not."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from saying import ROOT, packs

from content.languages import read_languages
from directory.search_signs import FOR_WHOM, OFFERS, sign_of, signs

_FIELDS = {"layers": "y", "accessibility": "x", "audience": "a", "status": "s"}


def vocabulary() -> list[str]:
    """The codes of today: those of the schema, and all languages and countries."""
    listing = json.loads((ROOT / "data/packs/schema/services.json").read_text("utf-8"))
    fields = listing["items"]["properties"]
    found = [
        f"{letter}:{code}"
        for name, letter in _FIELDS.items()
        for code in fields[name]["items"]["enum"]
    ]
    capacity = fields["capacity"]["anyOf"][0]["properties"]["code"]["enum"]
    found += [f"m:{code}" for code in fields["cost"]["properties"]["kind"]["enum"]]
    found += [f"q:{code}" for code in capacity]
    found += [f"l:{tag}" for tag in read_languages(ROOT / "data" / "languages.yml")]
    return found + [f"c:{pack.country}" for pack in packs()]


CODES = vocabulary()


def test_every_code_of_today_has_a_bit_of_its_own_in_its_column():
    for column, letters, _ in (OFFERS, FOR_WHOM):
        codes = [code for code in CODES if code[0] in letters]
        told = [sign_of([code]) for code in codes]
        assert {one[0] for one in told} == {column}
        assert len({one[1] for one in told}) == len(codes)
    assert len(CODES) > 75


@given(st.sets(st.sampled_from(CODES)), st.lists(st.sampled_from(CODES), min_size=1, max_size=3))
def test_what_has_one_of_some_codes_has_one_of_their_bits(tokens, asked):
    sign = sign_of(asked)
    if sign is None:
        return
    column, bits = sign
    has = dict(zip(("offers", "for_whom"), signs(tokens), strict=True))[column]
    assert bool(has & bits) == bool(tokens & set(asked))


def test_a_pair_stands_for_its_second_half_and_other_codes_for_nothing():
    assert sign_of(["p:legal_aid:l:ar"]) == sign_of(["l:ar"])
    assert sign_of(["k:legal_aid"]) is None
    assert sign_of(["l:ar", "a:women"]) is None
    assert signs(["k:legal_aid", "public", "r:SV:La Unión", "v:2026-11"]) == (0, 0)


def test_numbers_fit_a_column():
    assert all(0 <= bits < 2**63 for bits in signs(CODES))
