"""Where a window comes to stand on the screens that are there, wherever it stood when it was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

LEAST_WIDTH, LEAST_HEIGHT = 320, 240
_MOST = 100_000  # pixels no screen has


class Shown(StrEnum):
    """How a window is shown."""

    NORMAL = "normal"
    MAXIMISED = "maximised"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int

    def holds(self, other: "Box") -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen: the name it has from the system, and the room on it that windows may take."""

    name: str
    room: Box


@dataclass(frozen=True, slots=True)
class Place:
    """Where a window stood: the screen by name and size, and the window in it, from its corner."""

    screen: str
    screen_width: int
    screen_height: int
    box: Box
    shown: Shown = Shown.NORMAL

    def __post_init__(self) -> None:
        if not (0 < self.screen_width < _MOST and 0 < self.screen_height < _MOST):
            raise ValueError(f"no screen: {self.screen_width} x {self.screen_height}")
        if not (0 < self.box.width < _MOST and 0 < self.box.height < _MOST):
            raise ValueError(f"no window: {self.box.width} x {self.box.height}")
        if abs(self.box.x) > _MOST or abs(self.box.y) > _MOST:
            raise ValueError(f"nowhere: {self.box.x}, {self.box.y}")


def chosen(place: Place, screens: Sequence[Screen]) -> Screen:
    """The screen a window comes to: its own, one as large that is not the first, or the first."""
    size = (place.screen_width, place.screen_height)

    def likeness(screen: Screen) -> int:
        same_size = (screen.room.width, screen.room.height) == size
        return 2 * (screen.name == place.screen) + same_size

    ranked = sorted(screens, key=likeness, reverse=True)  # the sort is stable: the first screen wins a tie
    return ranked[0] if likeness(ranked[0]) else screens[0]


def placed(place: Place, screens: Sequence[Screen]) -> tuple[Screen, Box]:
    """The screen and the window on it, fully visible, in the same relative place."""
    screen = chosen(place, screens)
    room, box = screen.room, place.box
    across, down = room.width / place.screen_width, room.height / place.screen_height
    width = min(room.width, max(min(LEAST_WIDTH, room.width), round(box.width * across)))
    height = min(room.height, max(min(LEAST_HEIGHT, room.height), round(box.height * down)))
    x = min(max(0, round(box.x * across)), room.width - width)
    y = min(max(0, round(box.y * down)), room.height - height)
    return screen, Box(room.x + x, room.y + y, width, height)


def place_of(box: Box, screen: Screen, shown: Shown) -> Place:
    """What to keep of a window that stands on a screen."""
    inside = Box(box.x - screen.room.x, box.y - screen.room.y, box.width, box.height)
    return Place(screen.name, screen.room.width, screen.room.height, inside, shown)


def place_told(place: Place) -> dict[str, Any]:
    """The place as a document holds it."""
    box = place.box
    return {
        "screen": place.screen,
        "screen_size": [place.screen_width, place.screen_height],
        "window": [box.x, box.y, box.width, box.height],
        "shown": place.shown.value,
    }


def place_from(told: Any) -> Place:
    """The place of a document. Raises ValueError where it is none."""
    if not isinstance(told, dict):
        raise ValueError(f"not a place: {told!r:.80}")
    width, height = _numbers(told.get("screen_size"), 2)
    box = Box(*_numbers(told.get("window"), 4))
    return Place(str(told.get("screen"))[:200], width, height, box, Shown(str(told.get("shown"))))


def _numbers(told: Any, count: int) -> list[int]:
    if not isinstance(told, list) or len(told) != count or not all(type(one) is int for one in told):
        raise ValueError(f"not {count} numbers: {told!r:.80}")
    return told
