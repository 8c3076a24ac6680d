// A vector tile of a base map in a calm style of few kinds; see console/adapters/basemap/vector_tile.py.
//
// File, little endian: 'GVT1', u32 bytes of a JSON text, the text { runs: [kind, points, ...], names: [[x, y,
// weight, text], ...] }, then i16 x, y of all points, 4096 to the tile's side.

const SIDE = 4096;
const HEADER = 8;
const BUILT = 0;
const AREA_ROLES = { 0: 'base_built', 1: 'base_green', 2: 'base_water', 4: 'base_building' };
const FINEST = { 4: 14, 7: 15, 8: 13, 9: 11 }; // from which zoom a kind is drawn
// In this order: roads on everything, the greatest on top; widths in px at zoom 10 and 17.
const LINES = [
  { kind: 3, role: 'base_water', widths: [0.6, 3] },
  { kind: 5, role: 'base_rail', widths: [0.8, 1.6], dash: [6, 4] },
  { kind: 6, role: 'base_rail', widths: [0.6, 2] },
  { kind: 7, role: 'base_edge', widths: [0.4, 1.5], dash: [3, 2] },
  { kind: 8, role: 'base_road', widths: [0.4, 6], edge: true },
  { kind: 9, role: 'base_road', widths: [0.7, 9], edge: true },
  { kind: 10, role: 'base_road', widths: [1.2, 13], edge: true },
];
const LABEL_FIELD = [132, 30]; // px: one name in each such field of the plane, so that names never meet

export class VectorTile {
  constructor(buffer) {
    const head = new DataView(buffer);
    if (head.getUint32(0) !== 0x47565431) throw new Error('not a vector tile');
    const size = head.getUint32(4, true);
    const told = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, HEADER, size)));
    this.names = told.names;
    this.paths = pathsOf(told.runs, new Int16Array(buffer, HEADER + size));
  }

  /** Draw it with its corner at x, y, `size` px wide. */
  draw(ink, x, y, size, zoom, theme) {
    const scale = size / SIDE;
    ink.save();
    ink.beginPath();
    ink.rect(x, y, size, size);
    ink.clip();
    ink.fillStyle = theme.base_land;
    ink.fillRect(x, y, size, size);
    ink.translate(x, y);
    ink.scale(scale, scale);
    ink.lineJoin = 'round';
    for (const [kind, role] of Object.entries(AREA_ROLES)) {
      const path = this.paths.get(Number(kind));
      if (!path || zoom < (FINEST[kind] ?? 0)) continue;
      ink.globalAlpha = Number(kind) === BUILT ? 0.6 : 1;
      ink.fillStyle = theme[role];
      ink.fill(path, 'evenodd');
      ink.globalAlpha = 1;
    }
    const share = Math.max(0, Math.min(1, (zoom - 10) / 7));
    const drawn = LINES.filter(({ kind }) => this.paths.has(kind) && zoom >= (FINEST[kind] ?? 0));
    for (const edges of [true, false]) {
      for (const { kind, role, widths, dash, edge } of drawn) {
        if (edges && !edge) continue;
        const width = widths[0] + (widths[1] - widths[0]) * share ** 1.6;
        ink.setLineDash(dash ? dash.map((part) => part / scale) : []);
        ink.strokeStyle = theme[edges ? 'base_edge' : role];
        ink.lineWidth = (width + (edges ? 1.4 : 0)) / scale;
        ink.stroke(this.paths.get(kind));
      }
    }
    ink.restore();
  }
}

/** One path for every kind: areas closed, lines open. */
function pathsOf(runs, points) {
  const paths = new Map();
  for (let k = 0, at = 0; k < runs.length; k += 2) {
    const [kind, count] = [runs[k], runs[k + 1]];
    if (!paths.has(kind)) paths.set(kind, new Path2D());
    const path = paths.get(kind);
    for (let i = 0; i < count; i++, at += 2) {
      if (i) path.lineTo(points[at], points[at + 1]);
      else path.moveTo(points[at], points[at + 1]);
    }
    if (kind in AREA_ROLES) path.closePath();
  }
  return paths;
}

/** Draw the names of tiles over all of them; labelled: [tile, { x, y, size }], in the view's px. */
export function drawNames(ink, labelled, view, theme, family) {
  const taken = new Map();
  for (const [tile, { x, y, size }] of labelled) {
    for (const [px, py, weight, text] of tile.names) {
      if (weight < 2 && view.zoom < 15) continue;
      const at = [x + (px / SIDE) * size, y + (py / SIDE) * size];
      // Fields of the whole plane, not of this view: beside it the same names are chosen.
      const field = `${Math.floor((at[0] + view.left) / LABEL_FIELD[0])} ${Math.floor((at[1] + view.top) / LABEL_FIELD[1])}`;
      const held = taken.get(field);
      if (!held || weight > held.weight || (weight === held.weight && text < held.text)) taken.set(field, { at, weight, text });
    }
  }
  ink.textAlign = 'center';
  ink.textBaseline = 'middle';
  ink.lineJoin = 'round';
  for (const { at, weight, text } of taken.values()) {
    ink.font = `${weight === 2 ? '500 13px' : '11px'} ${family}`;
    ink.lineWidth = 3;
    ink.strokeStyle = theme.base_land;
    ink.strokeText(text, at[0], at[1]);
    ink.fillStyle = theme.road_label;
    ink.fillText(text, at[0], at[1]);
  }
}
