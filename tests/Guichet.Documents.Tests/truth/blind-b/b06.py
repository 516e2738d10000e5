"""A ministry's directorate: a designed PDF on its side, panels in two columns of unequal width, made in a word processor."""
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt, RGBColor

import bench
import office

RED = RGBColor(0xB3, 0x40, 0x00)


def panel(cell, title, lines):
    office.shade(cell, "FBF3EC")
    run = cell.paragraphs[0].add_run(title)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), RED
    for label, answer in lines:
        line = cell.add_paragraph()
        line.add_run(label).bold = True
        line.add_run(" " + answer)


def pair(sheet, left, right):
    cells = sheet.add_table(rows=1, cols=2).rows[0].cells
    panel(cells[0], *left)
    panel(cells[1], *right)
    sheet.add_paragraph()


def table(sheet, title, lines):
    run = sheet.add_paragraph().add_run(title)
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), RED
    office.grid(sheet, lines)
    sheet.add_paragraph()


def make(jobs):
    sheet = Document()
    section = sheet.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.8)
    section.header.paragraphs[0].text = "Direction générale de la sécurité des transports | Appel à projets « Données et territoires » | Dossier n° 2024-117"
    sheet.styles["Normal"].font.name = "Liberation Sans"
    sheet.styles["Normal"].font.size = Pt(10)
    title = sheet.add_paragraph().add_run("AIGUILLE")
    title.bold, title.font.size, title.font.color.rgb = True, Pt(26), RED
    sheet.add_paragraph().add_run("Anticiper les accidents aux passages à niveau").font.size = Pt(15)
    pair(sheet,
         ("Qui sommes-nous ?", [("Administration :", "Direction générale de la sécurité des transports"), ("SIRET :", "110 068 012 00050"), ("Statut juridique :", "Administration centrale"),
                                ("Ministère :", "Transition écologique"), ("Directeur ou directrice sponsor :", "Marc-Olivier Thévenet"), ("Titre :", "Directeur général adjoint")]),
         ("Qui contacter ?", [("Nom :", "Jeanne Abitbol"), ("Poste :", "Adjointe au chef du bureau des données"), ("E-mail :", "jeanne.abitbol@exemple-transports.gouv.fr"), ("Tél. :", "01.99.00.47.30")]))
    pair(sheet,
         ("Le projet", [("En résumé :", "Les passages à niveau sont classés dangereux après l’accident. AIGUILLE croise les freinages d’urgence, le trafic et la visibilité pour désigner chaque trimestre les cent passages à traiter en priorité."),
                        ("Catégorie :", "Amélioration d’une politique publique (IA, tableau de bord)"), ("Politique prioritaire :", "Sécurité des mobilités du quotidien"), ("Bénéficiaires :", "Gestionnaires de voirie, conducteurs, riverains"),
                        ("Passage à l’échelle :", "deux régions la première année, la France entière la deuxième")]),
         ("Les dates", [("Lancement :", "15 janvier 2024"), ("Fin :", "14 janvier 2026"), ("Durée :", "24 mois"), ("Premiers résultats visibles :", "T4 2024")]))
    table(sheet, "Jalons", [["Jalon", "Date"], ["Base consolidée des passages à niveau", "28/06/2024"], ["Première liste de cent passages", "04/11/2024"], ["Outil remis aux 96 départements", "15/09/2025"]])
    pair(sheet,
         ("Combien ça coûte ?", [("Budget total :", "1,2 M€ TTC"), ("Montant sollicité :", "600 k€ TTC"), ("Financement propre :", "450 k€ TTC")]),
         ("Qui d’autre finance ?", [("SNCF Réseau :", "100 k€"), ("Régions de France :", "50 k€")]))
    table(sheet, "Plan de dépenses", [
        ["Catégorie", "Dépense", "Montant TTC (k€)", "Période"],
        ["RH interne", "Trois data scientists", "420", "2024-2025"], ["Prestation", "Relevés de visibilité par drone", "310", "2024"], ["Prestation", "Développement de l’outil", "280", "2024-2025"],
        ["Logiciel / licence", "Système d’information géographique", "65", "2024-2025"], ["Infrastructure", "Stockage des images", "90", "2024-2025"], ["Communication", "Ateliers en département", "35", "2025"], ["Total", "", "1 200", ""]])
    table(sheet, "Indicateurs d’impact", [
        ["Indicateur", "Définition", "Unité", "Valeur 2022", "Cible 2025", "Mesuré par"],
        ["Accidents aux passages traités", "Accidents corporels sur les passages équipés dans l’année", "accidents", "48", "30", "Observatoire de la sécurité"],
        ["Délai entre signalement et travaux", "Nombre médian de mois", "mois", "31", "14", "Bureau des données"]])
    pair(sheet,
         ("Évaluer", [("Méthode d’évaluation :", "appariement de passages traités et non traités de même trafic")]),
         ("Droit", [("Fondement :", "Article L. 1612-1 du code des transports"), ("AIPD :", "non requise"), ("DPO :", "dpo@exemple-transports.gouv.fr")]))
    table(sheet, "Données mobilisées", [
        ["Source", "Propriétaire", "Perso.", "Sensible", "Accessible", "Qualité"],
        ["Freinages d’urgence", "SNCF Réseau", "Non", "Oui", "Non", "Bonne"], ["Trafic routier", "Départements", "Non", "Non", "Oui", "Variable"], ["Fichier BAAC des accidents", "ONISR", "Oui", "Non", "Oui", "Bonne"]])
    pair(sheet,
         ("Technique", [("Solution :", "chaîne de traitement sur la plateforme interministérielle, cartes sous QGIS et portail web"), ("Réutilisation :", "Géoplateforme, API Adresse, DSFR"),
                        ("IA :", "gradient boosting, choisi pour sa lisibilité par les experts"), ("Éthique :", "risque de négliger les passages ruraux peu instrumentés")]),
         ("Engagements", [("Code source ouvert :", "oui"), ("Licence :", "Etalab 2.0"), ("Dépôt :", "https://github.com/exemple-dgst/aiguille"), ("api.gouv.fr :", "non"), ("data.gouv.fr :", "oui"), ("RGAA :", "oui"), ("Écoconception :", "oui")]))
    table(sheet, "Équipe", [["Rôle", "ETP"], ["Directrice de projet", "0,5"], ["Data scientist", "3"], ["Géomaticien", "0,8"]])
    table(sheet, "Risques", [["Risque", "Gravité", "Réponse"], ["Refus d’accès aux données de freinage", "Critique", "Accord-cadre signé avant le lancement"], ["Météo défavorable aux drones", "Faible", "Relevés de printemps"]])
    pair(sheet,
         ("Pilotage", [("Comités :", "comité directeur en janvier, mai et septembre ; point projet hebdomadaire")]),
         ("Nos besoins", [("Accompagnement souhaité :", "juridique et recrutement (RH)")]))
    source = bench.SCRATCH / "aiguille.docx"
    sheet.save(source)
    jobs.append((source, bench.folder(6) / "AIGUILLE_dossier.pdf"))
