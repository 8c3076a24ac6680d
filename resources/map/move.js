// A case on its way to another place: from where it is to where it is to be, and a handle that can be dragged.

import { dots, pathOf, strokeTwice } from './sketch.js';
import { say } from './wire.js';

const GRIP = 14; // px

export class Move {
  constructor(grid) {
    this.grid = grid;
    this.moving = null; // { from, to }, each [lon, lat] or null
    this.dragged = null; // where the handle is while it is held
    grid.sketch.add((ink, at, theme) => this.#paint(ink, at, theme));
    const container = grid.map.getContainer();
    container.addEventListener('pointerdown', (event) => this.#press(event), true);
    container.addEventListener('pointermove', (event) => this.#drag(event), true);
    container.addEventListener('pointerup', (event) => this.#drop(event), true);
  }

  show(small) {
    if (!('moving' in small)) return;
    this.moving = small.moving;
    this.dragged = null;
    this.grid.sketch.later();
  }

  get #handle() {
    return this.dragged ?? this.moving?.to ?? this.moving?.from;
  }

  #press(event) {
    const { map } = this.grid;
    if (!this.moving || !this.#handle || event.button !== 0 || event.target.closest?.('.leaflet-control')) return;
    const [lon, lat] = this.#handle;
    if (map.latLngToContainerPoint([lat, lon]).distanceTo(map.mouseEventToContainerPoint(event)) > GRIP) return;
    this.held = true;
    map.dragging.disable();
  }

  #drag(event) {
    if (!this.held) return;
    const { lng, lat } = this.grid.map.mouseEventToLatLng(event);
    this.dragged = [lng, lat];
    this.grid.sketch.later();
  }

  #drop(event) {
    if (!this.held) return;
    this.held = false;
    if (!this.grid.map.locked) this.grid.map.dragging.enable();
    if (!this.dragged) return; // a click on the handle is the map's own
    event.stopPropagation();
    const [lon, lat] = this.dragged;
    say('place', lon.toFixed(7), lat.toFixed(7));
  }

  #paint(ink, at, theme) {
    if (!this.moving) return false;
    const { from } = this.moving;
    const handle = this.#handle;
    if (from && handle && handle !== from) {
      strokeTwice(ink, pathOf([from, handle], at), theme, { width: 2, dash: [6, 4] });
      dots(ink, [from], at, theme);
    }
    if (!handle) return false;
    const [x, y] = at(...handle);
    const ring = new Path2D();
    ring.arc(x, y, 9, 0, 2 * Math.PI);
    ring.moveTo(x - 14, y);
    ring.lineTo(x + 14, y);
    ring.moveTo(x, y - 14);
    ring.lineTo(x, y + 14);
    strokeTwice(ink, ring, theme, { width: 2 });
    return true;
  }
}
