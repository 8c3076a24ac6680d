"""The queue narrowed by what a case carries: its state, what waits for a decision, flags, who holds it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.actor import Post
from console.domain.case import Case, Flag, Source, opening
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation, Request
from console.domain.staff import Member
from console.domain.wanted import CaseFilter
from console.queries.known import check_codes
from console.storage.staff import replace_staff
from console.storage.unit import Store
from tests.whole_queue import queue_ids

NOW = datetime(2026, 3, 9, 1, tzinfo=UTC)
PLAIN = Case("1", State.HANDLING, Source.HOTLINE, "路口有垃圾", NOW)
CASES = (
    PLAIN,
    replace(PLAIN, code="2", flags=(Flag.APPEALED, Flag.URGENT), handler="李"),
    replace(PLAIN, code="3", flags=(Flag.SUPERVISED,), request=Request.EXTENSION, handler='李"'),
    replace(PLAIN, code="4", state=State.CLOSED, flags=(Flag.APPEALED,), request=Request.APPEAL),
)


@pytest.fixture
def marked(city_store: Store) -> Store:
    with city_store.write() as unit:
        for case in CASES:
            unit.add(case, opening(case, operation=Operation.IMPORT, at=NOW, by="张"))
    return city_store


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (CaseFilter(), "123"),
        (CaseFilter(flag=Flag.URGENT), "2"),
        (CaseFilter(flag=Flag.APPEALED), "2"),
        (CaseFilter(flag=Flag.APPEALED, everything=True), "24"),
        (CaseFilter(flag=Flag.TYPICAL, everything=True), ""),
        (CaseFilter(request=Request.EXTENSION), "3"),
        (CaseFilter(request=Request.APPEAL), "4"),
        (CaseFilter(states=(State.CLOSED,)), "4"),
        (CaseFilter(states=(State.HANDLING,), handler="李"), "2"),
        (CaseFilter(handler='李"'), "3"),
    ],
)
def test_that_a_mark_narrows_the_queue(marked: Store, wanted: CaseFilter, codes: str) -> None:
    with marked.read() as view:
        ids = list(queue_ids(view, wanted, NOW))
        assert [str(one) for one in sorted(ids)] == list(codes)


def test_that_a_holder_must_be_one_of_the_staff_where_there_is_a_list(marked: Store) -> None:
    wanted = CaseFilter(handler="谁")
    with marked.read() as view:
        check_codes(view, wanted)
    with marked.write() as unit:
        replace_staff(unit.connection, [Member("李", frozenset({Post.PATROLLER}))])
    with marked.read() as view, pytest.raises(Refused, match="unknown_person"):
        check_codes(view, wanted)
