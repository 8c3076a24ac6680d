"""Which classes are reported how often: the shares of domain.md 7.4, for either edition of the standard."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from console.domain.catalogue import CaseClass, Catalogue, ClassKind

PARTS = "部件"
OTHERS = "其他"

# 街面秩序 40 %, 市容环境 31.44 % (found [S8]); components 3-12 % in three cities; the rest is ours.
SHARES = {
    "街面秩序": 0.40,
    "市容环境": 0.3144,
    "宣传广告": 0.14,
    "施工管理": 0.065,
    PARTS: 0.05,
    OTHERS: 0.0306,
}

# Weights inside a group, by the class's name in either edition; other classes weigh what _REST says.
_WEIGHTS = {
    "机动车乱停放": 30.0,
    "店外经营": 22.0,
    "占道经营": 18.0,
    "非机动车乱停放": 9.0,
    "无照经营游商": 7.0,
    "共享单车管理": 4.0,
    "共享单车乱象": 4.0,
    "暴露生活垃圾": 29.0,
    "暴露垃圾": 29.0,
    "乱堆物堆料": 21.0,
    "乱堆杂物": 21.0,
    "沿街晾挂": 17.0,
    "道路不洁": 6.0,
    "绿地脏乱": 4.0,
    "积存垃圾渣土": 3.0,
    "垃圾满溢": 3.0,
    "垃圾站（箱）满溢": 3.0,
    "道路遗撒": 1.5,
    "道路遗撒（洒）": 1.5,
    "道路破损": 1.5,
    "非装饰性吊挂": 1.5,
    "非法小广告": 80.0,
    "违规户外广告": 6.0,
    "违规牌匾标识": 5.0,
    "违规标语宣传品": 5.0,
    "工地扬尘": 4.0,
    "施工占道": 3.0,
    "施工工地围挡": 2.0,
    "施工工地围挡问题": 2.0,
    "雨水箅子": 9.0,
    "雨水井盖": 7.0,
    "污水井盖": 7.0,
    "通信井盖": 6.0,
    "电力井盖": 5.0,
    "通信交接箱": 4.0,
    "路灯": 6.0,
    "垃圾箱": 8.0,
    "行道树": 5.0,
    "交通护栏": 5.0,
    "树池树穴": 4.0,
}
_REST = {"街面秩序": 0.7, "市容环境": 0.35, "宣传广告": 1.3, PARTS: 0.4}


@dataclass(frozen=True, slots=True)
class _Leaning:
    """Classes whose name holds `part` come only in `months` and `hours`, and `wet` times as often in rain."""

    part: str
    months: frozenset[int] = frozenset(range(1, 13))
    hours: frozenset[int] = frozenset(range(24))
    wet: float = 1.0


_LEANINGS = (
    _Leaning("积雪", frozenset({12, 1, 2}), wet=10.0),
    _Leaning("热力", frozenset({11, 12, 1, 2, 3})),
    _Leaning("病虫害", frozenset(range(4, 11))),
    _Leaning("露天烧烤", frozenset(range(4, 11)), frozenset({17, 18, 19, 20, 21, 22, 23, 0}), wet=0.2),
    _Leaning("道路积水", wet=12.0),
    _Leaning("排水", wet=6.0),
    _Leaning("雨水", wet=4.0),
    _Leaning("扬尘", wet=0.1),
    _Leaning("沿街晾挂", wet=0.3),
    _Leaning("路灯", hours=frozenset({18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 8, 9})),
)


class ClassMix:
    """Picks the class of a report in one edition."""

    def __init__(self, catalogue: Catalogue) -> None:
        groups: dict[str, list[CaseClass]] = {name: [] for name in SHARES}
        for item in catalogue.classes:
            if item.conditions:  # a class that cannot be filed is not reported
                groups[group_of(item)].append(item)
        self._groups = {name: members for name, members in groups.items() if members}
        self._names = tuple(self._groups)
        self._shares = _Table(SHARES[name] for name in self._groups)
        self._tables = lru_cache(maxsize=1024)(self._table)

    def pick(self, group: float, member: float, *, month: int, hour: int, wet: bool) -> CaseClass:
        """The class that two chances in [0, 1) mean in a local month and hour."""
        name = self._names[self._shares.at(group)]
        return self._groups[name][self._tables(name, month, hour, wet).at(member)]

    def _table(self, name: str, month: int, hour: int, wet: bool) -> "_Table":
        members = self._groups[name]
        weights = [_weight(item, name, month, hour, wet) for item in members]
        return _Table(weights if any(weights) else [1.0] * len(members))


def group_of(item: CaseClass) -> str:
    """The group whose share a class takes part in: both editions begin their major names alike."""
    if item.kind is ClassKind.PART:
        return PARTS
    return next((name for name in SHARES if item.major.startswith(name)), OTHERS)


class _Table:
    """Weights summed up, to be drawn from."""

    def __init__(self, weights: Iterable[float]) -> None:
        self._sums: Sequence[float] = list(accumulate(weights))

    def at(self, chance: float) -> int:
        return min(bisect_right(self._sums, chance * self._sums[-1]), len(self._sums) - 1)


def _weight(item: CaseClass, group: str, month: int, hour: int, wet: bool) -> float:
    weight = _WEIGHTS.get(item.name, _REST.get(group, 1.0))
    for leaning in _LEANINGS:
        if leaning.part in item.name:
            fits = month in leaning.months and hour in leaning.hours
            weight *= (leaning.wet if wet else 1.0) if fits else 0.0
    return weight
