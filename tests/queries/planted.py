"""Cases planted for a handover: one for every reason to be mentioned, among others that need not be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.case import Case, Fact, Flag, Satisfaction, Source, opening
from console.domain.flow import State
from console.domain.handover import Why
from console.domain.operation import Operation, Request
from console.storage.unit import Store
from tests.cities import ERQI, JINSHUI
from tests.lives import BY

NOW = datetime.fromisoformat("2026-03-09T07:50:00+00:00")  # ten to four: the day shift ends at four
SINCE, NEXT_UNTIL = NOW - timedelta(hours=7, minutes=50), NOW + timedelta(hours=8, minutes=10)
HOUR = timedelta(hours=1)
Later = tuple[tuple[Operation, datetime, dict[str, str]], ...]


def base(code: str) -> Case:
    return Case(
        code=code,
        state=State.HANDLING,
        source=Source.PATROL,
        description="路口有垃圾",
        reported_at=NOW - 30 * HOUR,
        class_key="event:0110",
        edition="2013",
        address="大学路 1 号",
        district=JINSHUI,
        department="D105",
        dispatched_at=NOW - 29 * HOUR,
        current_due_at=NOW + 40 * HOUR,
        soon_at=NOW + 30 * HOUR,
        due_at=NOW + 40 * HOUR,
    )


def due(case: Case, at: datetime, soon: datetime) -> Case:
    return replace(case, current_due_at=at, due_at=at, soon_at=soon)


def ended(case: Case, source: Source, at: datetime) -> Case:
    return replace(
        case,
        state=State.CLOSED,
        source=source,
        current_due_at=None,
        soon_at=None,
        ended_at=at,
        fed_back_at=at,
    )


MUST: dict[str, tuple[Why, Callable[[Case], Case], Later]] = {
    "urgent": (Why.URGENT, lambda case: replace(case, flags=(Flag.URGENT,)), ()),
    "cover gone": (
        Why.URGENT,
        lambda case: replace(case, class_key="part:0103", limit_unit="urgent_hour", limit_value=2.0),
        (),
    ),
    "unanswered": (
        Why.UNANSWERED,
        lambda case: replace(case, flags=(Flag.SUPERVISED,), supervision=2),
        ((Operation.SUPERVISE, NOW - 5 * HOUR, {}),),
    ),
    "asked again": (
        Why.UNANSWERED,
        lambda case: replace(case, flags=(Flag.SUPERVISED,), supervision=3),
        (
            (Operation.SUPERVISE, NOW - 5 * HOUR, {}),
            (Operation.REPLY_SUPERVISION, NOW - 4 * HOUR, {}),
            (Operation.SUPERVISE, NOW - 3 * HOUR, {}),
        ),
    ),
    "answered": (
        Why.SUPERVISED,
        lambda case: replace(case, flags=(Flag.SUPERVISED,), supervision=1),
        (
            (Operation.SUPERVISE, NOW - 5 * HOUR, {}),
            (Operation.REPLY_SUPERVISION, NOW - 4 * HOUR, {}),
        ),
    ),
    "late": (Why.LATE, lambda case: due(case, NOW - HOUR, NOW - 3 * HOUR), ()),
    "late early in the shift": (Why.LATE, lambda case: due(case, SINCE, SINCE - HOUR), ()),
    "soon": (Why.SOON, lambda case: due(case, NOW + 2 * HOUR, NOW - HOUR), ()),
    "in the next shift": (Why.SOON, lambda case: due(case, NOW + 7 * HOUR, NOW + 6 * HOUR), ()),
    "suspension ends": (
        Why.SUSPENSION,
        lambda case: replace(
            case, state=State.SUSPENDED, current_due_at=None, suspended_until=NOW + 3 * HOUR
        ),
        (),
    ),
    "promised": (
        Why.PROMISE,
        lambda case: replace(case, flags=(Flag.CONSULTED,)),
        ((Operation.CONSULT, NOW - 20 * HOUR, {"until": (NOW + 4 * HOUR).isoformat()}),),
    ),
    "promise broken": (
        Why.PROMISE,
        lambda case: replace(case, flags=(Flag.CONSULTED,)),
        ((Operation.CONSULT, NOW - 20 * HOUR, {"until": (NOW - HOUR).isoformat()}),),
    ),
    "asked until": (
        Why.PROMISE,
        lambda case: replace(
            case, request=Request.SUSPENSION, asked_by="经办员01", asked_at=NOW - HOUR,
            asked_until=NOW + 2 * HOUR,
        ),
        (),
    ),
    "undecided": (
        Why.APPLICATION,
        lambda case: replace(case, request=Request.EXTENSION, asked_by="经办员01", asked_at=NOW - 9 * HOUR),
        (),
    ),
    "return asked": (
        Why.RETURNED,
        lambda case: replace(
            case, state=State.RETURNED, held=State.HANDLING, request=Request.RETURN, asked_by="经办员01",
            asked_at=NOW - 20 * HOUR,
        ),
        (),
    ),
    "returned": (
        Why.RETURNED,
        lambda case: replace(case, state=State.TO_DISPATCH, returns=1, department=""),
        ((Operation.ALLOW_RETURN, NOW - 2 * HOUR, {}),),
    ),
    "shuffled": (
        Why.RETURNED,
        lambda case: replace(case, shuffles=1),
        ((Operation.REFUSE_RETURN, NOW - 2 * HOUR, {}),),
    ),
    "sent back": (
        Why.RETURNED,
        lambda case: replace(case, state=State.TO_FILE, barred="值班长01", department=""),
        (),
    ),
    "hotline": (Why.CALL_BACK, lambda case: ended(case, Source.HOTLINE, NOW - 70 * HOUR), ()),
    "public": (Why.CALL_BACK, lambda case: ended(case, Source.PUBLIC, NOW - 100 * HOUR), ()),
    "duplicate's caller": (
        Why.CALL_BACK,
        lambda case: replace(ended(case, Source.HOTLINE, NOW - 70 * HOUR), state=State.MERGED),
        (),
    ),
}  # fmt: skip

NEED_NOT: dict[str, tuple[Callable[[Case], Case], Later]] = {
    "plain": (lambda case: case, ()),
    "late since yesterday": (lambda case: due(case, NOW - 20 * HOUR, NOW - 22 * HOUR), ()),
    "due after the next shift": (lambda case: due(case, NEXT_UNTIL, NOW + 7 * HOUR), ()),
    "urgent but closed": (
        lambda case: replace(ended(case, Source.PATROL, NOW - HOUR), flags=(Flag.URGENT,)),
        (),
    ),
    "suspended for long": (
        lambda case: replace(
            case, state=State.SUSPENDED, current_due_at=None, suspended_until=NOW + 90 * HOUR
        ),
        (),
    ),
    "promised later": (
        lambda case: replace(case, flags=(Flag.CONSULTED,)),
        ((Operation.CONSULT, NOW - 2 * HOUR, {"until": (NOW + 40 * HOUR).isoformat()}),),
    ),
    "promise moved": (
        lambda case: replace(case, flags=(Flag.CONSULTED,)),
        (
            (Operation.CONSULT, NOW - 3 * HOUR, {"until": (NOW + 4 * HOUR).isoformat()}),
            (Operation.CONSULT, NOW - 2 * HOUR, {"until": (NOW + 40 * HOUR).isoformat()}),
        ),
    ),
    "returned yesterday": (
        lambda case: replace(case, returns=1),
        ((Operation.ALLOW_RETURN, NOW - 20 * HOUR, {}),),
    ),
    "called back": (
        lambda case: replace(ended(case, Source.HOTLINE, NOW - 70 * HOUR), satisfaction=Satisfaction.VERY),
        (),
    ),
    "closed today": (lambda case: ended(case, Source.HOTLINE, NOW - 3 * HOUR), ()),
    "given up": (lambda case: ended(case, Source.HOTLINE, NOW - 24 * 20 * HOUR), ()),
    "patrol": (lambda case: ended(case, Source.PATROL, NOW - 70 * HOUR), ()),
    "voided": (
        lambda case: replace(ended(case, Source.HOTLINE, NOW - 70 * HOUR), state=State.VOIDED),
        (),
    ),
    "elsewhere": (lambda case: replace(case, district=ERQI, department="D103"), ()),
}


def plant(store: Store) -> dict[str, str]:
    """The codes by what was planted."""
    codes: dict[str, str] = {}
    planted = {**{name: (make, later) for name, (_why, make, later) in MUST.items()}, **NEED_NOT}
    with store.write() as unit:
        for number, (name, (make, later)) in enumerate(planted.items(), 1):
            case = make(base(f"20260308{number:05d}"))
            case_id = unit.add(
                replace(case, version=1),
                opening(case, operation=Operation.IMPORT, at=case.reported_at, by=BY),
            )
            stored = unit.cases.by_id(case_id)
            for version, (operation, at, details) in enumerate(later, 2):
                fact = Fact(version, operation, at, BY, {}, details=details)
                unit.save(replace(stored, version=version), fact)
            codes[name] = case.code
    return codes
