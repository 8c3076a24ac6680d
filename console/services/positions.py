"""Patrollers' devices tell where they are: rows beside the journal, because no decision rests on them."""

from collections.abc import Sequence
from datetime import datetime

from console.domain.actor import Post
from console.domain.position import AHEAD, Position
from console.storage.positions import put_positions
from console.storage.unit import Unit


def report_positions(unit: Unit, told: Sequence[Position], *, at: datetime) -> dict[str, list[str]]:
    """Take the last place of each patroller of the city's list.

    What is not taken is told by name: `unknown` for nobody of the list, `ahead` for a time that has not
    come yet. Raises Refused("no_city").
    """
    staff = unit.reference.staff
    patrol = {name for name, one in staff.items() if Post.PATROLLER in one.posts}
    unknown = [one.name for one in told if one.name not in patrol]
    ahead = [one.name for one in told if one.name in patrol and one.at > at + AHEAD]
    put_positions(unit.connection, (one for one in told if one.name in patrol and one.at <= at + AHEAD))
    return {"unknown": sorted(set(unknown)), "ahead": sorted(set(ahead))}
