"""Where a straight line has to run to leave a given share of a polygon behind it."""

from collections.abc import Sequence
from math import hypot, pi

Point = tuple[float, float]
End = tuple[int, float]
"""The edge of the loop (by its first vertex's place) and how far along it, 0..1."""


def offset(place: Sequence[Point], share: float) -> float:
    """The first coordinate below which `share` of the polygon's area lies.

    The border integral of the second coordinate gives the area below a line without clipping: the
    clipping line itself adds nothing to it. Newton's rule with the chord as slope, three times.
    """
    low = min(at for at, _ in place)
    high = max(at for at, _ in place)
    whole, _ = _below(place, high + 1.0)
    target = whole * share
    at = low + (high - low) * share
    left, right = low, high
    for _ in range(3):
        area, chord = _below(place, at)
        if abs(area - target) < whole / 500:
            break
        if area < target:
            left = at
        else:
            right = at
        at = at + (target - area) / chord if chord > 1.0 else (left + right) / 2
        if not left < at < right:
            at = (left + right) / 2
    return at


def longest(place: Sequence[Point], at: float) -> tuple[End, End] | None:
    """The longest piece of the line `at` that lies inside, from its low end to its high end."""
    crossings: list[tuple[float, int, float]] = []
    last_at, last_across = place[-1]
    edge = len(place) - 1
    for number, (here_at, here_across) in enumerate(place):
        if (last_at < at) != (here_at < at):
            part = (at - last_at) / (here_at - last_at)
            crossings.append((last_across + part * (here_across - last_across), edge, part))
        last_at, last_across, edge = here_at, here_across, number
    if len(crossings) < 2:
        return None
    crossings.sort()
    low, high = max(
        zip(crossings[::2], crossings[1::2], strict=True), key=lambda pair: pair[1][0] - pair[0][0]
    )
    return (low[1], low[2]), (high[1], high[2])


def clear(place: Sequence[Point], low: End, high: End) -> bool:
    """Whether the straight line between two border points meets the border nowhere else.

    An end with part 0 or 1 sits on a vertex; ends inside an edge come from `longest`.
    """
    if 0.0 < low[1] < 1.0 and 0.0 < high[1] < 1.0:
        return True
    start, end = point(place, low), point(place, high)
    ax, ay = start
    dx, dy = end[0] - ax, end[1] - ay
    inside = {edge for edge, part in (low, high) if 0.0 < part < 1.0}
    last, edge = place[-1], len(place) - 1
    last_side = dx * (last[1] - ay) - dy * (last[0] - ax)
    for number, here in enumerate(place):
        side = dx * (here[1] - ay) - dy * (here[0] - ax)
        ours = edge in inside or here in (start, end) or last in (start, end)
        if not ours and side * last_side <= 0:
            ex, ey = here[0] - last[0], here[1] - last[1]
            from_start = ex * (ay - last[1]) - ey * (ax - last[0])
            from_end = ex * (end[1] - last[1]) - ey * (end[0] - last[0])
            if from_start * from_end <= 0:
                return False
        last, last_side, edge = here, side, number
    return True


def point(place: Sequence[Point], end: End) -> Point:
    edge, part = end
    start, stop = place[edge], place[(edge + 1) % len(place)]
    if part in (0.0, 1.0):
        return stop if part else start
    return (start[0] + part * (stop[0] - start[0]), start[1] + part * (stop[1] - start[1]))


def least_compact(place: Sequence[Point], low: End, high: End) -> float:
    """4 pi area / perimeter squared of the slimmer of the two parts a line between ends leaves."""
    start, end = point(place, low), point(place, high)
    return min(_compact(_part(place, low, high, start, end)), _compact(_part(place, high, low, end, start)))


def _part(place: Sequence[Point], start: End, end: End, first: Point, last: Point) -> list[Point]:
    """The border points from one end of a cut to the other, in the border's order."""
    count = len(place)
    at, stop = start[0] + 1 + (start[1] == 1.0), end[0] + (end[1] == 1.0)
    return [first, *(place[number % count] for number in range(at, at + (stop - at) % count + 1)), last]


def _compact(border: Sequence[Point]) -> float:
    area = around = 0.0
    last_x, last_y = border[-1]
    for x, y in border:
        area += last_x * y - x * last_y
        around += hypot(x - last_x, y - last_y)
        last_x, last_y = x, y
    return 2 * pi * abs(area) / (around * around)


def _below(place: Sequence[Point], at: float) -> tuple[float, float]:
    """Area of the polygon before the line `at`, and the length of the line inside."""
    area = chord = 0.0
    last_at, last_across = place[-1]
    for here_at, here_across in place:
        if last_at < at:
            if here_at < at:
                area += (here_across + last_across) * (here_at - last_at)
            else:
                across = last_across + (here_across - last_across) * (at - last_at) / (here_at - last_at)
                area += (across + last_across) * (at - last_at)
                chord += across
        elif here_at < at:
            across = last_across + (here_across - last_across) * (at - last_at) / (here_at - last_at)
            area += (here_across + across) * (here_at - at)
            chord -= across
        last_at, last_across = here_at, here_across
    return abs(area) / 2, abs(chord)
