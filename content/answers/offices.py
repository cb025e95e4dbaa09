"""What a kind of office decides, what to bring, and what it may not ask; with its sources."""

from __future__ import annotations

from content import dates
from content.answers.packing import packed
from content.answers.values import code
from content.glosses import glossed
from content.reply import Part
from content.scene import Scene
from content.validity import confirmed, in_force
from directory.queries import rights_of
from wire.say import Say

OFFICES = (
    *("asylum_office", "health_insurance_office", "hospital", "social_work"),
    *("legal_aid", "complaints_ombudsman", "police", "consulate"),
)
_MOST_STEPS = 2


async def answer(scene: Scene, say: Say) -> Part:
    """Return what holds in general, then what the facts of the country say of such an office."""
    kind = say.message.removeprefix("office.")
    lines = [scene.labels.text(f"office.{kind}"), *_sources(scene, kind)]
    texts = ("\n".join(lines), *packed(await _here(scene, say, kind)))
    return Part(glossed(scene.labels, scene.tables.local_names, texts))


def _sources(scene: Scene, kind: str) -> list[str]:
    named = [
        dates.source({"source": source}, scene.messages, scene.language)
        for source in scene.tables.offices[kind]["sources"]
    ]
    if not named:
        return []
    return [
        scene.labels.text(
            "source.lines" if len(named) > 1 else "source.line",
            sources="; ".join(named),
            verified=scene.labels.text("source.not_verified_rule"),
        )
    ]


async def _here(scene: Scene, say: Say, kind: str) -> list[str]:
    """Return the steps of facts that lead to such an office in the country, for this status."""
    country = code(say, "country")
    if country is None:
        return []
    status, today = code(say, "status") or "prefer_not_to_say", scene.now.date()
    holding = [
        fact
        for fact in await rights_of(scene.session, country)
        if confirmed(fact)
        and in_force(fact, today)
        and (status == "prefer_not_to_say" or {status, "any"} & set(fact["status"]))
    ]
    steps = scene.tables.offices[kind]["steps"]
    known = {step: fact for fact in reversed(holding) for step in fact["steps"] if step in steps}
    shown = sorted(known, key=list(steps).index)[:_MOST_STEPS]
    if not shown:
        return []
    where = f"{scene.labels.country(country)}:"
    facts = list({known[step]["id"]: known[step] for step in shown}.values())
    said = [scene.labels.of("step", step) for step in shown]
    return [where, *said, *scene.rights.sources(facts)]
