"""The words of Spanish for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        Sr Sra Sres Sras Srs Srta Srtas Srita Dr Dra Dres Dras Dn Dña Da Mª M.ª Fco Gral Gnral Cnel
        Cor Tte Tcnel Cap Capt Cdte Cte Sgto Alm Vicealm Gob Pres Pdte Pdta Vpdte Dip Sen Min Mtro
        Mtra Mons Rvdo Rvda Rev Fr Hno Hna Hnos Pbro Sto Sta Stos Stas Ntra Excmo Excma Excmos Ilmo
        Ilma Ilmos Magfco Lic Lcdo Lcda Licdo Ldo Lda Ing Arq Prof Profa Profs Abg Abog Cat Catedr
        Ma Avda Avd Av Pza Plza Pl Pº Ctra Cra Urb Blvd Bldv art arts apdo apdos pág págs núm núms
        cap caps vol vols fig figs inc incs párr párrs secc disp ord fasc eds edit trad coord dir
        dirs comp comps rev aprox approx cf cfr conf ej p.ej p.e esp v.gr vgr tel teléf tfno tlf op
        loc lám dpto depto exp aum dim adj adv gram lat ingl fr alem EE FF RR JJ CC OO Bs Atte atte
        Dto P.D P.S N.B N.del.T R.D D.E.P q.e.p.d S.E S.S S.M S.A.R SS cta cte doc docs ref refs
        reg regs jurispr sig Vid sr sra sres sras srta d dña dn dr dra dres lic ing arq prof profa
        gral cnel tte cmdte cmdt Cmdte sgto Div div Brig Bda Reg Regto Of Ofic excmo excma ilmo
        ilma rvdo mons hno hna sto sta Subtte Almte Insp insp comis Comis Subinsp Embaj Secr Secret
        Dipl Mag Magist mag fisc Fisc Procur av avd avda pza ctra urb bco Bco Col Edif edif esq
        tdas bibl hist geogr fund Fund Asoc asoc Soc Ed Edit Fed Nac Prov Mun Pol Rgto Ntro Hosp
        Gte Acad Esc Mpio Edo Dtor Dtora Dir Direct Secret.Gral escr abog lcdo lcda admr vicepdte
        expdte Expte expte prov mun fed bibliogr biogr etim med farm jur econ sociol psicol filos
        filol milit polít relig cient Jos Ant Fdo Hdez Rdguez Glez Mtnez Fdez Teol teol oftalm
        contr pral nº nºs n.º Bibl Arch Dicc Encicl Inst Conf Sind Nal Univ Subdir Ayto Minist
        Mtrio jurisd Jdo Mdo Admón Ministr Cronol franc ital port gall vasc cat gr hebr amer eur
        mod prehist cast arag astur extr murc alav Vto Fra Obpo Arz Card Presb Diác Parr Igl Cof
        Emb Cón Vicecón Agr Ind
        """
    ),
    seldom=split_words(
        """
        Ud Uds Vd Vds V Cia Inc Ltd Corp Co Ltda EE.UU FF.AA RR.HH JJ.OO CC.OO CC.AA UU AA HH As
        Bs.As S.A S.L S.R.L S.C S.A.U C.V univ Fac admón gob dep cit ib ibíd íd ss sigs Jr ppal
        izqda máx mín ed al Bros Cía A.C D.C A.D vid
        """
    ),
    numbered=split_words(
        """
        p pp s t n no No Nos nro Nro ene feb febr abr may jun jul ago ag sep sept set oct nov dic
        lun mié jue vie sáb dom tab izq dcha dto int ext trim sem cuatrim bim ap lib tít rec cons
        col lín fol f leg cód piso pta esc apt apart lote mza parc cláus epíg ley incl ver conv
        Conv mar
        """
    ),
    closing=split_words(
        """
        etc a.C d.C a.J.C d.J.C J.C km kg cm mm ml a.m p.m hs hrs hab
        """
    ),
    units=split_words("h s m l g t ha min seg mn"),
    starters=split_words(
        """
        El La Los Las Lo Un Una Unos Unas Al Del A De En Con Por Para Sin Sobre Ante Bajo Cabe
        Contra Desde Durante Entre Hacia Hasta Mediante Según Tras Excepto Salvo Y E O U Ni Pero
        Mas Sino Aunque Porque Pues Que Qué Quien Quién Quienes Quiénes Cual Cuál Cuáles Cuando
        Cuándo Cuanto Cuánto Cuántos Donde Dónde Adónde Como Cómo Si Sí No Él Ella Ellos Ellas Yo
        Tú Nosotros Nosotras Vosotros Usted Ustedes Me Te Se Le Les Nos Os Mi Mis Tu Tus Su Sus
        Nuestro Nuestra Nuestros Nuestras Vuestro Este Esta Estos Estas Esto Éste Ésta Ese Esa Esos
        Esas Eso Aquel Aquella Aquellos Aquellas Aquello Todo Toda Todos Todas Cada Algún Alguno
        Alguna Algunos Algunas Alguien Algo Ningún Ninguno Ninguna Nadie Nada Otro Otra Otros Otras
        Mismo Tal Tales Varios Varias Muchos Muchas Mucho Poco Pocos Pocas Más Menos Muy Demasiado
        Ambos Ambas Dos Tres Cuatro Cinco Hay Había Hubo Es Son Era Eran Fue Fueron Ha Han Está
        Están Tiene Tienen Puede Pueden Debe Deben Ya Aún Todavía Ahora Antes Después Luego
        Entonces Así Además También Tampoco Siempre Nunca Jamás Hoy Ayer Mañana Aquí Allí Ahí Allá
        Acá Quizá Quizás Acaso Sólo Solo Solamente Casi Apenas Incluso Asimismo Finalmente Primero
        Segundo Posteriormente Actualmente Anteriormente Igualmente Embargo Mientras Conforme
        Debido Gracias Pese Junto Dentro Fuera Cerca Lejos Alrededor Dado Dada Dicho Dicha Dichos
        Véase Ver Vea Nótese Conque Bien Bueno Claro Vino Llegó Murió Nació Vivió Volvió Trabaja
        Trabajó Vive Dijo Cf. Vid. Cfr.
        """
    ),
    labels=split_words(
        """
        artículo sección capítulo parte figura tabla cuadro anexo apéndice regla paso nota libro
        tomo volumen párrafo recomendación principio ejemplo pregunta respuesta acto escena punto
        título
        """
    ),
    time_words=split_words(
        """
        en el la los las de del desde hasta hacia año siglo a d c j.c a.c d.c y o entre s sobre
        """
    ),
    cut_ends="bcfghkmpqtv",
    particles=split_words("La Las Los De Del El"),
)
