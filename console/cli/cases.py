"""Cases from the command line: import, register, list, show, act, sample."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import click

from console.cli.acts import do_step, undo
from console.cli.card import card_lines, time_left
from console.cli.importing import import_file
from console.cli.main import Session, answering
from console.cli.register import register
from console.cli.resume import resume_over
from console.cli.spot_check import spot_check
from console.cli.told import told_card
from console.cli.typed import Coded
from console.domain.case import Flag
from console.domain.city import Department
from console.domain.flow import State, Step
from console.domain.operation import Request
from console.domain.wanted import CaseFilter, Order
from console.i18n import _, named
from console.queries.case import case_card
from console.queries.known import check_codes
from console.queries.paging import queue_count, queue_page
from console.queries.queue import QueueRow
from console.storage.unit import View
from console.words import FLAGS, REQUESTS, STATES


@click.group()
def cases() -> None:
    """案件:导入、登记、列表、查看、办理、撤销、抽查 / import, register, list, show, do, undo, sample."""


for _command in (import_file, register, do_step, undo, resume_over, spot_check):
    cases.add_command(_command)


@cases.command("list")
@click.option("--step", type=Coded(Step))
@click.option("--all", "everything", is_flag=True, help="含已办结 / ended ones too")
@click.option("--late", is_flag=True)
@click.option("--department", default="")
@click.option("--division", default="")
@click.option("--class", "classes", default="")
@click.option("--cell", default="")
@click.option("--text", default="")
@click.option("--state", "states", type=Coded(State), multiple=True)
@click.option("--request", type=Coded(Request), help="待审批 / waiting")
@click.option("--flag", type=Coded(Flag))
@click.option("--handler", default="", help="经手人 / who holds the case")
@click.option("--order", type=Coded(Order), default=Order.DUE)
@click.option("--descending", is_flag=True)
@click.option("--most", type=click.IntRange(1), default=50, show_default=True)
@answering
def list_cases(session: Session, most: int, **narrow: Any) -> None:
    """按条件列出案件 / list cases."""
    now = datetime.now(UTC)
    wanted = CaseFilter(**narrow)
    with closing(session.desk()) as desk:
        desk.ask_now(check_codes, wanted)
        total = desk.ask_now(queue_count, wanted, now)
        first = desk.ask_now(queue_page, wanted, now, 0, most).rows
    session.answer.give({"total": total, "cases": [row._asdict() for row in first]})
    session.answer.table(
        (_("编号"), _("状态"), _("剩余"), _("标记"), _("类别"), _("部门"), _("地点")),
        (
            (
                row.code,
                _(STATES[row.state]),
                time_left(row.current_due_at, row.due_at, row.fed_back_at, now),
                _marks(row),
                named(row.class_name, row.class_name_en),
                named(row.department_name, row.department_name_en),
                row.address,
            )
            for row in first
        ),
    )
    session.answer.say(_("共 {total} 件").format(total=total))


@cases.command("show")
@click.argument("code")
@click.option("--by", help="以谁的岗位看 / as whose seat")
@answering
def show_case(session: Session, code: str, by: str | None) -> None:
    """一个案件的全部 / one case in full."""
    signed, now = session.signed(by), datetime.now(UTC)
    with closing(session.desk()) as desk:
        card = desk.ask_now(case_card, code, now, signed)
        departments = desk.ask_now(_departments)
    session.answer.give(told_card(card, now))
    for line in card_lines(card, departments, now):
        session.answer.say(line)


def _marks(row: QueueRow) -> str:
    """What waits for a decision, and the flags."""
    waiting = [_(REQUESTS[row.request])] if row.request is not None else []
    return " ".join([*waiting, *(_(FLAGS[flag]) for flag in row.flags)])


def _departments(view: View) -> dict[str, Department]:
    return view.reference.departments
