"""The two months of lives that a year of cases is made from, each simulated step by step.

The last month of the year is written as the product writes any history: told up to the present, with all
that waits on the desks. The other month has no holiday in it and is told four weeks beyond its end; its
copies make up the rest of the year.
"""

import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from console.adapters.demo.city import demo_city
from console.adapters.demo.history import Span, demo_history, report_instants, write_history
from console.adapters.demo.town import Town, read_town
from console.runtime.bootstrap import open_desk
from console.services.city import load_city
from console.services.collection import day_counter
from console.storage.unit import Unit
from tests.perf.demo_store import UNTIL

MONTH = timedelta(days=28)  # whole weeks: a copy keeps its weekdays
MONTHS = 13  # 364 days
SIMULATED = 4  # months before UNTIL at which the month that is copied ends: November knows no holiday
_SPARE = 40  # the newest reports of a history are held in its first steps; these are left out
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Months:
    """How many cases the copied month has, and how many the last one."""

    copied: int
    last: int

    @classmethod
    def of(cls, count: int) -> "Months":
        copied = count // MONTHS
        return cls(copied, count - (MONTHS - 1) * copied)


def write_months(folder: Path, months: Months) -> tuple[Path, Path]:
    """The data folders of the copied month and of the last one, made at the same time inside `folder`."""
    copied, last = folder / "copied", folder / "last"
    desk = open_desk(copied, None)
    desk.do_now(load_city, demo_city(), by="演示", at=UNTIL)
    desk.close()
    shutil.copytree(copied, last)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        for done in (
            workers.submit(write_month, copied, months, True),
            workers.submit(write_month, last, months, False),
        ):
            done.result()
    return copied, last


def write_month(data: Path, months: Months, copied: bool) -> None:
    """Fill a store that holds the city with one of the months."""
    desk = open_desk(data, None)
    try:
        desk.do_now(_copied_month if copied else _last_month, months)
    finally:
        desk.close()


def _copied_month(unit: Unit, months: Months) -> None:
    town = read_town(unit)
    instants = _instants(town, months)
    days = [day_counter(at, town.reference.profile.timezone) for at in instants]
    # The day on which one copy ends is the first of the next copy, which counts on from there.
    seen = Counter({days[0]: days[: months.copied].count(days[-1])})
    numbers = []
    for day in days:
        seen[day] += 1
        numbers.append(seen[day])
    span = Span(_end() + MONTH, months.copied, MONTH.days)
    lives = islice(demo_history(town, span, instants, numbers), months.copied)
    while batch := list(islice(lives, _BATCH)):
        unit.cases.add_many(batch)


def _last_month(unit: Unit, months: Months) -> None:
    town = read_town(unit)
    timezone = town.reference.profile.timezone
    before = _instants(town, months)[: months.copied]
    day = day_counter(before[-1], timezone)
    taken = sum(day_counter(at, timezone) == day for at in before)
    if taken:
        unit.cases.reserve(day_counter(UNTIL - MONTH, timezone), taken)
    first_id = (MONTHS - 1) * months.copied + 1
    write_history(unit, Span(UNTIL, months.last, MONTH.days, first_id))


def _instants(town: Town, months: Months) -> list[datetime]:
    return report_instants(town, Span(_end(), months.copied + _SPARE, MONTH.days))


def _end() -> datetime:
    return UNTIL - SIMULATED * MONTH
