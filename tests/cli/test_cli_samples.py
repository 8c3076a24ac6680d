"""Sample cities from the command line: made, marked, taken away whole, put back whole."""

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from console.domain.city import training_code
from tests.cities import small_city
from tests.cli.conftest import Run, run_with
from tests.gui.seat import make_store

TRAINING = replace(small_city().profile, code=training_code("410100"), name="小城(培训)", note="培训数据")


@pytest.fixture
def one(tmp_path: Path) -> Run:
    return run_with("--data", str(tmp_path))


@pytest.mark.city
def test_that_the_training_city_says_what_it_is_and_brings_its_exercises(one: Run) -> None:
    said = one("city", "training", "--json")
    assert said.code == 0, said
    assert "培训" in said.told["city"]
    found = one("cases", "list", "--text", "练习", "--json").told
    assert found["total"] == 6
    assert all(case["department"] == "" for case in found["cases"])
    assert one("verify", "--json").told["mismatches"] == []
    again = one("city", "demo", "--json")
    assert (again.code, again.told["refused"]) == (2, "other_city")


def test_that_a_sample_goes_whole_and_comes_back_whole(one: Run, tmp_path: Path) -> None:
    make_store(tmp_path, small_city(), 50)
    (tmp_path / "evidence").mkdir(exist_ok=True)
    (tmp_path / "evidence" / "photo").write_text("x")
    before = one("cases", "list", "--all", "--json").told["total"]
    away = one("city", "remove-sample", "--json")
    place = Path(away.told["set_aside"])
    assert {"console.sqlite", "evidence"} <= {part.name for part in place.iterdir()}
    assert one("cases", "list", "--json").told["refused"] == "no_city"
    assert one("city", "remove-sample", "--json").told["refused"] == "no_city"
    assert one("city", "put-back", "--json").code == 0
    assert one("cases", "list", "--all", "--json").told["total"] == before
    assert (tmp_path / "evidence" / "photo").read_text() == "x"
    assert one("city", "put-back", "--json").told["refused"] == "city_present"
    one("city", "remove-sample")
    assert run_with("--data", str(tmp_path / "other"))("city", "put-back", "--json").told["refused"] == (
        "nothing_set_aside"
    )


def test_that_a_real_citys_cases_never_go(one: Run, tmp_path: Path) -> None:
    content = small_city()
    make_store(tmp_path, replace(content, profile=replace(content.profile, generated=False)), 5)
    said = one("city", "remove-sample", "--json")
    assert (said.code, said.told["refused"]) == (2, "city_not_sample")
    assert one("cases", "list", "--all", "--json").told["total"] == 5


@pytest.mark.parametrize(("training", "mark"), [(False, "演示数据"), (True, "培训数据")])
def test_that_a_dossier_of_a_generated_city_says_so_on_every_page(
    one: Run, tmp_path: Path, training: bool, mark: str
) -> None:
    content = small_city()
    make_store(tmp_path, replace(content, profile=TRAINING if training else content.profile), 3)
    code = one("cases", "list", "--all", "--json").told["cases"][0]["code"]
    file = tmp_path / "dossier.pdf"
    said = one("dossier", "save", code, "--out", str(file), "--json")
    assert said.code == 0, said
    pages = [page.extract_text() for page in pypdf.PdfReader(file).pages]
    assert pages
    assert all(mark in text for text in pages)
