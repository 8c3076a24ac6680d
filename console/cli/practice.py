"""The site's practice from the command line: shown, exported, checked, loaded."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from console.cli.interrupts import asked_to_stop
from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.errors import Refused
from console.domain.practice import Practice
from console.domain.practice_form import Flaw, as_plain
from console.i18n import _
from console.services.practice import load_practice
from console.services.reclock import Watch
from console.storage.unit import View
from console.whole_file import save_whole
from console.words import OPERATIONS, POSTS, STATES
from console.words.practice import flaw, practice_name, season_words

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.group()
def practice() -> None:
    """办理规程:岗位权限、时限、名称 / posts and rights, limits, labels."""


@practice.command("show")
@answering
def show(session: Session) -> None:
    """现行规程 / the practice in force."""
    found = _in_force(session)
    session.answer.give(as_plain(found))
    seasons = (season_words(*span) for span in found.planting)
    own = {"name": practice_name(found.name), "planting": _("、").join(seasons)}
    for key, value in as_plain(found).items():
        if not isinstance(value, dict):
            session.answer.say(f"{key}: {own.get(key) or _plain(value)}")
    for state, limit in found.stage_limits.items():
        minutes = _("{minutes} 分钟").format(minutes=f"{limit.total_seconds() / 60:g}")
        session.answer.say(f"{_(STATES[state])}: {minutes}")
    for code, tier in found.tiers.items():
        session.answer.say(f"{code}: {tier}")
    for line in _rights(found):
        session.answer.say(line)


@practice.command("export")
@FILE
@answering
def export(session: Session, file: Path) -> None:
    """把现行规程写成 TOML 文件 / write it as a file to edit."""
    from console.adapters.practice import written_practice

    text = written_practice(_in_force(session))
    save_whole(file, text.encode(), replacing=False)
    session.answer.give({"file": str(file)})
    session.answer.say(_("已写入 {file}").format(file=file))


@practice.command("check")
@FILE
@answering
def check(session: Session, file: Path) -> None:
    """检查规程文件 / every flaw, by key."""
    _found, flaws = _read(file)
    _tell(session, file, flaws)
    if flaws:
        raise SystemExit(Exit.FINDINGS)


@practice.command("load")
@FILE
@click.option("--note", default="", help="说明 / why")
@click.option("--by", help="经办人 / who does it")
@answering
def load(session: Session, file: Path, note: str, by: str | None) -> None:
    """装入规程:全部正确才生效 / take it into force, whole or not at all."""
    signed = session.signed(by)
    found, flaws = _read(file)
    if found is None:
        if not session.answer.as_json:
            _tell(session, file, flaws)
        raise Refused("practice_flaws", file=file, flaws=len(flaws), keys=[one.key for one in flaws])
    with closing(session.desk()) as desk, asked_to_stop() as stopped:
        watch = Watch(session.answer.progress(_("重算")), stopped)
        done = desk.do_now(load_practice, found, by=signed, at=datetime.now(UTC), note=note, watch=watch)
    moved = {"looked_at": done.clocks.looked_at, "moved": done.clocks.moved}
    session.answer.give({"practice": found.name, "changed": list(done.changed), **moved})
    words = _("已装入规程“{name}”,改动:{keys}")
    session.answer.say(
        words.format(name=practice_name(found.name), keys=_("、").join(done.changed) or _("无"))
    )


def _in_force(session: Session) -> Practice:
    with closing(session.desk()) as desk:
        return desk.ask_now(_practice)


def _practice(view: View) -> Practice:
    return view.reference.practice


def _read(file: Path) -> tuple[Practice | None, tuple[Flaw, ...]]:
    from console.adapters.practice import read_practice

    return read_practice(file)


def _tell(session: Session, file: Path, flaws: tuple[Flaw, ...]) -> None:
    session.answer.give({"file": str(file), "flaws": [asdict(one) for one in flaws]})
    for one in flaws:
        session.answer.say(flaw(one.key, one.rule, one.value))
    session.answer.say(_("{number} 处问题").format(number=len(flaws)))


def _rights(found: Practice) -> Iterator[str]:
    """A line an operation: who may do it, and how long it may be taken back."""
    for operation, posts in found.rights.items():
        named = (
            _(POSTS[post])
            if states is None
            else _("{name}({more})").format(
                name=_(POSTS[post]), more=_("、").join(_(STATES[one]) for one in sorted(states))
            )
            for post, states in posts.items()
        )
        grace = found.grace.get(operation, timedelta()).total_seconds()
        undone = _("{seconds} 秒内可撤销").format(seconds=f"{grace:g}") if grace else ""
        yield f"{_(OPERATIONS[operation])}: {' '.join(named)}  {undone}".rstrip()


def _plain(value: object) -> str:
    if isinstance(value, list):
        return _("、").join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)
