"""The form of an entry, ready for one operator, and what its body is recognised by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException

from console import translation
from console.chat_words import ChatWords, chat_words
from console.context import ConsoleRequest
from console.forms.field import Situation
from console.forms.form import Form
from console.forms.registry import FORMS
from console.forms.situation import situation_for
from console.named_facts import facts_to_name
from content.concept_words import concept_words
from directory.parts import Part
from directory.queries import pack_of


def form_of(part: Part) -> Form:
    """Return the form of a part. Raises HTTPException: it has none."""
    found = FORMS.get(part)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


@dataclass(frozen=True)
class Desk:
    """The form of an entry, ready for one operator."""

    form: Form
    situation: Situation
    words: ChatWords


async def desk_for(
    request: ConsoleRequest, session: AsyncSession, part: Part, country: str | None
) -> Desk:
    """Return form, situation and words. Raises HTTPException: the part has no form."""
    words = await chat_words(request.console)
    pack = await pack_of(session, country) if country else None
    here = pack["languages"] if pack else ()
    situation = situation_for(
        words, request.console.places, country or "", here=here, today=request.now.date()
    )
    if part is Part.MYTHS:
        situation = replace(
            situation,
            facts=await facts_to_name(session, situation),
            concepts=concept_words(request.console.settings.root / "data", translation.language()),
        )
    return Desk(form_of(part), situation, words)


def digest(body: Mapping[str, Any] | None) -> str:
    """Return what a body is recognised by: the form says with it what it was made from."""
    written = json.dumps(body, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:24]
