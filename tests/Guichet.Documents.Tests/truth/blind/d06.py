"""A prefecture fills a form made of content controls and exports its budget from its accounts in Windows-1252."""
import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from xml.sax.saxutils import escape
from office import folder, freeze

NS = nsdecls("w") + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def control(text, kind="text", tag=""):
    special = {"text": "<w:text/>", "date": '<w:date w:fullDate="2023-11-06T00:00:00Z"><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="fr-FR"/></w:date>',
               "list": '<w:dropDownList><w:listItem w:displayText="Choisissez un élément." w:value=""/>' + f'<w:listItem w:displayText="{escape(text)}" w:value="1"/></w:dropDownList>'}[kind]
    if kind == "date":
        special = special.replace("2023-11-06", tag)
    return f"<w:sdt><w:sdtPr>{special}</w:sdtPr><w:sdtContent><w:r><w:t xml:space=\"preserve\">{escape(text)}</w:t></w:r></w:sdtContent></w:sdt>"


def empty(hint):
    return ('<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:color w:val="808080"/></w:rPr>'
            f"<w:t>{hint}</w:t></w:r></w:sdtContent></w:sdt>")


def box(ticked):
    return (f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/></w14:checkbox></w:sdtPr>'
            f'<w:sdtContent><w:r><w:t>{"☒" if ticked else "☐"}</w:t></w:r></w:sdtContent></w:sdt>')


def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def put(document, *parts):
    document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {NS}>{''.join(parts)}</w:p>"))


def make(jobs):
    d = docx.Document()
    d.add_heading("Formulaire de demande de financement", 0)
    d.add_paragraph("À compléter directement dans les zones grisées, puis à transmettre au format Word.")
    d.add_heading("A. Le demandeur", 1)
    put(d, run("Organisme demandeur : "), control("Préfecture de la région Bretagne – secrétariat général pour les affaires régionales"))
    put(d, run("N° SIRET : "), control("110 068 012 00019"))
    put(d, run("Nature juridique : "), control("Préfecture de région", "list"))
    put(d, run("Ministère : "), control("Ministère de l’Intérieur et des Outre-mer", "list"))
    put(d, run("Personne à contacter : "), control("Maël Guivarch"), run("     Fonction : "), control("chargé de mission innovation"))
    put(d, run("Adresse de messagerie : "), control("mael.guivarch@exemple.gouv.fr"), run("     Téléphone : "), control("02 99 00 70 31"))
    put(d, run("Autorité qui s’engage : "), control("Corinne Stéphan"), run("     Fonction : "), control("secrétaire générale pour les affaires régionales"))
    d.add_heading("B. Le projet", 1)
    put(d, run("Titre du projet : "), control("Prévoir les tensions sur l’accueil des demandeurs de titres de séjour"))
    put(d, run("Acronyme (le cas échéant) : "), empty("Cliquez ou appuyez ici pour entrer du texte."))
    put(d, run("Description du projet : "), control("Les préfectures bretonnes constatent les files d’attente mais ne les anticipent pas. Un modèle de prévision à huit semaines, alimenté par les "
        "rendez-vous et les expirations de titres, permet d’ouvrir des créneaux là où ils vont manquer."))
    put(d, run("Catégorie du projet (cochez la ou les cases) :"))
    put(d, box(False), run(" Administration proactive"))
    put(d, box(False), run(" Mise à disposition de données"))
    put(d, box(True), run(" Amélioration d’une politique publique par la donnée"))
    put(d, run("Usagers ou agents concernés : "), control("60 000 étrangers résidant en Bretagne et 140 agents des services des étrangers"))
    put(d, run("Date prévisionnelle de commencement : "), control("6 novembre 2023", "date", "2023-11-06"))
    put(d, run("Date prévisionnelle d’achèvement : "), control("5 novembre 2024", "date", "2024-11-05"))
    put(d, run("Premiers effets attendus le : "), control("1 avril 2024", "date", "2024-04-01"))
    put(d, run("Comment le projet sera-t-il déployé ? "), control("Une préfecture la première, les trois autres six mois plus tard, avec un référent dans chacune."))
    d.add_heading("C. Le financement", 1)
    put(d, run("Montant total du projet (TTC) : "), control("148 600,00"), run(" €"))
    put(d, run("Subvention sollicitée : "), control("74 300,00"), run(" €"))
    put(d, run("Autofinancement : "), control("74 300,00"), run(" €"))
    put(d, run("Autres subventions : "), control("Néant"))
    put(d, run("Le détail des dépenses figure dans le fichier joint."))
    d.add_heading("D. L’impact", 1)
    put(d, run("Intitulé de l’indicateur : "), control("Délai moyen d’obtention d’un rendez-vous"))
    put(d, run("Définition : "), control("Nombre de jours entre la première connexion et le rendez-vous"))
    put(d, run("Unité de mesure : "), control("jours"))
    put(d, run("Valeur de référence : "), control("62"), run(" mesurée le : "), control("30 juin 2023", "date", "2023-06-30"))
    put(d, run("Valeur cible : "), control("20"), run(" à atteindre le : "), control("5 novembre 2024", "date", "2024-11-05"))
    put(d, run("Source : "), control("Module de rendez-vous"), run("     Périodicité : "), control("hebdomadaire", "list"))
    put(d, run("Comment l’impact sera-t-il évalué ? "), control("Par comparaison entre la préfecture pilote et les trois autres."))
    d.add_heading("E. Les engagements et le cadre juridique", 1)
    for question, yes in [("Le code source sera-t-il ouvert ?", True), ("Les données seront-elles publiées sur data.gouv.fr ?", True), ("Le service respectera-t-il le RGAA ?", True),
                          ("Le projet suit-il une démarche d’écoconception ?", False), ("Une analyse d’impact (AIPD) a-t-elle été menée ?", False)]:
        put(d, run(question + "   "), box(yes), run(" Oui   "), box(not yes), run(" Non"))
    put(d, run("Licence envisagée : "), control("Licence Ouverte 2.0", "list"))
    put(d, run("Base légale du traitement : "), control("Mission d’intérêt public, article R. 142-11 du CESEDA"))
    put(d, run("Délégué à la protection des données : "), control("dpd@exemple.gouv.fr"))
    put(d, run("Le recours à l’intelligence artificielle est-il justifié ? "), control("Les séries sont saisonnières et nombreuses : une simple moyenne se trompe d’un tiers."))
    path = folder(6) / "formulaire.docx"
    d.save(path)
    freeze(path)

    lines = ["Code;Libellé de la dépense;Nature;Montant HT;Montant TTC;Observations",
             "1;Data scientist (contrat de projet, 12 mois);Personnel;62000,00;62000,00;Titre 2",
             "2;Développement du tableau de bord;Prestation de service;45000,00;54000,00;UGAP",
             "3;Audit de sécurité;Prestation de service;12000,00;14400,00;",
             "4;Serveurs de calcul;Infrastructure;11000,00;13200,00;Cloud interne de l’État",
             "5;Formation des référents;Formation;5000,00;5000,00;Organisme exonéré de TVA",
             ";TOTAL;;135000,00;148600,00;"]
    (folder(6) / "export_depenses.csv").write_bytes("\r\n".join(lines + [""]).encode("cp1252"))
