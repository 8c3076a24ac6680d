"""Letters for pictures: the Chinese font that came along, else the first that is here, in any size."""

from functools import cache

from PIL import ImageFont

from console.domain.errors import Refused
from console.system import resource

_OWN = "NotoSansCJK-Regular.otf"  # among the resources of an installed program
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
    for file, face in ((str(resource("fonts") / _OWN), 0), *_FILES):
        try:
            return ImageFont.truetype(file, size, index=face)
        except OSError:
            continue
    raise Refused("film_no_font")
