// What lies under the pointer, said in words beside it, and the coordinates in the corner.

import { element } from './element.js';
import { intoCorner } from './corner.js';
import { fetchData, loadJson } from './wire.js';
import { SHAPES } from './sprites.js';

const AWAY = 14;
const NO_LAMP = 3; // no clock runs
const LONGEST = 200;
const [NARROWEST, WIDEST] = [160, 480]; // px of the tip
const TOOLS = 56; // px that the tools take at the right

export class Hover {
  /** find(lon, lat) -> { cell, mark }. */
  constructor(map, painter, outlines, state, find) {
    this.map = map;
    this.painter = painter;
    this.outlines = outlines;
    this.state = state;
    this.find = find;
    this.tip = element('div', { id: 'tip', class: 'card', 'aria-live': 'polite' });
    this.tip.hidden = true;
    map.getContainer().append(this.tip);
    this.place = intoCorner(map, 'bottomright', element('div', { id: 'place', class: 'figure' }));
    this.codes = null;
    this.tellMore = () => '';
    this.also = () => [];
    this.covered = 0; // px at the right over which something lies
    this.waiting = 0;
    map.on('mousemove', (event) => this.#soon(event));
    map.on('mouseout movestart zoomstart', () => this.#leave());
  }

  dress(words) {
    this.words = words;
  }

  /** Ask first whether a feature has something to say of a place: tellMore(latlng, found) -> text. */
  offerTo(tellMore) {
    this.tellMore = tellMore;
  }

  /** Ask for lines below what is told of a place: also(latlng, found) -> [text]. */
  addLines(also) {
    this.also = also;
  }

  /** At most once a frame, with the latest place. */
  #soon(event) {
    this.last = event;
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      this.#show(this.last);
    });
  }

  #show({ latlng, containerPoint }) {
    this.place.textContent = `${latlng.lng.toFixed(5)}, ${latlng.lat.toFixed(5)}`;
    const found = this.find(latlng.lng, latlng.lat);
    this.map.getContainer().classList.toggle('pointing', found.mark >= 0 || found.cell >= 0);
    if (this.outlines.hovered !== found.cell) {
      this.outlines.hovered = found.cell;
      this.outlines.later();
    }
    const text = [this.tellMore(latlng, found) || this.textOf(found), ...this.also(latlng, found)].filter(Boolean).join('\n');
    this.tip.hidden = !text;
    if (!text) return;
    this.tip.textContent = text;
    const { x: whole, y: height } = this.map.getSize();
    const width = whole - this.covered - TOOLS;
    this.tip.style.maxWidth = width < WIDEST ? `${Math.max(NARROWEST, width)}px` : ''; // it goes round the tools
    const box = this.tip.getBoundingClientRect();
    const right = containerPoint.x + AWAY;
    const x = right + box.width > width ? Math.max(0, Math.min(right, width) - 2 * AWAY - box.width) : right;
    const y = containerPoint.y + AWAY + box.height > height ? containerPoint.y - AWAY - box.height : containerPoint.y + AWAY;
    this.tip.style.transform = `translate(${Math.max(0, Math.round(x))}px, ${Math.max(0, Math.round(y))}px)`;
  }

  textOf({ cell, mark }) {
    const { marks } = this.painter;
    if (mark >= 0) {
      const bare = marks.shapes[mark] === 0 && marks.lamps[mark] === NO_LAMP;
      const lamp = this.words[bare ? 'no_clock' : SHAPES[marks.shapes[mark]]] ?? '';
      return [marks.code(mark) || String(marks.ids[mark]), lamp].join(' · ').slice(0, LONGEST);
    }
    if (cell < 0) return '';
    const parts = { code: this.codeOf(cell), count: this.state.counts[cell] };
    return (this.words.cell_hint ?? '').replace(/\{(code|count)\}/g, (_, name) => String(parts[name])).slice(0, LONGEST);
  }

  /** The codes are half a megabyte that nothing needs before the pointer does. */
  codeOf(cell) {
    if (this.codes) return this.codes[cell] ?? '';
    this.fetching ??= loadJson(fetchData('codes')).then((codes) => {
      this.codes = codes;
      if (this.last && !this.tip.hidden) this.#show(this.last);
    });
    return '…';
  }

  #leave() {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.tip.hidden = true;
    if (this.outlines.hovered >= 0) {
      this.outlines.hovered = -1;
      this.outlines.later();
    }
  }
}
