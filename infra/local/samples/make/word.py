"""What Word has and python-docx does not offer: fields, shading, borders, check boxes."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def small(run):
    """A run of a footer."""
    run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x55, 0x55, 0x55)
    return run


def symbol(run) -> None:
    """A run in a font that has the boxes."""
    run.font.name = "Segoe UI Symbol"


def element(name: str, parent=None, **attributes: str):
    """A WordprocessingML element, under a parent where one is given."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn("w:" + key), value)
    if parent is not None:
        parent.append(made)
    return made


def field(paragraph, instruction: str) -> None:
    """A field that Word computes: PAGE, NUMPAGES."""
    for kind in ("begin", None, "end"):
        run = small(paragraph.add_run())
        if kind:
            element("w:fldChar", run._r, fldCharType=kind)
        else:
            element("w:instrText", run._r).text = instruction


def shade(cell, fill: str) -> None:
    """A cell's background."""
    element("w:shd", cell._tc.get_or_add_tcPr(), val="clear", color="auto", fill=fill)


def grey_borders(table) -> None:
    """Borders that are seen and do not shout."""
    borders = element("w:tblBorders")
    table._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV"):
        element("w:" + edge, borders, val="single", sz="4", space="0", color="A6A6A6")


def language(styles) -> None:
    """French, so that a reader's Word does not underline every word."""
    for made in styles.iter(qn("w:lang")):
        made.set(qn("w:val"), "fr-FR")


def check_box(ticked: bool, mark: str):
    """The structured tag that Word writes for a check box: its state, and the character that shows it."""
    tag = OxmlElement("w:sdt")
    box = element("w:sdtPr", tag).makeelement(f"{{{_W14}}}checkbox", nsmap={"w14": _W14})
    tag[0].append(box)
    for name, value, font in (("checked", str(int(ticked)), None), ("checkedState", "2612", "MS Gothic"), ("uncheckedState", "2610", "MS Gothic")):
        state = box.makeelement(f"{{{_W14}}}{name}")
        state.set(f"{{{_W14}}}val", value)
        if font:
            state.set(f"{{{_W14}}}font", font)
        box.append(state)
    run = element("w:r", element("w:sdtContent", tag))
    element("w:rFonts", element("w:rPr", run), ascii="MS Gothic", eastAsia="MS Gothic", hAnsi="MS Gothic", hint="eastAsia")
    element("w:t", run).text = mark
    return tag
