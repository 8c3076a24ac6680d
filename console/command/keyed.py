"""What is said with its key, `部门:环卫` or `due:2h`: exact, and refused where unknown."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, get_args

from console.command.accumulating import Said
from console.command.lexicon import Kind
from console.command.periods import period
from console.command.spans import number, span
from console.command.tokens import Token
from console.command.trade_words import (
    ALL,
    DOWN,
    FLAGS,
    KEY_OF,
    LATE,
    OPEN,
    ORDERS,
    POSTS,
    REQUESTS,
    SOURCES,
    STATES,
    STEPS,
    UP,
)
from console.domain.area import read_area
from console.domain.errors import Refused
from console.domain.evaluation import COUNTS
from console.domain.wanted import Figure, Grouping

_NAMED = {
    "department": Kind.DEPARTMENT,
    "division": Kind.DIVISION,
    "street": Kind.STREET,
    "classes": Kind.CLASS,
}
_TOLD_AREA = re.compile(r"(^|;)[+-][cgp]")
_LISTED = 8  # candidates that a sentence has room for


def take_keyed(said: Said, token: Token) -> bool:
    """Take a word with its key; False where the key is none of ours. Raises Refused."""
    field = KEY_OF.get(token.key)
    if field is None:
        return False
    _TAKE[field](said, field, token)
    return True


def _choice(
    table: Mapping[Any, tuple[tuple[str, ...], tuple[str, ...]]],
) -> Callable[[Said, str, Token], None]:
    known = {word: value for value, (zh, en) in table.items() for word in (*zh, *en, value.value)}

    def take(said: Said, field: str, token: Token) -> None:
        said.put(field, _one_of(known, field, token.plain))

    return take


def _one_of(known: Mapping[str, Any], field: str, word: str) -> Any:
    if word not in known:
        raise _no_such(field, word, [one for one in known if word and word in one])
    return known[word]


def _no_such(field: str, word: str, candidates: list[str]) -> Refused:
    return Refused("command_no_such", field=field, word=word, candidates=tuple(candidates[:_LISTED]))


_STATE_OF = {word: state for state, (zh, en) in STATES.items() for word in (*zh, *en, state.value)}
_POST_OF = {word: post for post, (zh, en) in POSTS.items() for word in (*zh, *en, post.value)}
_ORDER_OF = {word: order for order, (zh, en) in ORDERS.items() for word in (*zh, *en, order.value)}


def _states(said: Said, field: str, token: Token) -> None:
    told = [_one_of(_STATE_OF, field, one.strip()) for one in re.split("[,,]", token.plain)]
    said.put(field, (*said.fields.pop(field, ()), *told))


def _posts(said: Said, field: str, token: Token) -> None:
    said.put(field, tuple(_one_of(_POST_OF, field, one.strip()) for one in re.split("[,,]", token.plain)))


def _scope(said: Said, field: str, token: Token) -> None:
    said.scope = _one_of(dict.fromkeys(OPEN, "open") | dict.fromkeys(ALL, "all"), field, token.plain)


def _late(said: Said, _field: str, token: Token) -> None:
    times = number(re.sub(r"^[>≥]=?|(倍|x|times)$", "", token.plain))
    if times is None:
        raise _no_such("late", token.text, [f"{LATE[0]}:2倍"])
    said.put("late_times", times)


def _span(said: Said, field: str, token: Token) -> None:
    amount = span(token.plain.lstrip("<>≤≥="))
    if amount is None:
        raise Refused("command_needs_span", word=f"{token.key}:")
    said.put(field, amount)


def _period(said: Said, field: str, token: Token) -> None:
    found = period(token.plain, said.today)
    if found is None:
        raise Refused("command_bad_day", word=token.text)
    said.during(found, field)


def _name(said: Said, field: str, token: Token) -> None:
    found = said.lexicon.within(_NAMED[field], token.text) if not token.quoted else ()
    exact = said.lexicon.named(_NAMED[field], token.text)
    if exact is not None or token.quoted:
        said.put(field, token.text)
    elif len(found) == 1:
        said.put(field, found[0].code)
    elif found:
        listed = tuple(one.name for one in found[:_LISTED])
        raise Refused("command_ambiguous", word=token.text, candidates=listed)
    elif field == "classes" and re.fullmatch(r"(event|part):?\d*", token.plain):
        said.put(field, token.plain)
    else:
        raise _no_such(field, token.text, [])


def _text(said: Said, field: str, token: Token) -> None:
    if field == "text":
        said.words.append(token.text)
    else:
        said.put(field, token.text)


def _within(said: Said, field: str, token: Token) -> None:
    """An area that was saved, by its name; or one told corner by corner, as it is written."""
    if _TOLD_AREA.search(token.text):
        said.put(field, read_area(token.text))
        return
    found = said.lexicon.within(Kind.AREA, token.text)
    exact = [one for one in found if one.name == token.text]
    if len(found) != 1 and len(exact) != 1:
        if found:
            listed = tuple(one.name for one in found[:_LISTED])
            raise Refused("command_ambiguous", word=token.text, candidates=listed)
        known = [one.name for one in said.lexicon.names if one.kind is Kind.AREA]
        raise _no_such(field, token.text, known)
    said.put(field, read_area((exact or found)[0].code))


def _order(said: Said, field: str, token: Token) -> None:
    word = token.plain
    way = next((one for one in (*DOWN, *UP) if word.endswith(one)), "")
    said.put(field, _one_of(_ORDER_OF, field, word[: len(word) - len(way)].strip()))
    said.put("descending", way in DOWN)


def _figure(said: Said, field: str, token: Token) -> None:
    """count/since/until/grouping/code."""
    parts = token.text.split("/", 4)
    groupings = {str(one): one for one in get_args(Grouping)}
    counts = {str(one): one for one in COUNTS}
    if len(parts) < 4 or parts[0] not in counts or parts[3] not in groupings:
        raise _no_such(field, token.text, list(counts))
    try:
        since, until = (datetime.fromisoformat(one) for one in parts[1:3])
    except ValueError as problem:
        raise Refused("command_bad_day", word=f"{parts[1]}/{parts[2]}") from problem
    code = parts[4] if len(parts) > 4 else None
    said.put(field, Figure(counts[parts[0]], since, until, groupings[parts[3]], code))


_TAKE: Mapping[str, Callable[[Said, str, Token], None]] = {
    "step": _choice(STEPS),
    "states": _states,
    "scope": _scope,
    "late": _late,
    "due_within": _span,
    "older_than": _span,
    "newer_than": _span,
    "reported": _period,
    "ended": _period,
    "department": _name,
    "division": _name,
    "street": _name,
    "responsibility_grid": _text,
    "cell": _text,
    "within": _within,
    "classes": _name,
    "source": _choice(SOURCES),
    "text": _text,
    "figure": _figure,
    "request": _choice(REQUESTS),
    "flag": _choice(FLAGS),
    "handler": _text,
    "posts": _posts,
    "order": _order,
}
