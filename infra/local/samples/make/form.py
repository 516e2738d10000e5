"""An application form in Word, as an administration writes one: headings, tables of two columns, grids, boxes."""

import dataclasses
import pathlib

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

import word
from french import printed
from package import WRITTEN, save_stable


@dataclasses.dataclass(frozen=True)
class Look:
    """What tells one administration's documents from another's."""

    font: str = "Arial"
    colour: str = "000091"
    label_fill: str = "EEF0FA"
    size: float = 10
    printed: bool = True
    """Whether apostrophes and spaces are those of a printer; many people type neither."""


_TOGETHER = 13
"""A table of at most so many rows is not cut by the end of a page."""


class Form:
    """A document that is written from top to bottom."""

    def __init__(self, look: Look, title: str, author: str, running: str) -> None:
        self._look = look
        self._document = Document()
        self._width = Cm(17)
        properties = self._document.core_properties
        properties.title, properties.author, properties.last_modified_by = self._text(title), author, author
        properties.language, properties.comments, properties.revision = "fr-FR", "", 1
        properties.created = properties.modified = WRITTEN
        self._style()
        self._page(self._document.sections[0])
        self._footer(running)

    def save(self, target: pathlib.Path) -> None:
        save_stable(self._document.save, target)

    def banner(self, ministry: list[str], direction: str) -> None:
        """Who writes, at the head of the first page."""
        for line in ministry:
            self._paragraph(line.upper(), bold=True, size=11, after=0)
        self._paragraph("Liberté · Égalité · Fraternité", italic=True, size=8.5, after=4)
        self._paragraph(direction, size=9.5, colour="555555", after=16)

    def title(self, text: str, subtitle: str) -> None:
        self._document.add_paragraph(self._text(text), style="Title")
        self._document.add_paragraph(self._text(subtitle), style="Subtitle")

    def heading(self, text: str, level: int = 1) -> None:
        self._document.add_heading(self._text(text), level)

    def text(self, *paragraphs: str) -> None:
        for paragraph in paragraphs:
            self._paragraph(paragraph, justified=True)

    def note(self, text: str) -> None:
        self._paragraph(text, italic=True, size=self._look.size - 1, colour="555555")

    def left(self, *lines: str) -> None:
        """Lines under one another, as an address."""
        for index, line in enumerate(lines):
            self._paragraph(line, after=16 if index == len(lines) - 1 else 0)

    def line(self, label: str, value: str, after: float = 3) -> None:
        """`Label : value`, the label in bold."""
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(after)
        paragraph.add_run(self._text(label + " : ")).bold = True
        paragraph.add_run(self._text(value))

    def facts(self, *rows: tuple[str, str]) -> None:
        """A table of two columns, label and value."""
        table = self._table(2, [Cm(5.6), self._width - Cm(5.6)])
        for label, value in rows:
            cells = table.add_row().cells
            self._fill(cells[0], label, bold=True, shade=self._look.label_fill)
            self._fill(cells[1], value)
        self._after_table()

    def facts_in_pairs(self, *rows: tuple[str, str, str, str]) -> None:
        """A table of four columns: two labels and two values a row."""
        table = self._table(4, [Cm(3.2), Cm(6), Cm(3.2), Cm(4.6)])
        for row in rows:
            for index, (cell, value) in enumerate(zip(table.add_row().cells, row, strict=True)):
                label = index % 2 == 0
                self._fill(cell, value, bold=label, shade=self._look.label_fill if label else None)
        self._after_table()

    def grid(self, headers: list[str], rows: list[list[str]], widths: list[float], right: tuple[int, ...] = (), total: bool = False,
             size: float | None = None) -> None:
        """A table with a row of headers; columns of numbers to the right; the last row may be a total."""
        scale = self._width / Cm(sum(widths))
        table = self._table(len(headers), [Cm(width * scale) for width in widths])
        for index, (cell, header) in enumerate(zip(table.add_row().cells, headers, strict=True)):
            self._fill(cell, header, bold=True, right=index in right, shade=self._look.colour, colour="FFFFFF", size=size)
        self._repeat(table.rows[0])
        for row_index, row in enumerate(rows):
            bold = total and row_index == len(rows) - 1
            for index, (cell, value) in enumerate(zip(table.add_row().cells, row, strict=True)):
                self._fill(cell, value, bold=bold, right=index in right, shade=self._look.label_fill if bold else None, size=size)
        self._after_table()

    def boxes(self, *choices: tuple[bool, str], control: bool = False) -> None:
        """One box a line; `control` makes them Word's own check boxes, as in a form that is filled in on screen."""
        for ticked, label in choices:
            paragraph = self._document.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.left_indent = Cm(0.5)
            mark = "☒" if ticked else "☐"
            if control:
                paragraph._p.append(word.check_box(ticked, mark))
            else:
                word.symbol(paragraph.add_run(mark))
            paragraph.add_run(" " + self._text(label))
        paragraph.paragraph_format.space_after = Pt(8)

    def landscape(self) -> None:
        section = self._document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        self._width = Cm(25.7)

    def portrait(self) -> None:
        section = self._document.add_section()
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        self._width = Cm(17)

    def signature(self, *lines: str) -> None:
        for line in lines:
            paragraph = self._paragraph(line, after=2)
            paragraph.paragraph_format.left_indent = Cm(9)
            paragraph.paragraph_format.keep_with_next = True

    def right(self, text: str) -> None:
        self._paragraph(text, after=14).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _text(self, text: str) -> str:
        return printed(text) if self._look.printed else text

    def _paragraph(self, text: str, bold: bool = False, italic: bool = False, size: float | None = None, colour: str | None = None,
                   after: float = 6, justified: bool = False):
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(after)
        if justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        run = paragraph.add_run(self._text(text))
        run.bold, run.italic = bold, italic
        if size:
            run.font.size = Pt(size)
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        return paragraph

    def _table(self, columns: int, widths: list):
        table = self._document.add_table(rows=0, cols=columns, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        word.grey_borders(table)
        return table

    def _fill(self, cell, text: str, bold: bool = False, right: bool = False, shade: str | None = None, colour: str | None = None,
              size: float | None = None) -> None:
        first = True
        for part in self._text(text).split("\n"):
            paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
            first = False
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if part[:1] in "☒☐" and part:
                word.symbol(paragraph.add_run(part[0]))
                part = part[1:]
            run = paragraph.add_run(part)
            run.bold, run.font.size = bold, Pt(size or self._look.size - 0.5)
            if colour:
                run.font.color.rgb = RGBColor.from_string(colour)
        if shade:
            word.shade(cell, shade)

    def _repeat(self, row) -> None:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))

    def _after_table(self) -> None:
        table = self._document.tables[-1]
        widths = [column.width for column in table.columns]
        if len(table.rows) <= _TOGETHER:
            for cell in [cell for row in table.rows[:-1] for cell in row.cells]:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True
        for row in table.rows:
            properties = row._tr.get_or_add_trPr()
            properties.insert(0, OxmlElement("w:cantSplit"))
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        self._paragraph("", size=6, after=4)

    def _style(self) -> None:
        styles = self._document.styles
        word.language(styles.element)
        normal = styles["Normal"]
        normal.font.name, normal.font.size = self._look.font, Pt(self._look.size)
        normal.paragraph_format.space_after = Pt(6)
        colour = RGBColor.from_string(self._look.colour)
        for name, size, before, after in [("Title", 20, 0, 4), ("Subtitle", 11, 0, 14), ("Heading 1", 14, 16, 6),
                                          ("Heading 2", 11.5, 10, 4), ("Heading 3", 10.5, 8, 3)]:
            style = styles[name]
            for spacing in style.element.get_or_add_rPr().findall(qn("w:spacing")):
                spacing.getparent().remove(spacing)
            fonts = style.element.rPr.get_or_add_rFonts()
            for attribute in list(fonts.attrib):
                del fonts.attrib[attribute]
            style.font.name, style.font.size, style.font.color.rgb = self._look.font, Pt(size), colour
            style.font.bold, style.font.italic = name != "Subtitle", False
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
            style.paragraph_format.keep_with_next = True

    def _page(self, section) -> None:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2), Cm(2)

    def _footer(self, running: str) -> None:
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        word.small(paragraph.add_run(self._text(running + " · document de démonstration, contenu fictif · page ")))
        word.field(paragraph, "PAGE")
        word.small(paragraph.add_run(" / "))
        word.field(paragraph, "NUMPAGES")
