"""Information collection (信息收集): a report becomes a case."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.case import Case, opening
from console.domain.errors import Refused
from console.domain.operation import Operation
from console.domain.report import Report, case_code, reported
from console.storage.unit import Unit


def register_report(unit: Unit, report: Report, *, by: str, at: datetime) -> Case:
    """Open a case for `report`, placed in its grid. Raises Refused, see console.domain.report."""
    reference = unit.reference
    if report.class_key and report.class_key not in reference.catalogue.by_key:
        raise Refused("unknown_class", key=report.class_key)
    timezone = reference.profile.timezone
    code = case_code(at, timezone, unit.cases.reserve(day_counter(at, timezone)))
    case = unit.places.placed(reported(report, code=code, edition=reference.profile.edition, at=at))
    fact = opening(case, operation=Operation.REGISTER, at=at, by=by)
    case = replace(case, version=fact.number)
    return replace(case, id=unit.add(case, fact))


def day_counter(at: datetime, timezone: str) -> str:
    """The counter that numbers the reports of a day on the city's own clock."""
    return f"case-{at.astimezone(ZoneInfo(timezone)):%Y%m%d}"
