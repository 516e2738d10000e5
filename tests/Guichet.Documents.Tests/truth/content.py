"""What the dossiers of the truth set say: invented, plausible, and different from one another."""
import datetime
import random

MINISTRIES = ["Ministère de la Transition écologique", "Ministère de la Culture", "Ministère de l’Intérieur", "Ministère du Travail", "Ministère de l’Agriculture", "Ministère de la Justice", "Ministère de la Santé"]
BODIES = ["Direction générale des services {}", "Service à compétence nationale {}", "Secrétariat général {}", "Agence nationale {}", "Institut national {}"]
TOPICS = ["de l’eau", "du logement", "de l’emploi", "des mobilités", "du patrimoine", "des forêts", "de la prévention", "de l’apprentissage", "des sports", "de la mer"]
FIRST = ["Marie", "Élodie", "Jean-Marc", "Fatou", "Loïc", "Anaïs", "Karim", "Hélène", "Zoé", "Benoît", "Inès", "Gaëlle"]
LAST = ["Durand", "Le Goff", "Nguyen", "Benali", "Carpentier", "d’Aubigny", "Moreau", "Lefèvre", "Rousseau", "Garnier", "Petit", "Chevallier"]
ROLES = ["Cheffe de projet", "Responsable du pôle données", "Chargé de mission numérique", "Directrice de projet", "Administrateur des données"]
SPONSOR_ROLES = ["Directeur général", "Secrétaire générale adjointe", "Sous-directeur", "Directrice du numérique"]
VERBS = ["Repérer", "Prévenir", "Ouvrir", "Anticiper", "Simplifier", "Mieux orienter", "Partager"]
OBJECTS = ["les droits non demandés", "les tensions sur l’eau", "les données de la rénovation", "les besoins des territoires", "les ruptures de parcours", "les contrôles sur place", "les pièces demandées deux fois"]
POLICIES = ["Lutter contre le non-recours", "Accélérer la rénovation énergétique", "Plein emploi", "Simplifier les démarches", "Planification écologique"]
PEOPLE = ["Demandeurs d’emploi de longue durée", "Agents instructeurs des préfectures", "Ménages modestes propriétaires", "Familles éligibles et leurs accompagnants", "Exploitants agricoles"]
SENTENCES = [
    "Le projet part d’un constat partagé avec les services de terrain.", "Les données existent mais ne circulent pas entre les administrations.",
    "Une première version est mise à l’épreuve dans deux départements.", "Les usagers sont associés à chaque étape par des entretiens.",
    "Le service rend visible ce qui était ressaisi à la main.", "Une équipe resserrée travaille par itérations de deux semaines.",
    "Les écarts sont expliqués aux agents dans un vocabulaire simple.", "L’extension à toutes les régions est décidée sur les résultats mesurés.",
]
CATEGORIES = {
    "rh-interne": (["RH interne", "Ressources humaines internes", "Frais de personnel"], ["Cheffe de projet à mi-temps", "Équipe métier mobilisée", "Temps des référents"]),
    "prestation": (["Prestation", "Prestations externes", "Prestations intellectuelles"], ["Développement du service", "Recherche auprès des usagers", "Appui à la conduite du changement"]),
    "logiciel-licence": (["Logiciel / licence", "Licences", "Logiciels"], ["Outil de cartographie", "Moteur de règles"]),
    "infrastructure": (["Infrastructure", "Hébergement", "Infrastructures"], ["Hébergement qualifié", "Supervision et sauvegarde"]),
    "formation": (["Formation", "Formations"], ["Ateliers pour les agents", "Prise en main du service"]),
    "communication": (["Communication"], ["Webinaires et guide", "Campagne d’information"]),
    "autre": (["Autre", "Divers"], ["Déplacements", "Audit d’accessibilité"]),
}
INDICATORS = {
    "proactivite": [("P1", "Nombre d’usagers ayant bénéficié de la proactivité", "usagers"), ("P2", "Taux de conversion après un message proactif", "%")],
    "mise-a-disposition": [("M2", "Nombre de transmissions effectives", "appels par mois"), ("M3", "Délai entre la demande d’accès et l’accès effectif", "jours")],
    "amelioration": [(None, "Part des dossiers bien orientés du premier coup", "%"), (None, "Durée moyenne d’instruction", "jours")],
}
SOURCES = ["Base des bénéficiaires", "Fichier des permis", "Registre des établissements", "Relevés de terrain", "Journal des demandes"]
HOLDERS = ["Caisse nationale", "Direction départementale", "INSEE", "Opérateur du service"]
TEAM = ["Responsable de produit", "Data scientist", "Développeuse", "Juriste données", "Designer"]
RISKS = [("Retard dans l’accès aux données", "Élevée", "Convention préparée dès le cadrage"), ("Départ d’un agent clé", "Moyenne", "Binômes sur chaque sujet"), ("Faible adhésion des services", "Faible", "Ateliers dans chaque région")]
MILESTONES = ["Cadrage et conventions", "Expérimentation dans deux départements", "Version ouverte aux agents", "Généralisation", "Bilan partagé"]
LICENCES = ["EUPL-1.2", "MIT", "Licence Ouverte 2.0"]
SIRETS = ["13002526500013", "13000918600011", "11000201100044", "13002603200016"]


def dossier(seed):
    """The values of one dossier, by the ids of its fields; dates are dates, amounts are cents."""
    r = random.Random(seed)
    pick = r.choice
    kind = pick(list(INDICATORS))
    start = datetime.date(2024, r.randint(4, 12), pick([1, 2, 15]))
    months = pick([8, 12, 15, 18, 24])
    end_month = start.month - 1 + months
    end = datetime.date(start.year + end_month // 12, end_month % 12 + 1, pick([1, 15, 28]))
    lines = []
    for category in r.sample(list(CATEGORIES), r.randint(3, 6)):
        words, labels = CATEGORIES[category]
        for label in r.sample(labels, r.randint(1, min(2, len(labels)))):
            lines.append({"category": category, "words": pick(words), "label": label, "amount": r.randint(4, 90) * 100000 + pick([0, 0, 0, 50, 4321])})
    total = sum(line["amount"] for line in lines)
    requested = int(total * pick([0.3, 0.4, 0.5])) // 100000 * 100000
    other = pick([0, 0, 2000000, 1550050])
    indicators = []
    for code, name, unit in INDICATORS[kind]:
        baseline = r.randint(0, 60)
        target = baseline + r.randint(5, 40)
        indicators.append({
            "code": code, "name": name, "unit": unit, "definition": pick(SENTENCES)[:-1], "baseline": baseline, "baselineDate": datetime.date(2024, r.randint(1, 3), 15),
            "target": target, "targetDate": end, "intermediate": [(datetime.date(end.year, 1, 31), baseline + 3)],
            "source": pick(SOURCES), "method": "Rapport des deux comptages", "frequency": pick(["mensuelle", "trimestrielle", "semestrielle"]), "owner": pick(["Pôle données", "Bureau des études"]),
        })
    first, last = pick(FIRST), pick(LAST)
    plain = lambda text: text.lower().replace("é", "e").replace("è", "e").replace("ï", "i").replace("ë", "e").replace("î", "i").replace("’", "").replace(" ", "-").replace("ô", "o").replace("û", "u")
    body = pick(BODIES).format(pick(TOPICS))
    text = lambda n: " ".join(r.sample(SENTENCES, n))
    return {
        "applicant.siret": pick(SIRETS), "applicant.name": body, "applicant.legalCategory": pick(["7120", "7389", "7113"]), "applicant.ministry": pick(MINISTRIES),
        "contact.name": f"{first} {last}", "contact.role": pick(ROLES), "contact.email": f"{plain(first)}.{plain(last)}@exemple.gouv.fr", "contact.phone": f"01 99 00 {r.randint(10, 99)} {r.randint(10, 99)}",
        "sponsor.name": f"{pick(FIRST)} {pick(LAST)}", "sponsor.role": pick(SPONSOR_ROLES),
        "project.title": f"{pick(VERBS)} {pick(OBJECTS)}", "project.acronym": "".join(r.sample("ABCDEFGILMNOPRSTV", 4)), "project.summary": text(3), "project.types": [kind],
        "project.priorityPolicy": pick(POLICIES), "project.beneficiaries": pick(PEOPLE), "project.start": start, "project.end": end, "project.firstImpact": start + datetime.timedelta(days=150),
        "project.durationMonths": months, "project.deployment": text(2), "project.milestones": [{"label": label, "date": start + datetime.timedelta(days=90 * (i + 1))} for i, label in enumerate(r.sample(MILESTONES, 3))],
        "budget.lines": lines, "budget.total": total, "budget.requested": requested, "budget.ownShare": total - requested - other,
        "budget.otherFinancing": [{"from": pick(["Région Bretagne", "Banque des territoires", "Agence de l’eau"]), "amount": other}] if other else [],
        "impact.indicators": indicators, "impact.evaluation": text(1), "data.sources": [
            {"name": name, "holder": pick(HOLDERS), "personal": pick([True, False]), "sensitive": pick([True, False]), "available": pick([True, False]), "quality": pick(["Bonne", "À fiabiliser"])} for name in r.sample(SOURCES, 2)],
        "legal.basis": "Mission d’intérêt public (RGPD, article 6)", "legal.dpo": f"{pick(FIRST)} {pick(LAST)}", "legal.dpia": pick([True, False]),
        **{f"commitments.{c}": pick([True, True, False]) for c in ["openSource", "apiGouv", "dataGouv", "rgaa", "ecoDesign"]},
        "commitments.licence": pick(LICENCES), "commitments.repository": f"https://code.exemple.gouv.fr/{plain(body)[:18]}",
        "technical.solution": text(1), "technical.reusedBlocks": pick(["FranceConnect et API Particulier", "ProConnect, API Géo", "API Entreprise"]), "technical.ai": pick(["Aucun recours : des règles suffisent", "Modèle de classement, expliqué aux agents"]),
        "technical.ethicalRisks": pick(["Biais de sélection, mesurés chaque trimestre", "Faibles : aucune décision automatique"]),
        "governance.team": [{"role": role, "fte": pick([0.3, 0.5, 1, 2])} for role in r.sample(TEAM, 3)], "governance.calendar": "Cadrage, expérimentation puis généralisation sur la durée du projet.",
        "governance.risks": [dict(zip(("risk", "severity", "answer"), risk)) for risk in r.sample(RISKS, 2)], "support.requested": r.sample(["juridique", "infrastructure", "rh"], r.randint(1, 2)),
    }


def expected(values):
    """The values as the reader gives them."""
    def plain(value):
        if isinstance(value, datetime.date):
            return value.isoformat()
        return value
    out = {}
    for field, value in values.items():
        if value in ([], None):
            continue
        if field in ("budget.total", "budget.requested", "budget.ownShare"):
            out[field] = value / 100
        elif field == "budget.lines":
            out[field] = [{"category": line["category"], "label": line["label"], "amount": line["amount"] / 100} for line in value]
        elif field == "budget.otherFinancing":
            out[field] = [{"from": line["from"], "amount": line["amount"] / 100} for line in value]
        elif field == "impact.indicators":
            out[field] = [{key: ([{"date": date.isoformat(), "value": number} for date, number in item] if key == "intermediate" else plain(item)) for key, item in indicator.items() if item is not None} for indicator in value]
        elif isinstance(value, list):
            out[field] = [{key: plain(item) for key, item in record.items()} if isinstance(record, dict) else record for record in value]
        else:
            out[field] = plain(value)
    return out
