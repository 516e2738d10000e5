"""A rectorat writes its own note, in numbered headings and prose, and joins a spreadsheet with amounts before and after tax."""
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.style import ParagraphProperties, Style, TableColumnProperties, TextProperties
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import H, List, ListItem, P
from office import folder, freeze

NOTE = [
    ("p", "Note de candidature au guichet « Exploitation et valorisation des données »"),
    ("p", "Porteur : rectorat de l’académie de Grenoble (SIRET 177 500 121 00013)"),
    ("p", "Tutelle : ministère de l’Éducation nationale et de la Jeunesse"),
    ("p", "Votre interlocuteur : M. Yannick Kervella, délégué académique au numérique"),
    ("p", "Mél : yannick.kervella@exemple-academie.fr – Tél. : 04 99 00 41 12"),
    ("p", "Projet porté au niveau de la direction par : Mme Odile Ferrand-Pons, secrétaire générale d’académie"),
    ("h", "1. Nom du projet"),
    ("p", "Aider chaque élève de troisième à demander sa bourse de lycée"),
    ("h", "2. Le projet en quelques lignes"),
    ("p", "Un tiers des familles éligibles à la bourse de lycée ne la demandent pas. En croisant les données de scolarité et le quotient familial, "
          "l’académie repère ces familles et leur propose un dossier prérempli."),
    ("h", "3. Axe du guichet visé"),
    ("p", "Axe 1 : administration proactive."),
    ("h", "4. Publics bénéficiaires"),
    ("p", "Les familles des 34 000 élèves de troisième de l’académie, en particulier celles qui sont éloignées du numérique."),
    ("h", "5. Calendrier"),
    ("p", "Le projet débute le 1er septembre 2023 et se termine le 31 décembre 2024, soit une durée de 16 mois."),
    ("p", "Premier impact attendu : mars 2024."),
    ("p", "Les jalons sont les suivants :"),
    ("l", ["15 octobre 2023 : convention signée avec la CNAF", "15 mars 2024 : envoi des premiers messages dans l’Isère", "2 septembre 2024 : extension aux cinq départements"]),
    ("h", "6. Éléments financiers"),
    ("p", "Coût total : 0,42 M€ TTC (détail en annexe)."),
    ("p", "Participation sollicitée auprès du FTAP : 200 k€."),
    ("p", "Participation de l’académie : 220 k€."),
    ("p", "Autres financeurs : néant."),
    ("h", "7. Impact recherché et indicateurs"),
    ("p", "P1 – Nombre d’usagers ayant bénéficié de la proactivité"),
    ("l", ["Valeur initiale : 0 (septembre 2023)", "Valeur visée : 8 500 (décembre 2024)", "Unité : familles", "Source : journal d’envoi de la plateforme", "Suivi : mensuel"]),
    ("p", "P2 – Taux de conversion après un message proactif"),
    ("l", ["Valeur initiale : 12 % (juin 2023)", "Valeur visée : 45 % (décembre 2024)", "Unité : %", "Source : application des bourses", "Suivi : mensuel"]),
    ("p", "Méthode d’évaluation : les collèges de trois bassins ne recevront pas de message la première année et serviront de groupe témoin."),
    ("h", "8. Déploiement"),
    ("p", "Expérimentation dans l’Isère, puis extension aux cinq départements ; le dispositif est documenté pour les autres académies."),
    ("h", "9. Données mobilisées et cadre juridique"),
    ("l", ["SIECLE (base élèves) – détenteur : DGESCO – données personnelles : oui – données sensibles : non – disponible : oui",
           "Quotient familial – détenteur : CNAF – données personnelles : oui – données sensibles : non – disponible : non"]),
    ("p", "Base légale : mission d’intérêt public (article 6-1-e du RGPD)."),
    ("p", "Analyse d’impact (AIPD) : oui, validée en mai 2023."),
    ("p", "DPD : dpd@exemple-academie.fr"),
    ("h", "10. Engagements"),
    ("p", "Ouverture du code : oui, sous licence EUPL 1.2, sur https://forge.exemple.fr/grenoble/bourse."),
    ("p", "Accessibilité (RGAA) : oui. Écoconception : oui."),
    ("h", "11. Solution technique"),
    ("p", "Module ajouté à la plateforme académique de démarches, alimenté chaque nuit."),
    ("p", "Briques réutilisées : API Particulier, FranceConnect."),
    ("p", "Recours à l’intelligence artificielle : sans objet."),
    ("h", "12. Équipe"),
    ("l", ["Chef de projet : 0,5 ETP", "Data scientist : 1 ETP", "Juriste : 0,1 ETP"]),
]

ANNEX = [
    ["Annexe financière – académie de Grenoble"],
    [],
    ["Poste", "Quantité", "Coût unitaire HT", "Montant HT", "Montant TTC"],
    ["A. Ressources humaines internes"],
    ["Chef de projet (mi-temps)", 16, 2500, 40000, 40000],
    ["Data scientist contractuel", 16, 5000, 80000, 80000],
    ["Sous-total A", None, None, 120000, 120000],
    ["B. Prestations"],
    ["Développement du module", 1, 180000, 180000, 216000],
    ["Accompagnement au changement", 1, 30000, 30000, 36000],
    ["Sous-total B", None, None, 210000, 252000],
    ["C. Infrastructure"],
    ["Hébergement et sauvegarde", 16, 2500, 40000, 48000],
    ["Sous-total C", None, None, 40000, 48000],
    ["TOTAL GÉNÉRAL", None, None, 370000, 420000],
]


def make(jobs):
    text = OpenDocumentText()
    title = Style(name="Titre", family="paragraph")
    title.addElement(TextProperties(fontsize="15pt", fontweight="bold"))
    title.addElement(ParagraphProperties(textalign="center"))
    text.styles.addElement(title)
    for i, (kind, content) in enumerate(NOTE):
        if kind == "h":
            text.text.addElement(H(outlinelevel=1, text=content))
        elif kind == "p":
            text.text.addElement(P(text=content, stylename=title) if i == 0 else P(text=content))
        else:
            bullets = List()
            for each in content:
                item = ListItem()
                item.addElement(P(text=each))
                bullets.addElement(item)
            text.text.addElement(bullets)
    note = folder(2) / "note-candidature.odt"
    text.save(note)
    freeze(note)

    book = OpenDocumentSpreadsheet()
    wide = Style(name="large", family="table-column")
    wide.addElement(TableColumnProperties(columnwidth="7cm"))
    book.automaticstyles.addElement(wide)
    sheet = Table(name="Budget")
    sheet.addElement(TableColumn(stylename=wide))
    sheet.addElement(TableColumn(numbercolumnsrepeated=4))
    for line in ANNEX:
        row = TableRow()
        spanned = len(line) == 1
        for value in line:
            if value is None:
                row.addElement(TableCell())
            elif isinstance(value, str):
                cell = TableCell(valuetype="string", **({"numbercolumnsspanned": 5} if spanned else {}))
                cell.addElement(P(text=value))
                row.addElement(cell)
            else:
                cell = TableCell(valuetype="currency", currency="EUR", value=value) if value > 16 else TableCell(valuetype="float", value=value)
                cell.addElement(P(text=f"{value:,.2f} €".replace(",", " ").replace(".", ",") if value > 16 else str(value)))
                row.addElement(cell)
        if spanned:
            row.addElement(CoveredTableCell(numbercolumnsrepeated=4))
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    annex = folder(2) / "budget.ods"
    book.save(annex)
    freeze(annex)
