"""What tells who writes is found whole; what only looks like it is left alone."""

import pytest

from domain.reading import EntityType, Reading

from .conftest import Read


def own(reading: Reading) -> list[str]:
    return [entity.text for entity in reading.of(EntityType.IDENTITE_DECLARANT)]


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("Bonjour, je m'appelle Solène Arquembourg et j'ai vu un échange", ["Solène Arquembourg"]),
        ("je mapelle karim zeroual, sa vend en bas", ["karim zeroual"]),
        ("JE M'APPELLE MIREILLE CASTAGNOU", ["MIREILLE CASTAGNOU"]),
        ("Je suis Madame Vasseroy, ils vendent devant l'école", ["Madame Vasseroy"]),
        ("moi c'est Loulou", ["Loulou"]),
        ("bonsoir c'est Farid Ouzzani", ["Farid Ouzzani"]),
        ("Ils dealent au square. Cordialement, Henri Montaclair", ["Henri Montaclair"]),
        ("merci bcp, Yasmine", ["Yasmine"]),
        ("rappelez-moi au 06 39 98 12 34", ["06 39 98 12 34"]),
        ("mon numéro c'est le 0470 00 55 66", ["0470 00 55 66"]),
        ("mon mail est paul.sauvagnac@exemple.fr", ["paul.sauvagnac@exemple.fr"]),
        ("mon mail : paul point sauvagnac arobase exemple point fr", ["paul point sauvagnac arobase exemple point fr"]),
        ("joignable au zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", None),
        ("J'habite au 14 bis rue des Églantiers, ça vend devant chez moi", ["14 bis rue des Églantiers"]),
        ("27 allée des Mimosas, c'est chez moi", ["27 allée des Mimosas"]),
        ("Je suis la gardienne du 6 avenue des Tilleuls", ["gardienne du 6 avenue des Tilleuls"]),
        ("je suis Monsieur Verbrugge, au numéro nonante-quatre", ["Monsieur Verbrugge, au numéro nonante-quatre"]),
        ("jm'appelle Kylian Pouget et ya un point de deal", ["Kylian Pouget"]),
        ("je mapele kylian pouget", ["kylian pouget"]),
        ("j m apel Kylian Pouget", ["Kylian Pouget"]),
        ("mon non c kylian pouget", ["kylian pouget"]),
        ("mon vrai nom c'est Kylian Pouget", ["Kylian Pouget"]),
        ("moi ces kylian pouget", ["kylian pouget"]),
        ("je suis kylian pouget", ["kylian pouget"]),
        ("ils vendent du shit au parc de la Gare, vous pouvez me contacter au 06 12 34 56 78", ["06 12 34 56 78"]),
        ("du trafic de coke, rapelez moi au 06 12 34 56 78", ["06 12 34 56 78"]),
        ("ils vendent du shit, mon courriel est jean.dupont@exemple.fr", ["jean.dupont@exemple.fr"]),
        ("je m'appelle Marc\nKarim vend du shit place Foch", ["Marc"]),
        ("je m'appelle Marc,ils vendent", ["Marc"]),
        ("je m'appelle Marc.Karim vend", ["Marc"]),
        ("mon mail : ...jean arobase exemple point com", ["jean arobase exemple point com"]),
        ("Identité : Marc Dupont", ["Marc Dupont"]),
        ("m apel kylian pouget", ["kylian pouget"]),
        ("Nom : DUPONT\nPrénom : Marc", ["DUPONT", "Marc"]),
        ("cordialement m. dupont", ["m. dupont"]),
        ("je maepl yanis ferhat et g 23 ans", ["yanis ferhat"]),
        ("bonsoor moi je mpael philippe goudal", ["philippe goudal"]),
        ("je susi soniia belkacem", ["soniia belkacem"]),
        ("on haite au 12 rue des Lilas", ["12 rue des Lilas"]),
        ("Salut c'est Kev", ["Kev"]),
        ("mon pseudo c est loup.des.mers29", ["loup.des.mers29"]),
        (
            "en ma qualité de présidente du conseil syndical des Hauts de Seynod, je vous informe",
            ["présidente du conseil syndical des Hauts de Seynod"],
        ),
        ("cordialement m dupont", ["m dupont"]),
        ("nom: DUPONT prénom: Marc", ["DUPONT", "Marc"]),
        ("vous pouvez me joindre sur lili.25 arobase exemple point fr", ["lili.25 arobase exemple point fr"]),
        ("je loge 4 rue des lilas appt 12", ["4 rue des lilas appt 12"]),
        ("mon appart est au 3 allée des Roses, 2e étage", ["3 allée des Roses, 2e étage"]),
        ("mi chiamo Luca Bianchi", ["Luca Bianchi"]),
        ("ik heet Jan Peeters", ["Jan Peeters"]),
        ("ils ont proposé 50 euros à mon fils Nolan", ["fils Nolan"]),
    ],
)
def test_finds_who_writes(read: Read, text: str, identity: list[str] | None) -> None:
    found = own(read(text))
    assert found == identity if identity is not None else len(found) == 1


@pytest.mark.parametrize(
    "text",
    [
        "je suis chauffeur de bus et je vois tout",
        "je suis très inquiète",
        "je suis belge et j'habite à Seraing",
        "j'habite à côté du 14 rue des Églantiers",
        "le dealer s'appelle Momo",
        "un certain Kader vend au parking",
        "leur numéro c'est le 06 39 98 12 34, ils livrent le soir",
        "commande sur snap livraison_express75",
        "merci beaucoup",
        "moi j'ai rien vu",
        "salut c'est Besançon",
        "on me dit Kevin vend de la coke place Foch",
        "mon ex mappelle Samir Belkacem tous les soirs",
        "Karim Benali travaille en tant que vigile au Carrefour de Planoise et vend du shit",
        "en tant que client du kebab Istanbul rue de Dole, je vois la vente de coke",
        "la sono Karim Benali la met a fond",
        "pour moi ce Karim Benali est le chef",
        "je suis vréman inquiette",
        "je suis tro stréssé, venez",
        "je suis choké traumatizé",
        "en tant que citoyen de Besançon je vous écris",
        "on me dit que ça vend au parc",
        "mon appartement est dans la cité des Clairs-Soleils",
        "son nom : Dupont, il vend au parc",
        "il s'appelle Kylian Pouget",
        "ici besançon planoise",
        "je suis caissier interimaire",
        "mon non c'est non",
        "c'est moi qui ai signalé le garage",
    ],
)
def test_leaves_others_alone(read: Read, text: str) -> None:
    assert own(read(text)) == []


@pytest.mark.parametrize(("asked", "text"), [
    ("vehicule", "Bonjour, Clio"), ("produit", "Bonjour, Shit"), ("lieu", "bonjour, Planoise Cité Brulard"),
    ("personne", "Nom: Karim Benali, il vend au parc"),
])  # fmt: skip
def test_an_answer_is_not_who_writes(read: Read, asked: str, text: str) -> None:
    assert own(read(text, asked)) == []


def test_a_number_of_the_traffickers_is_a_contact(read: Read) -> None:
    reading = read("on commande de la coke au 06 39 98 12 34, livraison en vingt minutes")
    assert [entity.text for entity in reading.of(EntityType.CONTACT)] == ["06 39 98 12 34"]


def test_the_platform_goes_with_the_handle(read: Read) -> None:
    reading = read("ils vendent sur Telegram @menu_des_quais")
    assert [entity.text for entity in reading.of(EntityType.CONTACT)] == ["Telegram @menu_des_quais"]


def test_an_own_home_is_not_a_place(read: Read) -> None:
    reading = read("J'habite au 14 rue des Églantiers, ils vendent au parking de la gare")
    assert [entity.text for entity in reading.of(EntityType.LIEU)] == ["parking de la gare"]
