"""Ways a request can be wrong before it is a message."""

from __future__ import annotations


class ForgedRequestError(Exception):
    """A webhook request that did not come from the provider it claims."""


class MalformedRequestError(Exception):
    """A genuine request without a field that the provider always sends. Names fields only."""
