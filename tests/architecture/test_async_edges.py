"""Waiting belongs to the edges: the loop, the outside, the window."""

import ast

from tests.architecture.source import Module, listed

MAY_WAIT = ("console/runtime", "console/adapters", "console/ui")
WAITING = ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith | ast.Await


def test_that_only_the_edges_are_asynchronous(modules: list[Module]) -> None:
    waiting = [
        module.at(node)
        for module in modules
        if not module.is_in(*MAY_WAIT)
        for node in ast.walk(module.tree)
        if isinstance(node, WAITING) or (isinstance(node, ast.comprehension) and node.is_async)
    ]
    assert not waiting, listed(waiting)
