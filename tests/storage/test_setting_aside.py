"""A store is set aside whole or not at all, and comes back as it was."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.storage.setting_aside import PLACE, put_back, set_aside, set_aside_places

AT = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
NAMES = ["anchors.jsonl", "console.sqlite", "evidence"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "console.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE cases (id INTEGER)")
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "photo").write_bytes(b"jpeg")
    (tmp_path / "anchors.jsonl").write_text("{}\n", "utf-8")
    for name, text in (("drafts.json", "half written"), ("layouts.json", "his own")):
        path = tmp_path / "seats" / "王芳" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def parts(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name not in {PLACE, "seats"})


def test_that_all_of_it_goes_and_comes_back(folder: Path) -> None:
    place = set_aside(folder, AT)
    assert (parts(folder), parts(place)) == ([], NAMES)
    assert set_aside_places(folder) == [place]
    put_back(folder)
    assert parts(folder) == NAMES
    assert not place.exists()


def test_that_what_was_half_written_goes_with_its_city_and_what_is_the_users_stays(folder: Path) -> None:
    his = folder / "seats" / "王芳"
    place = set_aside(folder, AT)
    assert [one.name for one in his.iterdir()] == ["layouts.json"]
    assert (place / "seats" / "王芳" / "drafts.json").read_text("utf-8") == "half written"
    put_back(folder)
    assert (his / "drafts.json").read_text("utf-8") == "half written"


def test_that_what_cannot_go_whole_stays_whole(folder: Path) -> None:
    place = folder / PLACE / f"{AT:%Y%m%d-%H%M%S}"
    (place / "console.sqlite" / "in the way").mkdir(parents=True)
    with pytest.raises(Refused) as told:
        set_aside(folder, AT)
    assert told.value.code == "folder_not_writable"
    assert parts(folder) == NAMES
    assert (folder / "evidence" / "photo").read_bytes() == b"jpeg"
    assert (folder / "seats" / "王芳" / "drafts.json").is_file()
