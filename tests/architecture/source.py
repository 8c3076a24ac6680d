"""One module of the product as the rules look at it."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Module:
    """One Python file; `name` is its path from the project's root."""

    name: str
    text: str
    tree: ast.Module

    def is_in(self, *folders: str) -> bool:
        return any(self.name == folder or self.name.startswith(f"{folder}/") for folder in folders)

    def strings(self) -> list[ast.Constant]:
        """Every text of the code that is not a docstring."""
        docstrings = {
            id(node.value)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        return [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        ]

    def at(self, node: ast.AST) -> str:
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def listed(found: Iterable[object]) -> str:
    """One finding a line, as the message of a failed rule: pytest would cut a long list short."""
    return "\n" + "\n".join(map(str, found))
