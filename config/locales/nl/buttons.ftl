# De knoppen die elke vraag kan hebben.

button-ne-sait-pas = Ik weet het niet
button-passer = Overslaan
button-pourquoi = Waarom deze vraag?
button-terminer = Afronden
button-confirmer = Dat klopt
button-corriger = Verbeteren
button-supprimer = Verwijderen
button-rien-de-plus = Niets meer
button-oui = Ja
button-non = Nee
button-continuer = Verdergaan
button-raconter = Anders zeggen
button-agent = Een agent vragen
button-nouveau = Nieuwe melding
button-effacer = Alles wissen
button-langue-fr = Français
button-langue-en = English
button-langue-nl = Nederlands
button-place-yes = Ja, deze plaats
button-cancel-yes = Ja, alles wissen
button-cancel-no = Nee, verdergaan
button-report-drugs = Drugshandel melden
button-doute-matin = 's Morgens
button-doute-soir = Later op de dag
button-doute-une-fois = Eén keer
button-doute-chaque-semaine = Elke week
