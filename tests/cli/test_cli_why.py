"""The account of a deadline on the command line, for people and for scripts."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import URL

from console.domain.clock import Visit
from console.domain.flow import State
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.domain.times import at
from tests.queries.clocks import START, kept


@pytest.fixture
def answered(city_url: URL) -> Callable[[str], str]:
    """A case that was answered at the city's time given."""

    def make(stop: str) -> str:
        store = Store(city_url)
        visit = Visit("D105", START, at(stop))
        code = kept(store, visit, state=State.FED_BACK, fed_back_at=at(stop))
        store.close()
        return code

    return make


def test_that_the_account_is_told_for_people(cli: Run, answered: Callable[[str], str]) -> None:
    said = cli("why", answered("2026-03-09 16:00"))
    assert said.code == 0
    assert [re.sub(" +", " ", line) for line in said.out.splitlines()] == [
        "处置时限:4 工作时",
        "起算 2026-03-09 09:00:00,截止 2026-03-09 15:00:00",
        "时段 说明 本段 累计",
        "3月9日(周一) 09:00–12:00 工作时间 3 小时 3 小时",
        "3月9日(周一) 12:00–14:00 班间休息 不计时 3 小时",
        "3月9日(周一) 14:00–15:00 工作时间 1 小时 4 小时",
        "3月9日(周一) 15:00–16:00 工作时间,超期 1 小时 5 小时",
        "截至 2026-03-09 16:00:00 已计时 5 小时,时限 4 小时,已超期,超时倍数 1.25",
    ]


def test_that_scripts_are_told_every_stretch(cli: Run, answered: Callable[[str], str]) -> None:
    (clock,) = cli("why", answered("2026-03-09 11:00"), "--json").told["clocks"]
    assert (clock["clock"], clock["due"], clock["late"]) == ("disposal", "2026-03-09T07:00:00+00:00", False)
    assert clock["intervals"] == [
        {
            "start": "2026-03-09T01:00:00+00:00",
            "stop": "2026-03-09T03:00:00+00:00",
            "counted": True,
            "reason": "work_period",
            "name": "",
            "late": False,
            "ahead": False,
            "amount": 7200.0,
            "total": 7200.0,
        }
    ]


def test_that_a_case_that_is_not_there_is_refused(cli: Run) -> None:
    assert cli("why", "2026030900009", "--json").told["refused"] == "no_such_case"
