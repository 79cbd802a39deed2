"""The English words that count."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES = {
    "en": """
    signs: . ,
    link: to= and= or= through= until=
    0: zero nil nought
    1: one= ones= first= firstly= single once= sole solely a= an=
    2: two= second= secondly= twice twin both couple pair= double= doubled= dual bilateral
    3: three= third triple tri= thrice trio hat-trick
    4: four= fourth quarter= quarters= fours=
    5: five= fifth fives=
    6: six= sixth sixes=
    7: seven= seventh week=
    8: eight= eighth
    9: nine= ninth
    10: ten= tenth tens= decade=
    11: eleven
    12: twelve twelfth dozen noon midday midnight
    13: thirteen
    14: fourteen fortnight
    15: fifteen
    16: sixteen
    17: seventeen
    18: eighteen
    19: nineteen
    20: twenty twentieth twenties
    24: day=
    30: thirty thirtieth thirties half=
    40: forty fortieth forties
    50: fifty fiftieth fifties half=
    60: sixty sixtieth sixties
    70: seventy seventieth seventies
    80: eighty eightieth eighties
    90: ninety ninetieth nineties
    100: hundred century= centuries=
    1000: thousand
    1000000: million mln= mio=
    1000000000: billion bln=
    1000000000000: trillion
    100000: lakh lac=
    10000000: crore
    half: half= halves=
    part: quarter= quarters= second=
    percent: percent pct= per_cent per_cents
    permille: permille per_mille per_mil per_thousand
    year: year yr= yrs= yo=
    month: month mos=
    week: week wk= wks=
    day: day
    hour: hour hr= hrs=
    minute: minute min= mins=
    second: seconds= sec= secs=
    decade: decade
    century: century centuries
    km: kilometer kilometre km= kms= kph= kmh=
    m: meter metre m=
    cm: centimeter centimetre cm=
    mm: millimeter millimetre mm=
    mile: mile mi= mph=
    foot: foot= feet= ft=
    inch: inch= inches=
    yard: yard= yards=
    kg: kilogram kilogramme kilo= kilos= kg= kgs=
    g: gram= grams= gramme g=
    tonne: tonne ton= tons= metric_ton metric_tons
    litre: liter litre
    hectare: hectare ha=
    acre: acre
    degree: degree
    dollar: dollar usd= bucks=
    euro: euro= euros= eur=
    pound: pound gbp= lb= lbs= quid=
    rouble: ruble rouble rub=
    manat: manat tmt= azn=
    tenge: tenge kzt=
    som: som= sum= soum uzs= kgs=
    somoni: somoni tjs=
    lira: lira liras= lire=
    rial: rial irr=
    toman: toman
    rupee: rupee inr=
    yuan: yuan cny= renminbi
    yen: yen= jpy=
    franc: franc chf=
    dinar: dinar
    dirham: dirham
    riyal: riyal
    article: article= articles= art= arts=
    chapter: chapter= chapters=
    paragraph: paragraph= paragraphs= para= paras=
    page: page= pages=
    m1: january= jan=
    m2: february= feb=
    m3: march= mar=
    m4: april= apr=
    m5: may=
    m6: june= jun=
    m7: july= jul=
    m8: august= aug=
    m9: september= sept= sep=
    m10: october= oct=
    m11: november= nov=
    m12: december= dec=
    in: in= since= of= from= to= until= till= by= before= after= between= and= through= during=
    in: late= early= mid= year= fy= for=
    person: people persons= person= human= humans=
    woman: woman= women= women
    man: man= men=
    child: child= children
    worker: worker
    case: case= cases=
    country: country= countries=
    region: region province district
    city: city= cities= town= towns=
    school: school
    refugee: refugee
    girl: girl
    boy: boy
    figure: figure= figures= fig= figs=
    table: table= tables=
    """,
}
