"""The text index from the command line: how far it is, brought up at once, or made anew."""

from contextlib import closing

import click

from console.cli.main import Session, answering
from console.i18n import _
from console.queries.text_index import index_progress
from console.runtime.text_index import bring_up


@click.group("text-index")
def text_index() -> None:
    """文字检索索引:查看、补齐、重建 / the index behind text search: show, bring up, rebuild."""


@text_index.command("show")
@answering
def show(session: Session) -> None:
    """索引的进度 / how far the index is."""
    with closing(session.desk()) as desk:
        found = desk.ask_now(index_progress)
    _tell(session, found.read, found.blocks, sum(found.stale.values()), found.unseen)


@text_index.command("build")
@click.option("--anew", is_flag=True, help="先清空索引 / throw the index away first")
@answering
def build(session: Session, anew: bool) -> None:
    """立即补齐索引;中断后可再次执行 / bring the index up now; may be stopped and run again."""
    desk = session.desk()
    tell = session.answer.progress(_("索引"))
    try:
        for found in bring_up(desk, anew=anew):
            tell(found.read, found.blocks)
        found = desk.ask_now(index_progress)
    finally:
        desk.close()
    _tell(session, found.read, found.blocks, sum(found.stale.values()), found.unseen)


def _tell(session: Session, read: int, blocks: int, stale: int, unseen: int) -> None:
    session.answer.give({"read": read, "blocks": blocks, "stale": stale, "unseen": unseen})
    session.answer.say(
        _("索引 {read}/{blocks} 块,另有 {stale} 件案件和 {unseen} 行流水逐条检索").format(
            read=read, blocks=blocks, stale=stale, unseen=unseen
        )
    )
