"""A country's rights facts for whoever reviews them: the words they came from beside ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from content.rights_words import RightsWords

LANGUAGES = ("es", "en")
_TITLE = """# Rights facts: {country}

Written by `faro review`; a test fails when it is out of date. Each row: the words of the source as
the fact keeps them, and every code of the fact as people read it. Mark what is wrong, and say what
the source says.
"""


def review(
    country: str, facts: Sequence[Mapping[str, Any]], words: Mapping[str, RightsWords]
) -> str:
    """Return the page of a country as Markdown.

    Args:
        country: ISO 3166-1 alpha-2.
        facts: Its rights facts in the order of the pack.
        words: For each of LANGUAGES what says facts in it.
    """
    return "\n".join([_TITLE.format(country=country), *(_fact(fact, words) for fact in facts)])


def _fact(fact: Mapping[str, Any], words: Mapping[str, RightsWords]) -> str:
    source = fact["source"]
    url = f", <{source['url']}>" if source.get("url") else ""
    named = f"{source['title']}, {source['published']}{url}"
    shown = "hidden: low confidence" if fact["confidence"] == "low" else fact["confidence"]
    who = f"{', '.join(fact['status'])}; {', '.join(fact['care'])}"
    original = [f"{part}: {text}" for part, text in fact["original"].items() if text]
    said = [_cell(words[language].all_of(fact)) for language in LANGUAGES]
    return "\n".join(
        [
            f"## {fact['id']}",
            "",
            f"{who}. Confidence: {shown}. Verified: {fact['verified']}. Source: {named}",
            "",
            "| original | es | en |",
            "| --- | --- | --- |",
            f"| {_cell(original)} | {said[0]} | {said[1]} |",
            "",
        ]
    )


def _cell(lines: Sequence[str]) -> str:
    return "<br>".join(str(line).replace("|", "\\|").replace("\n", " ") for line in lines)
