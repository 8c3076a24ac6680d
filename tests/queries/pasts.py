"""Lives written into a store at instants of all kinds, and their journal folded the plain and slow way.

The fold shares nothing with the program: it reads the journal's lines as they stand in the database.
"""

import json
import random
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from console.domain.case import Case, Fact, Source, opening
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.operation import Operation
from console.storage.unit import Store
from tests.cities import SOUTH, STEP_LAT, STEP_LON, WEST, small_city
from tests.lives import BY, MONDAY, opened, possible, stepped

SINCE, UNTIL = MONDAY + timedelta(days=4), MONDAY + timedelta(days=5)
HOUR = timedelta(hours=1)
_COLUMNS = 12
_OVER = {"not_accepted", "voided", "merged", "closed", "forced_closed"}
_STEP = {
    "reported": "collection", "pre_check": "filing", "to_file": "filing", "to_dispatch": "dispatch",
    "returned": "dispatch", "to_handle": "handling", "handling": "handling", "suspended": "handling",
    "fed_back": "feedback", "post_check": "verification", "to_close": "verification",
}  # fmt: skip
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def populate(store: Store, count: int = 120, seed: int = 5) -> None:
    """So many lives, most of them across the day from SINCE to UNTIL, and a few that stand on an edge."""
    dice = random.Random(seed)
    codes = [grid.code for grid in small_city().unit_grids]
    with store.write() as unit:
        for number in range(1, count + 1):
            case, facts = _begun(number, dice, codes)
            for _step in range(dice.choice([0, 2, 5, 8, 14, 30])):
                some = [one for one in possible(case, facts) if one is not Operation.MERGE]
                if not some:
                    break
                liked = [one for one in some if one in _FORWARD]
                operation = dice.choice(liked if liked and dice.random() < 0.6 else some)
                pause = dice.choice(
                    [timedelta(0), timedelta(seconds=1), 5 * timedelta(minutes=1), HOUR, 9 * HOUR]
                )
                with suppress(Refused):  # an undo may come too late
                    case, facts = stepped(case, facts, operation, pause=pause)
            _write(unit, facts)
        for facts in _odd(count + 1):
            _write(unit, facts)


_FORWARD = frozenset(
    {
        Operation.ACCEPT, Operation.FILE, Operation.DISPATCH, Operation.RECEIVE, Operation.FEED_BACK,
        Operation.CLOSE, Operation.REOPEN, Operation.UNDO, Operation.ALLOW_SUSPENSION, Operation.RESUME,
    }
)  # fmt: skip


def _begun(number: int, dice: random.Random, codes: list[str]) -> tuple[Case, list[Fact]]:
    case, _facts = opened(f"20260309{number:05d}", number=number)
    at = MONDAY + timedelta(seconds=dice.randrange(0, 5 * 86_400))
    if dice.random() < 0.9:
        column, row = dice.randrange(_COLUMNS), dice.randrange(9)
        lon, lat = WEST + (column + 0.5) * STEP_LON, SOUTH + (row + 0.5) * STEP_LAT
        case = replace(case, lon=lon, lat=lat, cell=codes[row * _COLUMNS + column])
    case = replace(case, reported_at=at)
    return replace(case, version=1), [opening(case, operation=Operation.REGISTER, at=at, by=BY)]


def _odd(number: int) -> list[list[Fact]]:
    """What no seat does: an import that tells an earlier end, facts out of their order in time."""
    base = Case("x", State.HANDLING, Source.IMPORTED, "外来", SINCE - 60 * HOUR, external_id="x")
    told = []
    for k, (opened_at, changes_at, changes) in enumerate(
        [
            # Imported before the day, told within it that it had ended long ago.
            (SINCE - 9 * HOUR, SINCE + 5 * HOUR, {"state": State.CLOSED, "ended_at": SINCE - 50 * HOUR}),
            # The same, told only after the day: through all of it it was open.
            (SINCE - 9 * HOUR, UNTIL + 5 * HOUR, {"state": State.CLOSED, "ended_at": SINCE - 50 * HOUR}),
            # The second fact is older than the opening one.
            (SINCE + 7 * HOUR, SINCE + 2 * HOUR, {"state": State.FED_BACK}),
            # Both at the very edge.
            (SINCE, UNTIL, {"state": State.CLOSED, "ended_at": UNTIL}),
            # Over before the day, and imported within it as over.
            (
                SINCE - 30 * HOUR,
                SINCE - timedelta(microseconds=1),
                {"state": State.VOIDED, "ended_at": SINCE - HOUR},
            ),
        ]
    ):
        case = replace(base, code=f"2026031{k}{number:05d}", external_id=f"x{k}")
        first = opening(case, operation=Operation.IMPORT, at=opened_at, by=BY)
        told.append([first, Fact(2, Operation.IMPORT, changes_at, BY, changes)])
    late = replace(
        base, code=f"20260318{number:05d}", external_id="late", due_at=SINCE, current_due_at=SINCE + HOUR
    )
    told.append([opening(replace(late, soon_at=SINCE), operation=Operation.IMPORT, at=SINCE - HOUR, by=BY)])
    return told


def _write(unit: Any, facts: list[Fact]) -> None:
    case = Case(version=1, **facts[0].changes)
    case = replace(case, id=unit.add(case, facts[0]))
    for fact in facts[1:]:
        values = {name: getattr(case, name) for name in Case.__slots__} | dict(fact.changes)
        case = Case(**(values | {"version": fact.number}))
        unit.save(case, fact)


@dataclass(frozen=True)
class Told:
    """One open case as the plain fold has it."""

    code: str
    state: str
    lamp: str
    due: int | None
    cell: str | None
    lon: float | None
    reworks: int
    supervision: int


class PlainFold:
    """Every line of the journal, folded from the first one for each question."""

    def __init__(self, store: Store) -> None:
        self.journals: dict[int, list[tuple[int, int, dict[str, Any]]]] = defaultdict(list)
        with store.engine.connect() as connection:
            asked = text(
                "SELECT case_id, number, at, changes FROM journal WHERE case_id IS NOT NULL ORDER BY 1, 2"
            )
            for case_id, number, at, changes in connection.execute(asked):
                self.journals[case_id].append((number, at, json.loads(changes)))

    def states(self, now: int) -> dict[int, dict[str, Any]]:
        """Every case that is there at a microsecond, its fields as told."""
        found = {}
        for case_id, lines in self.journals.items():
            fields: dict[str, Any] = {}
            for number, at, changes in lines:
                if at <= now and (fields or number == 1):
                    fields |= changes
            if fields:
                found[case_id] = fields
        return found

    def at(self, moment: datetime) -> dict[int, Told]:
        """The open cases at an instant."""
        now = micros(moment)
        return {
            case_id: Told(
                told["code"],
                told["state"],
                _lamp(now, told.get("current_due_at"), told.get("soon_at")),
                told.get("current_due_at"),
                told.get("cell") or None,
                told.get("lon"),
                told.get("reworks", 0),
                told.get("supervision", 0),
            )
            for case_id, told in self.states(now).items()
            if told["state"] not in _OVER
        }

    def steps(self, moment: datetime) -> Counter[str]:
        return Counter(_STEP[one.state] for one in self.at(moment).values())

    def ended(self, since: datetime, moment: datetime) -> int:
        """How many cases are over at an instant and were not just before `since`, without a break between."""
        before, now = micros(since), micros(moment)
        number = 0
        for case_id, told in self.states(now).items():
            if told["state"] in _OVER:
                edges = [at for _n, at, _c in self.journals[case_id] if at <= now]
                last = max(
                    at
                    for at in edges
                    if self.states(at - 1).get(case_id, {"state": ""})["state"] not in _OVER
                )
                number += last >= before
        return number


def _lamp(now: int, due: int | None, soon: int | None) -> str:
    if due is None:
        return "none"
    if now > due:
        return "late"
    return "soon" if soon is not None and now >= soon else "in_time"
