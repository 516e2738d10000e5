"""A budget, and the workbook that an administration joins to its form."""

import dataclasses
import pathlib
from decimal import Decimal

import xlsxwriter

from french import printed
from package import WRITTEN, save_stable

RH, PRESTATION, LICENCE, INFRASTRUCTURE, FORMATION, COMMUNICATION, AUTRE = (
    "RH interne", "Prestation", "Logiciel et licences", "Infrastructure", "Formation", "Communication", "Autre")


@dataclasses.dataclass(frozen=True)
class Line:
    """One expense, all taxes included."""

    category: str
    label: str
    period: str
    amount: Decimal
    vat: Decimal = Decimal("0.20")


@dataclasses.dataclass(frozen=True)
class Budget:
    """What a project costs and who pays for it."""

    lines: tuple[Line, ...]
    total: Decimal
    requested: Decimal
    own: Decimal
    other: tuple[tuple[str, Decimal], ...] = ()

    def __post_init__(self) -> None:
        if self.requested + self.own + sum(amount for _, amount in self.other) != self.total:
            raise ValueError(f"The financing plan does not add up to {self.total}.")

    @property
    def sum_of_lines(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def periods(self) -> list[str]:
        return sorted({line.period for line in self.lines})

    def of(self, period: str) -> list[Line]:
        return [line for line in self.lines if line.period == period]

    def sound(self) -> "Budget":
        """The budget itself, where its lines add up; a sample that means to be wrong does not ask."""
        if self.sum_of_lines != self.total:
            raise ValueError(f"The lines add up to {self.sum_of_lines}, not to {self.total}.")
        if any((line.amount / (1 + line.vat)) % Decimal("0.01") for line in self.lines):
            raise ValueError("A line without tax has a fraction of a cent.")
        return self


def line(category: str, label: str, period: str, amount: str, vat: str = "0.20") -> Line:
    """A line; staff, grants and research carry no value added tax."""
    return Line(category, label, period, Decimal(amount), Decimal(0) if category == RH else Decimal(vat))


class Workbook:
    """A workbook whose formulas carry their values, as the spreadsheet that wrote them would have left them."""

    def __init__(self, title: str, author: str, colour: str) -> None:
        self._title, self._author, self._colour = printed(title), author, colour
        self._sheets: list = []

    def save(self, target: pathlib.Path) -> None:
        save_stable(self._write, target)

    def by_line(self, budget: Budget, without_tax: bool = False, subtotals: bool = True, typed_total: bool = False) -> None:
        """A line a row, a subtotal a year; `typed_total` is a total that somebody typed and no formula keeps right."""
        self._sheets.append(("Budget", lambda sheet, look: _by_line(sheet, look, self._title, budget, without_tax, subtotals, typed_total)))

    def by_year(self, budget: Budget) -> None:
        """A column a year, a line an expense."""
        self._sheets.append(("Budget prévisionnel", lambda sheet, look: _by_year(sheet, look, self._title, budget)))

    def financing(self, budget: Budget, words: tuple[str, str] = ("Cofinancement demandé au FTAP", "Part financée par le porteur")) -> None:
        """Who pays."""
        self._sheets.append(("Plan de financement", lambda sheet, look: _financing(sheet, look, self._title, budget, words)))

    def remarks(self, *remarks: str) -> None:
        """How the amounts were arrived at."""
        self._sheets.append(("Hypothèses", lambda sheet, look: _remarks(sheet, look, remarks)))

    def _write(self, stream) -> None:
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        book.set_properties({"title": self._title, "author": self._author, "created": WRITTEN})
        look = _Look(book, self._colour)
        for name, fill in self._sheets:
            sheet = book.add_worksheet(name)
            sheet.hide_gridlines(2)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.set_footer("&C&8Document de démonstration, contenu fictif · &A · page &P / &N")
            fill(sheet, look)
        book.close()


class _Look:
    def __init__(self, book, colour: str) -> None:
        money = '#,##0.00\\ [$€-40C];-#,##0.00\\ [$€-40C];"–"'
        edge = {"border": 1, "border_color": "#A6A6A6", "font_name": "Arial", "font_size": 10, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_name": "Arial", "font_color": "#" + colour})
        self.subtitle = book.add_format({"italic": True, "font_size": 9, "font_name": "Arial", "font_color": "#555555"})
        self.header = book.add_format(edge | {"bold": True, "bg_color": "#" + colour, "font_color": "#FFFFFF", "text_wrap": True, "align": "center"})
        self.text = book.add_format(edge | {"text_wrap": True})
        self.money = book.add_format(edge | {"num_format": money})
        self.rate = book.add_format(edge | {"num_format": "0 %"})
        self.share = book.add_format(edge | {"num_format": "0.0 %"})
        strong = edge | {"bold": True, "bg_color": "#EEF0FA"}
        self.strong, self.strong_money = book.add_format(strong), book.add_format(strong | {"num_format": money})
        self.strong_share = book.add_format(strong | {"num_format": "0.0 %"})
        self.plain = book.add_format({"font_name": "Arial", "font_size": 10, "text_wrap": True, "valign": "top"})


def _head(sheet, look: _Look, title: str, subtitle: str, headers: list[str], widths: list[float]) -> int:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write(0, 0, title, look.title)
    sheet.write(1, 0, printed(subtitle), look.subtitle)
    sheet.set_row(3, 30)
    for column, header in enumerate(headers):
        sheet.write(3, column, printed(header), look.header)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    return 4


def _by_line(sheet, look: _Look, title: str, budget: Budget, without_tax: bool, subtotals: bool, typed_total: bool) -> None:
    headers = ["Catégorie de dépense", "Libellé", "Période"] + (["Montant HT", "TVA", "Montant TTC"] if without_tax else ["Montant TTC"])
    last = len(headers) - 1
    amounts = "ABCDEF"[last]
    row = _head(sheet, look, title, "Montants en euros. Les dépenses de personnel ne portent pas de TVA.", headers, [24, 58, 12, 17, 9, 18][:last] + [18])
    parts, first = [], row
    for period in budget.periods:
        begins = row
        for expense in budget.of(period):
            sheet.write(row, 0, expense.category, look.text)
            sheet.write(row, 1, printed(expense.label), look.text)
            sheet.write(row, 2, period, look.text)
            if without_tax:
                sheet.write_number(row, 3, float(expense.amount / (1 + expense.vat)), look.money)
                sheet.write_number(row, 4, float(expense.vat), look.rate)
                sheet.write_formula(row, 5, f"=ROUND(D{row + 1}*(1+E{row + 1}),2)", look.money, float(expense.amount))
            else:
                sheet.write_number(row, last, float(expense.amount), look.money)
            row += 1
        if subtotals:
            _band(sheet, look, row, last, f"Sous-total {period}", f"=SUM({amounts}{begins + 1}:{amounts}{row})", sum(e.amount for e in budget.of(period)))
            parts.append(f"{amounts}{row + 1}")
            row += 1
    if typed_total:
        _band(sheet, look, row, last, "Coût total TTC", None, budget.total)
    else:
        formula = "=" + "+".join(parts) if parts else f"=SUM({amounts}{first + 1}:{amounts}{row})"
        _band(sheet, look, row, last, "Coût total TTC", formula, budget.total)


def _band(sheet, look: _Look, row: int, last: int, label: str, formula: str | None, value: Decimal) -> None:
    sheet.write(row, 0, printed(label), look.strong)
    for column in range(1, last):
        sheet.write_blank(row, column, None, look.strong)
    if formula:
        sheet.write_formula(row, last, formula, look.strong_money, float(value))
    else:
        sheet.write_number(row, last, float(value), look.strong_money)


def _by_year(sheet, look: _Look, title: str, budget: Budget) -> None:
    periods = budget.periods
    last = 2 + len(periods)
    letters = "ABCDEFG"
    row = first = _head(sheet, look, title, "Montants en euros, toutes taxes comprises.", ["Poste", "Nature de la dépense", *periods, "Total TTC"],
                        [22, 60] + [16] * len(periods) + [18])
    for category, label in dict.fromkeys((expense.category, expense.label) for expense in budget.lines):
        sheet.write(row, 0, category, look.text)
        sheet.write(row, 1, printed(label), look.text)
        total = Decimal(0)
        for column, period in enumerate(periods, start=2):
            amount = sum((e.amount for e in budget.of(period) if (e.category, e.label) == (category, label)), Decimal(0))
            total += amount
            sheet.write_number(row, column, float(amount), look.money)
        sheet.write_formula(row, last, f"=SUM(C{row + 1}:{letters[last - 1]}{row + 1})", look.money, float(total))
        row += 1
    sheet.write(row, 0, "Total", look.strong)
    sheet.write_blank(row, 1, None, look.strong)
    for column, value in enumerate([sum(e.amount for e in budget.of(period)) for period in periods] + [budget.total], start=2):
        sheet.write_formula(row, column, f"=SUM({letters[column]}{first + 1}:{letters[column]}{row})", look.strong_money, float(value))


def _financing(sheet, look: _Look, title: str, budget: Budget, words: tuple[str, str]) -> None:
    row = first = _head(sheet, look, title, "Plan de financement, toutes taxes comprises.", ["Financeur", "Montant TTC", "Part du total"], [58, 20, 16])
    sources = [(words[0], budget.requested), (words[1], budget.own), *((f"Autre financement : {who}", amount) for who, amount in budget.other)]
    end = first + len(sources)
    for who, amount in sources:
        sheet.write(row, 0, printed(who), look.text)
        sheet.write_number(row, 1, float(amount), look.money)
        sheet.write_formula(row, 2, f"=B{row + 1}/B{end + 1}", look.share, float(amount / budget.total))
        row += 1
    sheet.write(row, 0, "Total des ressources", look.strong)
    sheet.write_formula(row, 1, f"=SUM(B{first + 1}:B{end})", look.strong_money, float(budget.total))
    sheet.write_formula(row, 2, f"=SUM(C{first + 1}:C{end})", look.strong_share, 1)


def _remarks(sheet, look: _Look, remarks: tuple[str, ...]) -> None:
    sheet.set_column(0, 0, 110)
    sheet.write(0, 0, "Hypothèses de chiffrage", look.title)
    for row, remark in enumerate(remarks, start=2):
        sheet.write(row, 0, printed(remark), look.plain)
