"""Small words: what joins, excepts, stresses, bounds. The kind comes first; the value is the word itself."""

SMALL_WORDS: dict[str, str] = {
    "le": "le, la, les, l, lé, els, ls",
    "un": "un, une",
    "de": "de, d, du, des",
    "a": "a, au, aux",
    "en": "en",
    "dans": "dans, ds, pendant, pdt, durant, pendent, lors, au cours",
    "sur": "sur",
    "ce": "ce, cet, cette, ces, cte, st, sette, c t",
    "et": "et, puis, puis aussi, et aussi, ainsi que, et puis, ensuite, plus",
    "ou": "ou, ou bien",
    "mais": "mais, ms",
    "vers": (
        "vers, genre, environ, vr, vers environ, aux alentours, aux alentours de, aux environs, autour, autour de, "
        "approximativement, env, a peu pres, grosso modo, plus ou moins, vers les, sur les coups, sur le "
        "coup, aux environs de, dans les eaux, disons vers, a environ, plutot vers"
    ),
    "pile": "pile, precises, precise, precisement, exactement, tapantes, tapante, petantes, pile poil",
    "entre": "entre, entr, ent",
    "jusque": (
        "jusque, jusqu, jusqua, jusqu a, jusqu au, jusqu aux, jusqu en, jusqe, jusk, jusca, juska, jusque a, "
        "jusquau, jusqu aux alentours de, ca finit, sa finit, ca se termine, ils repartent, repartent, ils partent, "
        "il repart, ca s arrete"
    ),
    "depuis": (
        "depuis, dpuis, dps, dpui, depui, depuis environ, depuis le mois de, ca fait, cela fait, depuis pres, "
        "depuis au moins"
    ),
    "avant": "avant, avt, au plus tard, pas plus tard",
    "last": (
        "d avant, dernier, derniere, derniers, dernieres, passe, passee, passees, passes, precedent, "
        "precedente, precedents, precedentes, ecoule, ecoulee, ecoules, ecoulees"
    ),
    "apres": "apres, aprs, apre, au dela",
    "partir": (
        "a partir, a partir de, a partir du, a partir des, apartir de, apartir, a compter, a compter de, "
        "partir de, a part1 de, des partir de, a partr de, au plus tot, a partire de"
    ),
    "ily": (
        "il y a, ya, y a, il ya, iya, y avait, il y avait, voila, voici, y a de ca, il y a de ca, il y a a "
        "peu pres, il y a environ, il y a plus, il y a pres"
    ),
    "ici": "d ici, d ici a, dici",
    "hui": "en huit",
    "sauf": (
        "sauf, excepte, hormis, hors, a part, a par, apart, a l exception, a l exception de, mis a part, sof, "
        "en dehors, en dehors de, sans compter, saufs, exeption, a l exclusion"
    ),
    "pas": "pas, jamais, jms",
    "meme": "meme, y compris, mm, meme pendant, compris, aussi, egalement",
    "surtout": (
        "surtout, surtt, srtt, principalement, essentiellement, notamment, le plus souvent, en particulier, "
        "particulierement, plus particulierement, majoritairement, la plupart du temps, spécialement, plutot, "
        "souvent"
    ),
    "seul": "uniquement, seulement, exclusivement, que, rien que",
    "tous": "tous, tout, toutes, toute, ts, tt, tou, tte, ttes, tts, ttt, tous les, tt les",
    "chaque": "chaque, chak, chq, chaq, chake, chacun des, n importe quel, n importe quelle, chaques",
    "fois": "fois, foi, x",
    "autre": "autre, autres",
    "plusieurs": "plusieurs, plsr, qq, quelques, quelque, deux trois, deux ou trois, plusieur, maintes",
    "par": "par",
    "pour": "pour, pr, pendant que",
    "next": "prochain, prochaine, prochains, prochaines, prochaini, qui vient, a venir, pro, qui arrive",
    "follow": "suivant, suivante, suivants, suivantes, d apres, qui suit, qui suivent",
    "debut": "debut, debuts, debu, commencement, dbut",
    "milieu": "milieu, mi, beau milieu, plein milieu, plein, pleine",
    "fin": "fin, fins, f1",
    "tot": "tot, tres tot, assez tot, de bonne heure, plus tot, tot dans, aux aurores",
    "tard": "tard, tres tard, assez tard, tard dans",
    "demie": "demie, demi, et demie, et demi",
    "quart": "quart, quarts",
    "moins": "moins",
    "passe_de": "passe de, passees de, passé de, passes de",
    "quoi": "n importe quand",
    "entier": "entier, entiere, entiers, entieres, complet, complete",
    "reste": "reste",
    "starting": "commencant, qui commence, debutant, qui debute",
    "running": "en cours, courante, courant, actuelle, actuel",
    "veille": "veille",
    "lendemain": "lendemain",
    "annee_scol": "annee scolaire",
    "fill": (
        "c est, c, sinon, ils sont la, ils sont, ils viennent, il vient, il est la, par exemple, en gros, ca "
        "commence, sa commence, sa comence, ca comence, sa comance, ca debute, ils commencent, il fait, ils "
        "font, presque, quasi, quasiment, ca vend, ca deale, ca dure, ils vendent, ca tourne, disons, "
        "c etait, en fait, voire, fini, soit, on va dire, il y est, y est, quand meme, enfin, je dirais, a "
        "mon avis, je crois, sont la, est la, dit on, on les voit, ils restent, ils y sont, de presence, sans "
        "arret, sans discontinuer, sans pause"
    ),
    "habit": (
        "toujours, en general, generalement, tout le temps, normalement, habituellement, d habitude, "
        "regulierement, frequemment, en principe, la majorite du temps, tres souvent, tres regulierement"
    ),
    "gone": "rien, personne, ferme, fermee, repos, conge, calme, absent, absents, relache, c est mort, jour off",
    "tantot": "tantot, tantots",
    "pm": "pm, am",
    "hmark": "h",
}
# Words that may end with a dot: "lun.", "sept.", "env.".
ABBREVIATIONS = (
    "aou, ap, apr, av, avr, dec, dim, env, fev, fevr, h, hr, hrs, jan, janv, jeu, jui, juil, juill, lun, mar, "
    "mer, merc, min, nov, oct, sam, sem, sep, sept, ven, vend"
)
