"""Waiting for what will be so, while the window lives on."""

import time
from collections.abc import Callable

from PySide6.QtTest import QTest

WITHIN_S = 60.0  # for a machine that others work on: only what never comes is waited for so long
OPENING_S = 120.0  # a cold start of the browser on a machine that others work on
_TURN_MS = 5


class NotInTimeError(AssertionError):
    """What was waited for did not come."""


def until(
    holds: Callable[[], object], what: str | Callable[[], str] = "", within_s: float = WITHIN_S
) -> None:
    """Wait until it holds. Raises NotInTimeError, with `what` in words, when it does not within the time.

    `what` may be asked for at the end, where only then it is known what was in the way.
    """
    end = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > end:
            told = what if isinstance(what, str) else what()
            raise NotInTimeError(f"not within {within_s:g} s: {told or holds}")
        QTest.qWait(_TURN_MS)
