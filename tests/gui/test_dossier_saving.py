"""The case as a document from the window: asked where to, told when it is there, given up at any time."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from console.domain.errors import Refused
from console.domain.flow import State
from console.runtime.dossier import check_dossier
from tests.gui.seat import Seat


def dialog(seat: Seat) -> QFileDialog:
    found = seat.window.findChild(QFileDialog, "dossierDialog")
    assert isinstance(found, QFileDialog)
    return found


def saved(seat: Seat, target: Path) -> None:
    """Answer the dialog as its button does."""
    opened = dialog(seat)
    opened.fileSelected.emit(str(target))
    opened.reject()
    seat.until(lambda: not seat.window.dossier.busy)
    seat.settle()


def test_that_the_key_asks_for_a_place_and_writes_a_whole_dossier(seat: Seat, tmp_path: Path) -> None:
    code = seat.bring(State.HANDLING)
    seat.choose(code)
    seat.press("P")
    assert code in dialog(seat).selectedFiles()[0]
    saved(seat, tmp_path / "案卷.pdf")
    found = check_dossier(tmp_path / "案卷.pdf", None).checked
    assert (found.code, found.findings) == (code, ())
    assert str(tmp_path / "案卷.pdf") in seat.message
    assert seat.find("openDossierButton", QPushButton).isVisible()


def test_that_a_place_that_cannot_be_written_is_told(seat: Seat, tmp_path: Path) -> None:
    seat.choose(seat.bring(State.HANDLING))
    seat.press("P")
    saved(seat, tmp_path / "nowhere" / "案卷.pdf")
    assert "nowhere" in seat.message
    assert not seat.find("openDossierButton", QPushButton).isVisible()


def test_that_giving_up_leaves_no_file(seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def given_up(*_args: object, progress: object, **_named: object) -> int:
        seat.window.dossier._cancel.click()
        raise Refused("interrupted")

    monkeypatch.setattr("console.runtime.dossier.write_dossier", given_up)
    seat.choose(seat.bring(State.HANDLING))
    seat.press("P")
    saved(seat, tmp_path / "案卷.pdf")
    assert not (tmp_path / "案卷.pdf").exists()


def test_that_without_a_case_nothing_is_asked(seat: Seat) -> None:
    seat.window.selection.choose_case(0)
    seat.settle()
    seat.press("P")
    assert seat.window.findChild(QFileDialog, "dossierDialog") is None
    assert seat.message == "请先选一个案件"
