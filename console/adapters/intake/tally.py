"""The running count of an import: what became of each row, and what is to be told of it."""

from dataclasses import dataclass, field
from typing import TypedDict

from console.adapters.intake.report import Held, Outside, Rejection, Suspicion
from console.adapters.intake.rows import Draft
from console.domain.errors import Refused
from console.services.intake import Fate, Taken


class Told(TypedDict):
    """The part of an ImportReport that the rows make."""

    imported: int
    updated: int
    unchanged: int
    rejected: tuple[Rejection, ...]
    outside: tuple[Outside, ...]
    suspicious: tuple[Suspicion, ...]
    held: tuple[Held, ...]


@dataclass(slots=True)
class Tally:
    """What became of the rows so far."""

    fates: dict[Fate, int] = field(default_factory=lambda: dict.fromkeys(Fate, 0))
    rejected: list[Rejection] = field(default_factory=list)
    outside: list[Outside] = field(default_factory=list)
    suspicious: list[Suspicion] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(self.fates.values())

    def reject(self, row: int, problem: Refused) -> None:
        facts = dict(problem.facts)
        self.fates[Fate.REJECTED] += 1
        self.rejected.append(Rejection(row, str(facts.pop("field", "")), problem.code, facts))

    def take(self, taken: Taken, draft: Draft) -> None:
        if taken.problem is not None:
            self.reject(draft.row, taken.problem)
            return
        self.fates[taken.fate] += 1
        told, case = taken.incoming.case, taken.case
        if told.lon is not None and told.lat is not None and not case.cell:
            self.outside.append(Outside(draft.row, told.external_id, told.lon, told.lat))
        for doubt in draft.doubts:
            self.suspicious.append(Suspicion(draft.row, told.external_id, doubt.code, doubt.facts))
        if taken.held:
            self.held.append(Held(draft.row, told.external_id, taken.held))

    def told(self) -> Told:
        """All of it, in the order of the rows."""
        return {
            "imported": self.fates[Fate.IMPORTED],
            "updated": self.fates[Fate.UPDATED],
            "unchanged": self.fates[Fate.UNCHANGED],
            "rejected": tuple(sorted(self.rejected, key=lambda item: item.row)),
            "outside": tuple(sorted(self.outside, key=lambda item: item.row)),
            "suspicious": tuple(sorted(self.suspicious, key=lambda item: item.row)),
            "held": tuple(sorted(self.held, key=lambda item: item.row)),
        }
