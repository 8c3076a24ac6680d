"""A case waits for whoever may take its main next step."""

from console.adapters.practice import standard
from console.domain.actor import Post
from console.domain.flow import State
from console.domain.waiting import waiting_states


def test_that_a_dispatcher_is_awaited_where_cases_are_dispatched() -> None:
    found = waiting_states(standard(), [Post.DISPATCHER])
    assert State.TO_DISPATCH in found
    assert not {State.TO_HANDLE, State.CLOSED, State.REPORTED} & set(found)


def test_that_a_department_is_awaited_for_what_it_handles() -> None:
    found = waiting_states(standard(), [Post.DEPARTMENT_DESK])
    assert {State.TO_HANDLE, State.HANDLING} <= set(found)


def test_that_nobody_is_awaited_by_no_post() -> None:
    assert waiting_states(standard(), []) == ()
