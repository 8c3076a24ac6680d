"""The first run: an empty folder asks for a city, a pack is looked through, a sample goes and comes back."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from console.domain.city import training_code
from console.domain.errors import Refused
from console.runtime.founding import put_sample_back, remove_sample
from console.storage.engine import database_url
from console.storage.unit import Store
from console.ui.founding.page import FoundingPage
from tests.adapters.packs import small_pack
from tests.cities import LOADED, small_city
from tests.gui.seat import Seat, make_store
from tests.gui.seats import OpenSeat


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    small_pack(folder)
    return folder


@pytest.fixture
def empty(open_seat: OpenSeat, tmp_path: Path) -> Seat:
    """The program on a folder in which nothing is yet, once it asks which city."""
    seat = open_seat(folder=tmp_path / "new", opened=False)
    seat.live()
    seat.until(lambda: seat.screen == "founding")
    return seat


def page(seat: Seat) -> FoundingPage:
    found = seat.window.pages.page("founding")
    assert isinstance(found, FoundingPage)
    return found


def idle(seat: Seat) -> bool:
    return not seat.window.founding.busy


def test_that_an_empty_folder_offers_three_cities_and_the_keyboard_is_on_the_first(empty: Seat) -> None:
    for name in ("foundDemo", "foundTraining", "foundOwn"):
        assert empty.find(name, QPushButton).isVisible()
    assert empty.find("foundDemo").hasFocus()
    assert not empty.find("foundRemove").isVisible()


def test_that_a_pack_is_looked_through_loaded_and_worked_in(empty: Seat, pack: Path) -> None:
    assert not empty.city.can_load
    empty.city.check(pack)
    assert empty.city.can_load
    assert "小城" in empty.city.told
    empty.until(lambda: empty.find("foundLoad").hasFocus())  # Enter, Enter: checked and loaded
    empty.city.load()
    assert "小城" in empty.window.windowTitle()
    empty.settle()
    empty.press("N")
    assert empty.form.of == "report"


def test_that_what_is_wrong_in_a_pack_is_listed_by_file_row_and_field_and_hinders_it(
    empty: Seat, pack: Path
) -> None:
    file = pack / "departments.csv"
    lines = file.read_text("utf-8").splitlines()
    lines[1] = lines[1].split(",")[0] + ",,,,,"
    file.write_text("\n".join(lines), "utf-8")
    empty.city.check(pack)
    told = "\n".join(empty.city.findings)
    assert "departments.csv" in told
    assert "row=2" in told
    assert "field=" in told
    assert not empty.city.can_load
    empty.fill("foundPack", "/nowhere")
    assert empty.city.findings == []
    empty.city.check(Path("/nowhere"))
    assert "/nowhere" in empty.city.told


def test_that_making_a_city_is_stopped_and_nothing_of_it_is_kept(empty: Seat) -> None:
    empty.find("foundDemo", QPushButton).click()
    empty.until(lambda: page(empty).bar.value() > 0)
    assert empty.find("foundStop").hasFocus()
    empty.find("foundStop", QPushButton).click()
    empty.until(lambda: idle(empty))
    assert empty.screen == "founding"
    assert empty.find("foundDemo").isEnabled()
    store = Store(database_url(None, empty.folder))
    assert store.profile() is None
    store.close()


def test_that_a_sample_is_taken_away_with_the_window_and_put_back(open_seat: OpenSeat) -> None:
    first = open_seat(opened=False)
    folder = first.folder
    living(first)
    before = cases_in(folder)
    first.press("Ctrl+F3")
    assert not first.find("foundDemo").isVisible()
    with pytest.raises(Refused, match="database_in_use"):  # the window has it open
        remove_sample(folder, None, LOADED)
    ended(first, "foundRemove")
    assert not (folder / "console.sqlite").exists()
    second = open_seat(folder=folder, opened=False)
    second.live()
    second.until(lambda: second.screen == "founding")
    assert "set-aside" in second.message
    ended(second, "foundPutBack")
    assert cases_in(folder) == before > 100
    third = open_seat(folder=folder, opened=False)
    living(third)
    third.until(lambda: not (folder / "said-next.json").exists())  # said; another message may follow
    with pytest.raises(Refused, match="city_present"):
        put_sample_back(folder, None)


def test_that_the_first_run_is_driven_by_its_page(open_seat: OpenSeat, tmp_path: Path, pack: Path) -> None:
    seat = open_seat(folder=tmp_path / "new")
    assert seat.city.is_open
    assert not seat.city.can_put_back
    seat.city.begin("training")
    seat.city.stop()
    assert seat.city.is_open
    seat.city.check(pack)
    assert seat.city.can_load
    seat.city.load()
    assert not seat.city.is_open
    assert seat.window.profile is not None


def test_that_a_sample_goes_and_comes_back_by_the_page(open_seat: OpenSeat) -> None:
    first = open_seat()
    first.city.open()
    assert first.city.can_remove
    first.city.remove_sample()
    first.close()
    second = open_seat(folder=first.folder)
    assert second.city.can_put_back
    assert not second.city.can_remove
    second.city.put_sample_back()
    second.close()
    assert cases_in(first.folder) > 100


def test_that_a_damaged_word_of_the_window_before_stops_nothing(open_seat: OpenSeat) -> None:
    first = open_seat(opened=False)
    left = first.folder / "said-next.json"
    left.write_bytes(b'{"said": ')
    living(first)
    first.until(lambda: left.with_suffix(".json.damaged").exists())

    def running() -> set[str]:
        return {task.get_coro().__name__ for task in asyncio.all_tasks(first._loop)}  # type: ignore[union-attr]

    first.until(lambda: {"watch", "keep_text_index", "keep_sealed", "keep_anchors"} <= running())
    assert not left.exists()


def test_that_the_program_starts_anew_also_where_its_last_word_cannot_be_kept(open_seat: OpenSeat) -> None:
    seat = open_seat(opened=False)
    founding = seat.window.founding
    in_the_way = seat.folder / "said-next.json"
    in_the_way.mkdir()
    founding._afterwards = lambda: "said in vain"
    assert founding.finish()
    assert in_the_way.is_dir()


def living(seat: Seat) -> None:
    seat.live()
    seat.until(lambda: seat.window.profile is not None and seat.window.queue.idle)


def ended(seat: Seat, button: str) -> None:
    """Click what ends the window, and let the program do what it does after that."""
    founding = seat.window.founding
    seat.find(button, QPushButton).click()
    assert seat._life is not None
    seat.until(seat._life.done)
    assert founding.finish()


def cases_in(folder: Path) -> int:
    store = Store(database_url(None, folder))
    with store.read() as view:
        count = view.connection.exec_driver_sql("SELECT count(*) FROM cases").scalar_one()
    store.close()
    return int(count)


def test_that_a_real_city_is_never_taken_away(open_seat: OpenSeat, tmp_path: Path) -> None:
    content = small_city()
    real = replace(content, profile=replace(content.profile, generated=False))
    make_store(tmp_path / "real", real, 0)
    with pytest.raises(Refused, match="city_not_sample"):
        remove_sample(tmp_path / "real", None, LOADED)
    with pytest.raises(Refused, match="city_present"):
        put_sample_back(tmp_path / "real", None)
    with pytest.raises(Refused, match="sample_on_server"):
        remove_sample(tmp_path / "real", "postgresql://somewhere/x", LOADED)
    seat = open_seat(folder=tmp_path / "real")
    seat.press("Ctrl+F3")
    assert not seat.find("foundRemove").isVisible()
    assert not seat.find("generatedBadge").isVisible()


def test_that_a_damaged_settings_file_is_told_in_the_window(
    open_seat: OpenSeat, store_template: Path
) -> None:
    seat = open_seat(opened=False)
    (seat.folder / "settings.toml").write_text("theme = [", "utf-8")
    seat.live()
    seat.until(lambda: "settings.toml" in seat.message)


def test_that_a_training_city_cannot_be_taken_for_a_real_one(open_seat: OpenSeat, tmp_path: Path) -> None:
    content = small_city()
    profile = replace(content.profile, code=training_code("410100"), name="小城(培训)")
    make_store(tmp_path / "training", replace(content, profile=profile), 3)
    seat = open_seat(folder=tmp_path / "training")
    assert "培训" in seat.window.windowTitle()
    assert "培训" in seat.find("generatedBadge", QLabel).text()
    assert seat.window.header.property("training") is True
    seat.window.wall.show_wall()
    wall = seat.window.wall.window
    assert wall is not None
    seat.until(lambda: wall.sheet._state is not None and seat.window.wall.reload.idle)
    assert "培训数据" in wall.sheet._city
    ended: list[bool] = []
    seat.window.wall.ended.connect(lambda: ended.append(True))
    seat.window.wall.close()
    seat.until(lambda: ended)


def test_that_a_check_beside_a_sample_says_what_to_do_first_and_leaves_the_keyboard(
    seat: Seat, pack: Path
) -> None:
    seat.city.open()
    seat.city.check(pack)
    assert seat.window.focusWidget() in {page(seat).pack, seat.find("foundCheck")}
    assert "请先移走演示数据" in seat.city.told
    assert not seat.city.can_load
    for name in ("departments.csv", "responsibilities.csv"):
        file = pack / name
        file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    seat.city.check(pack)
    assert "派遣时没有建议" in seat.city.told
