"""QGIS showing the same cells and marks from a GeoPackage, where it is installed: run by Debian's own Python.

    /usr/bin/python3 map_qgis.py FOLDER

FOLDER holds `cells.json`, `marks.json` and `colours.json` as `tests.perf.map_beside` writes them. QGIS moves
the picture it has while it is dragged and draws anew afterwards, so its times are those of the new picture.
"""

import json
import sys
import time
from pathlib import Path

STEPS = 12
HITS = 2000
SIZE = (1600, 900)


def memory_mb() -> float:
    """What this process holds, PSS."""
    told = Path("/proc/self/smaps_rollup").read_text().split()
    return int(told[told.index("Pss:") + 1]) * 1024 / 1e6


def main(folder: Path) -> None:
    from qgis.core import (
        QgsApplication,
        QgsCategorizedSymbolRenderer,
        QgsCoordinateTransformContext,
        QgsFeature,
        QgsFeatureRequest,
        QgsField,
        QgsFillSymbol,
        QgsGeometry,
        QgsPointXY,
        QgsRectangle,
        QgsRendererCategory,
        QgsSpatialIndex,
        QgsVectorFileWriter,
        QgsVectorLayer,
    )
    from qgis.gui import QgsMapCanvas
    from qgis.PyQt.QtCore import QEventLoop, QVariant

    application = QgsApplication([], True)
    application.initQgis()

    def kept(name: str, kind: str, shapes: list) -> QgsVectorLayer:
        made = QgsVectorLayer(f"{kind}?crs=EPSG:3857", name, "memory")
        made.dataProvider().addAttributes([QgsField("level", QVariant.Int)])
        made.updateFields()
        features = []
        for shape, level in shapes:
            feature = QgsFeature(made.fields())
            points = [QgsPointXY(x, y) for x, y in shape]
            feature.setGeometry(
                QgsGeometry.fromPolygonXY([points])
                if kind == "Polygon"
                else QgsGeometry.fromPointXY(points[0])
            )
            feature.setAttributes([level])
            features.append(feature)
        made.dataProvider().addFeatures(features)
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        file = str(folder / f"{name}.gpkg")
        QgsVectorFileWriter.writeAsVectorFormatV3(made, file, QgsCoordinateTransformContext(), options)
        return QgsVectorLayer(file, name, "ogr")

    colours = json.loads((folder / "colours.json").read_text())
    cells = kept("cells", "Polygon", json.loads((folder / "cells.json").read_text()))
    marks = kept("marks", "Point", json.loads((folder / "marks.json").read_text()))

    def classes_of(colours: list) -> list:
        return [
            QgsRendererCategory(
                level, QgsFillSymbol.createSimple({"color": colour, "outline_style": "no"}), str(level)
            )
            for level, colour in enumerate(colours)
        ]

    cells.setRenderer(QgsCategorizedSymbolRenderer("level", classes_of(colours)))
    canvas = QgsMapCanvas()
    canvas.resize(*SIZE)
    canvas.enableAntiAliasing(True)
    canvas.setCachingEnabled(True)
    canvas.setParallelRenderingEnabled(True)
    canvas.show()

    def redrawn(act) -> float:
        loop = QEventLoop()
        canvas.mapCanvasRefreshed.connect(loop.quit)
        begun = time.perf_counter()
        act()
        canvas.refresh()
        loop.exec_()
        canvas.mapCanvasRefreshed.disconnect(loop.quit)
        return 1000 * (time.perf_counter() - begun)

    def first() -> None:
        canvas.setLayers([marks, cells])
        canvas.setExtent(QgsRectangle(cells.extent()))

    def moved(way: int):
        def act() -> None:
            right, up = 24 * way * canvas.mapUnitsPerPixel(), 14 * way * canvas.mapUnitsPerPixel()
            seen = canvas.extent()
            seen.setXMinimum(seen.xMinimum() + right)
            seen.setXMaximum(seen.xMaximum() + right)
            seen.setYMinimum(seen.yMinimum() + up)
            seen.setYMaximum(seen.yMaximum() + up)
            canvas.setExtent(seen)

        return act

    shown = redrawn(first)
    picture = canvas.grab().toImage()
    wanted = {int(colour[1:], 16) for colour in colours[1:]}
    found = sum(
        picture.pixel(x, y) & 0xFFFFFF in wanted for x in range(0, SIZE[0], 4) for y in range(0, SIZE[1], 4)
    )
    pans = [redrawn(moved(1 if step < STEPS // 2 else -1)) for step in range(STEPS)]
    zooms = [redrawn(lambda factor=factor: canvas.zoomByFactor(factor)) for factor in [0.5] * 4 + [2.0] * 4]

    def recoloured(turn: int):
        def act() -> None:
            turned = colours[turn:] + colours[:turn]
            cells.setRenderer(QgsCategorizedSymbolRenderer("level", classes_of(turned)))
            cells.triggerRepaint()

        return act

    def changed(turn: int):
        def act() -> None:  # as an edit that is not saved yet, which is the quickest that it has
            cells.changeAttributeValue(middle.id(), middle.fieldNameIndex("level"), 1 + turn % 5)
            cells.triggerRepaint()

        return act

    every = [redrawn(recoloured(turn % 2)) for turn in range(STEPS)]
    centre = canvas.extent().center()
    here = QgsFeatureRequest(QgsRectangle(centre.x(), centre.y(), centre.x(), centre.y()))
    middle = next(cells.getFeatures(here))
    cells.startEditing()
    one = [redrawn(changed(turn)) for turn in range(STEPS)]
    cells.rollBack()
    index = QgsSpatialIndex(cells.getFeatures(), flags=QgsSpatialIndex.FlagStoreFeatureGeometries)
    seen = canvas.extent()
    begun, hits = time.perf_counter(), 0
    for k in range(HITS):
        x = seen.xMinimum() + seen.width() * (k * 0.6180339887 % 1)
        y = seen.yMinimum() + seen.height() * (k * 0.7548776662 % 1)
        place = QgsGeometry.fromPointXY(QgsPointXY(x, y))
        hits += any(
            index.geometry(near).contains(place) for near in index.intersects(QgsRectangle(x, y, x, y))
        )
    told = {
        "load": shown / 1000,
        "coloured": 16 * found,
        "pan": pans,
        "zoom": zooms,
        "all": every,
        "one": one,
    }
    told |= {"hit": [1000 * (time.perf_counter() - begun) / HITS], "hits": hits, "memory": [memory_mb()]}
    print(json.dumps(told), flush=True)
    canvas.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
