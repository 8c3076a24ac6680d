"""Anchors of the journal's chain in the data folder: whoever rewrites the database does not rewrite them.

They prove something as far as they are out of reach of whoever can write the database: for a database on
a server they are; an embedded one lies beside them, and only copies kept elsewhere help.
"""

import asyncio
import json
import logging
import os
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from console.domain.anchor import Anchor
from console.domain.errors import Refused
from console.queries.chain import journal_end
from console.runtime.desk import Desk

FILE = "anchors.jsonl"
HOUR = 3600.0
_log = logging.getLogger(__name__)


def read_anchors(folder: Path) -> tuple[list[Anchor], int]:
    """The anchors kept so far, oldest first, and the number of the first line that is none (0: all are)."""
    try:
        lines = (folder / FILE).read_bytes().split(b"\n")
    except FileNotFoundError:
        return [], 0
    found, bad_line = [], 0
    for number, line in enumerate(lines[:-1], 1):  # what follows the last line feed was never finished
        try:
            told = json.loads(line)
            found.append(Anchor(**{**told, "at": datetime.fromisoformat(told["at"])}))
        except (ValueError, TypeError, KeyError):
            bad_line = bad_line or number
    return found, bad_line


def keep_anchor(desk: Desk, folder: Path) -> Anchor | None:
    """Note how the journal ends now, unless the last anchor says so already; what was noted."""
    last = read_anchors(folder)[0][-1:]
    end = desk.ask_now(journal_end, datetime.now(UTC).replace(microsecond=0))
    if end is None or [(one.store, one.line, one.hash) for one in last] == [(end.store, end.line, end.hash)]:
        return None
    _append(folder / FILE, json.dumps(asdict(end) | {"at": end.at.isoformat()}, ensure_ascii=False))
    return end


def keep_last_anchor(desk: Desk, folder: Path) -> None:
    """The same where nobody is left to be told that it did not work: the log is."""
    try:
        keep_anchor(desk, folder)
    except (Refused, OSError) as problem:
        _log.warning("no anchor was kept: %s", problem)


async def keep_anchors(desk: Desk, folder: Path) -> None:
    """Keep an anchor now and every hour, until cancelled."""
    while True:
        await asyncio.get_running_loop().run_in_executor(None, partial(keep_last_anchor, desk, folder))
        await asyncio.sleep(HOUR)


def _append(file: Path, line: str) -> None:
    with file.open("ab+") as opened:
        opened.seek(0)
        whole = opened.read().rfind(b"\n") + 1
        opened.truncate(whole)  # a line that a power cut left unfinished
        opened.write(line.encode() + b"\n")
        opened.flush()
        os.fsync(opened.fileno())
