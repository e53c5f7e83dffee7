# Answers to people's questions. Exact, short, no promise.

answer-anonymat =
    The officers see neither your name, nor your number, nor your account.
    Telegram knows your number. A judge can question Telegram.
    Your own words can give you away. Write nothing about yourself.
answer-qui-lit =
    A robot reads first. Then officers read: { $services }.
    A supervisor may read again to check the service.
answer-suite =
    I ask you a few questions. You check a summary.
    Then officers read it and decide. You may not be told what follows.
answer-suite-filed =
    Officers read your report and decide.
    You may not be told what follows.
    You can still write here.
answer-conservation =
    { privacy-draft }
    { privacy-report }
    { privacy-rights }
answer-delai =
    I do not know how long it takes. An officer will read your filed report.
    In danger, do not wait: call { $country ->
        [BE] 101 or 112.
       *[other] 17 or 112.
    }
answer-pourquoi =
    The officers need a place, a time and facts.
    You can answer: I don't know.
answer-robot =
    Yes, I am a robot. Software reads your messages.
    It can be wrong. You check the summary before it is filed.
answer-agent =
    You can ask for an officer. Write: I want to speak to an officer.
    I do not know when they will answer.
answer-urgence =
    In danger, call { $country ->
        [BE] 101 or 112.
       *[other] 17 or 112. By SMS: 114.
    }
    112 answers in France and in Belgium. This desk sends no help.
answer-nuisance =
    { $country ->
        [BE] Call the local police again. You can also contact your town hall.
       *[other] If 17 does not come, contact the municipal police or the town hall.
    }
    { $country ->
        [BE] Your landlord can act too.
       *[other] In a building, also tell the landlord or the caretaker.
    }
    In danger, call 112.
answer-plainte =
    This desk takes no complaint. A report is not a complaint.
    { $country ->
        [BE] To file a complaint, go to a police station.
       *[other] To file a complaint, go to a police or gendarmerie station.
    }
answer-recompense = No. A report is not paid.
answer-effacer =
    Write /effacer. What you wrote is erased here.
    The officers may keep what they have already read.
    Delete the conversation in Telegram too.
answer-photo =
    { $photos ->
        [yes] You can send a photo. Its hidden data is removed.
       *[no] I do not take photos. Write what you saw.
    }
    Take no risk for a photo.
answer-temoin =
    No. This report does not make you a witness.
    Your name is not asked. You do not have to come back.
answer-loi =
    An anonymous report is information. It is not evidence.
    It can help to open or guide an investigation.
    Accusing someone while knowing it is false is punished by law.
answer-charte =
    This desk takes facts about drug dealing.
    It does not judge people and does not settle quarrels.
    To know what is kept: /confidentialite.
answer-autre =
    I cannot answer this question. I am a robot.
    An officer may be able to answer you.
