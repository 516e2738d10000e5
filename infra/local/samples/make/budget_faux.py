"""A budget whose total was typed, not computed, and two of whose digits changed places: the lines say 246 800 €, the total 264 800 €."""

import pathlib
from decimal import Decimal

from budget import AUTRE, COMMUNICATION, FORMATION, INFRASTRUCTURE, PRESTATION, RH, Budget, Workbook, line
from form import Form, Look
from french import euros
from indicator import Indicator
from letter import Letter

TITLE = "Étiages ouverts : publier chaque jour l'état des cours d'eau et l'effet des restrictions d'usage"

EXPECTED = {
    "status": "incomplet",
    "title": TITLE,
    "email": "amandine.roche@exemple.gouv.fr",
    "about": "Un budget faux : les lignes font 246 800 € et le total saisi à la main dit 264 800 € (deux chiffres inversés) ; le reste est complet.",
}

LOOK = Look(font="Calibri", colour="0B6E75", label_fill="E6F4F4", size=11, printed=False)
MINISTRY = ["Ministère de la Transition écologique", "et de la Cohésion des territoires"]

BUDGET = Budget(
    (
        line(RH, "Cheffe de produit (0,5 ETP) et hydrologue (0,3 ETP)", "2024", "24000.00"),
        line(PRESTATION, "Chaîne de collecte et de contrôle des débits", "2024", "48000.00"),
        line(INFRASTRUCTURE, "Hébergement", "2024", "6000.00"),
        line(RH, "Cheffe de produit (0,5 ETP) et hydrologue (0,3 ETP)", "2025", "60000.00"),
        line(PRESTATION, "Rapprochement avec les arrêtés de restriction, documentation", "2025", "72000.00"),
        line(INFRASTRUCTURE, "Hébergement", "2025", "12000.00"),
        line(FORMATION, "Ateliers avec les services de l'eau des DDT", "2025", "7200.00"),
        line(COMMUNICATION, "Concours de réutilisations", "2025", "4800.00"),
        line(AUTRE, "Audit d'accessibilité et évaluation", "2025", "12800.00"),
    ),
    total=Decimal("264800.00"), requested=Decimal("120000.00"), own=Decimal("144800.00"),
)

INDICATORS = [
    Indicator("M1 - Nombre de projets réutilisant les données", "Nombre de réutilisations actives, déclarées sur data.gouv.fr ou repérées par la veille, hors ministère.",
              "projets", "6", "2024-01-31", "40", "2025-12-31", (("2024-12-31", "12"), ("2025-06-30", "25")),
              "data.gouv.fr et veille de l'équipe", "Recensement contrôlé : une réutilisation inactive depuis six mois est retirée", "Trimestrielle", "Amandine Roche"),
    Indicator("M3 - Délai entre la demande d'accès d'un tiers et l'accès effectif", "Nombre médian de jours ouvrés entre la demande d'un tiers et la mise à disposition du fichier demandé.",
              "jours ouvrés", "32", "2024-01-31", "0", "2025-12-31", (("2024-12-31", "10"), ("2025-06-30", "2")),
              "Boîte de contact et data.gouv.fr", "Médiane du semestre ; zéro quand le fichier est déjà public", "Semestrielle", "Amandine Roche"),
]


def make(folder: pathlib.Path) -> None:
    _form().save(folder / "dossier etiages ouverts.docx")
    book = Workbook("Étiages ouverts - annexe budgétaire", "Amandine Roche", LOOK.colour)
    book.by_line(BUDGET, typed_total=True)
    book.financing(BUDGET)
    book.save(folder / "annexe budget etiages.xlsx")
    _letter().save(folder / "lettre d'engagement.docx", LOOK)


def _form() -> Form:
    form = Form(LOOK, TITLE, "Amandine Roche", "Étiages ouverts")
    form.banner(MINISTRY, "Direction de l'eau et de la biodiversité")
    form.title("Étiages ouverts", "Réponse au guichet Exploitation et valorisation des données (FTAP)")
    form.heading("1 - PORTEUR DU PROJET")
    _answers(form, ("1.1 - N° SIRET", "110 068 012 00050"), ("1.2 - Nom de l'administration", "Ministère de la Transition écologique et de la Cohésion des territoires"),
             ("1.3 - Catégorie juridique", "7113 (ministère)"), ("1.4 - Ministère", "Transition écologique et Cohésion des territoires"),
             ("1.5 - Nom du contact", "Amandine Roche"), ("1.6 - Fonction du contact", "Cheffe de produit"), ("1.7 - Mail du contact", EXPECTED["email"]),
             ("1.8 - Tél. du contact", "01 99 00 56 78"), ("1.9 - Nom du sponsor", "Vincent Aubert"), ("1.10 - Fonction du sponsor", "Directeur adjoint de l'eau et de la biodiversité"))
    form.heading("2 - PROJET")
    _answers(form, ("2.1 - Titre du projet", TITLE), ("2.2 - Acronyme", "ETO"),
             ("2.3 - Résumé du projet", "Les débits des cours d'eau sont mesurés chaque heure par 3 200 stations, mais publiés sans contrôle ni contexte. Les tiers qui veulent savoir où l'on manque d'eau, et si une restriction a porté ses fruits, demandent des fichiers par courriel et attendent un mois. Étiages ouverts publie chaque jour, en fichiers ouverts et documentés, des débits contrôlés, leur écart à la normale et les arrêtés de restriction en vigueur, station par station."))
    form.heading("2.4 - Type de projet", 2)
    form.boxes((False, "Administration proactive"), (True, "Mise à disposition de données (open data, partage par fichiers)"), (False, "Amélioration d'une politique publique par l'IA ou la donnée"))
    _answers(form, ("2.5 - Politique prioritaire", "Plan d'action pour une gestion résiliente et concertée de l'eau (Plan eau)"),
             ("2.6 - Bénéficiaires", "Agriculteurs, collectivités, gestionnaires de réseaux, chercheurs, presse locale"),
             ("2.7 - Date de début", "01/07/2024"), ("2.8 - Date de fin", "31/12/2025"), ("2.9 - Date du premier impact", "15/12/2024"),
             ("2.10 - Stratégie de déploiement", "Deux bassins pilotes (Adour-Garonne et Loire-Bretagne) en décembre 2024 ; tous les bassins avant l'été 2025 ; historique de dix ans à l'automne. Les services de l'eau de six départements relisent chaque jeu avant sa sortie. Passage au bassin suivant quand M1 et M3 atteignent leur cible de palier."))
    form.heading("3 - BUDGET")
    _answers(form, ("3.1 - Coût total du projet (TTC)", euros(BUDGET.total, " ")), ("3.2 - Cofinancement demandé", euros(BUDGET.requested, " ")),
             ("3.3 - Part financée par le porteur", euros(BUDGET.own, " ")), ("3.4 - Autres financements", "Néant"))
    form.heading("4 - IMPACT")
    for indicator in INDICATORS:
        form.heading("Indicateur " + indicator.name, 2)
        for label, value in indicator.facts()[1:]:
            form.line(label, value.replace("\n", " ; "))
    _answers(form, ("4.3 - Dispositif d'évaluation", "Comparaison avant/après, et entre bassins ouverts et bassins en attente pendant les six premiers mois ; entretiens avec vingt réutilisateurs."))
    _rest(form)
    return form


def _rest(form: Form) -> None:
    form.heading("5 - DONNÉES ET DROIT")
    form.grid(["Source de données", "Détenteur", "Données personnelles", "Données sensibles", "Disponible", "Qualité"], [
        ["Hydrométrie (débits horaires)", "SCHAPI", "Non", "Non", "Oui", "Bonne, 5 % de stations à contrôler"],
        ["Arrêtés de restriction", "Préfectures (VigiEau)", "Non", "Non", "Oui", "Bonne depuis 2023"]], [4, 3.4, 2.6, 2.3, 2.3, 4], size=9)
    _answers(form, ("5.1 - Base légale", "Code de l'environnement, article L. 124-2 ; CRPA, article L. 312-1-1"), ("5.2 - AIPD", "Non, aucune donnée personnelle"),
             ("5.3 - Délégué à la protection des données", "Florence Guérin, dpd.ecologie@exemple.gouv.fr"))
    form.heading("6 - ENGAGEMENTS")
    form.grid(["Engagement", "Oui", "Non"], [["Code source ouvert", "x", ""], ["Référencement sur api.gouv.fr", "", "x"], ["Référencement sur data.gouv.fr", "x", ""],
                                             ["Accessibilité (RGAA)", "x", ""], ["Écoconception", "x", ""]], [11, 3, 3])
    _answers(form, ("6.1 - Licence", "Licence Ouverte 2.0"), ("6.2 - Dépôt de code", "https://code.exemple.gouv.fr/etiages-ouverts"))
    form.heading("7 - TECHNIQUE")
    _answers(form, ("7.1 - Solution technique", "Traitement quotidien en Python, fichiers Parquet et CSV, schéma publié, contrôle automatique avant publication"),
             ("7.2 - Briques et API réutilisées", "API Hub'Eau, data.gouv.fr, schema.data.gouv.fr, API VigiEau"), ("7.3 - Recours à l'IA", "Non"),
             ("7.4 - Risques éthiques", "Désignation d'usagers par la précision des données : publication à la station, jamais au prélèvement"))
    form.heading("8 - GOUVERNANCE")
    form.grid(["Rôle", "ETP"], [["Cheffe de produit", "0,5"], ["Hydrologue", "0,3"], ["Ingénieurs de la donnée (prestation)", "1,2"]], [12, 5], right=(1,))
    _answers(form, ("8.1 - Calendrier", "Collecte et contrôle de juillet à novembre 2024, pilotes en décembre, extension de janvier à juin 2025, historique et évaluation au second semestre 2025"))
    form.grid(["Risque", "Gravité", "Réponse"], [["Stations en panne pendant l'étiage", "Moyenne", "Valeur manquante signalée, jamais inventée"],
                                               ["Mauvaise lecture par le public", "Moyenne", "Notice courte, écart à la normale plutôt que valeur brute"]], [6, 3, 8])


def _answers(form: Form, *answers: tuple[str, str]) -> None:
    for label, answer in answers:
        form.heading(label, 2)
        form.text(answer)


def _letter() -> Letter:
    return Letter(
        MINISTRY, "Direction de l'eau et de la biodiversité", "La Défense, le 5 mars 2024", "lettre d'engagement du sponsor - Étiages ouverts",
        ("L'eau qui manque se partage mieux quand chacun voit la même chose.",
         "Je m'engage à porter Étiages ouverts jusqu'au 31 décembre 2025, à y affecter l'équipe décrite et à financer la part de la direction, 144 800,00 €.",
         "Je m'engage à publier les données sur data.gouv.fr et à rendre compte tous les six mois des réutilisations et des délais."),
        ("Le directeur adjoint de l'eau et de la biodiversité", "Vincent Aubert"))
