// What a layer looks like, as a small picture for its line in the list.

import { SHAPES, Sprites } from './sprites.js';
import { BORDERS } from './lines.js';

const WIDTH = 30;
const HEIGHT = 14;
const MIDDLE = HEIGHT / 2;

const DRAW = {
  cells(ink, theme) {
    for (let level = 0; level < 6; level++) {
      ink.fillStyle = theme[`ramp_${level}`];
      ink.fillRect((level * WIDTH) / 6, 2, WIDTH / 6 + 0.5, HEIGHT - 4);
    }
    ink.strokeStyle = theme.line;
    ink.strokeRect(0.5, 2.5, WIDTH - 1, HEIGHT - 5);
  },
  roads(ink, theme) {
    stroke(ink, theme.road, 4, 1, MIDDLE - 1);
    stroke(ink, theme.road, 1.2, 1, HEIGHT - 2.5);
  },
  names(ink, theme, family) {
    ink.fillStyle = theme.text;
    ink.font = `500 12px ${family}`;
    ink.textAlign = 'center';
    ink.textBaseline = 'middle';
    ink.fillText('文', WIDTH / 2, MIDDLE + 0.5);
  },
  marks(ink, theme) {
    const sprites = new Sprites();
    sprites.dress(theme);
    ['in_time', 'late'].forEach((name, at) => {
      const shape = SHAPES.indexOf(name);
      const picture = sprites.get(shape, shape, 5, 2);
      ink.drawImage(picture, 1 + 15 * at, 0, picture.width / 2, picture.height / 2);
    });
  },
};
for (const { kind, layer, strength, widths, dash } of BORDERS) {
  DRAW[layer] = (ink, theme) => stroke(ink, theme.division, widths[1], strength, MIDDLE, dash);
  DRAW[layer].kind = kind;
}

function stroke(ink, colour, width, strength, y, dash = []) {
  ink.strokeStyle = colour;
  ink.globalAlpha = strength;
  ink.lineWidth = width;
  ink.setLineDash(dash);
  ink.beginPath();
  ink.moveTo(0, y);
  ink.lineTo(WIDTH, y);
  ink.stroke();
}

/** More pictures for layers of a feature: draw(ink, theme, family) on 30 x 14 px. */
export function drawKeyOf(layer, draw) {
  DRAW[layer] = draw;
}

/** A canvas element with the layer's picture. */
export function keyOf(layer, theme, family) {
  const ratio = window.devicePixelRatio || 1;
  const canvas = document.createElement('canvas');
  canvas.className = 'layer-key';
  canvas.setAttribute('aria-hidden', 'true');
  canvas.width = Math.round(WIDTH * ratio);
  canvas.height = Math.round(HEIGHT * ratio);
  const ink = canvas.getContext('2d');
  ink.scale(ratio, ratio);
  DRAW[layer]?.(ink, theme, family);
  return canvas;
}
