"""The embedded server: owned by one, private, clean, and never left behind."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from faro.postgres import NotOwnedError, Postgres, PostgresError
from faro.postgres_place import place_in, place_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder():
    made = Path(tempfile.gettempdir()) / f"faro-pg-{os.getpid()}-{time.monotonic_ns()}"
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def server(folder):
    made = Postgres(place_in(folder))
    yield made
    made.stop()


def modes_above(path):
    return {parent: parent.stat().st_mode for parent in [path, *path.parents] if parent.exists()}


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def owner_process(folder, then="time.sleep(60)"):
    code = (
        "import time, sys; from pathlib import Path; from faro.postgres import Postgres;"
        "from faro.postgres_place import place_in;"
        f"p = Postgres(place_in(Path({str(folder)!r}))); p.start(); print(p.pid(), flush=True); {then}"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    pid = int(process.stdout.readline())
    process.stdout.close()
    return process, pid


def test_it_starts_answers_keeps_its_data_and_stops(server):
    server.start()
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept (a int)")
    pid = server.pid()
    server.stop()
    assert server.pid() is None
    assert not Path(f"/proc/{pid}").exists()
    began = time.monotonic()
    server.start()
    assert time.monotonic() - began < 10
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_only_its_user_can_enter_and_it_listens_on_no_port(server):
    server.start()
    place = server.place
    for private in (place.data, place.sockets):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW log_statement").fetchone() == ("none",)
    if os.geteuid() == 0:
        assert place.data.stat().st_uid != 0
        assert Path(f"/proc/{server.pid()}").stat().st_uid != 0


def test_no_mode_above_the_checkout_and_of_the_wheel_changes(server):
    wheel = Path(sys.prefix)
    before = modes_above(ROOT) | modes_above(wheel) | modes_above(server.place.base.parent)
    accounts = Path("/etc/passwd").read_bytes()
    server.start()
    server.stop()
    after = modes_above(ROOT) | modes_above(wheel) | modes_above(server.place.base.parent)
    assert after == before
    assert Path("/etc/passwd").read_bytes() == accounts


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_is_told_no_secret_of_ours(server, monkeypatch):
    monkeypatch.setenv("TELEGRAM_TOKEN", "a-secret-token")
    server.start()
    assert b"a-secret-token" not in Path(f"/proc/{server.pid()}/environ").read_bytes()


def test_a_second_owner_is_refused(server, folder):
    process, _ = owner_process(folder)
    try:
        with pytest.raises(NotOwnedError):
            server.start()
    finally:
        process.kill()
        process.wait()


def test_what_a_killed_owner_left_is_taken_over_and_stopped_with_us(server, folder):
    process, left = owner_process(folder)
    process.kill()
    process.wait()
    assert Path(f"/proc/{left}").exists()
    server.start()
    assert server.pid() == left
    server.stop()
    assert not is_alive(left)


def test_after_a_killed_owner_and_a_killed_server_it_repairs_itself(server, folder):
    process, left = owner_process(folder)
    with psycopg.connect(Postgres(place_in(folder)).url()) as connection:
        connection.execute("CREATE TABLE kept (a int)")
    os.kill(left, signal.SIGKILL)
    process.kill()
    process.wait()
    time.sleep(0.5)
    server.start()
    with psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_server_that_died_is_started_again(server):
    server.start()
    os.kill(server.pid(), signal.SIGKILL)
    time.sleep(0.5)
    assert server.pid() is None
    server.restart()
    assert server.is_running()


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(folder):
    folder.write_text("a file in the way")
    try:
        with pytest.raises(PostgresError, match="DATABASE_URL"):
            Postgres(place_in(folder)).start()
    finally:
        folder.unlink()


def test_a_checkout_in_a_very_long_folder_still_has_a_socket(folder):
    place = place_in(folder / ("x" * 100))
    assert len(str(place.sockets)) < 100


def test_the_place_of_a_checkout_depends_on_who_we_are():
    place = place_of(ROOT)
    assert place.base.is_relative_to("/var/lib/faro" if os.geteuid() == 0 else ROOT / "var")


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_it_runs_for_an_ordinary_user_too():
    home = Path(tempfile.mkdtemp(prefix="faro-home-"))
    os.chown(home, 65534, 65534)
    code = (
        "import sys, tempfile; from pathlib import Path; from faro.postgres import Postgres;"
        "from faro.postgres_place import place_in;"
        f"p = Postgres(place_in(Path({str(home / 'pg')!r}))); p.start(); print(p.is_running()); p.stop()"
    )
    try:
        reachable = Path(sys.executable).stat().st_mode & 0o005 and all(
            parent.stat().st_mode & 0o001 for parent in Path(sys.executable).resolve().parents
        )
        if not reachable:
            pytest.skip("this interpreter stands where an ordinary user cannot read it")
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, user=65534, group=65534, extra_groups=[],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout == "True\n"
    finally:
        shutil.rmtree(home)
