// What a click on the map means: a place while one is picked, otherwise a case, a cell, or no cell.

import { element } from './element.js';
import { intoCorner } from './corner.js';
import { pixelsPerMetre, metresOf } from './mercator.js';
import { say } from './wire.js';

export class Choosing {
  constructor(map, cells, painter, outlines) {
    this.map = map;
    this.cells = cells;
    this.painter = painter;
    this.outlines = outlines;
    this.marksShown = true;
    this.picking = false;
    this.isTaken = () => false;
    this.inHand = () => false; // whether a tool is: then a click is for it, whatever else waits for one
    this.isCovered = () => false; // whether another picture stands in a mark's place
    this.banner = intoCorner(map, 'topleft', element('div', { id: 'picking', class: 'card', 'aria-live': 'polite' }));
    this.banner.hidden = true;
    map.on('click', ({ latlng, originalEvent }) => {
      // The second click of a double one must not undo the first.
      if (originalEvent.detail <= 1) this.choose(latlng, originalEvent);
    });
  }

  dress(words) {
    this.banner.textContent = words.picking ?? '';
  }

  setPicking(on) {
    this.picking = on;
    this.banner.hidden = !on;
    this.map.getContainer().classList.toggle('picking', on);
  }

  /** Ask first whether a click is meant for something else: isTaken(latlng, { cell, mark, event }). */
  offerTo(isTaken) {
    this.isTaken = isTaken;
  }

  /** What lies at a place in degrees: { cell, mark }, -1 for none. */
  find(lon, lat) {
    const { marks } = this.painter;
    let mark = -1;
    if (this.marksShown) {
      const zoom = this.map.getZoom();
      const [x, y] = metresOf(lon, lat);
      mark = marks.at(x - marks.originX, y - marks.originY, zoom, 1 / pixelsPerMetre(zoom));
      if (mark >= 0 && this.isCovered(mark)) mark = -1;
    }
    return { cell: this.cells.at(lon, lat), mark };
  }

  choose(latlng, event = null) {
    const { lng, lat } = latlng;
    if (this.picking && !this.inHand()) {
      say('place', lng.toFixed(7), lat.toFixed(7));
      return;
    }
    const { cell, mark } = this.find(lng, lat);
    if (this.isTaken(latlng, { cell, mark, event })) return;
    if (mark >= 0) say('case', this.painter.marks.ids[mark]);
    else if (cell !== this.outlines.filtered) say('cell', cell);
    else if (cell >= 0) say('cell', -1);
  }

  /** Give up picking, or else the chosen cell. */
  escape() {
    if (this.picking) {
      this.setPicking(false);
      say('picking', 0);
    } else if (this.outlines.filtered >= 0) {
      say('cell', -1);
    }
  }
}
