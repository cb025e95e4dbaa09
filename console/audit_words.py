"""What stands in the audit, in the operator's words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from console.forms.registry import FORMS
from console.translation import N_, _
from directory.parts import Part

ACTIONS: Mapping[str, str] = {
    "draft": N_("began a draft"),
    "edit draft": N_("changed a draft"),
    "submit": N_("gave a version to the reviewers"),
    "reject": N_("sent a version back"),
    "publish": N_("published it"),
    "publish alone": N_("published it alone"),
    "alone because": N_("said why nobody else looked at it"),
    "retire": N_("retired it"),
    "merge": N_("made two listings one"),
    "different": N_("said that two listings are different"),
    "maybe one": N_("had two listings offered again"),
    "import": N_("took over a file"),
    "carry over": N_("put what was published at once into a draft, too"),
    "comment": N_("commented"),
    "name steward": N_("named who keeps it true"),
    "ask by link": N_("asked those who run it, by a link"),
    "ask by itself": N_("had an organisation asked by itself"),
    "ask by hand": N_("had an organisation asked by hand only"),
    "not us": N_("said that the link reached somebody else"),
    "settle contact": N_("dealt with a wrong contact"),
    "settle reports": N_("dealt with what people reported"),
    "upload recording": N_("uploaded a recording"),
    "withdraw recording": N_("took a recording away"),
    "operator.add": N_("added an operator"),
    "operator.change": N_("changed an operator"),
    "operator.disable": N_("disabled an operator"),
    "operator.reset": N_("reset an operator"),
}


def action_words(action: str) -> str:
    """Return what was done in words; the code itself where there are none."""
    return _(ACTIONS[action]) if action in ACTIONS else action


def field_words(part: str | None, name: str) -> str:
    """Return what a field is called in the form of its part; its own name where it is in none."""
    form = FORMS.get(Part(part)) if part in set(Part) else None
    named = {one.path: one.label for one in form.fields} if form else {}
    return _(named[name,]) if (name,) in named else name


def value_words(value: Any) -> str:
    """Return a value as it is read: texts as they are, lists with commas, all else as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
