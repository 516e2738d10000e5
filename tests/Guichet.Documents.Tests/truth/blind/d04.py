"""A public institution of culture sends a two-column leaflet in PDF."""
import docx
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from office import SCRATCH, folder

SECTIONS = [
    ("Qui sommes-nous ?", [
        "Établissement : Institut national du patrimoine écrit",
        "SIRET : 180 092 017 00011",
        "Statut : établissement public à caractère administratif",
        "Ministère : Culture",
    ]),
    ("Contact", [
        "Chef de projet : Anaïs Thibergien",
        "Fonction : conservatrice, responsable du service des données",
        "Adresse électronique : anais.thibergien@exemple-patrimoine.fr",
        "Téléphone : 01 99 00 63 20",
        "Directeur engagé : Henri Castaing, directeur général",
    ]),
    ("Le projet en bref", [
        "Nom : Manuscrits ouverts",
        "Type : mise à disposition de données",
        "Objectif : Ouvrir par une API les descriptions et les images de 220 000 manuscrits, pour que chercheurs, enseignants et éditeurs les réutilisent sans convention.",
        "Bénéficiaires : chercheurs, enseignants, éditeurs numériques",
        "Politique prioritaire : Culture près de chez vous",
    ]),
    ("Calendrier", [
        "Lancement : janvier 2024",
        "Clôture : juin 2025",
        "Premières réutilisations : juin 2024",
        "• Ouverture de l’API aux partenaires : avril 2024",
        "• Ouverture au public : octobre 2024",
        "Déploiement : trois bibliothèques partenaires d’abord, puis tous les fonds numérisés.",
    ]),
    ("Budget", [
        "Coût total TTC : 286 500 €",
        "Subvention demandée : 143 250 €",
        "Autofinancement : 123 250 €",
        "Autre financement : Fondation des lettres, 20 000 €",
        "Le budget se répartit ainsi :",
        "• Développement de l’API (prestation) : 120 000 €",
        "• Ingénieure des données (personnel interne) : 96 500 €",
        "• Hébergement des images (infrastructure) : 55 000 €",
        "• Formation des catalogueurs (formation) : 15 000 €",
    ]),
    ("Indicateurs", [
        "M2 – Nombre de transmissions effectives par l’API",
        "Valeur de référence : 0 au 01/01/2024",
        "Cible : 500 000 au 30/06/2025",
        "Source : journaux de la passerelle d’API",
        "M3 – Délai d’accès d’un tiers",
        "Valeur de référence : 60 jours au 01/01/2024",
        "Cible : 1 jour au 30/06/2025",
        "Source : outil de suivi des demandes",
        "Évaluation : comparaison avant/après l’ouverture.",
    ]),
    ("Technique et droit", [
        "Solution : API IIIF et moissonnage OAI-PMH sur une base documentaire existante.",
        "Briques réutilisées : AgentConnect, api.gouv.fr",
        "Base légale : mission d’intérêt public",
        "AIPD : non nécessaire",
        "DPO : dpo@exemple-patrimoine.fr",
    ]),
    ("Nos engagements", [
        "Code ouvert : oui (licence CeCILL-B)",
        "API référencée sur api.gouv.fr : oui",
        "Données publiées sur data.gouv.fr : oui",
        "RGAA : oui",
        "Éco-conception : non",
    ]),
]


def make(jobs):
    d = docx.Document()
    d.styles["Normal"].font.name = "Liberation Serif"
    d.styles["Normal"].font.size = Pt(10)
    d.styles["Normal"].paragraph_format.space_after = Pt(3)
    first = d.sections[0]
    first.left_margin = first.right_margin = Cm(1.8)
    d.add_heading("Manuscrits ouverts", 0)
    d.add_paragraph("Candidature au guichet « Exploitation et valorisation des données »")
    section = d.add_section(WD_SECTION.CONTINUOUS)
    columns = section._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "560")
    for title, lines in SECTIONS:
        d.add_heading(title, 2)
        for line in lines:
            paragraph = d.add_paragraph()
            label, colon, value = line.partition(" : ")
            if colon:
                paragraph.add_run(label + colon).bold = True
                paragraph.add_run(value)
            else:
                paragraph.add_run(line)
    source = SCRATCH / "blind04.docx"
    d.save(source)
    jobs.append((source, folder(4) / "Plaquette manuscrits ouverts.pdf"))
