"""The words of Italian for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        Sig Sigg Sigra Signa Dott Dr Dottt Prof Proff Avv Avvti Ing Arch Geom Rag Cav Comm Uff
        Gr.Uff On Onn Sen Min Pres Dir Egr Gent Gentm Gentil Spett Preg Chiar Ill Illmo Rev Mons
        Card Fra Don P.Giov Gen Col Magg Cap Capt Ten Sgt Mar.llo Amm Ammir Brig Cons Dep Ass SS
        Sta Ss art artt co cpv cap capp pag pagg num nn lett vol voll fig figg tab tabb tav tavv
        rif prot sez sent disp fasc edd trad cit cur rist rev cfr cf vd v.di ved es p.es ad.es ca
        tel telef op loc ingl fr ted sp gr franc ital cell soc coop dip dipl ist uff fatt d.lgs
        D.Lgs D.lgs d.l L.R d.P.R D.P.C.M N.B P.S N.d.R N.d.T S.E S.S S.M S.A.R S.V R.D c.a ecc.mo
        Dip Ist Fatt pres ragg sig sigg sigra dott dr prof proff avv ing arch geom rag cav comm onn
        sen egr spett preg mons gen col magg ten sgt amm ammir brig isp Isp imp Imp vesc arciv ass
        Assess assess cons sottosegr Sottosegr segr Segr proc Proc vicebrig serg Serg app App lgt
        Ecc Rev.mo Ill.mo Chiar.mo ss.mo v.le p.za l.go c.so b.go Loc fraz Fraz Prov Reg art.lo
        bibl stor geogr ass.ne Ass.ne Coll Fond on min fed naz reg.le segret bibliogr biogr etim
        giur econ sociol psicol filos filol milit polit relig scient Ant Gius Franc Giov Batt Gaet
        ispett vicequest mar.llo sost Sost Proc.gen dep ministr Ministr sind Sind pref Pref comand
        Comand amministr comm.te ass.re vicepres Vicepres direz Direz edif Pal Cond Bibl Diz Enc
        Conf Naz Trib Gab Acc Osp Pol Ed Trad Cod Sac sac Diac Vesc Parr Ch.mo Mo M.o Mc Mlle Mme
        Mr Mrs cl redaz Redaz capored giorn amer russ port ebr eur mod fior venez nap sicil sard
        piem lomb tosc umbr
        """
    ),
    seldom=split_words(
        """
        S.p.A S.r.l S.n.c S.a.s Inc Ltd Corp Co C Jr F.lli Univ univ Fac U.S.A O.N.U U.E C.C c.p
        c.c c.p.c c.p.p cod sgg ss seg segg ibid ib id max lat ord all al mar coll Bros A.C D.C A.S
        """
    ),
    numbered=split_words(
        """
        p pp n sec secc l c t genn feb febb apr mag giu lug ag ago sett set ott nov dic lun mart
        merc giov ven sab dom trim sem quadr bim int par ed lib tit alleg ric scala sub f fg part
        serie del conv Conv gg hh mm
        """
    ),
    closing=split_words(
        """
        ecc etc a.C d.C e.v a.e.v ab mln mld km kg cm ml hl mq mc kmq
        """
    ),
    units=split_words("h s m l g t ha min sec"),
    starters=split_words(
        """
        Il Lo La Gli Le L Un Uno Una A Ad Al Allo Alla Ai Agli Alle All Da Dal Dallo Dalla Dai
        Dagli Dalle Dall Di Del Dello Della Dei Degli Delle Dell In Nel Nello Nella Nei Negli Nelle
        Nell Con Col Su Sul Sullo Sulla Sui Sugli Sulle Sull Per Tra Fra Senza Sotto Sopra Contro
        Verso Dopo Prima Durante Mediante Secondo Presso Lungo Oltre Fino Sino Entro Dentro Fuori E
        Ed O Od Oppure Né Ma Però Anzi Bensì Tuttavia Eppure Perché Poiché Giacché Siccome Che Chi
        Cui Quale Quali Quando Quanto Quanti Quante Quanta Dove Come Se Sì No Non Egli Ella Lui Lei
        Esso Essa Essi Esse Loro Io Tu Noi Voi Mi Ti Ci Vi Si Gliene Ne Mio Mia Miei Mie Tuo Tua
        Suo Sua Suoi Sue Nostro Nostra Nostri Nostre Vostro Questo Questa Questi Queste Quest Ciò
        Quello Quella Quelli Quelle Quei Quegli Quel Quell Tutto Tutta Tutti Tutte Ogni Ognuno
        Ciascuno Ciascun Qualche Qualcuno Qualcosa Alcun Alcuni Alcune Nessun Nessuno Nessuna
        Niente Nulla Altro Altra Altri Altre Stesso Tale Tali Vari Varie Diversi Molti Molte Molto
        Poco Pochi Poche Più Meno Entrambi Due Tre Quattro Cinque C È Era Erano Sono Fu Furono Ha
        Hanno Aveva Può Possono Deve Devono Già Ancora Ora Adesso Poi Allora Così Inoltre Anche
        Neanche Nemmeno Sempre Mai Oggi Ieri Domani Qui Qua Lì Là Forse Solo Soltanto Quasi Perfino
        Infine Finalmente Successivamente Attualmente Precedentemente Ugualmente Mentre Dato Data
        Grazie Nonostante Malgrado Insieme Vicino Lontano Accanto Vedi Bene Infatti Dunque Quindi
        Pertanto Perciò Insomma Invece Oltretutto Sebbene Benché Affinché Appena Talvolta Spesso
        Basta Ecco Eccetto Salvo Morì Nacque Visse Tornò Lavora Abita Disse Cfr. Cf. Ved.
        """
    ),
    labels=split_words(
        """
        articolo sezione capitolo parte figura tabella allegato appendice regola passo nota libro
        tomo volume comma paragrafo raccomandazione principio esempio domanda risposta atto scena
        punto titolo
        """
    ),
    time_words=split_words(
        """
        nel nell’anno l’anno il la anno secolo verso dal al fino a c d a.c d.c e o tra fra circa ca
        """
    ),
    elided=split_words(
        """
        l d c un all dall dell nell sull coll quest quell sant s n m t v senz anch tutt mezz bell
        nient qualcos quand com dov
        """
    ),
    cut_ends="bcdfghjkmpqtvxz",
    particles=split_words("La Lo Le Di Da Del Dal Della Dalla Dello Dei L"),
)
