"""Settings from the command line."""

from pathlib import Path

import pytest

from console.settings import DECLARED, Settings, read_settings
from tests.cli.conftest import Run, opened, run_with


@pytest.fixture
def one(tmp_path: Path) -> Run:
    return run_with("--data", str(tmp_path))


def test_that_a_setting_is_set_shown_and_reset(one: Run, tmp_path: Path) -> None:
    assert one("settings", "set", "zoom", "125", "--json").told == {"name": "zoom", "value": 125}
    assert one("settings", "set", "muted", "on").out == "muted = true\n"
    told = one("settings", "show", "--differing", "--json").told["settings"]
    assert told["zoom"] == {
        "value": 125, "default": 100, "differs": True, "locked": False, "restart": False
    }  # fmt: skip
    assert told.keys() == {"zoom", "muted"}
    assert one("settings", "show").out.count("\n") == len(DECLARED) + 1
    assert one("settings", "reset", "zoom").code == 0
    assert read_settings(tmp_path) == Settings(muted=True)
    one("settings", "set", "operator", "王芳")
    assert one("settings", "reset", "--all").code == 0
    assert read_settings(tmp_path) == Settings(operator="王芳")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("set", "zoom", "big"), "setting_not_allowed"),
        (("set", "zoom", "500"), "setting_not_allowed"),
        (("set", "colour", "1"), "unknown_setting"),
        (("show", "colour"), "unknown_setting"),
        (("reset", "colour"), "unknown_setting"),
        (("reset",), "usage"),
        (("reset", "zoom", "--all"), "usage"),
        (("import", "none.toml"), "file_unreadable"),
    ],
)
def test_that_wrong_words_are_refused(one: Run, words: tuple[str, ...], code: str) -> None:
    said = one("settings", *words, "--json")
    assert (said.code, said.told["refused"]) == (2, code)


def test_that_a_fleet_is_given_one_file(one: Run, tmp_path: Path) -> None:
    one("settings", "set", "volume", "30")
    file = tmp_path / "fleet.toml"
    assert one("settings", "export", str(file)).code == 0
    assert one("settings", "export").out == file.read_text("utf-8")
    file.write_text(file.read_text("utf-8") + "zoom = 1\n", "utf-8")
    other = run_with("--data", str(tmp_path / "other"))
    said = other("settings", "import", str(file), "--json")
    assert (said.code, said.told["taken"]) == (1, ["volume"])
    assert said.told["faults"][0]["facts"]["name"] == "zoom"
    assert read_settings(tmp_path / "other") == Settings(volume=30)


def test_that_broken_settings_can_be_shown_and_set_right(one: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("operator = 1\nzoom = 5", "utf-8")
    said = one("settings", "show", "--json")
    assert (said.code, len(said.told["faults"])) == (1, 2)
    assert one("settings", "set", "operator", "王芳").code == 0
    warned = one("calendar", "show", "--json")  # what is not vital is told, and the command goes on
    assert "zoom" in warned.err
    assert read_settings(tmp_path).operator == "王芳"


def test_that_what_the_administrator_locked_stays(
    one: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site.toml"
    site.write_text('evidence = "/srv/evidence"\nlocked = ["evidence"]', "utf-8")
    monkeypatch.setenv("GRID_CONSOLE_SITE_SETTINGS", str(site))
    said = one("settings", "set", "evidence", "/tmp", "--json")
    assert (said.code, said.told["refused"]) == (2, "setting_locked")
    told = one("settings", "show", "evidence", "--json").told["settings"]["evidence"]
    assert (told["value"], told["locked"]) == ("/srv/evidence", True)
    file = tmp_path / "fleet.toml"
    file.write_text('evidence = "/tmp"\nvolume = 10', "utf-8")
    said = one("settings", "import", str(file), "--json")
    assert (said.code, said.told["taken"]) == (1, ["volume"])
    assert one("settings", "reset", "--all").code == 0


def test_that_the_database_of_the_settings_is_used_unless_the_command_line_names_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    usual, url = run_with(), "postgresql://grid@server/town"
    assert usual("settings", "set", "database", url).code == 0
    usual()
    run_with("--db", "postgresql://other/town")()
    run_with("--data", str(tmp_path / "grid-console"))()
    assert [asked for _folder, asked in opened] == [url, "postgresql://other/town", None]
    for wrong in ("postgresql://grid:secret@server/town", "mysql://server/town", "server"):
        assert usual("settings", "set", "database", wrong, "--json").told["refused"] == "setting_not_allowed"


def test_that_doctor_tells_of_a_server_that_is_away_what_to_look_at(tmp_path: Path) -> None:
    away = run_with("--data", str(tmp_path), "--db", "postgresql://grid@127.0.0.1:1/town")
    said = away("doctor")
    assert said.code == 1
    assert "服务器是否在运行" in said.out
