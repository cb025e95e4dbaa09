"""Cards to show at a desk, in the languages of the country and in the person's own.

A language of the country that Faro does not answer in has a few sentences in
``data/desk-cards.yml``; a rule is then said in English, since nobody has worded it there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from babel import Locale

from content.messages import SOURCE_LANGUAGE, MissingMessageError
from content.rights_choice import Chosen
from content.scene import Scene

# What gives a right that can be claimed at a desk, and the sentence that claims it.
_CLAIMS = {"full": "desk.right", "partial": "desk.right_part", "emergency_only": "desk.right"}


@dataclass(frozen=True)
class DeskText:
    """The text of a card in one language, a line each."""

    language: str
    lines: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class DeskCard:
    """What a card says.

    Attributes:
        card: ``interpreter``, ``right``, ``emergency``, ``pregnant`` or ``child``.
        care: The care whose rule stands on it; None is a doctor and the hospital.
        chosen: The rule, where one is known.
    """

    card: str
    care: str | None = None
    chosen: Chosen | None = field(default=None, repr=False)

    @property
    def gives_right(self) -> bool:
        """Whether a rule that is known gives a right to this care."""
        main = self.chosen.main if self.chosen else None
        if main is None or main["entitlement"] not in _CLAIMS:
            return False
        return main["entitlement"] != "emergency_only" or self.care == "emergency"


def desk_texts(scene: Scene, languages: list[str], card: DeskCard) -> list[DeskText]:
    """Return a card in each language of a country and, last, in that of the scene."""
    read_anyway = SOURCE_LANGUAGE in (*languages, scene.language)
    texts = [
        _text(scene, tag, card, with_rule=not read_anyway)
        for tag in languages
        if tag != scene.language
    ]
    own = DeskText(scene.language, _worded(scene, card))
    return list({text.language: text for text in [*texts, own]}.values())


def _text(scene: Scene, tag: str, card: DeskCard, *, with_rule: bool) -> DeskText:
    known = scene.tables.languages.get(tag)
    if known is not None and not known.short:
        try:
            return DeskText(tag, _worded(replace(scene, language=tag), card, of=scene.language))
        except MissingMessageError:
            pass  # not worded there yet: English is better than no card
    english = _worded(replace(scene, language=SOURCE_LANGUAGE), card, of=scene.language)
    sentence = scene.tables.desk_cards.get(tag, {}).get(card.card)
    if sentence is None:
        return DeskText(SOURCE_LANGUAGE, english)
    first = sentence.format(languages=language_name(scene.language, tag))
    rule = english if card.card == "right" else english[1:]
    return DeskText(tag, (first, *(rule if with_rule else ())))


def _worded(scene: Scene, card: DeskCard, *, of: str = "") -> tuple[str, ...]:
    labels = scene.labels
    if card.card == "interpreter":
        name = language_name(of or scene.language, scene.language)
        return (labels.text("desk.interpreter", languages=name),)
    opening = [labels.text(f"desk.{card.card}")] if card.card != "right" else []
    return (*opening, *_rule(scene, card))


def _rule(scene: Scene, card: DeskCard) -> list[str]:
    """Return the right that is claimed, and the rule behind it; nothing where none is known."""
    labels, words = scene.labels, scene.rights
    main = card.chosen.main if card.chosen else None
    if main is None or not card.gives_right:
        return []
    care = labels.of("care", card.care) if card.care else labels.text("rights.care_general")
    price = [words.price(main)] if main["cost"]["kind"] != "unknown" else []
    told = [*words.held(main), *price, *words.sources([main])]
    return [labels.text(_CLAIMS[main["entitlement"]], care=care), labels.text("desk.told"), *told]


def language_name(tag: str, language: str) -> str:
    """Return what a language is called in another; its own name where the CLDR has none."""
    name = {"prs": "fa_AF"}.get(tag, tag.partition("-")[0])
    own = Locale.parse(tag, sep="-").get_display_name()
    return str(Locale.parse(language, sep="-").languages.get(name) or own or tag)
