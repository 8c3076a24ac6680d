"""What goes into the installed program besides the modules that PyInstaller finds by itself."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

Datas = list[tuple[str, str]]

# Read by importlib.metadata while the program runs.
ASKED_FOR_THEIR_VERSION = ("grid-console", "SQLAlchemy", "folium", "branca", "jinja2")

# Started by path in a process of their own, by the Python that before_start.py names.
RUN_BY_PATH = (
    "console.adapters.basemap.tile_reader",
    "console.adapters.basemap.tile_sources",
    "console.adapters.basemap.vector_tile",
    "console.adapters.confined",
    "console.adapters.dossier.extractor",
    "console.adapters.intake.reader",
    "console.adapters.intake.workbook_reader",
    "console.adapters.pack.geojson_reader",
    "console.adapters.pack.geopackage_reader",
    "console.adapters.pack.parser",
    "console.adapters.pack.shapefile_reader",
    "console.adapters.photo.decoder",
    "console.queries.pinyin",
)

# Drawn in by others, for what the console never asks of them.
NEVER_LOADED = (
    "IPython",
    "PIL.AvifImagePlugin",
    "PIL.ImageCms",
    "PIL.ImageQt",
    "PIL.ImageTk",
    "PyInstaller",
    "_tkinter",
    "chardet",
    "colorama",
    "fontTools",
    "geopandas",
    "hypothesis",
    "lxml",
    "matplotlib",
    "mypy",
    "numpy.f2py",
    "numpy.polynomial",
    "numpy.testing",
    "numpy.tests",
    "pandas",
    "pkg_resources",
    "psutil",
    "pyarrow",
    "pyogrio",
    "pydantic.mypy",
    "pydantic.v1",
    "pydoc_data",
    "pytest",
    "scipy",
    "selenium",
    "setuptools",
    "sqlalchemy.dialects.mssql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.dialects.oracle",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.ext.associationproxy",
    "sqlalchemy.ext.automap",
    "sqlalchemy.ext.baked",
    "sqlalchemy.ext.declarative",
    "sqlalchemy.ext.horizontal_shard",
    "sqlalchemy.ext.hybrid",
    "sqlalchemy.ext.mutable",
    "sqlalchemy.ext.mypy",
    "sqlalchemy.orm",
    "sqlalchemy.testing",
    "tkinter",
    "unittest",
    "wheel",
)

_NOT_SHIPPED = (".po", ".svg~")


def resources(root: Path) -> Datas:
    """Every file of resources/, into console/resources; catalogues of words go in compiled instead."""
    return [
        (str(path), str(Path("console", "resources", path.parent.relative_to(root / "resources"))))
        for path in sorted((root / "resources").rglob("*"))
        if path.is_file() and path.suffix not in _NOT_SHIPPED and path.name != "screenshot.png"
    ]


def prepared(parts: Path) -> Datas:
    """Compiled words, fonts and notices, made before by packaging/build under the names they will have."""
    made = parts / "files"
    return [
        (str(path), str(path.parent.relative_to(made))) for path in sorted(made.rglob("*")) if path.is_file()
    ]


def read_as_files(root: Path) -> Datas:
    """The migrations, which Alembic finds by file names, and the map page maker, known by its text."""
    folder = root / "console" / "storage" / "migrations"
    files = [
        *sorted(folder.rglob("*.py")),
        folder / "script.py.mako",
        root / "console" / "ui" / "map" / "document.py",
    ]
    return [(str(path), str(path.parent.relative_to(root))) for path in files]


def loaded_by_name(root: Path) -> list[str]:
    """Every module of ours, since commands and panels are imported late, and what libraries load by name."""
    return [
        *_ours(root),
        "logging.config",
        "shapefile",
        "google._upb._message",
        "psycopg_binary",
        "sqlalchemy.dialects.postgresql.psycopg",
    ]


def _ours(root: Path) -> Iterator[str]:
    for path in sorted((root / "console").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "versions" in parts:
            continue
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def icon(parts: Path) -> str | None:
    """The program's icon as Windows has it inside the file."""
    return str(parts / "grid-console.ico") if sys.platform == "win32" else None


def windows_version(parts: Path) -> str | None:
    return os.fspath(parts / "version-info.txt") if sys.platform == "win32" else None
