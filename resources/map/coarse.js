// Far away: responsibility grids in the place of their unit grids, each in the class of its hottest one.
//
// Where a unit grid is hardly a pixel, a hundred thousand of them fall on one tile: too many to draw within a
// frame, and nothing that an eye could tell apart.

import { Cells } from './cells.js';
import { element } from './element.js';
import { FEW } from './hatching.js';
import { intoCorner } from './corner.js';
import { pixelsPerMetre } from './mercator.js';

const LEAST_PX = 1.25; // a unit grid's side, below which its responsibility grid is drawn
const FEWEST_CELLS = 60_000; // smaller cities are drawn cell by cell at every zoom
const LEAST_SHARE = 0.95; // of the cells must lie in such a grid
const AT_ONCE = 2000; // cells looked up before the next frame's share is asked for

export class Coarse {
  /** features: the responsibility grids as lists of runs; ready() is called once they can stand for their cells. */
  constructor(map, cells, state, features, slices, ready) {
    this.map = map;
    this.state = state;
    this.note = intoCorner(map, 'bottomleft', element('div', { id: 'coarse', class: 'card', 'aria-live': 'polite' }));
    this.note.hidden = true;
    map.on('zoomend', () => this.#tell());
    this.ready = false;
    this.side = Math.sqrt(areaOf(cells.bins.bounds) / cells.count);
    if (cells.count < FEWEST_CELLS || !features.length) return;
    this.grids = new Cells(packed(features, cells.originX, cells.originY));
    this.table = new Uint32Array(this.grids.count + 1);
    this.levels = new Uint8Array(this.grids.count);
    this.gridOf = new Int32Array(cells.count);
    let next = 0;
    let found = 0;
    const look = () => {
      for (const end = Math.min(next + AT_ONCE, cells.count); next < end; next++) {
        const grid = this.grids.atMetres(...cells.insideOf(next));
        this.gridOf[next] = grid;
        found += Number(grid >= 0);
      }
      if (next < cells.count) slices.add(look);
      else if (found >= LEAST_SHARE * cells.count) {
        this.ready = true;
        this.update();
        this.#tell();
        ready();
      }
    };
    this.begin = () => slices.add(look);
  }

  dress(words) {
    this.note.textContent = words.coarse ?? '';
  }

  /** Say what is seen. */
  #tell() {
    this.note.hidden = !this.isFor(pixelsPerMetre(this.map.getZoom()));
  }

  /** Whether the grids are drawn where so many px are a metre. */
  isFor(scale) {
    return this.ready && this.side * scale < LEAST_PX;
  }

  /** Take the classes of the cells as they are now. */
  update() {
    if (!this.ready) return;
    const { levels, table, gridOf, state } = this;
    levels.fill(0);
    for (let cell = 0; cell < gridOf.length; cell++) {
      const level = state.levels[cell];
      // Too few hides no other class.
      if (level > levels[gridOf[cell]] && level !== FEW) levels[gridOf[cell]] = level;
    }
    table[0] = state.table[0];
    for (let grid = 0; grid < levels.length; grid++) table[grid + 1] = state.pixels[levels[grid]];
  }
}

const areaOf = ([west, south, east, north]) => (east - west) * (north - south);

/** Features as a cell file; see cells.js. */
function packed(features, originX, originY) {
  const runs = features.flat();
  const vertices = runs.reduce((sum, { xy }) => sum + xy.length / 2, 0);
  const buffer = new ArrayBuffer(32 + 4 * (features.length + runs.length + 2) + 8 * vertices);
  const head = new DataView(buffer);
  head.setUint32(0, 0x47434c31);
  head.setUint32(4, features.length, true);
  head.setUint32(8, runs.length, true);
  head.setUint32(12, vertices, true);
  head.setFloat64(16, originX, true);
  head.setFloat64(24, originY, true);
  const firstRing = new Uint32Array(buffer, 32, features.length + 1);
  const firstVertex = new Uint32Array(buffer, 32 + 4 * firstRing.length, runs.length + 1);
  const places = new Float32Array(buffer, 32 + 4 * (firstRing.length + firstVertex.length));
  features.forEach((rings, i) => { firstRing[i + 1] = firstRing[i] + rings.length; });
  runs.forEach(({ xy }, i) => {
    places.set(xy, 2 * firstVertex[i]);
    firstVertex[i + 1] = firstVertex[i] + xy.length / 2;
  });
  return buffer;
}
