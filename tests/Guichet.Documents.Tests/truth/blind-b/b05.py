"""A school of public service: a ZIP of a note in DOCX, the financial annex in XLSX and the director's letter in PDF."""
from docx import Document
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

import bench
import office

LETTER, ANNEX, NOTE = (bench.SCRATCH / name for name in ("lettre_direction.pdf", "Annexe_financiere.xlsx", "Note_projet_ORIENTE.docx"))


def note():
    text = Document()
    text.styles["Normal"].font.name = "Carlito"
    text.styles["Normal"].font.size = Pt(11)

    def item(label, answer, style=None):
        line = text.add_paragraph(style=style)
        line.add_run(label).bold = True
        line.add_run(answer)

    text.add_heading("ORIENTE – Conseiller les agents publics dans leur mobilité", 0)
    text.add_paragraph("Note de candidature à l’appel « Transformation par les données », mars 2023")
    text.add_heading("I. Identité du candidat", 1)
    item("Raison sociale : ", "Institut régional d’administration de Lille")
    item("N° SIRET : ", "195 901 173 00011")
    item("Nature juridique : ", "Établissement public à caractère administratif")
    item("Ministère : ", "Transformation et Fonction publiques")
    item("Référente du dossier : ", "Sarah Bouchikhi, responsable de la formation continue")
    item("Mél : ", "s.bouchikhi@exemple-ira.fr", "List Bullet")
    item("Tél. : ", "+33 (0)3 99 00 55 71", "List Bullet")
    item("Direction engagée : ", "Philippe Vandamme, directeur de l’institut")
    text.add_heading("II. Description du projet", 1)
    text.add_heading("II.1 Objet", 2)
    text.add_paragraph("Un agent qui veut changer de poste lit des centaines de fiches sans savoir lesquelles lui correspondent. ORIENTE rapproche son parcours des compétences demandées et lui propose dix postes et les formations qui manquent.")
    item("Type de projet au sens de l’appel : ", "amélioration d’une politique publique grâce à l’intelligence artificielle")
    item("Politique prioritaire : ", "Attractivité de la fonction publique")
    item("Public visé : ", "40 000 agents des Hauts-de-France")
    text.add_heading("II.2 Calendrier prévisionnel", 2)
    item("Début : ", "mi-novembre 2023 (lancement le 13/11/2023)")
    item("Clôture : ", "12/05/2025")
    item("Durée totale : ", "18 mois")
    item("Premier impact : ", "T3 2024")
    text.add_paragraph("Jalons :")
    for line in ("J1 : référentiel de compétences aligné, le 29/02/2024", "J2 : version bêta pour 500 agents, le 03/07/2024", "J3 : ouverture à tous les agents de la région, le 06/01/2025"):
        text.add_paragraph(line, style="List Bullet")
    item("Déploiement : ", "par versants, en commençant par l’État, puis l’hospitalière et la territoriale")
    text.add_heading("III. Budget", 1)
    text.add_paragraph("Le budget détaillé est présenté dans l’annexe financière. Il s’établit à 455 000 € toutes taxes comprises.")
    item("Subvention sollicitée : ", "225 k€")
    item("Apport de l’institut : ", "170 k€")
    item("Cofinancements acquis : ", "CNFPT (60 k€)")
    text.add_heading("IV. Indicateurs d’impact", 1)
    text.add_heading("Indicateur n° 1 : part des agents ayant trouvé un poste en six mois", 2)
    for label, answer in (("Unité : ", "%"), ("Valeur initiale : ", "22 (31/12/2022)"), ("Cible : ", "35 (12/05/2025)"), ("Source : ", "enquête auprès des agents accompagnés"),
                          ("Périodicité : ", "semestrielle"), ("Responsable de la mesure : ", "Pôle études")):
        item(label, answer, "List Bullet")
    text.add_heading("Indicateur n° 2 : durée de vacance des postes", 2)
    for label, answer in (("Unité : ", "jours"), ("Valeur initiale : ", "118 (31/12/2022)"), ("Cible : ", "80 (12/05/2025)"), ("Source : ", "Choisir le service public"),
                          ("Périodicité : ", "trimestrielle"), ("Responsable de la mesure : ", "Pôle études")):
        item(label, answer, "List Bullet")
    item("Évaluation : ", "comparaison avec les agents de Normandie, région qui n’aura pas le service")
    text.add_heading("V. Données et conformité", 1)
    office.grid(text, [
        ["Donnée", "Producteur", "À caractère personnel ?", "Sensible ?", "Disponible ?", "Qualité"],
        ["Offres Choisir le service public", "DGAFP", "Non", "Non", "Oui", "Bonne"],
        ["CV des agents volontaires", "IRA de Lille", "Oui", "Non", "Non", "Hétérogène"],
        ["Répertoire des métiers (RMFP)", "DGAFP", "Non", "Non", "Oui", "Très bonne"]])
    item("Base légale : ", "consentement des agents (art. 6.1.a du RGPD)")
    item("AIPD : ", "à jour, réalisée en janvier 2023")
    item("DPD : ", "Cabinet Lexidata, dpd@exemple-ira.fr")
    text.add_heading("VI. Solution", 1)
    item("Architecture : ", "moteur de recommandation en Python, interface web accessible depuis Mentor")
    item("Composants réutilisés : ", "ProConnect, API Choisir le service public, Système de design de l’État")
    item("Usage de l’IA : ", "modèle de langue ouvert, pour rapprocher des intitulés de postes qui ne se ressemblent pas")
    item("Enjeux éthiques : ", "reproduction des biais de genre dans les métiers proposés")
    text.add_heading("VII. Engagements", 1)
    office.grid(text, [
        ["Engagement", "Oui / Non", "Précision"],
        ["Ouverture du code source", "Oui", "Licence MIT, https://gitlab.exemple-ira.fr/oriente"],
        ["Référencement sur api.gouv.fr", "Non", "Pas d’API prévue"],
        ["Publication sur data.gouv.fr", "Oui", "Référentiel de compétences"],
        ["Conformité au RGAA", "Oui", "Audit à six mois"],
        ["Écoconception", "Oui", "RGESN"]])
    text.add_heading("VIII. Équipe, gouvernance et risques", 1)
    office.grid(text, [["Profil", "Quotité (ETP)"], ["Cheffe de produit", "1"], ["Data scientist", "1,2"], ["Conseiller mobilité", "0,4"]])
    item("Comitologie : ", "comité stratégique semestriel, revue de sprint toutes les trois semaines")
    office.grid(text, [
        ["Risques", "Criticité", "Actions prévues"],
        ["Faible volume de CV", "Forte", "Campagne avec les plateformes régionales RH"],
        ["Recommandations non comprises", "Modérée", "Explication de chaque proposition"]])
    item("Accompagnement demandé : ", "infrastructure, juridique")
    bench.save(text, NOTE)


def annex():
    book = Workbook()
    sheet = book.active
    sheet.title = "Annexe financière"
    sheet["A1"] = "Annexe financière – projet ORIENTE"
    sheet["A1"].font = Font(bold=True, size=13)
    sheet["A2"] = "Tous les montants sont en euros TTC"
    heads = ("Catégorie", "Nature de la dépense", "Quantité", "Coût unitaire", "Montant total", "Exercice")
    for column, head in enumerate(heads, 1):
        cell = sheet.cell(4, column, head)
        cell.font, cell.fill, cell.alignment = Font(bold=True), PatternFill("solid", fgColor="DDEBF7"), Alignment(wrap_text=True)
    lines = (("RH interne", "Cheffe de produit", 18, 5500, 99000, 2024), ("RH interne", "Conseiller mobilité", 10, 4800, 48000, 2024),
             ("Prestation", "Data science (jours)", 220, 840, 184800, 2024), ("Prestation", "Recherche utilisateur (jours)", 40, 780, 31200, 2024),
             ("Logiciel et licence", "Outil d’annotation", 1, 12000, 12000, 2024), ("Infrastructure", "Serveurs GPU (mois)", 18, 3000, 54000, 2024),
             ("Formation", "Conseillers mobilité des préfectures", 12, 1500, 18000, 2025), ("Communication", "Webinaires", 8, 1000, 8000, 2025))
    for row, line in enumerate(lines, 5):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column, value)
            if column in (4, 5):
                sheet.cell(row, column).number_format = '#,##0\\ "€"'
    sheet.cell(13, 1, "TOTAL").font = Font(bold=True)
    sheet.cell(13, 5, 455000).number_format = '#,##0\\ "€"'
    for column, width in zip("ABCDEF", (22, 38, 10, 14, 16, 10)):
        sheet.column_dimensions[column].width = width
    book.save(ANNEX)
    office.freeze(ANNEX)


def make(jobs):
    note()
    annex()
    letter = Document()
    letter.add_paragraph("Lille, le 2 mars 2023")
    letter.add_paragraph("Madame, Monsieur,")
    letter.add_paragraph("J’ai l’honneur de vous confirmer mon plein soutien au projet ORIENTE et l’engagement des moyens de l’institut qu’il suppose.")
    letter.add_paragraph("Le directeur de l’institut\nPhilippe Vandamme")
    source = bench.SCRATCH / "lettre_direction.docx"
    letter.save(source)
    jobs.append((source, LETTER))


def finish():
    bench.pack(bench.folder(5) / "Candidature_IRA_Lille.zip", [(path.name, path) for path in (NOTE, ANNEX, LETTER)])
