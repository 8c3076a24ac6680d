"""WMTS on the intranet: only allowed hosts are asked, tiles are kept, and silence is told."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from console.adapters.basemap.wmts import Wmts, read_capabilities, trimmed
from console.domain.errors import Refused
from tests.adapters.tile_files import picture_tiles, streets

TILE = next(iter(picture_tiles(streets()[:1], 14).values()))
CAPABILITIES = """<?xml version="1.0"?>
<Capabilities xmlns="http://www.opengis.net/wmts/1.0" xmlns:ows="http://www.opengis.net/ows/1.1">
 <Contents>
  <Layer><ows:Title>影像</ows:Title><ows:Identifier>img</ows:Identifier>
   <Style><ows:Identifier>default</ows:Identifier></Style><Format>image/png</Format>
   <TileMatrixSetLink><TileMatrixSet>c</TileMatrixSet></TileMatrixSetLink>
   <TileMatrixSetLink><TileMatrixSet>w</TileMatrixSet></TileMatrixSetLink>{resource}
  </Layer>
  <TileMatrixSet><ows:Identifier>c</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::4490</ows:SupportedCRS>
  </TileMatrixSet>
  <TileMatrixSet><ows:Identifier>w</ows:Identifier><ows:SupportedCRS>urn:ogc:def:crs:EPSG::3857</ows:SupportedCRS>
   <TileMatrix><ows:Identifier>L13</ows:Identifier><ScaleDenominator>68247.34668</ScaleDenominator></TileMatrix>
   <TileMatrix><ows:Identifier>L14</ows:Identifier><ScaleDenominator>34123.67334</ScaleDenominator></TileMatrix>
  </TileMatrixSet>
 </Contents>
</Capabilities>"""


@dataclass
class Service:
    """A map service of the test's own: what it gives by path, and what it was asked."""

    server: ThreadingHTTPServer
    given: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def service() -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.asked.append(self.path)
            status, body = made.given.get(self.path, (404, b""))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", body.decode())
                body = b""
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    made = Service(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


def test_that_tiles_come_from_an_allowed_host_and_are_kept(service: Service, tmp_path: Path) -> None:
    service.given["/img/14/6/7"] = (200, TILE)
    wmts = Wmts(f"{service.address}/img/{{z}}/{{y}}/{{x}}", "影像", ["127.0.0.1"], tmp_path)
    for _ in range(2):
        found = wmts.tile(14, 7, 6)
        assert (found.content, found.data) == ("image/png", TILE)
    assert service.asked == ["/img/14/6/7"]
    assert wmts.tile(14, 0, 0).content == "none"  # 404: there is none here


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/{z}/{x}/{y}",
        "ftp://127.0.0.1/{z}",
        "file:///etc/{z}",
        "http://u:p@127.0.0.1/{z}",
        "http:///{z}",
    ],
)
def test_that_no_other_host_is_asked_and_no_other_way_taken(tmp_path: Path, address: str) -> None:
    with pytest.raises(Refused) as told:
        Wmts(address, "x", ["127.0.0.1"], tmp_path).tile(1, 0, 0)
    assert told.value.code == "basemap_host"


def test_that_a_service_cannot_lead_to_another_host(service: Service, tmp_path: Path) -> None:
    service.given["/1/0/0"] = (302, b"http://localhost:1/elsewhere")
    wmts = Wmts(f"{service.address}/{{z}}/{{x}}/{{y}}", "x", ["127.0.0.1"], tmp_path)
    with pytest.raises(Refused) as told:
        wmts.tile(1, 0, 0)
    assert told.value.code == "basemap_offline"
    elsewhere = (
        '<ResourceURL resourceType="tile" template="http://example.org/{TileMatrix}/{TileCol}/{TileRow}"/>'
    )
    service.given["/caps"] = (200, CAPABILITIES.replace("{resource}", elsewhere).encode())
    with pytest.raises(Refused) as told:
        Wmts(f"{service.address}/caps", "x", ["127.0.0.1"], tmp_path).tile(14, 0, 0)
    assert told.value.code == "basemap_host"


def test_that_a_service_that_is_silent_is_told_once_and_left_alone(service: Service, tmp_path: Path) -> None:
    service.given["/1/0/0"] = (503, b"")
    wmts = Wmts(f"{service.address}/{{z}}/{{x}}/{{y}}", "x", ["127.0.0.1"], tmp_path)
    for _ in range(3):
        with pytest.raises(Refused) as told:
            wmts.tile(1, 0, 0)
        assert (told.value.code, told.value.facts["host"]) == ("basemap_offline", "127.0.0.1")
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "said", [b"no such thing\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + TILE[:20]]
)
def test_that_an_answer_that_is_no_http_or_breaks_off_is_told_and_not_kept(
    tmp_path: Path, said: bytes
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/{{z}}/{{x}}/{{y}}"

        def answer() -> None:
            other, _from = server.accept()
            with other:
                other.recv(4096)
                other.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(Refused) as told:
            Wmts(address, "x", ["127.0.0.1"], tmp_path).tile(1, 0, 0)
        thread.join()
    assert told.value.code == "basemap_offline"
    assert not list(tmp_path.rglob("1-*"))


def test_that_the_capabilities_are_read_for_the_layer_in_web_mercator(
    service: Service, tmp_path: Path
) -> None:
    service.given["/wmts"] = (200, CAPABILITIES.replace("{resource}", "").encode())
    wmts = Wmts(f"{service.address}/wmts", "x", ["127.0.0.1"], tmp_path)
    layer = wmts.open()
    assert (layer.title, dict(layer.matrices)) == ("影像", {13: "L13", 14: "L14"})
    wmts.tile(14, 3, 4)
    assert "TILEMATRIX=L14&TILEROW=4&TILECOL=3" in service.asked[-1]
    template = "http://h/{Style}/{TileMatrixSet}/{TileMatrix}/{TileRow}/{TileCol}.png"
    resource = f'<ResourceURL resourceType="tile" template="{template}"/>'
    found = read_capabilities(CAPABILITIES.replace("{resource}", resource).encode(), "http://h/", "x")
    assert found.address(13, 1, 2) == "http://h/default/w/L13/2/1.png"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        "<a/>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        CAPABILITIES.replace("{resource}", "").replace("3857", "4326"),
    ],
)
def test_that_capabilities_that_are_none_are_told(text: str) -> None:
    with pytest.raises(Refused) as told:
        read_capabilities(text.encode(), "http://h/", "影像")
    assert (told.value.code, told.value.facts["name"]) == ("basemap_capabilities", "影像")


def test_that_what_is_kept_has_a_limit_and_the_oldest_goes_first(tmp_path: Path) -> None:
    import os

    folder = tmp_path / "a"
    folder.mkdir()
    for at in range(10):
        file = folder / f"1-{at}-0"
        file.write_bytes(bytes(1000))
        os.utime(file, (at, at))
    trimmed(tmp_path, 6000)
    assert sorted(file.name for file in folder.iterdir()) == [f"1-{at}-0" for at in range(5, 10)]
