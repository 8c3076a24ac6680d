"""A filter kept as JSON: what was asked comes back, and what cannot be read is told, never left out."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.actor import Post
from console.domain.area import Area, Piece
from console.domain.case import Flag, Source
from console.domain.errors import Refused
from console.domain.evaluation import Count
from console.domain.filter_form import NOWHERE, Standpoint, filter_form, read_filter_form
from console.domain.flow import State, Step
from console.domain.operation import Request
from console.domain.wanted import CaseFilter, Figure, Order

TODAY = datetime(2026, 3, 20, tzinfo=UTC)
HERE = Standpoint("受理01", (Post.ACCEPTOR,), TODAY)
instants = st.integers(0, 10**9).map(lambda minutes: TODAY + timedelta(seconds=minutes))
spans = st.timedeltas(timedelta(0), timedelta(days=900))
texts = st.text(max_size=30)
filters = st.builds(
    CaseFilter,
    step=st.none() | st.sampled_from(Step),
    everything=st.booleans(),
    late=st.booleans(),
    late_times=st.floats(0, 100),
    due_within=st.none() | spans,
    older_than=st.none() | spans,
    newer_than=st.none() | spans,
    reported_since=st.none() | instants | st.just(TODAY),
    reported_until=st.none() | instants,
    ended_since=st.none() | instants,
    ended_until=st.none() | instants,
    department=texts,
    division=texts,
    street=texts,
    responsibility_grid=texts,
    cell=texts,
    within=st.none()
    | st.sampled_from((Area((Piece("grids", ("1", "2")),), "名"), Area((Piece("cells", ("A",)),)))),
    classes=texts,
    source=st.none() | st.sampled_from(Source),
    text=texts,
    figure=st.none()
    | st.builds(
        Figure,
        st.sampled_from(get_args(Count)),
        instants,
        instants,
        st.sampled_from(("area", "district", "department")),
        st.none() | texts,
    ),
    states=st.lists(st.sampled_from(State), max_size=4).map(tuple),
    request=st.none() | st.sampled_from(Request),
    flag=st.none() | st.sampled_from(Flag),
    handler=texts | st.just("受理01"),
    posts=st.just(()) | st.just((Post.ACCEPTOR,)) | st.lists(st.sampled_from(Post)).map(tuple),
    ids=st.lists(st.integers(1, 10**9), max_size=4).map(tuple),
    order=st.sampled_from(Order),
    descending=st.booleans(),
)


def test_that_the_trials_fill_every_field() -> None:
    """A new field of the filter has to be kept too."""
    built = {"step", "everything", "late", "late_times", "due_within", "older_than", "newer_than",
             "reported_since", "reported_until", "ended_since", "ended_until", "department", "division",
             "street", "responsibility_grid", "cell", "classes", "source", "text", "figure", "states",
             "request", "flag", "ids", "handler", "posts", "order", "descending", "within"}  # fmt: skip
    assert {one.name for one in fields(CaseFilter)} == built


@given(filters, st.sampled_from((HERE, NOWHERE)))
def test_that_any_filter_comes_back_as_it_was(wanted: CaseFilter, here: Standpoint) -> None:
    kept = json.loads(json.dumps(filter_form(wanted, here)))
    assert read_filter_form(kept, here) == wanted


def test_that_mine_waiting_and_today_mean_another_seat_and_day_where_they_are_opened() -> None:
    asked = CaseFilter(handler="受理01", posts=(Post.ACCEPTOR,), reported_since=TODAY)
    kept = filter_form(asked, HERE)
    tomorrow = TODAY + timedelta(days=1)
    there = Standpoint("李四", (Post.DISPATCHER, Post.LEADER), tomorrow)
    found = read_filter_form(kept, there)
    assert found == replace(asked, handler="李四", posts=there.posts, reported_since=tomorrow)


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (None, "filter_damaged"),
        ([], "filter_damaged"),
        ({}, "filter_damaged"),
        ({"version": "1"}, "filter_damaged"),
        ({"version": 2}, "filter_newer"),
        ({"version": 1, "colour": "red"}, "filter_fields"),
        ({"version": 1, "step": "dancing"}, "filter_damaged"),
        ({"version": 1, "late": "yes"}, "filter_damaged"),
        ({"version": 1, "late_times": -1}, "filter_damaged"),
        ({"version": 1, "late_times": True}, "filter_damaged"),
        ({"version": 1, "due_within": 1e300}, "filter_damaged"),
        ({"version": 1, "reported_since": "2026-01-01T00:00:00"}, "filter_damaged"),
        ({"version": 1, "states": "reported"}, "filter_damaged"),
        ({"version": 1, "text": {"is": "mine"}}, "filter_damaged"),
        ({"version": 1, "handler": {"is": "today"}}, "filter_damaged"),
        ({"version": 1, "figure": {"count": "accepted"}}, "filter_damaged"),
        ({"version": 1, "figure": 3}, "filter_damaged"),
        ({"version": 1, "ids": ["1"]}, "filter_damaged"),
        ({"version": 1, "department": 7}, "filter_damaged"),
    ],
)
def test_that_what_cannot_be_read_is_refused_with_its_reason(form: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_filter_form(form)
    assert refused.value.code == code
