"""Cases per square kilometre as a small raster: a kernel density with a quartic kernel."""

import math
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.geography.mercator import mercator
from console.geography.rings import Floats

MAGIC = b"GHM1"
STEPS = 5
_HEAD = struct.Struct("<4s2I3d")
_CELLS_PER_BANDWIDTH = 8  # a place is then at most a sixteenth of the bandwidth from its cell's middle
_MOST_SIDE = 768
_FULL = 255
_ONE_STEP = _FULL // STEPS
_NICE = (1.0, 2.0, 5.0)


@dataclass(frozen=True, eq=False)
class Density:
    """`per_km2` over square cells of `step` metres of EPSG:3857, rows from north to south; `west` and
    `north` are the outer corner, `bandwidth` the kernel's radius on the ground in metres."""

    per_km2: Floats
    west: float
    north: float
    step: float
    bandwidth: float

    @property
    def peak(self) -> float:
        """The greatest density; 0 where nothing is."""
        return float(self.per_km2.max()) if self.per_km2.size else 0.0

    @property
    def breaks(self) -> tuple[float, ...]:
        """The densities at which the five colours begin: round numbers that end below the peak."""
        return nice_breaks(self.peak)


def density(lon: Floats, lat: Floats, bandwidth: float) -> Density:
    """The density of places in lon/lat degrees (EPSG:4490).

    Within the bandwidth a case counts 3/(pi r^2) (1 - d^2/r^2)^2 at the distance d, nothing beyond; the whole
    of it is 1. The scale of the projection is taken at the middle: over a city it changes by less than 1 %.
    """
    if not len(lon):
        return Density(np.zeros((0, 0)), 0.0, 0.0, 1.0, bandwidth)
    east, north = mercator(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    shrunk = math.cos(math.radians(float(np.median(lat))))  # metres on the ground to one of the projection
    reach = bandwidth / shrunk
    extent = max(float(np.ptp(east)), float(np.ptp(north))) + 2 * reach
    step = max(reach / _CELLS_PER_BANDWIDTH, extent / _MOST_SIDE)
    margin = math.ceil(reach / step) + 1
    west, top = float(east.min()) - (margin + 0.5) * step, float(north.max()) + (margin + 0.5) * step
    column, row = (east - west) / step, (top - north) / step
    shape = (int(row.max()) + 2 + margin, int(column.max()) + 2 + margin)
    counts = _shared_out(column - 0.5, row - 0.5, shape)
    smooth = _convolved(counts, _kernel(reach / step))
    cell_km2 = (step * shrunk / 1000.0) ** 2
    return Density(smooth / cell_km2, west, top, step, bandwidth)


def nice_breaks(peak: float) -> tuple[float, ...]:
    """Five rising round numbers (1, 2, 5 and their tens), the last the greatest not above the peak."""
    if peak <= 0:
        return ()
    ten = math.floor(math.log10(peak))
    steps = [nice * 10.0**power for power in range(ten - 3, ten + 1) for nice in _NICE]
    below = [step for step in steps if step <= peak * (1 + 1e-9)]
    return tuple(float(f"{step:.3g}") for step in below[-STEPS:])


def packed_density(found: Density) -> bytes:
    """What the page draws, little endian: GHM1, u32 columns, rows, f64 west, north and metres a cell of
    EPSG:3857; then a byte a cell, rows from north to south: 51 k at the k-th break, between them by the
    logarithm, and falling to 0 at nothing below the first.
    """
    rows, columns = found.per_km2.shape
    head = _HEAD.pack(MAGIC, columns, rows, found.west, found.north, found.step)
    breaks = found.breaks
    if not breaks:
        return head + bytes(rows * columns)
    top = max(found.peak, breaks[-1] * 1.0001)
    # The colour of the last break lasts to the peak; the bytes go no further than it.
    marks = np.log([breaks[0] / 100.0, *breaks, top])
    levels = [0.0, *(float(_ONE_STEP * k) for k in range(1, STEPS + 1)), float(_FULL)]
    scaled = np.interp(np.log(np.maximum(found.per_km2, breaks[0] / 100.0)), marks, levels)
    low = found.per_km2 < breaks[0]
    scaled[low] = found.per_km2[low] / breaks[0] * _ONE_STEP
    return head + np.round(scaled).astype(np.uint8).tobytes()


def _shared_out(column: Floats, row: Floats, shape: tuple[int, int]) -> Floats:
    """Each case shared among the four cells around it, by nearness."""
    left, top = np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)
    right_share, low_share = column - left, row - top
    counts = np.zeros(shape[0] * shape[1])
    for down, share_y in ((0, 1.0 - low_share), (1, low_share)):
        for across, share_x in ((0, 1.0 - right_share), (1, right_share)):
            place = (top + down) * shape[1] + left + across
            counts += np.bincount(place, weights=share_x * share_y, minlength=len(counts))
    return counts.reshape(shape)


def _kernel(radius: float) -> Floats:
    half = math.ceil(radius)
    away = np.arange(-half, half + 1) / radius
    inside = np.maximum(1.0 - away[:, None] ** 2 - away[None, :] ** 2, 0.0) ** 2
    kernel: NDArray[np.float64] = inside / inside.sum()
    return kernel


def _convolved(counts: Floats, kernel: Floats) -> Floats:
    """Through the Fourier transform: the same as adding up, and quick however many cases there are."""
    half = kernel.shape[0] // 2
    shape = [size + kernel.shape[0] - 1 for size in counts.shape]
    product = np.fft.rfft2(counts, shape) * np.fft.rfft2(kernel, shape)
    whole = np.fft.irfft2(product, shape)
    found: Floats = np.maximum(whole[half : half + counts.shape[0], half : half + counts.shape[1]], 0.0)
    return found
