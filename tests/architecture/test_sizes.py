"""One idea per file, said in its first sentence."""

import ast
import re
from pathlib import Path

from tests.architecture.source import Module, listed

MOST_LINES = 400
CODE = {".py", ".js", ".css", ".qss"}


def test_that_no_file_of_code_is_longer_than_one_can_hold_in_mind(tree: list[Path], root: Path) -> None:
    lines = {
        path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in tree
        if path.suffix in CODE
    }
    assert lines
    long = [f"{name}: {count} lines" for name, count in lines.items() if count > MOST_LINES]
    assert not long, listed(long)


def test_that_every_module_opens_with_one_sentence_about_what_it_holds(modules: list[Module]) -> None:
    wrong = [module.name for module in modules if not is_one_sentence(summary(module.tree))]
    assert not wrong, listed(wrong)


def summary(tree: ast.Module) -> str:
    """The docstring up to its first empty line."""
    return " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())


def is_one_sentence(text: str) -> bool:
    return text.endswith(".") and not re.search(r"[.!?] +[A-Z]", text)
