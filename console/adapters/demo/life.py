"""The life of one case from its report to an instant, every step by the domain's own acts."""

from dataclasses import dataclass, replace
from datetime import datetime

from console.adapters.demo import seats
from console.adapters.demo.course import Turn
from console.adapters.demo.posts import post
from console.adapters.demo.reports import Coming
from console.adapters.demo.town import Town
from console.domain.acts import Inputs, act
from console.domain.case import Case, Fact, opening
from console.domain.flow import ENDED, State
from console.domain.operation import Operation
from console.domain.report import case_code, reported
from console.services.steps import NOTHING, Told
from console.storage.places import Place

_NO_INPUTS = Inputs()


@dataclass(frozen=True, slots=True)
class Birth:
    """A report with the id, the day's number and the place its case gets."""

    id: int
    number: int
    at: datetime
    place: Place
    coming: Coming


def lived(
    town: Town, birth: Birth, until: datetime, *, held: State | None = None, astray: bool = False
) -> tuple[Case, list[Fact]]:
    """The case as it stands at `until`, and its facts.

    It stays in `held` when it comes there. `astray` dispatches it to a wrong department first, which
    sends it on.
    """
    case, first = _born(town, birth)
    facts = [first]
    while case.state not in ENDED and case.state is not held:
        turn = _turn(town, case, facts[-1].at)
        told = seats.told(town, case, turn, astray=astray)
        if turn.at > until or not seats.is_answered(turn.operation, told):
            break
        case, fact = act(
            case,
            turn.operation,
            _inputs(town, case, told),
            by=post(turn.operation, turn.hand),
            at=turn.at,
            calendar=town.reference.calendar,
        )
        facts.append(fact)
    return case, facts


def _born(town: Town, birth: Birth) -> tuple[Case, Fact]:
    profile = town.reference.profile
    code = case_code(birth.at, profile.timezone, birth.number)
    place = birth.place
    case = replace(
        reported(birth.coming.report, code=code, edition=profile.edition, at=birth.at),
        cell=place.cell,
        responsibility_grid=place.responsibility_grid,
        street=place.street,
        district=place.district,
        committee=place.committee,
        id=birth.id,
        version=1,
    )
    return case, opening(case, operation=Operation.REGISTER, at=birth.at, by=birth.coming.by)


def _turn(town: Town, case: Case, since: datetime) -> Turn:
    # Some departments notice at once that a case is not theirs, some after they have taken it up.
    noticed = State.TO_HANDLE if case.id % 2 else State.HANDLING
    if case.state is noticed and not case.redispatches and case.department != town.responsible(case):
        return town.course.sent_on(case, since)
    return town.course.turn(case, since)


def _inputs(town: Town, case: Case, told: Told) -> Inputs:
    if told is NOTHING:
        return _NO_INPUTS
    return Inputs(town.case_class(case), told.condition, case.edition, told.department, told.note)
