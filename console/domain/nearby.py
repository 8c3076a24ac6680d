"""What counts as near a case, and which of the cases around are akin to it."""

from enum import StrEnum

from console.domain.case import Case

RADII = (50, 100, 200, 500)  # metres
SAME_SPOT_M = 15.0  # what a handset errs by: two reports of one spot lie no farther apart


class Kin(StrEnum):
    """Which of the cases around: a component is a part of one class at one spot, as no register names it."""

    ALL = "all"
    CLASS = "class"
    COMPONENT = "component"
    SPOT = "spot"


def akin(kin: Kin, about: Case, class_key: str, metres: float) -> bool:
    """Whether a case of that class, so many metres away, is of this kin to `about`."""
    same = bool(about.class_key) and class_key == about.class_key
    here = metres <= SAME_SPOT_M
    match kin:
        case Kin.ALL:
            return True
        case Kin.CLASS:
            return same
        case Kin.COMPONENT:
            return same and here and about.class_key.startswith("part:")
        case Kin.SPOT:
            return here
