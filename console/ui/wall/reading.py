"""How large letters on the wall are, so that they can be read from five metres.

The reckoning. A 55 inch screen of 16:9 is 685 mm high: 1080 lines of 0.634 mm. At 5 m one minute of arc is
5000 mm x tan(1/60 degree) = 1.454 mm. ISO 9241-303 asks for a character height of 16 minutes at least and
20 to 22 for comfort. Latin letters are measured by their smallest part that tells them apart, the
x-height, 0.543 of the size in Noto Sans CJK; digits and capitals are 0.733 of it, Chinese characters 0.92.
At 64 lines the x-height is 34.8 lines = 22.0 mm = 15.2 minutes, digits 20.5, Chinese characters 25.7.
So nothing that is to be read is smaller than 64 of 1080 lines; a screen with more lines draws it with more.
"""

LINES = 1080

TEXT = 64
FIGURE = 84
CLOCK = 96


def on_wall(size: float, height: int) -> int:
    """So many lines of 1080, on a wall of `height` pixels."""
    return max(1, round(size * height / LINES))
