"""A pack on disk: a folder as it is, or a zip unpacked only after its own table proved harmless."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from console.domain.errors import Refused

MANIFEST = "city.toml"

_MEGABYTE = 1_000_000
_MOST_BYTES = 1_000 * _MEGABYTE
_MOST_ENTRIES = 1_000
# Text and geometry shrink to a tenth at best; what claims a two-hundredth is made to explode.
_MOST_RATIO = 200
_RATIO_MATTERS_FROM = 10 * _MEGABYTE
_PART = 1 << 20
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, UnicodeDecodeError, ValueError)


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The folder of a pack, for as long as the context lasts.

    Raises Refused: `pack_missing`, `pack_no_manifest`, and for zips `pack_zip_broken`,
    `pack_zip_too_large`, `pack_zip_too_many`, `pack_zip_bomb`, `pack_zip_encrypted`, `pack_zip_name`.
    """
    if path.is_dir():
        yield _with_manifest(path, path)
    elif path.is_file():
        with TemporaryDirectory(prefix="grid-pack-") as folder:
            _unpack(path, Path(folder))
            yield _with_manifest(_only_folder(Path(folder)), path)
    else:
        raise Refused("pack_missing", path=path)


def file_in(folder: Path, name: str) -> Path:
    """A file of the pack by its name in the manifest.

    Raises Refused: `pack_file_outside`, `pack_file_missing`, `file_unreadable`.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise Refused("pack_file_outside", file=name)
    if not path.is_file():
        raise Refused("pack_file_missing", file=name)
    return _readable(path, name)


def _with_manifest(folder: Path, path: Path) -> Path:
    if not (folder / MANIFEST).is_file():
        raise Refused("pack_no_manifest", path=path, file=MANIFEST)
    _readable(folder / MANIFEST, MANIFEST)
    return folder


def _readable(path: Path, name: str) -> Path:
    try:
        path.open("rb").close()
    except OSError as error:
        raise Refused("file_unreadable", file=name, said=error.strerror or str(error)) from None
    return path


def _only_folder(folder: Path) -> Path:
    """The folder itself, or the one folder in it where the zip was made of a folder."""
    inside = list(folder.iterdir())
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else folder


def _unpack(path: Path, into: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_harmful(entries, path)
            for entry in entries:
                _extract(archive, entry, into)
    except (*_BROKEN, OSError) as error:
        raise Refused("pack_zip_broken", path=path, said=str(error)) from None


def _refuse_harmful(entries: list[zipfile.ZipInfo], path: Path) -> None:
    if len(entries) > _MOST_ENTRIES:
        raise Refused("pack_zip_too_many", path=path, entries=len(entries), most=_MOST_ENTRIES)
    claimed = sum(entry.file_size for entry in entries)
    if claimed > _MOST_BYTES:
        sizes = {"megabytes": claimed // _MEGABYTE, "most": _MOST_BYTES // _MEGABYTE}
        raise Refused("pack_zip_too_large", path=path, **sizes)
    if claimed > _RATIO_MATTERS_FROM and claimed > _MOST_RATIO * path.stat().st_size:
        raise Refused("pack_zip_bomb", path=path, megabytes=claimed // _MEGABYTE)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if entry.flag_bits & 0x1:
            raise Refused("pack_zip_encrypted", path=path, entry=name)
        if entry.compress_type not in _METHODS:
            raise Refused("pack_zip_broken", path=path, said=f"{name}: method {entry.compress_type}")
        if not _is_plain(entry) or name.casefold() in seen:
            raise Refused("pack_zip_name", path=path, entry=name)
        seen.add(name.casefold())


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    """An ordinary file below the folder: no link, device, absolute or climbing name."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    name = entry.orig_filename
    parts = PurePosixPath(name).parts
    climbs = name.startswith("/") or ".." in parts or not parts or any(":" in part for part in parts)
    return kind in (0, stat.S_IFREG) and not climbs and "\\" not in name and "\0" not in name


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, into: Path) -> None:
    target = into / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as source, target.open("xb") as out:
        while part := source.read(_PART):  # never yields more than the entry claims
            out.write(part)
