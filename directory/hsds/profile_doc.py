"""The terms of the profile as a page: ``python -m directory.hsds.profile_doc`` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from directory.hsds.profile import Taxonomy, taxonomies

PAGE = Path(__file__).resolve().parents[2] / "docs" / "hsds-profile.md"
MARK = "<!-- What follows is written from data/hsds/profile.yml. -->\n"


def terms_page() -> str:
    """Return what the page says of all taxonomies."""
    return "\n".join(line for taxonomy in taxonomies().values() for line in _about(taxonomy))


def written(page: str) -> str:
    """Return the page with its part on the terms as the profile has them now."""
    return page.partition(MARK)[0] + MARK + "\n" + terms_page()


def _about(taxonomy: Taxonomy) -> Iterator[str]:
    example = taxonomy.example
    value = f", value `{example['value']}`" if "value" in example else ""
    yield f"### {taxonomy.name}: `{taxonomy.code}`\n"
    yield f"{taxonomy.description}\n"
    yield f"- Taxonomy: `{taxonomy.id}`"
    yield f"- On: {', '.join(f'`{table}`' for table in taxonomy.on)}"
    yield f"- Value: {taxonomy.value or 'none, the term says it all'}"
    yield f"- Example: term `{taxonomy.code}:{example['term']}`{value}\n"
    if taxonomy.open:
        yield f"Terms are made as they are needed; each is named by the {taxonomy.open}.\n"
        return
    yield "| term | meaning |"
    yield "| --- | --- |"
    for term, meaning in taxonomy.terms.items():
        yield f"| `{taxonomy.code}:{term}` | {meaning} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
