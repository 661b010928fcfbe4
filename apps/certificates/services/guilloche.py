"""The fine-line work of the certificate: a frame of interlaced waves and a rosette, as SVG paths.

All lengths are millimetres of the page. Each figure is one path, so that drawing it costs little.
"""

import math
from functools import cache

Point = tuple[float, float]


@cache
def frame_path(width: float, height: float, inset: float, amplitude: float, strands: int = 5) -> str:
    """Strands of a wave that runs around the page, `inset` from its edge, whole waves on every side."""
    corner = amplitude * 2
    across, down = width - 2 * (inset + corner), height - 2 * (inset + corner)
    left, right, top, bottom = inset, width - inset, inset, height - inset
    start_x, start_y = inset + corner, inset + corner
    parts = []
    for strand in range(strands):
        phase = 2 * math.pi * strand / strands
        parts += [
            _wave((start_x, top), (1, 0), across, amplitude, phase),
            _wave((start_x, bottom), (1, 0), across, amplitude, phase),
            _wave((left, start_y), (0, 1), down, amplitude, phase),
            _wave((right, start_y), (0, 1), down, amplitude, phase),
        ]
    return "".join(parts)


@cache
def rosette_path(radius: float, inner: float, petals: int, turns: int) -> str:
    """A closed curve that winds `turns` times around the origin between two radii, as a banknote's rosette."""
    middle, swing = (radius + inner) / 2, (radius - inner) / 2

    def at(angle: float) -> Point:
        distance = middle + swing * math.cos(petals * angle / turns)
        return distance * math.cos(angle), distance * math.sin(angle)

    return _smooth(at, 2 * math.pi * turns, steps=petals * 6) + "Z"


def _wave(start: Point, direction: Point, length: float, amplitude: float, phase: float) -> str:
    waves = round(length / (amplitude * 4.4))
    across = (-direction[1], direction[0])

    def at(t: float) -> Point:
        along, aside = length * t, amplitude * math.sin(2 * math.pi * waves * t + phase)
        return tuple(s + d * along + a * aside for s, d, a in zip(start, direction, across, strict=True))

    return _smooth(at, 1.0, steps=waves * 3)


def _smooth(at, end: float, steps: int) -> str:
    """The curve `at(0..end)` as cubic Bézier pieces with the curve's own tangents."""
    step, nudge = end / steps, end / steps / 1000
    points = [at(i * step) for i in range(steps + 1)]
    handles = [_handle(at, i * step, nudge, step) for i in range(steps + 1)]
    pieces = [f"M{_pair(points[0])}"]
    for i in range(steps):
        (x0, y0), (x1, y1) = points[i], points[i + 1]
        (dx0, dy0), (dx1, dy1) = handles[i], handles[i + 1]
        pieces.append(f"C{_pair((x0 + dx0, y0 + dy0))} {_pair((x1 - dx1, y1 - dy1))} {_pair((x1, y1))}")
    return "".join(pieces)


def _handle(at, t: float, nudge: float, step: float) -> Point:
    (x0, y0), (x1, y1) = at(t - nudge), at(t + nudge)
    scale = step / 3 / (2 * nudge)
    return (x1 - x0) * scale, (y1 - y0) * scale


def _pair(point: Point) -> str:
    return f"{point[0]:.2f},{point[1]:.2f}"
