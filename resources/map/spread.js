// How cases lie over the city: the card that chooses heat, groups and hot spots, and what their colours mean.

import { element } from './element.js';
import { intoCorner } from './corner.js';
import { say } from './wire.js';

const PATHS = ['M8 1.8c.6 2.6 3.8 4.2 3.8 7.6a3.8 3.8 0 0 1-7.6 0c0-1.8 1-2.8 1.8-4', 'M8 13.2a1.9 1.9 0 0 0 1.9-1.9c0-1.2-1.2-1.6-1.9-2.8'];
const BANDWIDTHS = [300, 600, 1200];
const DAYS = [0, 7, 30, 90];

/** A sentence with its {facts} filled in, as plain text. */
export function filled(sentence, facts) {
  return String(sentence ?? '').replace(/\{(\w+)\}/g, (whole, name) => written(facts[name] ?? whole));
}

const written = (fact) => (Number.isInteger(fact) ? fact.toLocaleString('en') : String(fact));

export class Spread {
  constructor(grid) {
    this.grid = grid;
    this.choice = { heat: false, clusters: false, hot: 0, bandwidth: 600, days: 30, filtered: false };
    this.told = {};
    this.open = true; // the legend
    this.keys = {
      h: () => this.#choose({ heat: !this.choice.heat }),
      j: () => this.#choose({ clusters: !this.choice.clusters }),
      g: () => this.#choose({ hot: this.choice.hot ? 0 : 1 }),
    };
    this.legend = intoCorner(grid.map, 'bottomleft', element('section', { id: 'spread-legend', class: 'card', 'aria-live': 'polite' }));
    this.legend.hidden = true;
    grid.controls.add([{ name: 'spread', paths: PATHS, list: () => this.#card() }]);
  }

  dress(theme, words) {
    this.words = words;
    this.#build();
  }

  show(small) {
    if ('spread' in small) {
      this.choice = { ...small.spread };
      this.grid.settleCells();
    }
    if ('spread_told' in small) this.told = small.spread_told;
    if ('spread' in small || 'spread_told' in small) {
      this.#build();
      this.grid.controls.build();
    }
  }

  #choose(change) {
    this.choice = { ...this.choice, ...change };
    const { heat, clusters, hot, bandwidth, days, filtered } = this.choice;
    say('spread', Number(heat), Number(clusters), hot, bandwidth, days, Number(filtered));
    for (const feature of this.grid.features) feature.show?.({ spread: { ...this.choice } });
  }

  /** Under heat and hot spots the cells keep their ground alone: two ramps on each other say nothing. */
  get plain() {
    return this.choice.heat || this.choice.hot > 0;
  }

  #card() {
    const { words, choice } = this;
    const tick = (name, on, act) => {
      const box = element('input', { type: 'checkbox', id: `spread-${name}`, onchange: () => act(box.checked) });
      box.checked = on;
      return element('label', { for: `spread-${name}` }, box, element('span', {}, words[`spread_${name}`] ?? ''));
    };
    const list = (name, options, chosen, act) => {
      const box = element('select', { id: `spread-${name}`, 'aria-label': words[`spread_${name}`] ?? '', onchange: () => act(Number(box.value)) });
      for (const [value, label] of options) box.append(element('option', { value: String(value) }, label ?? ''));
      box.value = String(chosen);
      return element('label', { class: 'row', for: `spread-${name}` }, element('span', {}, words[`spread_${name}`] ?? ''), box);
    };
    return element(
      'div', { class: 'spread-card' },
      tick('heat', choice.heat, (heat) => this.#choose({ heat })),
      list('bandwidth', BANDWIDTHS.map((one) => [one, filled(words.spread_metres, { metres: one })]), choice.bandwidth, (bandwidth) => this.#choose({ bandwidth })),
      tick('hot', choice.hot > 0, (on) => this.#choose({ hot: on ? 1 : 0 })),
      list('unit', [[1, words.spread_cells], [2, words.spread_grids]], choice.hot || 1, (hot) => this.#choose({ hot })),
      element('hr', { 'aria-hidden': 'true' }),
      list('days', DAYS.map((one) => [one, one ? filled(words.spread_last, { days: one }) : words.spread_ever]), choice.days, (days) => this.#choose({ days })),
      tick('filtered', choice.filtered, (filtered) => this.#choose({ filtered })),
      element('hr', { 'aria-hidden': 'true' }),
      tick('clusters', choice.clusters, (clusters) => this.#choose({ clusters })),
    );
  }

  #build() {
    if (!this.words) return;
    const { choice, told, legend } = this;
    const parts = [];
    if (choice.heat) parts.push(...this.#heatLegend(told.heat));
    if (choice.hot) parts.push(...this.#spotLegend(told.hot));
    if (choice.clusters) parts.push(element('p', {}, this.words.cluster_note ?? ''));
    legend.hidden = !parts.length;
    legend.setAttribute('aria-label', this.words.spread ?? '');
    const fold = element(
      'button',
      { id: 'spread-fold', class: 'fold', 'aria-expanded': String(this.open), 'aria-label': this.words.spread, onclick: () => this.#fold() },
      this.words.spread ?? '',
    );
    legend.replaceChildren(fold, ...(this.open ? parts : []));
  }

  #fold() {
    this.open = !this.open;
    this.#build();
    this.legend.querySelector('.fold').focus();
  }

  #heatLegend(told) {
    const { words } = this;
    const head = element('h2', {}, words.spread_heat ?? '');
    if (!told) return [head, element('p', {}, words.spread_busy ?? '')];
    if (!told.breaks.length) return [head, element('p', {}, words.spread_none ?? '')];
    const steps = told.breaks.map((from, k) => element(
      'li', {}, element('span', { class: `swatch heat-${k + 1}` }), element('span', { class: 'figure' }, from.toLocaleString('en')),
    ));
    return [
      head,
      element('ol', { class: 'ramp' }, ...steps),
      element('p', {}, filled(words.heat_note, told)),
    ];
  }

  #spotLegend(told) {
    const { words } = this;
    const head = element('h2', {}, words.spread_hot ?? '');
    if (!told) return [head, element('p', {}, words.spread_busy ?? '')];
    const rows = [3, 2, 1, -1, -2, -3].map((kind) => element(
      'li', {},
      element('span', { class: `swatch ${kind > 0 ? 'hot' : 'cold'}-${Math.abs(kind)}` }),
      element('span', {}, words[`spot_${kind}`] ?? ''),
      element('span', { class: 'figure' }, (told.numbers[kind + 3] ?? 0).toLocaleString('en')),
    ));
    const notes = [filled(words.spot_note, told)];
    if (told.sparse) notes.push(words.spot_sparse ?? '');
    return [head, element('ul', { class: 'spots' }, ...rows), ...notes.map((note) => element('p', {}, note))];
  }
}
