// The legend: what the colours of the cells and the forms of the marks mean.

import { element } from './element.js';
import { SHAPES, Sprites } from './sprites.js';
import { intoCorner } from './corner.js';

const LAMP_OF = [0, 1, 2, 3, 2, 3];
const NO_CLOCK = ['no_clock', 0, 3]; // no form of its own: the colour says that there is no lamp
const RADIUS = 6;

export class Legend {
  constructor(map) {
    this.box = intoCorner(map, 'bottomleft', element('section', { id: 'legend', class: 'card' }));
    this.sprites = new Sprites();
    this.open = true;
    this.plain = false; // the cells show no classes: there is none to explain
    this.counted = element('p', { id: 'legend-open' });
  }

  /** How many of all cells have open cases: where that is few, a city of uncoloured cells is as it should be. */
  count(open, all) {
    this.found = [open, all];
    if (!this.told?.open_of) return;
    const figures = { open, all };
    this.counted.textContent = this.told.open_of.replace(/\{(open|all)\}/g, (_whole, name) => figures[name].toLocaleString('en'));
  }

  dress(theme, words) {
    this.theme = theme;
    this.words = words;
    this.sprites.dress(theme);
    this.build();
  }

  /** What the cells' colours mean now: { title, labels or edges, family, few, notes }, all as text. */
  explain(told) {
    this.told = told;
    if (this.found) this.count(...this.found);
    if (this.words) this.build();
  }

  setPlain(plain) {
    this.plain = plain;
    if (this.words) this.build();
  }

  build() {
    const { words, open, told, plain } = this;
    const fold = element(
      'button',
      { id: 'legend-fold', class: 'fold', 'aria-expanded': String(open), 'aria-label': words.legend, onclick: () => this.toggle() },
      open ? (plain ? words.marks : told?.title ?? words.cells) : words.legend,
    );
    this.box.setAttribute('aria-label', words.legend);
    this.box.replaceChildren(fold);
    if (open) this.box.append(...(plain ? [] : this.#colours()), this.#marks());
  }

  toggle() {
    this.open = !this.open;
    this.build();
    this.box.querySelector('.fold').focus();
  }

  #colours() {
    const { told, words } = this;
    if (!told) return [ramp('ramp', [0, 1, 2, 3, 4, 5].map((level) => words[`ramp_${level}`] ?? ''), 'labels', words.cells)];
    const rows = [ramp(told.family, told.labels, told.between ? 'edges' : 'labels', told.title)];
    if (told.few) {
      rows.push(element('p', { class: 'few-row' }, element('span', { class: 'swatch few' }), element('span', {}, told.few)));
    }
    return rows.concat(told.notes.map((note) => element('p', {}, note)), told.open_of ? this.counted : []);
  }

  #marks() {
    const ratio = window.devicePixelRatio || 1;
    const forms = SHAPES.map((name, shape) => [name, shape, LAMP_OF[shape]]).concat([NO_CLOCK]);
    const rows = forms.map(([name, shape, lamp]) => {
      const sprite = this.sprites.get(shape, lamp, RADIUS, ratio);
      const picture = element('canvas', { class: 'sprite', 'aria-hidden': 'true' });
      picture.width = sprite.width;
      picture.height = sprite.height;
      picture.style.width = `${sprite.width / ratio}px`;
      picture.getContext('2d').drawImage(sprite, 0, 0);
      return element('li', {}, picture, element('span', {}, this.words[name] ?? ''));
    });
    return element('ul', { class: 'marks', 'aria-label': this.words.marks ?? '' }, ...rows);
  }
}

/** The classes in a row; `kind` says whether a label stands under its class or where the class begins. */
function ramp(family, labels, kind, title) {
  const steps = labels.map((label, level) => element(
    'li', {}, element('span', { class: `swatch ${family}-${level}` }), element('span', { class: 'figure' }, label),
  ));
  return element('ol', { class: `ramp ${kind}`, 'aria-label': title ?? '' }, ...steps);
}
