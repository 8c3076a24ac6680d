// The colours of the page: roles given by the console, for canvases, style sheets and pixel tables.

const ROLES = [
  'ground', 'surface', 'line', 'text', 'muted', 'accent', 'in_time', 'soon', 'late', 'suspended',
  'supervised', 'ramp_0', 'ramp_1', 'ramp_2', 'ramp_3', 'ramp_4', 'ramp_5', 'road', 'road_label', 'division',
  'rate_0', 'rate_1', 'rate_2', 'rate_3', 'rate_4', 'rate_5', 'few', 'few_line', 'component', 'flooding', 'patroller', 'campaign', 'generated', 'generated_ground',
  'heat_1', 'heat_2', 'heat_3', 'heat_4', 'heat_5', 'hot_1', 'hot_2', 'hot_3', 'cold_1', 'cold_2', 'cold_3',
  'base_land', 'base_green', 'base_built', 'base_water', 'base_building', 'base_road', 'base_edge', 'base_rail',
];

const judge = new OffscreenCanvas(1, 1).getContext('2d');

/** Every role as #rrggbb; what is no colour, or missing, becomes the browser's own text colour. */
export function readTheme(given) {
  const theme = {};
  for (const role of ROLES) {
    judge.fillStyle = 'CanvasText';
    judge.fillStyle = String(given[role] ?? '');
    theme[role] = judge.fillStyle;
  }
  return theme;
}

/** Offer the roles to the style sheet as --ground, --in-time and so on. */
export function offerToStyles(theme) {
  const { style } = document.documentElement;
  style.setProperty('color-scheme', isDark(theme.ground) ? 'dark' : 'light'); // of ticks, sliders and lists
  for (const role of ROLES) style.setProperty(`--${role.replace('_', '-')}`, theme[role]);
}

/** Whether a ground is for light writing. */
const isDark = (colour) => [1, 3, 5].reduce((sum, at) => sum + parseInt(colour.slice(at, at + 2), 16), 0) < 384;

/** A colour as one pixel of a canvas on a little-endian machine. */
export function pixelOf(colour) {
  const rgb = parseInt(colour.slice(1, 7), 16);
  return (0xff000000 | ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)) >>> 0;
}

/** The colours of the classes 0 to 5 of a family, and of what has too few cases to be in one. */
export const rampOf = (theme, family) => [0, 1, 2, 3, 4, 5].map((level) => theme[`${family}_${level}`]).concat(theme.few);
