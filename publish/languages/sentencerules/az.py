"""The words of Azerbaijani in Latin script for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        prof akad dos dok kand gen polk kap leyt adm müh mem red tərc tərt tel faks e.ə
        b.e b.e.ə e.n f.e.d f.e.n f.e.ü.f t.e.d t.e.n m.ə a.i.f dr hüq iqt fil ped fiz
        biol coğr ing alm fr lat yun müq təx təxm P.S P.P.S Mr Mrs Ms Hz r.m
        """
    ),
    seldom=split_words(
        """
        Azərb Resp azərb resp şəh küç pr qəs ray k univ inst fak kaf mln mlrd trln dol
        Inc Ltd Corp Co GmbH Jr Sr şim cən məs MMC ASC QSC məh mənz
        """
    ),
    numbered=split_words(
        """
        doğ öl No s səh c cild şək cədv sxem yan fev mar apr avq sen okt noy dek p pp b
        bənd mad m fəs mən kab
        """
    ),
    units=split_words("m sm mm ha l ml t s dəq san q km kq"),
    closing=split_words("o və.s və.b və.sair vs vb və.i.a km kq mm man qəp km/saat"),
    starters=split_words(
        """
        Bu Bunlar Bunun Bunu Buna Bunda Bundan O Onlar Onun Onların Ona Onlara Onu
        Onları Onda Ondan Belə Beləliklə Elə Həmin Həm Mən Sən Siz Biz Bizim Mənim Sənin
        Sizin Mənə Sənə Bizə Hamı Hamısı Bütün Hər Çox Çoxu Bəzi Bəziləri Bir İki Üç
        Başqa Başqaları Qalan Qalanlar Heç Kim Nə Niyə Harada Haradan Necə Hansı Əgər Və
        Ya Yaxud Amma Lakin Ancaq Çünki Sonra Sonradan Əvvəl Əvvəlcə İndi Bugün Dünən
        Sabah Yenə Bəlkə Əlbəttə Məsələn Deməli Bəli Xeyr Yox Budur Növbəti Nəhayət
        Həmişə Bəzən Adətən Ümumiyyətlə Yalnız Hətta Həmçinin Nəticədə Qanun Hökumət
        Daha Artıq Burada Orada
        """
    ),
    labels=split_words(
        """
        maddə maddəsi fəsil fəsli bölmə bölməsi cədvəl şəkil əlavə qayda addım qeyd cild
        kitab bənd bəndi paraqraf misal sual cavab hissə il səhifə
        """
    ),
    time_words=split_words(
        """
        il ilin ildə ildən illər illərdə əsr əsrin əsrdə qədər sonra əvvəl və ilə amma
        lakin təxminən e.ə əvvəlində sonunda ortasında yanvar yanvarda fevral fevralda
        mart martda aprel apreldə may mayda iyun iyunda iyul iyulda avqust avqustda
        sentyabr sentyabrda oktyabr oktyabrda noyabr noyabrda dekabr dekabrda yay qış
        yaz payız
        """
    ),
    speech=split_words("dedi deyə deyir soruşdu cavab"),
    ordinals=True,
)
