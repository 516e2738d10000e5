"""A rectorat: an ODT written in LibreOffice, every label on a line of its own above its answer; the budget in an ODS."""
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font

import bench
import office


def make(jobs):
    form = Document()

    def ask(label, *answers):
        run = form.add_paragraph().add_run(label)
        run.italic = True
        for answer in answers:
            form.add_paragraph(answer)

    form.add_heading("Candidature de l’académie d’Orléans-Tours", 1)
    form.add_heading("A. Structure porteuse", 2)
    ask("Nom de la structure", "Rectorat de l’académie d’Orléans-Tours")
    ask("SIRET", "174 500 184 00018")
    ask("Catégorie juridique", "7160")
    ask("Ministère de rattachement", "Éducation nationale et Jeunesse")
    ask("Personne chargée du dossier", "Thibaut Marchandeau")
    ask("Fonction", "Chef du service statistique académique")
    ask("Adresse électronique", "thibaut.marchandeau@exemple-orleans-tours.fr")
    ask("Ligne directe", "02.99.00.38.12")
    ask("Responsable engageant la structure", "Mme Corinne Delattre-Ruiz")
    ask("En qualité de", "Secrétaire générale de l’académie")
    form.add_heading("B. Votre projet", 2)
    ask("Intitulé", "Proposer sa bourse à chaque collégien qui y a droit")
    ask("Sigle", "BOURS’ICI")
    ask("Catégorie (cocher)", "☒ Administration proactive", "☐ Mise à disposition de données", "☐ Amélioration d’une politique publique")
    ask("Présentation synthétique", "Un tiers des familles éligibles ne demande pas la bourse des collèges. À partir des données de la CAF et de l’administration fiscale, BOURS’ICI écrit à chacune d’elles avec un montant estimé et un formulaire prérempli.")
    ask("À quelle politique prioritaire contribue-t-il ?", "Lutte contre le non-recours aux droits")
    ask("À qui s’adresse-t-il ?", "Environ 9 500 familles de collégiens")
    ask("Date de début", "4 septembre 2023")
    ask("Date d’achèvement", "30 juin 2025")
    ask("À partir de quand les usagers verront-ils une différence ?", "Janvier 2024")
    ask("Comment comptez-vous le déployer ?", "D’abord six collèges du Cher, puis le département, puis l’académie entière à la rentrée 2024.")
    form.add_heading("C. Jalons", 2)
    for line in ("Convention avec la CAF signée – 13/10/2023", "Premier envoi aux familles du Cher – 15/01/2024", "Envoi dans les six départements – 16/09/2024"):
        form.add_paragraph(line, style="List Bullet")
    form.add_heading("D. Financement", 2)
    form.add_paragraph("Le détail des dépenses figure dans le classeur joint (budget_boursici.ods).")
    ask("Montant total TTC", "268 400 €")
    ask("Montant demandé au fonds", "134 200 €")
    ask("Part prise en charge par l’académie", "104 200 €")
    ask("Autres financeurs", "Conseil régional Centre-Val de Loire : 30 000 €")
    form.add_heading("E. Impact", 2)
    form.add_heading("Indicateur P1 – Familles ayant bénéficié de la démarche", 3)
    ask("Définition", "Familles informées par courriel ou SMS et dont la bourse a été notifiée")
    ask("Unité", "familles")
    ask("Valeur de départ", "0 (au 01/09/2023)")
    ask("Valeur cible", "6 000 (au 30/06/2025)")
    ask("Fréquence de mesure", "Deux fois par an")
    ask("Qui mesure ?", "Service statistique académique")
    form.add_heading("Indicateur P2 – Taux de transformation", 3)
    ask("Définition", "Demandes déposées rapportées aux familles contactées")
    ask("Unité", "%")
    ask("Valeur de départ", "12 (au 31/12/2022)")
    ask("Valeur cible", "55 (au 30/06/2025)")
    ask("Fréquence de mesure", "Après chaque envoi")
    ask("Qui mesure ?", "Service statistique académique")
    ask("Protocole d’évaluation", "Tirage au sort de collèges témoins contactés un trimestre plus tard.")
    form.add_heading("F. Données personnelles", 2)
    office.grid(form, [
        ["Source", "Qui la détient ?", "Données personnelles", "Données sensibles", "Déjà accessible", "Qualité"],
        ["Fichier des élèves SIECLE", "Rectorat", "Oui", "Non", "Oui", "Bonne"],
        ["Quotients familiaux", "CNAF", "Oui", "Non", "Non", "Bonne"],
        ["Revenus fiscaux de référence", "DGFiP", "Oui", "Non", "Non", "Très bonne"]])
    ask("Base légale", "Article L. 114-8 du code des relations entre le public et l’administration")
    ask("L’AIPD est-elle faite ?", "Oui, validée le 10 février 2023")
    ask("Délégué à la protection des données", "Rémi Auberger, dpd@exemple-orleans-tours.fr")
    form.add_heading("G. Mise en œuvre technique", 2)
    ask("Description de la solution", "Appels aux API de l’administration, rapprochement des foyers et envoi par la passerelle de courriels de l’académie.")
    ask("Briques mutualisées", "API Particulier, FranceConnect, DSFR")
    ask("Intelligence artificielle (usage et justification)", "Sans objet")
    ask("Risques éthiques", "Stigmatisation des élèves boursiers si le courrier transite par l’établissement.")
    form.add_heading("H. Engagements", 2)
    for line in ("☒ Publier le code source", "☐ Référencer l’API sur api.gouv.fr", "☐ Publier les données sur data.gouv.fr", "☒ Respecter le RGAA", "☒ Suivre une démarche d’écoconception"):
        form.add_paragraph(line)
    ask("Licence", "GPL v3")
    ask("Adresse du dépôt", "https://forge.exemple-education.fr/boursici")
    form.add_heading("I. Organisation", 2)
    office.grid(form, [["Fonction dans l’équipe", "ETP"], ["Cheffe de projet", "0,5"], ["Développeuse", "1,0"], ["Statisticien", "0,6"]])
    ask("Instances et calendrier", "Comité de pilotage à chaque début de trimestre scolaire")
    office.grid(form, [
        ["Risque", "Gravité", "Réponse apportée"],
        ["Convention CAF retardée", "Majeure", "Démarrage avec les seules données fiscales"],
        ["Adresses électroniques périmées", "Mineure", "Relance par SMS"]])
    ask("Accompagnement attendu", "Juridique")
    source = bench.SCRATCH / "boursici.docx"
    form.save(source)
    jobs.append((source, bench.folder(3) / "dossier_BOURSICI.odt"))

    book = Workbook()
    sheet = book.active
    sheet.title = "Dépenses"
    sheet.append(["BOURS’ICI – dépenses prévisionnelles"])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.append([])
    sheet.append(["Poste", "Détail", "Année", "Montant TTC (€)"])
    for line in (("RH interne", "Développeuse contractuelle (18 mois)", "2023-2025", 92000), ("RH interne", "Statisticien", "2023-2025", 41400),
                 ("Prestation", "Conception des messages et tests usagers", "2024", 54000), ("Prestation", "Développement du rapprochement", "2023", 48000),
                 ("Logiciel et licences", "Passerelle d’envoi", "2024", 14500), ("Formation", "Secrétariats de collège", "2024", 8500),
                 ("Communication", "Affiches et vidéos", "2024", 10000)):
        sheet.append(line)
    sheet.append(["Total", None, None, "=SUM(D4:D10)"])
    for row in range(4, 12):
        sheet.cell(row, 4).number_format = '[$-40C]#,##0.00\\ "€"'
    for column, width in zip("ABCD", (22, 46, 14, 18)):
        sheet.column_dimensions[column].width = width
    source = bench.SCRATCH / "budget_boursici.xlsx"
    book.save(source)
    jobs.append((source, bench.folder(3) / "budget_boursici.ods"))
