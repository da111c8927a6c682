"""Builds `us_outline.json` and `state_outlines.json` from the npm package us-atlas 3.0.1 (ISC; boundaries: US Census
Bureau, 2017).

    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    python tracker/publish/report/data/build_outline.py package/states-albers-10m.json

The first holds two SVG paths in the 975 × 610 frame of that file: the land, and the borders between states. The second
holds each state by its postal code, alone in a frame of its own whose longer side has 1,000 units: `left` and `top` are
where that frame begins in the one of the country, `scale` how many times as large it is.
"""

import json
import sys
from collections import Counter
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from tracker.publish.geography import STATES

TOLERANCE = 0.9
"""Units of the frame that a simplified line may be off: about 4 km on the ground, less than a pixel on a page."""
SMALLEST_RING = 14.0
"""Square units under which an island is left out."""

STATE_FRAME = 1000
"""Units of the longer side of a state's frame."""
STATE_TOLERANCE, STATE_SMALLEST_RING = 2.5, 60.0
"""The same for a state in its own frame, which is shown some 500 pixels wide."""

Point = tuple[float, float]


def decode(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs with their quantization undone (TopoJSON specification, 2.1.3)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def simplify(points: list[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """Douglas and Peucker's line simplification; both ends stay, so that neighbours still meet."""
    if len(points) < 3:
        return points
    (ax, ay), (bx, by) = points[0], points[-1]
    length = hypot(bx - ax, by - ay)

    def off(point: Point) -> float:
        if not length:
            return hypot(point[0] - ax, point[1] - ay)
        return abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / length

    far = max(range(1, len(points) - 1), key=lambda index: off(points[index]))
    if off(points[far]) <= tolerance:
        return [points[0], points[-1]]
    return simplify(points[: far + 1], tolerance)[:-1] + simplify(points[far:], tolerance)


def ring(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    """A ring out of its arcs; a negative index is an arc run backwards."""
    points: list[Point] = []
    for index in indexes:
        points += (arcs[index] if index >= 0 else arcs[~index][::-1])[bool(points) :]
    return points


def area(points: list[Point]) -> float:
    """Of a closed ring, by the shoelace formula."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def draw(points: list[Point]) -> str:
    """An SVG path in whole units, relative after its start."""
    rounded = [(round(x), round(y)) for x, y in points]
    kept = [point for index, point in enumerate(rounded) if index == 0 or point != rounded[index - 1]]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(kept)]
    return f"M{kept[0][0]} {kept[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) if steps else ""


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """The rings of a Polygon or MultiPolygon, each as arc indexes."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [ring_arcs for polygon in polygons for ring_arcs in polygon]


def alone(rings: list[list[Point]]) -> dict[str, Any]:
    """One state in its own frame."""
    xs, ys = [x for points in rings for x, _ in points], [y for points in rings for _, y in points]
    left, top = min(xs), min(ys)
    scale = STATE_FRAME / max(max(xs) - left, max(ys) - top)
    moved = [[((x - left) * scale, (y - top) * scale) for x, y in points] for points in rings]
    path = "".join(
        draw(simplify(points, STATE_TOLERANCE)) + "z" for points in moved if area(points) >= STATE_SMALLEST_RING
    )
    size = {"width": round((max(xs) - left) * scale), "height": round((max(ys) - top) * scale)}
    return {"left": round(left, 3), "top": round(top, 3), "scale": round(scale, 4), **size, "path": path}


def states_of(topology: dict[str, Any], exact: list[list[Point]]) -> dict[str, Any]:
    """Every state by its postal code."""
    codes = {name: code for code, name in STATES.items()}
    found = {
        codes[geometry["properties"]["name"]]: alone([ring(item, exact) for item in rings_of(geometry)])
        for geometry in topology["objects"]["states"]["geometries"]
    }
    return dict(sorted(found.items()))


def main(source: Path) -> None:
    """Reads the topology and writes both files beside this script."""
    topology = json.loads(source.read_text("utf-8"))
    exact = decode(topology)
    arcs = [simplify(arc) for arc in exact]
    nation = [ring for geometry in topology["objects"]["nation"]["geometries"] for ring in rings_of(geometry)]
    land = [draw(ring(item, arcs)) + "z" for item in nation if area(ring(item, exact)) >= SMALLEST_RING]
    states = [ring for geometry in topology["objects"]["states"]["geometries"] for ring in rings_of(geometry)]
    uses = Counter(index if index >= 0 else ~index for item in states for index in item)
    borders = [draw(arcs[index]) for index, number in sorted(uses.items()) if number > 1]
    paths = {"width": 975, "height": 610, "land": "".join(land), "borders": "".join(borders)}
    for name, value in (("us_outline.json", paths), ("state_outlines.json", states_of(topology, exact))):
        Path(__file__).with_name(name).write_text(json.dumps(value, indent=0) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
