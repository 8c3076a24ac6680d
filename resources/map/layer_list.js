// The list of the layers: for each a tick, what it looks like, its name, and how strongly it is drawn.

import { element } from './element.js';
import { LAYERS } from './layers.js';
import { keyOf } from './layer_keys.js';
import { say } from './wire.js';

const WEAKEST = 10; // per cent; weaker is the same as not shown
const STEP = 10;

export class LayerList {
  /** layers: the model; has(name): whether there is anything on the layer at all; notes(name): lines below it. */
  constructor(layers, has, notes) {
    this.layers = layers;
    this.has = has;
    this.notes = notes;
  }

  dress(theme, words, family) {
    Object.assign(this, { theme, words, family });
  }

  element() {
    const rows = LAYERS.filter((name) => this.has(name)).map((name) => this.#row(name));
    return element('div', { role: 'group', 'aria-label': this.words.layers ?? '', class: 'layer-rows' }, ...rows);
  }

  #row(name) {
    const { layers, words } = this;
    const word = words[`layer_${name}`] ?? '';
    const tick = element('input', { type: 'checkbox', id: `layer-${name}` });
    tick.checked = layers.isShown(name);
    const slider = element('input', {
      type: 'range',
      id: `strength-${name}`,
      min: WEAKEST,
      max: 100,
      step: STEP,
      'aria-label': `${word} · ${words.strength ?? ''}`,
      title: words.strength ?? '',
    });
    slider.value = layers.percentOf(name);
    slider.disabled = !tick.checked;
    const told = () => {
      slider.disabled = !tick.checked;
      layers.set(name, tick.checked, Number(slider.value));
      say('layer', LAYERS.indexOf(name), Number(tick.checked), Number(slider.value));
    };
    tick.addEventListener('change', told);
    slider.addEventListener('input', told);
    const label = element(
      'label', { for: `layer-${name}` },
      tick, keyOf(name, this.theme, this.family), element('span', { class: 'layer-name' }, word),
    );
    const notes = this.notes(name).map((note) => element('div', { class: 'layer-note' }, note));
    return element('div', { class: 'layer-row' }, label, slider, ...notes);
  }
}
