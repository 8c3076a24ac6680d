"""Acting on cases from the command line: every operation of the table, on one case or on many."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from console.cli.main import Session, answering
from console.cli.output import Answer, Exit, told_refusal
from console.cli.told import told_card
from console.cli.typed import PART, PHOTO, UNTIL, Coded, Photo, at_city, once
from console.domain.case import Case, CheckResult, Flag, Satisfaction
from console.domain.errors import Refused
from console.domain.evidence import Evidence
from console.domain.operation import OUTSIDE, Operation
from console.domain.systems import SYSTEMS
from console.i18n import _
from console.queries.case import case_card
from console.services.steps import Outcome, Told, Wanted, take_step, take_steps, undo_step, undo_steps
from console.storage.unit import View
from console.words import OPERATIONS, STATES, refusal

if TYPE_CHECKING:
    from console.runtime.desk import Desk

_BY_ITSELF = (OUTSIDE - {Operation.UNDO}) | {Operation.REGISTER}
ACTS = tuple(one.value for one in Operation if one not in _BY_ITSELF)


_OPTIONS = (
    click.option("--class", "class_key", default="", help="类别 / class key, such as event:06010"),
    click.option("--condition", type=click.IntRange(1), help="立案或结案条件序号 / number of the condition"),
    click.option("--department", default="", help="部门代码 / department; else by the responsibility list"),
    click.option("--unit", default="", help="下级部门(二次派遣) / section for a second dispatch"),
    click.option("--assisting", multiple=True, help="协办部门,可多次 / assisting department, repeatable"),
    click.option("--territory", is_flag=True, help="属地兜底 / the area's own department"),
    click.option("--until", type=UNTIL, help="截止(城市时间,日期含当日) / end, a day is included"),
    click.option("--level", type=int, default=0, help="督办级别 / level of supervision"),
    click.option("--result", type=Coded(CheckResult), help="核实、核查、抽查结果 / what a check found"),
    click.option("--satisfaction", type=Coded(Satisfaction), help="回访满意度 / of the caller"),
    click.option("--flag", type=Coded(Flag), help="标记 / flag"),
    click.option("--person", default="", help="经手人 / who is to hold the case"),
    click.option("--other", default="", help="并入的案件 / code of the case to merge into"),
    click.option("--place", help="新位置:两个数 / the new place, two numbers such as 113.65,34.76"),
    click.option("--system", type=click.Choice(SYSTEMS), default="cgcs2000", help="坐标系 / of --place"),
    click.option("--part", "parts", type=PART, multiple=True, help="子案件,可多次 / sub-case, repeatable"),
    click.option("--photo", "photos", type=PHOTO, multiple=True, help="照片或文件,可多次 / photo or paper"),
)


def _told_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


_ALL = "  ".join(f"{code} {OPERATIONS[Operation(code)]}" for code in ACTS)


@click.command("do", epilog=f"OPERATION: {_ALL} / OPERATION: {', '.join(ACTS)}")
@click.argument("operation")
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@_told_options
@click.option("--note", default="", help="意见、理由 / opinion, reason")
@click.option("--by", help="经办人 / who does it")
@click.option("--seen", type=click.IntRange(1), help="所见版本,案件已变则拒绝 / refuse if it has moved on")
@answering
def do_step(
    session: Session,
    operation: str,
    codes: tuple[str, ...],
    by: str | None,
    seen: int | None,
    condition: int | None,
    photos: tuple[Photo, ...],
    until: datetime | None,
    place: str | None,
    system: str,
    **told: Any,
) -> None:
    """办理一步,一件或多件 / take one step with one case or with many.

    没有写明的按城市的清单。多件时逐件办理或拒绝:有拒绝的,退出码为 1。
    JSON:一件时同 cases show,多件时为逐件结果。 /
    What is not told comes from the city's lists. Of many cases each is done or refused by itself:
    exit code 1 where some were refused. JSON: of one case all that `cases show` tells, of many what
    became of each.
    """
    if operation not in ACTS:
        raise Refused("unknown_operation", operation=operation, known=", ".join(ACTS))
    signed, now = session.signed(by), datetime.now(UTC)
    wanted = _wanted(codes, seen)
    act = Operation(operation)
    if act is Operation.UNDO:
        _take_back(session, wanted, told["note"], signed, now)
        return
    with closing(session.desk()) as desk:
        spoken = Told(
            **told,
            condition=condition or 0,
            until=at_city(until, desk.ask_now(_timezone)),
            evidence=taken_in(desk, photos),
            by_advice=True,
            place=_place(desk, codes[0], place, system) if place else None,
        )
        if len(wanted) > 1:
            answer_many(session.answer, desk.do_now(take_steps, wanted, act, spoken, by=signed, at=now))
            return
        case = desk.do_now(take_step, wanted[0][0], act, spoken, by=signed, at=now, seen=seen)
        answer_one(session, desk, case, by=signed, at=now)


@click.command("undo")
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option("--note", default="", help="理由,冲正时必填 / reason, needed once the act has left the centre")
@click.option("--by", help="经办人 / who does it")
@click.option("--seen", type=click.IntRange(1), help="所见版本,案件已变则拒绝 / refuse if it has moved on")
@answering
def undo(session: Session, codes: tuple[str, ...], note: str, by: str | None, seen: int | None) -> None:
    """撤销最后一步;已过撤销时间的须冲正 / take the last act back, or write a counter-entry."""
    _take_back(session, _wanted(codes, seen), note, session.signed(by), datetime.now(UTC))


def _take_back(session: Session, wanted: Sequence[Wanted], note: str, by: str, at: datetime) -> None:
    with closing(session.desk()) as desk:
        if len(wanted) > 1:
            answer_many(session.answer, desk.do_now(undo_steps, wanted, by=by, at=at, note=note))
            return
        code, seen = wanted[0]
        case = desk.do_now(undo_step, code, by=by, at=at, seen=seen, note=note)
        answer_one(session, desk, case, by=by, at=at)


def taken_in(desk: "Desk", photos: Sequence[Photo]) -> tuple[Evidence, ...]:
    """The files as evidence, kept in the store's folder. Raises Refused for the first that is not let in."""
    if not photos:
        return ()
    from console.runtime.evidence import take_in  # only acts with photos pay for it

    found: list[Evidence] = []
    paths = [photo.path for photo in photos]
    for photo, item in zip(photos, take_in(desk.store.evidence, paths), strict=True):
        if isinstance(item, Refused):
            raise item
        found.append(replace(item, role=photo.role))
    return tuple(found)


def answer_one(session: Session, desk: "Desk", case: Case, *, by: str, at: datetime) -> None:
    """Tell what became of the one case that was acted on."""
    card = desk.ask_now(case_card, case.code, at, by)
    session.answer.give(told_card(card, at))
    done = _(OPERATIONS[card.facts[-1].operation])
    session.answer.say(f"{case.code} {done}: {_(STATES[case.state])}")


def answer_many(answer: Answer, outcomes: Sequence[Outcome]) -> None:
    """Tell what became of each case, and leave with code 1 where some were refused."""
    refused = sum(one.problem is not None for one in outcomes)
    done = len(outcomes) - refused
    answer.give({"done": done, "not_done": refused, "cases": [_told_outcome(one) for one in outcomes]})
    for one in outcomes:
        answer.say(f"{one.code}  {_result(one)}")
    answer.say(_("已办 {done} 件,未办 {refused} 件").format(done=done, refused=refused))
    if refused:
        raise SystemExit(Exit.FINDINGS)


def _wanted(codes: Sequence[str], seen: int | None) -> list[Wanted]:
    wanted = [(code, seen) for code in once(codes)]
    if seen is not None and len(wanted) > 1:
        raise click.UsageError("--seen: 1 CODE")
    return wanted


def _result(outcome: Outcome) -> str:
    if outcome.problem is not None:
        return refusal(outcome.problem)
    return _(STATES[outcome.case.state]) if outcome.case is not None else ""


def _told_outcome(outcome: Outcome) -> dict[str, Any]:
    if outcome.problem is not None:
        return {"code": outcome.code} | told_refusal(outcome.problem)
    case = outcome.case
    return {"code": outcome.code} | ({"state": case.state, "version": case.version} if case else {})


def _place(desk: "Desk", code: str, text: str, system: str) -> tuple[float, float]:
    """The place in degrees; the city's belt is that of the case."""
    from console.geography.typed_place import read_place  # only a move pays for it

    case = desk.ask_now(lambda view: view.cases.by_code(code))
    near = (case.lon, case.lat) if case.lon is not None and case.lat is not None else (114.0, 35.0)
    return read_place(text, system, near)


def _timezone(view: View) -> str:
    return view.reference.profile.timezone
