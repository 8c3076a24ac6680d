// The base map of a site under the cells' lines and marks: its tiles are fetched from the console, kept, and
// drawn with the papers, so that a moving map pays nothing more for it.
//
// A map in another datum is drawn from where its places lie in it. Beyond its finest zoom its tiles grow.

import { VectorTile, drawNames } from './vector_style.js';
import { element } from './element.js';
import { metresOf, planeAt, degreesOf } from './mercator.js';
import { say } from './wire.js';

const PATHS = ['M1.8 4.2 6 2.2l4 2 4.2-2v9.6l-4.2 2-4-2-4.2 2z', 'M6 2.2v9.6', 'M10 4.2v9.6'];
const TILE = 256;
const KEPT = 160;
const AT_ONCE = 6;
const ANCESTORS = 4; // so many zooms up a coarser tile is looked for meanwhile
const NAME_REACH = 90; // px that a name may reach beyond its tile

export class BaseMap {
  constructor(grid) {
    this.grid = grid;
    this.told = null;
    this.asked = {}; // and not told back yet
    this.tiles = new Map(); // by zoom/x/y: a picture, a vector tile, or null where there is none
    this.wanted = new Map(); // asked for or about to be
    this.asking = 0;
    this.fresh = new Set();
    this.waiting = 0;
    this.sliding = false; // the card's slider is held
    grid.papers.under.push(this);
    grid.controls.add([{ name: 'basemap', paths: PATHS, list: () => this.#card() }]);
    this.credit = element('div', { id: 'basemap-credit', class: 'figure' });
    this.credit.hidden = true;
    grid.map.getContainer().append(this.credit);
  }

  dress(theme, words, family) {
    this.theme = theme;
    this.words = words;
    this.family = family;
  }

  show(small) {
    if (!('basemap' in small)) return;
    const before = this.told;
    this.told = small.basemap;
    this.asked = {};
    if (before?.version !== this.told?.version) this.#forget();
    const credit = this.told?.shown?.attribution ?? '';
    this.credit.textContent = credit;
    this.credit.hidden = !credit;
    if (!this.sliding) this.grid.controls.build(); // or the slider would be gone from under the pointer
    if (this.#seen(before) !== this.#seen(this.told)) this.grid.papers.redraw();
  }

  /** What of it changes the picture. */
  #seen(told) {
    return JSON.stringify(told?.shown ? [told.version, told.opacity, told.names, told.shift] : null);
  }

  #forget() {
    for (const tile of this.tiles.values()) tile?.close?.();
    this.tiles.clear();
    this.wanted.clear();
  }

  get on() {
    return Boolean(this.told?.shown && this.told.opacity > 0);
  }

  isEmptyAt({ z }) {
    return !this.on || z < this.told.shown.minZoom;
  }

  draw(ink, view) {
    if (!this.on || view.zoom < this.told.shown.minZoom) return;
    const { shown, opacity, names } = this.told;
    const zoom = Math.min(view.zoom, shown.maxZoom);
    const size = TILE * 2 ** (view.zoom - zoom); // px of a tile here
    const [dx, dy] = this.#shiftAt(view);
    const window = { left: view.left + dx, top: view.top + dy };
    const sheet = new OffscreenCanvas(Math.round(view.width * view.ratio), Math.round(view.height * view.ratio));
    const brush = sheet.getContext('2d');
    brush.scale(view.ratio, view.ratio);
    let painted = false;
    const labelled = [];
    const reach = shown.vector && names ? NAME_REACH : 0;
    const range = (from, length, more) => [Math.floor((from - more) / size), Math.floor((from + length - 1 + more) / size)];
    const [west, east] = range(window.left, view.width, reach);
    const [north, south] = range(window.top, view.height, reach);
    const [w, e] = range(window.left, view.width, 0);
    const [n, s] = range(window.top, view.height, 0);
    for (let x = west; x <= east; x++) {
      for (let y = north; y <= south; y++) {
        const inside = x >= w && x <= e && y >= n && y <= s;
        const place = { x: x * size - window.left, y: y * size - window.top, size };
        const tile = inside ? this.#tile(zoom, x, y) : this.tiles.get(`${zoom}/${x}/${y}`);
        if (inside) painted = this.#paint(brush, tile, { zoom, x, y }, place, view) || painted;
        if (tile instanceof VectorTile && reach) labelled.push([tile, place]);
      }
    }
    if (labelled.length) drawNames(brush, labelled, view, this.theme, this.family);
    if (!painted && !labelled.length) return;
    ink.save();
    ink.globalAlpha = opacity / 100;
    ink.drawImage(sheet, 0, 0);
    ink.restore();
  }

  /** Draw a tile, or as long as it is not here, or for good where a file leaves it out, a part of a coarser one. */
  #paint(brush, tile, { zoom, x, y }, place, view) {
    if (tile) {
      this.#lay(brush, tile, place, view);
      return true;
    }
    for (let up = 1; up <= ANCESTORS && zoom - up >= 0; up++) {
      const absent = tile === null && zoom - up >= this.told.shown.minZoom;
      const coarse = absent ? this.#tile(zoom - up, x >> up, y >> up) : this.tiles.get(`${zoom - up}/${x >> up}/${y >> up}`);
      if (absent && coarse === undefined) return false; // it is asked for
      if (!coarse) continue;
      const large = place.size * 2 ** up;
      const corner = { x: place.x - (x - ((x >> up) << up)) * place.size, y: place.y - (y - ((y >> up) << up)) * place.size, size: large };
      brush.save();
      brush.beginPath();
      brush.rect(place.x, place.y, place.size, place.size);
      brush.clip();
      this.#lay(brush, coarse, corner, view);
      brush.restore();
      return true;
    }
    return false;
  }

  #lay(brush, tile, { x, y, size }, view) {
    if (tile instanceof VectorTile) tile.draw(brush, x, y, size, view.zoom, this.theme);
    else brush.drawImage(tile, x, y, size, size);
  }

  /** A tile that is here, null where there is none, undefined while it is asked for. */
  #tile(zoom, x, y) {
    const side = 2 ** zoom;
    if (x < 0 || y < 0 || x >= side || y >= side) return null;
    const key = `${zoom}/${x}/${y}`;
    const tile = this.tiles.get(key);
    if (tile !== undefined) {
      this.tiles.delete(key);
      this.tiles.set(key, tile); // the newest stand last
      return tile;
    }
    if (!this.wanted.has(key)) this.wanted.set(key, false);
    this.#ask();
    return undefined;
  }

  /** The latest wish first: what was wished before the map moved on can wait. */
  #ask() {
    if (!this.on) return;
    const waiting = [...this.wanted].filter(([, asked]) => !asked).map(([key]) => key);
    while (this.asking < AT_ONCE && waiting.length) {
      const key = waiting.pop();
      this.wanted.set(key, true);
      this.#fetch(key, this.told.version);
    }
    for (const key of waiting.slice(0, -KEPT)) this.wanted.delete(key);
  }

  async #fetch(key, version) {
    this.asking++;
    let tile = null;
    try {
      const response = await fetch(`/tile/${version}/${key}`);
      const buffer = response.ok ? await response.arrayBuffer() : new ArrayBuffer(0);
      if (buffer.byteLength) tile = await tileOf(buffer, response.headers.get('content-type') ?? '');
    } catch (fault) {
      console.warn(`a tile of the base map cannot be shown: ${fault}`);
    }
    this.asking--;
    if (version !== this.told?.version) {
      tile?.close?.();
      this.#ask(); // for the map that took its place
      return;
    }
    this.wanted.delete(key);
    this.tiles.set(key, tile);
    while (this.tiles.size > KEPT) {
      const [oldest, held] = this.tiles.entries().next().value;
      held?.close?.();
      this.tiles.delete(oldest);
    }
    if (tile) this.#paintLater(key);
    this.#ask();
  }

  /** Paint what came, all of a frame at once. */
  #paintLater(key) {
    this.fresh.add(key);
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      const fresh = [...this.fresh].map((one) => one.split('/').map(Number));
      this.fresh.clear();
      const { papers, slices } = this.grid;
      for (const sheet of papers.shown.values()) {
        if (!fresh.some((place) => this.#touches(sheet.coords, place))) continue;
        const paint = () => papers.shown.has(sheet.canvas) && papers.paintTile(sheet);
        if (slices) slices.add(paint);
        else paint();
      }
    });
  }

  #touches({ x, y, z }, [zoom, column, row]) {
    if (!this.on || zoom > Math.min(z, this.told.shown.maxZoom) || zoom < z - ANCESTORS - 4) return false;
    const size = TILE * 2 ** (z - zoom);
    const [dx, dy] = this.#shiftAt({ zoom: z, left: x * TILE, top: y * TILE, width: TILE, height: TILE });
    const [left, top] = [x * TILE + dx, y * TILE + dy];
    const near = (at, from) => at * size < from + TILE + NAME_REACH && (at + 1) * size > from - NAME_REACH;
    return near(column, left) && near(row, top);
  }

  /** How far to the right and down, in px, the base map has what lies in the view. */
  #shiftAt({ zoom, left, top, width, height }) {
    const { shift } = this.told;
    if (!shift) return [0, 0];
    const plane = planeAt(zoom, 0, 0);
    const [lon, lat] = degreesOf((left + width / 2 - plane.left) / plane.scale, (plane.top - top - height / 2) / plane.scale);
    const [west, south, east, north] = shift.bounds;
    const last = shift.nodes - 1;
    const place = (at, from, to) => Math.max(0, Math.min(last, ((at - from) / (to - from || 1)) * last));
    const [column, row] = [place(lon, west, east), place(lat, south, north)];
    const [c, r] = [Math.min(last - 1, Math.floor(column)), Math.min(last - 1, Math.floor(row))];
    const at = (dc, dr, part) => shift.shifts[2 * ((r + dr) * shift.nodes + c + dc) + part];
    const blend = (part) => {
      const [u, v] = [column - c, row - r];
      return (at(0, 0, part) * (1 - u) + at(1, 0, part) * u) * (1 - v) + (at(0, 1, part) * (1 - u) + at(1, 1, part) * u) * v;
    };
    return [blend(0) * plane.scale, -blend(1) * plane.scale];
  }

  /** After the slider has said where it is now. */
  #letGo() {
    requestAnimationFrame(() => {
      this.sliding = false;
      this.grid.controls.build();
    });
  }

  #choose(change) {
    Object.assign(this.asked, change); // the next choice may come before the window has told of this one
    const { chosen, opacity, names } = { ...this.told, ...this.asked };
    say('basemap', chosen, opacity, Number(names));
  }

  #card() {
    const { words, told } = this;
    if (!told) return element('p', {}, words.basemap_streets ?? '');
    const choices = [words.basemap_streets, ...told.maps].map((name, at) => {
      const box = element('input', { type: 'radio', name: 'basemap', id: `basemap-${at - 1}`, onchange: () => this.#choose({ chosen: at - 1 }) });
      box.checked = told.chosen === at - 1;
      return element('label', { for: `basemap-${at - 1}` }, box, element('span', { class: 'name' }, name ?? ''));
    });
    const parts = [element('div', { role: 'radiogroup', 'aria-label': words.basemap ?? '', class: 'choices' }, ...choices)];
    const button = (role, act) => element('button', { id: role.replace('_', '-'), class: 'plain', onclick: act }, words[role] ?? '');
    if (told.shown) {
      const slide = element('input', { type: 'range', id: 'basemap-opacity', min: '0', max: '100', step: '5', onchange: () => this.#choose({ opacity: Number(slide.value) }) });
      slide.value = String(told.opacity);
      slide.onpointerdown = () => { this.sliding = true; };
      slide.onpointerup = () => this.#letGo();
      slide.onpointercancel = () => this.#letGo();
      parts.push(element('label', { class: 'row', for: 'basemap-opacity' }, element('span', {}, words.basemap_opacity ?? ''), slide));
      if (told.shown.vector) {
        const tick = element('input', { type: 'checkbox', id: 'basemap-names', onchange: () => this.#choose({ names: tick.checked }) });
        tick.checked = told.names;
        parts.push(element('label', { for: 'basemap-names' }, tick, element('span', {}, words.basemap_names ?? '')));
      }
    }
    if (told.notice) parts.push(element('p', { class: 'notice', 'aria-live': 'polite' }, told.notice));
    const acts = [button('basemap_add', () => say('basemap_add'))];
    if (told.shown) acts.push(button('basemap_compare', () => say('basemap_compare')));
    if (told.crooked && !told.shifted) acts.push(button('basemap_straighten', () => say('basemap_shift', 1)));
    if (told.shifted) acts.push(button('basemap_leave', () => say('basemap_shift', 0)));
    if (told.chosen >= 0) acts.push(button('basemap_remove', () => say('basemap_remove', told.chosen)));
    parts.push(element('div', { class: 'acts' }, ...acts), element('p', {}, words.basemap_formats ?? ''));
    return element('div', { class: 'basemap-card' }, ...parts);
  }

  /** The pixel places of a point in degrees, for tests: where it is drawn, and where its tile has it. */
  placeOf(lon, lat, zoom) {
    const plane = planeAt(zoom, 0, 0);
    const [east, north] = metresOf(lon, lat);
    return [plane.left + east * plane.scale, plane.top - north * plane.scale];
  }
}

async function tileOf(buffer, type) {
  if (type.startsWith('image/')) return createImageBitmap(new Blob([buffer], { type }));
  return new VectorTile(buffer);
}
