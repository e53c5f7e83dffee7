# The buttons that any question may carry.

button-ne-sait-pas = I don't know
button-passer = Skip
button-pourquoi = Why this question?
button-terminer = Finish
button-confirmer = That is right
button-corriger = Correct
button-supprimer = Delete
button-rien-de-plus = Nothing else
button-oui = Yes
button-non = No
button-continuer = Continue
button-raconter = Say it another way
button-agent = Ask for an officer
button-nouveau = New report
button-effacer = Erase everything
button-langue-fr = Français
button-langue-en = English
button-langue-nl = Nederlands
button-place-yes = Yes, this place
button-cancel-yes = Yes, erase everything
button-cancel-no = No, continue
button-report-drugs = Report drug dealing
button-doute-matin = In the morning
button-doute-soir = Later in the day
button-doute-une-fois = Only once
button-doute-chaque-semaine = Every week
