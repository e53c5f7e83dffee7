# What the counter says. Short sentences, common words, no promise.
# $country: the cell's country (FR, BE). Numbers and names of services come from the configuration.

## Welcome

notice-welcome =
    Immediate danger? { $country ->
        [BE] Call 101 or 112.
       *[other] Call 17 or 112. SMS: 114.
    }
    I am a robot.
    Officers read your messages: { $services }.
    We do not ask your name.
    Telegram knows your number. We show it to nobody.
    You can stop at any time: /stop.
notice-greeting = Hello. I am a robot.
notice-farewell = Goodbye. You can come back here when you want.
notice-thanks = You are welcome.
notice-back-again = You are back. We go on.
notice-back-again-filed =
    Your report is filed.
    You can still write here. The officers will read your messages.
notice-back-again-taken = An officer follows your report. You can write to them here.
notice-back-again-closed = Your report has been dealt with. You can make a new one.
notice-back-again-erased = This report was erased. You can make a new one.
notice-noted = Noted.
noted-facts = Noted: { $what }.
progress =
    { $known ->
        [one] You have given { $known } piece of information out of { $total }.
       *[other] You have given { $known } pieces of information out of { $total }.
    }

## Danger

notice-urgence =
    { $country ->
        [BE] Call 112 or 101 right now.
       *[other] Call 17 or 112 right now.
    }
    { $country ->
        [BE] In France, call 17 or 112.
       *[other] You cannot speak? Send an SMS to 114.
    }
    { $country ->
        [BE] 112 is free.
       *[other] In Belgium, call 101 or 112.
    }
    If you can, get to safety.
    I am a robot. I cannot send help.
    You can go on here later.
notice-urgence-again =
    { $country ->
        [BE] Call 112 or 101 now.
       *[other] Call 17 or 112 now. By SMS: 114.
    }
    112 answers in France and in Belgium.
    I cannot call for you.

## Outside the scope of this counter

notice-nuisance =
    This desk only takes reports of drug dealing.
    { $country ->
        [BE] For noise or disturbance, call the local police: 101.
       *[other] For noise or disturbance, call 17. In Belgium, 101.
    }
    { $country ->
        [BE] Your town hall or your landlord can act too.
       *[other] The municipal police, the town hall or the landlord can act too.
    }
    Your message is not kept.
    Did you see drug dealing? Tell it here.
notice-nuisance-again =
    I cannot deal with noise or disturbance.
    { $country ->
        [BE] Call the local police: 101. Or contact your town hall.
       *[other] Call 17, or 101 in Belgium.
    }
    { $country ->
        [BE] Your landlord can act too.
       *[other] You can also contact the town hall or the landlord.
    }
    Your message is not kept.
notice-charter =
    This desk takes facts. It does not settle quarrels between neighbours.
    Only say what you saw or heard.

## Identity

notice-identite =
    I have masked what could tell who you are.
    The officers will not see it.
    Do not give your name, your address or your number.

## Officers

notice-passed-on = Your message is passed on to the officers.
notice-no-agent =
    No officer is available at the moment.
    Your message waits. An officer will read it later.
notice-no-agent-hours =
    No officer is available at the moment.
    Your message waits. An officer will read it later.
    Officers' hours: { $hours }.
notice-agent-asked =
    The officers are told. They see what you have already written.
    The answer may take time.
notice-agent-joined =
    An officer has joined the conversation.
    They see what you have already written.
    The robot asks no more questions.
notice-agent-joined-service =
    An officer has joined the conversation. Service: { $service }.
    They see what you have already written.
    The robot asks no more questions.
notice-agent-left =
    The officer has left the conversation. The robot is back.
    You can still write here. The officers will read your messages.
officer-header = Officer of the cell ({ $service })
officer-header-plain = Officer of the cell
officer-file = An officer sends you a file.
officer-resent = (You may have received this message already.)
officer-asks = An officer asks for a detail.

## Help, language

notice-help =
    This desk takes reports of drug dealing.
    Write in your own words, or tap a button.
    You can correct at any time.

    /stop: stop
    /effacer: erase what you wrote
    /statut: know where your report stands
    /confidentialite: know what is kept
    /langue: change language
    /aide: see this message again
notice-language = Choose your language.
notice-language-chosen = We go on in English.

## Stopping, erasing, time limits

notice-stopped = You have stopped. Nothing was filed. What you wrote is erased here.
notice-stopped-filed =
    You have stopped. Your report stays filed.
    To erase it, write /effacer.
notice-erased =
    What you wrote is erased here.
    Telegram may keep a copy.
    Delete this conversation in Telegram too.
notice-erased-kept =
    What you wrote is erased here.
    The officers may have read it and kept a trace.
    Delete this conversation in Telegram too.
notice-cancelled = It is cancelled. What you wrote is erased. Nothing was filed.
notice-kept = Nothing is erased. We go on.
notice-nothing-to-erase = There is nothing to erase here.
notice-expired =
    { $hours ->
        [one] Your draft is erased, after { $hours } hour without a message.
       *[other] Your draft is erased, after { $hours } hours without a message.
    }
    You can start again when you like.
notice-closed =
    The officers have finished with your report.
    They cannot tell you what follows.
notice-already-closed =
    This report is finished.
    You can make a new one.
notice-delayed = The service is slow. Your message has arrived. The answer will be late.

## Filing, code, state

filed = Your report is filed. The officers can read it.
filed-by-agent = Your report is open, without a summary checked by you.
receipt =
    Here is your code: { $code }
    Write it down outside this conversation. I will not show it again.
    With it you can follow your report, even from another account.
    To do so, write /statut and then the code.
    This code never shows your messages.
notice-status = Your report has been received.
notice-status-none = You have not filed a report yet.
notice-status-draft = Your report is not filed yet.
notice-status-filed = Your report is filed. An officer will read it.
notice-status-taken = Your report is filed. An officer is dealing with it.
notice-status-closed = Your report has been dealt with. The case is closed.
notice-status-erased = This report was erased.
notice-status-unknown = I do not know this code. Check each letter and each digit.

## Photos, places on the map

notice-photo-kept = The photo has arrived. The file name and hidden data are removed.
notice-pin-forgotten = This point on the map is erased.

## Questions that ask for no single fact

wonder-narrative = Tell what you saw or heard.
wonder-autre = Do you want to add anything else?
wonder-autre-again = What do you want to add? If nothing, tap a button.
wonder-cancel = Do you want to cancel and erase everything?
wonder-what-to-correct = What needs correcting? Tap a button, or write the correction.
wonder-is-place = Is this point on the map the place of the facts?
    If not, I erase it.
wonder-unclear = You can say it another way, or tap a button.
not-understood = I did not understand.
not-understood-again = I still did not understand. Tap a button, or ask for an officer.
buttons-only = Tap a button.

## Summary

summary-head = Here is what I understood:
summary-line = { $fact }: { $text }.
summary-unknown = { $fact }: you do not know.
summary-declined = { $fact }: you would rather not answer.
summary-absent = { $fact }: there is none.
summary-missing = { $fact }: nothing so far.
summary-photos =
    { $count ->
        [one] Photo: { $count }.
       *[other] Photos: { $count }.
    }
summary-empty = You have not said anything yet.
summary-foot =
    Is this right?
    Nothing is filed without your agreement.
summary-foot-agent =
    Is this right?
    The officers can already read what you wrote.

## What is not accepted

refused-contact =
    Do not share your number. It is not kept.
    The officers will not see it.
refused-live-location =
    I do not take your live location. It is not kept.
    Write the place of the facts, or send a fixed point.
refused-document =
    I do not take documents. They may contain your name.
    The file is not kept. Write what you know.
refused-voice =
    I do not take voice messages. Your voice can be recognised.
    The message is not kept. Please write it.
refused-video =
    I do not take videos. They can show who you are.
    The video is not kept. Write what you saw.
refused-sticker = I do not understand stickers. Please use words.
refused-poll = I do not take polls. Please use words.
refused-too-long = This message is too long. It is not kept. Send it in several parts.
refused-bad-photo = I cannot open this photo. It is not kept.
refused-other = I do not take this kind of message. It is not kept.

## Privacy: written from the settings in force

privacy-head = What we keep, and for how long:
privacy-robot = A robot reads your messages. Software looks for the place, the time and the facts.
privacy-officers = The officers see what you tell. Services: { $services }.
privacy-not-seen = The officers see neither your name, nor your number, nor your account.
privacy-telegram = Telegram knows your number and can read this conversation.
privacy-justice = A judge can ask Telegram for information.
privacy-draft =
    { $hours ->
        [one] Without a message, a draft is erased after { $hours } hour.
       *[other] Without a message, a draft is erased after { $hours } hours.
    }
privacy-nuisance = A message outside the subject is not kept.
privacy-report =
    { $days ->
        [one] A report is erased { $days } day after it is closed.
       *[other] A report is erased { $days } days after it is closed.
    }
privacy-contact =
    { $days ->
        [one] The link to answer you is erased { $days } day after the last message.
       *[other] The link to answer you is erased { $days } days after the last message.
    }
privacy-photos =
    { $kept ->
        [yes] Photos are kept without their hidden data.
       *[no] Photos are not accepted.
    }
privacy-refused = Documents, videos and voice messages are refused.
privacy-languages = Languages: { $languages }.
privacy-rights = To erase everything, write /effacer.

## Commands (the messenger's menu)

command-start = Start
command-aide = See the help
command-stop = Stop
command-effacer = Erase what I wrote
command-confidentialite = Know what is kept
command-langue = Change language
command-statut = Follow my report

## Services, languages

service-police = police
service-gendarmerie = gendarmerie
service-douanes = customs
service-other = another service
language-fr = French
language-en = English
language-nl = Dutch
