"""Which columns a post sees in a step and how wide they are, as the user has left them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from console.domain.errors import Refused
from console.domain.flow import Step
from console.kept import InTurn, kept, put_aside
from console.ui.edge import Reload
from console.ui.queue.columns import ALL, COLUMNS, Column

FILE = "columns.json"
_CALM_MS = 600  # a width on its way is not written step by step
_LEAST, _MOST = 24, 2000  # px at 100 %


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """`widths` are px at 100 % of the columns that were given one by hand."""

    columns: tuple[Column, ...]
    widths: Mapping[str, int] = field(default_factory=dict)

    def width(self, column: Column) -> int:
        """Its width, 0 where it shares what is left."""
        return self.widths.get(column.key, column.width)

    def widened(self, key: str, width: int) -> "ColumnSet":
        return replace(self, widths={**self.widths, key: max(_LEAST, min(width, _MOST))})

    def ordered(self, keys: Sequence[str]) -> "ColumnSet":
        return replace(self, columns=tuple(ALL[key] for key in keys))


class ColumnSets:
    """One small document in the data folder; a damaged one is put aside and told, and the usual sets hold."""

    def __init__(self, folder: Path, failed: Callable[[BaseException], None]) -> None:
        self._path = folder / FILE
        self._failed = failed
        self._sets: dict[str, ColumnSet] | None = None
        self._fresh = False
        self._turns = InTurn()
        self.saving = Reload(self._write, failed, wait_ms=_CALM_MS)

    def of(self, post: str, step: Step | None) -> ColumnSet:
        return self._read().get(_name(post, step)) or ColumnSet(COLUMNS[step])

    def put(self, post: str, step: Step | None, wanted: ColumnSet | None) -> None:
        """Remember a set, and keep it when the hand has let go; None: the usual one again."""
        sets = self._read()
        if wanted is None:
            sets.pop(_name(post, step), None)
        else:
            sets[_name(post, step)] = wanted
        self._fresh = True
        self.saving.wish()

    def close(self) -> None:
        """Keep at once what is not kept yet: the window is about to go."""
        if self._fresh:
            self._fresh = False
            try:
                self._turns.writing(self._path, self._document())()
            except Refused as problem:
                self._failed(problem)

    async def _write(self) -> None:
        import asyncio

        if self._fresh:
            self._fresh = False
            writing = self._turns.writing(self._path, self._document())
            try:
                await asyncio.get_running_loop().run_in_executor(None, writing)
            except Refused as problem:
                self._fresh = True  # tried again with the next change, or at the end
                self._failed(problem)

    def _document(self) -> dict[str, Any]:
        told = {
            name: {"columns": [one.key for one in own.columns], "widths": dict(own.widths)}
            for name, own in self._read().items()
        }
        return {"version": 1, "sets": told}

    def _read(self) -> dict[str, ColumnSet]:
        if self._sets is None:
            self._sets = {}
            try:
                document = kept(self._path)
                if document is not None:
                    self._sets = _understood(document, self._path)
            except Refused as problem:
                self._failed(problem)
        return self._sets


def _name(post: str, step: Step | None) -> str:
    return f"{post}/{step.value if step is not None else ''}"


def _understood(document: Any, path: Path) -> dict[str, ColumnSet]:
    try:
        if document["version"] != 1:
            raise ValueError(document["version"])
        return {str(name): _set(told) for name, told in document["sets"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise put_aside(path, repr(problem)) from problem


def _set(told: Any) -> ColumnSet:
    columns = tuple(ALL[key] for key in dict.fromkeys(told["columns"]))
    widths = {key: width for key, width in told["widths"].items() if key in ALL}
    if not columns or not all(type(one) is int and _LEAST <= one <= _MOST for one in widths.values()):
        raise ValueError(told)
    return ColumnSet(columns, widths)
