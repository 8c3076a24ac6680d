"""Every colour that the style sheets and the painters put on a ground stands out from it in every theme.

The pairs are read from resources/style, resources/map and the painters of console/ui: a new rule is
measured too.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import console.ui
from console.domain.lamp import Lamp
from console.system import resource
from console.ui.flag_marks import FLAG_MARKS
from console.ui.marks import ROLES
from tests.gui.contrast import LARGE, TEXT, contrast

THEMES = sorted(file.stem for file in resource("themes").glob("*.toml"))
# What a widget without a ground of its own may stand on, and what lies under a text of a painter.
GROUNDS = ("ground", "surface", "raised", "accent_ground")
FILLS = {*GROUNDS, "past_ground", "generated_ground"}
# Words on a solid colour are never put on anything else.
ON = {"on_accent": ("accent",), "on_past": ("past",)}
# Separators tell nothing that is not told beside them.
DECORATION = {"line"}
# What a user works: its frame says that it is there (WCAG 2.2, 1.4.11).
WORKED = re.compile(
    r"\bQ(LineEdit|ComboBox|SpinBox|PlainTextEdit|DateTimeEdit|PushButton|ToolButton|CheckBox::indicator"
    r"|ListView::indicator)\b|\b(select|input)\b|\.plain\b"
)
LAMPS = {ROLES[lamp] for lamp in Lamp} | {role for _shape, role in FLAG_MARKS.values()}

Pair = tuple[str, str, float]
_RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{\{[^}]*\}\})*)\}")
_STATE = re.compile(r"(?<!:):(?!:)[a-z-]+(?:\([^)]*\))?")
_ROLE = re.compile(r"\{\{([a-z_0-9]+)\}\}|var\(--([a-z0-9-]+)")


def _role(value: str) -> str:
    found = _ROLE.search(value)
    return (found[1] or found[2]).replace("-", "_") if found else ""


def _rules(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selector and declarations, one for each selector of a list."""
    for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)):
        told = dict(part.split(":", 1) for part in re.split(r";(?![^(]*\))", body) if ":" in part)
        given = {name.strip(): value.strip() for name, value in told.items()}
        for selector in selectors.split(","):
            yield " ".join(selector.split()), given


def sheet_pairs(text: str) -> dict[Pair, str]:
    """Each pair of a style sheet with the selector it comes from; disabled parts need no contrast."""
    inks: dict[str, set[str]] = {}
    grounds: dict[str, set[str]] = {}
    found: dict[Pair, str] = {}
    rules = [rule for rule in _rules(text) if not re.search(r":disabled|\[disabled", rule[0])]
    for selector, told in rules:
        subject = _STATE.sub("", selector)
        if ink := _role(told.get("color", "")):
            inks.setdefault(subject, set()).add(ink)
        for name in ("background", "background-color"):
            if ground := _role(told.get(name, "")):
                grounds.setdefault(subject, set()).add(ground)
        if hint := _role(told.get("placeholder-text-color", "")):
            found |= {(hint, ground, TEXT): selector for ground in GROUNDS}
        if chosen := _role(told.get("selection-background-color", "")):
            found[_role(told.get("selection-color", "")) or "text", chosen, TEXT] = selector
    for selector, told in rules:
        subject = _STATE.sub("", selector)
        own = {_role(told.get(name, "")) for name in ("background", "background-color")} - {""}
        ink = _role(told.get("color", ""))
        if ink:
            for ground in own or grounds.get(subject) or set(ON.get(ink, GROUNDS)):
                found[ink, ground, TEXT] = selector
        elif own and not re.search(
            r"handle|groove|chunk|separator|indicator|corner|ramp-|rate-|heat-|hot-|cold-|\.few", selector
        ):
            # What is written on a ground given without an ink: the ink of the part without its state.
            for ground in own:
                if ground not in {"accent", "past", "line"}:
                    for its in inks.get(subject) or {"text"}:
                        found[its, ground, TEXT] = selector
        if re.search(r":focus|:checked|dropping|grave|\[primary", selector):
            for name in ("border", "border-color", "border-bottom", "outline", "outline-color"):
                edge = _role(told.get(name, ""))
                if edge and edge not in own:
                    under = own or grounds.get(subject) or set(ON.get(edge, GROUNDS))
                    for ground in under:
                        if ground != edge:
                            found[edge, ground, LARGE] = selector
    return found


def _strings(node: ast.AST, names: dict[str, list[ast.AST]], deep: int = 3) -> set[str]:
    """The roles an expression may name, by way of the names of its function."""
    roles: set[str] = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            roles.add(part.value)
        elif isinstance(part, ast.Name) and part.id == "ROLES":
            roles |= LAMPS
        elif isinstance(part, ast.Name | ast.Attribute) and deep:
            name = part.id if isinstance(part, ast.Name) else part.attr
            if name in {"_role", "role"} and name not in names:
                roles |= LAMPS
            for value in names.get(name, []):
                roles |= _strings(value, names, deep - 1)
    return roles


def painter_pairs(text: str, roles: set[str]) -> dict[Pair, str]:
    """Each pair of one file of painters with the function it comes from."""
    found: dict[Pair, str] = {}
    tree = ast.parse(text)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    inks: dict[str, str] = {}
    marks: dict[str, str] = {}
    fills: set[str] = set()
    for function in functions:
        names: dict[str, list[ast.AST]] = {}
        for part in ast.walk(function):
            if isinstance(part, ast.Assign):
                for target in part.targets:
                    if isinstance(target, ast.Name):
                        names.setdefault(target.id, []).append(part.value)
        calls = [
            part for part in ast.walk(function)
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute | ast.Name)
        ]  # fmt: skip
        pen: set[str] = set()
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id  # type: ignore[attr-defined] # narrowed above
            used = set().union(*(_strings(argument, names) for argument in call.args)) & roles
            if name == "setPen":
                pen = used
            elif name in {"drawText", "drawStaticText"}:
                inks |= dict.fromkeys(pen, function.name)
            elif name in {"setForeground", "setLabelsColor", "setLabelColor", "setTitleBrush"}:
                inks |= dict.fromkeys(used, function.name)
            elif name in {"fillRect", "setBrush", "fillPath", "fill", "setBackgroundBrush"}:
                fills |= used & FILLS
                marks |= dict.fromkeys(used - FILLS, function.name)
            elif name in {"draw_mark", "draw_shape", "draw_lock"}:
                marks |= dict.fromkeys(used - FILLS, function.name)
            elif name in {
                "drawLine",
                "drawArc",
                "drawEllipse",
                "drawPath",
                "drawRoundedRect",
                "drawPolyline",
            }:
                marks |= dict.fromkeys(pen - FILLS, function.name)
    solid = {ground for grounds in ON.values() for ground in grounds} | {"late"}
    for ink, where in inks.items():
        for ground in (set(marks) & solid) if ink in ON else fills | {"surface"}:
            if ink not in FILLS:
                found[ink, ground, TEXT] = where
    for mark, where in marks.items():
        if mark not in DECORATION and mark not in ON:
            found |= {(mark, ground, LARGE): where for ground in fills | {"surface"}}
    return found


def _too_near(pairs: dict[Pair, str], theme: dict[str, str]) -> list[str]:
    return [
        f"{ink} on {ground}: {contrast(theme[ink], theme[ground]):.2f} of {least} ({where})"
        for (ink, ground, least), where in pairs.items()
        if contrast(theme[ink], theme[ground]) < least
    ]


def _theme(name: str) -> dict[str, str]:
    return tomllib.loads(resource("themes", f"{name}.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", THEMES)
def test_that_every_pair_of_the_style_sheets_stands_out(name: str) -> None:
    sheets = [*resource("style").glob("*.qss"), *resource("map").glob("*.css")]
    assert len(sheets) >= 4
    wrong = []
    for sheet in sheets:
        pairs = sheet_pairs(sheet.read_text("utf-8"))
        wrong += [f"{sheet.name}: {one}" for one in _too_near(pairs, _theme(name))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", THEMES)
def test_that_every_pair_of_the_painters_stands_out(name: str) -> None:
    theme = _theme(name)
    wrong, measured = [], 0
    for file in sorted(Path(console.ui.__file__).parent.rglob("*.py")):
        pairs = painter_pairs(file.read_text("utf-8"), set(theme))
        measured += len(pairs)
        wrong += [f"{file.name}: {one}" for one in _too_near(pairs, theme)]
    assert measured > 150
    assert not wrong, "\n".join(wrong)


def faint_frames(text: str, theme: dict[str, str]) -> list[str]:
    """Frames of what can be worked that stand out from one of the grounds by less than 3:1."""
    wrong = []
    for selector, told in _rules(text):
        last = selector.split()[-1] if "::" not in selector else selector
        if not WORKED.search(last) or re.search(r":disabled|\[disabled", selector):
            continue
        for name in ("border", "border-color"):
            edge = _role(told.get(name, ""))
            for ground in ON.get(edge, (*GROUNDS, "past_ground", "generated_ground")) if edge else ():
                if contrast(theme[edge], theme[ground]) < LARGE:
                    wrong.append(f"{selector}: {edge} on {ground}")
    return wrong


@pytest.mark.parametrize("name", THEMES)
def test_that_the_frame_of_every_control_stands_out(name: str) -> None:
    for sheet in [*resource("style").glob("*.qss"), *resource("map").glob("*.css")]:
        assert not (wrong := faint_frames(sheet.read_text("utf-8"), _theme(name))), "\n".join(wrong)


def test_that_a_faint_frame_is_seen() -> None:
    theme = _theme("light")
    for sheet in (
        "QLineEdit { border: 1px solid {{line}}; }",
        ".card select { border: 1px solid var(--line); }",
    ):
        assert faint_frames(sheet, theme)
    for sheet in (
        "QFrame { border: 1px solid {{line}}; }",
        "QLineEdit:disabled { border: 1px solid {{line}}; }",
    ):
        assert not faint_frames(sheet, theme)


def test_that_the_pairs_are_found_with_their_states() -> None:
    sheet = (
        "#a { background: {{surface}}; color: {{text}}; } #a:hover { color: {{muted}}; }"
        "#a:pressed { background: {{raised}}; }"
    )
    assert {pair[:2] for pair in sheet_pairs(sheet)} == {
        (ink, ground) for ink in ("text", "muted") for ground in ("surface", "raised")
    }
    assert not sheet_pairs("#a:disabled { color: {{muted}}; }")
