// The uppermost canvas: names, marks and outlines. It reaches beyond the view, so that a moving map carries
// it along and it is drawn anew only when its edge comes near: a frame with 5,000 marks costs three others.

import { metresOf, planeAt } from './mercator.js';
import { Sprites } from './sprites.js';

const HALO_WIDTH = 5;
const OUTLINE_WIDTH = 2.5;
const SPARE = 0.4; // of the view's width and height, on each side
const SETTLED_MS = 120;

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
    this.covered = null; // zoom, and the box in the zoom level's plane that the canvas covers
    this.show = { names: true, marks: true };
    this.draws = 0;
    this.waiting = 0;
    this.canvas = document.createElement('canvas');
    this.ink = this.canvas.getContext('2d');
    const pane = map.createPane('sheet');
    pane.append(this.canvas);
    map.on('move viewreset zoomend resize', () => this.#follow());
    map.on('moveend', () => {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => { if (this.#isOffCentre()) this.later(); }, SETTLED_MS);
    });
  }

  dress(theme, font) {
    this.theme = theme;
    this.sprites.dress(theme);
    this.labels.dress(theme, font);
    this.later();
  }

  /** Draw only where the canvas does not cover the view any more. */
  #follow() {
    const { covered, map } = this;
    const { min, max } = map.getPixelBounds();
    if (covered && covered.zoom === map.getZoom() && covered.left <= min.x && covered.top <= min.y
      && covered.right >= max.x && covered.bottom >= max.y) return;
    this.draw();
  }

  /** Whether the next movement could soon leave the canvas. */
  #isOffCentre() {
    const { covered, map } = this;
    const { min, max } = map.getPixelBounds();
    const slack = (0.5 * SPARE) * Math.min(max.x - min.x, max.y - min.y);
    return !covered || covered.left + slack > min.x || covered.top + slack > min.y
      || covered.right - slack < max.x || covered.bottom - slack < max.y;
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
    const size = map.getSize();
    const spare = size.multiplyBy(SPARE).round();
    const corner = map.getPixelBounds().min.subtract(spare);
    const { x: width, y: height } = size.add(spare.multiplyBy(2));
    const view = {
      zoom: map.getZoom(), left: corner.x, top: corner.y, width, height, ratio: window.devicePixelRatio || 1,
    };
    this.covered = { zoom: view.zoom, left: view.left, top: view.top, right: view.left + width, bottom: view.top + height };
    this.#fit(view, spare);
    if (this.show.names) this.labels.draw(ink, view);
    this.#outline(view, this.hovered, [[1.5, 'text']]);
    this.#outline(view, this.filtered, [[HALO_WIDTH, 'surface'], [OUTLINE_WIDTH, 'accent']]);
    if (this.show.marks && this.marks) this.#drawMarks(view);
    if (this.selected) this.#drawSelected(view);
  }

  /** Empty the canvas and lay its corner `spare` px outside the view's corner. */
  #fit({ width, height, ratio }, spare) {
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
    L.DomUtil.setPosition(canvas, this.map.containerPointToLayerPoint(spare.multiplyBy(-1)));
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

  #onSheet({ zoom, left, top, ratio }, lon, lat) {
    const plane = planeAt(zoom, 0, 0);
    const [east, north] = metresOf(lon, lat);
    const x = plane.left + east * plane.scale - left;
    const y = plane.top - north * plane.scale - top;
    return [Math.round(x * ratio), Math.round(y * ratio)];
  }
}
