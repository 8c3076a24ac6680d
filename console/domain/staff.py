"""The people of a centre and around it: who holds which posts where, and which patroller is nearest."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.actor import Actor, Post

_EARTH_M = 6_371_008.8  # mean radius, IUGG


@dataclass(frozen=True, slots=True)
class Member:
    """One person. Empty `department` and `division` reach everywhere, see console.domain.actor.

    `lon`, `lat` EPSG:4490 degrees; `by_grid` says that nobody told his position and he is taken to
    stand at the centre of his responsibility grid.
    """

    name: str
    posts: frozenset[Post]
    department: str = ""
    division: str = ""
    responsibility_grid: str = ""
    lon: float | None = None
    lat: float | None = None
    by_grid: bool = False

    @property
    def actor(self) -> Actor:
        return Actor(self.name, self.posts, self.department, self.division)


@dataclass(frozen=True, slots=True)
class Near:
    """A person and how far he is, in metres."""

    member: Member
    metres: float


def nearest_patrollers(staff: Mapping[str, Member], lon: float, lat: float, most: int) -> tuple[Near, ...]:
    """At most `most` patrollers whose place is known, the nearest first, of equal ones by name."""
    found = [
        Near(one, distance_m(one.lon, one.lat, lon, lat))
        for one in staff.values()
        if Post.PATROLLER in one.posts and one.lon is not None and one.lat is not None
    ]
    return tuple(sorted(found, key=lambda near: (near.metres, near.member.name))[:most])


def distance_m(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres along a sphere (haversine): inside a city within half a percent of the ellipsoid."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    across = math.sin((other_phi - phi) / 2) ** 2
    along = math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(across + math.cos(phi) * math.cos(other_phi) * along))
