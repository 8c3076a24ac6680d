"""What an operation knows when it decides: the case, the row of the table, what was told, who and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.actor import Actor
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, CheckResult, Flag, Satisfaction
from console.domain.catalogue import CaseClass
from console.domain.evidence import Evidence
from console.domain.flow import Transition
from console.domain.practice import Practice
from console.domain.spot import Spot


@dataclass(frozen=True, slots=True)
class Part:
    """One sub-case a case is split into: what is to be done, and by whom if that is known already."""

    description: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an operation is told, codes already looked up. Empty means not told.

    `condition` is a number of a filing condition; of that same condition the closing one is meant
    where a case is closed. `until` is aware. `other` is the case to merge into, `filed_by` who filed
    the case, `open_parts` the number of its sub-cases that have not ended; `territory` says that
    `department` is the area's own, `spot` where the case is to lie.
    """

    case_class: CaseClass | None = None
    condition: int = 0
    edition: str = ""
    department: str = ""
    note: str = ""
    unit: str = ""
    assisting: tuple[str, ...] = ()
    until: datetime | None = None
    level: int = 0
    result: CheckResult | None = None
    satisfaction: Satisfaction | None = None
    flag: Flag | None = None
    person: str = ""
    other: Case | None = None
    parts: tuple[Part, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    territory: bool = False
    filed_by: str = ""
    open_parts: int = 0
    spot: Spot | None = None


NO_INPUTS = Inputs()


@dataclass(frozen=True, slots=True)
class Deed:
    """One operation about to be done; `calendar` and `practice` are the city's."""

    case: Case
    row: Transition
    told: Inputs
    actor: Actor
    at: datetime
    calendar: WorkCalendar
    practice: Practice


@dataclass(frozen=True, slots=True)
class Now:
    """What an operation is tried on before anything is told."""

    case: Case
    at: datetime
    practice: Practice


# What an operation changes beside what the row of the table says by itself. Raises Refused.
Decide = Callable[[Deed], dict[str, Any]]
Decisions = Mapping[Any, Decide]

# Why an operation cannot be done to a case as it stands, whatever is told; raises that Refused.
Check = Callable[[Now], None]
Checks = Mapping[Any, Check]


def flagged(case: Case, *added: Flag, without: tuple[Flag, ...] = ()) -> dict[str, Any]:
    """The flags of a case after some were set and some taken away, in their order."""
    return {"flags": tuple(sorted({*case.flags, *added} - {*without}))}
