"""Cases on their way in tests: a report, what each operation has to be told, and legal walks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from console.domain.acts import Inputs, act, undo
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, Fact, Source, opening
from console.domain.flow import State, operations
from console.domain.operation import Operation
from console.domain.report import Report
from console.services.collection import register_report
from console.services.steps import Told, take_step
from console.storage.unit import Store
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST, small_catalogue, small_city

MONDAY = datetime(2026, 3, 9, 1, tzinfo=UTC)  # nine in the morning in the city
MINUTE = timedelta(minutes=1)
BY = "受理员01"
CLASS = "event:0110"  # 4 work hours when grave, 8 when mild
INSIDE = (WEST + 2.5 * STEP_LON, SOUTH + 2.5 * STEP_LAT)  # in 金水区, whose bureau answers for events
REPORT = Report(Source.HOTLINE, "路口有垃圾", CLASS, *INSIDE, "大学路 1 号", "王")

# What the operations need beyond being asked; nothing where they need nothing.
TOLD: Mapping[Operation, Told] = {
    Operation.REJECT: Told(note="不属于本城市管理范围"),
    Operation.FILE: Told(condition=1),
    Operation.VOID: Told(note="重复案件"),
    Operation.DISPATCH: Told(department="D105"),
    Operation.REDISPATCH: Told(department="P01"),
    Operation.REWORK: Told(note="现场未清理干净"),
}
SEVEN_STEPS = (
    Operation.ACCEPT,
    Operation.FILE,
    Operation.DISPATCH,
    Operation.RECEIVE,
    Operation.FEED_BACK,
    Operation.CLOSE,
)
# The shortest way from a report to each state.
WAY: Mapping[State, tuple[Operation, ...]] = {
    State.REPORTED: (),
    State.NOT_ACCEPTED: (Operation.REJECT,),
    State.TO_FILE: SEVEN_STEPS[:1],
    State.VOIDED: (Operation.ACCEPT, Operation.VOID),
    State.TO_DISPATCH: SEVEN_STEPS[:2],
    State.TO_HANDLE: SEVEN_STEPS[:3],
    State.HANDLING: SEVEN_STEPS[:4],
    State.FED_BACK: SEVEN_STEPS[:5],
    State.POST_CHECK: (*SEVEN_STEPS[:5], Operation.CHECK),
    State.CLOSED: SEVEN_STEPS,
}


@cache
def calendar() -> WorkCalendar:
    """The small city's working time."""
    return WorkCalendar(small_city().calendar, date(2025, 1, 1), date(2028, 12, 31))


def opened(code: str = "2026030900001") -> tuple[Case, list[Fact]]:
    """A case as it comes in, and its journal."""
    case = Case(code, State.REPORTED, Source.HOTLINE, "路口有垃圾", MONDAY, CLASS, "2013", id=1)
    fact = opening(case, operation=Operation.REGISTER, at=MONDAY, by=BY)
    return replace(case, version=fact.number), [fact]


def inputs(operation: Operation, case: Case) -> Inputs:
    """What a legal `operation` is told; another department than the one that has the case."""
    told = TOLD.get(operation, Told())
    department = "D105" if told.department == case.department == "P01" else told.department
    found = small_catalogue().by_key[CLASS]
    return Inputs(found, told.condition, "2013", department, told.note)


def stepped(case: Case, facts: list[Fact], operation: Operation) -> tuple[Case, list[Fact]]:
    """The case a minute later, after one more operation or an undo."""
    at = facts[-1].at + MINUTE
    if operation is Operation.UNDO:
        after, fact = undo(facts, case, by=BY, at=at)
    else:
        after, fact = act(case, operation, inputs(operation, case), by=BY, at=at, calendar=calendar())
    return after, [*facts, fact]


def walked(*steps: Operation) -> tuple[Case, list[Fact]]:
    """A fresh case after some operations."""
    case, facts = opened()
    for operation in steps:
        case, facts = stepped(case, facts, operation)
    return case, facts


def possible(case: Case, facts: list[Fact]) -> list[Operation]:
    """What may be done now, undo among it."""
    rows = [row.operation for row in operations(case.state)]
    undoable = len(facts) > 1 and facts[-1].operation is not Operation.UNDO
    return [*rows, Operation.UNDO] if undoable else rows


def registered(store: Store, report: Report = REPORT, at: datetime = MONDAY) -> Case:
    with store.write() as unit:
        return register_report(unit, report, by=BY, at=at)


def taken(store: Store, case: Case, *steps: Operation, at: datetime = MONDAY + MINUTE) -> Case:
    """The case in the store after some operations, a minute apart."""
    for number, operation in enumerate(steps):
        told = TOLD.get(operation, Told())
        with store.write() as unit:
            case = take_step(unit, case.code, operation, told, by=BY, at=at + number * MINUTE)
    return case
