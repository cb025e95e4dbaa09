"""``faro check``: tells what is wrong in packs, messages and training data."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from content.check_layers import check_layers
from content.check_overrides import check_overrides
from content.freshness import CHECK_AFTER
from content.messages import MessageFileError
from directory.pack_files import Fault, fault_of
from directory.pack_places import check_cities
from directory.yaml_lines import YamlError, read_yaml
from faro.checking import Packs, check_all_cards, check_packs, check_training
from faro.checking_words import check_words
from faro.root import DATA, PACKS, ROOT, shown
from faro.staleness import due
from faro.wordings import whole_messages


def command(
    packs: Annotated[
        Path | None, typer.Option(help="Check the packs in this folder, and nothing else.")
    ] = None,
    *,
    stale: Annotated[
        bool,
        typer.Option("--stale", help="List instead what somebody should look at again."),
    ] = False,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="With --stale: as if it were this day."),
    ] = None,
) -> None:
    """Check packs, messages and training data; needs no database.

    Prints each fault as `file:line: problem` and leaves with 1, else the counts. With --stale
    prints each entry whose next check is over, the longest overdue first; that is no fault.
    """
    if stale:
        print_stale(packs or PACKS, (today or datetime.now(UTC)).date())
        return
    checked, faults, short = check_everything() if packs is None else (*check_folder(packs), ())
    if short:  # no fault: where count and variety collide, variety wins
        print("\n".join(short), file=sys.stderr)
    if faults:
        print_faults(faults)
        raise typer.Exit(1)
    print(f"ok: {checked.summary()}")


def check_everything(root: Path = ROOT) -> tuple[Packs, list[Fault], tuple[str, ...]]:
    """Return the packs, what is wrong in them, the messages and the training data, and short cells.

    A short cell is an intent with fewer training messages than it should have in a language.

    Args:
        root: Holds ``data`` and ``domain``, and ``var/places.sqlite`` where it is compiled.
    """
    data = root / "data"
    checked, faults = check_folder(data / "packs", data)
    try:
        words = check_words(data)
        faults += words.faults
        print(words.summary, file=sys.stderr)
        messages = words.messages
        faults += check_all_cards(data, checked, messages)
        faults += check_layers(data / "triage", messages.everywhere)
        if not checked.faults:  # relies on the form of the packs
            towns = root / "var" / "places.sqlite"
            faults += check_cities(checked.read, data / "packs", towns)
    except (YamlError, MessageFileError) as error:
        faults.append(fault_of(error))
    training = check_training(data, root / "domain" / "intents.yml")
    return checked, [*faults, *training.faults], training.short


def print_stale(folder: Path, today: date) -> None:
    """Write what is due to standard output, and how much of how much to standard error."""
    checked, faults = check_folder(folder)
    if faults:
        print_faults(faults)
        raise typer.Exit(1)
    found = due(checked.read, today)
    print("\n".join(f"{shown(one.path)}:{one.line}: {one}" for one in found))
    total = sum(checked.count(part) for part in CHECK_AFTER)
    print(f"{len(found)} of {total} entries are due", file=sys.stderr)


def check_folder(folder: Path, data: Path = DATA) -> tuple[Packs, list[Fault]]:
    """Return the packs in a folder, and what is wrong in them.

    Args:
        folder: Holds the packs.
        data: Holds the messages and languages that they rely on.
    """
    try:
        messages = whole_messages(data)
        choices = frozenset[str](read_yaml(data / "messages" / "says.yml").data["choices"])
    except (YamlError, MessageFileError) as error:
        return Packs((), ()), [fault_of(error)]
    checked = check_packs(folder, messages.everywhere)
    faults = list(checked.faults)
    if not faults:  # overrides are read from packs whose form is right
        faults = check_overrides(checked.read, messages, choices)
    return checked, faults


def print_faults(faults: Iterable[Fault]) -> None:
    """Write each fault to standard output, and their number to standard error."""
    lines = [f"{shown(fault.path)}:{fault.line}: {fault.problem}" for fault in faults]
    print("\n".join(lines))
    print(f"{len(lines)} faults", file=sys.stderr)
