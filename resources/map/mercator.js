// Spherical Mercator (EPSG:3857): degrees, metres, and pixels at a zoom level.

const RADIUS = 6378137;
const HALF = Math.PI * RADIUS;
const DEGREE = Math.PI / 180;

/** Pixels per Mercator metre at a zoom level. */
export const pixelsPerMetre = (zoom) => (256 * 2 ** zoom) / (2 * HALF);

export const eastOf = (lon) => lon * DEGREE * RADIUS;
export const northOf = (lat) => Math.asinh(Math.tan(lat * DEGREE)) * RADIUS;

/** Metres east and north of the origin of EPSG:3857. */
export const metresOf = (lon, lat) => [eastOf(lon), northOf(lat)];

/** Longitude and latitude in degrees. */
export const degreesOf = (x, y) => [x / RADIUS / DEGREE, Math.atan(Math.sinh(y / RADIUS)) / DEGREE];

/** A zoom level's pixel plane seen from an origin in metres: pixel = left + east * scale, top - north * scale. */
export function planeAt(zoom, originX, originY) {
  const scale = pixelsPerMetre(zoom);
  return { scale, left: (originX + HALF) * scale, top: (HALF - originY) * scale };
}
