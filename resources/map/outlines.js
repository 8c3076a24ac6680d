// What is pointed at: the selected case, the chosen cell and the cell under the pointer, each outlined on a
// small canvas of its own that the moving map carries along.

import { metresOf, planeAt } from './mercator.js';

const HALO_WIDTH = 5;
const OUTLINE_WIDTH = 2.5;
const HOVER_WIDTH = 1.5;
const RING = 13;
const SPARE = 4; // px around an outline for its width
const LARGEST = 4096; // px; a cell larger than that is outlined no more

export class Outlines {
  constructor(map, cells, painter) {
    this.map = map;
    this.cells = cells;
    this.painter = painter;
    this.selected = null; // { id, lon, lat }
    this.filtered = -1;
    this.hovered = -1;
    this.waiting = 0;
    const pane = map.createPane('outlines');
    this.sheets = ['hovered', 'filtered', 'selected'].map((name) => {
      const sheet = document.createElement('canvas');
      sheet.className = name;
      sheet.hidden = true;
      pane.append(sheet);
      return sheet;
    });
    map.on('viewreset zoomend', () => this.draw());
  }

  dress(theme) {
    this.theme = theme;
    this.later();
  }

  /** Draw again at the next frame, once, however often asked. */
  later() {
    this.waiting ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    const [hovered, filtered, selected] = this.sheets;
    this.#cell(hovered, this.hovered, [[HOVER_WIDTH, 'text']]);
    this.#cell(filtered, this.filtered, [[HALO_WIDTH, 'surface'], [OUTLINE_WIDTH, 'accent']]);
    this.#case(selected);
  }

  #cell(sheet, cell, strokes) {
    sheet.hidden = true;
    if (cell < 0) return;
    const { cells } = this;
    const plane = planeAt(this.map.getZoom(), cells.originX, cells.originY);
    const [west, south, east, north] = cells.boxes.subarray(4 * cell, 4 * cell + 4);
    const left = Math.floor(plane.left + west * plane.scale) - SPARE;
    const top = Math.floor(plane.top - north * plane.scale) - SPARE;
    const width = Math.ceil((east - west) * plane.scale) + 2 * SPARE + 1;
    const height = Math.ceil((north - south) * plane.scale) + 2 * SPARE + 1;
    const ink = this.#open(sheet, left, top, width, height);
    if (!ink) return;
    const path = new Path2D();
    cells.trace(path, cell, plane.left - left, plane.top - top, plane.scale);
    for (const [thick, role] of strokes) this.#stroke(ink, path, thick, role);
  }

  /** The selected case: its mark once more, larger and above all others, inside a ring. */
  #case(sheet) {
    sheet.hidden = true;
    if (!this.selected) return;
    const { id, lon, lat } = this.selected;
    const zoom = this.map.getZoom();
    const plane = planeAt(zoom, 0, 0);
    const [east, north] = metresOf(lon, lat);
    const half = RING + SPARE;
    const left = Math.round(plane.left + east * plane.scale) - half;
    const top = Math.round(plane.top - north * plane.scale) - half;
    const ink = this.#open(sheet, left, top, 2 * half, 2 * half);
    const ring = new Path2D();
    ring.arc(half, half, RING, 0, 2 * Math.PI);
    this.#stroke(ink, ring, HALO_WIDTH, 'surface');
    this.#stroke(ink, ring, OUTLINE_WIDTH, 'accent');
    const { marks, sprites } = this.painter;
    const i = marks.find(id);
    if (i < 0) return;
    const ratio = window.devicePixelRatio || 1;
    const sprite = sprites.get(marks.shapes[i], marks.lamps[i], zoom >= 14 ? 8 : 7, ratio);
    ink.setTransform(1, 0, 0, 1, 0, 0);
    ink.drawImage(sprite, (sheet.width - sprite.width) / 2, (sheet.height - sprite.height) / 2);
  }

  /** Lay a canvas over a box of the zoom level's plane; null where it would be absurdly large. */
  #open(sheet, left, top, width, height) {
    const ratio = window.devicePixelRatio || 1;
    if (width * ratio > LARGEST || height * ratio > LARGEST) return null;
    sheet.hidden = false;
    sheet.width = Math.round(width * ratio);
    sheet.height = Math.round(height * ratio);
    sheet.style.width = `${width}px`;
    sheet.style.height = `${height}px`;
    L.DomUtil.setPosition(sheet, L.point(left, top).subtract(this.map.getPixelOrigin()));
    const ink = sheet.getContext('2d');
    ink.scale(ratio, ratio);
    ink.lineJoin = 'round';
    return ink;
  }

  #stroke(ink, path, width, role) {
    ink.lineWidth = width;
    ink.strokeStyle = this.theme[role];
    ink.stroke(path);
  }
}
