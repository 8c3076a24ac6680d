// The heat: cases per square kilometre, a small raster that is stretched under the roads.
//
// File, little endian: 'GHM1', u32 columns, rows, f64 west, north, metres a cell (EPSG:3857); then a byte a
// cell, rows from north to south, 51 k at the k-th break of the legend.

import { pixelOf } from './colours.js';
import { planeAt } from './mercator.js';

const HEADER = 36;
const STEP = 51;
const STEPS = 5;
const STRENGTH = 0.82; // of the colours over the cells

export class Heat {
  constructor(grid) {
    this.grid = grid;
    this.bytes = ['heat'];
    this.on = false;
    this.buffer = null;
    this.sheet = null;
    grid.papers.under.push(this);
  }

  dress(theme) {
    this.theme = theme;
    this.#colour();
  }

  show(small) {
    if (!('spread' in small) || small.spread.heat === this.on) return;
    this.on = small.spread.heat;
    this.grid.papers.repaint();
  }

  take(_, buffer) {
    this.buffer = buffer;
    this.#colour();
    if (this.on) this.grid.papers.repaint();
  }

  isEmptyAt({ x, y, z }) {
    if (!this.on || !this.sheet) return true;
    const { left, top, width, height } = this.#boxAt(z);
    return left > (x + 1) * 256 || left + width < x * 256 || top > (y + 1) * 256 || top + height < y * 256;
  }

  draw(ink, view) {
    if (!this.on || !this.sheet) return;
    const { left, top, cell } = this.#boxAt(view.zoom);
    // Only what lies under the view, so that a whole city is not stretched over a street.
    const from = (at, side) => Math.max(0, Math.floor(at / cell) - 1);
    const to = (at, most) => Math.min(most, Math.ceil(at / cell) + 1);
    const x = from(view.left - left);
    const y = from(view.top - top);
    const width = to(view.left + view.width - left, this.sheet.width) - x;
    const height = to(view.top + view.height - top, this.sheet.height) - y;
    if (width <= 0 || height <= 0) return;
    const { ratio } = view;
    ink.save();
    ink.globalAlpha = STRENGTH;
    ink.imageSmoothingEnabled = true;
    ink.imageSmoothingQuality = 'medium';
    ink.drawImage(
      this.sheet, x, y, width, height,
      (left + x * cell - view.left) * ratio, (top + y * cell - view.top) * ratio, width * cell * ratio, height * cell * ratio,
    );
    ink.restore();
  }

  #boxAt(zoom) {
    const { west, north, step } = this;
    const plane = planeAt(zoom, 0, 0);
    const cell = step * plane.scale;
    return {
      cell,
      left: plane.left + west * plane.scale,
      top: plane.top - north * plane.scale,
      width: this.sheet.width * cell,
      height: this.sheet.height * cell,
    };
  }

  #colour() {
    this.sheet = null;
    if (!this.buffer || !this.theme) return;
    const head = new DataView(this.buffer);
    if (head.getUint32(0) !== 0x47484d31) throw new Error('not a heat file');
    const [columns, rows] = [head.getUint32(4, true), head.getUint32(8, true)];
    [this.west, this.north, this.step] = [12, 20, 28].map((at) => head.getFloat64(at, true));
    if (!columns || !rows) return;
    const values = new Uint8Array(this.buffer, HEADER, columns * rows);
    const table = coloursOf(this.theme);
    const picture = new ImageData(columns, rows);
    const pixels = new Uint32Array(picture.data.buffer);
    for (let i = 0; i < values.length; i++) pixels[i] = table[values[i]];
    const sheet = new OffscreenCanvas(columns, rows);
    sheet.getContext('2d').putImageData(picture, 0, 0);
    this.sheet = sheet;
  }
}

/** A pixel for each byte: the colour of every break where it begins, blended between, see-through below the first. */
function coloursOf(theme) {
  const stops = Array.from({ length: STEPS }, (_, k) => pixelOf(theme[`heat_${k + 1}`]));
  return Uint32Array.from({ length: 256 }, (_, value) => {
    const place = Math.max(0, value / STEP - 1);
    const low = Math.min(STEPS - 1, Math.floor(place));
    const high = Math.min(STEPS - 1, low + 1);
    const blend = (shift) => {
      const [one, other] = [(stops[low] >>> shift) & 0xff, (stops[high] >>> shift) & 0xff];
      return Math.round(one + (other - one) * (place - low)) << shift;
    };
    const alpha = Math.round(255 * Math.min(1, value / STEP));
    return ((alpha << 24) | blend(16) | blend(8) | blend(0)) >>> 0;
  });
}
