// A Leaflet control that holds one element and keeps the map from hearing its clicks.

export function intoCorner(map, position, held) {
  const control = L.control({ position });
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(held);
    L.DomEvent.disableScrollPropagation(held);
    return held;
  };
  control.addTo(map);
  return held;
}
