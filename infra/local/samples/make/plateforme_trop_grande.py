"""A sound project of nearly two million euros: beyond what the guichet funds, so a refusal is proposed and a person confirms it."""

import pathlib
import tempfile
from decimal import Decimal

from budget import AUTRE, COMMUNICATION, FORMATION, INFRASTRUCTURE, LICENCE, PRESTATION, RH, Budget, Workbook, line
from form import Form, Look
from indicator import Indicator
from letter import Letter
from package import convert

EXPECTED = {
    "status": "irrecevable-propose",
    "title": "AgriVeille : plateforme nationale d’aide au pilotage des crises sanitaires et climatiques agricoles",
    "email": "stephane.morel@exemple.gouv.fr",
    "about": "Un dossier complet dont le coût total, 1 840 000 €, dépasse le million d’euros : la règle propose un refus, qu’une personne confirme.",
}

LOOK = Look(font="Arial", colour="1B5E3A", label_fill="EAF4EE")
MINISTRY = ["Ministère de l'Agriculture", "et de la Souveraineté alimentaire"]

BUDGET = Budget(
    (
        line(RH, "Équipe projet (6 ETP, quatre mois)", "2024", "152000.00"),
        line(PRESTATION, "Conception et socle de données", "2024", "216000.00"),
        line(INFRASTRUCTURE, "Hébergement et entrepôt de données", "2024", "54000.00"),
        line(RH, "Équipe projet (6 ETP)", "2025", "420000.00"),
        line(PRESTATION, "Développement des tableaux de bord et des modèles", "2025", "384000.00"),
        line(LICENCE, "Images satellites et données météorologiques", "2025", "96000.00"),
        line(INFRASTRUCTURE, "Hébergement et entrepôt de données", "2025", "108000.00"),
        line(FORMATION, "Formation des 101 directions départementales", "2025", "60000.00"),
        line(RH, "Équipe projet (6 ETP, huit mois)", "2026", "190000.00"),
        line(PRESTATION, "Généralisation et transfert à l'exploitation", "2026", "96000.00"),
        line(COMMUNICATION, "Information des chambres d'agriculture", "2026", "24000.00"),
        line(AUTRE, "Évaluation indépendante", "2026", "40000.00", vat="0"),
    ),
    total=Decimal("1840000.00"), requested=Decimal("900000.00"), own=Decimal("740000.00"),
    other=(("FranceAgriMer", Decimal("200000.00")),),
).sound()

INDICATORS = [
    Indicator("Délai d'ouverture d'un dispositif de crise", "Nombre médian de jours entre l'événement (gel, foyer, sécheresse) et l'ouverture de la demande d'indemnisation.",
              "jours", "74", "2023-12-31", "25", "2026-08-31", (("2025-02-28", "65"), ("2025-08-31", "50"), ("2026-02-28", "35")),
              "Arrêtés de reconnaissance et téléservices", "Médiane sur les événements de l'année", "Semestrielle", "Centre d'études et de prospective"),
    Indicator("Exploitations indemnisées dans les trois mois", "Part des exploitations éligibles payées dans les trois mois qui suivent l'événement.",
              "%", "31", "2023-12-31", "70", "2026-08-31", (("2025-02-28", "35"), ("2025-08-31", "45"), ("2026-02-28", "58")),
              "Application de paiement", "Paiements datés rapprochés des événements", "Semestrielle", "Centre d'études et de prospective"),
]


def make(folder: pathlib.Path) -> None:
    _form().save(folder / "AgriVeille_formulaire.docx")
    book = Workbook("AgriVeille – budget", "Stéphane Morel", LOOK.colour)
    book.by_line(BUDGET)
    book.financing(BUDGET, ("Cofinancement demandé (FTAP)", "Part financée par le porteur"))
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch, "AgriVeille_budget.xlsx")
        book.save(source)
        convert(source, folder / "AgriVeille_budget.ods")
    _letter().save(folder / "AgriVeille_lettre_engagement.pdf", LOOK)


def _form() -> Form:
    form = Form(LOOK, EXPECTED["title"], "Stéphane Morel", "AgriVeille")
    form.banner(MINISTRY, "Direction générale de la performance économique et environnementale des entreprises")
    form.title("AgriVeille", "Formulaire de candidature – guichet « Exploitation et valorisation des données »")
    form.heading("Cadre 1 – Porteur, contact et sponsor")
    form.facts_in_pairs(
        ("SIRET", "11007001800012", "Nom de l'administration", "Ministère de l'Agriculture et de la Souveraineté alimentaire"),
        ("Catégorie juridique", "7113 – Ministère", "Ministère de rattachement", "Agriculture et Souveraineté alimentaire"),
        ("Nom du contact", "Stéphane Morel", "Fonction du contact", "Directeur de programme"),
        ("Courriel du contact", EXPECTED["email"], "Téléphone du contact", "01 99 00 34 56"),
        ("Nom du sponsor", "Catherine Lemoine", "Fonction du sponsor", "Directrice générale adjointe"))
    form.heading("Cadre 2 – Projet")
    form.facts(("Titre du projet", EXPECTED["title"]))
    form.facts_in_pairs(("Acronyme", "AgriVeille", "Durée (mois)", "24"), ("Date de début", "01/09/2024", "Date de fin", "31/08/2026"),
                        ("Date du premier impact", "28/02/2025", "Politique prioritaire", "Souveraineté alimentaire et adaptation au changement climatique"))
    form.facts(("Bénéficiaires", "380 000 exploitations, 101 directions départementales, chambres d'agriculture"))
    form.heading("Type de projet", 2)
    form.boxes((False, "Administration proactive"), (False, "Mise à disposition de données"),
               (True, "Amélioration d'une politique publique : tableau de bord d'aide à la décision et science des données"), control=True)
    form.heading("Résumé du projet", 2)
    form.text("Gel, sécheresse, influenza aviaire, fièvre catarrhale : à chaque crise, les services rassemblent à la main des données de douze sources pour délimiter les zones, estimer les pertes et ouvrir l'indemnisation. AgriVeille réunit ces sources dans un socle commun, "
              "estime les pertes par commune à partir d'images satellites et propose des scénarios chiffrés aux préfets. Les décisions restent les leurs ; elles sont prises plus tôt, sur des données partagées.")
    form.heading("Stratégie de déploiement", 2)
    form.text("Trois départements (Drôme, Gers, Vendée) dès février 2025 sur la sécheresse et l'influenza aviaire ; dix-sept départements à l'été 2025 ; tous en mars 2026. Chaque extension suit un retour d'expérience écrit et l'atteinte de la cible de délai.")
    form.heading("Cadre 3 – Budget")
    form.facts(("Coût total du projet TTC", "1,84 M€ TTC"), ("Cofinancement demandé", "900 k€"), ("Part du porteur", "740 k€"), ("Autres financements", "FranceAgriMer : 200 000 €"))
    form.heading("Cadre 4 – Indicateurs")
    for indicator in INDICATORS:
        form.heading(indicator.name, 2)
        form.facts(*indicator.facts())
    form.facts(("Dispositif d'évaluation", "Comparaison entre départements ouverts et départements en attente, appariés sur leurs cultures et leur climat ; rapport public en juillet 2026"))
    _rest(form)
    return form


def _rest(form: Form) -> None:
    form.heading("Cadre 5 – Données, droit, technique")
    form.grid(["Source de données", "Détenteur", "Données personnelles", "Données sensibles", "Disponible", "Qualité"], [
        ["Registre parcellaire graphique", "ASP et IGN", "Oui", "Non", "Oui", "Très bonne"],
        ["Base des animaux et des foyers", "DGAL", "Oui", "Non", "Oui", "Bonne, mise à jour quotidienne"],
        ["Images Sentinel-2", "Programme Copernicus", "Non", "Non", "Oui", "Bonne hors couverture nuageuse"]], [4, 3.4, 2.6, 2.3, 2.3, 4], size=8.5)
    form.facts(("Base légale", "Mission d'intérêt public (RGPD, article 6-1-e), code rural et de la pêche maritime, article L. 361-1"),
               ("AIPD", "Oui, prévue en octobre 2024"), ("Délégué à la protection des données", "Olivier Teyssier, dpd.agriculture@exemple.gouv.fr"),
               ("Solution technique", "Entrepôt de données, tableaux de bord, modèles de rendement ouverts et relus par l'INRAE"),
               ("Briques et API réutilisées", "API Carto, Géoplateforme, ProConnect, data.gouv.fr"),
               ("Recours à l'IA", "Oui : estimation des pertes par apprentissage sur images, seul moyen d'une mesure homogène en quelques jours"),
               ("Risques éthiques", "Petites exploitations mal vues par satellite : déclaration directe toujours possible, erreur publiée par taille de parcelle"))
    form.heading("Cadre 6 – Engagements")
    form.boxes((True, "Code source ouvert"), (True, "Référencement sur api.gouv.fr"), (True, "Référencement sur data.gouv.fr"),
               (True, "Accessibilité (RGAA)"), (True, "Écoconception"), control=True)
    form.facts(("Licence", "Licence Ouverte 2.0 (données) et GPL-3.0 (code)"), ("Dépôt de code", "https://code.exemple.gouv.fr/agriveille"))
    form.heading("Cadre 7 – Équipe, calendrier, risques")
    form.grid(["Rôle", "ETP"], [["Directeur de programme", "1"], ["Scientifiques des données", "2"], ["Ingénieurs de la donnée", "2"], ["Experts métier", "1"]], [12, 5], right=(1,))
    form.facts(("Calendrier", "Socle de données de septembre 2024 à février 2025 ; deux crises couvertes à l'été 2025 ; généralisation en mars 2026 ; transfert en août 2026"))
    form.grid(["Risque", "Gravité", "Réponse"], [["Périmètre trop large", "Élevée", "Deux crises d'abord, arrêt possible à chaque jalon"],
                                               ["Crise majeure pendant le projet", "Moyenne", "Équipe de renfort identifiée, jalons glissants"]], [6, 3, 8])
    form.heading("Accompagnement demandé", 2)
    form.boxes((False, "Juridique"), (True, "Infrastructure"), (True, "Ressources humaines"), control=True)


def _letter() -> Letter:
    return Letter(
        MINISTRY, "Direction générale de la performance économique et environnementale des entreprises", "Paris, le 6 mars 2024", "lettre d'engagement du sponsor – AgriVeille",
        ("Chaque crise agricole nous rappelle que la donnée arrive trop tard. AgriVeille doit donner aux préfets, en quelques jours, une vision commune des pertes.",
         "Je m'engage à financer 740 000,00 € sur le programme de la direction, à maintenir l'équipe de six agents pendant vingt-quatre mois et à réunir le comité de pilotage chaque trimestre.",
         "Je m'engage à publier les modèles et à rendre compte tous les six mois des délais mesurés."),
        ("La directrice générale adjointe", "Catherine Lemoine"))
