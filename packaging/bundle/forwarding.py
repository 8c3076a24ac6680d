"""Libraries of a wheel in whose place stands one that leads to the system's own of the same interface.

PostgreSQL's client brings its own OpenSSL and Kerberos, 8 MB that Python and Qt have from the system already.
One of each is left: Debian's, which gets Debian's fixes; in the other packages that which came along.
"""

import os
import re
import subprocess
from pathlib import Path

_ASKED = re.compile(r" U (\w+)@(\S+)$", re.MULTILINE)
_REQUIRED = re.compile(r"^  required from (\S+):\n((?:    .*\n)+)", re.MULTILINE)


def lead_to(system: str, library: Path, caller: Path, to: Path) -> Path:
    """Make a library under the name of `library` in the folder `to` that is linked with `system` alone.

    `caller` is who is linked with `library`. The loader wants the versions that it asks for to be declared
    there, and looks for the functions behind it. Raises ValueError where `system` has not all of them, or
    `caller` asks for none.
    """
    told = subprocess.run(["objdump", "-p", caller], capture_output=True, text=True, check=True).stdout
    required = {match[1]: match[2] for match in _REQUIRED.finditer(told)}
    versions = sorted({line.split()[-1] for line in required.get(library.name, "").splitlines()})
    if not versions:
        raise ValueError(f"{caller.name} asks {library.name} for nothing")
    compiler = os.environ.get("CC", "cc")
    place = subprocess.run(
        [compiler, f"-print-file-name={system}"], capture_output=True, text=True, check=True
    ).stdout.strip()
    lacking = _asked(caller) & _offered(library) - _offered(Path(place))
    if lacking:
        raise ValueError(f"{system} has not {', '.join(f'{name}@{at}' for name, at in sorted(lacking))}")
    to.mkdir(parents=True, exist_ok=True)
    made = to / library.name
    declared = made.with_suffix(".map")
    declared.write_text("".join(f"{version} {{ }};\n" for version in versions), "ascii")
    subprocess.run(
        [
            compiler, "-shared", "-s", "-nostdlib", "-Wl,--build-id=sha1", "-Wl,-z,max-page-size=4096",
            "-Wl,-z,noexecstack",  # which linkers learn from code, and here is none
            f"-Wl,-soname,{library.name}", f"-Wl,--version-script={declared.name}", "-Wl,-rpath,$ORIGIN/..",
            "-o", made.name, "-Wl,--no-as-needed", f"-l:{system}",
        ],
        cwd=to, check=True,
    )  # fmt: skip
    return made


def _asked(library: Path) -> set[tuple[str, str]]:
    return {(match[1], match[2]) for match in _ASKED.finditer(_symbols(library))}


def _offered(library: Path) -> set[tuple[str, str]]:
    """The functions that a library has, each with the version it belongs to."""
    last = (line.split()[-1].partition("@") for line in _symbols(library).splitlines() if " U " not in line)
    return {(name, version.lstrip("@")) for name, _, version in last}


def _symbols(library: Path) -> str:
    return subprocess.run(["nm", "-D", library], capture_output=True, text=True, check=True).stdout
