"""A macro that its owner lets all seats run and copy; it stays his to change."""

from dataclasses import dataclass

MOST, MOST_LINES, LONGEST_NAME, LONGEST_LINE = 40, 20, 24, 400  # so many of one owner


@dataclass(frozen=True, slots=True)
class SharedMacro:
    """`owner` is a name of the staff; `lines` are lines of the command language."""

    id: int
    owner: str
    name: str
    lines: tuple[str, ...]
