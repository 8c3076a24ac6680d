"""Acts on the city itself that the journal tells beside those on its cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class CityAct(StrEnum):
    """What may be done to what a site edits, lists, shared views and macros, and handovers."""

    CITY_LOADED = "city_loaded"
    CALENDAR_EDITED = "calendar_edited"
    PRACTICE_CHANGED = "practice_changed"
    STAFF_CHANGED = "staff_changed"
    ZONE_PROPOSED = "zone_proposed"
    ZONE_APPROVED = "zone_approved"
    ZONE_ENDED = "zone_ended"
    SHIFTS_CHANGED = "shifts_changed"
    ROSTER_CHANGED = "roster_changed"
    HANDOVER_GIVEN = "handover_given"
    HANDOVER_TAKEN = "handover_taken"
    VIEW_SHARED = "view_shared"
    VIEW_WITHDRAWN = "view_withdrawn"
    MACRO_SHARED = "macro_shared"
    MACRO_WITHDRAWN = "macro_withdrawn"
    DRILL_STARTED = "drill_started"


@dataclass(frozen=True, slots=True)
class CityFact:
    """One line of the journal that is about no case; `at` is aware UTC, `details` plain JSON values."""

    act: CityAct
    at: datetime
    by: str
    note: str = ""
    post: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
