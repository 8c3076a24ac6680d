"""Applications: one waits at a time, until somebody decides or the case moves on without it."""

from typing import Any

from console.domain.acts.deed import Deed
from console.domain.flow import Goes

_NONE: dict[str, Any] = {"request": None, "asked_by": "", "asked_at": None, "asked_until": None}


def request_changes(deed: Deed) -> dict[str, Any]:
    """The pending application after a row that asks, answers, or makes what was asked pointless."""
    row = deed.row
    if row.asks is not None:
        return {
            "request": row.asks,
            "asked_by": deed.actor.name,
            "asked_at": deed.at,
            "asked_until": deed.told.until,
        }
    if deed.case.request is not None and (row.answers is not None or row.target is not Goes.NOWHERE):
        return dict(_NONE)
    return {}
