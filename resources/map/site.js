// The site's own layers on the map: campaign areas, components, flooding points, patrollers and whatever else.

import { Symbols, MAJORS, majorOf } from './symbols.js';
import { SiteLayer } from './site_layer.js';
import { drawKeyOf } from './layer_keys.js';
import { isOutside } from './bins.js';
import { metresOf, pixelsPerMetre, planeAt } from './mercator.js';
import { tidy } from './tidy.js';

const DRAWN = ['campaigns', 'saved', 'own', 'components', 'flooding', 'patrollers']; // the lowest first
const LAYER_OF = { saved: 'campaigns' }; // what somebody keeps under a name lies with the city's campaigns
const layerOf = (name) => LAYER_OF[name] ?? name;
const FROM = { components: 15, flooding: 10, patrollers: 11, own: 10, campaigns: 9, saved: 9 };
const RADIUS = { components: [2.6, 4.2], flooding: [4.5, 6.5], patrollers: [1.8, 6.5], own: [3, 5] };
const GROWN = 17; // the zoom at which a symbol has its full size
const REACH = 10; // px
const HATCH = 9; // px between the lines of an area
const CERTAIN = 0; // the class of a patroller whose place was told lately

export class Site {
  constructor(grid) {
    this.grid = grid;
    this.layers = DRAWN.filter((name) => name === layerOf(name));
    this.bytes = DRAWN.map((name) => `site_${name}`);
    this.held = new Map();
    this.symbols = new Symbols();
    grid.papers.under.push({ draw: (ink, view) => this.#drawAreas(ink, view), isEmptyAt: (coords) => this.#isEmptyAt(coords) });
    grid.papers.between.push({ draw: (ink, view) => this.#drawPoints(ink, view) });
    this.#drawKeys();
  }

  dress(theme, words) {
    this.theme = theme;
    this.words = words;
    this.symbols.dress(theme);
    this.tile = null;
  }

  has(layer) {
    return DRAWN.some((name) => layerOf(name) === layer && this.held.has(name));
  }

  /** Lines below a layer's own in the list: which forms there are, from where on it is drawn, who made it. */
  notes(name) {
    const { words, grid } = this;
    const notes = [];
    if (name === 'components') {
      const there = new Set(this.held.get(name).classes.map(({ code }) => majorOf(code)));
      const forms = MAJORS.filter((major) => there.has(major)).map((major) => `${FORMS[major]} ${words[`component_${major}`] ?? ''}`);
      notes.push(forms.join('  '));
    }
    if (name === 'patrollers') notes.push(words.patroller_note ?? '');
    const made = grid.scene.badge && name !== 'patrollers' && this.held.has(name);
    const short = [FROM[name] > 12 ? words.layer_nearer : '', made ? words.layer_generated : ''];
    if (name === 'campaigns' && this.held.has('saved')) short.push(words.layer_saved_note ?? '');
    return notes.concat(short.filter(Boolean).join(' · ') || []);
  }

  take(part, buffer) {
    const name = part.slice('site_'.length);
    const { grid } = this;
    const layer = buffer.byteLength ? new SiteLayer(buffer, grid.cells.originX, grid.cells.originY) : null;
    const listed = this.held.has(name);
    if (layer && !layer.isEmpty) this.held.set(name, layer);
    else this.held.delete(name);
    if (NAMED.has(name)) grid.parts.labels.setFeatures(name, layer ? namedOf(layer) : []);
    if (listed !== this.held.has(name) && grid.controls.opened === 'layers') grid.controls.build();
    if (!grid.layers.isShown(layerOf(name))) return;
    if (listed) grid.papers.repaint();
    else grid.papers.redraw(); // where no tile was thought to be needed there may be one now
  }

  /** What of these layers lies at a place, a line each. */
  also({ lng, lat }) {
    const { grid, words } = this;
    const [east, north] = metresOf(lng, lat);
    const [x, y] = [east - grid.cells.originX, north - grid.cells.originY];
    const zoom = grid.map.getZoom();
    const reach = REACH / pixelsPerMetre(zoom);
    const lines = [];
    for (const name of [...DRAWN].reverse()) {
      const layer = this.held.get(name);
      if (!layer || !grid.layers.isShown(layerOf(name)) || zoom < FROM[name]) continue;
      const i = layer.pointAt(x, y, reach);
      const told = i >= 0 ? [layer.classes[layer.classOf[i]]?.name, layer.names[i]] : layer.areasAt(x, y);
      const shown = told.filter(Boolean).map(tidy);
      if (i >= 0 || told.length) lines.push([words[`layer_${name}`] ?? '', ...shown].join(' · '));
    }
    return lines;
  }

  #isEmptyAt(coords) {
    const { cells } = this.grid;
    const plane = planeAt(coords.z, cells.originX, cells.originY);
    return [...this.held.values()].every((layer) => isOutside(layer.bounds, plane, coords));
  }

  #shown(zoom) {
    const { layers } = this.grid;
    return DRAWN.filter((name) => this.held.has(name) && zoom >= FROM[name] && layers.isShown(layerOf(name)));
  }

  #drawPoints(ink, { zoom, left, top, width, height, ratio }) {
    const { grid } = this;
    const plane = planeAt(zoom, grid.cells.originX, grid.cells.originY);
    const [x, y, { scale }] = [plane.left - left, plane.top - top, plane];
    for (const name of this.#shown(zoom)) {
      const layer = this.held.get(name);
      if (!layer.count) continue;
      const [least, full] = RADIUS[name];
      const radius = least + (full - least) * Math.min(1, Math.max(0, (zoom - FROM[name]) / (GROWN - FROM[name])));
      ink.globalAlpha = grid.layers.strengthOf(name);
      const near = layer.within((-REACH - x) / scale, (y - height - REACH) / scale, (width + REACH - x) / scale, (y + REACH) / scale);
      near.sort((one, other) => one - other); // the same in every tile
      for (const i of near) {
        const kind = layer.classOf[i];
        const picture = this.symbols.get(name, majorOf(layer.classes[kind]?.code ?? ''), radius, ratio, name === 'patrollers' && kind !== CERTAIN);
        ink.drawImage(
          picture,
          Math.round((x + layer.xy[2 * i] * scale) * ratio) - picture.width / 2,
          Math.round((y - layer.xy[2 * i + 1] * scale) * ratio) - picture.height / 2,
        );
      }
    }
    ink.globalAlpha = 1;
  }

  /** Areas are hatched and outlined: a filled one would change the classes below it. */
  #drawAreas(ink, { zoom, left, top, width, height, ratio }) {
    const { grid } = this;
    const plane = planeAt(zoom, grid.cells.originX, grid.cells.originY);
    const [x, y, { scale }] = [plane.left - left, plane.top - top, plane];
    ink.save();
    ink.scale(ratio, ratio);
    ink.lineJoin = 'round';
    ink.strokeStyle = ink.fillStyle = this.theme.campaign;
    for (const name of this.#shown(zoom)) {
      const { runs, runBins, shapes } = this.held.get(name);
      const near = runBins.within((-4 - x) / scale, (y - height - 4) / scale, (width + 4 - x) / scale, (y + 4) / scale);
      if (!near.length) continue;
      const area = new Path2D();
      const edge = new Path2D();
      for (const shape of new Set(near.map((k) => runs[k].shape))) {
        for (const { xy, closed } of shapes[shape].runs) {
          const path = new Path2D();
          path.moveTo(x + xy[0] * scale, y - xy[1] * scale);
          for (let k = 2; k < xy.length; k += 2) path.lineTo(x + xy[k] * scale, y - xy[k + 1] * scale);
          if (closed) path.closePath();
          edge.addPath(path);
          if (closed) area.addPath(path);
        }
      }
      const strength = grid.layers.strengthOf(layerOf(name));
      ink.save();
      ink.clip(area, 'evenodd');
      ink.globalAlpha = 0.3 * strength;
      ink.lineWidth = 1;
      ink.beginPath();
      const falls = name === 'saved'; // these are told from the others by the way their lines run
      const first = falls ? -((left - top - height) % HATCH) - HATCH : -((left + top) % HATCH); // on from tile to tile
      for (let at = first - height; at < width + HATCH; at += HATCH) {
        ink.moveTo(at + height, falls ? height : 0);
        ink.lineTo(at, falls ? 0 : height);
      }
      ink.stroke();
      ink.restore();
      ink.globalAlpha = strength;
      ink.lineWidth = 1.6;
      ink.setLineDash([6, 3]);
      ink.stroke(edge);
    }
    ink.restore();
  }

  #drawKeys() {
    for (const name of ['components', 'flooding', 'patrollers', 'own']) {
      drawKeyOf(name, (ink) => {
        const pictures = name === 'patrollers'
          ? [this.symbols.get(name, '', 5, 2), this.symbols.get(name, '', 5, 2, true)]
          : [this.symbols.get(name, '01', 5, 2)];
        pictures.forEach((picture, at) => {
          const [width, height] = [picture.width / 2, picture.height / 2];
          ink.drawImage(picture, ((at + 0.5) * 30) / pictures.length - width / 2, 7 - height / 2, width, height);
        });
      });
    }
    drawKeyOf('campaigns', (ink) => {
      ink.strokeStyle = this.theme.campaign;
      ink.globalAlpha = 0.4;
      for (let at = -10; at < 30; at += 6) {
        ink.moveTo(at + 12, 1);
        ink.lineTo(at, 13);
      }
      ink.stroke();
      ink.globalAlpha = 1;
      ink.lineWidth = 1.6;
      ink.setLineDash([5, 2.5]);
      ink.strokeRect(1, 1, 28, 12);
    });
  }
}

const FORMS = { '01': '■', '02': '●', '03': '▼', '04': '✚', '': '⬢' };
const NAMED = new Set(['campaigns', 'saved', 'flooding', 'own']);

/** The names of a layer as the labels want them: a list of runs for each. */
function namedOf(layer) {
  const points = Array.from({ length: Math.min(layer.count, 2000) }, (_, i) => [
    { xy: layer.xy.subarray(2 * i, 2 * i + 2), name: layer.names[i] },
  ]);
  return layer.shapes.map(({ runs }) => runs).concat(points);
}
