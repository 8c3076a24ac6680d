"""GeoJSON as rows: a feature's properties by name, its point as the columns `@lon` and `@lat`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from console.adapters.intake.cells import Sheet, check_columns
from console.adapters.intake.encoding import checked_encoding
from console.adapters.intake.mapping import Mapping as Declared
from console.adapters.intake.taken_apart import as_line, taken_apart
from console.domain.errors import Refused

ID, LON, LAT = "@id", "@lon", "@lat"
MOST_BYTES = 1 << 28  # the text is read whole; what stands in it is decoded feature by feature


@contextmanager
def opened_geojson(file: Path, mapping: Declared) -> Iterator[Sheet]:
    """The rows of a FeatureCollection of points, read by a child process; `@id` is a feature's own id.

    A feature that cannot be read is a broken row, as long as it can be told where it ends.

    Raises Refused: `geojson_too_large`, `wrong_encoding`, `geojson_damaged`, `geojson_row_damaged` naming the
    feature, `missing_columns`, and those of console.adapters.intake.taken_apart.
    """
    if (size := file.stat().st_size) > MOST_BYTES:
        raise Refused("geojson_too_large", file=file.name, megabytes=size >> 20, most=MOST_BYTES >> 20)
    with taken_apart(file, "geojson", checked_encoding(file, mapping.encoding)) as (named, told):
        columns = list(dict.fromkeys((ID, LON, LAT, *named)))
        check_columns(columns, mapping.columns(), file.name)
        nulls = frozenset(mapping.nulls)
        yield Sheet(columns, (as_line(one, columns, nulls) for one in told))
