"""Cases from the command line: import, list, show, do."""

import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.flow import STEP_OF, Operation, Step, operations, transition
from console.domain.lamp import lamp
from console.domain.wanted import CaseFilter, Order
from console.i18n import _, named
from console.queries.case import CaseCard, case_card
from console.queries.queue import queue_ids, queue_rows
from console.services.steps import Told, take_step, undo_step
from console.words import LAMPS, OPERATIONS, SOURCES, STATES, limit, span

_ACTS = [
    operation.value for operation in Operation if operation not in {Operation.REGISTER, Operation.IMPORT}
]


@click.group()
def cases() -> None:
    """案件:导入、列表、查看、办理 / import, list, show, do."""


@cases.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", required=True, help="映射名或 TOML 文件 / mapping name or file")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="逐行结果 / report file")
@answering
def import_file(session: Session, file: Path, mapping: str, report: Path | None) -> None:
    """把 CSV、XLSX 或 GeoJSON 中的案件装入 / load cases from a file."""
    from console.adapters.intake.mapping import read_mapping
    from console.adapters.intake.run import import_cases, write_report

    answer = session.answer
    if report is not None and not os.access(report.parent, os.W_OK):
        raise Refused("folder_not_writable", folder=report.parent, said=report.name)
    desk = session.desk()
    try:
        done = import_cases(
            desk.store,
            file,
            read_mapping(mapping),
            progress=answer.progress(_("导入")),
            cancelled=lambda: False,
            now=datetime.now(UTC),
        )
    finally:
        desk.close()
    if report is not None:
        write_report(done, report)
    told = done.as_json()
    answer.give(told)
    counts = ("rows", "imported", "updated", "unchanged", "rejected", "outside", "suspicious")
    for name in counts:
        value = told[name]
        answer.say(f"{name:12} {len(value) if isinstance(value, list) else value}")
    if done.rejected:
        raise SystemExit(Exit.FINDINGS)


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
        ids = desk.ask_now(queue_ids, wanted, now)
        rows = desk.ask_now(queue_rows, ids[:most])
    finally:
        desk.close()
    shown = [rows[case_id] for case_id in ids[:most] if case_id in rows]
    session.answer.give({"total": len(ids), "cases": [asdict(row) for row in shown]})
    session.answer.table(
        (_("编号"), _("状态"), _("剩余"), _("类别"), _("部门"), _("地点")),
        (
            (
                row.code,
                _(STATES[row.state]),
                _left(row.due_at, row.fed_back_at, now),
                named(row.class_name, row.class_name_en),
                named(row.department_name, row.department_name_en),
                row.address,
            )
            for row in shown
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
    finally:
        desk.close()
    session.answer.give(told_card(card, now))
    for line in _card_lines(card, now):
        session.answer.say(line)


@cases.command("do")
@click.argument("step")
@click.argument("code")
@click.option("--class", "class_key", default="", help="类别 / class key, such as event:06010")
@click.option("--condition", type=int, default=0, help="立案条件序号 / filing condition number")
@click.option("--department", default="", help="部门代码;不写则按责任清单 / by the responsibility list")
@click.option("--note", default="", help="意见、理由 / opinion, reason")
@click.option("--by", default="", help="经办人 / who does it")
@answering
def do_step(session: Session, step: str, code: str, by: str, **told: Any) -> None:
    """办理一步:accept file dispatch receive feed_back check close rework … / take one step."""
    if step not in _ACTS:
        raise Refused("unknown_operation", operation=step, known=", ".join(_ACTS))
    operation = Operation(step)
    now = datetime.now(UTC)
    signed = by or session.settings.operator
    desk = session.desk()
    try:
        if operation is Operation.UNDO:
            case = desk.do_now(undo_step, code, by=signed, at=now)
        else:
            card = desk.ask_now(case_card, code, now)
            advised = _advised(card, operation, Told(**told))
            case = desk.do_now(take_step, code, operation, advised, by=signed, at=now)
        card = desk.ask_now(case_card, case.code, now)
    finally:
        desk.close()
    session.answer.give(told_card(card, now))
    session.answer.say(f"{case.code} {_(OPERATIONS[operation])}: {_(STATES[case.state])}")


def told_card(card: CaseCard, now: datetime) -> dict[str, Any]:
    """A case card as JSON: the case, its facts, and what may be done now."""
    return {
        "case": _told_case(card.case, now),
        "class": {"key": card.case_class.key, "name": card.case_class.name} if card.case_class else None,
        "condition": asdict(card.condition) if card.condition else None,
        "department": asdict(card.department) if card.department else None,
        "facts": [asdict(fact) for fact in card.facts],
        "may": [row.operation.value for row in operations(card.case.state)],
        "advice": {
            "condition": card.advice.condition.number if card.advice.condition else None,
            "departments": [item.code for item in card.advice.departments],
            "due_at": card.advice.due_at,
        },
    }


def _told_case(case: Case, now: datetime) -> dict[str, Any]:
    running = case.due_at if case.fed_back_at is None else None
    step = STEP_OF[case.state].value
    return asdict(case) | {"step": step, "lamp": lamp(now, running, case.soon_at).value}


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


def _left(due: datetime | None, fed_back: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    return span(((due - now) if fed_back is None else (due - fed_back)).total_seconds())


def _card_lines(card: CaseCard, now: datetime) -> list[str]:
    case = card.case
    zone = ZoneInfo(card.timezone)
    running = case.due_at if case.fed_back_at is None else None
    class_name = named(card.case_class.name, card.case_class.name_en) if card.case_class else case.class_key
    lines = [
        f"{case.code}  {_(STATES[case.state])}  {_(LAMPS[lamp(now, running, case.soon_at)])}",
        f"{_('类别')}: {class_name}  {limit(case.limit_value, case.limit_unit)}",
        f"{_('来源')}: {_(SOURCES[case.source])}  {case.reporter}",
        f"{_('地点')}: {case.address}  {case.cell}",
        f"{_('部门')}: {named(card.department.name, card.department.name_en) if card.department else ''}",
        case.description,
    ]
    for fact in card.facts:
        at = fact.at.astimezone(zone)
        lines.append(
            f"  {at:%Y-%m-%d %H:%M:%S}  {_(OPERATIONS[fact.operation])}  {fact.by}  {fact.note}".rstrip()
        )
    return lines
