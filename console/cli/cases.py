"""Cases from the command line: import, list, show, do."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from console.cli.card import card_lines, time_left, told_card
from console.cli.importing import import_file
from console.cli.main import Session, answering
from console.domain.city import Department
from console.domain.errors import Refused
from console.domain.flow import Step, transition
from console.domain.operation import Operation
from console.domain.wanted import CaseFilter, Order
from console.i18n import _, named
from console.queries.case import CaseCard, case_card
from console.queries.known import check_codes
from console.queries.queue import queue_ids, queue_rows
from console.services.steps import Told, take_step, undo_step
from console.settings import may_sign
from console.storage.unit import View
from console.words import OPERATIONS, STATES

_ACTS = [
    operation.value for operation in Operation if operation not in {Operation.REGISTER, Operation.IMPORT}
]


@click.group()
def cases() -> None:
    """案件:导入、列表、查看、办理 / import, list, show, do."""


cases.add_command(import_file)


@cases.command("list")
@click.option("--step", type=click.Choice([step.value for step in Step]))
@click.option("--all", "everything", is_flag=True, help="含已办结 / ended ones too")
@click.option("--late", is_flag=True)
@click.option("--department", default="")
@click.option("--division", default="")
@click.option("--class", "classes", default="")
@click.option("--cell", default="")
@click.option("--text", default="")
@click.option("--order", type=click.Choice([order.value for order in Order]), default=Order.DUE.value)
@click.option("--descending", is_flag=True)
@click.option("--most", type=click.IntRange(1), default=50, show_default=True)
@answering
def list_cases(session: Session, step: str | None, order: str, most: int, **narrow: Any) -> None:
    """按条件列出案件 / list cases."""
    now = datetime.now(UTC)
    wanted = CaseFilter(step=Step(step) if step else None, order=Order(order), **narrow)
    desk = session.desk()
    try:
        desk.ask_now(check_codes, wanted)
        ids = desk.ask_now(queue_ids, wanted, now)
        rows = desk.ask_now(queue_rows, ids[:most])
    finally:
        desk.close()
    first = [rows[case_id] for case_id in ids[:most] if case_id in rows]
    session.answer.give({"total": len(ids), "cases": [asdict(row) for row in first]})
    session.answer.table(
        (_("编号"), _("状态"), _("剩余"), _("类别"), _("部门"), _("地点")),
        (
            (
                row.code,
                _(STATES[row.state]),
                time_left(row.current_due_at, row.due_at, row.fed_back_at, now),
                named(row.class_name, row.class_name_en),
                named(row.department_name, row.department_name_en),
                row.address,
            )
            for row in first
        ),
    )
    session.answer.say(_("共 {total} 件").format(total=len(ids)))


@cases.command("show")
@click.argument("code")
@answering
def show_case(session: Session, code: str) -> None:
    """一个案件的全部 / one case in full."""
    now = datetime.now(UTC)
    desk = session.desk()
    try:
        card = desk.ask_now(case_card, code, now)
        departments = desk.ask_now(_departments)
    finally:
        desk.close()
    session.answer.give(told_card(card, now))
    for line in card_lines(card, departments, now):
        session.answer.say(line)


@cases.command("do")
@click.argument("step")
@click.argument("code")
@click.option("--class", "class_key", default="", help="类别 / class key, such as event:06010")
@click.option("--condition", type=click.IntRange(1), help="立案条件序号 / filing condition number")
@click.option("--department", default="", help="部门代码;不写则按责任清单 / by the responsibility list")
@click.option("--note", default="", help="意见、理由 / opinion, reason")
@click.option("--by", help="经办人 / who does it")
@answering
def do_step(
    session: Session, step: str, code: str, by: str | None, condition: int | None, **told: Any
) -> None:
    """办理一步:accept file dispatch receive feed_back check close rework … / take one step."""
    if step not in _ACTS:
        raise Refused("unknown_operation", operation=step, known=", ".join(_ACTS))
    operation = Operation(step)
    now = datetime.now(UTC)
    if by is not None and not may_sign(by):
        raise Refused("bad_operator", by=by)
    signed = session.settings.operator if by is None else by
    desk = session.desk()
    try:
        if operation is Operation.UNDO:
            case = desk.do_now(undo_step, code, by=signed, at=now)
        else:
            card = desk.ask_now(case_card, code, now)
            advised = _advised(card, operation, Told(condition=condition or 0, **told))
            case = desk.do_now(take_step, code, operation, advised, by=signed, at=now)
        card = desk.ask_now(case_card, case.code, now)
    finally:
        desk.close()
    session.answer.give(told_card(card, now))
    session.answer.say(f"{case.code} {_(OPERATIONS[operation])}: {_(STATES[case.state])}")


def _departments(view: View) -> dict[str, Department]:
    return view.reference.departments


def _advised(card: CaseCard, operation: Operation, told: Told) -> Told:
    """Fill in what the city's own lists say where nothing was told."""
    row = transition(card.case.state, operation)
    if row is None:
        return told  # the act itself says why not
    if operation is Operation.FILE and not told.condition and not told.class_key and card.advice.condition:
        return Told(card.case.class_key, card.advice.condition.number, told.department, told.note)
    if operation is Operation.DISPATCH and not told.department and card.advice.departments:
        return Told(told.class_key, told.condition, card.advice.departments[0].code, told.note)
    return told
