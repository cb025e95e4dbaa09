import logging
import subprocess
import sys

import pytest

from bot import process
from bot.quiet import WordlessFormatter

CANARY = "xilofono-amarillo-7391"


def test_a_log_line_tells_where_and_never_what():
    error = (ValueError, ValueError(CANARY), None)
    record = logging.LogRecord("rasa", 40, "f.py", 3, CANARY + " %s", (CANARY,), error)
    line = WordlessFormatter().format(record)
    assert CANARY not in line
    assert line == "ERROR rasa f:3 ValueError"


@pytest.mark.parametrize(
    "said",
    [
        f"import structlog; structlog.get_logger().error('processor.x', text='{CANARY}')",
        f"import structlog; structlog.get_logger().error('{CANARY}')",
        f"import logging; logging.getLogger('rasa').error('{CANARY}')",
        f"import warnings; warnings.warn('{CANARY}')",
        f"raise ValueError('{CANARY}')",
    ],
)
def test_nothing_that_is_logged_warned_or_raised_shows_words(said):
    code = f"from bot import process; process.prepare(); {said}"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=process.ROOT, capture_output=True, check=False)
    assert CANARY.encode() not in done.stdout + done.stderr


def test_telemetry_is_off():
    import rasa.telemetry  # noqa: PLC0415

    assert not rasa.telemetry.is_telemetry_enabled()
