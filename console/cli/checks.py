"""Is all well: the journal against the current rows, and the machine against what the console needs."""

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from console import __version__
from console.cli.main import Session, answering
from console.cli.output import Exit
from console.domain.calendar import missing_years
from console.domain.errors import Refused
from console.i18n import N_, _
from console.queries.set_faults import set_faults
from console.queries.text_index import index_faults
from console.queries.verify import Mismatch, altered, mismatches
from console.runtime.anchor import FILE as ANCHORS
from console.runtime.anchor import read_anchors
from console.settings import FILE, read_layers
from console.words import PROBLEMS, refusal

if TYPE_CHECKING:
    from console.runtime.desk import Desk

_PROBE_SECONDS = 60


@click.command()
@click.option("--evidence", is_flag=True, help="连同照片和文件 / the content of photos and files too")
@answering
def verify(session: Session, evidence: bool) -> None:
    """核对每个案件的现状、流水及其散列链 / every row against its journal, and the chain of its lines."""
    desk = session.desk()
    found: list[Mismatch] = []
    total = 0
    tell = session.answer.progress(_("核对"))
    anchors, bad_line = read_anchors(session.folder)
    if bad_line:
        found.append(Mismatch(f"{ANCHORS}:{bad_line}", "anchor_unreadable"))
    try:
        with desk.store.read() as view:
            if evidence:
                found.extend(altered(view, desk.store.evidence))
            for item in mismatches(view, anchors):
                if isinstance(item, Mismatch):
                    found.append(item)
                else:
                    total = item
                    tell(item, None)
            found.extend(index_faults(view))
            found.extend(set_faults(view))
    finally:
        desk.close()
    session.answer.give({"cases": total, "mismatches": [asdict(item) for item in found]})
    for item in found:
        session.answer.say(f"{item.code}: {_(PROBLEMS[item.problem])} {', '.join(item.fields)}".rstrip())
    session.answer.say(_("核对 {total} 件,不符 {wrong} 件").format(total=total, wrong=len(found)))
    if found:
        raise SystemExit(Exit.FINDINGS)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and what to do where it is not well."""

    name: str
    well: bool
    found: str
    remedy: str = ""

    @property
    def advice(self) -> str:
        """The remedy in the user's language, empty where all is well."""
        return "" if self.well else _(self.remedy)


@click.command()
@click.option(
    "--walk", is_flag=True, help="另在演示城市中打开窗口,办完一件案件 / walk a case in a trial city too"
)
@partial(answering, unsettled=True)
def doctor(session: Session, walk: bool) -> None:
    """检查版本、数据库、Qt、字体和地图页面 / versions, database, Qt, fonts, map page."""
    checks = [*_machine(), _settings(session), *_store(session), *_window()]
    if walk:
        from console.cli.walking import walked  # only who asks for it waits for the city

        checks += walked(session)
    session.answer.give({"checks": [asdict(check) | {"remedy": check.advice} for check in checks]})
    for check in checks:
        session.answer.say(f"{'✓' if check.well else '✗'} {check.name}: {check.found}")
        if check.advice:
            session.answer.say(f"    → {check.advice}")
    if not all(check.well for check in checks):
        raise SystemExit(Exit.FINDINGS)


_SERVER = N_("请看数据库服务器是否在运行,并检查地址、账号和 ~/.pgpass 中的口令")


def _machine() -> Iterator[Check]:
    yield Check("grid-console", True, __version__)
    yield Check(
        "Python", sys.version_info >= (3, 11), platform.python_version(), N_("请用 Python 3.11 或更新")
    )
    yield Check("SQLAlchemy", True, version("SQLAlchemy"))


def _settings(session: Session) -> Check:
    """Of this user and of the administrator: also what hinders nothing and does not hold all the same."""
    faults = read_layers(session.folder).faults
    found = "; ".join(map(refusal, faults)) or FILE
    return Check("settings", not faults, found, N_("请改正设置文件,或删去它以恢复默认"))


def _store(session: Session) -> Iterator[Check]:
    try:
        desk = session.desk()
    except Refused as problem:
        away = problem.code == "database_unreachable"
        remedy = _SERVER if away else N_("请检查 --data、--db 和文件夹权限")
        yield Check("database", False, refusal(problem), remedy)
        return
    try:
        yield Check("database", True, desk.store.about())
        profile = desk.store.profile()
        remedy = N_("请用 grid-console city load 或 city demo 装入城市")
        yield Check("city", profile is not None, profile.name if profile else "—", remedy)
        if profile is not None:
            yield _holidays(desk)
    finally:
        desk.close()


def _holidays(desk: "Desk") -> Check:
    """Well while this year's table is there; from November on the coming one is named as missing."""
    today = datetime.now(UTC).date()
    with desk.store.read() as view:
        known = view.reference.table.known_years
    gaps = missing_years(known, today)
    found = f"{min(known)}–{max(known)}" if known else "—"
    if gaps:
        found = _("{found},缺 {years}").format(found=found, years=_("、").join(map(str, gaps)))
    remedy = N_("今年的节假日表缺失:请运行 grid-console calendar update 或 calendar load --whole")
    return Check("holidays", today.year in known, found, remedy)


def _window() -> Iterator[Check]:
    """Qt is asked in a process of its own: a broken Qt must not take the doctor with it."""
    remedy = N_("请重新安装本程序;源码中用 packaging/run,它会补齐系统库和字体")
    try:
        said = subprocess.run(
            [sys.executable, "-m", "console.ui.probe"],
            capture_output=True,
            text=True,
            timeout=_PROBE_SECONDS,
            check=False,
        )
        told = json.loads(said.stdout.strip().splitlines()[-1])
    except (subprocess.TimeoutExpired, json.JSONDecodeError, IndexError) as problem:
        yield Check("Qt", False, repr(problem)[:200], remedy)
        return
    for name in ("Qt", "pair", "fonts", "map"):
        well, found = told.get(name, (False, "—"))
        yield Check(name, well, found, remedy)
