// How the marks are drawn, and which places on the map another set of marks changes.

import { isOutside } from './bins.js';
import { planeAt } from './mercator.js';
import { Sprites } from './sprites.js';

const REACH = 20; // px around its place that a mark may cover
const CROWD = 300; // marks on a tile, from which on those that nearly lie under another are left out
const SQUARE = 3; // px, of which only the uppermost mark is drawn then

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
    const before = this.marks;
    this.marks = marks;
    const places = [];
    const left = new Map();
    for (let i = 0; i < before.count; i++) left.set(before.ids[i], i);
    for (let i = 0; i < marks.count; i++) {
      const was = left.get(marks.ids[i]);
      if (was !== undefined && looksTheSame(before, was, marks, i)) {
        left.delete(marks.ids[i]);
        continue;
      }
      places.push(placeOf(marks, i));
    }
    for (const i of left.values()) places.push(placeOf(before, i));
    before.letGo();
    return places;
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
    const { xy, shapes, lamps } = marks;
    const pictures = []; // at one zoom a mark's picture is that of its form and lamp: no key to be put together for each
    for (const i of near.length > CROWD ? this.#thinned(near, plane) : near) {
      const sprite = pictures[shapes[i] * 4 + lamps[i]] ??= this.sprites.get(shapes[i], lamps[i], marks.radius(i, zoom), ratio);
      ink.drawImage(
        sprite,
        Math.round((x + xy[2 * i] * scale) * ratio) - sprite.width / 2,
        Math.round((y - xy[2 * i + 1] * scale) * ratio) - sprite.height / 2,
      );
    }
  }

  /** Of every little square the uppermost mark; squares of the whole level, so that tiles agree at their edges. */
  #thinned(near, { left, top, scale }) {
    const taken = new Set();
    const { xy } = this.marks;
    return near.reverse().filter((i) => {
      const column = Math.floor((left + xy[2 * i] * scale) / SQUARE);
      const row = Math.floor((top - xy[2 * i + 1] * scale) / SQUARE);
      const square = column * 0x4000000 + row;
      return !taken.has(square) && taken.add(square);
    }).reverse();
  }
}

const placeOf = ({ originX, originY, xy }, i) => [originX + xy[2 * i], originY + xy[2 * i + 1]];

function looksTheSame(before, was, marks, i) {
  if (before.shapes[was] !== marks.shapes[i] || before.lamps[was] !== marks.lamps[i]) return false;
  const [x, y] = placeOf(before, was);
  const [east, north] = placeOf(marks, i);
  // To the decimetre: each file has its own origin, and its rounding is no change.
  return Math.abs(x - east) < 0.1 && Math.abs(y - north) < 0.1;
}