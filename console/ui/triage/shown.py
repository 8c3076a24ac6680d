"""What triage shows of a case, in words."""

from dataclasses import dataclass

from console.domain.lamp import Lamp


@dataclass(frozen=True, slots=True)
class ShownCase:
    """`go` is what one key would do and to whom, empty where there is nothing by the city's lists.

    `facts` are names and values, `similar` ids and lines of cases that may be the same.
    """

    lamp: Lamp
    clock: str
    until: str
    class_name: str
    code: str
    others: str
    text: str
    facts: tuple[tuple[str, str], ...]
    similar: tuple[tuple[int, str], ...]
    go: str
    why_not: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Of this seat since triage was begun: done, so many an hour (0: not known yet), and what is left."""

    done: int = 0
    pace: int = 0
    left: int = 0
