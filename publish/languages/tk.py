"""The rules of Turkmen in Latin script: sentence splitter, typography, ordinals and dates."""

from __future__ import annotations

from datetime import date
from typing import Literal

from publish.languages.language import Language, SentenceRules, split_words
from publish.languages.spacing import (
    COMMON_SPACES,
    COMMON_TOKENS,
    HYPHEN,
    HYPHEN_SIGNS,
    begin_word,
    find_ranges,
    make_space_rules,
    make_token_rules,
    tie,
)

SENTENCES = SentenceRules(
    never=split_words(
        """
        akad prof dos dr dok kand inž gen polk podpolk kpt leýt serž marş adm ýold jen jn hj mol
        müd b.e m.ü mys ser serh iňl fr lat özb türkm red terj neş tel filos filol ylym ylm ykd huk
        ped tehn fiz biol geogr ýag ý.-da Mr Mrs Ýu P.S P.P.S
        """
    ),
    seldom=split_words(
        """
        ş şäh köç şaý ob etr wel raý kw korp uniw inst döw resp doll rus nem tar mat him St Inc Ltd
        Corp Co GmbH Jr Sr
        """
    ),
    numbered=split_words(
        """
        No mad sah s böl bap bent jilt tabl sur çyzg diagr goş jaý öý kit ç t ýanw few fewr mar apr
        awg sent okt noý dek sag Jan Feb Aug Sept Oct Nov Dec Art p pp
        """
    ),
    units=split_words(
        "ý ýý y yy as müň mln mlrd trln man teň m sm g mg l ml ga gek min sek nus dol"
    ),
    closing=split_words("ş.m we.ş.m b h.m ş.b başg beýl km kg mm km/sag"),
    starters=split_words(
        """
        Bu Bular Bularyň Ol Olar Onuň Olaryň Oňa Olara Ony Olary Şol Şu Şolar Şonuň Şonda Şondan
        Şoňa Şeýle Şeýle-de Şeýlelikde Şeýdip Şunuň Şunda Muňa Munuň Munda Mundan Muny Biz Siz Men
        Sen Biziň Siziň Meniň Emma Ýöne Ýogsam Hem Eger Haçan Haçanda Sebäbi Netijede Netijesinde
        Soň Soňra Soňky Häzir Häzirki Ýene Diňe Elbetde Ähli Hiç Näme Nähili Kim Nirede Nireden
        Haýsy Her Köp Köpler Käbir Käbirleri Bir Birnäçe Başga Beýleki Hatda Umuman Mysal Meselem
        Diýmek Öňden Ozal Öň Ilki Hawa Ýok Belki We Ýa-da Ýa Çünki Üstesine Galyberse Onda Ondan
        Olardan Şolaryň Barybir Düýn Ertir Şuňa
        """
    ),
    labels=split_words(
        """
        madda maddasy bap bapy bölüm bölümi tablisa surat goşundy düzgün bent bendi mad bellik jilt
        sorag mysal
        """
    ),
    time_words=split_words(
        """
        ý ýý y ýyl ýyla ýylyň ýylda ýyldan ýylynda ýylyndan çenli bäri soň öň we hem ýa nji njy
        asyr asyryň asyrda başy başynda başyndan ahyry ahyrynda ahyryna ortasynda aý aýda aýynda
        aýynyň ýanwar ýanwary ýanwaryň ýanwarda ýanwarynda fewral fewraly fewralyň fewralda
        fewralynda mart marty martyň martda martynda aprel apreli apreliň aprelde aprelinde maý
        maýy maýyň maýda maýynda iýun iýuny iýunyň iýunda iýunynda iýul iýuly iýulyň iýulda
        iýulynda awgust awgusty awgustyň awgustda awgustynda sentýabr sentýabry sentýabryň
        sentýabrda sentýabrynda oktýabr oktýabry oktýabryň oktýabrda oktýabrynda noýabr noýabry
        noýabryň noýabrda noýabrynda dekabr dekabry dekabryň dekabrda dekabrynda tomsunda gyşynda
        ýazynda güýzünde birinji ikinji üçünji ýarymynda çärýeginde diňe emma ýöne takmynan
        """
    ),
    speech=split_words("diýdi diýip diýýär diýen sorady soraýar gygyrdy belledi aýtdy"),
)

Harmony = Literal["back", "front"]

BACK_UNITS = frozenset({6, 9})
BACK_TENS = frozenset({10, 30, 40, 60, 90})

POSSESSIVE_MONTHS = (
    *("ýanwary", "fewraly", "marty", "apreli", "maýy", "iýuny"),
    *("iýuly", "awgusty", "sentýabry", "oktýabry", "noýabry", "dekabry"),
)


def find_harmony(n: int) -> Harmony:
    """Return which vowels a suffix has after a number; the last word of the number decides.

    Back are 6 and 9 (alty, dokuz), 10, 30, 40, 60 and 90 (on, otuz, kyrk, altmyş, togsan), zero,
    million and larger words; the other units and tens, hundred and thousand (ýüz, müň) are front.
    CLDR's rule for ordinals uses the last digit and is wrong for round numbers.
    """
    n = abs(n)
    if n % 10:
        return "back" if n % 10 in BACK_UNITS else "front"
    if n % 100:
        return "back" if n % 100 in BACK_TENS else "front"
    return "back" if n % 1_000_000 == 0 else "front"


def find_ordinal_suffix(n: int) -> str:
    """Return the ending of an ordinal written in digits: `njy` or `nji`."""
    return "njy" if find_harmony(n) == "back" else "nji"


def format_ordinal(n: int) -> str:
    """Return a number as an ordinal in digits: `128-nji`, `2010-njy`."""
    return f"{n}-{find_ordinal_suffix(n)}"


def format_turkmen_date(day: date) -> str:
    """Return a date as in laws and formal documents: `2024-nji ýylyň 24-nji iýuny`."""
    month = POSSESSIVE_MONTHS[day.month - 1]
    return f"{format_ordinal(day.year)} ýylyň {format_ordinal(day.day)} {month}"


CAPITALS = "A-ZÇÄŇÖŞÜÝŽ"
SMALL = "a-zçäňöşüýž"

MONTHS = "ýanwar|fewral|mart|aprel|maý|iýun|iýul|awgust|sentýabr|oktýabr|noýabr|dekabr"
UNITS = (
    "göterim|prosent|müň|million|milliard|trillion|manat|dollar|ýewro|rubl|adam|ýaş|ýyl|"
    "km|kg|ga|sm|sany|sah"
)

SPACE_RULES = (
    *COMMON_SPACES,
    *make_space_rules(
        rf"\d~(?=(?:{UNITS})[{SMALL}]{{0,12}}(?!\w))",
        rf"\d~(?=(?:{MONTHS})[{SMALL}]{{0,8}}(?!\w))",
        r"[wş](?<!\w.)(?:(?<=w)e~(?=ş\.|başg\.)|(?<=ş)\.~(?=m\.))",
        begin_word("sah|st|bent|tom", r"\w", fold=True) + r"\.~(?=\d)",
        rf"[{CAPITALS}](?<![\w.].)\.~(?=[{CAPITALS}])",
    ),
    # An ordinal and its noun: 128-nji madda.
    *make_space_rules(rf"\d{HYPHEN}n?j[iy]~(?=\w)", signs=HYPHEN_SIGNS),
)

HEAD = rf"[{CAPITALS}\d](?<!\w.)[{CAPITALS}\d.,/]{{0,15}}(?:{HYPHEN}\d{{1,4}})?[%°]?"

TOKEN_RULES = (
    *COMMON_TOKENS,
    *make_token_rules(
        rf"{HEAD}{HYPHEN}[{SMALL}]{{1,12}}(?!\w)",  # ABŞ-nyň, 128-nji, COVID-19-dan
        rf"[»”\"’)]{HYPHEN}[{SMALL}]{{1,12}}(?!\w)",  # «Bilim»-iň
        signs=HYPHEN_SIGNS,
    ),
)


def typeset(text: str) -> str:
    """Return the text with no-break spaces where a line must not end."""
    return tie(text, SPACE_RULES)


def no_break(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of tokens that must stay whole: `ABŞ-nyň`, `128-nji`, `2019–2024`."""
    return find_ranges(text, TOKEN_RULES)


LANGUAGE = Language(
    tag="tk",
    folder="tk",
    locale="tk",
    plural_forms="nplurals=2; plural=(n != 1);",
    sentences=SENTENCES,
    typeset=typeset,
    no_break=no_break,
    hyphenation="tk",
    long_date=format_turkmen_date,
)
