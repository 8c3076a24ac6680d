"""Who of the patrollers stands nearest to a case."""

from sqlalchemy import select

from console.domain.errors import Refused
from console.domain.staff import Near, nearest_patrollers
from console.storage.tables import cases
from console.storage.unit import View


def patrollers_near(view: View, code: str, most: int) -> tuple[Near, ...]:
    """At most `most`, the nearest first. Raises Refused: `no_such_case`, `case_without_place`, `no_city`."""
    place = view.connection.execute(
        select(cases.c.lon, cases.c.lat).where(cases.c.code == code)
    ).one_or_none()
    if place is None:
        raise Refused("no_such_case", code=code)
    if place.lon is None or place.lat is None:
        raise Refused("case_without_place", code=code)
    return nearest_patrollers(view.reference.staff, place.lon, place.lat, most)
