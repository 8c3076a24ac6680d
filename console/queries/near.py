"""The cases around a place, open and past, the nearest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap
from sqlalchemy import bindparam, select

from console.domain.area import Area, shape
from console.domain.case import Case
from console.domain.flow import ENDED, OPEN, State
from console.domain.nearby import Kin, akin
from console.geography.distance import metres_from, ring_around
from console.queries.within import within
from console.storage.sets.among import Among, told_ids
from console.storage.sets.placed import Placed
from console.storage.tables import cases
from console.storage.unit import View

MOST = 200


@dataclass(frozen=True, slots=True)
class NearCase:
    """A case `metres` away; instants are aware UTC, the place EPSG:4490 degrees."""

    id: int
    code: str
    state: State
    class_key: str
    class_name: str
    class_name_en: str
    description: str
    address: str
    reported_at: datetime
    current_due_at: datetime | None
    soon_at: datetime | None
    ended_at: datetime | None
    lon: float
    lat: float
    metres: float

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED


@dataclass(frozen=True, slots=True)
class Around:
    """The MOST nearest cases of a kind, how many there are in all, and how many of each other kind."""

    cases: tuple[NearCase, ...]
    open: int
    past: int
    numbers: dict[Kin, int]


_BOX = (
    cases.c.lat.between(bindparam("south"), bindparam("north")),
    cases.c.lon.between(bindparam("west"), bindparam("east")),
)
_PLACES = (cases.c.id, cases.c.lon, cases.c.lat, cases.c.class_key, cases.c.state)
_ROWS = (
    cases.c.id,
    cases.c.code,
    cases.c.state,
    cases.c.class_key,
    cases.c.edition,
    cases.c.description,
    cases.c.address,
    cases.c.reported_at,
    cases.c.current_due_at,
    cases.c.soon_at,
    cases.c.ended_at,
    cases.c.lon,
    cases.c.lat,
)


def near_cases(view: View, case: Case, metres: float, kin: Kin = Kin.ALL) -> Around:
    """The other cases within so many metres of a case; none around one without a place.

    Raises Refused: `no_city`, `no_grids`.
    """
    if case.lon is None or case.lat is None:
        return Around((), 0, 0, dict.fromkeys(Kin, 0))
    found = [one for one in _around(view, case, case.lon, case.lat, metres) if one.id != case.id]
    akin_to = {kind: [one for one in found if akin(kind, case, one.class_key, one.metres)] for kind in Kin}
    kept = akin_to[kin]
    still_open = sum(one.is_open for one in kept)
    nearest = sorted(kept, key=lambda one: (one.metres, -one.id))[:MOST]
    told = _told(view, nearest)
    return Around(
        told, still_open, len(kept) - still_open, {kind: len(some) for kind, some in akin_to.items()}
    )


class _Found(NamedTuple):
    """A case within reach; its class may be empty where it is not that of the case asked about."""

    id: int
    metres: float
    class_key: str
    is_open: bool


def _around(view: View, case: Case, lon: float, lat: float, metres: float) -> list[_Found]:
    """The cases within reach: by the unit grids around, then in exact metres."""
    ring = ring_around(lon, lat, metres)
    box = {"west": min(one for one, _ in ring), "east": max(one for one, _ in ring)}
    box |= {"south": min(one for _, one in ring), "north": max(one for _, one in ring)}
    around = within(view, Area((shape((ring,)),)))
    found: list[_Found] = []
    with view.sets() as sets:
        if sets is not None:
            places, touched = around.around(sets)
            same = sets.any("class_key", [case.class_key])
            still_open = sets.any("state", [state.value for state in OPEN])
            found = [
                one for some in places for one in _placed(some, case, lon, lat, metres, same, still_open)
            ]
    where = cases.c.lat.is_not(None) if sets is None else Among()
    asked = {} if sets is None else {"ids": told_ids(touched)}
    rows = view.connection.execute(select(*_PLACES).where(where, *_BOX), {**box, **asked}).all()
    if rows:
        away = metres_from(lon, lat, [row.lon for row in rows], [row.lat for row in rows])
        found += [
            _Found(row.id, float(far), row.class_key, row.state not in ENDED)
            for far, row in zip(away, rows, strict=True)
            if far <= metres
        ]
    return found


def _placed(
    some: Placed, case: Case, lon: float, lat: float, metres: float, same: BitMap, still_open: BitMap
) -> Iterator[_Found]:
    if not len(some.ids):
        return
    away = metres_from(lon, lat, some.lon, some.lat)
    for at in np.flatnonzero(away <= metres):
        number = int(some.ids[at])
        key = case.class_key if number in same else ""
        yield _Found(number, float(away[at]), key, number in still_open)


def _told(view: View, nearest: Sequence[_Found]) -> tuple[NearCase, ...]:
    away = {one.id: one.metres for one in nearest}
    rows = view.connection.execute(select(*_ROWS).where(Among()), {"ids": told_ids(away)})
    found = []
    for row in rows:
        named = view.reference.edition(row.edition).by_key.get(row.class_key)
        found.append(
            NearCase(
                row.id, row.code, row.state, row.class_key,
                named.name if named else "", named.name_en if named else "",
                row.description[:200], row.address[:200], row.reported_at, row.current_due_at, row.soon_at,
                row.ended_at, row.lon, row.lat, away[row.id],
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.metres, -one.id)))
