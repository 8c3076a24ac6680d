"""Pixels follow the zoom: a number that fixes a size in the window goes through console.ui.scale."""

import ast

from tests.architecture.source import Module, listed

SIZES = {
    "setFixedSize", "setFixedWidth", "setFixedHeight", "setMinimumSize", "setMinimumWidth",
    "setMinimumHeight", "resizeSection",
    "setMaximumSize", "setMaximumWidth", "setMaximumHeight", "setContentsMargins", "setSpacing",
    "setHorizontalSpacing", "setVerticalSpacing", "addSpacing", "setPixelSize", "setDefaultSectionSize",
    "setMinimumSectionSize", "setColumnWidth", "setIconSize",
}  # fmt: skip
ROOMS = {"QRect", "QRectF", "adjusted", "translated", "drawRoundedRect"}
HAIRLINE = 2  # what is thinner is a line or a rounding, and stays

# The wall has its own measure; a picture is painted on a grid of its own and scaled whole.
OWN_MEASURE = ("console/ui/wall/", "console/ui/case/why.py")


def test_that_no_size_of_the_window_is_fixed_in_plain_pixels(modules: list[Module]) -> None:
    found = [
        module.at(call)
        for module in modules
        if module.name.startswith("console/ui/") and not module.name.startswith(OWN_MEASURE)
        for call in ast.walk(module.tree)
        if isinstance(call, ast.Call) and is_fixed(call)
    ]
    assert not found, listed(found)


def is_fixed(call: ast.Call) -> bool:
    """Whether a size is given as a number as it stands; in a room also as what is added to something."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    if name in SIZES:
        return any(plain(argument) for argument in call.args)
    return name in ROOMS and any(plain(part) for argument in call.args for part in terms(argument))


def terms(node: ast.expr) -> list[ast.expr]:
    """What is added up and taken off in an expression."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        return terms(node.left) + terms(node.right)
    return [node]


def plain(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > HAIRLINE
