"""The few functions of the pdfium library that the PDF reader needs, called directly.

The library file of the ``pypdfium2_raw`` package is loaded without importing that package, whose
generated bindings cost more start-up than reading a report. pdfium is not safe for threads:
use processes.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import repeat
from math import inf
from pathlib import Path
from typing import Any

from extractor.errors import EncryptedDocument, OutputError, UnreadableDocument

Handle = int

_POINTER = ctypes.c_void_p
_INT = ctypes.c_int
_PASSWORD_ERROR = 4
_SECURITY_ERROR = 5
_BARE: dict[str, Any] = {"FPDFText_GetLooseCharBox": None, "FPDFPage_GetObject": _POINTER}
"""Functions called without conversion of arguments, with the type of the result that is used."""
_CHUNK = 1024
"""Characters whose boxes are fetched at a time."""
_BOX = 16
"""Bytes of one box."""
_ASKEW = 0.14
"""Tangent of the least angle by which turned letters are off the quarters: eight degrees."""
_MAX_CLIPS = 16
_MAX_CLIP_POINTS = 64
_LIBRARY_NAMES = ("libpdfium.so", "libpdfium.dylib", "pdfium.dll")

_SIGNATURES: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "FPDF_LoadMemDocument64": (_POINTER, (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p)),
    "FPDF_CloseDocument": (None, (_POINTER,)),
    "FPDF_GetLastError": (ctypes.c_ulong, ()),
    "FPDF_GetPageCount": (_INT, (_POINTER,)),
    "FPDF_GetMetaText": (ctypes.c_ulong, (_POINTER, ctypes.c_char_p, _POINTER, ctypes.c_ulong)),
    "FPDF_LoadPage": (_POINTER, (_POINTER, _INT)),
    "FPDF_ClosePage": (None, (_POINTER,)),
    "FPDF_GetPageBoundingBox": (_INT, (_POINTER, _POINTER)),
    "FPDFPage_GetRotation": (_INT, (_POINTER,)),
    "FPDFText_LoadPage": (_POINTER, (_POINTER,)),
    "FPDFText_ClosePage": (None, (_POINTER,)),
    "FPDFText_CountChars": (_INT, (_POINTER,)),
    "FPDFText_GetText": (_INT, (_POINTER, _INT, _INT, _POINTER)),
    "FPDFText_GetUnicode": (ctypes.c_uint, (_POINTER, _INT)),
    "FPDFText_GetCharAngle": (ctypes.c_float, (_POINTER, _INT)),
    "FPDFText_GetMatrix": (_INT, (_POINTER, _INT, _POINTER)),
    "FPDFText_GetFillColor": (_INT, (_POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFText_GetTextObject": (_POINTER, (_POINTER, _INT)),
    "FPDFText_GetCharBox": (_INT, (_POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPage_CountObjects": (_INT, (_POINTER,)),
    "FPDFPageObj_GetType": (_INT, (_POINTER,)),
    "FPDFPageObj_GetBounds": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPageObj_GetMatrix": (_INT, (_POINTER, _POINTER)),
    "FPDFPageObj_GetFillColor": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPageObj_GetStrokeColor": (_INT, (_POINTER, _POINTER, _POINTER, _POINTER, _POINTER)),
    "FPDFPath_CountSegments": (_INT, (_POINTER,)),
    "FPDFPath_GetPathSegment": (_POINTER, (_POINTER, _INT)),
    "FPDFPath_GetDrawMode": (_INT, (_POINTER, _POINTER, _POINTER)),
    "FPDFPathSegment_GetPoint": (_INT, (_POINTER, _POINTER, _POINTER)),
    "FPDFPathSegment_GetType": (_INT, (_POINTER,)),
    "FPDFPathSegment_GetClose": (_INT, (_POINTER,)),
    "FPDFPageObj_GetClipPath": (_POINTER, (_POINTER,)),
    "FPDFClipPath_CountPaths": (_INT, (_POINTER,)),
    "FPDFClipPath_CountPathSegments": (_INT, (_POINTER, _INT)),
    "FPDFClipPath_GetPathSegment": (_POINTER, (_POINTER, _INT, _INT)),
    "FPDFFormObj_CountObjects": (_INT, (_POINTER,)),
    "FPDFFormObj_GetObject": (_POINTER, (_POINTER, ctypes.c_ulong)),
}


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Where pdfium writes the boxes of characters, one chunk after the other.

    Making the ``places`` takes about as long as the calls that use them.
    """

    buffer: ctypes.Array[ctypes.c_float]
    places: tuple[object, ...]
    values: memoryview[float]

    @classmethod
    def empty(cls) -> _Boxes:
        """Room for one chunk."""
        buffer = (ctypes.c_float * (4 * _CHUNK))()
        places = tuple(ctypes.byref(buffer, _BOX * i) for i in range(_CHUNK))
        return cls(buffer, places, memoryview(buffer).cast("B").cast("f"))


@dataclass(frozen=True, slots=True)
class Library:
    """pdfium's functions by their own names.

    Those in ``bare`` are called once for every character or object. They convert no arguments,
    which would take longer than the call: they want pointers made by :func:`pointer`.
    """

    functions: dict[str, Callable[..., Any]]
    bare: dict[str, Callable[..., Any]]
    boxes: _Boxes

    def __getitem__(self, name: str) -> Callable[..., Any]:
        return self.functions[name]


def _library_path() -> Path:
    spec = find_spec("pypdfium2_raw")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in _LIBRARY_NAMES:
            path = Path(folder) / name
            if path.is_file():
                return path
    raise OutputError(
        "找不到 pdfium 程序库，无法读取 PDF。请重新安装 pypdfium2（pip install pypdfium2）。",
        "The pdfium library was not found, so no PDF can be read. "
        "Install pypdfium2 again (pip install pypdfium2).",
    )


@cache
def library() -> Library:
    """The library, loaded and initialised on first use.

    ``PyDLL`` keeps the interpreter lock during calls: hundreds of tiny calls a page are faster
    without releasing it, and pdfium may not be entered twice anyway.

    Raises:
        OutputError: the library file is not installed.
    """
    loaded = ctypes.PyDLL(str(_library_path()))
    loaded["FPDF_InitLibrary"]()
    functions: dict[str, Callable[..., Any]] = {}
    for name, (result, arguments) in _SIGNATURES.items():
        function = loaded[name]
        function.restype = result
        function.argtypes = arguments
        functions[name] = function
    bare: dict[str, Callable[..., Any]] = {}
    for name, result in _BARE.items():
        function = loaded[name]
        function.restype = result
        bare[name] = function
    return Library(functions, bare, _Boxes.empty())


def pointer(handle: Handle) -> object:
    """A handle as an argument that needs no conversion. What it points to is never read here."""
    return ctypes.byref(ctypes.c_char.from_address(handle))


@contextmanager
def open_pdf(data: bytes) -> Iterator[Handle]:
    """The document in ``data``, closed on leaving.

    Raises:
        EncryptedDocument: a password is needed.
        UnreadableDocument: damaged, empty or no PDF.
    """
    pdfium = library()
    handle = pdfium["FPDF_LoadMemDocument64"](data, len(data), None) if data else None
    if not handle:
        raise _load_error(pdfium["FPDF_GetLastError"]() if data else 0, empty=not data)
    try:
        yield handle
    finally:
        pdfium["FPDF_CloseDocument"](handle)


def _load_error(code: int, *, empty: bool) -> EncryptedDocument | UnreadableDocument:
    if code in {_PASSWORD_ERROR, _SECURITY_ERROR}:
        return EncryptedDocument(
            "PDF 已加密，需要密码才能打开。请向发布单位索取未加密的文件，或去除密码后重试。",
            "The PDF is encrypted and needs a password. "
            "Ask the publisher for an open copy, or remove the password and try again.",
        )
    if empty:
        return UnreadableDocument(
            "文件为空（0 字节）。请重新下载后重试。",
            "The file is empty (0 bytes). Download it again and retry.",
        )
    return UnreadableDocument(
        "PDF 已损坏或不完整，无法打开。请重新下载；如仍不行，用 PDF 阅读器另存后重试。",
        "The PDF is damaged or truncated and cannot be opened. Download it again; "
        "if that does not help, save it anew from a PDF viewer and retry.",
    )


@contextmanager
def open_page(document: Handle, index: int) -> Iterator[tuple[Handle, Handle] | None]:
    """Page ``index`` (0-based) and its text page; ``None`` where pdfium cannot load it."""
    pdfium = library()
    page = pdfium["FPDF_LoadPage"](document, index)
    if not page:
        yield None
        return
    text_page = pdfium["FPDFText_LoadPage"](page)
    try:
        yield (page, text_page) if text_page else None
    finally:
        if text_page:
            pdfium["FPDFText_ClosePage"](text_page)
        pdfium["FPDF_ClosePage"](page)


def page_count(document: Handle) -> int:
    """Number of pages."""
    return int(library()["FPDF_GetPageCount"](document))


def meta_text(document: Handle, key: str) -> str:
    """An entry of the information dictionary, ``""`` without one."""
    function = library()["FPDF_GetMetaText"]
    name = key.encode("ascii")
    size = int(function(document, name, None, 0))
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(document, name, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace").rstrip("\x00")


def page_bounds(page: Handle) -> tuple[float, float, float, float]:
    """Visible area ``(left, bottom, right, top)`` in user space, before rotation."""
    buffer = (ctypes.c_float * 4)()
    if not library()["FPDF_GetPageBoundingBox"](page, ctypes.addressof(buffer)):
        return 0.0, 0.0, 612.0, 792.0
    left, top, right, bottom = buffer
    return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def page_rotation(page: Handle) -> int:
    """Clockwise quarter turns applied on display, 0 to 3."""
    return int(library()["FPDFPage_GetRotation"](page)) % 4


def page_text(text_page: Handle) -> str:
    """The page's characters, exactly one per pdfium character index."""
    pdfium = library()
    count = int(pdfium["FPDFText_CountChars"](text_page))
    if count <= 0:
        return ""
    buffer = ctypes.create_string_buffer(2 * count + 4)
    written = int(pdfium["FPDFText_GetText"](text_page, 0, count, buffer))
    text = buffer.raw[: max(0, 2 * (written - 1))].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = map(pdfium["FPDFText_GetUnicode"], repeat(text_page), range(count))
    return _join_surrogates([chr(code) if code <= 0x10FFFF else "\x00" for code in codes])


def _join_surrogates(characters: list[str]) -> str:
    """Pairs become one character and a NUL, so that indices stay those of pdfium."""
    for i, character in enumerate(characters):
        if not "\ud800" <= character <= "\udfff":
            continue
        following = characters[i + 1] if i + 1 < len(characters) else ""
        if character < "\udc00" and "\udc00" <= following <= "\udfff":
            pair = (character + following).encode("utf-16-le", "surrogatepass")
            characters[i] = pair.decode("utf-16-le")
            characters[i + 1] = "\x00"
        else:
            characters[i] = "\ufffd"
    return "".join(characters)


def loose_boxes(text_page: Handle, count: int) -> list[float]:
    """Font-high boxes of the first ``count`` characters: left, top, right, bottom each."""
    pdfium = library()
    function, page, boxes = (
        pdfium.bare["FPDFText_GetLooseCharBox"],
        pointer(text_page),
        pdfium.boxes,
    )
    flat: list[float] = []
    for start in range(0, count, _CHUNK):
        size = min(count - start, _CHUNK)
        ctypes.memset(boxes.buffer, 0, _BOX * size)
        deque(map(function, repeat(page), range(start, start + size), boxes.places), 0)
        flat += boxes.values[: 4 * size].tolist()
    return flat


def tight_box(text_page: Handle, index: int) -> tuple[float, float, float, float] | None:
    """The ink of one character as (left, bottom, right, top), ``None`` without ink."""
    buffer = (ctypes.c_double * 4)()
    at = ctypes.addressof(buffer)
    found = library()["FPDFText_GetCharBox"](text_page, index, at, at + 8, at + 16, at + 24)
    left, right, bottom, top = buffer
    if not found or (right <= left and top <= bottom):
        return None
    return left, bottom, right, top


def char_quarters(text_page: Handle, indices: Iterable[int]) -> list[int]:
    """How many clockwise quarter turns bring each character upright, 0 to 3."""
    angles = map(library()["FPDFText_GetCharAngle"], repeat(text_page), indices)
    return [-round(angle / 1.5707963) % 4 if angle else 0 for angle in angles]


def turned_askew(text_page: Handle, indices: Iterable[int]) -> list[bool]:
    """Whether each character is turned by something else than quarters; slanting is no turning."""
    buffer = (ctypes.c_float * 6)()
    at = ctypes.addressof(buffer)
    get_matrix = library()["FPDFText_GetMatrix"]
    found = []
    for index in indices:
        askew = False
        if get_matrix(text_page, index, at):
            along, aside = abs(buffer[0]), abs(buffer[1])
            askew = min(along, aside) > _ASKEW * max(along, aside)
        found.append(askew)
    return found


def fill_colour(text_page: Handle, index: int) -> tuple[int, int, int, int]:
    """Red, green, blue and opacity of a character, 0 to 255; black where unknown."""
    buffer = (ctypes.c_uint * 4)()
    at = ctypes.addressof(buffer)
    known = library()["FPDFText_GetFillColor"](text_page, index, at, at + 4, at + 8, at + 12)
    red, green, blue, alpha = buffer if known else (0, 0, 0, 255)
    return red, green, blue, alpha


def drawn_together(text_page: Handle, first: int, second: int) -> bool:
    """Whether one drawing operation shows both characters."""
    get_object = library()["FPDFText_GetTextObject"]
    drawn = get_object(text_page, first)
    return bool(drawn) and drawn == get_object(text_page, second)


def clip_box(text_page: Handle, index: int) -> tuple[float, float, float, float] | None:
    """Where the drawing of one character shows; see :func:`object_clip`."""
    drawn = library()["FPDFText_GetTextObject"](text_page, index)
    return object_clip(drawn) if drawn else None


def object_clip(drawn: Handle) -> tuple[float, float, float, float] | None:
    """Where an object shows, as (left, bottom, right, top), ``None`` where it is not clipped.

    A clip is taken for the box around it.
    """
    functions = library().functions
    clip = functions["FPDFPageObj_GetClipPath"](drawn)
    count = functions["FPDFClipPath_CountPaths"](clip) if clip else 0
    buffer = (ctypes.c_float * 2)()
    at = ctypes.addressof(buffer)
    left = bottom = -inf
    right = top = inf
    for i in range(min(count, _MAX_CLIPS)):
        points = []
        for k in range(min(functions["FPDFClipPath_CountPathSegments"](clip, i), _MAX_CLIP_POINTS)):
            segment = functions["FPDFClipPath_GetPathSegment"](clip, i, k)
            if segment and functions["FPDFPathSegment_GetPoint"](segment, at, at + 4):
                points.append((buffer[0], buffer[1]))
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            left, bottom = max(left, min(xs)), max(bottom, min(ys))
            right, top = min(right, max(xs)), min(top, max(ys))
    return None if left == -inf else (left, bottom, right, top)
