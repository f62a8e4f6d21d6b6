"""What a type that no reader knows is called, and what its owner can do about it."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.errors import UnsupportedDocument
from extractor.readers.sniff import MediaType


@dataclass(frozen=True, slots=True)
class _Advice:
    name_zh: str
    name_en: str
    do_zh: str
    do_en: str


_AS_DOCX = (
    "请用 Word 或 WPS 打开，另存为 .docx 后重试",
    "open it in Word or WPS and save it as .docx",
)
_AS_PDF = ("请用版式阅读器打开，另存或打印为 PDF 后重试", "open it in its viewer and save as PDF")
_UNPACK = ("请先解压，再读取其中的文件", "unpack it first and read the files inside")
_TYPED = (
    "图片中没有文字层，请提供带文字的 PDF、DOCX、网页或文本",
    "a picture has no text layer; provide a PDF with text, a DOCX, a web page or a text file",
)
_KNOWN = ("请提供 PDF、DOCX、网页或文本文件", "provide a PDF, DOCX, HTML or text file")

_ADVICE: dict[MediaType, _Advice] = {
    MediaType.DOC: _Advice("旧版 Word 文档（.doc）", "an old Word document (.doc)", *_AS_DOCX),
    MediaType.WORKS: _Advice("Works/WPS 文档（.wps）", "a Works/WPS document (.wps)", *_AS_DOCX),
    MediaType.OLE: _Advice("旧版 Office/WPS 复合文档", "an OLE compound document", *_AS_DOCX),
    MediaType.RTF: _Advice("RTF 文档", "an RTF document", *_AS_DOCX),
    MediaType.ODT: _Advice("ODT 文档", "an OpenDocument text", *_AS_DOCX),
    MediaType.FLAT_ODF: _Advice("单文件 ODF 文档", "a flat OpenDocument text", *_AS_DOCX),
    MediaType.WORD_XML: _Advice("Word 2003 XML 文档", "a Word 2003 XML document", *_AS_DOCX),
    MediaType.FLAT_OPC: _Advice("单文件 Word XML 文档", "a flat Word XML document", *_AS_DOCX),
    MediaType.OFD: _Advice("OFD 版式文档", "an OFD document", *_AS_PDF),
    MediaType.POSTSCRIPT: _Advice("PostScript 文件", "a PostScript file", *_AS_PDF),
    MediaType.EPUB: _Advice("EPUB 电子书", "an EPUB book", *_AS_PDF),
    MediaType.XLSX: _Advice(
        "Excel 工作簿（.xlsx）",
        "an Excel workbook (.xlsx)",
        "请提供年度报告正文（PDF、DOCX、网页或文本）",
        "provide the report itself as PDF, DOCX, HTML or text",
    ),
    MediaType.ZIP: _Advice("压缩包（.zip）", "a zip archive", *_UNPACK),
    MediaType.RAR: _Advice("压缩包（.rar）", "a RAR archive", *_UNPACK),
    MediaType.SEVEN_ZIP: _Advice("压缩包（.7z）", "a 7-Zip archive", *_UNPACK),
    MediaType.GZIP: _Advice("压缩包（.gz）", "a gzip archive", *_UNPACK),
    MediaType.MAIL: _Advice("电子邮件", "an e-mail message", *_UNPACK),
    MediaType.PNG: _Advice("PNG 图片", "a PNG picture", *_TYPED),
    MediaType.JPEG: _Advice("JPEG 图片", "a JPEG picture", *_TYPED),
    MediaType.TIFF: _Advice("TIFF 图片", "a TIFF picture", *_TYPED),
    MediaType.BMP: _Advice("BMP 图片", "a BMP picture", *_TYPED),
    MediaType.GIF: _Advice("GIF 图片", "a GIF picture", *_TYPED),
    MediaType.WEBP: _Advice("WebP 图片", "a WebP picture", *_TYPED),
    MediaType.JP2: _Advice("JPEG 2000 图片", "a JPEG 2000 picture", *_TYPED),
    MediaType.BINARY: _Advice("无法识别的二进制文件", "an unknown binary file", *_KNOWN),
}


def unsupported(kind: MediaType) -> UnsupportedDocument:
    """The error for a type without a reader: what was found, and what to do next."""
    unknown = _Advice(f"{kind.value} 文件", f"a file of type {kind.value}", *_KNOWN)
    advice = _ADVICE.get(kind, unknown)
    return UnsupportedDocument(
        f"不支持的文件类型：内容是{advice.name_zh}。{advice.do_zh}。",
        f"unsupported type: the content is {advice.name_en}; {advice.do_en}.",
    )
