"""The sponsor's letter, by which a director commits the administration."""

import dataclasses
import pathlib
import tempfile

from form import Form, Look
from package import convert


@dataclasses.dataclass(frozen=True)
class Letter:
    """A letter to the guichet."""

    ministry: list[str]
    direction: str
    place_and_date: str
    subject: str
    paragraphs: tuple[str, ...]
    signed_by: tuple[str, ...]
    """The sponsor's role, then name."""

    def save(self, target: pathlib.Path, look: Look) -> None:
        """As a Word document, or as a PDF where the name of `target` says so."""
        form = Form(dataclasses.replace(look, size=11), "Lettre d'engagement du sponsor", self.signed_by[-1], "Lettre d'engagement")
        form.banner(self.ministry, self.direction)
        form.right(self.place_and_date)
        form.left("À l'attention de la direction interministérielle du numérique,",
                  "guichet « Exploitation et valorisation des données » du Fonds pour la transformation de l'action publique")
        form.line("Objet", self.subject, after=18)
        form.text("Madame, Monsieur,", *self.paragraphs,
                  "Je vous prie d'agréer, Madame, Monsieur, l'expression de ma considération distinguée.")
        form.signature("", *self.signed_by, "Signé électroniquement")
        if target.suffix != ".pdf":
            form.save(target)
            return
        with tempfile.TemporaryDirectory() as scratch:
            source = pathlib.Path(scratch, "lettre.docx")
            form.save(source)
            convert(source, target)
