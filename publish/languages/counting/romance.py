"""The French and Spanish words that count, by their beginnings."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES = {
    "fr": """
    signs: , space
    link: à= et= ou=
    none: centre centra seizi
    0: zéro nul=
    1: un= une= premier première unique uns= unes=
    2: deux deuxième second seconde= deuxi double couple paire
    3: trois troisième tiers= triple
    4: quatre quatrième quart= quarts=
    5: cinq
    6: six= sixième
    7: sept= septième
    8: huit= huitième
    9: neuf= neuvième neuve
    10: dix= dixième dizaine décenni
    11: onze onzième
    12: douze douzi douzaine midi= minuit
    13: treize treizi
    14: quatorze quatorzi quinzaine
    15: quinze quinzi quinzaine
    16: seize seizième
    17: dix_sept
    18: dix_huit majeur= majeure= majorité
    19: dix_neuf
    20: vingt
    24: jour=
    30: trente trenti trentenaire demi demi-heure
    40: quarant quadragénaire
    50: cinquant moitié demi quinquagénaire
    60: soixante soixanti sexagénaire
    70: soixante_dix septante septuagénaire
    80: quatre_vingt octogénaire octante huitante
    90: nonante nonagénaire
    100: cent= cents= centaine centième siècle
    1000: mille= millier millième
    1000000: million mio=
    1000000000: milliard md= mds= mrd=
    1000000000000: billion
    half: demi moitié
    always: permanence permanent continu sans_interruption
    percent: pour_cent pourcent
    permille: pour_mille
    year: an= ans= année années annuel
    month: mois= mensuel
    week: semaine
    day: jour= jours= journée journalier
    hour: heure= heures= h=
    minute: minute min= mn=
    second: seconde= secondes= sec= s=
    decade: décennie
    century: siècle
    km: kilomètre km=
    m: mètre= mètres= m=
    cm: centimètre cm=
    mm: millimètre mm=
    mile: mile= miles= mille= milles=
    foot: pied= pieds=
    inch: pouce
    yard: yard= yards= verge
    kg: kilogramme kilo= kilos= kg=
    g: gramme= grammes= g=
    tonne: tonne= tonnes= t=
    litre: litre= litres= l=
    hectare: hectare ha=
    acre: acre
    degree: degré
    dollar: dollar usd=
    euro: euro= euros= eur=
    pound: livre gbp=
    rouble: rouble
    manat: manat
    tenge: tenge
    som: sum= sums= soum som= soms=
    somoni: somoni
    lira: livre lire= lires= livres= lira=
    rial: rial
    toman: toman
    rupee: roupie
    yuan: yuan renminbi
    yen: yen= yens=
    franc: franc= francs=
    dinar: dinar
    dirham: dirham
    riyal: riyal rial
    article: article= articles= art=
    chapter: chapitre chap=
    paragraph: paragraphe alinéa par=
    page: page= pages= p=
    m1: janvier janv=
    m2: février févr= fév=
    m3: mars=
    m4: avril avr=
    m5: mai=
    m6: juin=
    m7: juillet juil=
    m8: août aout=
    m9: septembre sept=
    m10: octobre oct=
    m11: novembre nov=
    m12: décembre déc=
    in: en= de= depuis= à= et= année= années= an= dès= jusqu'en= jusqu’en= d'= d’= vers= pour=
    in: entre= fin= début= mi=
    person: personne
    woman: femme
    man: homme
    child: enfant
    worker: ouvrier travailleur
    case: cas=
    country: pays=
    region: région province district
    city: ville
    school: école
    refugee: réfugié
    girl: fille
    boy: garçon
    figure: figure
    table: tableau
    """,
    "es": """
    signs: , .
    link: a= y= o= e=
    none: centro centra oncolog tresc
    0: cero nulo=
    1: un= uno= una= primer único única
    2: dos= segund ambos ambas doble par= pareja
    3: tres= tercer tercio triple
    4: cuatro= cuart cuartos
    5: cinco= quint
    6: seis= sexto= sexta= sextos= sextas=
    7: siete= séptim
    8: ocho= octav
    9: nueve= noven
    10: diez= décim decena década decenio
    11: once= undécim
    12: doce= docena mediodía medianoche duodécim
    13: trece=
    14: catorce=
    15: quince= quincena
    16: dieciséis=
    17: diecisiete=
    18: dieciocho= mayoría_de
    19: diecinueve=
    20: veinte= vigésim veinti
    21: veintiuno= veintiún= veintiuna=
    22: veintidós=
    23: veintitrés=
    24: veinticuatro= día=
    25: veinticinco=
    26: veintiséis=
    27: veintisiete=
    28: veintiocho=
    29: veintinueve=
    30: treinta trigésim media=
    40: cuarenta cuadragésim
    50: cincuenta mitad
    60: sesenta sexagenari
    70: setenta septuagenari
    80: ochenta octogenari
    90: noventa nonagenari
    100: cien= ciento= cientos= centenar centenares siglo
    200: doscient
    300: trescient
    400: cuatrocient
    500: quinient
    600: seiscient
    700: setecient
    800: ochocient
    900: novecient
    1000: mil= miles= millar
    1000000: millón= millones= mill= mm=
    1000000000: mil_millones
    1000000000000: billón= billones=
    half: medio= media= mitad
    always: horas_del permanente continu todo_el
    percent: por_ciento porcentual
    permille: por_mil
    year: año= años= anual añ
    month: mes= meses= mensual
    week: semana
    day: día= días= jornada diari
    hour: hora= horas= h=
    minute: minuto min=
    second: segundos= segundo= seg=
    decade: década decenio
    century: siglo
    km: kilómetro km=
    m: metro= metros= m=
    cm: centímetro cm=
    mm: milímetro mm=
    mile: milla
    foot: pie= pies=
    inch: pulgada
    yard: yarda
    kg: kilogramo kilo= kilos= kg=
    g: gramo= gramos= g=
    tonne: tonelada t=
    litre: litro= litros= l=
    hectare: hectárea ha=
    acre: acre
    degree: grado
    dollar: dólar usd=
    euro: euro= euros= eur=
    pound: libra
    rouble: rublo
    manat: manat
    tenge: tenge
    som: sum= som= sums= soms=
    somoni: somoni
    lira: lira= liras=
    rial: rial
    toman: toman
    rupee: rupia
    yuan: yuan= yuanes= renminbi
    yen: yen= yenes=
    franc: franco= francos=
    dinar: dinar
    dirham: dirham dírham
    riyal: riyal rial
    article: artículo art= arts=
    chapter: capítulo cap=
    paragraph: párrafo apartado párr=
    page: página pág= págs=
    m1: enero ene=
    m2: febrero feb=
    m3: marzo= mar=
    m4: abril= abr=
    m5: mayo= may=
    m6: junio= jun=
    m7: julio= jul=
    m8: agosto= ago=
    m9: septiembre setiembre sept= sep=
    m10: octubre oct=
    m11: noviembre nov=
    m12: diciembre dic=
    in: en= de= desde= hasta= y= a= año= años= del= entre= para= finales= principios=
    person: persona
    woman: mujer
    man: hombre
    child: niño niña
    worker: obrer trabajador
    case: caso= casos=
    country: país= países=
    region: región= regiones= provincia distrito
    city: ciudad
    school: escuela
    refugee: refugiad
    girl: niñas= chica
    boy: chico
    figure: figura fig=
    table: cuadro tabla
    """,
}
