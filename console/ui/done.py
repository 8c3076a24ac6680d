"""What this seat did and may want to take back: the last acts, single or in bulk, newest last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from console.domain.case import Case

MOST = 50


@dataclass(frozen=True, slots=True)
class Done:
    """One act on one case or many, by its Chinese name: by code the version each of them had after it.

    `steps` are the acts that were done to each in one go.
    """

    words: str
    versions: Mapping[str, int]
    steps: int = 1


class Memory:
    """The acts of one seat since the window was opened; what was taken back is forgotten."""

    def __init__(self) -> None:
        self._acts: list[Done] = []

    @property
    def last(self) -> Done | None:
        return self._acts[-1] if self._acts else None

    def add(self, words: str, cases: Iterable[Case], steps: int = 1) -> Done:
        """Remember what was just done."""
        done = Done(words, {case.code: case.version for case in cases}, steps)
        self._acts = [*self._acts[-MOST + 1 :], done]
        return done

    def forget_last(self) -> None:
        self._acts = self._acts[:-1]

    def took_back(self, done: Done, cases: Iterable[Case]) -> None:
        """`done` was taken back; the acts before it on the same cases go on from where that left them."""
        self._acts = [act for act in self._acts if act is not done]
        after = {case.code: case.version for case in cases}
        self._acts = [
            replace(act, versions={code: _moved(code, at, done, after) for code, at in act.versions.items()})
            for act in self._acts
        ]


def _moved(code: str, version: int, done: Done, after: Mapping[str, int]) -> int:
    """Only where nothing else happened between the two acts is the earlier one the last again."""
    follows = done.versions.get(code) == version + done.steps
    return after.get(code, version) if follows else version
