"""A current SQLite, compiled from the source that a package of npm's carries: Debian 12's has a fault."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

OLDEST = (3, 51, 3)  # before it two writers in WAL mode may damage a database
_PACKAGE, _VERSION = "better-sqlite3", "12.11.1"
SHA256 = "ebf0ed75a7a59dbcb3b24bbd014ef49d9f15bc328e4adcbf516f2a8fadfa2835"
_FILES = ("sqlite3.c", "sqlite3.h")
# What Debian's own is compiled with: the console finds the same SQLite in the source tree and installed.
_OPTIONS = (
    "SQLITE_ENABLE_COLUMN_METADATA",
    "SQLITE_ENABLE_DBSTAT_VTAB",
    "SQLITE_ENABLE_FTS3",
    "SQLITE_ENABLE_FTS3_PARENTHESIS",
    "SQLITE_ENABLE_FTS5",
    "SQLITE_ENABLE_MATH_FUNCTIONS",
    "SQLITE_ENABLE_PREUPDATE_HOOK",
    "SQLITE_ENABLE_RTREE",
    "SQLITE_ENABLE_SESSION",
    "SQLITE_ENABLE_STMTVTAB",
    "SQLITE_ENABLE_UNLOCK_NOTIFY",
    "SQLITE_HAVE_ISNAN",
    "SQLITE_LIKE_DOESNT_MATCH_BLOBS",
    "SQLITE_MAX_VARIABLE_NUMBER=250000",
    "SQLITE_SECURE_DELETE",
    "SQLITE_SOUNDEX",
    "SQLITE_THREADSAFE=1",
    "SQLITE_USE_URI",
)
_COMPILE = [
    os.environ.get("CC", "cc"), "-O2", "-g0", "-fPIC", "-shared", "-fstack-protector-strong",
    "-D_FORTIFY_SOURCE=2", "-Wl,-z,relro,-z,now", "-Wl,-soname,libsqlite3.so.0", "-Wl,--build-id=sha1",
    *(f"-D{option}" for option in _OPTIONS),
]  # fmt: skip
_LINKED = ["-lm", "-lpthread", "-ldl"]


def compile_sqlite(cache: Path, to: Path) -> str:
    """Put `libsqlite3.so.0` into the folder `to` and tell its version; once compiled it is kept in `cache`.

    Raises ValueError where the source is not the one that was reviewed.
    """
    source = _source(cache)
    version = version_of(source / "sqlite3.h")
    if tuple(map(int, version.split("."))) < OLDEST:
        raise ValueError(f"{_PACKAGE} {_VERSION} carries SQLite {version}, which is too old")
    to.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":
        exported = "/DSQLITE_API=__declspec(dllexport)"
        options = [f"/D{option}" for option in _OPTIONS]
        words = ["cl", "/nologo", "/O2", "/LD", exported, *options, "sqlite3.c", f"/Fe{to / 'sqlite3.dll'}"]
        subprocess.run(words, cwd=source, check=True)
        return version
    compiled = cache / f"sqlite-{version}-{_digest()}" / "libsqlite3.so.0"
    if not compiled.is_file():
        compiled.parent.mkdir(exist_ok=True)
        fresh = compiled.with_suffix(".new")
        subprocess.run([*_COMPILE, "-o", fresh, "sqlite3.c", *_LINKED], cwd=source, check=True)
        subprocess.run(["strip", "--strip-unneeded", fresh], check=True)
        fresh.replace(compiled)
    shutil.copyfile(compiled, to / compiled.name)
    return version


def _digest() -> str:
    """What the compiled library depends on, in short: source, words of the command, compiler."""
    compiler = subprocess.run([_COMPILE[0], "--version"], capture_output=True, check=True).stdout
    words = " ".join((SHA256, *_COMPILE, *_LINKED)).encode()
    return hashlib.sha256(words + compiler).hexdigest()[:12]


def version_of(header: Path) -> str:
    """The version that sqlite3.h declares. Raises ValueError where it declares none."""
    found = re.search(r'^#define SQLITE_VERSION\s+"([\d.]+)"', header.read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise ValueError(f"{header} names no version")
    return found[1]


def _source(cache: Path) -> Path:
    folder = cache / f"{_PACKAGE}-{_VERSION}"
    archive = cache / f"{_PACKAGE}-{_VERSION}.tgz"
    if not archive.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [shutil.which("npm") or "npm", "pack", "--silent", f"{_PACKAGE}@{_VERSION}"],
            cwd=cache,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != SHA256:
        archive.unlink()
        raise ValueError(f"{archive.name} is not the file that was reviewed: its SHA-256 is {digest}")
    folder.mkdir(exist_ok=True)
    with tarfile.open(archive) as packed:
        for name in _FILES:
            member = packed.extractfile(f"package/deps/sqlite3/{name}")
            if member is None:
                raise ValueError(f"{archive.name} holds no {name}")
            (folder / name).write_bytes(member.read())
    return folder
