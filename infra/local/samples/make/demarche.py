"""A dossier as the GraphQL API of démarche.numerique gives it: champs, blocks that repeat, attachments."""

import base64
import hashlib
import pathlib
from decimal import Decimal

_MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]

UPDATED = "2024-03-12T16:42:18+01:00"


def identifier(kind: str, number: int | str) -> str:
    """The API's opaque identifiers: `Q2hhbXAtMTIz` is `Champ-123`."""
    return base64.b64encode(f"{kind}-{number}".encode()).decode()


class Champs:
    """The answers to a form, in its order. Numbers of champs run on from a first, as on the platform."""

    def __init__(self, first: int) -> None:
        self._next = first
        self.made: list[dict] = []

    def section(self, label: str, level: str = "1") -> None:
        self._add("HeaderSectionChamp", label, "", level=level)

    def text(self, label: str, value: str) -> None:
        self._add("TextChamp", label, value)

    def decimal(self, label: str, value: str) -> None:
        self._add("DecimalNumberChamp", label, value, decimalNumber=_number(value))

    def integer(self, label: str, value: int) -> None:
        self._add("IntegerNumberChamp", label, str(value), integerNumber=str(value))

    def day(self, label: str, value: str) -> None:
        self._add("DateChamp", label, _long_date(value), date=value)

    def box(self, label: str, ticked: bool) -> None:
        self._add("CheckboxChamp", label, str(ticked).lower(), checked=ticked)

    def yes_no(self, label: str, answer: bool) -> None:
        self._add("YesNoChamp", label, str(answer).lower(), selected=answer)

    def choice(self, label: str, value: str) -> None:
        self._add("DropDownListChamp", label, value, value=value)

    def choices(self, label: str, *values: str) -> None:
        self._add("MultipleDropDownListChamp", label, ", ".join(values), values=list(values))

    def establishment(self, label: str, establishment: dict) -> None:
        self._add("SiretChamp", label, establishment["siret"], etablissement=establishment)

    def files(self, label: str, *paths: pathlib.Path) -> None:
        self._add("PieceJustificativeChamp", label, None, files=[_file(path) for path in paths])

    def block(self, label: str, rows: list, fill) -> None:
        """A block that repeats: `fill(champs, row)` writes each row, all with the same descriptors."""
        stable = self._next
        champ = self._add("RepetitionChamp", label, "")
        first, made = self._next, []
        for index, row in enumerate(rows, start=1):
            key = f"01HRS7QKZ{stable:07d}{index:010d}"
            inner = Champs(first)
            fill(inner, row)
            for answer in inner.made:
                answer["id"] = base64.b64encode(base64.b64decode(answer["id"]) + b"|" + key.encode()).decode()
            made.append({"id": identifier("Row", key), "champs": inner.made})
            self._next = inner._next
        champ["rows"] = made

    def _add(self, kind: str, label: str, string_value: str | None, **value) -> dict:
        stable = identifier("Champ", self._next)
        self._next += 1
        self.made.append({"__typename": kind, "id": stable, "champDescriptorId": stable, "label": label, "stringValue": string_value,
                          "updatedAt": UPDATED, "prefilled": False, **value})
        return self.made[-1]


def envelope(number: int, email: str, demarche: dict, applicant: dict, champs: list[dict]) -> dict:
    """The answer to the stored query getDossier."""
    deposited = "2024-03-12T16:45:02+01:00"
    return {"data": {"dossier": {
        "__typename": "Dossier", "id": identifier("Dossier", number), "number": number, "archived": False, "prefilled": False,
        "state": "en_construction", "dateDepot": deposited, "datePassageEnConstruction": deposited, "datePassageEnInstruction": None,
        "dateTraitement": None, "dateExpiration": None, "dateSuppressionParUsager": None, "dateSuppressionParAdministration": None,
        "dateDerniereModification": deposited, "dateDerniereModificationChamps": UPDATED,
        "dateDerniereModificationAnnotations": deposited, "dateDerniereCorrectionEnAttente": None, "motivation": None,
        "motivationAttachment": None, "attestation": None, "pdf": None, "usager": {"id": identifier("User", 81734), "email": email},
        "deposeParUnTiers": False, "nomMandataire": None, "prenomMandataire": None, "connectionUsager": "password",
        "groupeInstructeur": {"id": identifier("GroupeInstructeur", 4127), "number": 4127, "label": "défaut", "closed": False, "instructeurs": []},
        "instructeurs": [], "demandeur": applicant, "demarche": demarche, "traitements": [], "champs": champs, "annotations": [],
        "avis": [], "messages": [], "labels": []}}}


def _number(value: str) -> int | float:
    exact = Decimal(value)
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _long_date(value: str) -> str:
    year, month, day = value.split("-")
    return f"{day} {_MONTHS[int(month) - 1]} {year}"


def _file(path: pathlib.Path) -> dict:
    content = path.read_bytes()
    kinds = {".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".pdf": "application/pdf"}
    return {"__typename": "File", "filename": path.name, "contentType": kinds[path.suffix],
            "checksum": base64.b64encode(hashlib.md5(content).digest()).decode(), "byteSize": str(len(content)),
            # The platform's addresses end after an hour: whoever reads the dossier needs the file itself beside it.
            "url": f"https://fichiers.exemple.gouv.fr/{path.name}?expires=1710262800", "createdAt": UPDATED, "virusScanResult": "safe"}
