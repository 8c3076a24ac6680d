"""The parts that are made before PyInstaller runs: compiled words, the font, SQLite, the icons."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
# Of what PostgreSQL's client brings along: what Python and Qt have from the system already.
SYSTEM_HAS = {
    "libssl-*": "libssl.so.3",
    "libcrypto-*": "libcrypto.so.3",
    "libgssapi_krb5-*": "libgssapi_krb5.so.2",
}


def prepare(root: Path, parts: Path, cache: Path, tell: Callable[[str], None]) -> str:
    """Make every part anew in the folder `parts`; what takes long is kept in `cache`.

    Returns the version of SQLite.
    """
    import blas
    import curl
    import fonts
    import forwarding
    import holes
    import icu
    import nothing
    import sqlite
    import systems

    resources = parts / "files" / "console" / "resources"
    tell("words")
    compile_words(root / "resources" / "words", resources / "words")
    if sys.platform == "win32":  # Windows has a Chinese font itself
        write_version_info(parts / "version-info.txt")
    else:
        tell("Chinese font")
        fonts.cut_fonts(cache, resources / "fonts")
        tell("tables of languages")
        (tables,) = (qt_folder() / "lib").glob("libicudata.so.??")
        icu.cut_tables(tables, parts / "icu")
        icu.cut_browser_tables(qt_folder() / "resources" / "icudtl.dat", parts / "icu")
        tell("linear algebra")
        blas.link_plain(numpy_folder(), parts / "blas")
        curl.link_nothing(numpy_folder().parent / "pyproj.libs", parts / "curl")
        tell("coordinate systems")
        packages = numpy_folder().parent
        (table,) = (packages / "pyproj").rglob("proj.db")
        systems.cut_systems(table, parts / "proj")
        tell("libraries in whose place stands nothing")
        for caller, library, asked in (
            ("PIL/_imaging.cpython*", "pillow.libs/libxcb-*", "xcb_"),
            ("PIL/_imaging.cpython*", "pillow.libs/libtiff-*", "TIFF"),
            ("PIL/_imaging.cpython*", "pillow.libs/libopenjp2-*", "opj_"),
            ("psycopg_binary.libs/libpq-*", "psycopg_binary.libs/libldap-*", "ldap_"),
            ("pyproj.libs/libproj-*", "pyproj.libs/libtiff-*", "TIFF"),
        ):
            (from_whom,), (what,) = packages.glob(caller), packages.glob(library)
            nothing.link_nothing(from_whom, what, asked, parts / "nothing")
        tell("libraries that the system has as well")
        (client,) = packages.glob("psycopg_binary.libs/libpq-*")
        for pattern, system in SYSTEM_HAS.items():
            (what,) = client.parent.glob(pattern)
            forwarding.lead_to(system, what, client, parts / "forwarding")
        # folium reads the addresses of every map service when it is loaded, and the console asks none.
        (parts / "nothing" / "providers.json").write_text("{}\n", "ascii")
        tell("typesetting")
        (typst,) = (packages / "typst").glob("_typst*.so")
        holes.take_fonts_out(typst, parts / "typst")
    tell("icons")
    draw_icons(root / "resources" / "icons" / "grid-console.svg", parts / "icons")
    version = sqlite.compile_sqlite(cache, parts / "sqlite")
    tell(f"SQLite {version}")
    return version


def qt_folder() -> Path:
    """Where Qt's libraries, plugins and data lie on Linux."""
    import PySide6

    return Path(PySide6.__path__[0], "Qt")


def numpy_folder() -> Path:
    import numpy

    return Path(numpy.__path__[0])


def compile_words(catalogues: Path, to: Path) -> None:
    """Every catalogue as gettext reads it; the program looks for the compiled one first."""
    import polib

    for catalogue in sorted(catalogues.rglob("*.po")):
        compiled = (to / catalogue.relative_to(catalogues)).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        polib.pofile(str(catalogue)).save_as_mofile(str(compiled))


def draw_icons(drawing: Path, to: Path) -> None:
    """The icon in the sizes of the hicolor theme, as SIZExSIZE.png, and as the .ico that Windows wants."""
    from PIL import Image
    from PySide6.QtCore import QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    to.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(drawing))
    for size in ICON_SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        image.save(str(to / f"{size}x{size}.png"))
    with Image.open(to / "256x256.png") as largest:
        largest.save(
            to.parent / "grid-console.ico", sizes=[(size, size) for size in ICON_SIZES if size <= 256]
        )


def write_version_info(to: Path) -> None:
    """What Windows shows of the program's file, in the form that PyInstaller reads."""
    from console import __version__

    numbers = [*(int(part) for part in re.findall(r"\d+", __version__)), 0, 0, 0, 0][:4]
    told = {
        "CompanyName": "The Grid Console authors",
        "FileDescription": "Grid Console 网格指挥台",
        "FileVersion": __version__,
        "ProductName": "Grid Console",
        "ProductVersion": __version__,
    }
    words = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in told.items())
    to.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={tuple(numbers)}, prodvers={tuple(numbers)}), kids=["
        f"StringFileInfo([StringTable('080404b0', [{words}])]), "
        f"VarFileInfo([VarStruct('Translation', [2052, 1200])])])\n",
        "utf-8",
    )
