"""A State operator that opens an API, its form made of lines « label : value » and one wide table of indicators: complete and sound."""

import pathlib
from decimal import Decimal

from budget import AUTRE, COMMUNICATION, FORMATION, INFRASTRUCTURE, PRESTATION, RH, Budget, Workbook, line
from form import Form, Look
from indicator import Indicator
from letter import Letter

EXPECTED = {
    "status": "note",
    "title": "API Zonages : savoir en un appel de quels dispositifs territoriaux relève une adresse",
    "email": "julien.carpentier@exemple.gouv.fr",
    "about": "L’API d’un opérateur de l’État, complète et solide : elle passe parce que l’opérateur est sur la liste de la campagne, non par sa forme juridique.",
}

LOOK = Look(font="Calibri", colour="1F4E79", label_fill="E8F0F7", size=11)

BUDGET = Budget(
    (
        line(RH, "Responsable de produit et géomaticienne (0,8 ETP)", "2024", "22800.00"),
        line(RH, "Responsable de produit et géomaticienne (0,8 ETP)", "2025", "45600.00"),
        line(PRESTATION, "Développement de l'API et du portail des développeurs", "2024", "38160.00"),
        line(PRESTATION, "Développement de l'API et du portail des développeurs", "2025", "41400.00"),
        line(PRESTATION, "Audit de sécurité et homologation", "2025", "9840.00"),
        line(INFRASTRUCTURE, "Hébergement et supervision", "2024", "3120.60"),
        line(INFRASTRUCTURE, "Hébergement et supervision", "2025", "7500.00"),
        line(FORMATION, "Ateliers pour les services instructeurs et les éditeurs", "2025", "6000.00"),
        line(COMMUNICATION, "Animation de la communauté des réutilisateurs", "2025", "4000.00", vat="0"),
        line(AUTRE, "Audits d'accessibilité (RGAA) et d'écoconception (RGESN)", "2025", "7999.80"),
    ),
    total=Decimal("186420.40"), requested=Decimal("90000.00"), own=Decimal("96420.40"),
).sound()

INDICATORS = [
    Indicator(
        "M2 – Nombre de transmissions effectives (API)",
        "Nombre d'appels à l'API ayant rendu une réponse utile (code 200), hors supervision et environnement d'essai.",
        "appels par mois", "0", "2024-03-01", "400000", "2025-08-31", (("2025-02-28", "120000"),),
        "Journaux de la passerelle d'API", "Somme mensuelle par jeton, robots de supervision exclus", "Mensuelle", "Équipe produit, Sarah N'Guyen"),
    Indicator(
        "M3 – Délai entre la demande d'accès d'un tiers et l'accès effectif",
        "Nombre médian de jours ouvrés entre la demande d'un tiers et son premier appel réussi en production.",
        "jours ouvrés", "21", "2024-02-15", "1", "2025-08-31", (("2025-02-28", "5"),),
        "Portail des développeurs ; courriels du pôle données pour la valeur initiale",
        "Médiane sur toutes les demandes du semestre ; 37 demandes pour la valeur initiale", "Trimestrielle", "Équipe produit, Sarah N'Guyen"),
    Indicator(
        "Dossiers d'aide reçus avec un zonage erroné",
        "Part des dossiers de cinq aides territoriales dont le zonage déclaré doit être corrigé à l'instruction.",
        "%", "9.5", "2023-12-31", "2", "2025-08-31", (("2025-02-28", "6"),),
        "Outils d'instruction de quatre services partenaires", "Échantillon de 400 dossiers tirés au sort par semestre", "Semestrielle",
        "Pôle évaluation, Marc Oudinot"),
]


def make(folder: pathlib.Path) -> None:
    _form().save(folder / "Candidature API Zonages.docx")
    _budget().save(folder / "Budget API Zonages.xlsx")
    _letter().save(folder / "Lettre du sponsor.docx", LOOK)


def _form() -> Form:
    form = Form(LOOK, EXPECTED["title"], "Julien Carpentier", "API Zonages")
    form.banner(["Agence nationale de la cohésion des territoires"], "Direction générale déléguée au numérique · Pôle données")
    form.title("API Zonages", "Candidature au guichet « Exploitation et valorisation des données »")
    form.heading("I – Identité du porteur")
    form.line("Numéro SIRET", "13002603200016")
    form.line("Raison sociale", "Agence nationale de la cohésion des territoires (ANCT)")
    form.line("Catégorie juridique", "Établissement public national à caractère administratif (7389)")
    form.line("Ministère de tutelle", "Ministère de la Transition écologique et de la Cohésion des territoires")
    form.heading("Personne à contacter", 2)
    form.line("Nom du contact", "Julien Carpentier")
    form.line("Fonction du contact", "Chef du pôle données")
    form.line("Adresse électronique", EXPECTED["email"])
    form.line("Téléphone", "01.99.00.45.67")
    form.heading("Sponsor", 2)
    form.line("Nom du sponsor", "Isabelle Roussel")
    form.line("Fonction du sponsor", "Directrice générale déléguée au numérique")
    form.note("La lettre du sponsor est jointe.")
    _project(form)
    _impact(form)
    _means(form)
    return form


def _project(form: Form) -> None:
    form.heading("II – Le projet")
    form.line("Intitulé du projet", EXPECTED["title"])
    form.line("Acronyme", "APIZ")
    form.line("Date de début du projet", "2 septembre 2024")
    form.line("Date de fin du projet", "31 août 2025")
    form.line("Durée du projet", "12 mois")
    form.line("Premier impact attendu le", "15 janvier 2025")
    form.line("Politique prioritaire", "Agir pour les quartiers prioritaires et la ruralité (plan France ruralités, Quartiers 2030)")
    form.line("Bénéficiaires", "34 services instructeurs de l'État, 12 opérateurs, les éditeurs de téléservices et, par eux, les associations et entreprises qui demandent une aide liée à leur adresse")
    form.heading("Résumé", 2)
    form.text(
        "Une quarantaine d'aides et d'exonérations dépendent d'un zonage : quartier prioritaire, zone de revitalisation rurale, Action cœur de ville, Petites villes de demain. Les contours sont publiés sous des formes différentes et changent "
        "chaque année ; chaque service instructeur refait le rapprochement à la main, et près d'un dossier sur dix porte un zonage faux.",
        "L'API Zonages répond en moins de 200 millisecondes, pour une adresse ou des coordonnées, à la question : de quels dispositifs relève ce lieu, à cette date ? Elle garde l'historique des contours, cite l'arrêté qui les fonde et dit son incertitude "
        "quand une adresse est à moins de dix mètres d'une limite. Les contours versionnés sont publiés en même temps en données ouvertes.")
    form.heading("Type de projet (cocher la ou les cases)", 2)
    form.boxes((False, "Administration proactive"), (True, "Mise à disposition de données à des tiers – mode de partage : API entre administrations"),
               (False, "Amélioration d'une politique publique par la donnée ou l'intelligence artificielle"))
    form.heading("Stratégie de déploiement", 2)
    form.text("Version d'essai ouverte dès novembre 2024 à trois réutilisateurs volontaires (Aides-territoires, une direction régionale, un éditeur) ; version stable au 15 janvier 2025 avec engagement de service ; ouverture à tous les services habilités au 1er avril 2025, "
              "puis raccordement de deux téléservices par mois. Un palier n'est franchi que si la cible d'appels et le délai d'accès du palier précédent sont atteints.")
    form.heading("Jalons", 2)
    form.grid(["Étape", "Échéance"], [["Contours de six dispositifs versionnés", "31/10/2024"], ["Version d'essai avec trois réutilisateurs", "25/11/2024"],
                                     ["Version stable et fiche sur api.gouv.fr", "15/01/2025"], ["Ouverture générale", "01/04/2025"], ["Bilan et passage en exploitation", "29/08/2025"]], [12, 5])


def _impact(form: Form) -> None:
    form.landscape()
    form.heading("III – Indicateurs d'impact")
    form.note("Les valeurs sont relevées par la passerelle dès le premier jour et publiées sur la page de suivi du produit.")
    form.grid(Indicator.HEADERS, [indicator.row() for indicator in INDICATORS],
              [2.5, 3, 1.6, 1.6, 2, 1.7, 2, 2.6, 2.4, 2.5, 2, 2], size=8)
    form.portrait()
    form.heading("Évaluation", 2)
    form.text("Comparaison avant/après sur les cinq aides suivies, avec deux aides non raccordées comme groupe de comparaison pendant les six premiers mois. Le coût complet d'une vérification manuelle, 11 minutes en moyenne sur 60 vérifications chronométrées, permet de chiffrer le temps rendu aux instructeurs.")


def _means(form: Form) -> None:
    form.heading("IV – Budget (TTC)")
    form.line("Coût total du projet", "186.420,40 €")
    form.line("Montant du cofinancement demandé", "90 000 €")
    form.line("Part autofinancée", "96.420,40 €")
    form.line("Autres financements", "Néant")
    form.note("Le détail par poste et par année est dans le classeur « Budget API Zonages.xlsx ».")
    form.heading("V – Données et cadre juridique")
    form.grid(["Source", "Détenteur", "Données personnelles", "Données sensibles", "Disponible", "Qualité"], [
        ["Contours des quartiers prioritaires", "ANCT", "Non", "Non", "Oui", "Très bonne, opposables"],
        ["Classements en zone de revitalisation", "Direction générale des collectivités locales", "Non", "Non", "Oui", "Bonne, liste de communes à dater"],
        ["Base adresse nationale", "IGN, DINUM et communes", "Non", "Non", "Oui", "Bonne ; 3 % d'adresses sans position"]], [4, 3.5, 2.6, 2.3, 2.3, 4], size=9)
    form.line("Base légale", "Mission de service public de l'agence (CGCT, article L. 1231-2) ; mise à disposition au titre des articles L. 311-1 et L. 321-1 du CRPA")
    form.line("Analyse d'impact (AIPD)", "Non – aucune donnée personnelle : les adresses reçues ne sont ni conservées ni journalisées")
    form.line("DPO", "Karim Benali, dpo@exemple.gouv.fr")
    form.heading("VI – Solution technique")
    form.line("Solution technique", "PostgreSQL et PostGIS, API REST décrite en OpenAPI, cache en mémoire, contours en GeoParquet versionnés avec leur acte fondateur")
    form.line("Briques et API réutilisées", "Base adresse nationale (service de géocodage), API Géo, ProConnect pour le portail, data.gouv.fr, validation par schema.data.gouv.fr")
    form.line("Usage de l'IA", "Aucun : la réponse est une inclusion géométrique exacte")
    form.line("Risques éthiques", "Faibles ; l'API ne classe pas des personnes mais des lieux, et rend l'incertitude au lieu de trancher")
    form.heading("VII – Engagements")
    form.boxes((True, "Publier le code source sous licence libre (open source)"), (True, "Référencer l'API sur api.gouv.fr"),
               (True, "Publier les données ouvertes sur data.gouv.fr"), (True, "Respecter le RGAA (accessibilité numérique)"), (True, "Appliquer l'écoconception des services numériques (RGESN)"))
    form.line("Licence", "EUPL-1.2 pour le code, Licence Ouverte 2.0 pour les données")
    form.line("Dépôt du code", "https://code.exemple.gouv.fr/api-zonages")
    form.heading("VIII – Gouvernance")
    form.grid(["Équipe : rôle", "ETP"], [["Responsable de produit", "0,5"], ["Géomaticienne", "0,3"], ["Développeurs (prestation)", "1,5"], ["Animatrice des réutilisateurs", "0,2"]], [12, 5], right=(1,))
    form.line("Calendrier", "De septembre à octobre 2024, contours et modèle ; novembre et décembre, version d'essai ; janvier à mars 2025, version stable et audits ; avril à août, raccordements. Comité de pilotage tous les deux mois, démonstration ouverte tous les quinze jours.")
    form.heading("Risques", 2)
    form.grid(["Risque", "Gravité", "Réponse prévue"], [
        ["Réforme des zonages ruraux au 1er juillet 2024, textes tardifs", "Élevée", "Modèle daté : les deux zonages coexistent, mise en ligne le jour de l'arrêté"],
        ["Dépendance à un géocodage imprécis", "Moyenne", "Réponse « incertain » et renvoi vers la carte, retour des corrections vers la Base adresse nationale"],
        ["Montée en charge plus rapide que prévu", "Faible", "Cache, quotas par jeton, essais de charge à dix fois la cible"]], [6, 2.4, 8.6])
    form.heading("Accompagnement souhaité", 2)
    form.boxes((False, "Juridique"), (True, "Infrastructure"), (False, "RH"))


def _budget() -> Workbook:
    book = Workbook("Budget prévisionnel – API Zonages", "Sarah N'Guyen", LOOK.colour)
    book.by_year(BUDGET)
    book.financing(BUDGET, ("Cofinancement demandé", "Part de l'agence (autofinancement)"))
    book.remarks(
        "Le coût d'un agent est le coût complet moyen de l'agence, charges comprises.",
        "Le développement est commandé sur l'accord-cadre interministériel ; les prix sont ceux du bordereau en vigueur.",
        "Les ateliers se tiennent à distance, sauf deux journées à Paris.",
        "L'exploitation après le projet, 31 000 euros par an environ, est à la charge de l'agence et n'est pas comptée ici.")
    return book


def _letter() -> Letter:
    return Letter(
        ["Agence nationale de la cohésion des territoires"], "Direction générale déléguée au numérique", "Paris, le 7 mars 2024",
        "lettre du sponsor – candidature de l'API Zonages",
        ("Nos partenaires nous demandent chaque semaine si telle adresse est dans tel quartier. La réponse est publique ; elle doit être immédiate, exacte et la même pour tous.",
         "J'apporte mon soutien plein à l'API Zonages. L'agence finance 96 420,40 € du projet et reprendra son exploitation au 1er septembre 2025. L'équipe est en place et rattachée à ma direction.",
         "Je m'engage à référencer l'API sur api.gouv.fr, à publier les contours sur data.gouv.fr et à rendre compte chaque semestre des transmissions effectives et du délai d'accès."),
        ("La directrice générale déléguée au numérique", "Isabelle Roussel"))
