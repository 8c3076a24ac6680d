"""Where the patrollers are, as well as anybody knows: told lately or earlier, by the list, by their grid."""

from collections.abc import Callable
from datetime import datetime

from console.domain.actor import Post
from console.domain.position import Placed, Sureness, sureness
from console.storage.positions import read_positions
from console.storage.unit import View


def patrollers(view: View, now: datetime) -> tuple[Placed, ...]:
    """Every patroller who can be placed, by name. Raises Refused("no_city")."""
    told = read_positions(view.connection)
    placed = []
    for name, member in sorted(view.reference.staff.items()):
        if Post.PATROLLER not in member.posts or Post.LEADER in member.posts:
            continue  # who holds every post sits in the centre
        one = told.get(name)
        if one is not None:
            placed.append(Placed(name, one.lon, one.lat, sureness(one.at, now), one.at))
        elif member.lon is not None and member.lat is not None:
            by = Sureness.GRID if member.by_grid else Sureness.LISTED
            placed.append(Placed(name, member.lon, member.lat, by))
    return tuple(placed)


def packed_patrollers(view: View, pack: Callable[[tuple[Placed, ...]], bytes], now: datetime) -> bytes:
    """The same as `pack` packs them, on the reading thread."""
    return pack(patrollers(view, now))
