"""Rules of this house that no tool knows, each with lines that break it and lines that do not."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass

CODE = (
    *("wire/", "bot/", "actions/", "content/", "directory/", "delivery/", "channels/"),
    *("console/", "faro/"),
)
CLOCKS = ("content/clock.py", "directory/clock.py", "delivery/clock.py", "console/clock.py")
_LOGS = {"log", "_log", "logger", "_logger", "LOG"}
_LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "bind"}
_CONTENTS = {"text", "address", "body", "said", "token", "secret", "url"}
_READ_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today")}
_READ_CLOCK |= {("date", "today"), ("time", "time"), ("time", "time_ns")}
_IGNORE = re.compile(r"type:\s*ignore")
_REASONED = re.compile(r"type:\s*ignore\[[\w, -]+\]\s*(?:#|--)\s*\w+")
_EMPTY_NAMES = re.compile(r"(?:utils?|helpers?|common|managers?|misc)", re.IGNORECASE)
_EMPTY_ENDS = re.compile(r"(?:Utils?|Helpers?|Common|Manager)$")


@dataclass(frozen=True)
class Rule:
    """Attributes:
    name: What must not be, as a sentence.
    applies: Whether it holds for a file, named as from the root.
    find: The lines of a source that break it.
    bad: Sources that break it.
    good: Sources that come close and do not.
    """

    name: str
    applies: Callable[[str], bool]
    find: Callable[[str], Iterator[int]]
    bad: tuple[str, ...]
    good: tuple[str, ...]


def _log_contents(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in _LEVELS
            and _last_name(node.func.value) in _LOGS
            and any(keyword.arg in _CONTENTS for keyword in node.keywords)
        ):
            yield node.lineno


def _request_address(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"url", "base_url"}
            and _last_name(node.value) == "request"
        ):
            yield node.lineno


def _empty_names(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and _EMPTY_ENDS.search(node.name):
            yield node.lineno


def _ignored_without_reason(source: str) -> Iterator[int]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or not _IGNORE.search(token.string):
            continue
        if not _REASONED.search(token.string):
            yield token.start[0]


def _prints(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _is_print(node.func):
            yield node.lineno


def _clock(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and _reads_clock(node):
            yield node.lineno


def _imports(root: str) -> Callable[[str], Iterator[int]]:
    def find(source: str) -> Iterator[int]:
        for node in ast.walk(ast.parse(source)):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            if any(name.partition(".")[0] == root for name in names):
                yield node.lineno

    return find


def _is_print(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "print"


def _reads_clock(node: ast.Attribute) -> bool:
    return (_last_name(node.value), node.attr) in _READ_CLOCK


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def has_empty_name(path: str) -> bool:
    """Return whether a folder or module is named after nothing in particular."""
    parts = path.removesuffix(".py").split("/")
    return any(_EMPTY_NAMES.fullmatch(part) for part in parts)


RULES = (
    Rule(
        "a log line holds no text, address or secret",
        lambda path: path.startswith(CODE),
        _log_contents,
        bad=('log.info("arrived", text=inbound.text)', 'self._log.error("no", address=to)'),
        good=('log.info("arrived", channel="sms")', "Inbound(text=text, address=to)"),
    ),
    Rule(
        "an address that is signed never comes from the request",
        lambda path: path.startswith(("channels/", "console/")),
        _request_address,
        bad=("url = str(request.url)", "verify(self.request.base_url)"),
        good=("url = self._public_url + arrival.path", "self._client.url"),
    ),
    Rule(
        "no class is called manager, helper or utils",
        lambda _: True,
        _empty_names,
        bad=("class ChannelManager: ...", "class TextUtils: ..."),
        good=("class Gateway: ...", "manager = app.job_manager"),
    ),
    Rule(
        "every type: ignore names its error and says why",
        lambda _: True,
        _ignored_without_reason,
        bad=("x = y  # type: ignore", "x = y  # type: ignore[misc]"),
        good=("x = y  # type: ignore[misc]  # Rasa's own signature", 'x = "# type: ignore"'),
    ),
    Rule(
        "only the command line prints",
        lambda path: path.startswith(CODE) and not path.startswith("faro/"),
        _prints,
        bad=('print("hello")',),
        good=("sys.stderr.write(line)", "self.print(line)"),
    ),
    Rule(
        "time is passed in",
        lambda path: (
            path.startswith(("content/", "directory/", "delivery/", "console/"))
            and path not in CLOCKS
        ),
        _clock,
        bad=(
            "now = datetime.now(UTC)",
            "at = time.time()",
            "datetime.date.today()",
            "f(date.today)",
        ),
        good=("began = time.monotonic()", "seen_at = func.now()", "def now() -> datetime: ..."),
    ),
    Rule(
        "Telegram's library stays in its folder",
        lambda path: path.startswith(CODE) and not path.startswith("channels/telegram/"),
        _imports("telegram"),
        bad=("import telegram", "from telegram.error import TelegramError"),
        good=("from channels.telegram.adapter import Telegram", "from . import telegram"),
    ),
    Rule(
        "Twilio's library stays in its folder",
        lambda path: path.startswith(CODE) and not path.startswith("channels/twilio/"),
        _imports("twilio"),
        bad=("from twilio.rest import Client", "import twilio.rest as rest"),
        good=("from channels.twilio.adapter import Twilio",),
    ),
)
