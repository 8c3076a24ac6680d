"""The built package on a bare Debian 12: installed, worked with, upgraded, removed. In this order."""

import gzip
import json
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image, ImageGrab

from tests.installed.bare_root import USER, BareRoot
from tests.installed.conftest import Screen

ROOT = Path(__file__).resolve().parents[2]
DATA = f"/home/{USER}/.local/share/grid-console"
PROGRAM = "usr/lib/grid-console"
MIGRATIONS = f"{PROGRAM}/_internal/console/storage/migrations/versions"
SEVEN = ("collection", "filing", "dispatch", "handling", "feedback", "verification", "evaluation")
_SECONDS = 120


@pytest.fixture(scope="module")
def installed(bare: BareRoot, package: Path) -> BareRoot:
    """The package installed by apt from its file alone, with what it declares."""
    began = time.monotonic()
    bare.as_root("apt-get", "-q", "update")
    install(bare, package)
    print(f"\ninstalled by apt with all it needs in {time.monotonic() - began:.0f} s")
    return bare


def install(root: BareRoot, package: Path) -> None:
    (root.place / "package.deb").write_bytes(package.read_bytes())
    root.as_root("apt-get", "-q", "-y", "install", "--no-install-recommends", "/package.deb")
    (root.place / "package.deb").unlink()


def console(root: BareRoot, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return root.offline("grid-console", *words, check=check)


def test_that_nothing_it_is_linked_with_is_missing(installed: BareRoot) -> None:
    said = installed.as_root(
        "sh", "-c",
        f"export LD_LIBRARY_PATH=/{PROGRAM}/_internal; find /{PROGRAM} -type f | while read -r file; do"
        ' ldd "$file" 2>/dev/null | grep "not found" | sed "s|^|$file|"; done; true',
    )  # fmt: skip
    assert said == ""


def test_that_the_menu_has_it_in_chinese_with_an_icon_and_a_manual(installed: BareRoot) -> None:
    share = installed.place / "usr" / "share"
    entry = (share / "applications" / "grid-console.desktop").read_text("utf-8")
    assert "Name[zh_CN]=网格指挥台" in entry
    for size in (16, 48, 256):
        picture = share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "grid-console.png"
        with Image.open(picture) as drawn:
            assert drawn.size == (size, size)
    assert (share / "man" / "zh_CN" / "man1" / "grid-console.1.gz").is_file()


def test_that_a_case_walks_through_the_seven_steps_without_network(
    installed: BareRoot, screen: Screen
) -> None:
    said = installed.offline("grid-console", "doctor", "--walk", "--json", display=screen.name, check=False)
    checks = {check["name"]: check for check in json.loads(said.stdout)["checks"]}
    for name, check in checks.items():
        print(f"{name}: {check['found']}")
    ill = {name: check["found"] for name, check in checks.items() if not check["well"]}
    assert set(ill) <= {"city"}, ill  # of the user's own folder, which has none yet
    assert {f"walk: {step}" for step in SEVEN} | {"walk: map", "walk: network"} <= set(checks)
    found = re.match(r"sqlite (\d+)\.(\d+)\.(\d+) ", checks["database"]["found"])
    assert found is not None
    assert tuple(map(int, found.groups())) >= (3, 51, 3)
    assert checks["fonts"]["found"] == "Noto Sans CJK SC"


def test_that_programs_in_processes_of_their_own_work(installed: BareRoot) -> None:
    console(installed, "city", "demo", "--cases", "300")
    listed = json.loads(console(installed, "cases", "list", "--json").stdout)
    code = listed["cases"][0]["code"]
    file = f"/home/{USER}/dossier.pdf"
    console(installed, "dossier", "save", code, "--out", file)
    console(installed, "dossier", "verify", file)
    script = installed.place / "home" / USER / "children.py"
    script.write_text(CHILDREN, "utf-8")
    said = installed.offline(f"/{PROGRAM}/grid-console-python", f"/home/{USER}/children.py")
    assert json.loads(said.stdout) == {"features": 1, "crs": "EPSG:4490", "pinyin": "zhong", "said": ""}


CHILDREN = """
import json, logging, io
from pathlib import Path
from tempfile import mkdtemp

heard = io.StringIO()
logging.basicConfig(stream=heard, level=logging.WARNING)
import numpy as np, pyogrio, shapely
from console.adapters.pack.features import read_features
from console.queries.pinyin import readings

folder = Path(mkdtemp())
file = folder / "cells.gpkg"
square = shapely.to_wkb([shapely.box(113.6, 34.7, 113.7, 34.8)])
pyogrio.raw.write(file, square, [np.array(["1"], dtype=object)], ["code"], geometry_type="Polygon",
                  crs="EPSG:4490", driver="GPKG", layer="cells")
found = read_features(file, "cells.gpkg", layer="cells")
told = {"features": len(found.shapes), "crs": found.crs, "pinyin": readings(["中"])[0][0][0]}
print(json.dumps(told | {"said": heard.getvalue()}))
"""


@contextmanager
def window(root: BareRoot, screen: Screen) -> Iterator["subprocess.Popen[bytes]"]:
    """The window on the user's own data, closed as the session's end closes it."""
    running = subprocess.Popen(
        root.entry("grid-console", display=screen.name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield running
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0
    finally:
        if running.poll() is None:
            running.kill()
            running.wait()


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < end, f"not within {_SECONDS} s: {what}"
        time.sleep(0.2)


def renderers() -> list[Path]:
    """The processes of Chromium's in bare roots that system calls are forbidden to: those that draw pages.

    They are forked by a zygote and keep its words, so it is not by their names that they are known.
    """
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes()
            status = (process / "status").read_text()
        except OSError:
            continue
        if words.startswith(f"/{PROGRAM}".encode()) and b"--type=" in words and "Seccomp:\t2" in status:
            found.append(process)
    return found


def map_colours(screen: Screen) -> int:
    """The colours in the middle of the screen, where the map lies."""
    picture = ImageGrab.grab(xdisplay=screen.name).convert("RGB")
    width, height = picture.size
    middle = picture.crop((width * 4 // 10, height * 3 // 10, width * 6 // 10, height * 7 // 10))
    return len(middle.getcolors(1_000_000) or ())


@pytest.mark.parametrize("time_", ["first", "again"])
def test_that_the_window_shows_the_map_in_chromiums_sandbox(
    installed: BareRoot, screen: Screen, time_: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with window(installed, screen):
        until(lambda: bool(renderers()), "a page drawn in Chromium's sandbox")
        until(lambda: map_colours(screen) > 100, "a painted map")
        (renderer, *_) = renderers()
        status = dict(
            line.split(":\t", 1) for line in (renderer / "status").read_text().splitlines() if ":\t" in line
        )
        assert status["Seccomp"].strip() == "2"
        assert status["Uid"].split()[0] != "0"
        assert (renderer / "ns" / "user").readlink() != Path("/proc/self/ns/user").readlink()
        assert (renderer / "ns" / "net").readlink() != Path("/proc/self/ns/net").readlink()
        picture = tmp_path_factory.getbasetemp() / f"window-{time_}.png"
        ImageGrab.grab(xdisplay=screen.name).save(picture)
        print(f"picture: {picture}")
    assert json.loads(console(installed, "verify", "--json").stdout) == {"cases": 300, "mismatches": []}


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
    subprocess.run(["dpkg-deb", "-Zgzip", "-z1", "--root-owner-group", "-b", tree, made], check=True)
    return made


def test_that_an_upgrade_copies_the_database_before_it_changes_it(
    installed: BareRoot, next_package: Path
) -> None:
    backups = installed.place / DATA.lstrip("/") / "backups"
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


def test_that_the_bill_inside_names_every_locked_package(package: Path, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "-x", package, tmp_path], check=True)
    documents = tmp_path / "usr" / "share" / "doc" / "grid-console"
    bill = json.loads(gzip.decompress((documents / "sbom.cdx.json.gz").read_bytes()))
    assert bill["bomFormat"] == "CycloneDX"
    named = {(item["name"], item["version"]) for item in bill["components"]}
    lock = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    pinned = set(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", lock))
    assert len(pinned) > 20
    assert pinned <= named
    assert "SQLite" in {name for name, _ in named}
    notices = gzip.decompress((documents / "third-party-notices.gz").read_bytes()).decode()
    assert "\nnumpy " in notices


def test_that_lintian_finds_no_error(package: Path) -> None:
    said = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error", str(package)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout
