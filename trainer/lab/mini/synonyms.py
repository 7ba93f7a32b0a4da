"""The words of the small model in other words of English, and in German, French, Spanish, Portuguese and Chinese.

A closed vocabulary can be translated by a table, exactly and at no cost. It goes into ``remotezero.json``, where
the engine turns questions into the model's own words before it asks them (``engine/language/synonyms.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.language.synonyms import STOP, spelled_out
from trainer.lab.photos.kinds import PLURALS

# One line a kind: its name, then one language after the other (English first), each with forms "singular/plural".
# Chinese has one form. A boat comes before a ship, which it is to a model that knows no boats.
# Words of one language that mean something else in another are left to the other.
_KINDS = """
airplane | aeroplane/aeroplanes, plane/planes, aircraft/aircraft, jet/jets, airliner/airliners, jetliner/jetliners | Flugzeug/Flugzeuge, Flieger/Flieger, Passagierflugzeug/Passagierflugzeuge, Frachtflugzeug/Frachtflugzeuge, Luftfahrzeug/Luftfahrzeuge | avion/avions, avion de ligne/avions de ligne, aéronef/aéronefs | avión/aviones, aeronave/aeronaves, avión de pasajeros/aviones de pasajeros, avioneta/avionetas | avião/aviões | 飞机, 客机
helicopter | chopper/choppers | Hubschrauber/Hubschrauber, Helikopter/Helikopter | hélicoptère/hélicoptères | helicóptero/helicópteros | helicóptero/helicópteros | 直升机
boat | motorboat/motorboats, yacht/yachts, sailboat/sailboats | Boot/Boote, Segelboot/Segelboote, Motorboot/Motorboote, Jacht/Jachten, Yacht/Yachten, Sportboot/Sportboote | bateau/bateaux, voilier/voiliers | bote/botes, lancha/lanchas, velero/veleros | barca/barcas, veleiro/veleiros | 小船, 小艇, 游艇, 帆船
ship | vessel/vessels, boat/boats, freighter/freighters, tanker/tankers, cargo ship/cargo ships, container ship/container ships, cruise ship/cruise ships, ferry/ferries, barge/barges | Schiff/Schiffe, Boot/Boote, Frachter/Frachter, Frachtschiff/Frachtschiffe, Containerschiff/Containerschiffe, Fähre/Fähren, Wasserfahrzeug/Wasserfahrzeuge, Tanker/Tanker | navire/navires, bateau/bateaux, cargo/cargos, péniche/péniches, pétrolier/pétroliers, porte-conteneurs/porte-conteneurs | buque/buques, barco/barcos, carguero/cargueros, transbordador/transbordadores, petrolero/petroleros | navio/navios, cargueiro/cargueiros, petroleiro/petroleiros | 船舶, 轮船, 船只, 船, 货船, 货轮, 渡轮, 油轮, 邮轮, 集装箱船
storage tank | tank/tanks, oil tank/oil tanks, fuel tank/fuel tanks, silo/silos, tank farm/tank farms | Tank/Tanks, Lagertank/Lagertanks, Öltank/Öltanks, Speichertank/Speichertanks, Öltank/Öltanks, Silo/Silos, Tanklager/Tanklager | réservoir/réservoirs, citerne/citernes, silo/silos, cuve/cuves, cuve de stockage/cuves de stockage, réservoir de stockage/réservoirs de stockage, bac de stockage/bacs de stockage | tanque/tanques, depósito/depósitos, tanque de almacenamiento/tanques de almacenamiento, silo/silos, parque de tanques/parques de tanques | tanque/tanques, reservatório/reservatórios, tanque de armazenamento/tanques de armazenamento, silo/silos, parque de tanques/parques de tanques | 储罐, 油罐, 储油罐, 筒仓, 油库, 储油库
stadium | arena/arenas | Stadion/Stadien | stade/stades | estadio/estadios | estádio/estádios | 体育场
tennis court |  | Tennisplatz/Tennisplätze, Tenniscourt/Tenniscourts | court de tennis/courts de tennis, terrain de tennis/terrains de tennis | pista de tenis/pistas de tenis, cancha de tenis/canchas de tenis | quadra de tênis/quadras de tênis, campo de ténis/campos de ténis | 网球场
basketball court |  | Basketballplatz/Basketballplätze, Basketballfeld/Basketballfelder | terrain de basket/terrains de basket | cancha de baloncesto/canchas de baloncesto, pista de baloncesto/pistas de baloncesto | quadra de basquete/quadras de basquete, campo de basquetebol/campos de basquetebol | 篮球场
swimming pool | pool/pools | Schwimmbecken/Schwimmbecken, Schwimmbad/Schwimmbäder, Pool/Pools, Swimmingpool/Swimmingpools, Freibad/Freibäder, Gartenpool/Gartenpools, Hotelpool/Hotelpools, Außenpool/Außenpools, Planschbecken/Planschbecken | piscine/piscines | piscina/piscinas, alberca/albercas, pileta/piletas | piscina/piscinas | 游泳池, 泳池
solar farm | solar panel/solar panels, solar plant/solar plants, solar park/solar parks, photovoltaic plant/photovoltaic plants, solar module/solar modules, solar array/solar arrays, solar installation/solar installations, solar cell/solar cells, photovoltaics/photovoltaics, photovoltaic panel/photovoltaic panels, photovoltaic module/photovoltaic modules, photovoltaic system/photovoltaic systems, PV/PV, PV panel/PV panels, PV module/PV modules, PV system/PV systems, PV plant/PV plants | Solarpark/Solarparks, Solarmodul/Solarmodule, Solaranlage/Solaranlagen, Solarfeld/Solarfelder, Photovoltaik/Photovoltaik, Photovoltaikanlage/Photovoltaikanlagen, Photovoltaikmodul/Photovoltaikmodule, PV-Anlage/PV-Anlagen, PV-Modul/PV-Module, Solarpanel/Solarpanels, Solarzelle/Solarzellen, Solarkraftwerk/Solarkraftwerke, Solarpaneel/Solarpaneele, Freiflächenanlage/Freiflächenanlagen, Solarfläche/Solarflächen | panneau solaire/panneaux solaires, centrale solaire/centrales solaires, panneau photovoltaïque/panneaux photovoltaïques, centrale photovoltaïque/centrales photovoltaïques, parc solaire/parcs solaires, ferme solaire/fermes solaires, parc photovoltaïque/parcs photovoltaïques, module photovoltaïque/modules photovoltaïques | panel solar/paneles solares, planta solar/plantas solares, parque solar/parques solares, panel fotovoltaico/paneles fotovoltaicos, placa solar/placas solares, planta fotovoltaica/plantas fotovoltaicas, placa fotovoltaica/placas fotovoltaicas, parque fotovoltaico/parques fotovoltaicos, huerto solar/huertos solares, módulo fotovoltaico/módulos fotovoltaicos | painel solar/painéis solares, usina solar/usinas solares, painel fotovoltaico/painéis fotovoltaicos, placa solar/placas solares, parque solar/parques solares, placa fotovoltaica/placas fotovoltaicas, usina fotovoltaica/usinas fotovoltaicas, parque fotovoltaico/parques fotovoltaicos, módulo fotovoltaico/módulos fotovoltaicos | 太阳能电站, 太阳能板, 光伏板, 光伏电站, 光伏, 太阳能电池板, 太阳能, 光伏电池板, 光伏组件
roundabout | traffic circle/traffic circles, rotary/rotaries | Kreisverkehr/Kreisverkehre, Kreisel/Kreisel, Verkehrskreisel/Verkehrskreisel | rond-point/ronds-points, giratoire/giratoires | rotonda/rotondas, glorieta/glorietas | rotunda/rotundas, rotatória/rotatórias, rotatoria/rotatorias | 环岛, 环形交叉口, 转盘
bridge | overpass/overpasses, viaduct/viaducts, footbridge/footbridges, flyover/flyovers | Brücke/Brücken, Straßenbrücke/Straßenbrücken, Eisenbahnbrücke/Eisenbahnbrücken, Fußgängerbrücke/Fußgängerbrücken, Autobahnbrücke/Autobahnbrücken | pont/ponts, viaduc/viaducs, passerelle/passerelles | puente/puentes, viaducto/viaductos, pasarela/pasarelas | ponte/pontes, viaduto/viadutos, passarela/passarelas | 桥梁, 大桥, 桥, 立交桥, 高架桥
container yard | container terminal/container terminals | Containerplatz/Containerplätze, Containerlager/Containerlager | parc à conteneurs/parcs à conteneurs | patio de contenedores/patios de contenedores | pátio de contêineres/pátios de contêineres | 集装箱堆场
greenhouse | glasshouse/glasshouses, polytunnel/polytunnels | Gewächshaus/Gewächshäuser, Glashaus/Glashäuser, Folientunnel/Folientunnel, Gewächshausanlage/Gewächshausanlagen, Treibhaus/Treibhäuser | serre/serres | invernadero/invernaderos | estufa/estufas | 温室, 大棚, 温室大棚
crop circle | pivot field/pivot fields | Kreisfeld/Kreisfelder | champ circulaire/champs circulaires | campo circular/campos circulares | campo circular/campos circulares | 圆形农田
pond |  | Teich/Teiche, Weiher/Weiher | étang/étangs, mare/mares | estanque/estanques, charca/charcas | lagoa/lagoas | 池塘
water | lake/lakes, reservoir/reservoirs, water body/bodies of water, lagoon/lagoons | Gewässer/Gewässer, See/Seen, Wasserfläche/Wasserflächen, Wasser/Wasser, Stausee/Stauseen, Badesee/Badeseen, Baggersee/Baggerseen, Speichersee/Speicherseen, Bergsee/Bergseen | lac/lacs, plan d'eau/plans d'eau, eau/eaux, retenue d'eau/retenues d'eau | lago/lagos, embalse/embalses, cuerpo de agua/cuerpos de agua, agua/aguas, laguna/lagunas | lago/lagos, corpo de água/corpos de água, água/águas, açude/açudes, represa/represas | 水体, 湖泊, 湖, 水域, 水面, 水库, 水
car park | parking lot/parking lots, parking area/parking areas, parking space/parking spaces, carpark/carparks, parking bay/parking bays | Parkplatz/Parkplätze, Parkfläche/Parkflächen, Parkplatzfläche/Parkplatzflächen, Stellplatz/Stellplätze | parking/parkings, parc de stationnement/parcs de stationnement, aire de stationnement/aires de stationnement, place de parking/places de parking | aparcamiento/aparcamientos, estacionamiento/estacionamientos, playa de estacionamiento/playas de estacionamiento, parqueadero/parqueaderos, plaza de aparcamiento/plazas de aparcamiento | estacionamento/estacionamentos, parque de estacionamento/parques de estacionamento, vaga de estacionamento/vagas de estacionamento | 停车场, 停车位, 停车区
building | house/houses, warehouse/warehouses, structure/structures, hangar/hangars, shed/sheds, barn/barns, factory/factories, skyscraper/skyscrapers, villa/villas, apartment block/apartment blocks, home/homes, dwelling/dwellings, apartment building/apartment buildings, office building/office buildings, cottage/cottages | Gebäude/Gebäude, Haus/Häuser, Bauwerk/Bauwerke, Halle/Hallen, Lagerhalle/Lagerhallen, Hochhaus/Hochhäuser, Wohnhaus/Wohnhäuser, Scheune/Scheunen, Fabrik/Fabriken, Wohngebäude/Wohngebäude, Industriegebäude/Industriegebäude, Bürogebäude/Bürogebäude, Einfamilienhaus/Einfamilienhäuser, Reihenhaus/Reihenhäuser, Mehrfamilienhaus/Mehrfamilienhäuser, Schuppen/Schuppen, Villa/Villen, Wohnblock/Wohnblöcke | bâtiment/bâtiments, maison/maisons, immeuble/immeubles, entrepôt/entrepôts, usine/usines, logement/logements, pavillon/pavillons, résidence/résidences | edificio/edificios, casa/casas, almacén/almacenes, nave industrial/naves industriales, fábrica/fábricas, hangar/hangares, cobertizo/cobertizos, vivienda/viviendas, chalet/chalets, galpón/galpones | edifício/edifícios, prédio/prédios, casa/casas, armazém/armazéns, galpão/galpões, fábrica/fábricas, moradia/moradias, vivenda/vivendas, residência/residências, barracão/barracões | 建筑物, 建筑, 房屋, 房子, 楼房, 大楼, 厂房, 仓库, 楼, 住宅, 民居, 居民楼, 别墅, 工厂
helipad | landing pad/landing pads | Hubschrauberlandeplatz/Hubschrauberlandeplätze | héliport/héliports | helipuerto/helipuertos | heliporto/heliportos, heliponto/helipontos | 直升机停机坪, 停机坪
wind turbine | windmill/windmills, wind generator/wind generators, wind farm/wind farms | Windrad/Windräder, Windkraftanlage/Windkraftanlagen, Windturbine/Windturbinen, Windpark/Windparks, Windkraftwerk/Windkraftwerke, Windmühle/Windmühlen | éolienne/éoliennes, parc éolien/parcs éoliens, moulin à vent/moulins à vent | aerogenerador/aerogeneradores, turbina eólica/turbinas eólicas, parque eólico/parques eólicos, molino de viento/molinos de viento | aerogerador/aerogeradores, turbina eólica/turbinas eólicas, parque eólico/parques eólicos, moinho de vento/moinhos de vento | 风力发电机, 风车, 风机, 风电场, 风力发电场, 风力涡轮机
baseball field |  | Baseballfeld/Baseballfelder, Baseballplatz/Baseballplätze | terrain de baseball/terrains de baseball | campo de béisbol/campos de béisbol | campo de beisebol/campos de beisebol | 棒球场
baseball diamond | ball diamond/ball diamonds, baseball infield/baseball infields |  |  | diamante de béisbol/diamantes de béisbol | diamante de beisebol/diamantes de beisebol | 棒球内场
pier | dock/docks, jetty/jetties, quay/quays, wharf/wharves | Steg/Stege, Anleger/Anleger, Pier/Piers, Kai/Kais, Bootssteg/Bootsstege, Bootsanleger/Bootsanleger, Schiffsanleger/Schiffsanleger, Landungsbrücke/Landungsbrücken, Seebrücke/Seebrücken | jetée/jetées, quai/quais, ponton/pontons | muelle/muelles, embarcadero/embarcaderos | cais/cais, píer/píeres, doca/docas | 码头
truck | lorry/lorries, articulated lorry/articulated lorries, tank truck/tank trucks, tanker truck/tanker trucks, HGV/HGVs | Lastwagen/Lastwagen, LKW/LKWs, Laster/Laster, Lkw/Lkws, Lastkraftwagen/Lastkraftwagen, Nutzfahrzeug/Nutzfahrzeuge, Tankwagen/Tankwagen, Tanklaster/Tanklaster | camion/camions, poids lourd/poids lourds, camion-citerne/camions-citernes, camion citerne/camions citernes | camión/camiones, camión cisterna/camiones cisterna | caminhão/caminhões, camião/camiões, caminhão-tanque/caminhões-tanque, carreta/carretas | 卡车, 货车, 大货车, 油罐车
train |  | Zug/Züge, Güterzug/Güterzüge, Personenzug/Personenzüge, Schienenfahrzeug/Schienenfahrzeuge | train/trains | tren/trenes | comboio/comboios, trem/trens | 火车, 列车
football field | soccer field/soccer fields, football pitch/football pitches, sports field/sports fields, soccer pitch/soccer pitches, pitch/pitches, sports pitch/sports pitches, playing field/playing fields, athletic field/athletic fields, sports ground/sports grounds | Fußballplatz/Fußballplätze, Fußballfeld/Fußballfelder, Sportplatz/Sportplätze, Sportfeld/Sportfelder, Spielfeld/Spielfelder | terrain de football/terrains de football, terrain de sport/terrains de sport, terrain de foot/terrains de foot | campo de fútbol/campos de fútbol, cancha de fútbol/canchas de fútbol, campo deportivo/campos deportivos, campo de deportes/campos de deportes, campo de soccer/campos de soccer | campo de futebol/campos de futebol, campo esportivo/campos esportivos, campo desportivo/campos desportivos | 足球场, 运动场, 操场
cooling tower |  | Kühlturm/Kühltürme | tour de refroidissement/tours de refroidissement | torre de refrigeración/torres de refrigeración | torre de resfriamento/torres de resfriamento | 冷却塔
tent |  | Zelt/Zelte | tente/tentes | tienda de campaña/tiendas de campaña, carpa/carpas | tenda/tendas, barraca/barracas | 帐篷
orchard | plantation/plantations | Obstgarten/Obstgärten, Obstplantage/Obstplantagen, Plantage/Plantagen | verger/vergers | huerto/huertos | pomar/pomares | 果园
tree |  | Baum/Bäume | arbre/arbres | árbol/árboles | árvore/árvores | 树木, 树
car | automobile/automobiles, vehicle/vehicles, van/vans, minivan/minivans, pickup/pickups, pickup truck/pickup trucks | Auto/Autos, Wagen/Wagen, Pkw/Pkws, Fahrzeug/Fahrzeuge, Lieferwagen/Lieferwagen, Transporter/Transporter, Kleintransporter/Kleintransporter | voiture/voitures, véhicule/véhicules, camionnette/camionnettes, fourgonnette/fourgonnettes | coche/coches, vehículo/vehículos, automóvil/automóviles, furgoneta/furgonetas, camioneta/camionetas | carro/carros, veículo/veículos, automóvel/automóveis, caminhonete/caminhonetes, furgão/furgões | 汽车, 轿车, 车辆, 面包车, 皮卡, 车
bus | coach/coaches | Bus/Busse | autobus/autobus, autocar/autocars | autobús/autobuses | ônibus/ônibus, autocarro/autocarros | 公共汽车, 公交车, 巴士
boat lift |  | Bootslift/Bootslifte | élévateur à bateaux/élévateurs à bateaux |  |  |
jet ski | water scooter/water scooters | Jetski/Jetskis | scooter des mers/scooters des mers | moto acuática/motos acuáticas | moto aquática/motos aquáticas | 水上摩托
"""  # noqa: E501

# What is said of things. "<" before a word: it stands behind its noun there, and before it in English. ">" before one:
# what it stands behind there comes behind what follows in English.
_SAID = """
the | der, die, das, den, dem, des, le, la, les, el, los, las, o, os
a | ein, eine, einen, einem, einer, un, une, una, uno, um, uma, 一个, 一艘, 一架, 一座
all | alle, aller, allen, sämtliche, jedes, jede, jeden, tous les, toutes les, tous, toutes, todos los, todas las, todos os, todas as, todos, todas, 所有的, 所有, 全部, 每个, how many, wie viele, wieviele, combien de, combien, cuántos, cuántas, quantos, quantas, 有多少, 多少, 各个
where is | wo ist, wo steht, wo liegt, où est, où se trouve, dónde está, onde está, onde fica, wo befindet sich
where are | wo sind, wo stehen, wo liegen, où sont, où se trouvent, dónde están, onde estão, onde ficam, 哪里有, wo befinden sich, 哪里能看到, où y a-t-il, dónde hay, onde há
find | finde, finden, suche, suche nach, trouve, trouver, trouvez, cherche, cherchez, encuentra, encontrar, busca, buscar, encontre, procure, procurar, 寻找, 查找, 找出, 找到, 找, identify, detect, extract, highlight, spot, markiere, markieren, zähle, zählen, identifiziere, identifizieren, erkenne, erkennen, detektiere, detektieren, lokalisiere, lokalisieren, ich suche, je cherche, repérer, repérez, repère, localiser, localisez, localise, détecter, détectez, identifier, identifiez, compter, recenser, contar, identificar, identifica, localizar, localiza, detectar, detecta, ubicar, localize, identifique, detecte, conte, 检测, 识别, 标记, 标出, 标注, 提取, 统计, 定位, 搜索
show me | zeige mir, zeig mir, zeige, montre-moi, montrez-moi, montre, montrez, muéstrame, muestra, mostre-me, mostre, 显示, 给我看
in the | im, in der, dans le, dans la, en el, en la, no, na, in dem, in den
in the north | im Norden, au nord, dans le nord, en el norte, al norte, no norte, 北部, 北边的, 北边
in the south | im Süden, au sud, dans le sud, en el sur, al sur, no sul, 南部, 南边的, 南边
in the east | im Osten, à l'est, dans l'est, en el este, al este, no leste, 东部, 东边的, 东边
in the west | im Westen, à l'ouest, dans l'ouest, en el oeste, al oeste, no oeste, 西部, 西边的, 西边
in the centre | in der Mitte, au centre, en el centro, no centro, 中间的, 中间, 中央的
next to the | neben dem, neben der, à côté du, à côté de la, junto al, junto a la, ao lado do, ao lado da, in der Nähe der, in der Nähe des, in der Nähe von, près de, près du, cerca de, cerca del, perto do, perto da, perto de
nearest | nächste, nächster, nächstes, nächsten
largest | größte, größter, größtes, größten, groesste, groesstes, groessten, grösste, grösstes, grössten, plus grand, plus grande, plus grands, plus grandes, mayor, mayores, maior, maiores, 最大的, 最大
smallest | kleinste, kleinster, kleinstes, kleinsten, plus petit, plus petite, plus petits, plus petites, menor, menores, 最小的, 最小
northernmost | nördlichste, nördlichster, nördlichstes, nördlichsten, 最北的, 最北边的
southernmost | südlichste, südlichster, südlichstes, südlichsten, 最南的, 最南边的
easternmost | östlichste, östlichster, östlichstes, östlichsten, 最东的, 最东边的
westernmost | westlichste, westlichster, westlichstes, westlichsten, 最西的, 最西边的
<largest | más grande, más grandes, le plus grand, la plus grande, les plus grands, les plus grandes
<smallest | más pequeño, más pequeña, más pequeños, más pequeñas, le plus petit, la plus petite, les plus petits, les plus petites
<northernmost | más al norte, le plus au nord, la plus au nord, mais ao norte
<southernmost | más al sur, le plus au sud, la plus au sud, mais ao sul
<easternmost | más al este, le plus à l'est, la plus à l'est, mais a leste
<westernmost | más al oeste, le plus à l'ouest, la plus à l'ouest, mais a oeste
white | weiß, weiße, weißer, weißes, weißen, weisse, weisses, weissen, 白色的, 白色, 白
black | schwarz, schwarze, schwarzer, schwarzes, schwarzen, 黑色的, 黑色, 黑
grey | gray, grau, graue, grauer, graues, grauen, 灰色的, 灰色
red | rot, rote, roter, rotes, roten, 红色的, 红色, 红
green | grün, grüne, grüner, grünes, grünen, 绿色的, 绿色, 绿
blue | blau, blaue, blauer, blaues, blauen, 蓝色的, 蓝色, 蓝
yellow | gelb, gelbe, gelber, gelbes, gelben, 黄色的, 黄色
brown | braun, braune, brauner, braunes, braunen, 棕色的, 棕色
orange | orangefarbene, orangefarbenes, orangefarbenen, 橙色的, 橙色
round | rund, runde, runder, rundes, runden, 圆形的, 圆形
<white | blanc, blanche, blancs, blanches, blanco, blanca, blancos, blancas, branco, branca, brancos, brancas
<black | noir, noire, noirs, noires, negro, negra, negros, negras, preto, preta, pretos, pretas
<grey | gris, grise, grises, cinza, cinzento, cinzenta, cinzentos, cinzentas
<red | rouge, rouges, rojo, roja, rojos, rojas, vermelho, vermelha, vermelhos, vermelhas
<green | vert, verte, verts, vertes, verde, verdes
<blue | bleu, bleue, bleus, bleues, azul, azules, azuis
<yellow | jaune, jaunes, amarillo, amarilla, amarillos, amarillas, amarelo, amarela, amarelos, amarelas
<brown | brun, brune, bruns, brunes, marron, marrón, marrones, marrom, castanho, castanha
<orange | naranja, laranja
<round | rond, ronde, ronds, rondes, redondo, redonda, redondos, redondas
and | und, et, y, e, 和, 与, 以及, 及
with | mit, avec, con, com, 带有, 带
without | ohne, sans, sin, sem, 没有, sauf, excepto, exceto, salvo, außer, ausgenommen, except, except for, excluding, 除了, 不带
on | auf, sur, sobre
on the | auf dem, auf der, auf den, sur le, sur la, sur les
>next to the | 旁边的, 附近的, 旁的
>on the | 上的, 上面的
>in the | 里的, 中的, 内的, 里面的
are | sind, sont, están, estão
this | 这个, 该, nesta, neste, esta, este, diese, dieses, diesem, dieser, diesen, cette, cet
river | Fluss, fleuve, rivière, río, rio, 河流, 河
runway | Landebahn, Startbahn, piste, pista de aterrizaje, 跑道
road | Straße, route, carretera, estrada, 公路, 道路
at the | au, aux
two | zwei, deux
no | kein, keine, keinen, keiner, keines
not | nicht, não
in | en
shelter | take shelter
> | 的
 | 请, 在哪里, 在哪儿, 哪里, gibt es, il y a, hay, há, 吗, 是否有, 有没有, 请问, 帮我, 请帮我, 我想知道, 我想, 我要, 我需要
 | thanks, thank you, i would like to, i'd like to, i want to, i need to
 | bitte, mir, zeigen, kannst du, kannst du mir, können Sie, können Sie mir, könnten Sie, könnten Sie mir, ich, ich möchte, ich brauche, ich will, von, vom, auf dem Bild, im Bild, auf diesem Bild, auf dem Luftbild, im Luftbild, in diesem Gebiet, in diesem Bereich, auf der Karte
 | s'il vous plaît, s'il te plaît, svp, pouvez-vous, peux-tu, pourriez-vous, je, je veux, je voudrais, j'aimerais, m'indiquer, me montrer, indiquer, montrer, de, du, sur l'image, dans l'image, sur cette image, dans cette image, sur la photo, sur cette photo, dans cette zone, dans la zone
 | por favor, quiero, quisiera, necesito, me gustaría, puedes, puede, podría, podrías, del, en la imagen, en esta imagen, en la foto, en esta zona, en la zona, en esta área, en el área
 | quero, gostaria de, preciso, pode, poderia, mostrar, da, nesta imagem, na imagem, nesta foto, nesta área, na área, nesta região
 | 图中, 图中的, 图片中, 图片中的, 图像中, 图像中的, 影像中, 影像中的, 影像上, 影像上的, 照片中, 照片中的, 图上, 图上的, 图里, 图里的, 这个地区, 该地区, 这个区域, 该区域, 这片区域, 区域内, 区域内的, 这里
"""  # noqa: E501


def synonyms(words: Collection[str]) -> dict[str, str]:
    """The table of a model that knows these words: what may be typed, and what is asked instead.

    What the model knows as a kind already is left out, and so is what it can't be asked in its own words. A word that
    it knows from sentences alone ("pool") is no kind, and stands for one here, but not where another language has it
    for something else (a French "cargo" is a ship, and an English one is what it carries). Of a kind that it knows by
    its plural alone, that is what is said for one, too.
    """
    known = {part for entry in words for part in (entry, *entry.split())}
    table: dict[str, str] = {}
    by_plural: dict[str, str] = {}
    for typed, said, is_english in _of_kinds():
        forms = [form for form in said.split("|") if form in words]
        if typed.lower() in words and (typed.lower() in _NAMES or not is_english):
            continue
        if forms:
            table.setdefault(typed.lower(), "|".join(forms))
        elif (plural := PLURALS.get(said)) in words:
            by_plural.setdefault(typed.lower(), str(plural))
    table = {**by_plural, **table}
    for typed, said in _of_sayings():
        plain = {part for form in said.lstrip("<>").split("|") for part in form.split()}
        if plain <= known | STOP and typed.lower() not in words:
            table.setdefault(typed.lower(), said)
    return table


_NAMES = frozenset({*PLURALS, *PLURALS.values()})


def _of_kinds() -> Iterator[tuple[str, str, bool]]:
    """What may be typed, what is said then, and whether that is English."""
    yield from ((form, form, True) for names in PLURALS.items() for form in names)
    for line in _KINDS.strip().splitlines():
        kind, *languages, chinese = (part.strip() for part in line.split("|"))
        pairs = [
            (pair.strip(), place == 0)
            for place, forms in enumerate(languages)
            for pair in forms.split(",")
            if pair.strip()
        ]
        spelled = [(spelled_out(pair), False) for pair, _ in pairs if spelled_out(pair) != pair]
        for pair, is_english in [*pairs, *spelled]:
            one, _, many = pair.partition("/")
            # One form for one and many: which of them is meant is told by what stands before it.
            yield many, PLURALS[kind] if one != many else f"{PLURALS[kind]}|{kind}", is_english
            if one != many:
                yield one, kind, is_english
        either = f"{PLURALS[kind]}|{kind}"
        yield from ((form.strip(), either, False) for form in chinese.split(",") if form.strip())


_SHOWN = "image, picture, photo, orthophoto, scene, imagery, map, raster, area, region, aerial image, satellite image"
"""What a question is about as a whole: "in this image" says nothing of what is sought."""
_COUNTERS = "个辆艘架座栋棵条块片"
_COUNTED = {"多少": "all", "有多少": "all", "几": "all", "一": "a", "两": "two", "每": "every", "这": "this"}


def _of_sayings() -> Iterator[tuple[str, str]]:
    for shown in _SHOWN.split(", "):
        places = (
            (before, this)
            for before in ("in", "on", "of", "from", "within")
            for this in ("this", "the", "my")
        )
        yield from ((f"{before} {this} {shown}", "") for before, this in places)
    for sign in _COUNTERS:
        yield from ((f"{number}{sign}", said) for number, said in _COUNTED.items())
    for line in _SAID.strip("\n").splitlines():
        said, _, forms = line.partition("|")
        typed = [form.strip() for form in forms.split(",")]
        yield from ((form, said.strip()) for form in dict.fromkeys([*typed, *map(spelled_out, typed)]))


LANGUAGES = {
    "German": "alle {}",
    "French": "tous les {}",
    "Spanish": "todos los {}",
    "Portuguese": "todos os {}",
    "Chinese": "所有{}",
}
"""How all of a kind are asked for; the gender may be wrong, as it often is where people type."""


def asked_in(kind: str) -> dict[str, str]:
    """Language -> the question about all of a kind, in its first word for it; languages without one are left out."""
    line = next(line for line in _KINDS.strip().splitlines() if line.split("|")[0].strip() == kind)
    _, _, *others = (part.strip() for part in line.split("|"))
    firsts = [forms.split(",")[0].strip().partition("/") for forms in others]
    named = [many or one for one, _, many in firsts]
    return {
        language: template.format(word)
        for (language, template), word in zip(LANGUAGES.items(), named, strict=True)
        if word
    }
