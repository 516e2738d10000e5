"""A customs service sends a ZIP with folders: the form in Word, the budget in Excel, the sponsor's letter and a planning."""
import io
import zipfile

import docx
import openpyxl
from docx.shared import Cm
from openpyxl.styles import Font
from office import SCRATCH, folder, freeze, grid


def form(path):
    d = docx.Document()
    d.add_heading("Dossier de candidature", 0)
    d.add_heading("I – Présentation du porteur", 1)
    grid(d, [("I.1 Entité porteuse", "Service national de la douane numérique"), ("I.2 Numéro SIRET de l’entité", "13002277500014"),
             ("I.3 Forme juridique", "Service à compétence nationale"), ("I.4 Ministère ou tutelle", "Ministère délégué chargé des Comptes publics")])
    d.add_paragraph()
    grid(d, [("", "Référent du projet", "Sponsor"), ("Nom et prénom", "RAMBAUD Thierry", "DELACOURT Isabelle"), ("Fonction", "Chef du bureau données", "Sous-directrice des systèmes d’information"),
             ("Courriel", "thierry.rambaud@exemple.gouv.fr", "isabelle.delacourt@exemple.gouv.fr"), ("Téléphone", "01 99 00 55 08", "01 99 00 55 00")])
    d.add_heading("II – Description du projet", 1)
    grid(d, [("II.1 Libellé du projet", "Ciblage des contrôles du fret express"), ("II.2 Nom d’usage", "CIBLEX"),
             ("II.3 Résumé", "Quatre millions de colis par mois sont déclarés en quelques mots. Un modèle de langage compare la désignation, la valeur et l’origine pour proposer "
              "aux agents les envois à contrôler."),
             ("II.4 Volet du guichet", "Amélioration des politiques publiques (IA, datascience)"), ("II.5 Priorité gouvernementale concernée", "Lutte contre la fraude"),
             ("II.6 Bénéficiaires", "600 agents des bureaux de fret express"), ("II.7 Date de lancement", "15.01.2024"), ("II.8 Date de clôture", "15.07.2025"),
             ("II.9 Durée en mois", "18"), ("II.10 Échéance du premier impact", "30.06.2024"),
             ("II.11 Stratégie de généralisation", "Roissy, puis Lyon et Marseille, puis tous les bureaux ; chaque étape est décidée sur le taux de contrôles positifs.")])
    d.add_heading("III – Impact", 1)
    d.add_paragraph("III.1 Indicateurs")
    grid(d, [("Rubrique", "Indicateur A", "Indicateur B"), ("Intitulé", "Taux de contrôles positifs", "Montant des droits rappelés"),
             ("Unité", "%", "millions d’euros"), ("Valeur initiale", "7", "11,5"), ("Date de la valeur initiale", "31.12.2023", "31.12.2023"),
             ("Valeur cible", "15", "20"), ("Date cible", "15.07.2025", "15.07.2025"), ("Source", "Application des contrôles", "Recette régionale"), ("Périodicité", "Mensuelle", "Trimestrielle")])
    d.add_paragraph("III.2 Dispositif d’évaluation : test A/B entre équipes pendant trois mois.")
    d.add_heading("IV – Données", 1)
    grid(d, [("Nom de la source", "Détenteur", "Données personnelles (O/N)", "Données sensibles (O/N)", "Disponible (O/N)", "Qualité"),
             ("Déclarations de fret express", "Douane", "O", "N", "O", "Moyenne"), ("Résultats des contrôles", "Douane", "O", "O", "O", "Bonne")])
    d.add_paragraph("Base juridique : article 67 du code des douanes")
    d.add_paragraph("AIPD réalisée (O/N) : O")
    d.add_paragraph("Contact du DPD : dpd-douane@exemple.gouv.fr")
    d.add_heading("V – Technique", 1)
    d.add_paragraph("V.1 Solution envisagée")
    d.add_paragraph("Modèle de langage ouvert, hébergé sur le nuage interne, appelé par l’application des contrôles.")
    d.add_paragraph("V.2 Briques et API réutilisées")
    d.add_paragraph("Nubo, ProConnect")
    d.add_paragraph("V.3 Justification du recours à l’IA")
    d.add_paragraph("Les désignations sont libres et en six langues ; des règles écrites à la main ont été essayées en 2021 sans succès.")
    d.add_paragraph("V.4 Risques éthiques et réponses")
    d.add_paragraph("Biais selon le pays d’origine : mesuré chaque mois, et l’agent décide seul du contrôle.")
    d.add_heading("VI – Engagements (O/N)", 1)
    grid(d, [("Code source ouvert", "N"), ("API référencée sur api.gouv.fr", "N"), ("Données publiées sur data.gouv.fr", "N"), ("Accessibilité RGAA", "O"), ("Éco-responsabilité", "O")])
    d.add_heading("VII – Équipe et risques", 1)
    grid(d, [("Rôle", "Nombre d’ETP"), ("Cheffe de produit", "1,0"), ("Data scientist", "1,5"), ("Ingénieur MLOps", "0,5")])
    d.add_paragraph()
    grid(d, [("Risque", "Probabilité / gravité", "Plan d’action"), ("Dérive du modèle", "Moyenne", "Réentraînement trimestriel"), ("Rejet par les agents", "Faible", "Conception avec trois brigades")])
    d.add_paragraph("Accompagnement souhaité : RH (science des données) et cadre juridique")
    d.save(path)
    freeze(path)


def budget(path):
    b = openpyxl.Workbook()
    s = b.active
    s.title = "Annexe financière"
    s["A1"] = "CIBLEX – Annexe financière (montants TTC)"
    s["A1"].font = Font(bold=True)
    s.merge_cells("A1:F1")
    for column, title in enumerate(["Nature", "Intitulé de la dépense", "2024", "2025", "Total TTC"], 1):
        s.cell(3, column, title).font = Font(bold=True)
    groups = [("Prestations intellectuelles", [("Développement de l’interface", 96000, 48000), ("Étiquetage des déclarations", 60000, 0)]),
              ("Ressources humaines internes", [("Data scientists", 90000, 60000), ("Ingénieur MLOps", 30000, 20000)]),
              ("Infrastructure et hébergement", [("Cartes graphiques sur le nuage interne", 72000, 36000)]),
              ("Formation", [("Prise en main par les brigades", 9000, 15000)])]
    row = 4
    for nature, lines in groups:
        start = row
        for label, first, second in lines:
            s.cell(row, 2, label), s.cell(row, 3, first), s.cell(row, 4, second), s.cell(row, 5, f"=C{row}+D{row}")
            row += 1
        s.cell(start, 1, nature)
        if len(lines) > 1:
            s.merge_cells(start_row=start, end_row=row - 1, start_column=1, end_column=1)
    s.cell(row, 1, "TOTAL")
    for column in "CDE":
        s[f"{column}{row}"] = f"=SUM({column}4:{column}{row - 1})"
    s.cell(row + 2, 1, "Plan de financement").font = Font(bold=True)
    for i, (label, value) in enumerate([("Cofinancement demandé au guichet", 260000), ("Part du porteur (douane)", 276000), ("Autres financements", 0), ("Total des ressources", f"=SUM(C{row + 3}:C{row + 5})")], row + 3):
        s.cell(i, 1, label), s.cell(i, 3, value)
    for line in s.iter_rows(min_row=4, min_col=3, max_col=5):
        for cell in line:
            cell.number_format = '#,##0 "€"'
    b.save(path)


def letter(path):
    d = docx.Document()
    for line in ["Paris, le 4 décembre 2023", "Madame, Monsieur,", "J’ai l’honneur d’apporter mon soutien au projet CIBLEX, que mes services présentent au guichet.",
                 "Je m’engage à ce que les moyens nécessaires lui soient consacrés jusqu’à son terme.", "La sous-directrice, Isabelle Delacourt"]:
        d.add_paragraph(line).paragraph_format.space_after = Cm(.5)
    d.save(path)


def make(jobs):
    form(SCRATCH / "07-formulaire.docx")
    budget(SCRATCH / "07-annexe-source.xlsx")
    letter(SCRATCH / "07-lettre.docx")
    jobs.append((SCRATCH / "07-annexe-source.xlsx", SCRATCH / "07-annexe.xlsx"))
    jobs.append((SCRATCH / "07-lettre.docx", SCRATCH / "07-lettre.pdf"))


def finish():
    with zipfile.ZipFile(folder(7) / "CIBLEX_depot.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for name, source in [("CIBLEX/1_Formulaire/CIBLEX_formulaire_signé.docx", "07-formulaire.docx"), ("CIBLEX/2_Budget/CIBLEX_annexe_financière.xlsx", "07-annexe.xlsx"),
                             ("CIBLEX/3_Pièces/lettre de soutien.pdf", "07-lettre.pdf")]:
            z.writestr(zipfile.ZipInfo(name, (2023, 12, 11, 10, 0, 0)), (SCRATCH / source).read_bytes(), zipfile.ZIP_DEFLATED)
