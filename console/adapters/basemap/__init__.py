"""Base maps that a site adds: MBTiles and PMTiles files, WMTS on the intranet, and their datum."""
