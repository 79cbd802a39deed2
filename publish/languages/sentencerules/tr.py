"""The words of Turkish for the sentence splitter."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        Yrd Prof.Dr Doç.Dr Dr Prof Doç Öğr Arş Gör Av Sn Uzm Op Ord Müh Mim Ecz Vet Hz
        Alb Org Korg Tümg Tuğg Gen Yzb Ütğm Tğm Bnb Yb Asb Çvş Onb Mrş Amr Koram Bşk
        Md.Yrd bkz krş çev ed yay akt örn mes age agm a.g.e a.g.m a.g.y a.e T.C M.Ö M.S
        İ.Ö İ.S vd Lat Yun Fr İng Alm İt ör biy fiz mat coğ ask P.S Mr Mrs Ms St ykl
        yakl
        """
    ),
    seldom=split_words(
        """
        haz Cad Sok Sk Mah Mh Blv Bul Apt Cd Mey İlç Köy Üniv Fak Böl Enst Gn Müd Mdl
        Ltd Şti A.Ş Inc Corp Co GmbH Jr Sr İst Ank İzm Bat Kuz T.A.Ş Sf Tic Opr
        """
    ),
    numbered=split_words(
        """
        sf doğ öl No no Nu nu Nr s ss sh c cilt md Md mad Mad fık fkr bend böl şek Şek
        tab Tab res Res Tel tel Faks faks Yy Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas
        Ara p pp sy
        """
    ),
    units=split_words("yy m cm mm ha l ml t sa dk sn gr g km kg mt"),
    closing=split_words("o vb vs v.b v.s v.d vdg km kg mm TL kr km/sa MW kW"),
    starters=split_words(
        """
        Bu Bunlar Bunun Bunu Buna Bunda Bundan O Onlar Onun Onların Ona Onlara Onu
        Onları Onda Ondan Şu Şunlar Böyle Böylece Öyle Aynı Ben Sen Siz Biz Bizim Benim
        Senin Sizin Bana Sana Bize Herkes Hepsi Bütün Tüm Her Çok Çoğu Birçok Bazı
        Bazıları Bir Biri İki Üç İkisi Başka Diğer Diğerleri Kalan Hiç Hiçbir Kimse Kim
        Ne Neden Niçin Nerede Nereden Nasıl Hangi Kaç Eğer Ve Veya Ya Ama Ancak Fakat
        Lakin Çünkü Zira Sonra Daha Sonunda Önce Önceki Şimdi Bugün Dün Yarın Yine Belki
        Elbette Örneğin Mesela Demek Evet Hayır İşte Ardından Sonraki İlk Nihayet Artık
        Hep Bazen Genellikle Yalnız Yalnızca Sadece Hatta Ayrıca Dolayısıyla Kısacası
        Oysa Oradan Orada Burada Buradan Buraya Görüldüğü Kanun Hükümet Bunlardan
        Onlardan
        """
    ),
    labels=split_words(
        """
        madde maddesi bölüm bölümü kısım tablo şekil ek kural adım not cilt kitap bent
        fıkra paragraf örnek soru cevap sayfa sayısı no numara toplam kat saat
        """
    ),
    time_words=split_words(
        """
        yy yüzyıl yüzyılın yüzyılda yıl yılı yılın yılında yıldan kadar sonra önce ve
        ile ama ancak yaklaşık m.ö m.s başında sonunda ortasında ocak ocakta şubat
        şubatta mart martta nisan nisanda mayıs mayısta haziran haziranda temmuz
        temmuzda ağustos ağustosta eylül eylülde ekim ekimde kasım kasımda aralık
        aralıkta yaz kış
        """
    ),
    speech=split_words("dedi diye der sordu bağırdı cevap yanıtladı"),
    ordinals=True,
)
