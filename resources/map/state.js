// What is told of every cell: its class, its number of open cases, and the colours of the classes.

import { pixelOf, rampOf } from './colours.js';
import { FEW, anyFew } from './hatching.js';

export class CellState {
  constructor(count) {
    this.levels = new Uint8Array(count);
    this.counts = new Uint16Array(count);
    this.table = new Uint32Array(count + 1); // pixel by cell number; entry 0 is outside the city
    this.plainTable = new Uint32Array(count + 1); // the same without any state
    this.family = 'ramp';
    this.ramp = [];
    this.pixels = new Uint32Array(7);
    this.hatched = false; // whether any is in the class of too few
  }

  dress(theme) {
    this.theme = theme;
    this.ramp = rampOf(theme, this.family);
    this.pixels = Uint32Array.from(this.ramp, pixelOf);
    this.fewLine = pixelOf(theme.few_line);
    this.outside = theme.ground;
    this.line = theme.line;
    this.plainTable.fill(this.pixels[0]);
    this.plainTable[0] = pixelOf(this.outside);
    this.#fillTable();
  }

  /** Colour by another family of roles; true where it is another. */
  setFamily(family) {
    if (this.family === family) return false;
    this.family = family;
    if (this.theme) this.dress(this.theme);
    return true;
  }

  replace(levels, counts) {
    this.levels = levels;
    this.counts = counts;
    this.#fillTable();
  }

  /** changes: index, level, count, index, ... Returns the indexes whose colour is another now. */
  change(changes) {
    const recoloured = [];
    for (let k = 0; k < changes.length; k += 3) {
      const cell = changes[k];
      this.counts[cell] = changes[k + 2];
      if (this.levels[cell] === changes[k + 1]) continue;
      this.levels[cell] = changes[k + 1];
      this.table[cell + 1] = this.pixels[changes[k + 1]];
      this.hatched ||= changes[k + 1] === FEW;
      recoloured.push(cell);
    }
    return recoloured;
  }

  /** How many cells have open cases, whatever they are coloured by. */
  get open() {
    let open = 0;
    for (const count of this.counts) open += Number(count > 0);
    return open;
  }

  #fillTable() {
    const { levels, table, pixels } = this;
    this.hatched = anyFew(levels);
    table[0] = pixelOf(this.outside);
    for (let cell = 0; cell < levels.length; cell++) table[cell + 1] = pixels[levels[cell]];
  }
}
