"""The words of French for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        M MM Mgr Mgrs Me Mes Mme Mmes Mlle Mlles Dr Drs Pr Prs Prof Vve Sr St Ste Sts Stes Gén Gal
        Col Cdt Cap Capt Lt Lieut Sgt Cne Ct Adj Prés Min Dép Sén Préf cf confer env envir bd boul
        bld av fg fbg pl rte ch.-l c.-à-d càd i.e artt chap ch sect fig figs tabl no nos n num réf
        réfs éd trad rééd supp suppl append tél téléc moy approx resp notam spéc ital lat gr angl
        all esp fr fém litt vx anc dép cant fol rev S.E S.S S.M S.A.R S.A.S N.B N.D.L.R N.D.T P.S
        P.-S P.-P.S R.P T.S.V.P s.l.n.d op loc alin préc susm Cass cass crim ass plén Cons C.E trib
        gén lieut cmdt amb ambass mgr sr mme mm prof ing insp sén gouv chanc sgt dt bât esc étg
        appt résid zac vill ham cne cmne sous-préf préf sup inf bibl archéol géogr intern appart
        hôp lab impr libr fasc ms mss fo N.-D hebd quot rem bibliogr biogr étym méd pharm jur écon
        sociol psychol philos philol milit polit relig techn scient admin industr financ Ch Jos
        Alex Fréd Guill Nic Ant Ét Th Ph commiss Commiss sous-dir directr Sec Secr secr représ
        prof.ém honor ém adj imprim chron quest réq ord arr délib circ
        """
    ),
    seldom=split_words(
        """
        Cie Inc Ltd Corp Co GmbH Jr Sr S.A S.A.R.L S.N.C Ets Éts Sté sté Univ univ dépt dpt gouv
        admin assoc janv chev dr cit ibid sq sqq suiv ss s.d s.l s.l.n.d É.-U E.-U N.-B Î.-P.-É
        C.-B T.-N.-L N.-É Qué Ont q.q.ch qqch qqn obs ex max min masc fam com soc req civ dir coll
        comm al id apr hist trav proc subst nat rég pén ét Bros
        """
    ),
    numbered=split_words(
        """
        p pp pag t l liv janv jan févr fév avr juil juill sept oct nov déc art vol tab tabl ill ann
        sect chap trim sem semest quadrim int ext
        """
    ),
    closing=split_words("etc J.-C JC km kg cm mm ml km/h hab H.T T.T.C h.t t.t.c"),
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
