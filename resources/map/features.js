// What the map can do beyond cells and marks: one class a feature, each in a file of its own.
//
// A feature is made with the whole map, `new Feature(grid)`, and has of these what it needs:
//   dress(theme, words)       other colours, words or type; comes first, before anything is shown
//   show(small)               the small parts of the scene that are new; at the start all of them
//   bytes = ['name', ...]     the large parts that it wants, and
//   take(name, buffer)        one of them, at the start or when it is another; an error is told, not fatal
//   click(latlng, found)      true where the click was its own; `found` is { cell, mark, event }
//   tell(latlng, found)       text for the tip in the place of the usual one, '' where it has none
//   also(latlng)              lines for the tip below whatever it says
//   escape()                  true where there was something to give up
//   tool(name)                true where the tool of that name is its own: take it in hand
//   inHand                    whether it has a tool in hand that Escape puts down; say('hand', 0 or 1) when it is other
//   keys = { 'm': act }       its keys while the map has the keyboard
//   layers = ['name', ...]    the layers it draws, and has(name), notes(name) of each for the list
// What it draws with the lines and marks it gives as a painter to `grid.papers.under` or `.over`.

import { BaseMap } from './basemap.js';
import { Borders } from './borders.js';
import { Clusters } from './clusters.js';
import { Colouring } from './colouring.js';
import { Heat } from './heat.js';
import { HotSpots } from './hotspots.js';
import { Move } from './move.js';
import { Measure } from './measure.js';
import { Near } from './near.js';
import { Past } from './past.js';
import { Places } from './places.js';
import { Selecting } from './selecting.js';
import { Site } from './site.js';
import { Spread } from './spread.js';

export const FEATURES = [BaseMap, Colouring, Site, Spread, Heat, HotSpots, Clusters, Near, Selecting, Measure, Move, Borders, Past, Places];
