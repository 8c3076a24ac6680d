"""Debian's packages that something in ours is from: by name and version, with their licences."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

_DOCUMENTS = Path("/usr/share/doc")
_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu")


def versions_of(packages: Iterable[str]) -> list[str]:
    """`name=version` of installed packages. Raises CalledProcessError where one is not installed."""
    return subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Package}=${Version}\n", *packages],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip


def owners_of(libraries: Iterable[str]) -> list[str]:
    """The packages that libraries of the system are from, which are named by their files alone.

    Raises LookupError where one belongs to none.
    """
    places = [place for name in sorted(libraries) for place in _places(name)]
    said = subprocess.run(
        ["dpkg-query", "--search", *places], capture_output=True, text=True, check=False
    ).stdout  # it ends with 1 for places that nobody owns, and each library has two
    found = [line.rpartition(": ") for line in said.splitlines() if not line.startswith("diversion ")]
    ownerless = {Path(place).name for place in places} - {Path(path).name for *_, path in found}
    if ownerless:
        raise LookupError(f"{', '.join(sorted(ownerless))} belong to no package")
    return sorted({name for names, *_ in found for name in names.split(", ")})


def _places(library: str) -> list[str]:
    """Where a library lies, as Debian's packages may name it: /lib leads to /usr/lib since Debian 12.

    Only what is loaded by its name lies in a folder of its own.
    """
    own = [_LIBRARIES / library] if (_LIBRARIES / library).exists() else _LIBRARIES.glob(f"*/{library}")
    return [place for path in own for place in (str(path), str(path).removeprefix("/usr"))] or [library]


def licences(packages: Iterable[str]) -> Iterator[str]:
    """The copyright file of each package under its name and version."""
    for line in versions_of(packages):
        name, _, version = line.partition("=")
        yield f"{name} {version}\n\n{(_DOCUMENTS / name / 'copyright').read_text('utf-8')}"
