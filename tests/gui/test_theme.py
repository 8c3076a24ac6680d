"""The themes: readable in both, complete in both, and changed at once everywhere."""

import tomllib

import pytest

from console.domain.lamp import Lamp
from console.system import resource
from console.ui.marks import ROLES
from tests.gui.contrast import contrast
from tests.gui.seat import Seat

THEMES = ("light", "dark")
GROUNDS = ("ground", "surface", "raised", "accent_ground")
# Text on everything it is drawn on.
TEXTS = [
    *((role, ground) for role in ("text", "muted") for ground in GROUNDS),
    *((role, ground) for role in ("soon", "late") for ground in ("surface", "accent_ground")),
    ("accent", "surface"),
    ("on_accent", "accent"),
    ("text", "ramp_2"),  # the words of a progress bar stand on what is done
    ("generated", "generated_ground"),
]
MARKS = [
    *((role, ground) for role in (*ROLES.values(), "suspended", "supervised") for ground in GROUNDS),
    ("accent", "ground"),
    ("accent", "surface"),
]


def roles(theme: str) -> dict[str, str]:
    return tomllib.loads(resource("themes", f"{theme}.toml").read_text("utf-8"))


@pytest.mark.parametrize(("theme", "role", "ground"), [(t, *pair) for t in THEMES for pair in TEXTS])
def test_that_text_is_readable(theme: str, role: str, ground: str) -> None:
    assert contrast(roles(theme)[role], roles(theme)[ground]) >= 4.5


@pytest.mark.parametrize(("theme", "role", "ground"), [(t, *pair) for t in THEMES for pair in MARKS])
def test_that_marks_stand_out(theme: str, role: str, ground: str) -> None:
    assert contrast(roles(theme)[role], roles(theme)[ground]) >= 3


def test_that_contrast_is_measured_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_that_both_themes_have_the_same_roles_and_a_role_for_every_lamp() -> None:
    assert roles("light").keys() == roles("dark").keys()
    assert set(ROLES) == set(Lamp)


def test_that_a_switch_reaches_every_part_and_is_kept(seat: Seat) -> None:
    window = seat.window
    heard: list[str] = []
    window.theme.changed.connect(lambda: heard.append(window.theme.name))
    for name in ("dark", "light"):
        seat.press("F9")
        assert window.theme.name == name
        for part in (window.header, window.strip, window.queue, window.case, window.messages):
            colour = part.grab().toImage().pixelColor(2, part.height() // 2)
            ours = {roles(name)["surface"], roles(name)["ground"]}
            assert colour.name() in ours, part.objectName()
        assert f'theme = "{name}"' in (seat.folder / "settings.toml").read_text("utf-8")
    assert heard == ["dark", "light"]
