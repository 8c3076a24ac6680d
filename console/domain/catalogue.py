"""The class catalogue of components (部件) and events (事件), with the filing conditions that carry limits.

A limit belongs to a filing condition, not to a class (domain findings 3); classes live under an
edition, for the 2013 codes (2+2 digits) and the 2026 codes (2+3 digits) run side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class ClassKind(StrEnum):
    """部件 or 事件; the editions call the second 事项 since 2026."""

    PART = "part"
    EVENT = "event"


class LimitUnit(StrEnum):
    """紧急工作时 runs always; 工作时 and 工作日 (8 working hours) run in work periods only."""

    URGENT_HOUR = "urgent_hour"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"


@dataclass(frozen=True, slots=True)
class Limit:
    value: float
    unit: LimitUnit


@dataclass(frozen=True, slots=True)
class FilingCondition:
    """立案条件 with its limit and closing condition (结案条件).

    `number` counts from 1 inside the class. `proposed` is true where the limit was set by analogy
    and no published standard was found for it: it stays marked wherever it is shown. `variants` are
    limits that hold instead in an area of tier `II` or `III`, or in the `planting` season.
    """

    number: int
    text: str
    closing: str
    limit: Limit
    proposed: bool
    source: str = ""
    variants: Mapping[str, Limit] = field(default_factory=dict)


VARIANTS = ("II", "III", "planting")


def limit_for(condition: FilingCondition, tier: str, planting: bool) -> Limit:
    """The limit of a condition in an area of `tier` (empty or `I`: its own); the season goes before it."""
    if planting and "planting" in condition.variants:
        return condition.variants["planting"]
    return condition.variants.get(tier, condition.limit)


@dataclass(frozen=True, slots=True)
class CaseClass:
    """A minor class (小类); `code` is major + minor digits, `key` is unique in its edition."""

    kind: ClassKind
    code: str
    major: str
    name: str
    name_en: str
    conditions: tuple[FilingCondition, ...]

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.code}"

    def condition(self, number: int) -> FilingCondition | None:
        return next((item for item in self.conditions if item.number == number), None)


@dataclass(frozen=True, slots=True)
class Crossing:
    """One old class and the new class that took its place, with the basis of the link."""

    old_key: str
    new_key: str
    basis: str


@dataclass(frozen=True)
class Catalogue:
    """One edition of the class standard; `crossings` lead here from `older`."""

    edition: str
    name: str
    classes: Sequence[CaseClass]
    older: str = ""
    crossings: Sequence[Crossing] = field(default=())

    @cached_property
    def by_key(self) -> Mapping[str, CaseClass]:
        return {item.key: item for item in self.classes}

    def crossed(self, old_key: str) -> tuple[CaseClass, ...]:
        """The classes of this edition that took over `old_key` of the older one."""
        return tuple(self.by_key[link.new_key] for link in self.crossings if link.old_key == old_key)
