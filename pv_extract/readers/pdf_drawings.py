"""What is drawn on a page of a PDF besides its text, through PDFium: images, rulings, paths."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pv_extract.readers.pdf_page import Transform
from pv_extract.words import Box

THIN = 3.0
"""A filled rectangle narrower than this (points) is a ruling."""
MAX_SEGMENTS = 400
MAX_DEPTH = 4

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass
class Drawn:
    """What is drawn on a page besides its text: boxes of images, rulings, and how many paths there are."""

    images: list[Box] = field(default_factory=list)
    horizontal: list[Box] = field(default_factory=list)
    vertical: list[Box] = field(default_factory=list)
    paths: int = 0
    objects: int = 0


def drawn_on(page: pdfium.PdfPage, transform: Transform) -> Drawn:
    """Images and rulings of a page, those inside form objects too."""
    drawn = Drawn()
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    objects = (pdfium_c.FPDFPage_GetObject(page.raw, index) for index in range(count))
    _collect(objects, IDENTITY, transform, drawn, MAX_DEPTH)
    return drawn


def _collect(objects: Iterator[Any], matrix: Matrix, transform: Transform, drawn: Drawn, depth: int) -> None:
    for item in objects:
        drawn.objects += 1
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            drawn.paths += 1
            _path(item, matrix, transform, drawn)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            drawn.images.append(transform(*_bounds(item, matrix)))
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth:
            inner = _product(_matrix(item), matrix)
            count = pdfium_c.FPDFFormObj_CountObjects(item)
            children = (pdfium_c.FPDFFormObj_GetObject(item, index) for index in range(count))
            _collect(children, inner, transform, drawn, depth - 1)


def _bounds(item: Any, matrix: Matrix) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if matrix is IDENTITY:
        return left.value, bottom.value, right.value, top.value
    return _moved(left.value, bottom.value, right.value, top.value, matrix)


def _moved(x0: float, y0: float, x1: float, y1: float, m: Matrix) -> tuple[float, float, float, float]:
    xs = (m[0] * x0 + m[2] * y0 + m[4], m[0] * x1 + m[2] * y1 + m[4])
    ys = (m[1] * x0 + m[3] * y0 + m[5], m[1] * x1 + m[3] * y1 + m[5])
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(item: Any) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    return (
        a * outer[0] + b * outer[2],
        a * outer[1] + b * outer[3],
        c * outer[0] + d * outer[2],
        c * outer[1] + d * outer[3],
        e * outer[0] + f * outer[2] + outer[4],
        e * outer[1] + f * outer[3] + outer[5],
    )


def _path(item: Any, matrix: Matrix, transform: Transform, drawn: Drawn) -> None:
    """Keep the straight rulings of a path; a filled hairline is one, a larger rectangle is four."""
    box = transform(*_bounds(item, matrix))
    width, height = box.x1 - box.x0, box.bottom - box.top
    if max(width, height) < 2 * THIN:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    if not fill.value and not stroke.value:
        return
    if width < THIN or height < THIN:
        (drawn.vertical if width < height else drawn.horizontal).append(box)
        return
    segments = pdfium_c.FPDFPath_CountSegments(item)
    if not stroke.value and segments <= 6:  # the ground of a cell, no ruling
        return
    if segments <= MAX_SEGMENTS:
        for line in _segments(item, segments, matrix, transform):
            if line.x1 - line.x0 < 0.5 and line.bottom - line.top > THIN:
                drawn.vertical.append(line)
            elif line.bottom - line.top < 0.5 and line.x1 - line.x0 > THIN:
                drawn.horizontal.append(line)


def _segments(item: Any, count: int, matrix: Matrix, transform: Transform) -> Iterator[Box]:
    own = _product(_matrix(item), matrix)
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            yield transform(*_moved(*last, *point, own))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield transform(*_moved(*point, *start, own))
        last = point
