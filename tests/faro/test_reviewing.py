"""The pages for reviewers are what people are told today."""

from __future__ import annotations

from saying import ROOT, places

from faro.reviewing import review_pages
from faro.root import PLACES

FOLDER = ROOT / "docs" / "reviews" / "rights"


def test_the_pages_of_the_rights_facts_are_up_to_date() -> None:
    places()
    pages = review_pages(ROOT / "data", PLACES)
    assert {path.name for path in FOLDER.glob("*.md")} == set(pages)
    stale = [name for name, page in pages.items() if (FOLDER / name).read_text("utf-8") != page]
    assert stale == [], "run: .venv/bin/faro review"
