#!/usr/bin/python3
"""Makes the truth set again: python-docx and openpyxl write, LibreOffice converts. Run with Debian's python3-docx and python3-openpyxl."""
import datetime
import io
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile

import docx
import openpyxl
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Cm, Pt, RGBColor

import content
import words

HERE = pathlib.Path(__file__).resolve().parent
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]


class Style:
    """How one porteur writes: its amounts, dates, boxes and labels."""

    def __init__(self, seed, vocabulary):
        r = random.Random(seed * 7 + 1)
        self.random = r
        self.vocabulary = vocabulary
        self.labels = words.labels(vocabulary)
        self.space = r.choice([" ", "\u00a0", "\u202f", "."])
        self.unit = r.choice([" €", "\u00a0€", " euros", " € TTC"])
        self.date = r.choice(["slash", "long", "iso", "dots"])
        self.boxes = r.choice([("☒", "☐"), ("☑", "☐"), ("[x]", "[ ]")])
        self.numbered = r.random() < 0.5

    def amount(self, cents):
        euros, rest = divmod(cents, 100)
        if self.random.random() < 0.15 and cents % 100000 == 0:
            return f"{euros / 1000:g}".replace(".", ",") + " k€"
        grouped = f"{euros:,}".replace(",", self.space)
        return grouped + (f",{rest:02d}" if rest or self.space == "." else "") + self.unit

    def day(self, date):
        return {"slash": date.strftime("%d/%m/%Y"), "dots": date.strftime("%d.%m.%Y"), "iso": date.isoformat(), "long": f"{'1er' if date.day == 1 else date.day} {MONTHS[date.month - 1]} {date.year}"}[self.date]

    def tick(self, yes):
        return self.boxes[0] if yes else self.boxes[1]

    def yes_no(self, yes):
        return self.random.choice([f"{self.tick(yes)} Oui {self.tick(not yes)} Non", "Oui" if yes else "Non"])

    def number(self, value):
        return f"{value:g}".replace(".", ",")

    def text(self, field, value):
        """A scalar value as it is written."""
        if field in ("budget.total", "budget.requested", "budget.ownShare"):
            return self.amount(value)
        if field == "applicant.siret":
            return self.random.choice([value, f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}"])
        if isinstance(value, datetime.date):
            return self.day(value)
        if isinstance(value, bool):
            return self.yes_no(value)
        if field == "project.durationMonths":
            return f"{value} mois"
        return str(value)

    def cell(self, field, column, record):
        value = record.get(column)
        if value is None:
            return ""
        if column == "amount":
            return self.amount(value)
        if column == "intermediate":
            return " ; ".join(f"{self.day(date)} : {number}" for date, number in value)
        if column == "name" and record.get("code"):
            return f"{record['code']} – {value}"
        if isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, datetime.date):
            return self.day(value)
        return self.number(value) if isinstance(value, (int, float)) else value

    def options(self, field, values):
        choices = words.TYPES if field == "project.types" else words.SUPPORT
        return [f"{self.tick(name in values)} {label}" for name, label in choices]


def table(document, rows):
    grid = document.add_table(rows=0, cols=len(rows[0]))
    grid.style = "Table Grid"
    for row in rows:
        cells = grid.add_row().cells
        for cell, text in zip(cells, row):
            cell.text = text
    return grid


def write_list(document, style, field, records, cards):
    columns = words.columns(style.vocabulary, field)
    if field == "impact.indicators" and cards:
        for record in records:
            table(document, [[heading, style.cell(field, column, record)] for column, heading in columns])
            document.add_paragraph("")
        return
    rows = [[heading for _, heading in columns]] + [[style.cell(field, column, record) for column, _ in columns] for record in records]
    if field == "budget.lines":
        rows.append(["Total", "", style.amount(sum(record["amount"] for record in records))])
    table(document, rows)


def wide(document):
    """A landscape page, as whoever puts twelve columns side by side turns it."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    if section.page_width < section.page_height:
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(1)


def write_form(values, style, layout, with_budget=True):
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(10)
    document.core_properties.created = document.core_properties.modified = datetime.datetime(2024, 3, 1)
    document.add_heading("Dossier de candidature", 0)
    document.add_paragraph("Guichet « Exploitation et valorisation des données »")
    number = 0
    for title, fields in words.SECTIONS:
        number += 1
        document.add_heading(f"{number}. {title}" if style.numbered else title, 1)
        pairs = []
        lists = []
        for field in fields:
            value = values.get(field)
            label = style.labels[field]
            if field in words.LISTS:
                lists.append((field, label, value))
            elif field in ("project.types", "support.requested"):
                if layout in ("tables", "four", "above"):
                    pairs.append((field, label, "\n".join(style.options(field, value))))
                else:
                    lists.append((field, label, value))
            else:
                pairs.append((field, label, style.text(field, value)))
        write_pairs(document, style, layout, pairs)
        for field, label, value in lists:
            if field == "budget.lines" and not with_budget:
                continue
            document.add_heading(label, 2)
            if field == "impact.indicators" and layout not in ("headings", "above"):
                wide(document)
                document.styles["Table Grid"].font.size = Pt(7)
            if field in words.LISTS:
                if value:
                    write_list(document, style, field, value, cards=layout in ("headings", "above"))
                else:
                    document.add_paragraph("Néant")
            else:
                for option in style.options(field, value):
                    document.add_paragraph(option)
    return document


LONG = {"project.summary", "project.deployment", "impact.evaluation", "technical.solution", "governance.calendar", "technical.ai", "technical.ethicalRisks", "technical.reusedBlocks", "project.beneficiaries"}


def write_pairs(document, style, layout, pairs):
    if not pairs:
        return
    if layout == "tables":
        table(document, [[label, text] for _, label, text in pairs])
    elif layout == "four":
        short = [pair for pair in pairs if pair[0] not in LONG]
        rest = [pair for pair in pairs if pair[0] in LONG]
        if len(short) % 2:
            rest.insert(0, short.pop())
        if short:
            table(document, [[short[i][1], short[i][2], short[i + 1][1], short[i + 1][2]] for i in range(0, len(short), 2)])
            document.add_paragraph("")
        if rest:
            table(document, [[label, text] for _, label, text in rest])
    elif layout == "above":
        short = [pair for pair in pairs if pair[0] not in LONG]
        for i in range(0, len(short), 3):
            group = short[i:i + 3]
            table(document, [[label for _, label, _ in group], [text for _, _, text in group]])
            document.add_paragraph("")
        for field, label, text in pairs:
            if field in LONG:
                table(document, [[label], [text]])
                document.add_paragraph("")
    else:
        for field, label, text in pairs:
            if field in LONG and layout == "headings":
                document.add_heading(label, 2)
                hint = document.add_paragraph().add_run("Décrivez en quelques lignes ce point.")
                hint.italic = True
                hint.font.color.rgb = RGBColor(0x80, 0x80, 0x80)
                for sentence in text.split(". "):
                    document.add_paragraph(sentence if sentence.endswith(".") or ". " not in text else sentence + ".")
            elif field in LONG:
                document.add_paragraph().add_run(label).bold = True
                document.add_paragraph(text)
            else:
                document.add_paragraph(f"{label} : {text}")


def write_annex(values, style, seed):
    r = random.Random(seed * 3 + 2)
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = datetime.datetime(2024, 3, 1)
    sheet = book.active
    sheet.title = r.choice(["Budget", "Annexe budgétaire", "Dépenses"])
    sheet.append([f"Budget prévisionnel – {values['project.acronym']}"])
    sheet.append([])
    sheet.append([heading for _, heading in words.columns(style.vocabulary, "budget.lines")])
    first = sheet.max_row + 1
    for line in values["budget.lines"]:
        sheet.append([line["words"], line["label"], line["amount"] / 100])
        sheet.cell(sheet.max_row, 3).number_format = '#,##0.00" €"'
    last = sheet.max_row
    sheet.append(["Total", None, f"=SUM(C{first}:C{last})"])
    plan = book.create_sheet("Plan de financement") if r.random() < 0.6 else sheet
    if plan is sheet:
        sheet.append([])
        sheet.append(["Plan de financement"])
    plan.append(["Financeur", "Montant TTC"])
    top = plan.max_row + 1
    for field in ("budget.requested", "budget.ownShare"):
        plan.append([style.labels[field], values[field] / 100])
    for other in values["budget.otherFinancing"]:
        plan.append([other["from"], other["amount"] / 100])
    plan.append(["Total", f"=SUM(B{top}:B{plan.max_row})"])
    return book


def write_workbook(values, style):
    """A whole form as a workbook, one sheet a part."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, fields in words.SECTIONS:
        sheet = book.create_sheet(title)
        for field in fields:
            value = values.get(field)
            if field in words.LISTS:
                continue
            if field in ("project.types", "support.requested"):
                sheet.append([style.labels[field], "\n".join(style.options(field, value))])
            elif isinstance(value, datetime.date):
                sheet.append([style.labels[field], value])
            elif field.startswith("budget."):
                sheet.append([style.labels[field], value / 100])
            elif field == "project.durationMonths":
                sheet.append([style.labels[field], value])
            else:
                sheet.append([style.labels[field], style.text(field, value)])
        for field in fields:
            if field in words.LISTS and values.get(field):
                sheet.append([])
                sheet.append([style.labels[field]])
                columns = words.columns(style.vocabulary, field)
                sheet.append([heading for _, heading in columns])
                for record in values[field]:
                    sheet.append([record["amount"] / 100 if column == "amount" else style.cell(field, column, record) for column, _ in columns])
                if field == "budget.lines":
                    sheet.append(["Total", None, sum(record["amount"] for record in values[field]) / 100])
    return book


def write_json(values, style):
    """The dossier as the platform's API gives it."""
    champs = []
    def champ(kind, label, display, **more):
        champs.append({"__typename": kind, "id": f"c{len(champs)}", "champDescriptorId": f"c{len(champs)}", "label": label, "stringValue": display, **more})
    def scalar(field, label, value, to):
        if field in ("budget.total", "budget.requested", "budget.ownShare") or field == "amount":
            return {"__typename": "DecimalNumberChamp", "label": label, "stringValue": str(value / 100), "decimalNumber": value / 100}
        if isinstance(value, bool):
            return {"__typename": "YesNoChamp", "label": label, "stringValue": "true" if value else "false", "selected": value}
        if isinstance(value, datetime.date):
            return {"__typename": "DateChamp", "label": label, "stringValue": f"{value.day:02d} {MONTHS[value.month - 1]} {value.year}", "date": value.isoformat()}
        if isinstance(value, int):
            return {"__typename": "IntegerNumberChamp", "label": label, "stringValue": str(value), "integerNumber": str(value)}
        return {"__typename": "TextChamp", "label": label, "stringValue": value}
    for title, fields in words.SECTIONS:
        champ("HeaderSectionChamp", title, "", level=1)
        for field in fields:
            value, label = values.get(field), style.labels[field]
            if field.startswith("applicant.") and field != "applicant.ministry":
                continue
            if field in words.LISTS:
                rows = [{"id": f"r{i}", "champs": [{"id": f"{column}|{i}", "champDescriptorId": column, **scalar(column, heading, record[column] if column not in ("intermediate", "name") and isinstance(record.get(column), (bool, int, datetime.date)) else style.cell(field, column, record), i)}
                        for column, heading in words.columns(style.vocabulary, field) if record.get(column) is not None]} for i, record in enumerate(value)]
                champ("RepetitionChamp", label, "", rows=rows)
            elif field in ("project.types", "support.requested"):
                names = [name for key, name in (words.TYPES if field == "project.types" else words.SUPPORT) if key in value]
                champ("MultipleDropDownListChamp", label, ", ".join(names), values=names)
            else:
                champs.append({"id": f"c{len(champs)}", "champDescriptorId": f"c{len(champs)}", **scalar(field, label, value, None)})
    return {"data": {"dossier": {"__typename": "Dossier", "number": 42, "state": "en_construction", "usager": {"email": values["contact.email"]},
            "demandeur": {"__typename": "PersonneMorale", "siret": values["applicant.siret"], "entreprise": {"siren": values["applicant.siret"][:9], "raisonSociale": values["applicant.name"], "formeJuridiqueCode": values["applicant.legalCategory"]}}, "champs": champs, "annotations": []}}}


def convert(path, to):
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(["soffice", "--headless", "--convert-to", to, "--outdir", out, str(path)], check=True, capture_output=True)
        made = next(pathlib.Path(out).iterdir())
        target = path.with_suffix(made.suffix)
        shutil.move(made, target)
    if target != path:
        path.unlink()
    return target


LAYOUTS = ["tables", "lines", "headings", "four", "above"]


def plan():
    """Name, seed, vocabulary, layout, form's format, annex's format."""
    forms = ["docx", "odt", "pdf", "docx", "json", "docx", "pdf", "odt", "docx", "xlsx"]
    annexes = [None, "xlsx", None, "ods", None, "csv", "xlsx", None, "zip", None]
    for i in range(42):
        yield f"{i + 1:02d}", i + 1, i % 4, LAYOUTS[(i * 3 + i // 5) % 5], forms[i % 10], annexes[(i + i // 10) % 10]
    for i in range(10):
        yield f"reserve-{i + 1:02d}", 900 + i, "untuned", LAYOUTS[i % 5], forms[i], annexes[(i + 3) % 10]


def main():
    for name, seed, vocabulary, layout, form, annex in plan():
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        values = content.dossier(seed)
        style = Style(seed, vocabulary)
        if form == "json":
            (folder / "dossier.json").write_text(json.dumps(write_json(values, style), ensure_ascii=False, indent=1), encoding="utf-8")
        elif form == "xlsx":
            write_workbook(values, style).save(folder / "formulaire.xlsx")
        else:
            apart = annex in ("xlsx", "ods", "csv", "zip")
            write_form(values, style, layout, with_budget=not apart).save(folder / "formulaire.docx")
            if form != "docx":
                convert(folder / "formulaire.docx", form)
            if apart:
                write_annex(values, style, seed).save(folder / "annexe.xlsx")
                # LibreOffice stores the results of formulas, which openpyxl does not.
                if annex in ("ods", "csv"):
                    convert(folder / "annexe.xlsx", "ods" if annex == "ods" else 'csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,1')
        if annex == "zip":
            files = [path for path in folder.iterdir()]
            with zipfile.ZipFile(folder / "dossier.zip", "w", zipfile.ZIP_DEFLATED) as archive:
                for path in files:
                    archive.write(path, f"Dossier à déposer/{path.name}")
            for path in files:
                path.unlink()
        (folder / "expected.json").write_text(json.dumps({"heldOut": vocabulary == "untuned", "layout": layout, "fields": content.expected(values)}, ensure_ascii=False, indent=1), encoding="utf-8")
        print(name, layout, form, annex, file=sys.stderr)


if __name__ == "__main__":
    main()
