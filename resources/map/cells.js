// The unit grids of a city: their shapes, and which one lies at a point.
//
// File, little endian: 'GCL1', u32 cells, u32 rings, u32 vertices, f64 x and y of the origin (EPSG:3857
// metres), u32 first ring per cell (and one past the last), u32 first vertex per ring (and one past the
// last), f32 metres east and north of the origin per vertex. Rings are not closed; even-odd fill.

import { Bins } from './bins.js';
import { degreesOf, metresOf } from './mercator.js';

const HEADER = 32;

export class Cells {
  constructor(buffer) {
    const head = new DataView(buffer);
    if (buffer.byteLength < HEADER || head.getUint32(0) !== 0x47434c31) throw new Error('not a cell file');
    this.count = head.getUint32(4, true);
    const rings = head.getUint32(8, true);
    const vertices = head.getUint32(12, true);
    this.originX = head.getFloat64(16, true);
    this.originY = head.getFloat64(24, true);
    this.firstRing = new Uint32Array(buffer, HEADER, this.count + 1);
    this.firstVertex = new Uint32Array(buffer, HEADER + 4 * (this.count + 1), rings + 1);
    this.xy = new Float32Array(buffer, HEADER + 4 * (this.count + rings + 2), 2 * vertices);
    if (this.firstRing[this.count] !== rings || this.firstVertex[rings] !== vertices) {
      throw new Error('a cell file whose counts do not agree');
    }
    this.boxes = this.#measure();
    this.bins = new Bins(this.boxes);
  }

  #measure() {
    const boxes = new Float32Array(4 * this.count);
    const { xy } = this;
    for (let cell = 0; cell < this.count; cell++) {
      let west = Infinity;
      let south = Infinity;
      let east = -Infinity;
      let north = -Infinity;
      const last = this.lastVertex(cell);
      for (let v = this.startVertex(cell); v < last; v++) {
        const x = xy[2 * v];
        const y = xy[2 * v + 1];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < south) south = y;
        if (y > north) north = y;
      }
      boxes[4 * cell] = west;
      boxes[4 * cell + 1] = south;
      boxes[4 * cell + 2] = east;
      boxes[4 * cell + 3] = north;
    }
    return boxes;
  }

  startVertex(cell) {
    return this.firstVertex[this.firstRing[cell]];
  }

  /** One past the last vertex of a cell. */
  lastVertex(cell) {
    return this.firstVertex[this.firstRing[cell + 1]];
  }

  /** The index of the cell at a place in degrees, -1 outside the city. */
  at(lon, lat) {
    const [x, y] = metresOf(lon, lat);
    return this.atMetres(x - this.originX, y - this.originY);
  }

  /** The index of the cell at metres from the origin, -1 outside the city. */
  atMetres(x, y) {
    for (const cell of this.bins.within(x, y, x, y)) if (this.#contains(cell, x, y)) return cell;
    return -1;
  }

  #contains(cell, x, y) {
    const { xy, firstVertex } = this;
    let inside = false;
    for (let ring = this.firstRing[cell]; ring < this.firstRing[cell + 1]; ring++) {
      const from = firstVertex[ring];
      const to = firstVertex[ring + 1];
      for (let i = from, j = to - 1; i < to; j = i++) {
        const yi = xy[2 * i + 1];
        const yj = xy[2 * j + 1];
        if ((yi > y) === (yj > y)) continue;
        const xi = xy[2 * i];
        if (x < ((xy[2 * j] - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
      }
    }
    return inside;
  }

  /** Add a cell's outline to a canvas path; x = left + east * scale, y = top - north * scale. */
  trace(path, cell, left, top, scale) {
    const { xy, firstVertex } = this;
    for (let ring = this.firstRing[cell]; ring < this.firstRing[cell + 1]; ring++) {
      const from = firstVertex[ring];
      const to = firstVertex[ring + 1];
      path.moveTo(left + xy[2 * from] * scale, top - xy[2 * from + 1] * scale);
      for (let v = from + 1; v < to; v++) path.lineTo(left + xy[2 * v] * scale, top - xy[2 * v + 1] * scale);
      path.closePath();
    }
  }

  /** A place inside the cell, in metres from the origin: on the middle line of its box, in its widest part. */
  insideOf(cell) {
    const y = (this.boxes[4 * cell + 1] + this.boxes[4 * cell + 3]) / 2;
    const crossings = this.#crossings(cell, y);
    let best = [this.boxes[4 * cell], this.boxes[4 * cell + 2]];
    let width = 0;
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      if (crossings[k + 1] - crossings[k] > width) {
        width = crossings[k + 1] - crossings[k];
        best = [crossings[k], crossings[k + 1]];
      }
    }
    return [(best[0] + best[1]) / 2, y];
  }

  #crossings(cell, y) {
    const { xy, firstVertex } = this;
    const found = [];
    for (let ring = this.firstRing[cell]; ring < this.firstRing[cell + 1]; ring++) {
      const from = firstVertex[ring];
      const to = firstVertex[ring + 1];
      for (let i = from, j = to - 1; i < to; j = i++) {
        const yi = xy[2 * i + 1];
        const yj = xy[2 * j + 1];
        if ((yi > y) !== (yj > y)) found.push(((xy[2 * j] - xy[2 * i]) * (y - yi)) / (yj - yi) + xy[2 * i]);
      }
    }
    return found.sort((one, other) => one - other);
  }

  /** [[south, west], [north, east]] in degrees. */
  bounds() {
    const [west, south, east, north] = this.bins.bounds;
    const [lon0, lat0] = degreesOf(west + this.originX, south + this.originY);
    const [lon1, lat1] = degreesOf(east + this.originX, north + this.originY);
    return [[lat0, lon0], [lat1, lon1]];
  }
}
