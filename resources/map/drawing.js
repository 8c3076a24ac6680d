// Setting places on the map, one tool at a time: by mouse, or by Enter at the cross in the middle.
//
// A tool is { kind, most, changed(places, pointer), done(places, event), gone() }: of kind 'box' (two corners,
// dragged or clicked), 'area' or 'line' (any number; ended by a double click or Enter on the last place).

import { dots, pathOf, strokeTwice } from './sketch.js';

const SAME_PX = 6;

export class Drawing {
  constructor(map, sketch) {
    this.map = map;
    this.tool = null;
    this.places = []; // [lon, lat]
    this.pointer = null;
    this.dragging = false;
    this.sketch = sketch;
    sketch.add((ink, at, theme) => this.#paint(ink, at, theme));
    map.on('mousemove', ({ latlng }) => this.point(latlng));
    map.on('move', () => { if (this.tool && this.byKeys) this.point(map.getCenter()); });
    map.on('dblclick', ({ originalEvent }) => this.finish(originalEvent));
    const container = map.getContainer();
    container.addEventListener('pointerdown', (event) => this.#press(event), true);
    container.addEventListener('pointerup', (event) => this.#release(event), true);
  }

  begin(tool) {
    this.end();
    this.tool = tool;
    this.map.getContainer().classList.add('drawing');
    this.map.boxZoom.disable();
    if (tool.kind === 'box') this.map.dragging.disable();
  }

  /** Leave the tool, with whatever was begun. */
  end() {
    const { tool } = this;
    if (!tool) return;
    this.tool = null;
    this.places = [];
    this.pointer = null;
    this.map.getContainer().classList.remove('drawing');
    if (!this.map.locked) {
      this.map.boxZoom.enable();
      this.map.dragging.enable();
    }
    this.sketch.later();
    tool.gone?.();
  }

  /** Forget the places, keep the tool. */
  restart() {
    this.places = [];
    this.#changed();
  }

  point(latlng) {
    if (!this.tool) return;
    this.pointer = [latlng.lng, latlng.lat];
    this.#changed();
  }

  /** A click, or Enter at the middle; true where it was for the tool. */
  add(latlng, event) {
    const { tool, places } = this;
    if (!tool) return false;
    if (this.dragged) { // the click that ends a dragged box
      this.dragged = false;
      return true;
    }
    this.byKeys = event?.type === 'keydown';
    const place = [latlng.lng, latlng.lat];
    const last = places.at(-1);
    if (last && this.#pixels(last, place) < SAME_PX && tool.kind !== 'box') {
      this.finish(event);
      return true;
    }
    if (tool.most && places.length >= tool.most) return true;
    places.push(place);
    this.pointer = place;
    if (tool.kind === 'box' && places.length === 2) this.finish(event);
    else this.#changed();
    return true;
  }

  /** Take the last place back; false where there is none. */
  takeBack() {
    if (!this.places.length) return false;
    this.places.pop();
    this.#changed();
    return true;
  }

  finish(event) {
    const { tool, places } = this;
    if (!tool) return;
    if (places.length < { box: 2, area: 3, line: 2 }[tool.kind]) return;
    this.places = [];
    tool.done(tool.kind === 'box' ? cornersOf(places) : places, event);
    this.#changed();
  }

  /** Everything set so far, and where the pointer is. */
  shown() {
    const { tool, places, pointer } = this;
    const all = pointer && places.length ? [...places, pointer] : places;
    return tool?.kind === 'box' && all.length > 1 ? cornersOf([all[0], all.at(-1)]) : all;
  }

  #changed() {
    this.sketch.later();
    this.tool?.changed?.(this.shown(), this.pointer);
  }

  #press(event) {
    if (this.tool?.kind !== 'box' || event.button !== 0 || this.map.panning || !this.#onMap(event)) return;
    this.dragged = false;
    if (this.places.length) return; // the second click of a box that is clicked
    this.pressedAt = [event.clientX, event.clientY];
    const { lng, lat } = this.map.mouseEventToLatLng(event);
    this.places = [[lng, lat]];
    this.byKeys = false;
    this.dragging = true;
  }

  #release(event) {
    if (!this.dragging) return;
    this.dragging = false;
    const [x, y] = this.pressedAt;
    this.places = this.tool ? this.places : [];
    if (Math.hypot(event.clientX - x, event.clientY - y) < SAME_PX) {
      this.places = []; // it was a click: the click itself sets the corner
      return;
    }
    this.dragged = true;
    const { lng, lat } = this.map.mouseEventToLatLng(event);
    this.places.push([lng, lat]);
    this.finish(event);
  }

  #onMap({ target }) {
    return !target.closest?.('.leaflet-control');
  }

  #pixels(one, other) {
    const [a, b] = [one, other].map(([lon, lat]) => this.map.latLngToContainerPoint([lat, lon]));
    return a.distanceTo(b);
  }

  #paint(ink, at, theme) {
    const { tool, places } = this;
    const shown = this.shown();
    if (!tool || shown.length < 2) {
      if (tool) dots(ink, places, at, theme);
      return Boolean(tool && places.length);
    }
    const closed = tool.kind !== 'line';
    const path = pathOf(shown, at, closed);
    if (closed) {
      ink.globalAlpha = 0.12;
      ink.fillStyle = theme.accent;
      ink.fill(path, 'evenodd');
      ink.globalAlpha = 1;
    }
    strokeTwice(ink, path, theme, { width: 2, dash: [6, 4] });
    if (tool.kind !== 'box') dots(ink, places, at, theme);
    return true;
  }
}

/** The four corners of a box by two of them. */
function cornersOf([[west, south], [east, north]]) {
  return [[west, south], [east, south], [east, north], [west, north]];
}

/** Whether a place lies in rings by the even-odd rule. */
export function liesIn(rings, lon, lat) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i];
      const [xj, yj] = ring[j];
      if ((yi > lat) !== (yj > lat) && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
