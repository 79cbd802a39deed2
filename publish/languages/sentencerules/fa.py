"""The words of Persian for the sentence splitter.

Persian has no capitals: after an abbreviation only a word of `starters` begins a sentence.
"""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        ق.م پ.م ب.م پ.ن ر.ک رک نک ن.ک بنگ ص.پ ش.م ح.ق ه.ق.م ج.ا ج.ا.ا م.ت گردآ تل نش
        انتش مث Dr Mr Mrs Ms Prof No vs
        """
    ),
    seldom=split_words(
        """
        ق.ظ ب.ظ چ ت د م ع س ه ق ش ه.ش ه.ق ه\u200d.ش ه\u200d.ق هـ.ش هـ.ق ه\u200d هـ ش.ه
        ق.ه میل میلا خ خ.ش شرکت کیلومتر ریال تومان خیابان ک پلاک Inc Ltd Co
        """
    ),
    numbered=split_words("ص صص ج ف ب شم ط p pp ن"),
    closing=split_words("غیره الخ و.غ الـخ ا.خ"),
    starters=split_words(
        """
        این آن اینها آنها این‌ها آن‌ها او وی ما من شما ایشان همه هر هیچ بسیاری برخی بعضی
        یک دو سه دیگر دیگران کسی چه چرا کجا کی چگونه چطور چند کدام اگر اما ولی لیکن زیرا
        چون سپس پس بعد بعدها پیش اکنون امروز دیروز فردا باز شاید البته مثلاً یعنی بله نه
        اینک نخست سرانجام همیشه گاهی معمولاً فقط تنها حتی همچنین بنابراین هنگامی وقتی
        هنگام
        """
    ),
    labels=split_words("ماده فصل بخش جدول شکل تصویر پیوست قاعده گام یادداشت جلد بند تبصره"),
    speech=split_words("فریاد گفت پرسید افزود نوشت"),
)
