"""Hostile rows cost themselves: they are told by file, row and field, and all others are brought in."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console.adapters.intake import words
from console.adapters.intake.cells import Line
from console.adapters.intake.geojson_sheet import opened_geojson
from console.adapters.intake.taken_apart import taken_apart
from console.domain.errors import Refused
from console.storage.unit import Store
from tests.adapters.intake_city import INSIDE, ROW, adds_up, bring, city_store, csv_text, is_whole, mapping

PLACE = {"lon": "@lon", "lat": "@lat"}
POINT = {"type": "Point", "coordinates": list(INSIDE)}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with city_store(tmp_path / "data") as opened:
        yield opened
        is_whole(opened)


def feature(number: int, geometry: Any = None, **told: Any) -> str:
    properties = ROW | {"编号": f"A-{number}"} | told
    whole = {"type": "Feature", "properties": properties, "geometry": geometry or POINT}
    return json.dumps(whole, ensure_ascii=False)


def collection(path: Path, features: list[str]) -> Path:
    path.write_text(f'{{"type": "FeatureCollection", "features": [{",".join(features)}]}}', "utf-8")
    return path


def read(path: Path) -> list[Line]:
    with opened_geojson(path, mapping(place=PLACE)) as sheet:
        return list(sheet.lines)


def taken(store: Store) -> list[int]:
    """Which of the rows became cases."""
    with store.write() as unit:
        return [at for at in (1, 2, 3) if unit.cases.by_external_id(f"nb:A-{at}") is not None]


NESTED = "[" * 5000 + "]" * 5000
MILLION = json.dumps({"type": "Polygon", "coordinates": [[[1.5, 2.5]] * 1_000_000]})
HOSTILE = {
    "nested": (feature(2).replace('"路口有垃圾"', NESTED), "feature_damaged", "描述"),
    "nested geometry": (feature(2).replace(json.dumps(INSIDE[0]), NESTED), "feature_damaged", "coordinates"),
    "a million corners": (
        feature(2).replace(json.dumps(POINT), MILLION),
        "not_a_point",
        "geometry",
    ),
    "digits": (feature(2).replace(json.dumps(INSIDE[0]), "9" * 100_000), "bad_number", "@lon"),
    "exponent": (feature(2).replace(json.dumps(INSIDE[0]), "1e999"), "bad_number", "@lon"),
    "no number": (feature(2).replace(json.dumps(INSIDE[0]), "NaN"), "bad_number", "@lon"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_that_a_hostile_feature_is_told_by_row_and_field_and_the_others_come_in(
    store: Store, tmp_path: Path, name: str
) -> None:
    hostile, code, field = HOSTILE[name]
    path = collection(tmp_path / "c.geojson", [feature(1), hostile, feature(3)])
    report = bring(store, path, mapping(place=PLACE))
    adds_up(report)
    assert [(item.row, item.code, item.field) for item in report.rejected] == [(2, code, field)]
    assert taken(store) == [1, 3]
    told = json.dumps(report.as_json())  # what stands in it fits a line of a report
    assert len(told) < 5000


def test_that_a_number_beyond_use_in_a_note_is_kept_as_it_stands(store: Store, tmp_path: Path) -> None:
    digits = "7" * 450
    path = collection(tmp_path / "c.geojson", [feature(1, 备注="X").replace('"X"', digits)])
    assert bring(store, path, mapping(place=PLACE)).imported == 1
    assert [line.cells["备注"] for line in read(path)] == [digits]


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        (feature(2)[:-40], "type"),
        (feature(2).replace('"路口有垃圾"', '"路口有垃圾" oh'), "描述"),
        (feature(2).replace('"路口有垃圾"', NESTED[:-1]), "描述"),
        (feature(2) + " x", "-"),
        ('{"a": "no end', "a"),
        (feature(2) + "}", "-"),
    ],
    ids=["torn", "inside", "nested and torn", "more", "open quote", "closed twice"],
)
def test_that_a_file_that_breaks_off_names_feature_and_field_and_brings_nothing(
    store: Store, tmp_path: Path, broken: str, field: str
) -> None:
    """Where the next feature begins would be a guess: nothing is brought in, nothing is lost."""
    path = collection(tmp_path / "c.geojson", [feature(1), broken, feature(3)])
    with pytest.raises(Refused) as told:
        bring(store, path, mapping(place=PLACE))
    problem = told.value
    assert (problem.code, problem.facts["row"]) == ("geojson_row_damaged", 2)
    assert problem.facts["field"] in {field, "geometry"}
    said = words.reason(problem.code, problem.facts)
    assert f"{path.name} 第 2 个" in said
    assert taken(store) == []


def test_that_a_brace_in_a_text_ends_no_feature(tmp_path: Path) -> None:
    strange = '}]\\"[{: \\\\'
    path = collection(
        tmp_path / "c.geojson", [feature(1).replace("路口有垃圾", strange), feature(2, 描述=[1])]
    )
    hostile = collection(
        tmp_path / "d.geojson", [feature(1, 补充=strange).replace('"路口有垃圾"', NESTED), feature(2)]
    )
    assert [line.cells["描述"] for line in read(path)] == ['}]"[{: \\', "[1]"]
    assert [line.broken is not None for line in read(hostile)] == [True, False]


def test_that_a_reader_ends_with_its_reading(tmp_path: Path) -> None:
    """Who stops after a few rows leaves no child behind, whose pipe is full by then."""
    path = tmp_path / "c.csv"
    path.write_text(csv_text([ROW] * 5000), "utf-8")
    with taken_apart(path, "csv", "utf-8") as (_, rows):
        assert next(rows)[0] == 2
    with pytest.raises((StopIteration, ValueError)):
        next(rows)


def test_that_a_line_of_two_hundred_megabytes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    with path.open("w", encoding="utf-8") as out:
        out.write(csv_text([ROW]))
        for _turn in range(200):
            out.write("x" * 1_000_000)
    with pytest.raises(Refused) as told, taken_apart(path, "csv", "utf-8", memory=150_000_000) as (_, rows):
        list(rows)
    assert (told.value.code, told.value.facts["row"]) in {("reader_memory", 3), ("reader_died", 3)}
    assert told.value.facts.get("status") in {None, 1, -signal.SIGKILL}
