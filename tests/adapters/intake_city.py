"""A small city with a store, and files of a made-up source system for it."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from console.adapters.intake.mapping import Mapping as Declared
from console.adapters.intake.report import ImportReport
from console.adapters.intake.run import import_cases
from console.domain.case import Case, Fact
from console.queries.verify import mismatches
from console.services.city import load_city
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.cities import LOADED, LOADER, SOUTH, STEP_LAT, STEP_LON, WEST, small_city

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
INSIDE = (WEST + 2.5 * STEP_LON, SOUTH + 2.5 * STEP_LAT)

TOLD: dict[str, Any] = {
    "name": "neighbour",
    "system": "nb",
    "nulls": ["无"],
    "coordinates": "wgs84",
    "timezone": "Asia/Shanghai",
    "external_id": "编号",
    "description": ["描述", "补充"],
    "address": "地址",
    "reporter": "上报人",
    "place": {"lon": "经度", "lat": "纬度"},
    "times": {
        "reported_at": {"column": "上报时间", "formats": ["%Y-%m-%d %H:%M", "%Y年%m月%d日 %H:%M"]},
        "ended_at": {"column": "办结时间", "formats": ["%Y-%m-%d %H:%M"]},
    },
    "class": {"columns": ["类别"], "codes": {"暴露垃圾": "event:0110", "井盖": "part:0103"}},
    "department": {"column": "部门", "codes": {"金水": "D105", "排水": "P01"}},
    "source": {"column": "来源", "codes": {"热线": "hotline"}, "default": "imported"},
    "status": {"column": "状态", "codes": {"已办结": "closed", "办理中": "handling"}},
    "notes": ["备注"],
}
# What makes of a file's own values its classes and departments.
OWN: dict[str, Any] = {
    "class": {
        "columns": ["类别", "来源"],
        "as_catalogue": {
            "edition": "nb",
            "name": "邻市",
            "condition": "属实",
            "closing": "办结",
            "limit": {"value": 5, "unit": "work_day"},
            "source": "拟定",
        },
    },
    "department": {"column": "部门", "as_departments": {"kind": "bureau"}},
}
ROW = {
    "编号": "A-1",
    "描述": "路口有垃圾",
    "补充": "无",
    "地址": "大学路 1 号",
    "上报人": "王",
    "经度": f"{INSIDE[0]:.6f}",
    "纬度": f"{INSIDE[1]:.6f}",
    "上报时间": "2026-11-02 08:30",
    "办结时间": "无",
    "类别": "暴露垃圾",
    "部门": "金水",
    "来源": "热线",
    "状态": "办理中",
    "备注": "二次上报",
}


def mapping(**changes: Any) -> Declared:
    return Declared.model_validate(TOLD | changes)


def row(number: int = 1, **changes: str) -> dict[str, str]:
    return ROW | {"编号": f"A-{number}"} | changes


def csv_text(rows: Iterable[Mapping[str, str]], delimiter: str = ",") -> str:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(ROW), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def csv_file(folder: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    path = folder / "cases.csv"
    path.write_bytes(csv_text(rows).encode(encoding))
    return path


@contextmanager
def city_store(folder: Path) -> Iterator[Store]:
    """A store on disk with the small city in it."""
    store = Store(database_url(None, folder))
    try:
        store.prepare()
        with store.write() as unit:
            load_city(unit, small_city(), by=LOADER, at=LOADED)
        yield store
    finally:
        store.close()


def bring(store: Store, file: Path, declared: Declared | None = None, **changes: Any) -> ImportReport:
    """An import that hears nothing and is never cancelled, unless `changes` say otherwise."""
    told: dict[str, Any] = {
        "progress": lambda done, total: None,
        "cancelled": lambda: False,
        "now": NOW,
    } | changes
    return import_cases(store, file, declared or mapping(), **told)


def found(store: Store, number: int = 1) -> tuple[Case, list[Fact]]:
    """The case of a row with its facts."""
    with store.write() as unit:
        case = unit.cases.by_external_id(f"nb:A-{number}")
        assert case is not None
        return case, unit.cases.facts(case.id)


def adds_up(report: ImportReport) -> None:
    """Every row has exactly one fate."""
    told = report.as_json()
    counts = (told[name] for name in ("imported", "updated", "unchanged", "not_reached"))
    assert sum(counts) + len(told["rejected"]) == told["rows"]
    assert report.cancelled or not report.not_reached


def is_whole(store: Store) -> int:
    """The number of cases, each of which is what its journal tells."""
    with store.read() as view:
        found = list(mismatches(view))
    *_, total = found
    assert [item for item in found if not isinstance(item, int)] == []
    assert isinstance(total, int)
    return total


def dumped(store: Store, *, revisions: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; no two stores share revisions and their own name."""
    with store.read() as view:
        names = view.connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        )
        return {
            name: [
                tuple(line)
                for line in view.connection.exec_driver_sql(f'SELECT * FROM "{name}"')
                if revisions or (not str(line[0]).endswith("_revision") and line[0] != "store")
            ]
            for name in list(names.scalars())
        }
