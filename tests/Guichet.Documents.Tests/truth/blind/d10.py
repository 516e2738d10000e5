"""A statistical office makes its form in LibreOffice Writer: tables whose cells span, titles of rows on the left, indicators side by side."""
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TableCellProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import H, LineBreak, P
from office import folder, freeze


class Text:
    def __init__(self):
        self.document = OpenDocumentText()
        self.frame = Style(name="cadre", family="table-cell")
        self.frame.addElement(TableCellProperties(border="0.05pt solid #000000", padding="0.1cm"))
        self.grey = Style(name="gris", family="table-cell")
        self.grey.addElement(TableCellProperties(border="0.05pt solid #000000", padding="0.1cm", backgroundcolor="#dddddd"))
        self.bold = Style(name="gras", family="paragraph")
        self.bold.addElement(TextProperties(fontweight="bold"))
        self.bold.addElement(ParagraphProperties(textalign="center"))
        for style in (self.frame, self.grey, self.bold):
            self.document.automaticstyles.addElement(style)
        self.tables = 0

    def title(self, text):
        self.document.text.addElement(H(outlinelevel=1, text=text))

    def say(self, text):
        self.document.text.addElement(P(text=text))

    def table(self, columns, lines):
        """A cell is a text, or (text, columns spanned), or (text, columns spanned, rows spanned); None is a covered cell."""
        self.tables += 1
        table = Table(name=f"Tableau{self.tables}")
        table.addElement(TableColumn(numbercolumnsrepeated=columns))
        for line in lines:
            row = TableRow()
            for value in line:
                if value is None:
                    row.addElement(CoveredTableCell())
                    continue
                text, wide, high = (value if isinstance(value, tuple) else (value,)) + (1, 1)[len(value) - 1 if isinstance(value, tuple) else 0:]
                spans = {}
                if wide > 1:
                    spans["numbercolumnsspanned"] = wide
                if high > 1:
                    spans["numberrowsspanned"] = high
                cell = TableCell(stylename=self.grey if wide > 1 or high > 1 else self.frame, **spans)
                paragraph = P(stylename=self.bold) if wide == columns else P()
                for i, part in enumerate(text.split("\n")):
                    if i:
                        paragraph.addElement(LineBreak())
                    paragraph.addText(part)
                cell.addElement(paragraph)
                row.addElement(cell)
                for _ in range(wide - 1):
                    row.addElement(CoveredTableCell())
            table.addElement(row)
        self.document.text.addElement(table)
        self.say("")


def make(jobs):
    t = Text()
    t.title("Fiche de candidature")
    t.table(3, [
        [("Identification", 3)],
        [("Service candidat", 1, 4), "Nom", "Office des statistiques du logement"], [None, "SIRET", "130 029 127 00011"], [None, "Statut", "Opérateur de l’État (EPA)"],
        [None, "Ministère", "Ministère de la Ville et du Logement"],
        [("Personne référente", 1, 4), "Nom", "Mme Hafida Benkirane"], [None, "Fonction", "Responsable de la division diffusion"], [None, "Courriel", "h.benkirane@exemple-logement.fr"],
        [None, "Tél.", "01 99 00 31 07"],
        [("Sponsor", 1, 2), "Nom", "M. Étienne Vasseur"], [None, "Fonction", "Directeur général"]])
    t.table(2, [
        [("Projet", 2)], ["Titre", "Ouvrir les loyers observés à l’échelle du quartier"], ["Acronyme", "LOYQUA"],
        ["Présentation", "L’office collecte trois millions de loyers par an et n’en diffuse que des moyennes départementales. Le projet produit des indicateurs de quartier, "
         "protégés par le secret statistique, et les met à disposition en fichiers et par API."],
        ["Type de projet", "Mise à disposition de données à des tiers"], ["Politique prioritaire", "Logement abordable"], ["Utilisateurs visés", "Collectivités, observatoires locaux, bailleurs, presse"],
        ["Période de réalisation", "du 1er mars 2024 au 28 février 2025"], ["Première mise en ligne (premier impact)", "juillet 2024"],
        ["Déploiement", "Dix agglomérations en 2024, cinquante en 2025."], ["Solution technique", "Chaîne R existante, entrepôt Parquet et API en lecture"], ["Briques réutilisées", "data.gouv.fr, Base Adresse Nationale"]])
    t.title("Budget")
    t.table(4, [
        ["Nature", "Libellé", "HT", "TTC"], [("Dépenses de personnel", 1, 2), "Statisticiens", "98 000 €", "98 000 €"], [None, "Ingénieur de développement", "62 000 €", "62 000 €"],
        [("Prestations externes", 1, 2), "Conception de l’API", "55 000 €", "66 000 €"], [None, "Étude des besoins", "20 000 €", "24 000 €"], ["Infrastructure", "Hébergement", "10 000 €", "12 000 €"],
        [("Total", 2), "245 000 €", "262 000 €"]])
    t.table(2, [[("Financement", 2)], ["Guichet (demande)", "131 000 €"], ["Office", "111 000 €"], ["Autre : Caisse des dépôts", "20 000 €"]])
    t.title("Indicateurs")
    t.table(4, [
        ["", "M1", "M2", "M3"], ["Nom", "Projets réutilisateurs", "Appels à l’API", "Délai d’accès"], ["Définition", "Réutilisations déclarées", "Transmissions effectives", "De la demande à l’ouverture du droit"],
        ["Unité", "projets", "appels", "jours"], ["Valeur de départ", "4", "0", "30"], ["Mesurée le", "31/12/2023", "31/12/2023", "31/12/2023"], ["Cible", "40", "250 000", "2"],
        ["À atteindre le", "28/02/2025", "28/02/2025", "28/02/2025"], ["Source", "data.gouv.fr", "Journaux", "Registre"], ["Fréquence", "semestrielle", "mensuelle", "semestrielle"]])
    t.say("Évaluation de l’impact : enquête auprès des observatoires locaux avant l’ouverture, puis un an après.")
    t.title("Données et droit")
    t.table(4, [["Source", "Détenteur", "Personnelles / sensibles", "Disponibles"], ["Enquête loyers", "Office", "oui / non", "oui"], ["Fichiers fonciers", "Cerema", "oui / non", "oui"]])
    t.table(2, [["Base légale", "Loi du 7 juin 1951 sur les statistiques"], ["AIPD", "oui"], ["DPD", "dpd@exemple-logement.fr"]])
    t.title("Engagements")
    t.table(2, [["Code ouvert", "oui"], ["Licence du code", "EUPL"], ["Dépôt", "https://git.exemple.fr/loyqua"], ["api.gouv.fr", "oui"], ["data.gouv.fr", "oui"], ["RGAA", "oui"], ["Écoresponsabilité", "oui"]])
    t.title("Équipe et risques")
    t.table(2, [["Rôle", "ETP"], ["Statisticien", "1,5"], ["Développeur", "1"], ["Cheffe de projet", "0,3"]])
    t.table(3, [["Risque", "Gravité", "Réponse"], ["Atteinte au secret statistique", "élevée", "Seuil de diffusion de onze observations"], ["Retard de l’API", "faible", "Ouverture des fichiers d’abord"]])
    path = folder(10) / "fiche_candidature.odt"
    t.document.save(path)
    freeze(path)
