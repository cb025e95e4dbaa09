"""The life of a version: draft, review, published, retired. Nothing that was published is lost.

Four eyes: who wrote a version does not publish it, unless they say that they are alone, which the
audit keeps. A version that was made from an older one than what is published now is stale: it has
to be made again, so that nobody undoes a correction without seeing it.

The caller commits; each step is written into the audit in the same transaction.
"""

from __future__ import annotations

from directory.revisions.deciding import publish, publish_now, reject, retire
from directory.revisions.drafting import draft, edit, restore, submit
from directory.revisions.versions import State, history, waiting

__all__ = [
    "State",
    "draft",
    "edit",
    "history",
    "publish",
    "publish_now",
    "reject",
    "restore",
    "retire",
    "submit",
    "waiting",
]
