"""A directorate of a ministry writes every label above its answer, amounts in k€ and dates in quarters."""
import docx
from docx.shared import Pt, RGBColor
from office import folder, freeze, grid

PARTS = [
    ("Votre administration", [
        ("Nom de l’administration porteuse", "Direction de la jeunesse et de l’engagement"),
        ("SIRET", "11004601800013"),
        ("Ministère de rattachement", "Ministère des Solidarités"),
        ("Nom du porteur de projet", "Aurélie N’Diaye"),
        ("Poste occupé", "Cheffe de projet innovation"),
        ("Adresse électronique du porteur", "aurelie.ndiaye@exemple.gouv.fr"),
        ("Numéro de téléphone", "01 99 00 84 46"),
        ("Qui soutient le projet à la direction ?", "Vincent Pellerin, directeur"),
    ]),
    ("Votre projet", [
        ("Quel est le nom du projet ?", "Service civique : une mission près de chez soi"),
        ("Acronyme", "Néant"),
        ("Décrivez votre projet en cinq lignes", "Un jeune sur quatre abandonne sa recherche de mission faute de réponse. Le service lui propose chaque semaine trois missions proches de son domicile, "
         "à partir de son profil et de ses premières candidatures."),
        ("À quel type de projet correspond-il ?", "☒ Proactivité de l’administration\n☐ Partage de données\n☒ Amélioration d’une politique publique"),
        ("À qui le projet est-il destiné ?", "Jeunes de 16 à 25 ans inscrits sur la plateforme"),
        ("Début", "T4 2023"),
        ("Fin", "T1 2025"),
        ("Quand les premiers résultats seront-ils visibles ?", "1er trimestre 2024"),
        ("Comment comptez-vous déployer le service ?", "Deux régions volontaires, puis toute la métropole, puis les outre-mer."),
    ]),
    ("Votre budget", [
        ("Coût global (TTC)", "310 k€"),
        ("Montant demandé au guichet", "150 k€"),
        ("Apport de la direction", "160 k€"),
        ("Autres sources de financement", "Néant"),
    ]),
]
REST = [
    ("Vos données", [
        ("Sur quelle base légale repose le traitement ?", "Mission d’intérêt public"),
        ("Avez-vous réalisé une AIPD ?", "Oui, en septembre 2023"),
        ("Coordonnées du DPO", "dpo-jeunesse@exemple.gouv.fr"),
    ]),
    ("Votre solution", [
        ("Quelle solution technique proposez-vous ?", "Moteur de recommandation intégré à la plateforme existante"),
        ("Quelles briques réutilisez-vous ?", "FranceConnect, API Géo"),
        ("Faites-vous appel à l’intelligence artificielle ? Pourquoi ?", "Oui : l’appariement de 150 000 profils et de 40 000 missions ne peut se faire à la main."),
        ("Quels risques éthiques avez-vous identifiés ?", "Enfermement dans un type de mission : une proposition sur trois est tirée au hasard."),
    ]),
    ("Vos engagements", [
        ("Le code sera-t-il publié ?", "Oui"),
        ("Sous quelle licence ?", "AGPL-3.0"),
        ("Adresse du dépôt", "Sans objet à ce stade"),
        ("Une API sera-t-elle référencée sur api.gouv.fr ?", "Non"),
        ("Des données seront-elles publiées sur data.gouv.fr ?", "Oui"),
        ("Le service sera-t-il conforme au RGAA ?", "Oui"),
        ("Le service sera-t-il éco-conçu ?", "Oui"),
        ("De quel accompagnement avez-vous besoin ?", "Aucun"),
    ]),
]


def answers(d, parts):
    for title, lines in parts:
        d.add_heading(title, 1)
        for label, value in lines:
            question = d.add_paragraph()
            run = question.add_run(label)
            run.bold, run.font.size, run.font.color.rgb = True, Pt(10), RGBColor(0x00, 0x00, 0x91)
            question.paragraph_format.space_after = Pt(0)
            for line in value.split("\n"):
                d.add_paragraph(line)


def make(jobs):
    d = docx.Document()
    d.add_heading("Candidature – guichet Données", 0)
    answers(d, PARTS)
    d.add_paragraph("Répartition des dépenses (en k€ TTC)")
    grid(d, [("Type de dépense", "Objet", "Montant (k€)"), ("Ressources humaines", "Deux développeurs en contrat de projet", "140"), ("Prestation", "Accompagnement par un cabinet de data science", "96"),
             ("Prestation", "Audit d’accessibilité", "14,4"), ("Licences", "Outil d’étiquetage", "9,6"), ("Communication", "Campagne auprès des missions locales", "50"), ("Total", "", "310")])
    d.add_heading("Votre impact", 1)
    grid(d, [("Indicateur", "Où en êtes-vous aujourd’hui ?", "Quel objectif ?", "Pour quand ?", "Comment le mesurez-vous ?"),
             ("Nombre de jeunes informés de façon proactive", "0", "60 000", "T1 2025", "Journal des messages"),
             ("Taux de conversion des messages", "3 %", "15 %", "T1 2025", "Candidatures déposées / messages envoyés"),
             ("Part des jeunes qui trouvent une mission en moins de trois mois", "41 %", "60 %", "T1 2025", "Base de la plateforme")])
    d.add_paragraph()
    answers(d, REST)
    d.add_heading("Votre équipe", 1)
    grid(d, [("Qui ?", "Combien d’ETP ?"), ("Cheffe de projet", "0,5"), ("Développeur", "2")])
    path = folder(8) / "candidature.docx"
    d.save(path)
    freeze(path)
