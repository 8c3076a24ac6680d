"""Registering a report from the command line: it becomes a case in its grid."""

from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import click

from console.cli.acts import answer_one, taken_in
from console.cli.main import Session, answering
from console.cli.typed import PHOTO, Coded, Photo
from console.domain.case import Source
from console.domain.report import Report
from console.i18n import _
from console.services.collection import register_report


@click.command("register")
@click.argument("description")
@click.option("--source", type=Coded(Source), default=Source.HOTLINE, show_default=True)
@click.option("--class", "class_key", default="", help="类别 / class key, such as event:06010")
@click.option("--lon", type=float, help="经度,CGCS2000 / longitude, degrees")
@click.option("--lat", type=float, help="纬度,CGCS2000 / latitude, degrees")
@click.option("--address", default="", help="地点 / where, in words")
@click.option("--reporter", default="", help="上报人 / who told it")
@click.option("--self-handled", is_flag=True, help="监督员已自行处置 / put right by the patroller himself")
@click.option("--photo", "photos", type=PHOTO, multiple=True, help="照片或文件,可多次 / photo or paper")
@click.option("--by", help="经办人 / who does it")
@answering
def register(session: Session, photos: tuple[Photo, ...], by: str | None, **told: Any) -> None:
    """登记一件上报 / register a report."""
    signed, now = session.signed(by), datetime.now(UTC)
    with closing(session.desk()) as desk:
        report = Report(evidence=taken_in(desk, photos), **told)
        case = desk.do_now(register_report, report, by=signed, at=now)
        answer_one(session, desk, case, by=signed, at=now)
        if case.lon is not None and not case.cell:
            session.answer.say(_("⚠ 不在任何单元网格内,请核对位置"))
