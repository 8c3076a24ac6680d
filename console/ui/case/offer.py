"""What a case offers its seat: the one next thing, the useful others, and why the rest may not be done."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from console.domain.case import Case, Flag
from console.domain.decision import Decision, meant_for
from console.domain.flow import (
    STEP_OF,
    TRANSITIONS,
    Need,
    State,
    Transition,
    operations,
    row_of,
    transition,
)
from console.domain.operation import Operation
from console.i18n import _, named
from console.ui.actions import ACTS, ActAction, Ask
from console.words import OPERATIONS, STATES, clock_time, limit, refusal

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_FEW = 2  # states that a line has room to name
QUICK = 5  # quiet buttons beside the way to all others

_SUPERVISION = frozenset({Operation.REPLY_SUPERVISION, Operation.END_SUPERVISION})
# Possible in nearly every state: they are found in the list of all acts.
_LISTED_ONLY = frozenset(
    {
        Operation.MARK,
        Operation.UNMARK,
        Operation.ATTACH,
        Operation.HAND_OVER,
        Operation.ASK_AUTHORITY,
        Operation.ASK_FORCED_CLOSE,
        Operation.COUNTER,
    }
)


def operation_of(act: ActAction, case: Case) -> Operation | None:
    """What the act would do to the case; None for a decision while no application waits."""
    if not isinstance(act.operation, Decision):
        return act.operation
    return None if case.request is None else meant_for(case, act.operation)


def on_case(act: ActAction, card: "CaseCard") -> ActAction:
    """The act as it is on this case: a decision becomes the operation that decides, with its own words."""
    operation = operation_of(act, card.case)
    if operation is act.operation or operation is None:
        return act
    row = transition(card.case.state, operation, card.case.request)
    asks = (Ask.REASON,) if row is not None and Need.REASON in row.needs else ()
    return replace(act, operation=operation, words=OPERATIONS[operation], asks=asks)


def for_many(act: ActAction, card: "CaseCard") -> ActAction | None:
    """The act as it is on many cases, of which one is shown; None where it has no meaning for many.

    A decision stays open: it is on each case that on its own application. Many are closed under the
    condition that each was filed under. Only how a case is split is different for each.
    """
    if Ask.PARTS in act.asks:
        return None
    asks = on_case(act, card).asks if isinstance(act.operation, Decision) else act.asks
    return replace(act, asks=tuple(ask for ask in asks if ask is not Ask.CLOSING))


def act_words(act: ActAction, card: "CaseCard") -> str:
    """What the act is called on this case."""
    return _(on_case(act, card).words)


def allowed(act: ActAction, card: "CaseCard | None") -> bool:
    """Whether the act may be done on the shown case now, as far as can be told before it is."""
    if card is None:
        return False
    if act.operation is Operation.COUNTER:
        return card.releases_at is not None
    operation = operation_of(act, card.case)
    return operation is not None and operation not in card.why and _advises(act, card)


def why_not(act: ActAction, card: "CaseCard") -> str:
    """Why an act is greyed."""
    operation = operation_of(act, card.case)
    if operation is None:
        return _("没有等待决定的申请")
    if operation is Operation.COUNTER:
        return _("没有可冲正的操作")
    if operation in card.why:
        return refusal(card.why[operation])
    if operation is Operation.FILE:
        return _("还没有类别:请另选条件立案")
    return _("责任清单中没有对应部门:请另选部门")


def where_possible(act: ActAction, card: "CaseCard") -> str:
    """In which states an act is possible that is not in this one; empty where the state is no obstacle."""
    operation = operation_of(act, card.case)
    problem = card.why.get(operation) if operation is not None else None
    if operation is None or problem is None or problem.code != "wrong_step":
        return ""
    states = {state for row in TRANSITIONS if row.operation is operation for state in row.sources}
    named_states = [_(STATES[state]) for state in State if state in states]
    if len(named_states) > _FEW:
        return _("“{state}”时不能").format(state=_(STATES[card.case.state]))
    return _("须为“{states}”").format(states=_("、").join(named_states))


def primary(card: "CaseCard") -> ActAction | None:
    """The one next thing: a decision that this seat may take, otherwise the main step of the state."""
    allow = ACTS[0]
    if allowed(allow, card):
        return allow
    rows = operations(card.case.state, card.case.request)
    if not rows or not rows[0].primary:
        return None
    return next((act for act in ACTS if _is_main(act, rows[0], card)), None)


def quick(card: "CaseCard") -> list[ActAction]:
    """The next useful acts besides the primary one, all allowed, those of its step first, at most QUICK."""
    first = primary(card)
    found = [act for act in ACTS if act is not first and allowed(act, card) and _is_useful(act, card)]
    return sorted(found, key=lambda act: not _is_of_its_step(act, card))[:QUICK]


def consequence(act: ActAction, card: "CaseCard", now: datetime) -> tuple[str, str, str]:
    """What the act is called, whom or what it leads to, and its limit or deadline; empty where none."""
    words = act_words(act, card)
    advice, case = card.advice, card.case
    zone = ZoneInfo(card.timezone)
    if act.operation is Operation.FILE and advice.condition is not None:
        one = advice.condition.limit
        return words, "", limit(one.value, one.unit.value)
    if act.operation is Operation.DISPATCH and advice.departments:
        to = advice.departments[0]
        due = clock_time(advice.due_at, zone, now) if advice.due_at else ""
        return words, named(to.name, to.name_en), due
    if act.operation is Operation.CLOSE and card.condition is not None and not act.asks:
        return words, f"· {card.condition.closing}", ""
    if operation_of(act, case) is Operation.ALLOW_SUSPENSION and case.asked_until is not None:
        return words, "", _("至 {time}").format(time=clock_time(case.asked_until, zone, now))
    if operation_of(act, case) is Operation.ALLOW_EXTENSION:
        return words, "", f"+ {limit(case.limit_value, case.limit_unit)}"
    return words, "", ""


def _advises(act: ActAction, card: "CaseCard") -> bool:
    """The city's lists must know what an act that asks nothing does not ask."""
    if act.name == "act_file":
        return card.advice.condition is not None
    if act.name == "act_dispatch":
        return bool(card.advice.departments)
    return True


def _is_main(act: ActAction, row: Transition, card: "CaseCard") -> bool:
    """The advised one where there is advice, the asking one where there is none."""
    if operation_of(act, card.case) is not row.operation:
        return False
    twins = [other for other in ACTS if operation_of(other, card.case) is row.operation]
    plain = next((other for other in twins if not other.asks), None)
    if len(twins) == 1 or plain is None:
        return act is twins[0]
    return act is plain if _advises(plain, card) else bool(act.asks)


def _is_of_its_step(act: ActAction, card: "CaseCard") -> bool:
    if isinstance(act.operation, Decision):
        return True
    row = row_of(act.operation)
    return row is not None and row.step is STEP_OF[card.case.state]


def _is_useful(act: ActAction, card: "CaseCard") -> bool:
    operation = operation_of(act, card.case)
    if operation in _LISTED_ONLY:
        return False
    if operation is Operation.CONFIRM_SELF:
        return Flag.SELF_HANDLED in card.case.flags
    if operation in _SUPERVISION:
        return card.case.supervision > 0
    if operation is Operation.APPEAL:
        return card.case.appeals == 0 and card.share is not None and card.share > 1
    return operation is not Operation.ASK_VOID or Operation.VOID in card.why
