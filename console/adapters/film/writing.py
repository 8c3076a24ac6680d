"""The pictures into files: a folder of PNG, or one WebM where the encoder is; whole or not at all."""

import shutil
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from console.domain.errors import Refused

_QUALITY = {"crf": "32", "b": "0", "deadline": "realtime", "cpu-used": "8", "row-mt": "1"}


class FilmWriter(Protocol):
    """Takes pictures in their order; ends with `finish`, or with `drop`, after which nothing is there."""

    def take(self, picture: NDArray[np.uint8]) -> None: ...

    def finish(self) -> None: ...

    def drop(self) -> None: ...


def can_encode() -> bool:
    """Whether video can be written: the encoder comes with the extra `video`."""
    return find_spec("av") is not None


def film_writer(target: Path, width: int, height: int, rate: int) -> FilmWriter:
    """What writes to `target`: WebM (VP9, free of patents) for .webm, else a new folder of PNG.

    Raises Refused: `film_no_encoder`, `film_present` where a folder is not empty, `film_not_written`.
    """
    if target.suffix.lower() != ".webm":
        return _Series(target)
    if not can_encode():
        raise Refused("film_no_encoder")
    return _WebM(target, width, height, rate)


class _Series:
    def __init__(self, target: Path) -> None:
        self._target = target
        self._number = 0
        try:
            self._made = not target.exists()
            if not self._made and (not target.is_dir() or any(target.iterdir())):
                raise Refused("film_present", file=target)
            target.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Refused("film_not_written", file=target, said=problem.strerror) from problem

    def take(self, picture: NDArray[np.uint8]) -> None:
        self._number += 1
        file = self._target / f"{self._number:06d}.png"
        try:
            Image.fromarray(picture).save(file, compress_level=1)
        except OSError as problem:
            raise Refused("film_not_written", file=file, said=problem.strerror or problem) from problem

    def finish(self) -> None:
        """All of it is there."""

    def drop(self) -> None:
        for number in range(1, self._number + 1):
            with suppress(OSError):
                (self._target / f"{number:06d}.png").unlink(missing_ok=True)
        if self._made:
            shutil.rmtree(self._target, ignore_errors=True)


class _WebM:
    def __init__(self, target: Path, width: int, height: int, rate: int) -> None:
        import av  # an extra: a site that makes no films does not carry it

        self._av = av
        self._target = target
        self._part = target.with_name(f"{target.name}.part")
        try:
            self._film = av.open(str(self._part), "w", format="webm")
            self._stream = self._film.add_stream("libvpx-vp9", rate=rate, options=_QUALITY)
        except OSError as problem:
            raise Refused("film_not_written", file=target, said=problem.strerror or problem) from problem
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, "yuv420p"

    def take(self, picture: NDArray[np.uint8]) -> None:
        self._write(self._av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24"))

    def finish(self) -> None:
        self._write(None)
        try:
            self._film.close()
            self._part.replace(self._target)
        except OSError as problem:
            raise Refused(
                "film_not_written", file=self._target, said=problem.strerror or problem
            ) from problem

    def drop(self) -> None:
        with suppress(OSError):  # the disk that was full still is
            self._film.close()
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def _write(self, frame: Any) -> None:
        try:
            for packet in self._stream.encode(frame):
                self._film.mux(packet)
        except OSError as problem:
            raise Refused(
                "film_not_written", file=self._target, said=problem.strerror or problem
            ) from problem
