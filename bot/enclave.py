"""From a turn to a decision. Between the door, which knows HTTP, and Rasa, which knows neither."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.components.entity_finder import EntityFinderComponent
from bot.components.intent_classifier import IntentClassifierComponent
from bot.components.knowledge import (
    myth_cards,
    steering,
    words_of_every_language,
    words_of_feedback,
    words_of_the_path,
)
from bot.components.language_identifier import LanguageIdentifierComponent
from bot.components.parsed import CONCEPTS, FINDING, GUESSES, KNOWN, LANGUAGE, RISK, WORDS
from bot.components.safeguarding_detector import SafeguardingDetectorComponent
from bot.dialogue import Dialogue
from bot.executor import InProcessActions
from bot.understanding.context import chosen, meaning
from bot.understanding.feedback import WHY
from bot.understanding.identify import Identified
from bot.understanding.myth_cards import with_cards, with_published
from bot.understanding.thresholds import ALTERNATIVES, LIKELY_LANGUAGE
from bot.understanding.understood import Heard, Meaning
from wire.choice import read_choice
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.strict import JsonValue, WireError
from wire.turn import Turn

Parsed = Mapping[str, Any]
_REPORTED = ("country", "city", "status", "care", "audience")


class NoDecisionError(Exception):
    """Nothing was decided. Holds nothing: the reason may quote the person."""


class Enclave:
    """One loaded model. Keeps nothing between two calls."""

    def __init__(self, model: Path, actions: str) -> None:
        self._dialogue = Dialogue(model, InProcessActions(actions))

    @property
    def intents(self) -> frozenset[str]:
        """Every intent that has a rule."""
        return frozenset(self._dialogue.domain.intents) - _BUILT_IN

    async def decide(self, turn: Turn) -> Decision:
        """Return what to say to a turn.

        Raises:
            WireError: The choice is none of ours.
            NoDecisionError: Nothing was decided.
        """
        slots = dict(turn.state.slots)
        language = str(slots.get("language") or _hint(turn) or "")
        if turn.choice is not None:
            meant, told = self._chosen(turn.choice)
            # Who chooses from words in a language has read them.
            slots |= {"language": language or None, **told} if not slots.get("language") else told
        else:
            (parsed,) = self._understand([turn.text or ""], [_known(turn)])
            heard = heard_in(parsed, str(slots.get("language") or ""))
            cards = with_published(myth_cards(), turn.rumours)
            meant = with_cards(meaning(heard, slots), heard.concepts, cards)
            language = parsed[LANGUAGE].language
            slots |= _remembered(parsed[LANGUAGE], turn.language)
        meant, slots = self._placed(meant, slots)
        slots["urgency"] = meant.risk.urgency if meant.risk else None
        return await self._decide(turn, meant, slots, language)

    def _placed(
        self, meant: Meaning, slots: dict[str, JsonValue]
    ) -> tuple[Meaning, dict[str, JsonValue]]:
        """Return both with the country of a town, and without a town that holds no longer."""
        gazetteer = self._dialogue.component(EntityFinderComponent).gazetteer
        codes = dict(meant.entities)
        if "city" in codes and "country" not in codes:
            country = gazetteer.country_of(codes["city"])
            entities = (*meant.entities, ("country", country)) if country else meant.entities
            return dataclasses.replace(meant, entities=entities), slots
        kept = str(slots.get("city") or "")
        moved = "country" in codes and gazetteer.country_of(kept) != codes["country"]
        if kept and "city" not in codes and (moved or codes.get("alternatives", "").isdigit()):
            slots = {**slots, "city": None}
        return meant, slots

    async def _decide(
        self, turn: Turn, meant: Meaning, slots: Mapping[str, JsonValue], language: str
    ) -> Decision:
        grouped = _grouped(meant.entities)
        several = {slot: codes for slot, codes in grouped.items() if isinstance(codes, list)}
        message = UserMessage(
            text=None,  # Rasa never holds what the person wrote once it is understood
            output_channel=CollectingOutputChannel(),
            sender_id=turn.conversation,
            parse_data={
                "intent": {"name": meant.intent, "confidence": meant.confidence},
                "entities": [
                    {"entity": slot, "value": code}
                    for slot, code in grouped.items()
                    if slot not in several
                ],
                "text": None,
            },
            input_channel=turn.channel,
        )
        # Of several values Rasa would keep the last one, so lists are set before it looks.
        with self._dialogue.store.holding({**slots, **several}) as held:
            says = await self._dialogue.say(message)
        if not says:
            raise NoDecisionError
        return Decision(
            language=str(held.slots.get("language") or language),
            intent=meant.intent,
            confidence=meant.confidence,
            says=tuple(Say.from_json(say) for say in says),
            state=State(held.slots),
            risk=meant.risk.intent if meant.risk else None,
            urgency=meant.risk.urgency if meant.risk else None,
            entities=grouped,
        )

    def parse(self, texts: Sequence[str]) -> list[dict[str, JsonValue | list[object] | object]]:
        """Return what each message means on its own, without any dialogue."""
        results: list[dict[str, Any]] = []
        for parsed in self._understand(texts, [{} for _ in texts]):
            heard = heard_in(parsed)
            meant = meaning(heard, {})
            said = meant.risk or meant.intent == "gibberish"
            intent = meant.intent if said else heard.guesses[0].intent
            others = [g for g in heard.guesses if g.intent != intent][:ALTERNATIVES]
            own = next((g.confidence for g in heard.guesses if g.intent == intent), 0.0)
            results.append(
                {
                    "language": parsed[LANGUAGE].language,
                    "intent": intent,
                    "confidence": round(own if not meant.risk else max(own, 0.5), 4),
                    "alternatives": [
                        {"intent": g.intent, "confidence": round(g.confidence, 4)} for g in others
                    ],
                    "risk": heard.risk.intent if heard.risk else None,
                    "urgency": heard.risk.urgency if heard.risk else None,
                    "entities": {name: heard.finding.codes.get(name) for name in _REPORTED},
                }
            )
        return results

    def explain(self, text: str) -> dict[str, Any]:
        """Return why a message is understood as it is."""
        (parsed,) = self._understand([text], [{}])
        heard = heard_in(parsed)
        words = parsed[WORDS]
        likely = [guess.intent for guess in heard.guesses[:ALTERNATIVES]]
        classifier = self._dialogue.component(IntentClassifierComponent)
        return {
            "language": {
                "tag": parsed[LANGUAGE].language,
                "confidence": round(parsed[LANGUAGE].confidence, 4),
            },
            "language_words": {
                word: [{"language": tag, "share": share} for tag, share in shares]
                for word, shares in self._dialogue.component(LanguageIdentifierComponent)
                .explain(text)
                .items()
            },
            "intent": meaning(heard, {}).intent,
            "guesses": [
                {"intent": g.intent, "confidence": round(g.confidence, 4)}
                for g in heard.guesses[:5]
            ],
            "concepts": [
                {"concept": hit.name, "words": " ".join(w.text for w in words[hit.start : hit.end])}
                for hit in parsed[CONCEPTS]
            ],
            "why": {
                intent: [{"feature": name, "share": round(share, 3)} for name, share in shares]
                for intent, shares in classifier.why(parsed["message"], likely).items()
            },
            "entities": dict(heard.finding.codes),
            "safeguarding": {
                "risk": heard.risk.intent if heard.risk else None,
                "urgency": heard.risk.urgency if heard.risk else None,
                "phrases": list(heard.risk.phrases) if heard.risk else [],
                **self._dialogue.component(SafeguardingDetectorComponent).why(parsed["message"]),
            },
        }

    def _understand(self, texts: Sequence[str], known: Sequence[Mapping[str, Any]]) -> list[Parsed]:
        messages = [
            UserMessage(text=_harmless(text), metadata=dict(metadata))
            for text, metadata in zip(texts, known, strict=True)
        ]
        return [
            {**message.data, "message": message} for message in self._dialogue.understand(messages)
        ]

    def _chosen(self, choice: str) -> tuple[Meaning, dict[str, JsonValue]]:
        """Return what a choice means, and the slots about language that it sets by itself."""
        intent, codes = read_choice(choice)
        told: dict[str, JsonValue] = {}
        if speaks := codes.pop("speaks", None):
            told |= {"language": speaks, "likely_language": None}
        if tell_in := codes.pop("tell_in", None):
            told["tell_in"] = tell_in
        if intent not in self.intents or not set(codes) <= set(self._dialogue.domain.entities):
            raise WireError("choice: names no intent or no slot of ours")
        return chosen(intent, codes), told


# Rasa's own intents, each of which would do something to the conversation.
_BUILT_IN = frozenset({"restart", "session_start", "back", "out_of_scope_fallback", "nlu_fallback"})


def heard_in(parsed: Parsed, spoken: str = "") -> Heard:
    """Return what the context needs of a parsed message.

    Args:
        parsed: What the pipeline left in it.
        spoken: The language of the conversation so far, or nothing.
    """
    words = parsed[WORDS]
    text = " ".join(word.text for word in words)
    return Heard(
        guesses=parsed[GUESSES],
        finding=parsed[FINDING],
        risk=parsed[RISK],
        words=len(words),
        concepts=frozenset(hit.name for hit in parsed[CONCEPTS]),
        known=parsed[KNOWN],
        steering=_steering((parsed[LANGUAGE].language, spoken), text),
        number=bool(words) and all(word.text.isdigit() for word in words),
        path=words_of_the_path().find(parsed[LANGUAGE].language, text),
        why=_why((parsed[LANGUAGE].language, spoken), text),
    )


def _steering(languages: Sequence[str], text: str) -> str | None:
    """Return how a whole message steers, in its languages or in English, which is mixed into all.

    One word alone may look like another language than that of its conversation. Words that
    protect are understood in every language.
    """
    own = (steering().get((language, text)) for language in (*languages, "en"))
    return next(filter(None, own), None) or words_of_every_language().get(text)


def _why(languages: Sequence[str], text: str) -> str | None:
    """Return what a message tells that was wrong, in its language or that of its conversation."""
    found = (words_of_feedback().find(language, text).get(WHY) for language in languages)
    return next(filter(None, found), None)


def _known(turn: Turn) -> dict[str, JsonValue]:
    slots = turn.state.slots
    return {
        "last": slots.get("language"),
        "hint": _hint(turn),
        "country": slots.get("country"),
        "pending": slots.get("pending"),
    }


def _hint(turn: Turn) -> JsonValue:
    """Return the language that is likely so far: of earlier messages, or the channel's hint."""
    return turn.state.slots.get("likely_language") or turn.language


def _remembered(found: Identified, hint: str | None) -> dict[str, JsonValue]:
    """Return what is kept of a language; one that is not sure stays a hint.

    The channel's own hint and the message together are sure enough.
    """
    likely = found.confidence >= LIKELY_LANGUAGE
    if found.sure or likely or (hint and found.language == hint):
        return {"language": found.language, "likely_language": None}
    return {"likely_language": found.language} if found.confidence else {}


def _harmless(text: str) -> str:
    """Return a text that Rasa cannot take for a command, which starts with ``/`` or ``@``."""
    text = text.encode("utf-8", "replace").decode()  # half a character breaks what is not Python
    return "\u200b" + text if text.lstrip().startswith(("/", "@")) else text


def _grouped(entities: Sequence[tuple[str, str]]) -> dict[str, JsonValue]:
    grouped: dict[str, list[str]] = {}
    for slot, code in entities:
        grouped.setdefault(slot, []).append(code)
    return {slot: codes[0] if len(codes) == 1 else codes for slot, codes in grouped.items()}
