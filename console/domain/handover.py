"""What one shift has to tell the next: the cases that must be mentioned and why, and its figures."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from console.domain.flow import Step

LONGEST_TEXT = 300  # letters of the short text; what is longer is not read at a change of shift
LONGEST_REMARK = 500
LISTED = 300  # cases that one reason lists one by one; the others are told by their number
CALL_BACK_WITHIN = timedelta(days=3)  # of the closing; proposed, no published figure was found
CALL_BACK_GIVEN_UP = timedelta(days=7)  # nobody remembers then what he called for


class Why(StrEnum):
    """Why a case must be mentioned; in the order of weight."""

    URGENT = "urgent"
    UNANSWERED = "unanswered"  # supervised (督办), and nobody has replied since
    SUPERVISED = "supervised"
    LATE = "late"  # since this shift
    PROMISE = "promise"  # a date that somebody was told falls in the next shift, or is past
    SUSPENSION = "suspension"  # it runs out in the next shift
    SOON = "soon"  # late in the next shift, unless somebody works on it
    APPLICATION = "application"
    RETURNED = "returned"  # sent back, or asked to be
    CALL_BACK = "call_back"


_WEIGHT = {why: weight for weight, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Reason:
    """`at` is the instant that matters: a deadline, the end of a suspension, since when one waits."""

    why: Why
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One case to be mentioned. `own`: it waits for whoever hands over, or he holds it.

    `what` are the names of its class, Chinese and English; `where` its address or the beginning of its text.
    """

    case_id: int
    code: str
    step: Step
    reasons: tuple[Reason, ...]
    what: tuple[str, str] = ("", "")
    where: str = ""
    own: bool = False

    @property
    def why(self) -> Why:
        """The weightiest of its reasons."""
        return self.reasons[0].why


@dataclass(frozen=True, slots=True)
class StepLeft:
    """Open cases of a step at the end of the shift; how many are late, how many in their last fifth."""

    step: Step
    number: int
    late: int
    soon: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of the shift: what came in, was dispatched, ended; what is left."""

    reported: int = 0
    dispatched: int = 0
    ended: int = 0
    left: tuple[StepLeft, ...] = ()

    @property
    def open(self) -> int:
        return sum(one.number for one in self.left)

    @property
    def late(self) -> int:
        return sum(one.late for one in self.left)


@dataclass(frozen=True, slots=True)
class Brief:
    """What there is to hand over of the shift from `since` to `until` to the one that ends at `next_until`.

    `counts` are how many cases each reason has, also where not all of them are listed.
    """

    since: datetime
    until: datetime
    next_until: datetime
    shift: tuple[str, str]
    next_shift: tuple[str, str]
    items: tuple[Item, ...]
    totals: Totals
    counts: Mapping[Why, int] = field(default_factory=dict)

    @property
    def left_off(self) -> dict[Why, int]:
        """How many cases of a reason are only counted."""
        listed = dict.fromkeys(Why, 0)
        for item in self.items:
            for reason in item.reasons:
                listed[reason.why] += 1
        return {why: self.counts[why] - listed[why] for why in Why if self.counts.get(why, 0) > listed[why]}


@dataclass(frozen=True, slots=True)
class Edit:
    """What whoever hands over made of a brief: items struck, remarks by case code, one for the whole.

    `text` is the short text that he signs; `to` who is to take it over, empty: anybody of the next shift.
    """

    text: str
    struck: frozenset[str] = frozenset()
    remarks: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """One handover as it was signed; `content` are the words of its JSON, `taken_at` None while it waits."""

    id: int
    given_by: str
    given_at: datetime
    given_to: str
    since: datetime
    until: datetime
    next_until: datetime
    shift: str
    next_shift: str
    content: str
    content_hash: str
    taken_by: str = ""
    taken_at: datetime | None = None
    taken_note: str = ""

    @property
    def told(self) -> dict[str, Any]:
        """What was handed over: see console.services.handover.content_of."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def whole(self) -> bool:
        """Whether the content is what was signed."""
        return hash_of(self.content) == self.content_hash


def hash_of(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def ranked(found: Iterable[tuple[Item, Reason]]) -> tuple[tuple[Item, ...], dict[Why, int]]:
    """One item a case with all its reasons, the weightiest first; and how many cases each reason has.

    Of equal weight one's own cases come first, then the earlier instant. No reason lists more than
    `LISTED` cases, but what is listed for another reason tells them all.
    """
    items: dict[int, Item] = {}
    reasons: dict[int, dict[Why, Reason]] = {}
    for item, reason in found:
        items.setdefault(item.case_id, item)
        told = reasons.setdefault(item.case_id, {})
        before = told.get(reason.why)
        if before is None or _earlier(reason, before):
            told[reason.why] = reason
    counts = dict.fromkeys(Why, 0)
    for told in reasons.values():
        for why in told:
            counts[why] += 1
    whole = [
        _with(item, sorted(reasons[case_id].values(), key=lambda reason: _WEIGHT[reason.why]))
        for case_id, item in items.items()
    ]
    whole.sort(key=_rank)
    listed = dict.fromkeys(Why, 0)
    kept = []
    for item in whole:
        listed[item.why] += 1
        if listed[item.why] <= LISTED:
            kept.append(item)
    return tuple(kept), {why: count for why, count in counts.items() if count}


def _with(item: Item, reasons: Iterable[Reason]) -> Item:
    return Item(item.case_id, item.code, item.step, tuple(reasons), item.what, item.where, item.own)


def _rank(item: Item) -> tuple[int, bool, bool, float, int]:
    at = item.reasons[0].at
    return _WEIGHT[item.why], not item.own, at is None, at.timestamp() if at else 0.0, item.case_id


def _earlier(one: Reason, other: Reason) -> bool:
    return one.at is not None and (other.at is None or one.at < other.at)
