"""Drills from the command line: one started from a moment of the past, listed, opened, removed."""

import subprocess
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from console.cli.interrupts import asked_to_stop
from console.cli.main import Session, answering
from console.domain.errors import Refused
from console.i18n import _
from console.words.dates import moment_words


@click.group()
def drill() -> None:
    """演练:从过去的任一刻开始,不动真实的库 / training copies of any moment of the past."""


@drill.command("start")
@click.option(
    "--at",
    "moment",
    type=click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    required=True,
    help="城市时间 / in the city's time",
)
@click.option("--window/--no-window", default=True, help="是否打开窗口 / whether to open its window")
@answering
def start(session: Session, moment: datetime, window: bool) -> None:
    """以那一刻的案件和时限建一个演练 / the cases, states and deadlines of that moment, moved to now."""
    from console.runtime.drill import make_drill

    now = datetime.now(UTC)
    tell = session.answer.progress(_("建立演练"))
    with closing(session.desk()) as desk:
        profile = desk.store.profile()
        if profile is None:
            raise Refused("no_city")
        at = moment.replace(tzinfo=ZoneInfo(profile.timezone)).astimezone(UTC)
        with asked_to_stop() as stopped:
            made = make_drill(
                desk,
                session.folder,
                at,
                by=session.settings.operator,
                now=now,
                progress=tell,
                cancelled=stopped,
            )
    session.answer.give(asdict(made))
    session.answer.say(_("演练 {name} 已建立:{cases} 件案件").format(name=made.name, cases=f"{made.cases:,}"))
    if window:
        _open(session, made.name)


@drill.command("list")
@answering
def list_drills(session: Session) -> None:
    """列出演练 / list them."""
    from console.runtime.drill import drills

    found = drills(session.folder)
    session.answer.give({"drills": [asdict(one) for one in found]})
    heads = (_("名称"), _("城市"), _("时刻"), _("建立"), _("案件数"))
    rows = [
        (one.name, one.city, f"{moment_words(one.at, UTC)}Z", f"{moment_words(one.made_at, UTC)}Z", one.cases)
        for one in found
    ]
    session.answer.table(heads, rows)


@drill.command("open")
@click.argument("name")
@answering
def open_drill(session: Session, name: str) -> None:
    """打开演练的窗口 / open the window of one."""
    _open(session, name)
    session.answer.give({"opened": name})


@drill.command("remove")
@click.argument("name")
@answering
def remove(session: Session, name: str) -> None:
    """移除演练和其中所做的一切 / remove one with all that was done in it."""
    from console.runtime.drill import remove_drill

    remove_drill(session.folder, name)
    session.answer.give({"removed": name})
    session.answer.say(_("演练 {name} 已移除").format(name=name))


def _open(session: Session, name: str) -> None:
    from console.runtime.drill import drill_folder, opening

    subprocess.Popen(
        opening(drill_folder(session.folder, name)), start_new_session=True, stdin=subprocess.DEVNULL
    )
