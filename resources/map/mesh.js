// The lines between the unit grids, from street level on.

import { planeAt } from './mercator.js';

const FROM = 14;
const BOLD_FROM = 16;

export class Mesh {
  constructor(cells) {
    this.cells = cells;
  }

  dress(theme) {
    this.theme = theme;
  }

  draw(ink, { zoom, left, top, width, height, ratio }) {
    if (zoom < FROM) return;
    const { cells } = this;
    const { scale, left: west, top: north } = planeAt(zoom, cells.originX, cells.originY);
    const [x, y] = [west - left, north - top];
    const near = cells.bins.within((-1 - x) / scale, (y - height - 1) / scale, (width + 1 - x) / scale, (y + 1) / scale);
    if (!near.length) return;
    const path = new Path2D();
    for (const cell of near) cells.trace(path, cell, x * ratio, y * ratio, scale * ratio);
    ink.strokeStyle = this.theme.line;
    ink.lineWidth = ratio * (zoom >= BOLD_FROM ? 1 : 0.6);
    ink.stroke(path);
  }
}
