"""How large letters on the wall are, so that they can be read from five metres.

The reckoning. A 55 inch screen of 16:9 is 685 mm high: 1080 lines of 0.634 mm. At 5 m one minute of arc is
5000 mm x tan(1/60 degree) = 1.454 mm. ISO 9241-303 asks for a character height of 16 minutes at least and
20 to 22 for comfort. Latin letters are measured by their smallest part that tells them apart, the
x-height, 0.543 of the size in Noto Sans CJK; digits and capitals are 0.733 of it, Chinese characters 0.92.
At 64 lines the x-height is 34.8 lines = 22.0 mm = 15.2 minutes, digits 20.5, Chinese characters 25.7.
So nothing that is to be read is smaller than 64 of 1080 lines; a screen with more lines draws it with more.
"""

from math import atan, degrees

LINES = 1080
HEIGHT_MM = 55 * 25.4 * 9 / (16**2 + 9**2) ** 0.5
DISTANCE_MM = 5000

TEXT = 64
FIGURE = 84
CLOCK = 96

X_HEIGHT, DIGIT_HEIGHT, CHINESE_HEIGHT = 0.543, 0.733, 0.92


def minutes_of_arc(size: float, part: float) -> float:
    """Under which angle a part of a letter of `size` lines is seen from five metres."""
    return degrees(atan(size * part * HEIGHT_MM / LINES / DISTANCE_MM)) * 60


def on_wall(size: float, height: int) -> int:
    """So many lines of 1080, on a wall of `height` pixels."""
    return max(1, round(size * height / LINES))
