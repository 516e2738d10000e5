"""The labels by which forms name the fields: four vocabularies that the lexicon was tuned on, and one that it was not."""

FIELDS = """
applicant.siret|SIRET|Numéro SIRET|N° SIRET de l’établissement|SIRET du porteur
applicant.name|Nom de l’administration|Administration porteuse|Dénomination|Organisme porteur
applicant.legalCategory|Catégorie juridique|Forme juridique|Statut juridique|Catégorie juridique (INSEE)
applicant.ministry|Ministère de rattachement|Ministère de tutelle|Ministère|Tutelle
contact.name|Nom et prénom|Nom|Nom du contact|Prénom et nom
contact.role|Fonction|Fonction|Fonction du contact|Fonction exercée
contact.email|Courriel|Adresse électronique|E-mail|Mél.
contact.phone|Téléphone|Tél.|N° de téléphone|Téléphone
sponsor.name|Nom et prénom|Nom|Nom du sponsor|Prénom et nom
sponsor.role|Fonction|Qualité|Fonction du sponsor|Titre
project.title|Titre du projet|Intitulé du projet|Nom du projet|Titre
project.acronym|Acronyme|Sigle du projet|Nom court|Acronyme du projet
project.summary|Résumé du projet|Présentation du projet|Description du projet|Synthèse du projet
project.types|Type de projet|Nature du projet|Types de projet (cocher)|Typologie du projet
project.priorityPolicy|Politique prioritaire|Politique prioritaire du gouvernement concernée|Politique publique prioritaire|Lien avec une politique prioritaire
project.beneficiaries|Bénéficiaires|Public cible|Usagers concernés|Bénéficiaires du projet
project.start|Date de début|Début du projet|Date de démarrage|Démarrage prévu
project.end|Date de fin|Fin du projet|Date d’achèvement|Fin prévisionnelle
project.firstImpact|Date du premier impact|Premier impact attendu|Premier impact|Date de premier impact, même expérimental
project.durationMonths|Durée (mois)|Durée du projet|Durée en mois|Durée
project.deployment|Stratégie de déploiement|Déploiement|Plan de déploiement|Modalités de déploiement
project.milestones|Jalons|Principaux jalons|Étapes clés|Jalons du projet
budget.lines|Budget détaillé|Détail des dépenses|Budget prévisionnel|Postes de dépenses
budget.total|Coût total TTC|Coût total du projet (TTC)|Montant total du projet|Budget total TTC
budget.requested|Cofinancement demandé|Montant du cofinancement demandé|Subvention demandée|Financement demandé au guichet
budget.ownShare|Part financée par le porteur|Autofinancement|Part du porteur|Fonds propres
budget.otherFinancing|Autres financements|Autres cofinancements|Autres financeurs|Autres sources de financement
impact.indicators|Indicateurs d’impact|Indicateurs|Tableau des indicateurs|Indicateurs de suivi
impact.evaluation|Dispositif d’évaluation|Méthode d’évaluation|Évaluation de l’impact|Protocole d’évaluation
data.sources|Sources de données|Données utilisées|Jeux de données|Données mobilisées
legal.basis|Base légale|Fondement juridique|Base juridique|Base légale du traitement
legal.dpo|Délégué à la protection des données|DPO|Nom du DPO|Délégué à la protection des données (DPO)
legal.dpia|Analyse d’impact (AIPD)|AIPD réalisée|Analyse d’impact relative à la protection des données|Une AIPD a-t-elle été réalisée ?
commitments.openSource|Code source ouvert|Open source|Ouverture du code source|Publication du code source
commitments.apiGouv|Référencement sur api.gouv.fr|API référencée sur api.gouv.fr|Référencement api.gouv.fr|Publication sur api.gouv.fr
commitments.dataGouv|Référencement sur data.gouv.fr|Données référencées sur data.gouv.fr|Référencement data.gouv.fr|Publication sur data.gouv.fr
commitments.rgaa|Accessibilité (RGAA)|Conformité au RGAA|Accessibilité numérique|RGAA
commitments.ecoDesign|Écoconception|Numérique responsable|Éco-conception (RGESN)|Démarche d’écoconception
commitments.licence|Licence|Licence retenue|Licence du code|Licence libre
commitments.repository|Dépôt de code|URL du dépôt|Adresse du dépôt|Lien vers le dépôt
technical.solution|Solution technique|Architecture technique|Description technique|Solution technique envisagée
technical.reusedBlocks|Briques et API réutilisées|Briques réutilisées|Réutilisation de briques interministérielles|API mobilisées
technical.ai|Recours à l’intelligence artificielle|Recours à l’IA|Usage de l’IA|Utilisation de l’intelligence artificielle
technical.ethicalRisks|Risques éthiques|Risques éthiques identifiés|Enjeux éthiques|Éthique
governance.team|Équipe|Équipe projet|Composition de l’équipe|Moyens humains
governance.calendar|Calendrier|Calendrier prévisionnel|Planning|Calendrier du projet
governance.risks|Risques|Analyse des risques|Risques identifiés|Gestion des risques
support.requested|Accompagnement demandé|Accompagnement souhaité|Besoin d’accompagnement|Appui souhaité
"""

# Written without looking at the lexicon, by imagining other services' forms; the lexicon is not changed for it.
UNTUNED = """
applicant.siret|Numéro de SIRET de la structure
applicant.name|Nom de la structure candidate
applicant.legalCategory|Statut juridique de la structure
applicant.ministry|Ministère de rattachement de la structure
contact.name|Nom de la personne référente
contact.role|Fonction de la personne référente
contact.email|Adresse mail de la personne référente
contact.phone|Numéro de téléphone professionnel
sponsor.name|Nom du directeur sponsor du projet
sponsor.role|Fonction du directeur sponsor
project.title|Intitulé complet du projet
project.acronym|Acronyme ou nom d’usage
project.summary|Résumé du projet en dix lignes
project.types|À quel type de projet correspond votre candidature ?
project.priorityPolicy|Politique prioritaire à laquelle contribue le projet
project.beneficiaries|Bénéficiaires finaux visés
project.start|Date prévisionnelle de démarrage
project.end|Date prévisionnelle de fin
project.firstImpact|Date attendue du premier impact mesurable
project.durationMonths|Durée totale du projet (en mois)
project.deployment|Décrivez votre stratégie de déploiement
project.milestones|Principales étapes et jalons
budget.lines|Décomposition des dépenses
budget.total|Coût total prévisionnel du projet, TTC
budget.requested|Montant du cofinancement sollicité
budget.ownShare|Montant pris en charge par la structure
budget.otherFinancing|Autres cofinancements éventuels
impact.indicators|Vos indicateurs d’impact
impact.evaluation|Comment évaluerez-vous l’impact du projet ?
data.sources|Données mobilisées par le projet
legal.basis|Base légale du traitement de données
legal.dpo|Nom du délégué à la protection des données
legal.dpia|Analyse d’impact réalisée ?
commitments.openSource|Le code source sera-t-il publié en open source ?
commitments.apiGouv|L’API sera-t-elle référencée sur api.gouv.fr ?
commitments.dataGouv|Les données seront-elles référencées sur data.gouv.fr ?
commitments.rgaa|Le service respectera-t-il le RGAA ?
commitments.ecoDesign|Une démarche d’écoconception est-elle prévue ?
commitments.licence|Licence de publication choisie
commitments.repository|Adresse du dépôt de code source
technical.solution|Solution technique proposée
technical.reusedBlocks|Briques et API interministérielles réutilisées
technical.ai|Le projet recourt-il à l’intelligence artificielle ? Pourquoi ?
technical.ethicalRisks|Risques éthiques et mesures prévues
governance.team|Composition de l’équipe projet
governance.calendar|Calendrier général
governance.risks|Principaux risques du projet
support.requested|Accompagnement attendu
"""

SECTIONS = [
    ("Le porteur", ["applicant.siret", "applicant.name", "applicant.legalCategory", "applicant.ministry"]),
    ("Contact", ["contact.name", "contact.role", "contact.email", "contact.phone"]),
    ("Sponsor", ["sponsor.name", "sponsor.role"]),
    ("Le projet", ["project.title", "project.acronym", "project.types", "project.summary", "project.priorityPolicy", "project.beneficiaries", "project.start", "project.end", "project.durationMonths", "project.firstImpact", "project.deployment", "project.milestones"]),
    ("Budget et financement", ["budget.total", "budget.requested", "budget.ownShare", "budget.otherFinancing", "budget.lines"]),
    ("Impact", ["impact.indicators", "impact.evaluation"]),
    ("Données et cadre juridique", ["data.sources", "legal.basis", "legal.dpo", "legal.dpia"]),
    ("Engagements", ["commitments.openSource", "commitments.apiGouv", "commitments.dataGouv", "commitments.rgaa", "commitments.ecoDesign", "commitments.licence", "commitments.repository"]),
    ("Volet technique", ["technical.solution", "technical.reusedBlocks", "technical.ai", "technical.ethicalRisks"]),
    ("Gouvernance", ["governance.team", "governance.calendar", "governance.risks", "support.requested"]),
]

LISTS = {
    "project.milestones": [("label", "Jalon", "Étape", "Intitulé", "Libellé de l’étape"), ("date", "Échéance", "Date prévue", "Date", "Date d’échéance")],
    "budget.lines": [("words", "Catégorie", "Nature", "Poste", "Type de dépense"), ("label", "Libellé", "Objet", "Désignation", "Description de la dépense"), ("amount", "Montant TTC", "Coût TTC", "Montant (€ TTC)", "Montant TTC en euros")],
    "budget.otherFinancing": [("from", "Financeur", "Source", "Organisme", "Nom du financeur"), ("amount", "Montant", "Contribution", "Montant TTC", "Montant apporté")],
    "data.sources": [("name", "Source", "Jeu de données", "Nom", "Nom du jeu de données"), ("holder", "Détenteur", "Producteur", "Responsable", "Organisme détenteur"), ("personal", "Données personnelles", "Personnelles", "Données à caractère personnel", "Données personnelles ?"), ("sensitive", "Données sensibles", "Sensibles", "Sensible", "Données sensibles ?"), ("available", "Disponible", "Disponibilité", "Disponibles", "Déjà disponible ?"), ("quality", "Qualité", "Qualité", "Qualité des données", "Qualité estimée")],
    "governance.team": [("role", "Rôle", "Profil", "Fonction", "Rôle dans le projet"), ("fte", "ETP", "Nombre d’ETP", "Quotité (ETP)", "Temps consacré (ETP)")],
    "governance.risks": [("risk", "Risque", "Description du risque", "Risque identifié", "Nature du risque"), ("severity", "Gravité", "Criticité", "Niveau", "Niveau de gravité"), ("answer", "Réponse", "Parade", "Mesure de maîtrise", "Mesures prévues")],
    "impact.indicators": [("name", "Indicateur", "Nom de l’indicateur", "Intitulé", "Intitulé de l’indicateur"), ("definition", "Définition", "Description", "Définition", "Définition précise"), ("unit", "Unité", "Unité de mesure", "Unité", "Unité de mesure"), ("baseline", "Valeur de référence", "Valeur initiale", "Valeur actuelle", "Valeur de départ"), ("baselineDate", "Date de référence", "Date de la valeur initiale", "Date de mesure", "Date de la valeur de départ"), ("target", "Cible", "Valeur cible", "Objectif", "Valeur cible finale"), ("targetDate", "Échéance", "Date cible", "Date de la cible", "Échéance de la cible"), ("intermediate", "Cibles intermédiaires", "Jalons intermédiaires", "Valeurs intermédiaires", "Cibles semestrielles"), ("source", "Source", "Source des données", "Source", "Origine de la donnée"), ("method", "Méthode", "Mode de calcul", "Méthode de calcul", "Méthode de mesure"), ("frequency", "Fréquence", "Périodicité", "Fréquence de mesure", "Rythme de mesure"), ("owner", "Responsable", "Qui mesure", "Responsable de la mesure", "Mesuré par")],
}

TYPES = [("proactivite", "Administration proactive"), ("mise-a-disposition", "Mise à disposition de données"), ("amelioration", "Amélioration d’une politique publique")]
SUPPORT = [("juridique", "Cadre juridique"), ("infrastructure", "Infrastructure sécurisée"), ("rh", "Ressources humaines (data science, gouvernance de la donnée)")]


def labels(vocabulary):
    """Field to label, of a vocabulary 0 to 3, or of the untuned one."""
    lines = [line.split("|") for line in (UNTUNED if vocabulary == "untuned" else FIELDS).strip().splitlines()]
    return {parts[0]: parts[1 if vocabulary == "untuned" else 1 + vocabulary] for parts in lines}


def columns(vocabulary, field):
    """The columns of a list and their headings."""
    return [(column[0], column[4 if vocabulary == "untuned" else 1 + vocabulary]) for column in LISTS[field]]
