// What is drawn by hand over the map: a canvas above the marks that follows the map at every move.
//
// Painters are called with (ink, at, theme): `at(lon, lat)` is [x, y] in px of the view. They return whether they
// have drawn: an empty canvas over the view would still be laid over every picture of a moving map.

export class Sketch {
  constructor(map) {
    this.map = map;
    this.painters = [];
    this.waiting = 0;
    this.sheet = document.createElement('canvas');
    this.sheet.className = 'sketch';
    this.sheet.hidden = true;
    this.ink = this.sheet.getContext('2d');
    map.createPane('sketch').append(this.sheet);
    map.on('move zoomend viewreset resize', () => this.draw());
  }

  dress(theme) {
    this.theme = theme;
    this.later();
  }

  add(paint) {
    this.painters.push(paint);
  }

  later() {
    this.waiting ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    const { map, sheet, ink } = this;
    this.#clear();
    L.DomUtil.setPosition(sheet, map.containerPointToLayerPoint([0, 0]));
    const at = (lon, lat) => {
      const { x, y } = map.latLngToContainerPoint([lat, lon]);
      return [x, y];
    };
    let drawn = false;
    for (const paint of this.painters) drawn = Boolean(paint(ink, at, this.theme)) || drawn;
    sheet.hidden = !drawn;
  }

  /** The size of the view, and nothing on it. */
  #clear() {
    const { sheet, ink } = this;
    const { x: width, y: height } = this.map.getSize();
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (sheet.width !== wide || sheet.height !== high) {
      sheet.width = wide;
      sheet.height = high;
      sheet.style.width = `${width}px`;
      sheet.style.height = `${height}px`;
    } else if (!sheet.hidden) {
      ink.setTransform(1, 0, 0, 1, 0, 0);
      ink.clearRect(0, 0, wide, high);
    }
    ink.setTransform(ratio, 0, 0, ratio, 0, 0);
    ink.lineJoin = 'round';
  }
}

/** A line through places, twice: a halo of the ground colour, and the line itself. */
export function strokeTwice(ink, path, theme, { width = 2.5, role = 'accent', dash = [] } = {}) {
  ink.setLineDash([]);
  ink.lineWidth = width + 3;
  ink.strokeStyle = theme.surface;
  ink.stroke(path);
  ink.setLineDash(dash);
  ink.lineWidth = width;
  ink.strokeStyle = theme[role];
  ink.stroke(path);
  ink.setLineDash([]);
}

/** Places as a path; `closed` joins the last to the first. */
export function pathOf(places, at, closed = false) {
  const path = new Path2D();
  places.forEach(([lon, lat], k) => {
    const [x, y] = at(lon, lat);
    if (k) path.lineTo(x, y);
    else path.moveTo(x, y);
  });
  if (closed) path.closePath();
  return path;
}

/** A small square for each place, as on any map where corners are set. */
export function dots(ink, places, at, theme) {
  for (const [lon, lat] of places) {
    const [x, y] = at(lon, lat);
    ink.fillStyle = theme.surface;
    ink.fillRect(x - 3.5, y - 3.5, 7, 7);
    ink.lineWidth = 1.5;
    ink.strokeStyle = theme.accent;
    ink.strokeRect(x - 3.5, y - 3.5, 7, 7);
  }
}
