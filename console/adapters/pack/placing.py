"""Putting a finished pack in its place: made beside it, checked for room, renamed at the end."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, ENOTDIR
from pathlib import Path
from tempfile import mkdtemp

from console.adapters.pack.archive import MANIFEST
from console.domain.errors import Refused

_ZIP = ".zip"
_EPOCH = (2000, 1, 1, 0, 0, 0)  # the same pack makes the same zip, whenever it is written


@contextmanager
def placed(path: Path) -> Iterator[Path]:
    """A folder to fill; when the context ends well it becomes the pack at `path`, a zip for `.zip`.

    An older pack at `path` is replaced; when the context fails nothing has changed.
    Raises Refused as refuse_target.
    """
    refuse_target(path)
    try:
        work = Path(mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as error:
        raise _refused(path.parent, error) from None
    try:
        new = work / "new"
        new.mkdir()
        yield new
        if path.suffix.lower() == _ZIP:
            new = _zipped(new, work / "new.zip")
        if path.exists():
            path.rename(work / "old")
        try:
            new.rename(path)
        except OSError:
            with suppress(FileNotFoundError):
                (work / "old").rename(path)
            raise
    except OSError as error:
        raise _refused(path, error) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def refuse_target(path: Path) -> None:
    """Refuses a place where no pack can be put, before there is one.

    Raises Refused: `pack_ending`, `pack_place_taken` by something that is no pack, `pack_parent_missing`,
    `pack_folder_not_writable`.
    """
    if path.suffix and path.suffix.lower() != _ZIP and not path.is_dir():
        raise Refused("pack_ending", path=path, ending=path.suffix)
    if path.exists() and not _is_pack(path):
        raise Refused("pack_place_taken", path=path)
    parent = path.parent
    if not parent.is_dir():
        if parent.exists() or any(part.is_file() for part in parent.parents):
            raise _refused(path, OSError(ENOTDIR, os.strerror(ENOTDIR)))
        raise Refused("pack_parent_missing", path=parent)
    if not os.access(parent, os.W_OK | os.X_OK):
        raise _refused(parent, OSError(EACCES, os.strerror(EACCES)))


def _refused(path: Path, error: OSError) -> Refused:
    return Refused("pack_folder_not_writable", path=path, said=error.strerror or str(error))


def _is_pack(path: Path) -> bool:
    if path.is_dir():
        return (path / MANIFEST).is_file() or not any(path.iterdir())
    return path.suffix.lower() == _ZIP and zipfile.is_zipfile(path)


def _zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), _EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, file.read_bytes())
    return path
