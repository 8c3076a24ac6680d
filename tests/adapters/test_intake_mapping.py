"""The declared mapping: what is read, and how what is wrong with it is named."""

from pathlib import Path
from typing import Any

import pytest
import tomli_w

from console.adapters.intake.mapping import Mapping, read_mapping
from console.domain.case import Source
from console.domain.errors import Refused
from console.domain.flow import State
from tests.adapters.intake_city import TOLD


def written(folder: Path, told: dict[str, Any]) -> Path:
    path = folder / "m.toml"
    path.write_bytes(tomli_w.dumps(told).encode())
    return path


def refused(path: Path | str) -> Refused:
    with pytest.raises(Refused) as refusal:
        read_mapping(path)
    return refusal.value


def test_that_a_file_is_read(tmp_path: Path) -> None:
    mapping = read_mapping(written(tmp_path, TOLD))
    assert mapping == Mapping.model_validate(TOLD)
    assert mapping.status.codes["办理中"] is State.HANDLING
    assert mapping.source is not None
    assert mapping.source.default is Source.IMPORTED
    assert list(mapping.columns())[:3] == ["编号", "描述", "补充"]
    assert len(mapping.columns()) == 14


def test_that_the_san_francisco_mapping_ships_by_name() -> None:
    mapping = read_mapping("sf311")
    assert (mapping.name, mapping.system, mapping.timezone) == ("sf311", "sf311", "America/Los_Angeles")


@pytest.mark.parametrize("asked", ["nobody", "../mappings/sf311", "SF311", "", "."])
def test_that_a_mapping_that_is_not_there_is_told_with_those_that_are(asked: str) -> None:
    problem = refused(asked)
    assert problem.code == "no_mapping"
    assert "sf311" in str(problem.facts["known"])


def test_that_unknown_keys_are_named_wherever_they_stand(tmp_path: Path) -> None:
    told = TOLD | {"colour": "red", "place": {"lon": "经度", "lat": "纬度", "height": "高"}}
    problem = refused(written(tmp_path, told))
    assert problem.code == "mapping_unknown_keys"
    assert set(str(problem.facts["keys"]).split(", ")) == {"colour", "place.height"}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"coordinates": "EPSG:nope"}, "coordinates"),
        ({"encoding": "latin-1"}, "encoding"),
        ({"delimiter": ";;"}, "delimiter"),
        ({"system": "has space"}, "system"),
        ({"system": "s" * 17}, "system"),
        ({"description": []}, "description"),
        ({"status": {"column": "状态", "codes": {"x": "flying"}}}, "status.codes.x"),
        ({"times": {"reported_at": {"column": "t", "formats": ["%Y %Q"]}}}, "times.reported_at.formats.0"),
        ({"times": {}}, "times.reported_at"),
        ({"class": {"columns": ["a"]}}, "class"),
        ({"class": {"columns": ["a", "b", "c"], "codes": {"x": "event:1"}}}, "class.columns"),
        ({"department": {"column": "a"}}, "department"),
    ],
)
def test_that_a_wrong_value_is_told_by_its_key(tmp_path: Path, changes: dict[str, Any], key: str) -> None:
    problem = refused(written(tmp_path, TOLD | changes))
    assert problem.code == "mapping_invalid"
    assert str(problem.facts["said"]).startswith(f"{key}: ")


def test_that_what_is_missing_is_told(tmp_path: Path) -> None:
    told = {name: value for name, value in TOLD.items() if name not in {"status", "external_id"}}
    said = str(refused(written(tmp_path, told)).facts["said"])
    assert "status: " in said
    assert "external_id: " in said


@pytest.mark.parametrize("content", [b"name = ", "name = '城市'".encode("gb18030")])
def test_that_what_is_no_toml_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(content)
    assert refused(path).code == "mapping_unreadable"
