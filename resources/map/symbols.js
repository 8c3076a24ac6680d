// The small pictures of a site's own points: components by their major class, flooding points, patrollers, others.

const HALO = 1.5;
const FEWEST_PX = 3.5;

const box = (path) => path.rect(-0.85, -0.85, 1.7, 1.7);
const disc = (path) => path.arc(0, 0, 0.8, 0, 2 * Math.PI);
// With a hole: a disc is too like a box at this size.
function ring(path) {
  disc(path);
  path.moveTo(0.38, 0);
  path.arc(0, 0, 0.38, 0, 2 * Math.PI, true);
}
// By the first two digits of a component's class: utilities, traffic, sanitation, greenery, others.
const COMPONENTS = {
  '01': box,
  '02': ring,
  '03'(path) {
    path.moveTo(-0.9, -0.75);
    path.lineTo(0.9, -0.75);
    path.lineTo(0, 0.9);
    path.closePath();
  },
  '04'(path) {
    path.rect(-0.9, -0.32, 1.8, 0.64);
    path.rect(-0.32, -0.9, 0.64, 0.58);
    path.rect(-0.32, 0.32, 0.64, 0.58);
  },
  ''(path) {
    path.rect(-1, -0.42, 2, 0.84);
  },
};
const DRAW = {
  flooding(path) {
    path.moveTo(0, -1.15);
    path.bezierCurveTo(0.35, -0.5, 0.82, -0.1, 0.82, 0.35);
    path.arc(0, 0.35, 0.82, 0, Math.PI);
    path.bezierCurveTo(-0.82, -0.1, -0.35, -0.5, 0, -1.15);
    path.closePath();
  },
  patrollers(path) {
    path.arc(0, -0.55, 0.45, 0, 2 * Math.PI);
    path.moveTo(-0.85, 0.95);
    path.bezierCurveTo(-0.85, -0.05, 0.85, -0.05, 0.85, 0.95);
    path.closePath();
  },
  own: disc,
};
const ROLES = { components: 'component', flooding: 'flooding', patrollers: 'patroller', own: 'component' };

export const MAJORS = Object.keys(COMPONENTS).sort((one, other) => (one || '9').localeCompare(other || '9'));

/** The form of a component's class code. */
export const majorOf = (code) => (COMPONENTS[code.slice(0, 2)] ? code.slice(0, 2) : '');

function formOf(layer, major, radius) {
  if (layer === 'components') return COMPONENTS[major] ?? COMPONENTS[''];
  return radius < FEWEST_PX ? disc : DRAW[layer]; // too small for a form of its own
}

export class Symbols {
  constructor() {
    this.made = new Map();
  }

  dress(theme) {
    this.theme = theme;
    this.made.clear();
  }

  /** A picture with the symbol in its middle, in device pixels; `hollow` where it is not sure. */
  get(layer, major, radius, ratio, hollow = false) {
    const key = `${layer} ${major} ${radius} ${ratio} ${hollow}`;
    let picture = this.made.get(key);
    if (!picture) {
      picture = this.#make(layer, formOf(layer, major, radius), radius, ratio, hollow);
      this.made.set(key, picture);
    }
    return picture;
  }

  #make(layer, trace, radius, ratio, hollow) {
    const half = Math.ceil((radius * 1.2 + HALO + 0.5) * ratio);
    const sheet = new OffscreenCanvas(2 * half, 2 * half);
    const ink = sheet.getContext('2d');
    ink.translate(half, half);
    ink.scale(radius * ratio, radius * ratio);
    const path = new Path2D();
    trace(path);
    ink.lineJoin = 'round';
    ink.strokeStyle = this.theme.surface;
    ink.lineWidth = (2 * HALO) / radius;
    ink.stroke(path);
    const colour = this.theme[ROLES[layer]];
    ink.fillStyle = hollow ? this.theme.surface : colour;
    ink.fill(path);
    if (hollow) {
      ink.strokeStyle = colour;
      ink.lineWidth = 1.2 / radius;
      ink.stroke(path);
    }
    return sheet.transferToImageBitmap();
  }
}
