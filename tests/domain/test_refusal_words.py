"""A refusal is told the facts its sentence asks for, and its sentence is in the user's words."""

import ast
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.i18n import use_language
from console.storage import told
from console.words import REFUSALS, refusal

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


def test_that_braces_in_a_fact_stay_braces() -> None:
    assert "{0.__class__} {{" in refusal(Refused("no_such_case", code="{0.__class__} {{"))


def test_that_a_refusal_without_sentence_or_fact_still_says_something() -> None:
    assert refusal(Refused("never_heard", of="it")) == "never_heard (of: it)"
    assert refusal(Refused("stale"))
