"""A case is what its journal tells, whatever happened to it."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.case import Case, Fact, Source, applied, difference, fold, opening
from console.domain.flow import ENDED, State
from console.domain.operation import Operation
from console.storage.journal import read, written
from tests.lives import BY, MINUTE, MONDAY, opened, possible, stepped, walked

whole = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def walks(draw: st.DrawFn) -> tuple[Case, list[Fact]]:
    """Any legal life: rework loops, other departments, ends, and undos in between."""
    case, facts = opened()
    for _ in range(draw(st.integers(0, 25))):
        choice = possible(case, facts)
        if not choice:
            break
        case, facts = stepped(case, facts, draw(st.sampled_from(choice)))
    return case, facts


@whole
@given(walks())
def test_that_a_legal_life_folds_to_the_case(life: tuple[Case, list[Fact]]) -> None:
    case, facts = life
    assert fold(facts, case.id) == case
    assert [fact.number for fact in facts] == list(range(1, case.version + 1))


@whole
@given(walks())
def test_that_it_still_does_after_the_journal_was_written_and_read(life: tuple[Case, list[Fact]]) -> None:
    case, facts = life
    again = [replace(fact, changes=read(written(fact.changes))) for fact in facts]
    assert fold(again, case.id) == case


@whole
@given(walks())
def test_that_every_prefix_of_a_journal_is_a_whole_case(life: tuple[Case, list[Fact]]) -> None:
    _, facts = life
    for length in range(1, len(facts) + 1):
        case = fold(facts[:length])
        assert case.version == length
        assert (case.ended_at is not None) == (case.state in ENDED)
        assert (case.held is not None) == (case.state in {State.SUSPENDED, State.RETURNED, State.MERGED})
        assert (case.request is None) == (case.asked_at is None)
        assert all(visit.stop is not None for visit in case.visits[:-1])
        assert (case.current_due_at is None) or case.soon_at is not None


def test_that_the_opening_fact_holds_every_field_that_is_told() -> None:
    told: dict[str, Any] = {
        field.name: field.default for field in fields(Case) if field.name not in {"id", "version"}
    } | {
        "code": "1", "state": State.HANDLING, "source": Source.VIDEO, "description": "文",
        "reported_at": MONDAY,
        "lon": 0.0, "lat": -1.5, "due_at": MONDAY + MINUTE, "reworks": 3, "external_id": "sf:1",
    }  # fmt: skip
    case = Case(**told)
    fact = opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY, note="n")
    assert fold([fact]) == replace(case, version=1)


def test_that_a_fact_with_a_field_nobody_knows_is_an_error_and_not_skipped() -> None:
    case, _ = opened()
    with pytest.raises(KeyError):
        applied(case, Fact(2, Operation.ACCEPT, MONDAY, BY, {"colour": "red"}))


def test_that_a_journal_without_its_beginning_is_an_error() -> None:
    _, facts = walked(Operation.ACCEPT)
    with pytest.raises(TypeError):
        fold(facts[1:])


def test_that_a_difference_never_speaks_of_id_or_version() -> None:
    case, _ = opened()
    assert difference(case, replace(case, id=9, version=9, address="新")) == {"address": "新"}
