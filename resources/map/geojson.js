// GeoJSON lines and areas as flat runs of metres from the map's origin, with a box for each run.

import { Bins, isOutside } from './bins.js';
import { crossings } from './crossings.js';
import { eastOf, northOf } from './mercator.js';

const ROAD_RANKS = { 1: 'road1', 2: 'road2', 3: 'road3' };
const LAYER_OF = {
  road1: 'roads', road2: 'roads', road3: 'roads', district: 'districts', committee: 'committees', street: 'streets',
  responsibility: 'responsibility',
};
const LEVELS = new Set(['district', 'committee', 'street', 'responsibility']);

/** Runs by kind: {road1, road2, road3, district, committee, street, responsibility}. */
export class Lines {
  constructor(roads, divisions, originX, originY) {
    this.kinds = new Map();
    const project = projectionFrom(originX, originY);
    for (const feature of roads.features ?? []) {
      this.#take(ROAD_RANKS[feature.properties?.rank] ?? 'road3', feature, project);
    }
    for (const feature of divisions.features ?? []) {
      const { level } = feature.properties ?? {};
      if (LEVELS.has(level)) this.#take(level, feature, project);
    }
    for (const kind of this.kinds.values()) kind.bins = new Bins(boxesOf(kind.runs));
  }

  #take(kind, feature, project) {
    const [name, english] = [feature.properties?.name, feature.properties?.name_en].map((told) => String(told ?? ''));
    if (!this.kinds.has(kind)) this.kinds.set(kind, { runs: [], features: [] });
    const held = this.kinds.get(kind);
    const place = held.features.length;
    const runs = partsOf(feature.geometry).map(({ points, closed }) => ({ xy: project(points), closed, name, english, feature: place }));
    if (!runs.length) return;
    held.runs.push(...runs);
    held.features.push(runs);
  }

  /** The runs of a kind that touch a window in metres. */
  within(kind, west, south, east, north) {
    const held = this.kinds.get(kind);
    return held ? held.bins.within(west, south, east, north).map((i) => held.runs[i]) : [];
  }

  /** The name of the area of a kind around a place in metres, '' for none. */
  areaAt(kind, x, y) {
    const held = this.kinds.get(kind);
    if (!held) return '';
    const times = new Map();
    for (const k of held.bins.within(x, y, x, y)) {
      const run = held.runs[k];
      if (run.closed && crossings(run.xy, x, y) % 2) times.set(run.feature, (times.get(run.feature) ?? 0) + 1);
    }
    const found = [...times].find(([, number]) => number % 2);
    return found ? held.features[found[0]][0].name : '';
  }

  /** Whether no line of any kind comes near a tile. */
  isEmptyAt(plane, coords) {
    return [...this.kinds.values()].every(({ bins }) => isOutside(bins.bounds, plane, coords));
  }

  /** Whether a layer has any line. */
  hasLayer(layer) {
    return Object.keys(LAYER_OF).some((kind) => LAYER_OF[kind] === layer && this.kinds.has(kind));
  }

  /** The features of a kind: each a list of runs. */
  features(kind) {
    return this.kinds.get(kind)?.features ?? [];
  }
}

/** Points in lon/lat to metres from an origin, flat. */
export function projectionFrom(originX, originY) {
  return (points) => {
    const xy = new Float32Array(2 * points.length);
    for (let k = 0; k < points.length; k++) {
      xy[2 * k] = eastOf(points[k][0]) - originX;
      xy[2 * k + 1] = northOf(points[k][1]) - originY;
    }
    return xy;
  };
}

export function partsOf(geometry) {
  const open = (points) => ({ points, closed: false });
  const closed = (points) => ({ points, closed: true });
  switch (geometry?.type) {
    case 'LineString': return [open(geometry.coordinates)];
    case 'MultiLineString': return geometry.coordinates.map(open);
    case 'Polygon': return geometry.coordinates.map(closed);
    case 'MultiPolygon': return geometry.coordinates.flat().map(closed);
    default: return [];
  }
}

export function boxesOf(runs) {
  const boxes = new Float32Array(4 * runs.length);
  runs.forEach(({ xy }, i) => {
    let west = Infinity;
    let south = Infinity;
    let east = -Infinity;
    let north = -Infinity;
    for (let k = 0; k < xy.length; k += 2) {
      if (xy[k] < west) west = xy[k];
      if (xy[k] > east) east = xy[k];
      if (xy[k + 1] < south) south = xy[k + 1];
      if (xy[k + 1] > north) north = xy[k + 1];
    }
    boxes.set([west, south, east, north], 4 * i);
  });
  return boxes;
}
