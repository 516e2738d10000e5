"""A regional health agency: a ZIP with folders; an ODT form whose cells hold the label above the answer, an ODS budget by year, a planning in PDF."""
from docx import Document
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

import bench
import office

FORM, BUDGET, PLANNING = (bench.SCRATCH / name for name in ("1_formulaire.odt", "2_budget_previsionnel.ods", "planning.pdf"))


def boxes(form, lines):
    table = form.add_table(rows=0, cols=max(len(line) for line in lines))
    table.style = "Table Grid"
    for line in lines:
        cells = table.add_row().cells
        if len(line) == 1:
            cells = [cells[0].merge(cells[-1])]
        for cell, (label, answer) in zip(cells, line):
            run = cell.paragraphs[0].add_run(label)
            run.font.size, run.italic = Pt(8), True
            cell.add_paragraph(answer)
    form.add_paragraph()


def form(jobs):
    form = Document()
    form.add_heading("Dossier de demande de soutien – Cyber et données de santé", 0)
    form.add_heading("Partie 1 – Identification", 1)
    boxes(form, [
        [("Nom officiel de l’organisme", "Agence régionale de santé Armorique"), ("Identifiant SIRET", "130 007 974 00038")],
        [("Catégorie juridique (INSEE)", "7389"), ("Ministère de tutelle", "Santé et Prévention")],
        [("Interlocutrice / interlocuteur", "Morgane Le Gall"), ("Fonction", "Responsable de la donnée en santé")],
        [("Courriel", "morgane.legall@exemple-ars.fr"), ("Téléphone", "0299004416")],
        [("Dirigeant·e qui porte le projet", "Stéphane Quéré"), ("Qualité", "Directeur général")]])
    form.add_heading("Partie 2 – Présentation", 1)
    boxes(form, [
        [("Intitulé complet du projet", "Prévenir les déserts de garde en médecine générale"), ("Nom abrégé", "VEILLE-MG")],
        [("Présentation du projet", "Les tableaux de garde sont remplis à la main et les trous sont découverts la veille. VEILLE-MG prévoit à six semaines les secteurs sans médecin et permet aux ordres départementaux d’agir à temps.")],
        [("Nature", "☐ Proactivité   ☐ Mise à disposition   ☒ Amélioration de politique publique"), ("Politique prioritaire du Gouvernement", "Accès aux soins")],
        [("Bénéficiaires finaux", "3,4 millions d’habitants"), ("Modalités de déploiement", "Finistère d’abord, puis les trois autres départements")],
        [("Date de démarrage", "03/07/2023"), ("Date de fin", "31/12/2024")],
        [("Durée en mois", "18"), ("Premier bénéfice pour les usagers", "février 2024")]])
    office.grid(form, [["Jalon", "Échéance"], ["Reprise de trois ans de tableaux", "30/10/2023"], ["Première prévision envoyée aux ordres", "05/02/2024"], ["Bilan et passage à l’échelle", "15/11/2024"]])
    form.add_heading("Partie 3 – Impact", 1)
    office.grid(form, [
        ["Indicateur", "Unité", "Valeur initiale", "Date", "30/06/2024", "Cible", "Date cible", "Source des données", "Fréquence"],
        ["Soirées sans médecin de garde", "soirées par mois", "64", "31/12/2022", "45", "20", "31/12/2024", "Tableaux de garde", "Mensuelle"],
        ["Délai moyen pour trouver un remplaçant", "jours", "2", "31/12/2022", "6", "12", "31/12/2024", "Ordres départementaux", "Trimestrielle"]])
    form.add_paragraph()
    boxes(form, [[("Méthode d’évaluation d’impact", "Comparaison du Finistère et du Morbihan pendant les six premiers mois")]])
    form.add_heading("Partie 4 – Données, droit et technique", 1)
    office.grid(form, [
        ["Source", "Détenteur", "Données personnelles", "Données sensibles", "Disponible", "Qualité"],
        ["Tableaux de garde", "Ordres départementaux", "Oui", "Non", "Oui", "Médiocre"], ["RPPS", "ANS", "Oui", "Non", "Oui", "Bonne"], ["Appels au 15", "SAMU", "Oui", "Oui", "Non", "Bonne"]])
    form.add_paragraph()
    boxes(form, [
        [("Base légale du traitement", "Article R. 6315-1 du code de la santé publique"), ("Délégué à la protection des données", "Annaïg Tanguy")],
        [("Analyse d’impact (AIPD)", "Oui"), ("Risques éthiques identifiés", "Pression sur les médecins d’un petit secteur")],
        [("Solution technique envisagée", "Modèle de prévision et alertes par messagerie sécurisée"), ("Briques réutilisées", "Pro Santé Connect, Annuaire santé")],
        [("Utilisation de l’intelligence artificielle", "Séries temporelles, car les absences suivent les vacances scolaires")]])
    form.add_heading("Partie 5 – Engagements et pilotage", 1)
    boxes(form, [
        [("Code en open source", "Oui"), ("Licence", "Apache 2.0")],
        [("Dépôt de code", "https://gitlab.exemple-ars.fr/veille-mg"), ("Publication sur api.gouv.fr", "Non")],
        [("Publication sur data.gouv.fr", "Oui"), ("Accessibilité (RGAA)", "Oui")],
        [("Écoresponsabilité", "Oui"), ("Appui demandé", "Juridique")],
        [("Comités et calendrier", "Comité de suivi le premier lundi du mois, comité de pilotage en janvier et en juin")]])
    office.grid(form, [["Rôle", "ETP"], ["Responsable de produit", "0,6"], ["Data scientist", "1"], ["Médecin référent", "0,1"]])
    form.add_paragraph()
    office.grid(form, [["Risque", "Gravité", "Réponse"], ["Refus de transmettre les tableaux", "Élevée", "Convention avec le conseil régional de l’ordre"], ["Prévision peu fiable en été", "Moyenne", "Relecture humaine"]])
    source = bench.SCRATCH / "1_formulaire.docx"
    form.save(source)
    jobs.append((source, FORM))


def budget(jobs):
    book = Workbook()
    sheet = book.active
    sheet.title = "Budget TTC"
    sheet.append(["VEILLE-MG : budget prévisionnel en euros TTC"])
    sheet["A1"].font = Font(bold=True)
    sheet.append([])
    sheet.append(["Catégorie", "Libellé de la dépense", "2023", "2024", "Total TTC"])
    for cell in sheet[3]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE699")
    for row, line in enumerate((("RH interne", "Responsable de produit", 18000, 36000), ("RH interne", "Data scientist", 30500, 61000), ("Prestation", "Reprise des tableaux", 42000, 0),
                                ("Prestation", "Développement des alertes", 20000, 64000), ("Infrastructure", "Hébergement de données de santé", 9500, 19000), ("Formation", "Ordres départementaux", 0, 12000)), 4):
        sheet.append([*line, f"=C{row}+D{row}"])
    sheet.append(["TOTAL", None, "=SUM(C4:C9)", "=SUM(D4:D9)", "=SUM(E4:E9)"])
    for row in range(4, 11):
        for column in (3, 4, 5):
            sheet.cell(row, column).number_format = "[$-40C]#,##0"
    income = book.create_sheet("Financement")
    income.append(["Ressources", "Montant TTC"])
    for line in (("Coût total du projet", 312000), ("Subvention demandée", 150000), ("Autofinancement", 122000), ("Autre financement : Assurance maladie", 40000)):
        income.append(line)
    for page in (sheet, income):
        for column, width in zip("ABCDE", (40 if page is income else 18, 36, 12, 12, 14)):
            page.column_dimensions[column].width = width
    source = bench.SCRATCH / "2_budget_previsionnel.xlsx"
    book.save(source)
    jobs.append((source, BUDGET))


def make(jobs):
    form(jobs)
    budget(jobs)
    planning = Document()
    planning.add_heading("Planning indicatif", 1)
    office.grid(planning, [["Lot", "S2 2023", "S1 2024", "S2 2024"], ["Données", "X", "X", ""], ["Modèle", "", "X", "X"], ["Alertes", "", "X", "X"]])
    source = bench.SCRATCH / "planning.docx"
    planning.save(source)
    jobs.append((source, PLANNING))


def finish():
    bench.pack(bench.folder(8) / "ARS_VEILLE-MG.zip", [
        ("ARS VEILLE-MG/1_formulaire.odt", FORM), ("ARS VEILLE-MG/2_budget_previsionnel.ods", BUDGET), ("ARS VEILLE-MG/Annexes/planning.pdf", PLANNING)])
