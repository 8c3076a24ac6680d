// A stretch of a road under the pointer: so many metres along it both ways, or all of the road of that name.

import { degreesOf, metresOf, pixelsPerMetre } from './mercator.js';

const KINDS = ['road1', 'road2', 'road3'];
const REACH = 24; // px

export class Corridor {
  /** lines: Lines of geojson.js; cells give the origin of their metres. */
  constructor(lines, { originX, originY }) {
    this.lines = lines;
    this.originX = originX;
    this.originY = originY;
  }

  /** The lines of the stretch at a place in degrees, null where no road is near; `along` in metres, 0 for all. */
  at(lon, lat, zoom, along) {
    const [x, y] = this.#here(lon, lat);
    const reach = REACH / pixelsPerMetre(zoom);
    let best = null;
    for (const kind of KINDS) {
      for (const run of this.lines.within(kind, x - reach, y - reach, x + reach, y + reach)) {
        const found = nearest(run.xy, x, y);
        if (found.away <= Math.min(reach, best?.away ?? Infinity)) best = { ...found, run, kind };
      }
    }
    if (!best) return null;
    const real = Math.cos((lat * Math.PI) / 180); // real metres in one of the map's
    const parts = along ? [partOf(best.run.xy, best, along / real)] : this.#whole(best);
    return parts.map((xy) => xy.map(([east, north]) => degreesOf(east + this.originX, north + this.originY)));
  }

  /** Whether a place lies within so many metres of the lines. */
  holds(lines, lon, lat, metres) {
    const real = Math.cos((lat * Math.PI) / 180);
    const [x, y] = this.#here(lon, lat);
    return lines.some((line) => {
      const xy = line.flatMap(([one, other]) => this.#here(one, other));
      return nearest(xy, x, y).away * real <= metres;
    });
  }

  pixelsPerMetre(map) {
    return pixelsPerMetre(map.getZoom()) / Math.cos((map.getCenter().lat * Math.PI) / 180);
  }

  #here(lon, lat) {
    const [x, y] = metresOf(lon, lat);
    return [x - this.originX, y - this.originY];
  }

  /** Every run of the road: those of one name, or of one feature where it has none. */
  #whole({ run, kind }) {
    const features = run.name
      ? this.lines.features(kind).filter(([first]) => first.name === run.name)
      : this.lines.features(kind).filter((runs) => runs.includes(run));
    return features.flat().map(({ xy }) => pairs(xy));
  }
}

const pairs = (xy) => Array.from({ length: xy.length / 2 }, (_, k) => [xy[2 * k], xy[2 * k + 1]]);

/** The place on a line nearest to a point: how far away, behind which vertex, and how far along it is. */
function nearest(xy, x, y) {
  let found = { away: Infinity, at: 0, along: 0 };
  let run = 0;
  for (let k = 0; k + 3 < xy.length; k += 2) {
    const [ax, ay, bx, by] = [xy[k], xy[k + 1], xy[k + 2], xy[k + 3]];
    const [dx, dy] = [bx - ax, by - ay];
    const length = Math.hypot(dx, dy);
    const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (length * length))) : 0;
    const away = Math.hypot(ax + t * dx - x, ay + t * dy - y);
    if (away < found.away) found = { away, at: k / 2, along: run + t * length };
    run += length;
  }
  return found;
}

/** The part of a line from so far before a place on it to so far behind. */
function partOf(xy, { along }, length) {
  const found = [];
  let run = 0;
  for (let k = 0; k + 3 < xy.length; k += 2) {
    const [ax, ay, bx, by] = [xy[k], xy[k + 1], xy[k + 2], xy[k + 3]];
    const step = Math.hypot(bx - ax, by - ay);
    const [from, to] = [Math.max(0, along - length - run), Math.min(step, along + length - run)];
    if (step && from < to) {
      if (!found.length) found.push([ax + ((bx - ax) * from) / step, ay + ((by - ay) * from) / step]);
      found.push([ax + ((bx - ax) * to) / step, ay + ((by - ay) * to) / step]);
    }
    run += step;
  }
  return found;
}
