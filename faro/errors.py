"""What can go wrong on the command line, told to the person who can mend it."""

from __future__ import annotations


class FaroError(Exception):
    """A problem and what to do next. Never holds what a person wrote, nor a secret."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep one sentence each, without their full stops."""
        super().__init__(f"{problem}. {remedy}.")
        self.problem = problem
        self.remedy = remedy
