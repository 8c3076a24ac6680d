"""The duty roster from the command line: who is on duty, the shifts, lists loaded, one person put on."""

from contextlib import closing
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.actor import EVERY_POST, Post
from console.domain.duty import Duty, OnDuty, Shift, Turn
from console.i18n import _, named
from console.queries import duty
from console.services.roster import load_roster, put_duty, remove_duty, set_shifts
from console.storage.roster import read_shifts
from console.storage.unit import View
from console.words import POSTS
from console.words.dates import day_words
from console.words.practice import staff_problem

if TYPE_CHECKING:
    from console.adapters.practice.roster import Listable

BY = click.option("--by", help="经办人 / who does it")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def roster() -> None:
    """值班表:班次、谁在岗、带班领导 / shifts, who is on duty, the leader."""


@roster.command("now")
@answering
def now(session: Session) -> None:
    """此刻谁在岗 / who is on duty now."""
    with closing(session.desk()) as desk:
        found, zone = desk.ask_now(_now)
    session.answer.give(_told(found))
    if found.turn is None:
        session.answer.say(_("此刻不在任何班次内"))
        return
    words = _("{shift} {since}–{until},带班领导:{leader}")
    session.answer.say(
        words.format(shift=named(found.turn.shift.name, found.turn.shift.name_en), **_hours(found.turn, zone),
                     leader=found.leader or _("未排"))
    )  # fmt: skip
    _table(session, found.duties, (found.turn.shift,))


@roster.command("list")
@click.option("--since", type=_DAY, help="起,默认今天 / from, today where not told")
@click.option("--days", type=click.IntRange(1, 366), default=7, show_default=True)
@answering
def listed(session: Session, since: datetime | None, days: int) -> None:
    """若干天的值班表 / the roster of some days."""
    with closing(session.desk()) as desk:
        first = since.date() if since else desk.ask_now(_today)
        found = desk.ask_now(duty.roster, first, first + timedelta(days=days - 1))
    session.answer.give({"shifts": [_shift(one) for one in found.shifts], "duties": _plain(found.duties)})
    _table(session, found.duties, found.shifts)
    session.answer.say(_("共 {count} 人次").format(count=len(found.duties)))


@roster.command("shifts")
@answering
def shifts(session: Session) -> None:
    """班次 / the shifts of a day."""
    with closing(session.desk()) as desk:
        found = desk.ask_now(lambda view: read_shifts(view.connection))
    _give_shifts(session, found)


@roster.command("set-shifts")
@click.argument("told", nargs=-1, required=True, metavar="CODE,NAME,HH:MM,HH:MM …")
@BY
@answering
def change_shifts(session: Session, told: tuple[str, ...], by: str | None) -> None:
    """更换班次,如 day,白班,08:00,20:00 / a shift that ends before it begins runs over midnight."""
    signed = session.signed(by)
    found = tuple(map(_parsed, told))
    with closing(session.desk()) as desk:
        desk.do_now(set_shifts, found, by=signed, at=datetime.now(UTC))
    _give_shifts(session, found)


@roster.command("load")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--encoding", default="utf-8", show_default=True, help="CSV 的编码 / of a CSV file")
@BY
@answering
def load(session: Session, file: Path, encoding: str, by: str | None) -> None:
    """以 CSV 或 XLSX 更新所列各天:有误的行列出,其余装入 / bad rows are listed, good ones loaded."""
    from console.adapters.practice.roster import read_roster, roster_text

    signed = session.signed(by)
    text = roster_text(file, encoding)
    with closing(session.desk()) as desk:
        duties, problems = read_roster(text, desk.ask_now(_known), file=file.name)
        days = desk.do_now(load_roster, duties, by=signed, at=datetime.now(UTC))
    told = {"days": days, "duties": len(duties), "problems": [asdict(one) for one in problems]}
    session.answer.give(told)
    for one in problems:
        session.answer.say(staff_problem(file.name, **asdict(one)))
    session.answer.say(_("装入 {days} 天,{count} 人次").format(days=days, count=len(duties)))
    if problems:
        raise SystemExit(Exit.FINDINGS)


@roster.command("put")
@click.argument("day", type=_DAY, metavar="YYYY-MM-DD")
@click.argument("shift")
@click.argument("person")
@click.option("--post", type=click.Choice(sorted(one.value for one in EVERY_POST)), help="岗位 / post")
@click.option("--seat", default="", help="席位 / seat")
@click.option("--leads", is_flag=True, help="带班 / leads the shift")
@BY
@answering
def put(
    session: Session, day: datetime, shift: str, person: str, post: str | None, seat: str, leads: bool,
    by: str | None,
) -> None:  # fmt: skip
    """排一人值班,或改其岗位、席位、带班 / put somebody on duty."""
    one = Duty(day.date(), shift, person, Post(post) if post else None, seat, leads)
    signed = session.signed(by)
    with closing(session.desk()) as desk:
        desk.do_now(put_duty, one, by=signed, at=datetime.now(UTC))
    session.answer.give({"duty": _plain([one])[0]})
    session.answer.say(
        _("已排:{day} {shift} {name}").format(day=day_words(one.day), shift=shift, name=person)
    )


@roster.command("remove")
@click.argument("day", type=_DAY, metavar="YYYY-MM-DD")
@click.argument("shift")
@click.argument("person")
@BY
@answering
def remove(session: Session, day: datetime, shift: str, person: str, by: str | None) -> None:
    """撤下一人 / take somebody off a shift."""
    signed = session.signed(by)
    with closing(session.desk()) as desk:
        desk.do_now(remove_duty, day.date(), shift, person, by=signed, at=datetime.now(UTC))
    session.answer.give({"removed": [day.date().isoformat(), shift, person]})
    words = _("已撤下:{day} {shift} {name}")
    session.answer.say(words.format(day=day_words(day.date()), shift=shift, name=person))


def _now(view: View) -> tuple[OnDuty, ZoneInfo]:
    return duty.on_duty(view, datetime.now(UTC)), ZoneInfo(view.reference.profile.timezone)


def _today(view: View) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(view.reference.profile.timezone)).date()


def _known(view: View) -> "Listable":
    from console.adapters.practice.roster import Listable

    words = {word: post for post, said in POSTS.items() for word in (post.value, said, _(said))}
    staff = {name: one.posts for name, one in view.reference.staff.items()}
    return Listable(read_shifts(view.connection), staff, words)


def _parsed(told: str) -> Shift:
    parts = [part.strip() for part in told.replace(",", ",").split(",")]
    try:
        code, name, begins, ends = parts
        return Shift(code, name, "", time.fromisoformat(begins), time.fromisoformat(ends))
    except ValueError:
        raise click.UsageError(_("班次须写作 代号,名称,08:00,16:00:{told}").format(told=told)) from None


def _give_shifts(session: Session, found: tuple[Shift, ...]) -> None:
    session.answer.give({"shifts": [_shift(one) for one in found]})
    rows = [
        (one.code, named(one.name, one.name_en), f"{one.begins:%H:%M}", f"{one.ends:%H:%M}") for one in found
    ]
    session.answer.table((_("代号"), _("班次"), _("起"), _("止")), rows)


def _table(session: Session, duties: tuple[Duty, ...], known: tuple[Shift, ...]) -> None:
    names = {one.code: named(one.name, one.name_en) for one in known}
    rows = (
        (day_words(one.day), names.get(one.shift, one.shift), one.person,
         _(POSTS[one.post]) if one.post else "", one.seat, _("带班") if one.leads else "")
        for one in duties
    )  # fmt: skip
    session.answer.table((_("日期"), _("班次"), _("姓名"), _("岗位"), _("席位"), _("带班")), rows)


def _told(found: OnDuty) -> dict[str, object]:
    return {
        "shift": found.turn.shift.code if found.turn else "",
        "since": found.turn.since if found.turn else None,
        "until": found.turn.until if found.turn else None,
        "leader": found.leader,
        "duties": _plain(found.duties),
        "next": found.following.shift.code if found.following else "",
        "next_leader": found.next_leader,
        "next_duties": _plain(found.next_duties),
    }


def _shift(one: Shift) -> dict[str, object]:
    hours = {"begins": f"{one.begins:%H:%M}", "ends": f"{one.ends:%H:%M}"}
    return {"code": one.code, "name": one.name, "name_en": one.name_en, **hours}


def _plain(duties: tuple[Duty, ...] | list[Duty]) -> list[dict[str, object]]:
    return [asdict(one) | {"day": one.day.isoformat()} for one in duties]


def _hours(turn: Turn, zone: ZoneInfo) -> dict[str, str]:
    return {
        name: f"{at.astimezone(zone):%H:%M}" for name, at in (("since", turn.since), ("until", turn.until))
    }
