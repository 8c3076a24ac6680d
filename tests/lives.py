"""Cases on their way in tests: a report, what each operation has to be told and by whom, and legal walks."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from console.domain.actor import EVERY_POST, Actor
from console.domain.acts import Inputs, Part, act, acted, standing, undo
from console.domain.calendar import WorkCalendar
from console.domain.case import Case, CheckResult, Fact, Flag, Satisfaction, Source, opening
from console.domain.evidence import Evidence, Role
from console.domain.flow import State, operations, transition
from console.domain.operation import Operation
from console.domain.practice import OPEN, Practice
from console.domain.report import Report
from console.domain.spot import Spot
from console.services.collection import register_report
from console.services.steps import Told, take_step
from console.storage.unit import Store
from tests.cities import ERQI, SOUTH, STEP_LAT, STEP_LON, WEST, small_catalogue, small_city

MONDAY = datetime(2026, 3, 9, 1, tzinfo=UTC)  # nine in the morning in the city
MINUTE = timedelta(minutes=1)
BY = "受理员01"
CHIEF = "值班长01"  # decides on what the other applied for, and goes on where the other may not
CLASS = "event:0110"  # 4 work hours when grave, 8 when mild
INSIDE = (WEST + 2.5 * STEP_LON, SOUTH + 2.5 * STEP_LAT)  # in 金水区, whose bureau answers for events
ELSEWHERE = (WEST + 8.5 * STEP_LON, SOUTH + 6.5 * STEP_LAT)  # in 二七区, where 郑东新区 manages
CELL = "410103001001093"
REPORT = Report(Source.HOTLINE, "路口有垃圾", CLASS, *INSIDE, "大学路 1 号", "王")
PHOTO = Evidence("a" * 64, "现场.jpg", "image/jpeg", 1000, Role.AFTER, 8, 6)
FORM = Evidence("b" * 64, "延期申请表.pdf", "application/pdf", 2000, Role.FORM)

# What the operations need beyond being asked; nothing where they need nothing. The case to merge into
# is the test's own.
TOLD: Mapping[Operation, Told] = {
    Operation.REJECT: Told(note="不属于本城市管理范围"),
    Operation.ANSWER: Told(note="已当场答复"),
    Operation.FILE: Told(condition=1),
    Operation.PRE_CHECK: Told(person="采集员01"),
    Operation.PRE_CHECK_RESULT: Told(result=CheckResult.EXISTS),
    Operation.VOID: Told(note="重复案件"),
    Operation.ASK_VOID: Told(note="重复案件"),
    Operation.REFUSE_VOID: Told(note="问题仍在"),
    Operation.UNMERGE: Told(note="不是同一问题"),
    Operation.DISPATCH: Told(department="D105"),
    Operation.SECOND_DISPATCH: Told(unit="D103"),
    Operation.REDISPATCH: Told(department="P01"),
    Operation.SEND_BACK: Told(note="立案条件有误"),
    Operation.CONSULT: Told(note="由排水公司先行处置", department="P01"),
    Operation.SPLIT: Told(parts=(Part("清运垃圾", "D105"), Part("修复井盖"))),
    Operation.ASK_AUTHORITY: Told(note="需占用城市道路"),
    Operation.GIVE_AUTHORITY: Told(note="同意"),
    Operation.REFUSE_AUTHORITY: Told(note="不同意"),
    Operation.ASK_RETURN: Told(note="不属于本部门职责"),
    Operation.REFUSE_RETURN: Told(note="属于本部门职责"),
    Operation.ASK_EXTENSION: Told(note="配件未到", evidence=(FORM,)),
    Operation.REFUSE_EXTENSION: Told(note="理由不足"),
    Operation.ASK_SUSPENSION: Told(note="冬季不能施工", until=MONDAY + timedelta(days=30)),
    Operation.REFUSE_SUSPENSION: Told(note="可以施工"),
    Operation.FEED_BACK: Told(note="已清理", evidence=(PHOTO,)),
    Operation.CHECK: Told(person="采集员01"),
    Operation.FAIL_CHECK: Told(note="仍有残留"),
    Operation.REWORK: Told(note="现场未清理干净"),
    Operation.ASK_FORCED_CLOSE: Told(note="权属不清,长期无人认领"),
    Operation.REFUSE_FORCED_CLOSE: Told(note="继续协调"),
    Operation.SPOT_CHECK: Told(result=CheckResult.FAILED),
    Operation.REOPEN: Told(note="问题反弹"),
    Operation.CALL_BACK: Told(satisfaction=Satisfaction.VERY),
    Operation.APPEAL: Told(note="道路封闭,不能进场"),
    Operation.REFUSE_APPEAL: Told(note="证据不足"),
    Operation.SUPERVISE: Told(level=2, note="限今日办结"),
    Operation.REPLY_SUPERVISION: Told(note="已增派人员"),
    Operation.MARK: Told(flag=Flag.URGENT),
    Operation.UNMARK: Told(flag=Flag.URGENT),
    Operation.ATTACH: Told(evidence=(PHOTO,)),
    Operation.HAND_OVER: Told(person="经办员01"),
    Operation.RELOCATE: Told(place=ELSEWHERE, note="坐标采集有误"),
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
    State.MERGED: (Operation.MERGE,),
    State.TO_FILE: SEVEN_STEPS[:1],
    State.PRE_CHECK: (Operation.ACCEPT, Operation.PRE_CHECK),
    State.VOIDED: (Operation.ACCEPT, Operation.VOID),
    State.TO_DISPATCH: SEVEN_STEPS[:2],
    State.TO_HANDLE: SEVEN_STEPS[:3],
    State.HANDLING: SEVEN_STEPS[:4],
    State.SUSPENDED: (*SEVEN_STEPS[:4], Operation.ASK_SUSPENSION, Operation.ALLOW_SUSPENSION),
    State.RETURNED: (*SEVEN_STEPS[:4], Operation.ASK_RETURN),
    State.FED_BACK: SEVEN_STEPS[:5],
    State.POST_CHECK: (*SEVEN_STEPS[:5], Operation.CHECK),
    State.TO_CLOSE: (*SEVEN_STEPS[:5], Operation.CHECK, Operation.PASS_CHECK),
    State.CLOSED: SEVEN_STEPS,
    State.FORCED_CLOSED: (*SEVEN_STEPS[:4], Operation.ASK_FORCED_CLOSE, Operation.ALLOW_FORCED_CLOSE),
}


@cache
def calendar() -> WorkCalendar:
    """The small city's working time."""
    return WorkCalendar(small_city().calendar, date(2025, 1, 1), date(2028, 12, 31))


def anybody(name: str = BY) -> Actor:
    """Somebody of every post, as a city without a list of staff has them."""
    return Actor(name, EVERY_POST)


def who(case: Case, operation: Operation) -> str:
    """Who may do it where posts do not matter: another than who applied, or received the return."""
    if operation is Operation.WITHDRAW:
        return case.asked_by
    row = transition(case.state, operation, case.request)
    answers = row is not None and row.answers is not None
    if (answers and case.asked_by == BY) or (row is not None and row.primary and case.barred == BY):
        return CHIEF
    return BY


def opened(
    code: str = "2026030900001", *, number: int = 1, self_handled: bool = False
) -> tuple[Case, list[Fact]]:
    """A case as it comes in, and its journal."""
    flags = (Flag.SELF_HANDLED,) if self_handled else ()
    case = Case(
        code, State.REPORTED, Source.HOTLINE, "路口有垃圾", MONDAY, CLASS, "2013", flags=flags, id=number
    )
    fact = opening(case, operation=Operation.REGISTER, at=MONDAY, by=BY)
    return replace(case, version=fact.number), [fact]


def inputs(operation: Operation, case: Case) -> Inputs:
    """What a legal `operation` is told; another department than the one that has the case."""
    told = TOLD.get(operation, Told())
    department = "D105" if told.department == case.department == "P01" else told.department
    return Inputs(
        case_class=small_catalogue().by_key[CLASS],
        condition=told.condition,
        edition="2013",
        department=department,
        note=told.note,
        unit=told.unit,
        assisting=told.assisting,
        until=told.until,
        level=told.level,
        result=told.result,
        satisfaction=told.satisfaction,
        flag=told.flag,
        person=told.person,
        other=opened("2026030900099", number=99)[0] if operation is Operation.MERGE else None,
        parts=told.parts,
        evidence=told.evidence,
        filed_by=BY if operation is Operation.SEND_BACK else "",
        # A little farther each time: a case is not moved to where it lies.
        spot=Spot(
            ELSEWHERE[0] + case.version * 1e-7, ELSEWHERE[1], "410103002001081", "", "410103002", ERQI, ""
        )
        if operation is Operation.RELOCATE
        else None,
    )


def stepped(
    case: Case,
    facts: list[Fact],
    operation: Operation,
    *,
    pause: timedelta = MINUTE,
    practice: Practice = OPEN,
) -> tuple[Case, list[Fact]]:
    """The case a minute later, after one more operation or an undo."""
    at = facts[-1].at + pause
    if operation is Operation.UNDO:
        actor = anybody(acted(standing(facts))[-1].by)
        after, fact, _ = undo(facts, case, actor=actor, at=at, calendar=calendar(), practice=practice)
        return after, [*facts, fact]
    after, fact = act(
        case,
        operation,
        inputs(operation, case),
        actor=anybody(who(case, operation)),
        at=at,
        calendar=calendar(),
        practice=practice,
    )
    return after, [*facts, fact]


def walked(*steps: Operation, start: tuple[Case, list[Fact]] | None = None) -> tuple[Case, list[Fact]]:
    """A fresh case, or the one given, after some operations."""
    case, facts = start or opened()
    for operation in steps:
        case, facts = stepped(case, facts, operation)
    return case, facts


def possible(case: Case, facts: list[Fact]) -> list[Operation]:
    """What the table and the case allow now, undo among it."""
    found = []
    for row in operations(case.state, case.request):
        if is_possible(case, row.operation, facts[-1].at + MINUTE):
            found.append(row.operation)
    return [*found, Operation.UNDO] if len(acted(standing(facts))) > 1 else found


def is_possible(case: Case, operation: Operation, at: datetime) -> bool:
    """Whether nothing about the case itself speaks against a legal operation."""
    match operation:
        case Operation.CONFIRM_SELF:
            return Flag.SELF_HANDLED in case.flags
        case Operation.ASK_EXTENSION:
            return case.due_at is not None and at <= case.due_at and case.extensions < OPEN.most_extensions
        case Operation.ASK_SUSPENSION:
            return case.suspensions < OPEN.most_suspensions
        case Operation.CLOSE:
            return case.checked is not CheckResult.FAILED
        case Operation.MERGE:
            return Flag.SIMILAR not in case.flags
        case Operation.REPLY_SUPERVISION | Operation.END_SUPERVISION:
            return case.supervision > 0
        case Operation.UNMARK:
            return bool({Flag.URGENT, Flag.TYPICAL} & {*case.flags})
        case Operation.APPEAL:
            late = case.due_at and case.fed_back_at and case.fed_back_at > case.due_at
            return bool(late) and not case.appeals
    return True


def registered(store: Store, report: Report = REPORT, at: datetime = MONDAY) -> Case:
    with store.write() as unit:
        return register_report(unit, report, by=BY, at=at)


def taken(store: Store, case: Case, *steps: Operation, at: datetime = MONDAY + MINUTE) -> Case:
    """The case in the store after some operations, a minute apart."""
    for number, operation in enumerate(steps):
        told = TOLD.get(operation, Told())
        by = who(case, operation)
        with store.write() as unit:
            case = take_step(unit, case.code, operation, told, by=by, at=at + number * MINUTE)
    return case
