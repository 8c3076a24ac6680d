// Distances and areas, measured along the ellipsoid of CGCS2000 and not on the map's own plane.

import { dots, pathOf, strokeTwice } from './sketch.js';
import { element } from './element.js';
import { intoCorner } from './corner.js';
import { say } from './wire.js';

const AXIS = 6378137;
const FLATTENING = 1 / 298.257222101;
const E2 = FLATTENING * (2 - FLATTENING);
const E = Math.sqrt(E2);
const RAD = Math.PI / 180;
const ICON = ['M2 11.5 11.5 2 14 4.5 4.5 14z', 'M5 8.5 6.5 10', 'M7.5 6 9 7.5', 'M10 3.5 11.5 5'];
const MODES = ['line', 'area'];

/** Metres between two places in degrees; within a city exact to a few millimetres in a kilometre. */
function metresBetween([lon, lat], [lon2, lat2]) {
  const middle = ((lat + lat2) / 2) * RAD;
  const flat = 1 - E2 * Math.sin(middle) ** 2;
  const across = (lon2 - lon) * RAD * Math.cos(middle) * (AXIS / Math.sqrt(flat));
  const up = (lat2 - lat) * RAD * ((AXIS * (1 - E2)) / flat ** 1.5);
  return Math.hypot(across, up);
}

/** The length of a line through places. */
const lengthOf = (places) => places.slice(1).reduce((sum, place, k) => sum + metresBetween(places[k], place), 0);

/** Square metres inside a ring of places in degrees. */
export function areaOf(places) {
  let sum = 0;
  for (let i = 0, j = places.length - 1; i < places.length; j = i++) {
    sum += (places[i][0] - places[j][0]) * RAD * ((strip(places[i][1]) + strip(places[j][1])) / 2);
  }
  return Math.abs(sum);
}

/** The area between the equator and a latitude, for each radian of longitude. */
function strip(lat) {
  const sine = Math.sin(lat * RAD);
  const half = (AXIS * AXIS * (1 - E2)) / 2;
  return half * (sine / (1 - E2 * sine * sine) + Math.log((1 + E * sine) / (1 - E * sine)) / (2 * E));
}

export class Measure {
  constructor(grid) {
    this.grid = grid;
    this.mode = '';
    this.done = []; // the places of what was measured last
    this.note = intoCorner(grid.map, 'topleft', element('div', { id: 'measure-note', class: 'card figure', 'aria-live': 'polite' }));
    this.note.hidden = true;
    grid.sketch.add((ink, at, theme) => this.#paint(ink, at, theme));
    grid.controls.add([{ name: 'measure', paths: ICON, act: () => this.choose(this.mode ? '' : 'line'), pressed: () => this.mode !== '' }]);
  }

  dress(_theme, words) {
    this.words = words;
    this.#tell([]);
  }

  /** What was measured last: { places, length, area }, in degrees, metres and square metres. */
  get measured() {
    const { done } = this;
    return done.length > 1 ? { places: done, length: lengthOf(done), area: areaOf(done) } : null;
  }

  get inHand() {
    return this.mode !== '';
  }

  tool(name) {
    if (name === 'measure') this.choose(MODES[(MODES.indexOf(this.mode) + 1) % MODES.length]);
    return name === 'measure';
  }

  choose(mode) {
    const { drawing } = this.grid;
    this.mode = '';
    drawing.end();
    this.mode = mode;
    this.done = [];
    if (mode) {
      drawing.begin({
        kind: mode,
        changed: (places) => this.#tell(places),
        done: (places) => {
          this.done = places;
          this.#tell(places);
        },
        gone: () => this.#left(),
      });
    }
    say('hand', Number(mode !== ''));
    this.#tell([]);
    this.grid.sketch.later();
    this.grid.controls.build();
  }

  click(latlng, { event }) {
    if (!this.mode) return false;
    if (!this.grid.drawing.places.length) this.done = [];
    return this.grid.drawing.add(latlng, event);
  }

  escape() {
    if (!this.mode) return false;
    if (this.grid.drawing.places.length || this.done.length) {
      this.done = [];
      this.grid.drawing.restart();
      this.#tell([]);
    } else {
      this.choose('');
    }
    return true;
  }

  #left() {
    if (!this.mode) return;
    this.mode = '';
    this.done = [];
    this.#tell([]);
    this.grid.controls.build();
  }

  #tell(places) {
    const { note, words, mode } = this;
    note.hidden = !mode;
    if (!mode || !words) return;
    if (!this.grid.drawing.places.length && this.done.length) places = this.done;
    const said = [words[`measure_${mode}`] ?? ''];
    const fill = (word, value) => (words[word] ?? '').replace('{value}', () => value);
    if (places.length < 2) said.push(words.measure_hint ?? '');
    else if (mode === 'line') {
      said.push(fill('measure_total', metres(lengthOf(places))));
      if (places.length > 2) said.push(fill('measure_last', metres(lengthOf(places.slice(-2)))));
    } else {
      said.push(fill('measure_size', squares(areaOf(places))), fill('measure_around', metres(lengthOf([...places, places[0]]))));
    }
    const text = said.join(' · ');
    if (note.textContent !== text) note.textContent = text;
  }

  #paint(ink, at, theme) {
    if (this.done.length < 2 || this.grid.drawing.places.length) return false;
    strokeTwice(ink, pathOf(this.done, at, this.mode === 'area'), theme);
    dots(ink, this.done, at, theme);
    return true;
  }
}

const metres = (value) => (value < 1000 ? `${value.toFixed(1)} m` : `${(value / 1000).toFixed(3)} km`);

function squares(value) {
  if (value < 10_000) return `${value.toFixed(0)} m²`;
  return value < 1_000_000 ? `${(value / 10_000).toFixed(2)} ha` : `${(value / 1_000_000).toFixed(3)} km²`;
}
