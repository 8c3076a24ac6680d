"""Cities from the command line: build a pack, check it, load it, or make the demo city."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.errors import Refused
from console.i18n import _
from console.services.city import load_city
from console.storage.unit import Unit
from console.words import STAGES, finding


@click.group()
def city() -> None:
    """城市包:生成、检查、装入、演示城市 / build, check, load, demo."""


@city.command("build")
@click.option("--areas", type=click.Path(path_type=Path), required=True, help="区域多边形 / area polygons")
@click.option("--cell-size", type=click.FloatRange(20, 2000), default=120.0, show_default=True, help="米 / m")
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="城市包 / the pack: folder or .zip"
)
@click.option("--code", default="", help="六位区划代码 / six-digit county code")
@click.option("--name", default="", help="城市名 / name of the city")
@click.option(
    "--fields",
    type=(str, str, str),
    default=("", "", ""),
    help="编号、名称、街道字段;空则自动识别 / fields of id, name, street",
)
@click.option("--timezone", default="", help="时区 / such as Asia/Shanghai")
@click.option("--encoding", default="", help="属性编码 / of the attributes")
@click.option("--crs", default="", help="坐标系 / coordinate system, if the file does not say")
@answering
def build(
    session: Session, areas: Path, cell_size: float, out: Path, fields: tuple[str, str, str], **told: Any
) -> None:
    """把区域切成单元网格,写成城市包 / cut areas into unit grids."""
    from console.adapters.pack import BuildOptions, build_pack
    from console.adapters.pack.columns import Naming

    report = build_pack(
        areas,
        cell_size,
        out,
        options=BuildOptions(
            naming=Naming(*fields), **{name: value for name, value in told.items() if value}
        ),
        progress=_shares(session),
    )
    session.answer.give(asdict(report))
    for name, value in asdict(report).items():
        session.answer.say(f"{name}: {value:,.0f}")


@city.command("check")
@click.argument("pack", type=click.Path(path_type=Path))
@answering
def check(session: Session, pack: Path) -> None:
    """按规则检查城市包 / every rule, by code and place."""
    from console.adapters.pack import check_pack

    findings = check_pack(pack, _shares(session))
    session.answer.give({"pack": str(pack), "findings": [asdict(item) for item in findings]})
    for item in findings:
        place = f"{item.lon:.6f}, {item.lat:.6f}" if item.lon is not None and item.lat is not None else ""
        session.answer.say(finding(item.rule, {"code": item.code, "place": place, **item.facts}))
    session.answer.say(_("{number} 处问题").format(number=len(findings)))
    if findings:
        raise SystemExit(Exit.FINDINGS)


@city.command("load")
@click.argument("pack", type=click.Path(path_type=Path))
@click.option(
    "--tolerant",
    is_flag=True,
    help="湖面、跳号等不影响使用的问题不拦 / pass over what leaves the city usable",
)
@answering
def load(session: Session, pack: Path, tolerant: bool) -> None:
    """装入城市包 / install a pack."""
    from console.adapters.pack import read_pack

    content = read_pack(pack, _shares(session), tolerant=tolerant)
    desk = session.desk()
    try:
        desk.do_now(load_city, content, by=session.settings.operator, at=datetime.now(UTC))
    finally:
        desk.close()
    _tell(session, content.profile.name, len(content.unit_grids), cases=0)


@city.command("demo")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="历史止于(UTC),不写则为现在 / end of history"
)
@click.option("--cases", "count", type=click.IntRange(0), default=51_135, show_default=True)
@answering
def demo(session: Session, until: datetime | None, count: int) -> None:
    """生成演示城市和一个季度的案件;已有则不动 / the generated city and a quarter of cases."""
    from console.adapters.demo.city import demo_city
    from console.adapters.demo.history import Span, write_history

    desk = session.desk()
    try:
        present = desk.store.profile()
        if present is not None:
            if not present.generated:
                raise Refused("other_city", present=present.name, coming=_("演示城市"))
            session.answer.give({"city": present.name, "made": False})
            session.answer.say(_("{name} 已在库中").format(name=present.name))
            return
        content = demo_city(session.answer.progress(_("生成城市")))
        end = until.replace(tzinfo=UTC) if until else datetime.now(UTC).replace(microsecond=0)
        tell = session.answer.progress(_("生成案件"))

        def install(unit: Unit) -> int:
            load_city(unit, content, by=session.settings.operator, at=end)
            return write_history(unit, Span(end, count=count), tell) if count else 0

        made = desk.do_now(install)
    finally:
        desk.close()
    _tell(session, content.profile.name, len(content.unit_grids), made)


def _shares(session: Session) -> Callable[[str, float], None]:
    """Progress told as a share of each stage."""
    tellers: dict[str, Callable[[int, int | None], None]] = {}

    def tell(stage: str, share: float) -> None:
        if stage not in tellers:
            tellers[stage] = session.answer.progress(_(STAGES.get(stage, stage)))
        tellers[stage](round(100 * share), 100)

    return tell


def _tell(session: Session, name: str, cells: int, cases: int) -> None:
    session.answer.give({"city": name, "made": True, "unit_grids": cells, "cases": cases})
    words = _("已装入 {name}:{cells} 个单元网格,{cases} 件案件")
    session.answer.say(words.format(name=name, cells=f"{cells:,}", cases=f"{cases:,}"))
