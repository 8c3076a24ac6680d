// Marks in groups over the whole city: how many, how many of them late, and the worst of them by its form.
//
// Up to street level marks would lie on each other. They are gathered by nearness in pixels, once a zoom
// level; a click on a group brings it into view, and a mark that stands alone stays what it is.

import { metresOf, planeAt } from './mercator.js';
import { Sprites } from './sprites.js';
import { filled } from './spread.js';

const BELOW = 15; // from this zoom on every mark is itself
const FIELD = 84; // px within which marks are gathered at first
const NEAREST = 58; // px; groups nearer than that become one
const HEIGHT = 20;
const PAD = 6;
const REACH = 60;
const LATE = 2;
const WORST = [1, 2, 3, 0]; // by lamp: in time, soon, late, none
const FORM = [0, 1, 2, 0]; // a circle, a diamond, a triangle

export class Clusters {
  constructor(grid) {
    this.grid = grid;
    this.on = false;
    this.made = new Map(); // by zoom
    this.sprites = new Sprites();
    grid.papers.over.push(this);
    grid.choosing.isCovered = (mark) => this.#covers(mark);
  }

  dress(theme, words, family) {
    this.theme = theme;
    this.words = words;
    this.font = `500 12px ${family}`;
    this.small = `11px ${family}`;
    this.sprites.dress(theme);
    this.made.clear();
  }

  show(small) {
    if (!('spread' in small) || small.spread.clusters === this.on) return;
    this.on = small.spread.clusters;
    this.grid.papers.repaint();
  }

  /** Whether all has to be painted anew: a mark that comes changes the numbers of groups far from it. */
  marksChanged() {
    this.made.clear();
    return this.on;
  }

  hides(part, zoom) {
    return part === 'marks' && this.#active(zoom);
  }

  #active(zoom) {
    return this.on && zoom < BELOW && this.grid.layers.isShown('marks');
  }

  #covers(mark) {
    const zoom = this.grid.map.getZoom();
    return this.#active(zoom) && this.#at(zoom).groupOf[mark].count > 1;
  }

  draw(ink, view) {
    const { zoom, left, top, width, height, ratio } = view;
    if (!this.#active(zoom)) return;
    const { marks } = this.grid.parts.marks;
    ink.save();
    ink.scale(ratio, ratio);
    for (const group of this.#at(zoom).groups) {
      const [x, y] = [group.x - left, group.y - top];
      if (x < -REACH || y < -REACH || x > width + REACH || y > height + REACH) continue;
      if (group.count > 1) this.#drawGroup(ink, group, x, y, ratio);
      else {
        const i = group.first;
        this.#stamp(ink, this.sprites.get(marks.shapes[i], marks.lamps[i], marks.radius(i, zoom), ratio), x, y, ratio);
      }
    }
    ink.restore();
  }

  #drawGroup(ink, group, x, y, ratio) {
    const { theme } = this;
    const count = String(group.count);
    const late = group.late ? String(group.late) : '';
    ink.font = this.font;
    const wide = ink.measureText(count).width;
    ink.font = this.small;
    const more = late ? ink.measureText(late).width + 6 : 0;
    const box = PAD + 12 + 4 + wide + more + PAD;
    group.half = box / 2;
    const [from, above] = [Math.round(x - box / 2), Math.round(y - HEIGHT / 2)];
    ink.beginPath();
    ink.roundRect(from, above, box, HEIGHT, HEIGHT / 2);
    ink.fillStyle = theme.surface;
    ink.fill();
    ink.lineWidth = 1.5;
    ink.strokeStyle = theme[['in_time', 'soon', 'late', 'muted'][group.lamp]];
    ink.stroke();
    this.#stamp(ink, this.sprites.get(FORM[group.lamp], group.lamp, 5, ratio), from + PAD + 6, above + HEIGHT / 2, ratio);
    ink.textBaseline = 'middle';
    ink.fillStyle = theme.text;
    ink.font = this.font;
    ink.fillText(count, from + PAD + 16, above + HEIGHT / 2 + 0.5);
    if (!late) return;
    ink.font = this.small;
    ink.fillStyle = theme.late;
    ink.fillText(late, from + PAD + 16 + wide + 6, above + HEIGHT / 2 + 0.5);
  }

  #stamp(ink, sprite, x, y, ratio) {
    ink.drawImage(sprite, Math.round(x - sprite.width / ratio / 2), Math.round(y - sprite.height / ratio / 2), sprite.width / ratio, sprite.height / ratio);
  }

  /** The groups of a zoom level, in px of its plane. */
  #at(zoom) {
    let found = this.made.get(zoom);
    if (!found) {
      found = gathered(this.grid.parts.marks.marks, zoom);
      this.made.set(zoom, found);
    }
    return found;
  }

  #groupAt({ lng, lat }) {
    const zoom = this.grid.map.getZoom();
    if (!this.#active(zoom)) return null;
    const plane = planeAt(zoom, 0, 0);
    const [east, north] = metresOf(lng, lat);
    const [x, y] = [plane.left + east * plane.scale, plane.top - north * plane.scale];
    const hit = (group) => group.count > 1 && Math.abs(group.x - x) <= (group.half ?? 20) && Math.abs(group.y - y) <= HEIGHT / 2;
    return this.#at(zoom).groups.findLast(hit) ?? null;
  }

  click(latlng) {
    const group = this.#groupAt(latlng);
    if (!group) return false;
    const { map } = this.grid;
    const plane = planeAt(map.getZoom(), 0, 0);
    const place = (x, y) => map.unproject([x, y], map.getZoom());
    const bounds = L.latLngBounds(place(group.west, group.low), place(group.east, group.high));
    const zoom = Math.max(map.getZoom() + 1, Math.min(map.getBoundsZoom(bounds, false, L.point(80, 80)), BELOW + 2));
    if (plane.scale) map.setView(bounds.getCenter(), zoom, { animate: false });
    return true;
  }

  tell(latlng) {
    const group = this.#groupAt(latlng);
    if (!group) return '';
    return filled(this.words.cluster_tip, { count: group.count, late: group.late, soon: group.soon });
  }
}

/** The marks gathered: groups with the most urgent last, so that they are drawn on top, and each mark's group. */
function gathered(marks, zoom) {
  const plane = planeAt(zoom, marks.originX, marks.originY);
  const fields = new Map();
  const groupOf = new Array(marks.count);
  for (let i = 0; i < marks.count; i++) {
    const x = plane.left + marks.xy[2 * i] * plane.scale;
    const y = plane.top - marks.xy[2 * i + 1] * plane.scale;
    const key = Math.floor(x / FIELD) * 0x400000 + Math.floor(y / FIELD);
    let group = fields.get(key);
    if (!group) {
      group = { count: 0, late: 0, soon: 0, lamp: 3, sumX: 0, sumY: 0, first: i, west: x, east: x, high: y, low: y, key };
      fields.set(key, group);
    }
    const lamp = marks.lamps[i];
    group.count++;
    group.late += Number(lamp === LATE);
    group.soon += Number(lamp === 1);
    if (WORST[lamp] > WORST[group.lamp]) group.lamp = lamp;
    group.sumX += x;
    group.sumY += y;
    group.west = Math.min(group.west, x);
    group.east = Math.max(group.east, x);
    group.high = Math.min(group.high, y);
    group.low = Math.max(group.low, y);
    groupOf[i] = group;
  }
  const merged = mergedOf(fields);
  for (let i = 0; i < marks.count; i++) groupOf[i] = rootOf(groupOf[i]);
  merged.sort((one, other) => WORST[one.lamp] - WORST[other.lamp] || one.count - other.count);
  return { groups: merged, groupOf };
}

function mergedOf(fields) {
  const middle = (group) => {
    group.x = group.sumX / group.count;
    group.y = group.sumY / group.count;
  };
  const all = [...fields.values()];
  all.forEach(middle);
  all.sort((one, other) => other.count - one.count);
  for (const group of all) {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const beside = fields.get(group.key + dx * 0x400000 + dy);
        if (!beside || beside === group || beside.into || group.into) continue;
        if (Math.hypot(beside.x - group.x, beside.y - group.y) >= NEAREST) continue;
        const [large, less] = beside.count > group.count ? [beside, group] : [group, beside];
        less.into = large;
        for (const name of ['count', 'late', 'soon', 'sumX', 'sumY']) large[name] += less[name];
        if (WORST[less.lamp] > WORST[large.lamp]) large.lamp = less.lamp;
        large.west = Math.min(large.west, less.west);
        large.east = Math.max(large.east, less.east);
        large.high = Math.min(large.high, less.high);
        large.low = Math.max(large.low, less.low);
        middle(large);
      }
    }
  }
  return all.filter((group) => !group.into);
}

function rootOf(group) {
  let found = group;
  while (found.into) found = found.into;
  return found;
}
