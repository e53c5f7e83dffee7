# Les boutons que toute question peut porter.

button-ne-sait-pas = Je ne sais pas
button-passer = Passer
button-pourquoi = Pourquoi cette question ?
button-terminer = Terminer
button-confirmer = C'est juste
button-corriger = Corriger
button-supprimer = Supprimer
button-rien-de-plus = Rien d'autre
button-oui = Oui
button-non = Non
button-continuer = Continuer
button-raconter = Le dire autrement
button-agent = Demander un agent
button-nouveau = Nouveau signalement
button-effacer = Tout effacer
button-langue-fr = Français
button-langue-en = English
button-langue-nl = Nederlands
button-place-yes = Oui, c'est ce lieu
button-cancel-yes = Oui, tout effacer
button-cancel-no = Non, continuer
button-report-drugs = Signaler un trafic
button-doute-matin = Le matin
button-doute-soir = Plus tard dans la journée
button-doute-une-fois = Une seule fois
button-doute-chaque-semaine = Chaque semaine
