"""Which kinds of things a text names, in the languages that models speak: to tell a denial of clouds from one of ships.

Only what is often looked for or denied in overhead pictures has a row, and words of one row are never told apart:
"no boats" is an answer to a question for ships. A word in no row is no kind here.
"""

# ruff: noqa: E501 - a line is one kind in one group of languages, and can not be broken
from __future__ import annotations

import re
import unicodedata

_SPACED = {
    "ship": r"""
ships?|boats?|vessels?|watercrafts?|ferr(?:y|ies)|barges?|tankers?|yachts?|canoes?|tugs?|tugboats?|sailboats?|warships?|freighters?|\w*schiffe?n?s?|\w*boote?n?s?|fähren?|navires?|bateaux?|péniches?|barcos?|buques?|embarcaci(?:ón|ones)|navios?|embarcaç(?:ão|ões)|navi|nave|barc(?:a|he)|imbarcazion[ei]
sch(?:ip|epen)|bo(?:ot|ten)|fartyg|skepp|båt\w*|skip|skibe?|laiv\w+|statk\w*|łod\w+|lod[ěi]\w*|кораб\w+|суд(?:но|на|ов|а)|лодк\w+|лодок|катер\w*|gemi\w*|tekne\w*|tàu|thuyền|kapal\w*|perahu|(?:ال)?سف(?:ينة|ن)|(?:ال)?قوارب|जहाज\w*|नाव\w*|کشتی\w*|قایق\w*|ספינ\w+|סיר\w+|πλοί\w+|nave|hajó\w*|জাহাজ\w*
""",
    "aircraft": r"""
aircrafts?|(?:air)?planes?|aeroplanes?|jets?|airliners?|helicopters?|flugzeuge?n?s?|hubschrauber\w*|avions?|hélicoptères?|avi(?:ón|ones)|helicópteros?|avi(?:ão|ões)|aere[oi]|elicotter[oi]|vliegtuig\w*|helikopter\w*|flygplan\w*|fly|samolot\w*|самол[её]т\w*|вертол[её]т\w*|літак\w*|uçak\w*|uçağ\w*|máy bay|pesawat\w*|(?:ال)?طائر(?:ة|ات)|विमान\w*|هواپیما\w*|מטוס\w*|αεροπλάν\w+
""",
    "vehicle": r"""
cars?|vehicles?|trucks?|lorr(?:y|ies)|bus(?:es)?|vans?|motorcycles?|automobiles?|autos?|\w*fahrzeuge?n?s?|pkws?|lkws?|lastwagen|voitures?|véhicules?|camions?|coches?|vehículos?|carros?|veículos?|caminh(?:ão|ões)|automobil[ei]|macchin[ae]|veicol[oi]|voertuig\w*|auto's|bilar?|biler|fordon\w*|samochod\w*|pojazd\w*|машин\w*|автомобил\w*|грузовик\w*|araç\w*|araba\w*|xe|mobil|kendaraan|(?:ال)?سيار(?:ة|ات)|(?:ال)?مركب(?:ة|ات)|गाड़ि\w+|वाहन\w*|कार(?:ें)?|خودرو\w*|رכב\w*|מכוני\w+|αυτοκίνητ\w+
""",
    "building": r"""
buildings?|houses?|roofs?|gebäuden?s?|häusern?|haus|bâtiments?|maisons?|edificios?|casas?|edifícios?|prédios?|edific[io]+|cas[ae]|gebouw\w*|huizen|byggnad\w*|hus|bygning\w*|budyn\w*|dom(?:y|ów)|здани\w*|дом(?:а|ов)|будівл\w+|bina\w*|ev(?:ler)?|tòa nhà|nhà|bangunan|rumah|(?:ال)?مبان[ي]?|(?:ال)?مبنى|इमारत\w*|घर|ساختمان\w*|מבנ\w+|בניינ\w+|κτίρι\w+
""",
    "tree": r"""
trees?|forests?|woods?|vegetation|bäumen?|baum|wald|arbres?|forêts?|árbol(?:es)?|bosques?|árvores?|florestas?|alber[oi]|bosc(?:o|hi)|bo(?:om|men)|träd|trær|træer|drzew\w*|дерев\w*|ağaç\w*|cây|pohon|(?:ال)?أشجار|पेड़\w*|درخت\w*|עצים|δέντρ\w+
""",
    "person": r"""
persons?|people|humans?|pedestrians?|men|women|children|menschen|personen?|leute|fussgänger\w*|personnes?|gens|piétons?|personas?|gente|peatones|pessoas?|person[ae]|mensen|människor|mennesker|ludzi|osób|люд(?:и|ей)|человек\w*|insan\w*|người|orang|(?:ال)?أشخاص|(?:ال)?ناس|लोग\w*|व्यक्ति\w*|افراد|אנשים|άνθρωπ\w+
""",
    "animal": r"""
animals?|cows?|cattle|birds?|horses?|sheep|tieren?|kühe|vögel|animaux|oiseaux|vaches|animales|pájaros|animais|pássaros|animali|uccelli|dieren|djur|zwierząt|животн\w+|птиц\w*|hayvan\w*|động vật|hewan|(?:ال)?حيوانات|जानवर\w*
""",
    "cloud": r"""
clouds?|cloud cover|fog|haze|mist|smoke|wolken?|nebel|rauch|nuages?|brouillard|brume|fumée|nubes?|niebla|nuvens|nuvem|nevoeiro|nuvol[ae]|nubi|nebbia|moln|skyer|chmur\w*|облак\w*|туман\w*|хмар\w*|bulut\w*|mây|awan|(?:ال)?غيوم|(?:ال)?سحب|बादल\w*|ابر(?:ها)?|עננים|σύννεφ\w+
""",
    "road": r"""
roads?|streets?|highways?|strassen?|routes?|rues?|carreteras?|calles?|estradas?|ruas?|strad[ae]|wegen|straten|vägar|veier|dróg|дорог\w*|улиц\w*|yol(?:lar)?|đường|jalan|(?:ال)?طر(?:ق|يق)|सड़क\w*
""",
    "bridge": r"""
bridges?|brücken?|ponts?|puentes?|pontes?|pont[ei]|brug(?:gen)?|bro(?:ar|er)|most(?:y|ów)|мост\w*|köprü\w*|cầu|jembatan|(?:ال)?جس(?:ر|ور)|पुल\w*
""",
    "solar": r"(?:solar|photovoltaic) (?:panels?|arrays?)|solaranlagen?|solarmodule|panneaux solaires|paneles solares|painéis solares|pannelli solari|солнечн\w+ панел\w+",
    "pool": r"(?:swimming )?pools?|schwimmbecken|piscines?|piscinas?|piscin[ae]|zwembad\w*|бассейн\w*|havuz\w*",
    "tank": r"(?:storage )?tanks?|silos?|tanques|réservoirs?|depósitos?|serbato[io]+|цистерн\w*|резервуар\w*",
    "train": r"trains?|railways?|rail ?cars?|locomotives?|züge|zug|trenes|tren|trens|treni|поезд\w*",
    "crane": r"cranes?|kräne|kran|grues?|grúas?|guindastes?|gru|кран(?:ы|ов)?",
}  # fmt: skip
"""Words that have spaces round them; case-folded."""

_UNSPACED = {
    "ship": "船|舰|艦|艇|(?<!재)(?<!\\w)배(?=[가는를도]|\\b)|선박|เรือ",
    "aircraft": "飞机|飛機|航空機|飛行機|直升机|ヘリ|비행기|항공기|헬리콥터|เครื่องบิน",
    "vehicle": "汽车|汽車|车辆|車輛|車両|卡车|轿车|自動車|トラック|차량|자동차|트럭|รถ",
    "building": "建筑|建築|房屋|房子|楼房|建物|家屋|ビル|건물|주택|อาคาร",
    "tree": "树|樹|森林|木々|나무|ต้นไม้",
    "person": "人物|行人|人类|人員|人员|没有人|沒有人|人は|人が|歩行者|사람|보행자|คน",
    "animal": "动物|動物|鸟|동물|สัตว์",
    "cloud": "云|雲|雾|霧|구름|안개|เมฆ",
    "road": "道路|公路|马路|街道|도로|ถนน",
    "bridge": "桥|橋|다리|교량|สะพาน",
    "solar": "太阳能|太陽光|太陽能|태양광",
    "pool": "泳池|プール|수영장",
    "tank": "储罐|油罐|タンク|저장탱크",
    "train": "火车|列车|列車|기차|열차",
    "crane": "起重机|吊车|クレーン|크레인",
}
"""Words of scripts without spaces between words; Korean stands here for its endings."""

_PASSING = frozenset({"cloud"})
"""Kinds that models deny unasked, whatever was asked for."""

_PLACE = re.compile(
    r"\b(?:in|on|at|over|near|from|along|under|behind|between|within|across|am|auf|im|an|dans|sur|en|sobre|em|na|nas|nos|su|sul"
    r"|nel|nella|op|på|на|в) (?:the |this |that |these |a |an |dem |der |den |diesem |dieser |le |la |les |el |los |las |o |os |il |de |het )?(?:\w+ )?$"
)
_PLACE_AFTER = re.compile(r"[上中里裡内內にでの에]|area|region|land\b|site|scene|image|picture")
_ROWS = {
    kind: re.compile(
        rf"(?<!\w)(?:{'|'.join(words.strip().splitlines())})(?!\w)"
        + (f"|{_UNSPACED[kind]}" if kind in _UNSPACED else "")
    )
    for kind, words in _SPACED.items()
}


def kinds_in(text: str) -> frozenset[str]:
    """The kinds that a text names anywhere."""
    plain = folded(text)
    return frozenset(kind for kind, row in _ROWS.items() if row.search(plain))


def kinds_meant(text: str) -> frozenset[str]:
    """The kinds that a text names, but not those that only say where: "in the forest" names no tree."""
    plain = folded(text)
    return frozenset(
        kind
        for kind, row in _ROWS.items()
        if any(
            not _PLACE.search(plain[: match.start()])
            and not _PLACE_AFTER.match(plain[match.end() :].lstrip())
            for match in row.finditer(plain)
        )
    )


_FOR_WHOM = re.compile(r"\bwhere (?:can|could|do|does|may|might|should|will|would) (?:the |a |an )?\w+")
"""Who is to do something at what is asked for: "where could people shelter" asks for no people."""


def is_of_another(asked: str, said: str) -> bool:
    """Whether what is said is about another kind than what was asked for, as far as both are known."""
    wanted, named = kinds_in(_FOR_WHOM.sub(" ", folded(asked))), kinds_meant(said)
    if not named or kinds_in(said) & wanted or shares_a_word(asked, said):
        return False
    return bool(wanted) or named <= _PASSING


def shares_a_word(asked: str, said: str) -> bool:
    """Whether a sentence holds a word of the question, or one that begins like it."""
    plain = folded(said)
    return any(re.search(rf"(?<!\w){re.escape(_stem(word))}", plain) for word in _content(asked))


def _content(asked: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{3,}", folded(asked)) if word not in _IDLE]


def _stem(word: str) -> str:
    return word[:-2] if len(word) > 7 else word[:-1] if len(word) > 5 else word.rstrip("s")


_IDLE_TEXT = """
all any each every the and with without find show where are there near next this that these
those in on image picture large largest small smallest big red blue white green black long alle
die der das und les des tous toutes todos todas los las tutti tutte not but what which how many
objects object things
"""
_IDLE = frozenset(_IDLE_TEXT.split())
"""Words of questions that a sentence may share with them by chance."""


def folded(text: str) -> str:
    """Case-folded, in compatibility form, with plain apostrophes and single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").casefold().split())
