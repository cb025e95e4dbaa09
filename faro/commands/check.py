"""``faro check``: tells what is wrong in packs, messages and training data."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from content.messages import MessageFileError
from directory.pack_files import Fault
from directory.yaml_lines import YamlError
from faro.checking import Packs, check_packs, check_training, enabled_languages, fault_of
from faro.root import MESSAGES, PACKS, ROOT, shown
from faro.wordings import check_wordings, has_message_everywhere


def command(
    packs: Annotated[
        Path | None, typer.Option(help="Check the packs in this folder, and nothing else.")
    ] = None,
) -> None:
    """Check packs, messages and training data; needs no database.

    Prints each fault as `file:line: problem` and leaves with 1, else the counts.
    """
    checked, faults = check_everything() if packs is None else check_folder(packs)
    if faults:
        print_faults(faults)
        raise typer.Exit(1)
    print(f"ok: {checked.summary()}")


def check_everything() -> tuple[Packs, list[Fault]]:
    """Return the packs, and what is wrong in them, the messages and the training data."""
    checked, faults = check_folder(PACKS)
    try:
        faults += check_wordings(MESSAGES, enabled_languages(ROOT / "data" / "languages.yml"))
    except YamlError as error:
        faults.append(fault_of(error))
    return checked, faults + check_training(ROOT / "data", ROOT / "domain" / "intents.yml")


def check_folder(folder: Path) -> tuple[Packs, list[Fault]]:
    """Return the packs in a folder, and what is wrong in them."""
    try:
        has_message = has_message_everywhere()
    except (YamlError, MessageFileError) as error:
        return Packs((), ()), [fault_of(error)]
    checked = check_packs(folder, has_message)
    return checked, list(checked.faults)


def print_faults(faults: Iterable[Fault]) -> None:
    """Write each fault to standard output, and their number to standard error."""
    lines = [f"{shown(fault.path)}:{fault.line}: {fault.problem}" for fault in faults]
    print("\n".join(lines))
    print(f"{len(lines)} faults", file=sys.stderr)
