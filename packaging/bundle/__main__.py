"""Build the packages: PYTHONPATH is this folder, the Python is the one that packaging/setup made for it."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import deb
from debian import versions_of
from figures import print_figures
from folders import libraries_inside, make_tar, make_uos
from notices import third_party
from prepared import prepare
from sbom import write_sbom

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("deb", "tar", "uos")


def main() -> int:
    """Exit code 0 when every package that was asked for was built."""
    asked = _arguments()
    work = ROOT / "build"
    began = time.monotonic()
    build = deb.Build(
        ROOT, work / "parts", work / "frozen" / "grid-console", asked.version or _version(), _epoch()
    )
    if not asked.again:
        shutil.rmtree(build.parts, ignore_errors=True)
        sqlite_version = prepare(ROOT, build.parts, work / "cache", _say)
        freeze(build, work)
        told = build.version, build.epoch, sqlite_version
        write_sbom(build.parts / "sbom.cdx.json", *told, _system_packages())
        if sys.platform == "linux":
            beside = versions_of(libraries_inside(build))
            write_sbom(build.parts / "sbom-folders.cdx.json", *told, [*_system_packages(), *beside])
    if asked.kinds == ["windows"]:  # packed by Inno Setup, see packaging/windows/build.ps1
        documents = build.program / "documents"
        documents.mkdir(exist_ok=True)
        deb.copy(build.parts / "sbom.cdx.json", documents / "sbom.cdx.json")
        deb.write(documents / "third-party-notices.txt", third_party())
        return 0
    to = Path(asked.to)
    to.mkdir(parents=True, exist_ok=True)
    made = []
    for kind in asked.kinds or KINDS:
        _say(kind)
        make = {"deb": deb.make_deb, "tar": make_tar, "uos": make_uos}[kind]
        made.append(make(build, work, to, asked.compression))
    sums = _checksums(to, made)
    if asked.figures and (work / "deb").is_dir() and made and made[0].suffix == ".deb":
        print_figures(made[0], work / "deb", ROOT, lambda line: print(line, flush=True))
    for file in made:
        print(f"{file}  {file.stat().st_size / 1e6:.1f} MB  SHA-256 {sums[file.name]}", flush=True)
    _say(f"done in {time.monotonic() - began:.0f} s")
    return 0


def freeze(build: deb.Build, work: Path) -> None:
    """Make the program's folder."""
    _say("program")
    environment = {
        **os.environ,
        "GRID_CONSOLE_PARTS": str(build.parts),
        "SOURCE_DATE_EPOCH": str(build.epoch),
        "PYTHONHASHSEED": "0",
        # 5 MB of where in a line something stands: told under the line, and the package has no lines.
        "PYTHONNODEBUGRANGES": "1",
    }
    if sys.platform == "linux":
        # Modules stand as they are in the program: read without unpacking, and the package packs them better.
        environment["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"
    spec = Path(__file__).with_name("grid-console.spec")
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR",
            "--distpath", build.program.parent, "--workpath", work / "pyinstaller", spec,
        ],
        env=environment, check=True, cwd=ROOT,
    )  # fmt: skip
    shutil.copyfile(build.parts / "system-libraries.txt", build.program.parent / "system-libraries.txt")
    if sys.platform == "linux":
        (build.program / "grid-console-python").symlink_to("grid-console")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="packaging/build", description="Build the packages of Grid Console."
    )
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; without one all")
    parser.add_argument("--to", default=str(ROOT / "dist"), help="the folder for the packages (dist)")
    parser.add_argument(
        "--version", help="another version than that of console/__init__.py, for trying an upgrade"
    )
    parser.add_argument("--again", action="store_true", help="pack the program anew that was frozen last")
    parser.add_argument(
        "--compression", choices=("xz", "zstd", "gzip"), default="xz", help="zstd is quick and larger"
    )
    parser.add_argument("--no-figures", dest="figures", action="store_false", help="do not measure the start")
    asked = parser.parse_args()
    unknown = set(asked.kinds) - set(KINDS) - ({"windows"} if sys.platform == "win32" else set())
    if unknown:
        parser.error(f"no package is called {', '.join(sorted(unknown))}")
    if asked.version and not deb.valid_version(asked.version):
        parser.error(f"{asked.version} is no version")
    return asked


def _version() -> str:
    from console import __version__

    return __version__


def _epoch() -> int:
    """The time that everything in the packages bears: given from outside, else of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    said = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    return int(said or "1764201600")


def _system_packages() -> list[str]:
    """Debian's packages that something went in from, with their versions."""
    if sys.platform == "win32":
        return []
    names = ["fonts-noto-cjk", "libblas64-dev", "liblapack64-dev"]
    if sys.base_prefix == "/usr":
        names.append(f"libpython3.{sys.version_info.minor}-stdlib")
    return versions_of(names)


def _checksums(folder: Path, made: list[Path]) -> dict[str, str]:
    """Write the file of checksums, and tell them by file name."""
    sums = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in made}
    (folder / "SHA256SUMS").write_text("".join(f"{sums[name]}  {name}\n" for name in sums), "utf-8")
    return sums


def _say(what: str) -> None:
    print(f"      {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
