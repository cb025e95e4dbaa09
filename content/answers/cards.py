"""One rumour, or one practice: what is said, what is known, its limits, its source."""

from __future__ import annotations

from content import dates
from content.answers.values import code
from content.cards import NO_SERVICE, Card
from content.reply import Part
from content.scene import Scene
from wire.say import Say


async def myth(scene: Scene, say: Say) -> Part:
    """Return the claim, what is true, where that is known to hold, and the source."""
    card = scene.tables.cards.myths[code(say, "card") or ""]
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
    card = scene.tables.cards.practices[code(say, "card") or ""]
    labels, about = scene.labels, f"practice.{card['id']}"
    lines = [labels.text(f"{about}.{part}") for part in ("what", "evidence", "limits")]
    if card["form"] in NO_SERVICE:
        lines.append(labels.text("practice.no_service"))
    return Part(("\n".join([*lines, _source(scene, card)]),))


def _source(scene: Scene, card: Card) -> str:
    return scene.labels.text(
        "source.line",
        sources=dates.source(card, scene.messages, scene.language),
        verified=scene.labels.text("source.not_verified_rule"),
    )
