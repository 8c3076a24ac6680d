"""A line read: as a case's code or a row, then as a move in the window, as an act, and last as a filter."""

import re
from collections.abc import Sequence
from datetime import datetime

from console.command.deeds import read_deed
from console.command.filters import read_filter
from console.command.lexicon import Lexicon
from console.command.periods import Today
from console.command.readings import Acting, Empty, Filtering, Going, Reading, Turning, Unread
from console.command.targets import case_code, rows
from console.command.tokens import Token, quote, tokens
from console.command.verbs import VERB_OF, Verb, spelt_verbs
from console.domain.errors import Refused

_MOST_VERB_WORDS = 3
_BEFORE_ROWS = re.compile(r"^(.*?)([\d,、,-]*)$")  # what is written together, and the numbers behind it


def read(text: str, lexicon: Lexicon, now: datetime) -> Reading:
    """What the line means in this city at this moment; an act only where nothing else can be meant."""
    words = tokens(text)
    today = Today.at(now, lexicon.zone)
    if not words:
        return Empty()
    try:
        return (
            _going(words, today)
            or _turning(words, lexicon)
            or _acting(words, lexicon, today)
            or Filtering(read_filter(words, lexicon, today))
        )
    except Refused as problem:
        return Unread(problem, _instead(words, problem, lexicon, today))


def _going(words: Sequence[Token], today: Today) -> Reading | None:
    if len(words) != 1 or words[0].quoted or words[0].key:
        return None
    code = case_code(words[0].plain, today.day)
    if code:
        return Going(code=code)
    numbers = rows(words[0].plain) if words[0].plain.isdigit() or words[0].plain.startswith("第") else ()
    return Going(row=numbers[0]) if len(numbers) == 1 else None


def _turning(words: Sequence[Token], lexicon: Lexicon) -> Reading | None:
    """The window's actions by their own words, whole."""
    if any(one.quoted or one.key for one in words):
        return None
    action = lexicon.turning(" ".join(one.plain for one in words))
    return Turning(action) if action and _verb(words)[0] is None and not _is_spelt_verb(words) else None


def _acting(words: Sequence[Token], lexicon: Lexicon, today: Today) -> Reading | None:
    verb, taken = _verb(words)
    if verb is not None:
        return read_deed(verb, words[taken:], lexicon, today)
    glued = _glued(words, lexicon, today)
    if glued is not None:
        return glued
    if words[0].quoted or words[0].key or lexicon.exact(words[0].plain):
        return None
    return _spelt(words, lexicon, today)


def _spelt(words: Sequence[Token], lexicon: Lexicon, today: Today) -> Acting | None:
    """A verb by its sounds: an act where it is the only one, and what is behind it speaks for no filter."""
    verbs = spelt_verbs(words[0].plain)
    if not verbs:
        return None
    others = lexicon.sounding(words[0].plain)
    if len(verbs) == 1 and not others:
        return read_deed(verbs[0], words[1:], lexicon, today)
    readable = [one for one in verbs if _reads(one, words[1:], lexicon, today)]
    if not readable:
        return None  # nothing that could be done: then the word is looked for
    if len(readable) == 1 and len(words) > 1:
        deed = read_deed(readable[0], words[1:], lexicon, today)
        if not deed.lacks and not deed.given.note and (not others or _leaves_words(words, lexicon, today)):
            return deed
    names = tuple(one.chinese[0] for one in readable)
    raise Refused("command_verb_or_word", word=words[0].text, candidates=names)


def _leaves_words(words: Sequence[Token], lexicon: Lexicon, today: Today) -> bool:
    """Whether a filter of these words would have to look for some of them in texts."""
    try:
        return bool(read_filter(words, lexicon, today).text)
    except Refused:
        return True


def _is_spelt_verb(words: Sequence[Token]) -> bool:
    return len(words) == 1 and bool(spelt_verbs(words[0].plain))


def _verb(words: Sequence[Token]) -> tuple[Verb | None, int]:
    """The verb that the line begins with, the longest."""
    for parts in range(min(_MOST_VERB_WORDS, len(words)), 0, -1):
        if any(one.quoted or one.key for one in words[:parts]):
            continue
        verb = VERB_OF.get(" ".join(one.plain for one in words[:parts]))
        if verb is not None:
            return verb, parts
    return None, 0


def _glued(words: Sequence[Token], lexicon: Lexicon, today: Today) -> Acting | None:
    """派环卫3, 受理3-5: written together, an act only where all of it is understood without free words."""
    first = words[0]
    if first.quoted or first.key or first.plain.isascii() or lexicon.exact(first.plain):
        return None
    for verb_word in sorted(VERB_OF, key=len, reverse=True):
        if not first.plain.startswith(verb_word) or verb_word.isascii():
            continue
        rest = first.text[len(verb_word) :]
        behind = tokens(_BEFORE_ROWS.sub(r"\1 \2", rest))
        try:
            found = read_deed(VERB_OF[verb_word], [*behind, *words[1:]], lexicon, today)
        except Refused:
            continue
        if not found.lacks and not found.given.note:
            return found
    return None


def _reads(verb: Verb, words: Sequence[Token], lexicon: Lexicon, today: Today) -> bool:
    try:
        read_deed(verb, words, lexicon, today)
    except Refused:
        return False
    return True


def _instead(words: Sequence[Token], problem: Refused, lexicon: Lexicon, today: Today) -> tuple[str, ...]:
    """Lines that would be read, made of what was typed."""
    text = " ".join(f"{one.key}:{one.text}" if one.key else one.text for one in words)
    found: list[str] = []
    word = str(problem.facts.get("word", ""))
    candidates = problem.facts.get("candidates", ())
    if word and isinstance(candidates, tuple):
        found += [text.replace(word, _spoken(one), 1) for one in candidates]
    verb, taken = _verb(words)
    if problem.code == "command_reason_or_filter" or (problem.code == "command_reason_ends" and verb):
        behind = " ".join(one.text for one in words[taken:])
        head = " ".join(one.text for one in words[:taken])
        found.append(f"{head} {quote(behind)}")
        if problem.code == "command_reason_ends":
            found.append(f"{head} {words[-1].text} {' '.join(one.text for one in words[taken:-1])}")
    if problem.code == "command_rest" and verb is not None:
        found += _as_filter(words, taken, lexicon, today)
        found.append(" ".join(one.text for one in words[:taken]))
    if problem.code == "command_needs_span":
        found += [f"{text} {span}" for span in ("1h", "2h", "4h")]
    if problem.code == "command_late_by_span":
        found += [text.replace(word, "2倍"), text.replace(word, "").strip()]
    found.append(quote(text))
    return tuple(dict.fromkeys(one for one in found if one.strip()))


def _as_filter(words: Sequence[Token], taken: int, lexicon: Lexicon, today: Today) -> list[str]:
    """The words behind the verb first: 结案 今日 is meant as 今日 结案."""
    turned = [*words[taken:], *words[:taken]]
    try:
        read_filter(turned, lexicon, today)
    except Refused:
        return []
    return [" ".join(one.text for one in turned)]


def _spoken(candidate: str) -> str:
    return quote(candidate) if " " in candidate else candidate
