"""The accounts of a case's clocks as the store tells them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from console.domain.case import Case, Fact, Source, applied, opening
from console.domain.clock import Visit
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.why import Reason
from console.queries.why import CaseWhy, why_case
from console.storage.unit import Store
from tests.domain.times import at
from tests.queries.clocks import BY, START, kept

NOW = at("2026-03-09 16:00")


def asked(store: Store, code: str, now: datetime = NOW) -> CaseWhy:
    with store.read() as view:
        return why_case(view, code, now)


def test_that_a_running_clock_is_accounted_for_until_now(city_store: Store) -> None:
    (account,) = asked(city_store, kept(city_store, Visit("D105", START))).accounts
    assert (account.stage, account.due, account.until) == (None, at("2026-03-09 15:00"), NOW)
    assert (account.used, account.share) == (timedelta(hours=5), 1.25)
    assert (account.running, account.provisional) == (True, False)
    assert sum((one.amount for one in account.intervals), timedelta()) == account.used


def test_that_the_account_of_a_clock_in_time_goes_on_to_its_deadline(city_store: Store) -> None:
    now = at("2026-03-09 10:30")
    (account,) = asked(city_store, kept(city_store, Visit("D105", START)), now).accounts
    ran = [one for one in account.intervals if not one.ahead]
    assert (account.until, ran[-1].stop, account.intervals[-1].stop) == (now, now, account.due)
    assert sum((one.amount for one in ran), timedelta()) == account.used == timedelta(hours=1.5)
    assert account.intervals[-1].total == account.granted


def test_that_a_stopped_clock_is_accounted_for_until_it_stopped(city_store: Store) -> None:
    stop = at("2026-03-09 10:00")
    code = kept(city_store, Visit("D105", START, stop), state=State.FED_BACK, fed_back_at=stop)
    (account,) = asked(city_store, code).accounts
    assert (account.until, account.running, account.share) == (stop, False, 0.25)


def test_that_a_suspended_case_says_that_its_clock_rests(city_store: Store) -> None:
    code = kept(city_store, Visit("D105", START, at("2026-03-09 10:00")), state=State.SUSPENDED, due_at=None)
    (account,) = asked(city_store, code).accounts
    assert (account.intervals[-1].reason, account.intervals[-1].stop) == (Reason.SUSPENDED, NOW)
    assert account.used == timedelta(hours=1)


def test_that_a_deadline_in_a_year_without_a_table_is_provisional(city_store: Store) -> None:
    code = kept(city_store, Visit("D105", at("2026-12-31 17:00")))
    (account,) = asked(city_store, code, at("2026-12-31 18:00")).accounts
    assert account.due == at("2027-01-01 11:00")
    assert account.provisional


def test_that_a_kept_deadline_shows_that_the_calendar_was_edited_since(city_store: Store) -> None:
    code = kept(city_store, Visit("D105", START), due=at("2026-03-09 14:00"))
    (account,) = asked(city_store, code).accounts
    assert (account.kept_due, account.due) == (at("2026-03-09 14:00"), at("2026-03-09 15:00"))


def test_that_every_stage_has_an_account_of_its_own(city_store: Store) -> None:
    quarter = timedelta(minutes=15)
    case = Case("2026030900001", State.REPORTED, Source.HOTLINE, "路口有垃圾", START)
    case = replace(case, current_due_at=START + quarter)
    accepted = START + timedelta(minutes=20)
    with city_store.write() as unit:
        first = opening(case, operation=Operation.REGISTER, at=START, by=BY)
        case = replace(case, version=1)
        case = replace(case, id=unit.add(case, first))
        changes = {"state": State.TO_FILE, "current_due_at": accepted + quarter}
        fact = Fact(2, Operation.ACCEPT, accepted, BY, changes)
        unit.save(applied(case, fact), fact)
    reported, to_file = asked(city_store, case.code, accepted + timedelta(minutes=3)).accounts
    assert (reported.stage, reported.until, reported.running) == (State.REPORTED, accepted, False)
    assert [(one.amount, one.late) for one in reported.intervals] == [
        (quarter, False),
        (timedelta(minutes=5), True),
    ]
    assert (to_file.stage, to_file.running, to_file.share) == (State.TO_FILE, True, 0.2)


def test_that_a_case_that_is_not_there_is_refused(city_store: Store) -> None:
    with pytest.raises(Refused, match="no_such_case"):
        asked(city_store, "2026030900009")
