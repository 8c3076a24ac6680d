"""The map's base page is made once and kept; a page that is no good is made again."""

import sys
from pathlib import Path

from console.ui.map.document import base_page
from console.ui.map.kept_page import kept_page


def test_that_a_kept_page_is_the_page_that_was_made(tmp_path: Path) -> None:
    made = kept_page(tmp_path / "new" / "folder")
    assert made == base_page()
    assert kept_page(tmp_path / "new" / "folder") == made
    assert not list(tmp_path.rglob("*.new"))


def test_that_a_kept_page_needs_no_folium(tmp_path: Path) -> None:
    kept_page(tmp_path)
    before = {name for name in sys.modules if name.startswith("folium")}
    for name in before | {"console.ui.map.document"}:
        sys.modules.pop(name)
    kept_page(tmp_path)
    assert not [name for name in sys.modules if name.startswith("folium")]


def test_that_a_damaged_page_is_made_again(tmp_path: Path) -> None:
    made = kept_page(tmp_path)
    (file,) = tmp_path.glob("map-page-*.json")
    for damage in ("", "{", '{"html": 1}', "[]"):
        file.write_text(damage, "utf-8")
        assert kept_page(tmp_path) == made
    assert kept_page(tmp_path) == made


def test_that_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert kept_page(tmp_path / "file" / "below") == base_page()
