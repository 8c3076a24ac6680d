"""The Chinese font of the installed program: Debian's Noto Sans CJK, without what Chinese does without."""

from pathlib import Path

_FOLDER = Path("/usr/share/fonts/opentype/noto")
_FACES = ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc")
_LICENCE = Path("/usr/share/doc/fonts-noto-cjk/copyright")
_FAMILY = "Noto Sans CJK SC"
# Korean syllables and the forms for other countries' readers go; every Chinese character of the font stays.
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
    for name in _FACES:
        kept = cache / Path(name).with_suffix(".otf").name
        if not kept.is_file():
            _cut(_FOLDER / name, kept)
        (to / kept.name).write_bytes(kept.read_bytes())
    (to / "OFL.txt").write_text(_LICENCE.read_text("utf-8"), "utf-8")
    (to / "fonts.conf").write_text(CONFIGURATION, "utf-8")


def _cut(collection: Path, to: Path) -> None:
    from fontTools.subset import Options, Subsetter, save_font
    from fontTools.ttLib import TTCollection

    fonts = TTCollection(collection, lazy=True).fonts
    font = next(font for font in fonts if font["name"].getDebugName(1) == _FAMILY)
    options = Options()
    options.layout_features = _FEATURES
    options.name_IDs, options.name_languages = ["*"], ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    wanted = [code for code in font.getBestCmap() if not any(code in left for left in _LEFT_OUT)]
    cutter = Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    to.parent.mkdir(parents=True, exist_ok=True)
    fresh = to.with_suffix(".new")
    save_font(font, str(fresh), options)
    fresh.replace(to)
