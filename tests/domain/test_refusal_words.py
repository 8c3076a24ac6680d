"""A refusal is told the facts its sentence asks for, and its sentence is in the user's words."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.domain.actor import Post
from console.domain.errors import Refused
from console.domain.flow import Need, State
from console.domain.operation import Operation, Request
from console.i18n import use_language
from console.storage import told
from console.words import REFUSALS, refusal

CHINESE = re.compile(r"[\u3400-\u9fff]")
CONSOLE = Path(__file__).resolve().parents[2] / "console"


@dataclass(frozen=True)
class Raised:
    """One place where the product refuses; `open` where facts are handed through with **."""

    place: str
    code: str | None
    facts: frozenset[str]
    open: bool


def raised() -> Iterator[Raised]:
    for path in sorted(CONSOLE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refused":
                first = node.args[0]
                yield Raised(
                    f"{path.relative_to(CONSOLE.parent)}:{node.lineno}",
                    str(first.value) if isinstance(first, ast.Constant) else None,
                    frozenset(word.arg for word in node.keywords if word.arg is not None),
                    any(word.arg is None for word in node.keywords),
                )


def asked(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_that_every_refusal_gives_the_facts_its_sentence_asks_for() -> None:
    found = list(raised())
    assert len(found) > 30
    lacking = [
        (item.place, item.code, sorted(asked(REFUSALS[item.code]) - item.facts))
        for item in found
        if item.code in REFUSALS and not item.open and not asked(REFUSALS[item.code]) <= item.facts
    ]
    assert lacking == []


def test_that_every_refusal_has_a_sentence() -> None:
    lacking = [(item.place, item.code) for item in raised() if item.code and item.code not in REFUSALS]
    assert lacking == []
    assert {f"needs_{need.value}" for need in Need} <= REFUSALS.keys()


def test_that_no_sentence_is_left_of_a_refusal_that_nobody_makes() -> None:
    words = CONSOLE / "words" / "refusals.py"
    named = {
        node.value
        for path in CONSOLE.rglob("*.py")
        if path != words
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    made = named | {f"needs_{need.value}" for need in Need}  # console.domain.acts.needs puts these together
    assert REFUSALS.keys() - made == set()


def test_that_what_a_database_says_has_sentences_too() -> None:
    codes = {*dict(told._SQLITE).values(), *told._SQLSTATES.values()}
    assert codes <= REFUSALS.keys()
    assert all(asked(REFUSALS[code]) <= {"url"} for code in codes)


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("zh")


def test_that_a_sentence_speaks_of_states_and_operations_in_words(language: str) -> None:
    problem = Refused("wrong_step", code="1", state=State.CLOSED.value, operation=Operation.DISPATCH.value)
    said = refusal(problem)
    assert "closed" not in said or language == "en"
    assert "{" not in said
    assert ("派遣" in said) == (language == "zh")


def test_that_every_sentence_is_whole_in_either_language(language: str) -> None:
    for code, template in REFUSALS.items():
        said = refusal(Refused(code, **dict.fromkeys(asked(template), "7")))
        assert said == said.strip()
        assert not {"{", "}"} & set(said), said
        assert bool(CHINESE.search(said)) == (language == "zh"), said


def test_that_posts_and_applications_are_told_in_words(language: str) -> None:
    posts = (Post.SHIFT_LEADER.value, Post.LEADER.value)
    said = refusal(Refused("wrong_post", name="Li", operation=Operation.CLOSE.value, posts=posts))
    assert ("值班长、领导" in said) == (language == "zh")
    assert ("Shift leader, Leader" in said) == (language == "en")
    nobody = refusal(Refused("wrong_post", name="Li", operation="close", posts=()))
    assert ("无此岗位" in nobody) == (language == "zh")
    facts = {"request": Request.EXTENSION.value, "operation": "feed_back", "code": "1"}
    waits = refusal(Refused("request_waits", **facts))
    assert ("延期申请" in waits) == (language == "zh")
    assert "feed_back" not in waits


def test_that_a_time_is_told_on_its_own_clock_or_left_open(language: str) -> None:
    noon = datetime(2026, 5, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    zone = {"zone": 3, "reason": "works"}
    told = {"zh": "2026-05-01 12:00", "en": "1 May 2026 12:00"}[language]
    assert told in refusal(Refused("no_report_zone", until=noon, **zone))
    left_open = refusal(Refused("no_report_zone", until=None, **zone))
    assert ("另行通知" if language == "zh" else "further notice") in left_open


def test_that_braces_in_a_fact_stay_braces() -> None:
    assert "{0.__class__} {{" in refusal(Refused("no_such_case", code="{0.__class__} {{"))


def test_that_a_refusal_without_sentence_or_fact_still_says_something() -> None:
    assert refusal(Refused("never_heard", of="it")) == "never_heard (of: it)"
    assert refusal(Refused("stale"))
