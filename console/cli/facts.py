"""The journal of a case as one story: what answers an act stands under it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from console.domain.actor import Post
from console.domain.case import Fact
from console.domain.operation import OUTSIDE, Operation
from console.domain.story import Line, story
from console.i18n import _
from console.words import OPERATIONS, POSTS, detail_words, span
from console.words.evidence import evidence_words

NameOf = Callable[[str], str]


def fact_lines(facts: Sequence[Fact], zone: ZoneInfo, department: NameOf) -> Iterator[str]:
    """One line a fact: when, how long after the one before, what, who in which post, what was told.

    An answer comes right under its question, further in. `department` names one by its code.
    """
    texts = _texts(facts, zone, department)
    under: dict[int, list[Line]] = defaultdict(list)
    for line in story(facts):
        under[line.answers].append(line)

    def told(number: int, depth: int) -> Iterator[str]:
        for line in under[number]:
            mark = "  " + "   " * (depth - 1) + "└ " if depth else ""
            undone = f"  [{_('已撤销')}]" if line.undone_by else ""
            yield f"  {mark}{texts[line.fact.number]}{undone}"
            yield from told(line.fact.number, depth + 1)

    return told(0, 0)


def _texts(facts: Sequence[Fact], zone: ZoneInfo, department: NameOf) -> Mapping[int, str]:
    """The line of each fact by its number; how long it took and whether it was late go by the order."""
    texts: dict[int, str] = {}
    last: datetime | None = None
    due: datetime | None = None
    for fact in facts:
        took = f"  +{span((fact.at - last).total_seconds())}" if last is not None else ""
        moved = "state" in fact.changes and fact.operation not in OUTSIDE
        late = f"  {_('超期')}" if moved and due is not None and fact.at > due else ""
        head = f"{fact.at.astimezone(zone):%Y-%m-%d %H:%M:%S}{took}  {_(OPERATIONS[fact.operation])}"
        texts[fact.number] = "  ".join(filter(None, (f"{head}{late}", *_said(fact, zone, department))))
        last, due = fact.at, fact.changes.get("current_due_at", due)
    return texts


def _said(fact: Fact, zone: ZoneInfo, department: NameOf) -> Iterator[str]:
    yield f"{fact.by}({_(POSTS[Post(fact.post)])})" if fact.post else fact.by
    yield from detail_words(fact, zone, department)
    if fact.operation is Operation.UNDO and fact.note in set(Operation):
        yield _(OPERATIONS[Operation(fact.note)])  # journals begun before 0.2 note it so
    else:
        yield fact.note
    for item in fact.evidence:
        yield f"[{evidence_words(item)}]"
