"""The words of Polish for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        prof dr hab doc mgr inż med inż.arch red mec adw dyr kier wiceprez wicemin prem prez pos
        posł amb radc sekr ks abp bp kard ep o oo br św śś bł śp sł płk ppłk mjr kpt por ppor chor
        sierż plut kpr szer st.sierż adm kmdr mar hr ks.prof p pp np tj tzn tzw m.in in.m m.st jw
        j.w ww.wym ww.w zob cyt wg wyd oprac opr przeł pod.red nakł il ilustr ok ca ul pl woj pow
        gm tel.kom art rozdz rozp cz t zesz zał str nry n.p r.ż ur zm zam zat wł właśc ps pseud daw
        dawn przyp przypis dot ang franc fr niem łac ros czes ukr hiszp pol stpol skr zob.też P.S
        PS N.B j.a o.o z.o.o ndm adr nieb Dz Dz.U M.P r.m tzn.że wewn ksp im.pod Sen asp kom nadkom
        podkom insp podinsp sierż.sztab prok sędz dyr.nacz wiced rzeczn mgr.inż nadl dz dzieln
        przeds współprac podred chorąż rtm Rtm bryg dyw dowódc wojsk marsz Marsz wojew Wojew
        prof.nadzw uczest mł pt Kaz Tad Zdz Krz Zb Fr Jęd bibliogr biogr jur ekon socjol psych
        filoz filol milit polit relig techn hist.lit geogr astr fiz chem biol stom leśn gosp komun
        kolej wodn górn hutn budowl transp handl pn paraf poł Bibl Arch Inst Nar Państw państw
        Miejsk miejsk Woj Pow Gm Gł Okr Rej Min Kom Kons Tow Wyd Uniw Akad Kol Zw Stow nacz Nacz
        zast Zast przew Przew wiceprzew Sekret rekt Rekt dziek Dziek prorekt kanc Kanc czł Czł Zak
        zakr ewang prawosł rzym-kat katol jap chiń węg bułg chorw słow lit łot est fiń szw norw duń
        egip indyj amer europ azjat afryk międzynar narod społ polityczn
        """
    ),
    seldom=split_words(
        """
        S.A sp spp Sp z.o sp.z.o.o sp.j sp.k Inc Ltd Corp Co GmbH jr sr wydz kat zakł płd płn wsch
        zach śr k.k k.c k.p.k k.p.c k.p U.J A.K P.R.L op.cit cit ibid dz.cyt im tłum nast k.w lic
        not gen al tow uniw
        """
    ),
    numbered=split_words(
        """
        sty stycz lut kwi kwiec maj cze czerw lip sie sierp wrz wrześ paź paźdz lis listop gru
        grudz pon wt czw sob niedz par tom ust rys tab ryc pkt tel ss nr tabl wykr fot poz in godz
        min sek szt egz proc tyg zł dol ark kw kwart sem półr tys mln mld bln pocz ed kol reg wers
        odc sygn mies list konw Konw dn rozum
        """
    ),
    units=split_words("r rr w ww gr tys mln mld s m kg g l ha os bln"),
    closing=split_words(
        """
        itd itp etc p.n.e n.e i.in i.t.d i.t.p n.p.m nn mieszk km cm mm ml
        """
    ),
    starters=split_words(
        """
        W We Z Ze Na Po Do Od Ode Przy Przed Przez Dla Bez Nad Pod Za U O Ku Wśród Wobec Według
        Wbrew Wskutek Wzdłuż Zamiast Mimo Pomimo Podczas Poza Oprócz Między Pomiędzy Spośród Dzięki
        Zgodnie I A Ale Lecz Jednak Jednakże Zaś Więc Zatem Toteż Dlatego Ponieważ Gdyż Bo Bowiem
        Albo Lub Ani Że Żeby Aby By Choć Chociaż Jeśli Jeżeli Gdy Gdyby Kiedy Dopóki Odkąd Skoro
        Jak Jako Niż To Ta Ten Te Ci Tego Tej Tych Tym Temu Tę Tą Taki Taka Takie Tacy Tam Tu Tutaj
        Tak Także Też Również On Ona Ono Oni One Jego Jej Ich Im Mu Go Ja Ty My Wy Mój Moja Moje
        Twój Nasz Nasza Nasze Wasz Swój Swoją Kto Co Czego Czemu Czyj Czy Gdzie Dokąd Skąd Dlaczego
        Ile Który Która Które Którzy Jaki Jaka Jakie Wszyscy Wszystkie Wszystko Wszystkich Każdy
        Każda Każde Cały Cała Niektóre Niektórzy Kilka Kilku Wiele Wielu Mało Dużo Więcej Mniej
        Większość Żaden Żadna Nikt Nic Nie Nigdy Nigdzie Ktoś Coś Inny Inna Inne Inni Inaczej Sam
        Sama Sami Oba Obie Obaj Dwa Dwie Trzy Dwaj Jeden Jedna Jedni Być Jest Są Był Była Było Byli
        Były Będzie Będą Ma Mają Miał Miała Może Można Mogą Należy Trzeba Musi Powinien Potem
        Później Następnie Wtedy Wówczas Teraz Obecnie Dziś Dzisiaj Wczoraj Jutro Dawniej Wcześniej
        Najpierw Wreszcie Ponadto Przede Przecież Zresztą Natomiast Tymczasem Nadal Wciąż Jeszcze
        Już Dopiero Tylko Nawet Prawie Zawsze Często Czasem Czasami Rzadko Zwykle Zazwyczaj Niech
        Oto Otóż Owszem Podobnie Szczególnie Zwłaszcza Stąd Odtąd Niestety Oczywiście Rzeczywiście
        Naprawdę Chyba Proszę Brak Weszła Wraz Około Ponad Blisko Koło Zob. Por.
        """
    ),
    labels=split_words(
        """
        artykuł rozdział część dział rysunek tabela załącznik zasada krok uwaga księga tom ustęp
        punkt paragraf zalecenie przykład pytanie odpowiedź akt scena art rozdz ust pkt § nr poz s
        str tab rys strona numer wersja lekcja zadanie
        """
    ),
    time_words=split_words(
        """
        w we z ze od do po na około ok przed i lub ale a dnia r rr ww n e p wiek wieku wieków roku
        rok lat latach lata początku początek końcu końca koniec pod połowie połowy pierwszej
        drugiej połowa stycznia styczniu lutego lutym marca marcu kwietnia kwietniu maja maju
        czerwca czerwcu lipca lipcu sierpnia sierpniu września wrześniu października październiku
        listopada listopadzie grudnia grudniu już jeszcze dopiero także również jednak p.n.e n.e
        latem zimą wiosną jesienią dniu rano wieczorem kw kwart kwartale kwartał kwartału półroczu
        półrocze półrocza ii iii iv dekadzie okresie ciągu kiedy gdy że gdzie jak który która które
        gdyby chociaż choć ponieważ
        """
    ),
    ranked=(
        *("maj", "listopad", "stycz", "grudnia", "sierpnia", "wrześ", "pułk", "dywizj", "brygad"),
        *("armi", "korpus", "batalion", "kompani", "flot", "eskadr", "lig", "kongres", "zjazd"),
        *(
            "festiwal",
            "konkurs",
            "mistrzostw",
            "edycj",
            "półk",
            "dywizjon",
            "lata",
            "xi",
            "xv",
            "xx",
            "front",
            "szwadron",
        ),
    ),
)
