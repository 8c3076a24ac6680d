"""Unit grid codes: 15 digits = 6 county + 3 street + 3 community + 3 sequence (GB/T 30428.1).

The sequence runs inside the community west to east, then north to south: rows are bands as high as a
cell, counted down from the community's northernmost cell; a cell belongs to the row of its point inside,
and the north row comes first. Streets are numbered in their county and communities in their street the same
way. A code is never used again: who numbers anew passes the codes that were.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import ArrayLike, NDArray

from console.domain.errors import Refused

COUNTY, STREET, COMMUNITY, SEQUENCE = 6, 3, 3, 3
UNIT_CODE_LENGTH = COUNTY + STREET + COMMUNITY + SEQUENCE
MOST_IN_COMMUNITY = 10**SEQUENCE - 1


@dataclass(frozen=True, slots=True)
class UnitCode:
    """The parts of a unit grid code; `street` and `community` are the whole division codes."""

    county: str
    street: str
    community: str
    sequence: int


def is_unit_code(text: str) -> bool:
    """Whether the text is 15 digits with a sequence from 001 on."""
    return len(text) == UNIT_CODE_LENGTH and text.isascii() and text.isdigit() and text[-SEQUENCE:] != "000"


def parsed(code: str) -> UnitCode:
    """The parts of a unit grid code. Raises Refused("unit_code_form")."""
    if not is_unit_code(code):
        raise Refused("unit_code_form", code=code)
    street = code[: COUNTY + STREET]
    return UnitCode(code[:COUNTY], street, code[: COUNTY + STREET + COMMUNITY], int(code[-SEQUENCE:]))


def numbered(x: ArrayLike, y: ArrayLike, band_m: float) -> NDArray[np.int64]:
    """The number from 1 of each place (metres) in rows of `band_m`, west to east, the north row first."""
    east, north = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    row = np.floor((north.max(initial=-np.inf) - north) / band_m)
    ranks = np.empty(len(east), dtype=np.int64)
    ranks[np.lexsort((-north, east, row))] = np.arange(1, len(east) + 1)
    return ranks


def unit_codes(
    communities: Sequence[str], x: ArrayLike, y: ArrayLike, band_m: float, used: Collection[str] = ()
) -> list[str]:
    """The codes of cells by the 12-digit code of their community and a point inside (metres).

    Numbers of `used` codes are passed over. Raises Refused: `community_code_form`, and
    `community_too_full` where a community needs a number over 999 (divide it first).
    """
    east, north = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    codes = np.empty(len(communities), dtype=object)
    names, member = np.unique(np.asarray(communities, dtype=object).astype(str), return_inverse=True)
    taken = frozenset(used)
    for place, community in enumerate(names.tolist()):
        cells = np.flatnonzero(member == place)
        free = _free_codes(community, len(cells), taken)
        codes[cells] = np.array(free, dtype=object)[numbered(east[cells], north[cells], band_m) - 1]
    return [str(code) for code in codes]


def division_codes(parent: str, x: ArrayLike, y: ArrayLike, band_m: float) -> list[str]:
    """Three more digits after `parent` for each place inside it, in the order of unit grids.

    Raises Refused("division_too_full") for more than 999.
    """
    ranks = numbered(x, y, band_m)
    if len(ranks) > MOST_IN_COMMUNITY:
        raise Refused("division_too_full", division=parent, parts=len(ranks), most=MOST_IN_COMMUNITY)
    return [f"{parent}{rank:03d}" for rank in ranks.tolist()]


def _free_codes(community: str, wanted: int, used: frozenset[str]) -> list[str]:
    if not (len(community) == UNIT_CODE_LENGTH - SEQUENCE and community.isascii() and community.isdigit()):
        raise Refused("community_code_form", code=community)
    free: list[str] = []
    for number in count(1):
        if len(free) == wanted:
            break
        if number > MOST_IN_COMMUNITY:
            raise Refused("community_too_full", community=community, cells=wanted, most=MOST_IN_COMMUNITY)
        code = f"{community}{number:03d}"
        if code not in used:
            free.append(code)
    return free
