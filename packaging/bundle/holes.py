"""The fonts that typst's library carries, twice over and 19 MB of them, taken out of the file.

The console sets its documents in the machine's fonts and those that come along. What is taken out is whole
pages of the library's constants: they read as zeros afterwards, as the pages of `.bss` do, every address
stays what it was, and a font of zeros is none.

By hand because nothing else does it (2026-11-28): LIEF 1.0 puts segments behind the file and takes nothing
out of it (68 MB become 91), objcopy takes whole sections, and the fonts are in one with all other constants;
the library made without them needs a newer Rust than Debian 12 has, and a compiler's run for each release.
"""

import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

_PAGE = 0x1000
_HEAD = struct.Struct("<16sHHIQQQIHHHHHH")  # of an ELF file
_SEGMENT = struct.Struct("<IIQQQQQQ")
_SECTION = struct.Struct("<IIQQQQIIQQ")
_LOAD = 1
# In the places of these come the segments that a gap makes. Only debuggers read them: the build's number, the
# list of segments itself.
_SPARE = (4, 6)
_NO_BITS = 8
_BEGIN = re.compile(rb"OTTO\x00[\x05-\x28]|\x00\x01\x00\x00\x00[\x05-\x28]")  # kind, number of tables
_ALIGNED = 16


@dataclass(frozen=True)
class _Segment:
    """What a library wants to stand where in memory, and where in the file that is; sizes in bytes."""

    kind: int
    flags: int
    at: int
    address: int
    physical: int
    size: int
    room: int
    aligned: int


def take_fonts_out(library: Path, to: Path) -> Path:
    """Make a library of the same name in the folder `to`, stripped and without fonts.

    Raises ValueError where `library` has none or is laid out otherwise.
    """
    to.mkdir(parents=True, exist_ok=True)
    made = to / library.name
    shutil.copyfile(library, made)
    subprocess.run(["strip", "--strip-unneeded", made], check=True)
    whole = made.read_bytes()
    found = list(fonts(whole))
    if not found:
        raise ValueError(f"{library.name} carries no fonts")
    made.write_bytes(without(whole, found))
    return made


def fonts(whole: bytes) -> Iterator[range]:
    """Where fonts of OpenType stand, one behind the other."""
    begin = end = 0
    for at in (match.start() for match in _BEGIN.finditer(whole)):
        size = _font_size(whole, at) if at >= end else 0
        if not size:
            continue
        if at - end >= _ALIGNED:
            if end:
                yield range(begin, end)
            begin = at
        end = at + size
    if end:
        yield range(begin, end)


def _font_size(whole: bytes, begin: int) -> int:
    """0 where no font begins; one has a table `head` with the number that every font has there."""
    (count,) = struct.unpack_from(">H", whole, begin + 4)
    size, genuine = 0, False
    for number in range(count):
        entry = whole[begin + 12 + 16 * number :][:16]
        if len(entry) < 16 or not all(0x20 <= sign < 0x7F for sign in entry[:4]):
            return 0
        tag, _sum, at, length = struct.unpack(">4sIII", entry)
        size = max(size, at + length)
        if tag == b"head":
            genuine = whole[begin + at + 12 : begin + at + 16] == b"\x5f\x0f\x3c\xf5"
    return size if genuine and begin + size <= len(whole) else 0


def without(whole: bytes, unread: list[range]) -> bytes:
    """A library whose whole pages in places of the file read as zeros and are not in the file.

    Raises ValueError where no plain read-only segment has the places, or there is no room for more segments.
    """
    gaps = [range(-(-one.start // _PAGE) * _PAGE, one.stop // _PAGE * _PAGE) for one in unread]
    head = list(_HEAD.unpack_from(whole))
    places = [head[5] + _SEGMENT.size * number for number in range(head[10])]
    segments = [_Segment(*_SEGMENT.unpack_from(whole, place)) for place in places]
    for gap in filter(len, gaps):
        segments = _parted(segments, gap)
    for kind in _SPARE:
        if len(segments) > len(places):
            segments = [one for one in segments if one.kind != kind]
    if len(segments) > len(places):
        raise ValueError("there is no room for so many segments")

    def moved(at: int) -> int:
        return at - sum(len(gap) for gap in gaps if at >= gap.stop)

    cut = bytearray(whole)
    for place, s in zip(places, segments, strict=False):
        _SEGMENT.pack_into(
            cut, place, s.kind, s.flags, moved(s.at), s.address, s.physical, s.size, s.room, s.aligned
        )
    head[10] = len(segments)
    for number in range(head[12]):
        place = head[6] + _SECTION.size * number
        section = list(_SECTION.unpack_from(whole, place))
        inside = [gap for gap in gaps if section[4] <= gap.start < section[4] + section[5]]
        if section[1] != _NO_BITS and inside:
            section[5] = inside[0].start - section[4]  # only tools read sections: to them it ends at the gap
        section[4] = moved(section[4])
        _SECTION.pack_into(cut, place, *section)
    head[6] = moved(head[6])
    _HEAD.pack_into(cut, 0, *head)
    for one in unread:
        cut[one.start : one.stop] = bytes(len(one))  # of the pages that stay what was part of it
    edges = [0, *(edge for gap in gaps for edge in (gap.start, gap.stop)), len(cut)]
    return b"".join(cut[begin:end] for begin, end in list(pairwise(edges))[::2])


def _parted(segments: list[_Segment], gap: range) -> list[_Segment]:
    """The segments, of which that with the gap became two: its first has room for the gap behind itself."""
    having = (s for s in segments if s.kind == _LOAD and s.at <= gap.start and gap.stop <= s.at + s.size)
    one = next(having, None)
    if one is None:
        raise ValueError("no segment has all of it")
    if one.flags & 2 or one.size != one.room or (one.at - one.address) % _PAGE:
        raise ValueError("the segment is not one that is only read")
    behind = gap.stop - one.at
    parts = (
        replace(one, size=gap.start - one.at, room=behind),
        replace(
            one, at=gap.stop, address=one.address + behind, physical=one.physical + behind,
            size=one.size - behind, room=one.size - behind,
        ),
    )  # fmt: skip
    number = segments.index(one)
    return [*segments[:number], *parts, *segments[number + 1 :]]
