"""Who is at which case: shown beside it, never a lock, and gone by itself."""

from dataclasses import dataclass
from enum import StrEnum

BEAT_S = 10  # a seat that is still there says so this often
GONE_S = 30  # and is taken for gone when it has not for so long


class Doing(StrEnum):
    """What somebody does with a case; the later ones are nearer to an act on it."""

    LOOKING = "looking"
    TRIAGE = "triage"
    EDITING = "editing"


BUSY = frozenset({Doing.TRIAGE, Doing.EDITING})


@dataclass(frozen=True, slots=True)
class Present:
    """One seat at one case: since how many seconds, by the database's clock."""

    seat: str
    case_id: int
    by: str
    doing: Doing
    seconds: int
