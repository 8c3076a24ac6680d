"""The applications that wait for a decision, for those who may decide; and suspensions that are over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from console.domain.case import Case
from console.domain.catalogue import CaseClass
from console.domain.city import Department
from console.domain.decision import DECIDES
from console.domain.errors import Refused
from console.domain.flow import transition
from console.domain.operation import Request
from console.domain.rights import permitted
from console.storage import journal
from console.storage.cases import case_of
from console.storage.tables import cases
from console.storage.unit import View

# The condition is spelled as in the partial index, so that SQLite uses it.
_WAITING = select(*cases.columns).where(cases.c.request.is_not(None)).order_by(cases.c.asked_at, cases.c.id)
_OVER = (
    select(cases.c.code)
    .where(cases.c.suspended_until.is_not(None), cases.c.suspended_until <= bindparam("now"))
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


def approvals(view: View, by: str) -> list[Approval]:
    """Every waiting application, the longest waiting first, as the seat of `by` sees it."""
    reference = view.reference
    actor = reference.actor(by)
    found: list[Approval] = []
    for line in view.connection.execute(_WAITING):
        case = case_of(line)
        assert case.request is not None
        grants, _refuses = DECIDES[case.request]
        row = transition(case.state, grants, case.request)
        assert row is not None  # what cannot be decided on cannot be asked for
        found.append(
            Approval(
                case,
                reference.edition(case.edition).by_key.get(case.class_key),
                reference.departments.get(case.department),
                _reason(view, case),
                permitted(case, row, actor, reference.practice),
            )
        )
    return found


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
