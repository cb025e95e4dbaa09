// Cities with listings on outlines of the countries; tiles only where the operator has set some.
"use strict";

(async () => {
  const place = document.getElementById("map");
  const { points, outlines, tiles, none, nearer, further } = place.dataset;
  const map = L.map(place, { minZoom: 1, maxZoom: 12, worldCopyJump: true, zoomControl: false });
  L.control.zoom({ zoomInTitle: nearer, zoomOutTitle: further }).addTo(map);
  map.attributionControl.setPrefix(false);
  const answers = await Promise.all([fetch(outlines), fetch(points)]);
  const [countries, cities] = await Promise.all(answers.map((answer) => answer.json()));
  if (tiles) {
    L.tileLayer(tiles, { attribution: "© OpenStreetMap" }).addTo(map);
  }
  const drawn = L.geoJSON(countries, {
    interactive: false,
    style: { color: "#5b6573", weight: 1, fillColor: "#dfe4ea", fillOpacity: tiles ? 0.1 : 1 },
  });
  const known = cities.length ? L.latLngBounds(cities.map((city) => city.at)) : drawn.getBounds();
  map.fitBounds(known, { padding: [20, 20] }); // nothing can be drawn before
  drawn.addTo(map);
  map.attributionControl.addAttribution("Natural Earth");
  for (const city of cities) {
    const told = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = city.city;
    const list = document.createElement("ul");
    for (const [layer, number] of city.layers) {
      const line = document.createElement("li");
      line.textContent = `${layer}: ${number || none}`;
      list.append(line);
    }
    told.append(name, list);
    const gaps = city.layers.filter(([, number]) => !number).length;
    L.circleMarker(city.at, {
      radius: 9 - gaps,
      color: gaps > 3 ? "#a11216" : "#0b5a8a",
      dashArray: gaps > 3 ? "3 3" : null,
      weight: 2,
      fillOpacity: 0.5,
      bubblingMouseEvents: false,
    })
      .bindPopup(told)
      .addTo(map);
  }
})();
