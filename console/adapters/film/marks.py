"""The marks of cases as small pictures: the same forms and colours as on the map."""

from collections.abc import Mapping
from math import cos, pi, sin

from PIL import Image, ImageDraw

_FINER = 6  # drawn so many times larger, and made smaller: Pillow's edges are hard
HALO = 1.3

CIRCLE, DIAMOND, TRIANGLE, BARS, LOOP = range(5)


def mark(form: int, colour: str, ground: str, radius: float) -> Image.Image:
    """One mark with a thin halo of the ground."""
    side = int(2 * (radius + HALO) + 2)
    large = Image.new("RGBA", (side * _FINER, side * _FINER))
    draw = ImageDraw.Draw(large)
    middle = side * _FINER / 2
    for reach, ink in ((radius + HALO, ground), (radius, colour)):
        _draw(draw, form, middle, reach * _FINER, ink, hollow=ink == colour)
    return large.resize((side, side), Image.Resampling.LANCZOS)


def _draw(draw: ImageDraw.ImageDraw, form: int, c: float, r: float, ink: str, *, hollow: bool) -> None:
    if form == DIAMOND:
        draw.polygon([(c, c - r), (c + r, c), (c, c + r), (c - r, c)], fill=ink)
    elif form == TRIANGLE:
        draw.polygon([(c, c - r), (c + r, c + 0.8 * r), (c - r, c + 0.8 * r)], fill=ink)
    elif form == BARS:
        for left in (-0.72, 0.2):
            draw.rectangle([c + left * r, c - 0.85 * r, c + (left + 0.52) * r, c + 0.85 * r], fill=ink)
    elif form == LOOP and hollow:
        draw.arc(
            [c - 0.86 * r, c - 0.86 * r, c + 0.86 * r, c + 0.86 * r], -45, 250, fill=ink, width=int(r * 0.44)
        )
        tip = [(c + r * cos(-0.5 * pi + k), c + r * sin(-0.5 * pi + k)) for k in (-0.3, 0.5)]
        draw.polygon([*tip, (c - 0.05 * r, c - 0.1 * r)], fill=ink)
    else:
        wide = 0.78 * r if form != LOOP else r
        draw.ellipse([c - wide, c - wide, c + wide, c + wide], fill=ink)


def marks(theme: Mapping[str, str], radius: float) -> dict[tuple[int, int], Image.Image]:
    """Every mark by form and lamp (a place in console.queries.past.LAMPS)."""
    lamps = ("in_time", "soon", "late", "muted")
    made = {
        (form, lamp): mark(form, theme[role], theme["surface"], radius if form != CIRCLE else radius * 0.75)
        for form in (CIRCLE, DIAMOND, TRIANGLE, LOOP)
        for lamp, role in enumerate(lamps)
    }
    for lamp in range(len(lamps)):
        made[BARS, lamp] = mark(BARS, theme["suspended"], theme["surface"], radius)
    return made
