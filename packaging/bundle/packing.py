"""How packages are compressed: for release with the filter for programs, which dpkg reads but cannot set."""

import os
import subprocess
from pathlib import Path

_MAGIC = b"!<arch>\n"
_HEAD = 60
# Programs say "so far from here" where they mean one place; the filter says the place, which repeats. Blocks
# of a fixed size come out the same on any number of cores, and are unpacked on several.
COMMANDS = {
    "xz": "xz --format=xz --x86 --lzma2=preset=9,dict=64MiB --block-size=256MiB --threads=2",
    "zstd": "zstd -3",
    "gzip": "gzip -1n",
}
ENDINGS = {"xz": "xz", "zstd": "zst", "gzip": "gz"}


def make_package(tree: Path, file: Path, epoch: int, compression: str) -> None:
    """Pack `tree` with its DEBIAN folder into Debian's form; every file bears the time `epoch`."""
    plain = file.with_suffix(".plain")
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "--no-uniform-compression", "--build", tree, plain],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
    )  # fmt: skip
    try:
        _compress_data(plain, file, compression)
    finally:
        plain.unlink()


def _compress_data(plain: Path, to: Path, compression: str) -> None:
    """Copy the archive with its member data.tar compressed."""
    with plain.open("rb") as source, to.open("wb") as target:
        target.write(source.read(len(_MAGIC)))
        while head := source.read(_HEAD):
            size = int(head[48:58])
            body = source.read(size)
            source.read(size % 2)
            if head[:16].rstrip() == b"data.tar":
                body = subprocess.run(
                    COMMANDS[compression].split(), input=body, stdout=subprocess.PIPE, check=True
                ).stdout
                name = f"data.tar.{ENDINGS[compression]}".encode().ljust(16)
                head = name + head[16:48] + str(len(body)).encode().ljust(10) + head[58:]
            target.write(head + body + b"\n" * (len(body) % 2))
