# The questions: open, never leading. One way to ask, then another if needed.

fact-lieu = Place
fact-horaire = Time
fact-comportement = Facts
fact-produit = Product
fact-personne = People
fact-vehicule = Vehicle
fact-depuis = Since when
fact-contact = Selling account or number
fact-lieu-in-text = the place
fact-horaire-in-text = the time
fact-comportement-in-text = the facts
fact-produit-in-text = the product
fact-personne-in-text = the people
fact-vehicule-in-text = the vehicle
fact-depuis-in-text = the start
fact-contact-in-text = the selling account or number

ask-lieu =
    Where does this happen?
    A street, a building or a landmark is enough.
ask-lieu-again =
    Can you be more precise about the place?
    For example: a stop, a shop, a car park, a town.
ask-horaire =
    When does this happen?
    Give the days and hours, even roughly.
ask-horaire-again =
    At what time did you see or hear it?
    You can tap a button.
ask-comportement =
    What did you see, hear or learn?
    Describe what happens.
ask-comportement-again =
    What do the people do?
    Say what you saw yourself, or what you were told.
ask-produit = Do you know which product it is?
ask-produit-again = Did you see, smell or hear about a product?
ask-personne =
    What can you say about the people?
    For example: how many, their clothes. Do not go and watch them.
ask-personne-again = How many people did you see?
ask-vehicule =
    Did you see a vehicle?
    If so, describe it: type, colour, number plate.
ask-vehicule-again = Do the people come on foot or with a vehicle?
ask-depuis = Since when has this been happening?
ask-depuis-again = When did you first notice it?
ask-contact =
    Is an account or a number used to order?
    If so, write it. Do not give your own.
ask-contact-again = Do you know a selling account or number? Not your own.

why-lieu = Without a place, the officers do not know where to look.
why-horaire = The day and hour tell the officers when to look.
why-comportement = The officers must understand what happens.
why-produit = The product helps the officers understand the dealing. It is not required.
why-personne = A description helps the officers. It is not required. Take no risk.
why-vehicule = A vehicle helps the officers recognise the facts. It is not required.
why-depuis = The duration helps the officers understand. It is not required.
why-contact = A selling account helps the officers. It is not required.

answer-label-horaire-matin = In the morning
answer-label-horaire-apres-midi = In the afternoon
answer-label-horaire-soir = In the evening
answer-label-horaire-nuit = At night
answer-label-comportement-allees-et-venues = Coming and going
answer-label-comportement-echanges = Hand to hand exchanges
answer-label-comportement-guetteurs = People keep watch
answer-label-comportement-livraison = Delivery
answer-label-produit-cannabis = Cannabis
answer-label-produit-cocaine = Cocaine
answer-label-produit-heroine = Heroin
answer-label-produit-cachets = Pills
answer-label-personne-une = One person
answer-label-personne-deux-ou-trois = Two or three
answer-label-personne-groupe = More than three
answer-label-vehicule-voiture = Car
answer-label-vehicule-deux-roues = Scooter or motorbike
answer-label-vehicule-velo = Bicycle or e-scooter
answer-label-depuis-jours = A few days
answer-label-depuis-semaines = A few weeks
answer-label-depuis-mois = A few months
answer-label-depuis-an = More than a year

# One question when what was understood is not sure. $said: the citizen's own words.
doubt-is-it-lieu = I understood this place: “{ $said }”. Is that right?
doubt-is-it-horaire = I understood this time: “{ $said }”. Is that right?
doubt-half-day = “{ $said }”: in the morning, or later in the day?
doubt-habit = “{ $said }”: was it once, or does it come back every week?
doubt-hours = “{ $said }”: at about what time?
