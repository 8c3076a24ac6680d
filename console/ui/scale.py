"""How large the interface is drawn: every pixel that the code fixes goes through `px`."""

import re

STEPS = (80, 90, 100, 110, 125, 150, 175, 200)
LEAST, MOST = STEPS[0], STEPS[-1]

_PIXELS = re.compile(r"\b(\d+)px\b")
_percent = 100


def percent() -> int:
    """The zoom in use."""
    return _percent


def factor() -> float:
    return _percent / 100


def use_zoom(wanted: int) -> None:
    """Draw at so many percent from now on; what stands already is told by console.ui.rescaling."""
    global _percent
    _percent = min(MOST, max(LEAST, wanted))


def px(pixels: float) -> int:
    """So many pixels of the drawing at 100 %, on the screen; a line never vanishes."""
    drawn = round(pixels * _percent / 100)
    return max(1, drawn) if pixels > 0 else drawn


def pxs(*pixels: float) -> tuple[int, ...]:
    """Several at once, as margins and sizes take them."""
    return tuple(px(one) for one in pixels)


def larger() -> int:
    """The next step up."""
    return next((step for step in STEPS if step > _percent), MOST)


def smaller() -> int:
    """The next step down."""
    return next((step for step in reversed(STEPS) if step < _percent), LEAST)


def scaled_sheet(sheet: str) -> str:
    """A style sheet written at 100 %, at the zoom in use; its hairlines stay hairlines up to 200 %."""

    def drawn(found: re.Match[str]) -> str:
        pixels = int(found[1])
        return f"{px(pixels) if pixels != 1 else max(1, _percent // 100)}px"

    return _PIXELS.sub(drawn, sheet)
