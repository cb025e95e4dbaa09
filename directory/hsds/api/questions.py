"""What can be asked of the API: the parameters of HSDS, and those of our profile."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

MOST_PER_PAGE = 100
MOST_PAGES = 100_000  # further pages exist for nobody, and cost as much as all before them
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=100)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
FARTHEST = 100_000  # metres from the places with a postcode
Postcode = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=2, max_length=16, pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$"
    ),
]
_POSTCODE = (
    "Services at places with this postal code. Who asks for a person asks POST /services instead,"
    " so that no address tells where they are."
)
_PROXIMITY = (
    "Metres: services at places within this distance of those known with the postcode instead. Of a"
    " place of which only the town is known the middle of the town counts."
)
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Tag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
# A UUID, or whatever id a file of others brought.
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Asked(BaseModel):
    """Refuses what it does not know, so that a misspelt filter never means no filter."""

    model_config = ConfigDict(extra="forbid")


class Paged(Asked):
    """A page of a list; the first is 1."""

    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1
    per_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = 20
    format: Literal["json"] = "json"

    @property
    def offset(self) -> int:
        """How many entities stand on the pages before."""
        return (self.page - 1) * self.per_page


class Searched(Paged):
    """A list that words narrow down."""

    search: Words | None = None


class Services(Searched):
    """Filters of ``/services``; all of them have to fit."""

    taxonomy_term_id: Identifier | None = None
    taxonomy_id: Identifier | None = None
    organization_id: Identifier | None = None
    modified_after: datetime | None = None
    minimal: bool = False
    full: bool = False


class AtLocations(Searched):
    """Filters of ``/service_at_locations``."""

    taxonomy_term_id: Identifier | None = None
    taxonomy_id: Identifier | None = None
    organization_id: Identifier | None = None
    modified_after: datetime | None = None
    full: bool = False
    postcode: Annotated[Postcode, Field(description=_POSTCODE)] | None = None
    proximity: Annotated[float, Field(gt=0, le=FARTHEST, description=_PROXIMITY)] | None = None

    @model_validator(mode="after")
    def _from_somewhere(self) -> Self:
        if self.proximity is not None and self.postcode is None:
            raise ValueError("proximity is a distance from a postcode: name one")
        return self


class Organizations(Searched):
    """Filters of ``/organizations``."""

    full_service: bool = False
    full: bool = False


class Terms(Searched):
    """Filters of ``/taxonomy_terms``."""

    taxonomy_id: Identifier | None = None
    top_only: bool = False
    parent_id: Identifier | None = None


class Point(Asked):
    """Where somebody is, in degrees (WGS 84)."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Wanted(Asked):
    """What is looked for near somebody: only ever sent by POST, so that no log keeps it.

    Codes are those of the profile. Of several kinds or layers one has to fit.
    """

    near: Point | None = None
    city: Annotated[int, Field(ge=1, description="A city's number in GeoNames")] | None = None
    country: Country | None = None
    kinds: Annotated[list[Code], Field(max_length=20)] = []
    layers: Annotated[list[Code], Field(max_length=6)] = []
    audience: Code | None = None
    legal_status: Code | None = None
    language: Tag | None = None
    cost: Code | None = None
    open_now: bool = False
    accessibility: Annotated[list[Code], Field(max_length=10)] = []
    remote: bool | None = None
    per_page: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = 20
