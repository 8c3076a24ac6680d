"""What a line may be completed by: its kind, the whole line with it, and whether that can be followed."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What a completion is."""

    VERB = "verb"
    WINDOW = "window"
    CLASS = "class"
    DEPARTMENT = "department"
    DIVISION = "division"
    STREET = "street"
    ROAD = "road"
    PERSON = "person"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Completion:
    """`line` is the whole line with it, `words` what is shown; `name` of an action of the window or a verb.

    `whole`: it is a line that can be followed at once.
    """

    part: Part
    line: str
    words: str
    name: str = ""
    whole: bool = False
