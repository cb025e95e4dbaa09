"""How a service is reached: all that is told of a place that must not be found."""

from __future__ import annotations

from content.scene import Scene
from directory.listing import Listing


def reach(scene: Scene, found: Listing) -> tuple[str, ...]:
    """Return the telephone numbers and the way in of a service, a line each."""
    labels, body = scene.labels, found.body
    said = []
    if phones := [str(phone["number"]) for phone in body["phones"]]:
        said.append(labels.text("services.phone", numbers=", ".join(phones)))
    if whatsapp := [str(number["number"]) for number in body["whatsapp"]]:
        said.append(labels.text("services.whatsapp", numbers=", ".join(whatsapp)))
    if body["way_in"]:
        ways = labels.each("way_in", body["way_in"], style="or")
        said.append(labels.text("services.way_in", ways=ways))
    return tuple(said)
