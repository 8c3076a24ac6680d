"""Information collection (信息收集): a report becomes a case."""

from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.acts.clocks import stage_clock
from console.domain.case import Case, changed, opening
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.report import Report, case_code, reported
from console.domain.rights import may_at_all, post_for
from console.domain.zone import forbidding
from console.storage.unit import Unit


def register_report(unit: Unit, report: Report, *, by: str, at: datetime) -> Case:
    """Open a case for `report`, placed in its grid.

    Raises Refused, see console.domain.report; `unknown_class`, `wrong_post`, `unknown_staff`, and
    `no_report_zone` where such problems may not be reported at that place now (管控).
    """
    reference = unit.reference
    actor = reference.actor(by)
    problem = may_at_all(actor, Operation.REGISTER, State.REPORTED, reference.practice)
    if problem is not None:
        raise problem
    if report.class_key and report.class_key not in reference.catalogue.by_key:
        raise Refused("unknown_class", key=report.class_key)
    timezone = reference.profile.timezone
    case = unit.places.placed(reported(report, code="", edition=reference.profile.edition, at=at))
    zone = forbidding(reference.zones, case, at)
    if zone is not None:
        until = zone.until and zone.until.astimezone(ZoneInfo(timezone))
        raise Refused("no_report_zone", zone=zone.id, until=until, reason=zone.reason)
    code = case_code(at, timezone, unit.cases.reserve(day_counter(at, timezone)))
    case = changed(case, stage_clock(case.state, at, reference.practice), code=code, version=1)
    post = post_for(actor, Operation.REGISTER, case.state, reference.practice)
    fact = opening(
        case, operation=Operation.REGISTER, at=at, by=by, post=post or "", evidence=report.evidence
    )
    return changed(case, id=unit.add(case, fact))


def day_counter(at: datetime, timezone: str) -> str:
    """The counter that numbers the reports of a day on the city's own clock."""
    return f"case-{at.astimezone(ZoneInfo(timezone)):%Y%m%d}"
