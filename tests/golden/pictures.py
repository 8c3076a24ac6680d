"""Stored pictures of screens: small palette files, compared block by block, told side by side."""

import os
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from PySide6.QtGui import QImage, QPixmap

STORED = Path(__file__).parent / "stored"
WRITING = os.environ.get("GOLDEN") == "write"
HOW = "GOLDEN=write packaging/test tests/golden"

_SMALLER = 2  # pictures are kept at half the size: enough to look at, a third of the bytes
_BLOCK = 8 // _SMALLER  # 8 px of the screen: letters may be smoothed otherwise, a block of them is as dark
_APART = 22  # of 255, the mean of a block
_MOST_BLOCKS = 12  # a small button has thirty
_COLOURS = 128  # by the widest coverage: the few pixels of a lamp keep their colour

Pixels = npt.NDArray[np.uint8]


def picture_of(grabbed: QPixmap) -> Image.Image:
    """What Qt painted, as a picture of plain colours."""
    image = grabbed.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return Image.fromarray(rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).copy())


def stored_form(picture: Image.Image) -> Image.Image:
    """The picture as it is kept: half as large, with few colours."""
    size = (picture.width // _SMALLER, picture.height // _SMALLER)
    return picture.resize(size, Image.Resampling.BOX).quantize(
        _COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
    )


def blocks_apart(one: Image.Image, other: Image.Image) -> npt.NDArray[np.bool_]:
    """Which blocks of two kept pictures of one size look different."""
    means = [_means(np.asarray(picture.convert("RGB"))) for picture in (one, other)]
    apart: npt.NDArray[np.bool_] = np.abs(means[0] - means[1]).max(axis=2) > _APART
    return apart


def check(picture: Image.Image, name: str) -> str:
    """What is wrong with a picture, empty when it is as stored; or store it, where that is wished."""
    file = STORED / f"{name}.png"
    if WRITING:
        STORED.mkdir(exist_ok=True)
        stored_form(picture).save(file, optimize=True)
        return ""
    if not file.exists():
        return f"no picture {file.name} is stored: {HOW}"
    with Image.open(file) as kept:
        expected = kept.convert("RGB")
    picture = stored_form(picture).convert("RGB")
    if expected.size != picture.size:
        return f"{name}: {picture.size} instead of {expected.size}"
    apart = blocks_apart(expected, picture)
    if apart.sum() <= _MOST_BLOCKS:
        return ""
    return f"{name}: {apart.sum()} blocks look different, see {_side_by_side(expected, picture, apart, name)}"


def _means(pixels: Pixels) -> npt.NDArray[np.float64]:
    height, width = (side // _BLOCK * _BLOCK for side in pixels.shape[:2])
    cut = pixels[:height, :width].reshape(height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK, 3)
    means: npt.NDArray[np.float64] = cut.mean(axis=(1, 3))
    return means


def _side_by_side(expected: Image.Image, got: Image.Image, apart: npt.NDArray[np.bool_], name: str) -> Path:
    """Stored, painted and where they differ, in one picture outside the tree."""
    width, height = got.size
    where = Image.fromarray((apart * 255).astype(np.uint8)).resize((width, height), Image.Resampling.NEAREST)
    red = Image.composite(Image.new("RGB", got.size, (220, 0, 0)), got, where)
    whole = Image.new("RGB", (3 * width, height))
    for at, part in enumerate((expected, got, red)):
        whole.paste(part, (at * width, 0))
    folder = Path(tempfile.gettempdir()) / "grid-console-golden"
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.png"
    whole.save(file)
    return file
