"""Places near the person: what a listing says, in which order, and what happens without one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from saying import Speech

ATHENS = "264371"
SAN_SALVADOR = "3583361"
SAN_MIGUEL = "3583446"
TEGUCIGALPA = "3600949"
GOTHENBURG = "2711537"
VIGO = "3105976"
MADRID = "3117735"
TIJUANA = "3981609"
MONTERREY = "3995465"
HOUSTON = "4699066"
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)


async def listed(said: Speech, language: str = "en", **values: object) -> str:
    asked = {"country": None, "city": None, "kinds": [], "offset": 0, **values}
    return await said.text("services.list", language, **asked)  # type: ignore[arg-type]  # values of several types


async def test_a_psychologist_in_athens_is_babel_with_phone_hours_and_date(said: Speech) -> None:
    told = await listed(said, city=ATHENS, kinds=["psychotherapy"])
    lines = told.splitlines()
    assert lines[1] == "1. Babel Day Centre (Athens)"
    assert lines[2] == "Phone: +30 210 861 6280, +30 210 861 6266"
    assert lines[3] == "Hours: Mon-Fri 09:00-17:00 (open now)"
    assert lines[5].endswith("2023.")
    assert "not yet confirmed" in lines[-1].casefold()


async def test_open_now_is_judged_in_the_zone_of_the_place(said: Speech) -> None:
    told = await said.text(
        "services.list", now=NIGHT, country="GR", city=ATHENS, kinds=["psychotherapy"], offset=0
    )
    assert "(closed now)" in told


async def test_details_name_every_field_and_say_what_is_not_known(said: Speech) -> None:
    told = await said.text("services.details", "es", listing="gr-s01", country="GR")
    for field in (
        "Qué ofrece: ",
        "Teléfono: +30 210 861 6280",
        "Dirección: I. Drosopoulou 72",
        "Horario: lun-vie 09:00-17:00",
        "Costo: no se sabe",
        "Quién puede ir: ",
        "Cómo entrar: llame antes o puede llegar sin cita",
        "Papeles que hay que llevar: ninguno",
        "Tiempo de espera: no se sabe",
        "Idiomas que hablan: griego e inglés",
        "Con intérprete: francés, árabe, italiano y español",
        "Cómo atienden: en persona",
        "Fuente: ACCMR",
        "Todavía no lo hemos confirmado",
    ):
        assert field in told


async def test_a_waiting_time_is_said_in_the_language_of_the_answer(said: Speech) -> None:
    told = await said.text("services.details", "es", listing="at-s01", country="AT")
    assert "Hay lista de espera: hasta cuatro meses" in told
    assert "waiting list" not in told


async def test_the_persons_own_city_comes_before_the_next_one(said: Speech) -> None:
    told = await listed(said, city=SAN_SALVADOR, kinds=["legal_aid"])
    first = told.splitlines()[1]
    assert "(San Salvador)" in first


async def test_three_at_a_time_and_more_without_repeats(said: Speech) -> None:
    seen: list[str] = []
    for offset in (0, 3, 6):
        reply = await said.reply(
            "services.list", country="SV", city=SAN_SALVADOR, kinds=["legal_aid"], offset=offset
        )
        ids = [c.id for c in reply.choices if c.id.startswith("service_details")]
        assert len(ids) == 3
        assert "more" in [choice.id for choice in reply.choices]
        seen += ids
    assert len(set(seen)) == 9


async def test_after_the_last_page_nothing_more_is_known(said: Speech) -> None:
    assert await listed(said, city=ATHENS, kinds=["psychotherapy"], offset=300) == (
        "That is all we know."
    )


async def test_what_is_within_a_days_journey_is_the_nearest(said: Speech) -> None:
    told = await listed(said, city=TEGUCIGALPA, kinds=["shelter"])
    assert told.startswith("We know none in Tegucigalpa. The nearest we know:\n1. ")
    assert "km away)" in told
    assert "Far away" not in told


async def test_what_is_further_is_called_far_and_comes_behind_the_whole_country(
    said: Speech,
) -> None:
    told = await listed(said, "es", city=GOTHENBURG, kinds=["legal_aid"])
    lines = told.splitlines()
    assert lines[0] == "No conocemos ninguno en Gotemburgo. Puede preguntar aquí:"
    assert lines[1].endswith("(todo el país)")
    far = lines.index("Lejos, pregunte antes por teléfono o en línea:")
    assert "km)" in lines[far + 1]
    assert "más cercano" not in told


async def test_where_everything_is_far_lines_of_the_same_purpose_come_first(said: Speech) -> None:
    told = await listed(said, city=VIGO, kinds=["psychotherapy"])
    lines = told.splitlines()
    assert lines[:2] == ["We know none in Vigo or near it.", "These lines may know more:"]
    assert lines[2].startswith("024 line")
    far = lines.index("Far away, ask by phone or online first:")
    assert lines[far + 1].startswith("1. ")


async def test_a_far_place_that_cannot_be_asked_from_here_is_left_out(said: Speech) -> None:
    told = await listed(said, city=TIJUANA, kinds=["food"])
    assert "Casa del Migrante Tijuana" in told
    assert "Tapachula" not in told


@pytest.mark.parametrize("kinds", [["family_tracing"], ["torture_rehabilitation"], ["food"]])
@pytest.mark.parametrize("city", [TIJUANA, MONTERREY])
async def test_there_is_one_heading_and_no_second_that_contradicts_it(
    said: Speech, city: str, kinds: list[str]
) -> None:
    lines = (await listed(said, city=city, kinds=kinds)).splitlines()
    assert len([line for line in lines if line.startswith("We know no")]) <= 1
    assert lines[1].startswith("1. ")


async def test_lines_of_another_purpose_are_not_offered_to_whoever_looks_for_a_lawyer(
    said: Speech,
) -> None:
    told = await listed(said, city=HOUSTON, kinds=["legal_aid", "asylum_office"])
    assert "988" not in told
    assert "Violence" not in told
    assert "ask an organisation" in told
    assert told.splitlines()[-1] == "In danger in United States: 911."


async def test_lines_of_the_same_purpose_are_offered(said: Speech) -> None:
    told = await listed(said, "es", city=HOUSTON, kinds=["psychotherapy"], status="refugee")
    if "1. " not in told:
        assert "988" in told
    told = await listed(said, country="US", kinds=["protection_shelter"])
    assert "National Domestic Violence Hotline" in told
    assert "988" not in told


async def test_what_is_for_everybody_comes_before_what_is_for_women_only(said: Speech) -> None:
    told = await listed(said, city=SAN_SALVADOR, kinds=["legal_aid"])
    assert "For women" not in told
    told = await listed(said, city=SAN_SALVADOR, kinds=["legal_aid"], audience="women")
    assert "For women" in told


async def test_a_place_for_women_only_says_so_in_the_list(said: Speech) -> None:
    told = await listed(said, "es", city=SAN_MIGUEL, kinds=["jobs"])
    assert told.splitlines()[2] == "Para mujeres"
    told = await listed(said, city=SAN_MIGUEL, kinds=["jobs"])
    assert told.splitlines()[2] == "For women"


async def test_a_crisis_centre_is_no_answer_to_whoever_looks_for_a_psychologist(
    said: Speech,
) -> None:
    told = await listed(said, city=MADRID, kinds=["psychotherapy", "counselling"])
    assert "sexual violence" not in told
    told = await listed(said, city=MADRID, kinds=["gbv_support"])
    assert "sexual violence" in told


async def test_cities_and_our_own_descriptions_are_in_the_language_of_the_answer(
    said: Speech,
) -> None:
    spanish = await listed(said, "es", city=MADRID, kinds=["gbv_support"])
    assert "Centro de crisis 24 horas" in spanish
    assert "crisis centre" not in spanish
    details = await said.text("services.details", "es", listing="gr-s01", country="GR")
    assert details.startswith("Babel Day Centre (Atenas)")
    line = await said.text("danger.gbv_partner_violence", "es", country="HN", urgency="careful")
    assert "Línea 114 (Policía Nacional, mujeres y niñas)" in line


async def test_what_is_not_known_leads_to_the_nearest_kind_and_says_so(said: Speech) -> None:
    told = await listed(said, city=SAN_SALVADOR, kinds=["psychotherapy"])
    assert told.startswith("We know no place for this in El Salvador: psychologist.")
    assert "1. " in told


async def test_an_audience_without_a_place_of_its_own_is_told_so(said: Speech) -> None:
    told = await listed(said, country="SV", kinds=["womens_safe_space"], audience="men")
    assert told.startswith("We know none that says it takes men.")
    assert "1. " in told


async def test_a_status_without_a_place_of_its_own_is_told_so(said: Speech) -> None:
    told = await listed(said, "es", country="MT", kinds=["housing_advice"], status="undocumented")
    if "No conocemos ninguno que diga" in told:
        assert "una persona sin papeles" in told
    assert "1. " in told or "No conocemos ningún lugar" in told


async def test_places_of_every_kind_can_be_listed(said: Speech) -> None:
    assert (await listed(said, "es", city=ATHENS)).startswith("Lugares, Atenas:")


async def test_hours_that_may_have_changed_say_their_date(said: Speech) -> None:
    told = await said.text("helplines.list", "es", country="SV", purposes=["gbv"])
    (line,) = [line for line in told.splitlines() if "7608-6805" in line]
    assert "todos los días, día y noche (en 2021; puede haber cambiado)" in line


@pytest.mark.parametrize("language", ["en", "es"])
async def test_without_a_place_one_can_still_be_named_later(said: Speech, language: str) -> None:
    told = await listed(said, language, kinds=["food"])
    assert "112" in told
    assert "911" in told
