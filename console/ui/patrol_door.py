"""Where the patrollers are, packed for the map on the reading thread."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.domain.position import Placed, Sureness
    from console.ui.door import Door


class PatrolDoor:
    """`zone` is the city's, in which times are told."""

    def __init__(self, door: "Door", zone: ZoneInfo) -> None:
        self._door = door
        self._zone = zone

    async def packed(self, words: "Mapping[Sureness, str]") -> bytes:
        """A layer of points for the page, classed by how sure their places are."""
        from console.queries.positions import packed_patrollers

        pack = partial(_packed, words=words, zone=self._zone)
        return await self._door.desk.ask(packed_patrollers, pack, self._door.now())


def _packed(placed: "tuple[Placed, ...]", *, words: "Mapping[Sureness, str]", zone: ZoneInfo) -> bytes:
    import numpy as np

    from console.geography.site_layers import SiteLayer, packed_layer

    return packed_layer(
        SiteLayer(
            np.array([one.lon for one in placed], dtype=np.float64),
            np.array([one.lat for one in placed], dtype=np.float64),
            [("", words[kind]) for kind in sorted(words)],
            np.array([one.sureness for one in placed], dtype=np.int64),
            [f"{one.name} {_moment(one.at, zone)}".strip() for one in placed],
        )
    )


def _moment(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else at.astimezone(zone).strftime("%H:%M:%S")
