"""The words of French for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        M MM Mgr Mgrs Me Mes Mme Mmes Mlle Mlles Dr Drs Pr Prs Prof Vve Sr St Ste Sts Stes Gal Col
        Cdt Cap Capt Lt Lieut Sgt Cne Ct Adj Prés Min Dép Sén Préf cf confer env envir bd boul bld
        av fg fbg pl rte ch.-l c.-à-d càd i.e artt chap ch sect fig figs tabl no nos n num réf réfs
        éd trad rééd supp suppl append tél téléc moy approx resp notam spéc ital lat gr angl all
        esp fr fém litt vx anc dép cant fol rev S.E S.S S.M S.A.R S.A.S N.B N.D.L.R N.D.T P.S P.-S
        P.-P.S R.P T.S.V.P s.l.n.d op loc alin préc susm Cass cass crim ass plén Cons C.E trib gén
        lieut cmdt amb ambass mgr sr mme prof ing insp sén chanc sgt dt étg résid zac vill ham cne
        cmne sous-préf préf sup inf bibl archéol géogr intern appart hôp lab impr libr fasc ms mss
        fo N.-D hebd quot rem bibliogr biogr étym méd pharm jur écon sociol psychol philos philol
        milit polit relig techn scient admin industr financ Ch Jos Fréd Guill Nic Ant Ét Th Ph
        commiss Commiss sous-dir directr Sec Secr secr représ prof.ém honor ém adj imprim chron
        quest réq arr délib circ Bibl Arch Coll Dict Encycl Inst Acad Soc Féd Conf Synd Nat Rég
        Intern Gén maréch Bne Cte Ctesse Vte Vtesse adjt adjud brig Brig gend sous-lieut s-lieut
        ptre RR.PP S.Exc S.Ém bx Bx vén Vén Abb conv Conv ratif règl directiv jurispr Jurispr Crim
        Civ Req Ch.mixte Ass.plén constit réd Réd rédact hon corresp princ génér munic commun
        intercomm métrop rurx indép p.ex
        """
    ),
    seldom=split_words(
        """
        Cie Inc Ltd Corp Co GmbH Jr S.A S.A.R.L S.N.C Ets Éts Sté sté Univ univ dépt dpt assoc chev
        dr cit ibid sq sqq suiv ss s.d s.l É.-U E.-U N.-B Î.-P.-É C.-B T.-N.-L N.-É Qué Ont q.q.ch
        qqch qqn obs ex max min masc fam com soc req civ dir coll comm al id apr hist trav proc
        subst nat rég pén ét Bros
        """
    ),
    numbered=split_words(
        """
        p pp pag t l liv jan févr fév avr juil juill sept oct nov déc art vol tab ill ann trim sem
        semest quadrim int ext par parag ap ed lib tit pt cl div poste lot quai étage aff RG rm bât
        esc appt app pce arts part janv ord lun mar mer ven sam dim
        """
    ),
    closing=split_words("etc J.-C JC km kg cm ml km/h hab H.T T.T.C h.t t.t.c mm"),
    units=split_words("h s m l g t ha min sec j"),
    starters=split_words(
        """
        Le La Les L Un Une Des Du De D Au Aux À A Ce C Cet Cette Ces Celui Celle Ceux Celles
        Celui-ci Celle-ci Ceux-ci Celles-ci Celui-là Celle-là Cela Ça Ceci Il Elle Ils Elles On Je
        J Tu T Nous Vous Y En Mon Ma Mes Ton Ta Tes Son Sa Ses S Notre Nos Votre Vos Leur Leurs Me
        Moi Toi Lui Eux Qui Que Qu Quoi Quel Quelle Quels Quelles Quand Où Comment Pourquoi Combien
        Dont Lequel Laquelle Lesquels Dans Par Pour Sur Sous Avec Sans Avant Après Chez Contre
        Depuis Dès Devant Derrière Durant Entre Envers Hors Jusque Jusqu Malgré Outre Parmi Pendant
        Près Sauf Selon Suivant Vers Voici Voilà Et Ou Mais Or Ni Car Donc Si Puis Puisque Lorsque
        Lorsqu Quoique Quoiqu Comme Parce Tandis Alors Ainsi Aussi Aujourd Autrefois Bien Bientôt
        Cependant Certes Certains Certaines Chaque Chacun Chacune D’abord Déjà Demain Désormais
        Enfin Ensuite Encore Est-ce Hier Ici Jadis Jamais Là Là-bas Longtemps Maintenant Même Mieux
        N Ne Néanmoins Non Nul Nulle Oui Parfois Pas Personne Peu Peut-être Plus Plusieurs Plutôt
        Pourtant Presque Quelques Quelqu Quelque Quiconque Rien Seul Seule Seuls Seules Soit
        Soudain Souvent Surtout Tant Tantôt Tard Tel Telle Tels Telles Tôt Toujours Tous Tout Toute
        Toutes Toutefois Très Trop Voir Voyez Deux Trois Quatre Cinq Aucun Aucune Autre Autres
        D’autres Beaucoup Lors Faute Grâce Afin Quant Loin Face Est Sont Était Étaient Fut A-t-il
        Faut-il Était-ce Peut-on Doit-on Puis-je Sinon Inversement Finalement Actuellement
        Seulement Heureusement Malheureusement Certainement Notamment Également Généralement
        Rappelons Notons Cf.
        """
    ),
    labels=split_words(
        """
        article section chapitre partie figure tableau annexe règle étape note livre volume titre
        alinéa paragraphe recommandation principe exemple question réponse acte scène point tome
        """
    ),
    time_words=split_words(
        """
        en au le la vers av avant apr après ap j.-c jc an l’an siècle du de des dès et ou entre
        jusqu’en depuis environ
        """
    ),
    elided=split_words("l d j m t s c n qu jusqu lorsqu puisqu quoiqu quelqu presqu aujourd"),
    particles=split_words("Le La Les Du De Des L D"),
)
