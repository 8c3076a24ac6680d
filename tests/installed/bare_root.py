"""A bare Debian 12 of its own: made by debootstrap, entered without a network, as an ordinary user."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

RELEASE = "bookworm"
USER = "clerk"
_ENVIRONMENT = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
    "TERM": "dumb",
}


class BareRoot:
    """The root folder; `close` takes it down. Raises CalledProcessError where a command fails."""

    def __init__(self, base: Path, place: Path, screens: Path) -> None:
        self.place = place
        subprocess.run(["cp", "-a", "--reflink=auto", f"{base}/.", place], check=True)
        self._take_apt_along()
        self._mounted: list[Path] = []
        self._mount("-t", "proc", "proc", at="proc")
        # Devices one by one: what stands in the machine's /dev belongs to it.
        self._mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", at="dev")
        for device in ("null", "zero", "full", "random", "urandom", "tty"):
            (place / "dev" / device).touch()
            self._mount("--bind", f"/dev/{device}", at=f"dev/{device}")
        (place / "dev" / "shm").mkdir()
        self._mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", at="dev/shm")
        (place / "tmp" / ".X11-unix").mkdir(parents=True, exist_ok=True)
        self._mount("--bind", str(screens), at="tmp/.X11-unix")

    def _mount(self, *words: str, at: str) -> None:
        subprocess.run(["mount", *words, self.place / at], check=True)
        self._mounted.append(self.place / at)

    def _take_apt_along(self) -> None:
        """This machine's places for packages, so that they come by name as they do outside."""
        kept = [*Path("/etc/apt/sources.list.d").glob("*.sources"), *Path("/etc/apt").glob("apt.conf.d/9*")]
        for file in kept:
            shutil.copy(file, self.place / file.relative_to("/"))
        if kept and any(file.suffix == ".sources" for file in kept):
            (self.place / "etc" / "apt" / "sources.list").write_text("")
        for name in ("etc/resolv.conf", "etc/hosts"):
            shutil.copy(f"/{name}", self.place / name)
        certificates = self.place / "etc" / "ssl" / "certs"
        certificates.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.copy("/etc/ssl/certs/ca-certificates.crt", certificates)

    def as_root(self, *words: str) -> str:
        """Run a command with the network; what it said."""
        return self._run(["chroot", str(self.place)], words, _ENVIRONMENT)

    def offline(self, *words: str, display: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command as the user, in a network of its own that leads nowhere."""
        done = subprocess.run(
            self.entry(*words, display=display), capture_output=True, text=True, check=False, timeout=600
        )
        if check and done.returncode:
            said = (done.stdout + done.stderr)[-3000:]
            raise AssertionError(f"{' '.join(words)} ended with {done.returncode}:\n{said}")
        return done

    def entry(self, *words: str, display: str = "") -> list[str]:
        """The whole command that runs `words` as the user without a network.

        The folder is made the root by pivot_root: to a process that chroot put there the kernel refuses the
        namespaces of its own that Chromium's sandbox is made of.
        """
        own = {"HOME": f"/home/{USER}", "USER": USER} | ({"DISPLAY": display} if display else {})
        enter = (
            'mount --rbind "$1" "$1" && cd "$1" && mkdir -p .outside && pivot_root . .outside && cd / '
            "&& umount --lazy /.outside && shift && exec setpriv "
            f'--reuid={USER} --regid={USER} --init-groups --inh-caps=-all -- env -i "$@"'
        )
        return [
            "unshare", "--net", "--mount", "--propagation", "private", "sh", "-c", enter, "enter",
            str(self.place), *_words(_ENVIRONMENT | own), *words,
        ]  # fmt: skip

    def _run(self, before: Sequence[str], words: Sequence[str], environment: dict[str, str]) -> str:
        done = subprocess.run(
            [*before, "env", "-i", *_words(environment), *words],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=900,
        )  # fmt: skip
        if done.returncode:
            raise AssertionError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout[-3000:]}")
        return done.stdout

    def close(self) -> None:
        for place in reversed(self._mounted):
            subprocess.run(["umount", "--lazy", place], check=False)
        if not any(os.path.ismount(place) for place in self._mounted):
            shutil.rmtree(self.place, ignore_errors=True)


def _words(environment: dict[str, str]) -> list[str]:
    return [f"{name}={value}" for name, value in environment.items()]


def make_base(cache: Path) -> Path:
    """The minimal Debian that every run copies; made once, about a minute."""
    base = cache / f"{RELEASE}-minbase-1"
    ready = base / ".ready"
    if not ready.exists():
        shutil.rmtree(base, ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        words = ["debootstrap", "--variant=minbase", RELEASE, str(base)]
        mirror = _mirror()
        subprocess.run([*words, *([mirror] if mirror else [])], check=True, capture_output=True)
        subprocess.run(["chroot", base, "useradd", "-m", "-s", "/bin/sh", USER], check=True)
        ready.touch()
    return base


def _mirror() -> str:
    """Where this machine has its packages from; empty where debootstrap shall choose."""
    for file in sorted(Path("/etc/apt/sources.list.d").glob("*.sources")):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith("URIs:"):
                return line.split()[1]
    listed = Path("/etc/apt/sources.list")
    for line in listed.read_text("utf-8").splitlines() if listed.exists() else ():
        words = [word for word in line.split() if ":/" in word]
        if line.startswith("deb ") and words:
            return words[0]
    return ""
