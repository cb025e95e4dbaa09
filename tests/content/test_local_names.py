"""A local name is kept, and explained where it stands first in an answer."""

from __future__ import annotations

import itertools
import re

import pytest
import yaml
from saying import CARES, LANGUAGES, ROOT, Speech, packs

from content.glosses import is_explained

TABLE = yaml.safe_load((ROOT / "data" / "rights" / "local-names.yml").read_text("utf-8"))
COUNTRIES = [pack.country for pack in packs()]
# Capitals in the middle of a word or throughout: a name or a shortened one.
NAME = re.compile(r"(?<![\w-])(?:[A-ZÖ][a-zö]*[A-Z][\w-]*|[A-Z]{2,}[\w-]*)(?!\w)")
_KNOWN_EVERYWHERE = re.compile(
    r"EUR|SEK|BGN|SEK?\d+|EU|UE|UN|ONU|HIV|VIH|UNHCR|ACNUR|UNICEF|UNFPA|IOM|OIM|NGOs?|ONGs?|MSF"
    r"|COVID(-19)?|US|EE|UU|WhatsApp|JRS|TB|SMS|STI|AIDS|CHIP|MD"
)
_WHO = ("asylum_seeker", "refugee", "undocumented", "returnee", "temporary_protection")
_SOURCE = re.compile(r"Sources?: |Fuentes?: |\d+\. ")


def _lines(told: str) -> list[str]:
    return [line for line in told.split("\n") if not _SOURCE.match(line)]


@pytest.mark.parametrize("country", COUNTRIES)
async def test_no_answer_says_a_local_name_without_explaining_it(
    said: Speech, country: str
) -> None:
    for status, care, language in itertools.product(_WHO, (None, *CARES), LANGUAGES):
        told = await said.rights(country, status, care, language)
        lines, seen = _lines(told), set(TABLE["plain"])
        asked = [line for line in lines if not re.match(r"You can ask here|Puede preguntar", line)]
        for line in asked:
            for match in NAME.finditer(line):
                name = match[0]
                if name in seen or _KNOWN_EVERYWHERE.fullmatch(name):
                    continue
                seen.add(name)
                explained = is_explained(line, match.start(), match.end())
                assert explained, f"{country} {status} {care} {language}: {name} in {line!r}"
