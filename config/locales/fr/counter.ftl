# Ce que le guichet dit. Phrases de moins de 15 mots, mots courants, vouvoiement, aucune promesse.
# $country : pays de la cellule (FR, BE). Les nombres et les noms de services viennent de la configuration.

## Accueil

notice-welcome =
    Danger immédiat ? { $country ->
        [BE] Appelez le 101 ou le 112.
       *[other] Appelez le 17 ou le 112. SMS : 114.
    }
    Je suis un robot.
    Des agents lisent vos messages : { $services }.
    Nous ne demandons pas votre nom.
    Telegram connaît votre numéro. Nous ne le montrons à personne.
    Vous pouvez arrêter à tout moment : /stop.
notice-greeting = Bonjour. Je suis un robot.
notice-farewell = Au revoir. Vous pouvez revenir ici quand vous voulez.
notice-thanks = Je vous en prie.
notice-back-again = Vous êtes de retour. Nous reprenons.
notice-back-again-filed =
    Votre signalement est déposé.
    Vous pouvez encore écrire ici. Les agents liront vos messages.
notice-back-again-taken = Un agent suit votre signalement. Vous pouvez lui écrire ici.
notice-back-again-closed = Votre signalement est traité. Vous pouvez en faire un nouveau.
notice-back-again-erased = Ce signalement a été effacé. Vous pouvez en faire un nouveau.
notice-noted = C'est noté.
noted-facts = C'est noté : { $what }.
progress =
    { $known ->
        [one] Vous avez donné { $known } information sur { $total }.
       *[other] Vous avez donné { $known } informations sur { $total }.
    }

## Danger

notice-urgence =
    { $country ->
        [BE] Appelez tout de suite le 112 ou le 101.
       *[other] Appelez tout de suite le 17 ou le 112.
    }
    { $country ->
        [BE] En France, appelez le 17 ou le 112.
       *[other] Vous ne pouvez pas parler ? Envoyez un SMS au 114.
    }
    { $country ->
        [BE] Le 112 est gratuit.
       *[other] En Belgique, appelez le 101 ou le 112.
    }
    Si possible, mettez-vous à l'abri.
    Je suis un robot. Je ne peux pas envoyer de secours.
    Vous pourrez continuer ici plus tard.
notice-urgence-again =
    { $country ->
        [BE] Appelez maintenant le 112 ou le 101.
       *[other] Appelez maintenant le 17 ou le 112. Par SMS : le 114.
    }
    Le 112 répond en France et en Belgique.
    Je ne peux pas appeler à votre place.

## Hors du champ de ce guichet

notice-nuisance =
    Ce guichet reçoit seulement les signalements de trafic de drogue.
    { $country ->
        [BE] Pour du bruit ou une gêne, appelez la police locale : 101.
       *[other] Pour du bruit ou une gêne, appelez le 17. En Belgique, le 101.
    }
    { $country ->
        [BE] Votre commune ou votre propriétaire peuvent aussi agir.
       *[other] La police municipale, la mairie ou le bailleur peuvent aussi agir.
    }
    Votre message n'est pas gardé.
    Vous avez vu un trafic de drogue ? Racontez-le ici.
notice-nuisance-again =
    Je ne peux pas traiter le bruit ou une gêne.
    { $country ->
        [BE] Appelez la police locale : 101. Ou contactez votre commune.
       *[other] Appelez le 17, ou le 101 en Belgique.
    }
    { $country ->
        [BE] Votre propriétaire peut aussi agir.
       *[other] Vous pouvez aussi contacter la mairie ou le bailleur.
    }
    Votre message n'est pas gardé.
notice-charter =
    Ce guichet reçoit des faits. Il ne règle pas les disputes entre voisins.
    Dites seulement ce que vous avez vu ou entendu.

## Identité

notice-identite =
    J'ai masqué ce qui pouvait dire qui vous êtes.
    Les agents ne le verront pas.
    Ne donnez pas votre nom, votre adresse ou votre numéro.

## Agents

notice-passed-on = Votre message est transmis aux agents.
notice-no-agent =
    Aucun agent n'est disponible pour le moment.
    Votre message attend. Un agent le lira à son retour.
notice-no-agent-hours =
    Aucun agent n'est disponible pour le moment.
    Votre message attend. Un agent le lira à son retour.
    Horaires des agents : { $hours }.
notice-agent-asked =
    Les agents sont prévenus. Ils voient ce que vous avez déjà écrit.
    La réponse peut prendre du temps.
notice-agent-joined =
    Un agent a rejoint la conversation.
    Il voit ce que vous avez déjà écrit.
    Le robot ne pose plus de questions.
notice-agent-joined-service =
    Un agent a rejoint la conversation. Service : { $service }.
    Il voit ce que vous avez déjà écrit.
    Le robot ne pose plus de questions.
notice-agent-left =
    L'agent a quitté la conversation. Le robot reprend.
    Vous pouvez encore écrire ici. Les agents liront vos messages.
officer-header = Agent de la cellule ({ $service })
officer-header-plain = Agent de la cellule
officer-file = Un agent vous envoie un fichier.
officer-resent = (Vous avez peut-être déjà reçu ce message.)
officer-asks = Un agent demande une précision.

## Aide, langue

notice-help =
    Ce guichet reçoit les signalements de trafic de drogue.
    Écrivez avec vos mots, ou touchez un bouton.
    Vous pouvez corriger à tout moment.

    /stop : arrêter
    /effacer : effacer ce que vous avez écrit
    /statut : savoir où en est votre signalement
    /confidentialite : savoir ce qui est gardé
    /langue : changer de langue
    /aide : revoir ce message
notice-language = Choisissez votre langue.
notice-language-chosen = Nous continuons en français.

## Arrêter, effacer, délais

notice-stopped = Vous avez arrêté. Rien n'a été déposé. Ce que vous avez écrit est effacé ici.
notice-stopped-filed =
    Vous avez arrêté. Votre signalement reste déposé.
    Pour l'effacer, écrivez /effacer.
notice-erased =
    Ce que vous avez écrit est effacé chez nous.
    Telegram peut garder une copie.
    Effacez aussi cette conversation dans Telegram.
notice-erased-kept =
    Ce que vous avez écrit est effacé chez nous.
    Les agents ont pu le lire et en garder une trace.
    Effacez aussi cette conversation dans Telegram.
notice-cancelled = C'est annulé. Ce que vous avez écrit est effacé. Rien n'a été déposé.
notice-kept = Rien n'est effacé. Nous continuons.
notice-nothing-to-erase = Il n'y a rien à effacer ici.
notice-expired =
    { $hours ->
        [one] Votre brouillon est effacé, après { $hours } heure sans message.
       *[other] Votre brouillon est effacé, après { $hours } heures sans message.
    }
    Vous pouvez recommencer quand vous voulez.
notice-closed =
    Les agents ont fini de traiter votre signalement.
    Ils ne peuvent pas vous dire la suite.
notice-already-closed =
    Ce signalement est terminé.
    Vous pouvez en faire un nouveau.
notice-delayed = Le service est ralenti. Votre message est bien arrivé. La réponse va tarder.

## Dépôt, code, état

filed = Votre signalement est déposé. Les agents peuvent le lire.
filed-by-agent = Votre signalement est ouvert, sans résumé vérifié par vous.
receipt =
    Voici votre code : { $code }
    Notez-le hors de cette conversation. Je ne le montrerai plus.
    Il sert à suivre votre signalement, même d'un autre compte.
    Pour cela, écrivez /statut puis le code.
    Ce code ne montre jamais vos messages.
notice-status = Votre signalement est reçu.
notice-status-none = Vous n'avez pas encore déposé de signalement.
notice-status-draft = Votre signalement n'est pas encore déposé.
notice-status-filed = Votre signalement est déposé. Un agent va le lire.
notice-status-taken = Votre signalement est déposé. Un agent s'en occupe.
notice-status-closed = Votre signalement est traité. Le dossier est fermé.
notice-status-erased = Ce signalement a été effacé.
notice-status-unknown = Je ne connais pas ce code. Vérifiez chaque lettre et chaque chiffre.

## Photos, lieu sur la carte

notice-photo-kept = La photo est reçue. Le nom du fichier et les données cachées sont retirés.
notice-pin-forgotten = Ce point sur la carte est effacé.

## Questions sans fait précis

wonder-narrative = Racontez ce que vous avez vu ou entendu.
wonder-autre = Voulez-vous ajouter autre chose ?
wonder-autre-again = Que voulez-vous ajouter ? Sinon, touchez un bouton.
wonder-cancel = Voulez-vous annuler et tout effacer ?
wonder-what-to-correct = Que faut-il corriger ? Touchez un bouton, ou écrivez la correction.
wonder-is-place = Ce point sur la carte est-il le lieu des faits ?
    Sinon, je l'efface.
wonder-unclear = Vous pouvez le dire autrement, ou toucher un bouton.
not-understood = Je n'ai pas compris.
not-understood-again = Je n'ai toujours pas compris. Touchez un bouton, ou demandez un agent.
buttons-only = Touchez un bouton.

## Résumé

summary-head = Voici ce que j'ai compris :
summary-line = { $fact } : { $text }.
summary-unknown = { $fact } : vous ne savez pas.
summary-declined = { $fact } : vous préférez ne pas répondre.
summary-absent = { $fact } : il n'y en a pas.
summary-missing = { $fact } : rien pour le moment.
summary-photos =
    { $count ->
        [one] Photo : { $count }.
       *[other] Photos : { $count }.
    }
summary-empty = Vous n'avez encore rien dit.
summary-foot =
    Est-ce juste ?
    Rien n'est déposé sans votre accord.
summary-foot-agent =
    Est-ce juste ?
    Les agents peuvent déjà lire ce que vous avez écrit.

## Ce qui n'est pas accepté

refused-contact =
    Ne partagez pas votre numéro. Il n'est pas gardé.
    Les agents ne le verront pas.
refused-live-location =
    Je ne prends pas votre position en direct. Elle n'est pas gardée.
    Écrivez le lieu des faits, ou envoyez un point fixe.
refused-document =
    Je ne prends pas les documents. Ils peuvent contenir votre nom.
    Le fichier n'est pas gardé. Écrivez ce que vous savez.
refused-voice =
    Je ne prends pas les messages vocaux. Votre voix peut vous faire reconnaître.
    Le message n'est pas gardé. Écrivez-le, s'il vous plaît.
refused-video =
    Je ne prends pas les vidéos. Elles peuvent vous faire reconnaître.
    La vidéo n'est pas gardée. Écrivez ce que vous avez vu.
refused-sticker = Je ne comprends pas les images autocollantes. Écrivez avec des mots.
refused-poll = Je ne prends pas les sondages. Écrivez avec des mots.
refused-too-long = Ce message est trop long. Il n'est pas gardé. Envoyez-le en plusieurs fois.
refused-bad-photo = Je ne peux pas ouvrir cette photo. Elle n'est pas gardée.
refused-other = Je ne prends pas ce genre de message. Il n'est pas gardé.

## Confidentialité : écrite d'après les réglages en service

privacy-head = Ce que nous gardons, et combien de temps :
privacy-robot = Un robot lit vos messages. Un logiciel cherche le lieu, l'heure et les faits.
privacy-officers = Les agents voient votre récit. Services : { $services }.
privacy-not-seen = Les agents ne voient ni votre nom, ni votre numéro, ni votre compte.
privacy-telegram = Telegram connaît votre numéro et peut lire cette conversation.
privacy-justice = Un juge peut demander des informations à Telegram.
privacy-draft =
    { $hours ->
        [one] Sans message, un brouillon est effacé après { $hours } heure.
       *[other] Sans message, un brouillon est effacé après { $hours } heures.
    }
privacy-nuisance = Un message hors sujet n'est pas gardé.
privacy-report =
    { $days ->
        [one] Un signalement est effacé { $days } jour après sa fermeture.
       *[other] Un signalement est effacé { $days } jours après sa fermeture.
    }
privacy-contact =
    { $days ->
        [one] Le lien pour vous répondre est effacé { $days } jour après le dernier message.
       *[other] Le lien pour vous répondre est effacé { $days } jours après le dernier message.
    }
privacy-photos =
    { $kept ->
        [yes] Les photos sont gardées sans leurs données cachées.
       *[no] Les photos ne sont pas acceptées.
    }
privacy-refused = Les documents, les vidéos et les messages vocaux sont refusés.
privacy-languages = Langues : { $languages }.
privacy-rights = Pour tout effacer, écrivez /effacer.

## Commandes (menu de la messagerie)

command-start = Commencer
command-aide = Revoir l'aide
command-stop = Arrêter
command-effacer = Effacer ce que j'ai écrit
command-confidentialite = Savoir ce qui est gardé
command-langue = Changer de langue
command-statut = Suivre mon signalement

## Services, langues

service-police = police
service-gendarmerie = gendarmerie
service-douanes = douanes
service-other = autre service
language-fr = français
language-en = anglais
language-nl = néerlandais
