"""No network for PROJ: the curl that its maker brings along has 6 MB, for grids that it would fetch.

The console converts by formulas and by the table that came along, and PROJ is never let onto a network; but
its library is linked with curl's. A library of that name answers that nobody can be reached.
"""

import os
import subprocess
from pathlib import Path

_BESIDE = Path(__file__).with_suffix(".c")


def link_nothing(libraries: Path, to: Path) -> Path:
    """Make the library that PROJ's in the folder `libraries` is linked with, under its name, in `to`.

    Raises ValueError where PROJ asks for a function that the library in its place has not.
    """
    (proj,), (curl,) = libraries.glob("libproj-*.so*"), libraries.glob("libcurl-*.so*")
    to.mkdir(parents=True, exist_ok=True)
    made = to / curl.name
    subprocess.run(
        [
            os.environ.get("CC", "cc"), "-shared", "-s", "-nostdlib", "-O2", "-fPIC", "-Wl,--build-id=sha1",
            f"-Wl,-soname,{curl.name}", "-o", made.name, _BESIDE,
        ],
        cwd=to, check=True,
    )  # fmt: skip
    lacking = _functions(proj, "U") - _functions(made, "T")
    if lacking:
        raise ValueError(f"PROJ asks curl for {', '.join(sorted(lacking))}")
    return made


def _functions(library: Path, kind: str) -> set[str]:
    """curl's functions that a library asks for (`U`) or has (`T`)."""
    said = subprocess.run(["nm", "-D", library], capture_output=True, text=True, check=True).stdout
    words = [line.split() for line in said.splitlines()]
    return {word[-1] for word in words if word[-2] == kind and word[-1].startswith("curl_")}
