"""Words read as an act: the verb, the cases, and what the act is told; in doubt it is none."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from console.command.filters import named_by
from console.command.lexicon import Kind, Lexicon, Name
from console.command.periods import Today, coming_day, looks_like_day
from console.command.readings import Acting, Given, Target
from console.command.spans import number
from console.command.targets import take_target
from console.command.tokens import Token
from console.command.verbs import Take, Verb
from console.domain.case import CheckResult, Flag, Satisfaction
from console.domain.errors import Refused
from console.domain.flow import Need

_TO = ("到", "至", "until", "till", "to")
_GLUED_TO = re.compile(r"(?:到|至)(.+)")
_LEVEL = re.compile(r"([1-3一二三]) ?级|(?:level|l) ?([1-3])")
_CONDITION = re.compile(r"(?:条件|condition) ?(\d{1,2})|第? ?(\d{1,2}) ?款")
_MARKS: Mapping[str, Flag] = {
    "紧急": Flag.URGENT, "urgent": Flag.URGENT, "典型": Flag.TYPICAL, "typical": Flag.TYPICAL,
}  # fmt: skip
_FOUND: Mapping[str, CheckResult] = {
    "存在": CheckResult.EXISTS, "问题存在": CheckResult.EXISTS, "属实": CheckResult.EXISTS,
    "exists": CheckResult.EXISTS, "不存在": CheckResult.ABSENT, "问题不存在": CheckResult.ABSENT,
    "不属实": CheckResult.ABSENT, "absent": CheckResult.ABSENT, "无法核实": CheckResult.UNCLEAR,
    "unclear": CheckResult.UNCLEAR,
}  # fmt: skip
_OUTCOMES: Mapping[str, CheckResult] = {
    "合格": CheckResult.PASSED, "passed": CheckResult.PASSED, "不合格": CheckResult.FAILED,
    "failed": CheckResult.FAILED,
}  # fmt: skip
_SATISFACTIONS: Mapping[str, Satisfaction] = {
    "非常满意": Satisfaction.VERY, "very satisfied": Satisfaction.VERY, "满意": Satisfaction.SATISFIED,
    "satisfied": Satisfaction.SATISFIED, "不满意": Satisfaction.NOT_SATISFIED,
    "not satisfied": Satisfaction.NOT_SATISFIED,
}  # fmt: skip
SAID: tuple[Mapping[str, Any], ...] = (_MARKS, _FOUND, _OUTCOMES, _SATISFACTIONS)
_LISTED = 8
_MOST_WORDS = 6
_DEPARTMENT_WORDS = ("给", "到", "至", "往", "to")


@dataclass
class _Deed:
    """An act while its line is read: what is left to be understood of it."""

    verb: Verb
    lexicon: Lexicon
    today: Today
    left: list[Token]
    given: Given


def read_deed(verb: Verb, words: Sequence[Token], lexicon: Lexicon, today: Today) -> Acting:
    """The act of the verb with these words behind it.

    Raises Refused: `command_rest` where words are left over, `command_unknown_department`,
    `command_unknown_person`, `command_ambiguous`, `command_reason_or_filter`, `command_reason_ends`,
    `command_bad_rows`, `command_bad_day`.
    """
    note = [one for one in words if one.quoted and not one.key] if Take.NOTE in verb.takes else []
    words = [one for one in words if one not in note]
    first, left = take_target(words, today.day)
    if Take.REASON in verb.takes and left and first.rows and _ends_with_rows(words, left):
        raise Refused("command_reason_ends", word=words[-1].text)
    deed = _Deed(verb, lexicon, today, left, Given(note=" ".join(one.text for one in note)))
    if Take.OTHER_CASE in verb.takes:
        first = _other(deed, first)
    for take in verb.takes:
        _TAKES[take](deed)
    if deed.left:
        raise Refused("command_rest", words=" ".join(one.text for one in deed.left))
    return Acting(verb.operation, deed.given, first, _lacks(verb, deed.given))


def _ends_with_rows(words: Sequence[Token], left: Sequence[Token]) -> bool:
    """Free words and then a number: of a row, or of what the words speak of."""
    return words[-1] is not left[-1] and words[-1].plain[:1].isdigit() and words[-1] not in left


def _lacks(verb: Verb, given: Given) -> tuple[Need, ...]:
    told = {
        Need.CONDITION: given.condition,
        Need.DEPARTMENT: given.departments,
        Need.UNIT: given.units,
        Need.REASON: given.note,
        Need.UNTIL: given.until,
        Need.RESULT: given.result,
        Need.LEVEL: given.level,
        Need.FLAG: given.flag,
        Need.PERSON: given.person,
        Need.OTHER_CASE: given.other,
        Need.SATISFACTION: given.satisfaction,
    }
    needs = set(verb.needs)
    if given.class_key:
        needs.add(Need.CONDITION)
    return tuple(need for need in Need if need in needs and not told.get(need))


def _other(deed: _Deed, target: Target) -> Target:
    """The last code told is the case to merge into."""
    if not target.codes:
        return target
    deed.given = replace(deed.given, other=target.codes[-1])
    return replace(target, codes=target.codes[:-1])


def _department(deed: _Deed) -> None:
    found = _departments(deed)
    deed.given = replace(deed.given, departments=found)


def _departments(deed: _Deed) -> tuple[str, ...]:
    """The codes of those that may be meant; none where none is told."""
    words = deed.left
    while words and words[0].plain in _DEPARTMENT_WORDS and not words[0].quoted:
        words = words[1:]
    plain = [one for one in words if not one.quoted]
    if not plain:
        deed.left = words
        return ()
    for parts in range(min(_MOST_WORDS, len(plain)), 0, -1):
        found = deed.lexicon.within(Kind.DEPARTMENT, " ".join(one.text for one in plain[:parts]))
        if found:
            _distinct_places(" ".join(one.text for one in plain[:parts]), found)
            deed.left = words[parts:]
            return tuple(one.code for one in found)
    raise Refused("command_unknown_department", word=plain[0].text)


def _distinct_places(word: str, found: Sequence[Name]) -> None:
    """Of several departments each must serve another area: then the case's own tells which is meant."""
    places = [one.division for one in found]
    if len(set(places)) < len(places) or (len(places) > 1 and "" in places):
        listed = tuple(one.name for one in found[:_LISTED])
        raise Refused("command_ambiguous", word=word, candidates=listed)


def _unit(deed: _Deed) -> None:
    deed.given = replace(deed.given, units=_departments(deed))


def _reason(deed: _Deed) -> None:
    """All the words that are left, unless every one of them would also look for cases."""
    left, deed.left = deed.left, []
    if not left:
        return
    if not any(one.quoted for one in left) and all(named_by(one, deed.lexicon, deed.today) for one in left):
        raise Refused("command_reason_or_filter", words=" ".join(one.text for one in left))
    deed.given = replace(
        deed.given, note=" ".join(f"{one.key}:{one.text}" if one.key else one.text for one in left)
    )


def _taken(_deed: _Deed) -> None:
    """Quoted words and the code of another case were taken before."""


def _until(deed: _Deed) -> None:
    for at, word in enumerate(deed.left):
        glued = _GLUED_TO.fullmatch(word.plain)
        if word.plain in _TO and at + 1 < len(deed.left):
            told, taken = deed.left[at + 1].plain, 2
        elif glued:
            told, taken = glued[1], 1
        else:
            told, taken = word.plain, 1
        day = coming_day(told, deed.today)
        if day is not None:
            end = datetime.combine(day, time(23, 59), deed.today.zone)
            deed.given = replace(deed.given, until=end)
            deed.left = [*deed.left[:at], *deed.left[at + taken :]]
            return
        if looks_like_day(told):
            raise Refused("command_bad_day", word=told)


def _level(deed: _Deed) -> None:
    taken = _matching(deed, _LEVEL)
    if taken:
        level = number(taken[1] or taken[2])
        deed.given = replace(deed.given, level=int(level or 0))


def _condition(deed: _Deed) -> None:
    """条件2 of the case's own class, or of the class that is told."""
    taken = _matching(deed, _CONDITION)
    if taken:
        deed.given = replace(deed.given, condition=int(taken[1] or taken[2]))
    for parts in range(min(_MOST_WORDS, len(deed.left)), 0, -1):
        told = " ".join(one.text for one in deed.left[:parts])
        found = [one for one in deed.lexicon.within(Kind.CLASS, told) if deed.lexicon.exact(told)]
        if len(found) == 1:
            deed.given = replace(deed.given, class_key=found[0].code)
            deed.left = deed.left[parts:]
            return


def _matching(deed: _Deed, pattern: re.Pattern[str]) -> re.Match[str] | None:
    for parts in (2, 1):
        for at in range(len(deed.left) - parts + 1):
            found = pattern.fullmatch(" ".join(one.plain for one in deed.left[at : at + parts]))
            if found:
                deed.left = [*deed.left[:at], *deed.left[at + parts :]]
                return found
    return None


def _one_of(field: str, known: Mapping[str, Any]) -> Callable[[_Deed], None]:
    def take(deed: _Deed) -> None:
        for parts in (2, 1):
            told = " ".join(one.plain for one in deed.left[:parts])
            if told in known and parts <= len(deed.left):
                deed.given = replace(deed.given, **{field: known[told]})
                deed.left = deed.left[parts:]
                return

    return take


def _person(deed: _Deed) -> None:
    words = deed.left[1:] if deed.left and deed.left[0].plain in _DEPARTMENT_WORDS else deed.left
    if not words or words[0].quoted:
        return
    found = deed.lexicon.within(Kind.PERSON, words[0].text)
    if not found:
        raise Refused("command_unknown_person", word=words[0].text)
    if len(found) > 1:
        raise Refused(
            "command_ambiguous", word=words[0].text, candidates=tuple(one.name for one in found[:_LISTED])
        )
    deed.given = replace(deed.given, person=found[0].code)
    deed.left = words[1:]


_TAKES: Mapping[Take, Callable[[_Deed], None]] = {
    Take.DEPARTMENT: _department,
    Take.UNIT: _unit,
    Take.CONDITION: _condition,
    Take.REASON: _reason,
    Take.NOTE: _taken,
    Take.UNTIL: _until,
    Take.LEVEL: _level,
    Take.MARK: _one_of("flag", _MARKS),
    Take.FOUND: _one_of("result", _FOUND),
    Take.OUTCOME: _one_of("result", _OUTCOMES),
    Take.SATISFACTION: _one_of("satisfaction", _SATISFACTIONS),
    Take.PERSON: _person,
    Take.OTHER_CASE: _taken,
}
