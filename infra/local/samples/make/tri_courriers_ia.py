"""A ministry that sorts letters with a model, its dossier exported from démarche.numerique: complete and sound."""

import json
import pathlib
from decimal import Decimal

from budget import AUTRE, COMMUNICATION, FORMATION, INFRASTRUCTURE, LICENCE, PRESTATION, RH, Budget, Line, Workbook, line
from demarche import Champs, envelope, identifier
from form import Look
from french import printed
from indicator import Indicator
from letter import Letter

EXPECTED = {
    "status": "note",
    "title": "CLAIR : classer et orienter les courriers des usagers en préfecture",
    "email": "nadia.ferrand@exemple.gouv.fr",
    "about": "Un tri de courriers assisté par l’IA, déposé par l’export JSON de démarche.numerique : l’indicateur est celui du porteur.",
}

LOOK = Look(colour="2F4077")

BUDGET = Budget(
    (
        line(RH, "Chef de projet et deux scientifiques des données (3 ETP)", "2024", "58240.00"),
        line(PRESTATION, "Annotation du corpus et développement du service", "2024", "64800.00"),
        line(INFRASTRUCTURE, "Calcul et hébergement qualifiés SecNumCloud", "2024", "21600.00"),
        line(LICENCE, "Outil d'annotation, 20 postes", "2024", "7200.00"),
        line(RH, "Chef de projet et deux scientifiques des données (3 ETP)", "2025", "174720.00"),
        line(PRESTATION, "Déploiement par région et reprise des corrections", "2025", "118800.00"),
        line(INFRASTRUCTURE, "Calcul et hébergement qualifiés SecNumCloud", "2025", "49680.00"),
        line(FORMATION, "Formation des agents des bureaux du courrier", "2025", "26400.00"),
        line(COMMUNICATION, "Guides, vidéos et réunions d'information des agents", "2025", "6000.00"),
        line(AUTRE, "Évaluation des biais par une équipe de recherche", "2025", "37560.00", vat="0"),
    ),
    total=Decimal("565000.00"), requested=Decimal("280000.00"), own=Decimal("260000.00"),
    other=(("Inria, mise à disposition d'un chercheur", Decimal("25000.00")),),
).sound()

INDICATORS = [
    Indicator(
        "Délai médian d'orientation d'un courrier",
        "Nombre médian de jours ouvrés entre l'enregistrement d'un courrier à l'arrivée et son affectation au service qui y répond.",
        "jours ouvrés", "6.5", "2024-01-31", "1.5", "2026-02-28", (("2025-03-01", "4.5"), ("2025-09-01", "2.5")),
        "Horodatages de l'application de gestion du courrier", "Médiane mensuelle sur tous les courriers des préfectures raccordées, comparée aux préfectures non raccordées",
        "Mensuelle", "Bureau de l'évaluation, Pauline Astruc"),
    Indicator(
        "Part des courriers réorientés",
        "Part des courriers affectés à un service qui les transmet ensuite à un autre.",
        "%", "18", "2024-01-31", "6", "2026-02-28", (("2025-03-01", "14"), ("2025-09-01", "9")),
        "Application de gestion du courrier, historique des affectations", "Courriers ayant au moins deux affectations divisés par les courriers enregistrés",
        "Mensuelle", "Bureau de l'évaluation, Pauline Astruc"),
    Indicator(
        "Courriers orientés avec l'aide de l'outil",
        "Nombre cumulé de courriers pour lesquels un agent a validé ou corrigé une proposition de l'outil.",
        "courriers", "0", "2024-03-01", "600000", "2026-02-28", (("2025-03-01", "40000"), ("2025-09-01", "260000")),
        "Journal du service", "Comptage des validations et des corrections, une par courrier", "Mensuelle", "Équipe projet, Nadia Ferrand"),
]

DEMARCHE = {"id": identifier("Procedure", 73518), "number": 73518, "title": "Guichet « Exploitation et valorisation des données » – candidature",
            "revision": {"id": identifier("Revision", 148220)}}

MINISTRY = {
    "__typename": "PersonneMorale", "siret": "11001401600015", "siegeSocial": True, "naf": "8411Z",
    "libelleNaf": "Administration publique générale",
    "address": {"label": "PL BEAUVAU 75008 PARIS", "type": "street", "streetAddress": "PL BEAUVAU", "streetNumber": None, "streetName": "PL BEAUVAU",
                "postalCode": "75008", "cityName": "Paris", "cityCode": "75108", "departmentName": "Paris", "departmentCode": "75",
                "regionName": "Île-de-France", "regionCode": "11", "countryName": "France", "countryCode": "FR"},
    "entreprise": {"siren": "110014016", "raisonSociale": "MINISTERE DE L'INTERIEUR", "nomCommercial": "", "formeJuridique": "Ministère",
                   "formeJuridiqueCode": "7113", "siretSiegeSocial": "11001401600015", "capitalSocial": "-1", "dateCreation": None,
                   "etatAdministratif": "Actif", "codeEffectifEntreprise": None, "enseigne": None},
    "association": None,
}


def make(folder: pathlib.Path) -> None:
    annex, letter = folder / "annexe_budget_clair.xlsx", folder / "lettre_engagement.pdf"
    book = Workbook("CLAIR – annexe budgétaire", "Nadia Ferrand", LOOK.colour)
    book.by_line(BUDGET, without_tax=True)
    book.financing(BUDGET)
    book.save(annex)
    _letter().save(letter, LOOK)
    dossier = envelope(17402963, EXPECTED["email"], DEMARCHE, MINISTRY, _answers(annex, letter))
    (folder / "dossier-17402963.json").write_text(json.dumps(dossier, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _answers(annex: pathlib.Path, letter: pathlib.Path) -> list[dict]:
    champs = Champs(first=3904211)
    _applicant(champs)
    _project(champs)
    _budget(champs, annex)
    champs.section("4. Impact")
    champs.block("Indicateurs d’impact", INDICATORS, _indicator)
    champs.text("Dispositif d’évaluation", printed(
        "Déploiement échelonné par région, dont l'ordre est tiré au sort : les régions qui attendent servent de groupe témoin. Comparaison avant/après dans chaque préfecture ; relecture à l'aveugle de 1 500 courriers par deux agents pour mesurer l'accord avec l'outil."))
    _law_and_technique(champs)
    _governance(champs, letter)
    return champs.made


def _applicant(champs: Champs) -> None:
    champs.section("1. Porteur")
    champs.text("Nom de l’administration", "Ministère de l’Intérieur et des Outre-mer")
    champs.text("Ministère de rattachement", "Ministère de l’Intérieur et des Outre-mer")
    champs.text("Nom du contact", "Nadia Ferrand")
    champs.text("Fonction du contact", "Directrice de projet, transformation numérique des préfectures")
    champs.text("Courriel du contact", EXPECTED["email"])
    champs.text("Téléphone du contact", "01 99 00 78 90")
    champs.text("Nom du sponsor", "Philippe Garnier")
    champs.text("Fonction du sponsor", "Directeur du management de l’administration territoriale")


def _project(champs: Champs) -> None:
    champs.section("2. Projet")
    champs.text("Titre du projet", printed(EXPECTED["title"]))
    champs.text("Acronyme", "CLAIR")
    champs.text("Résumé du projet", printed(
        "Les préfectures reçoivent 1,9 million de courriers par an. Un sur cinq part d'abord au mauvais service, et l'usager attend sans le savoir. "
        "CLAIR lit le courrier numérisé, propose à l'agent du bureau du courrier un service et un motif, et montre les phrases sur lesquelles il s'appuie. L'agent valide ou corrige d'un geste ; rien n'est décidé sans lui, et ses corrections améliorent le modèle.\n"
        "Le temps rendu, estimé à 22 équivalents temps plein, va à l'accueil et aux réponses. Le service est un modèle de langue ouvert de petite taille, entraîné et hébergé en France."))
    champs.choices("Type de projet", "Améliorer une politique publique grâce à l’IA, à la science des données ou à un outil d’aide à la décision")
    champs.text("Politique prioritaire", "Simplifier la relation des usagers avec l’administration (politique prioritaire « services publics plus simples »)")
    champs.text("Bénéficiaires", printed("Les usagers qui écrivent aux préfectures (1,2 million de personnes par an) ; 640 agents de 101 bureaux du courrier"))
    champs.day("Date de début du projet", "2024-09-02")
    champs.day("Date de fin du projet", "2026-03-01")
    champs.integer("Durée du projet (en mois)", 18)
    champs.day("Date du premier impact", "2025-01-31")
    champs.text("Stratégie de déploiement", printed(
        "Deux préfectures volontaires (Rennes, Lyon) dès janvier 2025 avec l'outil en simple suggestion ; une région complète en avril 2025 ; puis une région par mois à compter de juin. Chaque ouverture demande que la part de courriers réorientés ait baissé d'un tiers dans la vague précédente. "
        "Les agents sont formés sur leurs propres courriers ; chaque bureau a un référent et peut éteindre l'outil."))
    champs.block("Jalons", [("Corpus annoté et AIPD validée", "2024-12-06"), ("Deux préfectures pilotes", "2025-01-31"), ("Première région complète", "2025-04-07"),
                            ("Quatre régions", "2025-09-01"), ("Rapport d’évaluation, passage en exploitation", "2026-02-20")],
                 lambda row, jalon: (row.text("Jalon", jalon[0]), row.day("Date du jalon", jalon[1])))


def _budget(champs: Champs, annex: pathlib.Path) -> None:
    champs.section("3. Budget")
    champs.decimal("Coût total du projet (TTC)", str(BUDGET.total))
    champs.decimal("Cofinancement demandé (TTC)", str(BUDGET.requested))
    champs.decimal("Part financée par le porteur", str(BUDGET.own))
    champs.block("Autres financements", list(BUDGET.other),
                 lambda row, source: (row.text("Financeur", printed(source[0])), row.decimal("Montant du financement", str(source[1]))))
    champs.block("Lignes du budget", list(BUDGET.lines), _line)
    champs.files("Annexe budgétaire", annex)


def _line(row: Champs, expense: Line) -> None:
    row.choice("Catégorie de dépense", expense.category)
    row.text("Libellé de la dépense", printed(expense.label))
    row.decimal("Montant TTC", str(expense.amount))
    row.text("Période", expense.period)


def _indicator(row: Champs, indicator: Indicator) -> None:
    row.text("Intitulé de l’indicateur", printed(indicator.name))
    row.text("Définition", printed(indicator.definition))
    row.text("Unité", indicator.unit)
    row.decimal("Valeur de référence", indicator.baseline)
    row.day("Date de la valeur de référence", indicator.baseline_on)
    row.decimal("Valeur cible", indicator.target)
    row.day("Date de la cible", indicator.target_on)
    steps = dict(indicator.facts())["Cibles intermédiaires"]
    row.text("Cibles intermédiaires", printed(steps))
    row.text("Source des données", printed(indicator.source))
    row.text("Méthode de calcul", printed(indicator.method))
    row.text("Fréquence de mesure", indicator.frequency)
    row.text("Responsable de la mesure", printed(indicator.owner))


def _law_and_technique(champs: Champs) -> None:
    champs.section("5. Données et cadre juridique")
    sources = [("Courriers numérisés des préfectures, 2021 à 2023", "Ministère de l’Intérieur", True, True, True, "Bonne : 92 % des pages lisibles par reconnaissance de caractères"),
               ("Historique des affectations", "Ministère de l’Intérieur", False, False, True, "Bonne après retrait des affectations par défaut (4 %)"),
               ("Annuaire des services", "DILA et préfectures", False, False, True, "Moyenne, mise à jour trimestrielle à automatiser")]
    champs.block("Sources de données", sources, lambda row, source: (
        row.text("Nom de la source", source[0]), row.text("Détenteur", source[1]), row.yes_no("Données personnelles", source[2]),
        row.yes_no("Données sensibles", source[3]), row.yes_no("Disponible", source[4]), row.text("Qualité", source[5])))
    champs.text("Base légale", printed("Mission d'intérêt public (RGPD, article 6-1-e) ; traitement créé par arrêté après avis de la CNIL ; données sensibles contenues dans les courriers : article 9-2-g, masquées avant l'entraînement"))
    champs.yes_no("Analyse d’impact (AIPD)", True)
    champs.text("Délégué à la protection des données", "Éric Sandoval, dpd.interieur@exemple.gouv.fr")
    champs.section("6. Technique et engagements")
    champs.text("Solution technique", printed("Reconnaissance de caractères, puis modèle de langue ouvert de petite taille affiné sur 60 000 courriers annotés ; service en conteneurs, une API, une extension de l'application de courrier. Seuil de confiance : au-dessous, aucune proposition."))
    champs.text("Briques et API réutilisées", printed("Modèles ouverts de la communauté, API Annuaire de l'administration, ProConnect, outils d'évaluation du pôle interministériel de science des données"))
    champs.text("Recours à l’IA et justification", printed("Oui. Des règles par mots-clés, essayées en 2022, plafonnent à 61 % de bonnes affectations ; un prototype appris sur 8 000 courriers atteint 87 %. L'IA convient à un texte libre et varié ; l'agent garde la décision."))
    champs.text("Risques éthiques", printed("Courriers manuscrits ou en français malaisé moins bien lus : mesure séparée par type de courrier, arrêt si l'écart dépasse cinq points. Excès de confiance de l'agent : phrases justificatives toujours affichées et contrôle aléatoire de 2 %. Données sensibles : masquage et durée de conservation de douze mois."))
    champs.box("Engagement : code source ouvert", True)
    champs.box("Engagement : référencement sur api.gouv.fr", True)
    champs.box("Engagement : référencement sur data.gouv.fr", True)
    champs.box("Engagement : accessibilité (RGAA)", True)
    champs.box("Engagement : écoconception", True)
    champs.text("Licence", "Apache-2.0")
    champs.text("Dépôt de code", "https://code.exemple.gouv.fr/clair")


def _governance(champs: Champs, letter: pathlib.Path) -> None:
    champs.section("7. Gouvernance")
    champs.block("Équipe", [("Directrice de projet", "1"), ("Scientifiques des données", "2"), ("Développeurs (prestation)", "1.5"), ("Référente métier, bureau du courrier", "0.5")],
                 lambda row, member: (row.text("Rôle", member[0]), row.decimal("ETP", member[1])))
    champs.text("Calendrier", printed("Annotation et AIPD de septembre à décembre 2024 ; pilotes de janvier à mars 2025 ; une région en avril ; extension de juin 2025 à janvier 2026 ; évaluation en février 2026. Comité de pilotage tous les deux mois, itérations de deux semaines."))
    champs.block("Risques", [
        ("Annotations incohérentes entre préfectures", "Moyenne", "Guide d’annotation commun, double annotation de 10 % du corpus, accord mesuré chaque semaine"),
        ("Refus des agents", "Élevée", "Représentants du personnel associés dès le cadrage, outil éteint par simple choix du bureau"),
        ("Dérive du modèle après une réforme", "Moyenne", "Suivi hebdomadaire du taux de correction, réapprentissage trimestriel"),
        ("Indisponibilité du calcul", "Faible", "Retour immédiat au tri manuel, sans perte de courrier")],
        lambda row, risk: (row.text("Risque", risk[0]), row.choice("Gravité", risk[1]), row.text("Réponse", risk[2])))
    champs.choices("Accompagnement demandé", "Infrastructure sécurisée", "Ressources humaines")
    champs.files("Lettre d’engagement du sponsor", letter)


def _letter() -> Letter:
    return Letter(
        ["Ministère de l'Intérieur", "et des Outre-mer"], "Secrétariat général · Direction du management de l'administration territoriale", "Paris, le 11 mars 2024",
        "lettre d'engagement du sponsor pour le projet CLAIR",
        ("Un courrier mal orienté, c'est un usager qui attend et un agent qui s'excuse. CLAIR doit faire gagner du temps aux deux, sans jamais décider à leur place.",
         "Je m'engage à porter ce projet pendant ses dix-huit mois, à y affecter l'équipe décrite dans le dossier et à financer 260 000,00 € sur les crédits de la direction. Je réunirai le comité de pilotage tous les deux mois, en présence de représentants des agents.",
         "Je m'engage à suspendre l'outil si l'évaluation montre qu'il traite moins bien une partie des usagers, et à publier les résultats, bons ou mauvais, tous les six mois."),
        ("Le directeur du management", "de l'administration territoriale", "Philippe Garnier"))
