"""What is said of a row in terms of our profile."""

from __future__ import annotations

from dataclasses import dataclass

from directory.hsds.profile import said_by
from directory.hsds.records import Records, linked, row_with


@dataclass(frozen=True)
class Said:
    """Terms of our profile said of one row: taxonomy, term and value, in their order."""

    words: tuple[tuple[str, str, str | None], ...]

    @property
    def is_ours(self) -> bool:
        """Whether the row stands for something of ours."""
        return self.value("record", "id") is not None

    def terms(self, taxonomy: str) -> list[str]:
        """Return the codes of a taxonomy's terms that are said."""
        return [term for of, term, _ in self.words if of == taxonomy]

    def value(self, taxonomy: str, term: str) -> str | None:
        """Return the value with which a term is said; None where it is not."""
        found = (value for of, code, value in self.words if (of, code) == (taxonomy, term))
        return next(found, None)


def said_of(records: Records, row: str) -> Said:
    """Return what is said of a row. Terms of other taxonomies are passed over."""
    words = []
    for attribute in linked(records, "attribute", "link_id", row):
        known = said_by(row_with(records, "taxonomy_term", attribute.get("taxonomy_term_id")) or {})
        if known is not None:
            words.append((*known, attribute.get("value")))
    return Said(tuple(words))
