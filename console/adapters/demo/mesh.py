"""A planar subdivision whose faces always share their vertices, cut by cut."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, cos, hypot, sin

from console.adapters.demo.chords import End, Point, clear, least_compact, longest, offset

Loop = list[int]


@dataclass(frozen=True, slots=True)
class Cut:
    """The two faces a cut leaves, the path between them and the share of the area behind it."""

    behind: Loop
    beyond: Loop
    path: Loop
    share: float


@dataclass
class Mesh:
    """Vertices in metres and the edges split since they were first named.

    A face is a loop of vertex numbers, counter-clockwise. Cutting a face may put a vertex on an edge
    that a neighbour still holds whole; `current` gives a loop with all vertices put on it since, so
    that neighbours agree on every vertex and the faces stay a valid coverage.
    """

    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    _splits: dict[tuple[int, int], int] = field(default_factory=dict)
    _numbers: dict[tuple[float, float], int] = field(default_factory=dict)

    def vertex(self, x: float, y: float) -> int:
        """The number of the vertex at exactly this place."""
        found = self._numbers.get((x, y))
        if found is None:
            found = self._numbers[x, y] = self._add(x, y)
        return found

    def current(self, loop: Sequence[int]) -> Loop:
        grown: Loop = []
        last = loop[-1]
        for vertex in loop:
            self._between(last, vertex, grown)
            grown.append(vertex)
            last = vertex
        return grown

    def path(self, vertices: Sequence[int]) -> Loop:
        """An open line with all vertices put on it since."""
        grown: Loop = [vertices[0]]
        for start, end in pairwise(vertices):
            self._between(start, end, grown)
            grown.append(end)
        return grown

    def coordinates(self, loop: Sequence[int]) -> list[tuple[float, float]]:
        return [(self.x[vertex], self.y[vertex]) for vertex in loop]

    def area(self, loop: Sequence[int]) -> float:
        x, y = self.x, self.y
        total = 0.0
        last = loop[-1]
        for vertex in loop:
            total += x[last] * y[vertex] - x[vertex] * y[last]
            last = vertex
        return total / 2

    def frame(self, loop: Sequence[int]) -> float:
        """The angle that most of the border runs along or across, in -45..45 degrees as radians."""
        x, y = self.x, self.y
        total = 0j
        last = loop[-1]
        for vertex in loop:
            edge = complex(x[vertex] - x[last], y[vertex] - y[last])
            length = abs(edge)
            if length:
                square = edge * edge
                total += square * square / (length * length * length)
            last = vertex
        return atan2(total.imag, total.real) / 4

    def extents(self, loop: Sequence[int], angle: float) -> tuple[float, float]:
        """Length along `angle` and across it."""
        c, s = cos(angle), sin(angle)
        along = [self.x[vertex] * c + self.y[vertex] * s for vertex in loop]
        across = [self.y[vertex] * c - self.x[vertex] * s for vertex in loop]
        return max(along) - min(along), max(across) - min(across)

    def cut(
        self, loop: Loop, share: float, angle: float, *, snap: float, bend: float = 0.0, slimmest: float = 0.0
    ) -> Cut | None:
        """Cut a current loop by a line across `angle`, `share` of its area left behind the line.

        The ends move to a vertex nearer than `snap`. `bend` bows the line by that part of its
        length. None where the cut would not be clean or would leave a part less compact than
        `slimmest` (4 pi area / perimeter squared); the mesh is then as it was.
        """
        c, s = cos(angle), sin(angle)
        x, y = self.x, self.y
        place = [(x[vertex] * c + y[vertex] * s, y[vertex] * c - x[vertex] * s) for vertex in loop]
        chord = longest(place, offset(place, share))
        if chord is None:
            return None
        low, high = (_snapped(place, end, snap) for end in chord)
        if _edges(low, len(loop)) & _edges(high, len(loop)) or not clear(place, low, high):
            return None
        if least_compact(place, low, high) < slimmest:
            return None
        grown = list(loop)
        start, end = self._opened(loop, low, grown), self._opened(loop, high, grown)
        at, to = grown.index(start), grown.index(end)
        inner = self._bowed(start, end, bend) if bend else []
        behind = [*_walk(grown, to, at), *inner]
        beyond = [*_walk(grown, at, to), *reversed(inner)]
        part, rest = self.area(behind), self.area(beyond)
        return Cut(behind, beyond, [start, *inner, end], part / (part + rest))

    def _add(self, x: float, y: float) -> int:
        self.x.append(x)
        self.y.append(y)
        return len(self.x) - 1

    def _between(self, start: int, end: int, grown: Loop) -> None:
        middle = self._splits.get((start, end) if start < end else (end, start))
        if middle is not None:
            self._between(start, middle, grown)
            grown.append(middle)
            self._between(middle, end, grown)

    def _opened(self, loop: Loop, end: End, grown: Loop) -> int:
        """The vertex at the end of a cut, put on its edge where there is none yet."""
        edge, part = end
        start, stop = loop[edge], loop[(edge + 1) % len(loop)]
        if part == 0.0:
            return start
        if part == 1.0:
            return stop
        x = self.x[start] + part * (self.x[stop] - self.x[start])
        y = self.y[start] + part * (self.y[stop] - self.y[start])
        middle = self._add(x, y)
        self._splits[(start, stop) if start < stop else (stop, start)] = middle
        grown.insert(grown.index(start) + 1, middle)
        return middle

    def _bowed(self, start: int, end: int, bend: float) -> Loop:
        """New vertices on a shallow arc between two vertices."""
        dx, dy = self.x[end] - self.x[start], self.y[end] - self.y[start]
        steps = max(3, int(hypot(dx, dy) / 260.0))
        inner: Loop = []
        for step in range(1, steps):
            part = step / steps
            lift = 4.0 * bend * part * (1.0 - part)
            inner.append(
                self._add(self.x[start] + part * dx - lift * dy, self.y[start] + part * dy + lift * dx)
            )
        return inner


def _walk(loop: Loop, at: int, to: int) -> Loop:
    """The vertices from place `at` to place `to` of a loop, both included."""
    return loop[at : to + 1] if at <= to else loop[at:] + loop[: to + 1]


def _snapped(place: list[Point], end: End, snap: float) -> End:
    edge, part = end
    start, stop = place[edge], place[(edge + 1) % len(place)]
    length = hypot(stop[0] - start[0], stop[1] - start[1])
    if part <= 0.5:
        return (edge, 0.0) if part * length < snap else end
    return (edge, 1.0) if (1.0 - part) * length < snap else end


def _edges(end: End, count: int) -> set[int]:
    """The edges that an end of a cut touches."""
    edge, part = end
    if part == 0.0:
        return {edge, (edge - 1) % count}
    return {edge, (edge + 1) % count} if part == 1.0 else {edge}
