"""What a typed line can mean: a filter, an act on cases, a move in the window, or nothing that is certain."""

from dataclasses import dataclass, field
from datetime import datetime

from console.domain.case import CheckResult, Flag, Satisfaction
from console.domain.decision import Decision
from console.domain.errors import Refused
from console.domain.flow import Need
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter


@dataclass(frozen=True, slots=True)
class Target:
    """On which cases: rows of the list by number, cases by code, the marked ones; otherwise the chosen."""

    rows: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What was told to an act; empty means not told.

    `departments` and `units` are codes of which one is meant: where several fit, the one of the case's
    own area.
    """

    departments: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    class_key: str = ""
    condition: int = 0
    note: str = ""
    until: datetime | None = None
    level: int = 0
    flag: Flag | None = None
    result: CheckResult | None = None
    satisfaction: Satisfaction | None = None
    person: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Filtering:
    """Show other cases."""

    wanted: CaseFilter


@dataclass(frozen=True, slots=True)
class Acting:
    """Do something to cases. `lacks` is what must still be told: the form asks it."""

    operation: Operation | Decision
    given: Given = Given()
    target: Target = Target()
    lacks: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True)
class Turning:
    """Do what the window's own action of that name does."""

    action: str


@dataclass(frozen=True, slots=True)
class Going:
    """Choose a case: by its code, or by the number of its row."""

    code: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """Not certain enough to be followed: why, and lines that would be."""

    problem: Refused
    suggestions: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing was typed."""


Reading = Filtering | Acting | Turning | Going | Unread | Empty
