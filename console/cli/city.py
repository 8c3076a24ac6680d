"""Cities from the command line: build a pack, check it, load it, or make the demo city."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from console.cli.main import Session, answering
from console.cli.output import Exit
from console.i18n import _
from console.words import STAGES, finding
from console.words.findings import HOLDINGS

if TYPE_CHECKING:
    from console.runtime.founding import Founded


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
    """按规则检查城市包:哪些可用、哪些有误 / what is good, and every finding by file, row, field, place."""
    from console.runtime.founding import check as checked

    found = checked(pack, _shares(session))
    session.answer.give(
        {
            "pack": str(pack),
            "city": found.city,
            "good": dict(found.good),
            "findings": [asdict(item) for item in found.findings],
            "tolerable": found.tolerable,
        }
    )
    for kind, count in found.good:
        session.answer.say(_("{kind} {count} 条可用").format(kind=_(HOLDINGS[kind]), count=f"{count:,}"))
    for item in found.findings:
        place = f"{item.lon:.6f}, {item.lat:.6f}" if item.lon is not None and item.lat is not None else ""
        session.answer.say(finding(item.rule, {"code": item.code, "place": place, **item.facts}))
    session.answer.say(_("{number} 处问题").format(number=len(found.findings)))
    if found.lacks_advice:
        session.answer.say(_("没有部门或责任清单:可以装入,但派遣时没有建议"))
    if found.findings:
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
    from console.runtime.founding import found_own

    _found(session, found_own, pack=pack, tolerant=tolerant)


@city.command("demo")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="历史止于(UTC),不写则为现在 / end of history"
)
@click.option("--cases", "count", type=click.IntRange(0), default=51_135, show_default=True)
@answering
def demo(session: Session, until: datetime | None, count: int) -> None:
    """生成演示城市和一个季度的案件;已有则不动 / the generated city and a quarter of cases."""
    from console.runtime.founding import found_demo

    end = until.replace(tzinfo=UTC) if until else None
    _found(session, found_demo, at=end, count=count)


@city.command("training")
@answering
def training(session: Session) -> None:
    """生成培训城市:四周案件和练习 / a city to practise in, with exercises."""
    from console.runtime.founding import found_training

    _found(session, found_training)


@city.command("remove-sample")
@answering
def remove(session: Session) -> None:
    """移走演示或培训城市,可放回;真实城市不动 / take a generated city away; put-back undoes it."""
    from console.runtime.founding import remove_sample

    place = remove_sample(session.folder, session.url, datetime.now(UTC))
    session.answer.give({"set_aside": str(place)})
    session.answer.say(_("演示数据已移到 {place};grid-console city put-back 可放回").format(place=place))


@city.command("put-back")
@answering
def restore(session: Session) -> None:
    """把移走的演示城市放回 / undo remove-sample."""
    from console.runtime.founding import put_sample_back

    place = put_sample_back(session.folder, session.url)
    session.answer.give({"put_back": str(place)})
    session.answer.say(_("已从 {place} 放回").format(place=place))


def _found(
    session: Session, found: "Callable[..., Founded]", *, at: datetime | None = None, **told: object
) -> None:
    with closing(session.desk()) as desk:
        now = at or datetime.now(UTC).replace(microsecond=0)
        by = session.settings.operator
        made = found(desk, by=by, at=now, progress=_shares(session), **told)
    if not made.made:
        session.answer.give({"city": made.city, "made": False})
        session.answer.say(_("{name} 已在库中").format(name=made.city))
        return
    session.answer.give({"city": made.city, "made": True, "unit_grids": made.unit_grids, "cases": made.cases})
    words = _("已装入 {name}:{cells} 个单元网格,{cases} 件案件")
    session.answer.say(words.format(name=made.city, cells=f"{made.unit_grids:,}", cases=f"{made.cases:,}"))


def _shares(session: Session) -> Callable[[str, float], None]:
    """Progress told as a share of each stage."""
    tellers: dict[str, Callable[[int, int | None], None]] = {}

    def tell(stage: str, share: float) -> None:
        if stage not in tellers:
            tellers[stage] = session.answer.progress(_(STAGES.get(stage, stage)))
        tellers[stage](round(100 * share), 100)

    return tell
