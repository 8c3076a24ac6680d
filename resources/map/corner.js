// A Leaflet control that holds one element and keeps the map from hearing its clicks.

export function intoCorner(map, position, held) {
  const control = L.control({ position });
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(held);
    // Leaflet looks for the control among the parents of what was clicked: a button that is built anew by its
    // own click has none any more, and the map would take the click.
    held.addEventListener('click', (event) => event.stopPropagation());
    L.DomEvent.disableScrollPropagation(held);
    return held;
  };
  control.addTo(map);
  return held;
}
