"""The installed program as the tests use it: its commands, its window, the processes that draw its page."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab

from tests.installed.bare_root import USER, BareRoot

DATA = f"/home/{USER}/.local/share/grid-console"
PROGRAM = "/usr/lib/grid-console"
SEVEN = ("collection", "filing", "dispatch", "handling", "feedback", "verification", "evaluation")
_AREA = """{"type": "Feature", "properties": {"name": "南街"}, "geometry": {"type": "Polygon", "coordinates":
    [[[113.6, 34.7], [113.62, 34.7], [113.62, 34.715], [113.6, 34.715], [113.6, 34.7]]]}}"""
_SECONDS = 120
_MAP = (0.56, 0.22, 0.9, 0.74)  # left, top, right, bottom: shares of the screen in which only the map lies


@dataclass(frozen=True)
class Screen:
    """A virtual screen: its name, and the folder in which its socket lies."""

    name: str
    sockets: Path

    def picture(self) -> Image.Image:
        return ImageGrab.grab(xdisplay=self.name).convert("RGB")


def install(root: BareRoot, package: Path) -> None:
    """Install the file by apt, with what it declares and nothing it only recommends."""
    (root.place / "package.deb").write_bytes(package.read_bytes())
    root.as_root("apt-get", "-q", "-y", "install", "--no-install-recommends", "/package.deb")
    (root.place / "package.deb").unlink()


def console(root: BareRoot, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of the program as the user, without a network."""
    return root.offline("grid-console", *words, check=check)


def built_pack(root: BareRoot) -> str:
    """A city pack that the installed program has cut out of an area; its place."""
    home = f"/home/{USER}"
    (root.place / home.lstrip("/") / "areas.geojson").write_text(_AREA, "utf-8")
    pack = f"{home}/pack"
    words = ("--areas", f"{home}/areas.geojson", "--cell-size", "120", "--out", pack, "--name", "小城")
    console(root, "city", "build", *words)
    return pack


def missing(root: BareRoot, folder: str) -> str:
    """The libraries that something in the folder is linked with and that are nowhere."""
    return root.as_root(
        "sh", "-c",
        f"export LD_LIBRARY_PATH=$(find {folder} -type d -name _internal); find {folder} -type f |"
        ' while read -r file; do ldd "$file" 2>/dev/null | grep "not found" | sed "s|^|$file|"; done; true',
    )  # fmt: skip


def walk(root: BareRoot, screen: Screen, program: str = "grid-console") -> dict[str, str]:
    """Let the program's own check take a case through the seven steps; what each of its points found."""
    said = root.offline(program, "doctor", "--walk", "--json", display=screen.name, check=False)
    checks = {check["name"]: check for check in json.loads(said.stdout)["checks"]}
    for name, check in checks.items():
        print(f"{name}: {check['found']}")
    ill = {name: check["found"] for name, check in checks.items() if not check["well"]}
    assert set(ill) <= {"city"}, ill  # of the user's own folder, which has none yet
    assert {f"walk: {step}" for step in SEVEN} | {"walk: map", "walk: network"} <= set(checks)
    return {name: check["found"] for name, check in checks.items()}


@contextmanager
def window(
    root: BareRoot, screen: Screen, program: str = "grid-console"
) -> Iterator["subprocess.Popen[bytes]"]:
    """The window on the user's own data, closed as the session's end closes it."""
    running = subprocess.Popen(
        root.entry(program, display=screen.name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield running
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
    finally:
        if running.poll() is None:
            running.kill()
            running.wait()


def until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < end, f"not within {_SECONDS} s: {what}"
        time.sleep(0.2)


def renderers(program: "subprocess.Popen[bytes]") -> list[Path]:
    """The processes below the program that system calls are forbidden to: Chromium's that draw pages.

    They are forked by a zygote, keep its words and have an empty folder as their root, so that neither their
    names nor their places tell them.
    """
    parents, forbidden = {}, []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status = (process / "status").read_text()
        except OSError:
            continue
        parents[int(process.name)] = int(status.partition("PPid:")[2].split()[0])
        if "Seccomp:\t2" in status:
            forbidden.append(process)
    return [process for process in forbidden if _is_below(int(process.name), program.pid, parents)]


def _is_below(process: int, ancestor: int, parents: dict[int, int]) -> bool:
    while process in parents and process != ancestor:
        process = parents[process]
    return process == ancestor


def map_is_painted(screen: Screen) -> bool:
    """Whether the map's part of the screen is a picture: the words that it is being loaded have 181 colours
    on one that fills 99.7 % of it, the demo city has 1,400 on 64 %."""
    found = _middle(screen.picture()).getcolors(1_000_000) or ()
    return len(found) > 300 and max(number for number, _ in found) < 0.97 * sum(number for number, _ in found)


def map_changed(before: Image.Image, after: Image.Image) -> bool:
    """Whether the map looks otherwise in the second picture of the screen."""
    return ImageChops.difference(_middle(before), _middle(after)).getbbox() is not None


def map_rests(screen: Screen) -> bool:
    """Whether the map looks the same for a second."""
    before = screen.picture()
    time.sleep(1)
    return not map_changed(before, screen.picture())


def drag(screen: Screen, *, by: int) -> None:
    """Take hold of the map and move it to the right, as a hand does."""
    words = ["mousemove", "900", "340", "mousedown", "1"]
    for step in range(1, 7):
        words += ["mousemove", str(900 + by * step // 6), "340", "sleep", "0.05"]
    subprocess.run(
        ["xdotool", *words, "mouseup", "1"], check=True, env={**os.environ, "DISPLAY": screen.name}
    )


def _middle(picture: Image.Image) -> Image.Image:
    left, top, right, bottom = _MAP
    width, height = picture.size
    return picture.crop((int(width * left), int(height * top), int(width * right), int(height * bottom)))
