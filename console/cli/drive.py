"""Drive the window by a file of tests: what a site's test engineer runs against the installed program."""

from pathlib import Path

import click

from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.errors import Refused
from console.i18n import _


@click.command()
@click.argument("script", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--copy", is_flag=True, help="用数据文件夹的副本 / on a copy of the data, not on the sample")
@answering
def drive(session: Session, script: Path, copy: bool) -> None:
    """用测试脚本操作窗口(console.testing) / run the tests of a file in the window."""
    if not script.is_file():
        raise Refused("file_unreadable", file=str(script), said=_("没有这个文件"))
    if copy and session.database_file() is None:
        raise Refused("drive_copies_files")
    told: list[dict[str, object]] = []

    def tell(name: str, held: bool, problem: str) -> None:
        told.append({"test": name, "held": held, "problem": problem})
        session.answer.say((_("{name}:通过") if held else _("{name}:未通过")).format(name=name))
        if problem:
            session.answer.say(problem)

    if not copy:
        session.answer.progress(_("生成演示城市"))(0, 100)
    held = session.doors.script(script, session.folder if copy else None, tell)
    session.answer.give({"tests": told, "held": held})
    if not told:
        session.answer.say(_("文件中没有带 console 参数的 test_ 函数"))
    if not held:
        raise SystemExit(Exit.FINDINGS)
