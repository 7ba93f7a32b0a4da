"""How it is said that there is nothing of the kind: for each language its sentences, and what takes them back.

Data alone; :mod:`engine.language.nothing` reads it. Texts are case-folded (so ß is ss, and ς is σ) and NFKC,
with plain apostrophes.
"""

# ruff: noqa: E501 - a line of a pattern is one way of saying it, and can not be broken
from __future__ import annotations

ALONE = """
none; nothing; nothing found; none found; no objects; no object; no objects found; no matches; no match; n/a; null;
not found; not visible; not present; not there; empty; empty list; nil;
keine; keiner; keines; nichts; nichts gefunden; keine objekte; keine gefunden; nicht vorhanden; nicht gefunden;
aucun; aucune; rien; aucun objet; ninguno; ninguna; nada; nenhum; nenhuma; nessuno; nessuna; niente;
nessun oggetto; geen; niets; нет; ничего; не найдено; 无; 没有; 無; 沒有; 未找到; なし; 該当なし; ありません;
없음; 해당 없음; 없습니다; لا شيء; لا يوجد; कुछ नहीं; कोई नहीं; ingen; intet; ingenting; inga; brak; nic; žádné;
hiçbiri; yok; không có; tidak ada; немає; κανένα
"""
"""What says it in a line of its own."""

LEADS = r"""
(?:the )?(?:final )?(?:answer|result|output|conclusion|response)s?(?: is)?\s*[:：] ?
(?:i'm |i am |we're |we are )?(?:so |very )?(?:sorry|afraid)(?: but|, but| that|,)? ?
(?:so|thus|therefore|hence|in conclusion|unfortunately|after (?:a )?(?:careful|close) \w+|upon \w+|based on [\w' ]+|however), ?
(?:antwort|ergebnis|respuesta|resultado|réponse|résultat|resposta|risposta|ответ|результат|答案|结果|回答)\s*[:：是] ?
(?:es tut mir leid|tut mir leid|entschuldigung|leider)(?:, aber|,)? ?
(?:désolée?|je suis désolée?|malheureusement)(?:, mais|,)? ?
(?:lo siento|lamentablemente|desafortunadamente)(?:, pero|,)? ?
(?:desculpe|sinto muito|infelizmente)(?:, mas|,)? ?
(?:mi dispiace|purtroppo)(?:, ma|,)? ?
(?:к сожалению|извините)(?:, но|,)? ?
(?:抱歉|对不起|很抱歉|很遗憾)[,，]? ?
(?:申し訳ありませんが|申し訳ございませんが|残念ながら|すみませんが)[、,]? ?
(?:죄송합니다만|죄송하지만|안타깝게도|아쉽게도)[,]? ?
"""
"""What may stand before it and says nothing."""

WHOLE = r"""
(?:\b(?:anywhere|at all) )?\b(?:(?:with)?in|from) (?:the|this|that|your)(?: (?!previous|first|last|other|example)\w+){0,2} (?:image|picture|photo|photograph|scene|view|frame|chip|tile)\b
\bin (?:it|here)$
\b(?:like (?:that|this|it|them)|of (?:the|that|this) (?:sort|kind|type))(?= in\b|$)
\b(?:i|på) (?:bilden|bildet|billedet)\b
\b(?:auf|in|im) (?:dem |diesem |der |dieser )?(?:\w*bild|foto|aufnahme|szene|\w*ausschnitt)\b
\b(?:dans|sur) (?:l'|cette |la |le )(?:\w+ )?(?:image|photo|scène|cliché)\b
\ben (?:la|esta) (?:imagen|foto|escena)\b
\bn(?:a|esta|essa) (?:imagem|foto|cena)\b
\b(?:nell'|nella |in quest'|in questa )(?:immagine|foto|scena)\b
\b(?:in|op) (?:de|deze|het|dit) (?:afbeelding|foto|beeld)\b
\bна (?:этом )?(?:изображении|снимке|фото|фотографии|картинке)\b
"""
"""The whole picture as a place; any other place is a part of it."""

HEDGES: tuple[tuple[str, str], ...] = (
    (
        r"\b(?:i|we) (?:do not|don't) (?:think|believe|suppose) (?:that )?there(?:'s| is| are)(?= (?:any|an?)\b)",
        "there are not",
    ),
    (
        r"\b(?:i|we) (?:do not|don't) (?:think|believe) (?:that )?(?:i|we) (?:can )?(?:see|find|detect|spot)(?= (?:any|an?)\b)",
        "i can't see",
    ),
    (
        r"\b(?:i|we) (?:do not|don't) (?:think|believe) (?:that )?any ([\w -]+?) (?:is|are|can be) (visible|present|seen|shown|found)$",
        r"no \1 are \2",
    ),
    (
        r"\bit (?:does not|doesn't) (?:appear|seem|look)(?: to me)?(?: that| like| as if| as though)? there(?:'s| is| are| were)(?= (?:any|an?)\b)",
        "there are not",
    ),
    (
        r"\bit (?:does not|doesn't) (?:appear|seem|look)(?: that| like| as if| as though)? (?:the|this) (?:image|picture|photo|scene) (?:contains?|shows?|has)(?= (?:any|an?)\b)",
        "the image does not contain",
    ),
    (
        r"\bich (?:glaube|denke|meine) nicht, dass (?:es )?(?:hier )?(.+?) (?:gibt|(?:(?:zu sehen|vorhanden|sichtbar) )?(?:sind|ist))$",
        r"es gibt keine \1",
    ),
    (
        r"\bes sieht nicht (?:so|danach) aus, als (?:gäbe es|wären|seien|ob es)(?: hier)? (.+?)(?: gibt| gäbe)?$",
        r"es gibt keine \1",
    ),
    (
        r"^(?:es|hier) schein(?:t|en)(?: es)?(?: hier)? kein(?:e|en)? (.+?)(?: vorhanden| sichtbar)? zu (?:geben|sein|sehen sein)$",
        r"es gibt keine \1",
    ),
    (r"\bje ne (?:pense|crois) pas (?:qu'il y ait|voir) (?:de |d'|des |une? )", "il n'y a pas de "),
    (
        r"\bil ne semble (?:pas y avoir|pas qu'il y ait|y avoir aucune?) ?(?:de |d'|des |une? )?",
        "il n'y a pas de ",
    ),
    (r"\bil semble qu'il n'y (?:ait|a) (?:pas (?:de |d')|aucune? )", "il n'y a pas de "),
    (
        r"\bno (?:creo|pienso) que (?:haya|existan?|se vean?)\b|\bno parece (?:que haya|haber|que existan?)\b|\bparece(?: ser)? que no (?:hay|existen?)\b|\bparece no haber\b",
        "no hay",
    ),
    (
        r"\bnão (?:acho|creio|penso|acredito) que (?:haja|existam?)\b|\bnão parece (?:haver|que haja|existir(?:em)?)\b|\bparece(?: que)? não (?:há|haver|existir(?:em)?)\b",
        "não há",
    ),
    (
        r"我(?:不认为|不觉得|不認為|不覺得)(?:这里|此处|图中|图像中|图片中|画面中)?(?:有|存在)(?:任何)?",
        "没有",
    ),
    (
        r"^(?:这里|此处|這裡)?(?:似乎|好像|看起来|看来|看上去|看起來)(?:并)?(?:没有|沒有|不存在)(?:任何)?",
        "没有",
    ),
)
"""What denies with a hedge, each with the plain denial that it stands for; what is denied stays as it was said."""

LANGUAGES: dict[str, tuple[str, str]] = {
    "en": (
        r"""
\bthere(?:'s| is| are| was| were| seems? to be| appears? to be) (?:(?:currently|clearly|definitely|certainly|really|actually) )?(?:no|not any|not one|none|nothing|zero|0)\b
\bthere(?: is|'s| are)(?: not|n't) (?:a|an|any)\b
\bthere (?:isn't|aren't|wasn't|weren't) (?:a|an|any)\b
\bthere do(?:es)?(?: not|n't) (?:seem|appear) to be (?:a|an|any)\b
\b(?:i|we) (?:can |could )?(?:see|find|found|detect(?:ed)?|identif(?:y|ied)|locate(?:d)?|spot(?:ted)?) (?:no|nothing|none)\b
\b(?:i|we) (?:do|did|can|could)(?: not|n't|not) (?:see|find|detect|identify|locate|spot) (?:any|an|a)\b
\b(?:i|we) can't (?:see|find|detect|identify|locate|spot) (?:any|an|a)\b
\b(?:i|we)(?:'m| am| was| were|'re| are) (?:unable|not able) to (?:see|find|detect|identify|locate|spot) (?:any|an|a)\b
\b(?:i|we) (?:was|were)n't able to (?:see|find|detect|identify|locate|spot) (?:any|an|a)\b
^(?:no|none|nothing|zero|0)\b.*\b(?:visible|found|detected|present|seen|identified|located|shown)$
^(?:no|none|nothing)\b.*\b(?:match(?:es)?|fits?|exists?|appears?)\b
^none of (?:the|these|them)\b.*\b(?:is|are)\b
^(?:no|zero|0) (?!(?:longer|more|puedo|veo|hay|se|he|non)\b)[a-z'-]+(?: (?!(?:is|are|was|has)\b)[a-z'-]+){0,3}$
^no [\w -]+ (?:is|are|was|were|can be|could be) (?:visible|found|detected|present|seen|identified|shown)\b
[,;] (?:so |and |with )?no [\w -]+ (?:is |are |was |were |can be )?(?:visible|found|detected|present|seen|identified|shown)$
\b(?:image|picture|photo|scene|it)(?: \w+)? do(?:es)?(?: not|n't) (?:appear to |seem to )?(?:contain|show|include|have|depict)\b
\b(?:image|picture|photo|scene)(?: \w+)? (?:contains|shows|has|depicts|includes) (?:no|none|zero|nothing)\b
\b(?:image|picture|photo|scene)\b.* without any\b
\b(?:is|are) (?:not|nowhere|neither) (?:visible|present|found|seen|shown|detected|to be (?:seen|found))$
\b(?:is|are)(?: not|n't)(?: present| visible| shown)?$
\b(?:is|are) (?:entirely |completely )?absent$
\b(?:is|are) (?:free|devoid) of (?:any |all )?[\w -]+$
^not (?:a single|one|any) [\w-]+(?: [\w-]+)? (?:is|are|was|were|can be|could be) (?:visible|found|detected|present|seen|identified|shown)$
^not a single [\w-]+$
\bthere (?:are|is) neither\b.* nor\b|^neither .* nor .*\b(?:visible|found|detected|present|seen)$
\b(?:image|picture|photo|scene)(?: \w+)? (?:lacks|is without)\b
^(?:the )?(?:number|count|total)(?: number)? of [\w -]+(?: is|:|=) (?:0|zero|none)$
^[\w' -]{1,40}: (?:0|zero|none|nil|no (?:\w+ )?(?:found|detected|visible|present))$
""",
        r"""
\b(?:but|however|except|others?|otherwise|(?:apart|aside) from|only|although|though|besides|doubt|more|further)\b
\b(?:additional|else|unless|if|when|whether|maybe|perhaps|might|may|it could|would|sure|half|corner|left|right)\b
\b(?:probably|possibly|likely|assuming|suppos\w+|upper|lower|top|bottom|middle|cent(?:er|re)|example|previous|first)\b
\b(?:just|yet|then|until|than|true|say|says|mean|alike|fewer|less|equal|problems?|questions?|issues?|worr(?:y|ies))\b
\b(?:ways?|reasons?|shortage|lack|limit|ideas?|comments?|need|difference|information|details?|data|text|labels?|answers?)\b
\b(?:annotations?|responses?|matter|wonder|clue|luck|thanks?|change|errors?|scores?|confidence|notes?|tell|determine)\b
\b(?:assist|help|provide|know|unclear|blurry|quality|resolution|fully|clearly visible|entirely|partly|completely)\b
\b(?:large|larger|largest|small|smaller|smallest|big|bigger|biggest|moving|too|so-called)\b
\b(?:near|outside|beside|behind|beyond|next to|along|around|under|between|inside|on|at|in|within)\b
\b(?:north|south|east|west)(?:ern)?\b|\bcertain\b
\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|several|many|few|some|both)\b
\b(?:images?|pictures?|photos?|photographs?|attachments?)\b(?!(?: \w+)? (?:shows?|contains?|depicts?|do|does|don't|doesn't|has|includes?|lacks|is without)\b)(?!.* without any\b)
\b(?:the|a|an|in|of|and|or|any|no|to|that|this|with|for)$|, \w{1,4}$
""",
    ),
    "de": (
        r"""
\b(?:es gibt|gibt es|ich (?:sehe|finde|erkenne|kann|konnte)|man (?:sieht|kann)|sind|ist|wurden?|konnten?|enthält|zeigt|befinde[nt]|liegen)\b.*\b(?:kein(?:e|en|er|es|em)?|keinerlei)\b
\b(?:es gibt|ich sehe|ich finde|ich erkenne|man sieht|ist)\b.*\bnichts\b
^(?:kein(?:e|en|er|es)?|keinerlei|nichts)\b.*\b(?:sichtbar|gefunden|vorhanden|zu sehen|erkennbar|zu erkennen|zu finden)$
^kein(?:e|en|er)? [\w-]+(?: [\w-]+)?$
\b(?:sind|ist) (?:hier )?(?:nicht|nirgends) (?:zu sehen|sichtbar|vorhanden|zu erkennen|zu finden)$
""",
        r"""
\b(?:aber|jedoch|ausser|andere[nrs]?|weitere[nrs]?|mehr|nur|sondern|vielleicht|wahrscheinlich|vermutlich|zweifel|hälfte)\b
\b(?:norden|süden|osten|westen|links|rechts|oben|unten|wenn|falls|ob|problem\w*|ahnung|frage|sorge|angaben?|antwort|grund)\b
\b(?:grosse[nrs]?|kleine[nrs]?|weniger|zwei|drei|vier|fünf|mehrere|einige|helfen|sicher|am|bei|neben|ausserhalb|im)\b
\b(?:bild|bilder|foto|fotos|aufnahme)\b(?! (?:enthält|zeigt)\b)
""",
    ),
    "fr": (
        r"""
\bil n'y a (?:pas|aucune?|rien)\b
^aucune? .*\b(?:visibles?|détectée?|trouvée?|présente?|identifiée?)$
^(?:aucune?|pas de|pas d') ?[\w-]+(?: visibles?)?$
\b(?:je|on|nous) (?:ne |n')(?:vois|voit|voyons|trouve|trouvons|détecte|distingue|peux|peut|ai) (?:pas |rien|aucune?|voir |trouvé |détecté |pu |identifié )+\b
\b(?:image|photo|scène) ne (?:contient|montre|comporte) (?:pas|aucune?)\b
""",
        r"""
\b(?:mais|sauf|autres?|cependant|hormis|seulement|que|qu'|doute|gauche|droite|nord|sud|ouest|peut-être|plus|moins)\b
\bà l'est\b|\b(?:problème|idée|souci|question|réponse|raison|si|quand|grande?s?|petite?s?|deux|trois|quatre|cinq|plusieurs|près)\b
\b(?:images?|photos?)\b(?! ne (?:contient|montre|comporte)\b)
""",
    ),
    "es": (
        r"""
\bno (?:hay|existen?|se (?:ven?|observan?|aprecian?|encuentran?|detectan?|encontr(?:ó|aron)|detect(?:ó|aron)))\b
\bno (?:veo|encuentro|encontré|detecto|aparecen?)\b
\bno (?:puedo|pude|logro) (?:ver|encontrar|detectar|identificar) (?:ning[uú]n[oa]?|nada)\b
\bno he (?:encontrado|visto|detectado)\b
\b(?:imagen|foto|escena) no (?:contiene|muestra|tiene)\b
^ning[uú]n[oa]? .*\b(?:visibles?|encontrad[oa]|detectad[oa]|presente)$
^(?:ning[uú]n[oa]?|sin) [\w-]+$
""",
        r"""
\b(?:pero|salvo|excepto|otr[oa]s?|sin embargo|(?<!un )solo|sólo|solamente|más|menos|duda|izquierda|derecha|norte|sur|este|oeste|quizás)\b
\b(?:problema|idea|comentarios?|respuesta|si|cuando|qué|que|dos|tres|cuatro|cinco|varios|varias|grandes?|pequeñ[oa]s?|cerca)\b
\b(?:imagen|imágenes|fotos?|escena)\b(?! no (?:contiene|muestra|tiene)\b)
""",
    ),
    "pt": (
        r"""
\bnão (?:há|existem?|vejo|encontrei|se v[êe]e?m?|são vis[ií]veis|é visível)\b
\bnão (?:foi|foram) (?:encontrad|detectad|identificad)[oa]s?\b
\bnão (?:consigo|consegui|pude|é possível) (?:ver|encontrar|detectar|identificar)\b
\b(?:imagem|foto|cena) não (?:contém|mostra|tem)\b
^nenhuma? .*\b(?:visível|encontrad[oa]|detectad[oa])\b
^(?:nenhuma?|sem) [\w-]+$
""",
        r"""
\b(?:mas|exceto|outr[oa]s?|porém|apenas|só|mais|menos|dúvidas?|esquerda|direita|norte|sul|leste|oeste|talvez)\b
\b(?:problemas?|ideia|resposta|se (?:não|houver)|quando|dois|duas|três|quatro|cinco|vários|grandes?|pequen[oa]s?|perto)\b
\b(?:imagem|imagens|fotos?)\b(?! não (?:contém|mostra|tem)\b)
""",
    ),
    "it": (
        r"""
\bnon (?:ci sono|c'è|vedo|trovo|si (?:vedono|vede|trovano)|sono (?:visibili|presenti)|è (?:visibile|presente))\b
\bnon (?:è stat[oa]|sono stat[ei]) (?:trovat|rilevat|individuat)[oaie]\b
\bnon (?:riesco a|posso) (?:vedere|trovare)\b
\b(?:immagine|foto|scena) non (?:contiene|mostra)\b
^nessun[oa']? .*\b(?:visibil[ei]|trovat[oa]|present[ei]|rilevat[oa])$
^nessun[oa']? ?[\w-]+$
""",
        r"""
\b(?:ma|però|tranne|altr[ioae]|tuttavia|solo|dubbi[o]?|sinistra|destra|nord|sud|est|ovest|forse|più|meno|problem[ai]|idea)\b
\b(?:risposta|se|quando|due|tre|quattro|cinque|divers[ie]|grand[ie]|piccol[oaie]|vicino)\b
\b(?:immagin[ei]|foto)\b(?! non (?:contiene|mostra)\b)
""",
    ),
    "nl": (
        r"""
\b(?:er zijn|er is|zijn er|ik zie|ik vind|ik kan|bevat|toont)\b.*\b(?:geen|niets)\b
^(?:geen|niets)\b.*\b(?:zichtbaar|gevonden|aanwezig|te zien)$
^geen [\w-]+$
""",
        r"""
\b(?:maar|behalve|andere|echter|alleen|meer|minder|twijfel|links|rechts|noorden|zuiden|oosten|westen|misschien)\b
\b(?:probleem|idee|antwoord|als|of|twee|drie|vier|vijf|grote|kleine|helpen)\b
\b(?:afbeeldingen?|beeld(?:en)?|foto's|foto)\b(?! (?:bevat|toont)\b)
""",
    ),
    "no, sv, da": (
        r"""
\b(?:det er|det finnes|det finns|der er|viser|visar)\b.*\b(?:ingen|ingenting|inga|inget|intet)\b
\b(?:jeg|jag|vi) (?:ser|finner|hittar|finder) (?:ingen|ingenting|inga|inget|intet)\b
\b(?:jeg|jag) kan (?:ikke|inte) se (?:noen|nogen|några|något)\b
^(?:ingen|ingenting|inga|inget|intet)\b.*\b(?:synlig\w*|funnet|fundet|hittades|synes|syns|ses)$
^(?:ingen|inga|inget|intet) [\w-]+(?: å se)?$
""",
        r"""
\b(?:men|unntatt|utan|bortsett|andre|andra|flere|fler|kanskje|kanske|måske|venstre|høyre|vänster|höger|tvil|tvivel)\b
\b(?:problem\w*|aning|idé|årsak|hvis|om|to|två|tre|fire|fyra|fem|bare|bara|kun|bilder?|bild)\b
""",
    ),
    "fi": (
        r"\bei (?:ole|näy|löytynyt|löydy)\b|^ei \w+ja$",
        r"\b(?:mutta|paitsi|muita|enempää|ehkä|ongelm\w+|epäilys\w*|kaksi|kolme|kuvaa)\b",
    ),
    "pl": (
        r"\bnie (?:ma|widać|znaleziono|wykryto|widzę|zawiera)\b|^brak\b|^żadn\w+ \w+$",
        r"\b(?:ale|jednak|poza|oprócz|innych|więcej|mniej|może|wątpliwości|problem\w*|sprawy|obrazu|dwa|trzy|jeśli|tylko)\b",
    ),
    "cs": (
        r"\b(?:nejsou|není|nevidím|nebyly?)\b.*\b(?:žádn\w+|nic|vidět|viditeln\w+|nalezen\w*)\b|^žádn\w+ .*\bvidět$",
        r"\b(?:ale|však|kromě|jin\w+|další\w*|možná|problém\w*|pochyb\w*|obrázek|dva|tři|pokud|jen)\b",
    ),
    "ru, uk": (
        r"""
\b(?:нет|не (?:видно|обнаружен\w*|найден\w*|вижу|наблюда\w+)|отсутству\w+|немає|не знайдено)\b
^ни одно(?:го|й) \w+$
""",
        r"""
^нет,|\b(?:но|однако|кроме|други[хе]|больше|меньше|слева|справа|только|сомнени\w*|возможно|але|крім|інших|більше)\b
\b(?:север\w*|юг\w*|юж\w+|восто\w*|запад\w*|проблем\w*|вопрос\w*|ответ\w*|иде[йи]|если|больших|маленьких|рядом|дв[ае]|тр[иё]х?|четыре|пять)\b
\b(?:изображени[ея]|картин[куы]|фото|снимк[аи]|зображення)\b(?!\s*(?:нет|не|отсутству\w+))
\bнет изображени\w+|\bу меня\b
""",
    ),
    "zh": (
        r"""
(?:没有|沒有|无|無|未)(?:任何)?(?:发现|發現|检测|檢測|看到|找到|可见|可見)
(?:图|圖|画面|影像).*(?:没有|沒有|不存在|无任何|無任何)
^(?:没有|沒有)|不存在|(?:看不到|找不到|看不见)(?:任何)?\S|^(?:无|無|未见|未見)\S{1,10}$|一\S{1,4}(?:也|都)没有$
""",
        r"""
但|不过|除|其他|其它|更多|左|右|北|南|东|西|可能|问题|疑问|关系|无数|无法|無法|不是没有|如果|是否|只有|不仅|反而
(?:没有|沒有|看到|看不到|看不见|找不到|收到).{0,4}(?:图片|圖片|图像|图$)
没有错|没错|标注|标签|文字说明|不清|模糊|[二两三四五六七八九十几数][艘架辆个只条座]
""",
    ),
    "ja": (
        r"""
(?:[はもがつ]|物体は|対象は) ?(?:ありません|いません)(?:でした)?$
(?:見当たりません|見当たらない|見えません|存在しません|写っていません|含まれていません)(?:でした)?$
(?:見つかりません|確認できません|検出されません|検出できません)(?:でした)?$
""",
        r"""
が、|ただし|以外|他の|ほか|左|右|北|南|東|西|かもしれ|画像[がを]|画像は(?!.*船)|問題|わけでは|間違い|では ?ありません|文句|申し訳|もし|場合
[二三四五六七八九十数][隻台機]
""",
    ),
    "ko": (
        r"(?:(?<!수 )없(?:습니다|어요|다)|보이지 않(?:습니다|는다|아요)|존재하지 않습니다)$"
        r"|(?:찾을|볼|발견할|확인할) 수 없(?:습니다|다)$|(?:발견|감지|검출|확인)되지 않(?:습니다|았습니다)$",
        r"하지만|그러나|외에|다른|더 이상|왼쪽|오른쪽|북쪽|남쪽|이미지[가를]|사진[이을]|문제|의심|수밖에|만약|도와|두 |세 ",
    ),
    "ar": (
        r"لا (?:توجد|يوجد|تظهر|يظهر|أرى|تحتوي|يحتوي)|لم (?:يتم العثور|أجد)|ليس هناك|ليست هناك"
        r"|لا أستطيع رؤية أي|لم أتمكن من العثور على أي",
        r"لكن|باستثناء|سوى|إلا|أخرى|غيرها|المزيد|شك|اليسار|اليمين|الشمال|الجنوب|مشكلة|أقل|أكثر|إذا|ثلاث|فقط"
        r"|(?:أرى|رؤية|أي|توجد) ?(?:أي )?(?:ال)?صورة?\b",
    ),
    "hi": (
        r"(?:कोई|कुछ)(?: भी)? .*नहीं|नहीं (?:है|हैं|मिला|मिले|दिख)",
        r"लेकिन|परंतु|सिवाय|अन्य|दूसरे|और कोई|बाएं|दाएं|उत्तर|दक्षिण|शक|संदेह|तस्वीर नहीं|समस्या|अगर|केवल",
    ),
    "tr": (
        r"\b(?:yok|bulunmuyor|bulunamadı|görünmüyor|bulunmamaktadır|görülmemektedir)$",
        r"\b(?:ama|ancak|fakat|başka|daha|dışında|belki|şüphe|sorun|problem|fikrim|cevap|resim|iki|üç)\b",
    ),
    "vi": (
        r"\bkhông (?:có|thấy|tìm thấy|nhìn thấy)\b",
        r"\b(?:nhưng|khác|ngoài|trừ|có thể|nghi ngờ|vấn đề|nếu|chỉ|hình ảnh nào)\b",
    ),
    "id": (
        r"\btidak (?:ada|terlihat|ditemukan|terdapat)\b",
        r"\b(?:tetapi|tapi|lain|kecuali|mungkin|hanya|ragu|masalah|jika|dua|tiga)\b",
    ),
    "el": (r"\bδεν (?:υπάρχ\w+|βλέπω|φαίν\w+)", r"\b(?:αλλά|όμως|εκτόσ|άλλ\w+|ίσωσ|αμφιβολία|πρόβλημα|μόνο)\b"),
    "ro, hu": (r"\bnu există\b|\bnem láthatók?\b|\bnincs(?:enek)?\b", r"\b(?:dar|însă|alte|îndoială|problem\w*|más|csak|kétség)\b"),
    "th, he, fa, bn": (
        r"^ไม่(?:มี|พบ|เห็น|ปรากฏ)|\bאין\b|\bלא (?:נראו?ת?|נראי[םת]|נמצאו?)\b|وجود ندار(?:د|ند)|(?:دیده|مشاهده|یافت) نمی\u200c?شو(?:د|ند)"
        r"|(?:কোনো|কোন) .*(?:নেই|দেখা যাচ্ছে না|পাওয়া যায়নি)",
        r"แต่|อื่น|ปัญหา|אבל|אחרות|בעיה|ספק|اما|دیگر|مشکل|شک|কিন্তু|অন্য|সমস্যা",
    ),
}  # fmt: skip
"""For each language what says that nothing is there, and what takes it back in the same sentence."""

SOMETHING = r"""
\bthere(?:'s| is| are)\b|\b(?:i|we) (?:can )?(?:see|found|find|detect)\b|\b(?:is|are) (?:visible|present|located|moored|docked)\b
^(?:a|an|one|two|three|four|five|six|several|some|many|both|[1-9]\d*) (?!image|picture|photo|scene|view|close|careful)
\bes gibt\b|\b(?:sind|ist) .*(?:zu sehen|sichtbar)\b|\bil y a\b|\bhay\b|\bse ven?\b|\bhá\b|\bvejo\b
\bci sono\b|\bc'è\b|\ber zijn\b|\ber is\b|\bdet (?:er|finnes|finns)\b|\bder er\b
\b(?:видн[аоы]|есть|имеется|имеются)\b|有|可见|あります|います|見えます|있습니다|보입니다|يوجد|توجد|हैं|दिखाई दे
"""
"""What says in a sentence of its own that something is there."""

HELD_BACK = r"""
\b(?:if|when|unless|only|cannot|can't|not|isn't|would|should|must|could|either|otherwise|example|format)\b
\b(?:wenn|falls|nicht|nur|si|sinon|cuando|quando|se|als|indien|если|иначе)\b
如果|若|是否|不能|不是|场合|場合|もし|만약|إذا|अगर
"""
"""What keeps an empty list in a sentence from being the answer: a condition, or a denial of it."""

AFTER_ALL = r"""
\b(?:however|but|although|except|wait|actually|though|aber|jedoch|mais|cependant|pero|mas|ma|però|но|однако)\b|但|不过|ただし|しかし|하지만|لكن
"""
"""What takes an empty list back after it."""

OFFERS = r"""
^(?:would you like|do you want|let me know|is there anything else|feel free|please let me know|can i help|shall i|if you(?:'d| would) like)\b
^(?:möchten sie|soll ich|souhaitez-vous|voulez-vous|(?:te|le) gustaría|quieres|deseas?|gostaria|vuoi|desidera|hotel|хотите)\b
^(?:如果您|如果你|请告诉我|需要我|他に|他のもの|다른)
"""
"""What is offered after an answer, and says nothing of the picture."""

DESCRIBES = r"""
^(?:instead, )?(?:the|this|it|your)(?: \w+){0,2} (?:image|picture|photo|photograph|scene|view|area|landscape|frame|tile)\b.* ?(?:shows?|depicts?|contains?|appears?|features?|consists?|displays?|is|captures?)\b
^(?:instead, )?it (?:only )?(?:shows|depicts|features|consists|displays)\b
^(?:auf dem bild (?:ist|sind|sieht)|das bild zeigt|es zeigt|l'image (?:montre|représente)|elle montre|la imagen muestra|muestra|a imagem mostra|mostra|l'immagine mostra)\b
^(?:图像?|图片|画面|该图|圖|画像)\S{0,4}(?:显示|展示|主要|是|には|は)|^изображени\w+ показыва\w+|^на (?:изображении|снимке)
"""
"""How a sentence begins that says what else the picture shows."""
