"""Which messages would cost twice as many segments for a single letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from content.messages import Messages
from content.samples import filled
from delivery.gsm7 import spared
from delivery.segments import is_gsm7
from directory.pack_files import Fault


def check_sms(messages: Messages, languages: Sequence[str], folder: Path) -> Iterator[Fault]:
    """Yield messages in Latin letters that no variant without accents brings into GSM-7.

    Args:
        messages: All wordings.
        languages: Those written in Latin letters.
        folder: Holds the PO files.
    """
    for language in languages:
        for message in sorted(messages.ids(language)):
            wording = messages.wording(message, language)
            text = spared(filled(wording.text, language, {"distance": "3 km"}))
            if not is_gsm7(text):
                strange = "".join(sorted({letter for letter in text if not is_gsm7(letter)}))
                problem = f"{message}: {strange!r} doubles the segments of an SMS"
                yield Fault(folder / f"{language}.po", wording.line, problem)
