"""Plain linear algebra for numpy: OpenBLAS brings 28 MB of kernels for every processor, and starts threads.

The console multiplies no large matrices. Debian's reference BLAS and LAPACK, made for indices of 64 bits as
numpy's are, stand under the names that numpy calls, in 1.4 MB; they give the same results.
"""

import os
import re
import subprocess
from pathlib import Path

_PLACE = Path("/usr/lib/x86_64-linux-gnu")
_ARCHIVES = (_PLACE / "liblapack64_pic.a", _PLACE / "blas64" / "libblas64.a")
_BESIDE = Path(__file__).with_suffix(".c")
_CALLED = re.compile(r"\bU (scipy_(?:(cblas_\w+?)64_|(\w+_)64_))$", re.MULTILINE)


def link_plain(numpy: Path, to: Path) -> Path:
    """Make the library that numpy's modules in the folder `numpy` are linked with, under its name, in `to`.

    Raises FileNotFoundError where Debian's archives are not installed, ValueError where numpy asks otherwise.
    """
    for archive in _ARCHIVES:
        if not archive.is_file():
            raise FileNotFoundError(archive)
    (openblas,) = (numpy.parent / "numpy.libs").glob("libscipy_openblas64_*.so")
    called = dict(sorted(names(numpy).items()))
    if not called:
        raise ValueError("numpy calls no function of scipy_openblas64")
    to.mkdir(parents=True, exist_ok=True)
    exported = to / "exported.map"
    exported.write_text(f"{{ global: {'; '.join(called)}; local: *; }};\n", "ascii")
    made = to / openblas.name
    subprocess.run(
        [
            os.environ.get("CC", "cc"), "-shared", "-s", f"-Wl,-soname,{openblas.name}",
            "-Wl,--build-id=sha1", "-Wl,-z,relro,-z,now", "-Wl,--gc-sections",
            f"-Wl,--version-script={exported.name}",
            *(word for ours, theirs in called.items() for word in _as(ours, theirs)),
            "-o", made.name, "-O2", "-fPIC", _BESIDE, *_ARCHIVES, "-lm",
        ],
        cwd=to, check=True,
    )  # fmt: skip
    return made


def _as(ours: str, theirs: str) -> tuple[str, str]:
    return f"-Wl,-u,{theirs}", f"-Wl,--defsym={ours}={theirs}"


def names(numpy: Path) -> dict[str, str]:
    """The functions that numpy calls, and what the reference calls them: scipy_dgesv_64_ is dgesv_."""
    called: dict[str, str] = {}
    for module in sorted(numpy.rglob("*.so")):
        said = subprocess.run(["nm", "-D", module], capture_output=True, text=True, check=True).stdout
        called |= {found[1]: found[2] or found[3] for found in _CALLED.finditer(said)}
    return called
