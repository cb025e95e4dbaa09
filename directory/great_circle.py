"""True distances on the globe, and what a distance is at most in degrees."""

from __future__ import annotations

import math
from dataclasses import dataclass

from directory.gazetteer import EARTH_RADIUS_KM

EARTH_RADIUS = EARTH_RADIUS_KM * 1000  # metres
_SLACK = 1e-9  # degrees, a tenth of a millimetre: what rounding may cost
_POLE, _OPPOSITE = 90.0, 180.0  # degrees: the poles, and the meridian opposite to Greenwich
Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Point:
    """A point in degrees (WGS 84)."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Raise ValueError for what is no point on the globe."""
        if abs(self.latitude) > _POLE or abs(self.longitude) > _OPPOSITE:
            raise ValueError("a latitude is within 90 degrees, a longitude within 180")


def metres(here: Point, latitude: float, longitude: float) -> float:
    """Return the great-circle distance between two points (haversine, mean radius)."""
    phi_a, phi_b = math.radians(here.latitude), math.radians(latitude)
    half = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a)
        * math.cos(phi_b)
        * math.sin(math.radians(longitude - here.longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def reach(here: Point, distance: float) -> tuple[float, float]:
    """Return how many degrees of latitude and of longitude a circle of metres goes at most."""
    angle = distance / EARTH_RADIUS
    north = math.degrees(angle) + _SLACK
    phi = math.radians(here.latitude)
    if abs(phi) + angle >= math.pi / 2 - 1e-9:  # a pole is inside: every longitude is
        return north, 360.0
    return north, math.degrees(math.asin(math.sin(angle) / math.cos(phi))) + _SLACK


def reach_on_plane(here: Point, distance: float) -> float:
    """Return how far a circle of metres goes at most where degrees lie on a plane, in degrees.

    With t of latitude and x of longitude to a point of the circle of angle r, hav(x) cos(phi)
    cos(phi + t) = hav(r) - hav(t) <= (r^2 - t^2) / 4. So x^2 + t^2 is largest at the latitude of
    ``here`` at the latest, where no latitude of the circle has a smaller cosine than K allows.
    """
    angle, phi = distance / EARTH_RADIUS, abs(math.radians(here.latitude))
    _, east = reach(here, distance)
    if east >= _OPPOSITE:
        return 2 * _OPPOSITE
    half = math.radians(east) / 2
    flat = math.sin(half) / half if half else 1.0  # what an arc of the longest is at least
    narrow = math.cos(phi) * math.cos(min(phi + angle, math.pi / 2))  # K
    return math.degrees(angle) / (flat * math.sqrt(narrow)) + _SLACK


def boxes(here: Point, distance: float) -> list[Box]:
    """Return boxes in degrees that a circle lies in: two where it goes over the 180th meridian."""
    north, east = reach(here, distance)
    south = max(-_POLE, here.latitude - north)
    top = min(_POLE, here.latitude + north)
    if east >= _OPPOSITE:
        return [(-_OPPOSITE, south, _OPPOSITE, top)]
    left, right = here.longitude - east, here.longitude + east
    found = [(max(left, -_OPPOSITE), south, min(right, _OPPOSITE), top)]
    if left < -_OPPOSITE:
        found.append((left + 360, south, _OPPOSITE, top))
    if right > _OPPOSITE:
        found.append((-_OPPOSITE, south, right - 360, top))
    return found
