"""Words read as a filter: of the trade, of the city, spans and periods; what names nothing is looked for."""

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any

from console.command.accumulating import Said
from console.command.keyed import take_keyed
from console.command.lexicon import Found, Kind, Lexicon, Name
from console.command.periods import NAMED, Period, Today, looks_like_day, period
from console.command.spans import NUMBER, SPAN, number, span
from console.command.tokens import Token
from console.command.trade_words import (
    DOWN,
    DUE,
    ENDED,
    LATE,
    NEWER,
    OLDER,
    ORDERS,
    REPORTED,
    SHUT,
    SINCE,
    SOON,
    SORT,
    UNTIL,
    UP,
    Means,
)
from console.domain.errors import Refused
from console.domain.flow import Step
from console.domain.wanted import CaseFilter, Order
from console.i18n import language

_MOST_WORDS = 7  # in an English name
_TIMES = re.compile(rf"([<>≥]=?)? ?({NUMBER}) ?(?:倍|x|times)(?:以上)?")
_COMPARED = re.compile(rf"([<>≥≤])=? ?({SPAN})")
_OVER = re.compile(rf"({SPAN})(?:以上|前|之前)|(?:超过|多于)({SPAN})")
_WITHIN = re.compile(rf"(?:近|最近|过去)?({SPAN})(?:内|以内|之内)|(?:近|最近|过去)({SPAN})")
_RUNS_OUT = re.compile(rf"({SPAN})(?:内|以内|之内)?(?:到期|超期|要超期)")
_IS_LATE = Means("late", True)
_CELL = re.compile(r"\d{15}")
_ORDER_OF = {word: order for order, (zh, en) in ORDERS.items() for word in (*zh, *en)}

Take = Callable[[Said, Sequence[str], int], int]


def read_filter(words: Sequence[Token], lexicon: Lexicon, today: Today) -> CaseFilter:
    """The filter that the words say.

    Raises Refused: `command_ambiguous` with `candidates`, `command_twice`, `command_no_such`,
    `command_needs_span`, `command_bad_day`, `command_no_seat`.
    """
    said = Said(lexicon, today)
    at = 0
    while at < len(words):
        if words[at].key and take_keyed(said, words[at]):
            at += 1
        elif words[at].quoted:
            said.words.append(words[at].text)
            at += 1
        else:
            at += _take_run(said, _run(words, at))
    return said.wanted()


def named_by(word: Token, lexicon: Lexicon, today: Today) -> bool:
    """Whether a word means something by itself in a filter: it would not be looked for in texts."""
    said = Said(lexicon, today)
    try:
        take(said, [word.plain], 0)
    except Refused:
        return True
    return not said.words


def _run(words: Sequence[Token], at: int) -> list[Token]:
    """The words from here to the next that is quoted or has a key."""
    end = at
    while end < len(words) and not words[end].quoted and not (words[end].key and end > at):
        end += 1
    return list(words[at : max(end, at + 1)])


def _take_run(said: Said, run: Sequence[Token]) -> int:
    plain = [f"{one.key}:{one.plain}" if one.key else one.plain for one in run]
    taken = take(said, plain, 0)
    if said.words and taken == 1 and said.words[-1] == plain[0]:
        said.words[-1] = f"{run[0].key}:{run[0].text}" if run[0].key else run[0].text
    return taken


def take(said: Said, plain: Sequence[str], at: int) -> int:
    """Take what stands at the beginning of the words; so many of them it took."""
    for one in (_order, _late, _due, _older, _newer, _dated, _phrase, _spelt):
        taken = one(said, plain, at)
        if taken:
            return taken
    pieces = _pieces(plain[at], said.lexicon, said.today)
    if pieces:
        inner = 0
        while inner < len(pieces):
            inner += take(said, pieces, inner)
        return 1
    said.words.append(plain[at])
    return 1


def _order(said: Said, plain: Sequence[str], at: int) -> int:
    """按 上报 倒序, sort by reported desc, 按上报倒序."""
    taken = _starts(plain, at, SORT)
    if not taken:
        glued = next((mark for mark in ("按",) if plain[at].startswith(mark) and len(plain[at]) > 1), "")
        if not glued:
            return 0
        rest = plain[at][len(glued) :]
        way = next((one for one in (*DOWN, *UP) if rest.endswith(one)), "")
        order = _ORDER_OF.get(rest[: len(rest) - len(way)])
        if order is None:
            return 0
        after = 0 if way else _starts(plain, at + 1, (*DOWN, *UP))
        way = way or (" ".join(plain[at + 1 : at + 1 + after]))
        _sort(said, order, way)
        return 1 + after
    for words in range(min(2, len(plain) - at - taken), 0, -1):
        told = " ".join(plain[at + taken : at + taken + words])
        way = next((one for one in (*DOWN, *UP) if told.endswith(one) and told != one), "")
        order = _ORDER_OF.get(told[: len(told) - len(way)].strip())
        if order is not None:
            after = 0 if way else _starts(plain, at + taken + words, (*DOWN, *UP))
            way = way or " ".join(plain[at + taken + words : at + taken + words + after])
            _sort(said, order, way)
            return taken + words + after
    if plain[at] == "by" or at + taken >= len(plain):
        return 0
    word = plain[at + taken]
    raise Refused("command_no_such", field="order", word=word, candidates=_orders(word))


def _sort(said: Said, order: Order, way: str) -> None:
    said.put("order", order)
    said.put("descending", way in DOWN)


def _orders(word: str) -> tuple[str, ...]:
    """What can be sorted by, in the language in use; what looks most like the word first."""
    words = [en[0] if language() == "en" else zh[0] for zh, en in ORDERS.values()]
    return tuple(sorted(words, key=lambda one: SequenceMatcher(None, one, word).ratio(), reverse=True))


def _late(said: Said, plain: Sequence[str], at: int) -> int:
    """超期 2倍, late >2x, 2倍超期; late by a span is no filter."""
    word = plain[at]
    glued = next((one for one in sorted(LATE, key=len, reverse=True) if word.startswith(one)), "")
    if word in LATE:
        following = plain[at + 1] if at + 1 < len(plain) else ""
        two = f"{following}{plain[at + 2]}" if at + 2 < len(plain) and following else ""
        for told, taken in ((two, 3), (following, 2)):
            if told and _TIMES.fullmatch(told):
                return taken if _put_times(said, told) else 0
        if _COMPARED.fullmatch(following):
            raise Refused("command_late_by_span", word=following)
        return 0
    if glued and _TIMES.fullmatch(word[len(glued) :]):
        return 1 if _put_times(said, word[len(glued) :]) else 0
    ending = next((one for one in LATE if word.endswith(one)), "")
    if ending and _TIMES.fullmatch(word[: -len(ending)]):
        return 1 if _put_times(said, word[: -len(ending)]) else 0
    if _TIMES.fullmatch(word):
        after = 1 if at + 1 < len(plain) and plain[at + 1] in LATE else 0
        return 1 + after if _put_times(said, word) else 0
    return 0


def _put_times(said: Said, told: str) -> bool:
    found = _TIMES.fullmatch(told)
    times = number(found[2]) if found else None
    if found is None or times is None or times <= 0:
        return False
    if (found[1] or "").startswith("<"):
        raise Refused("command_no_such", field="late", word=told, candidates=())
    said.put("late_times", times)
    return True


def _due(said: Said, plain: Sequence[str], at: int) -> int:
    """到期 <2h, due in 2h, 2小时内到期; soon without a span is asked for one."""
    runs_out = _RUNS_OUT.fullmatch(plain[at])
    if runs_out:
        return _put_span(said, "due_within", runs_out[1], 1)
    for word in sorted(DUE, key=len, reverse=True):
        if plain[at].startswith(word) and not word.isascii() and len(plain[at]) > len(word):
            told = plain[at][len(word) :].lstrip("<≤= ")
            if span(told):
                return _put_span(said, "due_within", told, 1)
    taken = _starts(plain, at, DUE)
    if taken:
        for more in (2, 1):
            told = "".join(plain[at + taken : at + taken + more]).lstrip("<≤= ")
            if at + taken + more <= len(plain) and span(told):
                return _put_span(said, "due_within", told, taken + more)
        if taken == len(plain) - at or plain[at] == "due":
            raise Refused("command_needs_span", word=plain[at])
        return 0
    soon = _starts(plain, at, SOON)
    if soon:
        told = plain[at + soon].lstrip("<≤= ") if at + soon < len(plain) else ""
        if not span(told):
            raise Refused("command_needs_span", word=plain[at])
        return _put_span(said, "due_within", told, soon + 1)
    return 0


def _older(said: Said, plain: Sequence[str], at: int) -> int:
    return _aged(said, plain, at, "older_than", OLDER, ">≥", _OVER)


def _newer(said: Said, plain: Sequence[str], at: int) -> int:
    return _aged(said, plain, at, "newer_than", NEWER, "<≤", _WITHIN)


def _aged(
    said: Said,
    plain: Sequence[str],
    at: int,
    name: str,
    words: tuple[str, ...],
    marks: str,
    glued: re.Pattern[str],
) -> int:
    """>2h, 超过2小时, over 2h, 2小时以上; and the other way round."""
    for parts in (2, 1):
        compared = _COMPARED.fullmatch("".join(plain[at : at + parts])) if at + parts <= len(plain) else None
        if compared and compared[1] in marks:
            return _put_span(said, name, compared[2], parts)
    found = glued.fullmatch(plain[at])
    if found:
        return _put_span(said, name, found[1] or found[2], 1)
    taken = _starts(plain, at, words)
    for parts in (2, 1):
        told = "".join(plain[at + taken : at + taken + parts])
        if taken and at + taken + parts <= len(plain) and span(told):
            return _put_span(said, name, told, taken + parts)
    return 0


def _put_span(said: Said, name: str, told: str, taken: int) -> int:
    amount = span(told)
    if not amount:
        return 0
    said.put(name, amount)
    return taken


def _dated(said: Said, plain: Sequence[str], at: int) -> int:
    """今日, 11-20..11-27, 上报 今日, 今日上报, 自 11-20, since 11-20."""
    for which, words in (("reported", REPORTED), ("ended", ENDED)):
        taken = _starts(plain, at, words)
        if taken:
            found, more = _period_at(plain, at + taken, said.today)
            if found is not None and (which == "reported" or plain[at] not in SHUT):
                return _during(said, found, which, taken + more)
        for word in words:
            if plain[at].endswith(word) and len(plain[at]) > len(word) and not word.isascii():
                found, _more = _period_at([plain[at][: -len(word)]], 0, said.today)
                if found is not None:
                    return _during(said, found, which, 1)
    for ends, words in (("since", SINCE), ("until", UNTIL)):
        taken = _starts(plain, at, words)
        found, more = _period_at(plain, at + taken, said.today) if taken else (None, 0)
        if found is not None:
            one = Period(since=found.since) if ends == "since" else Period(until=found.until)
            before = said.period or Period()
            said.period = None
            said.during(Period(one.since or before.since, one.until or before.until))
            return taken + more
    found, more = _period_at(plain, at, said.today)
    if found is not None:
        after = at + more
        for which, words in (("reported", REPORTED), ("ended", ENDED)):
            taken = _starts(plain, after, words)
            if taken and plain[after] not in SHUT:
                return _during(said, found, which, more + taken)
        said.during(found)
        return more
    if looks_like_day(plain[at]) and not re.fullmatch(r"\d+[/.]\d+", plain[at]):
        raise Refused("command_bad_day", word=plain[at])
    return 0


def _during(said: Said, found: Period, which: str, taken: int) -> int:
    said.during(found, which)
    if which == "ended":
        said.fields.setdefault("step", Step.EVALUATION)
    return taken


def _period_at(plain: Sequence[str], at: int, today: Today) -> tuple[Period | None, int]:
    for parts in (3, 2, 1):
        if at + parts <= len(plain):
            told = (" " if plain[at].isascii() and plain[at].isalpha() else "").join(plain[at : at + parts])
            if parts == 1 or told in NAMED or ".." in told or "至" in told or "到" in told:
                found = period(told, today)
                if found is not None:
                    return found, parts
    return None, 0


def _phrase(said: Said, plain: Sequence[str], at: int) -> int:
    """The longest run of words that is called something."""
    for parts in range(min(_MOST_WORDS, len(plain) - at), 0, -1):
        told = " ".join(plain[at : at + parts])
        found = said.lexicon.exact(told)
        if found:
            _take_found(said, found, told)
            return parts
    if _CELL.fullmatch(plain[at]):
        said.put("cell", plain[at])
        return 1
    return 0


def _spelt(said: Said, plain: Sequence[str], at: int) -> int:
    found = said.lexicon.sounding(plain[at])
    if found == (_IS_LATE,):
        return _late(said, [LATE[0], *plain[at + 1 :]], 0) or _phrase(said, LATE, 0)
    if found:
        _take_found(said, found, plain[at])
        return 1
    return 0


def _take_found(said: Said, found: tuple[Found, ...], word: str) -> None:
    first = found[0]
    if len(found) > 1:
        words = [one for one in found if isinstance(one, Name) and one.kind is Kind.WORD]
        if len(words) < len(found):
            raise Refused("command_ambiguous", word=word, candidates=tuple(written(one) for one in found))
        first = words[0]
        if len(words) > 1 and {one.name for one in words} != {first.name}:
            raise Refused("command_ambiguous", word=word, candidates=tuple(one.name for one in words))
    if isinstance(first, Means):
        said.means(first)
    elif first.kind is Kind.WORD:
        said.words.append(first.name)
    else:
        said.put(first.kind.value, first.code)


def written(one: Found) -> str:
    """How what was found is written so that nothing else is meant."""
    if isinstance(one, Name):
        return one.name
    from console.command.writing import written_means

    return written_means(one)


def _starts(plain: Sequence[str], at: int, words: Sequence[str]) -> int:
    """How many words the longest of these phrases takes here, 0 where none stands."""
    for parts in (2, 1):
        if at + parts <= len(plain) and " ".join(plain[at : at + parts]) in words:
            return parts
    return 0


def _pieces(word: str, lexicon: Lexicon, today: Today) -> list[str]:
    """A word of Chinese without spaces as words that are all known; empty where it is not made of such."""
    if len(word) < 4 or word.isascii():
        return []
    return _split(word, lexicon, today) or []


def _split(word: str, lexicon: Lexicon, today: Today) -> list[str] | None:
    if not word:
        return []
    for end in range(len(word), 1, -1):
        piece = word[:end]
        if _stands_alone(piece, lexicon, today):
            rest = _split(word[end:], lexicon, today)
            if rest is not None:
                return [piece, *rest]
    return None


def _stands_alone(piece: str, lexicon: Lexicon, today: Today) -> bool:
    if lexicon.exact(piece):
        return True
    said = Said(lexicon, today)
    steps: tuple[Any, ...] = (_late, _due, _older, _newer, _dated)
    try:
        return any(one(said, [piece], 0) for one in steps)
    except Refused:
        return False
