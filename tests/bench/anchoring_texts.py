"""Invented texts for the measurement of anchors, as lists of sentences: what one says is known, not computed."""

from __future__ import annotations

# Texts of paragraphs of sentences. A quotation is one sentence with its speaker.
INVENTED: list[list[list[str]]] = [
    [
        [
            "The Defence Ministry of Armenia said that at least 49 of its soldiers were killed near Goris on Tuesday.",
            (
                "The Defence Ministry of Azerbaijan said that at least 50 of its soldiers were killed near Jermuk on "
                "Tuesday."
            ),
            "“We call for a halt,” the spokesman said.",
            "Neither figure could be checked.",
        ],
        [
            "“We call for a halt,” the spokesman said.",
            (
                "In a statement carried by several agencies during the night, and repeated in the morning without "
                "any change, the Armenian side spoke of 105 dead."
            ),
            (
                "In a statement carried by several agencies during the night, and repeated in the morning without "
                "any change, the Azerbaijani side spoke of 71 dead."
            ),
            "The village of Sotk was shelled for 2 hours.",
            "The shelling didn't stop before 7.30 in the morning.",
        ],
        [
            "Armenian troops left 6 positions above Vardenis.",
            "Azerbaijani troops left 6 positions above Kapan.",
            "It was -5 degrees in Sotk, and 6 500 people had no heating.",
            "A re-opened road leads from Goris to Kapan.",
            "The ministry denied this.",
            "Observers counted 12 drones.",
            "The ministry denied this.",
        ],
    ],
    [
        [
            "Министерство обороны Армении сообщило, что под Горисом погибли не менее 49 военнослужащих.",
            "Министерство обороны Азербайджана сообщило, что под Джермуком погибли не менее 50 военнослужащих.",
            "«Мы призываем прекратить огонь», – сказал представитель ведомства.",
            "Проверить эти данные не удалось.",
        ],
        [
            (
                "По словам собеседника агентства, который просил не называть его имени и говорил вечером по "
                "телефону, армянские подразделения отошли с 6 позиций."
            ),
            (
                "По словам собеседника агентства, который просил не называть его имени и говорил вечером по "
                "телефону, азербайджанские подразделения отошли с 6 позиций."
            ),
            "«Мы призываем прекратить огонь», – сказал представитель ведомства.",
            "Село Сотк обстреливали 2 часа.",
        ],
        [
            "Ранены 205 человек, из них 12 мирных жителей.",
            "Йеменский наблюдатель насчитал 7 беспилотников.",
            "Дорога из Гориса в Капан закрыта.",
            "В ведомстве это отрицали.",
            "Ещё 3 человека пропали без вести.",
            "В ведомстве это отрицали.",
        ],
    ],
    [
        [
            "Azərbaycan Müdafiə Nazirliyi bildirib ki, Gədəbəy istiqamətində ən azı 50 hərbçi həlak olub.",
            "Ermənistan Müdafiə Nazirliyi bildirib ki, Gorus istiqamətində ən azı 49 hərbçi həlak olub.",
            "“Atəşi dayandırmağa çağırırıq”, – deyə sözçü bildirib.",
            "Bu rəqəmləri yoxlamaq mümkün olmayıb.",
        ],
        [
            (
                "Gecə saatlarında bir neçə agentliyin yaydığı və səhər dəyişmədən təkrarlanan açıqlamada erməni "
                "tərəfi 105 ölü barədə danışıb."
            ),
            (
                "Gecə saatlarında bir neçə agentliyin yaydığı və səhər dəyişmədən təkrarlanan açıqlamada "
                "azərbaycanlı tərəfi 71 ölü barədə danışıb."
            ),
            "Laçın yolu 2 saat bağlı qalıb.",
            "Şuşada isə vəziyyət sakit olub.",
        ],
        [
            "Cermukda 12 ev dağılıb.",
            "Nazirlik bunu təkzib edib.",
            "Daha 3 nəfər itkin düşüb.",
            "Nazirlik bunu təkzib edib.",
            "“Atəşi dayandırmağa çağırırıq”, – deyə sözçü bildirib.",
        ],
    ],
    [
        [
            "Հայաստանի պաշտպանության նախարարությունը հայտնել է, որ Գորիսի մոտ զոհվել է առնվազն 49 զինծառայող։",
            "Ադրբեջանի պաշտպանության նախարարությունը հայտնել է, որ Ջերմուկի մոտ զոհվել է առնվազն 50 զինծառայող։",
            "«Կոչ ենք անում դադարեցնել կրակը», – ասել է խոսնակը։",
            "Այս թվերը ստուգել չի հաջողվել։",
        ],
        [
            (
                "Գիշերը մի քանի գործակալության տարածած և առավոտյան անփոփոխ կրկնված հայտարարության մեջ հայկական կողմը "
                "խոսել է 105 զոհի մասին։"
            ),
            (
                "Գիշերը մի քանի գործակալության տարածած և առավոտյան անփոփոխ կրկնված հայտարարության մեջ ադրբեջանական "
                "կողմը խոսել է 71 զոհի մասին։"
            ),
            "Սոթք գյուղը հրետակոծվել է 2 ժամ։",
            "Ե՞րբ է բացվելու Գորիսի ճանապարհը։",
        ],
        [
            "Վիրավորվել է 205 մարդ, որոնցից 12-ը քաղաքացիական անձ է։",
            "Նախարարությունը դա հերքել է։",
            "Եվս 3 մարդ անհետ կորել է։",
            "Նախարարությունը դա հերքել է։",
            "«Կոչ ենք անում դադարեցնել կրակը», – ասել է խոսնակը։",
        ],
    ],
    [
        [
            "საქართველოს საგარეო უწყებამ თქვა, რომ სომხეთის მხარეს დაიღუპა 49 ჯარისკაცი.",
            "საქართველოს საგარეო უწყებამ თქვა, რომ აზერბაიჯანის მხარეს დაიღუპა 50 ჯარისკაცი.",
            "„მოვუწოდებთ, შეწყდეს ცეცხლი“, – თქვა წარმომადგენელმა.",
        ],
        [
            "სოფელი სოთქი ორი საათის განმავლობაში იბომბებოდა.",
            "სამინისტრომ ეს უარყო.",
            "კიდევ 12 სახლი დაინგრა გორისთან.",
            "სამინისტრომ ეს უარყო.",
            "გზა გორისიდან კაპანამდე დაკეტილია.",
        ],
    ],
    [
        [
            "قالت وزارة الدفاع في أرمينيا إن ٤٩ جنديا قتلوا قرب غوريس.",
            "قالت وزارة الدفاع في أذربيجان إن ٥٠ جنديا قتلوا قرب جيرموك.",
            "«ندعو إلى وقف إطلاق النار»، قال المتحدث.",
        ],
        [
            "قصفت قرية سوتك ساعتين.",
            "نفت الوزارة ذلك.",
            "دمر 12 منزلا قرب كابان.",
            "نفت الوزارة ذلك.",
            "الطريق من غوريس إلى كابان مغلق منذ الصباح.",
        ],
    ],
    [
        [
            "亚美尼亚国防部说，在戈里斯附近有49名士兵死亡。",
            "阿塞拜疆国防部说，在杰尔穆克附近有50名士兵死亡。",
            "“我们呼吁停火，”发言人说。",
        ],
        [
            "索特克村被炮击了2个小时。",
            "国防部否认了这一点。",
            "卡潘附近有12所房屋被毁。",
            "国防部否认了这一点。",
            "从戈里斯到卡潘的道路已经关闭。",
        ],
    ],
]

_EN = ("Armenia", "Azerbaijan")
_RU = ("Армении", "Азербайджана")
_AZ = ("Azərbaycan", "Ermənistan")
_HY = ("Հայաստանի", "Ադրբեջանի")
_KA = ("სომხეთის", "აზერბაიჯანის")
_AR = ("أرمينيا", "أذربيجان")
_ZH = ("亚美尼亚", "阿塞拜疆")

# Sentences in which {} is a side, far from other words of the same sentence, and the sides that can stand there.
FAR: dict[str, list[tuple[str, tuple[str, str]]]] = {
    "abbreviation, “!”, “…” between": [
        (
            (
                "The Defence Ministry of {} said in a long statement published online on Sept. 13 that at least 50 "
                "soldiers were killed."
            ),
            _EN,
        ),
        (
            (
                "The Defence Ministry of {} said through its well known spokesman on duty, Capt. Smith, that 50 "
                "soldiers were killed."
            ),
            _EN,
        ),
        (
            (
                "The Defence Ministry of {} denied in the course of the night that approx. 50 soldiers of its own "
                "army were killed."
            ),
            _EN,
        ),
        (
            (
                "The Defence Ministry of {}, as the web site of Yahoo! News had it in the evening hours, said 50 "
                "soldiers were killed."
            ),
            _EN,
        ),
        (
            (
                "The Defence Ministry of {} said that in the night and in the early morning… 50 soldiers of the army "
                "were killed."
            ),
            _EN,
        ),
        (
            (
                "The Defence Ministry of {} said that in the night (around 3 a.m.? Or later? Nobody knew.) 50 "
                "soldiers were killed."
            ),
            _EN,
        ),
        (
            (
                "50 soldiers were killed in the night above the lake, and 12 men more in the town. – Ministry of "
                "Defence of {}."
            ),
            _EN,
        ),
        (
            (
                "Министерство обороны {} сообщило журналистам, что по состоянию на вечер 13 сент. 2022 года погибли "
                "50 военных."
            ),
            _RU,
        ),
        (
            (
                "Министерство обороны {} сообщило вечером, со ссылкой на данные, которые привёл проф. Иванов, что "
                "погибли 50 военных."
            ),
            _RU,
        ),
        (
            (
                "{} Müdafiə Nazirliyinin gecə saatlarında yaydığı açıqlamada prof. Əliyev bildirib ki, 50 hərbçi "
                "həlak olub."
            ),
            _AZ,
        ),
        (
            (
                "{} պաշտպանության նախարարությունը հայտնել է, որ գիշերը և առավոտյան ժամերին… Գորիսի մոտ զոհվել է 50 "
                "զինծառայող։"
            ),
            _HY,
        ),
        (
            (
                "{} თავდაცვის სამინისტრომ განაცხადა ღამით გავრცელებულ განცხადებაში პროფ. ივანოვის ცნობით, რომ "
                "დაიღუპა 50 ჯარისკაცი."
            ),
            _KA,
        ),
        (
            (
                "أعلنت وزارة الدفاع في {} بحسب ما نقلته وكالة رويترز! للأنباء مساء أمس عن مصدر لم تسمه أن ٥٠ جنديا "
                "قتلوا قرب غوريس."
            ),
            _AR,
        ),
        (
            "{}国防部宣布，据该部发言人昨天晚上在首都举行的例行新闻发布会上所公布的最新一份书面声明来看……附近有50名士兵死亡。",
            _ZH,
        ),
    ],
    "quotation, its speaker after": [
        (
            (
                "“On that day 50 men were killed above the lake, as was said. We call for a halt,” the Defence "
                "Ministry of {} said."
            ),
            _EN,
        ),
        (
            (
                "“50 of our men were killed above the lake, all of them young! It must stop.” The Defence Ministry "
                "of {} said no more."
            ),
            _EN,
        ),
        (
            (
                '"On that day 50 men were killed above the lake, as was said. We call for a halt," the Defence '
                "Ministry of {} said."
            ),
            _EN,
        ),
        (
            (
                "'On that day 50 men were killed above the lake, as was said. We call for a halt,' the Defence "
                "Ministry of {} said."
            ),
            _EN,
        ),
        (
            (
                "«В тот день погибли 50 военных, как мы уже говорили ранее. Мы призываем прекратить огонь», – "
                "сообщили власти {}."
            ),
            _RU,
        ),
        (
            (
                "“Həmin gün 50 hərbçi həlak olub, bunu əvvəl də demişik. Atəşi dayandırmağa çağırırıq”, – deyə {} "
                "ordusu bildirib."
            ),
            _AZ,
        ),
        (
            (
                "«Այդ օրը զոհվել է 50 զինծառայող, ինչպես արդեն ասել ենք։ Կոչ ենք անում դադարեցնել կրակը», – ասել է "
                "{} բանակը։"
            ),
            _HY,
        ),
        (
            (
                "„იმ დღეს დაიღუპა 50 ჯარისკაცი, როგორც უკვე ვთქვით. ჩვენ მოვუწოდებთ, შეწყდეს ცეცხლი“, – თქვა {} "
                "სამინისტრომ."
            ),
            _KA,
        ),
        (
            (
                "«في ذلك اليوم قتل ٥٠ جنديا قرب غوريس كما قلنا. ندعو إلى وقف فوري لإطلاق النار»، كما أعلنت وزارة "
                "الدفاع في {}."
            ),
            _AR,
        ),
        (
            "“那天在戈里斯附近有50名士兵死亡，我们已经说过。我们呼吁立即停火，”{}国防部宣布。",
            _ZH,
        ),
    ],
}

# What stands before a sentence, with a side, and a sentence that does not say who speaks.
BEYOND: list[tuple[str, str, tuple[str, str]]] = [
    (
        "The Defence Ministry of {} spoke in the evening. ",
        "It said that 50 of its soldiers were killed near the lake.",
        _EN,
    ),
    (
        "Losses of {}\n\n",
        "50 soldiers were killed near the lake in the night, and 12 in the town.",
        _EN,
    ),
    (
        "Министерство обороны {} выступило вечером. ",
        "Оно сообщило, что ночью погибли 50 военнослужащих.",
        _RU,
    ),
    (
        "{} պաշտպանության նախարարությունը հանդես եկավ։ ",
        "Այն հայտնել է, որ զոհվել է 50 զինծառայող։",
        _HY,
    ),
    (
        "{}国防部晚上发表了讲话。\n\n",
        "它宣布在戈里斯附近有50名士兵死亡。",
        _ZH,
    ),
]
