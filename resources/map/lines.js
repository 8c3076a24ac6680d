// How roads and borders are drawn: quiet, and fewer the farther away.

import { planeAt } from './mercator.js';

// From which zoom a kind is drawn, and its width in px there and at zoom 17. Drawn in this order.
const ROADS = [
  { kind: 'road3', from: 14, widths: [0.8, 4] },
  { kind: 'road2', from: 12, widths: [0.9, 6] },
  { kind: 'road1', from: 10, widths: [1.2, 9] },
];
export const BORDERS = [
  { kind: 'responsibility', layer: 'responsibility', from: 14, widths: [0.8, 1.4], strength: 0.45 },
  { kind: 'street', layer: 'streets', from: 12, widths: [0.8, 1.8], strength: 0.55 },
  { kind: 'committee', layer: 'committees', from: 9, widths: [1.3, 2.6], strength: 0.9, dash: [7, 3] },
  { kind: 'district', layer: 'districts', from: 9, widths: [1.3, 2.6], strength: 0.9 },
];
export const FROM = Object.fromEntries(BORDERS.map(({ kind, from }) => [kind, from])); // zoom levels
const FULL_ZOOM = 17;

export class LinePainter {
  constructor(lines, originX, originY) {
    this.lines = lines;
    this.origin = [originX, originY];
  }

  dress(theme) {
    this.theme = theme;
  }

  isEmptyAt(plane, coords) {
    return this.lines.isEmptyAt(plane, coords);
  }

  /** strengthOf(layer): 0 where it is not shown, up to 1. */
  draw(ink, view, strengthOf) {
    const plane = planeAt(view.zoom, ...this.origin);
    const frame = { ...view, x: plane.left - view.left, y: plane.top - view.top, scale: plane.scale };
    ink.save();
    ink.scale(view.ratio, view.ratio);
    ink.lineJoin = 'round';
    ink.lineCap = 'round';
    const roads = strengthOf('roads');
    if (roads) for (const style of ROADS) this.#stroke(ink, frame, style, this.theme.road, roads);
    for (const style of BORDERS) {
      const strength = strengthOf(style.layer);
      if (strength) this.#stroke(ink, frame, style, this.theme.division, strength * style.strength);
    }
    ink.restore();
  }

  #stroke(ink, { zoom, x, y, scale, width, height }, { kind, from, widths, dash = [] }, colour, strength) {
    if (zoom < from) return;
    const share = Math.min(1, (zoom - from) / (FULL_ZOOM - from));
    const thick = widths[0] + (widths[1] - widths[0]) * share;
    const edge = thick + 1;
    const near = this.lines.within(
      kind, (-edge - x) / scale, (y - height - edge) / scale, (width + edge - x) / scale, (y + edge) / scale,
    );
    if (!near.length) return;
    const path = new Path2D();
    for (const { xy, closed } of near) {
      path.moveTo(x + xy[0] * scale, y - xy[1] * scale);
      for (let k = 2; k < xy.length; k += 2) path.lineTo(x + xy[k] * scale, y - xy[k + 1] * scale);
      if (closed) path.closePath();
    }
    ink.globalAlpha = strength;
    ink.strokeStyle = colour;
    ink.lineWidth = thick;
    ink.setLineDash(dash);
    ink.stroke(path);
  }
}
