"""San Francisco's own cases, every one of them, in a city whose unit grids are its census tracts."""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from console.adapters.intake import run
from console.adapters.intake.mapping import read_mapping
from console.adapters.intake.report import ImportReport
from console.domain.actor import EVERY_POST, Actor
from console.domain.acts import Inputs, act
from console.domain.case import Case, Fact
from console.domain.city import CityContent
from console.domain.evaluation import COUNTS
from console.domain.flow import State
from console.domain.operation import Operation
from console.domain.practice import OPEN
from console.geography.packed import packed_cells
from console.queries.board import board
from console.services.city import load_city
from console.storage.city import Reference
from console.storage.engine import database_url
from console.storage.unit import Store
from tests.adapters.intake_city import NOW, adds_up, bring, dumped, is_whole
from tests.cities import LOADED, LOADER, small_city

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "sf311"
CASES = DATA / "cases.csv"

pytestmark = pytest.mark.skipif(
    not CASES.exists(), reason=f"San Francisco's data are not there: {CASES.name}"
)


@dataclass(frozen=True)
class Imported:
    """The store after the import, its report, and what the file says, by external id."""

    store: Store
    report: ImportReport
    rows: dict[str, dict[str, str]]
    lives: dict[str, tuple[Case, list[Fact]]]
    reference: Reference


def tracts() -> tuple[list[str], list[BaseGeometry]]:
    """The codes and outlines of the 195 tracts."""
    features = json.loads((DATA / "tracts.geojson").read_text("utf-8"))["features"]
    outlines = [shapely.from_geojson(json.dumps(item["geometry"])) for item in features]
    return [item["properties"]["geoid"] for item in features], outlines


def city_of_tracts() -> CityContent:
    codes, outlines = tracts()
    city = small_city()
    grid = city.unit_grids[0]
    return replace(
        city,
        profile=replace(city.profile, code="sf", timezone="America/Los_Angeles"),
        unit_grids=[replace(grid, code=code) for code in codes],
        layers=dict(city.layers) | {"cells": packed_cells(outlines)},
    )


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    store = Store(database_url(None, tmp_path_factory.mktemp("sf")))
    store.prepare()
    with store.write() as unit:
        load_city(unit, city_of_tracts(), by=LOADER, at=LOADED)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "sleep", lambda seconds: None)  # nobody else writes here
        report = bring(store, CASES, read_mapping("sf311"))
    with CASES.open(encoding="utf-8", newline="") as text:
        rows = {f"sf311:{row['CaseID']}": row for row in csv.DictReader(text)}
    lives = {}
    with store.write() as unit:
        for external_id in rows:
            case = unit.cases.by_external_id(external_id)
            assert case is not None, external_id
            lives[external_id] = (case, unit.cases.facts(case.id))
        reference = unit.reference
    yield Imported(store, report, rows, lives, reference)
    store.close()


def test_that_every_row_is_accounted_for(imported: Imported) -> None:
    report = imported.report
    adds_up(report)
    assert (report.rows, report.imported, report.rejected) == (3987, 3987, ())
    assert len(imported.rows) == 3987
    assert is_whole(imported.store) == 3987


def test_that_a_second_import_changes_nothing(imported: Imported) -> None:
    before = dumped(imported.store)
    again = bring(imported.store, CASES, read_mapping("sf311"), now=datetime(2027, 1, 1, tzinfo=UTC))
    assert (again.unchanged, again.imported, again.updated) == (3987, 0, 0)
    assert (again.suspicious, again.outside) == (imported.report.suspicious, imported.report.outside)
    assert dumped(imported.store) == before


def test_that_every_point_lies_in_exactly_one_cell_or_is_listed(imported: Imported) -> None:
    codes, outlines = tracts()
    cases = [case for case, _ in imported.lives.values()]
    points = shapely.points([[case.lon or 0.0, case.lat or 0.0] for case in cases])
    hits = shapely.STRtree(outlines).query(points, predicate="intersects")
    in_cells = {case.external_id: set[str]() for case in cases}
    for at, cell in np.transpose(hits).tolist():
        in_cells[cases[at].external_id].add(codes[cell])
    listed = {item.external_id for item in imported.report.outside}
    assert {case.external_id for case in cases if not case.cell} == listed
    wrong = [case for case in cases if case.cell and case.cell not in in_cells[case.external_id]]
    assert wrong == []
    # None of them lies outside the tracts, and none is lost in a crack between two.
    assert listed == {external_id for external_id, cells in in_cells.items() if not cells} == set()


def test_that_no_word_of_a_row_is_lost(imported: Imported) -> None:
    lost = []
    for external_id, row in imported.rows.items():
        case, facts = imported.lives[external_id]
        item = imported.reference.edition(case.edition).by_key[case.class_key]
        department = imported.reference.departments[case.department]
        texts = (case.description, case.address, facts[0].note, item.major, item.name, department.name)
        kept = "\n".join((*texts, case.external_id, repr(case.lon), repr(case.lat)))
        told = {name: value.strip() for name, value in row.items() if value != "NA"}
        place = {name: repr(float(told.pop(name))) for name in ("Lat", "Long")}
        lost += [(external_id, name) for name, value in (told | place).items() if value not in kept]
    assert lost == []


def test_that_the_54_closed_before_they_were_opened_are_kept_and_told(imported: Imported) -> None:
    told = {item.external_id: item for item in imported.report.suspicious}
    backwards = {
        external_id
        for external_id, row in imported.rows.items()
        if row["Closed"] != "NA" and row["Closed"] < row["Opened"]
    }
    assert len(backwards) == 54
    assert told.keys() == backwards
    for external_id in backwards:
        case, facts = imported.lives[external_id]
        row = imported.rows[external_id]
        assert told[external_id].code == "before_reported"
        assert told[external_id].facts == {
            "field": "Closed", "value": row["Closed"], "reported": row["Opened"],
        }  # fmt: skip
        assert case.ended_at is not None
        assert case.ended_at < case.reported_at
        assert f"Opened: {row['Opened']}\nClosed: {row['Closed']}" in facts[0].note


def test_that_no_figure_of_the_board_counts_what_is_not_known(imported: Imported) -> None:
    since, until = datetime(2008, 1, 1, tzinfo=UTC), datetime(2017, 1, 1, tzinfo=UTC)
    with imported.store.read() as view:
        whole, *_ = board(view, since, until, "department", NOW)
    assert whole.counts == dict.fromkeys(COUNTS, 0)
    assert set(whole.ratios.values()) == {None}


def test_that_times_are_those_of_the_file_and_none_is_invented(imported: Imported) -> None:
    case, facts = imported.lives["sf311:240263"]
    assert case.reported_at == datetime(2008, 7, 1, 14, 27, tzinfo=UTC)
    assert case.ended_at == datetime(2008, 9, 18, 14, 53, tzinfo=UTC)
    assert "Updated: 09/18/2008 07:53:00 AM" in facts[0].note
    unknown = ("accepted_at", "filed_at", "dispatched_at", "fed_back_at", "due_at", "soon_at")
    found = {getattr(case, name) for case, _ in imported.lives.values() for name in unknown}
    assert found == {None}


def test_that_open_cases_can_be_worked_on(imported: Imported) -> None:
    cases = [case for case, _ in imported.lives.values()]
    assert Counter(case.state for case in cases) == {State.CLOSED: 3883, State.HANDLING: 104}
    for case in cases:
        row = imported.rows[case.external_id]
        assert imported.reference.departments[case.department].name == row["Responsible.Agency"]
        if case.state is State.HANDLING:
            calendar = imported.reference.calendar
            after, _ = act(
                case,
                Operation.FEED_BACK,
                Inputs(),
                actor=Actor("a", EVERY_POST),
                at=NOW,
                calendar=calendar,
                practice=OPEN,
            )
            assert (after.state, after.fed_back_at, after.due_at) == (State.FED_BACK, NOW, None)


def test_that_queues_become_departments_and_categories_a_catalogue(imported: Imported) -> None:
    rows = imported.rows.values()
    queues = {row["Responsible.Agency"] for row in rows}
    types = {(row["Category"], row["Request.Type"].strip()) for row in rows}
    assert (imported.report.departments, imported.report.classes) == (len(queues), len(types))
    own = [item for item in imported.reference.departments.values() if item.code.startswith("sf311-")]
    assert {item.name for item in own} == queues
    catalogue = imported.reference.edition("sf311")
    assert {item.major for item in catalogue.classes} == {row["Category"] for row in rows}
    conditions = [condition for item in catalogue.classes for condition in item.conditions]
    assert len(conditions) == len(types)
    assert all(condition.proposed for condition in conditions)
