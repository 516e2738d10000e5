"""A ministry in a hurry: an indicator without values, another forgotten, no letter. It has to be asked for the rest."""

import pathlib
import tempfile
from decimal import Decimal

from budget import AUTRE, COMMUNICATION, INFRASTRUCTURE, PRESTATION, RH, Budget, line
from form import Form, Look
from french import UNBREAKABLE, euros
from package import convert

EXPECTED = {
    "status": "incomplet",
    "title": "Baromètre ouvert de la fréquentation culturelle",
    "email": "lucie.bertin@exemple.gouv.fr",
    "about": "Un dossier à compléter : l’indicateur M1 n’a ni valeur de référence ni cible, M3 manque, et la lettre du sponsor n’est pas jointe.",
}

LOOK = Look(font="Times New Roman", colour="6A1B4D", label_fill="F5EDF2", size=11)

BUDGET = Budget(
    (
        line(RH, "Statisticienne à mi-temps", "2024", "16500.00"),
        line(PRESTATION, "Collecte et mise en qualité des fichiers des établissements", "2024", "30000.00"),
        line(INFRASTRUCTURE, "Hébergement", "2024", "2400.00"),
        line(RH, "Statisticienne à mi-temps", "2025", "33000.00"),
        line(PRESTATION, "Développement du portail de visualisation", "2025", "48000.00"),
        line(COMMUNICATION, "Journée des réutilisateurs", "2025", "6000.00"),
        line(AUTRE, "Imprévus", "2025", "12100.00", vat="0"),
    ),
    total=Decimal("148000.00"), requested=Decimal("70000.00"), own=Decimal("78000.00"),
).sound()


def make(folder: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        source = pathlib.Path(scratch, "formulaire-barometre.docx")
        _form().save(source)
        convert(source, folder / "formulaire-barometre.odt")


def _form() -> Form:
    form = Form(LOOK, EXPECTED["title"], "Lucie Bertin", "Baromètre ouvert")
    form.banner(["Ministère de la Culture"], "Secrétariat général · Département des études et de la prospective")
    form.title("Formulaire de candidature", "Exploitation et valorisation des données – à retourner avec ses annexes")
    form.heading("A. Le porteur")
    form.facts(("SIRET", "110 046 018 00013"), ("Dénomination", "Ministère de la Culture"), ("Catégorie juridique", "7113 Ministère"),
               ("Ministère", "Culture"), ("Nom du contact", "Lucie Bertin"), ("Fonction du contact", "Chargée d'études"),
               ("Courriel du contact", EXPECTED["email"]), ("Téléphone du contact", "01 99 00 23 45"),
               ("Sponsor", "Mathilde Orsini"), ("Fonction du sponsor", "Directrice, secrétariat général"),
               ("Lettre d'engagement", "À transmettre"))
    form.heading("B. Le projet")
    form.facts(("Titre du projet", EXPECTED["title"]),
               ("Type de projet", "☐ Administration proactive\n☒ Mise à disposition de données (mode : fichiers en open data)\n☐ Amélioration d'une politique publique"),
               ("Politique prioritaire", "Développer l'accès de tous à la culture (pass Culture, politique de proximité)"),
               ("Bénéficiaires", "Collectivités, établissements culturels, chercheurs, presse"),
               ("Date de début", "01/09/2024"), ("Durée", "16 mois"), ("Date du premier impact", "févr. 2025"))
    form.heading("Résumé", 2)
    form.text("Les chiffres de fréquentation des musées, monuments, cinémas et salles de spectacle sont collectés par cinq services, à des dates et dans des formats différents. Le baromètre les rassemble chaque mois, à la commune et à l'établissement, "
              "et les publie en données ouvertes avec un portail de visualisation. Les collectivités pourront situer leur offre, et la presse cessera de reconstituer ces chiffres à la main.")
    form.heading("Stratégie de déploiement", 2)
    form.text("Publication de deux jeux de données (musées de France, cinémas) en février 2025, puis un domaine par trimestre. Le portail ouvre en juin 2025. Une communauté de quinze réutilisateurs est réunie tous les deux mois.")
    form.heading("C. Le budget (TTC)")
    rows = [[expense.category, expense.label, expense.period, euros(expense.amount, UNBREAKABLE)] for expense in BUDGET.lines]
    form.grid(["Catégorie", "Libellé", "Année", "Montant TTC"], [*rows, ["Total", "", "", euros(BUDGET.total, UNBREAKABLE)]], [3, 8, 2, 4], right=(3,), total=True)
    form.facts(("Coût total TTC", euros(BUDGET.total)), ("Cofinancement demandé", euros(BUDGET.requested)), ("Part du porteur", euros(BUDGET.own)), ("Autres financements", "Aucun"))
    _impact(form)
    return form


def _impact(form: Form) -> None:
    form.heading("D. Impact")
    form.heading("Indicateur 1", 2)
    form.facts(("Nom de l'indicateur", "M1 – Nombre de projets réutilisant les données"),
               ("Définition", "Nombre de réutilisations déclarées ou repérées, hors ministère."), ("Unité", "projets"),
               ("Valeur de référence", "À mesurer au lancement"), ("Date de la valeur de référence", ""),
               ("Valeur cible", "À définir avec les réutilisateurs"), ("Date de la cible", ""),
               ("Source des données", "data.gouv.fr"), ("Fréquence de mesure", "Trimestrielle"), ("Responsable de la mesure", "Lucie Bertin"))
    form.heading("Dispositif d'évaluation", 2)
    form.text("Enquête auprès des réutilisateurs en fin de projet.")
    form.heading("E. Données et droit")
    form.grid(["Source de données", "Détenteur", "Données personnelles", "Disponible", "Qualité"], [
        ["Fréquentation des musées de France", "Ministère de la Culture", "Non", "Oui", "Bonne, annuelle"],
        ["Entrées des cinémas", "CNC", "Non", "Oui", "Très bonne"], ["Billetterie du spectacle vivant", "Établissements", "Non", "Non", "À étudier"]], [5, 4, 3, 2.5, 3.5])
    form.facts(("Base légale", "CRPA, articles L. 311-1 et L. 312-1-1"), ("AIPD", "Non (aucune donnée personnelle)"), ("Délégué à la protection des données", "dpd.culture@exemple.gouv.fr"))
    form.heading("F. Engagements et technique")
    form.boxes((True, "Code source ouvert"), (False, "Référencement sur api.gouv.fr (sans objet : pas d'API)"), (True, "Référencement sur data.gouv.fr"),
               (True, "Accessibilité (RGAA)"), (True, "Écoconception"))
    form.facts(("Solution technique", "Chaîne de traitement en R, publication par l'API de data.gouv.fr, portail statique"), ("Briques réutilisées", "schema.data.gouv.fr, API Géo, Système de design de l'État"),
               ("Recours à l'IA", "Non"))
    form.heading("G. Équipe et risques")
    form.grid(["Rôle", "ETP"], [["Statisticienne", "0,5"], ["Prestataire", "1"]], [12, 5], right=(1,))
    form.grid(["Risque", "Gravité", "Réponse"], [["Billetteries privées réticentes", "Forte", "Commencer par les volontaires"]], [6, 3, 8])
