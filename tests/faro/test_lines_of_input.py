"""Standard input is read as it comes and never keeps the program from ending."""

from __future__ import annotations

import asyncio
import os

from faro.lines import Line, read_lines


async def read(*chunks: bytes) -> list[Line]:
    reader, writer = os.pipe()
    for chunk in chunks:
        os.write(writer, chunk)
    os.close(writer)
    lines = [line async for some in read_lines(reader) for line in some]
    os.close(reader)
    return lines


async def test_lines_are_numbered_from_one():
    assert await read(b"a\nb\n", b"c") == [Line(1, b"a"), Line(2, b"b"), Line(3, b"c")]


async def test_a_line_may_come_in_pieces():
    assert await read(b"tengo ", b"miedo\n") == [Line(1, b"tengo miedo")]


async def test_nothing_gives_no_line():
    assert await read() == []


async def test_windows_line_ends_and_byte_order_marks_are_no_part_of_a_line():
    assert [line.raw for line in await read(b"\xef\xbb\xbfa\r\nb\r\n")] == [b"a", b"b"]


async def test_a_line_comes_before_the_next_one_was_written():
    reader, writer = os.pipe()
    lines = read_lines(reader)
    os.write(writer, b"first\n")
    assert await asyncio.wait_for(anext(lines), 5) == [Line(1, b"first")]
    os.close(writer)


def test_a_line_is_not_in_its_repr():
    assert "miedo" not in repr(Line(1, b"tengo miedo"))
