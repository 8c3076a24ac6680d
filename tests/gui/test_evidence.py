"""Photos on screen: shown by batch and side by side, opened large, marked when altered, picked for a form."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import qasync
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.batches import Batch
from console.domain.evidence import Evidence, Role
from console.domain.operation import Operation
from console.runtime.evidence import EvidenceRoom, take_in
from console.storage.evidence import EvidenceFolder
from console.ui.case.evidence import EvidenceStrip
from console.ui.photos.picker import EvidencePicker
from console.ui.photos.view import PhotoView
from console.ui.theme import Theme, console_font
from tests.photos import GPS_WORDS, jpeg, pdf, png, written

AT = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
WAIT_MS = 20_000


def failed(problem: BaseException) -> None:
    raise problem


@pytest.fixture
def room(tmp_path: Path) -> Iterator[EvidenceRoom]:
    made = EvidenceRoom(EvidenceFolder(tmp_path / "evidence"), tmp_path / "cache")
    yield made
    made.close()


@pytest.fixture
def taken(room: EvidenceRoom, tmp_path: Path) -> list[Evidence]:
    """Near, far, a form, and one from after."""
    paths = written(
        tmp_path / "in",
        near_jpg=jpeg(800, 600),
        far_png=png(600, 800),
        form_pdf=pdf(),
        done_jpg=jpeg(640, 480),
    )
    roles = (Role.NEAR, Role.FAR, Role.FORM, Role.AFTER)
    found = [take_in(room.folder, [path], role)[0] for path, role in zip(paths, roles, strict=True)]
    return [item for item in found if isinstance(item, Evidence)]


def told(taken: list[Evidence]) -> tuple[Batch, ...]:
    return (
        Batch(1, Operation.REGISTER, AT, "采集员07", tuple(taken[:3])),
        Batch(5, Operation.FEED_BACK, AT + timedelta(hours=3), "金水区环卫", tuple(taken[3:]), handled=True),
    )


@pytest.fixture
def window(qtbot: QtBot, loop: qasync.QEventLoop, qapp: QApplication) -> QWidget:
    qapp.setFont(console_font())
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.resize(380, 720)
    return made


def placed(qtbot: QtBot, window: QWidget, part: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(part)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()


@pytest.fixture
def strip(
    qtbot: QtBot, window: QWidget, qapp: QApplication, room: EvidenceRoom, taken: list[Evidence]
) -> EvidenceStrip:
    made = EvidenceStrip(Theme("light", qapp), failed)
    placed(qtbot, window, made)
    made.open(room.pictures)
    made.show_batches(told(taken), ZONE, AT)
    qtbot.waitUntil(lambda: all(tile.image for tile in made.tiles if tile.evidence.pictured), timeout=WAIT_MS)
    return made


def opened(qtbot: QtBot, strip: EvidenceStrip, tile: int) -> PhotoView:
    strip.tiles[tile].setFocus()
    QTest.keyClick(strip.tiles[tile], Qt.Key.Key_Return)
    view = strip.view
    assert view is not None
    qtbot.waitUntil(lambda: view.idle and bool(view.pictures), timeout=WAIT_MS)
    return view


def test_that_photos_stand_by_batch_and_before_and_after_side_by_side(strip: EvidenceStrip) -> None:
    before, after, *batches = strip.tiles
    assert (before.evidence.name, after.evidence.name) == ("near.jpg", "done.jpg")
    assert before.y() == after.y()
    assert before.x() + before.width() <= after.x()
    assert [tile.evidence.name for tile in batches] == ["near.jpg", "far.png", "form.pdf", "done.jpg"]
    assert [tile.accessibleName() for tile in batches] == [
        "近景 · near.jpg",
        "远景 · far.png",
        "签字单 · form.pdf",
        "处置后 · done.jpg",
    ]


def test_that_everything_fits_the_panel(strip: EvidenceStrip, window: QWidget) -> None:
    assert strip.tiles
    for tile in strip.tiles:
        assert tile.mapTo(window, tile.rect().bottomRight()).x() < window.width()


def test_that_the_same_batches_again_keep_the_keyboard_where_it_is(
    strip: EvidenceStrip, taken: list[Evidence]
) -> None:
    before = strip.tiles
    strip.show_batches(told(taken), ZONE, AT + timedelta(minutes=1))
    assert strip.tiles is before


def test_that_enter_opens_the_large_view_and_the_arrows_move(qtbot: QtBot, strip: EvidenceStrip) -> None:
    view = opened(qtbot, strip, 2)
    assert view.geometry() == strip.window().rect()
    assert "near.jpg" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert "far.png" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert "done.jpg" in view.accessibleDescription()
    assert not view.next.isEnabled()
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.at == 3
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert (view.at, view.back.isEnabled()) == (0, False)


def test_that_escape_gives_the_keyboard_back_to_the_photo(qtbot: QtBot, strip: EvidenceStrip) -> None:
    view = opened(qtbot, strip, 3)
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert strip.view is None
    assert QApplication.focusWidget() is strip.tiles[3]


def test_that_before_and_after_open_beside_each_other(qtbot: QtBot, strip: EvidenceStrip) -> None:
    view = opened(qtbot, strip, 1)
    assert [picture.evidence.name for picture, _image in view.pictures] == ["near.jpg", "done.jpg"]
    left, right = view._rooms(2)
    assert left.right() < right.left()


def test_that_no_key_of_the_window_acts_behind_the_large_view(
    qtbot: QtBot, strip: EvidenceStrip, window: QWidget
) -> None:
    done: list[bool] = []
    act = QAction("派遣", window)
    act.setShortcut("D")
    act.triggered.connect(lambda: done.append(True))
    window.addAction(act)
    QTest.keyClick(strip.tiles[2], Qt.Key.Key_D)
    assert len(done) == 1
    view = opened(qtbot, strip, 2)
    QTest.keyClick(view, Qt.Key.Key_D)
    assert len(done) == 1


def test_that_tab_stays_inside_the_large_view(qtbot: QtBot, strip: EvidenceStrip) -> None:
    view = opened(qtbot, strip, 3)
    seen = set()
    for _turn in range(6):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is view or focused.parent() is view
        seen.add(focused.objectName())
    assert seen == {"photoView", "photoBack", "photoNext", "photoClose"}


def test_that_an_altered_photo_is_marked_by_shape_and_words(
    qtbot: QtBot, strip: EvidenceStrip, room: EvidenceRoom, taken: list[Evidence]
) -> None:
    place = room.folder.place(taken[0].hash)
    data = bytearray(place.read_bytes())
    data[500] ^= 1
    place.write_bytes(data)
    strip.reload.wish(now=True)
    qtbot.waitUntil(lambda: strip.tiles[0].trouble is not None, timeout=WAIT_MS)
    assert strip.tiles[0].accessibleName() == "近景 · near.jpg · 已被改动"
    assert strip.tiles[1].trouble is None
    painted = strip.tiles[0].grab().toImage()
    late = Theme("light").colour("late")
    middle = [painted.pixelColor(painted.width() // 2, y) for y in range(painted.height())]
    assert late in middle


def test_that_files_may_be_dropped_only_where_they_are_taken(qtbot: QtBot, strip: EvidenceStrip) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/a.jpg"), QUrl("https://example.org/b.jpg")])
    given: list[list[Path]] = []
    strip.files_given.connect(given.append)
    for takes in (False, True):
        strip.set_taking(takes)
        entering = QDragEnterEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        entering.ignore()
        strip.dragEnterEvent(entering)
        assert entering.isAccepted() is takes
        assert strip.add.isVisible() is takes
    strip.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert given == [[Path("/tmp/a.jpg")]]


def test_that_the_button_opens_a_dialog_that_does_not_stop_the_loop(
    qtbot: QtBot, strip: EvidenceStrip, window: QWidget, tmp_path: Path
) -> None:
    given: list[list[Path]] = []
    strip.files_given.connect(given.append)
    strip.add.click()
    (dialog,) = window.findChildren(QFileDialog)
    assert dialog.isVisible()
    dialog.filesSelected.emit([str(tmp_path / "a.jpg")])
    dialog.reject()
    assert given == [[tmp_path / "a.jpg"]]


def test_that_exported_copies_tell_no_place(
    qtbot: QtBot, strip: EvidenceStrip, room: EvidenceRoom, window: QWidget, tmp_path: Path
) -> None:
    assert not strip.save.isVisible()
    strip.open(room.pictures, room.export)
    strip.save.click()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "out"))
    dialog.reject()
    qtbot.waitUntil(lambda: not strip.clicks.busy, timeout=WAIT_MS)
    assert "已导出 4 件" in strip.said.text()
    copies = list((tmp_path / "out").iterdir())
    assert len(copies) == 4
    assert [word for word in GPS_WORDS for copy in copies if word in copy.read_bytes()] == []


@pytest.fixture
def picker(qtbot: QtBot, window: QWidget, qapp: QApplication, room: EvidenceRoom) -> EvidencePicker:
    made = EvidencePicker(Theme("light", qapp), room.take_in, room.pictures, failed, Role.AFTER)
    placed(qtbot, window, made)
    return made


@pytest.fixture
def picked(qtbot: QtBot, picker: EvidencePicker, tmp_path: Path) -> Callable[..., EvidencePicker]:
    def take(**files: bytes) -> EvidencePicker:
        picker.take(written(tmp_path / "in", **files))
        assert picker.busy
        qtbot.waitUntil(lambda: not picker.busy, timeout=WAIT_MS)
        return picker

    return take


def test_that_a_form_gets_the_good_files_and_says_which_were_refused(
    picked: Callable[..., EvidencePicker],
) -> None:
    picker = picked(done_jpg=jpeg(), note_txt=b"text", again_jpg=jpeg())
    assert [(item.name, item.role) for item in picker.evidence()] == [("done.jpg", Role.AFTER)]
    assert picker.problem.isVisible()
    assert "note.txt" in picker.problem.text()
    assert picker._rows[0].tile.image is not None


def test_that_each_file_has_its_role_and_can_be_taken_back(picked: Callable[..., EvidencePicker]) -> None:
    picker = picked(done_jpg=jpeg(), form_pdf=pdf())
    changes: list[None] = []
    picker.changed.connect(lambda: changes.append(None))
    role = picker._rows[1].role
    role.setCurrentIndex(role.findData(Role.FORM))
    assert [item.role for item in picker.evidence()] == [Role.AFTER, Role.FORM]
    picker._rows[0].remove.click()
    assert [item.name for item in picker.evidence()] == ["form.pdf"]
    assert len(changes) == 2


def test_that_many_files_scroll_and_the_form_stays_small(picked: Callable[..., EvidencePicker]) -> None:
    picker = picked(**{f"p{number}_jpg": jpeg(60 + number, 40) for number in range(8)})
    assert len(picker.evidence()) == 8
    assert picker.sizeHint().height() < 330
    assert picker.sizeHint().width() <= 352


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_that_a_tile_keeps_the_whole_picture(
    theme: str, qtbot: QtBot, strip: EvidenceStrip, taken: list[Evidence]
) -> None:
    strip._theme.choose(theme)
    tile = strip.tiles[3]  # upright, in a tile that lies
    painted = tile.grab().toImage()
    ground = strip._theme.colour("ground")
    assert painted.pixelColor(8, tile.height() // 3) == ground
    assert painted.pixelColor(tile.width() // 2, tile.height() // 3) != ground
    assert tile.size() == QSize(82, 82)
