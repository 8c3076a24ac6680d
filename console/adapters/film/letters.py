"""Letters for pictures: the first Chinese font that this machine has, in any size."""

from functools import cache

from PIL import ImageFont

from console.domain.errors import Refused

# The file of each family of console.system.FAMILIES, and which face of it is the simplified Chinese one.
_FILES = (
    ("NotoSansCJK-Regular.ttc", 2),
    ("SourceHanSansSC-Regular.otf", 0),
    ("SourceHanSansCN-Regular.otf", 0),
    ("NotoSansSC-Regular.otf", 0),
    ("wqy-zenhei.ttc", 0),
    ("msyh.ttc", 0),
)


@cache
def letters(size: int) -> ImageFont.FreeTypeFont:
    """The font at so many pixels. Raises Refused("film_no_font")."""
    for file, face in _FILES:
        try:
            return ImageFont.truetype(file, size, index=face)
        except OSError:
            continue
    raise Refused("film_no_font")
