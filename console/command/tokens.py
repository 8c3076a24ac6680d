"""A line taken apart into words: by spaces, with quotes for what is meant word for word, and `key:value`."""

import re
import unicodedata
from dataclasses import dataclass

_OPENING = {'"': '"', "“": "”", "「": "」"}
_KEY = re.compile(r"([^\W\d_]+(?: ?[^\W\d_]+)*)[::](.*)", re.DOTALL)
_PUNCTUATION = ",,;;。"  # between words of Chinese, where others put a space


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `plain` is what it is compared by; `quoted` words mean nothing but themselves.

    `key` is what stood before a colon, `text` then what stood behind it.
    """

    text: str
    quoted: bool = False
    key: str = ""

    @property
    def plain(self) -> str:
        return folded(self.text)


def folded(text: str) -> str:
    """A text as words are compared: half width, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(line: str) -> list[Token]:
    """The words of a line in their order."""
    found: list[Token] = []
    at = 0
    while at < len(line):
        if line[at].isspace() or line[at] in _PUNCTUATION:
            at += 1
            continue
        if line[at] in _OPENING:
            text, at = _quoted(line, at)
            found.append(Token(text, quoted=True))
            continue
        start = at
        while at < len(line) and not line[at].isspace() and not _ends(line, at, start):
            if line[at] in "::" and at + 1 < len(line) and line[at + 1] in _OPENING:
                break
            at += 1
        word = line[start:at]
        if at < len(line) and line[at] in "::" and at + 1 < len(line) and line[at + 1] in _OPENING:
            text, at = _quoted(line, at + 1)
            found.append(Token(text, quoted=True, key=folded(word)))
            continue
        told = _KEY.fullmatch(word)
        found.append(Token(told[2], key=folded(told[1])) if told else Token(word))
    return found


def quote(text: str) -> str:
    """A text written so that it is read as itself."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _ends(line: str, at: int, start: int) -> bool:
    """Whether a word ends here: at a stop, and at a quote that opens another; 3,5 is one word."""
    if line[at] in _OPENING:
        return at > start
    if line[at] not in _PUNCTUATION:
        return False
    digits = at > start and line[at - 1].isdigit() and at + 1 < len(line) and line[at + 1].isdigit()
    return not digits and not _in_key(line, start, at)


def _in_key(line: str, start: int, at: int) -> bool:
    """The values of a key may be a list."""
    return line[at] in ",," and any(mark in line[start:at] for mark in "::")


def _quoted(line: str, at: int) -> tuple[str, int]:
    """The text from the quote at `at` to its end, or to the end of the line, and where it goes on."""
    closing = _OPENING[line[at]]
    text: list[str] = []
    at += 1
    while at < len(line) and line[at] != closing:
        if line[at] == "\\" and at + 1 < len(line) and line[at + 1] in '\\"':
            at += 1
        text.append(line[at])
        at += 1
    return "".join(text), at + 1
