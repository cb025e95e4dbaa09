"""Two libraries' opinion on a language, restricted to the languages that are switched on.

Both are loaded when they are first needed, once for all enabled languages. Measured on 18
languages: lingua names 84 % of single words, langdetect 70 % when its profiles are restricted and
60 % when they are not. What they add to our own words: ``bench/results/language.json``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from lingua import Language as LinguaLanguage
from lingua import LanguageDetectorBuilder

from bot.understanding.languages import Language

_TRIALS = 2  # of langdetect's sampling, of 7: a second voice need not be exact, and must be quick


def lingua_guess(text: str, languages: Sequence[Language]) -> dict[str, float]:
    """Return lingua's probability of each language that it knows; {} when it has no choice."""
    names = {language.lingua: language.tag for language in languages if language.lingua}
    if len(names) < 2:  # noqa: PLR2004  # lingua compares two at least
        return {}
    return {names[name]: value for name, value in _lingua(tuple(sorted(names)))(text) if value}


def langdetect_guess(text: str, languages: Sequence[Language]) -> dict[str, float]:
    """Return langdetect's probability of each language that it finds likely."""
    factory = _langdetect(tuple(language.tag for language in languages))
    if factory is None:
        return {}
    try:
        detector = factory.create()
        detector.n_trial = _TRIALS
        detector.append(text)
        return {found.lang: found.prob for found in detector.get_probabilities()}
    except LangDetectException:  # no letter that its profiles know
        return {}


@functools.lru_cache(maxsize=2)
def _lingua(names: tuple[str, ...]) -> Callable[[str], list[tuple[str, float]]]:
    chosen = [getattr(LinguaLanguage, name) for name in names]
    # Low accuracy: 24 MB instead of 367 for 18 languages, and our own words decide short texts.
    built = LanguageDetectorBuilder.from_languages(*chosen).with_low_accuracy_mode().build()

    def ask(text: str) -> list[tuple[str, float]]:
        values = built.compute_language_confidence_values(text)
        return [(value.language.name, value.value) for value in values]

    return ask


@functools.lru_cache(maxsize=2)
def _langdetect(tags: tuple[str, ...]) -> DetectorFactory | None:
    files = [Path(PROFILES_DIRECTORY) / tag for tag in tags]
    profiles = [file.read_text("utf-8") for file in files if file.exists()]
    if len(profiles) < 2:  # noqa: PLR2004  # langdetect compares two at least
        return None
    factory = DetectorFactory()
    factory.set_seed(0)  # it samples; the same text gets the same answer
    factory.load_json_profile(profiles)
    return factory
