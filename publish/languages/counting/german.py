"""The German words that count, by their beginnings; an equals sign ends a whole word."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES = {
    "de": """
    signs: , .
    link: bis= und= oder=
    none: einig eins eine einen achtung achten= tagung tagt= monatsl
    0: null= nullt
    1: ein= einund anderthalb eineinhalb eine= einem= einen= einer= eines= eins= erste ersten
    1: erster einmal einzige einzig
    2: zwei zweit zwo= beide beiden doppel paar= zweimal
    3: drei dritt
    4: vier
    5: fünf
    6: sechs
    7: sieben siebt
    8: acht= achte= achten= achter= achtes= achtem= achtzig achtj achtt achtst achtm
    9: neun
    10: zehn= zehnt zehnj zehnt zehnm
    11: elf= elft elfj
    12: zwölf mittag mitternacht dutzend
    13: dreizehn
    14: vierzehn
    15: fünfzehn
    16: sechzehn
    17: siebzehn
    18: achtzehn volljährig
    19: neunzehn
    20: zwanzig
    24: tag= tages= stunden=
    30: dreißig dreissig halb
    40: vierzig
    50: fünfzig hälfte halb
    60: sechzig
    70: siebzig
    80: achtzig
    90: neunzig
    100: hundert
    1000: tausend tsd=
    1000000: million mio=
    1000000000: milliard mrd= mia=
    1000000000000: billion bio=
    half: halb anderthalb eineinhalb hälfte einhalb
    always: rund_um uhr= ständig durchgehend
    percent: prozent vom_hundert
    permille: promille
    year: jahr jährig jährlich jähriger
    month: monat monate monaten monats monatig
    week: woche wöchig
    day: tag= tage= tagen= tages= tägig tags=
    hour: stunde stündig std= uhr=
    minute: minute minütig min=
    second: sekunde sek= sekündig
    decade: jahrzehnt
    century: jahrhundert jh=
    km: kilometer km=
    m: kubikmeter quadratmeter meter= metern= meters= m= metrig
    cm: zentimeter cm=
    mm: millimeter mm=
    mile: meile
    foot: fuß= füße=
    inch: zoll=
    yard: yard= yards=
    kg: kilogramm kilo= kilos= kg=
    g: gramm= g=
    tonne: tonne= tonnen= t=
    litre: liter= litern= l=
    hectare: hektar ha=
    acre: acre= acres= morgen=
    degree: grad= grade=
    dollar: dollar us-dollar usd=
    euro: euro= euros= eur=
    pound: pfund gbp=
    rouble: rubel
    manat: manat
    tenge: tenge
    som: sum= som= so’m=
    somoni: somoni
    lira: lira= lire=
    rial: rial
    toman: toman
    rupee: rupie
    yuan: yuan renminbi
    yen: yen=
    franc: franken chf=
    dinar: dinar
    dirham: dirham
    riyal: riyal rial
    article: artikel art=
    chapter: kapitel kap=
    paragraph: absatz absätze absätzen abs= ziffer paragraf paragraph
    page: seite= seiten= s=
    m1: januar jänner jan=
    m2: februar feber feb=
    m3: märz
    m4: april apr=
    m5: mai= mais=
    m6: juni= junis= jun=
    m7: juli= julis= jul=
    m8: august= augusts= aug=
    m9: september sept= sep=
    m10: oktober okt=
    m11: november nov=
    m12: dezember dez=
    in: in= im= jahr= jahre= seit= von= bis= vom= ab= und= vor= nach= zwischen= der= aus= mitte=
    in: anfang= ende= für=
    person: mensch personen= person=
    woman: frau
    man: mann= männer= männern=
    child: kind= kinder= kindern=
    worker: arbeiter
    case: fall= fälle= fällen=
    country: land= länder= ländern= staaten=
    region: region provinz bezirk
    city: stadt= städte= städten=
    school: schule
    refugee: flüchtling
    girl: mädchen
    boy: jungen= junge=
    figure: abbildung abb=
    table: tabelle tab=
    """,
}
