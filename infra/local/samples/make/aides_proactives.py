"""A ministry that tells families of a right, and soon gives it without being asked: complete and sound."""

import pathlib
from decimal import Decimal

from budget import AUTRE, COMMUNICATION, FORMATION, INFRASTRUCTURE, PRESTATION, RH, Budget, Workbook, line
from form import Form, Look
from french import euros
from indicator import Indicator
from letter import Letter

EXPECTED = {
    "status": "note",
    "title": "Bourses à temps : repérer, prévenir et servir les familles qui ont droit à une bourse de collège ou de lycée",
    "email": "claire.vasseur@exemple.gouv.fr",
    "about": "Un projet d’administration proactive d’un ministère, complet et solide : formulaire Word, annexe budgétaire Excel et lettre du sponsor.",
}

LOOK = Look()
MINISTRY = ["Ministère de l'Éducation nationale", "et de la Jeunesse"]

BUDGET = Budget(
    (
        line(RH, "Chef de projet et juriste données (1,2 ETP, de juillet à décembre)", "2024", "42000.00"),
        line(PRESTATION, "Développement du service de repérage et des échanges de données", "2024", "68400.00"),
        line(PRESTATION, "Recherche utilisateur et rédaction des messages avec des parents", "2024", "18600.00"),
        line(INFRASTRUCTURE, "Hébergement qualifié SecNumCloud, deux environnements", "2024", "9350.40"),
        line(RH, "Chef de projet et juriste données (1,2 ETP, année pleine)", "2025", "84000.00"),
        line(PRESTATION, "Développement de l'attribution automatique et de la file des recours", "2025", "92160.00"),
        line(INFRASTRUCTURE, "Hébergement qualifié SecNumCloud, année pleine", "2025", "18700.80"),
        line(COMMUNICATION, "SMS, courriers et affiches pour les établissements", "2025", "24500.00", vat="0"),
        line(FORMATION, "Prise en main par les secrétariats de 30 académies", "2025", "12900.00"),
        line(AUTRE, "Évaluation indépendante par une équipe de recherche", "2025", "29388.80", vat="0"),
    ),
    total=Decimal("400000.00"), requested=Decimal("190000.00"), own=Decimal("180000.00"),
    other=(("Caisse nationale des allocations familiales (Cnaf)", Decimal("30000.00")),),
).sound()

INDICATORS = [
    Indicator(
        "P1 – Nombre d'usagers ayant bénéficié de la proactivité : information",
        "Nombre de responsables légaux distincts qui ont reçu, sans l'avoir demandé, un message personnel leur annonçant le droit probable de leur enfant à une bourse.",
        "usagers", "0", "2024-02-29", "180000", "2025-12-31", (("2024-12-31", "40000"), ("2025-06-30", "110000")),
        "Journal des envois du service (SMS, courriel, espace EduConnect)",
        "Comptage des foyers dédoublonnés sur l'identifiant national élève ; un foyer relancé compte une fois",
        "Mensuelle", "Bureau de la donnée de la DGESCO, Inès Kermarrec"),
    Indicator(
        "P1 – Nombre d'usagers ayant bénéficié de la proactivité : attribution automatique",
        "Nombre d'élèves dont la bourse a été notifiée au foyer sans aucune demande ni pièce de sa part, le foyer gardant la faculté de refuser.",
        "usagers", "0", "2024-02-29", "60000", "2025-12-31", (("2024-12-31", "5000"), ("2025-06-30", "25000")),
        "Application de gestion des bourses, état « notifié d'office »",
        "Comptage des décisions d'attribution sans demande, net des refus et des retraits dans les deux mois",
        "Mensuelle", "Bureau de la donnée de la DGESCO, Inès Kermarrec"),
    Indicator(
        "P2 – Taux de conversion après un message proactif",
        "Nombre de demandes de bourse menées à leur terme divisé par le nombre d'usagers contactés, attributions automatiques exclues.",
        "%", "14", "2023-12-15", "35", "2025-12-31", (("2024-12-31", "20"), ("2025-06-30", "28")),
        "Journal des envois rapproché de l'application de gestion des bourses",
        "Demandes complètes déposées dans les 45 jours suivant le message ; valeur de référence mesurée à l'automne 2023 sur 6 200 familles de deux académies",
        "À chaque campagne, puis tous les six mois", "Service statistique ministériel, Thomas Le Bihan"),
    Indicator(
        "Taux de non-recours aux bourses de collège",
        "Part des élèves dont le foyer remplit les conditions de ressources et n'a pas de bourse au 31 décembre.",
        "%", "22", "2023-12-31", "12", "2025-12-31", (("2024-12-31", "19"), ("2025-06-30", "15")),
        "Appariement annuel entre la base des élèves et les données de ressources",
        "Échantillon représentatif de 20 000 élèves, redressé par académie et par secteur ; intervalle de confiance publié",
        "Annuelle, avec une estimation intermédiaire en juin", "Service statistique ministériel, Thomas Le Bihan"),
]


def make(folder: pathlib.Path) -> None:
    _form().save(folder / "formulaire-de-candidature.docx")
    _budget().save(folder / "annexe-budgetaire.xlsx")
    _letter().save(folder / "lettre-engagement-sponsor.docx", LOOK)


def _form() -> Form:
    form = Form(LOOK, EXPECTED["title"], "Claire Vasseur", "Bourses à temps – dossier de candidature")
    form.banner(MINISTRY, "Direction générale de l'enseignement scolaire · Service de l'action administrative et des moyens")
    form.title("Dossier de candidature", "Guichet « Exploitation et valorisation des données » – Fonds pour la transformation de l'action publique")
    _applicant(form)
    _project(form)
    _impact(form)
    _budget_section(form)
    _data(form)
    _technique(form)
    _governance(form)
    return form


def _applicant(form: Form) -> None:
    form.heading("1. Le porteur")
    form.facts(
        ("SIRET", "110 043 015 00012"),
        ("Nom de l'administration", "Ministère de l'Éducation nationale et de la Jeunesse"),
        ("Catégorie juridique", "7113 – Ministère"),
        ("Ministère de rattachement", "Ministère de l'Éducation nationale et de la Jeunesse"))
    form.heading("1.1 Contact", 2)
    form.facts(("Nom et prénom", "Claire Vasseur"), ("Fonction", "Cheffe de projet, mission « accès aux droits des élèves »"),
               ("Courriel", EXPECTED["email"]), ("Téléphone", "01 99 00 12 34"))
    form.heading("1.2 Sponsor", 2)
    form.facts(("Nom du sponsor", "Antoine Delmas"), ("Fonction du sponsor", "Directeur, adjoint au directeur général de l'enseignement scolaire"),
               ("Lettre d'engagement", "Jointe au dossier (lettre-engagement-sponsor.docx)"))


def _project(form: Form) -> None:
    form.heading("2. Le projet")
    form.facts(
        ("Titre du projet", EXPECTED["title"]), ("Acronyme", "BAT"),
        ("Politique prioritaire", "Politique prioritaire du Gouvernement « Lutter contre le non-recours aux droits » (solidarité à la source)"),
        ("Bénéficiaires", "Les familles de 240 000 collégiens et lycéens éligibles et non boursiers ; les 7 900 secrétariats d'établissement, déchargés de la collecte des avis d'impôt"),
        ("Date de début", "1er juillet 2024"), ("Date de fin", "31 décembre 2025"), ("Durée", "18 mois"), ("Date du premier impact", "15 novembre 2024"))
    form.heading("2.1 Résumé du projet", 2)
    form.text(
        "Plus d'un collégien éligible sur cinq n'a pas la bourse à laquelle il a droit. Les enquêtes menées auprès de 48 familles montrent que la première "
        "cause n'est pas le refus, mais l'ignorance : la famille ne sait pas que ses ressources ont baissé sous le plafond, ou croit la démarche réservée à d'autres.",
        "Le projet rapproche, dans le cadre de l'article L. 114-8 du code des relations entre le public et l'administration, les effectifs d'élèves et les "
        "ressources déjà connues de l'administration. Il cible les foyers probablement éligibles, leur écrit dans les mots qu'ils ont choisis avec nous, puis, quand toutes les "
        "conditions sont vérifiées, leur notifie la bourse sans demande. Au montant moyen de 420 € par an, 60 000 attributions automatiques représentent 25,2 M€ de droits rendus chaque année.")
    form.heading("2.2 Type de projet", 2)
    form.boxes((True, "Administration proactive : cibler et contacter les usagers éligibles à un droit, une aide ou une prestation"),
               (False, "Mise à disposition de données : open data, API, espace de données"),
               (False, "Amélioration d'une politique publique par l'IA, la science des données ou un outil d'aide à la décision"))
    form.heading("2.3 Stratégie de déploiement", 2)
    form.text(
        "Deux académies pilotes (Nantes et Reims) à l'automne 2024 : information en novembre, premières attributions automatiques en décembre ; huit académies de plus au 1er janvier 2025 ; toutes les "
        "académies à la campagne de septembre 2025. Chaque passage est décidé en comité de pilotage sur les valeurs des indicateurs : taux de conversion d'au moins 20 % et "
        "moins de 1 % d'attributions erronées. Les secrétariats sont formés un mois avant leur ouverture ; l'ancienne procédure reste ouverte à qui la préfère.")
    form.heading("2.4 Jalons", 2)
    form.grid(["Jalon", "Date"], [
        ["Convention d'échange de données signée", "30/08/2024"], ["Premiers messages dans deux académies", "15/11/2024"],
        ["Premières attributions automatiques", "10/12/2024"], ["Bilan des dix académies, décision de généralisation", "15/06/2025"],
        ["Ouverture dans toutes les académies", "01/09/2025"], ["Rapport d'évaluation", "15/12/2025"]], [12, 5])


def _impact(form: Form) -> None:
    form.heading("3. L'impact")
    form.text("Le service mesure son effet dès le premier envoi. Les valeurs sont publiées tous les six mois avec la méthode et les limites de chaque mesure.")
    for index, indicator in enumerate(INDICATORS, start=1):
        form.heading(f"3.{index} Indicateur {index}", 2)
        form.facts(*indicator.facts())
    form.heading("3.5 Dispositif d'évaluation", 2)
    form.text(
        "Groupe témoin : dans les académies pilotes, un foyer sur dix, tiré au sort, reçoit le message six semaines plus tard. L'écart de recours entre les deux groupes mesure "
        "l'effet propre du message. Une comparaison avant/après par académie complète l'analyse pour l'attribution automatique. Le protocole est déposé avant le premier envoi et conduit par une équipe de recherche indépendante.")


def _budget_section(form: Form) -> None:
    form.heading("4. Le budget")
    form.note("Le détail figure dans l'annexe annexe-budgetaire.xlsx ; tous les montants sont toutes taxes comprises.")
    form.facts(("Coût total du projet (TTC)", euros(BUDGET.total)), ("Cofinancement demandé", euros(BUDGET.requested)),
               ("Part financée par le porteur", euros(BUDGET.own)))
    form.heading("4.1 Autres financements", 2)
    form.grid(["Financeur", "Montant TTC"], [[who, euros(amount)] for who, amount in BUDGET.other], [12, 5], right=(1,))


def _data(form: Form) -> None:
    form.heading("5. Les données et le cadre juridique")
    form.grid(["Source de données", "Détenteur", "Données personnelles", "Données sensibles", "Disponible", "Qualité"], [
        ["Base nationale des élèves du second degré", "Ministère de l'Éducation nationale", "Oui", "Non", "Oui", "Bonne : mise à jour quotidienne, 0,4 % de doublons"],
        ["Revenu fiscal de référence (API Impôt particulier)", "Direction générale des finances publiques", "Oui", "Non", "Oui", "Très bonne"],
        ["Quotient familial (API Particulier)", "Cnaf et CCMSA", "Oui", "Non", "Oui", "Bonne ; composition du foyer à confirmer dans 6 % des cas"]],
        [4, 3.3, 2.6, 2.2, 2.3, 4], size=8.5)
    form.facts(
        ("Base légale", "Mission d'intérêt public (RGPD, article 6-1-e) ; CRPA, article L. 114-8 ; code de l'éducation, articles L. 531-1 et L. 531-4"),
        ("Analyse d'impact (AIPD)", "Oui – en cours, avis du délégué attendu le 30/06/2024"),
        ("Délégué à la protection des données", "Hélène Marchetti, dpd@exemple.gouv.fr"))


def _technique(form: Form) -> None:
    form.heading("6. La solution technique")
    form.facts(
        ("Solution technique", "Service de règles d'éligibilité en Python, testé sur les barèmes publiés, alimenté chaque nuit ; API de notification ; tableau de bord des académies. Aucune donnée de ressources n'est conservée après le calcul."),
        ("Briques et API réutilisées", "API Particulier, API Impôt particulier, FranceConnect, EduConnect, OpenFisca pour le barème, Système de design de l'État"),
        ("Recours à l'intelligence artificielle", "Non : les règles sont celles du code de l'éducation, un calcul exact convient mieux qu'un modèle"),
        ("Risques éthiques", "Stigmatisation d'un foyer par le message (envoi à domicile seulement, jamais par l'élève) ; attribution à tort (contrôle à deux paires d'yeux, pas de trop-perçu réclamé) ; foyers oubliés faute de données (campagne générale d'affichage maintenue)"))
    form.heading("7. Les engagements")
    form.facts(
        ("Code source ouvert", "☒ Oui  ☐ Non"), ("Licence", "MIT"), ("Dépôt de code", "https://code.exemple.gouv.fr/bourses-a-temps"),
        ("Référencement sur api.gouv.fr", "☒ Oui  ☐ Non"), ("Référencement sur data.gouv.fr", "☒ Oui  ☐ Non"),
        ("Accessibilité (RGAA)", "☒ Oui  ☐ Non"), ("Écoconception", "☒ Oui  ☐ Non"))


def _governance(form: Form) -> None:
    form.heading("8. La gouvernance")
    form.heading("8.1 Équipe", 2)
    form.grid(["Rôle", "ETP"], [["Cheffe de projet", "0,8"], ["Juriste données", "0,4"], ["Développeurs (prestation)", "2"],
                                ["Designer (prestation)", "0,5"], ["Chargé d'évaluation", "0,3"]], [12, 5], right=(1,))
    form.heading("8.2 Calendrier", 2)
    form.text("Cadrage juridique et recherche utilisateur de juillet à septembre 2024 ; information puis premières attributions dans deux académies d'octobre à décembre 2024 ; extension à dix académies au premier "
              "semestre 2025 ; généralisation à la rentrée 2025 ; évaluation et passage en exploitation en décembre 2025. Comité de pilotage tous les deux mois, itérations de trois semaines.")
    form.heading("8.3 Risques", 2)
    form.grid(["Risque", "Gravité", "Réponse"], [
        ["Retard de la convention d'échange avec les détenteurs de ressources", "Élevée", "Expérimentation d'abord sur les foyers déjà connus par API Particulier ; appui juridique de la DINUM"],
        ["Message pris pour une escroquerie", "Moyenne", "Aucun lien de paiement, renvoi vers l'espace EduConnect, établissements prévenus une semaine avant"],
        ["Attribution erronée", "Moyenne", "Seuil de confiance, contrôle manuel de 5 % des décisions, droit de recours rappelé dans la notification"],
        ["Surcharge des secrétariats pendant la campagne", "Faible", "Ouverture par vagues de dix académies, assistance dédiée"]], [6, 2.4, 8.6])
    form.heading("8.4 Accompagnement demandé", 2)
    form.boxes((True, "Cadre juridique"), (False, "Infrastructure sécurisée"), (True, "Ressources humaines : science des données, ingénierie, gouvernance, visualisation"))


def _budget() -> Workbook:
    book = Workbook("Annexe budgétaire – Bourses à temps", "Claire Vasseur", LOOK.colour)
    book.by_line(BUDGET)
    book.financing(BUDGET)
    return book


def _letter() -> Letter:
    return Letter(
        MINISTRY, "Direction générale de l'enseignement scolaire", "Paris, le 8 mars 2024", "lettre d'engagement du sponsor pour le projet « Bourses à temps »",
        ("Trop de familles renoncent, sans le savoir, à la bourse de leur enfant. Le projet « Bourses à temps » renverse la charge : il revient à l'administration de repérer un droit et de le faire connaître, puis de le servir.",
         "Je m'engage à porter ce projet jusqu'au 31 décembre 2025. La direction y consacre 180 000,00 € sur ses crédits et les agents nommés dans le dossier y sont affectés par lettre de mission. Je présiderai le comité de pilotage tous les deux mois.",
         "Je m'engage aussi à rendre compte de l'impact tous les six mois, à ouvrir le code source et à arrêter le projet si, après douze mois, le groupe témoin ne montre pas d'effet sur le recours aux bourses."),
        ("Le directeur, adjoint au directeur général", "de l'enseignement scolaire", "Antoine Delmas"))
