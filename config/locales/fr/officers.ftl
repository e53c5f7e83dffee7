# Ce que lisent les agents dans le salon d'un dossier. Court, en français seulement.

## Carte du dossier

room-head-fact = Fait
room-head-words = Ce qui est dit
room-head-state = Source
room-card-title = Dossier { $alias }
room-phase-accueil = en cours, pas encore déposé
room-phase-recit = en cours, pas encore déposé
room-phase-questions = en cours, pas encore déposé
room-phase-recapitulatif = résumé en attente de confirmation
room-phase-depose = déposé
room-phase-avec_un_agent = avec un agent
room-phase-clos = clos
room-phase-urgence = danger déclaré
room-phase-hors_perimetre = hors périmètre
room-phase-abandonne = abandonné, contenu effacé
room-phase-efface = effacé par la personne
room-confirmed = résumé confirmé par la personne
room-unconfirmed = résumé non confirmé
room-state-said = dit
room-state-button = bouton
room-state-pin = carte
room-state-officer = agent
room-state-unknown = ne sait pas
room-state-declined = ne répond pas
room-state-absent = dit qu'il n'y en a pas
room-state-not-asked = pas demandé
room-to-check = lecture à vérifier
room-kinds = Nature : { $kinds }
room-missing = Manque : { $facts }
room-nothing-missing = Lieu, moment et faits sont connus.
room-language = Langue : { $language }
room-photos = Photos : { $count }
room-taken = Pris en charge par { $officer }
room-not-taken = Pas encore pris en charge (!prendre)
room-door-closed = La personne a bloqué le guichet : elle ne reçoit plus rien.
room-updated = Mis à jour { $time }
room-legal = Renseignement anonyme, sans valeur de preuve.
room-day-mo = lu
room-day-tu = ma
room-day-we = me
room-day-th = je
room-day-fr = ve
room-day-sa = sa
room-day-su = di
room-time =
    le { $day } { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    }, vers { $hour } h

room-kind-point_de_deal = point de deal
room-kind-livraison = livraison
room-kind-transport = transport
room-kind-stockage = stockage
room-kind-culture = culture
room-kind-guet = guet
room-kind-consommation = consommation
room-kind-blanchiment = blanchiment
room-kind-recrutement_mineurs = recrutement de mineurs
room-kind-arme_violence = arme ou violence

## Fil

room-citizen = Personne
room-citizen-edits = Personne (correction)
room-citizen-button = Personne (bouton)
room-citizen-photo = Personne : photo
room-counter = Robot
room-officer = Agent ({ $service })
room-refused-contact = un contact
room-refused-live-location = une position en direct
room-refused-document = un document
room-refused-voice = un message vocal
room-refused-video = une vidéo
room-refused-sticker = une image autocollante
room-refused-poll = un sondage
room-refused-too-long = un message trop long
room-refused-bad-photo = une photo illisible
room-refused-other = autre chose
room-refused = La personne a envoyé { $what }. Refusé, rien n'est gardé.

## Avis

room-masked =
    { $count ->
        [one] { $count } passage masqué : la personne y disait qui elle est.
       *[other] { $count } passages masqués : la personne y disait qui elle est.
    }
room-danger = DANGER déclaré. La personne a reçu les numéros d'urgence. Le guichet n'alerte aucun service.
room-filed = Signalement déposé et confirmé par la personne.
room-filed-unconfirmed = Dossier ouvert. La personne n'a pas confirmé de résumé.
room-agent-wanted = La personne demande un agent. Le résumé n'est pas confirmé.
room-door-closed-notice = La personne a bloqué le guichet. Vos messages ne partent plus.
room-door-opened = La personne peut de nouveau recevoir vos messages.
room-erased = La personne a effacé son signalement. Le contenu est détruit ici. Ce salon garde ce qui y est écrit.
room-abandoned = Délai passé : le contenu non confirmé est détruit.
room-redirected = Hors périmètre : la personne est orientée vers le 17 ou la mairie.
room-unreadable = Ce message n'a pas pu être déchiffré. Renvoyez-le, s'il vous plaît.
room-held = Retenu : cette question cherche à savoir qui écrit. Pour l'envoyer quand même : !confirmer
room-withdrawn-late = Trop tard : le message était déjà parti.
room-withdrawn-in-time = Message retiré avant l'envoi.
room-taken-notice = { $officer } prend le dossier en charge.
room-left = Le dossier est rendu au robot.
room-closed = Dossier clos : { $verdict }. { $outcome }
room-verdict-exploitable = exploitable
room-verdict-non_exploitable = non exploitable
room-verdict-hors_perimetre = hors périmètre
room-undelivered = Message non remis. Pour le renvoyer : !renvoyer
room-undelivered-blocked = Message non remis : la personne a bloqué le guichet.
room-undelivered-too_long = Message non remis : il est trop long. Envoyez-le en plusieurs fois.
room-undelivered-uncertain = Remise incertaine : la réponse de la messagerie s'est perdue. Pour le renvoyer : !renvoyer

## Commandes

room-order-aide =
    !aide : cette liste
    !prendre : prendre le dossier en charge
    !rendre : rendre la conversation au robot
    !demander <fait> : faire poser une question par le robot
    !note <texte> : note interne, jamais envoyée
    !statut : où en est le dossier
    !resume : résumé et fil
    !renvoyer : renvoyer les messages non remis
    !confirmer : envoyer une question retenue
    !clore <exploitable|non_exploitable|hors_perimetre> <issue> : clore le dossier
    Une ligne qui commence par // reste interne, comme un fil de discussion.
room-order-renvoyer = Les messages non remis repartent.
room-order-rendre = Aucun agent n'est dans la conversation.
room-order-demander = Fait attendu : { $facts }. Exemple : !demander lieu
room-order-confirmer = Aucune question n'est retenue.
room-order-clore = Écrivez : !clore <exploitable|non_exploitable|hors_perimetre> <issue>
room-order-ended = Ce dossier est terminé. La personne ne reçoit plus rien d'ici.
room-order-door-closed = La personne a bloqué le guichet. Votre message n'est pas parti.
room-order-unknown = Commande inconnue. Liste : !aide
room-recap-title = Résumé du dossier { $alias }
room-recap-cut = (Le début du fil est coupé ici.)
room-recap-empty = Rien n'a été dit.
