"""Reading a GeoPackage, which is a database of SQLite: its layers, fields, geometry and coordinate system.

Part of the child process `parser.py`; imports nothing of the console.
"""

import sqlite3
from pathlib import Path
from typing import Any, Self

_ENVELOPES = (0, 32, 48, 48, 64)  # bytes, by the number in the head's flags
_HEAD = 8
_CURVES = range(8, 15)  # ISO 13249's circular strings and what is made of them


class Opened:
    """A file opened for reading. Raises sqlite3.Error where it is no database, ValueError where it is no
    GeoPackage, UnicodeDecodeError where its text is no UTF-8."""

    def __init__(self, path: Path, _encoding: str) -> None:
        self._base = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        self._base.text_factory = bytes  # so that what is no UTF-8 is told of by its place
        # Neither a view nor a trigger of a foreign file calls what can do harm, and broken pages are found.
        for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
            self._base.execute(f"PRAGMA {setting}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def layers(self) -> list[str]:
        found = self._base.execute(
            "SELECT table_name FROM gpkg_contents WHERE lower(data_type) IN ('features', 'attributes')"
        )
        return [_text(name) for (name,) in found]

    def read(self, layer: str) -> tuple[str | None, dict[str, list[Any]], list[bytes]]:
        """The coordinate system, the fields by name, and the WKB of every feature, empty for none."""
        # A layer may be written otherwise in each of the tables: SQLite's names know no case.
        told = self._base.execute(
            "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)",
            [layer],
        ).fetchone()
        shape = _text(told[0]).lower() if told else ""
        listed = self._base.execute(f"PRAGMA table_info({_quoted(layer)})").fetchall()
        # The first is the key by its type, whatever its name: a feature's number, no field of it.
        fields = [
            _text(name) for _, name, kind, _, _, key in listed if not (key and kind.upper() == b"INTEGER")
        ]
        wanted = [name for name in fields if name.lower() != shape]
        asked = ", ".join(map(_quoted, [*wanted, *([shape] if shape else [])])) or "1"
        rows = self._base.execute(f"SELECT {asked} FROM {_quoted(layer)}").fetchall()
        columns = {name: [_value(row[at]) for row in rows] for at, name in enumerate(wanted)}
        wkb = [wkb_of(row[-1], number) if shape else b"" for number, row in enumerate(rows, start=1)]
        return self._system(told[1]) if told else None, columns, wkb

    def _system(self, number: int) -> str | None:
        found = self._base.execute(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys"
            " WHERE srs_id = ?",
            [number],
        ).fetchone()
        if found is None or number in (-1, 0):  # not known: some plane, some sphere
            return None
        who, code, definition = _text(found[0]), found[1], _text(found[2])
        return f"EPSG:{code}" if who.upper() == "EPSG" else definition


def wkb_of(blob: bytes | None, number: int) -> bytes:
    """The geometry behind a GeoPackage's head. Raises ValueError naming the feature by its `number`."""
    if blob is None:
        return b""
    if blob[:2] != b"GP" or len(blob) < _HEAD:
        raise ValueError(f"feature {number}: no geometry of a GeoPackage")
    flags = blob[3]
    envelope = flags >> 1 & 7
    if envelope >= len(_ENVELOPES) or flags >> 5 & 1:
        raise ValueError(f"feature {number}: geometry of an unknown form")
    wkb = blob[_HEAD + _ENVELOPES[envelope] :]
    kind = int.from_bytes(wkb[1:5], "little" if wkb[:1] == b"\1" else "big")
    if kind % 1000 in _CURVES:
        raise ValueError(f"feature {number}: curves; save the layer with straight lines")
    return b"" if flags >> 4 & 1 else wkb


def _value(value: Any) -> Any:
    return value.decode("utf-8") if isinstance(value, bytes) else value


def _text(value: Any) -> str:
    return value.decode("utf-8") if isinstance(value, bytes) else str(value or "")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
