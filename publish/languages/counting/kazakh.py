"""The words that count in Kazakh and Uzbek, by their beginnings."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES = {
    "kk": """
    signs: , space
    nth: ші= шы= інші= ыншы=
    whole-first: (whole-first)=
    link: мен= және= пен= бен= дан= ден= тан= тен= немесе=
    none: метро бірге бірлік бірлес бірақ біріккен бірқ күнделік айна айт айы аймақ айту айыр
    none: айнал алтын алтай үшін онда одан оның мыңжыл
    0: нөл
    1: бір= бірінші алғашқы біреу жалғыз
    2: екі екеу екінші қос= қосар жұп
    3: үш= үшінші үшеу үшке
    4: төрт
    5: бес= бесінші бесеу бестен
    6: алты= алтыншы алтау
    7: жеті
    8: сегіз
    9: тоғыз
    10: он= оныншы ондаған онға
    20: жиырма
    24: тәулік күн=
    30: отыз жарты
    40: қырық
    50: елу жарты жартысы
    60: алпыс
    70: жетпіс
    80: сексен
    90: тоқсан
    100: жүз= жүзінші жүздеген ғасыр жүзден=
    1000: мың
    1000000: миллион млн=
    1000000000: миллиард млрд=
    1000000000000: триллион трлн=
    half: жарты жарым
    always: тәулік күні-түні үздіксіз тәулігіне
    percent: пайыз процент
    permille: промилле
    year: жыл жас= жаста жасар жастағы жасына жасында жасқа жасынан ж=
    calendar: жылы= жылғы= жылдың= жылдары=
    month: ай= айлық= айда= айдан= айға= айы= айының= айында= айынан= айына= айын= айдың= айдан
    month: айдағы айлығ
    week: апта
    day: күн= күндік күнде= күннен= күнге= күні= күнінің= күнінде= күнгі= күндер тәулік
    hour: сағат
    minute: минут мин=
    second: секунд
    decade: онжыл
    century: ғасыр
    km: километр шақырым км=
    m: метр м=
    cm: сантиметр см=
    mm: миллиметр мм=
    mile: миль миля
    foot: фут= футтық=
    inch: дюйм
    yard: ярд
    kg: килограмм келі= кг= кило=
    g: грамм= грамдық= граммдық= г=
    tonne: тонна
    litre: литр
    hectare: гектар га=
    acre: акр
    degree: градус дәреже
    dollar: доллар
    euro: еуро евро
    pound: фунт
    rouble: рубл
    manat: манат
    tenge: теңге тг=
    som: сом= сум= сомға=
    somoni: сомони
    lira: лира
    rial: риал
    toman: томан туман
    rupee: рупия
    yuan: юан
    yen: иен йен
    franc: франк=
    dinar: динар
    dirham: дирхам
    riyal: риял риал
    article: бап= бабы= бабының= бапта= бабында= бабына= баптың= бабын=
    chapter: тарау
    paragraph: тармақ тармағ абзац параграф
    page: бет= беті= бетте= бетінде=
    m1: қаңтар
    m2: ақпан
    m3: наурыз
    m4: сәуір
    m5: мамыр
    m6: маусым
    m7: шілде
    m8: тамыз
    m9: қыркүйек қыркүйег
    m10: қазан= қазанда= қазаннан= қазанға= қазандағы= қазаны= қазанның= қазанына= қазанында=
    m10: қазанынан= қазанының= қазанындағы= қазанын=
    m11: қараша
    m12: желтоқсан
    person: адам
    woman: әйел
    man: ер=
    child: бала
    worker: жұмысшы
    case: жағдай
    country: ел= елде= мемлекет
    region: облыс аудан өңір
    city: қала
    school: мектеп мектеб
    refugee: босқын
    girl: қыз=
    boy: ұл=
    figure: сурет
    table: кесте
    """,
    "uz": """
    signs: , space
    nth: inchi= nchi=
    whole-first: (whole-first)=
    link: va= bilan= yoki= dan=
    none: metro birlash birga birlik birikma kunduz kundalik oyna oyoq oylik onda= undan oltin
    none: bosh
    0: nol
    1: bir= birinchi ilk= birta yagona
    2: ikki juft
    3: uch
    4: toʻrt chorak
    5: besh
    6: olti= oltinchi oltita oltitasi
    7: yetti
    8: sakkiz
    9: toʻqqiz
    10: oʻn= oʻninchi oʻnlab oʻnta
    20: yigirma
    24: sutka kun= kecha-kunduz
    30: oʻttiz yarim
    40: qirq
    50: ellik yarim yarmi
    60: oltmish
    70: yetmish
    80: sakson
    90: toʻqson
    100: yuz= yuzta yuzlab yuzinchi asr
    1000: ming
    1000000: million mln=
    1000000000: milliard mlrd=
    1000000000000: trillion trln=
    half: yarim yarmi
    always: kecha-kunduz kecha-yu kechayu doimiy kun-u kechayu-kunduz uzluksiz
    percent: foiz
    permille: promille
    year: yil yosh yashar= yasharlik=
    month: oy= oylik= oyda= oydan= oyga= oyi= oyining= oyida= oyidan= oyini= oyning= oyiga=
    week: hafta
    day: kun= kunlik= kunda= kundan= kunga= kuni= kunida= kunining= kunning= sutka kunlari
    day: kundan
    hour: soat
    minute: daqiqa minut daq=
    second: soniya sekund
    decade: oʻn_yillik
    century: asr
    km: kilometr km=
    m: metr m=
    cm: santimetr sm=
    mm: millimetr mm=
    mile: mil= mildan= milga= milya
    foot: fut= futdan= futlik= futga= futi= futu= futli= futgacha=
    inch: dyuym dyum
    yard: yard
    kg: kilogramm kg= kilo=
    g: gramm= grammlik= grammdan= g= gr=
    tonne: tonna
    litre: litr
    hectare: gektar
    acre: akr
    degree: daraja gradus
    dollar: dollar
    euro: yevro evro
    pound: funt
    rouble: rubl
    manat: manat
    tenge: tenge
    som: soʻm sum= som=
    somoni: somoniy
    lira: lira
    rial: rial
    toman: tuman
    rupee: rupiy
    yuan: yuan
    yen: yen= iyena iena
    franc: frank=
    dinar: dinor
    dirham: dirham
    riyal: riyol rial
    article: modda
    chapter: bob= bobi= bobning= bobida= bobga=
    paragraph: band= bandi= bandda= bandning= bandida= paragraf xatboshi
    page: sahifa bet= beti= betda=
    m1: yanvar
    m2: fevral
    m3: mart= martda= martdan= martning= marti= martga= martgacha= martida=
    m4: aprel
    m5: may= mayda= maydan= mayning= mayi= mayga= maygacha= mayida=
    m6: iyun
    m7: iyul
    m8: avgust
    m9: sentabr sentyabr
    m10: oktabr oktyabr
    m11: noyabr
    m12: dekabr
    person: odam kishi nafar
    woman: ayol
    man: erkak
    child: bola
    worker: ishchi
    case: holat
    country: mamlakat davlat
    region: viloyat tuman=
    city: shahar shahr
    school: maktab
    refugee: qochqin
    girl: qiz=
    boy: oʻgʻil
    figure: rasm
    table: jadval
    """,
}
