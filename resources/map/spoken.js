// What a screen reader finds of the map: one thing with a name, and a sentence of what it shows now.
//
// The tiles and marks are pictures, hundreds of them and others at every step: a reader is told of none, so the
// browser need not carry them over to it either.

import { element } from './element.js';

const ROOMS = '.leaflet-control-container, .leaflet-control-container > div, .leaflet-control-scale, .leaflet-control-scale-line';

export class Spoken {
  constructor(map, outlines, hover) {
    this.map = map;
    this.outlines = outlines;
    this.hover = hover;
    this.line = element('p', { id: 'told', 'aria-live': 'polite' });
    const container = map.getContainer();
    container.append(this.line);
    container.setAttribute('role', 'application'); // its keys are its own
    container.setAttribute('aria-describedby', this.line.id);
    map.getPane('mapPane').setAttribute('aria-hidden', 'true');
    for (const room of container.querySelectorAll(ROOMS)) room.setAttribute('role', 'none');
    map.on('zoomend', () => this.tell());
  }

  dress(words) {
    this.words = words;
    document.title = words.map ?? '';
    this.map.getContainer().setAttribute('aria-label', words.map ?? '');
    this.tell();
  }

  /** How near the map is, and what is chosen on it. */
  tell() {
    const { words, outlines, hover } = this;
    if (!words) return;
    const { marks } = hover.painter;
    const mark = outlines.selected ? marks.find(outlines.selected.id) : -1;
    const text = [
      said(words.told_zoom, Number(this.map.getZoom()?.toFixed(1) ?? 0)),
      outlines.filtered < 0 ? '' : said(words.told_cell, this.#cell(outlines.filtered)),
      mark < 0 ? '' : said(words.told_case, hover.textOf({ cell: -1, mark })),
    ].filter(Boolean).join(words.told_between ?? ' ');
    if (this.line.textContent !== text) this.line.textContent = text;
  }

  #cell(cell) {
    const text = this.hover.textOf({ cell, mark: -1 });
    if (!this.hover.codes) this.hover.fetching.then(() => this.tell());
    return text;
  }
}

const said = (pattern, what) => (pattern ?? '').replace('{what}', () => String(what));
