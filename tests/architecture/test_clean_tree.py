"""The tree holds nothing of one machine, of one registry, of tools that are not the project's."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import listed

FORBIDDEN = {
    # The look-behind leaves web addresses and paths below other folders alone.
    "a path of one machine": re.compile(r"(?<![\w.$}/*-])/(home|root|work|farm)/\w"),
    "the address of a registry": re.compile(
        r"https?://[\w.-]*(pypi|pythonhosted|npmjs|debian|ubuntu|conda)[\w.-]*"
    ),
    "a tool outside the project": re.compile(r"fresh[-]debian|before[-]stop|/\.librar[y]\b|[.]claud[e]\b"),
    "a shared folder other than the data": re.compile(r"\bshared/(design|tools|reference|hooks)\b"),
    "a secret": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(ghp|glpat|xox[bp])[-_]\w{16,}"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_that_no_file_holds(what: str, tree: list[Path], root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:120]}"
        for path in tree
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, listed(found)


def test_that_nothing_built_is_in_the_tree(tree: list[Path], root: Path) -> None:
    built = {".pyc", ".so", ".whl", ".egg", ".deb", ".db", ".sqlite"}
    found = [str(path.relative_to(root)) for path in tree if path.suffix in built]
    assert not found, listed(found)


def text_of(path: Path) -> str:
    """Empty for pictures and other binary files."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
