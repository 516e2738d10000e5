"""An agency designs its form in Word and sends the PDF: coloured bands, two-column tables that run over pages, headers and page numbers."""
import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from office import SCRATCH, band, folder, grid, rows, shade


def page_number(paragraph):
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)


def block(d, title, lines):
    t = d.add_table(rows=0, cols=2)
    t.style = "Table Grid"
    t.autofit = False
    band(t, title, "00695C")
    t.rows[0].cells[0].paragraphs[0].runs[0].font.color.rgb = RGBColor(255, 255, 255)
    rows(t, lines, bold_first=True)
    for row in t.rows[1:]:
        shade(row.cells[0], "E0F2F1")
        row.cells[0].width, row.cells[1].width = Cm(5.5), Cm(11)
    d.add_paragraph()


def headed(d, title, lines):
    d.add_paragraph().add_run(title).bold = True
    t = grid(d, lines)
    for cell in t.rows[0].cells:
        shade(cell, "B2DFDB")
    d.add_paragraph()


def make(jobs):
    d = docx.Document()
    d.styles["Normal"].font.name = "Liberation Sans"
    d.styles["Normal"].font.size = Pt(10)
    section = d.sections[0]
    section.header.paragraphs[0].text = "Agence nationale de la forêt\tCandidature FTAP – Données\tVersion 1.2"
    section.footer.paragraphs[0].text = "Document confidentiel – page "
    page_number(section.footer.paragraphs[0])
    d.add_heading("Sentinelle : détecter les dépérissements forestiers", 0)
    d.add_paragraph("Réponse à l’appel à candidatures permanent, session de juin 2023")
    block(d, "L’organisme candidat", [
        ("Raison sociale", "Agence nationale de la forêt"),
        ("Numéro SIRET", "13001889800010"),
        ("Catégorie juridique", "Établissement public national à caractère administratif (7389)"),
        ("Ministère de tutelle", "Ministère de l’Agriculture et de la Souveraineté alimentaire"),
        ("Porteur opérationnel", "Ludovic Haxaire"),
        ("Qualité", "Directeur de projet numérique"),
        ("E-mail", "l.haxaire@exemple-foret.fr"),
        ("Tél.", "+33 3 99 00 27 45"),
        ("Sponsor", "Béatrice Oulmann"),
        ("Qualité du sponsor", "Directrice générale adjointe"),
    ])
    block(d, "Le projet", [
        ("Titre", "Détecter les dépérissements forestiers par imagerie satellitaire"),
        ("Nom court", "Sentinelle"),
        ("Nature du projet", "Amélioration d’une politique publique par l’intelligence artificielle"),
        ("Description synthétique", "Chaque été, les agents parcourent les massifs pour repérer les arbres qui dépérissent. Un modèle d’apprentissage entraîné sur les "
         "images Sentinel-2 leur signale les parcelles à visiter en priorité, et leurs constats améliorent le modèle."),
        ("Public cible", "1 200 agents de terrain ; propriétaires forestiers privés"),
        ("Politique publique prioritaire", "Adapter la forêt française au changement climatique"),
        ("Début du projet", "4 septembre 2023"),
        ("Fin du projet", "28 février 2025"),
        ("Durée", "18 mois"),
        ("Premier impact", "29 février 2024"),
        ("Plan de déploiement", "Une agence territoriale la première saison, trois la deuxième, l’ensemble du territoire à la fin du projet."),
    ])
    headed(d, "Feuille de route", [("Étape clé", "Échéance"), ("Jeu d’apprentissage constitué", "30 novembre 2023"),
                                   ("Modèle utilisé dans une agence territoriale", "29 février 2024"), ("Ouverture aux propriétaires privés", "15 octobre 2024")])
    headed(d, "Budget détaillé (en euros TTC)", [
        ("Catégorie", "Dépense", "Montant"),
        ("Personnel", "Data scientists (2 postes)", "210 000"),
        ("Personnel", "Expert forestier référent", "45 000"),
        ("Prestations", "Annotation des images", "62 400"),
        ("Prestations", "Développement de l’application mobile", "138 000"),
        ("Infrastructure", "Calcul GPU en nuage", "54 600"),
        ("Communication", "Animation du réseau des correspondants", "10 000"),
        ("", "Total", "520 000")])
    block(d, "Financement", [
        ("Coût complet du projet", "520 000 € TTC"),
        ("Montant du cofinancement sollicité", "250 000 €"),
        ("Contribution de l’agence", "220 000 €"),
        ("Autres cofinanceurs", "Fonds vert : 50 000 €"),
    ])
    headed(d, "Indicateurs d’impact", [
        ("Indicateur", "Unité", "Valeur actuelle", "Date", "Valeur visée", "Date", "Fréquence de suivi"),
        ("Surface parcourue pour trouver une parcelle atteinte", "hectares", "85", "31/08/2022", "30", "31/08/2024", "Annuelle"),
        ("Part des parcelles atteintes repérées dans le mois", "%", "18", "31/08/2022", "60", "31/08/2024", "Mensuelle")])
    block(d, "Évaluation et données", [
        ("Méthode d’évaluation", "Comparaison entre agences équipées et agences non équipées pendant deux saisons."),
        ("Base légale", "Code forestier, article L. 221-1"),
        ("AIPD", "Non"),
        ("DPO", "Maître Solène Vautrin, dpo@exemple-foret.fr"),
    ])
    headed(d, "Données utilisées", [
        ("Source", "Détenteur", "Données à caractère personnel", "Données sensibles", "Accessible", "Qualité"),
        ("Images Sentinel-2", "Agence spatiale européenne", "non", "non", "oui", "Très bonne"),
        ("Inventaire forestier", "IGN", "non", "non", "oui", "Bonne"),
        ("Cadastre des propriétaires", "DGFiP", "oui", "non", "non", "À évaluer")])
    block(d, "Technique et engagements", [
        ("Architecture proposée", "Chaîne de traitement Python, modèle servi par une API, application mobile hors connexion."),
        ("Composants réutilisés", "Géoplateforme, API Carto, PEREN"),
        ("Usage de l’IA et justification", "Réseau convolutif de segmentation : 40 millions de pixels par passage ne peuvent être lus à l’œil."),
        ("Risques éthiques", "Faible : aucune décision individuelle n’est prise par le modèle."),
        ("Code source ouvert", "Oui"),
        ("Licence", "Apache 2.0"),
        ("Dépôt de code", "https://gitlab.exemple.fr/foret/sentinelle"),
        ("Référencement sur api.gouv.fr", "Oui"),
        ("Publication sur data.gouv.fr", "Oui"),
        ("Conformité RGAA", "Oui"),
        ("Numérique responsable", "Oui"),
    ])
    headed(d, "Équipe", [("Fonction", "ETP"), ("Directeur de projet", "0,3"), ("Data scientist", "2"), ("Expert forestier", "0,5"), ("Designer", "0,25")])
    headed(d, "Analyse des risques", [("Risque", "Niveau", "Parade"), ("Images masquées par les nuages", "Fort", "Composer les passages de plusieurs semaines"),
                                      ("Départ d’un data scientist", "Moyen", "Documentation et binôme")])
    d.add_paragraph("Accompagnement demandé à la DINUM : infrastructure sécurisée")
    source = SCRATCH / "blind03.docx"
    d.save(source)
    jobs.append((source, folder(3) / "candidature-sentinelle.pdf"))
