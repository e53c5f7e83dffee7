# Les questions : ouvertes, jamais orientées. Une première façon de demander, puis une autre si besoin.

fact-lieu = Lieu
fact-horaire = Moment
fact-comportement = Faits
fact-produit = Produit
fact-personne = Personnes
fact-vehicule = Véhicule
fact-depuis = Depuis quand
fact-contact = Compte ou numéro de vente
fact-lieu-in-text = le lieu
fact-horaire-in-text = le moment
fact-comportement-in-text = les faits
fact-produit-in-text = le produit
fact-personne-in-text = les personnes
fact-vehicule-in-text = le véhicule
fact-depuis-in-text = le début
fact-contact-in-text = le compte ou le numéro de vente

ask-lieu =
    Où cela se passe-t-il ?
    Une rue, un bâtiment ou un repère suffit.
ask-lieu-again =
    Pouvez-vous préciser le lieu ?
    Par exemple : un arrêt, un magasin, un parking, une ville.
ask-horaire =
    Quand cela se passe-t-il ?
    Donnez les jours et les heures, même à peu près.
ask-horaire-again =
    À quel moment l'avez-vous vu ou entendu ?
    Vous pouvez toucher un bouton.
ask-comportement =
    Qu'avez-vous vu, entendu ou appris ?
    Décrivez ce qui se passe.
ask-comportement-again =
    Que font les personnes ?
    Dites ce que vous avez vu vous-même, ou ce qu'on vous a dit.
ask-produit = Savez-vous de quel produit il s'agit ?
ask-produit-again = Avez-vous vu, senti ou entendu parler d'un produit ?
ask-personne =
    Que pouvez-vous dire des personnes ?
    Par exemple : leur nombre, leurs vêtements. N'allez pas les observer.
ask-personne-again = Combien de personnes avez-vous vues ?
ask-vehicule =
    Avez-vous vu un véhicule ?
    Si oui, décrivez-le : type, couleur, plaque.
ask-vehicule-again = Les personnes viennent-elles à pied ou avec un véhicule ?
ask-depuis = Depuis quand cela se passe-t-il ?
ask-depuis-again = Quand l'avez-vous remarqué pour la première fois ?
ask-contact =
    Un compte ou un numéro sert-il à commander ?
    Si oui, écrivez-le. Ne donnez pas le vôtre.
ask-contact-again = Connaissez-vous un compte ou un numéro de vente ? Pas le vôtre.

why-lieu = Sans lieu, les agents ne savent pas où regarder.
why-horaire = Le jour et l'heure disent aux agents quand regarder.
why-comportement = Les agents doivent comprendre ce qui se passe.
why-produit = Le produit aide les agents à comprendre le trafic. Ce n'est pas obligatoire.
why-personne = Une description aide les agents. Ce n'est pas obligatoire. Ne prenez aucun risque.
why-vehicule = Un véhicule aide les agents à reconnaître les faits. Ce n'est pas obligatoire.
why-depuis = La durée aide les agents à comprendre. Ce n'est pas obligatoire.
why-contact = Un compte de vente aide les agents. Ce n'est pas obligatoire.

answer-label-horaire-matin = Le matin
answer-label-horaire-apres-midi = L'après-midi
answer-label-horaire-soir = Le soir
answer-label-horaire-nuit = La nuit
answer-label-comportement-allees-et-venues = Allées et venues
answer-label-comportement-echanges = Échanges de main à main
answer-label-comportement-guetteurs = Des personnes guettent
answer-label-comportement-livraison = Livraison
answer-label-produit-cannabis = Cannabis
answer-label-produit-cocaine = Cocaïne
answer-label-produit-heroine = Héroïne
answer-label-produit-cachets = Cachets
answer-label-personne-une = Une personne
answer-label-personne-deux-ou-trois = Deux ou trois
answer-label-personne-groupe = Plus de trois
answer-label-vehicule-voiture = Voiture
answer-label-vehicule-deux-roues = Scooter ou moto
answer-label-vehicule-velo = Vélo ou trottinette
answer-label-depuis-jours = Quelques jours
answer-label-depuis-semaines = Quelques semaines
answer-label-depuis-mois = Quelques mois
answer-label-depuis-an = Plus d'un an

# One question when what was understood is not sure. $said: the citizen's own words.
doubt-is-it-lieu = J'ai compris ce lieu : « { $said } ». C'est bien là ?
doubt-is-it-horaire = J'ai compris ce moment : « { $said } ». C'est bien ça ?
doubt-half-day = « { $said } » : c'est le matin, ou plus tard dans la journée ?
doubt-habit = « { $said } » : c'était une seule fois, ou cela revient chaque semaine ?
doubt-hours = « { $said } » : vers quelle heure, à peu près ?
