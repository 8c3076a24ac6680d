"""From the skeleton's faces down to unit grids: each face cut in two until its share is one cell."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, hypot, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from console.adapters.demo.mesh import Cut, Loop, Mesh
from console.adapters.demo.streets import Street

UNIT_GRIDS = 38_515
RESPONSIBILITY_GRIDS = 707
SLIMMEST = (0.5, 0.35, 0.2, 0.0)
"""Least compactness of what a cut leaves, given up step by step where the face allows no better."""

Weights = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A community: the skeleton face it lies in and its one or two responsibility grids' borders."""

    face: int
    border: Loop
    patrols: tuple[Loop, ...]


@dataclass
class Cutter:
    """Cuts faces of one mesh; remembers which cuts are streets."""

    mesh: Mesh
    random: np.random.Generator

    def __post_init__(self) -> None:
        self.cuts: list[Street] = []

    def neighbourhoods(self, faces: Sequence[Loop]) -> list[Neighbourhood]:
        """Communities in the order of their faces, with RESPONSIBILITY_GRIDS in all."""
        made: list[Neighbourhood] = []
        counts = apportioned(self._weights(faces), RESPONSIBILITY_GRIDS)
        for face, count in enumerate(counts):
            for border, patrols in self._pieces(faces[face], count, lambda n: n <= 2, self._street_cut):
                parts = tuple(part for part, _ in self._halves(border)) if patrols == 2 else (border,)
                if patrols == 2 and self.random.random() < 0.25:
                    made.extend(Neighbourhood(face, part, (part,)) for part in parts)
                else:
                    made.append(Neighbourhood(face, border, parts))
        return made

    def cells(self, borders: Sequence[Loop], progress: Progress | None = None) -> list[tuple[Loop, ...]]:
        """The unit grids of every responsibility grid, UNIT_GRIDS in all."""
        weights = self._weights(borders) * self.random.uniform(0.82, 1.22, len(borders))
        made: list[tuple[Loop, ...]] = []
        for number, (border, count) in enumerate(zip(borders, apportioned(weights, UNIT_GRIDS), strict=True)):
            pieces = self._pieces(border, count, lambda n: n == 1, self._lane_cut)
            made.append(tuple(piece for piece, _ in pieces))
            if progress and (number % 20 == 0 or number + 1 == len(borders)):
                progress(number + 1, len(borders))
        return made

    def _weights(self, faces: Sequence[Loop]) -> Weights:
        """How many grids a face should get beside others: its area, the town centre denser."""
        areas = np.array([self.mesh.area(self.mesh.current(face)) for face in faces])
        dense: Weights = areas * np.array([self._density(face) for face in faces])
        return dense

    def _density(self, face: Loop) -> float:
        x = sum(self.mesh.x[vertex] for vertex in face) / len(face)
        y = sum(self.mesh.y[vertex] for vertex in face) / len(face)
        return 0.72 + 0.85 * exp(-((hypot(x - 400.0, y) / 6200.0) ** 2))

    def _halves(self, border: Loop) -> list[tuple[Loop, int]]:
        return self._pieces(border, 2, lambda n: n == 1, self._street_cut)

    def _pieces(
        self, face: Loop, count: int, done: Callable[[int], bool], cut: Callable[[Loop, int], tuple[Cut, int]]
    ) -> list[tuple[Loop, int]]:
        """The face cut in two again and again until `done` with every piece's count."""
        pieces: list[tuple[Loop, int]] = []
        waiting = [(face, count)]
        while waiting:
            loop, share = waiting.pop()
            if done(share):
                pieces.append((loop, share))
                continue
            made, behind = cut(self.mesh.current(loop), share)
            waiting.append((made.beyond, share - behind))
            waiting.append((made.behind, behind))
        return pieces

    def _street_cut(self, loop: Loop, count: int) -> tuple[Cut, int]:
        made, behind = self._cut(loop, count, jitter=0.06, sway=0.15, snap=0.16, bend=0.045)
        self.cuts.append(Street("", 2 if count >= 7 else 3, made.path))
        return made, behind

    def _lane_cut(self, loop: Loop, count: int) -> tuple[Cut, int]:
        loose = 0.14 if count <= 3 else 0.06
        made, behind = self._cut(loop, count, jitter=loose, sway=0.045, snap=0.15, bend=0.0)
        if count >= 22:
            self.cuts.append(Street("", 3, made.path))
        return made, behind

    def _cut(
        self, loop: Loop, count: int, *, jitter: float, sway: float, snap: float, bend: float
    ) -> tuple[Cut, int]:
        """Cut across the longer way, beginning with the frame of the border's own streets."""
        frame = self.mesh.frame(loop)
        along, across = self.mesh.extents(loop, frame)
        if along < across:
            frame += pi / 2
        draws = self.random.random(4)
        behind = count // 2 + (1 if count % 2 and draws[0] < 0.5 else 0)
        share = behind / count * (1 + jitter * (2 * draws[1] - 1))
        reach = snap * sqrt(self.mesh.area(loop) * 2 / count)
        turn = sway * (2 * draws[2] - 1)
        bow = bend * (2 * draws[3] - 1)
        for slimmest in SLIMMEST:
            for angle, near in ((frame + turn, reach), (frame, reach / 4), *_turned(frame)):
                made = self.mesh.cut(loop, share, angle, snap=near, bend=bow, slimmest=slimmest)
                if made is not None and abs(made.share - share) < 0.5 * min(share, 1 - share):
                    return made, min(max(round(made.share * count), 1), count - 1)
        raise ArithmeticError(f"no cut found for a face of {len(loop)} vertices")


def apportioned(weights: Weights, total: int) -> list[int]:
    """Whole numbers of at least one that add up to `total`, by largest remainder."""
    exact = weights / weights.sum() * total
    counts = np.maximum(np.floor(exact), 1).astype(int)
    order = np.argsort(counts - exact, kind="stable")
    for place in order[: total - int(counts.sum())]:
        counts[place] += 1
    return [int(count) for count in counts]


def _turned(frame: float) -> Iterable[tuple[float, float]]:
    """Other directions to try where the natural cut is not clean."""
    return ((frame + turn, 0.5) for turn in (0.2, -0.2, 0.45, -0.45, pi / 2, 0.8, -0.8))
