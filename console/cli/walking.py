"""The whole program tried out: a generated city of its own, and a case walked through the window."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from console.cli.checks import Check
from console.cli.main import Session
from console.i18n import N_, _

_CASES = 300
_SECONDS = 180
_BY = "doctor"
_REMEDY = N_("请把这里的结果交给维护人员;窗口要在桌面上打开,也可用 QT_QPA_PLATFORM=offscreen 试")


def walked(session: Session) -> Iterator[Check]:
    """Every part of the walk as a check. Nothing of the user's own data is touched."""
    with TemporaryDirectory(prefix="grid-doctor-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _city(session, folder)
        words = [sys.executable, "-m", "console.ui.trial", name, str(time.time())]
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as problem:
            yield Check("walk", False, repr(problem)[:200], _REMEDY)
            return
        for line in done.stdout.splitlines():
            told = json.loads(line)
            yield Check(f"walk: {told['name']}", told["well"], told["found"], _REMEDY)
        if done.returncode:
            said = done.stderr.strip().splitlines()
            yield Check("walk", False, said[-1][:200] if said else str(done.returncode), _REMEDY)


def _city(session: Session, folder: Path) -> None:
    from console.runtime.bootstrap import open_desk
    from console.runtime.founding import found_demo

    tell = session.answer.progress(_("生成演示城市"))
    desk = open_desk(folder, None)
    try:
        found_demo(
            desk, by=_BY, at=datetime.now(UTC).replace(microsecond=0), count=_CASES,
            progress=lambda _stage, share: tell(round(100 * share), 100),
        )  # fmt: skip
    finally:
        desk.close()
