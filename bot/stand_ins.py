"""Stand-ins for libraries that Rasa imports whatever it is asked to do.

Rasa 3.6 imports TensorFlow, the libraries of all its connectors and of all its stores
before it does anything. None of them is installed here (`bot/pyproject.toml`). A stand-in
satisfies an import and a class definition, and refuses every real use.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

# ``google.auth`` and never ``google``: other libraries share that namespace.
ABSENT = frozenset(
    {
        "aio_pika",
        "aiogram",
        "aiormq",
        "boto3",
        "botocore",
        "confluent_kafka",
        "fbmessenger",
        "google.auth",
        "google.oauth2",
        "keras",
        "mattermostwrapper",
        "pymongo",
        "redis",
        "rocketchat_API",
        "sentry_sdk",
        "sklearn_crfsuite",
        "skops",
        "slack_sdk",
        "socketio",
        "structlog_sentry",
        "tensorflow",
        "tensorflow_hub",
        "tensorflow_text",
        "twilio",
        "webexteamssdk",
    }
)


class StandInUsedError(ImportError):
    """Something called a library that is left out on purpose.

    An ImportError, because libraries with an optional use of TensorFlow (thinc) expect one.
    """


class _Named(type):
    """Makes every attribute of a stand-in a stand-in, so that ``tf.keras.Model`` is one."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__qualname__}.{name}", cls.__module__)

    def __or__(cls, _other: object) -> Any:  # annotations such as ``Tensor | None``
        return cls

    def __getitem__(cls, _item: object) -> type:  # and such as ``List[Tensor]``
        return cls


class StandIn(metaclass=_Named):
    """What every name in an absent library is: a base class that cannot be used."""

    def __new__(cls, *_args: object, **_values: object) -> NoReturn:
        """Refuse. Raises StandInUsedError."""
        raise StandInUsedError(f"{cls.__module__}.{cls.__qualname__} is left out of this bot")


class _Decorator(StandIn):
    """Stands in for ``tf.function``, which Rasa applies while it defines its classes."""

    def __new__(cls, *args: object, **_values: object) -> object:  # type: ignore[misc]  # a decorator
        if len(args) == 1 and callable(args[0]) and hasattr(args[0], "__code__"):
            return args[0]
        raise StandInUsedError(f"{cls.__module__}.{cls.__qualname__} is left out of this bot")


def _stand_in(name: str, module: str) -> type:
    base = _Decorator if (module, name) == ("tensorflow", "function") else StandIn
    return _Named(name.rpartition(".")[2], (base,), {"__module__": module, "__qualname__": name})


class StandInModule(ModuleType):
    """A module whose every name is a stand-in."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _stand_in(name, self.__name__)
        setattr(self, name, made)
        return made


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers the import of an absent library and of everything inside it."""

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        parts = fullname.split(".")
        if parts[0] in ABSENT or ".".join(parts[:2]) in ABSENT:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return StandInModule(spec.name, "Left out of this bot; see bot/stand_ins.py.")

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the names come into being when they are asked for."""


def register() -> None:
    """Answer imports of absent libraries from now on. Must run before Rasa is imported."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
