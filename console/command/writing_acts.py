"""An act that was done, written as a line of the command language that would do it again."""

from collections.abc import Iterator
from datetime import timedelta

from console.command.deeds import SAID
from console.command.lexicon import Kind, Lexicon
from console.command.periods import Today
from console.command.readings import Given
from console.command.tokens import quote
from console.command.verbs import VERBS
from console.domain.decision import Decision
from console.domain.operation import Operation
from console.i18n import language


def told_act(operation: Operation | Decision, given: Given, lexicon: Lexicon, today: Today) -> str:
    """The line, without the cases it was done to; empty where no line can say it.

    A day ahead is written as so many days from now: done again it means as much time.
    """
    verb = next((one for one in VERBS if one.operation is operation), None)
    if verb is None:
        return ""
    english = language() == "en"
    head = verb.english[0] if english else verb.chinese[0]
    return " ".join([head, *_facts(given, lexicon, today, english=english)])


def _facts(given: Given, lexicon: Lexicon, today: Today, *, english: bool) -> Iterator[str]:
    for code in (given.departments or given.units)[:1]:
        found = lexicon.named(Kind.DEPARTMENT, code)
        yield _one_word(found.name if found is not None else code)
    if given.class_key:
        case_class = lexicon.named(Kind.CLASS, given.class_key)
        yield _one_word(case_class.name if case_class is not None else given.class_key)
    if given.condition:
        yield f"condition{given.condition}" if english else f"条件{given.condition}"
    if given.level:
        yield f"level {given.level}" if english else f"{given.level}级"
    for value in (given.flag, given.result, given.satisfaction):
        if value is not None:
            yield _WORDS.get(value, str(value))
    if given.until is not None:
        days = max(1, (given.until.astimezone(today.zone).date() - today.day) // timedelta(days=1))
        yield f"{days}天后"
    if given.person:
        yield given.person
    if given.note:
        yield quote(given.note)


def _one_word(name: str) -> str:
    return name.partition("(")[0].partition("（")[0].replace(" ", "")


# The first word of the tables for each value.
_WORDS = {value: word for table in SAID for word, value in reversed(list(table.items()))}
