"""PROJ's table of coordinate systems cut to those that a city of the console can lie in: 9 MB become 2.5.

What stays: every system of EPSG and Esri whose area touches the rectangle in which GCJ-02 is defined, which
is much wider than China, those of the whole world, UTM for places elsewhere, and whatever leads between them.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

_WEST, _SOUTH, _EAST, _NORTH = 72.004, 0.8293, 137.8347, 55.8271  # console.geography.coordinates
_EARTHLY = "('EPSG', 'ESRI', 'OGC', 'PROJ')"  # not the moons and planets, nor France's and the North's own
_TOUCHES = f"""
    NOT (south_lat > {_NORTH} OR north_lat < {_SOUTH})
    AND CASE WHEN west_lon <= east_lon THEN west_lon <= {_EAST} AND east_lon >= {_WEST}
             ELSE west_lon <= {_EAST} OR east_lon >= {_WEST} END
"""  # an area over the 180th meridian ends to the west of where it begins
_SYSTEMS = ("geodetic_crs", "projected_crs", "vertical_crs", "compound_crs")
_WAYS = (
    "helmert_transformation_table",
    "grid_transformation",
    "other_transformation",
    "concatenated_operation",
)
_CALLED = {"helmert_transformation_table": "helmert_transformation", "conversion_table": "conversion"}


def cut_systems(database: Path, to: Path) -> Path:
    """Make a database of the same name in the folder `to`. Raises sqlite3.Error where it has other tables."""
    to.mkdir(parents=True, exist_ok=True)
    made = to / database.name
    shutil.copyfile(database, made)
    made.chmod(0o644)
    with closing(sqlite3.connect(made, isolation_level=None)) as table:
        for statement in _statements():
            table.execute(statement)
    return made


def _statements() -> list[str]:
    """SQL, in order. Foreign keys are not enforced: what refers to nothing goes by a line of its own."""
    return [
        "BEGIN",
        *(f"DELETE FROM {name} WHERE {_apart(name)}" for name in _SYSTEMS),
        f"DELETE FROM compound_crs WHERE NOT {_is('horiz_crs', 'geodetic_crs', 'projected_crs')}"
        f" OR NOT {_is('vertical_crs', 'vertical_crs')}",
        *(
            f"DELETE FROM {name} WHERE NOT {_is('source_crs', *_SYSTEMS)}"
            f" OR NOT {_is('target_crs', *_SYSTEMS)}"
            for name in _WAYS
        ),
        f"DELETE FROM concatenated_operation_step WHERE NOT {_is('operation', 'concatenated_operation')}",
        f"DELETE FROM coordinate_metadata WHERE NOT {_is('crs', *_SYSTEMS)}",
        "DELETE FROM conversion_table WHERE (auth_name, code) NOT IN"
        " (SELECT conversion_auth_name, conversion_code FROM projected_crs"
        " WHERE conversion_code IS NOT NULL)",
        "DELETE FROM geodetic_datum_ensemble_member WHERE (ensemble_auth_name, ensemble_code) NOT IN"
        " (SELECT datum_auth_name, datum_code FROM geodetic_crs WHERE datum_code IS NOT NULL)",
        "DELETE FROM geodetic_datum WHERE (auth_name, code) NOT IN"
        " (SELECT datum_auth_name, datum_code FROM geodetic_crs WHERE datum_code IS NOT NULL)"
        " AND (auth_name, code) NOT IN"
        " (SELECT member_auth_name, member_code FROM geodetic_datum_ensemble_member)",
        "DELETE FROM ellipsoid WHERE auth_name LIKE 'IAU%'",
        "DELETE FROM celestial_body WHERE auth_name LIKE 'IAU%'",
        *(
            f"DELETE FROM {holder} WHERE {kind} = '{_CALLED.get(name, name)}'"
            f" AND ({of}auth_name, {of}code) NOT IN (SELECT auth_name, code FROM {name})"
            for holder, kind, of in (
                ("usage", "object_table_name", "object_"),
                ("alias_name", "table_name", ""),
                ("deprecation", "table_name", "deprecated_"),
                ("supersession", "superseded_table_name", "superseded_"),
            )
            for name in (*_SYSTEMS, *_WAYS, "conversion_table", "geodetic_datum", "ellipsoid")
        ),
        *(
            f"DELETE FROM {name} WHERE (auth_name, code) NOT IN"
            f" (SELECT {name}_auth_name, {name}_code FROM usage)"
            for name in ("extent", "scope")
        ),
        "COMMIT",
        "ANALYZE",
        "VACUUM",
    ]


def _apart(name: str) -> str:
    """Whether a system lies elsewhere: no area of its own touches, and none that stays is made from it."""
    near = (
        "(auth_name, code) IN (SELECT object_auth_name, object_code FROM usage JOIN extent"
        f" ON extent.auth_name = extent_auth_name AND extent.code = extent_code"
        f" WHERE object_table_name = '{name}' AND {_TOUCHES})"
    )
    kept = f"(auth_name IN {_EARTHLY} AND {near})"
    if name == "projected_crs":
        kept += " OR name LIKE 'WGS 84 / UTM zone %'"
    return f"NOT ({kept})"


def _is(what: str, *tables: str) -> str:
    """Whether the row that `what` names is in one of the tables."""
    found = (f"({what}_auth_name, {what}_code) IN (SELECT auth_name, code FROM {name})" for name in tables)
    return f"({' OR '.join(found)})"
