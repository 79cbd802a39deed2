"""Ways to damage the numbers of a good translation; `numbers.py` measures how many are found.

They know the words of thirteen languages for days, months, years and money, written down here
apart from those that the checks know.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

__all__ = ["NUMBER_DAMAGES", "NumberDamage", "damage_numbers"]

Make = Callable[[str, str, Random], Iterator[str]]


@dataclass(frozen=True, slots=True)
class NumberDamage:
    """A way to damage the numbers of a translation in the language of a tag."""

    what: str
    make: Make


EACH = 3
"""The most damaged translations that are made of one pair in one way."""

SPACE = "[ \u00a0\u202f]"
NUMBER = re.compile(rf"(?<![\w/+])\d+(?:[.,٫٬:]\d+|{SPACE}\d{{3}}(?!\d))*")
GROUPED = re.compile(r"(?<![\w/+.,])\d{1,3}(?:[.,٬ \u00a0\u202f]\d{3}(?!\d))+")
DECIMAL = re.compile(r"(?<![\d.,:])\d+([.,٫])\d{1,2}(?![\d.,:])")
YEAR = re.compile(r"(?<![\d/.-])(?:1[89]|20|[१][९]|[२][०]|[۱][۹]|[۲][۰])\d\d(?![\d/.,٬])")
PERCENT = re.compile(
    r"[ \u00a0]?(?:%|٪|percent|процент\w*|göterim\w*|пайыз\w*|foiz\w*|фоиз\w*|faiz\w*|درصد"
    r"|في المئة|في المائة|प्रतिशत|फ़ीसदी|pour cent|Prozent|por ciento)"
    r"|(?:yüzde |%)(?=\d)",
)
PERMILLE = "‰"

MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря|"
    "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    "tk": "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr|"
    "ýanwarynda fewralynda martynda aprelinde maýynda iýunynda iýulynda awgustynda sentýabrynda"
    " oktýabrynda noýabrynda dekabrynda",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "tg": "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр|"
    "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr|"
    "yanvarın fevralın martın aprelin mayın iyunun iyulun avqustun sentyabrın oktyabrın noyabrın"
    " dekabrın",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
}
"""The months of each language, in one form or several."""

UNITS = {
    "ru": "дней месяцев лет|суток месяцев лет|дня месяца года|часов дней месяцев|км кг т"
    "|метров километров тонн|кг км г",
    "tk": "gün aý ýyl|ýyl aý gün|aýyň ýylyň günüň|sagat gün aý|km kg m|metr kilometr tonna",
    "kk": "тәулік ай жыл|жылға айға күнге|айдың жылдың күннің|сағат күн ай|км кг м",
    "uz": "sutka oy yil|yilga oyga kunga|oy yil kun|soat kun oy|km kg m|metr kilometr tonna",
    "tg": "рӯз моҳ сол|сол моҳ рӯз|соат рӯз моҳ|моҳ сол рӯз|км кг м|метр километр тонна",
    "az": "gün ay il|il ay gün|ay il gün|saat gün ay|km kq m|ton litr kiloqram",
    "tr": "gün ay yıl|yıl ay gün|ay yıl gün|saat gün ay|km kg m|metre kilometre ton",
    "fa": "روز ماه سال|سال ماه روز|ساعت روز ماه|ماه سال روز|کیلومتر کیلوگرم تن|متر کیلومتر تن",
    "ar": "يوما شهرا عاما|سنوات أشهر أيام|ساعات أيام أشهر|شهرا عاما يوما|كيلومترا كيلوغراما طنا",
    "hi": "दिन महीने साल|साल महीने दिन|घंटे दिन महीने|महीनों सालों दिनों|किमी किलो टन",
    "fr": "jours mois ans|ans mois jours|heures jours mois|mois ans jours|km kg m"
    "|mètres litres kilos",
    "de": "Tage Monate Jahre|Jahren Monaten Tagen|Stunden Tage Monate|Monaten Jahren Tagen|km kg m"
    "|Meter Kilometer Tonnen",
    "es": "días meses años|años meses días|horas días meses|meses años días|km kg m"
    "|metros litros kilos",
}
"""Rows of units in the same form; the first of a row is exchanged for the others."""

MONEY = {
    "ru": "долларов евро рублей|евро долларов рублей|манатов долларов евро|фунтов долларов евро"
    "|рупий долларов евро",
    "tk": "dollar ýewro rubl|ýewro dollar manat|manat dollar ýewro|funta dollara manada"
    "|rupiýa dollar manat|dollarlyk ýewrolyk manatlyk",
    "kk": "доллар еуро теңге|еуро доллар теңге|манат доллар еуро|фунт доллар еуро",
    "uz": "dollarni yevroni soʻmni|yevro dollar soʻm|manat dollar yevro|funt dollar yevro"
    "|dollarlik yevrolik soʻmlik|rupiyaga dollarga yevroga",
    "tg": "долларро евроро сомониро|евро доллар сомонӣ|манат доллар евро|фунт доллар евро"
    "|доллар евро сомонӣ|рупия доллар евро",
    "az": "dollar avro manat|avro dollar rubl|manat dollar avro|funt dollar avro"
    "|dollarlıq avroluq manatlıq|rupiyə dollara avroya",
    "tr": "dolardı avroydu liraydı|avro dolar lira|manat dolar avro|sterlin dolar avro"
    "|dolarlık avroluk liralık|rupiye dolara avroya",
    "fa": "دلار یورو ریال|یورو دلار ریال|منات دلار یورو|پوند دلار یورو|دلاری یورویی ریالی"
    "|روپیه دلار یورو",
    "ar": "دولارا يورو ريالا|يورو دولار ريال|مانات دولار يورو|جنيهات دولارات ريالات"
    "|دولار يورو ريال|روبية دولار يورو",
    "hi": "डॉलर यूरो रुपये|यूरो डॉलर रुपये|मनात डॉलर यूरो|पाउंड डॉलर यूरो|रुपये डॉलर यूरो",
    "fr": "dollars euros francs|euros dollars roubles|manats dollars euros|livres dollars euros"
    "|roupies dollars euros",
    "de": "Dollar Euro Rubel|Euro Dollar Rubel|Manat Dollar Euro|Pfund Dollar Euro"
    "|Rupien Dollar Euro",
    "es": "dólares euros rublos|euros dólares rublos|manats dólares euros|libras dólares euros"
    "|rupias dólares euros",
}
"""Rows of currencies in the same form; the first of a row is exchanged for the others."""

THOUSANDS = {
    "ru": "тысяч тыс. миллион миллиона миллионов млн млрд",
    "tk": "müň million milliard mln mlrd müňe milliona",
    "kk": "мың миллион миллиард млн мыңға",
    "uz": "ming million milliard mln mingga",
    "tg": "ҳазор миллион миллиард млн",
    "az": "min milyon milyard",
    "tr": "bin milyon milyar",
    "fa": "هزار میلیون میلیارد",
    "ar": "آلاف ألف مليون ملايين مليارات مليار",
    "hi": "हज़ार लाख करोड़ अरब",
    "fr": "million millions milliard milliards",
    "de": "Tausend Million Millionen Milliarden Mio. Mrd.",
    "es": "mil millón millones",
}


def damage_numbers(damage: NumberDamage, text: str, tag: str, chance: Random) -> list[str]:
    """Return damaged translations, each once; of many, `chance` chooses `EACH`."""
    made = dict.fromkeys(damage.make(text, tag, chance))
    found = [one for one in made if one != text]
    return chance.sample(found, min(EACH, len(found)))


def _put(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def _like(digit: str, value: int) -> str:
    """Return a digit of the same script with another value."""
    return chr(ord(digit) - int(digit) + value)


def _digits(match: re.Match[str]) -> list[int]:
    return [at for at, sign in enumerate(match[0], match.start()) if sign.isdecimal()]


# --------------------------------------------------------------------------- digits


def _changed(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in NUMBER.finditer(text):
        at = chance.choice(_digits(match))
        value = chance.choice([value for value in range(1, 10) if value != int(text[at])])
        yield _put(text, (at, at + 1), _like(text[at], value))


def _lost(text: str, tag: str, chance: Random) -> Iterator[str]:
    """Leave out a digit, but not of a time, where 9:0 can be the same as 9:00."""
    for match in NUMBER.finditer(text):
        digits = _digits(match)
        if len(digits) > 1 and ":" not in match[0] and not match[0].startswith("0"):
            at = chance.choice(digits)
            yield _put(text, (at, at + 1), "")


def _added(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in NUMBER.finditer(text):
        at = chance.choice(_digits(match))
        yield _put(text, (at, at), _like(text[at], chance.randint(1, 9)))


def _dropped(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in NUMBER.finditer(text):
        yield _put(text, match.span(), "").replace("  ", " ").strip()


def _thousand_lost(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in GROUPED.finditer(text):
        yield _put(text, (match.end() - 4, match.end()), "")
    for word in THOUSANDS.get(tag, "").split():
        for match in re.finditer(rf"(?<=\d)[ \u00a0]{re.escape(word)}(?!\w)", text):
            yield _put(text, match.span(), "")


def _thousand_gained(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in NUMBER.finditer(text):
        if match[0].isdecimal() and len(match[0]) < 4:
            zero = _like(match[0][0], 0)
            yield _put(text, (match.end(), match.end()), f"\u00a0{zero * 3}")


def _decimal_moved(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in DECIMAL.finditer(text):
        at = match.start(1)
        yield _put(text, (at, at + 1), "")
        yield _put(text, (at, at + 2), text[at + 1] + text[at])[: len(text)]
        if at - match.start() > 1:
            yield _put(text, (at - 1, at + 1), text[at] + text[at - 1])


def _exchanged_places(text: str, tag: str, chance: Random) -> Iterator[str]:
    found = list(NUMBER.finditer(text))
    for one, two in itertools.pairwise(found):
        if one[0] != two[0]:
            later = _put(text, two.span(), one[0])
            yield _put(later, one.span(), two[0])


# --------------------------------------------------------------------------- beside digits


def _percent_lost(text: str, tag: str, chance: Random) -> Iterator[str]:
    """Leave out percent, but not the first of "from 12% to 9%", which is no mistake."""
    for match in PERCENT.finditer(text):
        if not re.match(r"\S*(?: [^\W\d]+)? \d+[.,٫]?\d*", text[match.end() :]):
            yield _put(text, match.span(), "")


def _percent_to_permille(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in PERCENT.finditer(text):
        yield _put(text, match.span(), PERMILLE)


def _rows(table: dict[str, str], text: str, tag: str) -> Iterator[str]:
    for row in table.get(tag, "").split("|"):
        first, *others = row.split()
        for match in re.finditer(rf"(?<=[\d%] |[\d%]\u00a0)(?:[\w.]+ )?({first})(?!\w)", text):
            for other in others:
                yield _put(text, match.span(1), other)


def _unit(text: str, tag: str, chance: Random) -> Iterator[str]:
    yield from _rows(UNITS, text, tag)


def _money(text: str, tag: str, chance: Random) -> Iterator[str]:
    yield from _rows(MONEY, text, tag)
    for match in re.finditer(r"[$€£]", text):
        yield _put(text, match.span(), {"$": "€", "€": "$", "£": "$"}[match[0]])


def _money_lost(text: str, tag: str, chance: Random) -> Iterator[str]:
    for row in MONEY.get(tag, "").split("|"):
        first = row.split()[0]
        for match in re.finditer(rf"(?<=\d)[ \u00a0](?:[\w.]+ )??({first})(?!\w)", text):
            yield _put(text, (match.start(1) - 1, match.end(1)), "")


def _month(text: str, tag: str, chance: Random) -> Iterator[str]:
    for row in MONTHS.get(tag, "").split("|"):
        months = row.split()
        for at, month in enumerate(months):
            for match in re.finditer(rf"(?<!\w){month}(?!\w)", text):
                yield _put(text, match.span(), months[(at + chance.randint(1, 11)) % 12])


def _year(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in YEAR.finditer(text):
        last = match.end() - 1
        value = (int(text[last]) + chance.randint(1, 9)) % 10
        yield _put(text, (last, last + 1), _like(text[last], value))


def _range_end(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in re.finditer(r"(?<=\d[-–])\d+(?!\d)", text):
        last = match.end() - 1
        value = (int(text[last]) + chance.randint(1, 9)) % 10
        yield _put(text, (last, last + 1), _like(text[last], value))


def _ordinal(text: str, tag: str, chance: Random) -> Iterator[str]:
    pattern = r"(?<![\d.,])\d{1,2}(?=-\w|\. [a-zа-яçşğü]|\.º|[eа-яё]r?e? |वें)"
    for match in re.finditer(pattern, text):
        last = match.end() - 1
        value = (int(text[last]) + chance.randint(1, 9)) % 10
        yield _put(text, (last, last + 1), _like(text[last], value))


def _day_month(text: str, tag: str, chance: Random) -> Iterator[str]:
    for match in re.finditer(r"(?<!\d)(\d\d?)([./])(\d\d?)([./])(\d{4})(?!\d)", text):
        day, mark, month, second, year = match.groups()
        if day != month:
            yield _put(text, match.span(), f"{month}{mark}{day}{second}{year}")


NUMBER_DAMAGES: tuple[NumberDamage, ...] = (
    NumberDamage("a digit changed", _changed),
    NumberDamage("a digit lost", _lost),
    NumberDamage("a digit added", _added),
    NumberDamage("a number dropped", _dropped),
    NumberDamage("a thousand lost", _thousand_lost),
    NumberDamage("a thousand gained", _thousand_gained),
    NumberDamage("a decimal sign moved", _decimal_moved),
    NumberDamage("two numbers exchanged", _exchanged_places),
    NumberDamage("percent lost", _percent_lost),
    NumberDamage("percent to permille", _percent_to_permille),
    NumberDamage("a currency exchanged", _money),
    NumberDamage("a currency lost", _money_lost),
    NumberDamage("a unit exchanged", _unit),
    NumberDamage("a month exchanged", _month),
    NumberDamage("a year changed", _year),
    NumberDamage("the end of a range changed", _range_end),
    NumberDamage("an ordinal changed", _ordinal),
    NumberDamage("day and month of a date exchanged", _day_month),
)
