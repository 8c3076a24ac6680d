// What lies near the chosen case: a ring of so many metres, open cases in rings, past ones as small squares.

import { say } from './wire.js';
import { strokeTwice } from './sketch.js';

const REACH = 8; // px

export class Near {
  bytes = ['near'];

  constructor(grid) {
    this.grid = grid;
    this.around = {};
    grid.sketch.add((ink, at, theme) => this.#paint(ink, at, theme));
  }

  take(_name, buffer) {
    const before = this.around;
    this.around = JSON.parse(new TextDecoder().decode(buffer));
    if (this.around.cases && this.around.lon !== before.lon) this.#bringIn();
    this.grid.sketch.later();
  }

  /** Bring what is looked around into the part of the view that the list leaves free. */
  #bringIn() {
    const { map } = this.grid;
    const { lon, lat, covered } = this.around;
    const { x: width, y: height } = map.getSize();
    const free = width - Math.max(width * covered, this.grid.hover.covered);
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const calm = x > free * 0.15 && x < free * 0.85 && y > height * 0.15 && y < height * 0.85;
    if (!calm && !map.locked) map.panBy([x - free / 2, y - height / 2], { animate: false });
  }

  /** A past case has no mark of its own to be clicked on. */
  click(latlng, { mark }) {
    if (mark >= 0 || !this.around.cases) return false;
    const { map } = this.grid;
    const here = map.latLngToContainerPoint(latlng);
    const found = this.around.cases.find(([, lon, lat]) => map.latLngToContainerPoint([lat, lon]).distanceTo(here) <= REACH);
    if (found) say('case', found[0]);
    return Boolean(found);
  }

  #paint(ink, at, theme) {
    const { lon, lat, metres, cases } = this.around;
    if (!cases) return false;
    const [x, y] = at(lon, lat);
    const [, top] = at(lon, lat + metres / 111_133); // metres in a degree of latitude, near enough for a ring
    const ring = new Path2D();
    ring.arc(x, y, Math.abs(y - top), 0, 2 * Math.PI);
    strokeTwice(ink, ring, theme, { width: 1.5, dash: [5, 4] });
    for (const [, east, north, open] of cases) {
      const [left, upper] = at(east, north);
      const path = new Path2D();
      if (open) path.arc(left, upper, 10, 0, 2 * Math.PI);
      else path.rect(left - 4, upper - 4, 8, 8);
      ink.fillStyle = theme.surface;
      if (!open) ink.fill(path);
      ink.lineWidth = 1.5;
      ink.strokeStyle = open ? theme.accent : theme.muted;
      ink.stroke(path);
    }
    return true;
  }
}
