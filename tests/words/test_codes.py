"""Every code of the machine has a word, of its own, in both languages."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from console.domain.actor import Post
from console.domain.case import CheckResult, Fact, Flag, Satisfaction, Source
from console.domain.city_act import CityAct
from console.domain.evidence import Role
from console.domain.flow import State, Step
from console.domain.lamp import Lamp
from console.domain.operation import Operation, Request
from console.i18n import _, use_language
from console.words import (
    CHECK_RESULTS,
    CITY_ACTS,
    FLAGS,
    LAMPS,
    OPERATIONS,
    POSTS,
    REQUESTS,
    SATISFACTIONS,
    SOURCES,
    STATES,
    STEPS,
    detail_words,
)
from console.words.evidence import EVIDENCE_ROLES

CHINESE = re.compile(r"[\u3400-\u9fff]")
NOON = datetime(2026, 3, 9, 4, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
TABLES: list[tuple[type[StrEnum], Mapping[Any, str]]] = [
    (State, STATES),
    (Step, STEPS),
    (Operation, OPERATIONS),
    (Request, REQUESTS),
    (Flag, FLAGS),
    (CheckResult, CHECK_RESULTS),
    (Satisfaction, SATISFACTIONS),
    (Post, POSTS),
    (Role, EVIDENCE_ROLES),
    (CityAct, CITY_ACTS),
    (Lamp, LAMPS),
    (Source, SOURCES),
]


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("zh")


@pytest.mark.parametrize(("kind", "words"), TABLES, ids=[kind.__name__ for kind, _words in TABLES])
def test_that_every_code_has_a_word_of_its_own(
    kind: type[StrEnum], words: Mapping[Any, str], language: str
) -> None:
    told = {code: _(words[code]) for code in kind}
    assert words.keys() == set(kind)
    assert all(bool(CHINESE.search(word)) == (language == "zh") for word in told.values()), told
    assert len(set(told.values())) == len(told), told


def test_that_an_act_and_the_state_it_leads_to_are_told_apart(language: str) -> None:
    assert not {_(word) for word in STATES.values()} & {_(word) for word in OPERATIONS.values()}


def test_that_details_are_told_in_words_and_local_time() -> None:
    details = {
        "department": "D1", "level": 2, "result": "passed", "flag": "urgent", "satisfaction": "very",
        "person": "李", "territory": True, "until": NOON.isoformat(), "other": "17", "unheard_of": "x",
    }  # fmt: skip
    fact = Fact(1, Operation.SUPERVISE, NOON, "张", {}, details=details)
    assert detail_words(fact, SHANGHAI, {"D1": "水务局"}.__getitem__) == (
        "→ 水务局", "属地兜底", "2 级", "紧急", "合格", "非常满意", "经手人 李",
        "至 2026-03-09 12:00", "案件 17",
    )  # fmt: skip


def test_that_a_dispatch_of_an_older_journal_names_its_departments() -> None:
    fact = Fact(1, Operation.DISPATCH, NOON, "张", {"department": "D1", "assisting": ("D2", "D3")})
    assert detail_words(fact, SHANGHAI, str.lower) == ("→ d1", "协办 d2、d3")
