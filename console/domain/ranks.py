"""In which order states, sources, flags and limits stand where cases are sorted by them.

Codes stand as the work goes, not by their letters. The most serious flags come first. A limit goes by the
kind of its hours, then by its number: how long a work day lasts by the wall nobody can say of a limit alone.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from console.domain.case import Flag, Source
from console.domain.catalogue import LimitUnit
from console.domain.flow import State


def _placed(kind: type[StrEnum]) -> Mapping[str, int]:
    return {member.value: place for place, member in enumerate(kind)}


STATE_RANKS = _placed(State)
SOURCE_RANKS = _placed(Source)

# A case with the first flag stands before all without it, whatever else is said of them.
NO_FLAG = 1 << len(Flag)
FLAG_WEIGHTS: Mapping[Flag, int] = {flag: NO_FLAG >> place for place, flag in enumerate(Flag, 1)}

UNIT_RANKS: Mapping[LimitUnit, int] = {unit: place * 1_000_000 for place, unit in enumerate(LimitUnit)}


def flags_rank(flags: Iterable[Flag]) -> int | None:
    """None where nothing is said of a case."""
    weight = sum(FLAG_WEIGHTS[flag] for flag in set(flags))
    return NO_FLAG - weight if weight else None


def limit_rank(value: float, unit: str) -> float | None:
    """None where no limit is set."""
    return UNIT_RANKS[LimitUnit(unit)] + value if unit else None
