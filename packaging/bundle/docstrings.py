"""Libraries without their docstrings: a sixth of their modules, read by nobody here."""

import ast
from collections.abc import Iterable
from pathlib import Path
from types import CodeType

# The largest ones, whose makers try them without (python -OO). Not click: a command's help is its docstring.
SPARED = ("PIL", "alembic", "numpy", "openpyxl", "psycopg", "pydantic", "pypdf", "sqlalchemy")


def spare(modules: Iterable[tuple[str, str, str]], compiled: dict[str, CodeType]) -> None:
    """Put the code of these libraries without docstrings in the place of what PyInstaller compiled.

    `modules` are names, places and kinds; assertions stay, unlike with Python's own -OO.
    """
    for name, source, _ in modules:
        if name.partition(".")[0] in SPARED and source.endswith(".py") and name in compiled:
            compiled[name] = without(Path(source).read_bytes(), compiled[name].co_filename)


def without(source: bytes, file: str) -> CodeType:
    """The code of a module without its docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                rest = node.body[1:]
                node.body = rest or [ast.copy_location(ast.Pass(), first)]
    return compile(tree, file, "exec", dont_inherit=True)
