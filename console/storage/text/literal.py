"""That a text says a word, letter for letter, as a condition of either database, and an id among many."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ClauseList, FunctionElement

from console.storage.text.folding import folded, variants

# What PostgreSQL has to take for the same: every letter that folds, and what it folds to.
_FOLDING = "".join(chr(code) for code in (*range(ord("A"), ord("Z") + 1), *range(0xFF01, 0xFF5F)))


class _Says(FunctionElement[bool]):
    """Its clauses are the text, what SQLite seeks in it, what PostgreSQL does, and the two alphabets."""

    inherit_cache = True
    type = Boolean()

    def __init__(self, *clauses: ColumnElement[Any], folds: bool) -> None:
        super().__init__(*clauses)
        self.folds = folds


class _Plain(_Says):
    """The same of a word without a letter that folds."""

    inherit_cache = True


class _Among(FunctionElement[bool]):
    """Its clauses are the number, and a text of numbers with commas between them."""

    inherit_cache = True
    type = Boolean()


def says(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """`column` holds `word`, where letters that fold to the same are the same."""
    ways = [variants(letter) for letter in word]
    if all(len(way) == 1 for way in ways):
        return _Plain(column, _text(word), folds=False)
    pattern = "*" + "".join(map(_one_of, ways)) + "*"
    return _Says(
        column, _text(pattern), _text(folded(word)), _text(_FOLDING), _text(folded(_FOLDING)), folds=True
    )


def among(column: ColumnElement[int], ids: Iterable[int]) -> ColumnElement[bool]:
    """`column` is one of the numbers, however many: they go over as one text."""
    return _Among(column, _text(",".join(map(str, ids))))


def _text(value: str) -> ColumnElement[str]:
    return bindparam(None, value, String())


def _one_of(letters: str) -> str:
    """What GLOB takes for any of the letters; a bracket must come first in its class, a hyphen too."""
    if len(letters) == 1:
        return letters
    first = [letter for letter in letters if letter in "]-"]
    # A class that begins with ^ is one of letters that must not stand there.
    last = [letter for letter in letters if letter == "^"]
    return f"[{''.join(first)}{''.join(one for one in letters if one not in ']-^')}{''.join(last)}]"


def _said(element: FunctionElement[Any], compiler: SQLCompiler, **kw: Any) -> list[str]:
    clauses: ClauseList = element.clauses
    return [compiler.process(clause, **kw) for clause in clauses]


@compiles(_Plain, "sqlite")
def _plain_embedded(element: _Plain, compiler: SQLCompiler, **kw: Any) -> str:
    text, word = _said(element, compiler, **kw)
    return f"instr({text}, {word}) > 0"


@compiles(_Plain, "postgresql")
def _plain_served(element: _Plain, compiler: SQLCompiler, **kw: Any) -> str:
    text, word = _said(element, compiler, **kw)
    return f"strpos({text}, {word}) > 0"


@compiles(_Says, "sqlite")
def _says_embedded(element: _Says, compiler: SQLCompiler, **kw: Any) -> str:
    text, pattern, *_ = list(element.clauses)
    return f"{compiler.process(text, **kw)} GLOB {compiler.process(pattern, **kw)}"


@compiles(_Says, "postgresql")
def _says_served(element: _Says, compiler: SQLCompiler, **kw: Any) -> str:
    text, _, word, letters, folds = (compiler.process(one, **kw) for one in element.clauses)
    return f"strpos(translate({text}, {letters}, {folds}), {word}) > 0"


@compiles(_Among, "sqlite")
def _among_embedded(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    number, numbers = _said(element, compiler, **kw)
    return f"{number} IN (SELECT value FROM json_each('[' || {numbers} || ']'))"


@compiles(_Among, "postgresql")
def _among_served(element: _Among, compiler: SQLCompiler, **kw: Any) -> str:
    number, numbers = _said(element, compiler, **kw)
    return f"{number} = ANY(string_to_array({numbers}, ',')::bigint[])"
