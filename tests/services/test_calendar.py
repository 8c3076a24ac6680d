"""An edit of the calendar moves the running clocks it touches, and no others."""

from datetime import date, datetime, time

import pytest

from console.domain.calendar import OfficialDays, SiteDay, WorkPeriods
from console.domain.case import Fact
from console.domain.catalogue import Limit, LimitUnit
from console.domain.city_act import CityAct
from console.domain.clock import Visit
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.queries.case import case_card
from console.queries.verify import Mismatch, mismatches
from console.services.calendar import remove_days, set_days, set_seasons, take_up_years
from console.services.reclock import Recomputed, Watch
from console.services.steps import undo_step
from console.storage import journal
from console.storage.unit import Store
from tests.domain.times import at
from tests.lives import BY as DOER
from tests.lives import MONDAY, WAY, registered, taken
from tests.queries.clocks import BY, START, kept

NOW = at("2026-03-09 10:00")
TUESDAY = date(2026, 3, 10)
REST = {TUESDAY: SiteDay(False, "停工日")}
TWO_DAYS = Limit(2, LimitUnit.WORK_DAY)


def running(store: Store, code: str = "2026030900001", **fields: object) -> str:
    """A case begun on Monday at nine, due on Wednesday at nine."""
    return kept(store, Visit("D105", START), code=code, limit=TWO_DAYS, **fields)  # type: ignore[arg-type]


def rest_on_tuesday(store: Store, watch: Watch | None = None) -> Recomputed:
    with store.write() as unit:
        return set_days(unit, REST, by=BY, at=NOW, watch=watch or Watch())


def times(store: Store, code: str) -> tuple[datetime | None, ...]:
    with store.read() as view:
        case = case_card(view, code, NOW).case
    return case.due_at, case.current_due_at, case.soon_at


def facts(store: Store, code: str) -> list[Fact]:
    with store.read() as view:
        return list(case_card(view, code, NOW).facts)


def unsound(store: Store) -> list[Mismatch]:
    with store.read() as view:
        return [item for item in mismatches(view) if isinstance(item, Mismatch)]


def test_that_a_day_set_to_rest_moves_every_clock_that_runs_over_it(city_store: Store) -> None:
    code = running(city_store)
    due = at("2026-03-11 09:00")
    assert times(city_store, code) == (due, due, at("2026-03-10 15:48"))
    assert rest_on_tuesday(city_store) == Recomputed(1, 1)
    due = at("2026-03-12 09:00")
    assert times(city_store, code) == (due, due, at("2026-03-11 15:48"))


def test_that_a_case_that_was_set_anew_is_what_its_journal_tells(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *WAY[State.HANDLING])
    with city_store.write() as unit:
        done = set_days(unit, {MONDAY.date(): SiteDay(False)}, by=BY, at=NOW)
    assert done == Recomputed(1, 1)
    assert case.due_at is not None
    assert times(city_store, case.code)[0] == at("2026-03-10 12:00")
    assert unsound(city_store) == []


def test_that_the_fact_names_the_day_and_who_set_it(city_store: Store) -> None:
    code = running(city_store)
    rest_on_tuesday(city_store)
    fact = facts(city_store, code)[-1]
    assert (fact.operation, fact.by, fact.at, fact.number) == (Operation.RECLOCK, BY, NOW, 2)
    assert fact.details == {"calendar": "2026-03-10 -"}
    assert set(fact.changes) == {"due_at", "current_due_at", "soon_at"}


def test_that_the_city_has_a_line_of_its_own_in_the_journal(city_store: Store) -> None:
    running(city_store)
    rest_on_tuesday(city_store)
    with city_store.read() as view:
        edit = journal.city_facts(view.connection)[-1]
    assert (edit.act, edit.by, edit.details) == (
        CityAct.CALENDAR_EDITED,
        BY,
        {"days": {"2026-03-10": [False, "停工日"]}},
    )


def test_that_clocks_it_does_not_touch_get_no_fact(city_store: Store) -> None:
    stop = at("2026-03-09 09:30")
    untouched = [
        kept(city_store, Visit("D105", START), code="2026030900002"),
        kept(city_store, Visit("D105", START), code="2026030900003", limit=Limit(30, LimitUnit.URGENT_HOUR)),
        kept(
            city_store,
            Visit("D105", START, stop),
            code="2026030900004",
            state=State.FED_BACK,
            limit=TWO_DAYS,
            fed_back_at=stop,
        ),
        kept(
            city_store, Visit("D105", START, stop), code="2026030900005", state=State.SUSPENDED, due_at=None
        ),
        kept(city_store, Visit("D105", at("2026-03-11 08:00")), code="2026030900006", limit=TWO_DAYS),
        running(city_store, "2026030900007", state=State.CLOSED),
    ]
    assert rest_on_tuesday(city_store).moved == 0
    assert {len(facts(city_store, code)) for code in untouched} == {1}


def test_that_a_stages_clock_goes_on_showing(city_store: Store) -> None:
    shown = at("2026-03-09 10:30")
    code = running(city_store, state=State.RETURNED, current_due_at=shown, soon_at=shown)
    rest_on_tuesday(city_store)
    assert times(city_store, code) == (at("2026-03-12 09:00"), shown, shown)


def test_that_a_suspended_and_extended_clock_is_set_anew_as_a_whole(city_store: Store) -> None:
    visits = (Visit("D105", START, at("2026-03-09 11:00")), Visit("D105", at("2026-03-10 08:00"), joins=True))
    code = kept(city_store, *visits, limit=TWO_DAYS, extensions=1)
    rest_on_tuesday(city_store)
    assert times(city_store, code)[0] == at("2026-03-16 16:00")


def test_that_what_the_site_said_can_be_taken_back(city_store: Store) -> None:
    code = running(city_store)
    before = times(city_store, code)
    rest_on_tuesday(city_store)
    with city_store.write() as unit:
        remove_days(unit, [TUESDAY], by=BY, at=NOW)
    assert times(city_store, code) == before
    assert [fact.details for fact in facts(city_store, code)[1:]] == [
        {"calendar": "2026-03-10 -"},
        {"calendar": "2026-03-10 ="},
    ]
    with city_store.write() as unit, pytest.raises(Refused, match="no_site_day"):
        remove_days(unit, [TUESDAY], by=BY, at=NOW)


def test_that_longer_days_bring_deadlines_forward(city_store: Store) -> None:
    code = running(city_store)
    summer = WorkPeriods(TUESDAY, ((time(8), time(20)),), frozenset(range(7)))
    with city_store.write() as unit:
        usual = unit.reference.table.seasons[0]
        set_seasons(unit, [summer, usual], by=BY, at=NOW)
    assert times(city_store, code)[0] == at("2026-03-10 17:00")


def test_that_periods_that_overlap_are_refused(city_store: Store) -> None:
    wrong = WorkPeriods(TUESDAY, ((time(8), time(12)), (time(11), time(18))))
    with city_store.write() as unit, pytest.raises(Refused, match="bad_periods"):
        set_seasons(unit, [wrong], by=BY, at=NOW)


def test_that_a_new_year_is_taken_up_once_and_moves_the_clocks_that_reach_it(city_store: Store) -> None:
    code = kept(city_store, Visit("D105", at("2026-12-31 17:00")), code="2026123100001")
    new_year = OfficialDays({date(2027, 1, 1): False}, {date(2027, 1, 1): "元旦"}, frozenset({2026, 2027}))
    assert times(city_store, code)[0] == at("2027-01-01 11:00")
    with city_store.write() as unit:
        assert take_up_years(unit, new_year, at=NOW) == (frozenset({2027}), Recomputed(1, 1))
    with city_store.write() as unit:
        assert take_up_years(unit, new_year, at=NOW) == (frozenset(), Recomputed(0, 0))
    assert times(city_store, code)[0] == at("2027-01-04 11:00")
    with city_store.read() as view:
        assert view.reference.table.names[date(2027, 1, 1)] == "元旦"
        assert 2027 in view.reference.table.known_years


def test_that_the_sites_word_stays_over_a_new_official_year(city_store: Store) -> None:
    day = date(2027, 1, 1)
    with city_store.write() as unit:
        set_days(unit, {day: SiteDay(True, "加班")}, by=BY, at=NOW)
        take_up_years(unit, OfficialDays({day: False}, {day: "元旦"}, frozenset({2027})), at=NOW)
        assert (unit.reference.table.days[day], unit.reference.table.names[day]) == (True, "加班")
        remove_days(unit, [day], by=BY, at=NOW)
        assert (unit.reference.table.days[day], unit.reference.table.names[day]) == (False, "元旦")


def test_that_a_whole_year_from_the_site_is_known(city_store: Store) -> None:
    with city_store.write() as unit:
        set_days(unit, {date(2028, 1, 3): SiteDay(False, "元旦")}, by=BY, at=NOW, whole_years={2028})
        assert unit.reference.calendar.is_known(date(2028, 6, 1))
        assert not unit.reference.calendar.is_known(date(2027, 6, 1))


def test_that_progress_is_told_and_a_cancelled_edit_leaves_nothing(city_store: Store) -> None:
    code = running(city_store)
    before = times(city_store, code)
    told: list[tuple[int, int | None]] = []
    with pytest.raises(Refused, match="interrupted"):
        rest_on_tuesday(city_store, Watch(lambda done, whole: told.append((done, whole)), lambda: True))
    assert told == [(0, 1)]
    assert times(city_store, code) == before
    with city_store.read() as view:
        assert TUESDAY not in view.reference.table.days
        assert [
            fact for fact in journal.city_facts(view.connection) if fact.act is CityAct.CALENDAR_EDITED
        ] == []
    rest_on_tuesday(city_store, Watch(lambda done, whole: told.append((done, whole))))
    assert told[1:] == [(0, 1), (1, 1)]


def test_that_nothing_said_is_refused(city_store: Store) -> None:
    with city_store.write() as unit, pytest.raises(Refused, match="no_days"):
        set_days(unit, {}, by=BY, at=NOW)


def test_that_an_act_before_the_edit_can_still_be_taken_back(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *WAY[State.TO_DISPATCH])
    before = times(city_store, case.code)
    taken(city_store, case, Operation.DISPATCH, at=NOW)
    with city_store.write() as unit:
        assert set_days(unit, {MONDAY.date(): SiteDay(False)}, by=BY, at=NOW) == Recomputed(1, 1)
        undo_step(unit, case.code, by=DOER, at=NOW)
    assert times(city_store, case.code) == before
    assert unsound(city_store) == []


def test_that_taking_back_a_feedback_runs_the_clock_by_the_edited_calendar(city_store: Store) -> None:
    case = taken(city_store, registered(city_store), *WAY[State.HANDLING])
    taken(city_store, case, Operation.FEED_BACK, at=NOW)
    kept(city_store, Visit("D105", START), code="2026030900009", limit=TWO_DAYS)  # what the edit moves
    with city_store.write() as unit:
        set_days(unit, {MONDAY.date(): SiteDay(False)}, by=BY, at=NOW)
        undo_step(unit, case.code, by=DOER, at=NOW)
    assert unsound(city_store) == [], "the deadline is the one that the calendar of today gives"
