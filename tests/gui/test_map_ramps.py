"""The map's classes are told apart by every eye, in both themes, and mean the same in both."""

import math
from itertools import pairwise

import pytest

from tests.gui.test_theme import roles

THEMES = ("light", "dark")
FAMILIES = ("ramp", "rate")
APART = 6.5  # CIE76 between neighbours: 2.3 is just to be seen side by side
FROM_FEW = 4.5  # of what has too few cases, which is not beside its like on a scale

# Full deficiency, by Machado, Oliveira and Fernandes (2009), for linear sRGB.
EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE = (0.95047, 1.0, 1.08883)

Triple = tuple[float, float, float]


def linear(colour: str) -> Triple:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def times(matrix: tuple[tuple[float, ...], ...], vector: Triple) -> Triple:
    first, second, third = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return first, second, third


def lab(colour: str, eye: str) -> Triple:
    """CIE L*a*b* under D65 of what an eye sees of a colour."""
    red, green, blue = (min(1.0, max(0.0, part)) for part in times(EYES[eye], linear(colour)))
    x, y, z = (part / white for part, white in zip(times(_XYZ, (red, green, blue)), _WHITE, strict=True))
    fx, fy, fz = (t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, eye: str) -> float:
    return math.dist(lab(one, eye), lab(other, eye))


def classes(theme: str, family: str) -> list[str]:
    return [roles(theme)[f"{family}_{level}"] for level in range(6)]


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("theme", THEMES)
def test_that_neighbouring_classes_are_told_apart(theme: str, family: str, eye: str) -> None:
    steps = [apart(one, other, eye) for one, other in pairwise(classes(theme, family))]
    assert min(steps) >= APART, steps


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("theme", THEMES)
def test_that_too_few_cases_look_like_no_class_and_not_like_the_ground(
    theme: str, family: str, eye: str
) -> None:
    few = roles(theme)["few"]
    others = [*classes(theme, family), roles(theme)["ground"]]
    assert min(apart(few, other, eye) for other in others) >= FROM_FEW


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("theme", THEMES)
def test_that_a_higher_class_stands_out_more_from_the_ground_in_both_themes(
    theme: str, family: str, eye: str
) -> None:
    ground = lab(roles(theme)["surface"], eye)[0]
    distances = [abs(lab(colour, eye)[0] - ground) for colour in classes(theme, family)]
    assert distances == sorted(distances)


def test_that_the_measure_tells_what_it_is_meant_to() -> None:
    assert apart("#000000", "#ffffff", "usual") == pytest.approx(100, abs=0.1)
    red, green = "#c83c3c", "#5a8c28"
    assert apart(red, green, "usual") > 60
    assert apart(red, green, "deuteranopia") < 25
