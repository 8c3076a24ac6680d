"""Debian's package: the program, what the desktop wants to know of it, what it asks of the system."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from notices import third_party
from packing import make_package
from prepared import ICON_SIZES

LIBRARIES = "usr/lib/grid-console"
_BROUGHT_ALONG = ("libsqlite3-0",)  # found by its name, although ours stands nearer
_NOT_LINKED = ("fontconfig-config", "tzdata", "xkb-data")  # read as files, whose readers may not ask for them


@dataclass(frozen=True)
class Build:
    """One build: where its sources, parts and program are, and what it is called."""

    root: Path
    parts: Path
    program: Path
    version: str
    epoch: int

    @property
    def date(self) -> str:
        return datetime.fromtimestamp(self.epoch, UTC).date().isoformat()

    def text(self, name: str) -> str:
        """A file of packaging/linux with version and date put in."""
        text = (self.root / "packaging" / "linux" / name).read_text("utf-8")
        return text.replace("@VERSION@", self.version).replace("@DATE@", self.date)


def lay_desktop_files(build: Build, share: Path) -> None:
    """What a desktop looks for under `share`: menu entry, icons, AppStream data."""
    applications = share / "applications"
    write(applications / "grid-console.desktop", build.text("grid-console.desktop"))
    write(share / "metainfo" / "org.gridconsole.console.metainfo.xml", build.text("metainfo.xml"))
    icons = share / "icons" / "hicolor"
    for size in ICON_SIZES:
        copy(
            build.parts / "icons" / f"{size}x{size}.png",
            icons / f"{size}x{size}" / "apps" / "grid-console.png",
        )
    copy(
        build.root / "resources" / "icons" / "grid-console.svg",
        icons / "scalable" / "apps" / "grid-console.svg",
    )


def lay_tree(build: Build, tree: Path) -> None:
    """The package's files, as they will stand below /."""
    copy_program(build.program, tree / LIBRARIES, with_system_libraries=False)
    binaries = tree / "usr" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "grid-console").symlink_to("../lib/grid-console/grid-console")
    lay_desktop_files(build, tree / "usr" / "share")
    for language in ("", "zh_CN"):
        page = f"grid-console{'.' if language else ''}{language}.1"
        packed(tree / "usr" / "share" / "man" / language / "man1" / "grid-console.1.gz", build.text(page))
    documents = tree / "usr" / "share" / "doc" / "grid-console"
    write(documents / "copyright", machine_readable() + build.text("copyright") + licences())
    packed(documents / "changelog.gz", changelog(build))
    packed(documents / "third-party-notices.gz", third_party())
    packed(documents / "chromium-notices.gz", chromium_notices())
    packed(documents / "sbom.cdx.json.gz", (build.parts / "sbom.cdx.json").read_text("utf-8"))
    write(tree / "usr" / "share" / "lintian" / "overrides" / "grid-console", build.text("lintian-overrides"))


def make_deb(build: Build, work: Path, to: Path, compression: str) -> Path:
    """Build the package file in `to`; `compression` is xz for release and zstd or gzip for a quick one."""
    tree = work / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_tree(build, tree)
    set_modes(tree)
    size = sum(-(-path.lstat().st_size // 1024) for path in tree.rglob("*") if not path.is_dir())
    control = tree / "DEBIAN"
    control.mkdir()
    write(control / "control", control_file(build, size, depends(tree, work)))
    (control / "md5sums").write_text(md5sums(tree), "utf-8")
    for path in control.iterdir():
        path.chmod(0o644)
    file = to / f"grid-console_{build.version}_{architecture()}.deb"
    make_package(tree, file, build.epoch, compression)
    return file


def copy_program(program: Path, to: Path, *, with_system_libraries: bool) -> None:
    """Copy the frozen folder; Debian's own libraries stay out where the system is to give them."""
    left_out = (
        set() if with_system_libraries else set((program.parent / "system-libraries.txt").read_text().split())
    )

    def ignored(folder: str, names: list[str]) -> list[str]:
        return [name for name in names if folder.endswith("_internal") and name in left_out]

    shutil.copytree(program, to, symlinks=True, ignore=ignored)


def depends(tree: Path, work: Path) -> str:
    """The packages that own the libraries which ours are linked with, as dpkg-shlibdeps finds them.

    It reads every symbol, which takes minutes; for the same files the answer is kept in the cache.
    """
    files = sorted(path for path in (tree / LIBRARIES).rglob("*") if is_elf(path))
    of_all = hashlib.sha256()
    for path in files:
        of_all.update(path.relative_to(tree).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    kept = work / "cache" / f"depends-{of_all.hexdigest()[:16]}"
    if not kept.is_file():
        write(kept, _asked(tree, files, work / "shlibdeps"))
    return ", ".join(sorted({*kept.read_text("utf-8").split(", "), *_NOT_LINKED}))


def _asked(tree: Path, files: list[Path], folder: Path) -> str:
    write(folder / "debian" / "control", "Source: grid-console\n\nPackage: grid-console\nArchitecture: any\n")
    home = tree / LIBRARIES / "_internal"
    private = sorted({str(path.parent) for path in home.rglob("*.so*")})
    said = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *(f"-l{place}" for place in private), *files],
        cwd=folder, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    found = said.partition("shlibs:Depends=")[2].strip().split(", ")
    found = [name for name in found if not name.startswith(_BROUGHT_ALONG)]
    return ", ".join(found)


def control_file(build: Build, kilobytes: int, needs: str) -> str:
    return f"""Package: grid-console
Version: {build.version}
Architecture: {architecture()}
Maintainer: The Grid Console authors <packages@gridconsole.org>
Installed-Size: {kilobytes}
Depends: {needs}
Recommends: xdg-utils
Suggests: ibus, postgresql-client
Section: misc
Priority: optional
Homepage: https://gridconsole.org/
Description: supervisor console of a city's digital urban management
 An operator sees the city's unit grids and open cases on a map and takes each
 case from the queue through its seven steps with one click or one key each.
 .
 The package brings its own Python, Qt with Chromium, SQLite and Chinese font;
 it needs neither internet nor a graphics card.
"""


def changelog(build: Build) -> str:
    """Debian's form of the release; what changed is told in the project's own changelog below it."""
    stamp = datetime.fromtimestamp(build.epoch, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    head = f"grid-console ({build.version}) stable; urgency=medium\n\n"
    lines = (build.root / "CHANGELOG.md").read_text("utf-8").splitlines()
    items, item = [], ""
    for line in lines:
        if line.startswith("- "):
            items.append(item)
            item = line[2:]
        elif line.startswith("  ") and item:
            item += " " + line.strip()
    told = "".join(f"  * {text.replace('`', '')}\n" for text in [*items, item] if text)
    return f"{head}{told}\n -- The Grid Console authors <packages@gridconsole.org>  {stamp}\n"


def machine_readable() -> str:
    """The first line of a copyright file that programs can read, as Debian's own packages have it."""
    first = chromium_notices().partition("\n")[0]
    if not first.startswith("Format: "):
        raise ValueError(f"Chromium's copyright file begins with {first!r}")
    return first + "\n"


def licences() -> str:
    """The licence paragraphs that the copyright file refers to."""
    text = "License: Apache-2.0\n On Debian systems the text is in /usr/share/common-licenses/Apache-2.0.\n\n"
    text += "License: LGPL-3\n On Debian systems the text is in /usr/share/common-licenses/LGPL-3.\n\n"
    text += "License: public-domain\n The author disclaims copyright to this source code.\n\n"
    places = {
        "BSD-3-Clause": "/usr/share/doc/grid-console/third-party-notices.gz",
        "OFL-1.1": f"{LIBRARIES}/_internal/console/resources/fonts/OFL.txt",
        "Unicode": "/usr/share/doc/grid-console/chromium-notices.gz",
    }
    text += "".join(f"License: {name}\n The text is in {place}.\n\n" for name, place in places.items())
    return text.rstrip("\n") + "\n"


def chromium_notices() -> str:
    """What Chromium contains and its notices, from the copyright file of Debian's package of it."""
    return Path("/usr/share/doc/chromium-sandbox/copyright").read_text("utf-8")


def md5sums(tree: Path) -> str:
    paths = sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    names = [str(path.relative_to(tree)) for path in paths if "DEBIAN" not in path.parts]
    done = subprocess.run(["md5sum", *names], cwd=tree, capture_output=True, text=True, check=True)
    return done.stdout


def set_modes(tree: Path) -> None:
    """Folders and programs 755, everything else 644, whatever the umask of who builds."""
    for path in [tree, *tree.rglob("*")]:
        if path.is_symlink():
            continue
        runs = path.is_dir() or (os.access(path, os.X_OK) and path.suffix == "" and is_elf(path))
        path.chmod(0o755 if runs else 0o644)


def is_elf(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def architecture() -> str:
    done = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def copy(source: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)


def packed(path: Path, text: str) -> None:
    """gzip as Debian wants it: best, without name and time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def valid_version(version: str) -> bool:
    return re.fullmatch(r"\d[\w.+~]*", version) is not None
