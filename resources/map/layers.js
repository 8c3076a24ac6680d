// Which layers the map shows and how strongly; the console names them and keeps what a user chose.

/** The uppermost first, as they are listed and as they lie; the numbers are those of console/ui/map/layers.py. */
export const LAYERS = [
  'marks', 'patrollers', 'flooding', 'components', 'own', 'names', 'districts', 'committees', 'streets', 'responsibility',
  'campaigns', 'roads', 'cells',
];

export class Layers {
  constructor() {
    this.held = new Map(LAYERS.map((name) => [name, { shown: true, strength: 1 }]));
    this.listeners = [];
  }

  /** changed(name) is called for every layer that is another now. */
  follow(changed) {
    this.listeners.push(changed);
  }

  isShown(name) {
    return this.held.get(name).shown;
  }

  /** 0 where it is not shown, up to 1. */
  strengthOf(name) {
    const { shown, strength } = this.held.get(name);
    return shown ? strength : 0;
  }

  percentOf(name) {
    return Math.round(100 * this.held.get(name).strength);
  }

  set(name, shown, percent) {
    const held = this.held.get(name);
    const strength = percent / 100;
    if (held.shown === shown && held.strength === strength) return;
    Object.assign(held, { shown, strength });
    for (const changed of this.listeners) changed(name);
  }

  /** told: { name: [shown, percent] }; names that are no layer are passed over. */
  put(told) {
    for (const [name, [shown, percent]] of Object.entries(told)) {
      if (this.held.has(name)) this.set(name, Boolean(shown), Number(percent));
    }
  }
}
