"""A regional office of a ministry fills the programme's own form: titles across the tables, boxes, amounts before and after tax."""
import docx
from office import band, folder, freeze, grid, rows


def make(jobs):
    d = docx.Document()
    d.add_heading("Fonds pour la transformation de l’action publique", 0)
    d.add_paragraph("Guichet « Exploitation et valorisation des données » – Dossier de candidature")
    d.add_paragraph("Ce dossier est à retourner complété et signé. Les champs marqués d’un astérisque (*) sont obligatoires.")
    t = d.add_table(rows=0, cols=2)
    t.style = "Table Grid"
    band(t, "1. IDENTIFICATION DU PORTEUR DE PROJET")
    rows(t, [
        ("Dénomination de la structure *", "Direction régionale de l’environnement, de l’aménagement et du logement Occitanie (DREAL Occitanie)"),
        ("N° SIRET *", "130 012 453 00010"),
        ("Statut de la structure *", "☐ Administration centrale\n☒ Service déconcentré de l’État\n☐ Opérateur de l’État\n☐ Autre, préciser :"),
        ("Ministère de rattachement", "Ministère de la Transition écologique et de la Cohésion des territoires"),
        ("Responsable du projet (nom, prénom, fonction) *", "Mme Sandrine Etcheverry, cheffe du pôle Données et connaissance"),
        ("Courriel", "sandrine.etcheverry@exemple.gouv.fr"),
        ("Téléphone", "05.61.99.00.12"),
        ("Sponsor (niveau directeur ou supérieur) *", "M. Patrick Bérenguer, directeur régional"),
    ])
    band(t, "2. PRÉSENTATION DU PROJET")
    rows(t, [
        ("Intitulé du projet *", "Portail régional des données de l’eau"),
        ("Acronyme", "PRODO"),
        ("Type(s) de projet * (plusieurs choix possibles)",
         "☐ Rendre l’administration proactive vis-à-vis des usagers\n☒ Mettre à disposition des données (open data, API, espace de données)\n"
         "☐ Améliorer une politique publique par l’IA, la science des données ou un outil de pilotage"),
        ("Politique prioritaire du Gouvernement à laquelle se rattache le projet", "Planification écologique – plan Eau"),
        ("Résumé du projet (10 lignes maximum) *",
         "Les données sur l’état des nappes, des cours d’eau et des prélèvements sont dispersées entre onze producteurs. Le projet les réunit dans un "
         "portail unique, les documente et les ouvre en téléchargement et par fichier plat actualisé chaque semaine."),
        ("Bénéficiaires finaux", "Collectivités, bureaux d’études, agriculteurs irrigants et associations"),
        ("Date de démarrage", "03/04/2023"),
        ("Date de fin prévisionnelle", "30/09/2024"),
        ("Date du premier impact constaté (6 mois maximum)", "02/10/2023"),
        ("Stratégie de déploiement *", "Deux départements pilotes (Gers et Tarn) jusqu’à la fin de l’été 2023, puis les treize départements de la région."),
        ("Solution technique retenue", "Catalogue de données fondé sur un logiciel libre et entrepôt PostgreSQL/PostGIS"),
        ("Briques mutualisées réutilisées", "data.gouv.fr, schema.gouv.fr, Géoplateforme de l’IGN"),
    ])
    d.add_paragraph()
    d.add_paragraph("Principales étapes du projet :")
    grid(d, [("Étape", "Date", "Livrable"), ("Ouverture du pilote", "02/10/2023", "Portail en version bêta"),
             ("Généralisation à la région", "01/04/2024", "Portail complet"), ("Bilan et passation", "30/09/2024", "Rapport d’évaluation")])
    d.add_heading("3. BUDGET PRÉVISIONNEL", 1)
    t = grid(d, [("Désignation", "Nature de la dépense", "Montant HT (€)", "Montant TTC (€)"),
                 ("Chef de projet données (0,6 ETP pendant 18 mois)", "Masse salariale", "64 800,00", "64 800,00"),
                 ("Développement du portail", "Prestation externe", "150 000,00", "180 000,00"),
                 ("Reprise et qualification des jeux de données", "Prestation externe", "45 000,00", "54 000,00"),
                 ("Sous-total prestations", "", "195 000,00", "234 000,00"),
                 ("Hébergement qualifié SecNumCloud (18 mois)", "Infrastructure", "20 000,00", "24 000,00"),
                 ("Formation des agents producteurs", "Formation", "6 000,00", "7 200,00")])
    rows(t, [("", "", "285 800,00", "330 000,00")])
    last = t.rows[-1].cells
    merged = last[0].merge(last[1])
    merged.text = "COÛT TOTAL DU PROJET"
    d.add_paragraph()
    d.add_paragraph("Plan de financement")
    grid(d, [("Source de financement", "Montant TTC", "Part"), ("Cofinancement demandé au titre du FTAP", "165 000,00 €", "50 %"),
             ("Autofinancement de la structure", "135 000,00 €", "41 %"), ("Région Occitanie", "30 000,00 €", "9 %"), ("Total", "330 000,00 €", "100 %")])
    d.add_heading("4. MESURE DE L’IMPACT", 1)
    for title, lines in [
        ("Indicateur n° 1 (M1) : nombre de projets réutilisant les données", [
            ("Définition", "Réutilisations publiées sur data.gouv.fr et rattachées à un jeu du portail"), ("Unité", "projets"),
            ("Valeur de départ", "3"), ("Date de la mesure de départ", "31/12/2022"), ("Valeur cible", "25"), ("Date d’atteinte de la cible", "30/09/2024"),
            ("Source de la donnée", "Statistiques de data.gouv.fr"), ("Méthode de calcul", "Décompte des réutilisations validées"), ("Fréquence de mesure", "Trimestrielle"),
            ("Responsable de la mesure", "Pôle Données et connaissance")]),
        ("Indicateur n° 2 (M3) : délai entre la demande d’accès d’un tiers et l’accès effectif", [
            ("Définition", "Nombre moyen de jours ouvrés entre la demande et l’ouverture de l’accès"), ("Unité", "jours ouvrés"),
            ("Valeur de départ", "45"), ("Date de la mesure de départ", "31/12/2022"), ("Valeur cible", "5"), ("Date d’atteinte de la cible", "30/09/2024"),
            ("Source de la donnée", "Registre des demandes"), ("Méthode de calcul", "Moyenne sur le semestre"), ("Fréquence de mesure", "Semestrielle"),
            ("Responsable de la mesure", "Pôle Données et connaissance")])]:
        t = d.add_table(rows=0, cols=2)
        t.style = "Table Grid"
        band(t, title, "D9E2F3")
        rows(t, lines)
        d.add_paragraph()
    d.add_paragraph("Dispositif d’évaluation : comparaison avant/après, avec enquête annuelle auprès des réutilisateurs")
    d.add_heading("5. ENGAGEMENTS DU PORTEUR", 1)
    grid(d, [("Le porteur s’engage à :", "Oui", "Non", "Précisions"),
             ("Publier le code source développé", "☒", "☐", "Licence MIT"),
             ("Référencer les API sur api.gouv.fr", "☐", "☒", "Pas d’API dans le projet"),
             ("Référencer les données ouvertes sur data.gouv.fr", "☒", "☐", ""),
             ("Respecter le RGAA", "☒", "☐", "Audit prévu avant l’ouverture"),
             ("Appliquer une démarche d’écoconception (RGESN)", "☒", "☐", "")])
    d.add_heading("6. DONNÉES ET CADRE JURIDIQUE", 1)
    grid(d, [("Jeu de données", "Producteur", "Données personnelles", "Données sensibles", "Disponible", "Qualité"),
             ("Banque ADES (eaux souterraines)", "BRGM", "Non", "Non", "Oui", "Bonne"),
             ("Déclarations de prélèvement", "Agence de l’eau Adour-Garonne", "Oui", "Non", "Oui", "À fiabiliser")])
    d.add_paragraph("Fondement juridique du traitement : articles L. 312-1-1 et L. 321-1 du CRPA ; directive INSPIRE")
    d.add_paragraph("Analyse d’impact relative à la protection des données (AIPD) réalisée : ☐ Oui  ☒ Non")
    d.add_paragraph("Délégué à la protection des données : dpd@exemple.gouv.fr")
    d.add_heading("7. GOUVERNANCE", 1)
    grid(d, [("Profil", "ETP"), ("Chef de projet données", "0,6"), ("Géomaticienne", "0,4"), ("Référents départementaux", "1")])
    d.add_paragraph()
    grid(d, [("Risque identifié", "Criticité", "Mesure de maîtrise"),
             ("Retard de livraison par les producteurs", "Élevée", "Convention d’échange signée avant le démarrage"),
             ("Faible audience du portail", "Moyenne", "Animation du réseau des réutilisateurs")])
    d.add_paragraph("Accompagnement souhaité : ☒ Juridique  ☐ Infrastructure sécurisée  ☒ Ressources humaines (data)")
    path = folder(1) / "Dossier_candidature_DREAL_Occitanie.docx"
    d.save(path)
    freeze(path)
