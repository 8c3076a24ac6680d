"""The grid map: a page built by folium, our own canvas layers."""
