"""Our own failures: the tool could not do what it was asked (exit code 2).

What is wrong with somebody's card is never an exception but a `Finding`.
"""

from __future__ import annotations


class ModelcardError(Exception):
    """Root of every failure that this package raises on purpose.

    `message` says what went wrong and where; `hint` says what to do next.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnreadableInput(ModelcardError):
    """A path that was named cannot be read at all: absent, not permitted, not a file."""


class BadConfiguration(ModelcardError):
    """A configuration file, a baseline or an option asks for something that cannot be."""


class UnknownName(ModelcardError):
    """A rule, a format or a schema version that does not exist was asked for by name."""
