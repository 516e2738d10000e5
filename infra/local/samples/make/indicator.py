"""An impact indicator, as a form shows it: a table of its own, or a row of a table of all."""

import dataclasses
import datetime
from decimal import Decimal

from french import number


def date(day: str) -> datetime.date:
    """A date typed `2024-07-01`."""
    return datetime.date.fromisoformat(day)


@dataclasses.dataclass(frozen=True)
class Indicator:
    """What is measured, from where to where, and by whom."""

    name: str
    definition: str
    unit: str
    baseline: str
    baseline_on: str
    target: str
    target_on: str
    steps: tuple[tuple[str, str], ...]
    source: str
    method: str
    frequency: str
    owner: str

    def facts(self) -> list[tuple[str, str]]:
        """A row a property."""
        return [
            ("Intitulé de l'indicateur", self.name),
            ("Définition", self.definition),
            ("Unité", self.unit),
            ("Valeur de référence", _value(self.baseline, self.unit)),
            ("Date de la valeur de référence", _slashes(self.baseline_on)),
            ("Valeur cible", _value(self.target, self.unit)),
            ("Date de la cible", _slashes(self.target_on)),
            ("Cibles intermédiaires", "\n".join(f"{_slashes(on)} : {_value(value, self.unit)}" for on, value in self.steps)),
            ("Source des données", self.source),
            ("Méthode de calcul", self.method),
            ("Fréquence de mesure", self.frequency),
            ("Responsable de la mesure", self.owner),
        ]

    HEADERS = ["Indicateur", "Définition", "Unité", "Valeur initiale", "Date de la valeur initiale", "Cible", "Date cible", "Cibles à six mois",
               "Source", "Méthode", "Fréquence", "Qui mesure"]

    def row(self) -> list[str]:
        """A column a property."""
        return [self.name, self.definition, self.unit, number(Decimal(self.baseline)), _slashes(self.baseline_on), number(Decimal(self.target)),
                _slashes(self.target_on), "\n".join(f"{_slashes(on)} : {number(Decimal(value))}" for on, value in self.steps),
                self.source, self.method, self.frequency, self.owner]


def _slashes(day: str) -> str:
    return date(day).strftime("%d/%m/%Y")


def _value(value: str, unit: str) -> str:
    return number(Decimal(value)) + (" %" if unit == "%" else "")
