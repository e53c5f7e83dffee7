# Antwoorden op vragen van mensen. Juist, kort, zonder belofte.

answer-anonymat =
    De agenten zien uw naam, uw nummer en uw account niet.
    Telegram kent uw nummer. Een rechter kan Telegram ondervragen.
    Ook uw woorden kunnen u verraden. Schrijf niets over uzelf.
answer-qui-lit =
    Eerst leest een robot. Daarna lezen agenten: { $services }.
    Een verantwoordelijke kan herlezen om de dienst te controleren.
answer-suite =
    Ik stel u enkele vragen. U controleert een samenvatting.
    Daarna lezen agenten het en beslissen zij. Misschien hoort u het vervolg niet.
answer-suite-filed =
    Agenten lezen uw melding en beslissen.
    Misschien hoort u het vervolg niet.
    U kunt hier nog schrijven.
answer-conservation =
    { privacy-draft }
    { privacy-report }
    { privacy-rights }
answer-delai =
    Ik ken de termijn niet. Een agent zal uw ingediende melding lezen.
    Wacht niet bij gevaar: bel { $country ->
        [BE] 101 of 112.
       *[other] 17 of 112.
    }
answer-pourquoi =
    De agenten hebben een plaats, een tijdstip en feiten nodig.
    U kunt antwoorden: ik weet het niet.
answer-robot =
    Ja, ik ben een robot. Software leest uw berichten.
    Ze kan zich vergissen. U controleert de samenvatting vóór het indienen.
answer-agent =
    U kunt een agent vragen. Schrijf: ik wil een agent spreken.
    Ik weet niet wanneer die antwoordt.
answer-urgence =
    Bel bij gevaar { $country ->
        [BE] 101 of 112.
       *[other] 17 of 112. Per sms: 114.
    }
    112 antwoordt in Frankrijk en in België. Dit loket stuurt geen hulp.
answer-nuisance =
    { $country ->
        [BE] Bel de lokale politie opnieuw. U kunt ook uw gemeente contacteren.
       *[other] Komt 17 niet, contacteer dan de gemeentepolitie of het gemeentehuis.
    }
    { $country ->
        [BE] Ook uw verhuurder kan optreden.
       *[other] Verwittig in een gebouw ook de verhuurder of de huisbewaarder.
    }
    Bel bij gevaar 112.
answer-plainte =
    Dit loket neemt geen klacht op. Een melding is geen klacht.
    { $country ->
        [BE] Ga voor een klacht naar een politiekantoor.
       *[other] Ga voor een klacht naar de politie of de gendarmerie.
    }
answer-recompense = Nee. Een melding wordt niet betaald.
answer-effacer =
    Schrijf /effacer. Wat u schreef, wordt bij ons gewist.
    De agenten kunnen bewaren wat zij al lazen.
    Wis ook het gesprek in Telegram.
answer-photo =
    { $photos ->
        [yes] U kunt een foto sturen. De verborgen gegevens worden verwijderd.
       *[no] Ik neem geen foto's aan. Schrijf wat u zag.
    }
    Neem geen risico voor een foto.
answer-temoin =
    Nee. Deze melding maakt van u geen getuige.
    Uw naam wordt niet gevraagd. U hoeft niet terug te komen.
answer-loi =
    Een anonieme melding is een inlichting. Ze is geen bewijs.
    Ze kan helpen een onderzoek te openen of te sturen.
    Iemand bewust vals beschuldigen is strafbaar.
answer-charte =
    Dit loket neemt feiten over drugshandel aan.
    Het oordeelt niet over mensen en regelt geen ruzies.
    Om te weten wat wordt bewaard: /confidentialite.
answer-autre =
    Ik kan deze vraag niet beantwoorden. Ik ben een robot.
    Misschien kan een agent u antwoorden.
