"""The package is built anew from the last commit, in another folder and with other habits: the same bytes."""

import filecmp
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What differs between two who build: their folders, their hour, their language, what others may read.
HABITS = {"TZ": "Asia/Shanghai", "LANG": "zh_CN.UTF-8", "USER": "somebody", "LOGNAME": "somebody"}
FORMS = {"xz": "xz", "zst": "zstd", "gz": "gzip"}


@pytest.mark.timeout(7200)
def test_that_the_last_commit_gives_the_same_package_elsewhere(tmp_path: Path) -> None:
    named = os.environ.get("GRID_CONSOLE_REBUILT")
    if not named:
        pytest.skip(
            "a second build, which takes a quarter of an hour, is made by: packaging/test rebuilt FILE"
        )
    package = Path(named)
    listed = subprocess.run(["ar", "t", package], capture_output=True, text=True, check=True).stdout
    form = FORMS[listed.partition("data.tar.")[2].strip()]
    clone, temporary = tmp_path / "another-folder" / "console", tmp_path / "scratch"
    temporary.mkdir()
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    subprocess.run(
        ["packaging/build", "deb", "--no-figures", "--compression", form],
        cwd=clone, env=os.environ | HABITS | {"TMPDIR": str(temporary)}, umask=0o077, check=True,
    )  # fmt: skip
    (again,) = (clone / "dist").glob("grid-console_*.deb")
    if not filecmp.cmp(package, again, shallow=False):
        trees = [unpacked(file, tmp_path / name) for file, name in ((package, "first"), (again, "second"))]
        told = subprocess.run(
            ["diff", "--recursive", "--brief", "--no-dereference", *trees],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        pytest.fail(
            told.stdout or "the same files in archives that differ: owners, modes, times or their order"
        )
    shutil.rmtree(clone, ignore_errors=True)


def unpacked(package: Path, to: Path) -> Path:
    subprocess.run(["dpkg-deb", "-R", package, to], check=True)
    return to
