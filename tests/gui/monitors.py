"""Monitors on a virtual X screen: the room of one Xvfb, divided by RandR as a graphics card would."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_char_p, c_int, c_ulong, c_void_p


class _Monitor(ctypes.Structure):
    """XRRMonitorInfo of Xrandr.h."""

    _fields_ = (
        ("name", c_ulong), ("primary", c_int), ("automatic", c_int), ("outputs", c_int),
        ("x", c_int), ("y", c_int), ("width", c_int), ("height", c_int),
        ("width_mm", c_int), ("height_mm", c_int), ("output", c_void_p),
    )  # fmt: skip


class _Resources(ctypes.Structure):
    """The beginning of XRRScreenResources."""

    _fields_ = (
        ("time", c_ulong), ("configured", c_ulong), ("crtcs", c_int), ("crtc", c_void_p),
        ("outputs", c_int), ("output", ctypes.POINTER(c_ulong)),
    )  # fmt: skip


class Monitors:
    """Sets and takes away monitors of the running X server; Qt is told by the server itself.

    The library is there wherever the browser engine runs: it needs it too.
    """

    def __init__(self) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        self._randr = ctypes.CDLL("libXrandr.so.2")
        self._x.XOpenDisplay.restype = c_void_p
        self._x.XInternAtom.restype = self._x.XDefaultRootWindow.restype = c_ulong
        self._display = c_void_p(self._x.XOpenDisplay(None))
        self._root = c_ulong(self._x.XDefaultRootWindow(self._display))
        self._randr.XRRGetScreenResources.restype = ctypes.POINTER(_Resources)
        found = self._randr.XRRGetScreenResources(self._display, self._root).contents
        self._output = (c_ulong * 1)(found.output[0])

    def set(self, name: str, x: int, y: int, width: int, height: int, *, primary: bool = False) -> None:
        """The primary one takes the server's only output, whose own monitor goes with that."""
        size = (x, y, width, height, width // 4, height // 4)
        output = ctypes.cast(self._output, c_void_p) if primary else None
        monitor = _Monitor(self._atom(name), primary, 0, int(primary), *size, output)
        self._randr.XRRSetMonitor(self._display, self._root, byref(monitor))
        self._x.XSync(self._display, 0)

    def take(self, name: str) -> None:
        self._randr.XRRDeleteMonitor(self._display, self._root, c_ulong(self._atom(name)))
        self._x.XSync(self._display, 0)

    def close(self) -> None:
        self._x.XCloseDisplay(self._display)

    def _atom(self, name: str) -> int:
        return int(self._x.XInternAtom(self._display, c_char_p(name.encode()), 0))


@contextmanager
def two_monitors() -> Iterator[Monitors]:
    """The room of 3200 x 1080 as a left monitor of 1920 x 1080 and a right one of 1280 x 1024."""
    monitors = Monitors()
    monitors.set("left", 0, 0, 1920, 1080, primary=True)
    monitors.set("right", 1920, 0, 1280, 1024)
    try:
        yield monitors
    finally:
        monitors.take("right")
        monitors.take("left")
        monitors.close()
