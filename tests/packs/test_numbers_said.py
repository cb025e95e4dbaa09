"""Every telephone number that is said stands in the pack of that country."""

from __future__ import annotations

import re
from functools import cache

import pytest
from asked import TABLES, about_a_country, everything, pack
from saying import Speech, packs

# Rumours and practices tell of other countries; these are counts in them that nobody dials.
CARDS = ("myth.card", "practice.card")
COUNTS = {"100", "1870", "64142", "749", "243"}
COUNTRIES = [one.country for one in packs()]
# One in a script from right to left, one more; where only the short set is worded, that.
OTHERS = ("ar", "fr")
SHORT = ("danger.", "helplines.")
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
# Signs that stand between the digits of a number.
NUMBER = re.compile(r"\+?\d(?:[ \u00a0.()/-]{0,2}\d){2,}")
GENERIC = {"112", "911"}  # said where no country is known
# Hours until which care helps most (World Health Organization, in the message itself).
WHO_HOURS = {"72", "120"}
YEAR = re.compile(r"(19|20)\d\d")
HOURS = re.compile(r"\d{1,2}[:.]\d{2}\s*[-–]\s*\d{1,2}[:.]\d{2}")
MONEY = re.compile(
    r"(?:[€$£]|EUR|USD|SEK|kr|лв)\s?[\d.,\u00a0\u202f ]*\d|\d[\d.,\u00a0\u202f ]*\s?(?:[€$£]|EUR|USD|SEK|kr|euros?)"
)
# A law or a standard: 4368/2016, 2013/32, NOM-046.
LAW = re.compile(r"\d+/\d{4}|\d{4}/\d+|NOM-\d+(?:-[A-Z\d]+)*")
DISTANCE = re.compile(r"\d+\s?(?:km|كم)")
DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}")


@cache
def known(country: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the digits of every number of a country, and what else has digits in its pack."""
    numbers: set[str] = set(GENERIC)
    words: set[str] = set()
    for line in pack(country).part("helplines"):
        numbers |= {
            str(one[form])
            for one in line["numbers"]
            for form in ("number", "e164")
            if one.get(form)
        }
        words |= {line["name"], *(line.get("names") or {}).values(), line["source"]["title"]}
    for service in pack(country).part("services"):
        for way in (*service["phones"], *service["whatsapp"]):
            numbers |= {str(way[form]) for form in ("number", "e164") if way.get(form)}
        words |= {service["name"], *(service.get("names") or {}).values()}
        words |= {service["source"]["title"], *service["addresses"]}
    for fact in pack(country).part("rights"):
        words.add(fact["source"]["title"])
        told = " ".join(text for text in fact["original"].values() if text)
        numbers |= {match.group() for match in NUMBER.finditer(told)}  # years, prices, laws
    return frozenset(numbers), tuple(words)


def digits(text: str) -> str:
    return "".join(str(int(character)) for character in text if character.isdigit())


def strangers(text: str, country: str) -> list[str]:
    """Return the numbers in a text that look like one to dial and are not of the country."""
    numbers, words = known(country)
    text = ADDRESS.sub(" ", MARKS.sub("", text))
    for own in sorted(words, key=len, reverse=True):
        text = text.replace(own, " ")
    for own in sorted(numbers, key=len, reverse=True):
        text = re.sub(rf"(?<!\d){re.escape(own)}(?!\d)", "§", text)
    for other in (HOURS, DAY, DISTANCE, LAW, MONEY):
        text = other.sub(" ", text)
    found = [match.group() for match in NUMBER.finditer(text)]
    return [
        one for one in found if not YEAR.fullmatch(digits(one)) and digits(one) not in WHO_HOURS
    ]


async def said_of(said: Speech, country: str, language: str) -> list[tuple[str, str]]:
    """Return what is said in a country, each text with the say that it comes from."""
    own = language in ("en", "es")
    texts: list[tuple[str, str]] = []
    for say, values in everything(country) if own else about_a_country(country):
        if TABLES.languages[language].short and not say.startswith(SHORT):
            continue
        reply = await said.reply(say, language, **values)
        texts += [(say, text) for text in (*reply.texts, *(c.label for c in reply.choices))]
    return texts


@pytest.mark.parametrize("country", COUNTRIES)
async def test_every_number_that_is_said_is_in_the_pack_of_the_country(
    said: Speech, country: str
) -> None:
    language = ("en", "es")[COUNTRIES.index(country) % 2]
    found = {
        (say, one)
        for tongue in (language, *OTHERS)
        for say, text in await said_of(said, country, tongue)
        if say not in CARDS
        for one in strangers(text, country)
    }
    assert not found


@pytest.mark.parametrize("language", ["en", "es"])
async def test_every_number_on_a_card_is_in_some_pack(said: Speech, language: str) -> None:
    for say, values in everything("SV"):
        if say in CARDS:
            text = await said.text(say, language, **values)
            found = [set(strangers(text.replace(". ", ".\n"), country)) for country in COUNTRIES]
            left = {digits(one) for one in set.intersection(*found)} - COUNTS
            assert not left, values["card"]


@pytest.mark.parametrize("country", COUNTRIES)
async def test_everything_known_of_a_place_has_its_own_numbers_only(
    said: Speech, country: str
) -> None:
    for service in pack(country).part("services"):
        told = await said.text("services.details", listing=service["id"], country=country)
        assert not strangers(told, country), service["id"]


def test_a_number_of_nobody_would_be_noticed() -> None:
    assert strangers("Call \u206644 55 66 77\u2069 now.", "SV") == ["44 55 66 77"]
    assert strangers("126, 911 and 7608-6805", "SV") == []
    assert strangers("126, 917", "SV") == ["917"]
    assert strangers("Call 112 or 1262.", "SV") == ["1262"]
    assert strangers("اتصل ٠٨٠٠١٢٣", "SV") == ["٠٨٠٠١٢٣"]
    assert strangers("In 2021, Mon-Fri 08:00-20:00, $1,200, 72 hours", "SV") == []
