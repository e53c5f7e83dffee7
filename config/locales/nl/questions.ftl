# De vragen: open, nooit sturend. Eén manier om te vragen, daarna een andere als het nodig is.

fact-lieu = Plaats
fact-horaire = Tijdstip
fact-comportement = Feiten
fact-produit = Product
fact-personne = Personen
fact-vehicule = Voertuig
fact-depuis = Sinds wanneer
fact-contact = Account of nummer voor verkoop
fact-lieu-in-text = de plaats
fact-horaire-in-text = het tijdstip
fact-comportement-in-text = de feiten
fact-produit-in-text = het product
fact-personne-in-text = de personen
fact-vehicule-in-text = het voertuig
fact-depuis-in-text = het begin
fact-contact-in-text = het account of het nummer voor verkoop

ask-lieu =
    Waar gebeurt dit?
    Een straat, een gebouw of een herkenningspunt is genoeg.
ask-lieu-again =
    Kunt u de plaats preciezer zeggen?
    Bijvoorbeeld: een halte, een winkel, een parking, een stad.
ask-horaire =
    Wanneer gebeurt dit?
    Geef de dagen en de uren, ook ongeveer.
ask-horaire-again =
    Op welk moment hebt u het gezien of gehoord?
    U kunt op een knop tikken.
ask-comportement =
    Wat hebt u gezien, gehoord of vernomen?
    Beschrijf wat er gebeurt.
ask-comportement-again =
    Wat doen de personen?
    Zeg wat u zelf zag, of wat men u vertelde.
ask-produit = Weet u om welk product het gaat?
ask-produit-again = Hebt u een product gezien, geroken of erover gehoord?
ask-personne =
    Wat kunt u over de personen zeggen?
    Bijvoorbeeld: hun aantal, hun kleren. Ga hen niet bespieden.
ask-personne-again = Hoeveel personen hebt u gezien?
ask-vehicule =
    Hebt u een voertuig gezien?
    Zo ja, beschrijf het: soort, kleur, nummerplaat.
ask-vehicule-again = Komen de personen te voet of met een voertuig?
ask-depuis = Sinds wanneer gebeurt dit?
ask-depuis-again = Wanneer merkte u het voor het eerst?
ask-contact =
    Wordt een account of een nummer gebruikt om te bestellen?
    Zo ja, schrijf het op. Geef niet dat van uzelf.
ask-contact-again = Kent u een account of nummer voor verkoop? Niet dat van uzelf.

why-lieu = Zonder plaats weten de agenten niet waar ze moeten kijken.
why-horaire = De dag en het uur zeggen de agenten wanneer ze moeten kijken.
why-comportement = De agenten moeten begrijpen wat er gebeurt.
why-produit = Het product helpt de agenten de handel te begrijpen. Het is niet verplicht.
why-personne = Een beschrijving helpt de agenten. Het is niet verplicht. Neem geen risico.
why-vehicule = Een voertuig helpt de agenten de feiten te herkennen. Het is niet verplicht.
why-depuis = De duur helpt de agenten het te begrijpen. Het is niet verplicht.
why-contact = Een account voor verkoop helpt de agenten. Het is niet verplicht.

answer-label-horaire-matin = In de ochtend
answer-label-horaire-apres-midi = In de namiddag
answer-label-horaire-soir = In de avond
answer-label-horaire-nuit = In de nacht
answer-label-comportement-allees-et-venues = Komen en gaan
answer-label-comportement-echanges = Ruilen van hand tot hand
answer-label-comportement-guetteurs = Personen op de uitkijk
answer-label-comportement-livraison = Levering
answer-label-produit-cannabis = Cannabis
answer-label-produit-cocaine = Cocaïne
answer-label-produit-heroine = Heroïne
answer-label-produit-cachets = Pillen
answer-label-personne-une = Eén persoon
answer-label-personne-deux-ou-trois = Twee of drie
answer-label-personne-groupe = Meer dan drie
answer-label-vehicule-voiture = Auto
answer-label-vehicule-deux-roues = Scooter of motor
answer-label-vehicule-velo = Fiets of step
answer-label-depuis-jours = Enkele dagen
answer-label-depuis-semaines = Enkele weken
answer-label-depuis-mois = Enkele maanden
answer-label-depuis-an = Meer dan een jaar

# One question when what was understood is not sure. $said: the citizen's own words.
doubt-is-it-lieu = Ik begreep deze plaats: „{ $said }”. Klopt dat?
doubt-is-it-horaire = Ik begreep dit moment: „{ $said }”. Klopt dat?
doubt-half-day = „{ $said }”: 's morgens, of later op de dag?
doubt-habit = „{ $said }”: was het één keer, of komt het elke week terug?
doubt-hours = „{ $said }”: rond hoe laat?
