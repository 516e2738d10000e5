"""French as it is printed: apostrophes, unbreakable spaces, amounts."""

import re
from decimal import Decimal

NARROW = "\u202f"
UNBREAKABLE = "\u00a0"


def printed(text: str) -> str:
    """Typed French to printed French."""
    text = text.replace("'", "’").replace("« ", "«" + UNBREAKABLE).replace(" »", UNBREAKABLE + "»")
    text = re.sub(r" ([;!?])", NARROW + r"\1", text)
    return re.sub(r" ([:%€])", UNBREAKABLE + r"\1", text)


def euros(amount: Decimal, space: str = NARROW) -> str:
    """`1 234,50 €`, grouped by the space given; people use any of three."""
    whole, cents = f"{amount:.2f}".split(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", space, whole)
    return f"{grouped},{cents}{space if space == ' ' else UNBREAKABLE}€"


def number(value: Decimal | int, space: str = NARROW) -> str:
    """`60 000`, `6,5`."""
    whole, _, rest = str(value).partition(".")
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", space, whole) + ("," + rest if rest else "")
