"""Passing a case over in triage: it stays where it is, and who passed it over is kept."""

from datetime import datetime

from console.domain.errors import Refused
from console.domain.skip import Skip, SkipReason
from console.domain.text import cleaned
from console.services.steps import as_seen
from console.storage.skips import add_skip
from console.storage.unit import Unit


def skip_case(
    unit: Unit, code: str, reason: SkipReason, note: str = "", *, by: str, at: datetime, seen: int
) -> Skip:
    """Note that `by` leaves the case for later or for others.

    Raises Refused: `stale`, `no_such_case`, `needs_reason` where no reason of the list was meant.
    """
    case = as_seen(unit.cases.by_code(code), seen)
    words = cleaned(note).strip()
    if reason is SkipReason.OTHER and not words:
        raise Refused("needs_reason")
    skip = Skip(case.id, case.version, by, at, reason, words)
    add_skip(unit.connection, skip)
    return skip
