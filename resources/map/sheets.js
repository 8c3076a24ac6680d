// A layer of canvas tiles that are drawn in slices, out of sight until all of a level is there.
//
// Leaflet empties a layer at every zoom step and fills it in one go, which takes several frames. Here the old
// level is kept until the new one is drawn, a few tiles a frame; what is seen meanwhile is a picture of the old
// one (stand_in.js). So there is no blank view, and no name is drawn twice.

import { emptied } from './memory.js';
import { isOutside } from './bins.js';
import { planeAt } from './mercator.js';

export const TILE = 256;
// Canvases kept for the next tiles: new ones cost memory until the next cleaning. Their pictures stay while the
// wheel turns, which took 50 ms a frame instead of 17 without them, and go soon after: the browser keeps some more
// of whatever was once on the screen, a megabyte for each.
const MOST_SPARE = 32;
const KEPT_MS = 1500;

export const Sheets = L.GridLayer.extend({
  options: { tileSize: TILE, keepBuffer: 1, updateInterval: 60, pane: 'tilePane', minZoom: 2, maxZoom: 19 },

  /** Has isEmptyAt(coords) and paintTile(tile); a tile is { canvas, ink, coords, ratio, size, plane }. */
  initialize(cells, slices, options) {
    L.GridLayer.prototype.initialize.call(this, options);
    this.cells = cells;
    this.slices = slices;
    this.shown = new Map(); // tiles by their canvas
    this.spare = [];
    this.spared = new WeakMap(); // since when each lies there, ms
    this.standing = null; // the level that is seen, or was last
    this.on('tileunload', ({ tile: canvas }) => {
      const tile = this.shown.get(canvas);
      if (!tile) return;
      this.shown.delete(canvas);
      if (tile.still) emptied(tile.still);
      if (this.spare.length >= MOST_SPARE) return emptied(canvas);
      this.spare.push(canvas);
      const since = performance.now();
      this.spared.set(canvas, since);
      setTimeout(() => {
        if (this.spared.get(canvas) === since) emptied(canvas);
      }, KEPT_MS);
    });
  },

  createTile(coords, done) {
    if (this.isEmptyAt(coords)) {
      const nothing = document.createElement('div');
      this.slices.add(() => done(null, nothing));
      return nothing;
    }
    const canvas = this.spare.pop() ?? document.createElement('canvas');
    this.spared.delete(canvas);
    canvas.className = '';
    this.slices.add(() => {
      const held = this._tiles[this._tileCoordsToKey(coords)];
      if (held?.el !== canvas) return; // gone before its turn came
      const tile = this.tileOf(canvas, coords);
      this.shown.set(canvas, tile);
      this.paintTile(tile);
      done(null, canvas);
    });
    return canvas;
  },

  tileOf(canvas, coords) {
    const ratio = window.devicePixelRatio || 1;
    const size = Math.round(TILE * ratio);
    if (canvas.width !== size || canvas.height !== size) canvas.width = canvas.height = size;
    const plane = this.planeOf(coords);
    return { canvas, coords, ratio, size, plane, ink: canvas.getContext('2d', { alpha: !this.options.opaque }) };
  },

  planeOf({ z }) {
    return planeAt(z, this.cells.originX, this.cells.originY);
  },

  isOutsideCity(coords) {
    return isOutside(this.cells.bins.bounds, this.planeOf(coords), coords);
  },

  /** Make all tiles anew where they are: the screen has other pixels, or they are drawn from something else. */
  refit() {
    for (const [canvas, tile] of this.shown) {
      if (tile.still) emptied(tile.still);
      this.shown.set(canvas, this.tileOf(canvas, tile.coords));
    }
    this.repaint();
  },

  /** Paint all tiles again: those in view at once, the others when there is time. */
  repaint() {
    if (!this._map) return;
    const seen = this._map.getPixelBounds();
    const rest = [];
    for (const tile of this.shown.values()) {
      const corner = L.point(tile.coords.x, tile.coords.y).multiplyBy(TILE);
      const inView = tile.coords.z === this._tileZoom && seen.overlaps(L.bounds(corner, corner.add([TILE, TILE])));
      if (inView) this.paintTile(tile);
      else rest.push(tile);
    }
    for (const tile of rest) this.slices.add(() => this.shown.has(tile.canvas) && this.paintTile(tile));
  },

  /** Whether another level than that of the map is seen. */
  isTurning() {
    return this.standing !== this._level;
  },

  /** Show the level that was made. */
  turn() {
    this.standing = this._level;
    for (const level of Object.values(this._levels)) level.el.style.visibility = level === this.standing ? '' : 'hidden';
    this._pruneTiles();
  },

  // What follows changes how Leaflet's own layer of tiles goes from level to level.

  _invalidateAll() {}, // before every zoom step: the old level stays until the new one is there

  _updateLevels() {
    const level = L.GridLayer.prototype._updateLevels.call(this);
    if (!level || !this.standing || this._levels[this.standing.zoom] !== this.standing) return level;
    const hidden = level === this.standing ? '' : 'hidden';
    level.el.style.visibility = this.standing.el.style.visibility = hidden;
    for (const zoom of Object.keys(this._levels).map(Number)) {
      // Wheeled on before it was finished: nobody will see it.
      if (zoom !== level.zoom && zoom !== this.standing.zoom) this._removeTilesAtZoom(zoom);
    }
    if (this._loading && this._noTilesToLoad()) this._loading = false;
    return level;
  },

  // Leaflet prunes after every tile, which looks at all of them; before the first level stands there is no other.
  _pruneTiles() {
    if (this.standing && !this.isTurning()) L.GridLayer.prototype._pruneTiles.call(this);
  },
});
