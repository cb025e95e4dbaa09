"""The handbook of a country: its whole pack, in one language."""

from __future__ import annotations

from content.handbook import chapters
from content.handbook.contents import Contents
from content.handbook.document import Document
from content.handbook.rights_chapter import rights
from content.handbook.services_chapter import services
from content.scene import Scene


async def handbook(scene: Scene, contents: Contents) -> Document:
    """Return the handbook of a country in the language of the scene."""
    labels = scene.labels
    return Document(
        kind="handbook",
        language=scene.language,
        title=labels.text("handbook.title", country=labels.country(contents.country.code)),
        opening=chapters.opening(scene, contents),
        sections=(
            chapters.numbers(scene, contents),
            await chapters.doors(scene, contents),
            rights(scene, contents),
            services(scene, contents),
            chapters.gaps(scene, contents),
            chapters.sources(scene, contents),
        ),
        closing=labels.text("card.calm"),
        contents=labels.text("handbook.contents"),
        skip=labels.text("handbook.skip"),
        numbers=contents.numbers,
    )
