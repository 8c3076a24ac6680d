// The map by keyboard: arrows move it, + and - or PgUp and PgDn zoom, Home shows the city, Enter takes what is
// in the middle (with Shift and Ctrl as a click), Space held moves the map with the pointer.

import { element } from './element.js';

const STEP = 96;
const FINE = 8; // with Shift, to set a point exactly
const HELD_FAST = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', '+', '=', '-', 'PageUp', 'PageDown']);
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** does: wholeCity, choose(latlng, event), escape, and `more`: acts by key, `Alt+x` for one with Alt. */
export function listenToKeys(map, does) {
  const container = map.getContainer();
  container.tabIndex = 0;
  const cross = element('div', { id: 'cross', 'aria-hidden': 'true' });
  cross.hidden = true;
  container.append(cross);
  const showCross = (on) => { cross.hidden = !on; };
  const choose = (event) => does.choose(map.getCenter(), event);
  const acts = {
    '+': () => map.zoomIn(1),
    '=': () => map.zoomIn(1),
    '-': () => map.zoomOut(1),
    PageUp: () => map.zoomIn(1),
    PageDown: () => map.zoomOut(1),
    Home: does.wholeCity,
    Enter: choose,
    Escape: does.escape,
    ...does.more,
  };
  const space = new SpaceHeld(map, choose);
  container.addEventListener('keydown', (event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (event.target !== container || metaKey) return;
    if (key === ' ') {
      event.preventDefault();
      showCross(true);
      space.press(event);
      return;
    }
    const move = altKey || ctrlKey || map.locked ? null : MOVES[key];
    const chord = key !== 'Enter' && (altKey || ctrlKey) ? `${ctrlKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${key}` : key;
    const step = shiftKey ? FINE : STEP;
    if (map.locked && HELD_FAST.has(key)) {
      event.preventDefault();
      return;
    }
    const act = move ? () => map.panBy(move.map((one) => one * step), { animate: false }) : acts[chord];
    if (!act || (altKey && key === 'Enter')) return;
    event.preventDefault();
    showCross(key !== 'Escape');
    act(event);
  });
  // Who comes to the page by a key of the window comes to the map, and to a tool of it only by Tab.
  const take = () => { if (document.activeElement === document.body) container.focus(); };
  window.addEventListener('focus', take);
  if (document.hasFocus()) take();
  container.addEventListener('keyup', ({ key }) => { if (key === ' ') space.release(); });
  container.addEventListener('pointerdown', () => showCross(false));
  container.addEventListener('blur', () => {
    showCross(false);
    space.leave();
  });
}

/** Space pressed and let go takes what is in the middle; held while the pointer moves, or with the wheel's
 * button pressed, it moves the map, whatever tool is in hand. */
class SpaceHeld {
  constructor(map, choose) {
    this.map = map;
    this.choose = choose;
    this.event = null;
    const container = map.getContainer();
    container.addEventListener('pointermove', (event) => this.#move(event), true);
    container.addEventListener('pointerdown', (event) => {
      if (event.button !== 1) return;
      event.preventDefault();
      this.wheel = true;
      map.panning = true;
    }, true);
    container.addEventListener('pointerup', (event) => { if (event.button === 1) this.leave(); }, true);
  }

  press(event) {
    if (this.event) return; // it repeats
    this.event = event;
    this.moved = false;
  }

  release() {
    const { event, moved } = this;
    this.leave();
    if (event && !moved) this.choose(event);
  }

  leave() {
    this.event = null;
    this.wheel = false;
    this.map.panning = false;
  }

  #move({ movementX, movementY }) {
    if ((!this.event && !this.wheel) || this.map.locked) return;
    this.moved = true;
    this.map.panning = true;
    if (movementX || movementY) this.map.panBy([-movementX, -movementY], { animate: false });
  }
}
