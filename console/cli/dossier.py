"""Dossiers from the command line: save one, verify one, hand out the photos of a case."""

from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.errors import Refused
from console.i18n import _
from console.settings import may_sign
from console.system import cache_folder
from console.words import refusal
from console.words.dossier import DOSSIER_FINDINGS, JOURNALS

if TYPE_CHECKING:
    from console.runtime.desk import Desk


@click.group()
def dossier() -> None:
    """案件卷宗:保存、校验、导出照片 / a case on paper: save, verify, photos."""


@dossier.command("save")
@click.argument("code")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="PDF 文件 / PDF file"
)
@click.option("--replace", "replacing", is_flag=True, help="覆盖已有的文件 / replace an existing file")
@click.option("--by", help="制作人 / who makes it")
@answering
def save(session: Session, code: str, out: Path, replacing: bool, by: str | None) -> None:
    """把一个案件存为 PDF 卷宗 / save a case as a PDF."""
    from console.adapters.photo.copies import Thumbnails
    from console.runtime.dossier import write_dossier

    if by is not None and not may_sign(by):
        raise Refused("bad_operator", by=by)
    with closing(session.desk()) as desk:
        size = write_dossier(
            desk,
            Thumbnails(cache_folder() / "thumbnails"),
            code,
            out,
            by=session.settings.operator if by is None else by,
            at=datetime.now(UTC).replace(microsecond=0),
            replacing=replacing,
        )
    session.answer.give({"code": code, "file": out, "bytes": size})
    session.answer.say(_("案件 {code} 的卷宗已存为 {file}").format(code=code, file=out))


@dossier.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--offline", is_flag=True, help="不看数据库 / without the database")
@answering
def verify(session: Session, file: Path, offline: bool) -> None:
    """离线校验卷宗;有数据库时并核对流水 / verify a dossier, against the journal where there is one.

    没有数据库时,只能证明文件自写成以来未变,不能证明出自谁手。 /
    Without a database this proves that the file is what was written, not who wrote it.
    """
    from console.runtime.dossier import check_dossier

    desk = None if offline else _desk(session)
    try:
        found = check_dossier(file, desk)
    finally:
        if desk is not None:
            desk.close()
    checked = found.checked
    session.answer.give(
        {
            "file": file,
            "code": checked.code,
            "city": checked.city,
            "made_at": datetime.fromtimestamp(checked.made_at / 1e6, UTC),
            "record_hash": checked.record_hash,
            "lines": len(checked.lines),
            "pictures": checked.pictures,
            "journal": found.journal,
            "findings": [asdict(item) for item in checked.findings],
        }
    )
    for item in checked.findings:
        session.answer.say("▲ " + _(DOSSIER_FINDINGS[item.problem]).format(**item.facts))
    if checked.code:
        told = _("案件 {code}:流水 {lines} 条,照片 {pictures} 张,记录 {hash}")
        facts = {"code": checked.code, "lines": len(checked.lines), "pictures": checked.pictures}
        session.answer.say(told.format(**facts, hash=checked.record_hash))
    session.answer.say(_(JOURNALS[found.journal]))
    if checked.findings:
        raise SystemExit(Exit.FINDINGS)
    session.answer.say(_("卷宗完好"))


@dossier.command("photos")
@click.argument("code")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="文件夹 / folder"
)
@answering
def photos(session: Session, code: str, out: Path) -> None:
    """导出照片与附件,去除位置等附加信息 / copies of the photos without place and maker."""
    from console.domain.batches import batches
    from console.queries.case import case_card
    from console.runtime.evidence import export

    with closing(session.desk()) as desk:
        card = desk.ask_now(case_card, code, datetime.now(UTC))
        found = {item.hash: item for batch in batches(card.facts) for item in batch.evidence}
        done = export(desk.store.evidence, list(found.values()), out)
    written = [item for item in done if isinstance(item, Path)]
    refused = [refusal(item) for item in done if isinstance(item, Refused)]
    session.answer.give({"code": code, "files": written, "refused": refused})
    told = _("已导出 {count} 件到 {folder},不含位置等附加信息")
    session.answer.say(told.format(count=len(written), folder=out))
    for line in refused:
        session.answer.say(line)
    if refused:
        raise SystemExit(Exit.FINDINGS)


def _desk(session: Session) -> "Desk | None":
    """The store that is at hand; none is made for this."""
    file = session.database_file()
    return None if file is not None and not file.is_file() else session.desk()
