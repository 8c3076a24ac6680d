"""The console: scheme: the map page's files, its data by name, and its way to speak back."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QDataStream, QObject, QUrl, Signal
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlSchemeHandler
from shiboken6 import isValid
from xstatic.pkg import leaflet

from console.ui.map.engine import HOST, SCHEME, register_scheme
from console.ui.map.said import understand

log = logging.getLogger(__name__)

PAGE_URL: Final = QUrl(f"{SCHEME.decode()}://{HOST}/")
POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_MIME: Final = {
    ".html": b"text/html;charset=utf-8",
    ".js": b"text/javascript;charset=utf-8",
    ".css": b"text/css;charset=utf-8",
    ".png": b"image/png",
}
BINARY: Final = b"application/octet-stream"
JSON: Final = b"application/json"


_TILE: Final = re.compile(r"tile/(\d{1,9})/(\d{1,2})/(\d{1,8})/(\d{1,8})", re.ASCII)


@dataclass(frozen=True)
class Reply:
    """The body of one answer and its media type."""

    body: bytes
    mime: bytes


TileAsker = Callable[[tuple[int, int, int, int], Callable[[Reply | None], None]], None]


class ConsoleScheme(QWebEngineUrlSchemeHandler):
    """Answers the map page and nobody else.

    Signals:
        said(Said): the page spoke, and what it said is in the vocabulary.
    """

    said = Signal(object)

    def __init__(self, engine_files: Path, parent: QObject | None = None) -> None:
        register_scheme()
        super().__init__(parent)
        self._folders = {"engine": engine_files, "leaflet": Path(leaflet.BASE_DIR)}
        self._made: dict[str, bytes] = {}
        self._data: Callable[[str], Reply | None] | None = None
        self._waiting: list[QWebEngineUrlRequestJob] = []
        self._tiles: TileAsker = lambda asked, answer: answer(None)

    def serve_page(self, html: bytes, parts: dict[str, bytes]) -> None:
        """Give the base page and the files that belong to it."""
        self._made = {"": html, **{f"page/{name}": text for name, text in parts.items()}}

    def serve_data(self, data: Callable[[str], Reply | None]) -> None:
        """Let `data` answer /data/NAME; None means that there is no such thing.

        A page may load before that: what it has asked for until now waits, and is answered here.
        """
        self._data = data
        waiting, self._waiting = self._waiting, []
        for job in filter(isValid, waiting):
            self.requestStarted(job)

    def serve_tiles(self, tiles: TileAsker) -> None:
        """Let `tiles` answer /tile/VERSION/Z/X/Y, now or later, on this thread."""
        self._tiles = tiles

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        path = url.path().removeprefix("/")
        if url.host() != HOST or not _from_our_page(job.initiator(), path):
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
        elif job.requestMethod() == b"POST":
            self._hear(job, path)
        elif path.startswith("tile/"):
            self._ask_tile(job, path)
        elif self._data is None and path.startswith("data/"):
            self._waiting.append(job)
        else:
            self._answer(job, self._find(path))

    def _ask_tile(self, job: QWebEngineUrlRequestJob, path: str) -> None:
        found = _TILE.fullmatch(path)
        if found is None:
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return

        def answer(reply: Reply | None) -> None:
            if isValid(job):  # the page may have asked for something else since, or be gone
                self._answer(job, reply)

        version, zoom, x, y = map(int, found.groups())
        self._tiles((version, zoom, x, y), answer)

    def _hear(self, job: QWebEngineUrlRequestJob, path: str) -> None:
        said = understand(path.removeprefix("say/")) if path.startswith("say/") else None
        if said is None:
            log.warning("the map page said something outside its vocabulary")
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        self._answer(job, Reply(b"", BINARY))
        self.said.emit(said)

    def _find(self, path: str) -> Reply | None:
        folder, _, name = path.partition("/")
        if path in self._made:
            return Reply(self._made[path], _MIME[Path(path or "page.html").suffix])
        if folder == "data":
            return self._data(name) if self._data is not None else None
        root = self._folders.get(folder)
        if root is None:
            return None
        file = (root / name).resolve()
        if not file.is_relative_to(root.resolve()) or file.suffix not in _MIME or not file.is_file():
            return None
        return Reply(file.read_bytes(), _MIME[file.suffix])

    def _answer(self, job: QWebEngineUrlRequestJob, reply: Reply | None) -> None:
        if reply is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        # The value must be a list, whatever the type stub says: a plain string is taken apart into
        # letters without a word, and the policy would be void.
        headers: Any = {
            QByteArray(name.encode()): [QByteArray(value.encode())] for name, value in _HEADERS.items()
        }
        job.setAdditionalResponseHeaders(headers)
        # Chromium reads the body on a thread of its own. A device made in Python would ask there for the
        # interpreter before each of its methods is first called, behind whatever else is busy at a start;
        # the stream makes its device itself, and ends it.
        held = [QDataStream(QByteArray(reply.body))]
        job.destroyed.connect(lambda: held.clear())
        job.reply(QByteArray(reply.mime), held[0].device())


def _from_our_page(initiator: QUrl, path: str) -> bool:
    """Whether a request was made by our own page; only the page itself is opened by nobody."""
    if initiator.scheme() == SCHEME.decode() and initiator.host() == HOST:
        return True
    return path == "" and (initiator.isEmpty() or initiator.toString() == "null")
