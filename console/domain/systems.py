"""The coordinate systems that places are read and written in, as console.geography.coordinates names them."""

# `belt` is the metric system of the city: its CGCS2000 3-degree belt in China.
SYSTEMS = ("cgcs2000", "wgs84", "gcj02", "bd09", "belt")
