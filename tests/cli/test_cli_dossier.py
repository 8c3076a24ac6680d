"""Dossiers from the command line: saved, verified, refused, each with its exit code."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from console.cli import dossier as command
from console.runtime.bootstrap import evidence_folder
from console.runtime.desk import Desk
from console.storage.unit import Store
from tests.cli.conftest import Run
from tests.dossiers import photographed
from tests.photos import GPS_WORDS


@pytest.fixture
def code(city_url: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(command, "cache_folder", lambda: tmp_path / "cache")
    desk = Desk(Store(city_url, evidence_folder(tmp_path)))
    desk.store.prepare()
    try:
        return photographed(desk, tmp_path)
    finally:
        desk.close()


def test_that_a_dossier_is_saved_and_verified(cli: Run, code: str, tmp_path: Path) -> None:
    out = tmp_path / "卷宗.pdf"
    saved = cli("dossier", "save", code, "--out", str(out), "--json")
    assert (saved.code, saved.told["bytes"]) == (0, out.stat().st_size)
    verified = cli("dossier", "verify", str(out), "--json")
    assert verified.code == 0
    assert {name: verified.told[name] for name in ("code", "lines", "pictures", "journal", "findings")} == {
        "code": code,
        "lines": 8,
        "pictures": 3,
        "journal": "checked",
        "findings": [],
    }
    said = cli("dossier", "verify", str(out), "--offline")
    assert (said.code, said.out.splitlines()[-1]) == (0, "卷宗完好")
    assert "未与数据库核对" in said.out


def test_that_a_changed_dossier_ends_with_findings(cli: Run, code: str, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert cli("dossier", "save", code, "--out", str(out)).code == 0
    data = bytearray(out.read_bytes())
    data[9] ^= 1
    out.write_bytes(data)
    said = cli("dossier", "verify", str(out))
    assert said.code == 1
    assert "▲ 文件自写成以来被改动过" in said.out
    told = cli("dossier", "verify", str(out), "--json")
    assert (told.code, told.told["findings"][0]["problem"]) == (1, "seal_broken")


def test_that_an_existing_file_is_replaced_only_when_one_says_so(cli: Run, code: str, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_text("mine")
    refused = cli("dossier", "save", code, "--out", str(out), "--json")
    assert (refused.code, refused.told["refused"], out.read_text()) == (2, "file_exists", "mine")
    assert cli("dossier", "save", code, "--out", str(out), "--replace").code == 0
    assert out.read_bytes().startswith(b"%PDF-")


def test_that_refusals_end_in_code_two(cli: Run, code: str, tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_text("text")
    asked = {
        ("save", "2026999999999", "--out", str(tmp_path / "x.pdf")): "no_such_case",
        ("save", code, "--out", str(tmp_path / "gone" / "x.pdf")): "file_not_writable",
        ("verify", str(other)): "not_a_dossier",
        ("verify", str(tmp_path / "gone.pdf")): "file_unreadable",
    }
    for words, refusal in asked.items():
        said = cli("dossier", *words, "--json")
        assert (said.code, said.told["refused"]) == (2, refusal)
    assert not (tmp_path / "x.pdf").exists()


def test_that_photos_are_handed_out_without_their_place(cli: Run, code: str, tmp_path: Path) -> None:
    out = tmp_path / "photos"
    said = cli("dossier", "photos", code, "--out", str(out), "--json")
    assert (said.code, len(said.told["files"])) == (0, 4)
    leaks = [word for word in GPS_WORDS for file in out.iterdir() if word in file.read_bytes()]
    assert leaks == []
    for file in (tmp_path / "evidence").rglob("*"):
        if file.is_file():
            file.write_bytes(b"altered")
    told = cli("dossier", "photos", code, "--out", str(tmp_path / "again"), "--json")
    assert (told.code, told.told["files"], len(told.told["refused"])) == (1, [], 4)


def test_that_verifying_makes_no_database(cli: Run, empty: Run, code: str, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert cli("dossier", "save", code, "--out", str(out)).code == 0
    said = empty("dossier", "verify", str(out), "--json")
    assert (said.code, said.told["journal"]) == (0, "absent")
    assert not (tmp_path / "new").exists()
