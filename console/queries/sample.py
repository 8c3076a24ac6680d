"""A sample of ended cases to be checked again on the spot (抽查), the same for whoever draws it again."""

import heapq
import math
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select

from console.domain.flow import row_of
from console.domain.operation import Operation
from console.storage.tables import cases
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Draw:
    """The ids that were drawn, in the order of the draw, of so many `closed` cases with this `seed`."""

    seed: str
    closed: int
    ids: tuple[int, ...]


def draw(
    view: View,
    since: datetime,
    until: datetime,
    seed: str,
    *,
    share: float | None = None,
    count: int | None = None,
) -> Draw:
    """Draw `count` of the cases closed in the half-open period, or a `share` of them, rounded up.

    Without either the share is that of the site's practice. Cases are drawn by the SHA-256 of seed and
    case code, the smallest first: an inspector can repeat the draw by hand, and it does not change when
    more are drawn.
    """
    row = row_of(Operation.SPOT_CHECK)
    assert row is not None  # console.domain.flow has it
    found = view.connection.execute(
        select(cases.c.id, cases.c.code).where(
            cases.c.state.in_(row.sources), cases.c.ended_at >= since, cases.c.ended_at < until
        )
    ).all()
    if count is None:
        part = view.reference.practice.spot_share if share is None else share
        count = math.ceil(part * len(found))
    ranked = heapq.nsmallest(count, found, key=lambda case: lot(seed, case.code))
    return Draw(seed, len(found), tuple(case.id for case in ranked))


def lot(seed: str, code: str) -> str:
    """The lot of a case: hexadecimal SHA-256 of `seed:code`."""
    return sha256(f"{seed}:{code}".encode()).hexdigest()
