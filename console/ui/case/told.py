"""The facts of a case as lines to read: who in which post, when, how long, late or not, what was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from console.domain.actor import Post
from console.domain.case import CheckResult, Fact, Flag, Satisfaction
from console.domain.operation import Operation
from console.domain.story import story
from console.i18n import _, named
from console.words import CHECK_RESULTS, FLAGS, OPERATIONS, POSTS, SATISFACTIONS, clock_time, span
from console.words.dates import day_words

if TYPE_CHECKING:
    from console.queries.case import CaseCard

_WORTH_TELLING_S = 60
_LONGEST_NOTE = 2000  # of a note that may hold 100 kB: the rest is in `cases show`
_TAKES_BACK = frozenset({Operation.UNDO, Operation.COUNTER})


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One fact; `answers` is the place of the line it is the other half of, -1 where there is none."""

    head: str
    took: str
    under: str
    late: bool
    undone: bool
    answers: int


def told_lines(card: "CaseCard", now: datetime) -> list[ToldLine]:
    """The facts in their order, each with its counterpart."""
    zone = ZoneInfo(card.timezone)
    lines = story(card.facts)
    places = {line.fact.number: at for at, line in enumerate(lines)}
    found = []
    last: datetime | None = None
    for line in lines:
        fact = line.fact
        late = line.late and not line.undone_by
        passed = 0.0 if last is None else (fact.at - last).total_seconds()
        took = f"+{span(passed)}" if passed >= _WORTH_TELLING_S else ""
        found.append(
            ToldLine(
                head=f"{clock_time(fact.at, zone, now)}  {_word(fact)}  {_who(fact)}",
                took=" ".join(filter(None, (took, _("超期") if late else ""))),
                under="\n".join(filter(None, (_details(fact, card, zone), fact.note[:_LONGEST_NOTE]))),
                late=late,
                undone=bool(line.undone_by),
                answers=places.get(line.answers, -1) if line.answers else -1,
            )
        )
        last = fact.at
    return found


def _word(fact: Fact) -> str:
    word = _(OPERATIONS[fact.operation])
    if fact.operation not in _TAKES_BACK:
        return word
    told = fact.details.get("operation", fact.note)  # older journals name it in the note
    return f"{word} {_(OPERATIONS[Operation(told)])}" if told in set(Operation) else word


def _who(fact: Fact) -> str:
    post = _(POSTS[Post(fact.post)]) if fact.post in set(Post) else ""
    return fact.by if not post or post in fact.by else _("{name}({more})").format(name=fact.by, more=post)


def _details(fact: Fact, card: "CaseCard", zone: ZoneInfo) -> str:
    told: Mapping[str, Any] = fact.details
    if fact.operation in _TAKES_BACK:
        return ""
    department = told.get("department") or fact.changes.get("department") or ""
    unit = fact.changes.get("unit") or ""
    helpers = fact.changes.get("assisting") or ()
    words = [
        _("→ {name}").format(name=_named(unit or department, card)) if unit or department else "",
        _("属地兜底") if told.get("territory") else "",
        _("协办 {names}").format(names=_("、").join(_named(one, card) for one in helpers)) if helpers else "",
        _("{level} 级").format(level=told["level"]) if "level" in told else "",
        _(CHECK_RESULTS[CheckResult(told["result"])]) if "result" in told else "",
        _(SATISFACTIONS[Satisfaction(told["satisfaction"])]) if "satisfaction" in told else "",
        _(FLAGS[Flag(told["flag"])]) if "flag" in told else "",
        str(told.get("person", "")),
        _("至 {time}").format(time=_day(told["until"], zone)) if "until" in told else "",
        str(told.get("other", "")),
        _("{count} 件附件").format(count=len(fact.evidence)) if fact.evidence else "",
    ]
    return " · ".join(filter(None, words)) if fact.operation is not Operation.REGISTER else words[-1]


def _named(code: str, card: "CaseCard") -> str:
    if card.department is not None and card.department.code == code:
        return named(card.department.name, card.department.name_en)
    return named(*card.names.get(code, (code, "")))


def _day(moment: str, zone: ZoneInfo) -> str:
    return day_words(datetime.fromisoformat(moment).astimezone(zone))
