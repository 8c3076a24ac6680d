// How the marks are drawn, and which places on the map another set of marks changes.

import { isOutside } from './bins.js';
import { planeAt } from './mercator.js';
import { Sprites } from './sprites.js';

const REACH = 20; // px around its place that a mark may cover

export class MarkPainter {
  constructor(marks) {
    this.marks = marks;
    this.sprites = new Sprites();
  }

  dress(theme) {
    this.sprites.dress(theme);
  }

  /** Take other marks; returns the places [east, north], in EPSG:3857 metres, where the picture changes. */
  replace(marks) {
    const before = this.#faces(this.marks);
    const after = this.#faces(marks);
    this.marks = marks;
    const changed = [];
    for (const [face, place] of before) if (!after.has(face)) changed.push(place);
    for (const [face, place] of after) if (!before.has(face)) changed.push(place);
    return changed;
  }

  #faces({ count, ids, xy, shapes, lamps, originX, originY }) {
    const faces = new Map();
    for (let i = 0; i < count; i++) {
      const [x, y] = [originX + xy[2 * i], originY + xy[2 * i + 1]];
      // To the decimetre: each file has its own origin, and its rounding is no change.
      faces.set(`${ids[i]} ${Math.round(x * 10)} ${Math.round(y * 10)} ${shapes[i]} ${lamps[i]}`, [x, y]);
    }
    return faces;
  }

  touches([east, north], { x, y, z }) {
    const plane = planeAt(z, 0, 0);
    const dx = plane.left + east * plane.scale - x * 256;
    const dy = plane.top - north * plane.scale - y * 256;
    return dx > -REACH && dy > -REACH && dx < 256 + REACH && dy < 256 + REACH;
  }

  isEmptyAt(coords) {
    const { marks } = this;
    return !marks.count || isOutside(marks.bins.bounds, planeAt(coords.z, marks.originX, marks.originY), coords);
  }

  draw(ink, { zoom, left, top, width, height, ratio }) {
    const { marks } = this;
    if (!marks.count) return;
    const plane = planeAt(zoom, marks.originX, marks.originY);
    const { scale } = plane;
    const [x, y] = [plane.left - left, plane.top - top];
    const near = marks.bins.within(
      (-REACH - x) / scale, (y - height - REACH) / scale, (width + REACH - x) / scale, (y + REACH) / scale,
    );
    near.sort((one, other) => one - other); // the most urgent stand last and belong on top
    for (const i of near) {
      const sprite = this.sprites.get(marks.shapes[i], marks.lamps[i], marks.radius(i, zoom), ratio);
      ink.drawImage(
        sprite,
        Math.round((x + marks.xy[2 * i] * scale) * ratio) - sprite.width / 2,
        Math.round((y - marks.xy[2 * i + 1] * scale) * ratio) - sprite.height / 2,
      );
    }
  }
}
