"""How far a place is from the next grid or area, and whose it would be over there."""

from dataclasses import dataclass
from enum import StrEnum

GPS_ERROR_M = 15.0  # what a handset errs by between houses: nearer to a border the grid is a guess


class Border(StrEnum):
    """What a border divides; an area is a district, or the committee that manages a part of one."""

    CELL = "cell"
    GRID = "grid"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Boundary:
    """The nearest border of a kind: `metres` away, with codes of this side and the other."""

    border: Border
    metres: float
    here: str
    there: str

    @property
    def is_doubtful(self) -> bool:
        return self.metres <= GPS_ERROR_M
