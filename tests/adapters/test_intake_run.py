"""An import from end to end, on a database on disk."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from console.adapters.intake import words
from console.domain.case import Source
from console.domain.errors import Refused
from console.domain.flow import State
from console.domain.report import LONGEST_TEXT
from console.geography.coordinates import convert
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.adapters.intake_city import (
    INSIDE,
    NOW,
    OWN,
    ROW,
    adds_up,
    bring,
    city_store,
    csv_file,
    dumped,
    found,
    is_whole,
    mapping,
    row,
)

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = (
    "{{7*191}}",
    "{% raw %}{#",
    "${7*191}",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "=HYPERLINK(1)",
    "a\u2028b\u2029c",
    "'; DROP TABLE cases; --",
    "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe",
    "x" * 100_000,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with city_store(tmp_path / "data") as opened:
        yield opened
        is_whole(opened)


def refused(store: Store, file: Path, **changes: Any) -> Refused:
    """The refusal of a whole file, which leaves no trace."""
    before = dumped(store)
    with pytest.raises(Refused) as refusal:
        bring(store, file, mapping(**changes))
    assert dumped(store) == before
    problem = refusal.value
    assert "{" not in words.reason(problem.code, problem.facts)
    return problem


def test_that_a_row_becomes_a_case(store: Store, tmp_path: Path) -> None:
    report = bring(store, csv_file(tmp_path, [row()]))
    case, facts = found(store)
    assert (report.rows, report.imported, report.rejected, report.suspicious) == (1, 1, (), ())
    assert case.state is State.HANDLING
    assert case.source is Source.HOTLINE
    assert case.description == "路口有垃圾"
    assert case.reported_at == datetime(2026, 11, 2, 0, 30, tzinfo=UTC)
    assert (case.class_key, case.edition, case.department) == ("event:0110", "2013", "D105")
    assert (case.address, case.reporter) == ("大学路 1 号", "王")
    assert (case.accepted_at, case.filed_at, case.dispatched_at, case.ended_at) == (None,) * 4
    assert case.cell
    assert [(fact.by, fact.at, fact.note) for fact in facts] == [("neighbour", NOW, "备注: 二次上报")]


def test_that_every_format_brings_the_same_cases(tmp_path: Path) -> None:
    rows = [row(1), row(2, 状态="已办结", 办结时间="2026-11-03 09:00"), row(3, 经度="无", 纬度="无")]
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in [list(ROW), *(list(item.values()) for item in rows)]:
        sheet.append(cells)
    book.save(tmp_path / "cases.xlsx")
    features = [{"type": "Feature", "properties": item, "geometry": None} for item in rows]
    (tmp_path / "cases.geojson").write_text(json.dumps({"features": features}), "utf-8")
    csv_file(tmp_path, rows, "gb18030")
    dumps = []
    for ending, encoding in (("csv", "gb18030"), ("xlsx", "auto"), ("geojson", "auto")):
        with city_store(tmp_path / ending) as store:
            report = bring(store, tmp_path / f"cases.{ending}", mapping(encoding=encoding))
            assert (report.rows, report.imported) == (3, 3)
            dumps.append(dumped(store, revisions=False))
    assert dumps[0] == dumps[1] == dumps[2]


def test_that_the_point_of_a_feature_is_its_place(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "cases.geojson"
    geometry = {"type": "Point", "coordinates": list(INSIDE)}
    path.write_text(
        json.dumps({"features": [{"type": "Feature", "properties": row(), "geometry": geometry}]}), "utf-8"
    )
    bring(store, path, mapping(place={"lon": "@lon", "lat": "@lat"}))
    case, _ = found(store)
    assert (case.lon, case.lat) == INSIDE
    assert case.cell


def test_that_what_is_wrong_with_a_row_is_told_with_its_column(store: Store, tmp_path: Path) -> None:
    wrong = {
        2: (row(2, 编号=""), "编号", "missing_value"),
        3: (row(3, 上报时间="无"), "上报时间", "missing_value"),
        4: (row(4, 上报时间="2026/11/02"), "上报时间", "bad_time"),
        5: (row(5, 办结时间="2026-02-30 00:00"), "办结时间", "bad_time"),
        6: (row(6, 经度="东经113"), "经度", "bad_number"),
        7: (row(7, 纬度="nan"), "纬度", "bad_number"),
        8: (row(8, 经度="1e999"), "经度", "bad_number"),
        9: (row(9, 纬度=""), "纬度", "half_place"),
        10: (row(10, 纬度="91.5"), "经度, 纬度", "bad_place"),
        11: (row(11, 经度=ROW["纬度"], 纬度=ROW["经度"]), "经度, 纬度", "swapped_place"),
        12: (row(12, 状态="飞行中"), "状态", "unknown_code"),
        13: (row(13, 状态=""), "状态", "missing_value"),
        14: (row(14, 部门="气象局"), "部门", "unknown_code"),
        15: (row(15, 描述="", 类别=""), "描述", "empty_report"),
        16: (row(16, 描述="x" * (LONGEST_TEXT + 1)), "描述", "text_too_long"),
        17: (row(17, 备注="x" * LONGEST_TEXT), "备注", "text_too_long"),
        18: (row(18, 编号="9" * 129), "编号", "text_too_long"),
    }
    good = [row(100), row(101)]
    report = bring(store, csv_file(tmp_path, [*(item for item, _, _ in wrong.values()), *good]))
    adds_up(report)
    assert [(item.row, item.field, item.code) for item in report.rejected] == [
        (number, field, code) for number, (_, field, code) in wrong.items()
    ]
    told = report.as_json()["rejected"]
    assert [item for item in told if item["reason"] == item["code"] or "{" in item["reason"]] == []
    assert told[2]["reason"] == "时间“2026/11/02”不合格式 %Y-%m-%d %H:%M, %Y年%m月%d日 %H:%M"
    assert (report.imported, is_whole(store)) == (2, 2)


def test_that_a_torn_row_is_rejected_and_counted(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(1)])
    path.write_text(path.read_text("utf-8") + "A-2,too short\n", "utf-8")
    report = bring(store, path)
    adds_up(report)
    assert [(item.row, item.code) for item in report.rejected] == [(3, "wrong_width")]


@pytest.mark.parametrize("hostile", HOSTILE, ids=[text[:12] for text in HOSTILE])
def test_that_hostile_text_is_kept_letter_by_letter(store: Store, tmp_path: Path, hostile: str) -> None:
    note = hostile[: LONGEST_TEXT - 10]
    path = csv_file(tmp_path, [row(1, 描述=hostile, 地址=hostile, 上报人=hostile, 备注=note)])
    report = bring(store, path)
    assert report.imported == 1
    case, facts = found(store)
    assert (case.description, case.address, case.reporter) == (hostile,) * 3
    assert facts[0].note == f"备注: {note}"
    assert bring(store, path).unchanged == 1


def test_that_hostile_ids_and_codes_are_but_text(store: Store, tmp_path: Path) -> None:
    rows = [row(1, 编号=text[:100], 状态=text[:80]) for text in HOSTILE]
    rows += [row(1, 编号=text[:100] + "!") for text in HOSTILE]
    report = bring(store, csv_file(tmp_path, rows))
    adds_up(report)
    assert (report.imported, len(report.rejected)) == (len(HOSTILE), len(HOSTILE))
    assert json.loads(json.dumps(report.as_json())) == report.as_json()


def test_that_nul_is_replaced_and_the_row_taken(store: Store, tmp_path: Path) -> None:
    bring(store, csv_file(tmp_path, [row(1, 描述="a\x00b", 备注="\x00")]))
    case, facts = found(store)
    assert (case.description, facts[0].note) == ("a\ufffdb", "备注: \ufffd")


def test_that_a_file_that_cannot_be_read_leaves_no_trace(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(1)])
    assert refused(store, path, address="门牌").code == "missing_columns"
    assert refused(store, csv_file(tmp_path, [row(1)], "gb18030")).code == "wrong_encoding"
    assert refused(store, tmp_path / "none.csv").code == "file_unreadable"
    path.write_text(path.read_text("gb18030") + '"open', "utf-8")
    assert refused(store, path).code == "open_quote"


def test_that_codes_of_the_mapping_must_be_the_citys(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(1)])
    classes = {"columns": ["类别"], "codes": {"暴露垃圾": "event:9999"}}
    assert refused(store, path, **{"class": classes}).code == "mapping_class"
    classes = {"columns": ["类别"], "codes": {"暴露垃圾": "event:0110"}, "edition": "1999"}
    assert refused(store, path, **{"class": classes}).code == "mapping_class"
    departments = {"column": "部门", "codes": {"金水": "D999"}}
    assert refused(store, path, department=departments).code == "mapping_department"


def test_that_without_a_city_nothing_is_imported(tmp_path: Path) -> None:
    store = Store(database_url(None, tmp_path / "data"))
    store.prepare()
    with pytest.raises(Refused, match="no_city"):
        bring(store, csv_file(tmp_path, [row(1)]))
    store.close()


def test_that_the_last_row_of_an_id_counts_and_the_others_are_told(store: Store, tmp_path: Path) -> None:
    path = csv_file(tmp_path, [row(1, 描述="一"), row(2), row(1, 描述="二"), row(1, 描述="三")])
    report = bring(store, path)
    adds_up(report)
    assert [(item.row, item.code, item.facts) for item in report.rejected] == [
        (2, "repeated_later", {"later": 5}),
        (4, "repeated_later", {"later": 5}),
    ]
    assert found(store)[0].description == "三"
    before = dumped(store)
    assert bring(store, path).unchanged == 2
    assert dumped(store) == before


def test_that_points_outside_are_imported_and_listed(store: Store, tmp_path: Path) -> None:
    report = bring(store, csv_file(tmp_path, [row(1), row(2, 经度="113.1"), row(3, 经度="", 纬度="")]))
    assert report.imported == 3
    assert [(item.row, item.external_id, item.lon) for item in report.outside] == [(3, "nb:A-2", 113.1)]
    assert found(store, 2)[0].cell == ""
    assert found(store, 3)[0].lon is None
    assert bring(store, csv_file(tmp_path, [row(2, 经度="113.1")])).outside[0].row == 2


def test_that_a_file_with_swapped_columns_is_refused_with_their_names(store: Store, tmp_path: Path) -> None:
    swapped = {"经度": ROW["纬度"], "纬度": ROW["经度"]}
    problem = refused(store, csv_file(tmp_path, [row(1, **swapped), row(2, **swapped), row(3)]))
    assert problem.code == "swapped_columns"
    assert (problem.facts["lon"], problem.facts["lat"], problem.facts["rows"]) == ("经度", "纬度", 2)


@pytest.mark.parametrize("system", ["gcj02", "bd09", "cgcs2000", "EPSG:4547"])
def test_that_coordinates_of_another_system_land_in_their_grid(
    store: Store, tmp_path: Path, system: str
) -> None:
    x, y = (float(value) for value in convert(INSIDE[0], INSIDE[1], "wgs84", system))
    report = bring(
        store, csv_file(tmp_path, [row(1, 经度=repr(x), 纬度=repr(y))]), mapping(coordinates=system)
    )
    case, _ = found(store)
    assert report.outside == ()
    assert (case.lon, case.lat) == pytest.approx(INSIDE, abs=1e-6)


def test_that_swapped_eastings_and_northings_are_told_too(store: Store, tmp_path: Path) -> None:
    x, y = (f"{float(value):.3f}" for value in convert(INSIDE[0], INSIDE[1], "wgs84", "EPSG:4547"))
    rows = [row(1, 经度=x, 纬度=y), row(2, 经度=y, 纬度=x)]
    report = bring(store, csv_file(tmp_path, rows), mapping(coordinates="EPSG:4547"))
    assert [(item.row, item.code) for item in report.rejected] == [(3, "swapped_place")]


def test_that_a_case_starts_where_operators_can_go_on(store: Store, tmp_path: Path) -> None:
    departments = {"column": "部门", "codes": {"金水": "D105"}, "default": ""}
    rows = [row(1, 类别="外星垃圾"), row(2, 部门="无"), row(3, 部门="气象局"), row(4, 类别="无")]
    bring(store, csv_file(tmp_path, rows), mapping(department=departments))
    cases = [found(store, number)[0] for number in (1, 2, 3, 4)]
    assert [case.state.value for case in cases] == ["to_file", "to_dispatch", "to_dispatch", "to_file"]
    assert (cases[0].class_key, cases[0].edition) == ("", "")
    assert found(store, 1)[1][0].note == "备注: 二次上报\n类别: 外星垃圾"


def test_that_a_value_that_is_in_no_list_stays_in_the_words(store: Store, tmp_path: Path) -> None:
    departments = {"column": "部门", "codes": {"金水": "D105"}, "default": ""}
    statuses = {"column": "状态", "codes": {"已办结": "closed"}, "default": "to_handle"}
    rows = [row(1, 来源="电报", 部门="气象局", 状态="挂起", 备注="无")]
    bring(store, csv_file(tmp_path, rows), mapping(department=departments, status=statuses))
    case, facts = found(store)
    assert (case.source, case.department, case.state) == (Source.IMPORTED, "", State.TO_DISPATCH)
    assert facts[0].note == "部门: 气象局\n来源: 电报\n状态: 挂起"


def test_that_a_wrong_row_with_lists_of_its_own_is_told_by_its_own_fault(
    store: Store, tmp_path: Path
) -> None:
    rows = [row(1, 经度="x", 部门="甲局", 类别="甲"), row(2)]
    report = bring(store, csv_file(tmp_path, rows), mapping(**OWN))
    assert [(item.row, item.field, item.code) for item in report.rejected] == [(2, "经度", "bad_number")]


def test_that_what_can_hardly_be_so_is_taken_and_told(store: Store, tmp_path: Path) -> None:
    rows = [
        row(1, 状态="已办结", 办结时间="2026-11-02 08:00"),
        row(2, 状态="已办结"),
        row(3, 办结时间="2026-11-02 09:00"),
        row(4, 上报时间="2027-01-01 00:00"),
        row(5, 上报时间="1987-04-12 02:30"),  # the year's summer time began at 02:00
    ]
    report = bring(store, csv_file(tmp_path, rows))
    assert report.imported == 5
    assert [(item.row, item.code) for item in report.suspicious] == [
        (2, "before_reported"),
        (3, "ended_without_time"),
        (4, "open_with_end"),
        (5, "in_future"),
        (6, "skipped_by_clocks"),
    ]
    facts = report.as_json()["suspicious"][0]["facts"]
    assert facts == {"field": "办结时间", "value": "2026-11-02 08:00", "reported": "2026-11-02 08:30"}
    assert found(store, 1)[0].ended_at == datetime(2026, 11, 2, 0, 0, tzinfo=UTC)
    assert (found(store, 3)[0].state, found(store, 3)[0].ended_at) == (State.HANDLING, None)
    assert [item for item in report.as_json()["suspicious"] if "{" in item["reason"]] == []


def test_that_a_file_brings_its_own_classes_and_departments(store: Store, tmp_path: Path) -> None:
    rows = [row(1), row(2, 类别="井盖", 来源="无"), row(3, 类别="井盖", 部门="排水"), row(4)]
    report = bring(store, csv_file(tmp_path, rows), mapping(**OWN))
    assert (report.imported, report.classes, report.departments) == (4, 3, 2)
    with store.read() as view:
        reference = view.reference
    own = reference.edition("nb")
    assert {item.key: (item.major, item.name) for item in own.classes} == {
        "event:01000": ("井盖", "井盖"),
        "event:01001": ("井盖", "热线"),
        "event:02001": ("暴露垃圾", "热线"),
    }
    assert all(condition.proposed for item in own.classes for condition in item.conditions)
    assert [code for code in reference.departments if code.startswith("nb-")] == ["nb-001", "nb-002"]
    assert {"D105", "P01"} <= reference.departments.keys()
    assert reference.profile.edition == "2013"
    case, _ = found(store, 2)
    assert (case.class_key, case.edition, case.limit_unit) == ("event:01000", "nb", "")


def test_that_a_later_file_adds_to_the_lists_and_moves_no_code(store: Store, tmp_path: Path) -> None:
    bring(store, csv_file(tmp_path, [row(1, 类别="丙", 部门="丙局")]), mapping(**OWN))
    rows = [row(1, 类别="丙", 部门="丙局"), row(2, 类别="丁", 部门="丁局"), row(3, 类别="丙", 来源="")]
    report = bring(store, csv_file(tmp_path, rows), mapping(**OWN))
    assert (report.imported, report.unchanged, report.classes, report.departments) == (2, 1, 2, 2)
    cases = [found(store, number)[0] for number in (1, 2, 3)]
    assert [case.class_key for case in cases] == ["event:01001", "event:02001", "event:01000"]
    assert [case.department for case in cases] == ["nb-001", "nb-002", "nb-003"]
    before = dumped(store)
    bring(store, csv_file(tmp_path, rows), mapping(**OWN))
    assert dumped(store) == before


def test_that_a_single_column_of_classes_may_hold_hundreds(store: Store, tmp_path: Path) -> None:
    own = OWN | {"class": OWN["class"] | {"columns": ["类别"]}}
    rows = [row(number, 类别=f"第{number:03d}类") for number in range(1, 151)]
    report = bring(store, csv_file(tmp_path, rows), mapping(**own))
    assert (report.imported, report.classes) == (150, 150)
    assert found(store, 150)[0].class_key == "event:01150"


def test_that_more_classes_than_codes_are_refused(store: Store, tmp_path: Path) -> None:
    rows = [row(number, 类别=f"第{number:03d}类") for number in range(1, 102)]
    assert refused(store, csv_file(tmp_path, rows), **OWN).code == "too_many_classes"
