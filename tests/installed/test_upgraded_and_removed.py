"""The installed package takes the place of an older one, and is removed: what users made stays."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.installed.bare_root import BareRoot
from tests.installed.program import DATA, PROGRAM, built_pack, console, install

MIGRATIONS = f"{PROGRAM.lstrip('/')}/_internal/console/storage/migrations/versions"


@pytest.fixture(scope="module")
def next_package(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same program as a later version, whose database has one more migration."""
    folder = tmp_path_factory.mktemp("next")
    tree = folder / "tree"
    unpacked_as(package, tree, "99.0")
    newest = max(path.name[:4] for path in (tree / MIGRATIONS).glob("[0-9]*.py"))
    later = f"{int(newest) + 1:04}"
    (tree / MIGRATIONS / f"{later}_later.py").write_text(
        f'"""Later."""\n\nfrom alembic import op\n\nrevision = "{later}"\ndown_revision = "{newest}"\n\n\n'
        'def upgrade() -> None:\n    op.execute("CREATE TABLE later (id INTEGER)")\n',
        "utf-8",
    )
    return packed(tree, folder / "next.deb")


@pytest.fixture
def package_before(package: Path, tmp_path: Path) -> Path:
    """The build that users have now, as a version older than that under test."""
    named = os.environ.get("GRID_CONSOLE_PACKAGE_BEFORE")
    if not named:
        pytest.skip("the build before is tried by: packaging/test installed FILE BEFORE")
    unpacked_as(Path(named), tmp_path / "tree", "0.0.1")
    return packed(tmp_path / "tree", tmp_path / "before.deb")


def unpacked_as(package: Path, tree: Path, version: str) -> None:
    subprocess.run(["dpkg-deb", "-R", package, tree], check=True)
    control = tree / "DEBIAN" / "control"
    text = re.sub(r"(?m)^Version: .*$", f"Version: {version}", control.read_text("utf-8"))
    control.write_text(text, "utf-8")


def packed(tree: Path, to: Path) -> Path:
    subprocess.run(["dpkg-deb", "-Zzstd", "-z1", "--root-owner-group", "-b", tree, to], check=True)
    return to


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


def test_that_the_build_before_gives_way_and_its_city_is_kept(
    installed: BareRoot, package: Path, package_before: Path
) -> None:
    installed.as_root("dpkg", "--purge", "grid-console")  # which the test before has done already
    shutil.rmtree(installed.place / DATA.lstrip("/"), ignore_errors=True)
    install(installed, package_before)
    console(installed, "city", "demo", "--cases", "300")
    pack = built_pack(installed)
    files = program_files(installed)
    install(installed, package)
    assert json.loads(console(installed, "verify", "--json").stdout) == {"cases": 300, "mismatches": []}
    console(installed, "city", "check", pack)  # written by the build before
    left = files - program_files(installed)
    assert not [name for name in left if (installed.place / name).exists()]


def program_files(root: BareRoot) -> set[str]:
    listed = root.as_root("dpkg-query", "--listfiles", "grid-console")
    return {line.lstrip("/") for line in listed.splitlines()}
