"""A record of a figure, as tests.perf prints it."""

from collections.abc import Sequence


def record(
    name: str, unit: str, value: float, beside: float | None, target: float | None, *, of_ratio: bool = False
) -> dict[str, object]:
    """`target` is for the figure, or with `of_ratio` for the figure divided by the one beside it."""
    ratio = None if not beside else value / beside
    return _told(name, unit, value, beside, ratio, target, ratio if of_ratio else value)


def frame_record(name: str, value: float, beside: float | None, target: float | None) -> dict[str, object]:
    """Of a time between frames, ms: 17 is one of them and 33 are two, which take 16.7 and 33.3."""
    return _told(name, "ms", value, beside, value / beside if beside else None, target, round(value))


def _told(
    name: str,
    unit: str,
    value: float,
    beside: float | None,
    ratio: float | None,
    target: float | None,
    reached: float | None,
) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 3),
        "unit": unit,
        "beside": None if beside is None else round(beside, 3),
        "ratio": None if ratio is None else round(ratio, 3),
        "target": target,
        "met": None if target is None or reached is None else round(reached, 3) <= target,
    }


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie, by rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
