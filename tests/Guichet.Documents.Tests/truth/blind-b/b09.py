"""A prison administration's agency: a PDF form of three pages with the labels to the left of its fields; the budget in an ODS."""
from openpyxl import Workbook
from openpyxl.styles import Font
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import bench


class Form:
    def __init__(self, path):
        self.canvas = Canvas(str(path), pagesize=A4, invariant=True)
        self.y = 770
        self.names = set()

    def title(self, text):
        self.y -= 14
        self.canvas.setFillColor(HexColor("#333377"))
        self.canvas.setFont("Times-Bold", 12)
        self.canvas.drawString(50, self.y, text)
        self.canvas.line(50, self.y - 3, 545, self.y - 3)
        self.canvas.setFillColor(black)
        self.y -= 8

    def turn(self):
        self.canvas.showPage()
        self.y = 800

    def field(self, name, label, value, height=15):
        self.y -= height + 4
        self.canvas.setFont("Times-Roman", 9)
        self.canvas.drawString(50, self.y + height - 11, label)
        self.canvas.acroForm.textfield(name=name, value=bench.typed(value), x=235, y=self.y, width=310, height=height, fontSize=8.5, borderWidth=0.5, fieldFlags="multiline" if height > 20 else "")

    def yes_no(self, name, label, yes):
        self.y -= 18
        self.canvas.setFont("Times-Roman", 9)
        self.canvas.drawString(50, self.y + 3, label)
        for i, (word, ticked) in enumerate((("Oui", yes), ("Non", not yes))):
            self.canvas.acroForm.checkbox(name=f"{name}_{word.lower()}", checked=ticked, x=400 + 60 * i, y=self.y, size=11, buttonStyle="cross")
            self.canvas.drawString(415 + 60 * i, self.y + 3, word)

    def choice(self, name, label, value, options):
        self.y -= 19
        self.canvas.setFont("Times-Roman", 9)
        self.canvas.drawString(50, self.y + 4, label)
        self.canvas.acroForm.choice(name=name, value=bench.typed(value), options=[bench.typed(option) for option in options], x=235, y=self.y, width=310, height=15, fontSize=8.5, borderWidth=0.5)


def make(jobs):
    form = Form(bench.folder(9) / "AAP_formulaire_ATIP.pdf")
    form.canvas.setFont("Times-Bold", 16)
    form.canvas.drawString(50, 790, "Dossier de candidature")
    form.title("Le candidat")
    form.field("organisme", "Nom de l’organisme", "Agence du travail et de l’insertion en prison")
    form.field("siret", "SIRET (14 chiffres)", "13002611100018")
    form.choice("statut", "Catégorie juridique", "Service à compétence nationale", ["Administration centrale", "Service à compétence nationale", "Établissement public"])
    form.field("ministere", "Ministère", "Ministère de la Justice")
    form.field("contact_nom", "Contact : nom", "Lucie Amsellem")
    form.field("contact_fonction", "Contact : fonction", "Cheffe de la mission données")
    form.field("contact_mel", "Contact : adresse électronique", "lucie.amsellem@exemple-justice.fr")
    form.field("contact_tel", "Contact : téléphone", "01 99 00 70 23")
    form.field("sponsor_nom", "Sponsor : nom", "Gérald Pinchon")
    form.field("sponsor_fonction", "Sponsor : fonction", "Directeur de l’agence")
    form.title("Le projet")
    form.field("titre", "Titre", "Une formation pour chaque sortant de détention")
    form.field("acronyme", "Acronyme", "REBOND")
    form.choice("type", "Type de projet", "Proactivité", ["Proactivité", "Mise à disposition de données", "Amélioration d’une politique publique"])
    form.field("resume", "Résumé", "Six mois avant la sortie, REBOND repère les droits à formation de chaque personne détenue, l’en informe et transmet son dossier à la mission locale ou à Pôle emploi.", 42)
    form.field("ppg", "Politique prioritaire", "Plein emploi")
    form.field("benef", "Bénéficiaires", "60 000 personnes qui sortent de détention chaque année")
    form.field("debut", "Date de début", "01/01/2024")
    form.field("fin", "Date de fin", "30/06/2025")
    form.field("impact1", "Date du premier impact", "01/10/2024")
    form.field("deploiement", "Stratégie de déploiement", "Cinq maisons d’arrêt, puis les dix directions interrégionales, deux par mois.", 28)
    for i, (label, date) in enumerate((("Accès aux droits ouverts par API", "29/03/2024"), ("Cinq maisons d’arrêt équipées", "01/10/2024"), ("Dix directions équipées", "31/05/2025")), 1):
        form.field(f"jalon{i}", f"Jalon {i} (intitulé)", label)
        form.field(f"jalon{i}_date", f"Jalon {i} (date)", date)
    form.title("Le financement (euros TTC ; détail dans le classeur joint)")
    form.field("cout", "Coût total", "341 000")
    form.field("demande", "Montant demandé", "170 000")
    form.field("autofin", "Autofinancement", "146 000")
    form.field("cofin_nom", "Autre financeur : nom", "Agefiph")
    form.field("cofin_montant", "Autre financeur : montant", "25 000")
    form.turn()
    form.title("L’impact")
    for i, (code, name, unit, start, start_date, end, end_date, rate) in enumerate((
            ("P1", "Personnes informées de leurs droits", "personnes", "0", "01/01/2024", "20 000", "30/06/2025", "Mensuelle"),
            ("P2", "Inscriptions en formation après message", "%", "4", "31/12/2022", "18", "30/06/2025", "Trimestrielle")), 1):
        for key, label, value in (("code", "code", code), ("nom", "nom", name), ("unite", "unité", unit), ("v0", "valeur initiale", start), ("d0", "date de la valeur initiale", start_date),
                                  ("v1", "valeur cible", end), ("d1", "date de la cible", end_date), ("freq", "fréquence", rate)):
            form.field(f"ind{i}_{key}", f"Indicateur {i} : {label}", value)
    form.field("evaluation", "Méthode d’évaluation", "Groupe de comparaison : cinq maisons d’arrêt semblables, équipées six mois plus tard")
    form.title("Les données et le droit")
    form.field("base", "Base légale", "Article L. 411-3 du code pénitentiaire")
    form.field("dpo", "Délégué à la protection des données", "Samuel Goudot, dpo@exemple-justice.fr")
    form.yes_no("aipd", "Analyse d’impact (AIPD) réalisée", True)
    form.turn()
    form.title("La technique")
    form.field("solution", "Solution technique", "Service Java relié à GENESIS, dépôt quotidien de fichiers chiffrés")
    form.field("briques", "Briques réutilisées", "API Particulier, Mon compte formation")
    form.field("ethique", "Risques éthiques", "Révéler un passé carcéral à un organisme de formation")
    form.title("Les engagements")
    form.yes_no("oss", "Le code source sera ouvert", False)
    form.yes_no("apigouv", "Les API seront référencées sur api.gouv.fr", False)
    form.yes_no("datagouv", "Les données seront publiées sur data.gouv.fr", True)
    form.yes_no("rgaa", "Le service respectera le RGAA", True)
    form.yes_no("eco", "Le projet suit une démarche d’écoconception", False)
    form.title("La gouvernance")
    for i, (role, fte) in enumerate((("Directrice de projet", "0,4"), ("Ingénieur données", "1,5")), 1):
        form.field(f"eq{i}_role", f"Équipe, membre {i} : rôle", role)
        form.field(f"eq{i}_etp", f"Équipe, membre {i} : ETP", fte)
    form.field("comites", "Calendrier de la gouvernance", "Comité de pilotage bimestriel")
    form.field("r1", "Risque 1", "Retard de GENESIS")
    form.field("r1g", "Risque 1 : gravité", "Forte")
    form.field("r1r", "Risque 1 : réponse", "Export de fichiers en attendant l’API")
    form.choice("appui", "Accompagnement souhaité", "Juridique", ["Aucun", "Juridique", "Infrastructure", "Ressources humaines"])
    form.canvas.save()

    book = Workbook()
    sheet = book.active
    sheet.title = "Budget"
    heads = ("Libellé", "Catégorie", "Du – au", "Montant TTC")
    for column, head in enumerate(heads, 2):
        sheet.cell(3, column, head).font = Font(bold=True)
    sheet["B1"] = "Budget du projet REBOND"
    for row, line in enumerate((("Ingénieur données", "RH interne", "01/2024 – 06/2025", 108000), ("Connecteurs et API", "Prestation", "01/2024 – 12/2024", 142000), ("Test d’intrusion", "Prestation", "09/2024", 21000),
                                ("Hébergement qualifié", "Infrastructure", "01/2024 – 06/2025", 38000), ("Conseillers d’insertion", "Formation", "09/2024 – 05/2025", 24000), ("Affichage en détention", "Communication", "10/2024", 8000)), 4):
        for column, value in enumerate(line, 2):
            sheet.cell(row, column, value)
        sheet.cell(row, 5).number_format = '[$-40C]#,##0.00\\ "€"'
    sheet["B10"] = "Total général"
    sheet["E10"] = "=SUM(E4:E9)"
    for column, width in zip("ABCDE", (4, 34, 18, 22, 16)):
        sheet.column_dimensions[column].width = width
    source = bench.SCRATCH / "detail_budget.xlsx"
    book.save(source)
    jobs.append((source, bench.folder(9) / "detail_budget.ods"))
