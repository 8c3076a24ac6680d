"""One moment as a picture: cells in their colours, open cases, title, clock, legend, and whose data."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from console.adapters.film.letters import letters
from console.adapters.film.marks import BARS, CIRCLE, DIAMOND, LOOP, TRIANGLE, marks
from console.domain.city import CityProfile
from console.domain.flow import State
from console.domain.lamp import Lamp
from console.geography.mercator import mercator
from console.geography.packed import unpacked
from console.i18n import _, named
from console.queries.map import CityMap
from console.queries.past import LAMPS, Moment
from console.system import resource
from console.words.codes import LAMPS as LAMP_WORDS
from console.words.codes import STATES
from console.words.dates import on_weekday
from console.words.generated import generated_mark

Pixels = NDArray[np.uint8]

_LEVELS = (1, 2, 3, 5, 8)  # as console.ui.map.ramp has them
_LEVEL_WORDS = ("0", "1", "2", "3–4", "5–7", "8+")
_HEAD, _EDGE = 0.1, 0.03  # shares of the height
_FORMS = {Lamp.IN_TIME: CIRCLE, Lamp.SOON: DIAMOND, Lamp.LATE: TRIANGLE, Lamp.NONE: CIRCLE}
_CALM = (LAMPS.index(Lamp.NONE), LAMPS.index(Lamp.IN_TIME), LAMPS.index(Lamp.SOON), LAMPS.index(Lamp.LATE))


@dataclass(frozen=True, slots=True)
class View:
    """What is seen: the middle in degrees, and how many metres (EPSG:3857) lie across the map's width."""

    lon: float
    lat: float
    metres: float


@dataclass(frozen=True, slots=True)
class Scene:
    """Size in px, `light` or `dark`, and the view; the whole city where none is told."""

    width: int = 1280
    height: int = 720
    theme: str = "light"
    view: View | None = None


class Pictures:
    """Draws the moments of one city in one scene. Raises Refused: `film_no_font`, `cell_layer_damaged`."""

    def __init__(self, city: CityMap, scene: Scene) -> None:
        self._scene = scene
        self._profile: CityProfile = city.profile
        self._zone = ZoneInfo(city.profile.timezone)
        self._theme: Mapping[str, str] = tomllib.loads(
            resource("themes", f"{scene.theme}.toml").read_text("utf-8")
        )
        self._head = round(scene.height * _HEAD)
        rings = unpacked(city.cells)
        self._cells = rings.cells
        xy = np.column_stack(mercator(rings.xy[:, 0], rings.xy[:, 1]))
        self._see(xy)
        self._ids = self._raster(rings, self._onto(xy))
        self._ramp = np.array([_pixel(self._theme[f"ramp_{level}"]) for level in range(6)], "<u4")
        self._over = self._lines(city)
        self._marks = marks(self._theme, max(3.0, scene.height / 150))
        self._legend = self._make_legend()

    def draw(self, moment: Moment) -> Pixels:
        """Rows of RGB, 8 bits each."""
        counts = moment.counts()
        levels = np.searchsorted(_LEVELS, counts, "right")
        table = np.empty(self._cells + 1, "<u4")
        table[0] = _pixel(self._theme["ground"])
        table[1:] = self._ramp[levels]
        size = (self._scene.width, self._scene.height)
        picture = Image.frombuffer("RGBX", size, table[self._ids], "raw", "RGBX", 0, 1).convert("RGB")
        picture.paste(self._over, (0, 0), self._over)
        self._draw_marks(picture, moment)
        picture.paste(self._legend, self._legend_at(), self._legend)
        self._draw_head(picture, moment)
        return np.asarray(picture)

    def _see(self, xy: NDArray[np.float64]) -> None:
        """Work out how metres become pixels."""
        scene = self._scene
        room = scene.height - self._head
        if scene.view is not None:
            east, north = mercator(np.array([scene.view.lon]), np.array([scene.view.lat]))
            middle, self._scale = np.array([east[0], north[0]]), scene.width / scene.view.metres
        elif len(xy):
            low, high = xy.min(axis=0), xy.max(axis=0)
            middle = (low + high) / 2
            sides = np.maximum(high - low, 1.0)
            clear = 1 - 2 * _EDGE
            self._scale = float(min(scene.width * clear / sides[0], room * clear / sides[1]))
        else:
            middle, self._scale = np.zeros(2), 1.0
        self._left = float(middle[0]) - scene.width / 2 / self._scale
        self._top = float(middle[1]) + (self._head + room / 2) / self._scale

    def _onto(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Metres as pixels."""
        return np.column_stack(((xy[:, 0] - self._left) * self._scale, (self._top - xy[:, 1]) * self._scale))

    def _raster(self, rings: Any, pixels: NDArray[np.float64]) -> NDArray[np.int32]:
        """Which cell each pixel shows, from 1; 0 outside."""
        image = Image.new("I", (self._scene.width, self._scene.height))
        draw = ImageDraw.Draw(image)
        first, starts = rings.cell_first_ring, rings.ring_first_vertex
        for cell in range(rings.cells):
            for ring in range(first[cell], first[cell + 1]):
                points = pixels[starts[ring] : starts[ring + 1]]
                if len(points) > 2:
                    draw.polygon(points.ravel().tolist(), fill=cell + 1)
        return np.asarray(image)

    def _lines(self, city: CityMap) -> Image.Image:
        """Main roads, borders and the names of districts, over the cells."""
        finer = 2
        size = (self._scene.width * finer, self._scene.height * finer)
        large = Image.new("RGBA", size)
        draw = ImageDraw.Draw(large)
        unit = self._scene.height / 720 * finer
        for properties, line in _paths(city.roads):
            if properties.get("rank") == 1:
                self._line(draw, line, self._theme["road"], round(1.5 * unit), finer)
        names = []
        for properties, line in _paths(city.divisions):
            if properties.get("level") in {"district", "committee"}:
                self._line(draw, line, self._theme["division"], round(1.6 * unit), finer)
                if properties.get("level") == "district":
                    names.append((str(properties.get("name", "")), line.mean(axis=0)))
        over = large.resize((self._scene.width, self._scene.height), Image.Resampling.LANCZOS)
        draw = ImageDraw.Draw(over)
        for name, place in names:
            at = self._onto(np.column_stack(mercator(place[:1], place[1:])))[0]
            draw.text(
                tuple(at.tolist()),
                name[:12],
                fill=self._theme["muted"],
                font=letters(round(self._scene.height / 48)),
                anchor="mm",
                stroke_width=2,
                stroke_fill=self._theme["surface"],
            )
        return over

    def _line(
        self, draw: ImageDraw.ImageDraw, line: NDArray[np.float64], ink: str, width: int, finer: int
    ) -> None:
        pixels = self._onto(np.column_stack(mercator(line[:, 0], line[:, 1]))) * finer
        draw.line(pixels.ravel().tolist(), fill=ink, width=max(1, width), joint="curve")

    def _draw_marks(self, picture: Image.Image, moment: Moment) -> None:
        past, placed = moment.past, moment.placed
        rows, lamps = moment.rows[placed], moment.lamps[placed]
        places = past.columns.place[rows]
        xy = np.column_stack(mercator(past.places.lon[places], past.places.lat[places]))
        at: Any = self._onto(xy)
        forms = np.array([_FORMS[lamp] for lamp in LAMPS])[lamps]
        forms = np.where((past.columns.reworks[rows] > 0) & (forms == CIRCLE), LOOP, forms)
        forms = np.where(moment.suspended[placed], BARS, forms)
        rank = np.array([_CALM.index(k) for k in range(len(LAMPS))])[lamps]
        seen: Any = (at > -20).all(axis=1) & (at < (self._scene.width + 20, self._scene.height + 20)).all(
            axis=1
        )
        order = np.lexsort((past.columns.case[rows], rank))
        for k in order[seen[order]].tolist():
            stamp = self._marks[int(forms[k]), int(lamps[k])]
            corner = (round(at[k, 0] - stamp.width / 2), round(at[k, 1] - stamp.height / 2))
            picture.paste(stamp, corner, stamp)

    def _draw_head(self, picture: Image.Image, moment: Moment) -> None:
        """City, that it is a replay and of what data, the figures, and the clock."""
        draw = ImageDraw.Draw(picture)
        width, high = self._scene.width, self._head
        unit = high / 72
        draw.rectangle([0, 0, width, high], fill=self._theme["past"])
        ink = self._theme["on_past"]
        local = moment.at.astimezone(self._zone)
        draw.text(
            (width - 16 * unit, high / 2),
            f"{local:%H:%M:%S}",
            fill=ink,
            font=letters(round(40 * unit)),
            anchor="rm",
        )
        day = on_weekday(local, year=True)
        draw.text(
            (width - 210 * unit, high * 0.32), day, fill=ink, font=letters(round(18 * unit)), anchor="rm"
        )
        told = _("未结 {open} 件,超期 {late} 件").format(open=f"{moment.open:,}", late=f"{moment.late:,}")
        draw.text(
            (width - 210 * unit, high * 0.72), told, fill=ink, font=letters(round(18 * unit)), anchor="rm"
        )
        city = " ".join(named(self._profile.name, self._profile.name_en).split())[:40]
        title = _("{city} · 回放").format(city=city)
        draw.text((16 * unit, high * 0.36), title, fill=ink, font=letters(round(26 * unit)), anchor="lm")
        mark = generated_mark(self._profile) or _("依据案件日志")
        draw.text((16 * unit, high * 0.76), mark, fill=ink, font=letters(round(16 * unit)), anchor="lm")

    def _legend_at(self) -> tuple[int, int]:
        unit = self._head / 72
        return round(16 * unit), self._scene.height - self._legend.height - round(16 * unit)

    def _make_legend(self) -> Image.Image:
        """The ramp of the cells and the marks with their words."""
        unit = self._head / 72
        font = letters(round(14 * unit))
        entries = [
            ((CIRCLE, 0), _(LAMP_WORDS[Lamp.IN_TIME])),
            ((DIAMOND, 1), _(LAMP_WORDS[Lamp.SOON])),
            ((TRIANGLE, 2), _(LAMP_WORDS[Lamp.LATE])),
            ((BARS, 3), _(STATES[State.SUSPENDED])),
            ((LOOP, 0), _("返工")),
            ((CIRCLE, 3), _(LAMP_WORDS[Lamp.NONE])),
        ]
        wide = round(max([250 * unit, *(font.getlength(words) + 60 * unit for _key, words in entries)]))
        legend = Image.new("RGBA", (wide, round((84 + 24 * len(entries)) * unit)), self._theme["raised"])
        draw = ImageDraw.Draw(legend)
        draw.rectangle([0, 0, legend.width - 1, legend.height - 1], outline=self._theme["line"])
        draw.text((12 * unit, 10 * unit), _("网格未结案件"), fill=self._theme["muted"], font=font)
        step = (wide - 24 * unit) / 6
        for level, words in enumerate(_LEVEL_WORDS):
            left = 12 * unit + level * step
            box = [left, 34 * unit, left + step, 48 * unit]
            draw.rectangle(box, fill=self._theme[f"ramp_{level}"], outline=self._theme["line"])
            middle = (left + step / 2, 60 * unit)
            draw.text(middle, words, fill=self._theme["muted"], font=letters(round(12 * unit)), anchor="mm")
        for k, (key, words) in enumerate(entries):
            top = (86 + 24 * k) * unit
            stamp = self._marks[key]
            legend.paste(stamp, (round(20 * unit - stamp.width / 2), round(top - stamp.height / 2)), stamp)
            draw.text((36 * unit, top), words, fill=self._theme["text"], font=font, anchor="lm")
        return legend


def _pixel(colour: str) -> int:
    """#rrggbb as red, green, blue and nothing in four bytes, little endian."""
    return int.from_bytes(bytes.fromhex(colour[1:7]), "little")


def _paths(layer: bytes) -> Iterator[tuple[Mapping[str, Any], NDArray[np.float64]]]:
    """Every line and ring of a GeoJSON layer in degrees, with its feature's properties."""
    try:
        features = json.loads(layer or b"{}").get("features", [])
    except (ValueError, AttributeError):
        return
    for feature in features:
        geometry = feature.get("geometry") or {}
        nested = geometry.get("coordinates", [])
        lines = {
            "LineString": [nested],
            "MultiLineString": nested,
            "Polygon": nested,
            "MultiPolygon": [ring for polygon in nested for ring in polygon],
        }.get(geometry.get("type", ""), [])
        for line in lines:
            points = np.array([point[:2] for point in line], np.float64)
            if len(points) > 1:
                yield feature.get("properties") or {}, points
