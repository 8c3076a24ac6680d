"""The settings page: found by typing, in force at once, back to the default, to and from a file."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox

from console.i18n import language
from console.settings import DECLARED, Settings, read_settings
from console.ui import scale
from console.ui.settings_page.page import SettingsPage
from tests.gui.seat import Seat
from tests.gui.seats import OpenSeat


@pytest.fixture
def page(seat: Seat) -> SettingsPage:
    seat.press("Ctrl+,")
    found = seat.window.pages.page("settings")
    assert isinstance(found, SettingsPage)
    return found


def shown(page: SettingsPage) -> list[str]:
    return [name for name, row in page.rows.items() if row.isVisible()]


def test_that_the_page_shows_every_declared_setting_and_the_keyboard_is_in_the_search(
    seat: Seat, page: SettingsPage
) -> None:
    assert shown(page) == sorted(DECLARED, key=list(page.rows).index)
    assert len(shown(page)) == len(DECLARED)
    assert page.asked.hasFocus()
    seat.press("Ctrl+,")
    assert seat.screen == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("yinliang", ["volume"]),
        ("zoom", ["zoom"]),
        ("Volume", ["volume"]),
        ("静音", ["muted"]),
        ("没这个", []),
    ],
)
def test_that_a_setting_is_found_by_name_words_and_pinyin(
    seat: Seat, page: SettingsPage, typed: str, found: list[str]
) -> None:
    seat.type(typed)
    assert shown(page) == found
    assert page._nothing.isVisible() is (not found)


def test_that_every_change_is_in_force_at_once_and_kept(seat: Seat, page: SettingsPage) -> None:
    try:
        choose(seat, "theme", "dark")
        assert seat.window.theme.name == "dark"
        choose(seat, "density", "comfortable")
        table = seat.window.queue.table
        assert table.row_height > 32
        box = seat.find("setting_zoom", QSpinBox)
        box.setValue(125)
        seat.settle()
        assert scale.percent() == 125
        check(seat, "follow")
        assert seat.window.settings.follow is False
        check(seat, "muted")
        assert seat.window.attending._volume() == 0
        choose(seat, "feed_speed", 10)
        assert seat.window.feed._speed.currentData() == 10
        choose(seat, "feed_speed", 0)
        choose(seat, "language", "en")
        assert language() == "en"
        assert seat.find("settingsResetAll").text() == "Reset all"  # type: ignore[attr-defined]  # a button
        assert read_settings(seat.folder) == Settings(
            theme="dark", density="comfortable", zoom=125, follow=False, muted=True, language="en"
        )
    finally:
        scale.use_zoom(100)


def test_that_every_setting_without_an_effect_is_read_when_used_or_says_that_it_waits(seat: Seat) -> None:
    at_once = set(seat.window.settling._effects)
    read_when_used = {"volume", "insist"}
    restart = {name for name, of in DECLARED.items() if of.restart}
    assert at_once | read_when_used | restart == set(DECLARED)
    assert not at_once & restart


def test_that_what_differs_is_marked_and_goes_back_alone(seat: Seat, page: SettingsPage) -> None:
    assert not page.rows["volume"].reset.isEnabled()
    seat.find("setting_volume", QSpinBox).setValue(20)
    seat.settle()
    row = page.rows["volume"]
    assert "●" in row.state.text()
    page.only.click()
    assert shown(page) == ["volume"]
    page.only.click()
    row.reset.click()
    assert (seat.window.settings.volume, row.state.text()) == (60, "")


def test_that_all_go_back_and_that_can_be_taken_back(seat: Seat, page: SettingsPage) -> None:
    seat.find("setting_volume", QSpinBox).setValue(20)
    check(seat, "insist")
    seat.window.preferences.keep(operator="王芳")
    seat.click("settingsResetAll")
    assert seat.window.settings == Settings(operator="王芳")
    seat.click("settingsTakeBack")
    assert (seat.window.settings.volume, seat.window.settings.insist) == (20, False)
    assert not seat.find("settingsTakeBack").isVisible()


def test_that_a_file_is_taken_as_far_as_it_is_good_and_the_rest_is_listed(
    seat: Seat, page: SettingsPage, tmp_path: Path
) -> None:
    file = tmp_path / "fleet.toml"
    file.write_text('volume = 10\nzoom = 3\ntheme = "<b>dark</b>"\n', "utf-8")
    page.bring_in(file)
    assert seat.window.settings.volume == 10
    assert [name in page._faults.text() for name in ("zoom", "theme", "<b>")] == [True] * 3
    page.hand_out(tmp_path / "out.toml")
    assert "volume = 10" in (tmp_path / "out.toml").read_text("utf-8")
    page.bring_in(tmp_path / "none.toml")
    assert "none.toml" in seat.message
    page.hand_out(tmp_path / "nowhere" / "out.toml")
    assert "nowhere" in seat.message


def test_that_what_is_locked_is_not_imported_and_told_until_the_page_is_left(
    open_seat: OpenSeat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site.toml"
    site.write_text('locked = ["zoom"]\nzom = 110\n', "utf-8")
    monkeypatch.setenv("GRID_CONSOLE_SITE_SETTINGS", str(site))
    seat = open_seat()
    seat.settings.open()
    assert any("zom" in fault and str(site) in fault for fault in seat.settings.faults)
    file = tmp_path / "fleet.toml"
    file.write_text("zoom = 150\nvolume = 10\nnews = 1\n", "utf-8")
    seat.settings.bring_in(file)
    seat.settings.put("volume", "20")
    told = "\n".join(seat.settings.faults)
    assert [name in told for name in ("zoom", "news", "zom")] == [True] * 3
    assert seat.window.settings == Settings(theme="light", volume=20)
    seat.press("Ctrl+,", "Ctrl+,")
    assert "news" not in "\n".join(seat.settings.faults)


def test_that_a_wrong_value_is_told_at_its_field_and_stays_to_be_mended(
    seat: Seat, page: SettingsPage
) -> None:
    line, told = seat.find("setting_basemap_hosts", QLineEdit), page.rows["basemap_hosts"].problem
    seat.settings.put("basemap_hosts", "http://maps.example")
    assert seat.window.settings.basemap_hosts == ()
    assert told.isVisible()
    assert "http://" in told.text()
    assert told.text() in line.accessibleDescription()
    assert line.property("fault") == told.text()
    seat.settings.put("volume", "20")  # another change leaves what was typed
    seat.settings.search("")
    assert line.text() == "http://maps.example"
    seat.settings.put("basemap_hosts", "maps.example")
    assert seat.window.settings.basemap_hosts == ("maps.example",)
    assert not told.isVisible()
    assert told.text() not in line.accessibleDescription() or not told.text()
    seat.settings.put("database", "mysql://x")
    assert page.rows["database"].problem.isVisible()
    seat.settings.reset("database")
    assert seat.find("setting_database", QLineEdit).text() == ""
    assert not page.rows["database"].problem.isVisible()


def test_that_a_wrong_value_in_the_file_is_told_at_its_field_too(open_seat: OpenSeat) -> None:
    seat = open_seat(opened=False)
    (seat.folder / "settings.toml").write_text("zoom = 3", "utf-8")
    seat.open()
    seat.settings.open()
    box = seat.find("setting_zoom", QSpinBox)
    assert "zoom = 3" in box.accessibleDescription()
    seat.settings.put("zoom", "110")
    seat.settings.put("zoom", "100")
    assert "zoom = 3" not in box.accessibleDescription()
    scale.use_zoom(100)


def test_that_what_the_administrator_locked_cannot_be_changed_here(
    open_seat: OpenSeat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site.toml"
    site.write_text('theme = "light"\nvolume = 30\nlocked = ["theme", "zoom"]', "utf-8")
    monkeypatch.setenv("GRID_CONSOLE_SITE_SETTINGS", str(site))
    seat = open_seat(settings=Settings(theme="light", volume=30))
    seat.press("Ctrl+,")
    page = seat.window.pages.page("settings")
    assert isinstance(page, SettingsPage)
    assert not seat.find("setting_theme").isEnabled()
    assert "▣" in page.rows["theme"].state.text()
    seat.press("F9")
    assert seat.window.theme.name == "light"
    assert str(site) in seat.message
    seat.press("Ctrl++")
    assert scale.percent() == 100


def test_that_the_wheel_over_a_value_changes_nothing_that_has_not_the_keyboard(
    seat: Seat, page: SettingsPage
) -> None:
    box = seat.find("setting_theme", QComboBox)
    page.asked.setFocus()
    before = box.currentIndex()
    QTest.wheelEvent(seat.window.windowHandle(), box.mapTo(seat.window, box.rect().center()), _down())
    seat.settle()
    assert box.currentIndex() == before


def test_that_what_is_set_elsewhere_leads_there(seat: Seat, page: SettingsPage) -> None:
    page.rows["sounds"].reach()
    seat.press("Space")
    assert seat.screen == ""
    assert seat.window.layers.panel is not None


def choose(seat: Seat, name: str, value: object) -> None:
    """Choose by the keyboard, as a person would: to the box, to the top, down to the value."""
    box = seat.find(f"setting_{name}", QComboBox)
    box.setFocus()
    seat.press("Home")
    for _step in range(box.findData(value)):
        seat.press("Down")


def check(seat: Seat, name: str) -> None:
    box = seat.find(f"setting_{name}", QCheckBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    seat.settle()


def _down() -> object:
    from PySide6.QtCore import QPoint

    return QPoint(0, -120)
