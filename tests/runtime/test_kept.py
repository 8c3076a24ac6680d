"""What a user left in the data folder comes back, or is put aside and told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.errors import Refused
from console.kept import forget, keep, kept, own_folder


def test_that_a_document_comes_back_as_it_was(tmp_path: Path) -> None:
    path = own_folder(tmp_path, "王芳") / "views.json"
    assert kept(path) is None
    for document in ({"井盖": [1, 2.5, None, "💧"]}, {}):
        keep(path, document)
        assert kept(path) == document
    assert [one.name for one in path.parent.iterdir()] == ["views.json"]
    forget(path)
    forget(path)
    assert kept(path) is None


def test_that_a_damaged_document_is_told_and_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "views.json"
    path.write_bytes(b'{"half": ')
    with pytest.raises(Refused) as told:
        kept(path)
    assert told.value.code == "kept_damaged"
    assert Path(str(told.value.facts["file"])).read_bytes() == b'{"half": '
    assert kept(path) is None


def test_that_a_document_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seats").write_bytes(b"no folder")
    path = own_folder(tmp_path, "王芳") / "views.json"
    with pytest.raises(Refused) as told:
        keep(path, [1])
    assert (told.value.code, told.value.facts["folder"]) == ("folder_not_writable", path.parent)


@given(st.lists(st.text(min_size=1, max_size=64), min_size=2, max_size=4, unique=True))
def test_that_every_name_has_a_folder_of_its_own(names: list[str]) -> None:
    root = Path("data")
    printable = [name for name in names if name.isprintable()]
    folders = {own_folder(root, name) for name in printable}
    assert len(folders) == len(printable)
    assert own_folder(root, "..").parent == root / "seats"
    assert all(folder.parent == root / "seats" and len(folder.name) < 255 for folder in folders)


def test_that_half_a_sign_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    path = tmp_path / "drafts.json"
    keep(path, ["井盖 \ud83d"])
    assert kept(path) == ["井盖 \ud83d"]


def test_that_a_document_nested_without_end_is_a_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "views.json"
    path.write_bytes(b"[" * 200_000)
    with pytest.raises(Refused) as told:
        kept(path)
    assert told.value.code == "kept_damaged"
    assert not path.exists()
