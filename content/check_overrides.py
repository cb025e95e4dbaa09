"""What can be wrong in the wordings and menus that packs and their regions bring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from content.messages import Messages, why_unfit
from directory.pack_files import Fault, PackFiles


def check_overrides(
    packs: Iterable[PackFiles], messages: Messages, choices: frozenset[str]
) -> list[Fault]:
    """Return what is wrong in the wordings and menus that packs and their regions bring.

    Args:
        packs: Packs whose form is right.
        messages: The messages they override.
        choices: The ids of choices that exist.
    """
    return [
        Fault(document.path, document.line(path), problem)
        for pack in packs
        for document in [pack.documents["pack"]]
        for where, part in _parts(document.data)
        for path, problem in _override_problems(where, part, messages, choices)
    ]


_Path = list[str | int]


def _parts(pack: Mapping[str, object]) -> Iterator[tuple[_Path, Mapping[str, object]]]:
    yield [], pack
    regions = pack.get("regions")
    if isinstance(regions, Mapping):
        for name, region in regions.items():
            yield ["regions", name], region


def _override_problems(
    where: _Path, part: Mapping[str, object], messages: Messages, choices: frozenset[str]
) -> Iterator[tuple[_Path, str]]:
    told = part.get("messages")
    for language, wordings in told.items() if isinstance(told, Mapping) else ():
        for message, text in wordings.items():
            path = [*where, "messages", language, message]
            if not messages.has(message, language):
                yield path, f"{message} is no message in {language}"
            elif problem := why_unfit(text, messages.wording(message, language).text):
                yield path, f"{message}: {problem}"
    menu = part.get("menu")
    for position, choice in enumerate(menu if isinstance(menu, list) else ()):
        if choice not in choices:
            yield [*where, "menu", position], f"{choice} is no choice"
