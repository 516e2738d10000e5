"""A tax service sends one workbook: a notice, a summary of formulas, and a sheet for each part."""
import datetime

import openpyxl
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from office import SCRATCH, folder

BLUE = PatternFill("solid", fgColor="1F4E78")
PALE = PatternFill("solid", fgColor="DDEBF7")
LINE = Border(*(Side(style="thin") for _ in range(4)))
EUROS = '#,##0.00 "€"'


def head(sheet, row, titles, column=1):
    for i, title in enumerate(titles):
        cell = sheet.cell(row, column + i, title)
        cell.font, cell.fill, cell.border, cell.alignment = Font(bold=True, color="FFFFFF"), BLUE, LINE, Alignment(wrap_text=True)


def pairs(sheet, row, lines):
    for label, value in lines:
        sheet.cell(row, 2, label).fill = PALE
        cell = sheet.cell(row, 3, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if isinstance(value, datetime.date):
            cell.number_format = "dd/mm/yyyy"
        row += 1
    return row


def make(jobs):
    b = openpyxl.Workbook()
    notice = b.active
    notice.title = "Lisez-moi"
    for i, line in enumerate(["Dossier de candidature – guichet Données", "Remplir les onglets 1 à 5 ; l’onglet Synthèse se calcule seul.",
                              "Cellules bleues : libellés. Cellules blanches : à compléter.", "Une question ? Écrire à guichet-donnees@exemple.gouv.fr"], 2):
        notice.cell(i, 2, line)
    summary = b.create_sheet("Synthèse")
    summary["B2"] = "Synthèse financière"
    summary["B2"].font = Font(bold=True, size=14)
    for i, (label, formula) in enumerate([
            ("Coût total du projet TTC", "='3. Budget'!F15"), ("Financement demandé au guichet", "='3. Budget'!C19"), ("Taux de cofinancement", "=C5/C4"),
            ("Part restant à la charge du porteur", "='3. Budget'!C20")], 4):
        summary.cell(i, 2, label).fill = PALE
        summary.cell(i, 3, formula).number_format = "0.0%" if i == 6 else EUROS
    s = b.create_sheet("1. Porteur")
    s["B1"] = "Structure porteuse"
    row = pairs(s, 2, [
        ("Nom de la structure", "Service national des retraites de l’État"),
        ("SIRET (14 chiffres)", 13000785900015),
        ("Code catégorie juridique", 7120),
        ("Ministère", "Ministère de l’Économie, des Finances et de la Souveraineté industrielle et numérique"),
    ])
    s.cell(row + 1, 2, "Correspondant")
    row = pairs(s, row + 2, [("Prénom et nom", "Gwenaëlle Le Bihan"), ("Fonction", "Adjointe au chef du bureau des systèmes d’information"),
                             ("Courriel", "gwenaelle.lebihan@exemple.gouv.fr"), ("Téléphone", "02 99 00 18 77")])
    s.cell(row + 1, 2, "Sponsor du projet")
    pairs(s, row + 2, [("Prénom et nom", "Alain Roquebert"), ("Fonction", "Chef de service")])
    s = b.create_sheet("2. Projet")
    row = pairs(s, 2, [
        ("Intitulé", "Retraite sans démarche : repérer les droits non demandés"),
        ("Sigle", "RSD"),
        ("En quelques mots", "Chaque année, 9 000 anciens agents oublient une pension. Le service les retrouve en croisant ses fichiers avec ceux du régime général, "
         "leur écrit, et pour les plus petits montants verse la pension d’office."),
        ("Thématique du guichet", "Proactivité"),
        ("Population concernée", "Anciens agents publics de 62 ans et plus"),
        ("Politique prioritaire du Gouvernement", "Lutter contre le non-recours aux droits"),
        ("Date de début", datetime.date(2023, 10, 2)),
        ("Date de fin", datetime.date(2025, 3, 31)),
        ("Date du premier impact", datetime.date(2024, 3, 1)),
        ("Modalités de déploiement", "Par classe d’âge, de la plus ancienne à la plus jeune, une par trimestre."),
        ("Solution technique", "Appariement par lots, puis moteur de règles et éditique existante"),
        ("API et briques réutilisées", "API Impôt particulier, R.N.C.P.S."),
        ("Recours à l’IA", "Aucun"),
    ])
    head(s, row + 1, ["Jalon", "Date prévue"], 2)
    for i, (label, day) in enumerate([("Convention avec le régime général", datetime.date(2023, 12, 15)), ("Premiers courriers", datetime.date(2024, 3, 1)),
                                      ("Première pension versée d’office", datetime.date(2024, 9, 30))], row + 2):
        s.cell(i, 2, label)
        s.cell(i, 3, day).number_format = "mmm-yy"
    s = b.create_sheet("3. Budget")
    s["A1"] = "Budget prévisionnel – montants en euros"
    head(s, 3, ["N°", "Poste de dépense", "Catégorie", "Montant HT", "Taux de TVA", "Montant TTC", "Année"])
    lines = [("Équipe projet interne", "RH interne", 150000, 0, "2023-2025"), ("Développement de l’appariement", "Prestation", 90000, .2, "2023"),
             ("Reprise de l’éditique", "Prestation", 60000, .2, "2024"), ("Licences du moteur de règles", "Logiciel / licence", 35000, .2, "2024"),
             ("Hébergement", "Infrastructure", 25000, .2, "2024"), ("Formation des gestionnaires", "Formation", 8000, 0, "2024")]
    row = 4
    for i, (label, category, amount, rate, year) in enumerate(lines, 1):
        for column, value in enumerate([i, label, category, amount, rate, f"=D{row}*(1+E{row})", year], 1):
            cell = s.cell(row, column, value)
            cell.border = LINE
            if column in (4, 6):
                cell.number_format = EUROS
            if column == 5:
                cell.number_format = "0%"
        row += 1
    for i in range(7, 12):
        s.cell(row, 1, i).border = LINE
        s.cell(row, 6, f'=IF(D{row}="","",D{row}*(1+E{row}))').number_format = EUROS
        row += 1
    s.cell(15, 2, "TOTAL")
    s.cell(15, 4, "=SUM(D4:D14)").number_format = EUROS
    s.cell(15, 6, "=SUM(F4:F14)").number_format = EUROS
    s["B17"] = "Ressources"
    head(s, 18, ["Origine", "Montant TTC"], 2)
    for i, (label, value) in enumerate([("Demande au guichet (FTAP)", "=F15/2"), ("Fonds propres", "=F15-C19-C21"), ("Caisse des retraites complémentaires", 42000), ("Total", "=SUM(C19:C21)")], 19):
        s.cell(i, 2, label)
        s.cell(i, 3, value).number_format = EUROS
    check = DataValidation(type="list", formula1="=Listes!$A$1:$A$7")
    s.add_data_validation(check)
    check.add("C4:C14")
    s = b.create_sheet("4. Indicateurs")
    head(s, 1, ["Code", "Indicateur", "Définition", "Unité", "Valeur initiale", "Date de mesure", "Cible à 6 mois", "Cible à 12 mois", "Cible finale", "Échéance", "Source", "Périodicité", "Responsable"])
    for i, line in enumerate([
            ("P1", "Nombre d’usagers informés ou servis d’office", "Courriers envoyés et pensions versées d’office", "usagers", 0, datetime.date(2023, 9, 30), 1500, 4000, 9000,
             datetime.date(2025, 3, 31), "Journal de l’éditique", "Mensuelle", "Bureau des pensions"),
            ("P2", "Taux de conversion", "Demandes déposées sur courriers envoyés", "%", 0.04, datetime.date(2023, 9, 30), 0.2, 0.3, 0.4, datetime.date(2025, 3, 31),
             "Système des pensions", "Trimestrielle", "Bureau des pensions")], 2):
        for column, value in enumerate(line, 1):
            cell = s.cell(i, column, value)
            if isinstance(value, datetime.date):
                cell.number_format = "dd/mm/yyyy"
            elif isinstance(value, float):
                cell.number_format = "0%"
    s["B6"] = "Protocole d’évaluation"
    s["C6"] = "Groupe témoin tiré au sort : un dixième des personnes repérées reçoit le courrier six mois plus tard."
    s = b.create_sheet("5. Engagements et risques")
    row = pairs(s, 2, [("Code source publié sous licence libre", "Oui"), ("Licence choisie", "GPL v3"), ("API référencée sur api.gouv.fr", "Non"), ("Données publiées sur data.gouv.fr", "Non"),
                       ("Accessibilité RGAA", "Oui"), ("Écoconception", "Oui"), ("Fondement juridique", "Article L. 115-11 du code de la sécurité sociale"), ("AIPD réalisée", "Oui"),
                       ("Délégué à la protection des données", "dpd-retraites@exemple.gouv.fr")])
    head(s, row + 1, ["Risque", "Gravité", "Réponse apportée"], 2)
    for i, line in enumerate([("Personne décédée destinataire d’un courrier", "Forte", "Rapprochement préalable avec le fichier des décès"),
                              ("Afflux de demandes au centre d’appels", "Moyenne", "Envois étalés sur trois semaines")], row + 2):
        for column, value in enumerate(line, 2):
            s.cell(i, column, value)
    hidden = b.create_sheet("Listes")
    for i, name in enumerate(["RH interne", "Prestation", "Logiciel / licence", "Infrastructure", "Formation", "Communication", "Autre"], 1):
        hidden.cell(i, 1, name)
    hidden.sheet_state = "hidden"
    for sheet in b.worksheets:
        for letter, width in (("B", 38), ("C", 46)):
            sheet.column_dimensions[letter].width = width
    source = SCRATCH / "blind05.xlsx"
    b.save(source)
    jobs.append((source, folder(5) / "Candidature_SNRE_v3.xlsx"))
