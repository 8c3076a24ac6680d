"""The installed package takes the place of an older one, and is removed: what users made stays."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.installed.bare_root import BareRoot
from tests.installed.program import DATA, PROGRAM, console, install

MIGRATIONS = f"{PROGRAM.lstrip('/')}/_internal/console/storage/migrations/versions"


@pytest.fixture(scope="module")
def next_package(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same program as a later version, whose database has one more migration."""
    folder = tmp_path_factory.mktemp("next")
    tree = folder / "tree"
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN" / "control"
    control.write_text(re.sub(r"(?m)^Version: .*$", "Version: 99.0", control.read_text("utf-8")), "utf-8")
    newest = max(path.name[:4] for path in (tree / MIGRATIONS).glob("[0-9]*.py"))
    later = f"{int(newest) + 1:04}"
    (tree / MIGRATIONS / f"{later}_later.py").write_text(
        f'"""Later."""\n\nfrom alembic import op\n\nrevision = "{later}"\ndown_revision = "{newest}"\n\n\n'
        'def upgrade() -> None:\n    op.execute("CREATE TABLE later (id INTEGER)")\n',
        "utf-8",
    )
    made = folder / "next.deb"
    subprocess.run(["dpkg-deb", "-Zzstd", "-z1", "--root-owner-group", "-b", tree, made], check=True)
    return made


def test_that_an_upgrade_copies_the_database_before_it_changes_it(
    installed: BareRoot, next_package: Path
) -> None:
    backups = installed.place / DATA.lstrip("/") / "backups"
    if not backups.parent.exists():  # this file alone was asked for
        console(installed, "city", "demo", "--cases", "300")
    assert not backups.exists()
    install(installed, next_package)
    said = console(installed, "verify", "--json")
    assert json.loads(said.stdout) == {"cases": 300, "mismatches": []}
    (copy,) = backups.iterdir()
    assert copy.name in said.stderr
    console(installed, "verify", "--json")
    assert list(backups.iterdir()) == [copy]


def test_that_removing_it_keeps_what_users_made_and_nothing_else(installed: BareRoot) -> None:
    database = installed.place / DATA.lstrip("/") / "console.sqlite"
    before = database.read_bytes()
    installed.as_root("apt-get", "-q", "-y", "purge", "grid-console")
    assert database.read_bytes() == before
    left = [
        path
        for folder in ("usr", "etc", "var", "opt", "run")
        for path in (installed.place / folder).rglob("*grid-console*")
    ]
    assert left == []
