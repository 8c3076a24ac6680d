"""The life of one case from its report to an instant, every step by the domain's own acts."""

from dataclasses import dataclass, replace
from datetime import datetime

from console.adapters.demo import seats
from console.adapters.demo.course import Turn
from console.adapters.demo.reports import Coming
from console.adapters.demo.town import Town
from console.domain.acts import Inputs, act
from console.domain.acts.clocks import stage_clock
from console.domain.case import Case, Fact, opening
from console.domain.flow import ENDED, State
from console.domain.operation import Operation
from console.domain.report import case_code, reported
from console.domain.rights import post_for
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
    while case.state is not held:
        turn = _turn(town, case, facts[-1])
        if turn is None or turn.at > until:
            break
        told = seats.told(town, case, turn, astray=astray)
        actor = town.crew.actor(turn.operation, case, turn.hand)
        if actor is None or not seats.is_answered(turn.operation, told):
            break
        case, fact = act(
            case,
            turn.operation,
            _inputs(town, case, turn.operation, told),
            actor=actor,
            at=turn.at,
            calendar=town.reference.calendar,
            practice=town.reference.practice,
        )
        facts.append(fact)
    return case, facts


def _born(town: Town, birth: Birth) -> tuple[Case, Fact]:
    reference, place, by = town.reference, birth.place, birth.coming.by
    profile = reference.profile
    code = case_code(birth.at, profile.timezone, birth.number)
    case = replace(
        reported(birth.coming.report, code=code, edition=profile.edition, at=birth.at),
        cell=place.cell,
        responsibility_grid=place.responsibility_grid,
        street=place.street,
        district=place.district,
        committee=place.committee,
        id=birth.id,
        version=1,
        **stage_clock(State.REPORTED, birth.at, reference.practice),
    )
    post = post_for(reference.actor(by), Operation.REGISTER, case.state, reference.practice)
    return case, opening(case, operation=Operation.REGISTER, at=birth.at, by=by, post=post or "")


def _turn(town: Town, case: Case, last: Fact) -> Turn | None:
    if case.state in ENDED:
        return town.course.after_end(case, last.operation, last.at) if case.state is State.CLOSED else None
    if case.department and not case.redispatches and case.department != town.responsible(case):
        # Some departments notice at once that a case is not theirs, some after they have taken it up.
        noticed = State.TO_HANDLE if case.id % 2 else State.HANDLING
        if case.state in (noticed, State.RETURNED):
            return town.course.sent_on(case, last.at)
    return town.course.turn(case, last.at)


def _inputs(town: Town, case: Case, operation: Operation, told: Told) -> Inputs:
    if told is NOTHING and operation is not Operation.CLOSE:
        return _NO_INPUTS
    return Inputs(
        town.case_class(case),
        told.condition,
        case.edition,
        told.department,
        told.note,
        until=told.until,
        result=told.result,
        satisfaction=told.satisfaction,
        person=told.person,
    )
