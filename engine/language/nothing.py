"""Sentences that say "there is nothing of the kind", in the languages that models speak.

Read with care: a sentence that holds back ("no other ships", "none in the north", "no ships, but …"), that
asks, or that speaks of the picture and not of what it shows ("I can't see any image") says nothing here.
So does a text that says in another sentence that something is there.
"""

from __future__ import annotations

import re
import unicodedata

_ALONE_TEXT = """
none; nothing; nothing found; none found; no objects; no object; no objects found; no matches; no match; n/a;
not found; empty; keine; nichts; nichts gefunden; keine objekte; aucun; aucune; rien; aucun objet; ninguno;
ninguna; nada; nenhum; nenhuma; nessuno; nessuna; niente; nessun oggetto; geen; niets; нет; ничего; 无; 没有;
無; なし; 該当なし; ありません; 없음; 없습니다; لا شيء; لا يوجد; कुछ नहीं; कोई नहीं; ingen; intet; ingenting; inga;
brak; nic; žádné; hiçbiri; yok; không có; tidak ada; немає; κανένα
"""
"""What says it in a line of its own."""

_LANGUAGES: dict[str, tuple[str, str]] = {
    "en": (
        r"""
\bthere(?:'s| is| are| was| were| seems? to be| appears? to be) (?:currently |clearly )?(?:no|not any|none|nothing)\b
\bthere(?: is|'s| are)(?: not|n't) (?:a|an|any)\b
\bthere (?:isn't|aren't|wasn't|weren't) (?:a|an|any)\b
\b(?:i|we) (?:can )?(?:see|find|found|detect(?:ed)?|identif(?:y|ied)|located?|spot(?:ted)?) (?:no|nothing|none)\b
\b(?:i|we) (?:do|did|can|could)(?: not|n't|not) (?:see|find|detect|identify|locate|spot) (?:any|an|a)\b
\b(?:i|we) can't (?:see|find|detect|identify|locate|spot) (?:any|an|a)\b
^(?:no|none|nothing)\b.*\b(?:visible|found|detected|present|seen|identified|located|shown)\b
^(?:no|none|nothing)\b.*\b(?:match(?:es)?|fits?|exists?|appears?|image|picture|scene)\b
\bno [\w -]+ (?:is|are|was|were|can be|could be) (?:visible|found|detected|present|seen|identified|shown)\b
\bdo(?:es)?(?: not|n't) (?:appear to |seem to )?(?:contain|show|include|have|depict) (?:any|a|an)\b
\b(?:contains|shows|has|depicts) no\b
\b(?:is|are) (?:not|nowhere) (?:visible|present|found|seen|shown|to be (?:seen|found))\b
""",
        r"""
\b(?:but|however|except|others?|otherwise|(?:apart|aside) from|only|although|though|besides|doubt|more|further)\b
\b(?:additional|else|unless|if|maybe|might|may|sure|half|corner|left|right|upper|lower|top|bottom)\b
\b(?:north|south|east|west)(?:ern)?\b|\bcertain\b
\b(?:images?|pictures?|photos?) (?:(?:was|were|is|has been|have been) )?(?:provided|attached|uploaded|given|available)\b
\b(?:see|find|view|access|have|receive) (?:(?:any|an?|the) )?(?:images?|pictures?|photos?|attachments?)\b
\bno (?:images?|pictures?|photos?|attachments?)\b
""",
    ),
    "de": (
        r"""
\b(?:es gibt|gibt es|ich sehe|ich finde|ich erkenne|man sieht|sind|ist|enthält|zeigt)\b.*\bkeine?[nrms]?\b
\b(?:es gibt|ich sehe|ich finde|ich erkenne|man sieht|ist)\b.*\bnichts\b
^(?:keine?[nrms]?|nichts)\b.*\b(?:sichtbar|gefunden|vorhanden|zu sehen|erkennbar|zu erkennen|bild)\b
""",
        r"""
\b(?:aber|jedoch|außer|andere[nrs]?|weitere[nrs]?|mehr|nur|sondern|vielleicht|zweifel|hälfte)\b
\b(?:norden|süden|osten|westen|links|rechts|oben|unten)\b|\bkein bild\b
""",
    ),
    "fr": (
        r"""
\bil n'y a (?:pas|aucune?|rien)\b
\baucune? .*\b(?:visible|détectée?|trouvée?|présente?|identifiée?)\b
\bje ne (?:vois|trouve|détecte) (?:pas|aucune?|rien)\b
\bne (?:contient|montre|comporte) (?:pas|aucune?)\b
""",
        r"""
\b(?:mais|sauf|autres?|cependant|hormis|seulement|que|doute|gauche|droite|nord|sud|ouest|peut-être|plus)\b
\bà l'est\b
\b(?:aucune |pas d')image\b
""",
    ),
    "es": (
        r"""
\bno (?:hay|existen?|se (?:ven?|observan?|aprecian?|encuentran?|detectan?|encontr(?:ó|aron)|detectaron))\b
\bno (?:veo|encuentro|aparecen?|contiene|muestra)\b
\bning[uú]n[oa]? .*\b(?:visibles?|encontrad[oa]|detectad[oa]|presente)\b
""",
        r"""
\b(?:pero|salvo|excepto|otr[oa]s?|sin embargo|solo|sólo|más|duda|izquierda|derecha|norte|sur|este|oeste|quizás)\b
\bninguna imagen\b
""",
    ),
    "pt": (
        r"""
\bnão (?:há|existem?|vejo|encontrei|se vê|são vis[ií]veis|é visível|contém|mostra)\b
\bnão foram? (?:encontrad|detectad|identificad)[oa]s?\b
\bnenhuma? .*\b(?:visível|encontrad[oa]|detectad[oa])\b
""",
        r"""
\b(?:mas|exceto|outr[oa]s?|porém|apenas|mais|dúvida|esquerda|direita|norte|sul|leste|oeste|talvez)\b
\bnenhuma imagem\b
""",
    ),
    "it": (
        r"""
\bnon (?:ci sono|c'è|vedo|si (?:vedono|vede|trovano)|sono (?:visibili|presenti)|è (?:visibile|presente))\b
\b(?:immagine|foto) non (?:contiene|mostra)\b
\bnessun[oa']? .*\b(?:visibil[ei]|trovat[oa]|present[ei])\b
""",
        r"""
\b(?:ma|però|tranne|altr[ioae]|tuttavia|solo|dubbio|sinistra|destra|nord|sud|est|ovest|forse|più)\b
\bnessuna immagine\b
""",
    ),
    "nl": (
        r"""
\b(?:er zijn|er is|zijn er|ik zie|ik vind|bevat|toont)\b.*\b(?:geen|niets)\b
^(?:geen|niets)\b.*\b(?:zichtbaar|gevonden|aanwezig|te zien)\b
""",
        r"""
\b(?:maar|behalve|andere|echter|alleen|meer|twijfel|links|rechts|noorden|zuiden|oosten|westen|misschien)\b
""",
    ),
    "no, sv, da": (
        r"""
\b(?:det er|det finnes|det finns|der er|jeg ser|jag ser|viser|visar)\b.*\b(?:ingen|ingenting|inga|inget|intet)\b
^(?:ingen|ingenting|inga|inget|intet)\b.*\b(?:synlig\w*|funnet|fundet|hittades|synes|syns|ses)\b
^(?:ingen|ingenting|inga|inget|intet)\b.*\b(?:å se|å finne|på bildet|i bilden|på billedet)\b
""",
        r"""
\b(?:men|unntatt|utan|bortsett|andre|andra|flere|fler|kanskje|kanske|måske|venstre|høyre|vänster|höger|tvil|tvivel)\b
""",
    ),
    "fi": (r"\bei (?:ole|näy|löytynyt|löydy)\b", r"\b(?:mutta|paitsi|muita|enempää|ehkä)\b"),
    "pl": (
        r"\bnie (?:ma|widać|znaleziono|widzę|zawiera)\b|^brak\b",
        r"\b(?:ale|jednak|poza|oprócz|innych|więcej|może|wątpliwości)\b",
    ),
    "cs": (
        r"\b(?:nejsou|není|nevidím|nebyly?)\b.*\b(?:žádn\w+|nic|vidět|viditeln\w+|nalezen\w*)\b",
        r"\b(?:ale|však|kromě|jin\w+|další\w*|možná)\b",
    ),
    "ru, uk": (
        r"\b(?:нет|не (?:видно|обнаружен\w*|найден\w*|вижу|наблюда\w+)|отсутству\w+|немає|не знайдено)\b",
        r"""
\b(?:но|однако|кроме|други[хе]|больше|слева|справа|только|сомнени\w*|возможно|але|крім|інших|більше)\b
\b(?:север\w*|юг\w*|юж\w+|восто\w*|запад\w*)\b|\bнет изображени\w+
""",
    ),
    "zh": (
        r"""
(?:没有|沒有|无|無|未)(?:任何)?(?:发现|發現|检测|檢測|看到|找到|可见|可見)
(?:图|圖|画面|影像).*(?:没有|沒有|不存在|无任何|無任何)
^(?:没有|沒有)|不存在|(?:看不到|找不到)任何
""",
        r"但|不过|除|其他|其它|更多|左|右|北|南|东|西|可能|问题|疑问|关系|无数|无法|無法|不是没有|(?:没有|沒有).{0,4}(?:图片|圖片)",
    ),
    "ja": (
        r"""
(?:ありません|いません|見当たりません|見当たらない|見えません|存在しません|写っていません)(?:でした)?$
(?:見つかりません|確認できません)(?:でした)?$
""",
        r"が、|ただし|以外|他の|ほか|左|右|北|南|東|西|かもしれ|画像が|画像は|問題|わけでは|間違い",
    ),
    "ko": (
        r"(?:없습니다|없어요|없다|보이지 않(?:습니다|는다|아요)|찾을 수 없(?:습니다|다)|발견되지 않았습니다)$",
        r"하지만|그러나|외에|다른|더 이상|왼쪽|오른쪽|북쪽|남쪽|이미지가|문제|의심|수밖에",
    ),
    "ar": (
        r"لا (?:توجد|يوجد|تظهر|يظهر|أرى|تحتوي|يحتوي)|لم (?:يتم العثور|أجد)|ليس هناك|ليست هناك",
        r"لكن|باستثناء|سوى|إلا|أخرى|غيرها|المزيد|شك|اليسار|اليمين|الشمال|الجنوب|صورة مرفقة|مشكلة",
    ),
    "hi": (
        r"(?:कोई|कुछ)(?: भी)? .*नहीं|नहीं (?:है|हैं|मिला|मिले|दिख)",
        r"लेकिन|परंतु|सिवाय|अन्य|दूसरे|और कोई|बाएं|दाएं|उत्तर|दक्षिण|शक|संदेह|तस्वीर नहीं",
    ),
    "tr": (
        r"\b(?:yok|bulunmuyor|bulunamadı|görünmüyor|bulunmamaktadır|görülmemektedir)$",
        r"\b(?:ama|ancak|fakat|başka|daha|dışında|belki|şüphe)\b",
    ),
    "vi": (r"\bkhông (?:có|thấy|tìm thấy|nhìn thấy)\b", r"\b(?:nhưng|khác|ngoài|trừ|có thể|nghi ngờ)\b"),
    "id": (r"\btidak (?:ada|terlihat|ditemukan|terdapat)\b", r"\b(?:tetapi|tapi|lain|kecuali|mungkin|hanya|ragu)\b"),
    "el": (r"\bδεν (?:υπάρχ\w+|βλέπω|φαίν\w+)", r"\b(?:αλλά|όμως|εκτός|άλλ\w+|ίσως|αμφιβολία)\b"),
}  # fmt: skip
"""For each language what says that nothing is there, and what takes it back in the same sentence."""

_SOMETHING = r"""
\bthere(?:'s| is| are)\b|\b(?:i|we) (?:can )?(?:see|found|find|detect)\b|\b(?:is|are) (?:visible|present|located)\b
\bes gibt\b|\b(?:sind|ist) .*(?:zu sehen|sichtbar)\b|\bil y a\b|\bhay\b|\bse ven?\b|\bhá\b|\bvejo\b
\bci sono\b|\bc'è\b|\ber zijn\b|\ber is\b|\bdet (?:er|finnes|finns)\b|\bder er\b
\b(?:видн[аоы]|есть|имеется|имеются)\b|有|可见|あります|います|見えます|있습니다|보입니다|يوجد|توجد|हैं|दिखाई दे
"""
"""What says in a sentence of its own that something is there."""


def _any_of(lines: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in lines.strip().splitlines()))


_ALONE = frozenset(phrase.strip() for phrase in _ALONE_TEXT.replace("\n", " ").split(";"))
_DENIALS = [(_any_of(says), _any_of(takes_back)) for says, takes_back in _LANGUAGES.values()]
_POSITIVE = _any_of(_SOMETHING)
_SENTENCE = re.compile(r"[^.!?。！？।؟\n]+[.!?。！？।؟]?")
_TRIMMED = " \t*_`\"'“”«»#>-•:|。.!！।[](){}"


def where_nothing_is_said(text: str) -> int | None:
    """Place in a text where its last sentence begins, if that says that there is nothing; None where it doesn't."""
    sentences = _sentences(text)
    if not sentences or not _denies(text, sentences[-1]):
        return None
    for match in sentences[:-1]:
        if _POSITIVE.search(_plain(match.group())) and not _denies(text, match):
            return None
    return sentences[-1].start()


def ends_in_a_denial(text: str) -> bool:
    """Whether the last sentence of a text says that there is nothing, whatever stands before it."""
    sentences = _sentences(text)
    return bool(sentences) and _denies(text, sentences[-1])


def _sentences(text: str) -> list[re.Match[str]]:
    return [match for match in _SENTENCE.finditer(text) if match.group().strip(_TRIMMED)]


def _denies(text: str, sentence: re.Match[str]) -> bool:
    plain = _plain(sentence.group())
    if plain.endswith(("?", "؟")):
        return False
    plain = plain.strip(_TRIMMED)
    if plain in _ALONE and not text[: sentence.start()].rpartition("\n")[2].strip(_TRIMMED):
        return True
    return any(says.search(plain) and not takes_back.search(plain) for says, takes_back in _DENIALS)


def _plain(sentence: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", sentence).replace("’", "'").casefold().split())
