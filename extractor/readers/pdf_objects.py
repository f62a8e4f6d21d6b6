"""What is drawn on a page besides text: rules, filled areas and images, in user space.

Every walk is bounded: a page that draws more than any ruled table needs is read as text only.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise, repeat

from extractor.readers.pdfium import Handle, library, object_clip, page_bounds, pointer

Segment = tuple[float, float, float]
"""A straight rule: position across, start along, end along."""
Rect = tuple[float, float, float, float]
"""Left, bottom, right, top (y upwards)."""
Matrix = tuple[float, float, float, float, float, float]

_PATH, _IMAGE, _FORM = 2, 3, 5
_MOVE_TO, _CURVE_TO = 2, 1
_THIN = 3.2
"""A filled shape at most this thick is a rule."""
_THICK = 6.5
"""Up to this thickness when it is long besides."""
_PALE = 248
"""A colour whose darkest channel is lighter than this does not show on paper."""
_MAX_OBJECTS = 60_000
_MAX_SEGMENTS = 120_000
_MAX_POINTS = 200_000
_MAX_FORM_DEPTH = 8


@dataclass(slots=True)
class Drawing:
    """Rules, areas and images of one page. ``complete`` is false where a bound was met."""

    horizontal: list[Segment] = field(default_factory=list)
    vertical: list[Segment] = field(default_factory=list)
    areas: list[Rect] = field(default_factory=list)
    pictures: list[Rect] = field(default_factory=list)
    complete: bool = True


def read_drawing(page: Handle) -> Drawing:
    """Everything drawn on ``page``; without rules and areas where bounds were exceeded."""
    walker = _Walker()
    walker.walk_page(page)
    drawing = walker.drawing
    if not drawing.complete:
        return Drawing(pictures=drawing.pictures, complete=False)
    _show_pale_rules(walker.pale, drawing)
    return drawing


def _show_pale_rules(pale: Drawing, drawing: Drawing) -> None:
    """White rules separate cells only where they cross a filled area."""
    if not drawing.areas:
        return
    areas = drawing.areas[:2000]
    for at, start, end in pale.horizontal[:2000]:
        middle = (start + end) / 2
        if any(_inside(area, middle, at) for area in areas):
            drawing.horizontal.append((at, start, end))
    for at, start, end in pale.vertical[:2000]:
        middle = (start + end) / 2
        if any(_inside(area, at, middle) for area in areas):
            drawing.vertical.append((at, start, end))


def _inside(area: Rect, x: float, y: float) -> bool:
    return area[0] - 1 <= x <= area[2] + 1 and area[1] - 1 <= y <= area[3] + 1


def _multiply(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _transform_rect(rect: Rect, matrix: Matrix | None) -> Rect:
    if matrix is None:
        return rect
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = rect
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    xs = [x for x, _ in corners]
    ys = [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


class _Walker:
    """One walk over one page; holds the buffers that pdfium writes into."""

    __slots__ = (
        "drawing",
        "floats",
        "floats_at",
        "functions",
        "numbers",
        "numbers_at",
        "objects",
        "page",
        "pale",
        "points",
    )

    def __init__(self) -> None:
        self.drawing = Drawing()
        self.pale = Drawing()
        self.functions = library().functions
        self.page: Rect = (0.0, 0.0, 0.0, 0.0)
        self.floats = (ctypes.c_float * 8)()
        self.floats_at = ctypes.addressof(self.floats)
        self.numbers = (ctypes.c_uint * 6)()
        self.numbers_at = ctypes.addressof(self.numbers)
        self.objects = 0
        self.points = 0

    def walk_page(self, page: Handle) -> None:
        functions = self.functions
        left, bottom, right, top = page_bounds(page)
        self.page = left - _THICK, bottom - _THICK, right + _THICK, top + _THICK
        count = functions["FPDFPage_CountObjects"](page)
        if count > _MAX_OBJECTS:
            self.drawing.complete = False
            return
        objects = list(
            map(library().bare["FPDFPage_GetObject"], repeat(pointer(page)), range(count))
        )
        types = list(map(functions["FPDFPageObj_GetType"], objects))
        self.objects += count
        for handle, kind in zip(objects, types, strict=True):
            if kind != 1 and not self._visit(handle, kind, None, 0):
                return

    def _visit(self, handle: Handle, kind: int, matrix: Matrix | None, depth: int) -> bool:
        """Read one object; false once a bound is met."""
        if kind == _PATH:
            self._path(handle, matrix)
        elif kind == _IMAGE:
            bounds = self._bounds(handle)
            if bounds:
                self.drawing.pictures.append(_transform_rect(bounds, matrix))
        elif kind == _FORM and depth < _MAX_FORM_DEPTH:
            self._form(handle, matrix, depth)
        drawing = self.drawing
        segments = len(drawing.horizontal) + len(drawing.vertical)
        if segments > _MAX_SEGMENTS or self.points > _MAX_POINTS or self.objects > _MAX_OBJECTS:
            drawing.complete = False
        return drawing.complete

    def _form(self, handle: Handle, matrix: Matrix | None, depth: int) -> None:
        functions = self.functions
        own = self._matrix(handle)
        if own and matrix:
            own = _multiply(own, matrix)
        count = functions["FPDFFormObj_CountObjects"](handle)
        self.objects += max(0, count)
        if self.objects > _MAX_OBJECTS:
            return
        for i in range(count):
            child = functions["FPDFFormObj_GetObject"](handle, i)
            if child:
                kind = functions["FPDFPageObj_GetType"](child)
                if kind != 1 and not self._visit(child, kind, own or matrix, depth + 1):
                    return

    def _bounds(self, handle: Handle) -> Rect | None:
        at = self.floats_at
        if self.functions["FPDFPageObj_GetBounds"](handle, at, at + 4, at + 8, at + 12):
            x0, y0, x1, y1 = self.floats[0:4]
            return x0, y0, x1, y1
        return None

    def _matrix(self, handle: Handle) -> Matrix | None:
        if self.functions["FPDFPageObj_GetMatrix"](handle, self.floats_at):
            a, b, c, d, e, f = self.floats[0:6]
            return a, b, c, d, e, f
        return None

    def _is_pale(self, handle: Handle, *, fill: bool) -> bool:
        name = "FPDFPageObj_GetFillColor" if fill else "FPDFPageObj_GetStrokeColor"
        at = self.numbers_at + 8
        if not self.functions[name](handle, at, at + 4, at + 8, at + 12):
            return False
        red, green, blue, alpha = self.numbers[2:6]
        return alpha == 0 or min(red, green, blue) >= _PALE

    def _path(self, handle: Handle, matrix: Matrix | None, into: Drawing | None = None) -> None:
        """Add what one path draws to the drawing it belongs to, or to ``into``."""
        functions = self.functions
        at = self.numbers_at
        functions["FPDFPath_GetDrawMode"](handle, at, at + 4)
        fill, stroke = self.numbers[0] != 0, self.numbers[1] != 0
        if not fill and not stroke:
            return
        pale = self._is_pale(handle, fill=not stroke)
        target = into or (self.pale if pale else self.drawing)
        bounds = self._bounds(handle) if matrix is None else None
        if bounds and into is None:
            left, bottom, right, top = self.page
            x0, y0, x1, y1 = bounds
            if (x0 < left or y0 < bottom or x1 > right or y1 > top) and (
                clip := object_clip(handle)
            ):
                whole = Drawing()
                self._path(handle, matrix, whole)
                _copy_within(clip, whole, target)
                return
        if bounds and (bounds[2] - bounds[0] <= _THIN or bounds[3] - bounds[1] <= _THIN):
            _add_bar(bounds, target)
            return
        count = functions["FPDFPath_CountSegments"](handle)
        self.points += count
        if self.points > _MAX_POINTS:
            return
        if bounds and not stroke and count <= 5 and min(_sides(bounds)) > _THICK:
            if not pale:
                target.areas.append(bounds)
            return
        own = self._matrix(handle)
        if own and matrix:
            own = _multiply(own, matrix)
        outlines = self._outlines(handle, count, own or matrix)
        if fill and not stroke:
            _add_fills(outlines, target, pale=pale)
        else:
            for outline in outlines:
                _add_strokes(outline, target)

    def _outlines(
        self, handle: Handle, count: int, matrix: Matrix | None
    ) -> list[list[tuple[float, float, bool]]]:
        """The parts of a path as points (x, y, reached by a curve), in page space."""
        functions = self.functions
        get_segment = functions["FPDFPath_GetPathSegment"]
        get_point = functions["FPDFPathSegment_GetPoint"]
        get_type = functions["FPDFPathSegment_GetType"]
        get_close = functions["FPDFPathSegment_GetClose"]
        a, b, c, d, e, f = matrix or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        at, floats = self.floats_at, self.floats
        outlines: list[list[tuple[float, float, bool]]] = []
        current: list[tuple[float, float, bool]] = []
        for i in range(count):
            segment = get_segment(handle, i)
            get_point(segment, at, at + 4)
            x, y = floats[0], floats[1]
            kind = get_type(segment)
            if kind == _MOVE_TO and current:
                outlines.append(current)
                current = []
            current.append((a * x + c * y + e, b * x + d * y + f, kind == _CURVE_TO))
            if get_close(segment) and len(current) > 1:
                current.append((current[0][0], current[0][1], False))
        if current:
            outlines.append(current)
        return outlines


def _copy_within(clip: Rect, drawn: Drawing, target: Drawing) -> None:
    """Add what shows of a drawing: a table cut by the page end may be drawn beyond it."""
    left, bottom, right, top = clip
    target.horizontal += [
        (y, max(a, left), min(b, right))
        for y, a, b in drawn.horizontal
        if bottom <= y <= top and a < right and b > left
    ]
    target.vertical += [
        (x, max(a, bottom), min(b, top))
        for x, a, b in drawn.vertical
        if left <= x <= right and a < top and b > bottom
    ]
    target.areas += [
        (max(x0, left), max(y0, bottom), min(x1, right), min(y1, top))
        for x0, y0, x1, y1 in drawn.areas
        if x0 < right and x1 > left and y0 < top and y1 > bottom
    ]


def _sides(rect: Rect) -> tuple[float, float]:
    return rect[2] - rect[0], rect[3] - rect[1]


def _hull(outline: list[tuple[float, float, bool]]) -> Rect:
    xs = [point[0] for point in outline]
    ys = [point[1] for point in outline]
    return min(xs), min(ys), max(xs), max(ys)


def _add_bar(rect: Rect, target: Drawing) -> None:
    """A thin shape is a rule along its longer side; a dot may belong to either direction."""
    x0, y0, x1, y1 = rect
    width, height = x1 - x0, y1 - y0
    dot = width <= _THIN and height <= _THIN
    if width >= height or (dot and width * 1.5 >= height):
        target.horizontal.append(((y0 + y1) * 0.5, x0, x1))
    if height >= width or (dot and height * 1.5 >= width):
        target.vertical.append(((x0 + x1) * 0.5, y0, y1))


def _add_fills(
    outlines: list[list[tuple[float, float, bool]]], target: Drawing, *, pale: bool
) -> None:
    """Thin filled shapes are rules, rings are four rules, the rest are areas."""
    hulls = [_hull(outline) for outline in outlines if len(outline) > 2]
    i = 0
    while i < len(hulls):
        hull = hulls[i]
        width, height = _sides(hull)
        thin, long = min(width, height), max(width, height)
        if thin <= _THIN or (thin <= _THICK and long > 4 * thin):
            _add_bar(hull, target)
        elif i + 1 < len(hulls) and _is_ring(hull, hulls[i + 1]):
            _add_ring(hull, hulls[i + 1], target)
            i += 1
        elif not pale:
            target.areas.append(hull)
        i += 1


def _is_ring(outer: Rect, inner: Rect) -> bool:
    gaps = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    return all(-0.01 <= gap <= _THICK for gap in gaps) and max(gaps) > 0.05


def _add_ring(outer: Rect, inner: Rect, target: Drawing) -> None:
    x0, y0, x1, y1 = outer
    u0, v0, u1, v1 = inner
    if u0 - x0 > 0.05:
        target.vertical.append(((x0 + u0) / 2, y0, y1))
    if x1 - u1 > 0.05:
        target.vertical.append(((x1 + u1) / 2, y0, y1))
    if v0 - y0 > 0.05:
        target.horizontal.append(((y0 + v0) / 2, x0, x1))
    if y1 - v1 > 0.05:
        target.horizontal.append(((y1 + v1) / 2, x0, x1))


def _add_strokes(outline: list[tuple[float, float, bool]], target: Drawing) -> None:
    for (xa, ya, _), (xb, yb, curve) in pairwise(outline):
        if curve:
            continue
        if abs(ya - yb) <= 0.7 and abs(xa - xb) >= 0.2:
            target.horizontal.append(((ya + yb) * 0.5, min(xa, xb), max(xa, xb)))
        elif abs(xa - xb) <= 0.7 and abs(ya - yb) >= 0.2:
            target.vertical.append(((xa + xb) * 0.5, min(ya, yb), max(ya, yb)))
