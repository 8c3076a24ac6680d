"""Made-up names of lanes, street offices and communities, in Chinese and English."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from math import atan2, cos, hypot, pi
from typing import Any

import numpy as np

from console.system import resource

DIRECTIONS = {"东": "East", "西": "West", "南": "South", "北": "North", "中": "Middle"}
WAYS = {"大道": "Avenue", "大街": "Avenue", "路": "Road", "街": "Street", "巷": "Lane"}

FAR_M = 2600.0
"""A street office further than this from a main street is not named after it."""

Point = tuple[float, float]


def english(name: str) -> str:
    """A street's name in English: spelled sound, direction, kind of way."""
    if name in _words()["english"]:
        return str(_words()["english"][name])
    way = next((way for way in WAYS if name.endswith(way)), "")
    body = name.removesuffix(way)
    direction = DIRECTIONS.get(body[-1], "") if way and len(body) > 2 else ""
    spelled = spell(body[:-1] if direction else body)
    return " ".join(word for word in (spelled, direction, WAYS.get(way, "")) if word)


def spell(name: str) -> str:
    """Characters by their sound, without tones, as one capitalised word."""
    sounds = _sounds()
    return "".join(sounds[character] for character in name).capitalize()


def community_names(random: np.random.Generator) -> Iterator[str]:
    words = _words()
    return _pairs(random, words["community_first"], words["community_second"], ("社区",))


def lane_names(random: np.random.Generator, ways: Sequence[str]) -> Iterator[str]:
    """Names that end in one of `ways`, the first way first until its names are used up."""
    words = _words()
    return _pairs(random, words["lane_first"], words["lane_second"], ways)


def office_names(
    random: np.random.Generator, middles: Sequence[Point], mains: Sequence[tuple[str, Sequence[Point]]]
) -> list[str]:
    """A name for every street office: a main street close by, its part towards the office, or made up.

    `mains` are the main streets with points along them, in any order.
    """
    wishes = sorted(
        (hypot(x - at[0], y - at[1]), office, name)
        for office, (x, y) in enumerate(middles)
        for name, line in mains
        for at in [min(line, key=lambda point: hypot(x - point[0], y - point[1]))]
    )
    lines = dict(mains)
    taken: dict[int, str] = {}
    for part_of in (False, True):
        for away, office, name in wishes:
            if away > FAR_M or office in taken:
                continue
            wish = _part(name, lines[name], middles[office]) if part_of else name
            if wish and wish not in taken.values():
                taken[office] = wish
    words = _words()
    spare = _pairs(random, words["street_first"], words["street_second"], ("路",))
    return [f"{taken.get(office) or next(spare)}街道" for office in range(len(middles))]


def _part(name: str, line: Sequence[Point], place: Point) -> str:
    """The name of a street's part towards a place, such as 农业东路; "" for names that take none."""
    way = next((way for way in ("路", "街") if name.endswith(way)), "")
    body = name.removesuffix(way)
    if not way or len(body) != 2 or name.endswith("大街"):
        return ""
    x, y = zip(*line, strict=True)
    if max(x) - min(x) > max(y) - min(y):
        return body + ("东" if place[0] > (max(x) + min(x)) / 2 else "西") + way
    return body + ("北" if place[1] > (max(y) + min(y)) / 2 else "南") + way


def runs_east(line: Sequence[Point]) -> bool:
    """Whether a line runs rather east and west than north and south."""
    (x0, y0), (x1, y1) = line[0], line[-1]
    return abs(cos(atan2(y1 - y0, x1 - x0))) > cos(pi / 4)


def _pairs(
    random: np.random.Generator, first: Iterable[str], second: Iterable[str], ends: Sequence[str]
) -> Iterator[str]:
    bodies = [one + other for one, other in product(first, second) if one != other]
    order = random.permutation(len(bodies)).tolist()
    return (bodies[number] + end for end in ends for number in order)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(resource("demo", "words.toml").read_text("utf-8"))


@cache
def _sounds() -> dict[str, str]:
    return {character: sound for sound, characters in _words()["sounds"].items() for character in characters}
