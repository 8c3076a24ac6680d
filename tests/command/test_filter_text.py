"""Any filter written as text reads back as the same filter."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.command.reader import read
from console.command.readings import Filtering
from console.command.writing import told_filter
from console.domain.actor import Post
from console.domain.area import Area, Piece, shape
from console.domain.case import Flag, Source
from console.domain.evaluation import COUNTS
from console.domain.flow import State, Step
from console.domain.operation import Request
from console.domain.wanted import CaseFilter, Figure, Grouping, Order
from console.i18n import use_language
from tests.command.city import NOW, city_words

WORDS = city_words()

_known = {
    kind: st.sampled_from([one.code for one in WORDS.names if one.kind == kind])
    for kind in ("division", "street", "department", "classes")
}
_texts = st.text(min_size=1, max_size=12).filter(lambda text: "\0" not in text)
_typed = st.lists(
    st.sampled_from(
        ["垃圾", "井盖", "late", "超期", "派", "大学路", "3", ">2h", "jg", "金水区", '"', "wall", "A-1"]
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
_spans = st.none() | st.timedeltas(timedelta(microseconds=1), timedelta(days=400))
_moments = st.integers(1_420_000_000_000_000, 1_900_000_000_000_000).map(
    lambda micros: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
)
_days = _moments.map(  # midnight in the city
    lambda at: at.replace(hour=16, minute=0, second=0, microsecond=0)
)
_instants = st.none() | _days | _moments
_figures = st.builds(
    Figure,
    st.sampled_from(COUNTS),
    _days,
    _days,
    st.sampled_from(get_args(Grouping)),
    st.none() | _texts,
)

_degrees = st.integers(-1_800_000_000, 1_800_000_000).map(lambda number: number / 1e7)
_corners = st.lists(st.tuples(_degrees, _degrees.map(lambda one: one / 2)), min_size=3, max_size=5)
_codes = st.lists(st.from_regex(r"[0-9A-Za-z区]{1,16}", fullmatch=True), min_size=1, max_size=3, unique=True)
_pieces = st.builds(
    lambda kind, codes, adds: Piece(kind, tuple(codes), (), adds), st.sampled_from(["cells", "grids"]),
    _codes, st.booleans(),
) | st.builds(lambda ring, adds: shape((tuple(ring),), adds=adds), _corners, st.booleans())  # fmt: skip
_areas = st.builds(
    Area,
    st.lists(_pieces, min_size=1, max_size=3).map(tuple),
    st.just("") | _texts.filter(lambda text: ";" not in text and not text.startswith(("+", "-"))),
)

FILTERS = st.builds(
    CaseFilter,
    step=st.none() | st.sampled_from(Step),
    everything=st.booleans(),
    late=st.booleans(),
    late_times=st.just(0) | st.floats(0.01, 50),
    due_within=_spans,
    older_than=_spans,
    newer_than=_spans,
    reported_since=_instants,
    reported_until=_instants,
    ended_since=_instants,
    ended_until=_instants,
    department=st.just("") | _known["department"] | _texts,
    division=st.just("") | _known["division"] | _texts,
    street=st.just("") | _known["street"] | _texts,
    responsibility_grid=st.just("") | _texts,
    cell=st.just("") | st.from_regex(r"\d{15}", fullmatch=True) | _texts,
    within=st.none() | _areas,
    classes=st.just("") | _known["classes"] | st.sampled_from(["event:", "part:01"]) | _texts,
    source=st.none() | st.sampled_from(Source),
    text=st.just("") | _typed | _texts,
    figure=st.none() | _figures,
    states=st.lists(st.sampled_from(State), max_size=3).map(tuple),
    request=st.none() | st.sampled_from(Request),
    flag=st.none() | st.sampled_from(Flag),
    handler=st.just("") | st.sampled_from(["张建国", "Li Lei"]) | _texts,
    posts=st.lists(st.sampled_from(Post), max_size=2).map(tuple),
    order=st.sampled_from(Order),
    descending=st.booleans(),
)
# Most of a filter is usually empty; then the texts are those that people see.
SMALL = st.builds(
    CaseFilter,
    late=st.booleans(),
    division=st.just("") | _known["division"],
    classes=st.just("") | _known["classes"],
    states=st.lists(st.sampled_from(State), max_size=2, unique=True).map(tuple),
    text=st.just("") | _typed,
    everything=st.booleans(),
    older_than=st.none() | st.sampled_from([timedelta(hours=2), timedelta(days=1, minutes=30)]),
    order=st.sampled_from(Order),
    descending=st.booleans(),
)


@settings(max_examples=300, deadline=None)
@given(wanted=FILTERS | SMALL)
def test_that_a_filter_as_text_reads_back_as_itself(wanted: CaseFilter) -> None:
    for text in (told_filter(wanted, WORDS), in_english(wanted)):
        assert read(text, WORDS, NOW) == Filtering(wanted), text


@pytest.mark.parametrize(
    ("wanted", "zh", "en"),
    [
        (CaseFilter(), "在办", "open"),
        (CaseFilter(late=True, division="410105"), "金水区 超期", "Jinshui District late"),
        (
            CaseFilter(states=(State.TO_DISPATCH,), text="井盖", older_than=timedelta(hours=2)),
            "待派遣 >2h 井盖",
            "to dispatch >2h 井盖",
        ),
        (CaseFilter(late_times=2), "超期2倍", "late>2x"),
        (CaseFilter(due_within=timedelta(hours=2)), "到期<2h", "due <2h"),
        (CaseFilter(text="超期", everything=True), '"超期"', '"超期"'),
        (CaseFilter(text="垃圾"), "在办 垃圾", "open 垃圾"),
        (CaseFilter(order=Order.REPORTED, descending=True), "按:上报↓", "by:reported↓"),
    ],
)
def test_that_a_filter_is_written_as_one_would_say_it(wanted: CaseFilter, zh: str, en: str) -> None:
    assert told_filter(wanted, WORDS) == zh
    assert in_english(wanted) == en


def in_english(wanted: CaseFilter) -> str:
    use_language("en")
    try:
        return told_filter(wanted, WORDS)
    finally:
        use_language("zh")
