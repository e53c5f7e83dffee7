# Réponses aux questions des personnes. Exactes, courtes, sans promesse.

answer-anonymat =
    Les agents ne voient ni votre nom, ni votre numéro, ni votre compte.
    Telegram connaît votre numéro. Un juge peut interroger Telegram.
    Vos mots aussi peuvent vous trahir. N'écrivez rien sur vous.
answer-qui-lit =
    Un robot lit d'abord. Puis des agents lisent : { $services }.
    Un responsable peut relire pour contrôler le service.
answer-suite =
    Je vous pose quelques questions. Vous vérifiez un résumé.
    Ensuite, des agents le lisent et décident. Vous ne saurez pas forcément la suite.
answer-suite-filed =
    Des agents lisent votre signalement et décident.
    Vous ne saurez pas forcément la suite.
    Vous pouvez encore écrire ici.
answer-conservation =
    { privacy-draft }
    { privacy-report }
    { privacy-rights }
answer-delai =
    Je ne connais pas le délai. Un agent lira votre signalement déposé.
    En cas de danger, n'attendez pas : appelez { $country ->
        [BE] le 101 ou le 112.
       *[other] le 17 ou le 112.
    }
answer-pourquoi =
    Les agents ont besoin d'un lieu, d'un moment et de faits.
    Vous pouvez répondre : je ne sais pas.
answer-robot =
    Oui, je suis un robot. Un logiciel lit vos messages.
    Il peut se tromper. Vous vérifiez le résumé avant le dépôt.
answer-agent =
    Vous pouvez demander un agent. Écrivez : je veux parler à un agent.
    Je ne sais pas quand il répondra.
answer-urgence =
    En cas de danger, appelez { $country ->
        [BE] le 101 ou le 112.
       *[other] le 17 ou le 112. Par SMS : le 114.
    }
    Le 112 répond en France et en Belgique. Ce guichet n'envoie pas de secours.
answer-nuisance =
    { $country ->
        [BE] Rappelez la police locale. Vous pouvez aussi contacter votre commune.
       *[other] Si le 17 ne vient pas, contactez la police municipale ou la mairie.
    }
    { $country ->
        [BE] Votre propriétaire peut aussi agir.
       *[other] Dans un immeuble, prévenez aussi le bailleur ou le gardien.
    }
    En cas de danger, appelez le 112.
answer-plainte =
    Ce guichet ne prend pas de plainte. Un signalement n'est pas une plainte.
    { $country ->
        [BE] Pour porter plainte, allez dans un commissariat de police.
       *[other] Pour porter plainte, allez au commissariat ou à la gendarmerie.
    }
answer-recompense = Non. Un signalement n'est pas payé.
answer-effacer =
    Écrivez /effacer. Ce que vous avez écrit est effacé chez nous.
    Les agents peuvent garder ce qu'ils ont déjà lu.
    Effacez aussi la conversation dans Telegram.
answer-photo =
    { $photos ->
        [yes] Vous pouvez envoyer une photo. Ses données cachées sont retirées.
       *[no] Je ne prends pas les photos. Écrivez ce que vous avez vu.
    }
    Ne prenez aucun risque pour une photo.
answer-temoin =
    Non. Ce signalement ne fait pas de vous un témoin.
    Votre nom n'est pas demandé. Vous n'avez pas à revenir.
answer-loi =
    Un signalement anonyme est un renseignement. Il n'est pas une preuve.
    Il peut aider à ouvrir ou guider une enquête.
    Accuser quelqu'un en sachant que c'est faux est puni par la loi.
answer-charte =
    Ce guichet reçoit des faits de trafic de drogue.
    Il ne juge pas les personnes et ne règle pas les disputes.
    Pour savoir ce qui est gardé : /confidentialite.
answer-autre =
    Je ne sais pas répondre à cette question. Je suis un robot.
    Un agent pourra peut-être vous répondre.
