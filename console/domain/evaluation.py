"""The indicators of the seventh step, with the formulas of domain.md 4.2 as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Count = Literal[
    "accepted",
    "filed",
    "dispatched",
    "effective",
    "to_handle",
    "handled",
    "handled_in_time",
    "to_close",
    "closed",
    "closed_in_time",
    "reworked",
    "extended",
]


@dataclass(frozen=True, slots=True)
class Ratio:
    """One ratio: share of `part` in `whole`; `better` says in which direction a high value points."""

    key: str
    part: Count
    whole: Count
    better: Literal["high", "low"] = "high"


COUNTS: tuple[Count, ...] = get_args(Count)

RATIOS: tuple[Ratio, ...] = (
    Ratio("filing_rate", "filed", "accepted"),  # 立案率 = 立案数 / 受理数, recomputed [S7]
    Ratio("dispatch_rate", "dispatched", "filed"),  # 派遣率 = 派遣数 / 立案数, recomputed [S7]
    Ratio("effective_rate", "effective", "dispatched"),  # 有效派遣率: the 2015 report's 99.83 %
    Ratio("in_time_rate", "handled_in_time", "to_handle"),  # 按期处置率 = 按期处置数 / 应处置数 [S6][S21]
    Ratio("closing_rate", "closed", "to_close"),  # 结案率 = 结案数 / 应结案数, recomputed [S7]
    Ratio("closed_in_time_rate", "closed_in_time", "to_close"),  # 按期结案率, recomputed [S7]
    Ratio("rework_rate", "reworked", "to_close", "low"),  # 返工率 = 返工数 / 应结案数, recomputed [S7]
    Ratio("extension_rate", "extended", "to_close", "low"),  # 延期率 = 延期数 / 应结案数, recomputed [S7]
)


def ratio(counts: Mapping[Count, int], row: Ratio) -> float | None:
    """The ratio as a share of 1, or None where there is nothing to divide by."""
    whole = counts[row.whole]
    return counts[row.part] / whole if whole else None
