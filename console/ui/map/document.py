"""The constant base page of the map, made once by folium without any data."""

import re
from pathlib import Path

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template
from xstatic.pkg import leaflet

from console.system import resource
from console.ui.map.bundle import bundled
from console.ui.map.kept_page import BasePage

_ORIGIN = "console://map"
# The first script starts the data on their way, so that they travel while Leaflet is read.
_LEAFLET_JS = [
    ("early", f"{_ORIGIN}/engine/early.js"),
    ("leaflet", f"{_ORIGIN}/leaflet/leaflet.js"),
]
_NO_CSS: list[tuple[str, str]] = []
_SCREEN_CSS = [("screen_css", f"{_ORIGIN}/page/screen.css")]
_STYLES = ("screen", "spread", "work", "basemap")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)


class _LocalMap(folium.Map):
    """A folium map whose only library is Leaflet, from our own scheme."""

    default_js = _LEAFLET_JS
    default_css = _NO_CSS  # Leaflet's styles travel with ours


class _GridScreen(JSCSSMixin, MacroElement):
    """Our own layers: they start from the map that folium has opened."""

    default_css = _SCREEN_CSS
    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <script defer src="console://map/page/engine.js"></script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            window.gridMap = {{ this._parent.get_name() }};
        {% endmacro %}
        """
    )


def base_page(engine_files: Path | None = None) -> BasePage:
    """Render the page with our own scripts, the product's where no folder is given.

    Importing this module imports folium (0.35 s), so make it off the GUI thread.

    No data of a city or a case goes through here: folium compiles what it is given as a template a
    second time, and text in braces would run as Python in this process.
    """
    page = _LocalMap(
        location=[0.0, 0.0],
        zoom_start=2,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        zoom_animation=False,
        fade_animation=False,
        marker_zoom_animation=False,
        inertia=False,
        double_click_zoom=False,
        keyboard=False,
        min_zoom=2,
        max_zoom=19,
    )
    page._id = "grid"
    page.add_child(_GridScreen())  # type: ignore[no-untyped-call]  # folium has no types
    inline: dict[str, list[str]] = {"script": [], "style": []}

    def move_out(found: re.Match[str]) -> str:
        kind, text = found.groups()
        inline[kind].append(text)
        return ""

    html = _INLINE.sub(move_out, page.get_root().render())
    # One file of each kind: every request costs both processes a millisecond before the first paint.
    files = engine_files or resource("map")
    scripts = {file.stem: file.read_text("utf-8") for file in files.glob("*.js")}
    styles = [_leaflet_css(), *inline["style"]]
    parts = {
        "map.js": "\n".join(inline["script"]).encode(),
        "engine.js": bundled(scripts, "main").encode(),
        "screen.css": "\n".join(styles).encode()
        + b"".join((files / f"{name}.css").read_bytes() for name in _STYLES),
    }
    html = html.replace("</body>", f'<script src="{_ORIGIN}/page/map.js"></script>\n</body>')
    return BasePage(html=html.encode(), parts=parts)


def _leaflet_css() -> str:
    """Leaflet's styles as they stand beside ours: they name their pictures from where Leaflet lies."""
    text = (Path(leaflet.BASE_DIR) / "leaflet.css").read_text("utf-8")
    return _CSS_COMMENT.sub("", text).replace("url(images/", "url(/leaflet/images/")
