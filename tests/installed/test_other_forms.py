"""The program for systems without dpkg, and in the layout of UOS and Kylin: both unpacked and started."""

import configparser
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.installed.bare_root import USER, BareRoot, make_base
from tests.installed.conftest import CACHE
from tests.installed.program import Screen, map_is_painted, missing, renderers, until, walk, window

APPLICATION = "org.gridconsole.console"
# What every desktop has and no package of ours may bring: it must fit the machine's own drivers and server.
DESKTOP = (
    "fontconfig-config", "libasound2", "libdrm2", "libegl1", "libexpat1", "libfontconfig1", "libfreetype6",
    "libgbm1", "libgl1", "libopengl0", "libstdc++6", "libwayland-client0", "libwayland-cursor0",
    "libwayland-egl1", "libx11-6", "libx11-xcb1", "libxcb1", "libxcb-dri3-0", "xkb-data",
)  # fmt: skip


@pytest.fixture(scope="module")
def desktop(screen: Screen, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BareRoot]:
    """A bare Debian with what a desktop brings, and nothing of ours."""
    root = BareRoot(make_base(CACHE), tmp_path_factory.mktemp("desktop"), screen.sockets)
    root.place.chmod(0o755)
    root.as_root("apt-get", "-q", "update")
    root.as_root("apt-get", "-q", "-y", "install", "--no-install-recommends", *DESKTOP)
    yield root
    root.close()


def beside(package: Path, pattern: str) -> Path:
    """The newest file of that form in the package's folder."""
    found = sorted(package.parent.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        pytest.skip(f"no {pattern} lies beside {package.name}; packaging/build makes all forms")
    return found[-1]


def test_that_the_tar_runs_where_it_was_unpacked(desktop: BareRoot, screen: Screen, package: Path) -> None:
    file = beside(package, "grid-console-*-linux-x86_64.tar.*")
    place = desktop.place / "home" / USER
    subprocess.run(["tar", "--extract", f"--file={file}", f"--directory={place}"], check=True)
    (folder,) = place.glob("grid-console-*")
    program = f"/home/{USER}/{folder.name}/AppRun"
    assert missing(desktop, program.removesuffix("/AppRun")) == ""
    walk(desktop, screen, program)
    desktop.offline(program, "city", "demo", "--cases", "300")
    with window(desktop, screen, program) as running:
        until(lambda: bool(renderers(running)), "a page drawn in Chromium's sandbox")
        until(lambda: map_is_painted(screen), "a painted map")


@pytest.fixture(scope="module")
def store_package(package: Path) -> Path:
    return beside(package, f"{APPLICATION}_*.deb")


@pytest.fixture(scope="module")
def laid_out(store_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of UOS and Kylin, unpacked."""
    tree = tmp_path_factory.mktemp("uos")
    subprocess.run(["dpkg-deb", "-R", store_package, tree], check=True)
    return tree


def test_that_all_of_the_store_package_lies_in_its_own_folder(laid_out: Path) -> None:
    room = laid_out / "opt" / "apps" / APPLICATION
    outside = [path for path in laid_out.rglob("*") if not path.is_dir() and not path.is_relative_to(room)]
    assert {path.parent.name for path in outside} == {"DEBIAN"}
    assert {path.name for path in room.iterdir()} == {"entries", "files", "info"}
    assert {path.name for path in (room / "entries").iterdir()} <= {"applications", "icons", "services"}


def test_that_what_the_store_package_brings_of_the_system_is_told_with_its_licence(laid_out: Path) -> None:
    files = laid_out / "opt" / "apps" / APPLICATION / "files"
    bill = json.loads((files / "doc" / "sbom.cdx.json").read_text("utf-8"))
    named = {item["name"]: item["version"] for item in bill["components"]}
    notices = (files / "doc" / "third-party-notices").read_text("utf-8")
    brought = {path.name for path in (files / "_internal").iterdir() if path.is_file()}
    for library, owner in (
        ("libnss3.so", "libnss3"),
        ("libssl.so.3", "libssl3"),
        ("libudev.so.1", "libudev1"),
    ):
        assert library in brought
        assert f"\n{owner} {named[owner]}\n" in notices
    assert "libstdc++6" not in named  # which the system gives


def test_that_the_store_package_runs_nothing_at_installing(laid_out: Path) -> None:
    assert {path.name for path in (laid_out / "DEBIAN").iterdir()} == {"control", "md5sums"}
    assert not [path for path in laid_out.rglob("*") if path.lstat().st_mode & 0o6000]


def test_that_name_version_and_information_of_the_store_package_agree(laid_out: Path) -> None:
    control = (laid_out / "DEBIAN" / "control").read_text("utf-8")
    told = dict(line.split(": ", 1) for line in control.splitlines() if re.match(r"[A-Z][\w-]*: ", line))
    information = json.loads((laid_out / "opt" / "apps" / APPLICATION / "info").read_text("utf-8"))
    assert told["Package"] == information["appid"] == APPLICATION
    assert re.fullmatch(r"[a-z0-9]+(\.[a-z0-9-]+){2,}", APPLICATION)
    assert told["Version"] == information["version"]
    assert re.fullmatch(r"\d+(\.\d+){3}", told["Version"])
    assert information["arch"] == [told["Architecture"]]
    assert not any(information["permissions"].values())


def test_that_the_store_packages_menu_entry_leads_to_its_program_and_icon(laid_out: Path) -> None:
    entries = laid_out / "opt" / "apps" / APPLICATION / "entries"
    (file,) = (entries / "applications").iterdir()
    assert file.name == f"{APPLICATION}.desktop"
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their capitals
    entry.read_string(file.read_text("utf-8"))
    menu = entry["Desktop Entry"]
    assert menu["Name[zh_CN]"] == "网格指挥台"
    program = laid_out / menu["Exec"].split()[0].lstrip("/")
    assert program.is_file()
    assert program.stat().st_mode & 0o111
    assert menu["Icon"] == APPLICATION
    for size in (16, 24, 32, 48, 128, 256, 512):
        with Image.open(
            entries / "icons" / "hicolor" / f"{size}x{size}" / "apps" / f"{APPLICATION}.png"
        ) as icon:
            assert icon.size == (size, size)


def test_that_the_store_package_installs_by_dpkg_alone_and_runs(
    desktop: BareRoot, screen: Screen, store_package: Path
) -> None:
    (desktop.place / "store.deb").write_bytes(store_package.read_bytes())
    desktop.as_root("dpkg", "--install", "/store.deb")
    (desktop.place / "store.deb").unlink()
    program = f"/opt/apps/{APPLICATION}/files/grid-console"
    assert missing(desktop, f"/opt/apps/{APPLICATION}/files") == ""
    walk(desktop, screen, program)
    desktop.as_root("dpkg", "--purge", APPLICATION)
    assert not (desktop.place / "opt" / "apps" / APPLICATION).exists()
