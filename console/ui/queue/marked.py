"""Which cases are marked to be acted on together: some by name, or all of a filter but some."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from console.domain.wanted import CaseFilter

if TYPE_CHECKING:
    from console.queries.queue import QueueRow

Seen = tuple[str, int]  # code and version of a case as the operator saw it when it was marked


@dataclass(frozen=True, slots=True)
class Marks:
    """Without `whole` the marked are `cases`, by id; with it all that it lets through but those `cases`."""

    cases: Mapping[int, Seen] = field(default_factory=dict)
    whole: CaseFilter | None = None

    def holds(self, case_id: int) -> bool:
        return (case_id in self.cases) is (self.whole is None)

    def count(self, total: int) -> int:
        """How many are marked, where the filter lets `total` through; one alone is only the chosen one."""
        number = len(self.cases) if self.whole is None else max(0, total - len(self.cases))
        return number if number > 1 else 0

    def turned(self, row: "QueueRow") -> "Marks":
        """With this case marked if it was not, and not if it was."""
        cases = {own: seen for own, seen in self.cases.items() if own != row.id}
        if row.id not in self.cases:
            cases[row.id] = (row.code, row.version)
        return replace(self, cases=cases)

    def without(self, gone: Iterable[int]) -> "Marks":
        """Without cases that the filter does not let through any more."""
        left = set(gone)
        return replace(self, cases={own: seen for own, seen in self.cases.items() if own not in left})

    def again(self, rows: "Iterable[QueueRow]") -> "Marks":
        """With the versions of rows that are shown anew."""
        fresh = {row.id: (row.code, row.version) for row in rows if row.id in self.cases}
        return replace(self, cases={**self.cases, **fresh}) if fresh else self


def some(rows: "Iterable[QueueRow]") -> Marks:
    return Marks({row.id: (row.code, row.version) for row in rows})
