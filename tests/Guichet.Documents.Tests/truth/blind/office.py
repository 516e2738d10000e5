"""Writes files that come out the same each time, and asks LibreOffice for those that it makes."""
import os
import pathlib
import re
import subprocess
import tempfile
import zipfile

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

HERE = pathlib.Path(__file__).parent.parent
SCRATCH = pathlib.Path(tempfile.mkdtemp())
WHEN = "2023-03-01T09:00:00Z"


def folder(number):
    path = HERE / f"blind-{number:02d}"
    path.mkdir(exist_ok=True)
    return path


def freeze(path):
    """Takes the clock out of an office file: dates of its members and of its properties."""
    with zipfile.ZipFile(path) as before:
        members = [(info.filename, info.compress_type, before.read(info)) for info in before.infolist() if not info.is_dir()]
    with zipfile.ZipFile(path, "w") as after:
        for name, compression, data in members:
            if name in ("meta.xml", "docProps/core.xml"):
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", WHEN.encode(), data)
                data = re.sub(rb"<meta:editing-duration>[^<]*</meta:editing-duration>", b"", data)
            after.writestr(zipfile.ZipInfo(name, (2023, 3, 1, 9, 0, 0)), data, compression)


def freeze_pdf(path):
    """Takes the clock out of a PDF, byte for byte: its table of places holds."""
    data = re.sub(rb"\(D:\d{14}", b"(D:20230301090000", path.read_bytes())
    data = re.sub(rb"(?<=[</])[0-9A-F]{32}(?=\s*>|\s)", b"0" * 32, data)
    path.write_bytes(data)


def convert(jobs):
    """jobs: (source, target path). One run of LibreOffice for each format."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1677661200", "TZ": "UTC"}
    for extension in sorted({target.suffix for _, target in jobs}):
        mine = [(source, target) for source, target in jobs if target.suffix == extension]
        with tempfile.TemporaryDirectory() as out:
            subprocess.run(["soffice", "--headless", "--convert-to", extension[1:], "--outdir", out, *(str(source) for source, _ in mine)],
                           check=True, capture_output=True, env=environment)
            for source, target in mine:
                target.write_bytes((pathlib.Path(out) / (source.stem + extension)).read_bytes())
        for _, target in mine:
            if extension == ".pdf":
                freeze_pdf(target)
            else:
                freeze(target)


def shade(cell, colour):
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{colour}"/>'))


def band(table, text, colour="1F3864"):
    """A title across a table's whole width."""
    cells = table.add_row().cells
    cell = cells[0].merge(cells[-1])
    cell.text = ""
    run = cell.paragraphs[0].add_run(text)
    run.bold = True
    shade(cell, colour)


def rows(table, lines, bold_first=False):
    for line in lines:
        cells = table.add_row().cells
        for i, text in enumerate(line):
            cells[i].text = "" if text is None else text
            if bold_first and i == 0 and cells[i].paragraphs[0].runs:
                cells[i].paragraphs[0].runs[0].bold = True


def grid(document, lines, style="Table Grid"):
    table = document.add_table(rows=0, cols=len(lines[0]))
    table.style = style
    rows(table, lines)
    return table
