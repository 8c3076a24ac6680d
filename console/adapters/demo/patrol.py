"""Where the demo city's patrollers walk: around the middle of their grids, the same at the same time."""

import math
from collections.abc import Iterable
from datetime import datetime

from console.adapters.demo.dice import dice
from console.domain.actor import Post
from console.domain.errors import Refused
from console.domain.position import Position
from console.domain.staff import Member
from console.services.positions import report_positions
from console.storage.unit import Unit

PAUSE = 15.0
"""Seconds between two tellings of a device."""
_REACH = 0.0016  # degrees: about 150 metres
_ROUND_S = 1500.0  # a walk around the grid
_SILENT = 0.06  # of the devices are off


def patrol(unit: Unit, at: datetime) -> None:
    """All devices that are on tell where they are at `at`.

    Raises Refused("feed_in_real_city"): invented places have no place in a real one.
    """
    profile = unit.reference.profile
    if not profile.generated:
        raise Refused("feed_in_real_city", city=profile.name)
    report_positions(unit, list(walking(unit.reference.staff.values(), at)), at=at)


def walking(staff: Iterable[Member], at: datetime) -> Iterable[Position]:
    """The places of those patrollers whose grid is known."""
    for one in staff:
        if Post.PATROLLER not in one.posts or Post.LEADER in one.posts or one.lon is None or one.lat is None:
            continue
        begin, pace, wide, off = dice("patrol", one.name)
        if off < _SILENT:
            continue
        turn = 2 * math.pi * (begin + at.timestamp() / (_ROUND_S * (0.7 + 0.6 * pace)))
        reach = _REACH * (0.4 + 0.6 * wide)
        yield Position(
            one.name,
            round(one.lon + reach * math.cos(turn), 7),
            round(one.lat + 0.8 * reach * math.sin(2 * turn + begin), 7),
            at,
        )
