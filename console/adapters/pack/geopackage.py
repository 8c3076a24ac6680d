"""Writing one layer of polygons as a GeoPackage, byte for byte the same for the same layer."""

import sqlite3
import struct
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS

# GeoPackages note when they were changed: at no time, so that the same city makes the same bytes.
_TIMELESS = "2000-01-01T00:00:00.000Z"
_APPLICATION, _VERSION = 0x47504B47, 10300  # "GPKG", 1.3.0
_POLYGON, _WITH_ENVELOPE = 3, 0b0000_0011  # little endian, west, east, south and north before the shape
# The standard's own tables, with the three systems that each file must know.
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL);
"""


def write_layer(
    path: Path,
    layer: str,
    fields: Mapping[str, NDArray[Any]],
    shapes: NDArray[np.object_],
    *,
    system: str,
) -> None:
    """Write polygons and multipolygons in coordinates of `system` (`EPSG:nnnn`), with a field of text or
    numbers a column, as the new file `path`. Raises sqlite3.Error where it cannot be written."""
    single = set(shapely.get_type_id(shapes).tolist()) <= {_POLYGON}
    number = int(system.partition(":")[2])
    kinds = {name: "REAL" if column.dtype.kind == "f" else "TEXT" for name, column in fields.items()}
    columns = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    kind = "POLYGON" if single else "GEOMETRY"
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        for setting in (f"application_id = {_APPLICATION}", f"user_version = {_VERSION}"):
            base.execute(f"PRAGMA {setting}")
        base.executescript(_TABLES)
        base.execute("BEGIN")
        for code in sorted({4326, number}):
            known = CRS.from_epsg(code)
            row = (known.name, code, "EPSG", code, known.to_wkt("WKT1_GDAL"))
            base.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)", row)
        bounds = shapely.total_bounds(shapes).tolist() if len(shapes) else [None] * 4
        base.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'features', ?, '', ?, ?, ?, ?, ?, ?)",
            (layer, layer, _TIMELESS, *bounds, number),
        )
        base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (layer, kind, number)
        )
        base.execute(
            f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {kind}, {columns})'
        )
        places = ", ".join("?" * (len(fields) + 1))
        base.executemany(
            f'INSERT INTO "{layer}" VALUES (NULL, {places})',
            zip(_blobs(shapes, number), *(column.tolist() for column in fields.values()), strict=True),
        )
        base.execute("COMMIT")


def _blobs(shapes: NDArray[np.object_], number: int) -> Iterator[bytes]:
    """Each shape as the standard wants it: a head with the system and the bounds, then WKB."""
    for shape, (west, south, east, north) in zip(shapes, shapely.bounds(shapes).tolist(), strict=True):
        head = struct.pack("<2s2Bi4d", b"GP", 0, _WITH_ENVELOPE, number, west, east, south, north)
        yield head + shapely.to_wkb(shape, output_dimension=2)
