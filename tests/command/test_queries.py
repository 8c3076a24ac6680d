"""What operators type is read as they mean it or refused, with a suggestion; no act comes by chance."""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.command.lexicon import Kind
from console.command.reader import read
from console.command.readings import Acting, Filtering, Given, Going, Reading, Target, Turning, Unread
from console.command.spans import span
from console.domain.actor import Post
from console.domain.case import CheckResult, Flag, Satisfaction, Source
from console.domain.decision import Decision
from console.domain.flow import Need, State, Step
from console.domain.operation import Operation, Request
from console.domain.wanted import CaseFilter, Order
from tests.command.city import NOW, city_words

WORDS = city_words()
FILE = Path(__file__).with_name("queries.txt")
SHARE = 0.95

Case = tuple[str, str]


def queries() -> list[Case]:
    lines = FILE.read_text("utf-8").splitlines()
    told = [line.split(" => ", 1) for line in lines if " => " in line and not line.startswith("# ")]
    return [(query, meaning) for query, meaning in told]


def test_that_the_set_is_large_and_mixed() -> None:
    found = queries()
    assert len(found) >= 300
    assert len({query for query, _meaning in found}) == len(found)
    harmless = [one for one in found if one[1] == "refuse" or "text=" in one[1]]
    assert len(harmless) >= 40


def test_that_what_is_typed_is_read_as_it_is_meant() -> None:
    found = [(query, meaning, read(query, WORDS, NOW)) for query, meaning in queries()]
    wrong = [one for one in found if not means(one[2], one[1])]
    exact = len(found) - len(wrong)
    print(f"\n{len(found)} queries, {exact} exact ({exact / len(found):.1%})")
    for query, meaning, reading in wrong:
        print(f"  {query} => {meaning}: {reading}")
    assert exact / len(found) >= SHARE


def test_that_what_is_not_read_exactly_is_refused_with_a_suggestion() -> None:
    guessed = [
        (query, meaning, reading)
        for query, meaning in queries()
        for reading in [read(query, WORDS, NOW)]
        if not means(reading, meaning) and not isinstance(reading, Unread)
    ]
    assert guessed == []


def test_that_nothing_is_guessed_into_an_act() -> None:
    guessed = [
        query
        for query, meaning in queries()
        if isinstance(read(query, WORDS, NOW), Acting) and not means(read(query, WORDS, NOW), meaning)
    ]
    assert guessed == []


def test_that_every_refusal_suggests_lines_that_can_be_read() -> None:
    refused = [query for query, _meaning in queries() if isinstance(read(query, WORDS, NOW), Unread)]
    assert len(refused) > 20
    for query in refused:
        reading = read(query, WORDS, NOW)
        if isinstance(reading, Unread):
            assert reading.suggestions, query
            first = [read(one, WORDS, NOW) for one in reading.suggestions]
            assert not all(isinstance(one, Unread) for one in first), (query, reading.suggestions)


def means(reading: Reading, meaning: str) -> bool:
    kind, _space, told = meaning.partition(" ")
    if kind == "refuse":
        return isinstance(reading, Unread)
    return reading == expected(kind, told)


def expected(kind: str, told: str) -> Reading:
    head, facts = "", told
    if kind in {"act", "window"}:
        head, _space, facts = told.partition(" ")
    known = dict(part.strip().split("=", 1) for part in facts.split(";") if part.strip())
    if kind == "filter":
        return Filtering(CaseFilter(**{name: FILTER[name](value) for name, value in known.items()}))
    if kind == "window":
        return Turning(head)
    if kind == "go":
        return Going(known.get("code", ""), int(known.get("row", 0)))
    given = {field.name for field in fields(Given)}
    lacks = tuple(Need(one) for one in known.pop("lacks", "").split(",") if one)
    operation = Decision(head) if head in {"allow", "refuse"} else Operation(head)
    return Acting(
        operation,
        Given(**{name: ACT[name](value) for name, value in known.items() if name in given}),
        Target(**{name: ACT[name](value) for name, value in known.items() if name not in given}),
        tuple(sorted(lacks, key=list(Need).index)),
    )


def day(told: str) -> datetime:
    return datetime.combine(date.fromisoformat(told), time.min, WORDS.zone)


def departments(told: str) -> tuple[str, ...]:
    if not told.startswith("@"):
        return (told,)
    return tuple(
        one.code for one in WORDS.names if one.kind is Kind.DEPARTMENT and one.name.endswith(told[1:])
    )


def _many(kind: Any) -> Any:
    return lambda told: tuple(kind(one) for one in told.split(","))


FILTER: dict[str, Any] = {
    "text": str, "division": str, "street": str, "department": str, "classes": str, "cell": str,
    "handler": str, "late": bool, "everything": bool, "descending": bool, "late_times": float,
    "states": _many(State), "posts": _many(Post), "step": Step, "source": Source, "flag": Flag,
    "request": Request, "order": Order, "older_than": span, "newer_than": span, "due_within": span,
    "reported_since": day, "reported_until": day, "ended_since": day, "ended_until": day,
}  # fmt: skip
ACT: dict[str, Any] = {
    "departments": departments, "units": departments, "class_key": str, "condition": int, "note": str,
    "until": lambda told: day(told) + timedelta(hours=23, minutes=59), "level": int, "flag": Flag,
    "result": CheckResult, "satisfaction": Satisfaction, "person": str, "other": str,
    "rows": _many(int), "codes": _many(str), "marked": bool,
}  # fmt: skip


@pytest.mark.parametrize("line", ["派", "返工", "dispatch", "受理", "结案"])
def test_that_a_verb_with_words_nobody_understands_does_nothing(line: str) -> None:
    reading = read(f"{line} ÿÿÿ ???", WORDS, NOW)
    assert not isinstance(reading, Acting) or reading.given.note


def test_that_the_number_behind_a_hash_is_that_of_the_day_in_the_city() -> None:
    late_evening = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)  # already the 28th there
    assert read("#7", WORDS, late_evening) == Going(code="2026112800007")
