"""Cases from files: CSV, XLSX and GeoJSON rows through a declared mapping into the store."""
