"""The words that count in Turkmen, Turkish and Azerbaijani, by their beginnings."""

from __future__ import annotations

__all__ = ["TABLES"]

TABLES = {
    "tk": """
    signs: , space
    nth: nji= njy=
    whole-first: (whole-first)=
    link: we= bilen= ýa-da= den= dan=
    none: metro üçin üçür birleş birlik birek birent günäk günäs günbat günort ondan onuň onda
    none: onsuz oňa altyn gündog birn aýra aýry aýd aýt aýl aýn ýarym_ýol yzyn pudag
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
    toman: tümen= toman
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
    figure: surat
    table: tablisa jedwel
    """,
    "tr": """
    signs: , .
    nth: inci= ıncı= uncu= üncü= nci= ncı=
    whole-first: (whole-first)=
    link: ile= ve= veya= ila= ilâ=
    none: metro biri birkaç birlik birleş birçok birey biraz birlikt günde güney güneş günlük
    none: aydın aylık ayrı yanı üçün ondan onun ona= onda= altın altında altı
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
    m3: mart= martta= marttan= martın= martı= martın mart’
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
    figure: şekil şekl
    table: tablo çizelge
    """,
    "az": """
    signs: , .
    nth: ci= cı= cu= cü=
    whole-first: (whole-first)=
    link: və= ilə= dan= dən=
    none: metro biri birlik birləş birgə birlikdə gündəm günəş aydın aylıq ayrı üçün ondan onun
    none: ona= onda= altın altında altı mini minim minist
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
    year: il= ilin= ili= ildə= ildən= ilə= illik= illər ilki= ilədək= ildir= ilinci yaş= yaşlı
    year: yaşında yaşına yaşınd yaşı= yaşdan= yaşda= yaşa= yaşadək=
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
    foot: fut= futluq= futdan= futa= futu= futlu=
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
    ahead: yanvarın= fevralın= martın= aprelin= mayın= iyunun= iyulun= avqustun= sentyabrın=
    ahead: oktyabrın= noyabrın= dekabrın=
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
    figure: şəkil şəkl
    table: cədvəl
    """,
}
