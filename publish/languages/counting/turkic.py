"""The words that count in Turkmen, Turkish, Azerbaijani, Uzbek and Kazakh, by their beginnings."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES = {
    "tk": """
    signs: , space
    nth: nji= njy=
    link: we= bilen= ýa-da= den= dan=
    none: metro üçin üçür birleş birlik birek birent günäk günäs günbat günort ondan onuň onda onsuz oňa altyn gündog birn aýra aýry aýd aýt aýl aýn aýal ýarym_ýol yzyn pudag
    0: nol
    1: birinji ilkinji bir= birnji ýeke bire= biri= birini= biriniň= birinde=
    2: iki birki jübüt goşa
    3: üç üçü
    4: dört dörd çärýek
    5: bäş
    6: alty= altynjy altysy altyla altyda altyny
    7: ýedi
    8: sekiz
    9: dokuz
    10: on= onunjy onlarça onlap ony= ondan= onda= ona= onluk
    20: ýigrimi
    24: gije-gündiz gün=
    30: otuz
    40: kyrk
    50: elli ýarym ýarysy
    60: altmyş
    70: ýetmiş
    80: segsen
    90: togsan
    100: ýüz= ýüzden= ýüze= ýüzünji ýüzlerçe asyr
    1000: müň
    1000000: million mln=
    1000000000: milliard mlrd=
    1000000000000: trillion trln=
    half: ýarym ýarysy
    always: gije-gündiz gije-gündizläp hemişe yzygiderli dyngysyz
    percent: göterim prosent prosend
    permille: promille
    year: ýyl ýaş= ýaşly= ýaşynda ýaşyna ýaşda ýaşdan ýaşar ýaşyn ýaşlyk
    month: aý= aýlyk aýyň= aýdan= aýda= aýy= aýyny= aýa= aýlap=
    week: hepde
    day: gün= günlük günüň= günden= günde= güni= güne= günüň günläp günleri gije-gündiz
    hour: sagat sagad sag=
    minute: minut minud min=
    second: sekunt sekund
    decade: onýyllyk
    century: asyr
    km: kilometr km=
    m: metr m=
    cm: santimetr sm=
    mm: millimetr mm=
    mile: mil= miliň= millik= milden= mile= mili=
    foot: fut= futluk= futdan= futa=
    inch: dýuým
    yard: ýard
    kg: kilogram kg= kilo=
    g: gram= gramdan= gramlyk= g=
    tonne: tonna
    litre: litr
    hectare: gektar ga=
    acre: akr
    degree: gradus
    dollar: dollar usd=
    euro: ýewro eur=
    pound: funt fund
    rouble: rubl
    manat: manat manad tmt=
    tenge: teňňe tenge
    som: sum= som= sumluk= somluk=
    somoni: somoni
    lira: lira
    rial: rial
    toman: tümen=  toman
    rupee: rupiý
    yuan: ýuan
    yen: iýena iena ýena
    franc: frank= franky=
    dinar: dinar
    dirham: dirham
    riyal: riýal
    article: madda
    chapter: bap= baby= babyň= babynda= bapda= babyna=
    paragraph: bent= bendi bende= bendiň= abzas punkt
    page: sahypa
    m1: ýanwar
    m2: fewral
    m3: mart= martda= martdan= martyň= marty= martynda= martyna= marta= martyndan= martynyň=
    m4: aprel
    m5: maý= maýda= maýdan= maýyň= maýy= maýynda= maýyna= maýyndan= maýynyň=
    m6: iýun
    m7: iýul
    m8: awgust
    m9: sentýabr
    m10: oktýabr
    m11: noýabr
    m12: dekabr
    person: adam
    woman: aýal
    man: erkek
    child: çaga
    worker: işçi
    case: waka
    country: ýurt ýurd
    region: welaýat etrap etrab sebit
    city: şäher
    school: mekdep mekdeb
    refugee: bosgun
    girl: gyz=
    boy: oglan
    """,
    "tr": """
    signs: , .
    nth: inci= ıncı= uncu= üncü= nci= ncı=
    link: ile= ve= veya= ila= ilâ=
    none: metro biri birkaç birlik birleş birçok birey biraz birlikt günde güney güneş günlük aydın aylık ayrı yanı üçün ondan onun ona= onda= altın altında altı
    0: sıfır
    1: bir= birinci ilk= birer= tek= birini=
    2: iki ikinci çift
    3: üç üçer üçü
    4: dört dörd çeyrek
    5: beş
    6: altı= altıncı altısı altışar altıya
    7: yedi
    8: sekiz
    9: dokuz
    10: on= onuncu onlarca onar
    12: düzine
    20: yirmi
    24: gün=
    30: otuz buçuk
    40: kırk
    50: elli yarı yarım
    60: altmış
    70: yetmiş
    80: seksen
    90: doksan
    100: yüz= yüzüncü yüzlerce yüzyıl yüzü
    1000: bin= binlerce bini= binin= binden= binde= bininci bine=
    1000000: milyon mn=
    1000000000: milyar mr=
    1000000000000: trilyon
    half: buçuk yarım yarı= yarısı
    always: yirmi_dört kesintisiz gece_gündüz sürekli
    percent: yüzde= yüzdelik yüzdesi
    permille: binde= promil
    year: yıl yaş= yaşında yaşına yaşındaki yaşlı yaşını yaşları sene
    month: ay= aylık= aylığına= ayın= ayı= ayda= aydan= aya= ayı
    week: hafta
    day: gün= günlük= günün= günü= günde= günden= güne= günlüğüne= günleri günlüğü
    hour: saat
    minute: dakika dk=
    second: saniye sn=
    decade: onyıl on_yıl
    century: yüzyıl asır
    km: kilometre km=
    m: metre m=
    cm: santimetre santim= cm=
    mm: milimetre mm=
    mile: mil= millik= milin= mile=
    foot: fit= ayak= feet=
    inch: inç
    yard: yard= yarda
    kg: kilogram kilo= kg= kiloluk=
    g: gram= gramlık= gr= g=
    tonne: ton= tonluk= tonun= tona= tondan=
    litre: litre lt=
    hectare: hektar ha=
    acre: akre dönüm
    degree: derece
    dollar: dolar usd=
    euro: euro avro
    pound: sterlin pound libre
    rouble: ruble
    manat: manat
    tenge: tenge
    som: sum= som= sumluk=
    somoni: somoni
    lira: lira tl=
    rial: riyal
    toman: tümen toman
    rupee: rupi
    yuan: yuan
    yen: yen=
    franc: frank=
    dinar: dinar
    dirham: dirhem
    riyal: riyal
    article: madde maddesi
    chapter: bölüm fasıl
    paragraph: paragraf fıkra bent=
    page: sayfa s=
    m1: ocak
    m2: şubat
    m3: mart= martta= marttan= martın= martı=  martın mart’
    m4: nisan
    m5: mayıs
    m6: haziran
    m7: temmuz
    m8: ağustos
    m9: eylül
    m10: ekim= ekimde= ekimden= ekimi= ekime= ekimin=
    m11: kasım= kasımda= kasımdan= kasımı= kasıma= kasımın=
    m12: aralık= aralıkta= aralıktan= aralığın= aralığı= aralığa=
    person: kişi insan
    woman: kadın
    man: erkek
    child: çocuk çocuğ
    worker: işçi
    case: vaka
    country: ülke
    region: bölge il= ilde= ilçe
    city: kent şehir şehr
    school: okul
    refugee: mülteci
    girl: kız= kızı=
    boy: oğlan
    """,
    "az": """
    signs: , .
    nth: ci= cı= cu= cü=
    link: və= ilə= dan= dən=
    none: metro biri birlik birləş birgə birlikdə gündəm günəş aydın aylıq ayrı üçün ondan onun ona= onda= altın altında altı mini minim minist
    0: sıfır
    1: bir= birinci ilk= tək= birini=
    2: iki ikinci cüt
    3: üç üçü
    4: dörd
    5: beş
    6: altı= altıncı altısı
    7: yeddi
    8: səkkiz
    9: doqquz
    10: on= onuncu onlarla onluq
    20: iyirmi
    24: sutka gün= gecə-gündüz
    30: otuz yarım
    40: qırx
    50: əlli yarı yarım
    60: altmış
    70: yetmiş
    80: səksən
    90: doxsan
    100: yüz= yüzüncü yüzlərlə əsr yüzə=
    1000: min= minlərlə mindən= minə= mini= minin= minlik= mininci
    1000000: milyon mln=
    1000000000: milyard mlrd=
    1000000000000: trilyon trln=
    half: yarım yarı yarısı
    always: gecə-gündüz sutka fasiləsiz iyirmi_dörd gecə_gündüz
    percent: faiz
    permille: promil
    year: il= ilin= ili= ildə= ildən= ilə= illik= illər ilki= ilədək= ildir= ilinci yaş= yaşlı yaşında yaşına yaşınd
    month: ay= ayın= ayı= ayda= aydan= aya= aylıq= aylığ ayadək=
    week: həftə
    day: gün= günün= günü= gündə= gündən= günə= günlük= günlüy sutka günləri
    hour: saat
    minute: dəqiqə dəq=
    second: saniyə san=
    decade: onillik
    century: əsr
    km: kilometr km=
    m: metr m=
    cm: santimetr sm=
    mm: millimetr mm=
    mile: mil= mili= millik=
    foot: fut= futluq=
    inch: düym
    yard: yard
    kg: kiloqram kq= kilo=
    g: qram= qramlıq= q= qramdan=
    tonne: ton= tondan= tonluq= tona=
    litre: litr
    hectare: hektar ha=
    acre: akr
    degree: dərəcə
    dollar: dollar
    euro: avro
    pound: funt
    rouble: rubl
    manat: manat azn=
    tenge: tenge
    som: sum= som=
    somoni: somoni
    lira: lirə lira
    rial: rial
    toman: tümən
    rupee: rupi
    yuan: yuan
    yen: iyen yen=
    franc: frank=
    dinar: dinar
    dirham: dirhəm
    riyal: riyal rial
    article: maddə
    chapter: fəsil fəsl
    paragraph: bənd paraqraf
    page: səhifə səh=
    ahead: yanvarın= fevralın= martın= aprelin= mayın= iyunun= iyulun= avqustun= sentyabrın= oktyabrın= noyabrın= dekabrın=
    m1: yanvar
    m2: fevral
    m3: mart= martda= martdan= martın= martı= marta= martına= martında=
    m4: aprel
    m5: may= mayda= maydan= mayın= mayı= maya= mayına= mayında=
    m6: iyun
    m7: iyul
    m8: avqust
    m9: sentyabr
    m10: oktyabr
    m11: noyabr
    m12: dekabr
    person: nəfər insan
    woman: qadın
    man: kişi
    child: uşaq uşağ
    worker: işçi
    case: hal= halı=
    country: ölkə
    region: bölgə rayon region
    city: şəhər
    school: məktəb
    refugee: qaçqın
    girl: qız=
    boy: oğlan
    """,
    "uz": """
    signs: , space
    nth: inchi= nchi=
    link: va= bilan= yoki= dan=
    none: metro birlash birga birlik birikma kunduz kundalik oyna oyoq oylik onda= undan oltin bosh
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
    year: yil yosh
    month: oy= oylik= oyda= oydan= oyga= oyi= oyining= oyida= oyidan= oyini= oyning= oyiga=
    week: hafta
    day: kun= kunlik= kunda= kundan= kunga= kuni= kunida= kunining= kunning= sutka kunlari kundan
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
    foot: fut= futdan= futlik=
    inch: dyuym
    yard: yard
    kg: kilogramm kg= kilo=
    g: gramm= grammlik= grammdan= g= gr=
    tonne: tonna
    litre: litr
    hectare: gektar ga=
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
    """,
    "kk": """
    signs: , space
    nth: ші= шы= інші= ыншы=
    link: мен= және= пен= бен= дан= ден= тан= тен= немесе=
    none: метро бірге бірлік бірлес бірақ біріккен бірқ күнделік айна айт айы аймақ айту айыр айнал алтын алтай үшін онда одан оның мыңжыл
    0: нөл
    1: бір= бірінші алғашқы біреу жалғыз
    2: екі екінші қос= қосар жұп
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
    month: ай= айлық= айда= айдан= айға= айы= айының= айында= айынан= айына= айын= айдың= айдан айдағы айлығ
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
    m10: қазан= қазанда= қазаннан= қазанға= қазандағы= қазаны= қазанның= қазанына=
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
    """,
}
