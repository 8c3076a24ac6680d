"""The import from the command line: what may be written where, what became of the rows, in words."""

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.interrupts import asked_to_stop
from console.cli.main import Session, answering
from console.cli.output import Answer, Exit
from console.cli.report_place import check_place
from console.i18n import _

if TYPE_CHECKING:
    from console.adapters.intake.report import ImportReport


_LISTED = 10  # of a kind on the terminal


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", required=True, help="映射名或 TOML 文件 / mapping name or file")
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="逐行结果 / report file")
@answering
def import_file(session: Session, file: Path, mapping: str, report: Path | None) -> None:
    """把 CSV、XLSX 或 GeoJSON 中的案件装入 / load cases from a file."""
    from console.adapters.intake.mapping import read_mapping
    from console.adapters.intake.run import import_cases, write_report

    session.doors.give_way()
    declared = read_mapping(mapping)
    if report is not None:
        check_place(report, (file, Path(mapping)), session.database_file())
    with closing(session.desk()) as desk, asked_to_stop() as stopped:
        done = import_cases(
            desk.store,
            file,
            declared,
            progress=session.answer.progress(_("导入")),
            cancelled=stopped,
            now=datetime.now(UTC),
        )
        if report is not None:
            write_report(done, report)
    session.answer.give(done.as_json())
    _tell(session.answer, done)
    if done.rejected or done.outside or done.cancelled:
        raise SystemExit(Exit.FINDINGS)


def _list(answer: Answer, done: "ImportReport") -> None:
    """The rows that ask for somebody, by row and field: the first of each kind. The report has them all."""
    from console.adapters.intake.words import reason

    refused = [
        _("第 {row} 行拒收({field}):{reason}").format(
            row=one.row, field=one.field or "-", reason=reason(one.code, one.facts)
        )
        for one in done.rejected
    ]
    doubtful = [
        _("第 {row} 行存疑({code}):{reason}").format(
            row=one.row, code=one.external_id, reason=reason(one.code, one.facts)
        )
        for one in done.suspicious
    ]
    for lines in (refused, doubtful):
        for line in lines[:_LISTED]:
            answer.say(line)
        if len(lines) > _LISTED:
            more = _("另有 {count} 行,见逐行结果:加 --report FILE").format(count=len(lines) - _LISTED)
            answer.say(more)


def _tell(answer: Answer, done: "ImportReport") -> None:
    counts = {
        _("行数"): done.rows,
        _("新增"): done.imported,
        _("更新"): done.updated,
        _("未变"): done.unchanged,
        _("拒收"): len(done.rejected),
        _("网格之外"): len(done.outside),
        _("存疑"): len(done.suspicious),
        _("未处理"): done.not_reached,
        _("保留本方改动"): len(done.held),
    }
    for label, count in counts.items():
        answer.say(f"{label}: {count}")
    _list(answer, done)
    if done.outside and len(done.outside) == done.imported + done.updated + done.unchanged:
        answer.say(_("装入的案件全部落在单元网格之外:请核对映射的坐标系和经纬度"))
    if done.cancelled:
        answer.say(_("已取消:再次导入即可补全"))
