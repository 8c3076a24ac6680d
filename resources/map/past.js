// A map of the past shows what was: the tools that ask about the present are put away.

export class Past {
  constructor(grid) {
    this.container = grid.map.getContainer();
  }

  show(small) {
    if ('past' in small) this.container.classList.toggle('past', small.past);
  }
}
