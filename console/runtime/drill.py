"""Drills: copies of the store as of a moment of the past, each a data folder of its own, made and removed."""

import os
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import tomli_w

from console.adapters.practice import standard
from console.domain.case import Case, Fact, fold
from console.domain.city import CityProfile
from console.domain.city_act import CityAct
from console.domain.drill import Drill, moved, until
from console.domain.errors import Refused
from console.domain.replay import Period
from console.queries.chain import journal_end
from console.queries.replay import touching
from console.runtime.desk import Desk
from console.storage import journal
from console.storage.copying import copy_city
from console.storage.engine import database_url
from console.storage.evidence import FOLDER, EvidenceFolder
from console.storage.unit import Store, View
from console.system import DRILL, DRILLS
from console.words.dates import english_short_moment

_RECENT = timedelta(days=1)  # cases that ended so long before come along: call-backs and checks wait on them
_AT_ONCE = 500

Progress = Callable[[int, int], None]


def make_drill(
    desk: Desk,
    folder: Path,
    at: datetime,
    *,
    by: str,
    now: datetime,
    progress: Progress = lambda _done, _whole: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Drill:
    """Make a drill of the moment `at` under the data folder `folder`; the store itself is only read.

    The open cases of that moment come along with their journals, every instant later by the same span,
    so that the moment is `now`; lists, calendar and practice are those of today. Photos are linked, not
    copied, where the disk allows. What is broken off leaves nothing behind.
    Raises Refused: `no_city`, `drill_moment`, `drill_of_drill`, `drill_not_written`, `interrupted`.
    """
    profile = desk.store.profile()
    if profile is None:
        raise Refused("no_city")
    if profile.drill:
        raise Refused("drill_of_drill")
    if at >= now:
        raise Refused("drill_moment")
    target = _new_folder(folder, profile, at)
    try:
        made = desk.ask_now(partial(_fill, target, profile, at, by, now, progress, cancelled, desk))
        drill = Drill(target.name, profile.name, at, now, by, made)
        (target / DRILL).write_text(tomli_w.dumps(asdict(drill)), "utf-8")
    except BaseException as problem:
        shutil.rmtree(target, ignore_errors=True)
        if isinstance(problem, OSError):
            raise Refused("drill_not_written", folder=target, said=problem.strerror or problem) from problem
        raise
    return drill


def drills(folder: Path) -> Sequence[Drill]:
    """The drills under a data folder, the newest first; what is no drill of ours is passed over."""
    found = []
    for mark in (folder / DRILLS).glob(f"*/{DRILL}"):
        with suppress(OSError, ValueError, TypeError):
            told = tomllib.loads(mark.read_text("utf-8"))
            found.append(_marked(told, mark.parent.name))
    return sorted(found, key=lambda drill: (drill.made_at, drill.name), reverse=True)


def drill_folder(folder: Path, name: str) -> Path:
    """Where a drill lies. Raises Refused("no_such_drill")."""
    found = folder / DRILLS / name
    if Path(name).name != name or not (found / DRILL).is_file():
        raise Refused("no_such_drill", name=name)
    return found


def opening(drill: Path) -> list[str]:
    """The command that opens a drill's window, in a process of its own."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "console"]
    return [*program, "--data", str(drill)]


def remove_drill(folder: Path, name: str) -> None:
    """Remove a drill with all that was done in it. Raises Refused: `no_such_drill`, `drill_not_removed`."""
    found = drill_folder(folder, name)
    try:
        shutil.rmtree(found)
    except OSError as problem:
        raise Refused("drill_not_removed", folder=found, said=problem.strerror or problem) from problem


def _marked(told: dict[str, Any], name: str) -> Drill:
    """The drill that a mark tells of. Raises ValueError or TypeError where it tells of none."""
    for instant in ("at", "made_at"):
        if not isinstance(told.get(instant), datetime) or told[instant].tzinfo is None:
            raise ValueError(instant)
    for field, kind in (("city", str), ("by", str), ("cases", int)):
        if type(told.get(field)) is not kind:
            raise ValueError(field)
    return Drill(**told | {"name": name})


def _new_folder(folder: Path, profile: CityProfile, at: datetime) -> Path:
    stem = f"{at.astimezone(ZoneInfo(profile.timezone)):%Y%m%d-%H%M%S}"
    for number in range(1, 1000):
        target = folder / DRILLS / (stem if number == 1 else f"{stem}-{number}")
        try:
            target.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as problem:
            raise Refused("drill_not_written", folder=target, said=problem.strerror or problem) from problem
        return target
    raise Refused("drill_not_written", folder=folder / DRILLS, said=stem)


def _fill(
    target: Path,
    profile: CityProfile,
    at: datetime,
    by: str,
    now: datetime,
    progress: Progress,
    cancelled: Callable[[], bool],
    desk: Desk,
    view: View,
) -> int:
    store = Store(database_url(None, target), target / FOLDER, standard())
    try:
        store.prepare()
        with store.write() as unit:
            copy_city(view.connection, unit.connection)
            unit.name_city(_named(profile, at))
            end = journal_end(view, now)
            told = {
                "city": profile.name,
                "moment": at.isoformat(),
                "line": end.line if end else 0,
                "hash": end.hash if end else "",
            }
            unit.note_city(CityAct.DRILL_STARTED, by=by, at=now, note=profile.name, details=told)
            number = 0
            for lives in _lives(view, at, now - at, progress, cancelled):
                number += unit.cases.add_many(lives)
                _bring_photos(desk.store.evidence, store.evidence, lives)
    finally:
        store.close()
    return number


def _lives(
    view: View, at: datetime, span: timedelta, progress: Progress, cancelled: Callable[[], bool]
) -> Iterator[list[tuple[Case, list[Fact]]]]:
    """The cases that were open at `at` or had just ended, some at a time, with their moved facts."""
    ids = touching(view, Period(at - _RECENT, at))
    for done in range(0, len(ids), _AT_ONCE):
        if cancelled():
            raise Refused("interrupted")
        some = ids[done : done + _AT_ONCE]
        found = []
        for case_id, facts in journal.facts_of_many(view.connection, some).items():
            told = moved(until(facts, at), span)
            if not told:
                continue
            case = fold(told, case_id)
            if case.ended_at is None or case.ended_at >= at + span - _RECENT:
                found.append((case, told))
        progress(done + len(some), len(ids))
        yield found


def _bring_photos(
    source: EvidenceFolder, target: EvidenceFolder, lives: Sequence[tuple[Case, list[Fact]]]
) -> None:
    """Link the photos of the cases, or copy them; what is missing here is missing there, and told there."""
    for hash_ in {item.hash for _case, facts in lives for fact in facts for item in fact.evidence}:
        here, there = source.place(hash_), target.place(hash_)
        if here.is_file() and not there.exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(here, there)
            except OSError:
                shutil.copyfile(here, there)


def _named(profile: CityProfile, at: datetime) -> CityProfile:
    """The city's head with the drill in its very name: it is read wherever the name is."""
    zone = ZoneInfo(profile.timezone)
    local = f"{at.astimezone(zone):%m-%d %H:%M}"
    return replace(
        profile,
        name=f"{profile.name}·演练 {local}",
        name_en=f"{profile.name_en or profile.name} · drill {english_short_moment(at, zone)}",
        generated=True,
        drill=at.isoformat(),
    )
