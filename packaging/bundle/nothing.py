"""Libraries in whose place stands one that does nothing: ours are linked with them, and never ask them.

Pillow would take pictures of the screen by X11, and PROJ read grids from TIFF, of which none come along.
"""

import os
import re
import subprocess
from pathlib import Path

# What answers other than 0, which is no connection, no picture, no file: that there is an error.
_ANSWERS = {"xcb_connection_has_error": 1}
_ASKED = re.compile(r" U (\w+)(?:@(\S+))?$", re.MULTILINE)


def link_nothing(caller: Path, library: Path, asked: str, to: Path) -> Path:
    """Make the library that `caller` is linked with, under the name of `library`, in the folder `to`.

    `asked` is what the names of its functions begin with. Raises ValueError where `caller` calls none.
    """
    said = subprocess.run(["nm", "-D", caller], capture_output=True, text=True, check=True).stdout
    found = {match[1]: match[2] for match in _ASKED.finditer(said) if match[1].startswith(asked)}
    if not found:
        raise ValueError(f"{caller.name} calls no function {asked}…")
    to.mkdir(parents=True, exist_ok=True)
    made = to / library.name
    code, versions = made.with_suffix(".c"), made.with_suffix(".map")
    code.write_text(
        "".join(f"long {name}(void) {{ return {_ANSWERS.get(name, 0)}; }}\n" for name in sorted(found)),
        "ascii",
    )
    node = next((version for version in found.values() if version), "")
    versions.write_text(f"{node} {{ global: {'; '.join(sorted(found))}; local: *; }};\n", "ascii")
    subprocess.run(
        [
            os.environ.get("CC", "cc"), "-shared", "-s", "-nostdlib", "-O2", "-fPIC", "-Wl,--build-id=sha1",
            "-Wl,-z,max-page-size=4096", f"-Wl,-soname,{library.name}",
            f"-Wl,--version-script={versions.name}", "-o", made.name, code.name,
        ],
        cwd=to, check=True,
    )  # fmt: skip
    return made
