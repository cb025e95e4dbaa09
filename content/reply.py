"""A reply in words, before it is fitted to a channel."""

from __future__ import annotations

from dataclasses import dataclass, field

from content.unmet import Unmet


@dataclass(frozen=True)
class Choice:
    """Something the person can choose.

    Attributes:
        id: What it does, as ``wire.choice`` writes it.
        label: What the person reads, at most 24 characters where the language allows.
        pictogram: An emoji that says the same, for whoever reads little; or nothing.
    """

    id: str
    label: str = field(repr=False)
    pictogram: str = ""

    @property
    def shown(self) -> str:
        """What the person reads where pictograms are shown."""
        return f"{self.pictogram} {self.label}".strip()


@dataclass(frozen=True)
class Part:
    """What one say became: its texts and choices, which entries it told, what nothing met."""

    texts: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    about: tuple[str, ...] = ()
    unmet: tuple[Unmet, ...] = ()


@dataclass(frozen=True)
class Reply:
    """Everything that is answered to one turn.

    Attributes:
        language: BCP 47 tag of the texts.
        texts: One message each, in order; never empty.
        choices: Offered after the last text.
        says: For each text the id of the say that it came from.
        recordings: Some of it read aloud: paths below ``data/recordings``.
        about: Which listings, facts and lines it told, as ``content.entries`` writes them.
        unmet: What was asked where nothing fitted.
    """

    language: str
    texts: tuple[str, ...] = field(repr=False)
    choices: tuple[Choice, ...] = field(repr=False)
    says: tuple[str, ...] = ()
    recordings: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    unmet: tuple[Unmet, ...] = ()


@dataclass(frozen=True)
class ToldIn:
    """What was changed in one country because people told us.

    Attributes:
        country: Its name.
        changes: Name of the place or line, and a sentence; newest first.
    """

    country: str
    changes: tuple[tuple[str, str], ...]
