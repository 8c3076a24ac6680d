"""The base page as folium made it, kept between starts: importing folium takes a third of a second."""

import hashlib
import json
import logging
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

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


def kept_page(folder: Path) -> BasePage:
    """The page kept in `folder` by the same makers, or a new one that is then kept there.

    Off the GUI thread. A folder that cannot be written only costs the time to make the page again.
    """
    file = folder / f"map-page-{_makers()}.json"
    try:
        told = json.loads(file.read_text("utf-8"))
        return BasePage(told["html"].encode(), {name: text.encode() for name, text in told["parts"].items()})
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        page = _made()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        parts = {name: text.decode() for name, text in page.parts.items()}
        fresh.write_text(json.dumps({"html": page.html.decode(), "parts": parts}), "utf-8")
        fresh.replace(file)
    except OSError as problem:
        log.warning("the map's base page is not kept: %s", problem)
    return page


def _made() -> BasePage:
    from console.ui.map.document import base_page  # folium, only when there is no page of its making yet

    return base_page()


def _makers() -> str:
    """Names those who made the page: the libraries' versions and our own text of it."""
    digest = hashlib.sha256()
    for name in _MAKERS:
        digest.update(f"{name} {version(name)};".encode())
    source = Path(__file__).with_name("document.py")
    digest.update(source.read_bytes() if source.exists() else version("grid-console").encode())
    return digest.hexdigest()[:16]
