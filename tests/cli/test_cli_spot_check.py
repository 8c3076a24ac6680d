"""A sample of closed cases is drawn so that anybody can draw it again."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import URL

from console.domain.case import Case, Source, opening
from console.domain.flow import State
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.lives import MONDAY

DAYS = ("--since", "2026-03-09", "--until", "2026-03-10")
CLOSED = [f"202603090{number:04d}" for number in range(30)]


@pytest.fixture
def ended(city_url: URL) -> None:
    """Thirty cases closed on the Monday and the Tuesday, one on Wednesday, one voided, one open."""
    plain = Case("", State.CLOSED, Source.HOTLINE, "路口有垃圾", MONDAY)
    late = MONDAY + timedelta(hours=14)  # an hour before midnight in the city
    cases = [
        replace(plain, code=code, ended_at=late + timedelta(hours=24 * (n % 2)))
        for n, code in enumerate(CLOSED)
    ]
    cases += [
        replace(plain, code="3", ended_at=late + timedelta(hours=25)),
        replace(plain, code="4", state=State.VOIDED, ended_at=late),
        replace(plain, code="5", state=State.HANDLING),
    ]
    store = Store(city_url)
    with store.write() as unit:
        for case in cases:
            unit.add(case, opening(case, operation=Operation.IMPORT, at=MONDAY, by="张"))
    store.close()


def by_hand(seed: str, count: int) -> list[str]:
    return sorted(CLOSED, key=lambda code: hashlib.sha256(f"{seed}:{code}".encode()).hexdigest())[:count]


@pytest.mark.parametrize(
    ("words", "count"), [((), 2), (("--share", "0.11"), 4), (("--count", "7"), 7), (("--count", "99"), 30)]
)
@pytest.mark.usefixtures("ended")
def test_that_the_same_seed_draws_the_same_cases(cli: Run, words: tuple[str, ...], count: int) -> None:
    said = cli("cases", "spot-check", *DAYS, *words, "--seed", "三月", "--json").told
    assert (said["seed"], said["closed"]) == ("三月", 30)
    assert [case["code"] for case in said["cases"]] == by_hand("三月", count)
    out = cli("cases", "spot-check", *DAYS, *words, "--seed", "三月").out
    assert out.splitlines()[-1] == f"已结 30 件,抽出 {count} 件,种子 三月"


@pytest.mark.usefixtures("ended")
def test_that_without_a_seed_the_one_that_was_used_is_told(cli: Run) -> None:
    said = cli("cases", "spot-check", *DAYS, "--count", "5", "--json").told
    assert [case["code"] for case in said["cases"]] == by_hand(said["seed"], 5)


@pytest.mark.parametrize(
    "words", [("--share", "0"), ("--share", "2"), ("--count", "0"), ("--share", "1", "--count", "1")]
)
def test_that_a_sample_is_a_part(cli: Run, words: tuple[str, ...]) -> None:
    assert cli("cases", "spot-check", *DAYS, *words, "--json").told["refused"] == "usage"


@pytest.mark.usefixtures("ended")
def test_that_nothing_is_drawn_of_nothing(cli: Run) -> None:
    said = cli("cases", "spot-check", "--since", "2026-04-01", "--until", "2026-04-02", "--json")
    assert (said.code, said.told["closed"], said.told["cases"]) == (0, 0, [])
