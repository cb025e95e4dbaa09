"""The list of fields is the list of fields: both databases are compared with it."""

from __future__ import annotations

import psycopg
import pytest
from simulators.keys_database import made_keys_database

from delivery.database import conninfo
from faro.kept import (
    PAGE,
    directory_tables,
    kept_fields,
    kept_page,
    operator_fields,
    protection,
    unexplained,
)

_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
)


def columns_of(url):
    """Return the columns of a database, by table."""
    found: dict[str, set[str]] = {}
    with psycopg.connect(conninfo(url)) as connection:
        for table, column in connection.execute(_COLUMNS):
            found.setdefault(table, set()).add(column)
    return found


def test_the_page_is_what_the_tables_say():
    assert PAGE.read_text(encoding="utf-8") == kept_page(), "run faro what-we-keep --write"


def test_every_field_of_both_databases_stands_in_the_list_and_no_other(database_url):
    found = columns_of(database_url)
    directory = {name: found.pop(name) for name in directory_tables() if "." not in name}
    assert directory
    operators = {name: found.pop(name) for name in operator_fields() if name in found}
    assert operators == {name: set(operator_fields()[name]) for name in operators}
    assert {"audit", "revision"} <= set(operators)
    found |= columns_of(made_keys_database(database_url))
    assert found == {table: set(fields) for table, fields in kept_fields().items()}


def test_of_every_field_something_is_said():
    assert unexplained() == []


def test_whatever_can_hold_a_persons_words_or_address_is_sealed():
    assert {
        f"{table}.{name}"
        for table, fields in kept_fields().items()
        for name, said in fields.items()
        if protection(said) == "sealed"
    } >= {
        "conversation.address", "conversation.state", "conversation.offers", "conversation.own",
        "inbox.said", "outbox.body", "conversation_key.key", "provider_copy.reference",
        "resume_code.state",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "how"),
    [("sealed: x", "sealed"), ("pseudonym of x", "keyed hash"), ("keyed hash of x", "keyed hash")],
)
def test_a_comment_says_how_a_field_is_protected(comment, how):
    assert protection(comment) == how
    assert protection(f"about {comment}") == "plain"
