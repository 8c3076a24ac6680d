"""What a database says when it cannot, as refusals that name the database without its password."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DatabaseError, OperationalError

from console.domain.errors import Refused

_SQLITE = (
    ("readonly", "database_not_writable"),
    ("unable to open", "database_not_writable"),
    ("locked", "database_busy"),
    ("full", "database_full"),
    ("malformed", "database_damaged"),
    ("not a database", "database_damaged"),
)
_SQLSTATES = {
    "25006": "database_not_writable",  # a standby, or a server that was set read-only
    "42501": "database_not_writable",  # no right to make or change the tables
    "53100": "database_full",
    "55P03": "database_busy",  # another seat did not finish writing within the timeout
    "XX001": "database_damaged",
    "XX002": "database_damaged",
}


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Database errors as refusals. Raises Refused: `database_unreachable` and the codes above."""
    try:
        yield
    except DatabaseError as problem:
        where = url.render_as_string(hide_password=True)
        said = str(problem.orig).strip()
        code = _code(getattr(problem.orig, "sqlstate", None), said.lower())
        if code is not None:
            raise Refused(code, url=where) from problem
        if isinstance(problem, OperationalError):
            raise Refused("database_unreachable", url=where, said=said) from problem
        raise


def _code(sqlstate: str | None, said: str) -> str | None:
    if sqlstate is not None:
        return _SQLSTATES.get(sqlstate)
    return next((code for sign, code in _SQLITE if sign in said), None)
