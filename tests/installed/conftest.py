"""The built package, a bare Debian with it, and a screen: only for who asked for them.

Files run by their names: what changes the installation (test_upgraded_and_removed) comes last.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installed.bare_root import BareRoot, make_base
from tests.installed.program import Screen, install

CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "grid-console-tests"
_TOOLS = ("debootstrap", "unshare", "pivot_root", "setpriv", "Xvfb", "xdotool", "dpkg-deb")


@pytest.fixture(scope="session")
def package() -> Path:
    """The package under test."""
    named = os.environ.get("GRID_CONSOLE_PACKAGE")
    if not named:
        pytest.skip("the installed program is tried by: packaging/test installed")
    if os.geteuid() != 0:
        pytest.skip("a bare Debian can only be made by root")
    missing = [tool for tool in _TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"here is no {', '.join(missing)}")
    return Path(named).resolve()


@pytest.fixture(scope="session")
def screen(package: Path) -> Iterator[Screen]:
    """A screen that the bare Debian reaches by a file, since it has no network."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-ac", "-noreset",
         "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield Screen(f":{number}", Path("/tmp/.X11-unix"))
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="session")
def bare(package: Path, screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareRoot]:
    """A bare Debian 12 without the package."""
    root = BareRoot(make_base(CACHE), tmp_path_factory.mktemp("bare"), screen.sockets)
    root.place.chmod(0o755)
    yield root
    root.close()


@pytest.fixture(scope="session")
def installed(bare: BareRoot, package: Path) -> BareRoot:
    """The package installed by apt from its file alone, with what it declares."""
    bare.as_root("apt-get", "-q", "update")
    began = time.monotonic()
    install(bare, package)
    print(f"\ninstalled by apt with all it needs in {time.monotonic() - began:.0f} s")
    return bare
