"""A made-up city for the map's tests and measurements: jittered blocks, roads and divisions, fixed seed."""

import json
import math
import random
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

from console.domain.lamp import Lamp
from console.ui.map.city import MapCity
from console.ui.map.marks import Mark, Shape

RADIUS = 6_378_137.0
LON, LAT = 113.65, 34.76
STEP = 146.0  # metres of EPSG:3857; about 120 m on the ground at this latitude

Point = tuple[float, float]
Ring = list[Point]


def metres(lon: float, lat: float) -> Point:
    return math.radians(lon) * RADIUS, math.asinh(math.tan(math.radians(lat))) * RADIUS


def degrees(x: float, y: float) -> Point:
    return math.degrees(x / RADIUS), math.degrees(math.atan(math.sinh(y / RADIUS)))


ORIGIN = metres(LON, LAT)


def packed_cells(cells: Sequence[Sequence[Ring]], origin: Point = ORIGIN) -> bytes:
    """Cells as lists of rings in metres from the origin."""
    first_ring, first_vertex, xy = [0], [0], list[float]()
    for rings in cells:
        for ring in rings:
            xy.extend(part for point in ring for part in point)
            first_vertex.append(len(xy) // 2)
        first_ring.append(len(first_vertex) - 1)
    head = struct.pack("<4s3I2d", b"GCL1", len(cells), len(first_vertex) - 1, len(xy) // 2, *origin)
    return b"".join(
        (
            head,
            struct.pack(f"<{len(first_ring)}I", *first_ring),
            struct.pack(f"<{len(first_vertex)}I", *first_vertex),
            struct.pack(f"<{len(xy)}f", *xy),
        )
    )


@dataclass
class MadeCity:
    """The city, and what tests need to know about it: every cell's rings and middle in metres."""

    city: MapCity
    cells: list[list[Ring]]
    middles: list[Point] = field(default_factory=list)

    def place(self, index: int) -> Point:
        """A place inside the cell in degrees."""
        x, y = self.middles[index]
        return degrees(ORIGIN[0] + x, ORIGIN[1] + y)


def make_city(count: int = 38_515, *, badge: str = "", names: Sequence[str] = ()) -> MadeCity:
    """`count` cells in rows around the origin; `names` replace the first names of roads and divisions."""
    dice = random.Random(20_260_101)
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)

    def corner(column: int, row: int) -> Point:
        jitter = random.Random(column * 100_003 + row)
        return (
            (column - columns / 2 + jitter.uniform(-0.22, 0.22)) * STEP,
            (row - rows / 2 + jitter.uniform(-0.22, 0.22)) * STEP,
        )

    corners = [[corner(column, row) for column in range(columns + 1)] for row in range(rows + 1)]
    bends = [
        [_between(corners[row][column], corners[row][column + 1], dice) for column in range(columns)]
        for row in range(rows + 1)
    ]
    cells: list[list[Ring]] = []
    middles: list[Point] = []
    for index in range(count):
        row, column = divmod(index, columns)
        ring = [
            corners[row][column], bends[row][column], corners[row][column + 1],
            corners[row + 1][column + 1], bends[row + 1][column], corners[row + 1][column],
        ]  # fmt: skip
        cells.append([ring])
        middles.append((sum(x for x, _ in ring) / 6, sum(y for _, y in ring) / 6))
    titles = iter(names)
    city = MapCity(
        cells=packed_cells(cells),
        cell_codes=[f"{410105000000000 + index}" for index in range(count)],
        roads=_roads(columns, rows, corners, titles),
        divisions=_divisions(columns, rows, corners, titles),
        badge=badge,
    )
    return MadeCity(city, cells, middles)


def _between(one: Point, other: Point, dice: random.Random) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2 + dice.uniform(-0.06, 0.06) * STEP


def _lonlat(point: Point) -> list[float]:
    lon, lat = degrees(ORIGIN[0] + point[0], ORIGIN[1] + point[1])
    return [round(lon, 7), round(lat, 7)]


def _collection(features: list[dict[str, object]]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def _feature(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def _roads(columns: int, rows: int, corners: list[list[Point]], titles: object) -> bytes:
    east_west = ("北三环路", "农业路", "金水路", "中原路", "陇海路", "航海路", "南三环路", "郑汴路")
    north_south = ("西三环路", "桐柏路", "嵩山路", "大学路", "紫荆山路", "未来路", "中州大道", "东三环路")
    features = []
    for k in range(4, max(rows - 1, 5), 7):
        if k > rows:
            break
        rank = 1 if k % 49 == 4 else 2 if k % 21 == 4 else 3
        name = next(titles, None) or (east_west[k // 14 % 8] if rank < 3 else f"{'东西南北'[k % 4]}{k}街")  # type: ignore[call-overload]
        features.append(_feature("LineString", [_lonlat(p) for p in corners[k]], name=name, rank=rank))
    for k in range(4, max(columns - 1, 5), 8):
        if k > columns:
            break
        rank = 1 if k % 48 == 4 else 2 if k % 24 == 4 else 3
        name = north_south[k // 16 % 8] if rank < 3 else f"经{k}路"
        line = [_lonlat(corners[row][k]) for row in range(rows)]
        features.append(_feature("LineString", line, name=name, rank=rank))
    return _collection(features)


def _divisions(columns: int, rows: int, corners: list[list[Point]], titles: object) -> bytes:
    features: list[dict[str, object]] = []
    more = max(1, round(columns / 197))  # as many cells to a responsibility grid in a larger city
    plan = (
        ("responsibility", 27 * more, 26 * more, "责任网格"),
        ("street", 9, 8, "街道"),
        ("district", 3, 2, "区"),
    )
    first = ("金水", "二七", "管城", "中原", "惠济", "郑东")
    full_rows = rows - 1
    for level, across, down, word in plan:
        for k in range(across * down):
            row, column = divmod(k, across)
            left, right = column * columns // across, (column + 1) * columns // across
            low, high = row * full_rows // down, (row + 1) * full_rows // down
            if right <= left or high <= low:
                continue
            outline = [
                *corners[low][left : right + 1],
                *(corners[r][right] for r in range(low + 1, high + 1)),
                *reversed(corners[high][left:right]),
                *(corners[r][left] for r in range(high - 1, low - 1, -1)),
            ]
            name = next(titles, None) or (
                f"{first[k % 6]}{word}" if level != "responsibility" else f"{k:04d}"
            )  # type: ignore[call-overload]
            features.append(
                _feature(
                    "Polygon", [[_lonlat(p) for p in outline]], code=f"{level}{k}", name=name, level=level
                )
            )
    return _collection(features)


def make_state(count: int) -> tuple[bytes, bytes]:
    """Levels and counts: a few hot places, many quiet cells."""
    from console.ui.map.ramp import level_of

    dice = random.Random(7)
    columns = math.ceil(math.sqrt(count))
    spread = max(1.0, columns / math.ceil(math.sqrt(38_515)))
    spots = [
        (dice.uniform(0, columns), dice.uniform(0, columns), spread * dice.uniform(4, 20)) for _ in range(14)
    ]
    open_cases = []
    for index in range(count):
        row, column = divmod(index, columns)
        heat = sum(math.exp(-((row - r) ** 2 + (column - c) ** 2) / (2 * s * s)) for r, c, s in spots)
        open_cases.append(max(0, int(dice.expovariate(1) * (0.35 + 3.2 * heat) - 0.45)))
    return bytes(map(level_of, open_cases)), struct.pack(f"<{count}H", *open_cases)


def make_marks(made: MadeCity, count: int = 600) -> list[Mark]:
    """Cases on cells, mostly in time."""
    dice = random.Random(11)
    marks = []
    for case_id in range(1, count + 1):
        index = dice.randrange(len(made.middles))
        lon, lat = made.place(index)
        shape = dice.choices(list(Shape), weights=(70, 10, 8, 4, 4, 4))[0]
        lamp = {Shape.IN_TIME: Lamp.IN_TIME, Shape.SOON: Lamp.SOON, Shape.SUSPENDED: Lamp.NONE}.get(
            shape, Lamp.LATE
        )
        marks.append(Mark(case_id, lon, lat, shape, lamp, f"郑数〔2026〕{case_id:05d}"))
    return marks
