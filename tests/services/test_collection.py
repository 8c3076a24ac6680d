"""A report becomes a case with its day's next number, in its grid, with its opening fact."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.lives import BY, MONDAY, REPORT, registered
from tests.storage.seats import whole


def test_that_a_report_opens_a_case_in_its_grid(city_store: Store) -> None:
    case = registered(city_store)
    assert (case.state, case.version, case.district) == (State.REPORTED, 1, "410105")
    with city_store.write() as unit:
        assert unit.cases.by_code(case.code) == case
        (fact,) = unit.cases.facts(case.id)
    assert (fact.operation, fact.by, fact.at) == (Operation.REGISTER, BY, MONDAY)
    assert whole(city_store) == 1


def test_that_numbers_run_within_the_day_of_the_city(city_store: Store) -> None:
    late = datetime(2026, 3, 9, 15, 59, tzinfo=UTC)
    codes = [registered(city_store, at=at).code for at in (MONDAY, late, late + timedelta(minutes=1), MONDAY)]
    assert codes == ["2026030900001", "2026030900002", "2026031000001", "2026030900003"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(REPORT, description=" "), "empty_report"),
        (replace(REPORT, class_key="event:9999"), "unknown_class"),
        (replace(REPORT, lat=None), "bad_place"),
    ],
)
def test_that_a_refused_report_uses_up_no_number(city_store: Store, wrong: object, code: str) -> None:
    with pytest.raises(Refused) as caught:
        registered(city_store, wrong)  # type: ignore[arg-type]
    assert caught.value.code == code
    assert registered(city_store).code == "2026030900001"
    assert whole(city_store) == 1
