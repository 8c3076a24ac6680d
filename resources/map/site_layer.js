// One layer of the site's own: points with a class and a name, lines and areas with a name.
//
// File, little endian: 'GCS1', u32 points, f64 x and y of the origin (EPSG:3857 metres), f32 metres east and
// north of it per point, u16 class per point, two bytes more where they are odd; then JSON: classes as
// [code, name], names, shapes as GeoJSON in lon/lat. See console/geography/site_layers.py.

import { Bins } from './bins.js';
import { crossings } from './crossings.js';
import { boxesOf, partsOf, projectionFrom } from './geojson.js';

const HEADER = 24;

export class SiteLayer {
  constructor(buffer, originX, originY) {
    const head = new DataView(buffer);
    if (buffer.byteLength < HEADER || head.getUint32(0) !== 0x47435331) throw new Error('not a layer');
    this.count = head.getUint32(4, true);
    const shift = [head.getFloat64(8, true) - originX, head.getFloat64(16, true) - originY];
    const classesAt = HEADER + 8 * this.count;
    this.xy = new Float32Array(buffer.slice(HEADER, classesAt));
    for (let k = 0; k < this.xy.length; k++) this.xy[k] += shift[k % 2];
    this.classOf = new Uint16Array(buffer, classesAt, this.count);
    const text = new Uint8Array(buffer, classesAt + 2 * (this.count + (this.count % 2)));
    const { classes, names, shapes } = JSON.parse(new TextDecoder().decode(text));
    this.classes = classes.map(([code, name]) => ({ code: String(code), name: String(name) }));
    this.names = names;
    this.bins = new Bins(boxesAround(this.xy));
    this.#takeShapes(shapes.features, projectionFrom(originX, originY));
  }

  get isEmpty() {
    return !this.count && !this.shapes.length;
  }

  /** The box of everything, [west, south, east, north] in metres from the origin. */
  get bounds() {
    const [one, other] = [this.bins.bounds, this.runBins.bounds];
    return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])];
  }

  /** The points in a window in metres. */
  within(west, south, east, north) {
    return this.bins.within(west, south, east, north);
  }

  /** The point that is nearest to a place and within reach, -1 for none. */
  pointAt(x, y, reach) {
    let best = -1;
    let least = reach;
    for (const i of this.within(x - reach, y - reach, x + reach, y + reach)) {
      const away = Math.hypot(this.xy[2 * i] - x, this.xy[2 * i + 1] - y);
      if (away <= least) [best, least] = [i, away];
    }
    return best;
  }

  /** The names of the areas around a place. */
  areasAt(x, y) {
    const found = new Map();
    for (const k of this.runBins.within(x, y, x, y)) {
      const { xy, closed, shape } = this.runs[k];
      if (closed && crossings(xy, x, y) % 2) found.set(shape, (found.get(shape) ?? 0) + 1);
    }
    return [...found].filter(([, times]) => times % 2).map(([shape]) => this.shapes[shape].name);
  }

  #takeShapes(features, project) {
    this.shapes = [];
    this.runs = [];
    for (const feature of features) {
      const parts = partsOf(feature.geometry);
      if (!parts.length) continue;
      const shape = this.shapes.length;
      const runs = parts.map(({ points, closed }) => ({ xy: project(points), closed, shape, name: String(feature.properties?.name ?? '') }));
      this.shapes.push({ name: runs[0].name, runs });
      this.runs.push(...runs);
    }
    this.runBins = new Bins(boxesOf(this.runs));
  }
}

function boxesAround(xy) {
  const boxes = new Float32Array(2 * xy.length);
  for (let k = 0; k < xy.length; k += 2) boxes.set([xy[k], xy[k + 1], xy[k], xy[k + 1]], 2 * k);
  return boxes;
}
