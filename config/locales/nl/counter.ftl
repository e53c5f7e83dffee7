# Wat het loket zegt. Korte zinnen, gewone woorden, geen belofte.
# $country: het land van de cel (FR, BE). Nummers en namen van diensten komen uit de configuratie.

## Welkom

notice-welcome =
    Onmiddellijk gevaar? { $country ->
        [BE] Bel 101 of 112.
       *[other] Bel 17 of 112. Sms: 114.
    }
    Ik ben een robot.
    Agenten lezen uw berichten: { $services }.
    Wij vragen uw naam niet.
    Telegram kent uw nummer. Wij tonen het aan niemand.
    U kunt altijd stoppen: /stop.
notice-greeting = Goeiedag. Ik ben een robot.
notice-farewell = Tot ziens. U kunt hier terugkomen wanneer u wilt.
notice-thanks = Graag gedaan.
notice-back-again = U bent terug. We gaan verder.
notice-back-again-filed =
    Uw melding is ingediend.
    U kunt hier nog schrijven. De agenten zullen uw berichten lezen.
notice-back-again-taken = Een agent volgt uw melding. U kunt hier schrijven.
notice-back-again-closed = Uw melding is behandeld. U kunt een nieuwe doen.
notice-back-again-erased = Deze melding werd gewist. U kunt een nieuwe doen.
notice-noted = Genoteerd.
noted-facts = Genoteerd: { $what }.
progress =
    { $known ->
        [one] U gaf { $known } gegeven van { $total }.
       *[other] U gaf { $known } gegevens van { $total }.
    }

## Gevaar

notice-urgence =
    { $country ->
        [BE] Bel onmiddellijk 112 of 101.
       *[other] Bel onmiddellijk 17 of 112.
    }
    { $country ->
        [BE] Bel in Frankrijk 17 of 112.
       *[other] Kunt u niet praten? Stuur een sms naar 114.
    }
    { $country ->
        [BE] 112 is gratis.
       *[other] Bel in België 101 of 112.
    }
    Breng u in veiligheid als het kan.
    Ik ben een robot. Ik kan geen hulp sturen.
    U kunt hier later verdergaan.
notice-urgence-again =
    { $country ->
        [BE] Bel nu 112 of 101.
       *[other] Bel nu 17 of 112. Per sms: 114.
    }
    112 antwoordt in Frankrijk en in België.
    Ik kan niet in uw plaats bellen.

## Buiten het werk van dit loket

notice-nuisance =
    Dit loket neemt alleen meldingen van drugshandel aan.
    { $country ->
        [BE] Bel voor lawaai of overlast de lokale politie: 101.
       *[other] Bel voor lawaai of overlast 17. In België: 101.
    }
    { $country ->
        [BE] Ook uw gemeente of uw verhuurder kan optreden.
       *[other] Ook de gemeentepolitie, het gemeentehuis of de verhuurder kan optreden.
    }
    Uw bericht wordt niet bewaard.
    Hebt u drugshandel gezien? Vertel het hier.
notice-nuisance-again =
    Ik kan lawaai of overlast niet behandelen.
    { $country ->
        [BE] Bel de lokale politie: 101. Of contacteer uw gemeente.
       *[other] Bel 17, of 101 in België.
    }
    { $country ->
        [BE] Ook uw verhuurder kan optreden.
       *[other] U kunt ook het gemeentehuis of de verhuurder contacteren.
    }
    Uw bericht wordt niet bewaard.
notice-charter =
    Dit loket neemt feiten aan. Het regelt geen burenruzies.
    Zeg alleen wat u zag of hoorde.

## Identiteit

notice-identite =
    Ik heb afgedekt wat kon zeggen wie u bent.
    De agenten zullen het niet zien.
    Geef uw naam, uw adres of uw nummer niet.

## Agenten

notice-passed-on = Uw bericht is aan de agenten doorgegeven.
notice-no-agent =
    Op dit moment is er geen agent.
    Uw bericht wacht. Een agent zal het later lezen.
notice-no-agent-hours =
    Op dit moment is er geen agent.
    Uw bericht wacht. Een agent zal het later lezen.
    Uren van de agenten: { $hours }.
notice-agent-asked =
    De agenten zijn verwittigd. Zij zien wat u al schreef.
    Het antwoord kan even duren.
notice-agent-joined =
    Een agent is bij het gesprek gekomen.
    De agent ziet wat u al schreef.
    De robot stelt geen vragen meer.
notice-agent-joined-service =
    Een agent is bij het gesprek gekomen. Dienst: { $service }.
    De agent ziet wat u al schreef.
    De robot stelt geen vragen meer.
notice-agent-left =
    De agent heeft het gesprek verlaten. De robot is terug.
    U kunt hier nog schrijven. De agenten zullen uw berichten lezen.
officer-header = Agent van de cel ({ $service })
officer-header-plain = Agent van de cel
officer-file = Een agent stuurt u een bestand.
officer-resent = (Misschien kreeg u dit bericht al.)
officer-asks = Een agent vraagt een detail.

## Hulp, taal

notice-help =
    Dit loket neemt meldingen van drugshandel aan.
    Schrijf in uw eigen woorden, of tik op een knop.
    U kunt altijd verbeteren.

    /stop: stoppen
    /effacer: wissen wat u schreef
    /statut: weten hoe het met uw melding staat
    /confidentialite: weten wat wordt bewaard
    /langue: van taal veranderen
    /aide: dit bericht opnieuw zien
notice-language = Kies uw taal.
notice-language-chosen = We gaan verder in het Nederlands.

## Stoppen, wissen, termijnen

notice-stopped = U bent gestopt. Er werd niets ingediend. Wat u schreef, is hier gewist.
notice-stopped-filed =
    U bent gestopt. Uw melding blijft ingediend.
    Schrijf /effacer om ze te wissen.
notice-erased =
    Wat u schreef, is bij ons gewist.
    Telegram kan een kopie bewaren.
    Wis dit gesprek ook in Telegram.
notice-erased-kept =
    Wat u schreef, is bij ons gewist.
    De agenten konden het lezen en een spoor bewaren.
    Wis dit gesprek ook in Telegram.
notice-cancelled = Het is geannuleerd. Wat u schreef, is gewist. Er werd niets ingediend.
notice-kept = Er is niets gewist. We gaan verder.
notice-nothing-to-erase = Er is hier niets te wissen.
notice-expired =
    { $hours ->
        [one] Uw ontwerp is gewist, na { $hours } uur zonder bericht.
       *[other] Uw ontwerp is gewist, na { $hours } uur zonder bericht.
    }
    U kunt opnieuw beginnen wanneer u wilt.
notice-closed =
    De agenten zijn klaar met uw melding.
    Zij kunnen u het vervolg niet vertellen.
notice-already-closed =
    Deze melding is afgelopen.
    U kunt een nieuwe doen.
notice-delayed = De dienst is traag. Uw bericht is aangekomen. Het antwoord komt later.

## Indienen, code, stand

filed = Uw melding is ingediend. De agenten kunnen ze lezen.
filed-by-agent = Uw melding is open, zonder een samenvatting die u controleerde.
receipt =
    Dit is uw code: { $code }
    Noteer ze buiten dit gesprek. Ik toon ze niet meer.
    Hiermee volgt u uw melding, ook met een ander account.
    Schrijf daarvoor /statut en dan de code.
    Deze code toont nooit uw berichten.
notice-status = Uw melding is ontvangen.
notice-status-none = U hebt nog geen melding ingediend.
notice-status-draft = Uw melding is nog niet ingediend.
notice-status-filed = Uw melding is ingediend. Een agent zal ze lezen.
notice-status-taken = Uw melding is ingediend. Een agent behandelt ze.
notice-status-closed = Uw melding is behandeld. Het dossier is gesloten.
notice-status-erased = Deze melding werd gewist.
notice-status-unknown = Ik ken deze code niet. Controleer elke letter en elk cijfer.

## Foto's, plaats op de kaart

notice-photo-kept = De foto is aangekomen. De bestandsnaam en de verborgen gegevens zijn verwijderd.
notice-pin-forgotten = Dit punt op de kaart is gewist.

## Vragen zonder één bepaald feit

wonder-narrative = Vertel wat u hebt gezien of gehoord.
wonder-autre = Wilt u nog iets toevoegen?
wonder-autre-again = Wat wilt u toevoegen? Zo niet, tik op een knop.
wonder-cancel = Wilt u annuleren en alles wissen?
wonder-what-to-correct = Wat moet beter? Tik op een knop, of schrijf de verbetering.
wonder-is-place = Is dit punt op de kaart de plaats van de feiten?
    Zo niet, dan wis ik het.
wonder-unclear = U kunt het anders zeggen, of op een knop tikken.
not-understood = Ik heb het niet begrepen.
not-understood-again = Ik heb het nog niet begrepen. Tik op een knop, of vraag een agent.
buttons-only = Tik op een knop.

## Samenvatting

summary-head = Dit heb ik begrepen:
summary-line = { $fact }: { $text }.
summary-unknown = { $fact }: u weet het niet.
summary-declined = { $fact }: u antwoordt liever niet.
summary-absent = { $fact }: er is er geen.
summary-missing = { $fact }: nog niets.
summary-photos =
    { $count ->
        [one] Foto: { $count }.
       *[other] Foto's: { $count }.
    }
summary-empty = U hebt nog niets gezegd.
summary-foot =
    Klopt dit?
    Er wordt niets ingediend zonder uw akkoord.
summary-foot-agent =
    Klopt dit?
    De agenten kunnen al lezen wat u schreef.

## Wat niet wordt aangenomen

refused-contact =
    Deel uw nummer niet. Het wordt niet bewaard.
    De agenten zullen het niet zien.
refused-live-location =
    Ik neem uw live locatie niet aan. Ze wordt niet bewaard.
    Schrijf de plaats van de feiten, of stuur een vast punt.
refused-document =
    Ik neem geen documenten aan. Ze kunnen uw naam bevatten.
    Het bestand wordt niet bewaard. Schrijf wat u weet.
refused-voice =
    Ik neem geen spraakberichten aan. Men kan uw stem herkennen.
    Het bericht wordt niet bewaard. Schrijf het, alstublieft.
refused-video =
    Ik neem geen video's aan. Ze kunnen tonen wie u bent.
    De video wordt niet bewaard. Schrijf wat u zag.
refused-sticker = Ik begrijp geen stickers. Gebruik woorden, alstublieft.
refused-poll = Ik neem geen polls aan. Gebruik woorden, alstublieft.
refused-too-long = Dit bericht is te lang. Het wordt niet bewaard. Stuur het in delen.
refused-bad-photo = Ik kan deze foto niet openen. Ze wordt niet bewaard.
refused-other = Ik neem dit soort bericht niet aan. Het wordt niet bewaard.

## Privacy: geschreven volgens de geldende instellingen

privacy-head = Wat wij bewaren, en hoelang:
privacy-robot = Een robot leest uw berichten. Software zoekt de plaats, het tijdstip en de feiten.
privacy-officers = De agenten zien wat u vertelt. Diensten: { $services }.
privacy-not-seen = De agenten zien uw naam, uw nummer en uw account niet.
privacy-telegram = Telegram kent uw nummer en kan dit gesprek lezen.
privacy-justice = Een rechter kan Telegram om informatie vragen.
privacy-draft =
    { $hours ->
        [one] Zonder bericht wordt een ontwerp na { $hours } uur gewist.
       *[other] Zonder bericht wordt een ontwerp na { $hours } uur gewist.
    }
privacy-nuisance = Een bericht buiten het onderwerp wordt niet bewaard.
privacy-report =
    { $days ->
        [one] Een melding wordt gewist { $days } dag na haar sluiting.
       *[other] Een melding wordt gewist { $days } dagen na haar sluiting.
    }
privacy-contact =
    { $days ->
        [one] De link om u te antwoorden wordt gewist { $days } dag na het laatste bericht.
       *[other] De link om u te antwoorden wordt gewist { $days } dagen na het laatste bericht.
    }
privacy-photos =
    { $kept ->
        [yes] Foto's worden bewaard zonder hun verborgen gegevens.
       *[no] Foto's worden niet aangenomen.
    }
privacy-refused = Documenten, video's en spraakberichten worden geweigerd.
privacy-languages = Talen: { $languages }.
privacy-rights = Schrijf /effacer om alles te wissen.

## Commando's (menu van de berichtendienst)

command-start = Beginnen
command-aide = De hulp zien
command-stop = Stoppen
command-effacer = Wissen wat ik schreef
command-confidentialite = Weten wat wordt bewaard
command-langue = Van taal veranderen
command-statut = Mijn melding volgen

## Diensten, talen

service-police = politie
service-gendarmerie = gendarmerie
service-douanes = douane
service-other = andere dienst
language-fr = Frans
language-en = Engels
language-nl = Nederlands
