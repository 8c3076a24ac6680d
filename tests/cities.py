"""Small made-up cities for tests: square cells, a few departments, a catalogue of a dozen classes."""

import json
from datetime import UTC, date, datetime, time

import shapely

from console.domain.calendar import CalendarTable, WorkPeriods
from console.domain.catalogue import CaseClass, Catalogue, ClassKind, FilingCondition, Limit, LimitUnit
from console.domain.city import (
    CityContent,
    CityProfile,
    Department,
    DepartmentKind,
    Division,
    Level,
    ResponsibilityGrid,
    ResponsibilityRule,
    UnitGrid,
)
from console.geography.packed import packed_cells

LOADER, LOADED = "市信息科", datetime(2026, 1, 1, tzinfo=UTC)  # who brought a city in, and when

WEST, SOUTH = 113.66, 34.74
STEP_LON, STEP_LAT = 0.0013, 0.0011  # about 120 m
BLOCK = 3  # cells along the side of a responsibility grid

JINSHUI, ERQI, ZHENGDONG = "410105", "410103", "410171"

Row = tuple[ClassKind, str, str, str, float, LimitUnit]
_EVENT, _PART = ClassKind.EVENT, ClassKind.PART
_CLASSES: tuple[Row, ...] = (
    (_EVENT, "0107", "市容环境", "沿街晾挂", 2, LimitUnit.URGENT_HOUR),
    (_EVENT, "0110", "市容环境", "暴露垃圾", 4, LimitUnit.WORK_HOUR),
    (_EVENT, "0113", "市容环境", "道路破损", 5, LimitUnit.WORK_DAY),
    (_EVENT, "0136", "市容环境", "乱堆物堆料", 1, LimitUnit.WORK_DAY),
    (_EVENT, "0201", "宣传广告", "非法小广告", 1, LimitUnit.WORK_DAY),
    (_EVENT, "0304", "施工管理", "工地扬尘", 2, LimitUnit.WORK_HOUR),
    (_EVENT, "0405", "街面秩序", "店外经营", 2, LimitUnit.URGENT_HOUR),
    (_EVENT, "0406", "街面秩序", "占道经营", 2, LimitUnit.URGENT_HOUR),
    (_EVENT, "0409", "街面秩序", "机动车乱停放", 2, LimitUnit.WORK_HOUR),
    (_EVENT, "0506", "突发事件", "道路积水", 2, LimitUnit.URGENT_HOUR),
    (_PART, "0103", "公用设施", "雨水井盖", 2, LimitUnit.WORK_DAY),
    (_PART, "0305", "市容环境设施", "垃圾箱", 1, LimitUnit.WORK_DAY),
)


def small_city(columns: int = 12, rows: int = 9) -> CityContent:
    """A city of squares in two districts, its north-east run by a committee, with three named roads.

    The west is 金水区, the east 二七区; 郑东新区 manages the upper right quarter.
    """
    cells = [(column, row) for row in range(rows) for column in range(columns)]
    polygons = [shapely.box(*_corner(column, row), *_corner(column + 1, row + 1)) for column, row in cells]
    grids = [_unit_grid(column, row, columns, rows) for column, row in cells]
    return CityContent(
        profile=CityProfile("410100", "小城(演示)", "Small City (demo)", "Asia/Shanghai", "2013", True),
        divisions=_divisions(),
        responsibility_grids=sorted(
            {
                ResponsibilityGrid(g.responsibility_grid, g.responsibility_grid, g.district, g.street)
                for g in grids
            },
            key=lambda grid: grid.code,
        ),
        unit_grids=grids,
        departments=_departments(),
        rules=_rules(),
        catalogues=[small_catalogue()],
        calendar=CalendarTable(
            "Asia/Shanghai",
            (WorkPeriods(date(2015, 1, 1), ((time(8), time(12)), (time(14), time(18)))),),
            {date(2026, 1, 1): False, date(2026, 1, 4): True},
            frozenset({2025, 2026}),
        ),
        layers={"cells": packed_cells(polygons), "roads": _roads(columns, rows), "divisions": b""},
    )


def small_catalogue() -> Catalogue:
    """A dozen classes of the 2013 codes, each with a grave condition and, with work limits, a mild one."""
    return Catalogue("2013", "小目录", [_case_class(row) for row in _CLASSES])


def _case_class(row: Row) -> CaseClass:
    kind, code, major, name, value, unit = row
    grave = FilingCondition(1, f"{name}较重", "已整改", Limit(value, unit), proposed=False)
    mild = FilingCondition(2, f"{name}较轻", "已清理", Limit(2 * value, unit), proposed=True)
    conditions = (grave,) if unit is LimitUnit.URGENT_HOUR else (grave, mild)
    return CaseClass(kind, code, major, name, f"class {code}", conditions)


def _corner(column: int, row: int) -> tuple[float, float]:
    return WEST + column * STEP_LON, SOUTH + row * STEP_LAT


def _unit_grid(column: int, row: int, columns: int, rows: int) -> UnitGrid:
    east = column >= columns // 2
    district = ERQI if east else JINSHUI
    street = f"{district}00{1 + row // (rows // 2 + 1)}"
    lon, lat = _corner(column, row)
    return UnitGrid(
        code=f"{street}001{row * columns + column + 1:03d}",
        responsibility_grid=f"{street}{column // BLOCK:02d}{row // BLOCK:02d}",
        community=f"{street}001",
        street=street,
        district=district,
        committee=ZHENGDONG if east and row >= rows // 2 else "",
        area_m2=14_500.0,
        length_m=482.0,
        lon=lon + STEP_LON / 2,
        lat=lat + STEP_LAT / 2,
        start_date=date(2015, 1, 1),
    )


def _responsibility_grids(grids: list[UnitGrid]) -> list[ResponsibilityGrid]:
    known = {grid.responsibility_grid: grid for grid in grids}
    return [
        ResponsibilityGrid(code, code, known[code].district, known[code].street) for code in sorted(known)
    ]


def _divisions() -> list[Division]:
    districts = [(JINSHUI, "金水区", "Jinshui"), (ERQI, "二七区", "Erqi")]
    return [
        Division("410100", "小城(演示)", "Small City (demo)", Level.CITY, ""),
        *(Division(code, name, name_en, Level.DISTRICT, "410100") for code, name, name_en in districts),
        Division(ZHENGDONG, "郑东新区", "Zhengdong", Level.COMMITTEE, "410100"),
        *(
            Division(f"{code}00{n}", f"{name[:-1]}{n}街道", f"{name_en} Street {n}", Level.STREET, code)
            for code, name, name_en in districts
            for n in (1, 2)
        ),
    ]


def _departments() -> list[Department]:
    bureau = DepartmentKind.DISTRICT_BUREAU
    return [
        Department("D105", "金水区城管局", "Jinshui Bureau", bureau, "", JINSHUI),
        Department("D103", "二七区城管局", "Erqi Bureau", bureau, "", ERQI),
        Department("D171", "郑东新区管委会", "Zhengdong Committee", DepartmentKind.COMMITTEE, "", ZHENGDONG),
        Department("P01", "排水公司(演示)", "Drainage (demo)", DepartmentKind.PROFESSIONAL),
    ]


def _rules() -> list[ResponsibilityRule]:
    return [
        ResponsibilityRule("D105", "event:", JINSHUI),
        ResponsibilityRule("D103", "event:", ERQI),
        ResponsibilityRule("D171", "event:", ZHENGDONG),
        ResponsibilityRule("P01", "part:"),
    ]


def _roads(columns: int, rows: int) -> bytes:
    middle, centre = columns // 2, rows // 2
    lines = [
        ("大学路", 1, _corner(middle, 0), _corner(middle, rows)),
        ("陇海路", 2, _corner(0, centre), _corner(columns, centre)),
        ("甲一街", 3, _corner(0, 1), _corner(columns, 1)),
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "rank": rank},
            "geometry": {"type": "LineString", "coordinates": [start, end]},
        }
        for name, rank, start, end in lines
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
