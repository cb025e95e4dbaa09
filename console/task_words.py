"""What there is to do, in the operator's words."""

from __future__ import annotations

from collections.abc import Mapping

from console.author_words import by, told
from console.dates import day
from console.task import Kind, Task
from console.translation import N_, _
from content.due import Due, Risk
from content.messages import MissingMessageError
from content.vocabulary_labels import Labels
from delivery.feedback import Report
from delivery.gaps import Missing
from delivery.unmet import Need
from directory.checks import Problem
from directory.editing_tables import RevisionRow
from directory.parts import Part

KINDS: Mapping[Kind, str] = {
    Kind.REPORT: N_("People reported"),
    Kind.NOT_US: N_("Wrong contact"),
    Kind.CHECK: N_("Looks wrong"),
    Kind.REVIEW: N_("Waits for review"),
    Kind.DUE: N_("To be checked"),
    Kind.CONFLICT: N_("The pack says otherwise"),
    Kind.NEED: N_("Asked for in vain"),
    Kind.GAP: N_("Exists nowhere"),
}
RISKS: Mapping[Risk, tuple[str, str]] = {
    Risk.DANGER: (N_("called in danger"), "bad"),
    Risk.PROTECTION: (N_("for people in danger"), "bad"),
    Risk.LINE: (N_("line"), "plain"),
    Risk.SERVICE: (N_("listing"), "plain"),
    Risk.RULE: (N_("rule"), "plain"),
    Risk.CARD: (N_("card"), "plain"),
}
ANSWERS: Mapping[str, str] = {
    "closed": N_("closed"),
    "turned_away": N_("turned away"),
    "asked_for_papers": N_("asked for papers"),
    "wrong": N_("something is wrong"),
    "bad": N_("not good"),
}
PROBLEMS: Mapping[str, str] = {
    "number_impossible": N_(
        "this number cannot be right: a digit is missing or too many. Chat leaves it out, unless it"
        " is an emergency number"
    ),
    "number_unreadable": N_(
        "this is no number that can be dialled. Chat leaves it out, unless it is an emergency"
        " number"
    ),
    "email_unreadable": N_("this is no e-mail address"),
    "link_dead": N_("the page is gone"),
    "link_failing": N_("the web server fails"),
    "link_unreachable": N_("the web server cannot be reached"),
    "link_slow": N_("the web server does not answer in time"),
    "link_moved_too_often": N_("the page leads from one address to the next"),
    "link_not_public": N_("the address does not lead to the internet"),
    "fact_gone": N_("this card rests on it, and it was retired, replaced or doubted"),
}


def said(task: Task, labels: Labels) -> str:
    """Return what has to be known of a thing to do, in one or two sentences."""
    detail = task.detail
    if isinstance(detail, Due):
        return of_due(detail)
    if isinstance(detail, Report):
        return of_report(detail)
    if isinstance(detail, Problem):
        return _of_problem(task.kind, detail)
    if isinstance(detail, RevisionRow):
        return _of_version(task.kind, detail)
    if isinstance(detail, Need | Missing):
        return _of_nothing(detail)
    return _("Our link reached somebody who does not run this place. Find the right contact.")


def name_of(task: Task, labels: Labels) -> str:
    """Return what a thing to do is about; what there is not by its kind."""
    detail = task.detail
    if isinstance(detail, Need):
        return of_need(detail.part, detail.what, labels)
    if isinstance(detail, Missing):
        return of_need(Part.SERVICES, detail.kind, labels)
    return in_words(task.part, task.entry, task.name, labels)


def in_words(part: Part | None, entry: str, name: str, labels: Labels) -> str:
    """Return what an entry is called, in words where its name is of codes."""
    if part is Part.MYTHS:
        return _label(labels, f"myth.{entry}.claim") or name
    if part is Part.RIGHTS:
        care, _joint, status = name.partition(": ")
        told = (_coded(labels, "status_phrase", status), _coded(labels, "care", care))
        return ": ".join(one for one in told if one)
    if part is Part.GAP_NOTES:
        return _coded(labels, "kind", name)
    return name


def _coded(labels: Labels, family: str, codes: str) -> str:
    return ", ".join(_label(labels, f"{family}.{code}") or code for code in codes.split(", "))


def _label(labels: Labels, message: str) -> str | None:
    try:
        return labels.text(message)
    except MissingMessageError:
        return None


def of_need(part: str, what: str, labels: Labels) -> str:
    """Return what was asked for, in words; the code where the chat has no word for it."""
    if what == "any":
        return _("anything") if part == Part.SERVICES else _("care of any kind")
    try:
        return labels.of("kind" if part == Part.SERVICES else "care", what)
    except MissingMessageError:
        return what


def of_due(one: Due) -> str:
    """Return since when an entry is due, and what chat does meanwhile."""
    if one.since is None:
        told = _("Nobody has checked this, and its source has no date.")
    elif one.verified is None:
        told = _("Nobody has checked this; it was due on %(day)s.") % {"day": day(one.since)}
    else:
        words = _("Checked on %(checked)s; due since %(day)s.")
        told = words % {"checked": day(one.verified), "day": day(one.since)}
    if one.hidden:
        return f"{told} {_('Chat does not show it any more.')}"
    return f"{told} {_('Chat says that it may have changed.')}" if one.aged else told


def of_report(one: Report) -> str:
    """Return what people answered, the worst first."""
    sure = _listed(one.answers)
    unsure = _listed(one.among)
    told = [sure] if sure else []
    if unsure:
        words = _("after an answer that named several places: %(answers)s")
        told.append(words % {"answers": unsure})
    return "; ".join(told) + f" ({day(one.first)} – {day(one.last)})"


def _of_version(kind: Kind, one: RevisionRow) -> str:
    if kind is Kind.CONFLICT:
        return _("A new pack says something else than what operators published. Choose.")
    words = _("%(who)s wrote this version on %(day)s: %(why)s")
    asked = one.submitted_at or one.created_at
    return words % {"who": by(one.author), "day": day(asked.date()), "why": told(one.reason)}


def _of_problem(kind: Kind, one: Problem) -> str:
    if kind is Kind.CONFLICT:
        return _("A new pack says something else than what operators published. Choose.")
    words = _(PROBLEMS.get(one.code, one.code))
    return f"{one.path}: {words} ({_('since')} {day(one.since.date())})"


def _of_nothing(one: Need | Missing) -> str:
    if isinstance(one, Need):
        words = _("Asked %(times)s times in two months, and nothing fitted.")
    else:
        words = _("Helpers said %(times)s times in two months that there is none in this country.")
    return words % {"times": one.times}


def _listed(answers: Mapping[str, int]) -> str:
    return ", ".join(
        f"{_(words)}: {answers[code]}" for code, words in ANSWERS.items() if code in answers
    )
