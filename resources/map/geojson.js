// GeoJSON lines and areas as flat runs of metres from the map's origin, with a box for each run.

import { Bins } from './bins.js';
import { metresOf } from './mercator.js';

const ROAD_RANKS = { 1: 'road1', 2: 'road2', 3: 'road3' };
const LEVELS = new Set(['district', 'committee', 'street', 'responsibility']);

/** Runs by kind: {road1, road2, road3, district, committee, street, responsibility}. */
export class Lines {
  constructor(roads, divisions, originX, originY) {
    this.kinds = new Map();
    const project = ([lon, lat]) => {
      const [x, y] = metresOf(lon, lat);
      return [x - originX, y - originY];
    };
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
    const runs = partsOf(feature.geometry).map(({ points, closed }) => {
      const xy = new Float32Array(2 * points.length);
      points.forEach((point, i) => xy.set(project(point), 2 * i));
      return { xy, closed, name: String(feature.properties?.name ?? '') };
    });
    if (!runs.length) return;
    if (!this.kinds.has(kind)) this.kinds.set(kind, { runs: [], features: [] });
    const held = this.kinds.get(kind);
    held.runs.push(...runs);
    held.features.push(runs);
  }

  /** The runs of a kind that touch a window in metres. */
  within(kind, west, south, east, north) {
    const held = this.kinds.get(kind);
    return held ? held.bins.within(west, south, east, north).map((i) => held.runs[i]) : [];
  }

  /** The features of a kind: each a list of runs. */
  features(kind) {
    return this.kinds.get(kind)?.features ?? [];
  }
}

function partsOf(geometry) {
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

function boxesOf(runs) {
  const boxes = new Float32Array(4 * runs.length);
  runs.forEach(({ xy }, i) => {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let k = 0; k < xy.length; k += 2) {
      west = Math.min(west, xy[k]);
      east = Math.max(east, xy[k]);
      south = Math.min(south, xy[k + 1]);
      north = Math.max(north, xy[k + 1]);
    }
    boxes.set([west, south, east, north], 4 * i);
  });
  return boxes;
}
