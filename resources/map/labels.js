// Names on the map: which stand where at a zoom level, decided once for the whole city so that none
// comes or goes while the map is moved. Chinese names follow their road upright, character by character.

import { planeAt } from './mercator.js';

// Most important first. Areas are named at their middle, roads along their line every `every` px.
const STYLES = [
  { kind: 'district', layer: 'districts', from: 9, to: 13, size: 15, role: 'text', spread: 1.45, strength: 0.8 },
  { kind: 'committee', layer: 'committees', from: 9, to: 13, size: 14, role: 'text', spread: 1.35, strength: 0.7 },
  { kind: 'road1', layer: 'roads', from: 12, to: 19, size: 12, role: 'road_label', spread: 1.3, every: 620 },
  { kind: 'road2', layer: 'roads', from: 13, to: 19, size: 12, role: 'road_label', spread: 1.3, every: 560 },
  { kind: 'street', layer: 'streets', from: 13, to: 15, size: 12, role: 'muted', spread: 1.15, strength: 0.95 },
  { kind: 'road3', layer: 'roads', from: 15, to: 19, size: 11, role: 'road_label', spread: 1.3, every: 480 },
  { kind: 'responsibility', layer: 'responsibility', from: 16, to: 19, size: 11, role: 'muted', spread: 1.1, strength: 0.8 },
];
const LONGEST = 24;
const SHARPEST_TURN = 0.5; // radians between two characters
const HALO = 3;
const ROOM = 64; // px of a collision square

export class Labels {
  constructor(lines, originX, originY) {
    this.lines = lines;
    this.origin = [originX, originY];
    this.byZoom = new Map();
  }

  /** Colours or type have changed: keep the places, forget the pictures. */
  dress(theme, font) {
    this.theme = theme;
    this.font = font;
    for (const labels of this.byZoom.values()) for (const label of labels) label.sprite = null;
  }

  /** Draw the names that fall on a view: its corner in the zoom level's plane, all in px.
   *
   * strengthOf(layer): of the names themselves, and no name of what is not shown.
   */
  draw(ink, { zoom, left, top, width, height, ratio }, strengthOf) {
    const strength = strengthOf('names');
    if (!strength) return;
    ink.globalAlpha = strength;
    if (!this.byZoom.has(zoom)) this.byZoom.set(zoom, this.#place(zoom));
    for (const label of this.byZoom.get(zoom)) {
      if (!strengthOf(label.style.layer)) continue;
      const x = label.x - left;
      const y = label.y - top;
      if (x + label.half < 0 || y + label.half < 0 || x - label.half > width || y - label.half > height) continue;
      if (!label.sprite || label.ratio !== ratio) this.#picture(label, ratio);
      const { sprite } = label;
      ink.drawImage(sprite, Math.round(x * ratio) - sprite.width / 2, Math.round(y * ratio) - sprite.height / 2);
    }
    ink.globalAlpha = 1;
  }

  #place(zoom) {
    const plane = planeAt(zoom, ...this.origin);
    const placed = [];
    const taken = new Map();
    const keep = (label) => {
      const boxes = label.letters.map(([, dx, dy, w]) => boxAround(label.x + dx, label.y + dy, w, label.style.size));
      if (boxes.some((box) => isTaken(taken, box))) return;
      boxes.forEach((box) => take(taken, box));
      label.half = Math.max(...label.letters.map(([, dx, dy, w]) => Math.max(Math.abs(dx), Math.abs(dy)) + w)) + HALO;
      placed.push(label);
    };
    for (const style of STYLES) {
      if (zoom < style.from || zoom > style.to) continue;
      for (const runs of this.lines.features(style.kind)) {
        const name = shortName(runs[0].name);
        if (!name) continue;
        if (style.every) for (const run of runs) labelsAlong(run, name, style, plane).forEach(keep);
        else keep(labelInside(runs, name, style, plane));
      }
    }
    return placed;
  }

  #picture(label, ratio) {
    const { size, role, strength = 1 } = label.style;
    const half = Math.ceil(label.half * ratio);
    const sheet = new OffscreenCanvas(2 * half, 2 * half);
    const ink = sheet.getContext('2d');
    ink.translate(half, half);
    ink.scale(ratio, ratio);
    ink.font = `500 ${size}px ${this.font}`;
    ink.textAlign = 'center';
    ink.textBaseline = 'middle';
    ink.lineJoin = 'round';
    ink.lineWidth = HALO;
    ink.strokeStyle = this.theme.surface;
    ink.fillStyle = this.theme[role];
    ink.globalAlpha = strength;
    ink.rotate(label.turn ?? 0);
    for (const [letter, dx, dy] of label.letters) ink.strokeText(letter, dx, dy);
    for (const [letter, dx, dy] of label.letters) ink.fillText(letter, dx, dy);
    label.sprite = sheet.transferToImageBitmap();
    label.ratio = ratio;
  }
}

function shortName(name) {
  const letters = [...name.slice(0, 4 * LONGEST).replace(/\s+/g, ' ').trim()];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
}

const isLatin = (name) => /^[\u0000-\u024f]*$/.test(name);

/** A name in the middle of the largest part of an area, letter-spaced. */
function labelInside(runs, name, style, plane) {
  let best = null;
  for (const { xy } of runs) {
    const found = centreOf(xy);
    if (!best || found.area > best.area) best = found;
  }
  const letters = isLatin(name)
    ? [[name, 0, 0, name.length * style.size * 0.56]]
    : [...name].map((letter, k, all) => [letter, (k - (all.length - 1) / 2) * style.size * style.spread, 0, style.size]);
  return { style, letters, x: plane.left + best.x * plane.scale, y: plane.top - best.y * plane.scale };
}

function centreOf(xy) {
  let twice = 0;
  let x = 0;
  let y = 0;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    const cross = (xy[j] - xy[0]) * (xy[i + 1] - xy[1]) - (xy[i] - xy[0]) * (xy[j + 1] - xy[1]);
    twice += cross;
    x += (xy[j] + xy[i] - 2 * xy[0]) * cross;
    y += (xy[j + 1] + xy[i + 1] - 2 * xy[1]) * cross;
  }
  const flat = Math.abs(twice) < 1e-6;
  return { area: Math.abs(twice), x: xy[0] + (flat ? 0 : x / (3 * twice)), y: xy[1] + (flat ? 0 : y / (3 * twice)) };
}

/** A name along a road, again and again, wherever the road runs straight enough for it. */
function labelsAlong({ xy }, name, style, plane) {
  const points = [];
  let length = 0;
  for (let k = 0; k < xy.length; k += 2) {
    const point = { x: plane.left + xy[k] * plane.scale, y: plane.top - xy[k + 1] * plane.scale };
    if (points.length) length += Math.hypot(point.x - points.at(-1).x, point.y - points.at(-1).y);
    points.push({ ...point, at: length });
  }
  const latin = isLatin(name);
  const letters = latin ? [name] : name.match(/[\u0021-\u024f]+|\S/gu) ?? [];
  const widths = letters.map((letter) => widthOf(letter, style));
  const needed = widths.reduce((sum, width) => sum + width, 0);
  const found = [];
  if (length < needed * 1.15) return found;
  const times = Math.max(1, Math.floor(length / style.every));
  for (let time = 0; time < times; time++) {
    const middle = (length * (time + 0.5)) / times;
    const label = labelAt(points, middle, letters, widths, style, latin);
    if (label) found.push(label);
  }
  return found;
}

/** How much of a road a character, or a number read as one, takes up. */
const widthOf = (letter, { size, spread }) => (letter.length === 1 ? size : letter.length * size * 0.62) * spread;

function labelAt(points, middle, letters, widths, style, latin) {
  let reached = middle - widths.reduce((sum, width) => sum + width, 0) / 2;
  const spots = widths.map((width) => {
    reached += width;
    return walk(points, reached - width / 2);
  });
  for (let k = 1; k < spots.length; k++) {
    if (Math.abs(turnBetween(spots[k - 1].turn, spots[k].turn)) > SHARPEST_TURN) return null;
  }
  const centre = walk(points, middle);
  const along = [Math.cos(centre.turn), Math.sin(centre.turn)];
  // Read from left to right, or down where the road runs more north to south than across.
  const backwards = Math.abs(along[0]) >= Math.abs(along[1]) ? along[0] < 0 : along[1] < 0;
  if (latin) {
    const turn = backwards ? centre.turn + Math.PI : centre.turn;
    return { style, x: centre.x, y: centre.y, turn, letters: [[letters[0], 0, 0, widths[0]]] };
  }
  if (backwards) spots.reverse();
  return {
    style,
    x: centre.x,
    y: centre.y,
    letters: letters.map((letter, k) => [letter, spots[k].x - centre.x, spots[k].y - centre.y, Math.max(widths[k] / style.spread, style.size)]),
  };
}

function walk(points, distance) {
  let k = 1;
  while (k < points.length - 1 && points[k].at < distance) k++;
  const [from, to] = [points[k - 1], points[k]];
  const share = to.at > from.at ? (distance - from.at) / (to.at - from.at) : 0;
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    turn: Math.atan2(to.y - from.y, to.x - from.x),
  };
}

function turnBetween(one, other) {
  const turn = other - one;
  return Math.atan2(Math.sin(turn), Math.cos(turn));
}

const boxAround = (x, y, width, height) => [x - width / 2 - 4, y - height / 2 - 4, x + width / 2 + 4, y + height / 2 + 4];

function* squares([left, top, right, bottom]) {
  for (let row = Math.floor(top / ROOM); row <= Math.floor(bottom / ROOM); row++) {
    for (let column = Math.floor(left / ROOM); column <= Math.floor(right / ROOM); column++) yield `${column},${row}`;
  }
}

function isTaken(taken, box) {
  for (const square of squares(box)) {
    for (const [left, top, right, bottom] of taken.get(square) ?? []) {
      if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) return true;
    }
  }
  return false;
}

function take(taken, box) {
  for (const square of squares(box)) {
    if (!taken.has(square)) taken.set(square, []);
    taken.get(square).push(box);
  }
}
