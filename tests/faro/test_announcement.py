"""How commands find a Faro that runs."""

from __future__ import annotations

import os
import stat

import pytest

from faro.announcement import Announcement, announce, read_announcement, withdraw


@pytest.fixture
def path(tmp_path):
    return tmp_path / "run" / "faro.json"


@pytest.fixture
def announcement(tmp_path) -> Announcement:
    token = tmp_path / "token"
    token.write_text("t0ken\n", encoding="utf-8")
    return Announcement(os.getpid(), 5005, str(token), "postgresql://u:pw@/faro?host=/s")


def test_what_was_announced_is_read(path, announcement):
    announce(announcement, path)
    assert read_announcement(path) == announcement
    withdraw(path)
    assert read_announcement(path) is None
    withdraw(path)


def test_only_its_owner_can_read_it(path, announcement):
    announce(announcement, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": 1}'])
def test_what_cannot_be_read_is_nothing(path, text):
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert read_announcement(path) is None


def test_the_token_stays_in_its_file(path, announcement):
    announce(announcement, path)
    assert "t0ken" not in path.read_text(encoding="utf-8")
    assert announcement.read_token() == "t0ken"
    assert "pw" not in repr(announcement)


def test_a_token_that_cannot_be_read_is_none(announcement):
    assert Announcement(1, 2, "/no/such/file", "").read_token() is None
