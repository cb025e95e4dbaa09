"""Each trap and gap that whoever gathered the facts warned of, tested on what is said."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from saying import Speech, packs

BEFORE_MAY_2026 = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
BEFORE_OCTOBER_2026 = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)

# country, status, care, language, said
TRAPS = [
    # Spain: the decree of March 2026 and not the rule of three months.
    ("ES", "undocumented", "primary", "en", ["Sign the declaration", "provisional document"]),
    ("ES", "undocumented", "primary", "en", ["out of date", "March 10, 2026"]),
    ("ES", "undocumented", "primary", "es", ["10 de marzo de 2026", "ya no vale"]),
    # Greece: PAAYPA lapses on rejection and after recognition; AMKA stops with the permit.
    ("GR", "asylum_seeker", None, "en", ["PAAYPA number", "finally rejected: no right to it"]),
    ("GR", "asylum_seeker", None, "es", ["número PAAYPA", "rechazada de forma definitiva"]),
    ("GR", "refugee", None, "en", ["AMKA", "PAAYPA", "a month"]),
    ("GR", "regular_migrant", None, "en", ["AMKA is switched off when your legal stay"]),
    ("GR", "undocumented", "maternity", "en", ["not to all of this care", "by law"]),
    ("GR", "undocumented", "child_health", "en", ["often blocked", "excluded"]),
    ("GR", "unaccompanied_child", "primary", "en", ["free"]),
    # Italy: the tax code, STP until then, EUR 2,000, regions differ.
    ("IT", "asylum_seeker", None, "en", ["tax code", "STP", "region"]),
    ("IT", "regular_migrant", None, "en", ["€2,000"]),
    ("IT", "regular_migrant", None, "es", ["EUR 2,000"]),
    # Malta: only life-saving care after a final rejection; bills are feared.
    ("MT", "undocumented", None, "en", ["finally rejected", "save"]),
    ("MT", "undocumented", None, "es", ["rechazada de forma definitiva", "salvar la vida"]),
    ("MT", "regular_migrant", "maternity", "en", ["bill"]),
    # Cyprus: outside GESY, a confirmation letter, then a medical card; others pay in full.
    ("CY", "asylum_seeker", None, "en", ["GESY", "letter", "card"]),
    ("CY", "regular_migrant", None, "en", ["you pay the full price"]),
    # Germany: 36 months; who reports and who does not; the draft on Ukraine is no law.
    ("DE", "asylum_seeker", "primary", "en", ["less than 36 months", "18 months, not 36"]),
    ("DE", "asylum_seeker", "primary", "es", ["menos de 36 meses", "más de 36 meses"]),
    (
        "DE",
        "undocumented",
        "primary",
        "en",
        ["welfare office must pass your data", "In an emergency", "staff"],
    ),
    (
        "DE",
        "temporary_protection",
        "primary",
        "en",
        ["31 March 2025: the rules are not clear", "not yet law"],
    ),
    # France: three months, six months after refusal, AME's ceiling moves.
    ("FR", "asylum_seeker", None, "en", ["three months", "six months"]),
    ("FR", "asylum_seeker", None, "es", ["tres meses", "seis meses"]),
    ("FR", "undocumented", None, "en", ["April"]),
    # Sweden: care that cannot wait; the LMA card after a final order.
    ("SE", "asylum_seeker", None, "en", ["cannot wait", "region"]),
    ("SE", "asylum_seeker", None, "en", ["LMA"]),
    # Austria: Ukrainians have no blanket insurance since 31 May 2025.
    ("AT", "temporary_protection", None, "en", ["June 1, 2025", "May 2025"]),
    # Bulgaria: recognition stops the state's payment; sources conflict on emergencies; euro.
    ("BG", "refugee", None, "en", ["stops paying", "€"]),
    ("BG", "undocumented", "emergency", "en", ["free", "full"]),
    ("BG", "undocumented", "hospital", "en", ["euro"]),
    # El Salvador: no rule on foreigners in public care.
    ("SV", "undocumented", "primary", "en", ["not clear", "no rule"]),
    ("SV", "undocumented", "primary", "es", ["no son claras", "ninguna regla"]),
    # United States: four months; Medicaid ended for refugees on 1 October 2026.
    ("US", "refugee", None, "en", ["FOUR months", "October 1, 2026", "lose"]),
    ("US", "refugee", None, "es", ["cuatro meses", "1 de octubre de 2026", "pierden"]),
    # Canada: co-payments since 1 May 2026.
    ("CA", "asylum_seeker", "medicines", "en", ["CA$4", "May 1, 2026"]),
    ("CA", "asylum_seeker", "mental_health", "es", ["1 de mayo de 2026", "30"]),
]


@pytest.mark.parametrize(("country", "status", "care", "language", "wanted"), TRAPS)
async def test_the_trap_is_told(  # noqa: PLR0917 - one row of the table
    said: Speech, country: str, status: str, care: str | None, language: str, wanted: list[str]
) -> None:
    told = await said.rights(country, status, care, language)
    missing = [words for words in wanted if words.casefold() not in told.casefold()]
    assert not missing, told


def test_the_spanish_rule_before_the_decree_is_superseded_and_never_said() -> None:
    (spain,) = [pack for pack in packs() if pack.country == "ES"]
    facts = {fact["id"]: fact for fact in spain.part("rights")}
    assert facts["es-r02"]["superseded_by"] == "es-r01"
    assert facts["es-r02"]["valid_until"] == "2026-03-10"
    assert facts["es-r01"]["valid_from"] == "2026-03-10"


async def test_the_old_spanish_rule_is_never_said(said: Speech) -> None:
    (spain,) = [pack for pack in packs() if pack.country == "ES"]
    old = next(fact for fact in spain.part("rights") if fact["id"] == "es-r02")
    told = await said.rights("ES", "undocumented", "primary")
    assert old["source"]["title"] not in told


async def test_before_its_first_day_a_rule_is_not_said(said: Speech) -> None:
    told = await said.rights("CA", "asylum_seeker", "medicines", now=BEFORE_MAY_2026)
    assert "CA$4" not in told
    told = await said.rights("US", "refugee", now=BEFORE_OCTOBER_2026)
    assert "lose" not in told


async def test_a_rule_that_ended_is_told_as_ended_with_somebody_to_ask(said: Speech) -> None:
    told = await said.rights("IT", "temporary_protection", "primary")
    lines = told.splitlines()
    assert "has ended (December 31, 2025)" in lines[1]
    assert lines[2].startswith("You can ask here: ")
    assert "To compare" in lines[3]
    assert "X22" not in told
    told = await said.rights("IT", "temporary_protection", "primary", "es")
    assert "ya terminó (31 de diciembre de 2025)" in told


async def test_the_child_line_of_el_salvador_is_119_and_never_123(said: Speech) -> None:
    for language in ("en", "es"):
        told = await said.text("danger.child_abuse", language, country="SV", urgency="careful")
        assert ": 119 " in told
        assert "123" not in told


async def test_the_hours_of_126_are_never_told_as_if_they_were_sure(said: Speech) -> None:
    told = await said.text("danger.gbv_partner_violence", country="SV", urgency="careful")
    (line,) = [line for line in told.splitlines() if ": 126 " in line]
    assert "(in 2021; may have changed)" in line
    assert "day and night" not in line


async def test_offices_of_the_directory_of_2021_are_to_be_called_first(said: Speech) -> None:
    told = await said.text(
        "services.list", country="SV", kinds=["gbv_support"], city="3583361", offset=0
    )
    assert "in 2021; may have changed" in told
    assert told.endswith("Not yet confirmed by us: call before you go.")


async def test_the_legal_aid_that_ended_in_bulgaria_is_not_listed(said: Speech) -> None:
    told = ""
    for offset in (0, 3, 6, 9):
        told += await said.text(
            "services.list", country="BG", kinds=["legal_aid"], city=None, offset=offset
        )
    for service in next(p for p in packs() if p.country == "BG").part("services"):
        if "Helsinki" in str(service["organisation"]) and service["name"] in told:
            assert "legal_aid" in service["kinds"]
            assert not service["not_taking"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("country", "risk"),
    [
        ("BZ", "trafficking_exploitation"),
        ("CR", "trafficking_exploitation"),
        ("SV", "trafficking_exploitation"),
        ("BZ", "gbv_partner_violence"),
        ("BZ", "child_abuse"),
        ("MX", "child_abuse"),
        ("GT", "suicide_selfharm"),
    ],
)
async def test_a_missing_line_is_told_as_missing_with_the_nearest_known(
    said: Speech, country: str, risk: str, language: str
) -> None:
    told = await said.text(f"danger.{risk}", language, country=country, urgency="careful")
    gap = {"en": "I do not know a line just for this", "es": "no conozco una línea solo para esto"}
    assert gap[language] in told
    assert any(character.isdigit() for character in told)


@pytest.mark.parametrize("country", ["BG", "CY"])
async def test_where_only_unconfirmed_lines_for_suicide_exist_they_are_told_so(
    said: Speech, country: str
) -> None:
    told = await said.text("danger.suicide_selfharm", country=country, urgency="now")
    assert "not confirmed" in told


@pytest.mark.parametrize("country", ["GR", "BG"])
async def test_care_after_rape_is_told_as_a_gap(said: Speech, country: str) -> None:
    told = await said.rights(country, "undocumented", "sexual_violence_care")
    assert "not clear" in told or "not confirmed" in told
    assert "112" in told


@pytest.mark.parametrize("care", ["maternity", "child_health"])
@pytest.mark.parametrize("country", ["AT", "MT", "CY"])
async def test_maternity_and_child_care_without_papers_are_told_as_gaps(
    said: Speech, country: str, care: str
) -> None:
    told = await said.rights(country, "undocumented", care)
    unknown = ("We do not know the rule", "not confirmed, so", "not clear", "up to June 2019")
    assert any(words in told for words in unknown), told
    assert "112" in told


async def test_rights_of_stateless_people_are_told_as_unknown_first(said: Speech) -> None:
    for pack in packs():
        told = await said.rights(pack.country, "stateless", "primary")
        second = told.splitlines()[1]
        general = "a person with or without papers"
        known_for_all = any(
            "any" in fact["status"] and {"primary", "any"} & set(fact["care"])
            for fact in pack.part("rights")
        )
        assert known_for_all or "We know no rule" in second or "We do not know" in second, general


@pytest.mark.parametrize("country", ["GR", "ES"])
async def test_a_missing_line_on_asylum_is_told_as_missing(said: Speech, country: str) -> None:
    told = await said.text(
        "helplines.list", "es", country=country, purposes=["asylum_refugee_info"]
    )
    assert "No conocemos una línea para esto" in told
    assert "112" in told


@pytest.mark.parametrize("country", ["US", "CA"])
async def test_missing_local_services_are_told_as_missing_with_lines(
    said: Speech, country: str
) -> None:
    told = await said.text("services.list", country=country, kinds=["dentist"], city=None, offset=0)
    assert "We know no place for this" in told
    assert any(number in told for number in ("911", "211"))


async def test_a_line_without_a_number_is_told_by_its_web_or_mail(said: Speech) -> None:
    without = set()
    for pack in packs():
        for line in pack.part("helplines"):
            if line["numbers"] or line["confidence"] == "low":
                continue
            without.add(line["id"])
            told = ""
            for purpose in line["purpose"]:
                told += await said.text("helplines.list", country=pack.country, purposes=[purpose])
            if line["name"] in told:
                ways = [page["url"] for page in line["web"]] + line["email"]
                assert any(way in told for way in ways)
    assert without == {"ca-h05", "cr-h04", "de-h14", "fr-h10", "hn-h05", "sv-h02"}
