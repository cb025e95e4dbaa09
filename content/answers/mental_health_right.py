"""The right to mental health care in one line, to stand under every answer on support."""

from __future__ import annotations

from content import dates
from content.rights_choice import Chosen, Question, choose
from content.scene import Scene
from directory.queries import countries, rights_of

CARE = "mental_health"


async def mental_health_line(scene: Scene, country: str | None, status: str | None) -> list[str]:
    """Return the right to mental health care in few words, or that it is not known.

    Args:
        scene: The reply.
        country: Where the person is; None or a country without a pack gives no line.
        status: Of the vocabulary; None is as if the person did not want to say.

    Returns:
        One line with entitlement, cost, the source's date and whether we verified it; or none.
    """
    if country is None or country not in await countries(scene.session):
        return []
    question = Question(
        status=status or "prefer_not_to_say",
        care=CARE,
        today=scene.now.date(),
        fallbacks=scene.tables.fallbacks,
    )
    chosen = choose(await rights_of(scene.session, country), question)
    if chosen.main is None:
        who = scene.labels.of("status_phrase", question.status)
        where = scene.labels.country(country)
        return [scene.labels.text("mental_health.right_unknown", country=where, status=who)]
    return [_line(scene, country, question, chosen)]


def _line(scene: Scene, country: str, question: Question, chosen: Chosen) -> str:
    fact = chosen.main
    assert fact is not None  # noqa: S101 - the caller made sure
    source = dates.source(fact, scene.messages, scene.language)
    right = scene.labels.text(
        "mental_health.right",
        country=scene.labels.country(country),
        status=scene.labels.of("status_phrase", chosen.whose(question.status)),
        entitlement=scene.labels.text(f"rights.short.{fact['entitlement']}"),
        cost=" ".join([scene.rights.price(fact), *scene.rights.held(fact)]),
        date=source,
    )
    return f"{right} {scene.rights.verified(fact)}"
