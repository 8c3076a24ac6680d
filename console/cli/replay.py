"""The past from the command line: how the city stood at a moment, and a film of a period."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from console.cli.interrupts import asked_to_stop
from console.cli.main import Session, answering
from console.domain.errors import Refused
from console.domain.replay import LONGEST, SPEEDS, Period
from console.i18n import _
from console.queries.map import CityMap, city_map
from console.queries.past import Past
from console.queries.replay import Reading, read_past
from console.runtime.desk import Desk
from console.words import SHORT_STEPS

_MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.group()
def replay() -> None:
    """回放:日志中任一刻的状态,导出影片 / any moment of the journal, films for a meeting."""


@replay.command("at")
@click.argument("moment", type=_MOMENT)
@answering
def at(session: Session, moment: datetime) -> None:
    """那一刻各环节的案件数(城市时间)/ how the city stood at that moment, in its own time."""
    with closing(session.desk()) as desk:
        zone = _zone(desk)
        then = _instant(moment, zone)
        past = _read(session, desk, then - timedelta(minutes=1), then)
    stood = past.at(then)
    steps = {step.value: {"open": n, "late": late} for step, (n, late) in stood.steps().items() if n}
    session.answer.give({"at": then.isoformat(), "open": stood.open, "late": stood.late, "steps": steps})
    rows = [(_(SHORT_STEPS[step]), n, late) for step, (n, late) in stood.steps().items() if n]
    session.answer.table((_("环节"), _("未结"), _("超期")), [*rows, (_("未结合计"), stood.open, stood.late)])


@replay.command("export")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--since", type=_MOMENT, required=True, help="城市时间 / in the city's time")
@click.option("--until", type=_MOMENT, required=True)
@click.option(
    "--speed",
    type=click.IntRange(1, 86_400),
    default=SPEEDS[-1],
    show_default=True,
    help="倍速 / how many times faster than it was",
)
@click.option("--size", type=click.Choice(["1280x720", "1920x1080"]), default="1280x720", show_default=True)
@click.option("--theme", type=click.Choice(["light", "dark"]), default="light", show_default=True)
@answering
def export(
    session: Session, target: Path, since: datetime, until: datetime, speed: int, size: str, theme: str
) -> None:
    """写成影片(.webm)或图片系列(文件夹)/ a film (.webm) or a folder of pictures; needs no screen."""
    from console.runtime.film import Film, Scene, make_film, pictures_of

    with closing(session.desk()) as desk:
        zone = _zone(desk)
        width, height = map(int, size.split("x"))
        film = Film(_instant(since, zone), _instant(until, zone), speed, Scene(width, height, theme), target)
        pictures_of(film)
        past = _read(session, desk, film.since, film.until)
        city: CityMap = desk.ask_now(city_map)
    with asked_to_stop() as stopped:
        number = make_film(past, city, film, session.answer.progress(_("绘制")), stopped)
    session.answer.give({"file": target, "pictures": number, "size": size, "speed": speed})
    session.answer.say(_("已写出 {file}:{number} 幅").format(file=target, number=number))


def _zone(desk: Desk) -> ZoneInfo:
    profile = desk.store.profile()
    if profile is None:
        raise Refused("no_city")
    return ZoneInfo(profile.timezone)


def _instant(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _read(session: Session, desk: Desk, since: datetime, until: datetime) -> Past:
    if until > datetime.now(UTC):
        raise Refused("replay_period", days=LONGEST.days)
    try:
        period = Period(since, until)
    except ValueError:
        raise Refused("replay_period", days=LONGEST.days) from None
    with asked_to_stop() as stopped:
        return desk.ask_now(read_past, period, Reading(session.answer.progress(_("读取日志")), stopped))
