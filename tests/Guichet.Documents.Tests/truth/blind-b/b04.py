"""A student services agency: a PDF form with fields, filled in; the printed label stands above each field."""
from reportlab.lib.colors import HexColor, black, white
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import bench

GREEN = HexColor("#2E6B4F")


class Page:
    """A form drawn from the top of the sheet down."""

    def __init__(self, path):
        self.canvas = Canvas(str(path), pagesize=A4, invariant=True)
        self.y, self.count = 800, 0

    def need(self, height):
        if self.y - height < 45:
            self.canvas.showPage()
            self.y = 800

    def bar(self, text):
        self.need(60)
        self.y -= 12
        self.canvas.setFillColor(GREEN)
        self.canvas.rect(40, self.y - 5, 515, 17, stroke=0, fill=1)
        self.canvas.setFillColor(white)
        self.canvas.setFont("Helvetica-Bold", 10)
        self.canvas.drawString(46, self.y, text)
        self.canvas.setFillColor(black)
        self.y -= 12

    def line(self, fields, height=16):
        """fields: (label, value, width)."""
        self.need(height + 26)
        x = 40
        self.y -= 12
        self.canvas.setFont("Helvetica", 8)
        for label, _, width in fields:
            self.canvas.drawString(x, self.y, label)
            x += width
        x = 40
        self.y -= height + 4
        for label, value, width in fields:
            self.count += 1
            self.canvas.acroForm.textfield(name=f"champ{self.count:03d}", tooltip=bench.typed(label), value=bench.typed(value), x=x, y=self.y, width=width - 8, height=height,
                                           fontSize=8, borderWidth=0.5, fieldFlags="multiline" if height > 20 else "")
            x += width
        self.y -= 4

    def boxes(self, title, choices):
        self.need(40)
        self.y -= 12
        self.canvas.setFont("Helvetica", 8)
        self.canvas.drawString(40, self.y, title)
        x = 40
        self.y -= 17
        for label, ticked in choices:
            self.count += 1
            self.canvas.acroForm.checkbox(name=f"case{self.count:03d}", tooltip=bench.typed(label), checked=ticked, x=x, y=self.y, size=12, buttonStyle="check")
            self.canvas.drawString(x + 17, self.y + 3, label)
            x += 30 + self.canvas.stringWidth(label, "Helvetica", 8)
        self.y -= 4

    def grid(self, heads, widths, lines):
        self.need(24 + 17 * len(lines))
        self.y -= 12
        x = 40
        self.canvas.setFont("Helvetica-Bold", 8)
        for head, width in zip(heads, widths):
            self.canvas.drawString(x, self.y, head)
            x += width
        for line in lines:
            self.y -= 18
            x = 40
            for head, value, width in zip(heads, line, widths):
                self.count += 1
                self.canvas.acroForm.textfield(name=f"champ{self.count:03d}", tooltip=bench.typed(head), value=bench.typed(value), x=x, y=self.y, width=width - 4, height=15, fontSize=8, borderWidth=0.5)
                x += width
        self.y -= 4


def make(jobs):
    page = Page(bench.folder(4) / "formulaire_CNVE_rempli.pdf")
    page.canvas.setTitle("Formulaire de candidature")
    page.canvas.setFont("Helvetica-Bold", 15)
    page.canvas.drawString(40, 805, "Formulaire de candidature – Fonds données")
    page.bar("1 – Établissement candidat")
    page.line([("Dénomination de l’établissement", "Centre national de la vie étudiante", 330), ("Numéro SIRET", "18004702700016", 185)])
    page.line([("Forme juridique", "Établissement public national à caractère administratif", 270), ("Ministère de tutelle", "Enseignement supérieur et Recherche", 245)])
    page.line([("Nom et prénom du contact", "Fabienne Rougier", 260), ("Fonction du contact", "Directrice des systèmes d’information", 255)])
    page.line([("Courriel du contact", "fabienne.rougier@exemple-cnve.fr", 260), ("Téléphone du contact", "01 99 00 82 45", 255)])
    page.line([("Nom et prénom du sponsor", "Antoine Lescure", 260), ("Fonction du sponsor", "Président", 255)])
    page.bar("2 – Projet")
    page.line([("Titre du projet", "Repérer les étudiants en rupture de repas", 390), ("Acronyme", "RESTO+", 125)])
    page.boxes("Type de projet", [("Administration proactive", True), ("Mise à disposition de données", False), ("Amélioration d’une politique publique", True)])
    page.line([("Résumé du projet", "Les passages en caisse montrent quels étudiants boursiers ont cessé de manger au restaurant. Le projet leur propose une aide et un rendez-vous avec une assistante sociale.", 515)], 44)
    page.line([("Politique prioritaire du Gouvernement", "Lutte contre la précarité étudiante", 260), ("Bénéficiaires", "750 000 étudiants boursiers", 255)])
    page.line([("Date de début", "01/06/2023", 128), ("Date de fin", "30/11/2024", 128), ("Durée (mois)", "18", 90), ("Premier impact prévu le", "02/01/2024", 169)])
    page.line([("Stratégie de déploiement", "Deux académies volontaires, puis l’ensemble du réseau après évaluation.", 515)], 30)
    page.grid(["Jalon", "Date"], [400, 115], [["Accord de la CNIL obtenu", "15/09/2023"], ["Premiers messages envoyés à Lille et Grenoble", "02/01/2024"], ["Extension aux 26 centres régionaux", "16/09/2024"]])
    page.bar("3 – Budget prévisionnel (montants TTC)")
    page.line([("Coût total du projet", "275 300,00", 172), ("Cofinancement demandé", "137 650,00", 172), ("Part financée par l’établissement", "117 650,00", 171)])
    page.grid(["Catégorie de dépense", "Libellé", "Montant"], [150, 255, 110], [
        ["RH interne", "Data scientist, 12 mois", "68 000,00"], ["RH interne", "Assistante sociale référente", "31 300,00"],
        ["Prestation", "Développement du moteur d’alerte", "112 000,00"], ["Infrastructure", "Serveurs et sauvegardes", "36 000,00"], ["Formation", "Assistantes sociales du réseau", "28 000,00"]])
    page.grid(["Autre financeur", "Montant apporté"], [400, 115], [["Fondation pour la vie étudiante", "20 000,00"]])
    page.bar("4 – Impact")
    page.grid(["Code", "Nom de l’indicateur", "Unité", "Valeur initiale", "Date", "Valeur cible", "Date cible"], [35, 190, 60, 60, 55, 60, 55], [
        ["P1", "Étudiants aidés après un message", "étudiants", "0", "01/06/2023", "12 000", "30/11/2024"],
        ["P2", "Taux de rendez-vous pris après un message", "%", "0", "01/06/2023", "25", "30/11/2024"],
        ["", "Part des boursiers qui déjeunent chaque semaine", "%", "41", "31/12/2022", "50", "30/11/2024"]])
    page.line([("Méthode d’évaluation", "Essai randomisé : la moitié des étudiants repérés reçoit le message un mois plus tard.", 515)], 30)
    page.bar("5 – Données et cadre juridique")
    page.grid(["Source de données", "Détenteur", "Personnelles (O/N)", "Sensibles (O/N)", "Disponibles (O/N)", "Qualité"], [140, 115, 75, 70, 75, 40], [
        ["Passages en caisse Izly", "CNVE", "O", "N", "O", "Bonne"], ["Base des boursiers AGLAE", "Ministère", "O", "N", "O", "Bonne"]])
    page.line([("Base légale", "Mission d’intérêt public, article L. 822-1 du code de l’éducation", 300), ("Délégué à la protection des données", "Yann Porhel", 215)])
    page.boxes("Analyse d’impact sur la protection des données (AIPD) réalisée", [("Oui", False), ("Non", True)])
    page.bar("6 – Technique")
    page.line([("Solution technique", "Modèle de détection exécuté chaque semaine, relié à l’outil de rendez-vous du réseau.", 515)], 30)
    page.line([("Briques et API réutilisées", "API Statut étudiant boursier, RDV Service Public", 260), ("Risques éthiques", "Sentiment de surveillance des repas", 255)])
    page.line([("Recours à l’intelligence artificielle", "Forêt aléatoire, comparée à une règle simple d’absence de trois semaines", 515)], 30)
    page.bar("7 – Engagements")
    page.boxes("Le porteur s’engage à", [("Publier le code source", True), ("Référencer ses API sur api.gouv.fr", False), ("Publier sur data.gouv.fr", True)])
    page.boxes("et à", [("Respecter le RGAA", True), ("Mener une démarche d’écoconception", False)])
    page.line([("Licence du code", "AGPL 3.0", 150), ("Adresse du dépôt", "https://gitlab.exemple-cnve.fr/resto-plus", 365)])
    page.bar("8 – Gouvernance et accompagnement")
    page.grid(["Rôle dans l’équipe", "ETP"], [400, 115], [["Chef de projet", "0,5"], ["Data scientist", "1"], ["Assistante sociale", "0,7"]])
    page.line([("Calendrier des instances", "Comité de pilotage tous les trimestres, comité éthique en juin et décembre", 515)])
    page.grid(["Risque", "Gravité", "Réponse"], [185, 80, 250], [["Refus de la CNIL", "Forte", "Repli sur une information générale"], ["Trop de rendez-vous", "Moyenne", "Étalement des envois sur le mois"]])
    page.boxes("Accompagnement souhaité", [("Juridique", True), ("Infrastructure", True), ("Ressources humaines", False)])
    page.canvas.save()
