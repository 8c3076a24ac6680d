"""What is said of where a base map lies, and of how it is drawn for that."""

from typing import TYPE_CHECKING

from console.i18n import _
from console.words.basemap import SYSTEMS, no_match, not_comparable
from console.words.basemap import lying as told_shift

if TYPE_CHECKING:
    from console.geography.alignment import Alignment
    from console.runtime.basemaps import BaseMap


def lying(found: "Alignment | None") -> str:
    """The shift in metres and direction, and the datum it looks like."""
    if found is None:
        return not_comparable()
    return told_shift(found.east, found.north, found.system) if found.certain else no_match()


def systems(one: "BaseMap") -> str:
    """What is added to the name of a map that is drawn straightened."""
    if one.system in SYSTEMS and one.system != "wgs84":
        return " · " + _("由 {system} 纠偏").format(system=SYSTEMS[one.system])
    return " · " + _("已纠偏") if one.east or one.north else ""
