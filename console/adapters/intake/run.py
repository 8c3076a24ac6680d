"""An import from end to end: survey the file, settle its lists, write its rows, tell what became of each.

Rows are written in short transactions rather than in one. One transaction would hold SQLite's writing
lock for as long as the import takes, seconds to minutes, and every operator's click would wait behind
it; a short one holds it for some 10 ms, and the import then rests for as long as it wrote. The database
is whole between any two of them, for each row brings its case and its journal line together: an import
that was killed or cancelled is completed by running it again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from time import perf_counter, sleep

from console.adapters.intake.cells import Line
from console.adapters.intake.lists import Additions, Lists, settled
from console.adapters.intake.mapping import Mapping
from console.adapters.intake.placing import Lie, placed
from console.adapters.intake.report import ImportReport, write_report
from console.adapters.intake.rows import Draft, external_id, read_row
from console.adapters.intake.sheet import opened_sheet, readable
from console.adapters.intake.survey import Survey, survey
from console.adapters.intake.tally import Tally
from console.domain.errors import Refused
from console.services.intake import Incoming, Taken, add_lists, look_over, take_in
from console.storage.places import Places
from console.storage.unit import Store

__all__ = ["ImportReport", "import_cases", "write_report"]

READ_ROWS = 200
WRITE_SECONDS = 0.008  # the work of one transaction; its commit comes on top

Progress = Callable[[int, int | None], None]


def import_cases(
    store: Store,
    file: Path,
    mapping: Mapping,
    *,
    progress: Progress,
    cancelled: Callable[[], bool],
    now: datetime,
    by: str = "",
) -> ImportReport:
    """Bring the cases of a file into the loaded city.

    `progress` hears rows done and rows in all (None while the file is surveyed); `cancelled` is asked
    before each transaction. `by` signs the journal, the mapping's name where it is empty. Of rows that
    repeat an external id the last one counts, the others are rejected with `repeated_later`: taking
    each in turn would change the database at every import of the same file.

    Raises Refused before anything is written: `no_city`, `no_grids`, `unknown_class`,
    `unknown_department`, `too_many_classes`, `swapped_columns`, and what makes the file unreadable,
    see console.adapters.intake.sheet.
    """
    begun = perf_counter()
    with readable(file), file.open("rb") as opened:
        digest = file_digest(opened, "sha256").hexdigest()
    report = ImportReport(file.name, digest, mapping.name, now, now)
    with store.read() as view:
        places = view.places
    found = survey(file, mapping, places, progress, cancelled)
    if found is None:
        return replace(report, cancelled=True, ended=_after(now, begun))
    lists, additions = _learned(store, mapping, found)
    if additions:
        with store.read() as view:  # the changed city's index is built by a reader, not under the lock
            places = view.places
    run = _Run(store, mapping, lists, places, found, now, by or mapping.name, progress, cancelled)
    with opened_sheet(file, mapping) as sheet:
        run.take_all(sheet.lines)
    return replace(
        report,
        rows=found.rows if run.stopped else run.tally.done,  # the same, unless the file was changed meanwhile
        cancelled=run.stopped,
        classes=additions.classes,
        departments=len(additions.departments),
        ended=_after(now, begun),
        **run.tally.told(),
    )


def _after(now: datetime, begun: float) -> datetime:
    return now + timedelta(seconds=perf_counter() - begun)


def _learned(store: Store, mapping: Mapping, found: Survey) -> tuple[Lists, Additions]:
    """The codes of the file's lists, once the city knows them; looked up where nobody else can add."""
    with store.write() as unit:
        lists, additions = settled(mapping, unit.reference, found.classes, found.departments)
        add_lists(unit, additions.catalogue, additions.departments)
    return lists, additions


@dataclass(slots=True)
class _Run:
    """The second reading: rows to drafts, drafts to places, places into the store."""

    store: Store
    mapping: Mapping
    lists: Lists
    places: Places
    found: Survey
    now: datetime
    by: str
    progress: Progress
    cancelled: Callable[[], bool]
    tally: Tally = field(default_factory=Tally)
    stopped: bool = False

    def take_all(self, lines: Iterator[Line]) -> None:
        while not self.stopped and (batch := list(islice(lines, READ_ROWS))):
            if self.cancelled():
                self.stopped = True
                return
            drafts = {draft.row: draft for line in batch if (draft := self._draft(line)) is not None}
            self._take(self._placed(list(drafts.values())), drafts)
        self.progress(self.tally.done, self.found.rows)

    def _draft(self, line: Line) -> Draft | None:
        try:
            draft = read_row(line, self.mapping, self.lists, self.now)
            later = self.found.last.get(external_id(line.cells, self.mapping), line.number)
            if later != line.number:
                raise Refused("repeated_later", field=self.mapping.external_id, later=later)
        except Refused as problem:
            self.tally.reject(line.number, problem)
            return None
        return draft

    def _placed(self, drafts: list[Draft]) -> list[Incoming]:
        points = {draft.row: draft.point for draft in drafts if draft.point is not None}
        lies = placed(list(points.values()), self.mapping.coordinates, self.places)
        found = dict(zip(points, lies, strict=True))
        taken: list[Incoming] = []
        for draft in drafts:
            case = draft.case
            if draft.row in found:
                (lon, lat), lie = found[draft.row]
                if lie in _REFUSED:
                    self._misplaced(draft, _REFUSED[lie])
                    continue
                case = replace(case, lon=lon, lat=lat)
            taken.append(Incoming(draft.row, case, draft.note))
        return taken

    def _misplaced(self, draft: Draft, code: str) -> None:
        assert draft.point is not None
        assert self.mapping.place is not None
        columns = f"{self.mapping.place.lon}, {self.mapping.place.lat}"
        self.tally.reject(draft.row, Refused(code, lon=draft.point[0], lat=draft.point[1], field=columns))

    def _take(self, rows: list[Incoming], drafts: dict[int, Draft]) -> None:
        with self.store.read() as view:
            settled_already = look_over(view, rows)
        self._count(settled_already, drafts)
        known = {taken.incoming.row for taken in settled_already}
        rest = [incoming for incoming in rows if incoming.row not in known]
        while rest:
            if self.cancelled():
                self.stopped = True
                return
            begun = perf_counter()
            taken = self._written(rest)
            self._count(taken, drafts)
            rest = rest[len(taken) :]
            sleep(perf_counter() - begun)

    def _written(self, rows: list[Incoming]) -> list[Taken]:
        """The fates of as many of the first rows as one short transaction takes."""
        taken: list[Taken] = []
        with self.store.write() as unit:
            until = perf_counter() + WRITE_SECONDS
            for one in take_in(unit, rows, by=self.by, at=self.now):
                taken.append(one)
                if perf_counter() > until:
                    break
        return taken

    def _count(self, taken: list[Taken], drafts: dict[int, Draft]) -> None:
        """Only now: what is not committed did not happen."""
        for one in taken:
            self.tally.take(one, drafts[one.incoming.row])
        self.progress(self.tally.done, self.found.rows)


_REFUSED = {Lie.SWAPPED: "swapped_place", Lie.NOWHERE: "bad_place"}
