"""Squares of the map as codes, so that an index of codes finds what is near.

Where filters go together seldom, neither way is quick alone: from near to far there is much to
pass by, and all that fits is much to measure. With the squares around somebody among the codes,
only what fits *and* is near is measured; a wider circle follows where that is not enough.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from directory.great_circle import EARTH_RADIUS, Box, Point, boxes
from directory.search_tokens import any_of

RADII = (25e3, 50e3, 100e3, 180e3, 300e3, 500e3, 800e3)  # metres, of circles to look in
WIDTHS = (0.5, 2.0, 8.0)  # degrees, of the squares that every point has a code of
_SMALLEST = WIDTHS[0]
# Smallest squares to the west and the south of Greenwich and the equator; at least 180 and 90
# degrees, and as many as a largest square begins at.
_COLUMNS, _LINES = 368, 192
_MOST = 24  # squares that are asked for at once


def cells_of(longitude: float, latitude: float) -> list[str]:
    """Return the codes of the squares that a point is in, one of each width."""
    return [_code(width, *_square(width, longitude, latitude)) for width in WIDTHS]


@dataclass(frozen=True)
class Cells:
    """Squares around somebody.

    Attributes:
        codes: Their codes; none where they would be too many.
        metres: Everything within this distance is in them.
    """

    codes: tuple[str, ...]
    metres: float

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """From which number of a smallest square to which these lie, the last left out."""
        found: list[tuple[int, int]] = []
        for first, last in sorted(map(_range, self.codes)):
            if found and found[-1][1] == first:
                first = found.pop()[0]  # noqa: PLW2901 -- goes on where the last one ended
            found.append((first, last))
        return found

    @property
    def query(self) -> str:
        """Any of them, as a ``tsquery``; empty where there are none."""
        return any_of(self.codes) if self.codes else ""


def square_of(longitude: float, latitude: float) -> int:
    """Return the number of the smallest square that a point is in, on a curve through them all.

    On Morton's curve the squares of a larger one follow each other (G. M. Morton, 1966).
    """
    column, line = _square(_SMALLEST, longitude, latitude)
    return _number(column, line)


def _range(code: str) -> tuple[int, int]:
    width, column, line = code[1:].split(":")
    times = int(float(width) / _SMALLEST)
    first = _number(int(column) * times, int(line) * times)
    return first, first + times * times


def _number(column: int, line: int) -> int:
    east, north = column + _COLUMNS, line + _LINES
    return sum((east >> i & 1) << 2 * i | (north >> i & 1) << 2 * i + 1 for i in range(10))


def cells_around(here: Point, metres: float) -> Cells:
    """Return the squares that a circle lies in.

    They are of the smallest width of which few squares are enough; near a pole of none.
    """
    around = boxes(here, metres)
    for width in WIDTHS:
        squares = sorted({one for box in around for one in _squares(width, box)})
        if len(squares) <= _MOST:
            far = max(metres, _clear(here, width, squares)) if len(around) == 1 else metres
            return Cells(tuple(_code(width, *one) for one in squares), far)
    return Cells((), math.inf)


def _clear(here: Point, width: float, squares: Sequence[tuple[int, int]]) -> float:
    """Return the metres to the nearest edge of a rectangle of squares around somebody."""
    (west, south), (east, north) = squares[0], squares[-1]
    lines = here.latitude - south * width, (north + 1) * width - here.latitude
    columns = here.longitude - west * width, (east + 1) * width - here.longitude
    # The nearest point of a meridian, as long as it is less than a quarter of the globe away.
    aside = math.cos(math.radians(here.latitude)) * math.sin(math.radians(min(*columns, 90.0)))
    nearest = min(math.radians(min(lines)), math.asin(aside))
    return max(0.0, nearest * EARTH_RADIUS - 1.0)


def _squares(width: float, box: Box) -> Iterator[tuple[int, int]]:
    west, south, east, north = box
    first, lowest = _square(width, west, south)
    last, highest = _square(width, east, north)
    if (last - first + 1) * (highest - lowest + 1) > _MOST:
        highest = lowest  # one more than can be asked for is enough to know
        last = max(last, first + _MOST)
    for column in range(first, last + 1):
        for line in range(lowest, highest + 1):
            yield column, line


def _square(width: float, longitude: float, latitude: float) -> tuple[int, int]:
    return math.floor(longitude / width), math.floor(latitude / width)


def _code(width: float, column: int, line: int) -> str:
    return f"g{width:g}:{column}:{line}"
