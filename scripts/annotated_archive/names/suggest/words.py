"""The words that say what a name beside them is, by kind of context and language; general vocabulary and no names.

Nothing here decides what a name stands for. It tells names from other words that begin with a capital, and it tells an
editor in which company a name was found.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES = _words("""
    President Vice-President Premier Prime Deputy Vice Minister Ministers Secretary Chancellor Chairman Chairwoman
    Chairperson Chair Governor Mayor Senator Congressman Congresswoman Representative Ambassador Envoy Speaker Judge
    Justice King Queen Prince Princess Emperor Emir Sultan Sheikh Pope Bishop Archbishop Patriarch Catholicos Imam
    Ayatollah General Lieutenant Colonel Major Captain Sergeant Marshal Admiral Commander Commissioner Director
    Professor Doctor Mr Mrs Ms Miss Dr Sir Madam Lady Lord Gen Lt Col Maj Capt Sgt Sen Rep Gov Prof Hon Mr. Mrs. Ms. Dr.
    Gen. Lt. Col. Maj. Capt. Sgt. Sen. Rep. Gov. Prof. Hon. Excellency Majesty Highness Honour Honourable Honorable
    Spokesman Spokeswoman Spokesperson Foreign Defense Defence Interior Acting Former Government Governments Heads Head
    Chief Permanent Secretary-General President-elect Rapporteur Delegate Delegation Representatives Presidents Her His
    Their Your Members Secretaries Leader Leaders Executive Officer Analyst Treasury
    Президент Премьер Министр Генерал Посол Господин Мэр Губернатор  Նախագահ Վարչապետ Նախարար Պարոն
    Prezident Nazir Başbakan Cumhurbaşkanı Bakan Bakanı Sayın Cənab
""")
"""What people are called by: it belongs to no name, though it is often written with a capital before one."""

INSTITUTIONS = _words("""
    Academy Administration Agency Agreement Alliance Assembly Association Authority Bank Board Bureau Centre Center
    Chamber Charter Commission Committee Community Conference Confederation Congress Convention Cooperation Co-operation
    Corporation Council Court Covenant Declaration Department Directorate Federation Forum Foundation Fund Group
    Institute League Mission Movement Ministry Network Office Organisation Organization Pact Parliament Partnership
    Party Programme Program Protocol Republic School Service Society Summit Treaty Tribunal Union University
""")
"""The words after which `for`, `on` and `and` go on with the same name: “Office for Outer Space Affairs”."""

ABSTRACT = _words(
    "Member Members State States Power Powers Party Parties Nation Nations People Peoples Article Chapter"
)
"""Words that names are made of and that name nothing among themselves: “Member States”."""

FIELDS = _words("""
    State Foreign Affairs Defence Defense War Interior Internal External Home Finance Justice Health Education Economy
    Trade Commerce Energy Culture Labour Labor Agriculture Treasury Staff Information Transport Environment Development
""")
"""What offices are for: “Secretary of State”, “Minister for Foreign Affairs”."""

NEVER = _words("""
    I A An The And But Or In On At Of For From By To With It He She We You They This That These Those There Here
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun
    January February March April May June July August September October November December
    Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Yes No Not If As So Our My Its Who What When Where Why How
    Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Januar Februar März Mai Juni Juli Oktober Dezember
    Advertisement Subscribe Share Read More Photo Image Video Credit Copyright Newsletter Sign Click
    AM PM GMT UTC HTML PDF FAQ RSS CEO CFO OK TV
""")
"""Words with a capital that name nothing an archive has a page for: days, months, pronouns, words of web pages."""

COMPANIES = _words("Inc Ltd Corp Co Plc plc PLC AG SA GmbH LLC NV AB SpA Inc. Ltd. Corp. Co.")
"""The words at the end of the names of companies: “General Motors Corp” has no title."""

SUFFIXES = COMPANIES | _words("Jr Sr Jr. Sr.")
"""What follows the names of companies and of sons, and is no name alone."""

PARTICLES = (
    "of", "for", "on", "and", "&", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "el",
    "van", "von", "der", "den", "zu", "bin", "ibn", "al", "ul", "y", "e",
)  # fmt: skip
JOINING = frozenset({"of", "for", "on", "and"})
"""Particles that stand between names as well as in them; the others only ever stand in names."""

BEFORE: dict[str, str] = {
    "in X": r"(?:in|at|near|outside|inside|around|across|throughout|towards?|into|from|во?|на|из|под|возле|около|"
    r"près de|à|dans|en|desde|hacia|bei|nach|aus)",
    "town of X": r"(?:city|cities|town|towns|village|villages|district|province|region|municipality|capital|settlement|"
    r"island|islands|river|lake|mount|valley)(?: of)?(?: the)?|"
    r"(?:город(?:а|е|ом|у)?|сел[оеау]м?|деревн[яиею]|пос[её]л(?:ок|ка|ке)|район[аеу]?|област[иь]|г\.|с\.)|"
    r"(?:şəhəri|kəndi|rayonu|ilçesi|köyü|şehri)|(?:քաղաք|գյուղ|մարզ)",
    "president X": r"(?:president|premier|minister|chancellor|secretary|ambassador|general|colonel|major|captain|"
    r"spokes(?:man|woman|person)|chairm[ae]n|chairwoman|director|governor|mayor|senator|judge|professor|king|queen|prince|"
    r"mrs?|ms|dr|gen|col|sen|rep|gov|prof|analyst|economist|lawyer|official|leader|commander|activist|journalist|"
    r"президент[ауом]{0,2}|премьер(?:-министр)?[ауом]{0,2}|министр[ауом]{0,2}|посол|послом|генерал|глава|главы|депутат|"
    r"նախագահ|վարչապետ|նախարար|prezident|nazir|başbakan|cumhurbaşkanı|président|ministre|presidente|ministro)\.?",
    "state of X": r"(?:government|governments|people|peoples|republic|kingdom|state|president|army|parliament|"
    r"independence|borders?|territory|leaders|citizens|delegation|representative) of(?: the)?",
}
"""Kind of context → what stands right before the name, one space away."""

AFTER: dict[str, str] = {
    "X said": r",? (?:said|says|told|added|announced|stated|warned|argued|wrote|claimed|denied|reported|noted|declared|"
    r"заявил[аи]?|сообщил[аи]?|сказал[аи]?|отметил[аи]?|ասել|ասաց|հայտնել|bildirib|dedi|deyib|söyledi|açıkladı|"
    r"a déclaré|dijo|sagte)\b",
    "X region": r" (?:city|town|village|district|province|region|county|river|lake|valley|airport|border|corridor|"
    r"peninsula|island|islands|rayonu|şəhəri|kəndi|район[аеу]?|област[иь]|քաղաք|գյուղ|մարզ)\b",
    "X Ltd": r",? (?:Inc|Ltd|Corp|Co|plc|PLC|AG|SA|GmbH|LLC|NV|AB)\b",
    "X's": r"['’]s?\b(?! ?[A-Z])",
    "(X)": r"\)",
}
"""Kind of context → what stands right after the name."""

TITLES_UNCASED = {
    "president X": r"(?:პრეზიდენტ(?:ი|მა|ის)|პრემიერ[- ]მინისტრ(?:ი|მა|ის)|მინისტრ(?:ი|მა|ის)|გენერალი|ბატონი|"
    r"الرئيس|رئيس الوزراء|وزير الخارجية|وزير الدفاع|الجنرال|السيد|رئیس[\u200c -]?جمهور|نخست[\u200c -]?وزیر|آقای|"
    r"سرلشکر)",
    "town of X": r"(?:ქალაქ(?:ი|ში|ის)?|სოფელ(?:ი|ში|ის)?|სოფლის|რაიონი|مدينة|قرية|بلدة|محافظة|شهر|روستای|استان|"
    r"شهرستان|منطقه)",
}
"""Scripts without capitals: the words after which the next word is likely a name."""
