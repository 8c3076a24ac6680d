"""Files as rows: formats, encodings, and files that are not what they say."""

import json
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from console.adapters.intake import encoding, words, xlsx_sheet
from console.adapters.intake.cells import Line
from console.adapters.intake.mapping import Mapping
from console.adapters.intake.sheet import opened_sheet
from console.domain.errors import Refused
from tests.adapters.intake_city import ROW, csv_file, csv_text, mapping, row


def lines(path: Path, declared: Mapping | None = None) -> list[Line]:
    with opened_sheet(path, declared or mapping()) as sheet:
        return list(sheet.lines)


def refused(path: Path, declared: Mapping | None = None) -> Refused:
    with pytest.raises(Refused) as refusal:
        lines(path, declared)
    problem = refusal.value
    assert words.reason(problem.code, problem.facts) != problem.code, "a refusal needs its words"
    assert "{" not in words.reason(problem.code, problem.facts)
    return problem


def workbook(path: Path, rows: list[list[Any]], title: str = "案件") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for cells in rows:
        sheet.append(cells)
    book.save(path)
    return path


def tampered(folder: Path, change: Callable[[bytes], bytes]) -> Path:
    """A workbook of one row whose sheet was changed behind the back of its writer."""
    path = folder / "tampered.xlsx"
    with zipfile.ZipFile(workbook(folder / "c.xlsx", [list(ROW), list(ROW.values())])) as whole:
        parts = {entry.filename: whole.read(entry) for entry in whole.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, change(data) if "sheet1" in name else data)
    return path


def geojson(path: Path, features: list[Any]) -> Path:
    told = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return path


def feature(properties: dict[str, Any], geometry: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": 7, "properties": properties, "geometry": geometry}


def test_that_rows_are_numbered_as_a_spreadsheet_does_and_blanks_left_out(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(csv_text([row(1), row(2, 描述="两\n行")]) + "\r\n" + csv_text([row(3)]).split("\r\n")[1])
    found = lines(path)
    assert [line.number for line in found] == [2, 3, 5]
    assert found[1].cells["描述"] == "两\n行"
    assert "补充" not in found[0].cells


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("declared", ["auto", "utf-8", "utf-8-sig", "gb18030"])
def test_that_an_encoding_is_read_right_or_refused(tmp_path: Path, written: str, declared: str) -> None:
    path = csv_file(tmp_path, [row(描述="井盖缺失𠀀")], written)
    fits = written == "utf-8-sig" or (written == "gb18030") == (declared == "gb18030")
    if fits:
        assert lines(path, mapping(encoding=declared))[0].cells["描述"] == "井盖缺失𠀀"
    else:
        assert refused(path, mapping(encoding=declared)).code == "wrong_encoding"


def test_that_a_wrong_encoding_is_told_with_the_byte_and_what_to_try(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    head = csv_text([]).encode() + b"x" * (1 << 20)  # the bad byte lies beyond the first chunk
    path.write_bytes(head + "中".encode("gb18030") + b"\n")
    problem = refused(path)
    assert problem.facts["position"] == len(head)
    assert problem.facts["others"] == "gb18030"


@pytest.mark.parametrize("size", range(1, 9))
def test_that_characters_across_chunks_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(encoding, "_CHUNK", size)
    for name in ("utf-8", "gb18030"):
        path = csv_file(tmp_path, [row(描述="井盖缺失𠀀")], name)
        assert lines(path, mapping(encoding=name))[0].cells["描述"] == "井盖缺失𠀀"
        content = path.read_bytes()
        path.write_bytes(content + b"\xff\xff")
        assert refused(path, mapping(encoding=name)).facts["position"] == len(content)


def test_that_utf_16_is_told_for_what_it_is(tmp_path: Path) -> None:
    assert refused(csv_file(tmp_path, [row()], "utf-16")).code == "utf_16"


def test_that_all_missing_columns_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("编号,描述,名称\nA-1,x,y\n", "utf-8")
    problem = refused(path)
    assert problem.code == "missing_columns"
    missing = str(problem.facts["columns"]).split(", ")
    assert missing == [name for name in mapping().columns() if name not in {"编号", "描述"}]
    assert problem.facts["known"] == "编号, 描述, 名称"


def test_that_a_needed_column_that_comes_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    text = csv_text([row()])
    path.write_text("\n".join(line + ",编号" for line in text.splitlines()), "utf-8")
    problem = refused(path)
    assert (problem.code, problem.facts["columns"]) == ("repeated_columns", "编号")


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_that_an_empty_file_has_no_header(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(content)
    assert refused(path).code == "no_header"


def test_that_a_torn_row_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    head, good = csv_text([row(2)]).splitlines()
    path.write_text("\n".join([head, "A-1,x", '"A"B' + "," * (len(ROW) - 1), good, good + ",more"]), "utf-8")
    found = lines(path)
    assert [(line.number, line.broken.code if line.broken else "") for line in found] == [
        (2, "wrong_width"),
        (3, "broken_row"),
        (4, ""),
        (5, "wrong_width"),
    ]


def test_that_a_quote_that_never_closes_is_refused_where_it_opens(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    head, good = csv_text([row()]).splitlines()
    path.write_text("\n".join([head, good, '"A-2,' + good, good]), "utf-8")
    problem = refused(path)
    assert (problem.code, problem.facts["row"]) == ("open_quote", 3)


def test_that_another_delimiter_is_read_as_declared(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text(csv_text([row()], ";"), "utf-8")
    assert lines(path, mapping(delimiter=";"))[0].cells["编号"] == "A-1"
    assert refused(path).code == "missing_columns"


def test_that_nul_is_made_visible(tmp_path: Path) -> None:
    assert lines(csv_file(tmp_path, [row(描述="a\x00b")]))[0].cells["描述"] == "a\N{REPLACEMENT CHARACTER}b"


def test_that_a_workbook_gives_numbers_and_dates_as_they_are_meant(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2026-11-02 08:30")
    told: dict[str, Any] = ROW | {"编号": 240263, "经度": 113.5, "上报时间": moment, "备注": None}
    path = workbook(tmp_path / "c.xlsx", [list(ROW), list(told.values()), [], list(told.values())])
    found = lines(path)
    assert [line.number for line in found] == [2, 4]
    cells = found[0].cells
    assert (cells["编号"], cells["经度"], cells["上报时间"]) == ("240263", "113.5", moment)
    assert "备注" not in cells


def test_that_the_declared_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "c.xlsx", [list(ROW), list(ROW.values())])
    assert len(lines(path, mapping(sheet="案件"))) == 1
    problem = refused(path, mapping(sheet="别的"))
    assert (problem.code, problem.facts["known"]) == ("no_sheet", "案件")


def test_that_a_row_wider_than_the_header_of_a_workbook_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "c.xlsx", [list(ROW), [*ROW.values(), "more"]])
    assert [line.broken.code for line in lines(path) if line.broken] == ["wrong_width"]


def test_that_an_empty_workbook_has_no_header(tmp_path: Path) -> None:
    assert refused(workbook(tmp_path / "c.xlsx", [])).code == "no_header"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 an old .xls"])
def test_that_what_is_no_workbook_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.xlsx"
    path.write_bytes(content)
    assert refused(path).code == "workbook_damaged"


def test_that_a_zip_without_a_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refused(path).code == "workbook_damaged"


def test_that_a_workbook_with_a_torn_sheet_is_told(tmp_path: Path) -> None:
    assert refused(tampered(tmp_path, lambda sheet: sheet[: len(sheet) // 2])).code == "workbook_damaged"


def test_that_a_row_that_claims_a_number_beyond_the_format_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_sheet, "MOST_ROWS", 1000)
    path = tampered(tmp_path, lambda sheet: sheet.replace(b'<row r="2"', b'<row r="999999999999"'))
    assert refused(path).code == "workbook_damaged"


def test_that_entities_of_a_workbook_are_not_unfolded(tmp_path: Path) -> None:
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    problem = refused(tampered(tmp_path, lambda sheet: sheet.replace(b"<worksheet", entity + b"<worksheet")))
    assert problem.code == "workbook_damaged"
    assert "Entit" in str(problem.facts["said"])


def test_that_a_workbook_that_claims_two_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 4096)
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02") + 24  # the uncompressed size in the directory
    path.write_bytes(content[:at] + struct.pack("<I", 2 << 30) + content[at + 4 :])
    problem = refused(path)
    assert (problem.code, problem.facts["megabytes"]) == ("workbook_too_large", 2048)


def test_that_a_workbook_packed_beyond_reason_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (3 << 20))
    problem = refused(path)
    assert problem.code == "workbook_too_large"
    assert int(str(problem.facts["ratio"])) > 200


def test_that_features_are_rows_with_their_points(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [113.5, 34.5, 99]}
    features = [
        feature({**ROW, "编号": 1, "备注": {"层": [1, 2]}}, point),
        feature({**ROW, "编号": 2}, None),
        feature({}, {"type": "LineString", "coordinates": []}),
        "nonsense",
    ]
    declared = mapping(place={"lon": "@lon", "lat": "@lat"}, external_id="@id")
    found = lines(geojson(tmp_path / "c.geojson", features), declared)
    assert [line.number for line in found] == [1, 2, 3, 4]
    assert (found[0].cells["@lon"], found[0].cells["@id"]) == ("113.5", "7")
    assert found[0].cells["备注"] == '{"层": [1, 2]}'
    assert "@lon" not in found[1].cells
    assert [line.broken.code for line in found if line.broken] == ["not_a_point", "not_a_feature"]


def test_that_half_a_surrogate_pair_is_made_visible(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    told = json.dumps({"features": [feature(ROW | {"描述": "a\ud800b"}, None)]})
    path.write_text(told, "ascii")
    assert lines(path)[0].cells["描述"] == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"features": {}}',
        b'{"features": []} more',
        b'{"features": [],}',
        b'{"features" []}',
        b'{"name": ' + b"[" * 100_000,
        b"[" * 100_000,
    ],
    ids=["empty", "list", "no-list", "more", "comma", "no-colon", "nested-beside", "nested"],
)
def test_that_what_is_no_geojson_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.geojson"
    path.write_bytes(content)
    assert refused(path).code == "geojson_damaged"


def test_that_a_geojson_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.geojson"
    path.write_bytes('{"features": [], "name": "城市"}'.encode("gb18030"))
    assert refused(path).code == "wrong_encoding"


def test_that_missing_properties_are_named(tmp_path: Path) -> None:
    path = geojson(tmp_path / "c.geojson", [feature({"编号": 1}, None)])
    assert refused(path).code == "missing_columns"


@pytest.mark.parametrize("name", ["cases.pdf", "cases", "cases.xls"])
def test_that_an_unknown_format_is_told_with_those_that_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    problem = refused(tmp_path / name)
    assert problem.code == "unknown_format"
    assert ".csv" in str(problem.facts["known"])


@pytest.mark.parametrize("ending", ["csv", "xlsx", "geojson"])
def test_that_a_file_that_cannot_be_read_is_told(tmp_path: Path, ending: str) -> None:
    assert refused(tmp_path / f"none.{ending}").code == "file_unreadable"
    folder = tmp_path / f"folder.{ending}"
    folder.mkdir()
    assert refused(folder).code == "file_unreadable"
