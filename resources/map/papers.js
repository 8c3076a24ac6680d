// Everything thin over the cells, on one layer of see-through canvas tiles: roads, borders, names, marks.
//
// One layer, because each one that covers the view costs a third of a frame where no graphics chip helps;
// tiles, because a moving map then carries them along and paints only what comes into view.

import { isOutside } from './bins.js';
import { planeAt } from './mercator.js';

const TILE = 256;

export const Papers = L.GridLayer.extend({
  options: { tileSize: TILE, keepBuffer: 1, updateInterval: 60, pane: 'tilePane', zIndex: 2, minZoom: 2, maxZoom: 19 },

  /** parts: { lines, labels, marks }, each with draw(ink, view); cells give origin and bounds, layers say what of it. */
  initialize(cells, parts, layers) {
    L.GridLayer.prototype.initialize.call(this, {});
    this.cells = cells;
    this.parts = parts;
    this.layers = layers;
    this.shown = new Map();
    this.under = []; // painters of features: draw(ink, view), isEmptyAt(coords), hides(part, zoom), marksChanged()
    this.over = [];
    this.on('tileunload', (event) => this.shown.delete(event.tile));
  },

  createTile(coords) {
    if (this.isEmptyAt(coords)) return document.createElement('div');
    const canvas = document.createElement('canvas');
    this.shown.set(canvas, coords);
    this.paintTile(canvas, coords);
    return canvas;
  },

  isEmptyAt(coords) {
    const { cells, parts } = this;
    const plane = planeAt(coords.z, cells.originX, cells.originY);
    return isOutside(cells.bins.bounds, plane, coords)
      && parts.lines.isEmptyAt(plane, coords)
      && parts.marks.isEmptyAt(coords)
      && [...this.under, ...this.over].every((painter) => painter.isEmptyAt?.(coords) ?? true);
  },

  /** Repaint everything: other colours, other type, other parts. */
  repaint() {
    for (const [canvas, coords] of this.shown) this.paintTile(canvas, coords);
  },

  /** Show other marks, and repaint only the tiles on which one has come, gone or changed. */
  setMarks(marks) {
    const places = this.parts.marks.replace(marks);
    if (!places.length) return;
    if (this.over.some((painter) => painter.marksChanged?.())) {
      this.repaint();
      return;
    }
    for (const [canvas, coords] of this.shown) {
      if (places.some((place) => this.parts.marks.touches(place, coords))) this.paintTile(canvas, coords);
    }
    // A mark beyond the city may lie where no canvas was thought to be needed.
    for (const { coords, el } of Object.values(this._tiles ?? {})) {
      if (!this.shown.has(el) && !this.isEmptyAt(coords)) {
        this.redraw();
        return;
      }
    }
  },

  paintTile(canvas, { x, y, z }) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = Math.round(TILE * ratio); // also empties it
    const ink = canvas.getContext('2d');
    const view = { zoom: z, left: x * TILE, top: y * TILE, width: TILE, height: TILE, ratio };
    const { lines, labels, marks } = this.parts;
    const strengthOf = (layer) => (this.isReplaced(layer, z) ? 0 : this.layers.strengthOf(layer));
    for (const painter of this.under) painter.draw(ink, view);
    lines.draw(ink, view, strengthOf);
    labels.draw(ink, view, strengthOf);
    ink.globalAlpha = strengthOf('marks');
    if (ink.globalAlpha) marks.draw(ink, view);
    ink.globalAlpha = 1;
    for (const painter of this.over) painter.draw(ink, view);
  },

  /** Whether something stands in a layer's place at this zoom. */
  isReplaced(layer, zoom) {
    return [...this.under, ...this.over].some((painter) => painter.hides?.(layer, zoom));
  },
});
