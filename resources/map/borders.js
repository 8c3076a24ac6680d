// How far a place is from the next unit grid, responsibility grid and area, with both sides named: beside the
// pointer from a zoom at which one can point so exactly, and always while a case is moved.
//
// Part `owners`: u32 length of JSON, the JSON { grids, areas }: names; padding to four bytes; u16 per cell of
// the responsibility grid, u16 per cell of the area, 65535 for none.

import { metresOf } from './mercator.js';

const REACHES = [60, 250, 1000, 4000]; // metres
const DOUBTFUL = 15; // metres: what a handset errs by
const FROM_ZOOM = 16;
const NONE = 65535;

export class Borders {
  bytes = ['owners'];

  constructor(grid) {
    this.grid = grid;
    this.moving = false;
  }

  dress(_theme, words) {
    this.words = words;
  }

  show(small) {
    if ('moving' in small) this.moving = Boolean(small.moving);
  }

  take(_name, buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const names = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    const { count } = this.grid.cells;
    const at = 4 + Math.ceil(length / 4) * 4;
    if (buffer.byteLength !== at + 4 * count) return; // of a city that is gone
    const grids = new Uint16Array(buffer, at, count);
    const areas = new Uint16Array(buffer, at + 2 * count, count);
    this.kinds = [
      ['border_cell', (cell) => cell, (cell) => this.grid.hover.codeOf(cell)],
      ['border_grid', (cell) => grids[cell], (cell) => names.grids[grids[cell]] ?? ''],
      ['border_area', (cell) => areas[cell], (cell) => names.areas[areas[cell]] ?? ''],
    ];
  }

  also({ lng, lat }) {
    if (!this.kinds || (!this.moving && this.grid.map.getZoom() < FROM_ZOOM)) return [];
    const found = this.at(lng, lat, this.moving ? REACHES : REACHES.slice(0, 2));
    if (this.moving || found.length < 2) return found.map((one) => one.text);
    const nearest = Math.min(...found.map((one) => one.metres));
    // Of borders that run together the one that parts more; beyond them what is near enough to err across.
    const last = found.findLast((one) => one.metres <= nearest + 0.5);
    return found.filter((one) => one === last || one.metres <= DOUBTFUL).map((one) => one.text).slice(-2);
  }

  /** The nearest border of each kind within reach: { metres, text }. */
  at(lon, lat, reaches) {
    const { cells } = this.grid;
    const [east, north] = metresOf(lon, lat);
    const [x, y] = [east - cells.originX, north - cells.originY];
    const here = cells.atMetres(x, y);
    if (here < 0) return [];
    const real = Math.cos((lat * Math.PI) / 180); // real metres in one of the map's
    return this.kinds.flatMap(([word, key, name]) => {
      const mine = key(here);
      for (const reach of reaches) {
        const around = reach / real;
        let best = { away: around, cell: -1 };
        for (const cell of cells.bins.within(x - around, y - around, x + around, y + around)) {
          const other = key(cell);
          if (other === mine || (word !== 'border_cell' && other === NONE)) continue;
          const away = distanceTo(cells, cell, x, y, best.away);
          if (away < best.away) best = { away, cell };
        }
        if (best.cell >= 0) return [this.#told(word, best.away * real, name(here), name(best.cell))];
      }
      return [];
    });
  }

  #told(word, metres, here, there) {
    const shown = metres >= 10 ? metres.toFixed(0) : metres.toFixed(1);
    const facts = { border: this.words[word] ?? '', metres: shown, here, there };
    const text = (this.words.border ?? '').replace(/\{(border|metres|here|there)\}/g, (_, fact) => String(facts[fact]));
    return { metres, text: metres <= DOUBTFUL ? `⚠ ${text}` : text };
  }
}

/** How far a point is from a cell's outline, in the map's metres; anything beyond `most` may be told as it. */
function distanceTo(cells, cell, x, y, most) {
  const { xy, firstRing, firstVertex, boxes } = cells;
  const across = Math.max(boxes[4 * cell] - x, x - boxes[4 * cell + 2], 0);
  const up = Math.max(boxes[4 * cell + 1] - y, y - boxes[4 * cell + 3], 0);
  if (Math.hypot(across, up) >= most) return most;
  let least = most;
  for (let ring = firstRing[cell]; ring < firstRing[cell + 1]; ring++) {
    const [from, to] = [firstVertex[ring], firstVertex[ring + 1]];
    for (let i = from, j = to - 1; i < to; j = i++) {
      const [ax, ay] = [xy[2 * j], xy[2 * j + 1]];
      const [dx, dy] = [xy[2 * i] - ax, xy[2 * i + 1] - ay];
      const length = dx * dx + dy * dy;
      const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
      least = Math.min(least, Math.hypot(ax + t * dx - x, ay + t * dy - y));
    }
  }
  return least;
}
