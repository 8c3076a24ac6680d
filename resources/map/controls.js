// The buttons of the map: nearer, farther, the whole city, follow the selected case, and the layers.

import { element, icon } from './element.js';
import { intoCorner } from './corner.js';
import { say } from './wire.js';

const ICONS = {
  zoom_in: ['M8 3v10', 'M3 8h10'],
  zoom_out: ['M3 8h10'],
  whole_city: ['M2.5 6V2.5H6', 'M10 2.5h3.5V6', 'M13.5 10v3.5H10', 'M6 13.5H2.5V10'],
  follow: ['M8 1.5v3', 'M8 11.5v3', 'M1.5 8h3', 'M11.5 8h3', 'M12 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0z'],
  layers: ['M8 2 14 5.2 8 8.4 2 5.2z', 'M2.4 8.3 8 11.2l5.6-2.9', 'M2.4 11 8 13.9l5.6-2.9'],
};

export class Controls {
  /** does: zoomIn, zoomOut, wholeCity, follow(on); layers() makes the list of the layers. */
  constructor(map, does, layers) {
    this.map = map;
    this.does = does;
    this.layers = layers;
    this.following = false;
    this.opened = ''; // the tool whose list is open
    this.added = []; // groups of tools, each an array
    this.box = intoCorner(map, 'topright', element('div', { id: 'controls', role: 'group' }));
    this.box.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.close()) event.stopPropagation();
    });
  }

  dress(words) {
    this.words = words;
    this.build();
  }

  setFollow(on) {
    this.following = on;
    if (this.words) this.build();
  }

  /** Add a group of tools: { name, paths, act() } or { name, paths, list() -> element }, and pressed() where it can be.
   *
   * `name` is the element's id and the word's role; a tool with a list opens it below the tools, one at a time.
   */
  add(tools) {
    this.added.push(tools);
    if (this.words) this.build();
  }

  build() {
    const { does } = this;
    const focused = document.activeElement?.id;
    const tool = (name, act, pressed = null) => element(
      'button',
      { id: name, class: 'tool', title: this.words[name], 'aria-label': this.words[name], 'aria-pressed': pressed, onclick: act },
      icon(...ICONS[name]),
    );
    this.box.setAttribute('aria-label', this.words.map);
    this.box.replaceChildren(
      element('div', { class: 'card tools' }, tool('zoom_in', does.zoomIn), tool('zoom_out', does.zoomOut), tool('whole_city', does.wholeCity)),
      element(
        'div', { class: 'card tools' },
        tool('follow', () => does.follow(!this.following), String(this.following)),
        tool('layers', () => this.toggle('layers'), String(this.opened === 'layers')),
      ),
      ...this.added.map((tools) => element('div', { class: 'card tools' }, ...tools.map((one) => this.#addedTool(one)))),
    );
    if (this.opened) this.box.append(this.#listOf(this.opened));
    if (focused) document.getElementById(focused)?.focus();
  }

  /** Open a tool's list, or close it. */
  toggle(name) {
    this.opened = this.opened === name ? '' : name;
    this.build();
    this.added.flat().find((one) => one.name === this.opened)?.opens?.();
    say('listing', Number(this.opened !== ''));
  }

  /** Open a tool's list with the keyboard in it, or close it and give the keyboard back to the map. */
  open(name) {
    this.toggle(name);
    if (this.opened) this.box.querySelector('.tool-list input, .tool-list button')?.focus();
    else this.map.getContainer().focus();
  }

  /** Close the open list; false where none was. */
  close() {
    if (!this.opened) return false;
    const name = this.opened;
    this.toggle(name);
    document.getElementById(name)?.focus();
    return true;
  }

  #addedTool({ name, paths, act, list, pressed }) {
    const pressedNow = list ? this.opened === name || Boolean(pressed?.()) : pressed?.();
    return element(
      'button',
      {
        id: name,
        class: 'tool',
        title: this.words[name],
        'aria-label': this.words[name],
        'aria-pressed': pressedNow === undefined ? null : String(pressedNow),
        onclick: list ? () => this.toggle(name) : act,
      },
      icon(...paths),
    );
  }

  #listOf(name) {
    const list = name === 'layers' ? this.layers : this.added.flat().find((one) => one.name === name).list;
    return element('div', { class: 'card tool-list', id: `${name}-list` }, list());
  }
}
