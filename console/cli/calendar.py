"""The working calendar from the command line: shown, edited day by day or from a file, kept up to date."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from console.cli.interrupts import asked_to_stop
from console.cli.main import Session, answering
from console.domain.calendar import SiteDay, WorkPeriods
from console.domain.errors import Refused
from console.i18n import _
from console.queries.calendar import CalendarYear, calendar_gaps, calendar_year
from console.services.calendar import remove_days, set_days, set_seasons
from console.services.reclock import Recomputed, Watch
from console.storage.unit import View
from console.words.dates import day_words, named_day, weekday_name

if TYPE_CHECKING:
    from console.runtime.desk import Desk

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def calendar() -> None:
    """工作日历:查看、增删日期、装入、更新 / show, edit, load, update."""


@calendar.command("show")
@click.argument("year", type=click.IntRange(1990, 2200))
@answering
def show(session: Session, year: int) -> None:
    """一年中与星期不同的日子 / the odd days of a year."""
    with closing(session.desk()) as desk:
        found = desk.ask_now(calendar_year, year)
        gaps = _gaps(desk)
    session.answer.give(_year_as_json(found) | {"missing_years": gaps})
    for season in found.seasons:
        periods = " ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in season.periods)
        weekdays = _("、").join(map(weekday_name, sorted(season.weekdays)))
        session.answer.say(
            _("自 {since}:{periods},每周工作日 {weekdays}").format(
                since=day_words(season.since), periods=periods, weekdays=weekdays
            )
        )
    session.answer.table(
        (_("日期"), _("安排"), _("名称"), _("来源")),
        (
            (
                named_day(one.day),
                _("上班") if one.works else _("休息"),
                _(one.name),
                _("本地") if one.by_site else _("官方"),
            )
            for one in found.days
        ),
    )
    session.answer.say(_("{year} 年工作日 {count} 天").format(year=year, count=found.work_days))
    if not found.known:
        session.answer.say(_("{year} 年的节假日表尚未装入,按星期推算").format(year=year))
    _warn(session, gaps)


@calendar.command("set")
@click.argument("day", type=DAY)
@click.argument("kind", type=click.Choice(["work", "rest"]))
@click.option("--name", default="", help="名称,如 国庆节 / name of the holiday")
@click.option("--by", help="经办人 / who does it")
@answering
def set_day(session: Session, day: datetime, kind: str, name: str, by: str | None) -> None:
    """设定一天上班或休息 / say that a day is worked or not."""
    days = {day.date(): SiteDay(kind == "work", name)}
    _edited(
        session,
        lambda desk, watch: desk.do_now(
            set_days, days, by=session.signed(by), at=datetime.now(UTC), watch=watch
        ),
    )


@calendar.command("remove")
@click.argument("day", type=DAY)
@click.option("--by", help="经办人 / who does it")
@answering
def remove(session: Session, day: datetime, by: str | None) -> None:
    """撤销本地设定,恢复官方安排 / take back what the site said."""
    _edited(
        session,
        lambda desk, watch: desk.do_now(
            remove_days, [day.date()], by=session.signed(by), at=datetime.now(UTC), watch=watch
        ),
    )


@calendar.command("season")
@click.argument("since", type=DAY)
@click.argument("periods", nargs=-1)
@click.option("--weekdays", default="12345", show_default=True, help="1 周一 … 7 周日 / 1 Monday … 7 Sunday")
@click.option("--remove", "gone", is_flag=True, help="删去这一天起的时段 / remove the one of this day")
@click.option("--by", help="经办人 / who does it")
@answering
def season(
    session: Session, since: datetime, periods: tuple[str, ...], weekdays: str, gone: bool, by: str | None
) -> None:
    """自某日起的工作时段,如 08:00-12:00 15:00-18:30 / work periods from a day on."""
    coming = () if gone else (WorkPeriods(since.date(), read_periods(periods), read_weekdays(weekdays)),)

    def run(desk: "Desk", watch: Watch) -> Recomputed:
        present = desk.ask_now(_seasons)
        kept = tuple(one for one in present if one.since != since.date())
        if gone and kept == present:
            raise Refused("no_such_season", since=since.date())
        signed = session.signed(by)
        return desk.do_now(set_seasons, (*kept, *coming), by=signed, at=datetime.now(UTC), watch=watch)

    _edited(session, run)


@calendar.command("load")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--whole", is_flag=True, help="文件含整年的安排 / the file holds its years completely")
@click.option("--by", help="经办人 / who does it")
@answering
def load(session: Session, file: Path, whole: bool, by: str | None) -> None:
    """装入 CSV:date,works,name / load days from a file."""
    from console.adapters.calendar_file import read_days

    days = read_days(file)
    years = {day.year for day in days} if whole else set()
    _edited(
        session,
        lambda desk, watch: desk.do_now(
            set_days, days, by=session.signed(by), at=datetime.now(UTC), whole_years=years, watch=watch
        ),
    )


@calendar.command("update")
@answering
def update(session: Session) -> None:
    """从随带的节假日表补上新的年份 / take up new official years."""
    from console.runtime.holidays import update_holidays

    years: frozenset[int] = frozenset()

    def run(desk: "Desk", watch: Watch) -> Recomputed:
        nonlocal years
        years, done = update_holidays(desk, datetime.now(UTC), watch)
        return done

    _edited(session, run, lambda: {"years": sorted(years)})
    if years:
        session.answer.say(_("新装入年份:{years}").format(years=_("、").join(map(str, sorted(years)))))
    else:
        session.answer.say(_("没有新的年份"))


def read_periods(told: tuple[str, ...]) -> tuple[tuple[time, time], ...]:
    """Periods written as `08:00-12:00`."""
    try:
        edges = [period.split("-") for period in told]
        return tuple((time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in edges)
    except ValueError as problem:
        raise click.BadParameter(_("时段须写作 08:00-12:00"), param_hint="PERIODS") from problem


def read_weekdays(told: str) -> frozenset[int]:
    """Digits from 1 Monday to 7 Sunday, as Python counts the days."""
    if not told or set(told) - set("1234567"):
        raise click.BadParameter(_("须为 1 至 7 的数字,如 12345"), param_hint="--weekdays")
    return frozenset(int(digit) - 1 for digit in told)


def _seasons(view: View) -> tuple[WorkPeriods, ...]:
    return view.reference.table.seasons


def _edited(
    session: Session,
    edit: "Callable[[Desk, Watch], Recomputed]",
    more: Callable[[], dict[str, Any]] = dict,
) -> None:
    with _watched(session) as (desk, watch):
        done = edit(desk, watch)
        gaps = _gaps(desk)
    told = {"looked_at": done.looked_at, "moved": done.moved, "missing_years": gaps}
    session.answer.give(told | more())
    words = _("查看 {looked_at} 个运行中的时钟,其中 {moved} 个截止时间有变")
    session.answer.say(words.format(looked_at=done.looked_at, moved=done.moved))
    _warn(session, gaps)


@contextmanager
def _watched(session: Session) -> Iterator[tuple["Desk", Watch]]:
    with closing(session.desk()) as desk, asked_to_stop() as stopped:
        yield desk, Watch(session.answer.progress(_("重算")), stopped)


def _gaps(desk: "Desk") -> tuple[int, ...]:
    profile = desk.store.profile()
    if profile is None:
        raise Refused("no_city")
    return desk.ask_now(calendar_gaps, datetime.now(ZoneInfo(profile.timezone)).date())


def _warn(session: Session, gaps: tuple[int, ...]) -> None:
    for year in gaps:
        words = _("注意:{year} 年的节假日表缺失,请运行 calendar update 或 calendar load --whole")
        session.answer.say(words.format(year=year))


def _year_as_json(found: CalendarYear) -> dict[str, Any]:
    return {
        "year": found.year,
        "known": found.known,
        "work_days": found.work_days,
        "seasons": [
            {
                "since": season.since.isoformat(),
                "periods": [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in season.periods],
                "weekdays": [day + 1 for day in sorted(season.weekdays)],
            }
            for season in found.seasons
        ],
        "days": [
            {"date": one.day.isoformat(), "works": one.works, "name": one.name, "by_site": one.by_site}
            for one in found.days
        ],
    }
