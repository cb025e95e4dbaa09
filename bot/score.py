"""Measures the understanding on the held-back messages: ``python -m bot.score``.

Prints a table; with ``--renew`` keeps it in ``data/held-back/scores.json``; with ``--check``
leaves with 1 when a figure has fallen by more than a point since.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot import process
from bot.figures import FIGURES, Figures, Share, fallen, of_messages, of_places
from bot.held_back import Labelled, Placed, read_labelled, read_placed
from bot.progress import tell

FOLDER = process.ROOT / "data" / "held-back"
SCORES = FOLDER / "scores.json"
MOST_FALLEN = 0.01
_AT_ONCE = 200  # messages
_enclave: Any = None  # of this process and of those that it forks


def main(arguments: list[str] | None = None) -> None:
    """Measure, print, and keep or compare."""
    parser = argparse.ArgumentParser(prog="python -m bot.score", description=__doc__)
    parser.add_argument("languages", nargs="*", help="tags; all that are switched on, if none")
    parser.add_argument("--renew", action="store_true", help="keep the figures")
    parser.add_argument("--check", action="store_true", help="fail when a figure has fallen")
    parser.add_argument("--model", type=Path, help="another model than this checkout's")
    parser.add_argument("--wrong", type=Path, help="write what was misunderstood to this file")
    options = parser.parse_args(arguments)
    process.prepare()
    scores = measured(_model(options.model), options.languages, options.wrong)
    sys.stdout.write("\n".join(table(scores)) + "\n")
    if options.renew:
        kept = {**read_scores(), **scores} if options.languages else scores
        SCORES.write_text(json.dumps(as_json(kept), indent=1, sort_keys=True) + "\n", "utf-8")
    if options.check and (worse := list(_worse(scores))):
        sys.stdout.write("\n".join(["fallen by more than a point:", *worse]) + "\n")
        raise SystemExit(1)


def measured(
    model: Path, languages: Sequence[str] = (), wrong: Path | None = None
) -> dict[str, Figures]:
    """Return the figures by language; ``all`` for all of them together."""
    from bot.components.knowledge import languages as enabled  # noqa: PLC0415  # imports spaCy
    from bot.enclave import Enclave  # noqa: PLC0415  # Rasa, only in a prepared process

    global _enclave  # noqa: PLW0603  # forked processes find the loaded model there
    tags = [lang.tag for lang in enabled() if not languages or lang.tag in languages]
    labelled, placed = read_labelled(FOLDER, tags), read_placed(FOLDER, tags)
    _enclave = Enclave(model, "actions")
    parsed = _parsed([*(m.text for m in labelled), *(p.text for p in placed)])
    pairs = list(zip(labelled, parsed, strict=False))
    places = list(zip(placed, parsed[len(labelled) :], strict=True))
    cities = {row: _cities(row) for row in placed}
    if wrong is not None:
        wrong.write_text("\n".join(_misunderstood(pairs, places, cities)) + "\n", "utf-8")
    scores: dict[str, Figures] = {}
    for name, group in {"all": tags, **{tag: [tag] for tag in tags}}.items():
        figures = of_messages([pair for pair in pairs if pair[0].language in group])
        figures |= of_places([pair for pair in places if pair[0].language in group], cities)
        if figures:
            scores[name] = figures
    return scores


def table(scores: Mapping[str, Figures]) -> Iterator[str]:
    """Yield the lines of a table: a figure a line, its share, 95 % interval and count."""
    for name, figures in scores.items():
        yield f"{name}"
        for figure, share in figures.items():
            low, high = share.interval()
            within = "" if figure == "ece" else f" {low:6.1%} to {high:6.1%}"
            yield f"  {FIGURES[figure][0]:38} {share.value:6.1%}{within}  n={share.of}"
    shown = ("first", "within_three", "danger", "alarm_ordinary", "alarm_hard", "language_clean")
    yield "  ".join(["language", *(f"{name:>14}" for name in (*shown, "country", "city"))])
    for name, figures in scores.items():
        cells = [figures.get(figure) for figure in (*shown, "country", "city")]
        told = (f"{cell.value:14.1%}" if cell else " " * 14 for cell in cells)
        yield "  ".join([f"{name:8}", *told])


def as_json(scores: Mapping[str, Figures]) -> dict[str, dict[str, dict[str, float]]]:
    """Return figures as they are kept."""
    return {
        name: {
            figure: {"value": round(share.value, 4), "of": share.of}
            for figure, share in figures.items()
        }
        for name, figures in scores.items()
    }


def read_scores() -> dict[str, Figures]:
    """Return the figures that were kept; {} when none were."""
    if not SCORES.exists():
        return {}
    written = json.loads(SCORES.read_text("utf-8"))
    return {
        name: {figure: Share(kept["value"], kept["of"]) for figure, kept in figures.items()}
        for name, figures in written.items()
    }


def _model(named: Path | None) -> Path:
    from bot import train  # noqa: PLC0415  # only when it is needed

    if named is None:
        train.main([])
    return named or train.MODEL


def _worse(scores: Mapping[str, Figures]) -> Iterator[str]:
    kept = read_scores()
    for name, figures in scores.items():
        yield from (f"{name}: {line}" for line in fallen(kept.get(name, {}), figures, MOST_FALLEN))


def _parsed(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return what the real pipeline understands of each message, on all cores."""
    parts = [texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE)]
    parsed: list[dict[str, Any]] = []
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        for part in pool.imap(_parse, parts):
            parsed += part
            tell(f"held-back: {len(parsed)} of {len(texts)} messages understood")
    return parsed


def _parse(texts: Sequence[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _enclave.parse(texts)
    return found


def _cities(row: Placed) -> frozenset[str]:
    """Return the ids of the places that a row's city may be."""
    from bot.components.entity_finder import EntityFinderComponent  # noqa: PLC0415  # Rasa
    from wire.normalise import normalise  # noqa: PLC0415

    gazetteer = _enclave._dialogue.component(EntityFinderComponent).gazetteer
    towns = gazetteer.towns(normalise(row.city)) if row.city else []
    return frozenset(town.id for town in towns if town.country == row.country)


def _misunderstood(
    pairs: Sequence[tuple[Labelled, Mapping[str, Any]]],
    places: Sequence[tuple[Placed, Mapping[str, Any]]],
    cities: Mapping[Placed, frozenset[str]],
) -> Iterator[str]:
    for message, parsed in pairs:
        if parsed["intent"] not in message.intents or parsed["language"] != message.language:
            told = (parsed["language"], parsed["intent"], parsed["confidence"], parsed["risk"])
            label = (message.language, message.intents[0], message.form, message.hard)
            yield "\t".join(str(part) for part in (*label, *told, message.text))
    for row, parsed in places:
        codes = parsed["entities"]
        if codes["country"] != row.country or (row.city and codes["city"] not in cities[row]):
            place = (row.language, "place", row.country, row.city, codes["country"], codes["city"])
            yield "\t".join(str(part) for part in (*place, row.text))


if __name__ == "__main__":
    process.fix_hash_seed("bot.score")
    main()
