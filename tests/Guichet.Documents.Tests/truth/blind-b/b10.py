"""A public operator: a DOCX note of paragraphs that open on a bold label, a table on its own where numbers call for one."""
from docx import Document
from docx.shared import Pt

import bench
import office


def make(jobs):
    note = Document()
    note.styles["Normal"].font.name = "Liberation Sans"
    note.styles["Normal"].font.size = Pt(10.5)

    def say(label, text):
        line = note.add_paragraph()
        line.add_run(f"{label}. ").bold = True
        line.add_run(text)

    note.add_heading("Candidature de l’Office national du littoral", 0)
    note.add_paragraph("Appel à projets Territoires intelligents – Banque des Territoires / DINUM")
    note.add_heading("1 Présentation", 1)
    say("Projet", "« Ma plage demain » – informer les communes du recul du trait de côte")
    say("Acronyme", "PLAGE")
    say("Candidat", "Office national du littoral")
    say("Numéro SIRET", "180 005 019 00021")
    say("Forme juridique", "Établissement public à caractère administratif")
    say("Ministère de tutelle", "Transition écologique")
    note.add_paragraph("Contact opérationnel : Karim Benslimane (chef de projet données) ; k.benslimane@exemple-littoral.fr ; 05 99 00 26 81")
    note.add_paragraph("Sponsor : Agnès Lartigue (directrice générale déléguée)")
    note.add_heading("2 Le projet en quelques mots", 1)
    say("Résumé", "Une commune sur cinq ignore à quelle vitesse sa côte recule. L’office lui adresse chaque année une carte à dix, trente et cent ans, lui signale les aides auxquelles elle a droit et ouvre les mesures à tous.")
    say("Types de projet", "administration proactive et mise à disposition de données")
    say("Politique prioritaire", "Adaptation des territoires littoraux")
    say("Bénéficiaires", "864 communes et leurs habitants")
    say("Stratégie de déploiement", "vingt communes de Nouvelle-Aquitaine, puis toutes les façades maritimes")
    note.add_heading("3 Calendrier", 1)
    say("Début", "3 avril 2024")
    say("Fin", "2 avril 2026")
    say("Durée", "24 mois")
    say("Date du premier impact", "décembre 2024")
    note.add_paragraph("Jalons :")
    for line in ("30/09/2024 – Modèle de recul validé", "02/12/2024 – Vingt communes informées", "15/01/2026 – Toutes les façades couvertes"):
        note.add_paragraph(line, style="List Bullet")
    note.add_heading("4 Budget", 1)
    note.add_paragraph("Coût total : 890 k€ TTC, dont 400 k€ demandés au titre de l’appel à projets, 340 k€ de fonds propres et 150 k€ de l’Union européenne (FEDER).")
    office.grid(note, [
        ["Intitulé de la dépense", "Catégorie", "k€ TTC"],
        ["Deux géomorphologues", "RH interne", "260"], ["Survols lidar", "Prestation", "335"], ["Plateforme de diffusion", "Prestation", "168"],
        ["Licences de traitement d’images", "Logiciel et licence", "32"], ["Stockage", "Infrastructure", "55"], ["Ateliers avec les maires", "Formation", "40"], ["Total", "", "890"]])
    note.add_heading("5 Impact", 1)
    for name, lines in (
            ("P1 – Communes informées", ("Unité : communes", "Valeur initiale : 0 au 03/04/2024", "Valeur cible : 864 au 02/04/2026", "Source : journal des envois", "Fréquence : semestrielle")),
            ("P2 – Demandes d’aide déposées après l’information", ("Unité : %", "Valeur initiale : 3 au 31/12/2023", "Valeur cible : 30 au 02/04/2026", "Source : préfectures", "Fréquence : semestrielle")),
            ("M3 – Délai d’accès aux mesures", ("Unité : jours", "Valeur initiale : 90 au 31/12/2023", "Valeur cible : 1 au 02/04/2026", "Source : registre des demandes", "Fréquence : annuelle"))):
        note.add_paragraph().add_run(name).bold = True
        for line in lines:
            note.add_paragraph(line, style="List Bullet")
    say("Évaluation", "comparaison des dépôts d’aide entre communes informées et communes en attente")
    note.add_heading("6 Données et droit", 1)
    office.grid(note, [
        ["Jeu de données", "Détenteur", "Perso", "Sensible", "Disponible", "Qualité"],
        ["Litto3D", "Shom et IGN", "non", "non", "oui", "très bonne"], ["Traits de côte historiques", "Cerema", "non", "non", "oui", "moyenne"], ["Contacts des mairies", "DILA", "oui", "non", "oui", "bonne"]])
    note.add_paragraph()
    say("Base légale", "article L. 321-13 du code de l’environnement")
    say("AIPD", "Non")
    say("DPO", "Violaine Serres")
    note.add_heading("7 Technique", 1)
    say("Solution", "modèle de recul, tuiles vectorielles et lettres envoyées aux maires")
    say("Briques réutilisées", "Géoplateforme, annuaire de l’administration")
    say("Intelligence artificielle", "détection du trait de côte sur images satellites, dix fois plus rapide que la photo-interprétation")
    say("Risques éthiques", "perte de valeur des biens désignés par la carte")
    note.add_heading("8 Engagements", 1)
    for line in ("Open source : oui", "Licence : EUPL 1.2", "Dépôt : https://gitlab.exemple-littoral.fr/plage", "api.gouv.fr : oui", "data.gouv.fr : oui", "RGAA : oui", "Écoconception : oui"):
        note.add_paragraph(line, style="List Bullet")
    note.add_heading("9 Organisation", 1)
    note.add_paragraph("Équipe : chef de projet (1 ETP), géomorphologue (2 ETP), juriste (0,2 ETP)")
    say("Comitologie", "comité de pilotage semestriel, comité technique mensuel")
    office.grid(note, [["Risque", "Gravité", "Mesure prévue"], ["Survols empêchés par la météo", "moyenne", "Deux campagnes par an"], ["Contestation des cartes", "forte", "Concertation avant l’envoi"]])
    note.add_paragraph()
    say("Accompagnement demandé", "juridique, infrastructure")
    bench.save(note, bench.folder(10) / "Note PLAGE ONL.docx")
