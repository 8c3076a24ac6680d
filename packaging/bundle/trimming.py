"""What is left out of the folder although a library brings it along, and what takes a library's place."""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

Entry = tuple[str, str, str]  # where it goes, where it is, PyInstaller's word for its kind

_QT = "PySide6/Qt" if sys.platform != "win32" else "PySide6"

# Of Qt's plugins these are loaded; each kind of file that stands elsewhere in Qt has its line below.
KEPT_PLUGINS = (
    "iconengines/*svgicon*",
    "imageformats/*jpeg*",
    "imageformats/*svg*",
    "imageformats/*ico.*",
    "imageformats/*webp*",
    "platforminputcontexts/*compose*",
    "platforminputcontexts/*ibus*",
    "platforms/*offscreen*",
    "platforms/*wayland*",
    "platforms/*windows*",
    "platforms/*xcb*",
    "platformthemes/*xdgdesktopportal*",
    "styles/*windows*",
    "wayland-decoration-client/*",
    "wayland-graphics-integration-client/*egl.*",
    "wayland-shell-integration/*xdg*",
    "xcbglintegrations/*",
)
_KEPT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qtwebengine_locales/en-US.pak", "qtwebengine_locales/zh-CN.pak")
_KEPT_BINDINGS = (
    "QtCharts",
    "QtCore",
    "QtGui",
    "QtMultimedia",
    "QtNetwork",
    "QtPrintSupport",
    "QtTest",
    "QtWebChannel",
    "QtWebEngineCore",
    "QtWebEngineWidgets",
    "QtWidgets",
)

_DROPPED = (
    f"{_QT}/qml/*",
    f"{_QT}/metatypes/*",
    f"{_QT}/resources/qtwebengine_devtools_resources*",
    f"{_QT}/resources/*.debug.*",
    "*/tests/*",
    "*.pxd",
    "*.pxi",
    "*.pyi",
    "*.pyx",
    "xstatic/pkg/leaflet/data/*-src.*",
    "xstatic/pkg/leaflet/data/*.map",
    "PIL/_avif*",
    "PIL/_imagingcms*",
    "PIL/_imagingtk*",
    "chardet/*",
    "*.dist-info/RECORD",
    "*.dist-info/direct_url.json",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
)

# Run by PyInstaller before the program, for what it never does: fork Pythons, read its own source.
HOOKS_LEFT_OUT = ("pyi_rth_inspect", "pyi_rth_multiprocessing")

# Loaded by name at run time, so that no other file mentions them: Python by the starter, NSS by itself.
_LOADED_BY_NAME = (
    "libpython3*",
    "libsoftokn3.so",
    "libfreebl*",
    "libnssckbi.so",
    "libnssdbm3.so",
    "libnss3.so",
)

# Stripped by their makers already, and signed by nobody else: what is Qt's stays as it came.
_NOT_STRIPPED = (
    "numpy.libs/*",  # laid out anew by its maker, and no longer loads when it is stripped
    "PySide6/*.abi3.so*",
    "PySide6/Qt/*/libQt6*",
    "PySide6/Qt/libexec/*",
    "PySide6/Qt/plugins/*",
    "typst/_typst*.so",  # stripped when its fonts were taken out
)

# For Python's sqlite3, Qt, Chromium, numpy, PROJ, the documents, Pillow, PostgreSQL's client, folium.
_MADE_HERE = (
    "libsqlite3.so.0", "sqlite3.dll", "libicudata.so.", "icudtl.dat", "libscipy_openblas64_", "libcurl-",
    "_typst.abi3.so", "proj.db", "libxcb-", "libtiff-", "libopenjp2-", "libldap-", "libssl-", "libcrypto-",
    "libgssapi_krb5-", "providers.json",
)  # fmt: skip


def trim(analysis: Any, parts: Path) -> None:
    """Take out of an Analysis what the program never opens, and put the current SQLite in its place."""
    analysis.datas[:] = _with_our_own((entry for entry in analysis.datas if _kept(entry[0])), parts)
    kept = [entry for entry in analysis.binaries if _kept(entry[0])]
    kept = reachable(list(_with_one_sqlite(_with_our_own(kept, parts))))
    own = "\n".join(system_libraries(kept)) + "\n"
    (parts / "system-libraries.txt").write_text(own, "utf-8")
    analysis.binaries[:] = list(_stripped(kept, parts / "stripped"))
    there = {entry[0] for entry in analysis.binaries} | {entry[0] for entry in analysis.datas}
    analysis.datas[:] = [
        entry for entry in analysis.datas if entry[2] != "SYMLINK" or _leads_to(entry) in there
    ]
    analysis.binaries[:] = [
        entry for entry in analysis.binaries if entry[2] != "SYMLINK" or _leads_to(entry) in there
    ]


def _leads_to(link: Entry) -> str:
    return os.path.normpath(PurePath(PurePath(link[0]).parent, link[1]))


def _kept(name: str) -> bool:
    name = name.replace("\\", "/")
    if any(fnmatch.fnmatch(name, pattern) for pattern in _DROPPED):
        return False
    if name.startswith((f"{_QT}/plugins/", "PySide6/plugins/")):
        return any(fnmatch.fnmatch(name, f"*/plugins/{pattern}") for pattern in KEPT_PLUGINS)
    if "/translations/" in name and name.startswith("PySide6/"):
        return name.endswith(_KEPT_TRANSLATIONS)
    # On Windows the libraries of Qt stand beside its bindings.
    binding = re.fullmatch(r"PySide6/(Qt\w+)\.(?:abi3\.so|pyd)", name)
    return binding is None or binding[1] in _KEPT_BINDINGS


def _with_our_own(entries: Iterable[Entry], parts: Path) -> Iterator[Entry]:
    """The entries with the files that were made for this package in the place of those of their names."""
    folders = ("blas", "curl", "forwarding", "icu", "nothing", "proj", "sqlite", "typst")
    made = [path for folder in folders for path in (parts / folder).glob("*")]
    own = {path.name: path for path in made if path.name.startswith(_MADE_HERE)}
    for name, source, kind in entries:
        taken = own.get(PurePath(name).name) if kind != "SYMLINK" else None
        yield (name, str(taken), kind) if taken else (name, source, kind)


def _with_one_sqlite(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries with a link to Python's current SQLite in the place of that which PROJ brought along."""
    for name, source, kind in entries:
        if kind != "SYMLINK" and sys.platform != "win32" and name.startswith("pyproj.libs/libsqlite3-"):
            yield name, "../libsqlite3.so.0", "SYMLINK"
        else:
            yield name, source, kind


def reachable(entries: list[Entry]) -> list[Entry]:
    """The entries without the shared libraries that none of the others is linked with, directly or not."""
    if sys.platform == "win32":  # names are not what decides there, and Qt's folder is flat: keep them all
        return entries
    libraries: dict[str, list[Entry]] = {}  # by file name: the library, and links to it
    wanted = []
    for entry in entries:
        if _is_library(entry[0]):
            libraries.setdefault(PurePath(entry[0]).name, []).append(entry)
        else:
            wanted.append(entry)
    queue, found = list(wanted), set[str]()
    while queue:
        _, source, kind = queue.pop()
        if kind == "SYMLINK" or not Path(source).is_file():
            continue
        for needed in needed_by(Path(source)):
            if needed in libraries and needed not in found:
                found.add(needed)
                queue.extend(libraries[needed])
    return [*wanted, *(entry for name in sorted(found) for entry in libraries[name])]


def system_libraries(entries: Iterable[Entry]) -> list[str]:
    """The libraries at the top of the folder that are the system's: Debian's package leaves them there."""
    return sorted(
        name
        for name, source, _ in entries
        if "/" not in name and source.startswith(("/lib/", "/usr/lib/")) and not name.startswith("libpython")
    )


def _is_library(name: str) -> bool:
    file = PurePath(name).name
    if any(fnmatch.fnmatch(file, pattern) for pattern in _LOADED_BY_NAME) or "/plugins/" in name:
        return False
    return (
        re.match(r"lib[^/]*\.so(\.|$)", file) is not None
        and ".cpython-" not in file
        and ".abi3.so" not in name[-8:]
    )


def needed_by(file: Path) -> list[str]:
    """The names of the libraries that an ELF file is linked with."""
    said = subprocess.run(["readelf", "-d", file], capture_output=True, text=True, check=False).stdout
    return [line.partition("[")[2].rstrip("]") for line in said.splitlines() if "(NEEDED)" in line]


def _stripped(entries: Iterable[Entry], folder: Path) -> Iterator[Entry]:
    if sys.platform == "win32" or shutil.which("strip") is None:
        yield from entries
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, source, kind in entries:
        if kind != "SYMLINK" and not any(fnmatch.fnmatch(name, pattern) for pattern in _NOT_STRIPPED):
            slim = folder / name
            slim.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, slim)
            subprocess.run(["strip", "--strip-unneeded", slim], check=True)
            source = str(slim)
        yield name, source, kind
