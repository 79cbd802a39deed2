"""The words of German for the sentence splitter.

Nouns have capitals, so an abbreviation or an ordinal ends a sentence only before a word that opens
one: an article, a pronoun, a preposition, an adverb, an auxiliary verb.
"""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        Hr Hrn Fr Frl Dr Dres Prof Proff Ing Dipl Dipl.-Ing Dipl.-Kfm Priv.-Doz Doz St Hl hl Sr Ew
        Exz Oblt Lt Hptm Kpt Abg Staatssekr Stv stellv Vors bzw ca vgl sog evtl ggf ggfs gegebenenf
        allg bes insb insbes einschl ausschl inkl exkl zzgl abzgl bspw beisp resp gem lt lfd vorl
        vorm ehem gez hrsg Hrsg herausg übers Übers bearb verf Verf mhd ahd lat griech engl frz
        franz ital span russ poln türk dt österr schweiz amerik brit europ internat betr Betr bez
        sogen ungef unterz zit geb verh verw gesch verst Jh.s Anm Artt Abs Ziff Nr Nrn lit Lit
        Buchst Kap Bd Bde Abb Tab Anl Rn Rz Rdnr Rdn Tz Fn Fußn Aufl Ausg Lfg Bsp Az Tel Str z.B zB
        d.h dh i.d.R d.R i.A i.V i.S i.S.d S.d i.S.v S.v i.V.m V.m i.d.F d.F i.e.S e.S i.w.S w.S
        i.H.v H.v i.H.d u.a.m o.g u.g s.o s.u o.ä z.T z.Zt z.Z z.Hd z.H u.U m.E m.W v.a v.d e.V.m
        d.i d.J a.a.O s.a vgl.a a.d a.d.h P.S N.B h.c phil med jur rer.nat rer nat theol habil
        v.l.n.r l.n.r u.Z Geschw Kdt Sgt Uffz Offz Staatsanw Min.-Rat Univ.-Prof OStR StR Hofr Hwst
        Fam Ev evang kath Erzb Bisch Kard Pfr ges schw Schw Sekr em Ass Mitgl Vertr Verw Kt Krs
        Dtzd EL TL Pckg Mskr Sign Inv.-Nr Kat Kat.-Nr Best.-Nr Kto Zi Joh Wilh Friedr Heinr Jos
        Ludw Ferd Matth Kgl kgl königl kaiserl preuß bayer sächs württ hess westf thür dtsch
        niederl schwed dän norw ev luth reform röm jüd Bibl Bibliogr Zschr Zeitschr Mitt Jb Jahrb
        Jg Nachdr Neudr Diss Festschr Wschr vermutl wahrsch viell eigtl urspr gewöhnl öffentl priv
        staatl städt kirchl ermäß maxim minim durchschn monatl jährl tägl wöchentl telef schriftl
        mündl Vorw Nachw Einl zus zusätzl nachm abds verantw zust zuständ Sachb Geschf Geschäftsf
        Ausl Inl wiss techn polit wirtsch soz jurist medizin chem biol math psych psychol philos
        philol hist histor geogr geol landw milit mus relig sprachl übl ugs veralt bildl scherzh
        gleichbed ggü Verz Reg.-Bez Bez.-Amt Stat stat Röm Kor Mt Mk Lk Jes Jer Hebr Eph Gal Kol
        Thess Bundesmin Städt Staatl Öff Öffentl Evang Kath Luth Österr Amerik Engl Frz Ital Russ
        Poln Lat Griech Span Brit Türk Dt mtl Jhs Konv Kons Kdr Kmdt Brig Hgb Gef Obgefr Vizepräs
        Generaldir Ausschr Einschr Wohng Whg vorh nachf folg obig untenst ob.gen mitw Mitw Gegr erb
        Erb renov Reg.-Präs amtl gerichtl gesetzl vertragl steuerl persönl vertraul wörtl sinngem
        entspr Entspr vorb künstl natürl menschl männl weibl sächl tschech ungar bulg serb kroat
        slow ukr norweg finn isl port jap chin arab hebr skand nordd südd äuß Abschn Unterabschn
        Absch Pkt Unterpkt
        """
    ),
    seldom=split_words(
        """
        Mio Mrd Tsd Mill Min Tg Wo Mon Jahrh Jh Jhd Jhdt Hd Pf Kr Fa Ges Co Cie Corp Inc Ltd mbH
        GmbH Gebr Nachf Verl Univ Inst Bf Hbf Ztr ff f sen jun jr Ggs Einw Stck Stk St.-Nr Mz Ez Pl
        Sg m.b.H e.V e.K u.a u.v.m u.v.a v.m a.M a.Rh e.G o.J o.O o.D i.R a.D n.n N.N u.s.f d.Ä Ä J
        w.o Anh Zs Zt Wwe Kfm Bhf Hs Bl Art Arten Heft Gen Abt RA Beil Taf Geb Mag Red Maj Dir
        intern Präs al Prov Kapt Psych Psychol Sozpäd Inform Betriebsw max min Expl Zust Gde Gem
        Bros Std Sek gegr Mrz nördl südl östl westl
        """
    ),
    numbered=split_words(
        """
        Jan Jän Feb Febr Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez Vol No Pos Sem Sommersem
        Wintersem Quart Trim Kl Jgst Sp Ps Blatt Ver Vers Ser Los Typ Mod Rel Lief App Apt Ausf
        Fass
        """
    ),
    closing=split_words(
        """
        usw usf etc u.dgl o.dgl u.Ä o.Ä v.Chr n.Chr v.u.Z n.u.Z kg km cm mm dgl
        """
    ),
    suffixes=("str", "-Nr", "nr", "-Str", "gasse.", "-Pl"),
    units=split_words("h s m l g t ha Std Min Sek Tg Mio Mrd Tsd"),
    starters=split_words(
        """
        Der Die Das Dem Den Des Ein Eine Einer Einem Einen Eines Kein Keine Keiner Keinem Keinen Er
        Sie Es Ich Du Wir Ihr Ihnen Ihm Ihn Ihre Ihrer Ihrem Ihren Ihres Mein Meine Meiner Meinem
        Meinen Dein Deine Sein Seine Seiner Seinem Seinen Seines Unser Unsere Unserer Unserem
        Unseren Euer Eure Mich Mir Dich Dir Uns Euch Sich Man Dieser Diese Dieses Diesem Diesen
        Jener Jene Jenes Jenem Jenen Jeder Jede Jedes Jedem Jeden Alle Aller Allem Allen Alles
        Manche Mancher Manches Mehrere Einige Viele Vieles Wenige Beide Beides Andere Anderes
        Niemand Jemand Nichts Etwas Wer Wen Wem Wessen Was Welche Welcher Welches Welchem Wo Woher
        Wohin Wann Warum Weshalb Wieso Wie Womit Wodurch Wofür Worüber Wozu Ob In Im Ins An Am Ans
        Auf Aus Bei Beim Bis Durch Für Gegen Gegenüber Hinter Mit Nach Neben Ohne Seit Seitdem
        Trotz Über Um Unter Von Vom Vor Während Wegen Wider Zu Zum Zur Zwischen Zwar Anhand
        Aufgrund Außer Außerdem Innerhalb Außerhalb Laut Gemäß Entsprechend Infolge Mittels
        Mithilfe Statt Anstatt Angesichts Anlässlich Bezüglich Hinsichtlich Zufolge Zugunsten Und
        Oder Aber Denn Sondern Doch Jedoch Dennoch Trotzdem Deshalb Deswegen Daher Darum Dafür
        Dagegen Damit Danach Dann Daran Darauf Daraus Darin Darüber Darunter Dabei Dadurch Dazu
        Davon Davor Dahinter Daneben Dort Dorthin Dorther Da Dass Daß Hier Hierbei Hierfür Hierzu
        Hiermit Hiernach Hierin Hierauf Als Also Allerdings Andererseits Einerseits Anschließend
        Anders Auch Ausserdem Bald Beispielsweise Bereits Besonders Bevor Bisher Bislang Bitte
        Damals Ebenfalls Ebenso Eigentlich Endlich Erst Erstens Falls Fast Ferner Früher Ganz
        Gerade Gern Gestern Gewiss Gleichzeitig Heute Heutzutage Immer Immerhin Indem Insgesamt
        Inzwischen Irgendwann Ja Jahrelang Jetzt Kaum Kurz Lange Leider Letztlich Manchmal Mehr
        Meist Meistens Mittlerweile Möglicherweise Morgen Nachdem Nachher Natürlich Nein Nicht Nie
        Niemals Nirgends Noch Nun Nur Obwohl Obgleich Oft Öfter Plötzlich Schließlich Schon Sehr
        Selbst Selten Sicher Sobald Sofern Sofort Sogar Solange Somit Sonst So Soweit Später Stets
        Tatsächlich Teilweise Überall Überdies Übrigens Ursprünglich Vermutlich Vielleicht Vielmehr
        Vorher Wahrscheinlich Weder Weil Weiter Weiterhin Wenn Wenngleich Wieder Wiederum Wirklich
        Wohl Zuerst Zuletzt Zudem Zumal Zunächst Zusammen Zusätzlich Zuvor Zweitens Drittens
        Dementsprechend Demnach Demgegenüber Folglich Infolgedessen Insbesondere Insofern Nämlich
        Schätzungsweise Ist Sind War Waren Wird Werden Wurde Wurden Hat Haben Hatte Hatten Kann
        Können Konnte Muss Müssen Soll Sollen Will Wollen Darf Dürfen Mag Gibt Gilt Kommt Siehe Vgl
        Sieh Beachten Dessen Deren Derselbe Dieselbe Dasselbe Solche Solcher Solches Irgendwer
        Ansonsten Daraufhin Seither Nebenbei Links Rechts Oben Unten Vorn Hinten Drinnen Draußen
        Nachts Morgens Abends Mittags Vormittags Nachmittags Anfangs Zeitweise Allein Bloß Halt
        Herr Frau Vgl. Ggf. Evtl.
        """
    ),
    labels=split_words(
        """
        artikel art kapitel kap abschnitt abschn teil abbildung abb tabelle tab anhang anlage
        nummer nr seite s absatz abs paragraph paragraf § §§ band bd frage antwort schritt beispiel
        bsp gleis platz zimmer punkt regel grundsatz stufe ziffer buchstabe satz zeile spalte
        version nummern seiten fußnote fall aufgabe übung lektion strophe vers akt szene gruppe
        klasse kategorie linie haus raum halle saal tor station phase kurs heft figur formel
        schaubild straße strasse weg allee gasse windows boeing airbus
        """
    ),
    time_words=split_words(
        """
        im in jahr jahre um gegen seit bis ab vor nach von etwa ca circa und v n chr dem den der
        die u z noch schon erst januar jänner februar feber märz april mai juni juli august
        september oktober november dezember jahrhundert jahrtausend
        """
    ),
    ordinals=True,
    nouns_count=True,
    ranked=(
        *("januar", "jänner", "februar", "feber", "märz", "april", "mai", "juni", "juli", "august"),
        *("september", "oktober", "november", "dezember", "jahrhundert", "weltkrieg", "jahrestag"),
    ),
)
