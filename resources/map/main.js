// The grid map: puts its parts together and keeps them at what the console says.

import { Cells } from './cells.js';
import { Choosing } from './choosing.js';
import { Coarse } from './coarse.js';
import { Controls } from './controls.js';
import { Drawing } from './drawing.js';
import { FEATURES } from './features.js';
import { Hover } from './hover.js';
import { Labels } from './labels.js';
import { LayerList } from './layer_list.js';
import { LAYERS, Layers } from './layers.js';
import { Legend } from './legend.js';
import { LinePainter } from './lines.js';
import { Lines } from './geojson.js';
import { Marks } from './marks.js';
import { Mesh } from './mesh.js';
import { CellState } from './state.js';
import { CellTiles } from './tiles.js';
import { MarkPainter } from './painter.js';
import { Outlines } from './outlines.js';
import { Papers } from './papers.js';
import { Slices } from './slices.js';
import { StandIn } from './stand_in.js';
import { ScaleBar } from './scale.js';
import { Sketch } from './sketch.js';
import { Spoken } from './spoken.js';
import { View } from './view.js';
import { element } from './element.js';
import { tidy } from './tidy.js';
import { watchRatio } from './ratio.js';
import { intoCorner } from './corner.js';
import { listenToKeys } from './keys.js';
import { FROM } from './lines.js';
import { metresOf, planeAt, degreesOf } from './mercator.js';
import { offerToStyles, readTheme } from './colours.js';
import { fetchData, loadBytes, loadJson, say } from './wire.js';

const ALWAYS = new Set(['cells', 'names', 'marks']); // layers that every city has

class GridMap {
  constructor(map, scene, data) {
    this.map = map;
    this.scene = scene;
    this.painted = 0;
    const { cells, lines } = data;
    this.cells = cells;
    this.state = new CellState(cells.count);
    this.slices = new Slices();
    this.tiles = new CellTiles(cells, this.state, this.slices);
    this.parts = {
      mesh: new Mesh(cells),
      lines: new LinePainter(lines, cells.originX, cells.originY),
      labels: new Labels(lines, cells.originX, cells.originY),
      marks: new MarkPainter(data.marks),
    };
    this.layers = new Layers();
    this.layers.follow((name) => this.#showLayer(name));
    this.papers = new Papers(cells, this.parts, this.layers, this.slices);
    const grids = lines.features('responsibility');
    this.coarse = new Coarse(map, cells, this.state, grids, this.slices, () => this.tiles.useCoarse(this.coarse));
    this.standIn = new StandIn(map, [this.tiles, this.papers]);
    this.outlines = new Outlines(map, cells, this.parts.marks);
    this.view = new View(map, cells.bounds());
    this.choosing = new Choosing(map, cells, this.parts.marks, this.outlines);
    this.hover = new Hover(map, this.parts.marks, this.outlines, this.state, (lon, lat) => this.choosing.find(lon, lat));
    this.legend = new Legend(map);
    this.layerList = new LayerList(this.layers, (name) => this.#hasLayer(name), (name) => this.#layerNotes(name));
    this.controls = new Controls(map, this.#deeds(), () => this.layerList.element());
    this.sketch = new Sketch(map);
    this.drawing = new Drawing(map, this.sketch);
    this.features = FEATURES.map((Feature) => new Feature(this));
    this.versions = {}; // of the large parts that the features have
    this.choosing.offerTo((latlng, found) => this.features.some((feature) => feature.click?.(latlng, found)));
    this.choosing.inHand = () => this.features.some((feature) => feature.inHand);
    this.hover.offerTo((latlng, found) => this.features.map((feature) => feature.tell?.(latlng, found) ?? '').find(Boolean));
    this.hover.addLines((latlng, { mark }) => [
      mark < 0 ? areasAt(lines, this, latlng) : '', ...this.features.flatMap((feature) => feature.also?.(latlng) ?? []),
    ]);
    this.parts.labels.isShown = (layer) => this.layers.isShown(layer);
    listenToKeys(map, {
      wholeCity: () => this.view.wholeCity(),
      choose: (latlng, event) => this.choosing.choose(latlng, event),
      escape: () => (
        this.controls.close() || this.features.some((feature) => feature.escape?.()) || this.choosing.escape()
      ),
      more: Object.assign({}, ...this.features.map((feature) => feature.keys ?? {})),
    });
    if (scene.badge) this.badge = intoCorner(map, 'topleft', element('div', { id: 'badge' }, scene.badge));
    new ScaleBar().addTo(map);
    this.spoken = new Spoken(map, this.outlines, this.hover);
    this.#dress();
    this.#showSmall(scene);
    this.state.replace(data.levels, data.counts);
    this.legend.count(this.state.open, cells.count);
  }

  /** Show the first picture; resolves when all of it is on the screen. */
  async open() {
    const { map, tiles, papers } = this;
    this.view.open(this.scene.view);
    cancelAnimationFrame(this.repainting); // the first picture has the layers as they are
    this.repainting = 0;
    const loaded = [tiles, papers].map((layer) => new Promise((done) => { layer.once('load', done); }));
    tiles.addTo(map);
    papers.addTo(map);
    this.steps.drawn = performance.now();
    await Promise.all(loaded);
    this.slices.hurried = false;
    await frames(2);
    this.painted = performance.now();
    this.steps.painted = this.painted;
    this.coarse.begin?.();
    watchRatio(() => [tiles, papers].forEach((layer) => layer.refit()));
  }

  /** Take in what is new; see Scene.take_news for the form. What is large comes together, and is drawn in one frame. */
  async take(news) {
    const { scene, tiles, state } = this;
    const [told, marks] = await Promise.all([news.cells && loadState(), news.marks && loadMarks()]);
    const recoloured = 'colouring' in news && state.setFamily(news.colouring.family); // with the classes, not before
    if (told) state.replace(...told);
    if (told || recoloured) tiles.repaint();
    if (news.changes) tiles.repaintCells(state.change(news.changes));
    if (marks) {
      this.papers.setMarks(marks);
      this.outlines.later();
    }
    if (news.cells || news.changes) this.legend.count(state.open, this.cells.count);
    const dressed = 'theme' in news || 'words' in news || 'font' in news;
    Object.assign(scene, Object.fromEntries(Object.entries(news).filter(([name]) => name in scene)));
    if (dressed) {
      this.#dress();
      state.replace(state.levels, state.counts);
      tiles.repaint();
      this.papers.repaint();
    }
    this.#showSmall(news);
    if (news.bytes) await this.takeBytes(news.bytes);
  }

  /** Give the features the large parts that are new; `versions` is a number by the name of each. */
  async takeBytes(versions) {
    for (const [name, version] of Object.entries(versions)) {
      const wanting = this.features.filter((feature) => feature.bytes?.includes(name));
      if (this.versions[name] === version || !wanting.length) continue;
      this.versions[name] = version;
      try {
        const buffer = await loadBytes(fetchData(name));
        for (const feature of wanting) feature.take(name, buffer);
      } catch (fault) {
        console.error(`the map's ${name} cannot be shown: ${fault}`); // the rest of the map lives on
      }
    }
  }

  #dress() {
    const { words, font } = this.scene;
    const theme = readTheme(this.scene.theme);
    const family = `${JSON.stringify(String(font))}, 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif`;
    offerToStyles(theme);
    document.documentElement.style.setProperty('--font', family);
    this.state.dress(theme);
    this.parts.mesh.dress(theme);
    this.parts.lines.dress(theme);
    this.parts.labels.dress(theme, family, words);
    this.parts.marks.dress(theme);
    this.outlines.dress(theme);
    this.sketch.dress(theme);
    this.hover.dress(words);
    this.spoken.dress(words);
    this.legend.dress(theme, words);
    this.coarse.dress(words);
    this.layerList.dress(theme, words, family);
    this.controls.dress(words);
    this.choosing.dress(words);
    for (const feature of this.features) feature.dress?.(theme, words, family);
  }

  #showSmall(small) {
    const { outlines, view } = this;
    if ('filter' in small) outlines.filtered = small.filter < this.cells.count ? small.filter : -1;
    if ('covered' in small) {
      view.setCovered(small.covered);
      this.hover.covered = small.covered;
    }
    if (small.badge && this.badge) this.badge.textContent = small.badge; // in another language
    if (small.names) {
      this.parts.labels.translate(small.names);
      this.#repaintSoon();
    }
    if ('bare' in small) this.map.getContainer().classList.toggle('bare', small.bare);
    if ('colouring' in small && this.state.setFamily(small.colouring.family)) this.tiles.repaint();
    if ('layers' in small) {
      this.layers.put(small.layers);
      if (this.controls.opened === 'layers') this.controls.build();
    }
    if (small.list && this.painted) {
      if (small.list.name) this.controls.open(small.list.name);
      else this.controls.close();
    }
    if ('picking' in small) this.choosing.setPicking(small.picking);
    if ('follow' in small) this.#follow(small.follow);
    if ('selected' in small) {
      outlines.selected = small.selected;
      if (view.following && small.selected && this.painted) view.follow(small.selected);
    }
    if (small.view && this.painted) view.go(small.view);
    outlines.later();
    this.spoken.tell();
    for (const feature of this.features) feature.show?.(small);
    if (small.tool && this.painted) this.#takeTool(small.tool.name);
  }

  /** As its button does; without a name one step of what is in hand is put down. */
  #takeTool(name) {
    if (name) this.features.some((feature) => feature.tool?.(name));
    else this.features.some((feature) => feature.escape?.());
    say('hand', Number(this.features.some((feature) => feature.inHand)));
  }

  #follow(on) {
    const { view, outlines } = this;
    view.following = on;
    this.controls.setFollow(on);
    if (on && outlines.selected && this.painted) view.follow(outlines.selected);
  }

  #deeds() {
    return {
      zoomIn: () => this.map.zoomIn(1),
      zoomOut: () => this.map.zoomOut(1),
      wholeCity: () => this.view.wholeCity(),
      follow: (on) => {
        this.#follow(on);
        say('follow', Number(on));
      },
    };
  }

  /** Show the cells' colours, or their ground alone: they are switched off, or a feature needs it quiet. */
  settleCells() {
    const plain = !this.layers.isShown('cells') || this.features.some((feature) => feature.plain);
    if (this.tiles.plain === plain) return;
    this.tiles.setPlain(plain);
    this.legend.setPlain(plain);
  }

  /** Draw a layer as it is now to be; many in one turn cost one drawing. */
  #showLayer(name) {
    if (name === 'cells') {
      this.tiles.setOpacity(this.layers.strengthOf('cells') || 1);
      this.settleCells();
    }
    this.parts.labels.forget(); // what is shown no more makes room for other names
    if (name === 'marks') this.choosing.marksShown = this.layers.isShown('marks');
    this.#repaintSoon();
  }

  #repaintSoon() {
    this.repainting ||= requestAnimationFrame(() => {
      this.repainting = 0;
      this.papers.repaint();
    });
  }

  /** Whether there is anything on a layer: what a city has not is not offered. */
  #hasLayer(name) {
    const own = this.features.find((feature) => feature.layers?.includes(name));
    return own ? own.has(name) : ALWAYS.has(name) || this.parts.lines.lines.hasLayer(name);
  }

  #layerNotes(name) {
    return this.features.flatMap((feature) => (feature.layers?.includes(name) ? feature.notes?.(name) ?? [] : []));
  }

  /** Where a place in metres from the cells' origin lies on the page, in px. */
  pointOf(x, y) {
    const plane = planeAt(this.map.getZoom(), this.cells.originX, this.cells.originY);
    const corner = this.map.getPixelBounds().min;
    return { x: plane.left + x * plane.scale - corner.x, y: plane.top - y * plane.scale - corner.y };
  }
}

const LEVELS = [['district', 'districts'], ['committee', 'committees'], ['street', 'streets'], ['responsibility', 'responsibility']];

/** The names of the areas around a place whose borders are shown, in one line. */
function areasAt(lines, { map, cells, layers, parts }, { lng, lat }) {
  const [east, north] = metresOf(lng, lat);
  const shown = LEVELS.filter(([kind, layer]) => layers.isShown(layer) && map.getZoom() >= (FROM[kind] ?? 0));
  const names = shown.map(([kind]) => lines.areaAt(kind, east - cells.originX, north - cells.originY));
  return names.filter(Boolean).map((name) => tidy(parts.labels.nameOf(name))).join(' · ');
}

const frames = async (count) => {
  for (let k = 0; k < count; k++) await new Promise(requestAnimationFrame);
};

async function loadState() {
  const [levels, counts] = await Promise.all([loadBytes(fetchData('levels')), loadBytes(fetchData('counts'))]);
  return [new Uint8Array(levels), new Uint16Array(counts)];
}

const loadMarks = async () => new Marks(await loadBytes(fetchData('marks')));

/** Everything that the first picture needs: each part is worked through while the next is still on its way. */
async function firstData() {
  const { scene, cells, levels, counts, marks, roads, divisions } = window.gridConsoleData;
  delete window.gridConsoleData;
  const parsedCells = loadBytes(cells).then((buffer) => new Cells(buffer));
  const lines = Promise.all([parsedCells, loadJson(roads), loadJson(divisions)]).then(
    ([{ originX, originY }, roadLines, areas]) => new Lines(roadLines, areas, originX, originY),
  );
  const parsedMarks = loadBytes(marks).then((buffer) => new Marks(buffer));
  const parts = [loadJson(scene), parsedCells, lines, parsedMarks, loadBytes(levels), loadBytes(counts)];
  const [small, cellFile, lineFile, markFile, levelBytes, countBytes] = await Promise.all(parts);
  return [small, {
    cells: cellFile,
    lines: lineFile,
    marks: markFile,
    levels: new Uint8Array(levelBytes),
    counts: new Uint16Array(countBytes),
  }];
}

/** The page's outside: for the console's nudge, and for tests and measurements. */
function surfaceOf(grid) {
  const { map, cells } = grid;
  return Object.freeze({
    grid,
    async pull() {
      const news = await loadJson(fetchData('news'));
      try {
        await grid.take(news);
      } finally {
        say('heard', news.number);
      }
    },
    cellAt: (lon, lat) => cells.at(lon, lat),
    pointOfCell: (cell) => (cell >= 0 && cell < cells.count ? grid.pointOf(...cells.insideOf(cell)) : null),
    placeOfCell: (cell) => {
      const [x, y] = cells.insideOf(cell);
      const [lon, lat] = degreesOf(x + cells.originX, y + cells.originY);
      return { lon, lat };
    },
    pointOfCase: (id) => {
      const { marks } = grid.parts.marks;
      const i = marks.find(id);
      if (i < 0) return null;
      const [dx, dy] = [marks.originX - cells.originX, marks.originY - cells.originY];
      return grid.pointOf(marks.xy[2 * i] + dx, marks.xy[2 * i + 1] + dy);
    },
    pointOfPlace: (lon, lat) => {
      const [x, y] = metresOf(lon, lat);
      return grid.pointOf(x - cells.originX, y - cells.originY);
    },
    goTo: (lon, lat, zoom) => { grid.view.go({ lon, lat, zoom }); },
    panBy: (x, y) => { map.panBy([x, y], { animate: false }); },
    stats: () => ({
      names: Object.fromEntries(grid.parts.labels.names),
      cells: cells.count,
      open: grid.state.levels.reduce((open, level) => open + Number(level > 0), 0),
      marks: grid.parts.marks.marks.count,
      painted: grid.painted,
      steps: grid.steps, // ms since the page began to load
      tiles: grid.tiles.shown.size,
      zoom: map.getZoom(),
      selected: grid.outlines.selected?.id ?? null,
      filter: grid.outlines.filtered,
      following: grid.view.following,
      measured: grid.features.find((feature) => feature.measured)?.measured ?? null,
      layers: Object.fromEntries(LAYERS.map((name) => [name, grid.layers.strengthOf(name)])),
      resting: !grid.slices.waiting.length && !grid.repainting && [grid.tiles, grid.papers].every((layer) => layer.standing === layer._level),
      held: grid.features.reduce((held, feature) => held + (feature.held?.size ?? 0), 0), // layers of the site's own
      tip: grid.hover.tip.hidden ? '' : grid.hover.tip.textContent,
    }),
  });
}

async function start() {
  try {
    const steps = { scripts: performance.now() };
    const [scene, data] = await firstData();
    steps.data = performance.now();
    const grid = new GridMap(window.gridMap, scene, data);
    steps.made = performance.now();
    grid.steps = steps;
    window.gridConsole = surfaceOf(grid);
    await grid.open();
    say('painted', grid.painted.toFixed(1));
    await grid.takeBytes(scene.bytes);
  } catch (fault) {
    say('failed');
    throw fault;
  }
}

start();
