"""The applications that wait for a decision, for those who may decide; and suspensions that are over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import bindparam, select

from console.domain.actor import Actor
from console.domain.case import Case
from console.domain.catalogue import CaseClass
from console.domain.city import Department
from console.domain.decision import DECIDES
from console.domain.errors import Refused
from console.domain.flow import State, transition
from console.domain.operation import Request
from console.domain.rights import permitted
from console.storage import journal
from console.storage.cases import case_of
from console.storage.city import Reference
from console.storage.direct import Direct, Statement
from console.storage.sets.among import Among, told_ids
from console.storage.tables import cases
from console.storage.unit import View

# The condition is spelled as in the partial index, so that SQLite uses it.
_WAITING = Statement(
    select(cases.c.id, cases.c.version)
    .where(cases.c.request.is_not(None))
    .order_by(cases.c.asked_at, cases.c.id)
)
_SOME = select(*cases.columns).where(Among())
_OVER = (
    select(cases.c.code)
    .where(
        cases.c.suspended_until.is_not(None),
        cases.c.suspended_until <= bindparam("now"),
        cases.c.state == State.SUSPENDED,  # an older release left the day in cases that were closed by force
    )
    .order_by(cases.c.suspended_until, cases.c.id)
)


@dataclass(frozen=True, slots=True)
class Approval:
    """An application with its case; `why` says why the asking seat may not decide on it."""

    case: Case
    case_class: CaseClass | None
    department: Department | None
    reason: str
    why: Refused | None

    @property
    def mine(self) -> bool:
        return self.why is None


class Applications:
    """The applications that wait, kept from one look to the next: a case is read again when it has moved.

    Reading them all with their journals was a quarter of a reading thread while the city was at work. For
    many threads.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], Approval] = {}  # by case and version
        self._for: tuple[str, Reference] | None = None
        self._looking = Lock()

    def look(self, view: View, by: str) -> list[Approval]:
        """Every waiting application, the longest waiting first, as the seat of `by` sees it."""
        with self._looking:
            reference = view.reference
            if self._for is None or self._for[0] != by or self._for[1] is not reference:
                self._for, self._kept = (by, reference), {}
            waiting = [(case_id, version) for case_id, version in Direct(view.connection).every(_WAITING, ())]
            missing = [case_id for case_id, version in waiting if (case_id, version) not in self._kept]
            new = {(one.case.id, one.case.version): one for one in _read(view, missing, reference.actor(by))}
            self._kept = {place: new.get(place) or self._kept[place] for place in waiting}
            return list(self._kept.values())


def approvals(view: View, by: str) -> list[Approval]:
    """Every waiting application, the longest waiting first, as the seat of `by` sees it."""
    return Applications().look(view, by)


def _read(view: View, ids: Sequence[int], actor: Actor) -> Iterator[Approval]:
    reference = view.reference
    if not ids:
        return
    for line in view.connection.execute(_SOME, {"ids": told_ids(ids)}):
        case = case_of(line)
        assert case.request is not None
        grants, _refuses = DECIDES[case.request]
        row = transition(case.state, grants, case.request)
        assert row is not None  # what cannot be decided on cannot be asked for
        yield Approval(
            case,
            reference.edition(case.edition).by_key.get(case.class_key),
            reference.departments.get(case.department),
            _reason(view, case),
            permitted(case, row, actor, reference.practice),
        )


def suspensions_over(view: View, now: datetime) -> list[str]:
    """The codes of the suspended cases whose time has come."""
    return list(view.connection.execute(_OVER, {"now": now}).scalars())


def _reason(view: View, case: Case) -> str:
    """What was written when it was asked for, at a second review that of the first."""
    asked = Request.APPEAL if case.request is Request.APPEAL_REVIEW else case.request
    for fact in reversed(journal.facts_of(view.connection, case.id)):
        if fact.changes.get("request") is asked:
            return fact.note
    return ""
