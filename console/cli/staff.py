"""The list of staff from the command line: shown, loaded, and the patrollers nearest to a case."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.errors import Refused
from console.domain.staff import Member
from console.domain.zone import ZoneArea
from console.i18n import _
from console.queries.staff import patrollers_near
from console.services.positions import report_positions
from console.services.practice import load_staff
from console.storage.areas import area_codes
from console.storage.unit import View
from console.words import POSTS
from console.words.practice import staff_problem

if TYPE_CHECKING:
    from console.adapters.practice.staff import Known


@click.group()
def staff() -> None:
    """人员名单:岗位、部门、位置 / posts, departments, places."""


@staff.command("list")
@click.option("--post", type=click.Choice([post.value for post in POSTS]), help="岗位 / of this post only")
@answering
def listed(session: Session, post: str | None) -> None:
    """名单 / the list."""
    found = [one for one in _ask_staff(session).values() if post is None or post in one.posts]
    session.answer.give({"staff": [_plain(one) for one in found], "total": len(found)})
    heads = (_("姓名"), _("岗位"), _("部门"), _("区划"), _("责任网格"))
    rows = (
        (
            one.name,
            " ".join(_(POSTS[held]) for held in sorted(one.posts)),
            one.department,
            one.division,
            one.responsibility_grid,
        )
        for one in found
    )
    session.answer.table(heads, rows)
    session.answer.say(_("共 {count} 人").format(count=len(found)))


@staff.command("load")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--encoding", default="utf-8", show_default=True, help="文件编码 / of the file")
@click.option("--by", help="经办人 / who does it")
@answering
def load(session: Session, file: Path, encoding: str, by: str | None) -> None:
    """以 CSV 文件更新名单:有误的行列出,其余装入 / bad rows are listed, good ones loaded."""
    from console.adapters.practice.staff import read_staff
    from console.adapters.rows import decoded

    signed = session.signed(by)
    try:
        text = decoded(file.read_bytes(), file=file.name, encoding=encoding)
    except OSError as problem:
        raise Refused("file_unreadable", file=file, said=problem.strerror) from problem
    with closing(session.desk()) as desk:
        members, problems = read_staff(text, desk.ask_now(_known), file=file.name)
        done = desk.do_now(load_staff, members, by=signed, at=datetime.now(UTC))
    counts = {kind: len(names) for kind, names in done.items()}
    session.answer.give({"staff": len(members), **counts, "problems": [asdict(one) for one in problems]})
    for one in problems:
        session.answer.say(staff_problem(file.name, **asdict(one)))
    words = _("名单现有 {count} 人:新增 {added},改动 {changed},移除 {removed}")
    session.answer.say(words.format(count=len(members), **counts))
    if problems:
        raise SystemExit(Exit.FINDINGS)


@staff.command("nearest")
@click.argument("code")
@click.option("--most", type=click.IntRange(1, 100), default=5, show_default=True)
@answering
def nearest(session: Session, code: str, most: int) -> None:
    """离案件最近的监督员 / the patrollers nearest to a case."""
    with closing(session.desk()) as desk:
        found = desk.ask_now(patrollers_near, code, most)
    session.answer.give({"nearest": [_plain(one.member) | {"metres": round(one.metres)} for one in found]})
    heads = (_("姓名"), _("距离(米)"), _("责任网格"), _("位置"))
    rows = (
        (
            one.member.name,
            f"{one.metres:.0f}",
            one.member.responsibility_grid,
            _("责任网格中心") if one.member.by_grid else _("上报位置"),
        )
        for one in found
    )
    session.answer.table(heads, rows)


@staff.command("positions")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--encoding", default="utf-8", show_default=True, help="文件编码 / of the file")
@answering
def positions(session: Session, file: Path, encoding: str) -> None:
    """以 CSV 文件(name,lon,lat,at)更新监督员的最新位置 / the last places of patrollers."""
    from console.adapters.practice.positions import read_positions
    from console.adapters.rows import decoded

    try:
        text = decoded(file.read_bytes(), file=file.name, encoding=encoding)
    except OSError as problem:
        raise Refused("file_unreadable", file=file, said=problem.strerror) from problem
    told, problems = read_positions(text, file=file.name)
    with closing(session.desk()) as desk:
        left = desk.do_now(report_positions, told, at=datetime.now(UTC))
    taken = sum(one.name not in {*left["unknown"], *left["ahead"]} for one in told)
    session.answer.give({"positions": taken, **left, "problems": [asdict(one) for one in problems]})
    for one in problems:
        session.answer.say(staff_problem(file.name, **asdict(one)))
    for name in left["unknown"]:
        session.answer.say(_("{name}:名单中没有这位监督员").format(name=name))
    for name in left["ahead"]:
        session.answer.say(_("{name}:定位时间晚于现在").format(name=name))
    session.answer.say(_("已更新 {count} 人的位置").format(count=taken))
    if problems or left["unknown"] or left["ahead"]:
        raise SystemExit(Exit.FINDINGS)


def _ask_staff(session: Session) -> Mapping[str, Member]:
    with closing(session.desk()) as desk:
        return desk.ask_now(_staff)


def _staff(view: View) -> Mapping[str, Member]:
    return view.reference.staff


def _known(view: View) -> "Known":
    from console.adapters.practice.staff import Known

    divided = (ZoneArea.DISTRICT, ZoneArea.COMMITTEE, ZoneArea.STREET)
    return Known(
        view.reference.departments.keys(),
        area_codes(view.connection, *divided),
        area_codes(view.connection, ZoneArea.RESPONSIBILITY_GRID),
    )


def _plain(member: Member) -> dict[str, object]:
    return asdict(member) | {"posts": sorted(member.posts)}
