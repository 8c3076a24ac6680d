"""Dossiers for the window and the command line: made, saved, and checked with a database at hand."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

from console.adapters.dossier.checking import Checked, check, differences
from console.adapters.dossier.pages import pages
from console.adapters.dossier.record import canonical, record_hash, record_of
from console.adapters.dossier.seal import sealed
from console.adapters.dossier.typesetting import chinese_font, typeset
from console.adapters.photo.copies import Thumbnails
from console.domain.batches import batches
from console.domain.errors import Refused
from console.queries.dossier import dossier_matter, kept_hashes
from console.runtime.desk import Desk
from console.runtime.evidence import EvidenceRoom, pictures
from console.storage.unit import View
from console.whole_file import refuse_taken, save_whole

PRINTED = 1600  # pixels of a printed picture's longer edge: 400 dots an inch over half a page

Progress = Callable[[str], None]  # is told the stage that begins: reading, pictures, setting, writing


def make_dossier(
    desk: Desk,
    thumbnails: Thumbnails,
    code: str,
    *,
    by: str,
    at: datetime,
    stop: Event | None = None,
    progress: Progress = lambda _stage: None,
) -> bytes:
    """The dossier of a case in the language in use, as of now; the same case, moment and maker make the same
    bytes.

    Raises Refused: `no_such_case`, `no_chinese_font`, `interrupted`, `evidence_not_kept`.
    """
    chinese_font()  # before the photos are read in vain
    progress("reading")
    matter = desk.ask_now(dossier_matter, code, at)
    progress("pictures")
    evidence = {item.hash: item for batch in batches(matter.card.facts) for item in batch.evidence}
    shown = pictures(desk.store.evidence, thumbnails, list(evidence.values()), PRINTED, stop=stop)
    copies = {one.evidence.hash: one.place.read_bytes() for one in shown if one.place is not None}
    files: dict[str, str | Refused] = {hash_: f"{hash_}.jpg" for hash_ in copies}
    files |= {one.evidence.hash: one.trouble for one in shown if one.trouble is not None}
    _go_on(stop)
    progress("setting")
    record = canonical(record_of(matter, copies, by=by, at=at))
    data = pages(matter, files, record_hash(record), by=by, at=at)
    return sealed(typeset(data, record, {f"{hash_}.jpg": copy for hash_, copy in copies.items()}))


def write_dossier(
    desk: Desk,
    thumbnails: Thumbnails,
    code: str,
    target: Path,
    *,
    by: str,
    at: datetime,
    replacing: bool = False,
    stop: Event | None = None,
    progress: Progress = lambda _stage: None,
) -> int:
    """Make a dossier and write it, whole or not at all; its bytes.

    Raises Refused as make_dossier; `file_exists`, `file_not_writable`.
    """
    if not replacing:
        refuse_taken(target)
    data = make_dossier(desk, thumbnails, code, by=by, at=at, stop=stop, progress=progress)
    _go_on(stop)
    progress("writing")
    save_whole(target, data, replacing=replacing)
    return len(data)


async def save_dossier(
    desk: Desk,
    room: EvidenceRoom,
    code: str,
    target: Path,
    *,
    by: str,
    at: datetime,
    replacing: bool = False,
    progress: Progress = lambda _stage: None,
) -> int:
    """The same as `write_dossier` for the window: beside its loop, on which `progress` is told.

    Given up, it ends before its next stage and leaves no file.
    """
    loop = asyncio.get_running_loop()

    def told(stage: str) -> None:
        loop.call_soon_threadsafe(progress, stage)

    work = partial(
        write_dossier,
        desk,
        room.thumbnails,
        code,
        target,
        by=by,
        at=at,
        replacing=replacing,
        progress=told,
    )
    return await room.apart(work)


def _go_on(stop: Event | None) -> None:
    if stop is not None and stop.is_set():
        raise Refused("interrupted")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and against which journal: `journal` is `checked`, or `absent` where no database was
    at hand, or `other_city` where the one at hand is another city's."""

    checked: Checked
    journal: str


def check_dossier(path: Path, desk: Desk | None) -> Verdict:
    """Check a dossier by itself and, with a desk, against its city's journal.

    Raises Refused: `not_a_dossier`, `file_unreadable`, `file_too_large`.
    """
    found = check(path)
    if desk is None or not found.code:
        return Verdict(found, "absent")
    return desk.ask_now(_against_journal, found)


def _against_journal(view: View, found: Checked) -> Verdict:
    if view.reference.profile.name != found.city:
        return Verdict(found, "other_city")
    strange = differences(found, kept_hashes(view, found.code))
    return Verdict(replace(found, findings=(*found.findings, *strange)), "checked")
