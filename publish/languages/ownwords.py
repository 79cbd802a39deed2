"""Say at a glance that a text is in its language: it has two words that no other language has.

These words are so frequent that most sentences have two of them.  A language without a list here
is looked at by the detectors at once, which takes longer and finds the same.
"""

from __future__ import annotations

from publish.languages.language import split_words

__all__ = ["OWN_WORDS", "has_own_words"]

OWN_WORDS = {
    "ar": split_words(
        """
        أن أو إلى التي الذي ذلك على في قد كان كانت كما لم من هذا هذه
        """
    ),
    "az": split_words(
        """
        belə bütün deyə digər dövlət edib edilir edir edən etmək görə haqqında hüququ həm
        həmin hər ilə isə kimi lakin olaraq olub onlar qədər tərəfindən və çox üzrə
        üçün əgər ən
        """
    ),
    "be": split_words(
        """
        больш будзе было былі быў гэта дзяржаўны каб калі пасля пра таго таксама таму што яго яе
        якая якія яны ён іх ў
        """
    ),
    "de": split_words(
        """
        aber auch auf das durch eine einem einen einer für haben ist jedoch kann mehr mit nach
        nicht oder sich sie sind und von wir wird wurde zum zur über
        """
    ),
    "en": split_words(
        """
        about and been could from had has have its not other should such than that the their
        these they this those were when which who will with would
        """
    ),
    "es": split_words(
        """
        aunque año años cuando derecho derechos desde después donde estos están gobierno hasta
        las ley los mientras muy más otras otros país países pero personas puede según sido sus
        también y
        """
    ),
    "fa": split_words(
        """
        آن آنها است اما این برای بود خود در را شد شده شود می های کند که یک
        """
    ),
    "fr": split_words(
        """
        après aux avec ces cette dans des du elle est et ils les leur leurs lors mais ont où pour
        qui selon sont sur une était été être
        """
    ),
    "it": split_words(
        """
        alla alle anche che cui dal dalla degli dei dell della delle dopo essere gli hanno loro
        nel nella nelle più questa questo sono stato è
        """
    ),
    "kk": split_words(
        """
        арқылы бойынша болды болып болған бірақ бұл деді дейін екі емес және кейін мемлекеттік
        олар оның осы сияқты тиіс туралы қазақстан құқығы үшін
        """
    ),
    "ky": split_words(
        """
        алардын анын бирок болгон болот болуп боюнча бул дагы жана же жөнүндө катары керек кийин
        менен ошол ошондой тарабынан укугу чейин эмес эң үчүн
        """
    ),
    "nl": split_words(
        """
        bij deze door hebben heeft hij kunnen maar naar niet ook tijdens voor werd worden wordt
        zal zei zich zijn zou
        """
    ),
    "pl": split_words(
        """
        był było czy dla gdy jak jednak jego jest która które który może oraz przed przez przy
        również się są tym według została że
        """
    ),
    "pt": split_words(
        """
        ainda ao aos após depois dos em estão foi foram há muito num numa não pela pelas pelo
        pelos suas são também uma à às
        """
    ),
    "ru": split_words(
        """
        более будет был были было быть властей власти всех года году граждан его ее если еще ещё
        её жертв жертвами когда которая которое которые который которых лет лиц людьми между
        может мы него нее неё об отношении после правительства правительство правительством
        принудительного принудительный своего свои своих себя случаях сообщили также того только
        торговлей торговли труд труда чего чем что чтобы этих это этого этой этом является
        являются
        """
    ),
    "tg": split_words(
        """
        аст барои баъд бояд буд ва вале гуфт дорад ин карда ки мекунад мешавад онҳо худ шудааст ё
        ҳар ҳуқуқи
        """
    ),
    "tk": split_words(
        """
        arkaly aýtdy barada başga berdi bilen birnäçe bolan bolmagyny bolmaly bolsa bolup boýunça
        degişli diýip dowam däl däldi döwlet eden edildi edilen edilmegi edip edýär edýärler
        garşy görä habar halkara hasabat hukugy hökmünde hökümet hökümeti hökümetiň içinde iň
        kanun kanuny käbir köp maglumat mejbury olaryň onuň pidalary pidalaryny raýatlary soň
        söwdasy söwdasynyň talap türkmenistan türkmenistanyň zähmet üçin ýa-da ýaly ýerli ýokary
        ýylda ýylyň ýöne şeýle şol
        """
    ),
    "tr": split_words(
        """
        ancak ayrıca bazı büyük değil etti gibi göre hükümet ile ilgili için kadar karşı olarak
        tarafından ve veya yıl çok önce
        """
    ),
    "uk": split_words(
        """
        був були бути більше вона вони від він його коли має під після року також це цього що щоб
        який якщо її
        """
    ),
    "uz": split_words(
        """
        ammo bilan bo'lgan bo'yicha boʻlgan boʻyicha bo‘lgan bo‘yicha davlat deb edi hamda haqida
        kerak keyin mumkin olib qarshi qilgan qilish shu shunday tomonidan uchun ular uning yoki
        """
    ),
}
"""By code of a language: frequent words that are no words, or very rare ones, of others."""

ENOUGH = 2


def has_own_words(text: str, code: str) -> bool:
    """Return whether a text has some words that only texts of a language have."""
    own = OWN_WORDS.get(code)
    return own is not None and len(own.intersection(text.lower().split())) >= ENOUGH
