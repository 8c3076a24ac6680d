"""The map's base page is made once and kept; a page that is no good is made again."""

import shutil
import sys
from pathlib import Path

from console.system import resource
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


def test_that_a_page_made_of_other_scripts_is_not_the_kept_one(tmp_path: Path) -> None:
    files, kept = tmp_path / "map", tmp_path / "kept"
    shutil.copytree(resource("map"), files)
    before = kept_page(kept, files)
    with (files / "tidy.js").open("a", encoding="utf-8") as script:
        script.write("// other\n")
    after = kept_page(kept, files)
    assert b"// other\n" in after.parts["engine.js"]
    assert before.html == after.html
    assert kept_page(kept) == base_page() == before
