"""A prefecture of a region: a note in prose, numbered headings and bullets, no table."""
from docx import Document
from docx.shared import Pt

import bench


def make(jobs):
    note = Document()
    note.styles["Normal"].font.name = "Liberation Serif"
    note.styles["Normal"].font.size = Pt(11)
    para, head, dot = note.add_paragraph, lambda text: note.add_heading(text, 2), lambda text: note.add_paragraph(text, style="List Bullet")
    para("PRÉFECTURE DE LA RÉGION GRAND EST").runs[0].bold = True
    para("Secrétariat général pour les affaires régionales")
    para("Strasbourg, le 6 mars 2023")
    note.add_heading("Note de présentation – appel à projets « Données » du FTAP", 1)
    para("Objet : candidature du projet « Un tableau de bord partagé de l’hébergement d’urgence » (TANDEM)").runs[0].bold = True

    head("1. Qui candidate ?")
    para("La candidature est portée par la préfecture de la région Grand Est (SIRET 170 067 015 00017), service déconcentré relevant du ministère de l’Intérieur et des Outre-mer.")
    para("Le dossier est suivi par Mme Aurélie Zimmermann, chargée de mission transformation numérique au SGAR (aurelie.zimmermann@exemple-grand-est.gouv.fr – 03 99 00 14 27).")
    para("Il est porté au niveau de la direction par M. Bertrand Kessler, secrétaire général adjoint pour les affaires régionales, qui en est le sponsor.")

    head("2. De quoi s’agit-il ?")
    para("Les dix départements de la région gèrent l’hébergement d’urgence avec des tableurs différents. TANDEM rassemble chaque nuit les places déclarées par les SIAO et propose aux agents une vue commune, avec une prévision à sept jours des demandes.")
    para("Le projet relève de la catégorie « amélioration d’une politique publique par la donnée ».")
    dot("Politique prioritaire du Gouvernement concernée : Logement d’abord")
    dot("Bénéficiaires : les 140 écoutants des SIAO et les personnes sans abri")

    head("3. Calendrier")
    para("Les travaux démarreront le 1er septembre 2023 et s’achèveront le 28 février 2025, soit une durée de 18 mois. Les premiers effets pour les usagers sont attendus en mars 2024.")
    para("Les principaux jalons sont les suivants :")
    dot("15 décembre 2023 : raccordement des dix SIAO")
    dot("1er mars 2024 : ouverture du tableau de bord à trois départements pilotes")
    dot("30 septembre 2024 : généralisation à la région")
    para("Stratégie de déploiement : trois départements pilotes (Bas-Rhin, Marne, Vosges), puis les sept autres par vagues de deux à trois.")

    head("4. Budget")
    para("Le coût total du projet s’élève à 384 000 € TTC. La subvention demandée au FTAP est de 192 000 €. La préfecture prend à sa charge 142 000 € sur ses crédits propres ; le solde est apporté par la DIHAL, à hauteur de 50 000 €.")
    para("Le coût se décompose ainsi (montants TTC) :")
    dot("Ressources humaines internes – chef de projet et data analyst : 118 000 €")
    dot("Prestations – développement du tableau de bord : 186 000 €")
    dot("Infrastructure – hébergement SecNumCloud : 48 000 €")
    dot("Formation – sessions pour les écoutants : 22 000 €")
    dot("Communication – kit de déploiement : 10 000 €")

    head("5. Impact attendu")
    para("Deux indicateurs seront suivis.")
    dot("Taux d’occupation des places d’urgence : de 87 % au 31 décembre 2022 à 95 % au 31 décembre 2024. Mesure mensuelle, par le SGAR, à partir des remontées des SIAO.")
    dot("Délai moyen d’orientation d’un ménage : de 9 jours au 31 décembre 2022 à 4 jours au 31 décembre 2024. Mesure trimestrielle, par le SGAR, à partir du SI-SIAO.")
    para("Méthode d’évaluation : comparaison avant/après, département par département.")

    head("6. Données et cadre juridique")
    para("Trois sources seront mobilisées :")
    dot("SI-SIAO (détenteur : DIHAL) – données à caractère personnel et sensibles, déjà disponibles, de qualité moyenne")
    dot("Places d’hébergement FINESS (détenteur : Agence du numérique en santé) – données non personnelles, non sensibles, disponibles, de bonne qualité")
    dot("Prévisions de température (détenteur : Météo-France) – données non personnelles, non sensibles, disponibles, de très bonne qualité")
    para("Base légale du traitement : mission d’intérêt public (article 6.1.e du RGPD).")
    para("Une analyse d’impact relative à la protection des données (AIPD) a été réalisée. Délégué à la protection des données : Mme Nadia Ferhat (dpd@exemple-grand-est.gouv.fr).")

    head("7. Solution technique")
    para("Solution retenue : entrepôt PostgreSQL alimenté par des scripts Python et restitution dans Metabase.")
    para("Briques réutilisées : AgentConnect, API Géo et Base adresse nationale.")
    para("Recours à l’intelligence artificielle : modèle de prévision des demandes à sept jours, plus fiable que la moyenne mobile utilisée aujourd’hui.")
    para("Risques éthiques : sous-estimation des besoins des publics qui n’appellent pas le 115.")

    head("8. Engagements")
    dot("Le code source sera publié sous licence EUPL 1.2 (https://gitlab.exemple.fr/sgar-grand-est/tandem).")
    dot("Les données agrégées seront publiées sur data.gouv.fr.")
    dot("Aucune API ne sera référencée sur api.gouv.fr.")
    dot("Le service sera conforme au RGAA.")
    dot("Une démarche d’écoconception sera suivie.")

    head("9. Gouvernance")
    para("L’équipe projet est composée de :")
    dot("un chef de projet (0,8 ETP)")
    dot("un data analyst (1 ETP)")
    dot("un référent hébergement (0,3 ETP)")
    para("Comitologie : comité de pilotage trimestriel présidé par le SGAR, comité de projet toutes les deux semaines.")
    para("Risques identifiés :")
    dot("Retard de raccordement de certains SIAO (criticité forte) : un binôme technique se déplace dans chaque département.")
    dot("Rotation des écoutants (criticité moyenne) : formation en ligne permanente.")
    para("Accompagnement souhaité : appui juridique et appui au recrutement (RH).")
    bench.save(note, bench.folder(1) / "Note_candidature_TANDEM.docx")
