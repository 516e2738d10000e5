"""A water agency: a project sheet of two pages, cards with the label above the answer, exported to PDF."""
from docx import Document
from docx.shared import Cm, Pt, RGBColor

import bench
import office

BLUE = RGBColor(0x00, 0x5A, 0x8C)


def cards(sheet, lines):
    table = sheet.add_table(rows=0, cols=len(lines[0]))
    for line in lines:
        for cell, (label, answer) in zip(table.add_row().cells, line):
            first = cell.paragraphs[0].add_run(label.upper())
            first.bold, first.font.size, first.font.color.rgb = True, Pt(7.5), BLUE
            cell.add_paragraph(answer)
    return table


def bar(sheet, text):
    table = sheet.add_table(rows=1, cols=1)
    cell = table.rows[0].cells[0]
    run = cell.paragraphs[0].add_run(text)
    run.bold, run.font.color.rgb = True, RGBColor(255, 255, 255)
    office.shade(cell, "005A8C")


def make(jobs):
    sheet = Document()
    for section in sheet.sections:
        section.left_margin = section.right_margin = Cm(1.6)
        section.top_margin = section.bottom_margin = Cm(1.3)
        section.footer.paragraphs[0].text = "Agence de l’eau des Trois-Fleuves – Fiche projet – version du 24/02/2023"
    normal = sheet.styles["Normal"]
    normal.font.name, normal.font.size = "Carlito", Pt(9.5)
    normal.paragraph_format.space_after = Pt(2)
    title = sheet.add_paragraph().add_run("FICHE PROJET")
    title.bold, title.font.size, title.font.color.rgb = True, Pt(11), BLUE
    title = sheet.add_paragraph().add_run("Ouvrir en temps réel les débits et les prélèvements")
    title.bold, title.font.size = True, Pt(18)
    cards(sheet, [[("Nom court", "HydroFlux"), ("Type de projet", "Mise à disposition de données"), ("Politique prioritaire", "Planification écologique – plan eau")]])
    bar(sheet, "Le porteur")
    cards(sheet, [
        [("Organisme", "Agence de l’eau des Trois-Fleuves"), ("N° SIRET", "18690152700041")],
        [("Statut", "Établissement public national à caractère administratif"), ("Tutelle", "Ministère de la Transition écologique et de la Cohésion des territoires")],
        [("Votre correspondant", "Gildas Le Bihan"), ("Sa fonction", "Responsable du pôle données")],
        [("Courriel", "gildas.lebihan@exemple-eau.fr"), ("Téléphone", "04 99 00 61 08")],
        [("Sponsor du projet", "Hélène Castagnier"), ("Fonction du sponsor", "Directrice générale")]])
    bar(sheet, "Le projet en bref")
    cards(sheet, [[("Résumé", "Les débits des rivières et les volumes prélevés sont publiés avec un an de retard. HydroFlux les diffuse chaque heure par une API ouverte, pour que préfectures, agriculteurs et collectivités partagent les mêmes chiffres en période de sécheresse.")]])
    cards(sheet, [
        [("Bénéficiaires", "32 préfectures, 11 000 irrigants, 480 collectivités"), ("Déploiement", "Bassin pilote de la Drôme, puis un bassin par trimestre")],
        [("Démarrage", "02/10/2023"), ("Fin prévue", "31/03/2025")],
        [("Durée", "18 mois"), ("Premier impact constaté", "juin 2024")]])
    bar(sheet, "Les étapes")
    office.grid(sheet, [["Étape", "Échéance"], ["API ouverte sur le bassin pilote", "15/04/2024"], ["Quatre bassins raccordés", "30/09/2024"], ["Tous les bassins raccordés", "28/02/2025"]])
    bar(sheet, "Le financement (en euros TTC)")
    cards(sheet, [[("Coût complet", "612 500,00 €"), ("Aide sollicitée", "300 000,00 €"), ("Autofinancement", "232 500,00 €")]])
    office.grid(sheet, [
        ["Nature", "Objet", "Montant"],
        ["RH interne", "Product owner et hydrologue", "174 500,00 €"],
        ["Prestation", "Développement de l’API", "248 000,00 €"],
        ["Prestation", "Audit de sécurité", "28 000,00 €"],
        ["Infrastructure", "Hébergement et télétransmission", "131 000,00 €"],
        ["Formation", "Prise en main par les préfectures", "31 000,00 €"]])
    sheet.add_paragraph("Autre cofinanceur : Office français de la biodiversité, 80 000 €")
    sheet.add_page_break()
    bar(sheet, "L’impact")
    office.grid(sheet, [
        ["Code", "Indicateur", "Unité", "Départ", "au", "Cible", "au", "Fréquence", "Responsable"],
        ["M2", "Appels réussis à l’API", "appels/mois", "0", "01/10/2023", "400 000", "31/03/2025", "Mensuelle", "Pôle données"],
        ["M3", "Délai d’accès aux données", "jours", "45", "31/12/2022", "1", "31/03/2025", "Trimestrielle", "Pôle données"]])
    cards(sheet, [[("Comment sera évalué le projet ?", "Enquête auprès des réutilisateurs avant l’ouverture, puis six et douze mois après")]])
    bar(sheet, "Données et droit")
    office.grid(sheet, [
        ["Jeu de données", "Détenteur", "Personnelles", "Sensibles", "Disponibles", "Qualité"],
        ["Stations hydrométriques", "DREAL de bassin", "non", "non", "oui", "bonne"],
        ["Volumes prélevés", "Agence de l’eau", "oui", "non", "oui", "inégale"]])
    cards(sheet, [[("Fondement juridique", "Article L. 213-2 du code de l’environnement"), ("AIPD", "Non"), ("DPO", "Claude Vasseur – dpo@exemple-eau.fr")]])
    bar(sheet, "Technique")
    cards(sheet, [
        [("Solution", "API REST conforme à OGC, file de messages pour les capteurs"), ("Briques réutilisées", "Hub’Eau, transport.data.gouv.fr pour le modèle de catalogue")],
        [("Intelligence artificielle", "Aucune à ce stade"), ("Risques éthiques", "Identification d’un irrigant isolé à partir des volumes")]])
    bar(sheet, "Nos engagements")
    cards(sheet, [
        [("Code ouvert", "Oui"), ("Licence", "Licence MIT"), ("Dépôt", "https://github.com/exemple-eau/hydroflux")],
        [("api.gouv.fr", "Oui"), ("data.gouv.fr", "Oui"), ("RGAA", "Oui")],
        [("Écoconception", "Non"), ("Appui souhaité", "Infrastructure"), ("Pilotage", "Copil tous les deux mois, point hebdomadaire d’équipe")]])
    bar(sheet, "Équipe et risques")
    office.grid(sheet, [["Rôle", "ETP"], ["Product owner", "1"], ["Hydrologue", "0,4"], ["Développeur", "1,5"]])
    sheet.add_paragraph()
    office.grid(sheet, [["Risque", "Niveau", "Parade"], ["Panne de télétransmission en étiage", "Élevé", "Double canal radio et 4G"], ["Refus d’irrigants", "Moyen", "Agrégation à la commune"]])
    source = bench.SCRATCH / "hydroflux.docx"
    sheet.save(source)
    jobs.append((source, bench.folder(2) / "Fiche projet HydroFlux.pdf"))
