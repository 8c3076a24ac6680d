// What part of the city is in view: all of it, where it was before, or where the selected case lies.

import { say } from './wire.js';

const MARGIN = 24;
const SETTLED_MS = 150;
const CALM_SHARE = 0.15; // a selected case this near to the edge, as a share of the view, is brought in
const CASE_ZOOM = 15;
const NARROW = 300; // px: the legend and the tools beside it

export class View {
  constructor(map, bounds) {
    this.map = map;
    this.bounds = L.latLngBounds(bounds);
    this.following = false;
    this.covered = 0;
    this.settling = 0;
  }

  open(given) {
    const { map, bounds } = this;
    if (given) this.go(given);
    else this.wholeCity();
    // Only now: limits set before the first view would move the map to it in steps, drawn each time.
    const whole = map.getBoundsZoom(bounds, false, L.point(2 * MARGIN, 2 * MARGIN));
    map.setMinZoom(Math.max(2, whole - 1));
    this.#endAt(bounds.pad(1.5));
    map.on('resize', () => this.#fold());
    map.on('moveend', () => {
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.#tell(), SETTLED_MS);
    });
  }

  /** The map ends there: a drag stops, and what is moved beyond comes back at once.
   *
   * Leaflet would glide back over places between pixels, where every tile is smoothed: 15 ms a frame.
   */
  #endAt(bounds) {
    const { map } = this;
    map.panInsideBounds = (limit, options) => (
      L.Map.prototype.panInsideBounds.call(map, limit, { ...options, animate: false })
    );
    map.options.maxBoundsViscosity = 1; // a drag stops there
    map.setMaxBounds(bounds);
  }

  wholeCity() {
    const covered = L.point(MARGIN + this.covered, MARGIN);
    const paddings = { paddingTopLeft: [MARGIN, MARGIN], paddingBottomRight: covered };
    this.map.fitBounds(this.bounds, { ...paddings, animate: false });
  }

  /** Something lies over so many pixels of the right side. */
  setCovered(pixels) {
    this.covered = pixels;
    this.map.getContainer().style.setProperty('--covered', `${pixels}px`);
    this.#fold();
  }

  /** What explains the map gives way where hardly any of it is left to see. */
  #fold() {
    this.map.getContainer().classList.toggle('narrow', this.map.getSize().x - this.covered < NARROW);
  }

  go({ lon, lat, zoom }) {
    this.map.setView([lat, lon], zoom, { animate: false });
  }

  /** Bring a case into view without moving more than needed; { lon, lat }. */
  follow({ lon, lat }) {
    const { map } = this;
    if (map.locked) return;
    const zoom = Math.max(map.getZoom(), CASE_ZOOM);
    const { x: width, y: height } = map.getSize();
    const free = width - this.covered;
    const { x, y } = map.latLngToContainerPoint([lat, lon]);
    const calm = (at, length) => at > length * CALM_SHARE && at < length * (1 - CALM_SHARE);
    if (zoom === map.getZoom() && calm(x, free) && calm(y, height)) return;
    const middle = map.project([lat, lon], zoom).add([this.covered / 2, 0]);
    map.setView(map.unproject(middle, zoom), zoom, { animate: false });
  }

  #tell() {
    const { lat, lng } = this.map.getCenter();
    say('view', lng.toFixed(6), lat.toFixed(6), this.map.getZoom());
  }
}
