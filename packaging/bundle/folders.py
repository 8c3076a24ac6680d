"""The program for systems without dpkg, and as UOS and Kylin want it: with the system's libraries inside."""

import json
import shutil
import subprocess
from pathlib import Path

import debian
from deb import (
    LIBRARIES,
    Build,
    architecture,
    chromium_notices,
    copy_program,
    lay_desktop_files,
    licences,
    machine_readable,
    md5sums,
    set_modes,
    write,
)
from notices import third_party
from packing import COMMANDS, ENDINGS, make_package

APPLICATION = "org.gridconsole.console"
_ROOM = f"opt/apps/{APPLICATION}"

# Every desktop has these: its own fit its drivers and its C library, Debian's would ask for glibc 2.36.
OF_EVERY_DESKTOP = (
    "libX11-xcb.so.1", "libX11.so.6", "libasound.so.2", "libcom_err.so.2", "libexpat.so.1",
    "libfontconfig.so.1", "libfreetype.so.6", "libgbm.so.1", "libgcc_s.so.1", "libgpg-error.so.0",
    "libstdc++.so.6", "libuuid.so.1", "libz.so.1",
)  # fmt: skip
_NEEDS = (
    "libasound2 | libasound2t64", "libc6 (>= 2.35)", "libegl1", "libfontconfig1", "libfreetype6", "libgbm1",
    "libgl1", "libopengl0", "libstdc++6", "libwayland-client0", "libwayland-cursor0", "libwayland-egl1",
    "libx11-6", "libx11-xcb1", "libxcb1", "libxcb-dri3-0", "tzdata", "xkb-data",
)  # fmt: skip

_STARTER = """#!/bin/sh
# Start Grid Console from wherever this folder stands.
here=$(dirname "$(readlink -f "$0")")
exec "$here/usr/lib/grid-console/grid-console" "$@"
"""

_README = """Grid Console {version} / 网格指挥台

Unpack it anywhere and start AppRun. Nothing else is installed and nothing is written into this folder; the
data lie in ~/.local/share/grid-console of each user. To upgrade, unpack the next version beside this one and
start that: the database is copied into its folder backups before it changes.
解压到任意位置,运行 AppRun 即可。数据在各用户的 ~/.local/share/grid-console,不写入本文件夹。
升级:把新版解压到旁边并运行,数据库会先自动备份到其 backups 文件夹。
需要 x86-64、glibc 2.35 或更新、X11 或 Wayland 桌面。
"""


def make_tar(build: Build, work: Path, to: Path, compression: str) -> Path:
    """An AppDir in a tar file: the same bytes for the same build."""
    name = f"grid-console-{build.version}"
    tree = work / "tar" / name
    shutil.rmtree(tree.parent, ignore_errors=True)
    _lay_program(build, tree / LIBRARIES)
    lay_desktop_files(build, tree / "usr" / "share")
    _lay_documents(build, tree / "usr" / "share" / "doc" / "grid-console")
    write(tree / "grid-console.desktop", build.text("grid-console.desktop"))
    shutil.copyfile(build.parts / "icons" / "256x256.png", tree / "grid-console.png")
    (tree / ".DirIcon").symlink_to("grid-console.png")
    write(tree / "README.txt", _README.format(version=build.version))
    set_modes(tree)
    write(tree / "AppRun", _STARTER)
    (tree / "AppRun").chmod(0o755)
    file = to / f"{name}-linux-x86_64.tar.{ENDINGS[compression]}"
    subprocess.run(
        [
            "tar", "--create", "--sort=name", f"--mtime=@{build.epoch}", "--owner=0", "--group=0",
            "--numeric-owner", "--format=gnu",
            f"--use-compress-program={COMMANDS[compression]}", f"--file={file}",
            f"--directory={tree.parent}", name,
        ],
        check=True,
    )  # fmt: skip
    return file


def make_uos(build: Build, work: Path, to: Path, compression: str) -> Path:
    """The package as the shops of UOS and Kylin take it: all in /opt/apps, and nothing run at installing."""
    tree = work / "uos"
    shutil.rmtree(tree, ignore_errors=True)
    room = tree / _ROOM
    _lay_program(build, room / "files")
    _lay_documents(build, room / "files" / "doc")
    lay_desktop_files(build, room / "entries")
    shutil.rmtree(room / "entries" / "metainfo")
    entry = room / "entries" / "applications" / "grid-console.desktop"
    text = entry.read_text("utf-8").replace("Exec=grid-console", f"Exec=/{_ROOM}/files/grid-console")
    write(entry.with_name(f"{APPLICATION}.desktop"), text.replace("Icon=grid-console", f"Icon={APPLICATION}"))
    entry.unlink()
    for icon in (room / "entries" / "icons").rglob("grid-console.*"):
        icon.rename(icon.with_name(f"{APPLICATION}{icon.suffix}"))
    write(room / "info", json.dumps(information(build.version), ensure_ascii=False, indent=2) + "\n")
    set_modes(tree)
    control = tree / "DEBIAN"
    control.mkdir()
    size = sum(-(-path.lstat().st_size // 1024) for path in tree.rglob("*") if not path.is_dir())
    write(
        control / "control",
        f"Package: {APPLICATION}\nVersion: {four_parts(build.version)}\nArchitecture: {architecture()}\n"
        f"Maintainer: The Grid Console authors <packages@gridconsole.org>\nInstalled-Size: {size}\n"
        f"Depends: {', '.join(_NEEDS)}\nSection: misc\nPriority: optional\nHomepage: https://gridconsole.org/\n"
        "Description: 网格指挥台\n 数字化城市管理的监督指挥台,自带运行环境,不需要互联网和显卡。\n",
    )
    write(control / "md5sums", md5sums(tree))
    file = to / f"{APPLICATION}_{four_parts(build.version)}_{architecture()}.deb"
    # Their dpkg is older than zstd.
    make_package(tree, file, build.epoch, "gzip" if compression == "zstd" else compression)
    return file


def information(version: str) -> dict[str, object]:
    """The file `info`: who it is, and that it asks for no right of the desktop's but files and sound."""
    wanted = {
        "audio_record",
        "bluetooth",
        "camera",
        "calendar",
        "clipboard",
        "installed_apps",
        "autostart",
        "notification",
    }
    return {
        "appid": APPLICATION,
        "name": "网格指挥台",
        "version": four_parts(version),
        "arch": [architecture()],
        "permissions": dict.fromkeys(sorted(wanted), False),
    }


def four_parts(version: str) -> str:
    """Four numbers, as their shops want a version: 0.2.1 is 0.2.1.0."""
    numbers = [part for part in version.split(".") if part.isdigit()]
    return ".".join([*numbers, "0", "0", "0", "0"][:4])


def _lay_program(build: Build, to: Path) -> None:
    copy_program(build.program, to, with_system_libraries=True)
    for name in OF_EVERY_DESKTOP:
        (to / "_internal" / name).unlink(missing_ok=True)


def _lay_documents(build: Build, folder: Path) -> None:
    write(folder / "copyright", machine_readable() + build.text("copyright") + licences())
    write(folder / "third-party-notices", third_party(debian.licences(libraries_inside(build))))
    write(folder / "chromium-notices", chromium_notices())
    write(folder / "sbom.cdx.json", (build.parts / "sbom-folders.cdx.json").read_text("utf-8"))


def libraries_inside(build: Build) -> list[str]:
    """Debian's packages whose libraries come along here, and which his own package only asks for."""
    listed = (build.program.parent / "system-libraries.txt").read_text("utf-8").split()
    return debian.owners_of(name for name in listed if name not in OF_EVERY_DESKTOP)
