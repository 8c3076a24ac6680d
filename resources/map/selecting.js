// Selecting an area on the map: a box, a polygon, single grids, responsibility grids, a stretch of a road.
//
// Plainly it replaces the area, with Shift it is added, with Ctrl taken away; the console keeps the area and
// makes it the filter of the queue. While something is drawn the open cases in it are counted.

import { Corridor } from './corridor.js';
import { degreesOf } from './mercator.js';
import { element } from './element.js';
import { intoCorner } from './corner.js';
import { liesIn } from './drawing.js';
import { pathOf, strokeTwice } from './sketch.js';
import { say } from './wire.js';

const MODES = ['box', 'polygon', 'cell', 'grid', 'road'];
const ICON = ['M2.5 4.5v-2h2', 'M7 2.5h2', 'M11.5 2.5h2v2', 'M13.5 7v2', 'M13.5 11.5v2h-2', 'M9 13.5H7', 'M4.5 13.5h-2v-2', 'M2.5 9V7'];
const SIDES = [20, 50, 100, 200]; // m to both sides of a road
const LENGTHS = [0, 200, 500, 1000, 2000]; // m along it both ways from the click, 0 for all of it

export class Selecting {
  bytes = ['area'];

  constructor(grid) {
    this.grid = grid;
    this.mode = ''; // one of MODES while the tool is in hand
    this.corridor = new Corridor(grid.parts.lines.lines, grid.cells);
    this.rings = []; // of the area that the queue is filtered by
    this.areas = []; // the names of those that were saved
    this.side = 50;
    this.length = 500;
    this.note = intoCorner(grid.map, 'topleft', element('div', { id: 'select-note', class: 'card', 'aria-live': 'polite' }));
    this.note.hidden = true;
    this.tag = intoCorner(grid.map, 'topleft', element('div', { id: 'area-tag', class: 'card', 'aria-live': 'polite' }));
    this.tag.hidden = true;
    grid.sketch.add((ink, at, theme) => this.#paint(ink, at, theme));
    grid.map.on('mousemove', ({ latlng }) => this.#look(latlng));
    grid.map.on('move', () => { if (grid.drawing.byKeys) this.#look(grid.map.getCenter()); });
    grid.controls.add([{
      name: 'select', paths: ICON, list: () => this.#list(), opens: () => say('areaslist'), pressed: () => this.mode !== '',
    }]);
  }

  dress(_theme, words) {
    this.words = words;
    this.#tell();
    this.#showTag();
  }

  show(small) {
    if ('areas' in small) {
      this.areas = small.areas;
      if (this.grid.controls.opened === 'select') this.grid.controls.build();
    }
    if ('area' in small) {
      this.told = small.area;
      this.#showTag();
    }
  }

  get inHand() {
    return this.mode !== '';
  }

  tool(name) {
    if (name === 'select') this.choose(MODES[(MODES.indexOf(this.mode) + 1) % MODES.length]);
    return name === 'select';
  }

  take(_name, buffer) {
    this.rings = JSON.parse(new TextDecoder().decode(buffer));
    this.grid.sketch.later();
  }

  /** Take a mode of the tool in hand, '' for none. */
  choose(mode) {
    const { drawing } = this.grid;
    this.mode = ''; // so that the end of what was drawn ends nothing else
    drawing.end();
    this.mode = mode;
    this.road = null;
    say('hand', Number(mode !== ''));
    if (mode === 'box' || mode === 'polygon') {
      drawing.begin({
        kind: mode === 'box' ? 'box' : 'area',
        changed: () => this.#tell(),
        done: (places, event) => this.#say('area', event, ...places.flat().map((one) => one.toFixed(7))),
        gone: () => this.#left(),
      });
    }
    this.grid.map.getContainer().classList.toggle('drawing', mode !== '');
    this.#tell();
    this.grid.sketch.later();
    this.grid.controls.build();
  }

  click(latlng, { cell, event }) {
    if (!this.mode) return false;
    if (this.grid.drawing.tool) return this.grid.drawing.add(latlng, event);
    if (this.mode === 'cell' && cell >= 0) this.#say('areacell', event, cell);
    if (this.mode === 'grid') this.#say('areagrid', event, latlng.lng.toFixed(7), latlng.lat.toFixed(7));
    if (this.mode === 'road') {
      this.#look(latlng);
      const points = (this.road ?? []).flatMap((line, k) => line.flatMap(([lon, lat]) => [k, lon.toFixed(7), lat.toFixed(7)]));
      if (points.length) this.#say('corridor', event, this.side, ...points);
    }
    return true;
  }

  escape() {
    if (this.mode) {
      if (this.grid.drawing.places.length) this.grid.drawing.restart();
      else this.choose('');
      return true;
    }
    if (!this.told) return false;
    say('areaclear');
    return true;
  }

  keys = { Backspace: () => this.grid.drawing.takeBack() };

  #say(word, event, ...numbers) {
    const act = event?.ctrlKey || event?.metaKey ? 2 : Number(Boolean(event?.shiftKey));
    say(word, act, ...numbers);
  }

  /** Another tool took the drawing over. */
  #left() {
    if (this.mode === 'box' || this.mode === 'polygon') {
      this.mode = '';
      this.#tell();
      this.grid.controls.build();
    }
  }

  #look({ lng, lat }) {
    if (this.mode !== 'road') return;
    this.road = this.corridor.at(lng, lat, this.grid.map.getZoom(), this.length);
    this.#tell();
    this.grid.sketch.later();
  }

  /** Say what the tool wants, and how many open cases are in what is drawn. */
  #tell() {
    const { note, mode, words } = this;
    note.hidden = !mode;
    if (!mode || !words) return;
    const count = this.#count();
    const name = words[`select_${mode}`] ?? '';
    const hint = words[`select_hint_${mode}`] ?? '';
    const told = count === null ? [name, hint] : [name, (words.select_count ?? '').replace('{count}', () => String(count)), hint];
    const text = told.join(' · ');
    if (note.textContent !== text) note.textContent = text;
  }

  #count() {
    if (this.mode === 'road') return this.road ? this.#marksIn((x, y) => this.corridor.holds(this.road, x, y, this.side)) : null;
    const shown = this.grid.drawing.tool ? this.grid.drawing.shown() : [];
    return shown.length < 3 ? null : this.#marksIn((lon, lat) => liesIn([shown], lon, lat));
  }

  #marksIn(holds) {
    const { marks } = this.grid.parts.marks;
    let count = 0;
    for (let i = 0; i < marks.count; i++) {
      const [lon, lat] = degreesOf(marks.xy[2 * i] + marks.originX, marks.xy[2 * i + 1] + marks.originY);
      count += holds(lon, lat);
    }
    return count;
  }

  #list() {
    const { words } = this;
    const modes = MODES.map((mode) => element(
      'button',
      { id: `select-${mode}`, class: 'choice', role: 'radio', 'aria-checked': String(this.mode === mode), onclick: () => this.choose(mode) },
      words[`select_${mode}`] ?? '',
    ));
    const rows = [element('div', { role: 'radiogroup', 'aria-label': words.select ?? '', class: 'choices' }, ...modes)];
    if (this.mode === 'road') {
      const choice = (id, values, now, word, take) => {
        const box = element('select', { id, onchange: () => { take(Number(box.value)); } }, ...values.map((value) => {
          const option = element('option', { value }, word(value));
          option.selected = value === now;
          return option;
        }));
        return element('label', { for: id }, element('span', {}, words[id.replace('-', '_')] ?? ''), box);
      };
      rows.push(
        choice('road-side', SIDES, this.side, (value) => `${value} m`, (value) => { this.side = value; }),
        choice('road-length', LENGTHS, this.length, (value) => (value ? `${value} m` : words.road_whole ?? ''), (value) => { this.length = value; }),
      );
    }
    if (this.areas.length) {
      const names = this.areas.map((name, at) => element('button', { id: `area-named-${at}`, class: 'choice', onclick: () => say('areanamed', at) }, name));
      rows.push(element('p', {}, words.areas ?? ''), element('div', { class: 'choices names', role: 'group', 'aria-label': words.areas ?? '' }, ...names));
    }
    rows.push(element('p', {}, words.select_how ?? ''));
    rows.push(element('button', { id: 'select-end', class: 'choice', onclick: () => this.#end() }, words.tool_end ?? ''));
    return element('div', { class: 'rows' }, ...rows);
  }

  #end() {
    this.choose('');
    this.grid.controls.toggle('select');
    document.getElementById('select')?.focus();
  }

  #showTag() {
    const { told, words, tag } = this;
    tag.hidden = !told;
    if (!told || !words) return;
    tag.replaceChildren(
      element('span', { id: 'area-words' }, told),
      element('button', { id: 'area-save', 'aria-label': words.area_save ?? '', title: words.area_save ?? '', onclick: () => say('areasave') }, '☆'),
      element('button', { id: 'area-clear', 'aria-label': words.area_clear ?? '', title: words.area_clear ?? '', onclick: () => say('areaclear') }, '×'),
    );
  }

  #paint(ink, at, theme) {
    if (this.rings.length) {
      const path = new Path2D();
      for (const ring of this.rings) path.addPath(pathOf(ring, at, true));
      ink.globalAlpha = 0.12;
      ink.fillStyle = theme.accent;
      ink.fill(path, 'evenodd');
      ink.globalAlpha = 1;
      strokeTwice(ink, path, theme);
    }
    if (this.mode === 'road' && this.road) {
      const scale = this.corridor.pixelsPerMetre(this.grid.map);
      const path = new Path2D();
      for (const line of this.road) path.addPath(pathOf(line, at));
      ink.globalAlpha = 0.25;
      ink.lineWidth = Math.max(2, 2 * this.side * scale);
      ink.lineCap = 'round';
      ink.strokeStyle = theme.accent;
      ink.stroke(path);
      ink.globalAlpha = 1;
      ink.lineCap = 'butt';
      strokeTwice(ink, path, theme, { width: 2 });
    }
    return this.rings.length > 0 || Boolean(this.mode === 'road' && this.road);
  }
}
