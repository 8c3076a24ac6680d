"""A city comes in: its pack's content takes the place of what was loaded."""

from console.domain.city import CityContent
from console.domain.errors import Refused
from console.storage.unit import Unit


def load_city(unit: Unit, content: CityContent) -> None:
    """Load a city, or the next state of the same one.

    Raises Refused("other_city") when another city is there: its cases would lose their grids.
    """
    present = unit.city()
    if present is not None and present.code != content.profile.code:
        raise Refused("other_city", present=present.name, coming=content.profile.name)
    unit.load_city(content)
