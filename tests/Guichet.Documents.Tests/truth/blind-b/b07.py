"""A heritage institution: an ODT in prose with a few tables, as a LibreOffice user lays it out."""
from odf.opendocument import OpenDocumentText
from odf.style import Style, TableCellProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import H, List, ListItem, P, Span

import bench


class Text:
    def __init__(self):
        self.document = OpenDocumentText()
        self.bold = Style(name="Gras", family="text")
        self.bold.addElement(TextProperties(fontweight="bold"))
        self.boxed = Style(name="Cadre", family="table-cell")
        self.boxed.addElement(TableCellProperties(border="0.5pt solid #444444", padding="0.1cm"))
        for style in (self.bold, self.boxed):
            self.document.automaticstyles.addElement(style)

    def head(self, text, level=1):
        self.document.text.addElement(H(outlinelevel=level, text=text))

    def say(self, text, bold=""):
        line = P()
        if bold:
            line.addElement(Span(stylename=self.bold, text=bold))
        line.addText(text)
        self.document.text.addElement(line)

    def dots(self, *lines):
        dots = List()
        for text in lines:
            item = ListItem()
            item.addElement(P(text=text))
            dots.addElement(item)
        self.document.text.addElement(dots)

    def grid(self, lines):
        table = Table(name=f"Tableau{len(self.document.text.childNodes)}")
        table.addElement(TableColumn(numbercolumnsrepeated=len(lines[0])))
        for line in lines:
            row = TableRow()
            for text in line:
                cell = TableCell(stylename=self.boxed, valuetype="string")
                cell.addElement(P(text=text))
                row.addElement(cell)
            table.addElement(row)
        self.document.text.addElement(table)
        self.document.text.addElement(P())


def make(jobs):
    note = Text()
    note.head("Projet « Inventaire vivant » – note à l’attention de la DITP")
    note.say("Conservatoire national des jardins et paysages, mars 2023")
    note.head("1) Le porteur", 2)
    note.say("Conservatoire national des jardins et paysages", "Établissement : ")
    note.say("13002345600010", "Siret : ")
    note.say("Établissement public national à caractère industriel et commercial, placé sous la tutelle du ministère de la Culture.", "Régime : ")
    note.say("Olivier Da Costa, chef du département numérique. On peut le joindre au 02 99 00 19 64 ou à l’adresse o.dacosta@exemple-jardins.fr.", "Chef de projet et contact : ")
    note.say("Mme Isabelle Fontanel, directrice générale de l’établissement.", "Sponsor : ")
    note.head("2) L’ambition", 2)
    note.say("Les relevés botaniques de 2 400 jardins dorment dans des classeurs. « Inventaire vivant » (sigle : INVIV) les numérise, les relie au référentiel TAXREF et les ouvre à tous, pour que les gestionnaires choisissent des espèces qui résistent à la chaleur.")
    note.say("Mise à disposition de données (open data et API).", "Nature du projet : ")
    note.say("Adaptation au changement climatique", "Politique prioritaire : ")
    note.say("gestionnaires de jardins publics, chercheurs, pépiniéristes", "Bénéficiaires : ")
    note.head("3) Les étapes", 2)
    note.say("Le projet dure 20 mois, du 2 mai 2023 au 31 décembre 2024. Le premier impact est attendu pour le 1er mars 2024.")
    note.grid([["Étapes", "Dates prévues"], ["Numérisation de 300 jardins tests", "29 septembre 2023"], ["Mise en ligne de l’API", "1er mars 2024"], ["2 400 jardins en ligne", "29 novembre 2024"]])
    note.say("ouverture progressive, région par région, avec un correspondant dans chaque DRAC.", "Déploiement : ")
    note.head("4) Le plan de financement", 2)
    note.say("Le projet coûte 198 750 € TTC. Le Conservatoire sollicite 95 000 € et en finance lui-même 73 750 €. Le reste vient de la Fondation du patrimoine végétal (30 000 €).")
    note.grid([
        ["Dépense", "Type", "Montant TTC"],
        ["Botaniste et chef de projet", "RH interne", "61 250 €"], ["Numérisation des relevés", "Prestation", "72 000 €"], ["Développement de l’API", "Prestation", "43 500 €"],
        ["Hébergement", "Infrastructure", "9 600 €"], ["Licence d’OCR", "Logiciel", "7 400 €"], ["Journées portes ouvertes", "Communication", "5 000 €"], ["TOTAL", "", "198 750 €"]])
    note.head("5) Ce que le projet changera", 2)
    note.grid([
        ["", "M1 – Réutilisations des fichiers", "M3 – Délai d’obtention d’un relevé"],
        ["Définition", "Projets déclarés sur data.gouv.fr", "Temps entre la demande d’un tiers et l’accès"],
        ["Unité", "projets", "jours"], ["Valeur de référence", "0", "60"], ["Date de référence", "31/03/2023", "31/03/2023"],
        ["Valeur cible", "40", "0"], ["Date cible", "31/12/2024", "31/12/2024"], ["Source", "data.gouv.fr", "Registre des demandes"], ["Périodicité", "Trimestrielle", "Semestrielle"]])
    note.say("entretiens avec trente gestionnaires avant et après l’ouverture.", "Évaluation de l’impact : ")
    note.head("6) Les données", 2)
    note.dots("Relevés botaniques – détenus par le Conservatoire ; ni personnels ni sensibles ; pas encore disponibles ; qualité variable",
              "Référentiel TAXREF – détenu par le Muséum ; ni personnel ni sensible ; disponible ; bonne qualité",
              "Annuaire des gestionnaires – détenu par le Conservatoire ; données personnelles, non sensibles ; disponible ; qualité correcte")
    note.say("L. 321-1 du code des relations entre le public et l’administration", "Base légale : ")
    note.say("non", "AIPD effectuée : ")
    note.say("Étienne Rossignol (dpo@exemple-jardins.fr)", "Délégué à la protection des données : ")
    note.head("7) La technique", 2)
    note.say("chaîne d’OCR, base PostGIS et API en Django", "Solution technique : ")
    note.say("TAXREF, API Géo, udata", "Briques réutilisées : ")
    note.say("reconnaissance de l’écriture manuscrite, car la saisie de 90 000 pages prendrait quinze ans", "Intelligence artificielle : ")
    note.say("localisation d’espèces rares qui attirent les cueilleurs", "Risques éthiques : ")
    note.head("8) Nos engagements", 2)
    note.dots("Code source ouvert : oui, sous licence CeCILL 2.1", "Dépôt : https://codeberg.org/exemple-jardins/inviv", "api.gouv.fr : oui", "data.gouv.fr : oui", "RGAA : oui", "Écoconception : non, pas dans cette phase")
    note.head("9) L’organisation", 2)
    note.dots("Chef de projet : 0,6 ETP", "Botaniste : 1 ETP", "Développeur : 0,5 ETP")
    note.say("comité de pilotage tous les quatre mois avec le ministère et la DITP", "Gouvernance : ")
    note.grid([["Risque", "Probabilité et gravité", "Ce que nous ferons"], ["Écritures illisibles", "Élevée", "Relecture par des bénévoles"], ["Départ du botaniste", "Modérée", "Convention avec le Muséum"]])
    note.say("infrastructure", "Accompagnement souhaité : ")
    source = bench.folder(7) / "note_inventaire_vivant.odt"
    bench.save(note.document, source)
