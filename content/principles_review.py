"""The review of every dialogue against five principles of early support, as a table to read.

``python -m content.principles_review`` writes ``docs/reviews/hobfoll.md`` from
``data/reviews/hobfoll.yml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_ROOT = Path(__file__).parents[1]
REVIEW = _ROOT / "data" / "reviews" / "hobfoll.yml"
TABLE = _ROOT / "docs" / "reviews" / "hobfoll.md"
_OPENING = """# Every dialogue against five principles

Made from `data/reviews/hobfoll.yml` by `python -m content.principles_review`; edit that file.
A cell quotes the sentence that serves a principle and names its message, or says why none does.
The review was made by those who wrote the dialogues. It says what the words are meant to do, not
what they did.
"""


def read_review(path: Path = REVIEW) -> dict[str, Any]:
    """Return the review. Raises OSError or yaml.YAMLError."""
    review: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return review


def page(review: Mapping[str, Any]) -> str:
    """Return the review as a page of Markdown."""
    return "\n".join(_lines(review))


def _lines(review: Mapping[str, Any]) -> Iterator[str]:
    source, principles = review["source"], review["principles"]
    yield _OPENING
    published = f"{source['date']}, seen {source['seen']}"
    yield f"Source: {source['title']}. <{source['address']}>, {published}."
    yield ""
    for name, meaning in principles.items():
        yield f"- **{name}**: {meaning}"
    for dialogue in review["dialogues"]:
        yield f"\n## {dialogue['name']}\n"
        yield f"Intents: {', '.join(f'`{intent}`' for intent in dialogue['intents']) or 'none'}\n"
        yield "| principle | served by |"
        yield "| --- | --- |"
        for name in principles:
            yield f"| {name} | {_cell(dialogue[name])} |"
    yield ""


def _cell(served: str | list[str]) -> str:
    """Return a cell: a message and its sentence, or the reason why there is none."""
    if isinstance(served, str):
        return f"not served, because {served}"
    message, sentence = served
    return f"“{sentence}” (`{message}`)"


if __name__ == "__main__":
    TABLE.write_text(page(read_review()), encoding="utf-8")
