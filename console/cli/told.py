"""One case in full as the JSON that scripts read."""

from dataclasses import asdict
from datetime import datetime
from math import isfinite
from typing import Any

from console.cli.output import told_refusal
from console.domain.case import Case
from console.domain.flow import STEP_OF, operations
from console.domain.lamp import lamp
from console.domain.story import Line, story
from console.queries.case import CaseCard


def told_card(card: CaseCard, now: datetime) -> dict[str, Any]:
    """A case card as JSON: the case, its clocks, its facts, and what its reader may do now.

    `share` is used time over budget, above 1 the overdue multiple. A fact that `answers` another names
    that one's number, one that was taken back the number of what did it.
    """
    case = card.case
    rows = operations(case.state, case.request)
    return {
        "case": _told_case(case, now),
        "class": {"key": card.case_class.key, "name": card.case_class.name} if card.case_class else None,
        "condition": asdict(card.condition) if card.condition else None,
        "department": asdict(card.department) if card.department else None,
        "clocks": _told_clocks(card, now),
        "facts": [_told_fact(line) for line in story(card.facts)],
        "actor": asdict(card.actor),
        "may": [row.operation.value for row in rows if row.operation not in card.why],
        "may_not": {operation.value: told_refusal(problem) for operation, problem in card.why.items()},
        "releases_at": card.releases_at,
        "kin": [asdict(one) for one in card.kin],
        "advice": {
            "condition": card.advice.condition.number if card.advice.condition else None,
            "departments": [item.code for item in card.advice.departments],
            "due_at": card.advice.due_at,
            "units": [item.code for item in card.advice.units],
            "patrollers": [
                {"name": one.member.name, "metres": round(one.metres)} for one in card.advice.patrollers
            ],
        },
    }


def disposal_runs(case: Case) -> bool:
    """Whether the clock that runs now is the disposal clock, and not that of a stage."""
    return bool(case.visits) and case.visits[-1].stop is None and case.current_due_at == case.due_at


def _told_case(case: Case, now: datetime) -> dict[str, Any]:
    step = STEP_OF[case.state].value
    return asdict(case) | {"step": step, "lamp": lamp(now, case.current_due_at, case.soon_at).value}


def _told_clocks(card: CaseCard, now: datetime) -> dict[str, Any]:
    """The clock that runs now, a stage's or the disposal clock, and the disposal clock by itself."""
    case = card.case
    running = None
    if case.current_due_at is not None:
        running = {
            "clock": "disposal" if disposal_runs(case) else case.state.value,
            "due_at": case.current_due_at,
            "soon_at": case.soon_at,
            "left": (case.current_due_at - now).total_seconds(),
        }
    share = card.share if card.share is not None and isfinite(card.share) else None
    return {"running": running, "disposal": {"due_at": case.due_at, "share": share}}


def _told_fact(line: Line) -> dict[str, Any]:
    return asdict(line.fact) | {"answers": line.answers, "undone_by": line.undone_by, "late": line.late}
