"""The proof that the current rows are what the journal tells, for every case."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from console.domain.case import Case, Fact, difference, fold
from console.storage import journal
from console.storage.cases import case_of
from console.storage.tables import cases
from console.storage.unit import View


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A case whose row differs from its journal; `fields` names where, `problem` is a stable code.

    Codes: `row_differs`, `journal_gap`, `journal_unreadable`, `case_without_journal`,
    `journal_without_case` (its `code` is # and the id).
    """

    code: str
    problem: str
    fields: tuple[str, ...] = ()


def mismatches(view: View) -> Iterator[Mismatch | int]:
    """Every mismatch, and after each 1,000 cases their number so far; the last item is the total."""
    told = journal.every_case(view.connection)
    rows = view.connection.execute(
        select(*cases.columns).order_by(cases.c.id), execution_options={"yield_per": 2000}
    )
    seen = 0
    case_id, facts = next(told, (None, []))
    for line in rows:
        case = case_of(line)
        seen += 1
        while case_id is not None and case_id < case.id:
            yield Mismatch(f"#{case_id}", "journal_without_case")
            case_id, facts = next(told, (None, []))
        if case_id != case.id:
            yield Mismatch(case.code, "case_without_journal")
            continue
        if found := _compared(case, facts):
            yield found
        case_id, facts = next(told, (None, []))
        if seen % 1000 == 0:
            yield seen
    while case_id is not None:
        yield Mismatch(f"#{case_id}", "journal_without_case")
        case_id, facts = next(told, (None, []))
    yield seen


def _compared(case: Case, facts: list[Fact] | None) -> Mismatch | None:
    if facts is None:
        return Mismatch(case.code, "journal_unreadable")
    if [fact.number for fact in facts] != list(range(1, len(facts) + 1)):
        return Mismatch(case.code, "journal_gap")
    try:
        folded = fold(facts, case.id)
    except (KeyError, TypeError):  # a field nobody knows, or an opening that is no whole case
        return Mismatch(case.code, "journal_unreadable")
    fields = tuple(difference(folded, case))
    if fields or folded.version != case.version:
        return Mismatch(case.code, "row_differs", fields or ("version",))
    return None
