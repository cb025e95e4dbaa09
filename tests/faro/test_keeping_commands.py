"""``faro retention``, ``faro rotate-keys`` and ``faro what-we-keep``, as an operator runs them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from simulators.checkout import Checkout, copied_checkout

from faro.kept import kept_page
from faro.own_databases import own_servers

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    with copied_checkout(tmp_path_factory.mktemp("keeping")) as made:
        yield made


def change(checkout: Checkout, statement: str) -> None:
    server = own_servers(checkout.root)["DATABASE_URL"]
    server.start()
    try:
        with psycopg.connect(server.url()) as connection:
            connection.execute(statement.encode())
    finally:
        server.stop()


def test_retention_tells_every_table_and_what_is_overdue(checkout):
    told = checkout.command("retention", "--json")
    assert told.returncode == 0, told.stderr
    ages = [json.loads(line) for line in told.stdout.splitlines()]
    assert {"conversation", "inbox", "outbox", "conversation_key"} <= {a["table"] for a in ages}
    assert not any(age["overdue"] for age in ages)
    change(checkout, "INSERT INTO seen (provider_key, at) VALUES ('x', now() - interval '9 days')")
    told = checkout.command("retention")
    assert told.returncode == 1
    assert [line.split()[0] for line in told.stdout.splitlines() if "OVERDUE" in line] == ["seen"]
    change(checkout, "DELETE FROM seen")


def test_keys_are_rotated_and_the_old_one_goes(checkout):
    ring = checkout.root / "var" / "secrets" / "faro_seal_keys"
    first = checkout.command("rotate-keys")
    assert first.returncode == 0, first.stderr
    assert "Key k2 seals" in first.stdout
    assert "Without use: k1" in first.stdout
    written = ring.read_text(encoding="ascii")
    assert written.startswith("k2:")
    assert "," not in written
    assert written.partition(":")[2] not in first.stdout + first.stderr


def test_what_we_keep_prints_the_document(checkout):
    assert checkout.command("what-we-keep").stdout == kept_page()


def test_the_folder_of_the_keys_tells_backup_programs_to_leave_it_out(checkout):
    checkout.command("retention")
    keys = own_servers(checkout.root)["KEYS_DATABASE_URL"].place.base
    tag = (keys / "CACHEDIR.TAG").read_text(encoding="ascii")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert keys != Path(own_servers(checkout.root)["DATABASE_URL"].place.base)
