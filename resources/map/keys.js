// The map by keyboard: arrows move it, + and - zoom, Home shows the city, Enter takes what is in the middle.

import { element } from './element.js';

const STEP = 96;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** does: wholeCity, choose(latlng), escape, and `more`: acts by key. */
export function listenToKeys(map, does) {
  const container = map.getContainer();
  container.tabIndex = 0;
  const cross = element('div', { id: 'cross', 'aria-hidden': 'true' });
  cross.hidden = true;
  container.append(cross);
  const showCross = (on) => { cross.hidden = !on; };
  const acts = {
    '+': () => map.zoomIn(1),
    '=': () => map.zoomIn(1),
    '-': () => map.zoomOut(1),
    Home: does.wholeCity,
    Enter: () => does.choose(map.getCenter()),
    ' ': () => does.choose(map.getCenter()),
    Escape: does.escape,
    ...does.more,
  };
  container.addEventListener('keydown', (event) => {
    if (event.target !== container || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = MOVES[event.key];
    const act = move ? () => map.panBy(move, { animate: false }) : acts[event.key];
    if (!act) return;
    event.preventDefault();
    showCross(event.key !== 'Escape');
    act();
  });
  container.addEventListener('pointerdown', () => showCross(false));
  container.addEventListener('blur', () => showCross(false));
}
