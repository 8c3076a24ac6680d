"""The proof that the current rows are what the journal tells, and the journal what was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from console.domain.anchor import Anchor
from console.domain.case import Case, Fact, difference, fold
from console.domain.visits import told_visits
from console.queries.chain import Break, breaks, strays
from console.queries.handovers import altered_handovers
from console.storage import journal
from console.storage.direct import Statement, streamed
from console.storage.evidence import EvidenceFolder
from console.storage.rows import READ, read_case
from console.storage.tables import cases
from console.storage.unit import View

_ROWS = Statement(select(*READ).order_by(cases.c.id))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A case whose row differs from its journal, or a line that is not what was written.

    `fields` names where, `problem` is a stable code. Of a case: `row_differs`, `deadline_differs`,
    `journal_gap`, `journal_unreadable`, `case_without_journal`, `journal_without_case` (its `code` is #
    and the id), `index_differs` and
    `sets_differ` (see console.queries.text_index and set_faults). Of a line, whose `code` is @ and its id:
    those of console.queries.chain.
    """

    code: str
    problem: str
    fields: tuple[str, ...] = ()


def mismatches(view: View, anchors: Sequence[Anchor] = ()) -> Iterator[Mismatch | int]:
    """Every mismatch, and after each 1,000 cases their number so far; the last item is the total."""
    for found in (*breaks(view.connection), *strays(view.connection, anchors)):
        yield _line(found)
    for number, field in altered_handovers(view):
        yield Mismatch(f"#{number}", "handover_differs", (field,))
    told = journal.every_case(view.connection)
    seen = 0
    case_id, facts = next(told, (None, []))
    for row in streamed(view.connection, _ROWS):
        case = read_case(row)
        seen += 1
        while case_id is not None and case_id < case.id:
            yield Mismatch(f"#{case_id}", "journal_without_case")
            case_id, facts = next(told, (None, []))
        if case_id != case.id:
            yield Mismatch(case.code, "case_without_journal")
            continue
        if found_case := _compared(case, facts):
            yield found_case
        case_id, facts = next(told, (None, []))
        if seen % 1000 == 0:
            yield seen
    while case_id is not None:
        yield Mismatch(f"#{case_id}", "journal_without_case")
        case_id, facts = next(told, (None, []))
    yield seen


def altered(view: View, folder: EvidenceFolder) -> Iterator[Mismatch]:
    """Photos and files that are not there, or not what was taken in (`evidence_…`); `code` is the name."""
    names = {item.hash: item.name for item in journal.every_evidence(view.connection)}
    for problem in folder.check_all(names):
        hash_ = str(problem.facts["hash"])
        yield Mismatch(names[hash_], problem.code, (hash_,))


def _line(found: Break) -> Mismatch:
    return Mismatch(f"@{found.line}", found.problem, found.told)


def _compared(case: Case, facts: list[Fact] | None) -> Mismatch | None:
    if facts is None:
        return Mismatch(case.code, "journal_unreadable")
    if [fact.number for fact in facts] != list(range(1, len(facts) + 1)):
        return Mismatch(case.code, "journal_gap")
    try:
        folded = fold(facts, case.id)
    except (KeyError, TypeError):  # a field nobody knows, or an opening that is no whole case
        return Mismatch(case.code, "journal_unreadable")
    fields = tuple(difference(folded, case)) if folded != case else ()
    if fields or folded.version != case.version:
        return Mismatch(case.code, "row_differs", fields or ("version",))
    try:
        visits = told_visits(facts)
    except IndexError:
        return Mismatch(case.code, "journal_unreadable")
    return Mismatch(case.code, "deadline_differs", ("visits",)) if visits != case.visits else None
