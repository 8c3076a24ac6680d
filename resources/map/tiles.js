// The coloured cells, as 256 px canvas tiles: cell numbers below street level, outlines from there on.

import { isOutside } from './bins.js';
import { planeAt } from './mercator.js';
import { rasterOf } from './raster.js';

const TILE = 256;
const OUTLINES_FROM = 14;
const KEPT_RASTERS = 160;
const REPAINT_WHOLE_FROM = 24; // so many changed cells in a tile cost more one by one

export const CellTiles = L.GridLayer.extend({
  options: { tileSize: TILE, keepBuffer: 1, updateInterval: 60, pane: 'tilePane', minZoom: 2, maxZoom: 19 },

  initialize(cells, state) {
    L.GridLayer.prototype.initialize.call(this, {});
    this.cells = cells;
    this.state = state;
    this.shown = new Map();
    this.rasters = new Map();
    this.sheets = new Map();
    this.plain = false;
    this.on('tileunload', (event) => this.shown.delete(event.tile));
  },

  createTile(coords) {
    const ratio = window.devicePixelRatio || 1;
    const size = Math.round(TILE * ratio);
    const plane = planeAt(coords.z, this.cells.originX, this.cells.originY);
    if (isOutside(this.cells.bins.bounds, plane, coords)) return document.createElement('div');
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    for (const key of ['scale', 'left', 'top']) plane[key] *= ratio;
    const tile = {
      zoom: coords.z,
      size,
      ratio,
      plane,
      left: coords.x * TILE * ratio,
      top: coords.y * TILE * ratio,
      ink: canvas.getContext('2d', { alpha: false }),
      key: `${coords.z}/${coords.x}/${coords.y}/${ratio}`,
    };
    this.shown.set(canvas, tile);
    this.paintTile(tile);
    return canvas;
  },

  /** Repaint everything: other colours, or a whole new state. */
  repaint() {
    for (const tile of this.shown.values()) this.paintTile(tile);
  },

  /** Repaint only the given cells. */
  repaintCells(changed) {
    if (this.plain) return;
    for (const tile of this.shown.values()) {
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
    if (this.plain || tile.zoom >= OUTLINES_FROM) this.paintOutlines(tile, 0, 0, tile.size, tile.size);
    else this.paintNumbers(tile, 0, 0, tile.size, tile.size);
  },

  paintCell(tile, cell) {
    const [left, top, right, bottom] = this.boxOn(tile, cell);
    const paint = tile.zoom >= OUTLINES_FROM ? this.paintOutlines : this.paintNumbers;
    paint.call(this, tile, left, top, right - left, bottom - top);
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
    const sheet = this.sheetFor(width, height);
    const out = new Uint32Array(sheet.data.buffer);
    const { table } = this.state;
    for (let row = 0; row < height; row++) {
      const from = (top + row) * tile.size + left;
      const to = row * width;
      for (let column = 0; column < width; column++) out[to + column] = table[numbers[from + column]];
    }
    tile.ink.putImageData(sheet, left, top);
  },

  rasterFor(tile) {
    let numbers = this.rasters.get(tile.key);
    this.rasters.delete(tile.key);
    numbers ??= rasterOf(this.cells, tile.plane, tile.left, tile.top, tile.size);
    this.rasters.set(tile.key, numbers); // the newest stand last
    if (this.rasters.size > KEPT_RASTERS) this.rasters.delete(this.rasters.keys().next().value);
    return numbers;
  },

  /** Whole tiles share one picture buffer; the small ones of single cells come and go. */
  sheetFor(width, height) {
    if (width < TILE) return new ImageData(width, height);
    if (!this.sheets.has(width)) this.sheets.set(width, new ImageData(width, height));
    return this.sheets.get(width);
  },

  paintOutlines(tile, left, top, width, height) {
    const { ink, plane } = tile;
    const { cells, state } = this;
    const x = plane.left - tile.left;
    const y = plane.top - tile.top;
    const near = cells.bins.within(
      (left - 1 - x) / plane.scale, (y - top - height - 1) / plane.scale,
      (left + width + 1 - x) / plane.scale, (y - top + 1) / plane.scale,
    );
    ink.save();
    ink.beginPath();
    ink.rect(left, top, width, height);
    ink.clip();
    ink.fillStyle = state.outside;
    ink.fillRect(left, top, width, height);
    const all = new Path2D();
    const byLevel = Array.from({ length: 6 }, () => null);
    for (const cell of near) {
      cells.trace(all, cell, x, y, plane.scale);
      const level = this.plain ? 0 : state.levels[cell];
      if (level) cells.trace((byLevel[level] ??= new Path2D()), cell, x, y, plane.scale);
    }
    ink.fillStyle = state.ramp[0];
    ink.fill(all, 'evenodd');
    for (let level = 1; level < 6; level++) {
      if (!byLevel[level]) continue;
      ink.fillStyle = state.ramp[level];
      ink.fill(byLevel[level], 'evenodd');
    }
    if (tile.zoom >= OUTLINES_FROM) {
      ink.strokeStyle = state.line;
      ink.lineWidth = tile.ratio * (tile.zoom >= 16 ? 1 : 0.6);
      ink.stroke(all);
    }
    ink.restore();
  },
});
