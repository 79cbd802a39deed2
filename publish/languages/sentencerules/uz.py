"""The words of Uzbek in Latin script for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        prof akad dots kand dok gen polk podpolk mayor kap leyt serj adm inj arx red
        tarj tuz taxm tel faks mil.avv mil.av m.av m.a t.f.n t.f.d f.f.n f.f.d i.f.n
        i.f.d ingl nem fr rus qozoq qirg toj lat yun tex iqt filol ped fiz biol geogr
        q.k qar P.S P.P.S Mr Mrs Dr Ms nomid taxal
        """
    ),
    seldom=split_words(
        """
        O‘zb Resp resp vil tum sh sh-ch k ko‘ch ko'ch mah univ inst fak kaf mln mlrd
        trln doll Inc Ltd Corp Co GmbH Jr Sr shim g‘arb mas MChJ kab
        """
    ),
    numbered=split_words(
        """
        No b bet jild qism rasm jadv chizma yanv fev mart apr avg sent okt noyab noy dek
        p pp m-d mod bob b-m r j art Art
        """
    ),
    units=split_words("y yy a aa m sm mm ga l ml t s daq sek g km kg"),
    closing=split_words("u h.k sh.k va.h.k v.h v.b sh.o‘ km kg mm so‘m km/soat"),
    starters=split_words(
        """
        Bu Bular Buning Buni Bunga Bunda Bundan Bunday U Ular Uning Ularning Unga Ularga
        Uni Ularni Unda Undan Shu Shuning Shunda Shundan Shunday Shunga Shuni O‘sha
        Shunisi Ushbu Mazkur Men Sen Siz Biz Bizning Mening Sening Sizning Menga Senga
        Bizga Hamma Hammasi Barcha Barchasi Butun Har Ko‘p Ko‘pchilik Ko‘plab Ba’zi
        Ba’zilar Ayrim Ayrimlar Bir Biroq Ikki Uch Ikkalasi Boshqa Boshqalar Qolgan
        Qolganlar Hech Kim Nima Nega Qayerda Qayerdan Qachon Qanday Qancha Qaysi Agar Va
        Yoki Lekin Ammo Chunki Negaki Keyin Keyinchalik So‘ng So‘ngra Oldin Avval Hozir
        Bugun Kecha Ertaga Yana Balki Albatta Masalan Demak Ha Yo‘q Mana Ana Keyingi
        Dastlab Nihoyat Endi Doim Ba’zan Odatda Umuman Aniqrog‘i Xuddi Faqat Hatto
        Shuningdek Natijada Qarang
        """
    ),
    labels=split_words(
        """
        modda moddasi bob bobi bo‘lim bo‘limi jadval rasm ilova qoida qadam izoh jild
        kitob band bandi paragraf misol savol javob
        """
    ),
    time_words=split_words(
        """
        y yy a aa yil yilda yilning yilga yildan yillar yillarda asr asrda asrning
        asrdan boshlab qadar gacha keyin so‘ng oldin va bilan lekin ammo u taxminan m.av
        boshida oxirida o‘rtasida yanvar yanvarda fevral fevralda mart martda aprel
        aprelda may mayda iyun iyunda iyul iyulda avgust avgustda sentabr sentabrda
        sentyabr sentyabrda oktabr oktabrda oktyabr oktyabrda noyabr noyabrda dekabr
        dekabrda yoz qish bahor kuz
        """
    ),
    speech=split_words("dedi deb deydi so‘radi"),
)
