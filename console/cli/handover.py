"""Shift handover from the command line: the brief shown, given, read again, taken over."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.domain.handover import Edit, Handover, Reason, Why
from console.i18n import _, named
from console.queries.handover import handover_brief
from console.queries.handovers import last_handovers, one_handover
from console.services.handover import content_of, give_handover, take_handover
from console.storage.unit import View
from console.words.dates import moment_words
from console.words.handover import reason_words, short_text, step_words, totals_words

BY = click.option("--by", help="经办人 / who does it")


@click.group()
def handover() -> None:
    """交接班:要点、交班、接班 / what one shift leaves the next."""


@handover.command("show")
@BY
@answering
def show(session: Session, by: str | None) -> None:
    """此刻须交接的事项 / what there is to hand over now."""
    signed = session.signed(by)
    now = datetime.now(UTC)
    with closing(session.desk()) as desk:
        brief = desk.ask_now(handover_brief, now, signed)
        zone = desk.ask_now(_zone)
    text = short_text(brief, zone)
    told = content_of(brief, Edit(text))
    session.answer.give(told | {"since": brief.since, "until": brief.until, "next_until": brief.next_until})
    session.answer.say(f"{named(*brief.shift)} → {named(*brief.next_shift)}")
    session.answer.say(totals_words(brief.totals))
    session.answer.say(step_words(brief.totals))
    _table(session, told["items"], zone, now)
    session.answer.say(text)


@handover.command("give")
@click.option("--to", default="", help="接班人,不写则下一班任何人 / who is to take it over")
@click.option("--strike", "struck", multiple=True, metavar="CODE", help="不交的案件,可多次 / left out")
@click.option("--note", "notes", multiple=True, metavar="CODE=TEXT", help="对案件的备注,可多次 / of a case")
@click.option("--remark", default="", help="总备注 / of the whole")
@click.option("--text", help="要点,至多 300 字,不写则自动 / the short text")
@BY
@answering
def give(
    session: Session,
    to: str,
    struck: tuple[str, ...],
    notes: tuple[str, ...],
    remark: str,
    text: str | None,
    by: str | None,
) -> None:
    """交班:签名后不可更改 / sign and give it; it cannot be changed afterwards."""
    signed = session.signed(by)
    remarks = dict(map(_note, notes))
    now = datetime.now(UTC)
    with closing(session.desk()) as desk:
        brief = desk.ask_now(handover_brief, now, signed)
        zone = desk.ask_now(_zone)
        written = short_text(brief, zone, struck=struck, remarks=remarks) if text is None else text
        edit = Edit(written, frozenset(struck), remarks, remark, to)
        one = desk.do_now(give_handover, brief, edit, by=signed, at=now)
    session.answer.give(_plain(one))
    session.answer.say(_("第 {number} 号交班已签,待接班").format(number=one.id))
    session.answer.say(written)


@handover.command("list")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True)
@answering
def listed(session: Session, most: int) -> None:
    """历次交班 / the last ones."""
    with closing(session.desk()) as desk:
        found = desk.ask_now(last_handovers, most)
        zone = desk.ask_now(_zone)
    session.answer.give({"handovers": [_plain(one) for one in found]})
    rows = (
        (one.id, moment_words(one.given_at, zone), named(*one.told["shift"]), one.given_by,
         one.taken_by or _("待接班"), one.told["text"])
        for one in found
    )  # fmt: skip
    session.answer.table((_("号"), _("时间"), _("班次"), _("交班"), _("接班"), _("要点")), rows)


@handover.command("read")
@click.argument("number", type=int)
@answering
def read(session: Session, number: int) -> None:
    """一次交班的全部 / all of one."""
    with closing(session.desk()) as desk:
        one = desk.ask_now(one_handover, number)
        zone = desk.ask_now(_zone)
    session.answer.give(_plain(one) | {"content": one.told})
    told = one.told
    session.answer.say(told["text"])
    if told["remark"]:
        session.answer.say(told["remark"])
    _table(session, told["items"], zone, one.given_at)


@handover.command("print")
@click.argument("number", type=int)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="PDF 文件 / PDF file"
)
@click.option("--replace", "replacing", is_flag=True, help="覆盖已有的文件 / replace an existing file")
@answering
def on_paper(session: Session, number: int, out: Path, replacing: bool) -> None:
    """把一次交班存为 PDF / save one as a PDF."""
    from console.runtime.handover import write_handover

    with closing(session.desk()) as desk:
        size = write_handover(desk, number, out, replacing=replacing)
    session.answer.give({"handover": number, "file": out, "bytes": size})
    session.answer.say(_("第 {number} 号交班已存为 {file}").format(number=number, file=out))


@handover.command("acknowledge")
@click.argument("number", type=int)
@click.option("--note", default="", help="说明 / remark")
@BY
@answering
def acknowledge(session: Session, number: int, note: str, by: str | None) -> None:
    """接班 / take it over."""
    signed = session.signed(by)
    with closing(session.desk()) as desk:
        one = desk.do_now(take_handover, number, by=signed, at=datetime.now(UTC), note=note)
    session.answer.give(_plain(one))
    session.answer.say(_("第 {number} 号交班已由 {name} 接班").format(number=number, name=one.taken_by))


def _note(told: str) -> tuple[str, str]:
    code, mark, text = told.partition("=")
    if not mark:
        raise click.UsageError(_("备注须写作 案件编号=备注:{told}").format(told=told))
    return code.strip(), text.strip()


def _table(session: Session, items: list[dict[str, Any]], zone: ZoneInfo, now: datetime) -> None:
    rows = (
        (
            item["code"],
            _("、").join(reason_words(_reason(*told), zone, now) for told in item["reasons"]),
            named(*item["what"]),
            item["where"],
            _("已划去") if item["struck"] else item["remark"],
        )
        for item in items
    )
    session.answer.table((_("编号"), _("事由"), _("类别"), _("地点"), _("备注")), rows)


def _reason(why: str, at: str | None) -> Reason:
    return Reason(Why(why), datetime.fromisoformat(at) if at else None)


def _zone(view: View) -> ZoneInfo:
    return ZoneInfo(view.reference.profile.timezone)


def _plain(one: Handover) -> dict[str, Any]:
    names = (
        "given_by",
        "given_at",
        "given_to",
        "since",
        "until",
        "shift",
        "taken_by",
        "taken_at",
        "taken_note",
    )
    told = {name: getattr(one, name) for name in names}
    return {"handover": one.id, "hash": one.content_hash, "text": one.told["text"], **told}
