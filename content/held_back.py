"""REQUIRE_REVIEW=1: what nobody has reviewed is not said; people get whom to call instead.

In its place come number, name and hours of those who can be called, the emergency number in its
one-line frame, and the same answer in languages in which somebody has reviewed it. Never nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from content import dates
from content.answers.values import codes
from content.danger_words import DangerWords
from content.languages import whole
from content.lines import Country, Line
from content.messages import REVIEWED, Messages, MissingMessageError, Wording
from content.reply import Choice, Reply
from content.scene import Scene
from wire.choice import write_choice
from wire.decision import Decision
from wire.strict import WireError

HELD_BACK = "review.held_back"
# What the frame is made of: how to reach somebody, and names of things. It is never held back.
_FRAME = (
    *(HELD_BACK, "menu.emergency", "menu.emergency_unknown", "numbers.", "lines.", "hours."),
    *("weekday.", "purpose.", "choice.", "kind.", "care.", "status.", "language.", "source.date"),
)
# Whose lines are told where the answer was about none in particular.
_FOR_ANYBODY = ("asylum_refugee_info", "gbv", "suicide_mental_health")
_MOST_LINES, _MOST_LANGUAGES = 3, 4
_Said = Callable[[Scene, Decision], Awaitable[Reply]]


class NotReviewedError(MissingMessageError):
    """A message that nobody has reviewed in a language."""


class ReviewedOnly(Messages):
    """Messages of which only those are said that a person has reviewed, and the frame."""

    def wording(self, message: str, language: str) -> Wording:
        """Return one wording. Raises MissingMessageError: there is none that may be said."""
        found = super().wording(message, language)
        if found.state != REVIEWED and not message.startswith(_FRAME):
            raise NotReviewedError(f"{message} is not reviewed in {language}")
        return found


async def reviewed_or_held(scene: Scene, decision: Decision, said: _Said) -> Reply:
    """Return a decision in reviewed words, in the language that was chosen for it; else the frame.

    Args:
        scene: In the person's language.
        decision: What to say.
        said: Words a decision in the language of a scene.
    """
    strict = replace(scene, messages=scene.messages.as_kind(ReviewedOnly))
    tags = whole(scene.tables.languages, scene.language)
    chosen = str(decision.state.slots.get("tell_in") or "")
    for tag in (scene.language, *([chosen] if chosen in tags else [])):
        if reply := await _in_words(replace(strict, language=tag), decision, said):
            return reply
    others: list[str] = []
    for tag in [tag for tag in tags if tag not in (scene.language, chosen)]:
        if await _in_words(replace(strict, language=tag), decision, said):
            others.append(tag)
        if len(others) == _MOST_LANGUAGES:
            break
    return await _frame(scene, decision, others)


async def _in_words(scene: Scene, decision: Decision, said: _Said) -> Reply | None:
    try:
        return await said(scene, decision)
    except MissingMessageError:
        return None


async def _frame(scene: Scene, decision: Decision, tags: Sequence[str]) -> Reply:
    country = await scene.country(_country(decision))
    lines = _lines(scene, decision, country) if country else []
    told = [scene.labels.text(HELD_BACK)] if lines else []
    told += [_line(scene, line, country.zones) for line in lines if country]
    told.append(await scene.emergency_line(country.code if country else None))
    return Reply(scene.language, ("\n".join(told),), _again(scene, decision, tags), (HELD_BACK,))


def _country(decision: Decision) -> str | None:
    told = [*(say.values for say in decision.says), decision.state.slots]
    return next((str(values["country"]) for values in told if values.get("country")), None)


def _lines(scene: Scene, decision: Decision, country: Country) -> list[Line]:
    """Return the lines for what is asked or for a danger, else those for anybody."""
    today = scene.now.date()
    if decision.risk:
        word = ""  # nothing is said with it here
        found = DangerWords(scene.labels, scene.lines, today, word).lines_for(
            decision.risk, country
        )
    else:
        wanted = [one for say in decision.says for one in codes(say, "purposes")]
        found = [
            line
            for purpose in wanted or _FOR_ANYBODY
            for line in country.for_purpose(purpose, today)
        ]
    return list({line["id"]: line for line in found}.values())[:_MOST_LINES]


def _line(scene: Scene, line: Line, zones: Sequence[str]) -> str:
    """Return name, numbers and hours of a line."""
    hours = dates.hours(line["hours"], scene.messages, scene.language, now=scene.now, zones=zones)
    return f"{scene.lines.title(line)}: {', '.join([*scene.lines.ways(line), hours])}"


def _again(scene: Scene, decision: Decision, tags: Sequence[str]) -> tuple[Choice, ...]:
    """Return the choices that ask the same once more, to be told in another language."""
    given = {name: code for name, code in decision.entities.items() if isinstance(code, str)}
    choices = []
    for tag in tags:
        try:
            same = write_choice(decision.intent, {**given, "tell_in": tag})
        except WireError:  # too long for an id
            same = write_choice(decision.intent, {"tell_in": tag})
        choices.append(Choice(same, scene.tables.languages[tag].name))
    return tuple(choices)
