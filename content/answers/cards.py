"""One rumour, or one practice: what is said, what is known, its limits, its source."""

from __future__ import annotations

from collections.abc import Sequence

from content import dates
from content.answers.values import code
from content.cards import MYTH, NO_SERVICE, PRACTICE, Card
from content.reply import Part
from content.scene import Scene
from wire.choice import read_choice, write_choice
from wire.say import Say
from wire.strict import WireError

_PARTS = {MYTH: ("claim", "truth"), PRACTICE: ("what", "evidence", "limits")}
_MENU = "menu_help"  # the way out, always last
_MORE = "step=more"  # what leads to the next page of a list


async def myth(scene: Scene, say: Say) -> Part:
    """Return the claim, what is true, where that is known to hold, and the source.

    One that nobody has worded in a language yet is answered with how to check a rumour.
    """
    card = scene.tables.cards.myths.get(code(say, "card") or "")
    if card is None:
        return _taken_back(scene)
    if not _is_worded(scene, MYTH, card["id"]):
        return Part((scene.labels.text("myth.check"),))
    labels, about = scene.labels, f"myth.{card['id']}"
    lines = [
        labels.text("myth.said", name=labels.text(f"{about}.claim")),
        labels.text("myth.known", details=labels.text(f"{about}.truth")),
    ]
    if card["countries"] != "all" and code(say, "country") not in card["countries"]:
        lines.append(labels.text("myth.elsewhere"))
    return Part(("\n".join([*lines, _source(scene, card)]),))


async def practice(scene: Scene, say: Say) -> Part:
    """Return a practice; one that is no service says so."""
    card = scene.tables.cards.practices.get(code(say, "card") or "")
    if card is None or not _is_worded(scene, PRACTICE, card["id"]):
        return _taken_back(scene)
    labels, about = scene.labels, f"practice.{card['id']}"
    lines = [labels.text(f"{about}.{part}") for part in ("what", "evidence", "limits")]
    if card["form"] in NO_SERVICE:
        lines.append(labels.text("practice.no_service"))
    return Part(("\n".join([*lines, _source(scene, card)]),))


def offered(scene: Scene, say: Say) -> Sequence[str]:
    """Return the choices of a say as the cards are published now.

    A card that was taken back is offered no more; one that stands in no file yet is offered where
    all of them are, in the languages that it is worded in; a card leads where it says now.
    """
    kind, _, what = say.message.partition(".")
    choices = [choice for choice in say.choices if _is_said(scene, choice)]
    if kind not in _PARTS:
        return choices
    if what == "card":
        card = scene.tables.cards.of(kind).get(code(say, "card") or "")
        own = [choice for choice in choices if choice in (kind, _MENU)]
        leads = [choice for choice in (card["offers"] if card else ()) if _leads(scene, choice)]
        return [*leads, *own]
    if what == "list" and not any(_MORE in choice for choice in choices):
        new = (c for c in scene.tables.cards.added.get(kind, ()) if _is_worded(scene, kind, c))
        added = [write_choice(kind, {"card": card}) for card in new]
        return [*(c for c in choices if c != _MENU), *added, _MENU]
    return choices


def _leads(scene: Scene, choice: str) -> bool:
    """Return whether a choice that an operator wrote can be shown."""
    try:
        return scene.labels.can_name(choice)
    except WireError:
        return False


def _is_said(scene: Scene, choice: str) -> bool:
    """Return whether a choice leads to no card, or to one that is said in this language."""
    if "card=" not in choice:
        return True
    kind, slots = read_choice(choice)
    card, cards = slots.get("card", ""), scene.tables.cards
    if card in cards.taken_back.get(kind, ()):
        return False
    return card not in cards.added.get(kind, ()) or _is_worded(scene, kind, card)


def _is_worded(scene: Scene, kind: str, card: str) -> bool:
    wanted = [f"choice.{kind}_{card}", *(f"{kind}.{card}.{part}" for part in _PARTS[kind])]
    return scene.is_short or all(scene.messages.has(one, scene.language) for one in wanted)


def _taken_back(scene: Scene) -> Part:
    return Part((scene.labels.text("card.taken_back"),))


def _source(scene: Scene, card: Card) -> str:
    return scene.labels.text(
        "source.line",
        sources=dates.source(card, scene.messages, scene.language),
        verified=scene.labels.text("source.not_verified_rule"),
    )
