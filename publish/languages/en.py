"""The rules of English: words for the sentence splitter, and typography."""

from __future__ import annotations

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
        Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Profs Hon Rev Fr Msgr Bp Abp Sen Sens Rep Reps
        Gov Govs Pres Sec Supt Amb Atty Insp Asst Assoc Gen Lt Col Maj Capt Cpt Sgt Cpl Pvt Cmdr
        Cdr Adm Brig Ens Det Mt Ft v vs viz cf e.g eg i.e a.k.a f.k.a d.b.a approx incl excl esp
        resp orig trans transl P.S P.P.S
        """
    ),
    seldom=split_words(
        """
        Inc Corp Co Cos Cie Ltd Bros PLC Plc Pty LLP GmbH Jr Sr Esq St Ave Blvd Rd Hwy Pkwy Sq Ln
        Ct Bldg Apt Ste Dept Div Univ Inst Intl Natl Govt Admin Assn Soc Acad Ph.D Ph.Ds M.Sc B.Sc
        M.Phil D.Phil Ed.D LL.B LL.M LL.D al et.al cit loc.cit Ala Ariz Ark Calif Colo Conn Fla Ga
        Ill Kan Ky La Mass Md Mich Minn Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo
        Ont Que Eng ed eds rev illus prep min max avg temp est misc ca Mon Tue Tues Wed Thu Thur
        Thurs Fri Ret
        """
    ),
    numbered=split_words(
        """
        No Nos no nos Art Arts art arts Secs secs sec Sect sect Para Paras para paras Ch Chs ch chs
        Chap chap Vol Vols vol vols p pp pg pgs Fig Figs fig figs Tab tab tbl Ex ex App app Append
        Pt Pts pt pts Bk bk cols col ll fn nn Ref Refs ref refs Reg Regs reg regs Res res Doc Docs
        doc docs Ser ser Ver ver Cl cl subpara subsec subs Op op Rm rm Tel tel Ext ext Jan Feb Mar
        Apr Jun Jul Aug Sep Sept Oct Nov Dec ft lb lbs oz Ps Matt Cor Rom Isa
        """
    ),
    closing=split_words("etc km cm mm kg mg ml kb mph hr hrs yr yrs sq wk PhD"),
    starters=split_words(
        """
        The This These Those That A An It Its He She They We You I His Her Their Our My Your In On
        At By For From With Without Within As If When While Although Though Whereas However But
        And Or So Yet Because Since After Before During Despite According There Here Then Thus
        Therefore Moreover Furthermore Meanwhile Nevertheless Nonetheless Instead Otherwise
        Additionally Consequently Finally Similarly Likewise Hence What Who Whose Why How Where
        Which Whether Some Many Most Such Both Each Every Several Another Few Much No Not Nobody
        Nothing Neither Nor None Even Only Also To Of Once Until Unless Through Throughout Upon
        Everyone Someone Anyone Everything Something Did Does Do Is Are Was Were Has Have Had Can
        Could Would Should Today Yesterday Tomorrow Later Now Soon Perhaps Maybe Please See Among
        Amid Between Over About Around Given Following Let Yes Still Just
        """
    ),
    labels=split_words(
        """
        article section chapter part figure table annex appendix rule step note book volume clause
        paragraph recommendation principle schedule example exhibit item question act scene
        """
    ),
    speech=split_words(
        """
        said says asked asks cried cries shouted shouts replied replies answered answers whispered
        exclaimed yelled screamed added adds wondered wrote demanded muttered called murmured
        inquired snapped laughed sighed continued explained begged joked
        """
    ),
)

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\."
)
UNITS = (
    "percent|per cent|hundred|thousand|million|billion|trillion|"
    r"kg|g|km|m|cm|mm|ha|years?|[ap]\.?m\b"
)
BEFORE_NUMBER = (
    "Articles?|Sections?|Chapters?|Paragraphs?|Parts?|Tables?|Figures?|Tier|Page|Appendix|Annex|"
    r"Nos?\.|Arts?\.|Sec\.|Ch\.|para\.|Fig\.|pp?\.|vol\."
)

SPACE_RULES = (
    *COMMON_SPACES,
    *make_space_rules(
        rf"\d~(?=(?:{UNITS})(?!\w))",
        rf"\d(?<!\d\d)\d?~(?=(?:{MONTHS})(?!\w))",
        begin_word(MONTHS, r"\w") + r"~(?=\d{1,2}(?!\d))",
        begin_word(BEFORE_NUMBER, r"\w") + r"~(?=[\dIVX])",
        begin_word("Mr|Mrs|Ms|Dr|St|Prof|Sen|Rep|Gen", r"\w") + r"\.~(?=[A-Z])",
        r"[A-Z](?<![\w.].)\.~(?=[A-Z])",  # J. Smith, never U.S. Department
    ),
)

TOKEN_RULES = (
    *COMMON_TOKENS,
    # T-visa, e-mail.
    *make_token_rules(rf"(?<![\w-])[A-Za-z]{HYPHEN}[a-z]{{2,10}}(?!\w)", signs=HYPHEN_SIGNS),
)


def typeset(text: str) -> str:
    """Return the text with no-break spaces where a line must not end."""
    return tie(text, SPACE_RULES)


def no_break(text: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of tokens that must stay whole: `T-visa`, `2019–2024`, `UNICEF`."""
    return find_ranges(text, TOKEN_RULES)


LANGUAGE = Language(
    tag="en",
    folder="en",
    locale="en",
    plural_forms="nplurals=2; plural=(n != 1);",
    sentences=SENTENCES,
    typeset=typeset,
    no_break=no_break,
    hyphenation="en_US",
)
