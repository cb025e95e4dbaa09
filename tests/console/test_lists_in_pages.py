"""Numbers in addresses lead to a page or to nothing, whatever somebody writes there."""

from __future__ import annotations

import pytest

from console.listed import page_of, whole

ROWS = [*range(53)]


@pytest.mark.parametrize(
    ("written", "number"),
    [("1", 1), ("007", 7), ("", None), ("-1", None), ("1.5", None), ("٣", None), ("²", None),
     ("9" * 400, None), (str(2**53), 2**53), (str(2**53 + 1), None)],
)  # fmt: skip
def test_a_number_is_read_only_where_it_can_name_something(written, number):
    assert whole(written) == number


@pytest.mark.parametrize(
    ("asked", "number", "first"),
    [("1", 1, 0), ("3", 3, 50), ("0", 1, 0), ("99", 3, 50), ("all", 1, 0), ("9" * 400, 1, 0)],
)
def test_a_page_beyond_the_list_is_its_first_or_last(asked, number, first):
    assert page_of(ROWS, asked, size=25) == (number, 3, ROWS[first : first + 25])


def test_a_list_without_rows_has_one_page():
    assert page_of([], "2", size=25) == (1, 1, [])


@pytest.mark.parametrize(
    "path",
    ["/listings?page={}", "/facts/rights?page={}", "/today?page={}", "/verification?page={}",
     "/audit?before={}", "/wordings/es?page={}"],
)  # fmt: skip
async def test_no_number_in_an_address_breaks_a_page(client_as, path):
    client = await client_as("admin")
    for number in ("9" * 25, "0", "-1", "x"):
        assert (await client.get(path.format(number))).status_code == 200
