"""Which of our languages a channel's hint or a number's country stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from babel.languages import get_official_languages

from wire.scripts import LATIN, script_of

_READ = 500  # characters of a text that its script is told by


class Languages:
    """The languages that are switched on, as BCP 47 tags, the most important first."""

    def __init__(self, enabled: Sequence[str], scripts: Mapping[str, str] | None = None) -> None:
        """Take the tags, and for each the ISO 15924 code of its script where it is not Latin."""
        self.enabled = tuple(enabled)
        self._by_script: dict[str, str] = {}
        for tag, script in (scripts or {}).items():
            self._by_script.setdefault(script, tag)
        self._by_tag = {tag.lower(): tag for tag in enabled}

    def meant_by(self, tag: str | None) -> str | None:
        """Return our language that a tag asks for, ``es`` for ``es-SV``, or None.

        Parts are left out from the end until one of ours remains (RFC 4647, 3.4).
        """
        parts = (tag or "").lower().replace("_", "-").split("-")
        return next(
            (
                self._by_tag[shorter]
                for length in range(len(parts), 0, -1)
                if (shorter := "-".join(parts[:length])) in self._by_tag
            ),
            None,
        )

    def of_script(self, text: str) -> str | None:
        """Return the first language of ours in the script of a text; None for Latin letters."""
        script = script_of(text[:_READ])
        return self._by_script.get(script) if script != LATIN else None

    def of_country(self, country: str | None) -> str | None:
        """Return the language of ours that most people there use, or None."""
        if country is None:
            return None
        spoken = map(self.meant_by, get_official_languages(country, de_facto=True))
        return next((language for language in spoken if language is not None), None)

    def hinted(self, tag: str | None, country: str | None) -> str | None:
        """Return what to begin in: the channel's own hint comes before the number's country."""
        return self.meant_by(tag) or self.of_country(country)
