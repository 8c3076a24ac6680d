"""What one user left in the data folder: small JSON documents, replaced whole, put aside when damaged."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from console.domain.errors import Refused
from console.whole_file import write_whole

_LONGEST_NAME = 200  # of a folder, in bytes; file systems take 255


def own_folder(folder: Path, operator: str) -> Path:
    """Where things of `operator` are kept under a data folder; any name makes a name of a folder."""
    name = quote(operator, safe="").replace(".", "%2E")  # quote leaves "..", which is another folder
    if len(name) > _LONGEST_NAME:  # a Chinese name of 64 letters
        name = sha256(operator.encode()).hexdigest()
    return folder / "seats" / name


def kept(path: Path) -> Any:
    """The document, None where there is none.

    Raises Refused("kept_damaged") naming the file; it is moved aside first, so that the next writing
    does not lose what can still be read in it.
    """
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, RecursionError) as problem:
        raise put_aside(path, problem) from problem


def put_aside(path: Path, problem: object) -> Refused:
    """Move a damaged document out of the way; the refusal that tells of it."""
    aside = path.with_suffix(f"{path.suffix}.damaged")
    try:
        path.replace(aside)
    except OSError:
        aside = path
    return Refused("kept_damaged", file=aside, said=problem)


def keep(path: Path, document: object) -> None:
    """Write the document whole or not at all. Raises Refused("folder_not_writable")."""
    # Half a sign, as a broken paste leaves it, is kept as it was typed.
    keep_bytes(path, json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass"))


def keep_bytes(path: Path, data: bytes) -> None:
    """The same of what is no JSON; the folder is made. Raises Refused("folder_not_writable")."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as problem:
        raise Refused(
            "folder_not_writable", folder=path.parent, said=problem.strerror or problem
        ) from problem


def forget(path: Path) -> None:
    """Let the document go, if there is one."""
    path.unlink(missing_ok=True)
