"""Being seen at a case, and taking the next one so that no two seats take the same."""

from collections.abc import Mapping, Sequence

from console.domain.presence import Doing
from console.storage import presence
from console.storage.unit import Unit


def attend(unit: Unit, seat: str, doing: Mapping[int, Doing], *, by: str) -> None:
    """Say at which cases this seat is, by id, and what it does there; nowhere where it is empty."""
    presence.attend(unit.connection, seat, by, doing)


def claim(
    unit: Unit, seat: str, candidates: Sequence[int], kept: Mapping[int, Doing], *, by: str
) -> int | None:
    """Take the first of `candidates` that no other seat works on, besides what is `kept`; None: none is free.

    Writers take turns, so of two seats that ask at once the second sees what the first has taken.
    """
    own = [case_id for case_id in candidates if case_id not in kept]
    found = presence.first_free(unit.connection, seat, own)
    taken = dict(kept) if found is None else {**kept, found: Doing.TRIAGE}
    presence.attend(unit.connection, seat, by, taken)
    return found
