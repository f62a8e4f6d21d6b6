"""Tables drawn as pictures, for reports whose tables cannot be read as text."""

from __future__ import annotations

import io
import subprocess

from PIL import Image, ImageDraw, ImageFont

from sampling.grids import Grid

_ROW, _WIDTH = 34, 900


def _font_file() -> str:
    """The Noto serif that fontconfig knows for Chinese."""
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", "Noto Serif CJK SC"],
        check=True,
        capture_output=True,
        text=True,
    )
    return found.stdout


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines = [""]
    for letter in text:
        if lines[-1] and font.getlength(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return lines


def picture_of(grid: Grid) -> bytes:
    """A PNG of the table, black on white."""
    font = ImageFont.truetype(_font_file(), 13)
    edges = [0.0]
    for width in grid.widths:
        edges.append(edges[-1] + width * (_WIDTH - 2) / sum(grid.widths))
    image = Image.new("L", (_WIDTH, grid.n_rows * _ROW + 2), 255)
    draw = ImageDraw.Draw(image)
    for cell in grid.cells:
        left, right = edges[cell.col], edges[cell.col + cell.col_span]
        top, bottom = cell.row * _ROW, (cell.row + cell.row_span) * _ROW
        draw.rectangle((left, top, right, bottom), outline=0)
        lines = _wrap(cell.text, font, right - left - 6)
        start = (top + bottom) / 2 - len(lines) * 8
        for index, line in enumerate(lines):
            x = (left + right - font.getlength(line)) / 2
            draw.text((x, start + 16 * index - 2), line, font=font, fill=0)
    buffer = io.BytesIO()
    image.convert("P", palette=Image.Palette.ADAPTIVE, colors=8).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
