"""The journal of a case as one story: what answers an act stands under it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from console.domain.actor import Post
from console.domain.case import Fact
from console.domain.operation import Operation
from console.domain.story import Line, story
from console.i18n import _
from console.words import OPERATIONS, POSTS, detail_words, span
from console.words.dates import moment_words
from console.words.evidence import evidence_words

NameOf = Callable[[str], str]


def fact_lines(facts: Sequence[Fact], zone: ZoneInfo, department: NameOf) -> Iterator[str]:
    """One line a fact: when, how long after the one before, what, who in which post, what was told.

    An answer comes right under its question, further in. `department` names one by its code.
    """
    lines = story(facts)
    times = [line.fact.at for line in lines]
    texts = {
        line.fact.number: _text(line, line.fact.at - before if before else None, zone, department)
        for line, before in zip(lines, (None, *times), strict=False)
    }
    under: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        under[line.answers].append(line)

    def told(number: int, depth: int) -> Iterator[str]:
        for line in under[number]:
            mark = "  " + "   " * (depth - 1) + "└ " if depth else ""
            yield f"  {mark}{texts[line.fact.number]}"
            yield from told(line.fact.number, depth + 1)

    return told(0, 0)


def _text(line: Line, took: timedelta | None, zone: ZoneInfo, department: NameOf) -> str:
    fact = line.fact
    words = [
        moment_words(fact.at, zone, seconds=True),
        f"+{span(took.total_seconds())}" if took is not None else "",
        _(OPERATIONS[fact.operation]),
        _("超期") if line.late else "",
        *_said(fact, zone, department),
        f"[{_('已撤销')}]" if line.undone_by else "",
    ]
    return "  ".join(filter(None, words))


def _said(fact: Fact, zone: ZoneInfo, department: NameOf) -> Iterator[str]:
    yield _("{name}({more})").format(name=fact.by, more=_(POSTS[Post(fact.post)])) if fact.post else fact.by
    yield from detail_words(fact, zone, department)
    if fact.operation is Operation.UNDO and fact.note in set(Operation):
        yield _(OPERATIONS[Operation(fact.note)])  # journals begun before 0.2 note it so
    else:
        yield fact.note
    for item in fact.evidence:
        yield f"[{evidence_words(item)}]"
