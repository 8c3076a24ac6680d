// Names on the map: which stand where at a zoom level is decided once, so that none comes or goes while the
// map is moved. Chinese names follow their road upright, character by character.
//
// Areas are named first, for the whole city; roads block by block, when a block first comes into view, and a
// road's name lies wholly in its block: so no block need know what stands in the next one.

import { planeAt } from './mercator.js';

// Areas before roads, and the most important first. Areas are named at their middle, roads along their line
// every `every` px.
const STYLES = [
  { kind: 'district', layer: 'districts', from: 9, to: 13, size: 15, role: 'text', spread: 1.45, strength: 0.8 },
  { kind: 'committee', layer: 'committees', from: 9, to: 13, size: 14, role: 'text', spread: 1.35, strength: 0.7 },
  { kind: 'campaigns', layer: 'campaigns', from: 12, to: 16, size: 12, role: 'text', spread: 1.1, strength: 0.85 },
  { kind: 'saved', layer: 'campaigns', from: 12, to: 16, size: 12, role: 'text', spread: 1.1, strength: 0.85 },
  { kind: 'street', layer: 'streets', from: 13, to: 15, size: 12, role: 'muted', spread: 1.15, strength: 0.95 },
  { kind: 'responsibility', layer: 'responsibility', from: 16, to: 19, size: 11, role: 'muted', spread: 1.1, strength: 0.8 },
  { kind: 'flooding', layer: 'flooding', from: 14, to: 19, size: 11, role: 'text', spread: 1.02, below: 14 },
  { kind: 'own', layer: 'own', from: 15, to: 19, size: 11, role: 'text', spread: 1.02, below: 13 },
  { kind: 'road1', layer: 'roads', from: 12, to: 19, size: 12, role: 'road_label', spread: 1.3, every: 620 },
  { kind: 'road2', layer: 'roads', from: 13, to: 19, size: 12, role: 'road_label', spread: 1.3, every: 560 },
  { kind: 'road3', layer: 'roads', from: 15, to: 19, size: 11, role: 'road_label', spread: 1.3, every: 480 },
];
const LONGEST = 24;
const LONGEST_LATIN = 40; // letters half as wide
const SHARPEST_TURN = 0.5; // radians between two characters
const HALO = 3;
const ROOM = 64; // px of a collision square
const BLOCK = 1024; // px, a whole number of tiles
const MOST_BLOCKS = 128; // kept

export class Labels {
  constructor(lines, originX, originY) {
    this.lines = lines;
    this.origin = [originX, originY];
    this.added = new Map(); // features that are no part of the city's lines, by kind
    this.isShown = () => true; // of a layer: what is not shown takes no room
    this.names = new Map(); // of areas in the language of the moment, by their own
    this.areas = new Map(); // { labels, taken } by zoom
    this.blocks = new Map(); // labels by zoom and block
  }

  /** Name these features too, each a list of runs; there is no other way but to place all names again. */
  setFeatures(kind, features) {
    if (!features.length && !this.added.has(kind)) return;
    this.added.set(kind, features);
    this.forget();
  }

  /** Place the names again: other features, other layers. */
  forget() {
    this.areas.clear();
    this.blocks.clear();
  }

  /** names: what areas are called in the language of the moment, by their own names. */
  translate(names) {
    this.names = new Map(Object.entries(names));
    this.forget();
  }

  dress(theme, font, words) {
    this.theme = theme;
    this.font = font;
    const english = words.language === 'en';
    if (this.english !== english) this.forget();
    this.english = english;
  }

  /** What an area is called in the language of the moment. */
  nameOf(name) {
    return this.names.get(name) ?? name;
  }

  /** Draw the names that fall on a view within one tile: its corner in the zoom level's plane, all in px.
   *
   * strengthOf(layer): of the names themselves, and no name of what is not shown.
   */
  draw(ink, { zoom, left, top, width, height, ratio }, strengthOf) {
    const strength = strengthOf('names');
    if (!strength) return;
    ink.save();
    ink.scale(ratio, ratio);
    ink.textAlign = 'center';
    ink.textBaseline = 'middle';
    ink.lineJoin = 'round';
    ink.lineWidth = HALO;
    ink.strokeStyle = this.theme.surface;
    for (const labels of [this.#areasAt(zoom).labels, this.#roadsIn(zoom, Math.floor(left / BLOCK), Math.floor(top / BLOCK))]) {
      for (const label of labels) {
        if (!strengthOf(label.style.layer)) continue;
        const x = label.x - left;
        const y = label.y - top;
        if (x + label.half < 0 || y + label.half < 0 || x - label.half > width || y - label.half > height) continue;
        this.#write(ink, label, x, y, strength);
      }
    }
    ink.restore();
  }

  #areasAt(zoom) {
    let made = this.areas.get(zoom);
    if (made) return made;
    const plane = planeAt(zoom, ...this.origin);
    made = { labels: [], taken: new Map() };
    for (const style of STYLES) {
      if (zoom < style.from || zoom > style.to || style.every || !this.isShown(style.layer)) continue;
      for (const runs of this.added.get(style.kind) ?? this.lines.features(style.kind)) {
        const name = shortName(this.nameOf(runs[0].name));
        const covered = style.kind === 'responsibility' && this.isShown('patrollers'); // who stands in its middle
        if (name) keep(labelInside(runs, name, covered ? { ...style, below: 15 } : style, plane), made);
      }
    }
    this.areas.set(zoom, made);
    return made;
  }

  #roadsIn(zoom, column, row) {
    const key = `${zoom}/${column}/${row}`;
    let labels = this.blocks.get(key);
    if (labels) return labels;
    const plane = planeAt(zoom, ...this.origin);
    const block = { left: column * BLOCK, top: row * BLOCK, right: (column + 1) * BLOCK, bottom: (row + 1) * BLOCK };
    const made = { labels: [], taken: new Map(), block, also: this.#areasAt(zoom).taken };
    const [west, east] = [block.left, block.right].map((x) => (x - plane.left) / plane.scale);
    const [north, south] = [block.top, block.bottom].map((y) => (plane.top - y) / plane.scale);
    for (const style of STYLES) {
      if (zoom < style.from || zoom > style.to || !style.every || !this.isShown(style.layer)) continue;
      for (const run of this.lines.within(style.kind, west, south, east, north)) {
        const name = shortName((this.english && run.english) || run.name); // as the city gives it
        if (name) for (const label of labelsAlong(run, name, style, plane, block)) keep(label, made);
      }
    }
    labels = made.labels;
    this.blocks.set(key, labels);
    if (this.blocks.size > MOST_BLOCKS) this.blocks.delete(this.blocks.keys().next().value);
    return labels;
  }

  #write(ink, { style: { size, role, strength = 1 }, letters, turn }, x, y, given) {
    ink.save();
    ink.translate(x, y);
    if (turn) ink.rotate(turn);
    ink.font = `500 ${size}px ${this.font}`;
    ink.fillStyle = this.theme[role];
    ink.globalAlpha = strength * given;
    for (const [letter, dx, dy] of letters) ink.strokeText(letter, dx, dy);
    for (const [letter, dx, dy] of letters) ink.fillText(letter, dx, dy);
    ink.restore();
  }
}

/** Give a label its place, unless there is no room: one lies there already, or it would reach out of the block. */
function keep(label, { labels, taken, block, also }) {
  const boxes = label.letters.map(([, dx, dy, w]) => boxAround(label.x + dx, label.y + dy, w, label.style.size));
  if (boxes.some((box) => isTaken(taken, box) || (also && isTaken(also, box)) || (block && reachesOut(block, box)))) return;
  boxes.forEach((box) => take(taken, box));
  label.half = Math.max(...label.letters.map(([, dx, dy, w]) => Math.max(Math.abs(dx), Math.abs(dy)) + w)) + HALO;
  labels.push(label);
}

const reachesOut = ({ left, top, right, bottom }, box) => box[0] < left || box[1] < top || box[2] > right || box[3] > bottom;

function shortName(name) {
  const letters = [...name.slice(0, 4 * LONGEST).replace(/\s+/g, ' ').trim()];
  const most = isLatin(name) ? LONGEST_LATIN : LONGEST;
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
}

const isLatin = (name) => /^[\u0000-\u024f\u2026]*$/.test(name);

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
  return { style, letters, x: plane.left + best.x * plane.scale, y: plane.top - best.y * plane.scale + (style.below ?? 0) };
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

/** A name along a road, again and again, wherever the road runs straight enough for it: those within a block. */
function labelsAlong(run, name, style, plane, block) {
  run.along ??= lengthsOf(run.xy);
  const path = { xy: run.xy, along: run.along, plane };
  const length = run.along.at(-1) * plane.scale;
  const latin = isLatin(name);
  const letters = latin ? [name] : name.match(/[\u0021-\u024f]+|\S/gu) ?? [];
  const widths = letters.map((letter) => widthOf(letter, style));
  const needed = widths.reduce((sum, width) => sum + width, 0);
  const found = [];
  if (length < needed * 1.15) return found;
  const times = Math.max(1, Math.floor(length / style.every));
  for (let time = 0; time < times; time++) {
    const middle = (length * (time + 0.5)) / times;
    const { x, y } = walk(path, middle);
    if (x < block.left || y < block.top || x >= block.right || y >= block.bottom) continue;
    const label = labelAt(path, middle, letters, widths, style, latin);
    if (label) found.push(label);
  }
  return found;
}

/** How far every point of a line lies along it, in metres. */
function lengthsOf(xy) {
  const along = new Float64Array(xy.length / 2);
  for (let k = 1; k < along.length; k++) {
    along[k] = along[k - 1] + Math.hypot(xy[2 * k] - xy[2 * k - 2], xy[2 * k + 1] - xy[2 * k - 1]);
  }
  return along;
}

/** How much of a road a character, or a number read as one, takes up. */
const widthOf = (letter, { size, spread }) => (letter.length === 1 ? size : letter.length * size * 0.62) * spread;

function labelAt(path, middle, letters, widths, style, latin) {
  let reached = middle - widths.reduce((sum, width) => sum + width, 0) / 2;
  const spots = widths.map((width) => {
    reached += width;
    return walk(path, reached - width / 2);
  });
  for (let k = 1; k < spots.length; k++) {
    if (Math.abs(turnBetween(spots[k - 1].turn, spots[k].turn)) > SHARPEST_TURN) return null;
  }
  const centre = walk(path, middle);
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

/** The place so many px along a line, and the way it runs there. */
function walk({ xy, along, plane }, distance) {
  const metres = distance / plane.scale;
  let low = 1;
  let high = Math.max(1, along.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (along[middle] < metres) low = middle + 1;
    else high = middle;
  }
  const [x0, y0, x1, y1] = xy.subarray(2 * low - 2, 2 * low + 2);
  const share = along[low] > along[low - 1] ? (metres - along[low - 1]) / (along[low] - along[low - 1]) : 0;
  return {
    x: plane.left + (x0 + (x1 - x0) * share) * plane.scale,
    y: plane.top - (y0 + (y1 - y0) * share) * plane.scale,
    turn: Math.atan2(y0 - y1, x1 - x0),
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
