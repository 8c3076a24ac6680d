// Roads and borders, as see-through canvas tiles over the cells: quiet, and fewer the farther away.

import { planeAt } from './mercator.js';

const TILE = 256;

// From which zoom a kind is drawn, and its width in px there and at zoom 17. Drawn in this order.
const ROADS = [
  { kind: 'road3', from: 14, widths: [0.8, 4] },
  { kind: 'road2', from: 12, widths: [0.9, 6] },
  { kind: 'road1', from: 10, widths: [1.2, 9] },
];
const BORDERS = [
  { kind: 'responsibility', from: 14, widths: [0.8, 1.4], strength: 0.45 },
  { kind: 'street', from: 12, widths: [0.8, 1.8], strength: 0.55 },
  { kind: 'committee', from: 9, widths: [1.3, 2.6], strength: 0.9 },
  { kind: 'district', from: 9, widths: [1.3, 2.6], strength: 0.9 },
];

export const LineTiles = L.GridLayer.extend({
  options: { tileSize: TILE, keepBuffer: 1, updateInterval: 60, pane: 'tilePane', zIndex: 2, minZoom: 2, maxZoom: 19 },

  initialize(lines, originX, originY) {
    L.GridLayer.prototype.initialize.call(this, {});
    this.lines = lines;
    this.origin = [originX, originY];
    this.show = { roads: true, borders: true };
    this.shown = new Map();
    this.on('tileunload', (event) => this.shown.delete(event.tile));
  },

  dress(theme) {
    this.theme = theme;
    for (const [canvas, coords] of this.shown) this.paintTile(canvas, coords);
  },

  setShown(part, shown) {
    this.show[part] = shown;
    this.dress(this.theme);
  },

  createTile(coords) {
    if (this.lines.isEmptyAt(planeAt(coords.z, ...this.origin), coords)) return document.createElement('div');
    const canvas = document.createElement('canvas');
    this.shown.set(canvas, coords);
    this.paintTile(canvas, coords);
    return canvas;
  },

  paintTile(canvas, coords) {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.height = Math.round(TILE * ratio); // also empties it
    const ink = canvas.getContext('2d');
    const plane = planeAt(coords.z, ...this.origin);
    const view = { x: plane.left - coords.x * TILE, y: plane.top - coords.y * TILE, scale: plane.scale };
    ink.scale(ratio, ratio);
    ink.lineJoin = 'round';
    ink.lineCap = 'round';
    if (this.show.roads) for (const style of ROADS) this.draw(ink, view, coords.z, style, this.theme.road);
    if (this.show.borders) for (const style of BORDERS) this.draw(ink, view, coords.z, style, this.theme.division);
  },

  draw(ink, view, zoom, { kind, from, widths, strength = 1 }, colour) {
    if (zoom < from) return;
    const width = widths[0] + (widths[1] - widths[0]) * Math.max(0, Math.min(1, (zoom - from) / (17 - from)));
    const edge = width + 1;
    const near = this.lines.within(
      kind, (-edge - view.x) / view.scale, (view.y - TILE - edge) / view.scale,
      (TILE + edge - view.x) / view.scale, (view.y + edge) / view.scale,
    );
    if (!near.length) return;
    const path = new Path2D();
    for (const { xy, closed } of near) {
      path.moveTo(view.x + xy[0] * view.scale, view.y - xy[1] * view.scale);
      for (let k = 2; k < xy.length; k += 2) path.lineTo(view.x + xy[k] * view.scale, view.y - xy[k + 1] * view.scale);
      if (closed) path.closePath();
    }
    ink.globalAlpha = strength;
    ink.strokeStyle = colour;
    ink.lineWidth = width;
    ink.stroke(path);
  },
});
