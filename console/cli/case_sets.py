"""The sets of cases from the command line: how far they are, brought up at once, or made anew."""

from contextlib import closing

import click

from console.cli.main import Session, answering
from console.i18n import _
from console.queries.set_faults import set_progress
from console.runtime.desk import Desk
from console.runtime.sealing import seal_now


@click.group("case-sets")
def case_sets() -> None:
    """案件集合:查看、补齐、重建 / the sets behind counts and orders: show, bring up, rebuild."""


@case_sets.command("show")
@answering
def show(session: Session) -> None:
    """集合的进度 / how far the sets are."""
    with closing(session.desk()) as desk:
        _tell(session, desk)


@case_sets.command("build")
@click.option("--anew", is_flag=True, help="先清空集合 / throw the sets away first")
@answering
def build(session: Session, anew: bool) -> None:
    """立即补齐集合;中断后可再次执行 / bring the sets up now; may be stopped and run again."""
    desk = session.desk()
    tell = session.answer.progress(_("集合"))
    try:
        for done, _left in enumerate(seal_now(desk.store, anew=anew), 1):
            tell(done, None)
        _tell(session, desk)
    finally:
        desk.close()


def _tell(session: Session, desk: Desk) -> None:
    found = desk.ask_now(set_progress)
    session.answer.give({"blocks": found.blocks, "waiting": found.waiting, "loose": found.loose})
    session.answer.say(
        _("集合 {blocks} 块,待读 {waiting} 块,另有 {loose} 件案件逐件读取").format(
            blocks=found.blocks, waiting=found.waiting, loose=found.loose
        )
    )
