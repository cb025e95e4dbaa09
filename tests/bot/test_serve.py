import os
import socket
import subprocess
import sys

import pytest

from bot import process
from bot.serve import SettingError, read_settings

SECRET = "s3cret-value-that-nobody-may-see"


def test_settings_come_from_the_environment_or_from_a_file(tmp_path):
    (tmp_path / "token").write_text(SECRET + "\n")
    settings = read_settings(
        {"FARO_DOOR_TOKEN_FILE": str(tmp_path / "token"), "FARO_DOOR_PORT": "8080"}
    )
    assert (settings.token, settings.port) == (SECRET, 8080)
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, "FARO_DOOR_TOKEN is not set"),
        ({"FARO_DOOR_TOKEN": " ", "FARO_DOOR_PORT": "1"}, "FARO_DOOR_TOKEN is not set"),
        ({"FARO_DOOR_TOKEN": SECRET}, "FARO_DOOR_PORT is not set"),
        ({"FARO_DOOR_TOKEN": SECRET, "FARO_DOOR_PORT": "99999"}, "FARO_DOOR_PORT is not a port"),
        ({"FARO_DOOR_TOKEN_FILE": "/nowhere", "FARO_DOOR_PORT": "1"}, "FARO_DOOR_TOKEN_FILE names"),
    ],
)
def test_a_missing_or_wrong_setting_is_named_and_its_value_never_shown(environ, named):
    with pytest.raises(SettingError, match=named) as caught:
        read_settings(environ)
    assert SECRET not in str(caught.value)


def started(**environ):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FARO_")}
    command = [sys.executable, "-m", "bot.serve"]
    return subprocess.run(
        command,
        cwd=process.ROOT,
        env={**environment, **environ},
        capture_output=True,
        check=False,
        timeout=60,
    )


def test_without_settings_it_leaves_with_one_sentence():
    done = started()
    assert done.returncode == 1
    assert done.stderr.decode() == "enclave: FARO_DOOR_TOKEN is not set\n"


def test_a_taken_port_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = started(FARO_DOOR_TOKEN=SECRET, FARO_DOOR_PORT=port)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert "taken" in done.stderr.decode()
    assert SECRET not in done.stderr.decode()


def test_a_model_that_cannot_be_loaded_stops_the_process(tmp_path):
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no model")
    code = (
        "import pathlib; from bot import serve, train;"
        f"train.MODEL = pathlib.Path({str(broken)!r}); serve.main()"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=process.ROOT, capture_output=True, check=False, timeout=60,
        env={**os.environ, "FARO_DOOR_TOKEN": SECRET, "FARO_DOOR_PORT": port},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.decode().startswith("enclave: the model cannot be loaded")
    assert done.stderr.decode().count("\n") == 1
