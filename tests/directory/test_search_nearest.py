"""The nearest are those of true metres, wherever on the globe somebody stands."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Coroutine, Sequence
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.great_circle import Point, boxes, metres, reach_on_plane
from directory.search_cells import RADII, cells_around, cells_of, square_of
from directory.search_frequency import Frequencies
from directory.search_metres import Found
from directory.search_near import COPY_NEAR, near_lines
from directory.search_nearest import nearest
from directory.search_query import Condition
from directory.search_tokens import any_of, vector

# As if there were so many rows, of which each code has such a share.
WAYS = {
    "in all squares": Frequencies(),
    "all that fit": Frequencies(1e6, {}, 1e-4),
    "from near to far": Frequencies(1e6, {}, 1.0),
    "in squares around": Frequencies(1e5, {}, 0.1),
    "in squares around, then all that fit": Frequencies(1.2e5, {}, 0.05),
    "in squares around, then from near to far": Frequencies(1e6, {}, 0.01),
}
BOTH = (any_of(["k:even"]), any_of(["l:even", "l:other"]))  # two conditions
_Places = Sequence[tuple[float, float]]

latitudes = st.one_of(st.floats(-90, 90), st.floats(55, 90), st.floats(-90, -80))
longitudes = st.one_of(st.floats(-180, 180), st.floats(178, 180), st.floats(-180, -178))
somewhere = st.tuples(latitudes, longitudes)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[_Places, Point]:
    """Places of three sorts: anywhere, around the person, and many at the same point."""
    latitude, longitude = draw(somewhere)
    around = st.tuples(st.floats(-2, 2), st.floats(-2, 2))
    near = [
        (max(-90.0, min(90.0, latitude + north)), (longitude + east + 180) % 360 - 180)
        for north, east in draw(st.lists(around, max_size=25))
    ]
    crowd = [draw(somewhere)] * draw(st.integers(0, 60))
    if near and draw(st.booleans()):
        crowd = [near[0]] * len(crowd)
    return [*draw(st.lists(somewhere, max_size=60)), *near, *crowd], Point(latitude, longitude)


@pytest.fixture
def runner() -> Any:
    with asyncio.Runner() as running:
        yield running


def put(url: str, places: _Places) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE search_place, search_near, search_spot, service, pack CASCADE")
        connection.execute("INSERT INTO pack (country, digest, body) VALUES ('SV', '', '{}')")
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO service (id, country, ordinal, scope, kinds, layers, audience, status,"
                " confidence, protection, body) VALUES"
                " (%s, 'SV', 0, 'city', '{}', '{}', '{}', '{}', 'high', false, %s)",
                [(f"s{number:04d}", Jsonb({})) for number in range(len(places))],
            )
            cursor.executemany(
                "INSERT INTO search_place (service, position, country, scope, point, tokens,"
                " open_on_holidays) VALUES (%s, 0, 'SV', 'city', point(%s, %s), %s, false)",
                [
                    (
                        f"s{number:04d}",
                        longitude,
                        latitude,
                        vector([*codes(number), *cells_of(longitude, latitude)]),
                    )
                    for number, (latitude, longitude) in enumerate(places)
                ],
            )
            with cursor.copy(COPY_NEAR) as copy:
                for number, (latitude, longitude) in enumerate(places):
                    at = (longitude, latitude)
                    for line in near_lines(f"s{number:04d}", 0, at, codes(number)):
                        copy.write_row(line)
        connection.execute(
            "INSERT INTO search_spot SELECT point[0], point[1],"
            " array_to_tsvector(array_agg(DISTINCT code))"
            " FROM search_place, unnest(tsvector_to_array(tokens)) AS code GROUP BY 1, 2"
        )


def codes(number: int) -> list[str]:
    return ["k:even", "l:even"] if number % 2 == 0 else ["k:odd", "l:odd"]


async def found(url: str, condition: Condition, here: Point, way: Frequencies) -> list[Found]:
    engine = async_engine(url)
    try:
        async with AsyncSession(engine) as session:
            return await nearest(session, condition, here, 3, frequencies=way)
    finally:
        await engine.dispose()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    world=worlds(),
    condition=st.sampled_from(
        [Condition(codes, kinds=kinds) for codes in (BOTH[:1], BOTH) for kinds in ((), ("even",))]
        + [Condition()]
    ),
)
def test_the_nearest_three_are_those_of_a_full_scan_to_the_metre(
    database_url: str,
    runner: asyncio.Runner,
    way: Frequencies,
    world: tuple[_Places, Point],
    condition: Condition,
) -> None:
    places, here = world
    put(database_url, places)
    asking: Coroutine[Any, Any, list[Found]] = found(database_url, condition, here, way)
    told = runner.run(asking)
    every = sorted(
        metres(here, *place)
        for number, place in enumerate(places)
        if not condition.codes or number % 2 == 0
    )
    assert len({one.service for one in told}) == len(told) == min(3, len(every))
    for one, expected in zip(told, every, strict=False):
        assert abs(one.metres - expected) < 1
        assert abs(metres(here, *places[int(one.service[1:])]) - one.metres) < 1


@given(place=somewhere, other=somewhere)
@settings(deadline=None)
def test_a_circle_lies_within_its_boxes(
    place: tuple[float, float], other: tuple[float, float]
) -> None:
    here, (latitude, longitude) = Point(*place), other
    around = boxes(here, metres(here, latitude, longitude) + 0.01)
    assert any(
        west <= longitude <= east and south <= latitude <= north
        for west, south, east, north in around
    )


@given(
    place=somewhere, off=st.tuples(st.floats(-60, 60), st.floats(-170, 170)), part=st.floats(0, 1)
)
@settings(deadline=None, max_examples=500)
def test_a_circle_goes_no_further_on_the_plane_than_is_said(
    place: tuple[float, float], off: tuple[float, float], part: float
) -> None:
    here = Point(*place)
    latitude = max(-90.0, min(90.0, here.latitude + part * off[0]))
    longitude = max(-180.0, min(180.0, here.longitude + part * off[1]))
    far = math.hypot(latitude - here.latitude, longitude - here.longitude)
    assert far <= reach_on_plane(here, metres(here, latitude, longitude) + 0.01)


@given(
    place=somewhere,
    off=st.tuples(st.floats(-9, 9), st.floats(-9, 9)),
    radius=st.sampled_from(RADII),
)
@settings(deadline=None)
def test_what_is_within_a_circle_is_in_its_squares(
    place: tuple[float, float], off: tuple[float, float], radius: float
) -> None:
    here, degrees = Point(*place), radius / 400_000
    latitude = max(-90.0, min(90.0, here.latitude + off[0] * degrees))
    longitude = (here.longitude + off[1] * degrees + 180) % 360 - 180
    around = cells_around(here, radius)
    square = square_of(longitude, latitude)
    numbered = not around.ranges or any(a <= square < b for a, b in around.ranges)
    near = not around.codes or bool({*around.codes} & {*cells_of(longitude, latitude)})
    assert around.metres >= radius
    assert near or metres(here, latitude, longitude) > around.metres
    assert numbered == near


def test_what_is_no_point_on_the_globe_is_refused() -> None:
    with pytest.raises(ValueError, match="latitude"):
        Point(91, 0)
    with pytest.raises(ValueError, match="longitude"):
        Point(0, 180.5)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_a_crowd_at_one_point_does_not_hide_what_is_nearer(
    database_url: str, way: Frequencies
) -> None:
    # On the plane the crowd in the north is nearer; on the globe those to the east are.
    crowd = [(60.9, 20.0)] * 500
    put(database_url, [*crowd, (60.0, 21.2), (60.0, 21.3), (60.0, 21.4)])
    told = await found(database_url, Condition(), Point(60.0, 20.0), way)
    assert [one.service for one in told] == ["s0500", "s0501", "s0502"]
