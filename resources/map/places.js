// A spot that was gone to, the lock of the view, and what a mouse asks of places: coordinates by its right
// button, back and forth through the views by its side buttons.

import { say } from './wire.js';
import { strokeTwice } from './sketch.js';

const LOCK = ['M4 7.5h8v6H4z', 'M5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5'];
const BACK = 3;

export class Places {
  constructor(grid) {
    this.grid = grid;
    this.spot = null; // [lon, lat]
    grid.sketch.add((ink, at, theme) => this.#paint(ink, at, theme));
    grid.controls.add([{
      name: 'lock_view', paths: LOCK, act: () => this.#lock(!grid.map.locked, true), pressed: () => Boolean(grid.map.locked),
    }]);
    const container = grid.map.getContainer();
    container.addEventListener('pointerdown', (event) => {
      if (event.button < BACK) return;
      event.preventDefault();
      say('history', event.button - BACK);
    }, true);
    container.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      if (event.target.closest?.('.leaflet-control')) return;
      const { lng, lat } = grid.map.mouseEventToLatLng(event);
      say('coords', lng.toFixed(7), lat.toFixed(7));
    });
  }

  show(small) {
    if ('spot' in small) {
      this.spot = small.spot;
      this.grid.sketch.later();
    }
    if ('locked' in small) this.#lock(small.locked, false);
  }

  /** Nothing but a command moves a locked view: no drag, wheel or key, no chosen case. */
  #lock(on, tell) {
    const { map } = this.grid;
    map.locked = on;
    for (const hand of [map.dragging, map.scrollWheelZoom, map.boxZoom, map.touchZoom]) {
      if (on) hand?.disable();
      else hand?.enable();
    }
    map.getContainer().classList.toggle('locked', on);
    this.grid.controls.build();
    if (tell) say('locked', Number(on));
  }

  #paint(ink, at, theme) {
    if (!this.spot) return false;
    const [x, y] = at(...this.spot);
    const cross = new Path2D();
    cross.moveTo(x - 12, y);
    cross.lineTo(x + 12, y);
    cross.moveTo(x, y - 12);
    cross.lineTo(x, y + 12);
    strokeTwice(ink, cross, theme, { width: 2 });
    return true;
  }
}
