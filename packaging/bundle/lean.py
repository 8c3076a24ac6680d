"""The libraries' modules without their docstrings, which nobody reads in an installed program: 4 MB.

Python's own -OO would take the checks by `assert` out as well; those stay. Ours keep theirs: click tells
those of commands as their help.
"""

import ast
from collections.abc import Iterable, MutableMapping
from pathlib import Path
from types import CodeType

Entry = tuple[str, str, str]  # the module's name, its file, PyInstaller's word for its kind

# Ours, and numpy, whose masked arrays make their docstrings of the others' and assert that they find them.
_KEPT = ("console", "numpy")


def lean(modules: Iterable[Entry], codes: MutableMapping[str, CodeType | None]) -> None:
    """Put into `codes`, by name, what the modules are compiled to without docstrings."""
    for name, file, _kind in modules:
        if file.endswith(".py") and is_lean(name):
            codes[name] = compiled(Path(file).read_bytes(), file)


def is_lean(name: str) -> bool:
    """Whether a module goes without docstrings."""
    return name.partition(".")[0] not in _KEPT


def compiled(source: bytes, file: str) -> CodeType:
    """The code of a module without docstrings; lines keep their numbers."""
    tree = ast.parse(source, file)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(ast.Constant(str())) as told]:
                    node.body = [ast.copy_location(ast.Pass(), told)]
                case [ast.Expr(ast.Constant(str())), *_]:
                    del node.body[0]
    code: CodeType = compile(tree, file, "exec", dont_inherit=True, optimize=0)
    return code
