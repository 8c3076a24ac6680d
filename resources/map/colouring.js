// By what the cells are coloured: the card that chooses it, what the legend says of it, and each area's value.
//
// File 'values', little endian: 'GCV1', u32 areas, f32 value per area (not a number for none), u32 cases per
// area, u32 area per cell; then the areas' names as UTF-8 lines, none where each cell is its own area.

import { element } from './element.js';
import { filled } from './spread.js';
import { say } from './wire.js';

const PATHS = ['M2.5 13.5v-4h2.7v4z', 'M6.7 13.5v-7h2.7v7z', 'M10.9 13.5v-11h2.7v11z'];
const HEADER = 8;

export class Colouring {
  constructor(grid) {
    this.grid = grid;
    this.bytes = ['values'];
    this.told = null;
    this.areas = null;
    grid.controls.add([{ name: 'colouring', paths: PATHS, list: () => this.#card() }]);
  }

  dress(theme, words) {
    this.words = words;
  }

  show(small) {
    if (!('colouring' in small)) return;
    this.told = small.colouring;
    if (!this.told.valued) this.areas = null;
    this.grid.legend.explain(this.told);
    if (this.grid.controls.opened === 'colouring') this.grid.controls.build();
  }

  take(_name, buffer) {
    this.areas = buffer.byteLength ? new Areas(buffer, this.grid.cells.count) : null;
  }

  /** The value of the area under the pointer, in the place of the number of open cases. */
  tell(_latlng, { cell, mark }) {
    if (!this.areas || !this.told?.valued || this.grid.tiles.plain || mark >= 0 || cell < 0) return '';
    const area = this.areas.of[cell];
    const value = this.areas.values[area];
    const whole = this.areas.wholes[area];
    const name = this.areas.names?.[area] ?? this.grid.hover.codeOf(cell);
    const { hint, hint_few: few, fewest, scale, digits } = this.told;
    const missing = Number.isNaN(value) || whole < fewest;
    return filled(missing ? few : hint, { name, whole, value: (value * scale).toFixed(digits) });
  }

  #card() {
    const { told, words } = this;
    const choose = (change) => {
      const { at, ground, days } = { ...told, ...change };
      say('colouring', at, ground, days);
    };
    const radio = ([at, word]) => {
      const box = element('input', { type: 'radio', name: 'colouring', id: `colouring-${at}`, onchange: () => choose({ at, ground: -1 }) });
      box.checked = told.at === at;
      return element('label', { for: `colouring-${at}` }, box, element('span', {}, word));
    };
    const list = (name, options, chosen) => {
      const box = element('select', { id: `colouring-${name}`, 'aria-label': words[`colouring_${name}`] ?? '', onchange: () => choose({ [name]: Number(box.value) }) });
      options.forEach((word, at) => box.append(element('option', { value: String(at) }, word)));
      box.value = String(chosen);
      return element('label', { class: 'row', for: `colouring-${name}` }, element('span', {}, words[`colouring_${name}`] ?? ''), box);
    };
    const groups = told.groups.map(([word, members]) => element(
      'fieldset', {}, element('legend', {}, word), ...members.map(radio),
    ));
    return element(
      'div', { class: 'colouring-card' },
      list('ground', told.grounds, told.ground),
      ...(told.periods.length ? [list('days', told.periods, told.days)] : []),
      ...groups,
    );
  }
}

/** What the console says of every area. */
class Areas {
  constructor(buffer, cells) {
    const head = new DataView(buffer);
    const count = buffer.byteLength < HEADER ? 0 : head.getUint32(4, true);
    const fixed = HEADER + 8 * count + 4 * cells;
    if (buffer.byteLength < fixed || head.getUint32(0) !== 0x47435631) throw new Error('not a file of values');
    this.values = new Float32Array(buffer, HEADER, count);
    this.wholes = new Uint32Array(buffer, HEADER + 4 * count, count);
    this.of = new Uint32Array(buffer, HEADER + 8 * count, cells);
    const text = new TextDecoder().decode(new Uint8Array(buffer, fixed));
    this.names = text ? text.split('\n') : null;
  }
}
