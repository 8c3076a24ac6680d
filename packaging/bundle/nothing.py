"""Libraries in whose place stands one that does nothing: ours are linked with them, and never ask them.

Pillow would take pictures of the screen by X11 and read TIFF and JPEG 2000, which the console never opens;
PROJ read grids from TIFF, of which none come along; PostgreSQL's client ask LDAP where the database is.
"""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

# What answers other than 0, which is no connection, picture or file: that there is an error; and versions,
# of which Pillow makes words when it is loaded.
_NONE = '(long) "none"'
_ANSWERS = {"xcb_connection_has_error": "1", "TIFFGetVersion": _NONE, "opj_version": _NONE}
_ASKED = re.compile(r" U (\w+)(?:@(\S+))?$", re.MULTILINE)


def link_nothing(caller: Path, library: Path, asked: str, to: Path) -> Path:
    """Make the library that `caller` is linked with, under the name of `library`, in the folder `to`.

    `asked` is what the names of its functions begin with. Raises ValueError where `caller` calls none.
    """
    said = subprocess.run(["nm", "-D", caller], capture_output=True, text=True, check=True).stdout
    found = {match[1]: match[2] or "" for match in _ASKED.finditer(said) if _begins(match[1], asked)}
    if not found:
        raise ValueError(f"{caller.name} calls no function {asked}…")
    to.mkdir(parents=True, exist_ok=True)
    made = to / library.name
    code, versions = made.with_suffix(".c"), made.with_suffix(".map")
    code.write_text(
        "".join(f"long {name}(void) {{ return {_ANSWERS.get(name, '0')}; }}\n" for name in sorted(found)),
        "ascii",
    )
    versions.write_text("".join(_declared(found)), "ascii")
    subprocess.run(
        [
            os.environ.get("CC", "cc"), "-shared", "-s", "-nostdlib", "-O2", "-fPIC", "-Wl,--build-id=sha1",
            "-Wl,-z,max-page-size=4096", f"-Wl,-soname,{library.name}",
            f"-Wl,--version-script={versions.name}", "-o", made.name, code.name,
        ],
        cwd=to, check=True,
    )  # fmt: skip
    return made


def _begins(name: str, asked: str) -> bool:
    return name.lstrip("_").startswith(asked)


def _declared(found: Mapping[str, str]) -> Iterator[str]:
    """The linker's words for the functions by their versions; what is of no version is called by no other."""
    hidden = "local: *; "
    for version in sorted(set(found.values())):
        names = sorted(name for name, at in found.items() if at == version)
        yield f"{version} {{ global: {'; '.join(names)}; {hidden}}};\n"
        hidden = ""
