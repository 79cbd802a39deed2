"""The words of Arabic for the sentence splitter.

Arabic has no capitals: after an abbreviation only a word of `starters` begins a sentence.
"""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words(
        """
        د.ت د.ط د.ن ج.م.ع ود وأ وم أ.د أ.م د.م ا.د ق.م ب.م ص.ب ص.ت س.ت ت.م ر.م ج.ع.س
        و.م.أ را قا مج تح تر تلف ن.م م.ن م.س مث Dr Mr Mrs Ms Prof vs
        """
    ),
    seldom=split_words(
        """
        هـ ه هـ.ق هـ.ش م.م ذ.م.م ش.م ش.م.ل ش.م.م ش.م.ع ش.ذ.م.م ع س ر رض ص.ع.و صلعم كم كغ
        كجم مم سم ل ج.م ر.س د.ك د.أ د.إ ل.ل م.د Inc Ltd Co
        """
    ),
    numbered=split_words("وج وص ص ص.ص صص ج ط ف ق ب ت p pp"),
    closing=split_words("إلخ الخ إ.ل.خ اهـ ا.هـ أ.هـ انتهى"),
    starters=split_words(
        """
        هذا هذه هذان هؤلاء ذلك تلك أولئك هو هي هم هما نحن أنا أنت أنتم كل جميع بعض كثير
        معظم أحد واحد اثنان ثلاثة غير ليس ليست لا لم لن ما ماذا لماذا أين متى كيف كم أي
        هل إذا إن أن لو لكن ولكن بل لأن ثم بعد قبل الآن اليوم أمس غدا غداً ربما طبعا
        مثلا نعم كلا أخيرا أخيراً أولا أولاً دائما أحيانا عادة فقط حتى أيضا كذلك لذلك
        عندما حين بينما كان كانت كانوا قال قالت وقال وقالت وقد قد كما وكان وكانت ولم
        وهذا وهذه وهو وهي وإذا وبعد ثمّ يقول تقول يعد يجب يمكن جاء ذكر ذكرت أعلن أعلنت
        وأعلنت
        """
    ),
    labels=split_words(
        """
        مادة المادة فصل الفصل باب الباب جدول الجدول شكل الشكل ملحق الملحق قاعدة خطوة بند
        البند
        """
    ),
    speech=split_words("صرخ صرخت قال قالت سأل سألت صاح أضاف"),
)
