"""Errors as one line for a person at a terminal."""

from __future__ import annotations

import errno
import traceback

from delivery.errors import NoDecisionError
from directory.gazetteer import PlacesMissingError
from faro.door import DoorError
from faro.errors import FaroError
from faro.postgres import PostgresError

# Their messages are written for this; they hold no secret and no word of a person.
_WRITTEN_FOR_PEOPLE = (FaroError, PostgresError, PlacesMissingError)
_WRITTEN_FOR_PEOPLE_ELSEWHERE = frozenset({"MessageFileError", "SettingError", "YamlError"})
_RETRY = "Try again; if it happens again, run make train"


def told(error: BaseException) -> str:
    """Return what happened and what to do next, in one line."""
    if isinstance(error, _WRITTEN_FOR_PEOPLE) or _name(error) in _WRITTEN_FOR_PEOPLE_ELSEWHERE:
        return " ".join(str(error).split())
    if isinstance(error, (DoorError, NoDecisionError)):
        return f"{str(error).capitalize()}. {_RETRY}."
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "The disk is full. Free some space, then try again."
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Check the file and who may use it."
    if _name(error) in {"OperationalError", "InterfaceError"}:
        return "The database does not answer. Start it, or unset DATABASE_URL to use Faro's own."
    return f"Something is wrong in Faro itself ({_name(error)} {_place(error)}). Please report it."


def _name(error: BaseException) -> str:
    return type(error).__name__


def _place(error: BaseException) -> str:
    # File and line only: the message could quote what a person wrote.
    frames = traceback.extract_tb(error.__traceback__)
    return f"in {frames[-1].filename}:{frames[-1].lineno}" if frames else "in no known place"
