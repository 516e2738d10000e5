"""A health agency answers the long questions of a form in two columns and joins a budget over three years."""
import docx
import openpyxl
from docx.shared import Cm
from openpyxl.styles import Alignment, Font, PatternFill
from office import SCRATCH, folder, freeze, grid

ANSWERS = [
    ("1 - Quelle est la structure qui porte le projet ?", "Agence nationale de la prévention en santé"),
    ("2 - Quel est son numéro SIRET (14 chiffres) ?", "18007003900011"),
    ("3 - Quelle est sa nature juridique ?", "Établissement public administratif sous tutelle"),
    ("4 - De quel ministère dépend-elle ?", "Ministère de la Santé et de la Prévention"),
    ("5 - Qui est le chef de projet (nom, fonction, mail, téléphone) ?", "Dr Samuel Attias\nMédecin de santé publique, chef du pôle données\nsamuel.attias@exemple-sante.fr\n01 99 00 92 15"),
    ("6 - Qui est le sponsor du projet (nom et fonction) ?", "Pr Mireille Kouassi, directrice générale"),
    ("7 - Quel est l’intitulé du projet ?", "Dépistage pour tous : inviter ceux que l’on n’atteint pas"),
    ("8 - Le projet a-t-il un acronyme ?", "Non"),
    ("9 - Pouvez-vous résumer le projet (objectifs, utilisateurs, résultats attendus) ?", "Les invitations au dépistage partent au même rythme pour tous. Le projet repère les communes où elles restent sans réponse et "
     "adapte le canal, le moment et le relais local."),
    ("10 - Dans quelle catégorie de projet du guichet vous inscrivez-vous ?", "Rendre l’administration proactive"),
    ("11 - À quelle politique prioritaire du Gouvernement contribuez-vous ?", "Prévention et santé à tous les âges de la vie"),
    ("12 - Qui en sont les bénéficiaires ?", "Femmes et hommes de 50 à 74 ans, dans 2 400 communes"),
    ("13 - Quand le projet commence-t-il ?", "le 1er février 2024"),
    ("14 - Quand le projet se termine-t-il ?", "le 31 janvier 2026"),
    ("15 - Quand constaterez-vous le premier impact ?", "en juillet 2024"),
    ("16 - Comment le projet sera-t-il généralisé ?", "Trois départements en 2024, vingt en 2025, tous en 2026."),
    ("17 - Quel est le coût total du projet, toutes taxes comprises ?", "0,9 M€"),
    ("18 - Quel montant de cofinancement demandez-vous ?", "450 000 euros"),
    ("19 - Quelle part financez-vous sur vos fonds propres ?", "390 000 euros"),
    ("20 - Avez-vous d’autres financeurs ? Lesquels, pour quel montant ?", "Assurance maladie (60 000 euros)"),
    ("21 - Comment évaluerez-vous l’impact ?", "Essai randomisé : les communes sont tirées au sort pour l’ordre d’entrée dans le dispositif."),
    ("22 - Sur quelle base juridique reposent les traitements de données ?", "Article L. 1411-6 du code de la santé publique"),
    ("23 - Une AIPD est-elle réalisée ?", "Oui"),
    ("24 - Qui est votre délégué à la protection des données ?", "Nora Lemoine, dpo@exemple-sante.fr"),
    ("25 - Quelle est la solution technique envisagée ?", "Score de non-réponse par commune, calculé chaque mois, et outil d’envoi multicanal"),
    ("26 - Quelles API ou briques existantes réutilisez-vous ?", "API Géo, Mon espace santé"),
    ("27 - Utilisez-vous l’intelligence artificielle ? Si oui, pourquoi ?", "Non, une régression suffit."),
    ("28 - Quels sont les risques éthiques ?", "Aucune donnée de santé individuelle n’est utilisée pour le score."),
    ("29 - Vous engagez-vous à publier le code en logiciel libre ?", "Oui, licence MIT"),
    ("30 - Vous engagez-vous à référencer vos API sur api.gouv.fr ?", "Sans objet"),
    ("31 - Vous engagez-vous à publier vos données sur data.gouv.fr ?", "Oui (taux de participation par commune)"),
    ("32 - Vous engagez-vous à respecter le RGAA ?", "Oui"),
    ("33 - Vous engagez-vous dans une démarche de numérique écoresponsable ?", "Oui"),
    ("34 - De quel appui de la DINUM auriez-vous besoin ?", "Appui juridique ; recrutement d’un data engineer"),
]


def make(jobs):
    d = docx.Document()
    d.add_heading("Questionnaire de candidature", 0)
    t = grid(d, [("Question", "Réponse"), *ANSWERS])
    for row in t.rows:
        row.cells[0].width, row.cells[1].width = Cm(6), Cm(10)
    d.add_heading("35 - Quels indicateurs suivrez-vous ?", 2)
    for code, lines in [("Indicateur P1", [("Libellé", "Personnes informées de façon proactive"), ("Définition", "Personnes ayant reçu une invitation adaptée"), ("Unité", "personnes"), ("Valeur de départ (décembre 2023)", "0"),
                                           ("Valeur cible (janvier 2026)", "600 000"), ("Source de données", "Outil d’envoi"), ("Fréquence", "Mensuelle")]),
                        ("Indicateur P2", [("Libellé", "Taux de conversion après invitation"), ("Définition", "Dépistages réalisés / invitations adaptées"), ("Unité", "%"), ("Valeur de départ (décembre 2023)", "34"),
                                           ("Valeur cible (janvier 2026)", "45"), ("Source de données", "Centres de dépistage"), ("Fréquence", "Trimestrielle")])]:
        d.add_heading(code, 3)
        grid(d, lines)
    d.add_heading("36 - Quelles sont les étapes du projet ?", 2)
    for line in ["1er février 2024 – Lancement dans trois départements", "1er juillet 2024 – Première mesure", "1er janvier 2025 – Extension à vingt départements"]:
        d.add_paragraph(line, style="List Bullet")
    d.add_heading("37 - Quelles données utiliserez-vous ?", 2)
    grid(d, [("Données", "Responsable", "Caractère personnel", "Sensibles", "Déjà disponibles ?"), ("Invitations envoyées", "Centres de dépistage", "Oui", "Oui", "Oui"), ("Indice de défavorisation", "INSERM", "Non", "Non", "Oui")])
    path = folder(11) / "questionnaire.docx"
    d.save(path)
    freeze(path)

    b = openpyxl.Workbook()
    s = b.active
    s.title = "Budget pluriannuel"
    s["A1"] = "Budget pluriannuel du projet (en € TTC)"
    grey = PatternFill("solid", fgColor="D9D9D9")
    s["A3"], s["B3"], s["C3"] = "Catégorie", "Description", "Montants TTC"
    s.merge_cells("C3:F3")
    s.merge_cells("A3:A4")
    s.merge_cells("B3:B4")
    for column, title in zip("CDEF", (2024, 2025, 2026, "Total")):
        s[f"{column}4"] = title
    for cell in s["A3:F4"][0] + s["A3:F4"][1]:
        cell.fill, cell.font, cell.alignment = grey, Font(bold=True), Alignment(horizontal="center")
    lines = [("RH interne", "Médecin chef de projet", 60000, 60000, 5000), ("RH interne", "Data engineer", 70000, 70000, 5000), ("Prestation", "Outil d’envoi multicanal", 180000, 90000, 0),
             ("Prestation", "Évaluation par un laboratoire", 30000, 60000, 30000), ("Infrastructure", "Hébergement HDS", 40000, 40000, 10000), ("Formation", "Relais locaux", 20000, 30000, 0),
             ("Communication", "Courriers et affiches", 50000, 50000, 0)]
    for i, line in enumerate(lines, 5):
        for column, value in zip("ABCDE", line):
            s[f"{column}{i}"] = value
        s[f"F{i}"] = f"=SUM(C{i}:E{i})"
    last = 4 + len(lines)
    s[f"A{last + 1}"] = "Total général"
    for column in "CDEF":
        s[f"{column}{last + 1}"] = f"=SUM({column}5:{column}{last})"
    for row in s.iter_rows(min_row=5, min_col=3, max_col=6):
        for cell in row:
            cell.number_format = "# ##0"
    source = SCRATCH / "blind11.xlsx"
    b.save(source)
    jobs.append((source, folder(11) / "budget pluriannuel.xlsx"))
