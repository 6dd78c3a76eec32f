"""The calls of pdfium that are made per object or per character, and the opening of files and pages.

pypdfium2's own prototypes check and wrap every pointer, which costs two thirds of a short call; these take and give
plain addresses. pdfium is not thread-safe and neither are the buffers here: one thread per process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import (
    CFUNCTYPE,
    PYFUNCTYPE,
    addressof,
    c_bool,
    c_char_p,
    c_float,
    c_int,
    c_uint,
    c_ulong,
    c_ushort,
    c_void_p,
    cast,
    string_at,
)
from pathlib import Path
from typing import Any

import pypdfium2
from pypdfium2 import raw

from corpus.model import Reason
from ingest.formats.model import FormatError


def address(pointer: Any) -> int:
    """Return where a pypdfium2 pointer or function points to."""
    return cast(pointer, c_void_p).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Any:
    return CFUNCTYPE(result, *arguments)(address(function))


def _brief(function: Any, result: Any, *arguments: Any) -> Any:
    """Wrap a call too short to be worth letting other threads run meanwhile."""
    return PYFUNCTYPE(result, *arguments)(address(function))


load_page = _plain(raw.FPDF_LoadPage, c_void_p, c_void_p, c_int)
close_page = _plain(raw.FPDF_ClosePage, None, c_void_p)
get_rotation = _plain(raw.FPDFPage_GetRotation, c_int, c_void_p)
set_rotation = _plain(raw.FPDFPage_SetRotation, None, c_void_p, c_int)
page_box = _plain(raw.FPDF_GetPageBoundingBox, c_int, c_void_p, c_void_p)
count_pages = _plain(raw.FPDF_GetPageCount, c_int, c_void_p)
meta_text = _plain(raw.FPDF_GetMetaText, c_ulong, c_void_p, c_char_p, c_void_p, c_ulong)
page_label = _plain(raw.FPDF_GetPageLabel, c_ulong, c_void_p, c_int, c_void_p, c_ulong)

load_text = _plain(raw.FPDFText_LoadPage, c_void_p, c_void_p)
close_text = _plain(raw.FPDFText_ClosePage, None, c_void_p)
count_chars = _plain(raw.FPDFText_CountChars, c_int, c_void_p)
get_text = _plain(raw.FPDFText_GetText, c_int, c_void_p, c_int, c_int, c_void_p)
char_of_text = _brief(raw.FPDFText_GetCharIndexFromTextIndex, c_int, c_void_p, c_int)
char_box = _brief(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
text_object = _brief(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)

count_objects = _plain(raw.FPDFPage_CountObjects, c_int, c_void_p)
get_object = _brief(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
count_inner = _plain(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
get_inner = _brief(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
object_type = _brief(raw.FPDFPageObj_GetType, c_int, c_void_p)
object_bounds = _brief(raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_matrix = _brief(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
is_see_through = _brief(raw.FPDFPageObj_HasTransparency, c_int, c_void_p)
set_active = _brief(raw.FPDFPageObj_SetIsActive, c_int, c_void_p, c_bool)
draw_mode = _brief(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
stroke_width = _brief(raw.FPDFPageObj_GetStrokeWidth, c_int, c_void_p, c_void_p)
fill_colour = _brief(raw.FPDFPageObj_GetFillColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
stroke_colour = _brief(raw.FPDFPageObj_GetStrokeColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
count_segments = _brief(raw.FPDFPath_CountSegments, c_int, c_void_p)
get_segment = _brief(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_type = _brief(raw.FPDFPathSegment_GetType, c_int, c_void_p)
segment_point = _brief(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)
text_mode = _brief(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)

count_annotations = _plain(raw.FPDFPage_GetAnnotCount, c_int, c_void_p)
get_annotation = _plain(raw.FPDFPage_GetAnnot, c_void_p, c_void_p, c_int)
close_annotation = _plain(raw.FPDFPage_CloseAnnot, None, c_void_p)
annotation_type = _plain(raw.FPDFAnnot_GetSubtype, c_int, c_void_p)
annotation_flags = _plain(raw.FPDFAnnot_GetFlags, c_int, c_void_p)
count_quads = _plain(raw.FPDFAnnot_CountAttachmentPoints, c_ulong, c_void_p)
get_quad = _plain(raw.FPDFAnnot_GetAttachmentPoints, c_int, c_void_p, c_ulong, c_void_p)
annotation_rect = _plain(raw.FPDFAnnot_GetRect, c_int, c_void_p, c_void_p)

create_bitmap = _plain(raw.FPDFBitmap_CreateEx, c_void_p, c_int, c_int, c_int, c_void_p, c_int)
fill_bitmap = _plain(raw.FPDFBitmap_FillRect, c_int, c_void_p, c_int, c_int, c_int, c_int, c_ulong)
close_bitmap = _plain(raw.FPDFBitmap_Destroy, None, c_void_p)
render = _plain(raw.FPDF_RenderPageBitmapWithMatrix, None, c_void_p, c_void_p, c_void_p, c_void_p, c_int)

FLOATS = (c_float * 8)()
FLOATS_AT = addressof(FLOATS)
FLOAT_PLACES = tuple(FLOATS_AT + 4 * place for place in range(4))
LINE_TO, CURVE_TO, MOVE_TO = raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_BEZIERTO, raw.FPDF_SEGMENT_MOVETO
NUMBERS = (c_uint * 4)()
NUMBER_PLACES = tuple(addressof(NUMBERS) + 4 * place for place in range(4))

_FAILURES = {
    raw.FPDF_ERR_FILE: (Reason.UNREADABLE, "The file cannot be opened; check that it is there and may be read."),
    raw.FPDF_ERR_SECURITY: (
        Reason.DRM,
        "The file is locked by a rights-management system; ask the agency for a copy without it.",
    ),
    raw.FPDF_ERR_FORMAT: (
        Reason.DAMAGED,
        "The file is not a PDF, or is damaged; ask the agency to send it again.",
    ),
}
_DAMAGED = (Reason.DAMAGED, "The PDF has no page that can be read; ask the agency to send it again.")
_NEEDS_PASSWORD = (Reason.ENCRYPTED, "The PDF asks for a password; ask the agency for it and ingest with it.")
_WRONG_PASSWORD = (Reason.ENCRYPTED, "The password given does not open this PDF; check it, or ask the agency for it.")


def open_document(path: Path, password: str | None) -> Any:
    """Open a PDF. Every failure is a `FormatError`."""
    if not _size(path):
        raise FormatError(Reason.EMPTY, "The file is empty (0 bytes); ask the agency to send it again.")
    try:
        return pypdfium2.PdfDocument(path.absolute(), password=password)
    except pypdfium2.PdfiumError as error:
        raise _translated(error, password) from error


@contextmanager
def opened(path: Path, password: str | None) -> Iterator[int]:
    """Open a PDF and give pdfium's handle of it. Every failure is a `FormatError`."""
    document = open_document(path, password)
    try:
        yield address(document.raw)
    finally:
        document.close()


def _size(path: Path) -> int:
    try:
        with path.open("rb"):
            return path.stat().st_size
    except OSError as error:
        raise FormatError(
            Reason.UNREADABLE, f"The file cannot be opened ({error.strerror}); check that it may be read."
        ) from error


def _translated(error: pypdfium2.PdfiumError, password: str | None) -> FormatError:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return FormatError(*(_NEEDS_PASSWORD if password is None else _WRONG_PASSWORD))
    return FormatError(*_FAILURES.get(error.err_code, _DAMAGED))


@contextmanager
def loaded(document: int, index: int) -> Iterator[int]:
    """Load a page (`index` from 0) and give its handle: 0 where the page is too damaged to load."""
    page = load_page(document, index)
    try:
        yield page or 0
    finally:
        if page:
            close_page(page)


@contextmanager
def loaded_text(page: int) -> Iterator[int]:
    """Load the text of a page and give its handle: 0 where that fails."""
    text = load_text(page)
    try:
        yield text or 0
    finally:
        if text:
            close_text(text)


def label(document: int, index: int) -> str | None:
    """Return the label of a page (`index` from 0) in the file's label tree, None without such a tree."""
    return _string(page_label, document, index)


def fact(document: int, key: str) -> str | None:
    """Return an entry of the document information, None or nothing where there is none."""
    return _string(meta_text, document, key.encode())


def _string(call: Any, *arguments: Any) -> str | None:
    size = call(*arguments, None, 0)
    if not size:
        return None
    buffer = (c_ushort * (size // 2 + 1))()
    call(*arguments, addressof(buffer), size)
    return string_at(addressof(buffer), size)[: size // 2 * 2 - 2].decode("utf-16-le", "surrogatepass")


def bounds_of(item: int) -> tuple[float, float, float, float] | None:
    """Return the bounds of a page object (left, bottom, right, top) in the space of its container."""
    if not object_bounds(item, *FLOAT_PLACES):
        return None
    left, bottom, right, top = FLOATS[:4]
    return left, bottom, right, top
