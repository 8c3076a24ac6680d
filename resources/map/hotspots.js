// The hot and cold spots: cells whose surroundings have more or fewer cases than chance explains.
//
// File, little endian: 'GHS1', u32 cells, units; u32 unit[cells]; per unit f32 own cases, f32 cases with its
// neighbours, f32 expected, f32 z, f32 p, each an array of its own; i8 kind[units], -3 to 3.

import { isOutside } from './bins.js';
import { pixelOf } from './colours.js';
import { planeAt } from './mercator.js';
import { rasterOf } from './raster.js';
import { filled } from './spread.js';

const HEADER = 12;
const TILE = 256;
const KEPT = 64;
const HATCH = 6; // px from one stripe of a cold spot to the next
const STRIPE = 3;
const FIGURES = ['own', 'near', 'expected', 'z', 'p'];

export class HotSpots {
  constructor(grid) {
    this.grid = grid;
    this.bytes = ['hotspots'];
    this.on = false;
    this.kinds = null;
    this.kept = new Map(); // numbers of cells by tile: the city does not change under them
    grid.papers.under.push(this);
  }

  dress(theme, words) {
    this.words = words;
    const pixel = (role) => pixelOf(theme[role]);
    this.hot = [0, 1, 2, 3].map((step) => (step ? pixel(`hot_${step}`) : 0));
    this.cold = [0, 1, 2, 3].map((step) => (step ? pixel(`cold_${step}`) : 0));
  }

  show(small) {
    if (!('spread' in small) || Boolean(small.spread.hot) === this.on) return;
    this.on = Boolean(small.spread.hot);
    this.grid.papers.repaint();
  }

  take(_, buffer) {
    this.kinds = null;
    if (buffer.byteLength) this.#read(buffer);
    if (this.on) this.grid.papers.repaint();
  }

  #read(buffer) {
    const head = new DataView(buffer);
    if (head.getUint32(0) !== 0x47485331) throw new Error('not a file of hot spots');
    const [cells, units] = [head.getUint32(4, true), head.getUint32(8, true)];
    if (cells !== this.grid.cells.count) throw new Error('hot spots of another city');
    this.unitOf = new Uint32Array(buffer, HEADER, cells);
    let at = HEADER + 4 * cells;
    for (const name of FIGURES) {
      this[name] = new Float32Array(buffer, at, units);
      at += 4 * units;
    }
    this.kinds = new Int8Array(buffer, at, units);
  }

  get #shown() {
    return this.on && this.kinds;
  }

  isEmptyAt(coords) {
    const { cells } = this.grid;
    return !this.#shown || isOutside(cells.bins.bounds, planeAt(coords.z, cells.originX, cells.originY), coords);
  }

  draw(ink, { zoom, left, top, ratio }) {
    if (!this.#shown) return;
    const size = Math.round(TILE * ratio);
    const numbers = this.#numbers(zoom, left, top, ratio, size);
    const { unitOf, kinds, hot, cold } = this;
    const picture = new ImageData(size, size);
    const out = new Uint32Array(picture.data.buffer);
    const [hatch, stripe] = [HATCH * ratio, STRIPE * ratio];
    let painted = false;
    for (let row = 0, i = 0; row < size; row++) {
      for (let column = 0; column < size; column++, i++) {
        if (!numbers[i]) continue;
        const kind = kinds[unitOf[numbers[i] - 1]];
        if (!kind) continue;
        painted = true;
        // Told by form as well: hot is solid, cold is striped.
        if (kind > 0) out[i] = hot[kind];
        else if ((column + row) % hatch < stripe) out[i] = cold[-kind];
      }
    }
    if (!painted) return;
    const sheet = new OffscreenCanvas(size, size);
    sheet.getContext('2d').putImageData(picture, 0, 0);
    ink.save();
    ink.globalAlpha = 0.9;
    ink.drawImage(sheet, 0, 0);
    ink.restore();
  }

  #numbers(zoom, left, top, ratio, size) {
    const key = `${zoom}/${left}/${top}/${ratio}`;
    let numbers = this.kept.get(key);
    if (!numbers) {
      const { cells } = this.grid;
      const plane = planeAt(zoom, cells.originX, cells.originY);
      for (const part of ['scale', 'left', 'top']) plane[part] *= ratio;
      numbers = rasterOf(cells, plane, left * ratio, top * ratio, size);
    }
    this.kept.delete(key);
    this.kept.set(key, numbers);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value);
    return numbers;
  }

  tell(_, { cell, mark }) {
    if (!this.#shown || mark >= 0 || cell < 0) return '';
    const unit = this.unitOf[cell];
    const [own, near] = [this.own[unit], this.near[unit]];
    const p = this.p[unit];
    const facts = {
      count: own.toFixed(0),
      near: near.toFixed(0),
      expected: this.expected[unit].toFixed(1),
      z: this.z[unit].toFixed(2),
      p: p < 0.0001 ? '< 0.0001' : `= ${p.toFixed(4)}`,
      kind: this.words[`spot_${this.kinds[unit]}`] ?? '',
    };
    return [this.grid.hover.textOf({ cell, mark }), filled(this.words.spot_tip, facts), filled(this.words.spot_tip_p, facts)].join('\n');
  }
}
