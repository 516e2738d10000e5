"""A university fills a PDF form whose fields bear the names that a form editor gives them by itself."""
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from office import folder

WIDTH, HEIGHT = A4


class Form:
    def __init__(self, path):
        self.c = Canvas(str(path), pagesize=A4, invariant=1)
        self.c.setTitle("Formulaire de candidature")
        self.y = HEIGHT - 2 * cm
        self.names = {}

    def room(self, need):
        if self.y < need + 2 * cm:
            self.c.showPage()
            self.y = HEIGHT - 2 * cm

    def name(self, base):
        self.names[base] = self.names.get(base, 0) + 1
        return base if self.names[base] == 1 else f"{base}_{self.names[base]}"

    def title(self, text):
        self.room(3 * cm)
        self.y -= .4 * cm
        self.c.setFillColor(HexColor("#3A3A8C"))
        self.c.rect(2 * cm, self.y - .2 * cm, WIDTH - 4 * cm, .7 * cm, stroke=0, fill=1)
        self.c.setFillColor(white)
        self.c.setFont("Helvetica-Bold", 11)
        self.c.drawString(2.2 * cm, self.y, text)
        self.c.setFillColor(HexColor("#000000"))
        self.y -= .9 * cm

    def field(self, base, x, y, width, height, value, multiline=False):
        self.c.acroForm.textfield(name=self.name(base), x=x, y=y, width=width, height=height, value=value, fontSize=9, borderWidth=.5,
                                  maxlen=1500, fieldFlags="multiline" if multiline else "")

    def line(self, label, value, lines=1):
        height = .55 * cm * lines + .1 * cm
        self.room(height)
        self.c.setFont("Helvetica", 9)
        self.c.drawString(2 * cm, self.y, label)
        self.field(label.replace("’", "").replace("'", "")[:60], 8.5 * cm, self.y - height + .45 * cm, WIDTH - 10.5 * cm, height, value, lines > 1)
        self.y -= height + .2 * cm

    def boxes(self, label, choices):
        self.room(1.5 * cm)
        self.c.setFont("Helvetica", 9)
        self.c.drawString(2 * cm, self.y, label)
        self.y -= .55 * cm
        for text, ticked in choices:
            self.c.acroForm.checkbox(name=self.name("Case à cocher"), x=2.3 * cm, y=self.y - .1 * cm, size=.4 * cm, checked=ticked, borderWidth=.5)
            self.c.drawString(3 * cm, self.y, text)
            self.y -= .55 * cm

    def yes_no(self, label, yes):
        self.room(1 * cm)
        self.c.setFont("Helvetica", 9)
        self.c.drawString(2 * cm, self.y, label)
        for x, text, ticked in ((13 * cm, "Oui", yes), (15 * cm, "Non", not yes)):
            self.c.acroForm.checkbox(name=self.name(text), x=x, y=self.y - .1 * cm, size=.4 * cm, checked=ticked, borderWidth=.5)
            self.c.drawString(x + .6 * cm, self.y, text)
        self.y -= .65 * cm

    def table(self, titles, widths, lines):
        self.room(.65 * cm * (len(lines) + 1))
        self.c.setFont("Helvetica-Bold", 8.5)
        x = 2 * cm
        for title, width in zip(titles, widths):
            self.c.drawString(x + 2, self.y, title)
            x += width * cm
        self.y -= .65 * cm
        for i, line in enumerate(lines, 1):
            x = 2 * cm
            for title, width, value in zip(titles, widths, line):
                self.field(f"{title}Row{i}", x, self.y - .1 * cm, width * cm, .6 * cm, value)
                x += width * cm
            self.y -= .6 * cm
        self.y -= .3 * cm


def make(jobs):
    f = Form(folder(9) / "formulaire_rempli.pdf")
    f.c.setFont("Helvetica-Bold", 16)
    f.c.drawString(2 * cm, f.y, "Formulaire de candidature")
    f.y -= 1 * cm
    f.title("1  Établissement")
    f.line("Nom de l'établissement", "Université de Bretagne orientale")
    f.line("SIRET", "19350085700019")
    f.line("Statut juridique", "EPSCP")
    f.line("Ministère de tutelle", "Ministère de l'Enseignement supérieur et de la Recherche")
    f.line("Responsable scientifique et technique", "Erwan Tanguy")
    f.line("Fonction du responsable", "Vice-président délégué au numérique")
    f.line("Courriel du responsable", "erwan.tanguy@exemple-univ.fr")
    f.line("Téléphone du responsable", "02 99 00 14 90")
    f.line("Représentant légal", "Claire Audouin")
    f.line("Qualité du représentant légal", "Présidente")
    f.title("2  Projet")
    f.line("Titre du projet", "Repérer tôt les étudiants en difficulté")
    f.line("Acronyme du projet", "RETED")
    f.line("Résumé du projet", "Un étudiant de première année sur trois ne se présente pas aux examens. Les traces d'activité et l'assiduité, croisées chaque semaine, "
           "signalent aux tuteurs ceux qui décrochent.", 4)
    f.boxes("Type de projet", [("Administration proactive", False), ("Mise à disposition de données", False), ("Amélioration d'une politique publique", True)])
    f.line("Bénéficiaires", "9 500 étudiants de première année")
    f.line("Date de début", "01/09/2024")
    f.line("Date de fin", "31/08/2025")
    f.line("Date du premier impact", "15/01/2025")
    f.line("Stratégie de déploiement", "Deux composantes au premier semestre, les six autres au second.", 2)
    f.title("3  Budget")
    f.table(["Dépense", "Catégorie", "Montant TTC"], [8.5, 4.5, 4], [
        ("Ingénieur d'études", "RH interne", "52 000,00"), ("Tuteurs étudiants", "RH interne", "38 000,00"), ("Développement du tableau de bord", "Prestation", "66 000,00"),
        ("Licences de l'entrepôt", "Logiciel / licence", "24 000,00"), ("", "", "")])
    f.line("Coût total du projet TTC", "180 000,00")
    f.line("Cofinancement demandé", "90 000,00")
    f.line("Apport de l'établissement", "75 000,00")
    f.line("Autres cofinancements (origine et montant)", "Rennes Métropole : 15 000 euros")
    f.title("4  Impact")
    f.table(["Indicateur", "Unité", "Valeur initiale", "Date", "Cible", "Échéance"], [5.6, 2, 2.4, 2.4, 2, 2.6], [
        ("Taux de présence aux examens", "%", "66", "30/06/2024", "80", "30/06/2025"), ("Étudiants suivis par un tuteur", "étudiants", "120", "30/06/2024", "900", "30/06/2025"), ("", "", "", "", "", "")])
    f.line("Méthode d'évaluation", "Comparaison des composantes équipées et non équipées au premier semestre.", 2)
    f.title("5  Cadre et engagements")
    f.line("Base légale", "Mission d'intérêt public (code de l'éducation, art. L. 123-2)")
    f.line("Délégué à la protection des données", "dpo@exemple-univ.fr")
    f.yes_no("Une AIPD a été réalisée", True)
    f.yes_no("Le code source sera ouvert", True)
    f.yes_no("Des API seront référencées sur api.gouv.fr", False)
    f.yes_no("Des données seront publiées sur data.gouv.fr", False)
    f.yes_no("Le RGAA sera respecté", True)
    f.yes_no("Une démarche d'écoconception sera suivie", False)
    f.line("Licence", "MIT")
    f.line("Solution technique", "Entrepôt de données et tableau de bord libre (Metabase)", 2)
    f.line("Justification du recours à l'IA", "Modèle statistique simple et explicable, préféré à un réseau de neurones.", 2)
    f.line("Risques éthiques", "Stigmatisation : le signalement n'est vu que du tuteur.", 2)
    f.c.save()
