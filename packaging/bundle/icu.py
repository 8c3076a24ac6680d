"""ICU's tables cut to the languages of the console: Qt brings those of every language, 32 MB of them.

Chromium has its own, 10 MB, which are cut by languages alone: what a page may ask for beyond them stays.
"""

import os
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

_LANGUAGES = ("en", "root", "zh")
_ENCODINGS = ("gb18030",)
# Whole folders: breaking Khmer or Lao into words, transliteration, numbers written out, names of units.
_FOLDERS_LEFT_OUT = ("brkitr", "rbnf", "translit", "unit")
# Tables of all languages together, which the library reads by these names.
_SHARED = (
    "currencyNumericCodes", "dayPeriods", "genderList", "grammaticalFeatures", "icustd", "icuver",
    "keyTypeData", "langInfo", "likelySubtags", "metaZones", "metadata", "numberingSystems", "plurals",
    "pluralRanges", "pool", "res_index", "supplementalData", "timezoneTypes", "tzdbNames", "units",
    "windowsZones", "zoneinfo64",
)  # fmt: skip
_ALIGNED = 16


def cut_tables(library: Path, to: Path) -> Path:
    """Make a library of the same name in the folder `to` that holds only the tables which `kept` names.

    Raises ValueError where `library` holds nothing in the form of ICU's packages of tables.
    """
    to.mkdir(parents=True, exist_ok=True)
    whole, cut = to / "whole.dat", to / "icudt.dat"
    subprocess.run(
        ["objcopy", "--output-target=binary", "--only-section=.rodata", library, whole], check=True
    )
    cut.write_bytes(cut_package(whole.read_bytes(), kept))
    whole.unlink()
    symbol = f"icudt{library.name.rpartition('.')[2]}_dat"
    source = to / "icudt.s"
    source.write_text(
        f'.section .note.GNU-stack,"",%progbits\n.section .rodata\n.balign {_ALIGNED}\n'
        f'.globl {symbol}\n.type {symbol}, %object\n{symbol}:\n.incbin "{cut.name}"\n'
        f".size {symbol}, . - {symbol}\n",
        "ascii",
    )
    made = to / library.name
    subprocess.run(
        [
            os.environ.get("CC", "cc"), "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-s",
            "-Wl,--build-id=sha1", "-o", made.name, source.name,
        ],
        cwd=to, check=True,
    )  # fmt: skip
    return made


def cut_browser_tables(tables: Path, to: Path) -> Path:
    """Put Chromium's tables, cut, into the folder `to`. Raises ValueError where they are of another form."""
    to.mkdir(parents=True, exist_ok=True)
    made = to / tables.name
    made.write_bytes(cut_package(tables.read_bytes(), kept_by_browser))
    return made


def kept_by_browser(name: str) -> bool:
    """Whether one of Chromium's tables stays: all but those of other languages, and of their words."""
    file = name.rpartition("/")[2]
    stem, _, kind = file.rpartition(".")
    if kind == "dict":
        return stem == "cjdict"
    return kind != "res" or stem in _SHARED or stem.partition("_")[0] in _LANGUAGES


def kept(name: str) -> bool:
    """Whether a table stays, by its name in the package: `icudt73l/coll/zh.res`."""
    *folders, file = name.split("/")[1:]
    if folders and folders[0] in _FOLDERS_LEFT_OUT:
        return False
    stem, _, kind = file.rpartition(".")
    if kind == "cnv":
        return stem in _ENCODINGS
    return kind != "res" or stem in _SHARED or stem.partition("_")[0] in _LANGUAGES


def cut_package(whole: bytes, wanted: Callable[[str], bool]) -> bytes:
    """The package of tables (head, list of contents, tables) without those that are not wanted."""
    if whole[2:4] != b"\xda\x27" or whole[12:16] != b"CmnD":
        raise ValueError("these are no tables of ICU")
    (head,) = struct.unpack_from("<H", whole)
    (count,) = struct.unpack_from("<I", whole, head)
    listed = [struct.unpack_from("<II", whole, head + 4 + 8 * at) for at in range(count)]
    names = [whole[head + at : whole.index(b"\0", head + at)] for at, _ in listed]
    ends = [begin for _, begin in listed[1:]] + [len(whole) - head]
    return whole[:head] + _package(
        [
            (name, whole[head + begin : head + end])
            for name, (_, begin), end in zip(names, listed, ends, strict=True)
            if wanted(name.decode("ascii"))
        ]
    )


def _package(tables: list[tuple[bytes, bytes]]) -> bytes:
    """The list of contents and the tables behind it, by their names' order; places count from the list."""
    names, at_name = b"", 4 + 8 * len(tables)
    places = []
    for name, _ in tables:
        places.append(at_name + len(names))
        names += name + b"\0"
    body, at_body = b"", _aligned(at_name + len(names))
    listed = struct.pack("<I", len(tables))
    for place, (_, table) in zip(places, tables, strict=True):
        listed += struct.pack("<II", place, at_body + len(body))
        body += table.ljust(_aligned(len(table)), b"\0")
    return (listed + names).ljust(at_body, b"\0") + body


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED
