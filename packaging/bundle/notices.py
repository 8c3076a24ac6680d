"""The licences of what the program brings along, gathered from what is installed where it was built."""

from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from locked import shipped_names

_ALGEBRA = Path("/usr/share/doc/liblapack64-dev/copyright")
_LICENCES = ("license", "licence", "copying", "notice", "authors", "copyright")


def shipped() -> list[Distribution]:
    """Every Python package of the lock that the program runs with, in the order of their names."""
    names = shipped_names()
    found = {
        normal(one.metadata["Name"]): one for one in distributions() if normal(one.metadata["Name"]) in names
    }
    return [found[name] for name in sorted(found)]


def normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def third_party(libraries: Iterable[str] = ()) -> str:
    """One text: each package, its version, what it says of its licence, and the licence's words.

    `libraries` are the notices of libraries of the system that come along as well.
    """
    parts = ["Grid Console brings these works along, each under its own licence.\n"]
    for one in shipped():
        head = f"{one.metadata['Name']} {one.version}"
        said = licence_of(one)
        parts.append(f"\n{'=' * 100}\n{head}\n{said}\n{'=' * 100}\n")
        parts.extend(texts(one))
    if _ALGEBRA.is_file():
        parts.append(f"\n{'=' * 100}\nBLAS and LAPACK\n{'=' * 100}\n")
        parts.append(_ALGEBRA.read_text("utf-8"))
    parts.extend(f"\n{'=' * 100}\n{notice}" for notice in libraries)
    return "\n".join(parts) + "\n"


def licence_of(one: Distribution) -> str:
    """The licence as the package declares it: an expression, else its classifiers, else a word."""
    if "License-Expression" in one.metadata:
        return one.metadata["License-Expression"]
    named = [
        line.rpartition(" :: ")[2]
        for line in one.metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    words = one.metadata["License"] if "License" in one.metadata else ""  # noqa: SIM401  it has no get
    word = words.strip().splitlines()
    return ", ".join(named) or (word[0] if word else "see its text")


def texts(one: Distribution) -> Iterator[str]:
    for file in one.files or ():
        name = Path(str(file)).name.lower()
        if name.startswith(_LICENCES) and ".dist-info" in str(file) and not name.endswith((".py", ".pyc")):
            path = Path(str(one.locate_file(file)))
            if path.is_file():
                yield path.read_text("utf-8", "replace").strip()
