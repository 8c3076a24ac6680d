"""The files of the settings: what holds, whose it is, what is wrong, and what other machines are given."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.errors import Refused
from console.i18n import use_language
from console.settings import (
    DECLARED,
    GROUPS,
    Settings,
    change_settings,
    exported,
    imported,
    read_layers,
    read_settings,
    write_settings,
)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The administrator's file, not there yet."""
    file = tmp_path / "etc" / "settings.toml"
    file.parent.mkdir()
    monkeypatch.setenv("GRID_CONSOLE_SITE_SETTINGS", str(file))
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    return made


@pytest.fixture(params=["zh", "en"])
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("zh")


def told(folder: Path, text: str) -> None:
    (folder / "settings.toml").write_text(text, "utf-8")


def kept(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "settings.toml").read_text("utf-8"))


def test_that_every_setting_takes_its_default_and_writes_it_so_that_it_reads_back(spoken: str) -> None:
    for of in DECLARED.values():
        assert of.kind.takes(of.default), of.name
        assert of.kind.read(of.kind.written(of.default)) == of.default, of.name
        assert of.kind.words(of.default), of.name
        assert of.kind.expected(), of.name
        assert of.group in GROUPS


def test_that_without_files_the_defaults_hold_and_nothing_differs(folder: Path, site: Path) -> None:
    layers = read_layers(folder)
    assert layers.settings == layers.base == Settings()
    assert (layers.differing, layers.faults) == ((), ())


def test_that_only_what_differs_is_written_and_unknown_keys_stay(folder: Path) -> None:
    told(folder, 'of_a_later_version = 7\nlanguage = "zh"\n')
    change_settings(folder, {"zoom": 125, "language": "zh"})
    assert kept(folder) == {"of_a_later_version": 7, "zoom": 125}
    change_settings(folder, {"zoom": 100})
    assert kept(folder) == {"of_a_later_version": 7}


def test_that_a_bad_value_is_named_by_file_and_field_and_the_rest_is_kept(folder: Path) -> None:
    told(folder, 'zoom = 5000\ntheme = "dark"\nmuted = "yes"\nfeed_speed = true\nquiet_events = ["x"]\n')
    layers = read_layers(folder)
    assert layers.settings == replace(Settings(), theme="dark")
    assert {fault.code for fault in layers.faults} == {"bad_setting"}
    assert [fault.facts["name"] for fault in layers.faults] == ["zoom", "muted", "feed_speed", "quiet_events"]
    assert {fault.facts["file"] for fault in layers.faults} == {folder / "settings.toml"}
    assert "80" in str(layers.faults[0].facts["expected"])
    assert read_settings(folder).theme == "dark"  # none of these is vital
    change_settings(folder, {"theme": "light"})
    assert kept(folder)["zoom"] == 5000  # ours to tell of, the user's to correct


@pytest.mark.parametrize(
    ("text", "code"),
    [("operator = 1", "bad_setting"), ("evidence = 7", "bad_setting"), ("x", "settings_damaged")],
)
def test_that_nobody_signs_by_a_default_where_the_file_meant_another(
    folder: Path, text: str, code: str
) -> None:
    told(folder, text)
    with pytest.raises(Refused) as refused:
        read_settings(folder)
    assert refused.value.code == code
    assert read_layers(folder).settings == Settings()  # the window opens nevertheless, and tells


def test_that_a_file_that_is_no_toml_is_put_aside_before_it_is_written(folder: Path) -> None:
    told(folder, "operator = [")
    change_settings(folder, {"zoom": 110})
    assert kept(folder) == {"zoom": 110}
    assert (folder / "settings.toml.damaged").read_text("utf-8") == "operator = ["


def test_that_the_administrators_values_lie_below_the_users(folder: Path, site: Path) -> None:
    site.write_text('zoom = 125\nlanguage = "en"\nlocked = ["language", "nonsense"]\n', "utf-8")
    told(folder, 'zoom = 150\nlanguage = "zh"\n')
    layers = read_layers(folder)
    assert (layers.settings.zoom, layers.settings.language) == (150, "en")
    assert (layers.base.zoom, layers.given, layers.locked) == (125, {"zoom", "language"}, {"language"})
    assert layers.differing == ("zoom",)
    with pytest.raises(Refused, match="setting_locked"):
        change_settings(folder, {"language": "zh"})
    change_settings(folder, {"zoom": 125})
    assert read_layers(folder).differing == ()
    site.write_text("zoom = 110", "utf-8")
    assert read_settings(folder).zoom == 110  # who set nothing follows the administrator


def test_that_a_bad_administrators_file_is_told_and_stops_nobody(folder: Path, site: Path) -> None:
    site.write_text("zoom = 1\nzom = 125\nlocked = 3", "utf-8")
    layers = read_layers(folder)
    assert layers.settings == Settings()
    assert [(one.code, one.facts["file"]) for one in layers.faults] == [
        ("bad_locked", site),
        ("unknown_setting_in_file", site),
        ("bad_setting", site),
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("zoom", 79), ("zoom", True), ("zoom", 100.0), ("operator", ""), ("operator", "a\nb"),
        ("sounds", ("late",)), ("quiet_events", ("late=bell",)), ("evidence", "a\0b"), ("theme", "blue"),
        ("muted", 1), ("language", "fr"),
    ],
)  # fmt: skip
def test_that_a_wrong_value_changes_nothing(folder: Path, name: str, value: object) -> None:
    with pytest.raises(Refused, match="setting_not_allowed"):
        change_settings(folder, {"zoom": 150, name: value})
    assert not (folder / "settings.toml").exists()


def test_that_a_name_nobody_declared_is_refused(folder: Path) -> None:
    with pytest.raises(Refused, match="unknown_setting"):
        change_settings(folder, {"colour": "blue"})


def test_that_what_one_seat_exports_another_imports_without_its_name(folder: Path, tmp_path: Path) -> None:
    wished = Settings(operator="王芳", zoom=125, sounds=("late=bell",), muted=True)
    write_settings(folder, wished)
    file = tmp_path / "fleet.toml"
    file.write_text(exported(read_layers(folder)), "utf-8")
    good, faults = imported(file)
    assert (good, faults) == ({"zoom": 125, "sounds": ("late=bell",), "muted": True}, [])
    other = tmp_path / "other"
    change_settings(other, good)
    assert read_settings(other) == replace(wished, operator=Settings().operator)
    whole = tomllib.loads(exported(read_layers(folder), everything=True))
    assert whole.keys() == DECLARED.keys() - {"operator"}


def test_that_an_imported_file_is_taken_as_far_as_it_is_good(tmp_path: Path) -> None:
    file = tmp_path / "fleet.toml"
    file.write_text('zoom = 5\nvolume = 30\nnews = "x"\noperator = "王芳"\nlocked = ["zoom"]', "utf-8")
    good, faults = imported(file)
    assert good == {"volume": 30}  # nobody signs by a name that came with a file for many
    assert [(one.code, one.facts.get("name")) for one in faults] == [
        ("unknown_setting_in_file", "news"),
        ("lock_not_imported", None),
        ("setting_of_a_seat", "operator"),
        ("bad_setting", "zoom"),
    ]
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Refused, match="settings_damaged"):
        imported(file)
    with pytest.raises(Refused, match="file_unreadable"):
        imported(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("locked", "held", "told"),
    [
        ('"zoom"', {"zoom"}, "lock_no_list"),
        ('["zoom", "zom"]', {"zoom"}, "bad_locked"),
        ('["zoom", ["theme"], 7]', {"zoom"}, "bad_locked"),
        ("[{ name = 1 }]", set(), "bad_locked"),
        ("7", set(), "bad_locked"),
    ],
)
def test_that_a_lock_that_locks_nothing_is_told(
    folder: Path, site: Path, locked: str, held: set[str], told: str
) -> None:
    site.write_text(f"locked = {locked}\nzoom = 125\n", "utf-8")
    layers = read_layers(folder)
    assert layers.locked == held
    assert layers.settings.zoom == 125
    (fault,) = layers.faults
    assert (fault.code, fault.facts["file"]) == (told, site)
    assert read_settings(folder).zoom == 125  # nothing vital is missing


def test_that_a_password_is_refused_without_being_told(folder: Path) -> None:
    with pytest.raises(Refused) as told:
        change_settings(folder, {"database": "postgresql://city:geheim@host/name"})
    assert "geheim" not in str(told.value.facts)
    assert "city:***@host" in str(told.value.facts["value"])
