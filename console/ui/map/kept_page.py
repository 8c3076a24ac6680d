"""The base page as folium made it, kept between starts: importing folium takes a third of a second."""

import hashlib
import json
import logging
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from xstatic.pkg import leaflet

from console.system import resource
from console.whole_file import write_whole

log = logging.getLogger(__name__)

_MAKERS = ("folium", "branca", "jinja2")


@dataclass(frozen=True)
class BasePage:
    """The page and the scripts and styles that folium wrote into it, as files of their own.

    `parts` maps a file name (`part0.js`) to its text: a page without anything inline can be held to a
    content security policy without exceptions.
    """

    html: bytes
    parts: dict[str, bytes]


def kept_page(folder: Path, engine_files: Path | None = None) -> BasePage:
    """The page kept in `folder` by the same makers of the same scripts, or a new one that is then kept there.

    Off the GUI thread. A folder that cannot be written only costs the time to make the page again.
    """
    engine_files = engine_files or resource("map")
    file = folder / f"map-page-{_makers(engine_files)}.json"
    try:
        told = json.loads(file.read_text("utf-8"))
        return BasePage(told["html"].encode(), {name: text.encode() for name, text in told["parts"].items()})
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        page = _made(engine_files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        parts = {name: text.decode() for name, text in page.parts.items()}
        write_whole(file, json.dumps({"html": page.html.decode(), "parts": parts}).encode())
    except OSError as problem:
        log.warning("the map's base page is not kept: %s", problem)
    return page


def _made(engine_files: Path) -> BasePage:
    from console.ui.map.document import base_page  # folium, only when there is no page of its making yet

    return base_page(engine_files)


def _makers(engine_files: Path) -> str:
    """Names those who made the page: the libraries' versions, our own text of it, and what it is made of."""
    digest = hashlib.sha256()
    for name in (*_MAKERS, "grid-console"):
        digest.update(f"{name} {version(name)};".encode())
    sources = [Path(__file__).with_name(name) for name in ("document.py", "bundle.py")]
    sources.append(Path(leaflet.BASE_DIR) / "leaflet.css")
    for source in (*sources, *sorted(engine_files.iterdir())):
        if source.is_file():  # in a package our own modules are no files
            digest.update(f"{source.name};".encode() + source.read_bytes())
    return digest.hexdigest()[:16]
