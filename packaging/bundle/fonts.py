"""The Chinese font of the installed program: Debian's Noto Sans CJK, without what Chinese does without."""

from collections.abc import Callable
from pathlib import Path

_FOLDER = Path("/usr/share/fonts/opentype/noto")
_REGULAR, _BOLD = "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"
_CUT = 3  # counts the ways in which faces were cut, so that one cut otherwise is not taken from the cache
_LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")
_FAMILY = "Noto Sans CJK SC"
# Korean syllables and the forms for other countries' readers go; every Chinese character stays in the regular
# face. Headings are bold: that face has the characters of GB 2312, others are drawn from the regular one.
_LEFT_OUT = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xA960, 0xA980), range(0xAC00, 0xD800))
_FEATURES = ["kern", "palt", "halt", "ccmp", "liga", "mark", "mkmk", "fwid", "hwid", "pwid"]

CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<!-- The fonts of this machine, and the Chinese font that the console brings along. -->
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">.</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""


def cut_fonts(cache: Path, to: Path) -> None:
    """Put the two faces and fontconfig's file into the folder `to`; a face once cut is kept in `cache`.

    Raises FileNotFoundError where Debian's package fonts-noto-cjk is not installed.
    """
    to.mkdir(parents=True, exist_ok=True)
    for name in (_REGULAR, _BOLD):
        face = Path(name).with_suffix(".otf").name
        kept = cache / f"{_CUT}-{face}"
        if not kept.is_file():
            _cut(_FOLDER / name, kept, _common if name == _BOLD else _chinese)
        (to / face).write_bytes(kept.read_bytes())
    (to / "OFL.txt").write_text(_LICENCE.read_text("utf-8"), "utf-8")
    (to / "fonts.conf").write_text(CONFIGURATION, "utf-8")


def _chinese(code: int) -> bool:
    return not any(code in left for left in _LEFT_OUT)


def _common(code: int) -> bool:
    """Whether GB 2312 has it, or it is no ideograph at all."""
    if not _chinese(code) or 0xF900 <= code < 0xFB00 or code >= 0x20000:
        return False
    if not 0x3400 <= code < 0xA000:
        return True
    try:
        chr(code).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _cut(collection: Path, to: Path, wanted: Callable[[int], bool]) -> None:
    from fontTools.subset import Options, Subsetter, save_font
    from fontTools.ttLib import TTCollection

    fonts = TTCollection(collection, lazy=True, recalcTimestamp=False).fonts  # the same bytes on every day
    font = next(font for font in fonts if font["name"].getDebugName(1) == _FAMILY)
    options = Options()
    options.layout_features = _FEATURES
    options.name_IDs, options.name_languages = ["*"], ["*"]
    options.notdef_outline = True
    cutter = Subsetter(options)
    cutter.populate(unicodes=[code for code in font.getBestCmap() if wanted(code)])
    cutter.subset(font)
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = to.with_suffix(".new")
    save_font(font, str(fresh), options)
    fresh.replace(to)
