"""A practice as plain values, as files and the store hold it, and back with everything wrong named by key."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from console.domain.actor import EVERY_POST, Post
from console.domain.flow import OPEN, TRANSITIONS, State
from console.domain.operation import Operation
from console.domain.practice import RULED, UNDOABLE, MonthDay, Practice

LABELS = ("pre_check", "post_check")
LANGUAGES = ("zh", "en")
TIERS = ("I", "II", "III")

_ALL = "all"
_OPERATIONS = {one.value: one for one in Operation}
_STATES = frozenset(one.value for one in State)
_FLAGS = ("bundled", "receiver_rests", "asker_decides_not", "feedback_needs_photo", "close_needs_check")
_NUMBERS = {
    "most_extensions": (0, 9),
    "form_from_extension": (0, 9),
    "most_suspensions": (0, 9),
    "longest_suspension_days": (1, 366),
}
_TABLES = ("rights", "labels", "grace_seconds", "stage_minutes", "tiers")
_KEYS = frozenset({"name", "planting", "spot_share", "emergencies", *_FLAGS, *_NUMBERS, *_TABLES})
_LONGEST_GRACE_S = 3600
_LONGEST_STAGE_MIN = 14 * 24 * 60
_LONGEST_NAME = 40

_PRIMARY = frozenset(row.operation for row in TRANSITIONS if row.primary)
_SOURCES = {
    one: frozenset(state for row in TRANSITIONS if row.operation is one for state in row.sources)
    for one in Operation
}
# While a department has a case the disposal clock runs; after the end none does.
STAGES: frozenset[State] = OPEN - {State.TO_HANDLE, State.HANDLING, State.SUSPENDED}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong: the key with its tables before it (`rights.file`), a rule's code, what was told."""

    key: str
    rule: str
    value: str = ""


def as_plain(practice: Practice) -> dict[str, Any]:
    """The whole practice in texts, numbers, lists and tables; `from_plain` reads it back the same."""
    return {
        "name": practice.name,
        **{name: getattr(practice, name) for name in (*_NUMBERS, *_FLAGS, "spot_share")},
        "emergencies": list(practice.emergencies),
        "planting": [[f"{month:02d}-{day:02d}" for month, day in span] for span in practice.planting],
        "stage_minutes": {
            state.value: _shortest(limit / timedelta(minutes=1))
            for state, limit in practice.stage_limits.items()
        },
        "grace_seconds": {
            one.value: _shortest(span / timedelta(seconds=1)) for one, span in practice.grace.items()
        },
        "tiers": dict(practice.tiers),
        "labels": {key: dict(words) for key, words in practice.labels.items()},
        "rights": {one.value: _posts(posts) for one, posts in practice.rights.items()},
    }


def from_plain(
    told: Mapping[str, Any], base: Practice | None = None
) -> tuple[Practice | None, tuple[Flaw, ...]]:
    """The practice that `told` describes, or None with all its flaws.

    What is not told is taken from `base`, tables key by key; without one the rights must name every
    operation of a person.
    """
    reader = _Reader(dict(told) if base is None else _over(as_plain(base), told))
    practice = reader.practice()
    return (None if reader.flaws else practice), tuple(reader.flaws)


def _over(base: dict[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    whole = dict(base)
    for key, value in told.items():
        merges = key in _TABLES and isinstance(value, dict)
        whole[key] = {**base.get(key, {}), **value} if merges else value
    return whole


def _posts(posts: Mapping[Post, frozenset[State] | None]) -> Any:
    if all(states is None for states in posts.values()):
        return [post.value for post in posts]
    return {
        post.value: _ALL if states is None else sorted(state.value for state in states)
        for post, states in posts.items()
    }


def _shortest(value: float) -> float:
    return int(value) if value == int(value) else value


# A kind, a kind with its major class, a whole key: as in no-report zones.
_CLASSES = re.compile(r"(part|event):[0-9]{0,5}")


@dataclass
class _Reader:
    """Reads key by key and remembers every flaw on the way."""

    told: dict[str, Any]
    flaws: list[Flaw] = field(default_factory=list)

    def practice(self) -> Practice:
        for key in self.told.keys() - _KEYS:
            self.wrong(key, "unknown_key")
        usual = Practice("", {})
        settings: dict[str, Any] = {
            name: self.number(name, *bounds) for name, bounds in _NUMBERS.items() if name in self.told
        }
        settings |= {name: self.flag(name) for name in _FLAGS if name in self.told}
        return Practice(
            name=self.text("name", self.told.get("name", "")),
            rights=self.rights(),
            labels=self.labels(),
            grace=self.spans("grace_seconds", timedelta(seconds=1), _LONGEST_GRACE_S, self.undoable),
            stage_limits=self.spans("stage_minutes", timedelta(minutes=1), _LONGEST_STAGE_MIN, self.stage),
            tiers=self.tiers(),
            planting=self.planting(),
            spot_share=self.share("spot_share", usual.spot_share),
            emergencies=self.classes("emergencies"),
            **settings,
        )

    def wrong(self, key: str, rule: str, value: object = "") -> None:
        self.flaws.append(Flaw(key, rule, str(value)[:80]))

    def table(self, key: str) -> dict[str, Any]:
        found = self.told.get(key, {})
        if isinstance(found, dict):
            return found
        self.wrong(key, "not_a_table")
        return {}

    def text(self, key: str, value: Any) -> str:
        if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST_NAME and value.isprintable():
            return value.strip()
        self.wrong(key, "bad_name", value)
        return ""

    def flag(self, key: str) -> bool:
        value = self.told[key]
        if not isinstance(value, bool):
            self.wrong(key, "not_a_flag", value)
        return bool(value)

    def number(self, key: str, least: int, most: int) -> int:
        value = self.told[key]
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.wrong(key, "out_of_range", f"{value} ({least}-{most})")
        return least

    def share(self, key: str, usual: float) -> float:
        value = self.told.get(key, usual)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.wrong(key, "out_of_range", f"{value} (0-1)")
        return usual

    def rights(self) -> dict[Operation, dict[Post, frozenset[State] | None]]:
        told = self.table("rights")
        found: dict[Operation, dict[Post, frozenset[State] | None]] = {}
        for name, value in told.items():
            key = f"rights.{name}"
            operation = _OPERATIONS.get(name)
            if operation is None or operation not in RULED:
                self.wrong(key, "unknown_operation", name)
                continue
            found[operation] = self.posts(key, operation, value)
            if operation in _PRIMARY and not found[operation]:
                self.wrong(key, "nobody_may")
        if isinstance(self.told.get("rights", {}), dict):
            for operation in sorted(RULED - {_OPERATIONS.get(name) for name in told}):
                self.wrong(f"rights.{operation}", "missing_operation")
        return found

    def posts(self, key: str, operation: Operation, told: Any) -> dict[Post, frozenset[State] | None]:
        if isinstance(told, list):
            told = dict.fromkeys(map(str, told), _ALL)
        if not isinstance(told, dict):
            self.wrong(key, "not_a_list", told)
            return {}
        found: dict[Post, frozenset[State] | None] = {}
        for name, states in told.items():
            if name not in EVERY_POST:
                self.wrong(key, "unknown_post", name)
            else:
                found[Post(name)] = None if states == _ALL else self.states(key, operation, states)
        return found

    def states(self, key: str, operation: Operation, told: Any) -> frozenset[State]:
        if not isinstance(told, list):
            self.wrong(key, "not_a_list", told)
            return frozenset()
        found: set[State] = set()
        for name in map(str, told):
            if name not in _STATES:
                self.wrong(key, "unknown_state", name)
            elif State(name) not in _SOURCES[operation]:
                self.wrong(key, "not_from_state", name)
            else:
                found.add(State(name))
        return frozenset(found)

    def labels(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for name, words in self.table("labels").items():
            key = f"labels.{name}"
            if name not in LABELS:
                self.wrong(key, "unknown_key", name)
            elif not isinstance(words, dict) or set(words) - set(LANGUAGES):
                self.wrong(key, "bad_label", words)
            else:
                found[name] = {one: self.text(f"{key}.{one}", word) for one, word in words.items()}
        return found

    def spans(
        self, table: str, unit: timedelta, most: int, named: Callable[[str, str], Any]
    ) -> dict[Any, timedelta]:
        found: dict[Any, timedelta] = {}
        for name, value in self.table(table).items():
            key = f"{table}.{name}"
            subject = named(key, name)
            if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= most:
                self.wrong(key, "out_of_range", f"{value} (0-{most})")
            elif subject is not None:
                found[subject] = value * unit
        return found

    def undoable(self, key: str, name: str) -> Operation | None:
        if name not in _OPERATIONS:
            self.wrong(key, "unknown_operation", name)
        elif Operation(name) not in UNDOABLE:
            self.wrong(key, "not_undoable", name)
        else:
            return Operation(name)
        return None

    def stage(self, key: str, name: str) -> State | None:
        if name not in _STATES:
            self.wrong(key, "unknown_state", name)
        elif State(name) not in STAGES:
            self.wrong(key, "no_stage", name)
        else:
            return State(name)
        return None

    def tiers(self) -> dict[str, str]:
        told = self.table("tiers")
        for code, tier in told.items():
            if tier not in TIERS:
                self.wrong(f"tiers.{code}", "unknown_tier", tier)
        return {code: str(tier) for code, tier in told.items()}

    def classes(self, key: str) -> tuple[str, ...]:
        told = self.told.get(key, [])
        if not isinstance(told, list):
            self.wrong(key, "not_a_list", told)
            return ()
        for place, one in enumerate(told):
            if not isinstance(one, str) or not _CLASSES.fullmatch(one):
                self.wrong(f"{key}.{place}", "not_a_class", one)
        return tuple(map(str, told))

    def planting(self) -> tuple[tuple[MonthDay, MonthDay], ...]:
        told = self.told.get("planting", [])
        if not isinstance(told, list):
            self.wrong("planting", "not_a_list", told)
            return ()
        found: list[tuple[MonthDay, MonthDay]] = []
        for place, span in enumerate(told):
            days = [_month_day(day) for day in span] if isinstance(span, list) else []
            if len(days) == 2 and days[0] is not None and days[1] is not None:
                found.append((days[0], days[1]))
            else:
                self.wrong(f"planting.{place}", "bad_span", span)
        return tuple(found)


def _month_day(told: Any) -> MonthDay | None:
    """`03-12` as (3, 12); 02-29 is a day too."""
    try:
        day = date.fromisoformat(f"2000-{told}")
    except ValueError:
        return None
    return day.month, day.day
