// Starts fetching the map's data before anything else, so that it travels while the scripts are read.
'use strict';
window.gridConsoleData = Object.fromEntries(
  ['scene', 'cells', 'levels', 'counts', 'marks', 'roads', 'divisions'].map((name) => {
    const answer = fetch(`/data/${name}`);
    answer.catch(() => {}); // whoever awaits it hears of the failure
    return [name, answer];
  }),
);
