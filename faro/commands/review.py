"""``faro review``: writes the pages on which people review what is said of each rights fact."""

from __future__ import annotations

from faro.reviewing import review_pages
from faro.root import PLACES, ROOT, shown

FOLDER = ROOT / "docs" / "reviews" / "rights"


def command() -> None:
    """Write docs/reviews/rights: the words of each fact's source beside ours, in es and en.

    Prints each page that changed.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in review_pages(ROOT / "data", PLACES).items():
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            path.write_text(page, encoding="utf-8")
            print(shown(path))
