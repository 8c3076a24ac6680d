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


def akin(kin: Kin, case: Case, class_key: str, metres: float) -> bool:
    """Whether a case of that class, so many metres away, is of this kin to `case`."""
    same = bool(case.class_key) and class_key == case.class_key
    here = metres <= SAME_SPOT_M
    return {
        Kin.ALL: True,
        Kin.CLASS: same,
        Kin.COMPONENT: same and here and case.class_key.startswith("part:"),
        Kin.SPOT: here,
    }[kin]
