// Everything thin over the cells, on one layer of see-through canvas tiles: lines, borders, names, marks.
//
// One layer, because each one that covers the view costs a third of a frame where no graphics chip helps;
// tiles, because a moving map then carries them along and paints only what comes into view.

import { emptied } from './memory.js';
import { Sheets, TILE } from './sheets.js';

export const Papers = Sheets.extend({
  /** parts: { mesh, lines, labels, marks }, each with draw(ink, view); layers say what of them is shown. */
  initialize(cells, parts, layers, slices) {
    Sheets.prototype.initialize.call(this, cells, slices, { zIndex: 2 });
    this.parts = parts;
    this.layers = layers;
    this.under = []; // painters of features: draw(ink, view), isEmptyAt(coords), hides(part, zoom), marksChanged()
    this.between = []; // above the lines and names, below the marks
    this.over = [];
  },

  isEmptyAt(coords) {
    const { lines, marks } = this.parts;
    return this.isOutsideCity(coords)
      && lines.isEmptyAt(this.planeOf(coords), coords)
      && marks.isEmptyAt(coords)
      && [...this.under, ...this.over].every((painter) => painter.isEmptyAt?.(coords) ?? true);
  },

  /** Show other marks, and repaint only the tiles on which one has come, gone or changed. */
  setMarks(marks) {
    const places = this.parts.marks.replace(marks);
    if (!places.length) return;
    if (this.over.some((painter) => painter.marksChanged?.())) {
      this.repaint();
      return;
    }
    for (const tile of this.shown.values()) {
      if (places.some((place) => this.parts.marks.touches(place, tile.coords))) this.paintMarks(tile);
    }
    // A mark beyond the city may lie where no canvas was thought to be needed.
    for (const { coords, el } of Object.values(this._tiles ?? {})) {
      if (el.tagName === 'DIV' && !this.isEmptyAt(coords)) {
        this.redraw();
        return;
      }
    }
  },

  paintTile(tile) {
    if (tile.still) emptied(tile.still);
    tile.still = null;
    tile.ink.clearRect(0, 0, tile.size, tile.size);
    this.drawStill(tile.ink, tile);
    this.drawMarks(tile);
  },

  /** Marks come and go all day: from the second time on what lies below them is kept as a picture. */
  paintMarks(tile) {
    if (!tile.still) {
      tile.still = new OffscreenCanvas(tile.size, tile.size);
      this.drawStill(tile.still.getContext('2d'), tile);
    }
    tile.ink.clearRect(0, 0, tile.size, tile.size);
    tile.ink.drawImage(tile.still, 0, 0);
    this.drawMarks(tile);
  },

  drawStill(ink, tile) {
    const { mesh, lines, labels } = this.parts;
    const view = this.viewOf(tile);
    for (const painter of this.under) painter.draw(ink, view);
    ink.globalAlpha = this.layers.strengthOf('cells') || 1;
    mesh.draw(ink, view);
    ink.globalAlpha = 1;
    lines.draw(ink, view, (layer) => this.strengthAt(layer, view.zoom));
    labels.draw(ink, view, (layer) => this.strengthAt(layer, view.zoom));
    for (const painter of this.between) painter.draw(ink, view);
  },

  drawMarks(tile) {
    const { ink } = tile;
    const view = this.viewOf(tile);
    ink.globalAlpha = this.strengthAt('marks', view.zoom);
    if (ink.globalAlpha) this.parts.marks.draw(ink, view);
    ink.globalAlpha = 1;
    for (const painter of this.over) painter.draw(ink, view);
  },

  /** How strong a layer is drawn, 0 where something stands in its place at this zoom. */
  strengthAt(layer, zoom) {
    const replaced = [...this.under, ...this.over].some((painter) => painter.hides?.(layer, zoom));
    return replaced ? 0 : this.layers.strengthOf(layer);
  },

  viewOf({ coords: { x, y, z }, ratio }) {
    return { zoom: z, left: x * TILE, top: y * TILE, width: TILE, height: TILE, ratio };
  },
});
