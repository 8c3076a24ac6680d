"""A case that somebody passed over in triage: why, and for how long it stays away from him."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

AWAY = timedelta(minutes=30)  # it comes back to whoever passed it over; to others it comes at once


class SkipReason(StrEnum):
    """Why a case is left for later or for others; the last one is said in words."""

    PLACE = "place"
    CHECK = "check"
    DUPLICATE = "duplicate"
    ADVICE = "advice"
    NOT_OURS = "not_ours"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Skip:
    """One passing over, and the version of the case that was seen."""

    case_id: int
    version: int
    by: str
    at: datetime
    reason: SkipReason
    note: str = ""
