"""Texts as grams: of every letter, itself with what follows it, packed into one number that sorts like text.

A gram is a letter and the next one. Digits, Latin letters and signs are few and stand in almost every
text (a case code is thirteen of them), so they go on as long as more of them follow, up to four.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.storage.text.folded_codes import NO_LETTER, Codes, folded_codes
from console.storage.text.folding import folded

_NARROW = 0x80
_FIRST, _SECOND, _THIRD = 35, 14, 7  # bits after each letter of 21, 21, 7 and 7
_SHIFTS = (_FIRST, _SECOND, _THIRD, 0)
AROUND = 256  # an offset is told by its last eight bits


@dataclass(frozen=True, slots=True)
class Gram:
    """Letters `at` a place of a word, as the range of the grams that begin with them."""

    at: int
    span: int
    low: int
    high: int  # not in the range

    @property
    def exact(self) -> bool:
        return self.high == self.low + 1


@dataclass(frozen=True, slots=True)
class Found:
    """Every gram of many texts: sorted by gram, then text, then place."""

    grams: NDArray[np.int64]
    ordinals: NDArray[np.uint16]
    offsets: NDArray[np.uint8]


def grams_of(ordinals: Sequence[int], texts: Sequence[str]) -> Found:
    """The grams of the texts, each text with its ordinal; the ordinals rise."""
    said = NO_SIGN.join(texts) + NO_SIGN
    codes = folded_codes(np.frombuffer(said.encode("utf-32-le", "surrogatepass"), np.uint32))
    lengths = np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts))
    starts = np.cumsum(lengths) - lengths
    packed = _packed(codes)
    places = np.flatnonzero(codes != NO_LETTER)
    packed = packed[places]
    # Stable: what was in the order of texts and places stays so within each gram.
    order = np.argsort(packed, kind="stable")
    places = places[order]
    of_text = np.repeat(np.arange(len(texts), dtype=np.uint16), lengths)[places]
    offsets = (places - starts[of_text]) & (AROUND - 1)
    return Found(packed[order], np.asarray(ordinals, dtype=np.uint16)[of_text], offsets.astype(np.uint8))


NO_SIGN = "\0"  # no text of a case holds it, see console.domain.text


def asked(word: str) -> list[Gram]:
    """Grams that stand where `word` stands and nowhere else; the word is not empty and has no space.

    Several of them have to stand at their places beside each other.
    """
    letters = [ord(letter) for letter in folded(word)]
    every = [_gram(letters, at) for at in range(len(letters))]
    found: list[Gram] = []
    told = 0
    while told < len(letters):
        best = every[told]
        if best.at + best.span == len(letters):  # the last one: as much of the word as it can hold
            best = next(gram for gram in every if gram.at + gram.span == len(letters))
        found.append(best)
        told = best.at + best.span
    return found


def _gram(letters: Sequence[int], at: int) -> Gram:
    low = letters[at] << _FIRST
    most = len(_SHIFTS) if letters[at] < _NARROW else 2
    for number in range(1, most):
        if at + number == len(letters):  # what follows is not asked: all that begins like this
            return Gram(at, number, low, low + (1 << _SHIFTS[number - 1]))
        letter = letters[at + number]
        if letter >= _NARROW:
            if number == 1:
                return Gram(at, 2, low | letter << _SECOND, (low | letter << _SECOND) + 1)
            return Gram(at, number, low, low + 1)
        low |= letter << _SHIFTS[number]
    return Gram(at, most, low, low + 1)


def _packed(codes: Codes) -> NDArray[np.int64]:
    after = np.zeros(len(codes) + 3, np.int64)
    after[: len(codes)] = codes
    first, second, third, fourth = (after[number : number + len(codes)] for number in range(4))
    packed: NDArray[np.int64] = first << _FIRST | second << _SECOND
    going_on = (first < _NARROW) & (second < _NARROW) & (second > 0) & (third < _NARROW)
    packed |= np.where(going_on, third << _THIRD, 0)
    going_on &= (third > 0) & (fourth < _NARROW)
    packed |= np.where(going_on, fourth, 0)
    return packed
