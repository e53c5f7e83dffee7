"""What a message does, by the fact that was asked."""

import pytest

from domain.reading import Fait, Intent, Topic

from .conftest import Read


@pytest.mark.parametrize(
    ("asked", "text", "intent"),
    [
        (None, "je voudrais signaler quelque chose", "signaler"),
        (None, "ça vend du shit au square", "signaler"),
        ("lieu", "derrière l'école", "signaler"),
        ("vehicule", "une Golf noire", "signaler"),
        (None, "bonsoir", "saluer"),
        (None, "il y a quelqu'un ?", "saluer"),
        (None, "merci beaucoup", "remercier"),
        ("confirmation", "oui c'est exact", "confirmer"),
        ("confirmation", "OUI ENVOYEZ", "confirmer"),
        ("confirmation", "👍", "confirmer"),
        ("confirmation", "non pas du tout", "infirmer"),
        ("confirmation", "oui mais c'est le mardi", "corriger"),
        ("confirmation", "c'est une Clio bleue, pas grise", "corriger"),
        ("confirmation", "ajoutez que c'est vers 16h", "corriger"),
        ("confirmation", "enlevez la plaque svp", "corriger"),
        (None, "enlevez la voiture s'il vous plaît", "corriger"),
        ("confirmation", "effacez mon message", "annuler"),
        ("autre", "non rien d'autre", "infirmer"),
        ("vehicule", "non, ils viennent à pied", "infirmer"),
        ("produit", "je connais pas ça", "ne_sait_pas"),
        ("personne", "non j'ai peur regarder", "ne_sait_pas"),
        ("lieu", "jsp", "ne_sait_pas"),
        ("horaire", "🤷", "ne_sait_pas"),
        (None, "laissez tomber", "annuler"),
        ("confirmation", "non stop, on oublie", "annuler"),
        (None, "supprimez tout svp j'ai trop peur", "annuler"),
        (None, "c'est vraiment anonyme ?", "question"),
        ("lieu", "pourquoi vous demandez ça", "question"),
        (None, "vous êtes un robot ?", "question"),
        (None, "le chien d'en face aboie non-stop", "nuisance"),
        (None, "le voisin fait du tapage toutes les nuits, pas de drogue", "nuisance"),
        (None, "rodéo de motos sur le parking, impossible de dormir", "nuisance"),
        (None, "gagnez 500 euros par jour, cliquez ici", "hors_sujet"),
        (None, "bande de guignols", "hors_sujet"),
        (None, "vous êtes vraiment des incapables", "hors_sujet"),
        ("autre", "t'es con ou quoi", "hors_sujet"),
        ("vehicule", "no", "infirmer"),
        ("vehicule", "j'ai fini", "infirmer"),
        ("personne", "je vous ai tout dit", "infirmer"),
        ("depuis", "stop les questions", "infirmer"),
        (None, "je vends ma voiture", "hors_sujet"),
    ],
)
def test_reads_what_a_message_does(read: Read, asked: str | None, text: str, intent: str) -> None:
    assert read(text, asked).intent == Intent(intent)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("mon nom va apparaître ?", Topic.ANONYMAT),
        ("qui lit mes messages ?", Topic.QUI_LIT),
        ("est-ce que vous êtes un robot ?", Topic.ROBOT),
        ("je peux envoyer une photo ?", Topic.PHOTO),
        ("il y a une récompense ?", Topic.RECOMPENSE),
        ("combien de temps vous gardez ça ?", Topic.CONSERVATION),
        ("vous allez lui dire qui a parlé ?", Topic.ANONYMAT),
        ("et il va apprendre que c'est moi ?", Topic.ANONYMAT),
    ],
)
def test_tells_what_a_question_is_about(read: Read, text: str, topic: Topic) -> None:
    assert read(text).topic is topic


def test_hears_who_wants_to_go_on(read: Read) -> None:
    assert read("attendez si, je continue finalement").resumes
    assert not read("annulez").resumes


def test_hears_who_adds(read: Read) -> None:
    assert read("ajoutez que c'est vers 16h", "confirmation").adds


def test_hears_who_wants_a_human(read: Read) -> None:
    assert read("je veux parler à un agent").wants_agent
    assert not read("vous êtes un humain ou un robot ?").wants_agent


@pytest.mark.parametrize(
    ("text", "faits"),
    [
        ("ils vendent devant le tabac", {Fait.POINT_DE_DEAL}),
        ("il y a du trafic", set()),
        ("il y a un trafic devant la pharmacie des Halles", {Fait.POINT_DE_DEAL}),
        ("culture de cannabis dans l'appartement", {Fait.CULTURE}),
        ("un guetteur siffle quand la police passe", {Fait.GUET}),
        ("il se fait livrer à domicile", {Fait.LIVRAISON}),
        ("c'est un go fast qui remonte d'Espagne", {Fait.TRANSPORT}),
        ("on a tiré des coups de feu", {Fait.ARME_VIOLENCE}),
        ("ils fument du crack", {Fait.CONSOMMATION}),
    ],
)
def test_names_the_conduct(read: Read, text: str, faits: set[Fait]) -> None:
    assert set(read(text).faits) == faits


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("ils vendent tous les soirs", "fr"),
        ("there is a man selling weed every night", "en"),
        ("er is iemand die drugs verkoopt in de straat", "nl"),
        ("ok", "fr"),
        ("あいうえお かきくけこ", "other"),
    ],
)
def test_tells_the_language(read: Read, text: str, lang: str) -> None:
    assert read(text).lang == lang
