"""Which words sentences end with, by language: finite verbs, or anything but a preposition.

In languages whose sentences end with the verb, a last word without a finite ending is rare: the end
of the text may be missing.  In the others only words that need another word after them tell.  The
lists are from grammars; they are signs, no proofs: headings and quotations end otherwise.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from publish.languages.language import split_words

__all__ = ["FINITE", "LEANING", "OPEN", "UNKNOWN", "LastWords", "find_last_words"]

FINITE, UNKNOWN, OPEN, LEANING = "finite", "", "open", "leaning"
"""Kinds of words: a sentence may end with it; nothing is known; seldom; another must follow."""


@dataclass(frozen=True, slots=True)
class LastWords:
    """What the words of a language say as the last of a sentence; all in small letters.

    `endings` are those of finite verbs, `words` whole words that end a sentence, too; `others` are
    endings that only look finite.  `leaning` words need another word after them.  Where no verb
    must come last, `seldom` are endings of words that another mostly follows.
    """

    endings: tuple[str, ...] = ()
    words: AbstractSet[str] = frozenset()
    others: tuple[str, ...] = ()
    leaning: AbstractSet[str] = frozenset()
    seldom: tuple[str, ...] = ()

    def kind(self, word: str) -> str:
        """Return the kind of a word in small letters, without marks around it."""
        if word in self.leaning:
            return LEANING
        if not self.endings:
            return OPEN if self.seldom and word.endswith(self.seldom) else UNKNOWN
        if word in self.words:
            return FINITE
        return FINITE if word.endswith(self.endings) and not self._seems(word) else OPEN

    def _seems(self, word: str) -> bool:
        """Return whether a word only looks finite: a plural in `-lar` is no verb in `-ar`."""
        seeming = [len(one) for one in self.others if word.endswith(one)]
        if not seeming:
            return False
        return not any(len(one) > max(seeming) and word.endswith(one) for one in self.endings)


def _finite(endings: str, words: str, leaning: str, others: str = "") -> LastWords:
    return LastWords(
        tuple(endings.split()), split_words(words), tuple(others.split()), split_words(leaning)
    )


def _leaning(words: str, seldom: str = "") -> LastWords:
    return LastWords(leaning=split_words(words), seldom=tuple(seldom.split()))


LAST_WORDS = {
    "tk": _finite(
        "dy di dym dim dyk "
        "dik duk dük dyň diň dyňyz diňiz dylar diler dular düler ýar ýär ýaryn ýärin ýarys "
        "ýäris ýarsyň ýärsiň ýarsyňyz ýärsiňiz ýarlar ýärler dyr dir dur dür dyrlar dirler "
        "durlar dürler ar er jak jek maz mez maly meli syn sin sun sün synlar sinler aýyn "
        "eýin aryn erin arys eris arsyňyz ersiňiz marsyňyz mersiňiz arlar erler myş miş myn "
        "army ermi dymy dimi ýarmy ýärmi ýäňizmi ýaňyzmy ýäňmi ýaňmy",
        "bar ýok däl eken gerek mümkin zerur hökman ähtimal wajyp kyn dogry ýokmy barmy "
        "gerekmi dälmi bolar biler galar geler diýler ediler alnar berler ýatyr otyr duranok "
        "bilenok bol çetin",
        "we ýa ýa-da ýöne emma hem bilen üçin barada hakda diýen bolan edilen eden bir bu şu "
        "ol şol köp iň has öz hakynda boýunça tarapyndan arkaly ýagny sebäpli eger soň öň "
        "görä çenli başga bolsa-da dürli ähli her",
        "lar ler",
    ),
    "tr": _finite(
        "dı di du dü tı ti tu tü dım dim dum düm tım tim tum tüm dık dik duk dük tık tik tuk "
        "tük dılar diler dular düler tılar tiler tular tüler dınız diniz dunuz dünüz tınız "
        "tiniz yor yorum yoruz yorsun yorsunuz yorlar cak cek cağım ceğim cağız ceğiz caklar "
        "cekler mış miş muş müş ır ir ur ür ar er maz mez dır dir dur dür tır tir tur tür "
        "dırlar dirler durlar dürler tırlar tirler sın sin sun sün sınlar sinler sunlar "
        "sünler sınız siniz sunuz sünüz alım elim ayım eyim malı meli yım yim rız riz ruz rüz "
        "mışlar mişler muşlar müşler ırlar irler urlar ürler arlar erler mazlar mezler",
        "var yok değil gerek lazım mi mı mu mü idi mümkün misin mısınız muhtemel zor kolay sahip",
        "ve veya ya ama fakat ile için bir bu şu o her en çok daha gibi kadar göre sonra önce "
        "olan eden olarak ki hem de da ise ancak çünkü yeni büyük tarafından karşı doğru "
        "ilgili",
        "lar ler kadar bir",
    ),
    "az": _finite(
        "dı di du dü dım dim dum düm dıq dik duq dük dılar dilər dular dülər dınız diniz "
        "dunuz dünüz mış miş muş müş mışdır ıb ib ub üb ıblar iblər ublar üblər mışlar mişlər "
        "muşlar müşlər ır ir ur ür ıram irəm uram ürəm ırıq irik uruq ürük ırlar irlər urlar "
        "ürlər ar ər acaq əcək caq cək cağıq cəyik caqlar cəklər dır dir dur dür malı məli "
        "maz məz sın sin sun sün sınlar sinlər sunlar sünlər sınız siniz sunuz sünüz rıq rik "
        "arlar ərlər mazlar məzlər am əm",
        "var yox deyil lazım gərək idi imiş mümkün bilər olar gələr alar qalar mövcud",
        "və ya amma lakin ilə üçün bir bu o hər ən çox daha qədər görə sonra əvvəl olan edən "
        "olaraq ki həm də da isə ancaq çünki yeni böyük tərəfindən qarşı kimi",
        "lar lər qədər",
    ),
    "uz": _finite(
        "di dim dik ding dingiz dilar adi ydi aman yman amiz ymiz asiz ysiz yapti yapman "
        "yapmiz yapsiz moqda moqdalar gan kan qan ganlar ganman ganmiz kanman mas sin sinlar "
        "dir moqchi maydi meydi tir ar aymiz aylik",
        "kerak mumkin yo‘q yo'q yoʻq bor emas shart lozim zarur ekan edi xolos joiz mavjud "
        "ekanman ega",
        "va yoki ammo lekin bilan uchun bir bu shu har eng juda kabi qadar keyin oldin deb "
        "hamda ham esa chunki yangi katta tomonidan qarshi haqida",
        "lar",
    ),
    "kk": _finite(
        "ды ді ты ті дым дім тым тім дық дік тық тік дыңыз діңіз ған ген қан кен ғанбыз "
        "генбіз мын мін мыз міз пын пін сың сің сыз сіз мақ мек пақ пек бақ бек мас мес пас "
        "пес дыр дір тыр тір сын сін йын йін ар ер уда уде пты пті",
        "жоқ бар емес керек мүмкін тиіс қажет екен еді ма ме ба бе па пе шығар жатыр отыр тұр "
        "жүр ол болатын сияқты ықтимал мәлім екіталай",
        "және мен бен пен немесе бірақ үшін бір бұл осы әр ең өте дейін кейін бұрын ретінде "
        "да де та те ал өйткені жаңа үлкен арқылы қарсы туралы бойынша деген өткен жасар "
        "қатысты көптеген",
        "лар лер дар дер тар тер",
    ),
    "ky": _finite(
        "ды ди ду дү ты ти ту тү дым дим дум дүм тым тим дык дик дук дүк тык тик ат ет от өт "
        "йт ууда үүдө оодо өөдө ган ген гон гөн кан кен кон көн птыр птир птур птүр мын мин "
        "мун мүн быз биз буз бүз сыз сиз бас бес бос бөс пас пес сын син сун сүн ар ер ор өр "
        "мак мек мок мөк дыр дир дур дүр тыр тир тур түр ышты ишти йбыз йбиз йм чу чү",
        "жок бар эмес керек мүмкүн тийиш зарыл экен эле ыктымал элек айкын",
        "жана менен же бирок үчүн бир бул ошол ар эң өтө сыяктуу чейин кийин мурун катары да "
        "де та те анткени жаңы чоң аркылуу каршы жөнүндө боюнча деген өткөн көптөгөн",
        "лар лер лор лөр дар дер дор дөр тар тер тор төр",
    ),
    "fa": _finite(
        "د ند ست فت شت خت یم ید دم رم نم ه‌اند ه‌است ه‌ام",
        "است هست نیست بود شد کنم هستم باشم داشتم رفتم شده کرده بوده گفته کنید باش خیر هستی",
        "و یا اما ولی با برای از به در تا که این آن هر یک را بر بین پس بدون درباره هم نیز اگر "
        "چون مانند دیگر بسیار خود مورد بعد درصد باید چند وارد تعداد ایجاد افراد",
    ),
    "hi": _finite(
        "गा गे गी ता ती ते या यी ये ईं एं",
        "है हैं था थी थे थें हो हों हूँ हूं हुआ हुई हुए गया गई गए गयी गईं किया दिया लिया रहा "
        "रही रहे रहीं करें करे नहीं लगा लगे लगी दी ली की पड़ा पड़ी पड़े बना कहा जाए जाएं सके "
        "सकें दें चाहिए मिला आया आई आए आईं किए भेजा रखा मारा डाला देखी देखा बनाएं हुईं पाए",
        "और या लेकिन के का को से में पर ने भी कि जो एक इस उस यह वह बहुत सबसे तक लिए साथ बाद क्या",
    ),
    "tg": _finite(
        "ад анд аст ист уд шуд рд дод фт хт шт ем ед ам данд танд",
        "аст ҳаст нест буд шуд мебошад бошад шуда карда буданд",
        "ва ё аммо вале бо барои аз ба дар то ки ин он ҳар як бар байни пас ҳам низ агар чун "
        "дигар бисёр худ баъд фоиз бояд чанд",
    ),
    "ru": _leaning(
        "в во на с со к ко у о об обо от ото из изо за до по под подо над надо при про без "
        "безо для между через перед передо около после среди кроме из-за из-под вокруг против "
        "ради сквозь вместо внутри и а но или либо да что чтобы как если когда хотя чем не ни "
        "же ли бы который которая которое которые которого которой которых которому которым "
        "которую котором которыми чей чья чьи эта этот эти этих этой этого этим этому этом "
        "тот те тех той того тому том тем его ее её их свой свою своей своего своих свои своё "
        "наш наши наших каждый каждого все всех очень более менее самый самых самого также "
        "даже лишь только уже ещё еще был была были было быть будет будут может могут "
        "является являются стал стала чтобы потому поскольку пока где куда откуда г-н г-жа "
        "им. т. е. млн млрд один одна два три две несколько многие многих другие других "
        "другой весь всей всего",
        "ный ная ное ные ного ной ных ному ным ными ную ский ская ское ские ского ской ских "
        "скому ским скую ший шая шее шие шего шей ших щий щая щее щие щего щей щих щим щую "
        "тый тая тое тые того той тых вый вая вое вые вого вой вых вым",
    ),
    "uk": _leaning(
        "в у на з із зі зо до від од за по під над при про без для між через перед біля після "
        "серед крім навколо проти і й та а але або чи що щоб як якщо коли хоча ніж не ні же б "
        "би який яка яке які якого якої яких якому яким яку цей ця ці цих цієї цього той ті "
        "тих того тому його її їх свій свою своєї свого своїх свої наш кожен всі всіх дуже "
        "більш менш навіть лише тільки вже ще був була були було бути буде будуть може можуть "
        "є стала оскільки поки де",
        "ний ного ної них ному ним ними ський ська ське ські ського ської ських ському ським "
        "ську ший шого шої ших чий чого чої чих",
    ),
    "be": _leaning(
        "у ў на з са да ад за па пад над пры пра без для між праз перад каля пасля сярод "
        "акрамя вакол супраць і й а але або ці што каб як калі хоць чым не ні ж бы які якая "
        "якое якія якога якой якіх якому якім якую гэты гэта гэтыя гэтых гэтай гэтага той тыя "
        "тых таго яго яе іх свой сваю сваёй свайго сваіх свае наш кожны ўсе ўсіх вельмі больш "
        "менш нават толькі ужо яшчэ быў была былі было быць будзе будуць можа могуць",
        "ны ная нае ныя нага най ных наму ным нымі ную скі ская скае скія скага скай скіх",
    ),
    "pl": _leaning(
        "w we na z ze do od za po pod nad przy o bez dla między przez przed około wśród "
        "oprócz przeciw i a ale lub albo oraz że żeby jak jeśli kiedy gdy choć niż nie ani by "
        "który która które którzy którego której których któremu którym którą ten ta to te "
        "tych tej tego tym ci jego jej ich swój swoją swojej swojego swoich nasz każdy "
        "wszystkie bardzo bardziej mniej nawet tylko już jeszcze był była byli było być "
        "będzie będą może mogą jest są został",
    ),
    "en": _leaning(
        "the a an of to in for on at by with from into about as and or but nor that which who "
        "whose whom if when while because although than not no is are was were be been has "
        "have had will would can could may might must should shall do does did their its his "
        "my our your this these those every very more most such some any each between during "
        "against under over through after before without among per mr mrs dr",
    ),
    "de": _leaning(
        "der die das den dem des ein eine einen einem einer eines und oder aber sondern denn "
        "dass weil wenn als ob obwohl während in im am zum zur beim vom von bei für gegen "
        "ohne durch über unter zwischen wegen trotz seit bis aus nicht kein keine keinen sehr "
        "mehr seine seinen seiner ihr ihre ihren ihrer unser unsere dieser diese dieses "
        "diesen diesem jeder jede jedes welche welcher herr etwa sowie so noch nur auch",
    ),
    "nl": _leaning(
        "de het een en of maar want dat die wie als toen omdat hoewel dan van in op te voor "
        "met bij uit naar om tot tegen zonder door over onder tussen tijdens wegens niet geen "
        "zeer meer zijn haar hun mijn onze uw deze dit elke ieder welke zo nog ook zoals",
    ),
    "fr": _leaning(
        "le la les un une des du de d l et ou mais ni que qui dont où si quand comme parce "
        "car à au aux en dans sur sous par pour avec sans entre vers chez contre depuis "
        "pendant avant après ne pas très plus moins son sa ses leur leurs mon ma mes notre "
        "nos votre vos ce cet cette ces chaque est sont était a ont avait être avoir aussi "
        "même m mme",
    ),
    "es": _leaning(
        "el la los las un una unos unas de del y e o u pero sino ni que quien cuyo cuya donde "
        "si cuando como porque a al en con sin por para entre hacia hasta contra desde "
        "durante ante bajo sobre según tras no muy más menos su sus mi nuestro nuestra este "
        "esta estos estas ese esa cada es son era fue han ha había ser haber también tan sr "
        "sra se lo",
    ),
    "pt": _leaning(
        "o a os as um uma uns umas de do da dos das e ou mas nem que quem cujo cuja onde se "
        "quando como porque ao à aos às em no na nos nas com sem por pelo pela para entre até "
        "contra desde durante sob sobre não muito mais menos seu sua seus suas meu nosso este "
        "esta estes essa esse cada é são era foi foram tem têm ser ter também tão sr sra",
    ),
    "it": _leaning(
        "il lo la i gli le l un uno una di del della dei degli delle dell e ed o ma né che "
        "chi cui dove se quando come perché a al alla ai alle in nel nella nei con senza per "
        "tra fra verso contro da dal dalla dai durante su sul sulla non molto più meno suo "
        "sua suoi sue mio nostro questo questa questi queste ogni è sono era ha hanno aveva "
        "essere avere anche sig",
    ),
    "ar": _leaning(
        "في من إلى على عن مع أن إن أنّ التي الذي الذين أو و ثم بين بعد قبل حول ضد دون منذ حتى "
        "لكن كما إذا لأن كان كانت قد لم لن لا ما هذا هذه ذلك تلك كل أي غير عند عندما حيث خلال "
        "تحت فوق أكثر أو سوف ليس وهو وهي ومن وفي وأن بأن",
    ),
}


@cache
def find_last_words(tag: str) -> LastWords:
    """Return the last words of a language; nothing is known of most, or of other scripts."""
    return LAST_WORDS.get(tag, LastWords())
