"""The words of Dutch for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        dhr hr mevr mw mej mr mrs dr drs ir ing prof ds pr kard mgr lic bacc ba St Sint H gen kol
        maj kapt lt luit sgt adm cdt staatssecr burg weth vz voorz secr penn dir bijv b.v d.w.z dwz
        o.a o.m m.a.w m.b.t m.n m.i m.u.v m.i.v i.p.v i.v.m i.s.m i.h.b i.t.t i.g.v i.o t.a.v t.b.v
        t.g.v t.o.v t.w.v t.n.v t.z.t t.l.v t.h.v t.w a.d.h.v n.a.v o.b.v o.l.v o.g.v v.w.b z.g zgn
        z.s.m ca plm ong ongev incl excl resp evt event vgl cf bl blz hfst hst art artt sub aanh dl
        dln uitg uitgev vert vertal herz opl nr nrs no postb afz geadr w.g wnd plv P.S N.B p.o p/a
        oorspr gem fr dts gr o.t.t dd d.d jl kand afd Past Min b.d Fa fa fam Fam insp Insp
        hoofdinsp comm Comm brig Brig wachtm Wachtm bgm pres Pres min.-pres staatsr rechtb zr Zr br
        Br z.em z.exc Z.Exc Z.Em aalm Off OvJ mr.dr bibl app bibliogr biogr etym jur econ sociol
        psych filos milit polit relig techn wetensch Joh Corn Wm Jac Alb Ant secret Secret comm.gen
        adj Adj gouv Gouv griff Griff hoogl Hoogl lect Doc emer uitsl geref herv kath ev luth r.k
        mil soc gemidd wekel maandel jaarl Kap Bibl Arch Encycl Inst Nat Prov Gem Univ Kon Ned Vl
        Bisd hoofdred Hoofdred Red adjt onderdir Ondervz voorm voorh oud-min burggr jhr jkvr Jhr
        Jkvr prot rk O.L.V Uitg
        """
    ),
    seldom=split_words(
        """
        B.V N.V V.O.F C.V e.a e.v e.d c.s sr Co Inc Ltd Corp Cie Gebr Mij univ inst fac mln mld st
        sch a.w t.a.p ibid id l.c o.c m.m q.q a.i e.o str-nr V.S Z.K.H H.K.H w.o u st.nr bnw znw ww
        str ned prov lat al bv verd Bros jr
        """
    ),
    numbered=split_words(
        """
        p pp jan febr feb mrt apr mei jun jul aug sept sep okt nov dec ma di wo do vr za zo tel vol
        bijl afb tab fig par kwart sem trim ed lib tit cat ps rek zaak akte versie dgn dg mnd wk
        wkn uu verdr Verdr
        """
    ),
    closing=split_words(
        """
        enz etc enzovoort v.Chr n.Chr km kg cm mm ml min inw bbp btw zzp tv cv pc cd dvd wc vwo hbs
        mkb sec
        """
    ),
    suffixes=("str", "nr", "ln"),
    units=split_words("u s m l g t ha min sec"),
    starters=split_words(
        """
        De Het Een Der Den Des Deze Dit Die Dat Zo'n Zulke Zulk Geen Hij Zij Ze Wij We Ik Jij Je
        Jullie U Men Hem Haar Hen Hun Mij Mijn Jouw Uw Zijn Ons Onze Wie Wat Waar Wanneer Waarom
        Hoe Hoeveel Welke Welk Waarmee Waardoor Waarop Waarin Of Op In Aan Bij Door Voor Na Met Van
        Uit Over Om Onder Boven Tegen Tegenover Tot Tussen Zonder Sinds Sedert Tijdens Volgens
        Wegens Gedurende Ondanks Binnen Buiten Behalve Langs Naast Naar Vanaf Vanuit Vanwege Via Te
        Ter Ten En Maar Want Dus Doch Noch Als Toen Terwijl Omdat Doordat Zodat Hoewel Ofschoon
        Indien Mits Tenzij Nadat Voordat Zodra Zolang Alle Allen Alles Al Ieder Iedere Iedereen Elk
        Elke Iemand Niemand Iets Niets Sommige Sommigen Enkele Enige Veel Vele Velen Weinig Meer
        Meeste Beide Beiden Andere Anderen Anders Er Hier Daar Daarna Daarom Daardoor Daarbij
        Daarmee Daarop Daarvoor Daarvan Daarin Daarnaast Daartegen Daarentegen Daartoe Hiervoor
        Hierbij Hierdoor Hierna Hiermee Toch Nu Nog Ook Nooit Altijd Soms Vaak Dikwijls Vandaag
        Gisteren Morgen Later Eerst Eerder Vroeger Vervolgens Uiteindelijk Eindelijk Bovendien
        Echter Immers Evenwel Niettemin Desondanks Overigens Trouwens Misschien Wellicht
        Waarschijnlijk Inderdaad Natuurlijk Helaas Ja Nee Neen Niet Alleen Slechts Bijna Net Pas Zo
        Zoals Zowel Zelfs Zelf Straks Dan Dankzij Naarmate Evenals Evenmin Is Was Waren Werd Werden
        Wordt Worden Heeft Hebben Had Hadden Kan Kunnen Moet Moeten Mag Zal Zou Zie Bel Let Twee
        Drie Vier Vijf Inmiddels Intussen Opnieuw Samen Sindsdien Steeds Tegelijk Tegenwoordig
        Verder Vooral Voorts Weer Zeker Gelukkig Kennelijk Aldus Allereerst Aanvankelijk Volgende
        Vgl. Cf.
        """
    ),
    labels=split_words(
        """
        artikel art hoofdstuk deel afdeling paragraaf figuur tabel bijlage regel stap opmerking
        boek band lid aanbeveling beginsel voorbeeld vraag antwoord akte scène punt titel
        """
    ),
    time_words=split_words(
        "in het jaar jaren omstreeks rond ca van tot en of sinds v n chr voor na"
    ),
    particles=split_words("De Den Der Het Ten Ter Te Van In"),
    clitics=frozenset({"'s", "'t", "'k", "'n", "'m", "'r"}),
)
