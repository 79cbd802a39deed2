"""The words of Portuguese for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        Sr Sra Srs Sras Srta Srtas Dr Dra Drs Dras Da Prof Profa Profs Profas Eng Enga Arq Adv Exmo
        Exma Exmos Exmas Ilmo Ilma Revmo Rev Revdo Pe Pde Fr Ir Sto Sta Stos Stas Mons Gen Cel Ten
        Maj Cap Capt Sgt Alm Brig Com Cmte Dep Sen Ver Gov Pres Min Des Emb Embx Proc Lic Me Msc Av
        Avs Al Trav Tv Pça Pc Lg Lgo Rod Estr Jd Cj Conj Bl Apto Apt art arts parág inc pág págs pg
        pgs núm nro cap caps vol vols fig figs tab quadr sec séc sécs eds edit orgs trad coord dir
        rev aprox cf cfr conf p.ex esp tel telef tlf op loc doc docs ref reg proc res dec dl obs
        Obs Atte atte Att att P.S N.B N.R N.T V.Exa V.Sa V.M S.M S.Exa S.Sa V.Ex Exa Ex rel ac
        acórd min adj lat ingl fr bras lus dpto depto Vid sr sra srs sras srta dr dra drs dras prof
        profa eng enga arq exmo exma ilmo ilma gen cel ten maj sgt brig des desa Desa dep sen gov
        pres pe sto sta mons av trav pça ed Ed edif Edif bl cj apto Insp insp Del Delegª Subten
        Vice-Alm Reg Conselh Promo Juiz.a Secr Embaix Ass assoc Assoc Fund hist geogr bibl Profª
        Drª Srª Dª Engª Desª Exª Fed Nac Mun Pol Hosp Acad Esc Diret Secret bibliogr biogr etim
        farm jur sociol psicol filos filol milit polít relig cient Ant Jos Fco adm fed mun Promot
        promot escr sarg Sarg Adm econ nº n° nºs Bibl Dic Enc Conf Sind Câm Pref Subdir Minist Trib
        Gab Sgto sgto Tte Btl Cb Sd redat Redat Jur jurispr franc alem ital espan gr hebr amer eur
        Arc Bpo Card Côn Presb Diác Paróq Igr corr Jz Jza
        """
    ),
    seldom=split_words(
        """
        Ltda Ltd Lda Cia Inc Corp Co Jr Fº S.A S.A.R.L E.U.A EE.UU U.E R.J S.P Univ univ Inst Fac
        fac dept cit ib ibid id ss segs Bco máx mín ex org al Bros A.C D.C
        """
    ),
    numbered=split_words(
        """
        p pp t n no nos fl fls jan fev mar abr mai jun jul ago set out nov dez seg qua qui sex sáb
        dom par trim sem quadrim bim int ext esq dto ap liv tít cláus rec apel col lin fol leg cód
        cat and lote qd lt insc inf súm ver conv Conv
        """
    ),
    closing=split_words("etc a.C d.C km kg cm mm ml a.m p.m hs hrs hab"),
    units=split_words("h s m l g t ha min seg"),
    starters=split_words(
        """
        O A Os As Um Uma Uns Umas Ao Aos À Às Do Da Dos Das De No Na Nos Nas Num Numa Em Com Por
        Pelo Pela Pelos Pelas Para Sem Sobre Sob Ante Após Até Contra Desde Durante Entre Mediante
        Perante Segundo Conforme Trás E Ou Nem Mas Porém Contudo Todavia Entretanto Embora Porque
        Pois Que Quê Quem Qual Quais Quando Quanto Quantos Quantas Onde Como Se Sim Não Ele Ela
        Eles Elas Eu Tu Nós Vós Você Vocês Me Te Lhe Lhes Meu Minha Meus Minhas Teu Tua Seu Sua
        Seus Suas Nosso Nossa Nossos Nossas Este Esta Estes Estas Isto Esse Essa Esses Essas Isso
        Aquele Aquela Aqueles Aquelas Aquilo Neste Nesta Nestes Nestas Nesse Nessa Naquele Naquela
        Deste Desta Desse Dessa Nisso Disso Todo Toda Todos Todas Tudo Cada Algum Alguma Alguns
        Algumas Alguém Algo Nenhum Nenhuma Ninguém Nada Outro Outra Outros Outras Outrem Mesmo Tal
        Tais Vários Várias Diversos Muitos Muitas Muito Pouco Poucos Poucas Mais Menos Ambos Ambas
        Dois Duas Três Quatro Cinco Há Havia Houve É São Era Eram Foi Foram Está Estão Tem Têm Pode
        Podem Deve Devem Já Ainda Agora Antes Depois Logo Então Assim Além Aliás Também Tampouco
        Sempre Nunca Jamais Hoje Ontem Amanhã Aqui Ali Aí Lá Cá Talvez Só Somente Apenas Quase
        Inclusive Finalmente Primeiro Posteriormente Atualmente Anteriormente Igualmente Enquanto
        Devido Graças Apesar Junto Dentro Fora Perto Longe Dado Dada Dito Veja Ver Note Bem Claro
        Afinal Portanto Enfim Caso Sendo Tendo Morreu Nasceu Viveu Chegou Voltou Partiu Trabalha
        Trabalhou Mora Disse Cf. Vd.
        """
    ),
    labels=split_words(
        """
        artigo seção secção capítulo parte figura tabela quadro anexo apêndice regra passo nota
        livro tomo volume parágrafo recomendação princípio exemplo pergunta resposta ato cena ponto
        título
        """
    ),
    time_words=split_words(
        """
        em no na nos nas o a os as de do da desde até por ano século a.c d.c c d e ou entre cerca
        """
    ),
    cut_ends="bcdfghkpqtv",
    particles=split_words("O A Os As Do Da Dos Das De"),
)
