"""Cases in the store whose disposal clocks ran over visits that a test gives."""

from dataclasses import replace
from datetime import datetime

from console.domain import clock
from console.domain.case import Case, Source, opening
from console.domain.catalogue import Limit, LimitUnit
from console.domain.clock import Visit
from console.domain.flow import State
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.domain.times import at

BY = "张"
LIMIT = Limit(4, LimitUnit.WORK_HOUR)
START = at("2026-03-09 09:00")


def kept(
    store: Store,
    *visits: Visit,
    code: str = "2026030900001",
    state: State = State.HANDLING,
    limit: Limit = LIMIT,
    due: datetime | None = None,
    **fields: object,
) -> str:
    """The code of a case whose disposal clock runs or ran over these visits, by the store's calendar.

    It comes in as from another system: no operation here made its visits.
    """
    with store.write() as unit:
        setting = (unit.reference.calendar, limit, 0, clock.counted(visits, bundled=True))
        due, soon = due or clock.due(*setting), clock.soon(*setting)
        runs = visits[-1].stop is None
        case = Case(
            code,
            state,
            Source.HOTLINE,
            "路口有垃圾",
            visits[0].start,
            limit_value=limit.value,
            limit_unit=limit.unit.value,
            due_at=due,
            current_due_at=due if runs else None,
            soon_at=soon if runs else None,
            visits=visits,
        )
        case = replace(case, **fields)  # type: ignore[arg-type]
        fact = opening(case, operation=Operation.IMPORT, at=visits[0].start, by=BY)
        unit.add(replace(case, version=1), fact)
    return code
