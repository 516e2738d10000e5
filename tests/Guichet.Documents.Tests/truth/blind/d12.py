"""A school of the State sends a one-page sheet in four columns, on its side, and a budget that sets spending beside income."""
import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt
from openpyxl.styles import Border, Font, PatternFill, Side
from office import SCRATCH, folder, freeze, shade


def make(jobs):
    d = docx.Document()
    section = d.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    d.styles["Normal"].font.size = Pt(9)
    d.add_heading("FICHE PROJET", 0)
    t = d.add_table(rows=0, cols=4)
    t.style = "Table Grid"
    lines = [
        ("Organisme", "École nationale des cadres territoriaux de l’État", "SIRET", "18004630200014"),
        ("Statut", "Établissement public", "Tutelle", "Ministère de la Transformation et de la Fonction publiques"),
        ("Chef de projet", "Jean-Baptiste Orsini", "Fonction", "Responsable des systèmes d’information"),
        ("Mail", "jb.orsini@exemple-ecole.fr", "Tél.", "04 99 00 66 53"),
        ("Sponsor", "Hélène Maréchal", "Fonction", "Directrice"),
        ("Titre du projet", "Des parcours de formation calculés sur les besoins réels"),
        ("Date de début", "02/01/2025", "Date de fin", "31/12/2025"),
        ("Durée", "12 mois", "1er impact", "01/06/2025"),
        ("Objet du projet", "Les catalogues sont construits sur l’offre de l’année précédente. L’analyse des fiches de poste et des mobilités donne chaque trimestre la liste des compétences qui vont manquer."),
        ("Volet", "☐ Proactivité    ☐ Mise à disposition    ☒ Amélioration", "Publics", "Directeurs des ressources humaines des services de l’État"),
        ("Coût total TTC", "214 800 €", "Financement sollicité", "107 400 €"),
        ("Autofinancement", "97 400 €", "Autres financements", "FIPHFP : 10 000 €"),
        ("Indicateur principal", "Part des formations pourvues", "Unité", "%"),
        ("Valeur initiale", "58 % (31/12/2024)", "Valeur cible", "75 % (31/12/2025)"),
        ("Évaluation", "Avant/après, sur deux sessions", "Base légale", "Mission d’intérêt public"),
        ("AIPD", "Prévue", "DPO", "dpo@exemple-ecole.fr"),
        ("Solution", "Extraction de compétences par un modèle de langage ouvert", "IA : justification", "80 000 fiches de poste en texte libre"),
        ("Open source", "Oui", "Licence", "MIT"),
        ("RGAA", "Oui", "Écoconception", "Oui"),
        ("api.gouv.fr", "Non", "data.gouv.fr", "Oui"),
    ]
    for line in lines:
        cells = t.add_row().cells
        if len(line) == 2:
            cells[1].merge(cells[3])
        for i, text in enumerate(line):
            cells[i].text = text
            if i % 2 == 0:
                shade(cells[i], "EEECE1")
                cells[i].paragraphs[0].runs[0].bold = True
    d.add_paragraph()
    d.add_paragraph("Jalons : mars 2025 (premier prototype), juin 2025 (mise à disposition de trois directions), novembre 2025 (généralisation)")
    d.add_paragraph("Équipe : 1 chef de projet (0,4 ETP), 1 data scientist (1 ETP), 1 ingénieure pédagogique (0,5 ETP)")
    path = folder(12) / "Fiche projet.docx"
    d.save(path)
    freeze(path)

    b = openpyxl.Workbook()
    s = b.active
    s.title = "Plan de financement"
    thin = Border(*(Side(style="thin") for _ in range(4)))
    s["A1"] = "PLAN DE FINANCEMENT PRÉVISIONNEL (TTC)"
    s["A1"].font = Font(bold=True, size=13)
    s["A3"], s["D3"] = "DÉPENSES", "RECETTES"
    s.merge_cells("A3:C3")
    s.merge_cells("D3:E3")
    for column, title in zip("ABCDE", ("Poste", "Détail", "Montant", "Financeur", "Montant")):
        s[f"{column}4"] = title
        s[f"{column}4"].fill = PatternFill("solid", fgColor="EEECE1")
    spending = [("Charges de personnel", "Data scientist (12 mois)", 64000), ("Charges de personnel", "Ingénieure pédagogique", 30000), ("Prestations", "Intégration du modèle", 78000),
                ("Prestations", "Ateliers de conception", 18000), ("Infrastructure", "Serveur de calcul", 16800), ("Communication", "Journée de restitution", 8000)]
    income = [("FTAP – guichet Données (demandé)", 107400), ("École (fonds propres)", 97400), ("FIPHFP", 10000)]
    for i, line in enumerate(spending, 5):
        for column, value in zip("ABC", line):
            s[f"{column}{i}"] = value
    for i, line in enumerate(income, 5):
        for column, value in zip("DE", line):
            s[f"{column}{i}"] = value
    s["A11"], s["C11"], s["D11"], s["E11"] = "TOTAL DÉPENSES", "=SUM(C5:C10)", "TOTAL RECETTES", "=SUM(E5:E10)"
    for row in s["A3:E11"]:
        for cell in row:
            cell.border = thin
            if cell.column in (3, 5):
                cell.number_format = '#,##0.00 "€"'
    source = SCRATCH / "blind12.xlsx"
    b.save(source)
    jobs.append((source, folder(12) / "plan_de_financement.xlsx"))
