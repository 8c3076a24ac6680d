// The open cases as marks: where they are, how they look, and which one lies under the pointer.
//
// File, little endian: 'GCM1', u32 marks, f64 x and y of the origin (EPSG:3857 metres); per mark u32 case
// id, f32 metres east and north of the origin, u8 shape, u8 lamp, u16 zero; then the case codes as UTF-8
// lines. The most urgent stand last: they are drawn on top and found first.

import { Bins } from './bins.js';
import { letGo } from './memory.js';

const HEADER = 24;
const RECORD = 16;
const GROUND_ZOOM = 16;

export class Marks {
  constructor(buffer) {
    const head = new DataView(buffer);
    if (head.getUint32(0) !== 0x47434d31) throw new Error('not a mark file');
    this.count = head.getUint32(4, true);
    this.originX = head.getFloat64(8, true);
    this.originY = head.getFloat64(16, true);
    this.ids = new Uint32Array(this.count);
    this.xy = new Float32Array(2 * this.count);
    this.shapes = new Uint8Array(this.count);
    this.lamps = new Uint8Array(this.count);
    const boxes = new Float32Array(4 * this.count);
    const places = new Float32Array(buffer, HEADER, (RECORD / 4) * this.count);
    for (let i = 0, at = HEADER; i < this.count; i++, at += RECORD) {
      this.ids[i] = head.getUint32(at, true);
      boxes[4 * i] = boxes[4 * i + 2] = this.xy[2 * i] = places[4 * i + 1];
      boxes[4 * i + 1] = boxes[4 * i + 3] = this.xy[2 * i + 1] = places[4 * i + 2];
      this.shapes[i] = head.getUint8(at + 12);
      this.lamps[i] = head.getUint8(at + 13);
    }
    this.bins = new Bins(boxes);
    this.text = new Uint8Array(buffer, HEADER + RECORD * this.count);
  }

  /** These marks are shown no more. */
  letGo() {
    const { ids, xy, shapes, lamps, text, bins } = this;
    this.count = 0;
    letGo(ids, xy, shapes, lamps, text, bins.boxes, bins.stamps, bins.first, bins.items);
  }

  /** The printed code of a mark's case. */
  code(i) {
    this.codes ??= new TextDecoder().decode(this.text).split('\n');
    return this.codes[i] ?? '';
  }

  /** The position of a case among the marks, -1 if it has none. */
  find(id) {
    return this.ids.indexOf(id);
  }

  /** Radius in px: small over the whole city, where only what is urgent keeps its full form. */
  radius(i, zoom) {
    const full = zoom >= GROUND_ZOOM ? 7.5 : zoom >= 14 ? 6.5 : zoom >= 12 ? 5 : 4;
    const calm = this.shapes[i] === 0;
    return calm && zoom < 14 ? full * 0.6 : full;
  }

  /** The topmost mark within reach of a place in metres from this origin, -1 for none. */
  at(x, y, zoom, metresPerPixel, slack = 3) {
    const reach = 12 * metresPerPixel;
    const near = this.bins.within(x - reach, y - reach, x + reach, y + reach).sort((one, other) => one - other);
    let best = -1;
    let bestScore = Infinity;
    for (let k = near.length - 1; k >= 0; k--) {
      const i = near[k];
      const away = Math.hypot(this.xy[2 * i] - x, this.xy[2 * i + 1] - y) / metresPerPixel;
      const radius = this.radius(i, zoom);
      // Inside a mark's own form the uppermost wins; only around it does the nearest.
      const score = away <= radius ? 0 : away;
      if (away <= radius + slack && score < bestScore) {
        best = i;
        bestScore = score;
        if (score === 0) break;
      }
    }
    return best;
  }
}
