"""An area of the city put together by hand: grids and shapes, added and taken away, as one line of text."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from console.domain.errors import Refused

Kind = Literal["cells", "grids", "shape"]
Point = tuple[float, float]
Ring = tuple[Point, ...]

MOST_POINTS = 1000  # of all shapes together: every one of them is asked of every case at the edge
MOST_PIECES = 100
MOST_NAME = 40
_LETTERS: dict[str, Kind] = {"c": "cells", "g": "grids", "p": "shape"}
_PIECE = re.compile(r"([+-])([cgp])(.+)", re.DOTALL)
_CODE = re.compile(r"[^\s,;/\x00-\x1f\x7f]{1,24}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something added to an area or taken from it: unit or responsibility grids by their codes, or a shape.

    A shape is rings of (lon, lat) in EPSG:4490 degrees, not closed; inside is what an odd number of their
    sides lies west of.
    """

    kind: Kind
    codes: tuple[str, ...] = ()
    rings: tuple[Ring, ...] = ()
    adds: bool = True


@dataclass(frozen=True, slots=True)
class Area:
    """Pieces in their order: what a later one takes away is out, whatever put it in before."""

    pieces: tuple[Piece, ...] = ()
    name: str = ""

    @property
    def points(self) -> int:
        """How many corners its shapes have."""
        return sum(len(ring) for piece in self.pieces for ring in piece.rings)

    def told(self) -> str:
        """The area as text: its name, then `+` or `-`, a letter for the kind, and codes or corners."""
        return ";".join([*([self.name] if self.name else []), *map(_told, self.pieces)])


def read_area(text: str) -> Area:
    """The area that `told` tells of. Raises Refused: `area_damaged` naming the piece; `area_large`."""
    first, *others = text.split(";")
    named = bool(first) and not _PIECE.fullmatch(first)
    pieces = tuple(map(_read, others if named else [first, *others]))
    return checked(Area(pieces, first if named else ""))


def checked(area: Area) -> Area:
    """The area, if it is one that can be asked for. Raises Refused: `area_damaged`, `area_large`."""
    if not area.pieces or len(area.name) > MOST_NAME or ";" in area.name or _PIECE.fullmatch(area.name):
        raise Refused("area_damaged", piece=area.name)
    for piece in area.pieces:
        if not all(map(_CODE.fullmatch, piece.codes)):
            raise Refused("area_damaged", piece=_told(piece)[:40])
    if area.points > MOST_POINTS or len(area.pieces) > MOST_PIECES:
        raise Refused("area_large", points=area.points, most=MOST_POINTS, pieces=MOST_PIECES)
    return area


def named(area: Area, name: str) -> Area:
    """The area under a name; what cannot stand in its text is left out of it. Unnamed if nothing stays."""
    name = name.replace(";", " ").strip()[:MOST_NAME]
    return replace(area, name="" if _PIECE.fullmatch(name) else name)


def with_piece(area: Area | None, piece: Piece) -> Area:
    """The area with one more piece; like pieces one after the other become one.

    Raises Refused: `area_damaged`, `area_large`.
    """
    pieces = area.pieces if area else ()
    name = area.name if area else ""
    last = pieces[-1] if pieces else None
    if last and piece.codes and (last.kind, last.adds) == (piece.kind, piece.adds):
        codes = (*last.codes, *(code for code in piece.codes if code not in last.codes))
        return checked(Area((*pieces[:-1], Piece(piece.kind, codes, (), piece.adds)), name))
    return checked(Area((*pieces, piece), name))


def _told(piece: Piece) -> str:
    letter = next(letter for letter, kind in _LETTERS.items() if kind == piece.kind)
    body = ",".join(piece.codes) or "/".join(map(_told_ring, piece.rings))
    return f"{'+' if piece.adds else '-'}{letter}{body}"


def _told_ring(ring: Ring) -> str:
    return ",".join(f"{_degrees(lon)} {_degrees(lat)}" for lon, lat in ring)


def _degrees(value: float) -> str:
    return repr(round(value, 7))


def _read(text: str) -> Piece:
    found = _PIECE.fullmatch(text)
    if found is None:
        raise Refused("area_damaged", piece=text[:40])
    adds, kind = found[1] == "+", _LETTERS[found[2]]
    try:
        if kind == "shape":
            return Piece(kind, (), tuple(tuple(_corners(ring)) for ring in found[3].split("/")), adds)
        codes = tuple(found[3].split(","))
        if not all(map(_CODE.fullmatch, codes)):
            raise ValueError(text)
    except ValueError as problem:
        raise Refused("area_damaged", piece=text[:40]) from problem
    return Piece(kind, codes, (), adds)


def _corners(text: str) -> Iterator[Point]:
    corners = text.split(",")
    if len(corners) < 3:
        raise ValueError(text)
    for corner in corners:
        lon, lat = (float(one) for one in corner.split(" "))
        if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            raise ValueError(corner)
        yield round(lon, 7), round(lat, 7)


def shape(rings: tuple[Ring, ...], *, adds: bool = True) -> Piece:
    """A piece of rings in degrees, its corners where the text will tell them (1e-7 degrees, a centimetre)."""
    corners = tuple(tuple((round(lon, 7), round(lat, 7)) for lon, lat in ring) for ring in rings)
    return Piece("shape", (), corners, adds)
