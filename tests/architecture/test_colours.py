"""Colours are roles; only the theme knows what they look like."""

import ast
import re

from tests.architecture.source import Module, listed

THEME = "console/ui/theme.py"
HEX = re.compile(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")


def test_that_no_colour_is_written_outside_the_theme(modules: list[Module]) -> None:
    written = [
        module.at(node)
        for module in modules
        if module.name != THEME
        for node in (*hex_colours(module), *fixed_colours(module))
    ]
    assert not written, listed(written)


def hex_colours(module: Module) -> list[ast.Constant]:
    return [node for node in module.strings() if HEX.search(str(node.value))]


def fixed_colours(module: Module) -> list[ast.Call]:
    """QColor("red"), QColor(255, 0, 0): calls whose colour is fixed where it stands."""
    return [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) == "QColor"
        and node.args
        and all(isinstance(argument, ast.Constant) for argument in node.args)
    ]
