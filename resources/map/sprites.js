// The marks' pictures, drawn once per form, colour and size: circle, diamond, triangle, bars, loop, star.

export const SHAPES = ['in_time', 'soon', 'late', 'suspended', 'rework', 'supervised'];
const LAMPS = ['in_time', 'soon', 'late', 'muted'];
const HALO = 1.5;

/** The role that colours a mark: its lamp, except where the form itself is the message. */
function roleOf(shape, lamp) {
  if (shape === 3) return 'suspended';
  if (shape === 5) return 'supervised';
  return LAMPS[lamp] ?? 'muted';
}

const DRAW = [
  function circle(path) {
    path.arc(0, 0, 0.68, 0, 2 * Math.PI); // well inside the diamond, to differ from it in grey
  },
  function diamond(path) {
    path.moveTo(0, -1.06);
    path.lineTo(1.06, 0);
    path.lineTo(0, 1.06);
    path.lineTo(-1.06, 0);
    path.closePath();
  },
  function triangle(path) {
    path.moveTo(0, -1);
    path.lineTo(1, 0.8);
    path.lineTo(-1, 0.8);
    path.closePath();
  },
  function bars(path) {
    path.rect(-0.72, -0.85, 0.52, 1.7);
    path.rect(0.2, -0.85, 0.52, 1.7);
  },
  function loop(path) {
    path.arc(0, 0, 0.86, -0.25 * Math.PI, 1.4 * Math.PI);
    path.arc(0, 0, 0.42, 1.4 * Math.PI, -0.25 * Math.PI, true);
    path.closePath();
    path.moveTo(0.05, -1.12);
    path.lineTo(0.75, -0.62);
    path.lineTo(-0.05, -0.1);
    path.closePath();
  },
  function star(path) {
    for (let k = 0; k < 10; k++) {
      const reach = k % 2 ? 0.46 : 1.08;
      const turn = (k * Math.PI) / 5 - Math.PI / 2;
      path.lineTo(reach * Math.cos(turn), 0.06 + reach * Math.sin(turn));
    }
    path.closePath();
  },
];

export class Sprites {
  constructor() {
    this.made = new Map();
  }

  dress(theme) {
    this.theme = theme;
    this.made.clear();
  }

  /** A picture with the mark in its middle; radius in px, the picture in device pixels. */
  get(shape, lamp, radius, ratio) {
    const key = `${shape} ${lamp} ${radius} ${ratio}`;
    let sprite = this.made.get(key);
    if (!sprite) {
      sprite = this.#make(shape, roleOf(shape, lamp), radius, ratio);
      this.made.set(key, sprite);
    }
    return sprite;
  }

  #make(shape, role, radius, ratio) {
    const half = Math.ceil((radius * 1.15 + HALO + 0.5) * ratio);
    const sheet = new OffscreenCanvas(2 * half, 2 * half);
    const ink = sheet.getContext('2d');
    ink.translate(half, half);
    ink.scale(radius * ratio, radius * ratio);
    const path = new Path2D();
    (DRAW[shape] ?? DRAW[0])(path);
    ink.lineJoin = 'round';
    ink.strokeStyle = this.theme.surface;
    ink.lineWidth = (2 * HALO) / radius;
    ink.stroke(path);
    ink.fillStyle = this.theme[role];
    ink.fill(path);
    return sheet.transferToImageBitmap(); // drawn some thousand times: quicker than a canvas
  }
}
