"""Cases that may be the same problem: of one class, close by, reported not long before or after."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from sqlalchemy import bindparam, select

from console.domain.case import Case
from console.domain.flow import State
from console.domain.staff import distance_m
from console.storage.tables import cases, still_open
from console.storage.unit import View

# As wide as its peers ask for (a street corner, a week): what is offered is looked at by a person.
WITHIN_METRES = 100.0
WITHIN = timedelta(days=7)
MOST = 12
_METRES_A_DEGREE = 111_195.0  # of latitude, on the sphere of console.domain.staff


@dataclass(frozen=True, slots=True)
class Similar:
    """An open case like the asked one; `metres` away, reported `later` (negative: before it)."""

    id: int
    code: str
    state: State
    description: str
    address: str
    reporter: str
    reported_at: datetime
    department: str
    metres: float
    later: timedelta


_NEAR = select(
    cases.c.id,
    cases.c.code,
    cases.c.state,
    cases.c.description,
    cases.c.address,
    cases.c.reporter,
    cases.c.reported_at,
    cases.c.department,
    cases.c.lon,
    cases.c.lat,
).where(
    still_open,
    cases.c.id != bindparam("id"),
    cases.c.class_key == bindparam("class_key"),
    cases.c.lat.between(bindparam("south"), bindparam("north")),
    cases.c.lon.between(bindparam("west"), bindparam("east")),
    cases.c.reported_at.between(bindparam("since"), bindparam("until")),
)


def similar_cases(view: View, case: Case) -> list[Similar]:
    """At most MOST open cases that may tell of the same problem, the nearest first.

    A case without class or place is like no other.
    """
    if not case.class_key or case.lon is None or case.lat is None:
        return []
    up = WITHIN_METRES / _METRES_A_DEGREE
    across = up / cos(radians(case.lat))
    asked = {
        "id": case.id,
        "class_key": case.class_key,
        "south": case.lat - up,
        "north": case.lat + up,
        "west": case.lon - across,
        "east": case.lon + across,
        "since": case.reported_at - WITHIN,
        "until": case.reported_at + WITHIN,
    }
    found = [
        Similar(
            row.id,
            row.code,
            row.state,
            row.description[:200],
            row.address[:200],
            row.reporter,
            row.reported_at,
            row.department,
            distance_m(case.lon, case.lat, row.lon, row.lat),
            row.reported_at - case.reported_at,
        )
        for row in view.connection.execute(_NEAR, asked)
    ]
    near = [one for one in found if one.metres <= WITHIN_METRES]
    return sorted(near, key=lambda one: (one.metres, one.code))[:MOST]
