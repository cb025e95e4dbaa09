"""What somebody writes about a domain of integration names a kind of place that answers it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from actions.domains import DOMAINS
from actions.services import TOPICS
from bot.understanding.concepts import Concepts, read_concepts
from bot.understanding.entities import find_codes
from bot.understanding.places import Whereabouts
from bot.understanding.tokenise import words_of

ROOT = Path(__file__).parents[2]
PHRASES = [
    ("domain_diploma", "quiero validar mi titulo de enfermera", "recognise my diploma as a nurse"),
    ("domain_transport", "no tengo para el pasaje", "i need a bus ticket"),
    ("domain_digital", "quiero aprender computacion", "teach me computer skills"),
    ("domain_digital", "donde hay wifi", "where is free wifi"),
    ("domain_culture", "necesito orientacion cultural", "how things work here"),
    ("domain_leisure", "un equipo de futbol o deporte", "i want to do sport"),
    ("domain_newcomer", "acabo de llegar, por donde empiezo", "i just arrived, where do i start"),
    ("domain_hate", "me insultan por ser extranjera", "report racism"),
    ("domain_safety", "me robaron en la calle", "i was robbed"),
    ("domain_detention", "mi hermano esta detenido", "my brother is detained"),
    ("housing", "busco un cuarto para alquilar", "a room to rent"),
    ("work_skills", "busco trabajo", "looking for a job"),
    ("language_classes", "curso de ingles", "english classes"),
    ("school_education", "inscribir en la escuela", "enrol in school"),
    ("debt_money", "tengo una deuda", "i am in debt"),
    ("family_tracing", "busco a mi hermano desaparecido", "i lost contact, find my brother"),
    ("peer_groups_community", "quiero conocer gente", "i want to meet people"),
    ("volunteer", "quiero ser voluntario", "i want to volunteer"),
    ("legal_asylum_aid", "necesito un abogado", "i need a lawyer"),
    ("food_basic_needs", "tengo hambre", "i am hungry"),
]
KINDS = {**TOPICS, **DOMAINS}


@cache
def concepts() -> Concepts:
    return read_concepts(ROOT / "data" / "concepts", ("es", "en"))


@pytest.mark.parametrize(("topic", "spanish", "english"), PHRASES)
def test_a_phrase_names_a_kind_of_its_domain(topic: str, spanish: str, english: str) -> None:
    for language, text in (("es", spanish), ("en", english)):
        words = words_of(text)
        hits = concepts().find(words, language)
        codes = find_codes(len(words), hits, concepts().entities, Whereabouts()).codes
        assert codes.get("kind") in KINDS[topic][0], f"{text}: {dict(codes)}"


def test_every_domain_has_a_phrase() -> None:
    assert set(DOMAINS) <= {topic for topic, _, _ in PHRASES}
