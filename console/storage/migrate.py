"""Schema versions: forward only, by Alembic, with a copy of an embedded database kept first."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text

from console.domain.errors import Refused
from console.storage.backup import Tell, back_up
from console.storage.engine import WRITES

_FOLDER = Path(__file__).parent / "migrations"


def versions() -> list[str]:
    """The known schema versions, oldest first: the four digits that begin each file's name."""
    return sorted(path.name[:4] for path in (_FOLDER / "versions").glob("[0-9]*.py"))


def upgrade(engine: Engine, tell: Tell | None = None) -> None:
    """Bring the schema to the newest version; `tell` hears how far the copy before it has come.

    Raises Refused("database_newer") if it is beyond it, Refused("database_foreign") if an embedded
    database is another program's, and those of back_up.
    """
    current = version_of(engine)
    known = versions()
    if current == known[-1]:
        return
    if current is not None:
        if current not in known:
            raise Refused("database_newer", version=current)
        database = engine.url.database
        if engine.dialect.name == "sqlite" and database and Path(database).exists():
            back_up(Path(database), current, tell)  # servers have their own backup
    elif engine.dialect.name == "sqlite":
        tables = inspect(engine).get_table_names()
        if tables and "alembic_version" not in tables:  # another seat may have made ours just now
            raise Refused("database_foreign", url=engine.url.database, tables=", ".join(tables[:3]))
    # Alembic takes a tenth of a second to import: only a database that is behind pays for it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def version_of(engine: Engine) -> str | None:
    """The schema version of a database, None when it has no schema yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar_one_or_none()
        return found
