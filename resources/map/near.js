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
    this.around = JSON.parse(new TextDecoder().decode(buffer));
    this.grid.sketch.later();
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
    if (!cases) return;
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
  }
}
