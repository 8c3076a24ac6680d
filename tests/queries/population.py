"""A few hundred made-up cases whose instants meet the edges of the period asked for."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.case import Case, Flag, Source, opening
from console.domain.flow import ENDED, State
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.cities import ERQI, JINSHUI, ZHENGDONG, small_catalogue, small_city
from tests.lives import BY, MONDAY

SINCE, UNTIL = MONDAY, MONDAY + timedelta(days=7)
NOW = MONDAY + timedelta(days=4)
EDGE = timedelta(microseconds=1)
MOMENTS: Sequence[datetime] = (
    SINCE - timedelta(days=2), SINCE - EDGE, SINCE, SINCE + EDGE, SINCE + timedelta(days=2),
    NOW - EDGE, NOW, NOW + EDGE, NOW + timedelta(days=1), UNTIL - EDGE, UNTIL, UNTIL + timedelta(days=2),
)  # fmt: skip
TEXTS = (
    "路口有垃圾", "100% 占道", "100 占道", "a_b 井盖", "axb 井盖", "c:\\temp 积水", "c:/temp 积水",
    "KFC 门前", "kfc 门口", "李记 KTV", "{{7*191}}", "'; --", "垃圾 满溢", "",
)  # fmt: skip
KEYS = tuple(item.key for item in small_catalogue().classes)
HANDLERS = ("", "", "", "张建国", "李雷", "Li Lei", "长" * 70 + "乙", "长" * 70 + "甲")
LONG = "龙湖外环路西南侧约60米" * 30  # longer than the list shows, alike to its end
WORDS = (
    *TEXTS,
    *["路口有垃圾"] * 12,
    LONG + "乙",
    LONG + "甲",
    *(f"{'道路' * 40}{end}" for end in "丙乙甲" * 4),
)
LIMITS = ((0.0, ""), (2.0, "urgent_hour"), (48.0, "urgent_hour"), (2.0, "work_hour"), (0.5, "work_day"),
          (10.0, "work_day"), (9.0, "work_day"))  # fmt: skip
SAID = ((), (), (Flag.URGENT,), (Flag.APPEALED, Flag.EXEMPT), (Flag.EXEMPT, Flag.APPEALED), (Flag.SPLIT,),
        (Flag.SUPERVISED,), (Flag.SUPERVISED, Flag.URGENT))  # fmt: skip
CELLS = tuple(grid.code for grid in small_city().unit_grids[:6])


def made(number: int, dice: random.Random) -> Case:
    state = dice.choice([*State, *[State.CLOSED] * 5])

    def moment() -> datetime | None:
        return dice.choice([None, *MOMENTS])

    district = dice.choice(["", JINSHUI, ERQI, ERQI])
    place = bool(district)
    limit_value, limit_unit = dice.choice(LIMITS)
    return Case(
        code=f"20260309{number:05d}",
        state=state,
        source=dice.choice(list(Source)),
        description=dice.choice(WORDS),
        reported_at=dice.choice(MOMENTS),
        class_key=dice.choice(["", *KEYS]),
        edition="2013",
        address=dice.choice(TEXTS),
        lon=113.7 if place else None,
        lat=34.7 if place else None,
        cell=dice.choice(CELLS) if place else "",
        district=district,
        committee=dice.choice(["", ZHENGDONG]) if district == ERQI else "",
        department=dice.choice(["", "D105", "D103", "P01"]),
        accepted_at=moment(),
        filed_at=moment(),
        dispatched_at=moment(),
        current_due_at=None if state in ENDED else moment(),
        due_at=moment(),
        fed_back_at=moment(),
        ended_at=moment() if state in ENDED else None,
        redispatches=dice.choice([0, 0, 1]),
        reworks=dice.choice([0, 0, 2, 10]),
        extensions=dice.choice([0, 0, 0, 1]),
        returns=dice.choice([0, 0, 0, 1, 11]),
        limit_value=limit_value,
        limit_unit=limit_unit,
        handler=dice.choice(HANDLERS),
        street=dice.choice(["", "410103001", "410103002"]) if place else "",
        responsibility_grid=dice.choice(["", "41010300101", "41010300102"]) if place else "",
        suspended_until=dice.choice([None, None, *MOMENTS]),
        flags=dice.choice(SAID),
        external_id=dice.choice(["", f"sf:{number}"]),
    )


def populate(store: Store, count: int = 400, seed: int = 7) -> list[Case]:
    """The cases, as they then are in the store."""
    dice = random.Random(seed)
    cases = []
    with store.write() as unit:
        for number in range(count):
            case = made(number, dice)
            fact = opening(case, operation=Operation.IMPORT, at=MONDAY, by=BY)
            case = replace(case, version=1)
            cases.append(replace(case, id=unit.add(case, fact)))
    return cases
