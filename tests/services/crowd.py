"""A crowd at work on one store: who they are, what comes to their mind, and what they say with it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from console.domain.actor import Post
from console.domain.acts import Part
from console.domain.case import Case, CheckResult, Flag, Satisfaction, Source
from console.domain.city import CityContent
from console.domain.flow import Goes, operations
from console.domain.operation import OUTSIDE, Operation
from console.domain.practice import Practice
from console.domain.report import Report
from console.domain.rights import permitted
from console.domain.staff import Member
from console.services.steps import Told
from tests.cities import ERQI, JINSHUI, SOUTH, STEP_LAT, STEP_LON, WEST, small_city
from tests.lives import FORM, PHOTO, TOLD, is_possible

ASKED: Sequence[Operation] = sorted(set(Operation) - OUTSIDE - {Operation.REGISTER})
CLASSES = ("event:0110", "event:0405", "part:0103", "event:0506", "")
STRANGER = "外来人员"


def _members() -> list[Member]:
    centre = (Post.ACCEPTOR, Post.SHIFT_LEADER, Post.DISPATCHER, Post.EVALUATOR, Post.LEADER)
    return [
        *(Member(f"{post.value}{n}", frozenset({post})) for post in centre for n in (1, 2)),
        *(
            Member(f"desk-{code}", frozenset({Post.DEPARTMENT_DESK}), code)
            for code in ("D105", "D103", "D171", "P01")
        ),
        *(
            Member(f"district-{code}", frozenset({Post.DISTRICT_DISPATCHER}), "", code)
            for code in (JINSHUI, ERQI)
        ),
        *(
            Member(f"patroller{n}", frozenset({Post.PATROLLER}), lon=WEST + n * STEP_LON, lat=SOUTH)
            for n in (1, 5)
        ),
        Member("both", frozenset({Post.ACCEPTOR, Post.DISPATCHER, Post.SHIFT_LEADER})),
    ]


STAFF = {one.name: one for one in _members()}
NAMES = (*STAFF, STRANGER)


def crowded_city() -> CityContent:
    """The small city with a list of its staff."""
    return replace(small_city(), staff=tuple(STAFF.values()))


def report(random: Random) -> Report:
    """What somebody reports: mostly sound, sometimes empty, nowhere or unknown."""
    east, north = random.choice(((2.5, 2.5), (8.5, 1.5), (9.5, 7.5), (50.0, 50.0)))
    return Report(
        random.choice(list(Source)),
        random.choice(("路口有垃圾", "井盖破损", "{{7*7}}", " ")),
        random.choice((*CLASSES, "event:9999")),
        WEST + east * STEP_LON,
        SOUTH + north * STEP_LAT,
        "大学路 1 号",
        "王",
        self_handled=random.random() < 0.2,
    )


def sensible(random: Random, case: Case, practice: Practice, now: datetime) -> tuple[Operation, str]:
    """Something the table has now and the case does not rule out, and somebody who may if there is anybody.

    Main steps and decisions come more often than words beside the work: so cases get far.
    """
    rows = [row for row in operations(case.state, case.request) if is_possible(case, row.operation, now)]
    ahead = [row for row in rows if row.target is not Goes.NOWHERE or row.answers or row.asks]
    row = random.choice(ahead if ahead and random.random() < 0.75 else rows)
    if random.random() < 0.4 and rows[0].primary:
        row = rows[0]
    may = [one.name for one in STAFF.values() if permitted(case, row, one.actor, practice) is None]
    return row.operation, random.choice(may or NAMES)


def said(random: Random, operation: Operation, codes: Sequence[str], now: datetime) -> Told:
    """What goes with an operation: mostly what it needs, sometimes anything at all."""
    told = TOLD.get(operation, Told())
    chance = random.random()
    if operation is Operation.MERGE or chance < 0.02:
        told = replace(told, other=random.choice([*codes, "9999"]))
    if operation in (Operation.PRE_CHECK, Operation.CHECK, Operation.HAND_OVER):
        told = replace(told, person=random.choice([*STAFF, "谁也不是"]))
    if operation in (Operation.DISPATCH, Operation.REDISPATCH):
        told = replace(told, department=random.choice(("D105", "D103", "D171", "P01")))
    if operation is Operation.ASK_SUSPENSION:
        told = replace(told, until=now + timedelta(days=random.choice((1, 2, 20, 90, 365, 0, 400))))
    if operation is Operation.FILE:
        told = replace(told, class_key=random.choice(CLASSES), condition=random.choice((1, 1, 2, 9)))
    if operation is Operation.CLOSE:
        told = replace(told, condition=random.choice((0, 0, 0, 1, 7)))
    if operation is Operation.SPOT_CHECK:
        usual = (CheckResult.PASSED, CheckResult.FAILED)
        told = replace(told, result=random.choice((*usual, *usual, CheckResult.UNCLEAR)))
    if operation in (Operation.MARK, Operation.UNMARK):
        told = replace(told, flag=random.choice((Flag.URGENT, Flag.TYPICAL, Flag.URGENT, Flag.EXEMPT)))
    return _anything(random) if chance > 0.93 else told


def _anything(random: Random) -> Told:
    return random.choice(
        (
            Told(),
            Told(department="nobody"),
            Told(unit="D105"),
            Told(unit="nobody", note="x"),
            Told(condition=-1, class_key="event:9999"),
            Told(level=99, note="a\x00b\ud800"),
            Told(level=-1, note="x"),
            Told(parts=(Part("", ""), Part("{{7*7}}", "D103"))),
            Told(parts=(Part("x", "nobody"),)),
            Told(assisting=("D105", "nobody"), department="D105"),
            Told(territory=True, note="属地兜底"),
            Told(by_advice=True, note="x"),
            Told(person="谁也不是", note="x"),
            Told(satisfaction=Satisfaction.NOT_SATISFIED, result=CheckResult.UNCLEAR, flag=Flag.SIMILAR),
            Told(evidence=(PHOTO, FORM), note="x" * 5000),
        )
    )
