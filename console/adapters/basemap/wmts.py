"""WMTS on the intranet: fetched by this process from hosts that the site allows, kept on the disk."""

import hashlib
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from console.adapters.basemap.archive import NO_TILE, Tile
from console.domain.errors import Refused

KEPT_BYTES = 300_000_000
_MOST_TILE = 4_000_000
_MOST_CAPABILITIES = 8_000_000
_PATIENCE_S = 4.0
_QUIET_S = 30.0  # after a host did not answer it is left alone so long
_WORLD = 559_082_264.0287178  # the scale of zoom 0 in pixels of 0.28 mm, as WMTS counts
_HEADS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_SETS = ("googlemapscompatible", "webmercatorquad", "epsg:3857", "epsg:900913", "epsg::3857", "epsg::900913")


@dataclass(frozen=True, slots=True)
class WmtsLayer:
    """One layer in Web Mercator: an address with {z}, {x} and {y}; `matrices` names the zooms' matrices."""

    title: str
    template: str
    matrices: Mapping[int, str]

    def address(self, zoom: int, x: int, y: int) -> str:
        matrix = self.matrices.get(zoom, str(zoom))
        return self.template.replace("{z}", matrix).replace("{x}", str(x)).replace("{y}", str(y))


class Wmts:
    """A service by the address of its capabilities or a template of its tiles ({z} {x} {y}).

    Nothing is asked of a host outside `hosts`, whatever the service itself says. For many threads.
    """

    def __init__(self, address: str, name: str, hosts: Sequence[str], kept: Path) -> None:
        self.name = name
        self._address = address
        self._hosts = {host.lower() for host in hosts}
        self.folder = kept / hashlib.sha256(address.encode()).hexdigest()[:16]
        self._layer: WmtsLayer | None = None
        self._quiet_until = 0.0
        self._keeping = Lock()
        self._written = 0
        # No proxy and no redirection: the request goes to the host that was allowed, or nowhere.
        self._opener: OpenerDirector = build_opener(ProxyHandler({}), _NoRedirection())

    def open(self) -> WmtsLayer:
        """The layer. Raises Refused: `basemap_host`, `basemap_offline`, `basemap_capabilities`."""
        if self._layer is None:
            if "{z}" in self._address:
                self.allowed(self._address)
                self._layer = WmtsLayer(self.name, self._address, {})
            else:
                data = self._fetched(self._address, _MOST_CAPABILITIES)
                self._layer = read_capabilities(data, self._address, self.name)
                self.allowed(self._layer.template)
        return self._layer

    def tile(self, zoom: int, x: int, y: int) -> Tile:
        """A tile from the disk or from the service. Raises Refused as `open`."""
        file = self.folder / f"{zoom}-{x}-{y}"
        try:
            data = file.read_bytes()
        except OSError:
            data = self._fetched(self.open().address(zoom, x, y), _MOST_TILE)
            self._keep(file, data)
        media = media_of(data)
        return Tile(media, data) if media else NO_TILE

    def allowed(self, address: str) -> None:
        """Raises Refused("basemap_host") for an address that is not of an allowed host."""
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or host not in self._hosts or parts.username is not None:
            raise Refused("basemap_host", host=host or address[:80])

    def _fetched(self, address: str, most: int) -> bytes:
        self.allowed(address)
        host = urlsplit(address).hostname
        if time.monotonic() < self._quiet_until:
            raise Refused("basemap_offline", host=host, said="")
        try:
            with self._opener.open(Request(address), timeout=_PATIENCE_S) as answer:
                data: bytes = answer.read(most + 1)
                if answer.length and len(data) <= most:  # reading up to a size does not mind that
                    raise HTTPException(f"broken off after {len(data)} bytes")
        except (URLError, HTTPException, OSError, ValueError) as problem:
            code = getattr(problem, "code", 0)
            if code in (204, 404):
                return b""
            self._quiet_until = time.monotonic() + _QUIET_S
            raise Refused("basemap_offline", host=host, said=str(problem)[:120]) from None
        if len(data) > most:
            raise Refused("basemap_damaged", file=self.name, field=address[:120], said=f"> {most} bytes")
        return data

    def _keep(self, file: Path, data: bytes) -> None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_suffix(".new")
            fresh.write_bytes(data)
            fresh.replace(file)
        except OSError:
            return  # it is only a copy
        with self._keeping:
            self._written += len(data)
            if self._written > KEPT_BYTES // 20:
                self._written = 0
                trimmed(self.folder.parent)

    def close(self) -> None:
        """Nothing is held open."""


def trimmed(folder: Path, most: int = KEPT_BYTES) -> None:
    """Let the oldest tiles go, down to nine tenths of what may be kept."""
    files = []
    for one in folder.glob("*/*"):
        try:
            state = one.stat()
        except OSError:  # another seat was quicker
            continue
        files.append((state.st_mtime, state.st_size, one))
    over = sum(size for _, size, _ in files) - most
    if over <= 0:
        return
    over += most // 10
    for _, size, one in sorted(files, key=lambda item: item[0]):
        if over <= 0:
            break
        one.unlink(missing_ok=True)
        over -= size


def media_of(data: bytes) -> str:
    """The media type of a picture by its first bytes, empty for anything else."""
    found = next((media for head, media in _HEADS if data.startswith(head)), "")
    return found or ("image/webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else "")


def read_capabilities(data: bytes, address: str, name: str) -> WmtsLayer:
    """The first layer that is offered in Web Mercator. Raises Refused("basemap_capabilities")."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as problem:
        raise Refused("basemap_capabilities", name=name, said=str(problem)[:120]) from None
    sets = {}
    for one in root.iterfind(".//{*}Contents/{*}TileMatrixSet"):
        said = f"{one.findtext('{*}Identifier', '')} {one.findtext('{*}SupportedCRS', '')} " + one.findtext(
            "{*}WellKnownScaleSet", ""
        )
        if any(known in said.lower() for known in _SETS):
            sets[one.findtext("{*}Identifier", "")] = _matrices(one)
    for layer in root.iterfind(".//{*}Contents/{*}Layer"):
        for link in layer.iterfind("{*}TileMatrixSetLink/{*}TileMatrixSet"):
            if link.text in sets:
                return _layer(layer, str(link.text), sets[str(link.text)], address)
    raise Refused("basemap_capabilities", name=name, said="no layer in Web Mercator (EPSG:3857)")


def _matrices(found: Any) -> dict[int, str]:
    matrices = {}
    for matrix in found.iterfind("{*}TileMatrix"):
        try:
            zoom = round(math.log2(_WORLD / float(matrix.findtext("{*}ScaleDenominator", ""))))
        except (ValueError, ZeroDivisionError):
            continue
        matrices[zoom] = matrix.findtext("{*}Identifier", "")
    return matrices


def _layer(layer: Any, matrix_set: str, matrices: dict[int, str], address: str) -> WmtsLayer:
    text = layer.findtext
    title = str(text("{*}Title", "") or text("{*}Identifier", ""))
    style = str(text("{*}Style/{*}Identifier", "default"))
    for one in layer.iterfind("{*}ResourceURL"):
        template = one.get("template", "")
        if one.get("resourceType") == "tile" and "{TileMatrix}" in template:
            for known, ours in (
                ("{TileMatrixSet}", matrix_set),
                ("{Style}", style),
                ("{style}", style),
                ("{TileMatrix}", "{z}"),
                ("{TileCol}", "{x}"),
                ("{TileRow}", "{y}"),
            ):
                template = template.replace(known, ours)
            return WmtsLayer(title, template, matrices)
    asked = {
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": "1.0.0",
        "LAYER": text("{*}Identifier", ""),
        "STYLE": style,
        "FORMAT": text("{*}Format", "image/png"),
        "TILEMATRIXSET": matrix_set,
    }
    places = "TILEMATRIX={z}&TILEROW={y}&TILECOL={x}"
    return WmtsLayer(title, f"{address.split('?')[0]}?{urlencode(asked)}&{places}", matrices)


class _NoRedirection(HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None
