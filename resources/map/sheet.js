// The uppermost canvas: names, marks and outlines, redrawn in the same frame in which the map moves.

import { metresOf, planeAt } from './mercator.js';
import { Sprites } from './sprites.js';

const HALO_WIDTH = 5;
const OUTLINE_WIDTH = 2.5;

export class Sheet {
  constructor(map, cells, labels) {
    this.map = map;
    this.cells = cells;
    this.labels = labels;
    this.sprites = new Sprites();
    this.marks = null;
    this.selected = null; // { id, lon, lat }
    this.filtered = -1;
    this.hovered = -1;
    this.hoveredMark = -1;
    this.cross = false;
    this.show = { names: true, marks: true };
    this.draws = 0;
    this.waiting = 0;
    this.canvas = document.createElement('canvas');
    this.ink = this.canvas.getContext('2d');
    const pane = map.createPane('sheet');
    pane.append(this.canvas);
    map.on('move viewreset zoomend resize', () => this.#follow());
  }

  dress(theme, font) {
    this.theme = theme;
    this.sprites.dress(theme);
    this.labels.dress(theme, font);
    this.later();
  }

  /** The map tells of one movement several times over: draw once for each place it comes to. */
  #follow() {
    const { x, y } = this.map.getPixelBounds().min;
    const size = this.map.getSize();
    const place = `${this.map.getZoom()} ${x} ${y} ${size.x} ${size.y}`;
    if (place === this.place) return;
    this.place = place;
    this.draw();
  }

  /** Draw again at the next frame, once, however often asked. */
  later() {
    this.waiting ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    if (!this.theme) return;
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.draws++;
    const { map, ink } = this;
    const { x: width, y: height } = map.getSize();
    const ratio = window.devicePixelRatio || 1;
    const corner = map.getPixelBounds().min;
    const view = { zoom: map.getZoom(), left: corner.x, top: corner.y, width, height, ratio };
    this.#fit(view);
    if (this.show.names) this.labels.draw(ink, view);
    this.#outline(view, this.hovered, [[1.5, 'text']]);
    this.#outline(view, this.filtered, [[HALO_WIDTH, 'surface'], [OUTLINE_WIDTH, 'accent']]);
    if (this.show.marks && this.marks) this.#drawMarks(view);
    if (this.selected) this.#drawSelected(view);
    if (this.cross) this.#drawCross(view);
  }

  /** Empty the canvas, as large as the view, with its corner on the view's corner. */
  #fit({ width, height, ratio }) {
    const { canvas } = this;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== wide || canvas.height !== high) {
      canvas.width = wide;
      canvas.height = high;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
    } else {
      this.ink.clearRect(0, 0, wide, high);
    }
    L.DomUtil.setPosition(canvas, this.map.containerPointToLayerPoint([0, 0]));
  }

  #outline(view, cell, strokes) {
    if (cell < 0) return;
    const plane = planeAt(view.zoom, this.cells.originX, this.cells.originY);
    const path = new Path2D();
    const { ratio } = view;
    this.cells.trace(path, cell, (plane.left - view.left) * ratio, (plane.top - view.top) * ratio, plane.scale * ratio);
    this.ink.lineJoin = 'round';
    for (const [width, role] of strokes) this.#stroke(path, width * ratio, role);
  }

  #stroke(path, width, role) {
    this.ink.lineWidth = width;
    this.ink.strokeStyle = this.theme[role];
    this.ink.stroke(path);
  }

  #drawMarks(view) {
    const { marks, ink } = this;
    const { zoom, ratio } = view;
    const plane = planeAt(zoom, marks.originX, marks.originY);
    const [scale, left, top] = [plane.scale * ratio, (plane.left - view.left) * ratio, (plane.top - view.top) * ratio];
    const [wide, high] = [this.canvas.width + 20 * ratio, this.canvas.height + 20 * ratio];
    const sprites = new Map(); // one look-up per form and lamp instead of one per mark
    for (let i = 0; i < marks.count; i++) {
      const x = left + marks.xy[2 * i] * scale;
      const y = top - marks.xy[2 * i + 1] * scale;
      if (x < -20 * ratio || y < -20 * ratio || x > wide || y > high) continue;
      const form = marks.shapes[i] * 8 + marks.lamps[i];
      let sprite = sprites.get(form);
      if (!sprite) {
        sprite = this.sprites.get(marks.shapes[i], marks.lamps[i], marks.radius(i, zoom), ratio);
        sprites.set(form, sprite);
      }
      ink.drawImage(sprite, Math.round(x) - sprite.width / 2, Math.round(y) - sprite.height / 2);
    }
  }

  /** The selected case: its mark once more, larger and above all others, inside a ring. */
  #drawSelected(view) {
    const { ratio, zoom } = view;
    const [x, y] = this.#onSheet(view, this.selected.lon, this.selected.lat);
    const i = this.marks ? this.marks.find(this.selected.id) : -1;
    const ring = new Path2D();
    ring.arc(x, y, 13 * ratio, 0, 2 * Math.PI);
    this.#stroke(ring, HALO_WIDTH * ratio, 'surface');
    this.#stroke(ring, OUTLINE_WIDTH * ratio, 'accent');
    if (i < 0) return;
    const sprite = this.sprites.get(this.marks.shapes[i], this.marks.lamps[i], zoom >= 14 ? 8 : 7, ratio);
    this.ink.drawImage(sprite, x - sprite.width / 2, y - sprite.height / 2);
  }

  /** A cross in the middle, where the keyboard points. */
  #drawCross({ width, height, ratio }) {
    const [x, y] = [Math.round((width / 2) * ratio), Math.round((height / 2) * ratio)];
    const path = new Path2D();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      path.moveTo(x + 4 * ratio * dx, y + 4 * ratio * dy);
      path.lineTo(x + 12 * ratio * dx, y + 12 * ratio * dy);
    }
    this.#stroke(path, 4 * ratio, 'surface');
    this.#stroke(path, 2 * ratio, 'accent');
  }

  #onSheet({ zoom, left, top, ratio }, lon, lat) {
    const plane = planeAt(zoom, 0, 0);
    const [east, north] = metresOf(lon, lat);
    const x = plane.left + east * plane.scale - left;
    const y = plane.top - north * plane.scale - top;
    return [Math.round(x * ratio), Math.round(y * ratio)];
  }
}
