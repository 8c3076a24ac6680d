// The coloured cells: tiles of cell numbers, painted by one look-up in the table of colours for every pixel.

import { hatch } from './hatching.js';
import { letGo } from './memory.js';
import { rasterOf } from './raster.js';
import { Sheets, TILE } from './sheets.js';

const REPAINT_WHOLE_FROM = 24; // so many changed cells in a tile cost more one by one
const FEWEST_KEPT = 64; // tiles of numbers

export const CellTiles = Sheets.extend({
  initialize(cells, state, slices) {
    Sheets.prototype.initialize.call(this, cells, slices, { opaque: true });
    this.state = state;
    this.rasters = new Map();
    this.buffers = new Map();
    this.plain = false;
  },

  isEmptyAt(coords) {
    return this.isOutsideCity(coords);
  },

  tileOf(canvas, coords) {
    const tile = Sheets.prototype.tileOf.call(this, canvas, coords);
    for (const key of ['scale', 'left', 'top']) tile.plane[key] *= tile.ratio;
    tile.left = coords.x * TILE * tile.ratio;
    tile.top = coords.y * TILE * tile.ratio;
    tile.coarse = Boolean(this.coarse?.isFor(tile.plane.scale / tile.ratio));
    tile.key = `${coords.z}/${coords.x}/${coords.y}/${tile.ratio}/${tile.coarse}`;
    return tile;
  },

  /** Let `coarse` stand for the cells far away, from now on. */
  useCoarse(coarse) {
    this.coarse = coarse;
    this.refit();
  },

  /** Repaint everything: other colours, or other classes throughout. */
  repaint() {
    this.coarse?.update();
    Sheets.prototype.repaint.call(this);
  },

  /** Repaint only the given cells. */
  repaintCells(changed) {
    if (this.plain || !changed.length) return;
    this.coarse?.update();
    for (const tile of this.shown.values()) {
      if (tile.coarse) {
        this.paintTile(tile);
        continue;
      }
      const touched = changed.filter((cell) => this.touches(tile, cell));
      if (!touched.length) continue;
      if (touched.length >= REPAINT_WHOLE_FROM) this.paintTile(tile);
      else for (const cell of touched) this.paintCell(tile, cell);
    }
  },

  /** Show the city's ground without any state, or with it again. */
  setPlain(plain) {
    this.plain = plain;
    this.repaint();
  },

  paintTile(tile) {
    this.paintNumbers(tile, 0, 0, tile.size, tile.size);
  },

  paintCell(tile, cell) {
    const [left, top, right, bottom] = this.boxOn(tile, cell);
    this.paintNumbers(tile, left, top, right - left, bottom - top);
  },

  /** A cell's box in whole device pixels of the tile, with a pixel to spare. */
  boxOn(tile, cell) {
    const { boxes } = this.cells;
    const { scale, left, top } = tile.plane;
    const clamp = (value) => Math.max(0, Math.min(tile.size, value));
    return [
      clamp(Math.floor(left - tile.left + boxes[4 * cell] * scale) - 1),
      clamp(Math.floor(top - tile.top - boxes[4 * cell + 3] * scale) - 1),
      clamp(Math.ceil(left - tile.left + boxes[4 * cell + 2] * scale) + 1),
      clamp(Math.ceil(top - tile.top - boxes[4 * cell + 1] * scale) + 1),
    ];
  },

  touches(tile, cell) {
    const [left, top, right, bottom] = this.boxOn(tile, cell);
    return right > left && bottom > top;
  },

  paintNumbers(tile, left, top, width, height) {
    const numbers = this.rasterFor(tile);
    const { image, out } = this.bufferFor(width, height);
    const table = this.plain ? this.state.plainTable : (tile.coarse ? this.coarse : this.state).table;
    for (let row = 0; row < height; row++) {
      const from = (top + row) * tile.size + left;
      const to = row * width;
      for (let column = 0; column < width; column++) out[to + column] = table[numbers[from + column]];
    }
    if (this.state.hatched && table === this.state.table) {
      const { pixels, fewLine } = this.state;
      hatch(out, width, height, tile.left + left, tile.top + top, tile.ratio, pixels.at(-1), fewLine);
    }
    tile.ink.putImageData(image, left, top);
  },

  /** The cell numbers of a tile; those of two views are kept, so that the step back costs nothing. */
  rasterFor(tile) {
    let numbers = this.rasters.get(tile.key);
    this.rasters.delete(tile.key);
    numbers ??= rasterOf(tile.coarse ? this.coarse.grids : this.cells, tile.plane, tile.left, tile.top, tile.size);
    this.rasters.set(tile.key, numbers); // the newest stand last
    if (this.rasters.size > Math.max(FEWEST_KEPT, 2 * this.shown.size)) {
      const [oldest, unused] = this.rasters.entries().next().value;
      this.rasters.delete(oldest);
      letGo(unused);
    }
    return numbers;
  },

  /** Whole tiles share one picture buffer; the small ones of single cells come and go. */
  bufferFor(width, height) {
    const made = () => {
      const image = new ImageData(width, height);
      return { image, out: new Uint32Array(image.data.buffer) };
    };
    if (width < TILE) return made();
    if (!this.buffers.has(width)) this.buffers.set(width, made());
    return this.buffers.get(width);
  },
});
