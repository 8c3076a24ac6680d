"""A city comes in: its pack's content takes the place of what was loaded."""

from datetime import datetime

from console.domain.city import CityContent
from console.domain.city_act import CityAct
from console.domain.errors import Refused
from console.storage.unit import Unit


def load_city(unit: Unit, content: CityContent, *, by: str, at: datetime) -> None:
    """Load a city, or the next state of the same one; the journal tells it.

    Practice and staff of a pack are taken where the city has none yet: later they are its leaders' to
    edit (console.services.practice).

    Raises Refused("other_city") when another city is there: its cases would lose their grids.
    """
    present = unit.city()
    if present is not None and present.code != content.profile.code:
        raise Refused("other_city", present=present.name, coming=content.profile.name)
    unit.load_city(content)
    details = {"code": content.profile.code, "unit_grids": len(content.unit_grids)}
    unit.note_city(CityAct.CITY_LOADED, by=by, at=at, note=content.profile.name, details=details)
