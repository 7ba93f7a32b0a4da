<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt" sourcelanguage="en">
 <context>
  <name>RemoteZero</name>
  <message>
   <source>The engine tells of the run in a way that this version of the plugin does not understand. Update the engine in the settings, then load the run from “Earlier runs”.</source>
   <translation>O motor informa sobre a busca de um modo que esta versão do complemento não entende. Atualize o motor nas configurações e depois carregue a busca em “Buscas anteriores”.</translation>
  </message>
  <message>
   <source>The engine answered {method} {path} with something that is not JSON: {start}. Is another program listening at this address? Check the engine's address in the settings.</source>
   <translation>O motor respondeu a {method} {path} com algo que não é JSON: {start}. Há outro programa escutando nesse endereço? Confira o endereço do motor nas configurações.</translation>
  </message>
  <message>
   <source>The engine stopped unexpectedly. It is being started again, and the run goes on.</source>
   <translation>O motor parou inesperadamente. Ele está sendo reiniciado e a busca continua.</translation>
  </message>
  <message>
   <source>{task} (cancelled)</source>
   <translation>{task} (cancelada)</translation>
  </message>
  <message>
   <source>{task} (failed)</source>
   <translation>{task} (falhou)</translation>
  </message>
  <message>
   <source>Starting the engine…</source>
   <translation>Iniciando o motor…</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Cancelado.</translation>
  </message>
  <message>
   <source>Something unexpected went wrong in the plugin ({kind}). QGIS's log has the details, under “RemoteZero”: please report them. What was found is safe in “Earlier runs”.</source>
   <translation>Algo inesperado deu errado no complemento ({kind}). O registro do QGIS tem os detalhes, em “RemoteZero”: por favor, informe-os. O que foi encontrado está a salvo em “Buscas anteriores”.</translation>
  </message>
  <message>
   <source>The engine stopped {count} times at the same place. What was found is safe; look at its log in the settings, or load the run again later. ({reason})</source>
   <translation>O motor parou {count} vezes no mesmo ponto. O que foi encontrado está a salvo; veja o registro nas configurações ou carregue a busca mais tarde. ({reason})</translation>
  </message>
  <message>
   <source>The engine is not installed yet. Set it up from the RemoteZero panel.</source>
   <translation>O motor ainda não está instalado. Configure-o no painel RemoteZero.</translation>
  </message>
  <message>
   <source>nothing.</source>
   <translation>nada.</translation>
  </message>
  <message>
   <source>The engine was started but does not answer. Its log ends with: {log} (all of it: {path})</source>
   <translation>O motor foi iniciado, mas não responde. Seu registro termina com: {log} (completo: {path})</translation>
  </message>
  <message>
   <source>The engine's address {url} can't be used. Enter it as http://host:port in the settings.</source>
   <translation>O endereço {url} do motor não pode ser usado. Digite-o como http://host:porta nas configurações.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer. Ask whoever runs it, or check the address.</source>
   <translation>O motor em {host}:{port} não responde. Fale com quem o administra ou confira o endereço.</translation>
  </message>
  <message>
   <source>The engine's program {program} can't be started. Repair the installation in the settings.</source>
   <translation>O programa {program} do motor não pode ser iniciado. Repare a instalação nas configurações.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer ({reason}). Start it again from the panel; if it is on another machine, check the address in the settings.</source>
   <translation>O motor em {host}:{port} não responde ({reason}). Reinicie-o no painel; se estiver em outro computador, confira o endereço nas configurações.</translation>
  </message>
  <message>
   <source>the connection broke off</source>
   <translation>a conexão caiu</translation>
  </message>
  <message>
   <source>nothing listens there</source>
   <translation>não há nada escutando ali</translation>
  </message>
  <message>
   <source>no answer in time</source>
   <translation>sem resposta a tempo</translation>
  </message>
  <message>
   <source>there is no computer of this name</source>
   <translation>não há computador com este nome</translation>
  </message>
  <message>
   <source>its certificate is not trusted here</source>
   <translation>o certificado dele não é confiável aqui</translation>
  </message>
  <message>
   <source>closed before it was read</source>
   <translation>fechado antes de ser lido</translation>
  </message>
  <message>
   <source>RemoteZero</source>
   <translation>RemoteZero</translation>
  </message>
  <message>
   <source>Presets</source>
   <translation>Predefinições</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Procurar</translation>
  </message>
  <message>
   <source>The model is learning. A question waits until that has ended, or is stopped in the other tab.</source>
   <translation>O modelo está aprendendo. Uma pergunta espera até que isso termine ou seja parado na outra aba.</translation>
  </message>
  <message>
   <source>Runs in this project</source>
   <translation>Buscas deste projeto</translation>
  </message>
  <message>
   <source>Earlier runs</source>
   <translation>Buscas anteriores</translation>
  </message>
  <message>
   <source>Zoom to these boxes</source>
   <translation>Aproximar destas caixas</translation>
  </message>
  <message>
   <source>Open attribute table</source>
   <translation>Abrir a tabela de atributos</translation>
  </message>
  <message>
   <source>Export these boxes…</source>
   <translation>Exportar estas caixas…</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Configurações…</translation>
  </message>
  <message>
   <source>Engine log</source>
   <translation>Registro do motor</translation>
  </message>
  <message>
   <source>Self-improve</source>
   <translation>Autoaperfeiçoamento</translation>
  </message>
  <message>
   <source>Look for several things at once: add this question to a list. Presets: the arrow.</source>
   <translation>Procurar várias coisas de uma vez: acrescentar esta pergunta a uma lista. Predefinições: a seta.</translation>
  </message>
  <message>
   <source>Add the question to a list</source>
   <translation>Acrescentar a pergunta a uma lista</translation>
  </message>
  <message>
   <source>More room for the results: hide the choices above</source>
   <translation>Mais espaço para os resultados: ocultar as opções acima</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Resultados</translation>
  </message>
  <message>
   <source>Help on results</source>
   <translation>Ajuda sobre os resultados</translation>
  </message>
  <message>
   <source>Earlier runs and more</source>
   <translation>Buscas anteriores e mais</translation>
  </message>
  <message>
   <source>Learning…</source>
   <translation>Aprendendo…</translation>
  </message>
  <message>
   <source>Search the whole raster</source>
   <translation>Procurar em todo o raster</translation>
  </message>
  <message>
   <source>List of rasters</source>
   <translation>Lista de rasters</translation>
  </message>
  <message>
   <source>Ask RemoteZero</source>
   <translation>Perguntar ao RemoteZero</translation>
  </message>
  <message>
   <source>Ask over the active raster</source>
   <translation>Perguntar sobre o raster ativo</translation>
  </message>
  <message>
   <source>Ask RemoteZero about this layer…</source>
   <translation>Perguntar ao RemoteZero sobre esta camada…</translation>
  </message>
  <message>
   <source>The engine answered with status {status} and no reason. Try again; its log may say more.</source>
   <translation>O motor respondeu com o status {status} e sem motivo. Tente de novo; o registro dele talvez diga mais.</translation>
  </message>
  <message>
   <source>The engine refused the token. Restart the engine, or enter the right token in the settings.</source>
   <translation>O motor recusou o token. Reinicie o motor ou digite o token certo nas configurações.</translation>
  </message>
  <message>
   <source>Sample harbour</source>
   <translation>Porto de exemplo</translation>
  </message>
  <message>
   <source>{name} can't be opened as a raster. Choose another file.</source>
   <translation>{name} não pode ser aberto como raster. Escolha outro arquivo.</translation>
  </message>
  <message>
   <source>The sample can't be copied into the data folder ({reason}). Choose another folder.</source>
   <translation>O exemplo não pode ser copiado para a pasta de dados ({reason}). Escolha outra pasta.</translation>
  </message>
  <message>
   <source>Add a raster</source>
   <translation>Adicionar um raster</translation>
  </message>
  <message>
   <source>The engine has lost this job. Start the run again.</source>
   <translation>O motor perdeu esta tarefa. Inicie a busca de novo.</translation>
  </message>
  <message>
   <source>The job ended as {state}.</source>
   <translation>A tarefa terminou com o estado {state}.</translation>
  </message>
  <message>
   <source>The view from before the zoom to a box is searched. Move the map to search what it shows.</source>
   <translation>A busca usa a vista anterior ao zoom em uma caixa. Mova o mapa para procurar no que ele mostra.</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>Procurando…</translation>
  </message>
  <message>
   <source>Boxes appear here and on the map as they are found.</source>
   <translation>As caixas aparecem aqui e no mapa à medida que são encontradas.</translation>
  </message>
  <message>
   <source>Type what else to look for, then add it.</source>
   <translation>Escreva o que mais procurar e depois acrescente.</translation>
  </message>
  <message>
   <source>Type what you are looking for, for instance “the largest ship”.</source>
   <translation>Digite o que procura, por exemplo “o maior navio”.</translation>
  </message>
  <message>
   <source>Choose a raster to search in: select it in the layer list or above.</source>
   <translation>Escolha o raster em que procurar: na lista de camadas ou acima.</translation>
  </message>
  <message>
   <source>Choose the earlier raster to compare with, or switch the comparison off beside the raster.</source>
   <translation>Escolha o raster anterior com que comparar ou desligue a comparação ao lado do raster.</translation>
  </message>
  <message>
   <source>A run is going on. Load the earlier one when it has ended.</source>
   <translation>Há uma busca em andamento. Carregue a anterior quando ela terminar.</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Continuar</translation>
  </message>
  <message>
   <source>Ask all again</source>
   <translation>Perguntar tudo de novo</translation>
  </message>
  <message>
   <source>Add a raster to the project first.</source>
   <translation>Adicione primeiro um raster ao projeto.</translation>
  </message>
  <message>
   <source>Rendered for the engine first: {width} × {height} pixels, up to {size} MB.</source>
   <translation>Primeiro é desenhada para o motor: {width} × {height} pixels, até {size} MB.</translation>
  </message>
  <message>
   <source>This question is on the list already, or the list is full.</source>
   <translation>Esta pergunta já está na lista, ou a lista está cheia.</translation>
  </message>
  <message numerus="yes">
   <source>Cancelled. %n box(es) found so far are kept.</source>
   <translation>
    <numerusform>Cancelado. %n caixa encontrada até agora é mantida.</numerusform>
    <numerusform>Cancelado. %n caixas encontradas até agora são mantidas.</numerusform>
   </translation>
  </message>
  <message>
   <source>This run is in the project already: {layer}.</source>
   <translation>Esta execução já está no projeto: {layer}.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Tentar de novo</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was found so far.</source>
   <translation>Cancelado. Nada foi encontrado até agora.</translation>
  </message>
  <message numerus="yes">
   <source>The layer or project was closed during the run. Nothing is lost: %n box(es) are saved.</source>
   <translation>
    <numerusform>A camada ou o projeto foi fechado durante a busca. Nada se perdeu: %n caixa está salva.</numerusform>
    <numerusform>A camada ou o projeto foi fechado durante a busca. Nada se perdeu: %n caixas estão salvas.</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing was found in {place}.</source>
   <translation>Nada foi encontrado em {place}.</translation>
  </message>
  <message>
   <source>Add them to the map</source>
   <translation>Adicioná-las ao mapa</translation>
  </message>
  <message>
   <source>Asking the engine…</source>
   <translation>Perguntando ao motor…</translation>
  </message>
  <message>
   <source>There are none yet.</source>
   <translation>Ainda não há nenhuma.</translation>
  </message>
  <message>
   <source>Drawn anew since: both dates were not looked at again.</source>
   <translation>Redesenhada desde então: nenhuma das duas datas foi olhada de novo.</translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits first, then verify again.</source>
   <translation>{layer} está sendo editada. Guarde primeiro as alterações e depois verifique de novo.</translation>
  </message>
  <message>
   <source>The new scores could not be written: the result layer is read-only or locked.</source>
   <translation>As novas pontuações não puderam ser gravadas: a camada de resultados é só de leitura ou está bloqueada.</translation>
  </message>
  <message>
   <source>Edited boxes beside the raster or over missing data keep their old score: {n}.</source>
   <translation>As caixas editadas fora do raster ou sobre dados em falta mantêm a pontuação anterior: {n}.</translation>
  </message>
  <message>
   <source>GeoPackage</source>
   <translation>GeoPackage</translation>
  </message>
  <message>
   <source>GeoJSON in WGS 84 (RFC 7946)</source>
   <translation>GeoJSON em WGS 84 (RFC 7946)</translation>
  </message>
  <message>
   <source>GeoParquet</source>
   <translation>GeoParquet</translation>
  </message>
  <message>
   <source>CSV with WKT</source>
   <translation>CSV com WKT</translation>
  </message>
  <message>
   <source>FlatGeobuf</source>
   <translation>FlatGeobuf</translation>
  </message>
  <message>
   <source>COCO with pictures (a folder)</source>
   <translation>COCO com imagens (uma pasta)</translation>
  </message>
  <message>
   <source>YOLO with pictures (a folder)</source>
   <translation>YOLO com imagens (uma pasta)</translation>
  </message>
  <message>
   <source>{n} rejected</source>
   <translation>{n} rejeitadas</translation>
  </message>
  <message>
   <source>{n} without a verdict, while others have one</source>
   <translation>{n} sem veredicto, enquanto outras o têm</translation>
  </message>
  <message>
   <source>{n} below the lowest score</source>
   <translation>{n} abaixo da pontuação mínima</translation>
  </message>
  <message>
   <source>{layer} has edits that are not saved. Save them first, then export.</source>
   <translation>{layer} tem alterações por guardar. Guarde-as primeiro e depois exporte.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Cancelar</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>Abrir a pasta</translation>
  </message>
  <message>
   <source>Export the boxes of {layer}</source>
   <translation>Exportar as caixas de {layer}</translation>
  </message>
  <message>
   <source>Exporting {layer}…</source>
   <translation>Exportando {layer}…</translation>
  </message>
  <message>
   <source>The export was cancelled; nothing was written.</source>
   <translation>A exportação foi cancelada; nada foi gravado.</translation>
  </message>
  <message>
   <source>RemoteZero: exporting {layer}</source>
   <translation>RemoteZero: exportação de {layer}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) are in {path} now; a file beside it tells where they come from.</source>
   <translation>
    <numerusform>%n caixa está agora em {path}; um arquivo ao lado diz de onde vem.</numerusform>
    <numerusform>%n caixas estão agora em {path}; um arquivo ao lado diz de onde vêm.</numerusform>
   </translation>
  </message>
  <message>
   <source>Left out: {reasons}.</source>
   <translation>Deixadas de fora: {reasons}.</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}. Save the project, so that it finds them there.</source>
   <translation>As buscas estão agora ao lado do projeto, em {file}. Salve o projeto para que ele as encontre lá.</translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) of this project are kept in another place, where a copy of the project does not find them.</source>
   <translation>
    <numerusform>%n busca deste projeto está em outro lugar, onde uma cópia do projeto não a encontra.</numerusform>
    <numerusform>%n buscas deste projeto estão em outro lugar, onde uma cópia do projeto não as encontra.</numerusform>
   </translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits, then save the project again.</source>
   <translation>{layer} está sendo editada. Salve as edições e depois o projeto outra vez.</translation>
  </message>
  <message>
   <source>Move them in</source>
   <translation>Trazer para cá</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}.</source>
   <translation>As buscas estão agora ao lado do projeto, em {file}.</translation>
  </message>
  <message>
   <source>All rasters of a folder</source>
   <translation>Todos os rasters de uma pasta</translation>
  </message>
  <message>
   <source>Several rasters</source>
   <translation>Vários rasters</translation>
  </message>
  <message>
   <source>A STAC item collection</source>
   <translation>Uma coleção de itens STAC</translation>
  </message>
  <message>
   <source>STAC items (*.json *.geojson)</source>
   <translation>Itens STAC (*.json *.geojson)</translation>
  </message>
  <message>
   <source>Which picture of an item?</source>
   <translation>Qual imagem de cada item?</translation>
  </message>
  <message numerus="yes">
   <source>{name} (%n raster(s))</source>
   <translation>
    <numerusform>{name} (%n raster)</numerusform>
    <numerusform>{name} (%n rasters)</numerusform>
   </translation>
  </message>
  <message>
   <source>No group has several rasters.</source>
   <translation>Nenhum grupo tem vários rasters.</translation>
  </message>
  <message>
   <source>It lies on the network, which the settings do not allow.</source>
   <translation>Ele está na rede, o que as configurações não permitem.</translation>
  </message>
  <message>
   <source>The layer is gone from the project, or can't be read.</source>
   <translation>A camada não está mais no projeto ou não pode ser lida.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) found.</source>
   <translation>
    <numerusform>%n caixa encontrada.</numerusform>
    <numerusform>%n caixas encontradas.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched: {reason}</source>
   <translation>
    <numerusform>%n não pôde ser percorrido: {reason}</numerusform>
    <numerusform>%n não puderam ser percorridos: {reason}</numerusform>
   </translation>
  </message>
  <message>
   <source>There is no folder beside it to write its boxes to.</source>
   <translation>Não há ao lado dele uma pasta em que gravar suas caixas.</translation>
  </message>
  <message>
   <source>Writing the results…</source>
   <translation>Gravando os resultados…</translation>
  </message>
  <message numerus="yes">
   <source>%n had been searched before and were not asked again.</source>
   <translation>
    <numerusform>%n já tinha sido percorrido e não foi perguntado de novo.</numerusform>
    <numerusform>%n já tinham sido percorridos e não foram perguntados de novo.</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero: {query}</source>
   <translation>RemoteZero: {query}</translation>
  </message>
  <message numerus="yes">
   <source>%n of {total} raster(s) searched.</source>
   <translation>
    <numerusform>%n raster percorrido de {total}.</numerusform>
    <numerusform>%n rasters percorridos de {total}.</numerusform>
   </translation>
  </message>
  <message>
   <source>Beside the searched place: {n}.</source>
   <translation>Fora da área percorrida: {n}.</translation>
  </message>
  <message>
   <source>Its boxes can't be written to {path}; they are in the result of the run.</source>
   <translation>Suas caixas não podem ser gravadas em {path}; elas estão no resultado da busca.</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>cancelada</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Resultado</translation>
  </message>
  <message>
   <source>{raster} is shown with the bands {bands} now, as the preset says.</source>
   <translation>{raster} é mostrado agora com as bandas {bands}, como diz a predefinição.</translation>
  </message>
  <message>
   <source>Keep as a preset</source>
   <translation>Manter como predefinição</translation>
  </message>
  <message>
   <source>Name (one of the same name is replaced)</source>
   <translation>Nome (uma de mesmo nome é substituída)</translation>
  </message>
  <message>
   <source>Import a preset</source>
   <translation>Importar uma predefinição</translation>
  </message>
  <message>
   <source>Presets (*.json)</source>
   <translation>Predefinições (*.json)</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Desfazer</translation>
  </message>
  <message>
   <source>{raster} has no band {band}, which the preset shows. It stays as it is.</source>
   <translation>{raster} não tem a banda {band} que a predefinição mostra. Ele fica como está.</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportar</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Excluir</translation>
  </message>
  <message>
   <source>Type what you are looking for, then keep it as a preset.</source>
   <translation>Escreva o que procura e depois mantenha como predefinição.</translation>
  </message>
  <message>
   <source>The preset {name} is kept.</source>
   <translation>A predefinição {name} está guardada.</translation>
  </message>
  <message>
   <source>The preset {name} is here now.</source>
   <translation>A predefinição {name} está aqui agora.</translation>
  </message>
  <message>
   <source>It names a model on a server, which was left out: choose the model yourself.</source>
   <translation>Ela cita um modelo num servidor, que foi deixado de fora: escolha você mesmo o modelo.</translation>
  </message>
  <message>
   <source>The preset is in {name}.</source>
   <translation>A predefinição está em {name}.</translation>
  </message>
  <message>
   <source>The preset {name} is deleted.</source>
   <translation>A predefinição {name} foi excluída.</translation>
  </message>
  <message>
   <source>Export the preset {name}</source>
   <translation>Exportar a predefinição {name}</translation>
  </message>
  <message>
   <source>Keep as a preset…</source>
   <translation>Manter como predefinição…</translation>
  </message>
  <message>
   <source>Import a preset…</source>
   <translation>Importar uma predefinição…</translation>
  </message>
  <message>
   <source>{file} can't be used as a preset: “{field}” is wrong or missing. Export it anew.</source>
   <translation>{file} não pode ser usado como predefinição: “{field}” está errado ou falta. Exporte de novo.</translation>
  </message>
  <message>
   <source>{file} can't be read ({reason}). Choose another file.</source>
   <translation>{file} não pode ser lido ({reason}). Escolha outro arquivo.</translation>
  </message>
  <message>
   <source>The preset can't be written to {path} ({reason}). Choose another place.</source>
   <translation>A predefinição não pode ser gravada em {path} ({reason}). Escolha outro lugar.</translation>
  </message>
  <message>
   <source>{file} is no preset of RemoteZero. Choose a file that was exported as one.</source>
   <translation>{file} não é uma predefinição do RemoteZero. Escolha um arquivo exportado como tal.</translation>
  </message>
  <message>
   <source>{file} was made by a newer version. Update the plugin, then import it.</source>
   <translation>{file} foi feito por uma versão mais nova. Atualize o complemento e depois importe.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no JSON.</source>
   <translation>{file} não é uma predefinição: não é JSON.</translation>
  </message>
  <message>
   <source>{file} is too large for a preset.</source>
   <translation>{file} é grande demais para uma predefinição.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no text.</source>
   <translation>{file} não é uma predefinição: não é texto.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: it has no list of items. Choose another file.</source>
   <translation>{file} não é uma coleção de itens STAC: não tem lista de itens. Escolha outro arquivo.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: none of its items has assets. Choose another file.</source>
   <translation>{file} não é uma coleção de itens STAC: nenhum dos itens tem recursos (assets). Escolha outro arquivo.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture “{asset}”. Choose another one.</source>
   <translation>Nenhum item de {file} tem uma imagem “{asset}”. Escolha outra.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture that can be searched.</source>
   <translation>Nenhum item de {file} tem uma imagem que possa ser percorrida.</translation>
  </message>
  <message>
   <source>{file} is no JSON. Choose a STAC item collection.</source>
   <translation>{file} não é JSON. Escolha uma coleção de itens STAC.</translation>
  </message>
  <message>
   <source>{folder} is no folder. Choose one with rasters in it.</source>
   <translation>{folder} não é uma pasta. Escolha uma com rasters.</translation>
  </message>
  <message>
   <source>There is no raster in {folder} ({endings}). Choose another folder, or choose files.</source>
   <translation>Não há nenhum raster em {folder} ({endings}). Escolha outra pasta ou escolha arquivos.</translation>
  </message>
  <message>
   <source>The items in {file} have several pictures ({names}). Say which one is meant.</source>
   <translation>Os itens de {file} têm várias imagens ({names}). Diga qual usar.</translation>
  </message>
  <message>
   <source>{file} is too large for a list of rasters. Choose a STAC item collection.</source>
   <translation>{file} é grande demais para uma lista de rasters. Escolha uma coleção de itens STAC.</translation>
  </message>
  <message>
   <source>The list of rasters can't be written to {path}. Free some space, then start again.</source>
   <translation>A lista de rasters não pode ser gravada em {path}. Libere espaço e comece de novo.</translation>
  </message>
  <message>
   <source>The verdict could not be written: the result layer is missing, read-only or locked. Load the run again.</source>
   <translation>O veredicto não pôde ser gravado: a camada de resultados está ausente, é somente leitura ou está bloqueada. Carregue a busca de novo.</translation>
  </message>
  <message>
   <source>The map still shows all boxes, because {layer} is being edited. Save the edits first.</source>
   <translation>O mapa ainda mostra todas as caixas, porque {layer} está em edição. Salve antes as alterações.</translation>
  </message>
  <message>
   <source>Searched: {place}, {share} % of {raster}.</source>
   <translation>Área percorrida: {place}, {share} % de {raster}.</translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched.</source>
   <translation>
    <numerusform>%n não pôde ser percorrido.</numerusform>
    <numerusform>%n não puderam ser percorridos.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n left.</source>
   <translation>
    <numerusform>Falta %n.</numerusform>
    <numerusform>Faltam %n.</numerusform>
   </translation>
  </message>
  <message>
   <source>what the map showed</source>
   <translation>o que o mapa mostrava</translation>
  </message>
  <message>
   <source>the drawn rectangle</source>
   <translation>o retângulo desenhado</translation>
  </message>
  <message>
   <source>the selected polygons</source>
   <translation>os polígonos selecionados</translation>
  </message>
  <message>
   <source>a part of the raster</source>
   <translation>uma parte do raster</translation>
  </message>
  <message>
   <source>the whole raster</source>
   <translation>todo o raster</translation>
  </message>
  <message>
   <source>Searched: {place}, {raster}.</source>
   <translation>Área percorrida: {place}, {raster}.</translation>
  </message>
  <message>
   <source>Scored by {model}. {words}</source>
   <translation>Pontuado por {model}. {words}</translation>
  </message>
  <message numerus="yes">
   <source>%n raster(s) of {title}</source>
   <translation>
    <numerusform>%n raster de {title}</numerusform>
    <numerusform>%n rasters de {title}</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Searched: {count} of %n raster(s).</source>
   <translation>
    <numerusform>Percorridos: {count} de %n raster.</numerusform>
    <numerusform>Percorridos: {count} de %n rasters.</numerusform>
   </translation>
  </message>
  <message>
   <source>Only {place}; beside it: {n}.</source>
   <translation>Só {place}; fora disso: {n}.</translation>
  </message>
  <message>
   <source>Only {place}.</source>
   <translation>Só {place}.</translation>
  </message>
  <message>
   <source>Waiting for another job to end…</source>
   <translation>Aguardando o fim de outra tarefa…</translation>
  </message>
  <message>
   <source>Loading the model…</source>
   <translation>Carregando o modelo…</translation>
  </message>
  <message>
   <source>Rendering the layer…</source>
   <translation>Desenhando a camada…</translation>
  </message>
  <message>
   <source>accept {n}</source>
   <translation>aceitar {n}</translation>
  </message>
  <message>
   <source>reject {n}</source>
   <translation>rejeitar {n}</translation>
  </message>
  <message>
   <source>clear {n}</source>
   <translation>limpar {n}</translation>
  </message>
  <message>
   <source>RemoteZero: verify edited boxes</source>
   <translation>RemoteZero: verificar caixas editadas</translation>
  </message>
  <message>
   <source>Delete the adapter {name}? Its files are removed, and only an export can restore it.</source>
   <translation>Excluir o adaptador {name}? Seus arquivos são removidos, e só uma exportação pode restaurá-lo.</translation>
  </message>
  <message>
   <source>Adapters</source>
   <translation>Adaptadores</translation>
  </message>
  <message>
   <source>What earlier rounds learned is listed here once the engine has been asked.</source>
   <translation>O que as rodadas anteriores aprenderam aparece aqui assim que o motor for consultado.</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>Usar este</translation>
  </message>
  <message>
   <source>Go back one</source>
   <translation>Voltar ao anterior</translation>
  </message>
  <message>
   <source>Import an adapter from a file</source>
   <translation>Importar um adaptador de um arquivo</translation>
  </message>
  <message>
   <source>Export this adapter to a file</source>
   <translation>Exportar este adaptador para um arquivo</translation>
  </message>
  <message>
   <source>Delete this adapter</source>
   <translation>Excluir este adaptador</translation>
  </message>
  <message>
   <source>{name} is in use, and its files are gone, so nothing can be asked of this model. Choose another adapter, or the model as it came, and press “Use this one”; or import {name} again.</source>
   <translation>{name} está em uso e os seus arquivos desapareceram, por isso nada pode ser perguntado a este modelo. Escolha outro adaptador, ou o modelo como veio, e clique em “Usar este”; ou importe {name} de novo.</translation>
  </message>
  <message>
   <source>none: the model as it came</source>
   <translation>nenhum: o modelo como veio</translation>
  </message>
  <message>
   <source>Import an adapter</source>
   <translation>Importar um adaptador</translation>
  </message>
  <message>
   <source>Adapters (*.zip)</source>
   <translation>Adaptadores (*.zip)</translation>
  </message>
  <message>
   <source>Delete an adapter</source>
   <translation>Excluir um adaptador</translation>
  </message>
  <message>
   <source>Round {number}, learned from {parent}</source>
   <translation>Rodada {number}, aprendido a partir de: {parent}</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>em falta</translation>
  </message>
  <message>
   <source>Its files are gone.</source>
   <translation>Os seus arquivos desapareceram.</translation>
  </message>
  <message>
   <source>The weights alone, without anything learned here</source>
   <translation>Somente os pesos, sem nada aprendido aqui</translation>
  </message>
  <message>
   <source>Adapter</source>
   <translation>Adaptador</translation>
  </message>
  <message>
   <source>Gain</source>
   <translation>Ganho</translation>
  </message>
  <message>
   <source>Export the adapter {name}</source>
   <translation>Exportar o adaptador {name}</translation>
  </message>
  <message>
   <source>the model as it came</source>
   <translation>o modelo como veio</translation>
  </message>
  <message>
   <source>None yet. Every round that is kept adds one; you can go back at any time.</source>
   <translation>Nenhum ainda. Cada rodada mantida acrescenta um; você pode voltar a qualquer momento.</translation>
  </message>
  <message>
   <source>Use {name} again</source>
   <translation>Usar de novo: {name}</translation>
  </message>
  <message>
   <source>Adapters of {model}</source>
   <translation>Adaptadores de {model}</translation>
  </message>
  <message>
   <source>{name} (current)</source>
   <translation>{name} (atual)</translation>
  </message>
  <message>
   <source>{name} is imported. It can be used from now on.</source>
   <translation>{name} foi importado. Já pode ser usado.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now.</source>
   <translation>O adaptador está agora em {file}.</translation>
  </message>
  <message>
   <source>{name} is used from now on.</source>
   <translation>A partir de agora, {name} é usado.</translation>
  </message>
  <message>
   <source>{model} is used as it came from now on.</source>
   <translation>A partir de agora, {model} é usado como veio.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now, on the engine's machine.</source>
   <translation>O adaptador está agora em {file}, na máquina do motor.</translation>
  </message>
  <message>
   <source>questions of its own</source>
   <translation>perguntas próprias</translation>
  </message>
  <message>
   <source>{name} is deleted.</source>
   <translation>{name} foi excluído.</translation>
  </message>
  <message>
   <source>New run</source>
   <translation>Novo aprendizado</translation>
  </message>
  <message>
   <source>Learning is going on. Load the earlier run when it has ended.</source>
   <translation>Há um aprendizado em andamento. Carregue o anterior quando ele terminar.</translation>
  </message>
  <message>
   <source>Show the plan</source>
   <translation>Mostrar o plano</translation>
  </message>
  <message>
   <source>Learning from {rasters}</source>
   <translation>Aprendendo com {rasters}</translation>
  </message>
  <message>
   <source>The run failed</source>
   <translation>O aprendizado falhou</translation>
  </message>
  <message>
   <source>Cancelled. Rounds that were kept stay. The one that was going on is still checked if that takes less than a minute; it is listed below if it is kept.</source>
   <translation>Cancelado. As rodadas mantidas permanecem. A que estava em andamento ainda é verificada se isso levar menos de um minuto; se for mantida, aparece abaixo.</translation>
  </message>
  <message>
   <source>Start learning</source>
   <translation>Começar a aprender</translation>
  </message>
  <message>
   <source>The run goes on in the engine</source>
   <translation>O aprendizado continua no motor</translation>
  </message>
  <message>
   <source>It is no longer watched here.</source>
   <translation>Ele não é mais acompanhado aqui.</translation>
  </message>
  <message>
   <source>The run was cancelled</source>
   <translation>O aprendizado foi cancelado</translation>
  </message>
  <message>
   <source>Watch it again</source>
   <translation>Acompanhar de novo</translation>
  </message>
  <message>
   <source>How many more answers a round may give where nothing is. A model that answers more often finds more, and also answers more often in vain. The less you allow, the less of what a round learned may be kept.</source>
   <translation>Quantas respostas a mais uma rodada pode dar onde não há nada. Um modelo que responde com mais frequência encontra mais e também responde mais vezes em vão. Quanto menos você permitir, menos do que uma rodada aprendeu poderá ser mantido.</translation>
  </message>
  <message>
   <source>As the check usually allows</source>
   <translation>Os que se costumam permitir</translation>
  </message>
  <message>
   <source>At most 3 points more</source>
   <translation>No máximo 3 pontos a mais</translation>
  </message>
  <message>
   <source>No more at all</source>
   <translation>Nenhum a mais</translation>
  </message>
  <message>
   <source>False alarms</source>
   <translation>Alarmes falsos</translation>
  </message>
  <message>
   <source>Rasters</source>
   <translation>Rasters</translation>
  </message>
  <message>
   <source>One question per line. Leave it empty and the model proposes its own.</source>
   <translation>Uma pergunta por linha. Deixe vazio e o modelo propõe as suas.</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Perguntas</translation>
  </message>
  <message>
   <source>Recent questions</source>
   <translation>Perguntas recentes</translation>
  </message>
  <message>
   <source>Fill in the questions you asked in the Find tab</source>
   <translation>Preencher com as perguntas que você fez na aba “Procurar”</translation>
  </message>
  <message>
   <source>Let the model propose</source>
   <translation>Deixar o modelo propor</translation>
  </message>
  <message>
   <source>The model looks at your rasters and writes down what it recognises there, for you to edit</source>
   <translation>O modelo examina os seus rasters e anota o que reconhece neles, para você editar</translation>
  </message>
  <message>
   <source> min</source>
   <translation> min</translation>
  </message>
  <message>
   <source>Learning ends after so many minutes, whatever has been reached</source>
   <translation>O aprendizado termina depois destes minutos, seja qual for o resultado</translation>
  </message>
  <message>
   <source>After each round it is checked whether the model got better; after two that did not, the run ends</source>
   <translation>Depois de cada rodada verifica-se se o modelo melhorou; após duas sem ganho, o processo termina</translation>
  </message>
  <message>
   <source>Use my verdicts</source>
   <translation>Usar meus veredictos</translation>
  </message>
  <message>
   <source>The boxes you judged in this project's results count more than the model's own check. They stay on this computer and are not part of what is learned from it.</source>
   <translation>As caixas que você julgou nos resultados deste projeto contam mais que a própria verificação do modelo. Elas ficam neste computador e não fazem parte do que se aprende com elas.</translation>
  </message>
  <message>
   <source>The model itself, as it was before the round</source>
   <translation>O próprio modelo, como era antes da rodada</translation>
  </message>
  <message>
   <source>Second opinion</source>
   <translation>Segunda opinião</translation>
  </message>
  <message>
   <source>Who looks at each box and scores it. A larger model on a server sees more than the one that learns; it is asked alone, and learns nothing itself.</source>
   <translation>Quem olha para cada caixa e a pontua. Um modelo maior num servidor vê mais do que aquele que aprende; só é perguntado e ele mesmo não aprende nada.</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Onde</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modelo</translation>
  </message>
  <message>
   <source>Pieces of your rasters are sent to this server, on another computer.</source>
   <translation>Partes dos seus rasters são enviadas para este servidor, em outro computador.</translation>
  </message>
  <message>
   <source>in at most</source>
   <translation>em no máximo</translation>
  </message>
  <message>
   <source>rounds</source>
   <translation>rodadas</translation>
  </message>
  <message>
   <source>{layer} (rendered first)</source>
   <translation>{layer} (renderizada antes)</translation>
  </message>
  <message>
   <source>While the model learns, questions of the Find tab wait.</source>
   <translation>Enquanto o modelo aprende, as perguntas da aba “Procurar” esperam.</translation>
  </message>
  <message>
   <source>Earlier learning</source>
   <translation>Aprendizados anteriores</translation>
  </message>
  <message>
   <source>The model practises on your own imagery, without any labels. A round is kept only when it proves better on places kept aside.</source>
   <translation>O modelo pratica em suas próprias imagens, sem nenhum rótulo. Uma rodada só é mantida se provar ser melhor em lugares reservados.</translation>
  </message>
  <message>
   <source>no box</source>
   <translation>sem caixa</translation>
  </message>
  <message>
   <source>“{query}”: before the round on the left, after it on the right</source>
   <translation>“{query}”: à esquerda antes da rodada, à direita depois</translation>
  </message>
  <message>
   <source>before</source>
   <translation>antes</translation>
  </message>
  <message>
   <source>after</source>
   <translation>depois</translation>
  </message>
  <message>
   <source>score {n} %</source>
   <translation>pontuação {n} %</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n} %</translation>
  </message>
  <message>
   <source>No raster is ticked. Tick at least one to learn from.</source>
   <translation>Nenhum raster está marcado. Marque pelo menos um com que aprender.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Tick only such rasters, or choose “The whole raster”.</source>
   <translation>Uma área exige rasters com o mesmo SRC. Marque somente rasters assim ou escolha “O raster inteiro”.</translation>
  </message>
  <message>
   <source>No box of this project's results was accepted or rejected yet. Judge some in the Find tab, or untick “Use my verdicts”.</source>
   <translation>Nenhuma caixa dos resultados deste projeto foi aceita ou rejeitada ainda. Julgue algumas na aba “Procurar” ou desmarque “Usar meus veredictos”.</translation>
  </message>
  <message>
   <source>RemoteZero: self-improvement</source>
   <translation>RemoteZero: autoaperfeiçoamento</translation>
  </message>
  <message>
   <source>Score while learning</source>
   <translation>Pontuação durante o aprendizado</translation>
  </message>
  <message>
   <source>minutes of learning</source>
   <translation>minutos de aprendizado</translation>
  </message>
  <message>
   <source>The curve begins with the first step of learning.</source>
   <translation>A curva começa no primeiro passo do aprendizado.</translation>
  </message>
  <message>
   <source>On places kept aside</source>
   <translation>Em lugares reservados</translation>
  </message>
  <message>
   <source>A point is added after each round.</source>
   <translation>Um ponto é acrescentado depois de cada rodada.</translation>
  </message>
  <message>
   <source>Open report</source>
   <translation>Abrir o relatório</translation>
  </message>
  <message>
   <source>The same places</source>
   <translation>Os mesmos lugares</translation>
  </message>
  <message>
   <source>score of what it tries</source>
   <translation>pontuação do que ele tenta</translation>
  </message>
  <message>
   <source>score on places kept aside</source>
   <translation>pontuação em lugares reservados</translation>
  </message>
  <message>
   <source>score</source>
   <translation>pontuação</translation>
  </message>
  <message>
   <source>“yes” where the thing is not there</source>
   <translation>“sim” onde a coisa não está</translation>
  </message>
  <message>
   <source>boxes for things that are not there</source>
   <translation>caixas para coisas que não estão lá</translation>
  </message>
  <message>
   <source>things that are there and not found</source>
   <translation>coisas que estão lá e não são encontradas</translation>
  </message>
  <message>
   <source>Round {number}</source>
   <translation>Rodada {number}</translation>
  </message>
  <message>
   <source>Finished: no round was kept, so the model is as it was before.</source>
   <translation>Concluído: nenhuma rodada foi mantida, portanto o modelo está como antes.</translation>
  </message>
  <message>
   <source>Some places are kept aside and never learned from: they decide whether a round is kept.</source>
   <translation>Alguns lugares são reservados e nunca se aprende com eles: eles decidem se uma rodada é mantida.</translation>
  </message>
  <message>
   <source>How long the parts of a run take on this machine is measured in its first run.</source>
   <translation>Quanto tempo as partes levam neste computador é medido na primeira execução.</translation>
  </message>
  <message>
   <source>Round {number}: kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), and nothing got worse.</source>
   <translation>Rodada {number}: mantida. Em lugares reservados a pontuação mudou {gain} (de {low} a {high} com {certainty} % de certeza), e nada piorou.</translation>
  </message>
  <message>
   <source>What it could do before: {before} % right before the run, {after} % now.</source>
   <translation>O que ele já sabia fazer: {before} % certo antes do processo, {after} % agora.</translation>
  </message>
  <message>
   <source>{share} % of what the round learned is kept, so that nothing gets worse by more than the check allows.</source>
   <translation>São mantidos {share} % do que a rodada aprendeu, para que nada piore mais do que a verificação permite.</translation>
  </message>
  <message numerus="yes">
   <source>%n round(s)</source>
   <translation>
    <numerusform>%n rodada</numerusform>
    <numerusform>%n rodadas</numerusform>
   </translation>
  </message>
  <message>
   <source>Starts from the model as it came.</source>
   <translation>Parte do modelo como veio.</translation>
  </message>
  <message>
   <source>All of it would take about {total} here: {preparing} preparing, {learning} learning, {checking} checking (measured on {date}).</source>
   <translation>Tudo levaria aqui cerca de {total}: {preparing} de preparação, {learning} de aprendizado, {checking} de verificação (medido em {date}).</translation>
  </message>
  <message>
   <source>The model proposes the questions itself.</source>
   <translation>O próprio modelo propõe as perguntas.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. The score changed by {gain}, but this got worse: {controls}.</source>
   <translation>Rodada {number}: não mantida. A pontuação mudou {gain}, mas isto piorou: {controls}.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), which is not surely better.</source>
   <translation>Rodada {number}: não mantida. Em lugares reservados a pontuação mudou {gain} (de {low} a {high} com {certainty} % de certeza), o que não é uma melhora segura.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept. {name} is in use now.</source>
   <translation>Concluído: {kept} de {rounds} com ganho. Agora {name} está em uso.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept, the last one as {name}. It is not in use yet.</source>
   <translation>Concluído: {kept} de {rounds} com ganho, a última como {name}. Ela ainda não está em uso.</translation>
  </message>
  <message>
   <source>{places} with {windows}; up to {chips} of these are used.</source>
   <translation>{places} com {windows}; até {chips} delas são usadas.</translation>
  </message>
  <message numerus="yes">
   <source>%n separate place(s)</source>
   <translation>
    <numerusform>%n lugar separado</numerusform>
    <numerusform>%n lugares separados</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n window(s)</source>
   <translation>
    <numerusform>%n janela</numerusform>
    <numerusform>%n janelas</numerusform>
   </translation>
  </message>
  <message>
   <source>About {memory} GB of memory.</source>
   <translation>Cerca de {memory} GB de memória.</translation>
  </message>
  <message>
   <source>Up to {rounds} of {steps}. It ends after {time} at the latest, preparing and checking included.</source>
   <translation>Até {rounds} de {steps}. Termina após {time} no máximo, com preparação e verificação incluídas.</translation>
  </message>
  <message numerus="yes">
   <source>%n step(s)</source>
   <translation>
    <numerusform>%n passo</numerusform>
    <numerusform>%n passos</numerusform>
   </translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: learning, at most {time} left</source>
   <translation>Rodada {number} de {rounds}: aprendendo, faltam no máximo {time}</translation>
  </message>
  <message>
   <source>Reading the rasters…</source>
   <translation>Lendo os rasters…</translation>
  </message>
  <message>
   <source>Looking for what is asked…</source>
   <translation>Procurando o que é perguntado…</translation>
  </message>
  <message>
   <source>Choosing the settings…</source>
   <translation>Escolhendo as configurações…</translation>
  </message>
  <message>
   <source>Looking for what is there…</source>
   <translation>Procurando o que há…</translation>
  </message>
  <message>
   <source>Round {number}: {sentence}</source>
   <translation>Rodada {number}: {sentence}</translation>
  </message>
  <message>
   <source>answers that can't be read</source>
   <translation>respostas ilegíveis</translation>
  </message>
  <message>
   <source>size of the boxes</source>
   <translation>tamanho das caixas</translation>
  </message>
  <message>
   <source>size of the largest boxes</source>
   <translation>tamanho das caixas maiores</translation>
  </message>
  <message>
   <source>right answers to what it could do before</source>
   <translation>respostas certas no que ele já sabia fazer</translation>
  </message>
  <message>
   <source>“none” where nothing is, in what it could do before</source>
   <translation>“nada” onde não há nada, no que ele já sabia fazer</translation>
  </message>
  <message>
   <source>Starts from the adapter {name}.</source>
   <translation>Parte do adaptador {name}.</translation>
  </message>
  <message>
   <source>Questions: {questions}</source>
   <translation>Perguntas: {questions}</translation>
  </message>
  <message>
   <source>Second opinion: {model}.</source>
   <translation>Segunda opinião: {model}.</translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: checking on the places kept aside…</source>
   <translation>Rodada {number} de {rounds}: verificando nos lugares reservados…</translation>
  </message>
  <message>
   <source>Only this scene</source>
   <translation>Só esta cena</translation>
  </message>
  <message>
   <source>Only scenes of this day</source>
   <translation>Só as cenas deste dia</translation>
  </message>
  <message>
   <source>All scenes</source>
   <translation>Todas as cenas</translation>
  </message>
  <message>
   <source>nothing to see</source>
   <translation>nada a ver</translation>
  </message>
  <message>
   <source>{change}: before {before}, after {after}.</source>
   <translation>{change}: antes {before}, depois {after}.</translation>
  </message>
  <message>
   <source>new</source>
   <translation>novo</translation>
  </message>
  <message>
   <source>gone</source>
   <translation>sumiu</translation>
  </message>
  <message>
   <source>stayed</source>
   <translation>ficou</translation>
  </message>
  <message>
   <source>unsure</source>
   <translation>incerto</translation>
  </message>
  <message>
   <source>not seen</source>
   <translation>não visto</translation>
  </message>
  <message>
   <source>other</source>
   <translation>outras</translation>
  </message>
  <message>
   <source>It can't be read. Check that the file is there, is whole, and is a raster.</source>
   <translation>Ele não pode ser lido. Confira se o arquivo está lá, está completo e é um raster.</translation>
  </message>
  <message>
   <source>The chosen area is empty. Draw it again, or choose another place.</source>
   <translation>A área escolhida está vazia. Desenhe-a de novo ou escolha outro lugar.</translation>
  </message>
  <message>
   <source>No rectangle is drawn yet. Draw one on the map, or choose another place.</source>
   <translation>Ainda não há retângulo desenhado. Desenhe um no mapa ou escolha outro lugar.</translation>
  </message>
  <message>
   <source>No polygon is selected in any layer. Select one or more, or choose another place.</source>
   <translation>Nenhum polígono está selecionado em nenhuma camada. Selecione um ou mais, ou escolha outro lugar.</translation>
  </message>
  <message>
   <source>No polygon is selected in {layer}. Select one or more, or choose another place.</source>
   <translation>Nenhum polígono está selecionado em {layer}. Selecione um ou mais, ou escolha outro lugar.</translation>
  </message>
  <message>
   <source>The chosen area does not touch {raster}. Zoom to the layer, or choose another place.</source>
   <translation>A área escolhida não toca {raster}. Aproxime-se da camada ou escolha outro lugar.</translation>
  </message>
  <message>
   <source>Verdicts</source>
   <translation>Veredictos</translation>
  </message>
  <message>
   <source>{raster} – found</source>
   <translation>{raster} – encontrado</translation>
  </message>
  <message>
   <source>{query} – rasters</source>
   <translation>{query} – rasters</translation>
  </message>
  <message>
   <source>{query} (running)</source>
   <translation>{query} (em andamento)</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Check that the file is still there and that no other program has locked it, then choose the run again.</source>
   <translation>As caixas em {path} não podem ser lidas ({reason}). Verifique se o arquivo ainda existe e se nenhum outro programa o bloqueia, e escolha a busca de novo.</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Close what has the file open, then try again.</source>
   <translation>As caixas em {path} não podem ser lidas ({reason}). Feche o que tem o arquivo aberto e tente de novo.</translation>
  </message>
  <message>
   <source>The results can't be copied to {path}. They stay in {source}, and nothing is lost.</source>
   <translation>Os resultados não podem ser copiados para {path}. Eles ficam em {source}, e nada se perdeu.</translation>
  </message>
  <message>
   <source>The results can't be written to {path}. They are safe in the engine: free some space or save the project elsewhere, then load them from “Earlier runs”.</source>
   <translation>Os resultados não podem ser gravados em {path}. Estão a salvo no motor: libere espaço ou salve o projeto em outro lugar e carregue-os em “Buscas anteriores”.</translation>
  </message>
  <message>
   <source>it came out empty: the service sent no picture of this area</source>
   <translation>saiu vazia: o serviço não enviou nenhuma imagem desta área</translation>
  </message>
  <message>
   <source>{layer} has nothing to render in the chosen area. Zoom in on the area first.</source>
   <translation>{layer} não tem nada a desenhar na área escolhida. Aproxime-se primeiro da área.</translation>
  </message>
  <message>
   <source>Rendering {layer} here at {gsd} m per pixel would take {width} × {height} pixels ({size} GB). Choose a smaller area or a coarser resolution.</source>
   <translation>Desenhar {layer} aqui a {gsd} m por pixel daria {width} × {height} pixels ({size} GB). Escolha uma área menor ou uma resolução mais grossa.</translation>
  </message>
  <message>
   <source>The layer could not be rendered ({reason}). Check that it draws on the map, then try again.</source>
   <translation>A camada não pôde ser desenhada ({reason}). Confira se ela aparece no mapa e tente de novo.</translation>
  </message>
  <message>
   <source>error {status}</source>
   <translation>erro {status}</translation>
  </message>
  <message numerus="yes">
   <source>{question} and %n more</source>
   <translation>
    <numerusform>{question} e mais %n</numerusform>
    <numerusform>{question} e mais %n</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero manual</source>
   <translation>Manual do RemoteZero</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Voltar</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>Conteúdo</translation>
  </message>
  <message>
   <source>Open in the browser</source>
   <translation>Abrir no navegador</translation>
  </message>
  <message>
   <source>Help for this page (F1)</source>
   <translation>Ajuda desta página (F1)</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Fechar esta mensagem</translation>
  </message>
  <message>
   <source>Scored boxes appear here and on the map.</source>
   <translation>As caixas pontuadas aparecem aqui e no mapa.</translation>
  </message>
  <message numerus="yes">
   <source>%n window(s) were searched. Try other words, a larger area, or “Search in detail”.</source>
   <translation>
    <numerusform>%n janela foi percorrida. Tente outras palavras, uma área maior ou “Procurar em detalhe”.</numerusform>
    <numerusform>%n janelas foram percorridas. Tente outras palavras, uma área maior ou “Procurar em detalhe”.</numerusform>
   </translation>
  </message>
  <message>
   <source>Ask in your own words</source>
   <translation>Pergunte com suas próprias palavras</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nada encontrado</translation>
  </message>
  <message>
   <source>No data here</source>
   <translation>Sem dados aqui</translation>
  </message>
  <message>
   <source>The raster has no data in the place that was searched. Choose another place, or another raster.</source>
   <translation>O raster não tem dados na área percorrida. Escolha outra área ou outro raster.</translation>
  </message>
  <message>
   <source>Nothing leaves this computer.</source>
   <translation>Nada sai deste computador.</translation>
  </message>
  <message>
   <source>Lowest score shown of “{question}”</source>
   <translation>Menor pontuação mostrada de “{question}”</translation>
  </message>
  <message>
   <source>Compare with an earlier raster: what is new, what is gone, what stayed</source>
   <translation>Comparar com um raster anterior: o que é novo, o que sumiu, o que ficou</translation>
  </message>
  <message>
   <source>Compare with an earlier raster</source>
   <translation>Comparar com um raster anterior</translation>
  </message>
  <message>
   <source>the earlier raster</source>
   <translation>o raster anterior</translation>
  </message>
  <message>
   <source>The earlier raster</source>
   <translation>O raster anterior</translation>
  </message>
  <message>
   <source>The raster of the earlier date, of the same place</source>
   <translation>O raster da data anterior, do mesmo lugar</translation>
  </message>
  <message>
   <source>± automatic</source>
   <translation>± automático</translation>
  </message>
  <message>
   <source> m</source>
   <translation> m</translation>
  </message>
  <message>
   <source>How far apart one object may lie on the two rasters. Automatic: 5 m, or two pixels.</source>
   <translation>A que distância um mesmo objeto pode estar nos dois rasters. Automático: 5 m ou dois pixels.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at</source>
   <translation>Exatamente o que o verificador olhou</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Aceitar</translation>
  </message>
  <message>
   <source>This box is right (A)</source>
   <translation>Esta caixa está certa (A)</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Rejeitar</translation>
  </message>
  <message>
   <source>This box is wrong (R)</source>
   <translation>Esta caixa está errada (R)</translation>
  </message>
  <message>
   <source>Zoom to this box (Z, or a double click on its row)</source>
   <translation>Aproximar desta caixa (Z ou duplo clique na sua linha)</translation>
  </message>
  <message>
   <source>Zoom to box</source>
   <translation>Aproximar da caixa</translation>
  </message>
  <message>
   <source>The model gave no reasoning for this box.</source>
   <translation>O modelo não deu nenhum raciocínio para esta caixa.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at, the earlier date on the left</source>
   <translation>Exatamente o que o verificador olhou, a data anterior à esquerda</translation>
  </message>
  <message>
   <source>No picture</source>
   <translation>Sem imagem</translation>
  </message>
  <message>
   <source>{score} % sure</source>
   <translation>{score} % de certeza</translation>
  </message>
  <message>
   <source>Load the sample</source>
   <translation>Carregar o exemplo</translation>
  </message>
  <message>
   <source>A drawn harbour, with a question that is asked at once</source>
   <translation>Um porto desenhado, com uma pergunta feita de imediato</translation>
  </message>
  <message>
   <source>Add a raster…</source>
   <translation>Adicionar um raster…</translation>
  </message>
  <message>
   <source>Choose an aerial or satellite image on this computer</source>
   <translation>Escolha uma imagem aérea ou de satélite neste computador</translation>
  </message>
  <message>
   <source>Search many rasters</source>
   <translation>Procurar em muitos rasters</translation>
  </message>
  <message>
   <source>All rasters of a folder…</source>
   <translation>Todos os rasters de uma pasta…</translation>
  </message>
  <message>
   <source>Several files…</source>
   <translation>Vários arquivos…</translation>
  </message>
  <message>
   <source>A STAC item collection…</source>
   <translation>Uma coleção de itens STAC…</translation>
  </message>
  <message>
   <source>The rasters of a layer group</source>
   <translation>Os rasters de um grupo de camadas</translation>
  </message>
  <message>
   <source>Search one raster again</source>
   <translation>Voltar a procurar em um só raster</translation>
  </message>
  <message>
   <source>A file beside each raster, too</source>
   <translation>Também um arquivo ao lado de cada raster</translation>
  </message>
  <message>
   <source>Writes the boxes of each raster into NAME_remotezero.gpkg in the raster's own folder</source>
   <translation>Grava as caixas de cada raster em NOME_remotezero.gpkg, na pasta do próprio raster</translation>
  </message>
  <message>
   <source>The licence of this model, {licence}, forbids commercial use.</source>
   <translation>A licença deste modelo, {licence}, proíbe o uso comercial.</translation>
  </message>
  <message>
   <source>The model {name} is not there: it was removed, or its disk is not connected.</source>
   <translation>O modelo {name} não está disponível: foi removido ou o seu disco não está ligado.</translation>
  </message>
  <message>
   <source>Default model</source>
   <translation>Modelo padrão</translation>
  </message>
  <message>
   <source>{n} MB</source>
   <translation>{n} MB</translation>
  </message>
  <message>
   <source>A demonstration model that finds {things}.</source>
   <translation>Um modelo de demonstração que encontra {things}.</translation>
  </message>
  <message>
   <source>A demonstration model.</source>
   <translation>Um modelo de demonstração.</translation>
  </message>
  <message>
   <source>Get one for real imagery…</source>
   <translation>Obter um para imagens reais…</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} GB</translation>
  </message>
  <message>
   <source>Default: {name}</source>
   <translation>Padrão: {name}</translation>
  </message>
  <message>
   <source>{size} on disk, {memory} in use, licence {licence}</source>
   <translation>{size} em disco, {memory} em uso, licença {licence}</translation>
  </message>
  <message>
   <source>See the models…</source>
   <translation>Ver os modelos…</translation>
  </message>
  <message>
   <source>and {n} more</source>
   <translation>e mais {n}</translation>
  </message>
  <message>
   <source>Draw the rectangle on the map</source>
   <translation>Desenhe o retângulo no mapa</translation>
  </message>
  <message>
   <source>What the map shows</source>
   <translation>O que o mapa mostra</translation>
  </message>
  <message>
   <source>The whole raster</source>
   <translation>O raster inteiro</translation>
  </message>
  <message>
   <source>A drawn rectangle</source>
   <translation>Um retângulo desenhado</translation>
  </message>
  <message>
   <source>Selected polygons</source>
   <translation>Polígonos selecionados</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>Pergunta</translation>
  </message>
  <message>
   <source>Say in your own words what to look for. Return starts the run.</source>
   <translation>Diga com suas próprias palavras o que procurar. A tecla Enter inicia a busca.</translation>
  </message>
  <message>
   <source>What are you looking for?</source>
   <translation>O que você procura?</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>Exemplos</translation>
  </message>
  <message>
   <source>Colour on the map</source>
   <translation>Cor no mapa</translation>
  </message>
  <message>
   <source>Do not look for this</source>
   <translation>Não procurar isto</translation>
  </message>
  <message>
   <source>Next unsure box</source>
   <translation>Próxima caixa incerta</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Refazer</translation>
  </message>
  <message>
   <source>Copy rows</source>
   <translation>Copiar linhas</translation>
  </message>
  <message>
   <source>Verify edited boxes again</source>
   <translation>Verificar de novo as caixas editadas</translation>
  </message>
  <message>
   <source>Clear verdict</source>
   <translation>Limpar o veredicto</translation>
  </message>
  <message>
   <source>Accept all shown</source>
   <translation>Aceitar todas as mostradas</translation>
  </message>
  <message>
   <source>Reject all shown</source>
   <translation>Rejeitar todas as mostradas</translation>
  </message>
  <message>
   <source>Clear verdicts of all shown</source>
   <translation>Limpar os veredictos de todas as mostradas</translation>
  </message>
  <message>
   <source>Undo: {what}</source>
   <translation>Desfazer: {what}</translation>
  </message>
  <message>
   <source>Redo: {what}</source>
   <translation>Refazer: {what}</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown</source>
   <translation>{shown} de {total} caixas mostradas</translation>
  </message>
  <message>
   <source>A accept · R reject · N next unsure · Z zoom · Ctrl+Z undo</source>
   <translation>A aceitar · R rejeitar · N próxima incerta · Z aproximar · Ctrl+Z desfazer</translation>
  </message>
  <message>
   <source>Verify again</source>
   <translation>Verificar de novo</translation>
  </message>
  <message>
   <source>Score the boxes that were drawn anew. Verdicts stay.</source>
   <translation>Pontuar as caixas redesenhadas. Os veredictos mantêm-se.</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown; {below} score less: move the slider to see them</source>
   <translation>{shown} de {total} caixas mostradas; {below} pontuam menos: mova o controlo para as ver</translation>
  </message>
  <message>
   <source>Verifying…</source>
   <translation>Verificando…</translation>
  </message>
  <message>
   <source>Writing verdicts: {n} left</source>
   <translation>Gravando veredictos: faltam {n}</translation>
  </message>
  <message>
   <source>Edited boxes: {n}</source>
   <translation>Caixas editadas: {n}</translation>
  </message>
  <message>
   <source>{accepted} accepted, {rejected} rejected, {open} open</source>
   <translation>{accepted} aceitas, {rejected} rejeitadas, {open} em aberto</translation>
  </message>
  <message>
   <source>Hide boxes that the verifier is less sure of. Nothing is run again.</source>
   <translation>Oculta as caixas de que o verificador tem menos certeza. Nada é recalculado.</translation>
  </message>
  <message>
   <source>Lowest score shown</source>
   <translation>Menor pontuação mostrada</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>Veredicto</translation>
  </message>
  <message>
   <source>Raster</source>
   <translation>Raster</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Mudança</translation>
  </message>
  <message>
   <source>Choose boxes by clicking on them on the map</source>
   <translation>Escolher caixas clicando no mapa</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Revisão</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Em aberto</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>Aceitas</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Rejeitadas</translation>
  </message>
  <message>
   <source>Score at least</source>
   <translation>Pontuação a partir de</translation>
  </message>
  <message>
   <source>The model's answer was cut off here: there may be more than it listed.</source>
   <translation>A resposta do modelo foi cortada aqui: pode haver mais do que enumerou.</translation>
  </message>
  <message>
   <source>Not placed: the point is where the camera was.</source>
   <translation>Não situado: o ponto está onde a câmera estava.</translation>
  </message>
  <message>
   <source>#</source>
   <translation>N.º</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Pontuação</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Rótulo</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Tamanho</translation>
  </message>
  <message>
   <source>Reasoning</source>
   <translation>Raciocínio</translation>
  </message>
  <message>
   <source>{width} × {height} m</source>
   <translation>{width} × {height} m</translation>
  </message>
  <message>
   <source>{width} × {height} km</source>
   <translation>{width} × {height} km</translation>
  </message>
  <message>
   <source>Drawn anew since it was scored.</source>
   <translation>Redesenhada desde que foi pontuada.</translation>
  </message>
  <message>
   <source>Drawn anew, and verified again.</source>
   <translation>Redesenhada e verificada de novo.</translation>
  </message>
  <message>
   <source>Placed by the camera: right to about {n} m.</source>
   <translation>Situado pela câmera: certo a cerca de {n} m.</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Parando…</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>Iniciando…</translation>
  </message>
  <message>
   <source>as the raster</source>
   <translation>como o raster</translation>
  </message>
  <message>
   <source> m/px</source>
   <translation> m/px</translation>
  </message>
  <message>
   <source>Ground resolution the model looks at, in metres per pixel</source>
   <translation>Resolução no terreno com que o modelo olha, em metros por pixel</translation>
  </message>
  <message>
   <source>Draw outlines</source>
   <translation>Desenhar contornos</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes, drawn by a model of their own; get one on the Models page</source>
   <translation>Polígonos do que está nas caixas, desenhados por um modelo próprio; obtenha um na página Modelos</translation>
  </message>
  <message>
   <source>Place by the camera</source>
   <translation>Situar pela câmera</translation>
  </message>
  <message>
   <source>Put boxes on the map by the photograph's EXIF: position, height, heading. Rough, and said how rough.</source>
   <translation>Situa as caixas no mapa pelo EXIF da foto: posição, altura, rumo. É aproximado, e é dito quanto.</translation>
  </message>
  <message>
   <source>height: as the photograph</source>
   <translation>altura: a da foto</translation>
  </message>
  <message>
   <source> m above the ground</source>
   <translation> m acima do solo</translation>
  </message>
  <message>
   <source>How high the camera was above the ground, if you know it better than the photograph</source>
   <translation>A que altura do solo a câmera estava, se você souber melhor que a foto</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Antes</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>Zoom</translation>
  </message>
  <message>
   <source>none</source>
   <translation>nenhum</translation>
  </message>
  <message>
   <source>Topmost raster: {name}</source>
   <translation>Raster de cima: {name}</translation>
  </message>
  <message>
   <source>Active layer: {name}</source>
   <translation>Camada ativa: {name}</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automático</translation>
  </message>
  <message>
   <source>Whole view at once</source>
   <translation>A vista inteira de uma vez</translation>
  </message>
  <message>
   <source>Search in detail</source>
   <translation>Procurar em detalhe</translation>
  </message>
  <message>
   <source>current adapter</source>
   <translation>adaptador atual</translation>
  </message>
  <message>
   <source>no adapter</source>
   <translation>sem adaptador</translation>
  </message>
  <message>
   <source>Another model that looks at each box and scores it. One on a server sees the boxes alone, and not the rest of the raster.</source>
   <translation>Outro modelo que olha para cada caixa e a pontua. Um num servidor vê só as caixas, e não o resto do raster.</translation>
  </message>
  <message>
   <source>Scored by the model itself</source>
   <translation>Pontuado pelo próprio modelo</translation>
  </message>
  <message>
   <source>Forget a server</source>
   <translation>Esquecer um servidor</translation>
  </message>
  <message>
   <source>Servers</source>
   <translation>Servidores</translation>
  </message>
  <message>
   <source>Forget it</source>
   <translation>Esquecê-lo</translation>
  </message>
  <message>
   <source>A server…</source>
   <translation>Um servidor…</translation>
  </message>
  <message>
   <source>Its address goes from the lists, and its key from QGIS's authentication database, unless another model of the same server stays. This can't be undone: the key has to be typed again. Runs that were made with it stay.</source>
   <translation>O endereço sai das listas, e a chave sai da base de dados de autenticação do QGIS, a menos que outro modelo do mesmo servidor fique. Não pode ser desfeito: a chave terá de ser digitada de novo. As execuções feitas com ele permanecem.</translation>
  </message>
  <message>
   <source>Forget a server…</source>
   <translation>Esquecer um servidor…</translation>
  </message>
  <message>
   <source>Leave name and password out of the address; the key has a field of its own</source>
   <translation>Deixe o nome e a senha fora do endereço; a chave tem um campo próprio</translation>
  </message>
  <message>
   <source>This is no address. Give one like http://host:8000/v1</source>
   <translation>Isto não é um endereço. Indique um como http://host:8000/v1</translation>
  </message>
  <message>
   <source>There are spaces, or characters that can't be seen, in the address or the model's name. Type it anew</source>
   <translation>Há espaços ou caracteres invisíveis no endereço ou no nome do modelo. Escreva-o de novo</translation>
  </message>
  <message>
   <source>The address or the model's name is too long. Give the name that the server lists</source>
   <translation>O endereço ou o nome do modelo é demasiado longo. Indique o nome que o servidor lista</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the key for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>A base de dados de autenticação do QGIS não aceitou a chave para {url}. Abra Configurações &gt; Opções &gt; Autenticação, defina a senha mestra e tente novamente.</translation>
  </message>
  <message>
   <source>A model on a server</source>
   <translation>Um modelo num servidor</translation>
  </message>
  <message>
   <source>the only one that it serves</source>
   <translation>o único que ele oferece</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Endereço</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Chave</translation>
  </message>
  <message>
   <source>Behind ? only {options} may stand; the key has a field of its own</source>
   <translation>Depois de ? só podem estar {options}; a chave tem um campo próprio</translation>
  </message>
  <message>
   <source>Pictures of your rasters are sent to this address, and to no other.</source>
   <translation>Imagens dos seus rasters são enviadas para este endereço e para nenhum outro.</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not let go of the key for {url}. Open Settings &gt; Options &gt; Authentication, and remove it there.</source>
   <translation>A base de dados de autenticação do QGIS não liberou a chave para {url}. Abra Configurações &gt; Opções &gt; Autenticação e remova-a lá.</translation>
  </message>
  <message>
   <source>How this server gives scores is tried when it is first asked, and told here from then on.</source>
   <translation>Como este servidor pontua é testado na primeira pergunta e, a partir daí, indicado aqui.</translation>
  </message>
  <message>
   <source>The scores are the model's own probabilities of yes and no.</source>
   <translation>As pontuações são as probabilidades de sim e não do próprio modelo.</translation>
  </message>
  <message>
   <source>The scores are the probabilities that the server gives for yes and no: as fine as those of a model on this computer.</source>
   <translation>As pontuações são as probabilidades que o servidor dá para sim e não: tão finas quanto as de um modelo neste computador.</translation>
  </message>
  <message>
   <source>The scores are decisions of the server, as numbers between 0 and 1.</source>
   <translation>As pontuações são decisões do servidor, como números entre 0 e 1.</translation>
  </message>
  <message>
   <source>The server gives no probabilities: each question of yes or no is asked ten times, and the score is the share of yes. That is coarse, and takes ten times as long.</source>
   <translation>O servidor não dá probabilidades: cada pergunta de sim ou não é feita dez vezes, e a pontuação é a proporção de sim. É grosseiro e leva dez vezes mais tempo.</translation>
  </message>
  <message>
   <source>{done}, about {time} left</source>
   <translation>{done}, faltam cerca de {time}</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} h</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>aguardando</translation>
  </message>
  <message>
   <source>running</source>
   <translation>em andamento</translation>
  </message>
  <message>
   <source>done</source>
   <translation>concluída</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>falhou</translation>
  </message>
  <message>
   <source>raster {number} of {total}</source>
   <translation>raster {number} de {total}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es)</source>
   <translation>
    <numerusform>%n caixa</numerusform>
    <numerusform>%n caixas</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{done} of %n window(s)</source>
   <translation>
    <numerusform>{done} de %n janela</numerusform>
    <numerusform>{done} de %n janelas</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} s</source>
   <translation>{n} s</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} min</translation>
  </message>
  <message>
   <source>{query}  ({when}, {state})</source>
   <translation>{query}  ({when}, {state})</translation>
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation>{minutes} min {seconds} s</translation>
  </message>
  <message>
   <source>RemoteZero panel</source>
   <translation>Painel RemoteZero</translation>
  </message>
  <message>
   <source>Find things in imagery by describing them</source>
   <translation>Encontre coisas em imagens descrevendo-as</translation>
  </message>
  <message>
   <source>The RemoteZero engine is not installed yet. Open the RemoteZero panel and install it there.</source>
   <translation>O motor RemoteZero ainda não está instalado. Abra o painel RemoteZero e instale-o ali.</translation>
  </message>
  <message>
   <source>Second opinion (empty: the model itself)</source>
   <translation>Segunda opinião (vazio: o próprio modelo)</translation>
  </message>
  <message>
   <source>{layer} is not a raster file. Export it with Save As and choose the file.</source>
   <translation>{layer} não é um arquivo raster. Exporte-a com “Salvar como” e escolha o arquivo.</translation>
  </message>
  <message>
   <source>{layer} is a web layer without an end. Say where to look.</source>
   <translation>{layer} é uma camada web sem limites. Diga onde procurar.</translation>
  </message>
  <message>
   <source>The question is empty. Write what you are looking for.</source>
   <translation>A pergunta está vazia. Escreva o que procura.</translation>
  </message>
  <message>
   <source>The polygons can't be projected to the raster's CRS ({reason}). Check the CRS of both layers.</source>
   <translation>Os polígonos não podem ser projetados para o SRC do raster ({reason}). Confira o SRC das duas camadas.</translation>
  </message>
  <message>
   <source>Question (one per line)</source>
   <translation>Pergunta (uma por linha)</translation>
  </message>
  <message>
   <source>What to look for, in plain words: one question a line, at most 64 of them.</source>
   <translation>O que procurar, em palavras simples: uma pergunta por linha, 64 no máximo.</translation>
  </message>
  <message>
   <source>Model (empty: the default one)</source>
   <translation>Modelo (vazio: o padrão)</translation>
  </message>
  <message>
   <source>Adapter (current: the one in use; none: the model as it came; or a name)</source>
   <translation>Adaptador (current: o que está em uso; none: o modelo como veio; ou um nome)</translation>
  </message>
  <message>
   <source>Allow rasters from the network</source>
   <translation>Permitir rasters da rede</translation>
  </message>
  <message>
   <source>Name of a model that is here, its folder, or the address of one on a server. Empty: the default one.</source>
   <translation>Nome de um modelo que está aqui, sua pasta ou o endereço de um num servidor. Vazio: o padrão.</translation>
  </message>
  <message>
   <source>What the model has learned here: “current” for what is in use, “none” for the model as it came, or the name of an adapter.</source>
   <translation>O que o modelo aprendeu aqui: “current” para o que está em uso, “none” para o modelo como veio, ou o nome de um adaptador.</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: it is read from there.</source>
   <translation>Desligado: um raster que leva a um servidor é recusado, e esse servidor não é consultado. Ligado: ele é lido de lá.</translation>
  </message>
  <message>
   <source>Compare two dates</source>
   <translation>Comparar duas datas</translation>
  </message>
  <message>
   <source>Finds what is new, what is gone and what stayed between two rasters of one place.</source>
   <translation>Encontra o que é novo, o que sumiu e o que ficou entre dois rasters de um mesmo lugar.</translation>
  </message>
  <message>
   <source>Asks the same question of two rasters of one place, and says of each box whether it is new, gone, or stayed.

CRS, resolution and extent of the rasters may differ. What both cover is searched on each; boxes are matched within the tolerance; and the verifier looks at every place that was found on one date only on the other date as well. So 'gone' means that it is not seen there, and not only that it was not found. Where search and verifier disagree the change is 'unsure', and where the other raster has no data, is under a masked cloud or too coarse, it is 'not_seen'.

The attributes score_before and score_after are the verifier's on both dates. 'Stayed' says that one such thing is there on both dates, not that it is the same one.</source>
   <translation>Faz a mesma pergunta a dois rasters de um mesmo lugar e diz de cada caixa se é nova, sumiu ou ficou.

O SRC, a resolução e a extensão dos rasters podem ser diferentes. Em ambos se procura no que os dois cobrem; as caixas são emparelhadas dentro da tolerância; e o verificador olha também na outra data cada lugar que foi encontrado em uma só. Assim, “sumiu” quer dizer que ali não é visto, e não só que não foi encontrado. Onde a busca e o verificador discordam, a mudança é “incerto”, e onde o outro raster não tem dados, está sob uma nuvem mascarada ou é grosseiro demais, é “não visto” (not_seen).

Os atributos score_before e score_after são os do verificador nas duas datas. “Ficou” diz que há uma coisa assim nas duas datas, não que seja a mesma.</translation>
  </message>
  <message>
   <source>Later raster</source>
   <translation>Raster posterior</translation>
  </message>
  <message>
   <source>Score from which on the verifier's answer is yes</source>
   <translation>Pontuação a partir da qual a resposta do verificador é sim</translation>
  </message>
  <message>
   <source>change,before,after,new,gone,difference,time,AI</source>
   <translation>mudança,antes,depois,novo,sumiu,diferença,tempo,IA</translation>
  </message>
  <message>
   <source>Earlier raster</source>
   <translation>Raster anterior</translation>
  </message>
  <message>
   <source>How far apart one object may lie, in metres</source>
   <translation>A que distância um mesmo objeto pode estar, em metros</translation>
  </message>
  <message>
   <source>The raster of the earlier date. CRS, resolution and extent may differ from those of the later one.</source>
   <translation>O raster da data anterior. SRC, resolução e extensão podem ser diferentes dos do posterior.</translation>
  </message>
  <message>
   <source>The raster of the later date. The boxes are in its CRS.</source>
   <translation>O raster da data posterior. As caixas estão no SRC dele.</translation>
  </message>
  <message>
   <source>Only this part is compared. Empty: all that both rasters cover.</source>
   <translation>Só esta parte é comparada. Vazio: tudo o que os dois rasters cobrem.</translation>
  </message>
  <message>
   <source>Boxes of two dates whose centres are farther apart, and that do not overlap, are two objects. Empty: 5 m, or two pixels of the coarser raster if that is more.</source>
   <translation>Caixas de duas datas cujos centros estão mais afastados e que não se sobrepõem são dois objetos. Vazio: 5 m, ou dois pixels do raster mais grosseiro, se isso for mais.</translation>
  </message>
  <message>
   <source>From there on a thing counts as seen on a date. Empty: what suits the model.</source>
   <translation>A partir daí uma coisa conta como vista numa data. Vazio: o que convém ao modelo.</translation>
  </message>
  <message>
   <source>Polygons in the later raster's CRS. The column change says new, gone, stayed, unsure or not_seen; score_before and score_after are the scores on both dates.</source>
   <translation>Polígonos no SRC do raster posterior. A coluna change diz new (novo), gone (sumiu), stayed (ficou), unsure (incerto) ou not_seen (não visto); score_before e score_after são as pontuações nas duas datas.</translation>
  </message>
  <message>
   <source>Number of boxes: {change}</source>
   <translation>Número de caixas: {change}</translation>
  </message>
  <message>
   <source>Evaluate a model</source>
   <translation>Avaliar um modelo</translation>
  </message>
  <message>
   <source>Says how well a model finds what a layer of reference boxes shows.</source>
   <translation>Diz quão bem um modelo encontra o que uma camada de caixas de referência mostra.</translation>
  </message>
  <message>
   <source>Searches the raster and compares what is found with the polygons of a layer: precision, recall, F1, average precision, overlap, and how far edges are off in metres, each with its interval. The report is one page with the best and the worst places.

The layer has to be complete: a box that is found and not in it counts as wrong. Cut the raster to the part that was mapped, if only a part was.

One question can be asked for all polygons, or each distinct value of a field is one.</source>
   <translation>Procura no raster e compara o que é encontrado com os polígonos de uma camada: precisão, revocação, F1, precisão média, sobreposição e a quantos metros ficam as bordas, cada um com seu intervalo. O relatório é uma página com os melhores e os piores lugares.

A camada tem de estar completa: uma caixa que é encontrada e não está nela conta como errada. Se só uma parte foi mapeada, recorte o raster nessa parte.

Pode-se fazer uma só pergunta para todos os polígonos, ou cada valor distinto de um campo é uma pergunta.</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>automático</translation>
  </message>
  <message>
   <source>overview</source>
   <translation>visão geral</translation>
  </message>
  <message>
   <source>in detail</source>
   <translation>em detalhe</translation>
  </message>
  <message>
   <source>accuracy,precision,recall,F1,AP,IoU,quality,reference,AI</source>
   <translation>exatidão,precisão,revocação,F1,AP,IoU,qualidade,referência,IA</translation>
  </message>
  <message>
   <source>Reference polygons</source>
   <translation>Polígonos de referência</translation>
  </message>
  <message>
   <source>What the polygons show</source>
   <translation>O que os polígonos mostram</translation>
  </message>
  <message>
   <source>Or the field that says it of each</source>
   <translation>Ou o campo que o diz de cada um</translation>
  </message>
  <message>
   <source>Lowest score of a box that counts</source>
   <translation>Menor pontuação de uma caixa que conta</translation>
  </message>
  <message>
   <source>Level of detail</source>
   <translation>Nível de detalhe</translation>
  </message>
  <message>
   <source>Context round a box</source>
   <translation>Contexto em torno de uma caixa</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Relatório</translation>
  </message>
  <message>
   <source>Web pages (*.html)</source>
   <translation>Páginas da web (*.html)</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Precisão</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>Revocação</translation>
  </message>
  <message>
   <source>Average precision at an IoU of 0.5</source>
   <translation>Precisão média (AP) com IoU de 0,5</translation>
  </message>
  <message>
   <source>Mean IoU</source>
   <translation>IoU média</translation>
  </message>
  <message>
   <source>Mean error of edges in metres</source>
   <translation>Erro médio das bordas em metros</translation>
  </message>
  <message>
   <source>The image to search, as its layer's style shows it.</source>
   <translation>A imagem em que procurar, como o estilo de sua camada a mostra.</translation>
  </message>
  <message>
   <source>Boxes or outlines that you trust, in any CRS. All such things have to be in it.</source>
   <translation>Caixas ou contornos em que você confia, em qualquer SRC. Todas as coisas desse tipo têm de estar nela.</translation>
  </message>
  <message>
   <source>One question for all polygons, such as “all ships”. Leave it empty to use a field.</source>
   <translation>Uma pergunta para todos os polígonos, como “todos os navios”. Deixe vazia para usar um campo.</translation>
  </message>
  <message>
   <source>Each distinct value of it is asked as a question. Leave it empty to use one question.</source>
   <translation>Cada valor distinto dele é feito como pergunta. Deixe vazio para usar uma só pergunta.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below count as not found in precision, recall and F1.</source>
   <translation>De 0 a 1: caixas abaixo contam como não encontradas na precisão, na revocação e no F1.</translation>
  </message>
  <message>
   <source>0: automatic, both of the others where that is worth it. 1: the whole view at once, for questions that need the overview. 2: overlapping windows, for small things.</source>
   <translation>0: automático, as outras duas onde vale a pena. 1: a vista inteira de uma vez, para perguntas que precisam da visão geral. 2: janelas sobrepostas, para coisas pequenas.</translation>
  </message>
  <message>
   <source>How much round a box the check sees as well, as a share of the box's longer side.</source>
   <translation>Quanto em torno de uma caixa a verificação também vê, como parte do seu lado mais longo.</translation>
  </message>
  <message>
   <source>One page with the figures, their intervals, and the best and worst places.</source>
   <translation>Uma página com os números, seus intervalos e os melhores e piores lugares.</translation>
  </message>
  <message>
   <source>Say what the polygons show: write one question for all of them, or choose the field that says it of each.</source>
   <translation>Diga o que os polígonos mostram: escreva uma pergunta para todos ou escolha o campo que o diz de cada um.</translation>
  </message>
  <message>
   <source>An evaluation reads no rasters from the network.</source>
   <translation>Uma avaliação não lê rasters da rede.</translation>
  </message>
  <message>
   <source>The layer holds no polygon. Choose one that does.</source>
   <translation>A camada não contém polígonos. Escolha uma que os tenha.</translation>
  </message>
  <message>
   <source>The report can't be written to {path} ({reason}). Choose another file.</source>
   <translation>O relatório não pode ser gravado em {path} ({reason}). Escolha outro arquivo.</translation>
  </message>
  <message>
   <source>Export boxes</source>
   <translation>Exportar caixas</translation>
  </message>
  <message>
   <source>Writes boxes as training data or tables for other programs.</source>
   <translation>Grava caixas como dados de treino ou tabelas para outros programas.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures cut from the raster and the boxes in them. The other formats are one file. GeoJSON is in WGS 84.

Rejected boxes are never exported. Where some boxes were accepted or rejected, only the accepted ones are, unless you take the undecided ones, too.

Beside the output comes a file that tells which model found the boxes, in which raster, and when. A folder that exists is never replaced.</source>
   <translation>COCO e YOLO são pastas com imagens recortadas do raster e as caixas nelas. Os outros formatos são um arquivo. GeoJSON está em WGS 84.

Caixas rejeitadas nunca são exportadas. Onde algumas foram aceitas ou rejeitadas, só as aceitas são exportadas, a menos que leve também as não decididas.

Ao lado da saída fica um arquivo que diz que modelo encontrou as caixas, em que raster e quando. Uma pasta que existe nunca é substituída.</translation>
  </message>
  <message>
   <source>The label of a box</source>
   <translation>O rótulo de uma caixa</translation>
  </message>
  <message>
   <source>The question that found it</source>
   <translation>A pergunta que a encontrou</translation>
  </message>
  <message>
   <source>Classes of a training set</source>
   <translation>Classes de um conjunto de treino</translation>
  </message>
  <message>
   <source>Raster (empty: those that the boxes name)</source>
   <translation>Raster (vazio: os que as caixas indicam)</translation>
  </message>
  <message>
   <source>Side of a picture in pixels</source>
   <translation>Lado de uma imagem em píxeis</translation>
  </message>
  <message>
   <source>Metres per pixel</source>
   <translation>Metros por pixel</translation>
  </message>
  <message>
   <source>Also cut pictures without boxes</source>
   <translation>Recortar também imagens sem caixas</translation>
  </message>
  <message>
   <source>COCO,YOLO,training data,chips,GeoParquet,CSV</source>
   <translation>COCO,YOLO,dados de treino,recortes,GeoParquet,CSV</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>Caixas</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Formato</translation>
  </message>
  <message>
   <source>Take undecided boxes, too</source>
   <translation>Levar também as caixas não decididas</translation>
  </message>
  <message>
   <source>Lowest score</source>
   <translation>Pontuação mínima</translation>
  </message>
  <message>
   <source>File or folder</source>
   <translation>Arquivo ou pasta</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Todos os arquivos (*)</translation>
  </message>
  <message>
   <source>Provenance</source>
   <translation>Proveniência</translation>
  </message>
  <message>
   <source>Exported boxes</source>
   <translation>Caixas exportadas</translation>
  </message>
  <message>
   <source>A result of Locate or of the panel. Rejected boxes are never exported.</source>
   <translation>Um resultado de “Localizar” ou do painel. Caixas rejeitadas nunca são exportadas.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures; the others are one file.</source>
   <translation>COCO e YOLO são pastas com imagens; os outros são um só arquivo.</translation>
  </message>
  <message>
   <source>COCO and YOLO name classes. Take the questions where one layer holds the boxes of several.</source>
   <translation>COCO e YOLO dão nomes a classes. Use as perguntas quando uma camada contém as caixas de várias.</translation>
  </message>
  <message>
   <source>Otherwise only accepted boxes are taken, once some were accepted or rejected.</source>
   <translation>Senão, só são levadas as caixas aceitas, assim que algumas foram aceitas ou rejeitadas.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below are left out.</source>
   <translation>De 0 a 1: caixas abaixo ficam de fora.</translation>
  </message>
  <message>
   <source>Pictures for COCO and YOLO are cut from it.</source>
   <translation>Dele são recortadas as imagens para COCO e YOLO.</translation>
  </message>
  <message>
   <source>Of the square pictures for COCO and YOLO.</source>
   <translation>Das imagens quadradas para COCO e YOLO.</translation>
  </message>
  <message>
   <source>Of the pictures. Empty: the finest at which a box was found.</source>
   <translation>Das imagens. Vazio: a mais fina com que uma caixa foi encontrada.</translation>
  </message>
  <message>
   <source>Places where nothing was found teach a model what to leave alone.</source>
   <translation>Lugares onde nada foi encontrado ensinam a um modelo o que deixar de lado.</translation>
  </message>
  <message>
   <source>A file, or for COCO and YOLO a folder that does not exist yet.</source>
   <translation>Um arquivo ou, para COCO e YOLO, uma pasta que ainda não existe.</translation>
  </message>
  <message>
   <source>Lets the model learn from your own rasters, without any labels.</source>
   <translation>Deixa o modelo aprender com seus próprios rasters, sem nenhum rótulo.</translation>
  </message>
  <message>
   <source>The model practises on your rasters: it proposes boxes, its own check scores them, and it learns from the scores. No labels are needed, and nothing leaves the computer.

After each round a gate compares old and new on places kept aside. A round that is not better, or that answers wrong questions with yes more often, is thrown away. You can go back to any earlier adapter.

Questions: one per line; leave empty and the model proposes its own.</source>
   <translation>O modelo pratica em seus rasters: propõe caixas, sua própria verificação as pontua, e ele aprende com as pontuações. Não são precisos rótulos, e nada sai do computador.

Depois de cada rodada, um controle compara o antigo e o novo em lugares reservados. Uma rodada que não é melhor, ou que responde sim mais vezes a perguntas erradas, é descartada. Você pode voltar a qualquer adaptador anterior.

Perguntas: uma por linha; deixe vazio e o modelo propõe as suas.</translation>
  </message>
  <message>
   <source>Use the new adapter when it is better than the old</source>
   <translation>Usar o novo adaptador se ele for melhor que o antigo</translation>
  </message>
  <message>
   <source>Results whose accepted and rejected boxes may be used</source>
   <translation>Resultados cujas caixas aceitas e rejeitadas podem ser usadas</translation>
  </message>
  <message>
   <source>Folder of another model, or the address of one on a server, that scores the boxes and learns nothing itself. Empty: the model that learns, as it was before the round.</source>
   <translation>Pasta de outro modelo, ou o endereço de um num servidor, que pontua as caixas e ele mesmo não aprende nada. Vazio: o modelo que aprende, como era antes da rodada.</translation>
  </message>
  <message>
   <source>train,learn,adapter,unlabelled,AI</source>
   <translation>treinar,aprender,adaptador,sem rótulos,IA</translation>
  </message>
  <message>
   <source>Questions (one per line; empty: proposed)</source>
   <translation>Perguntas (uma por linha; vazio: propostas)</translation>
  </message>
  <message>
   <source>Where to learn</source>
   <translation>Onde aprender</translation>
  </message>
  <message>
   <source>Rounds at most</source>
   <translation>Rodadas no máximo</translation>
  </message>
  <message>
   <source>Minutes at most</source>
   <translation>Minutos no máximo</translation>
  </message>
  <message>
   <source>Images of the kind that you will search later. Nobody has to draw boxes in them.</source>
   <translation>Imagens do tipo em que procurará depois. Ninguém precisa desenhar caixas nelas.</translation>
  </message>
  <message>
   <source>What you will ask later, one question a line. Empty: the model proposes its own.</source>
   <translation>O que perguntará depois, uma pergunta por linha. Vazio: o modelo propõe as suas.</translation>
  </message>
  <message>
   <source>Only this part is learned from. Empty: all of the rasters.</source>
   <translation>Só se aprende com esta parte. Vazio: com os rasters inteiros.</translation>
  </message>
  <message>
   <source>After each round it is decided whether the model got better; two refusals end the run.</source>
   <translation>Depois de cada rodada decide-se se o modelo melhorou; duas recusas encerram o processo.</translation>
  </message>
  <message>
   <source>All of it, preparing and checking included.</source>
   <translation>Tudo junto, com preparação e verificação incluídas.</translation>
  </message>
  <message>
   <source>How many metres a pixel stands for when the model practises. Empty: as in the raster.</source>
   <translation>Quantos metros um pixel representa quando o modelo pratica. Vazio: como no raster.</translation>
  </message>
  <message>
   <source>Off: what was learned is kept in the list of adapters, and the old one stays in use.</source>
   <translation>Desligado: o que foi aprendido fica na lista de adaptadores, e o antigo continua em uso.</translation>
  </message>
  <message>
   <source>Result layers that are kept in files. Without them the model learns from its own check alone.</source>
   <translation>Camadas de resultados guardadas em arquivos. Sem elas o modelo aprende só com sua própria verificação.</translation>
  </message>
  <message>
   <source>No raster was chosen. Choose at least one.</source>
   <translation>Nenhum raster foi escolhido. Escolha pelo menos um.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Leave the area empty, or choose such rasters.</source>
   <translation>Uma área exige rasters com o mesmo SRC. Deixe a área vazia ou escolha rasters assim.</translation>
  </message>
  <message>
   <source>{layer} is not kept in a file. Save it to one, then its verdicts can be used.</source>
   <translation>{layer} não está guardada num arquivo. Salve-a em um, e então seus veredictos podem ser usados.</translation>
  </message>
  <message>
   <source>Name or folder of another model, or the address of one on a server, that scores the boxes. Empty: the model that finds them.</source>
   <translation>Nome ou pasta de outro modelo, ou o endereço de um num servidor, que pontua as caixas. Vazio: o modelo que as encontra.</translation>
  </message>
  <message>
   <source>{boxes}; {windows} looked at, {blank} of them without data, {vetoed} skipped by the check.</source>
   <translation>{boxes}; {windows} no total, {blank} sem dados, {vetoed} puladas pela verificação prévia.</translation>
  </message>
  <message>
   <source>Locate</source>
   <translation>Localizar</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster and scores every box.</source>
   <translation>Encontra em um raster o que uma frase descreve e pontua cada caixa.</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster.

Write one question per line, for instance: all ships / the largest building / where could people take shelter from a flood?

Zoom: 'whole view at once' suits questions that need the overview; 'search in detail' cuts the raster into overlapping windows at the given metres per pixel; 'automatic' does both where it is worth it.

The model sees the bands and the contrast that the layer's style shows. Every box carries the score of an independent check (0 to 1), the reasoning, and where it came from. Keep low scores and filter later.</source>
   <translation>Encontra em um raster o que uma frase descreve.

Escreva uma pergunta por linha, por exemplo: todos os navios / o maior edifício / onde pessoas poderiam se abrigar de uma enchente?

Zoom: “A vista inteira de uma vez” serve às perguntas que precisam da visão geral; “Procurar em detalhe” corta o raster em janelas sobrepostas com os metros por pixel indicados; “Automático” faz as duas coisas onde vale a pena.

O modelo vê as bandas e o contraste que o estilo da camada mostra. Cada caixa traz a pontuação de uma verificação independente (0 a 1), o raciocínio e sua origem. Guarde as pontuações baixas e filtre depois.</translation>
  </message>
  <message>
   <source>Metres per pixel for the search in detail</source>
   <translation>Metros por pixel para a busca em detalhe</translation>
  </message>
  <message>
   <source>Draw outlines instead of boxes</source>
   <translation>Desenhar contornos em vez de caixas</translation>
  </message>
  <message>
   <source>Overlap of windows</source>
   <translation>Sobreposição das janelas</translation>
  </message>
  <message>
   <source>Leave out boxes below this score</source>
   <translation>Deixar de fora caixas abaixo desta pontuação</translation>
  </message>
  <message>
   <source>Context round a box for its score</source>
   <translation>Contexto em torno de uma caixa para sua pontuação</translation>
  </message>
  <message>
   <source>Skip windows that show nothing of the kind</source>
   <translation>Pular janelas que não mostram nada do tipo</translation>
  </message>
  <message>
   <source>Outlines with right angles</source>
   <translation>Contornos com ângulos retos</translation>
  </message>
  <message>
   <source>Tolerance of outlines in metres</source>
   <translation>Tolerância dos contornos em metros</translation>
  </message>
  <message>
   <source>How many metres a pixel of the windows stands for. Empty: as in the raster.</source>
   <translation>Quantos metros um pixel das janelas representa. Vazio: como no raster.</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes; a model that draws outlines has to be here.</source>
   <translation>Polígonos do que está nas caixas; é preciso ter aqui um modelo que desenhe contornos.</translation>
  </message>
  <message>
   <source>Share of a window that its neighbour repeats, so that nothing is cut in two.</source>
   <translation>Parte de uma janela que a vizinha repete, para que nada seja cortado em dois.</translation>
  </message>
  <message>
   <source>From 0 to 1. With 0 all boxes are written, to be filtered by their score later.</source>
   <translation>De 0 a 1. Com 0 são gravadas todas as caixas, para serem filtradas depois pela pontuação.</translation>
  </message>
  <message>
   <source>Saves time. Turn it off for rare things that the check may not know from afar.</source>
   <translation>Poupa tempo. Desligue para coisas raras que a verificação talvez não reconheça de longe.</translation>
  </message>
  <message>
   <source>Gives outlines right angles where that fits, as for buildings.</source>
   <translation>Dá ângulos retos aos contornos onde convém, como nos edifícios.</translation>
  </message>
  <message>
   <source>How far an outline may lie from the edge. Empty: half a pixel.</source>
   <translation>A que distância da borda um contorno pode ficar. Vazio: meio pixel.</translation>
  </message>
  <message>
   <source>find,detect,object,query,question,text,AI,box</source>
   <translation>encontrar,detectar,objeto,consulta,pergunta,texto,IA,caixa</translation>
  </message>
  <message>
   <source>Where to look</source>
   <translation>Onde procurar</translation>
  </message>
  <message>
   <source>Place a photograph's boxes by its camera (EXIF)</source>
   <translation>Situar as caixas de uma foto pela câmera (EXIF)</translation>
  </message>
  <message>
   <source>The camera's height above the ground in metres</source>
   <translation>Altura da câmera acima do solo em metros</translation>
  </message>
  <message>
   <source>Number of boxes</source>
   <translation>Número de caixas</translation>
  </message>
  <message>
   <source>Any raster that QGIS opens. The model sees its bands and contrast as the layer's style shows them. A map service is rendered first, and then needs EXTENT.</source>
   <translation>Qualquer raster que o QGIS abra. O modelo vê as bandas e o contraste como o estilo da camada os mostra. Um serviço de mapas é desenhado primeiro, e então precisa de EXTENT.</translation>
  </message>
  <message>
   <source>Only this part is searched. Empty: the whole raster.</source>
   <translation>Só se procura nesta parte. Vazio: todo o raster.</translation>
  </message>
  <message>
   <source>For a photograph without a place that says where its camera was and whither it looked. Its boxes are then in WGS 84, and only roughly right. Off: they are in pixels.</source>
   <translation>Para uma foto sem georreferência que diz onde a câmera estava e para onde olhava. As caixas ficam então em WGS 84 e só aproximadas. Desligado: ficam em pixels.</translation>
  </message>
  <message>
   <source>Needed where the photograph does not say it. Empty: what it says.</source>
   <translation>Necessária onde a foto não a diz. Vazio: a que a foto diz.</translation>
  </message>
  <message>
   <source>Polygons in the raster's CRS, with score (0 to 1), rank, label, reasoning, question, model and where each came from.</source>
   <translation>Polígonos no SRC do raster, com score (0 a 1), rank, label, reasoning, a pergunta, o modelo e a origem de cada um.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) so far</source>
   <translation>
    <numerusform>%n caixa até agora</numerusform>
    <numerusform>%n caixas até agora</numerusform>
   </translation>
  </message>
  <message>
   <source>Locate in many rasters</source>
   <translation>Localizar em muitos rasters</translation>
  </message>
  <message>
   <source>Finds what sentences describe in a folder, a list or a STAC item collection of rasters.</source>
   <translation>Encontra o que frases descrevem em uma pasta, uma lista ou uma coleção de itens STAC de rasters.</translation>
  </message>
  <message>
   <source>Asks the same questions over many rasters, one after the other: the chosen layers, all rasters of a folder, and the pictures of a STAC item collection. Each is searched as a whole. A mosaic (VRT) is one raster.

The boxes of all rasters come in one layer, with the raster in the column source. A second table says of every raster whether it was searched, how many boxes it has, and if it could not be searched, why.

When the run is broken off, start it again with the same parameters: rasters that were finished are not asked twice, and the one that was begun goes on where it was. A file that has changed is asked anew.</source>
   <translation>Faz as mesmas perguntas a muitos rasters, um após o outro: as camadas escolhidas, todos os rasters de uma pasta e as imagens de uma coleção de itens STAC. Cada um é percorrido por inteiro. Um mosaico (VRT) é um só raster.

As caixas de todos os rasters vão para uma camada, com o raster na coluna source. Uma segunda tabela diz de cada raster se foi percorrido, quantas caixas tem e, se não pôde ser percorrido, por quê.

Se a busca for interrompida, inicie-a de novo com os mesmos parâmetros: rasters terminados não são perguntados duas vezes, e o que foi começado continua de onde estava. Um arquivo que mudou é perguntado de novo.</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: its only or visual one)</source>
   <translation>Imagem de um item STAC (vazio: a única ou “visual”)</translation>
  </message>
  <message>
   <source>Also a file of boxes beside each raster</source>
   <translation>Também um arquivo de caixas ao lado de cada raster</translation>
  </message>
  <message>
   <source>Ask also what was finished before</source>
   <translation>Perguntar também o que já estava terminado</translation>
  </message>
  <message>
   <source>CRS of the boxes (empty: of the first raster)</source>
   <translation>SRC das caixas (vazio: o do primeiro raster)</translation>
  </message>
  <message>
   <source>find,detect,object,query,folder,batch,mosaic,STAC,tiles,AI,box</source>
   <translation>encontrar,detectar,objeto,consulta,pasta,lote,mosaico,STAC,tiles,IA,caixa</translation>
  </message>
  <message>
   <source>Folder with rasters</source>
   <translation>Pasta com rasters</translation>
  </message>
  <message>
   <source>Also the folders in it</source>
   <translation>Também as pastas dentro dela</translation>
  </message>
  <message>
   <source>STAC item collection (JSON)</source>
   <translation>Coleção de itens STAC (JSON)</translation>
  </message>
  <message>
   <source>What became of each raster</source>
   <translation>O que aconteceu com cada raster</translation>
  </message>
  <message>
   <source>Rasters that could not be searched</source>
   <translation>Rasters que não puderam ser percorridos</translation>
  </message>
  <message>
   <source>Layers whose rasters are files. The model sees them as their style shows them.</source>
   <translation>Camadas cujos rasters são arquivos. O modelo os vê como o estilo os mostra.</translation>
  </message>
  <message>
   <source>All rasters in it are searched. A mosaic (VRT) is left out where there are other rasters.</source>
   <translation>Todos os rasters dentro dela são percorridos. Um mosaico (VRT) fica de fora onde há outros rasters.</translation>
  </message>
  <message>
   <source>Off: only what lies in the folder itself is searched.</source>
   <translation>Desligado: só se procura no que está na própria pasta.</translation>
  </message>
  <message>
   <source>A JSON file with a STAC item, or a collection of items. Pictures on the network need NETWORK.</source>
   <translation>Um arquivo JSON com um item STAC ou uma coleção de itens. Imagens na rede precisam de NETWORK.</translation>
  </message>
  <message>
   <source>The key of an item's asset, such as “visual”.</source>
   <translation>A chave de um recurso (asset) do item, como “visual”.</translation>
  </message>
  <message>
   <source>Each raster gets its own boxes in a file beside it.</source>
   <translation>Cada raster recebe suas próprias caixas num arquivo ao lado dele.</translation>
  </message>
  <message>
   <source>Off: rasters that were finished with the same questions and settings are not asked twice.</source>
   <translation>Desligado: rasters terminados com as mesmas perguntas e opções não são perguntados duas vezes.</translation>
  </message>
  <message>
   <source>The boxes of all rasters are brought into it. Empty: the CRS of the first raster with boxes.</source>
   <translation>As caixas de todos os rasters são levadas para ele. Vazio: o SRC do primeiro raster com caixas.</translation>
  </message>
  <message>
   <source>The boxes of all rasters, with score (0 to 1), rank, label, reasoning, question and model. The column source says which raster each came from.</source>
   <translation>As caixas de todos os rasters, com score (0 a 1), rank, label, reasoning, a pergunta e o modelo. A coluna source diz de que raster cada uma veio.</translation>
  </message>
  <message>
   <source>A table without geometry: of each raster whether it was searched, how many boxes it has, and if it could not be searched, why.</source>
   <translation>Uma tabela sem geometria: de cada raster, se foi percorrido, quantas caixas tem e, se não pôde ser percorrido, por quê.</translation>
  </message>
  <message>
   <source>There is no raster to search: choose layers, a folder or a STAC item collection.</source>
   <translation>Não há raster em que procurar: escolha camadas, uma pasta ou uma coleção de itens STAC.</translation>
  </message>
  <message>
   <source>Cancelled. Start it again with the same parameters, and it goes on.</source>
   <translation>Cancelada. Inicie de novo com os mesmos parâmetros, e a busca continua.</translation>
  </message>
  <message>
   <source>It was searched before, and is not asked again.</source>
   <translation>Ele já foi percorrido e não é perguntado de novo.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) in {rasters} rasters; {failed} could not be searched.</source>
   <translation>
    <numerusform>%n caixa em {rasters} rasters; {failed} não puderam ser percorridos.</numerusform>
    <numerusform>%n caixas em {rasters} rasters; {failed} não puderam ser percorridos.</numerusform>
   </translation>
  </message>
  <message>
   <source>It lies on the network, which was not allowed.</source>
   <translation>Ele está na rede, o que não foi permitido.</translation>
  </message>
  <message>
   <source>Raster {number} of {total}: {name}</source>
   <translation>Raster {number} de {total}: {name}</translation>
  </message>
  <message>
   <source>Nothing can be written to {path}. Choose another output.</source>
   <translation>Não se pode escrever em {path}. Escolha outra saída.</translation>
  </message>
  <message>
   <source>{path} holds other layers ({layers}), which would be lost. Choose another output, or save to a GeoPackage, which adds a layer.</source>
   <translation>{path} contém outras camadas ({layers}) que se perderiam. Escolha outra saída ou guarde num GeoPackage, o que acrescenta uma camada.</translation>
  </message>
  <message>
   <source>{path} is what is being read, and would be lost. Choose another output.</source>
   <translation>{path} é o que está sendo lido e se perderia. Escolha outra saída.</translation>
  </message>
  <message>
   <source>{path} is open in QGIS or in another program. Remove its layers from the project, or choose another output.</source>
   <translation>{path} está aberto no QGIS ou noutro programa. Retire as suas camadas do projeto ou escolha outra saída.</translation>
  </message>
  <message>
   <source>{boxes} of {things} in {scenes}; {failed} could not be searched.</source>
   <translation>{boxes} de {things} em {scenes}; {failed} não puderam ser percorridas.</translation>
  </message>
  <message>
   <source>Scan an archive</source>
   <translation>Procurar em um acervo</translation>
  </message>
  <message>
   <source>Finds what sentences describe in thousands of scenes, several at a time.</source>
   <translation>Encontra o que frases descrevem em milhares de cenas, várias de uma vez.</translation>
  </message>
  <message>
   <source>Asks the same questions of all scenes of an archive: a folder, a list, a mosaic (VRT), or a STAC catalogue or collection. Several processes work side by side, on this machine or on a cluster.

What was found comes as one layer. Its actions show one scene, one day or all; the temporal controller shows each box when its scene was taken. One thing that several scenes show has one number in the column thing, and is one feature in the layer found of the same file.

When the run is broken off, start it again with the same parameters and the same folder: no finished window is asked twice. A scene that can't be read does not stop the others.

The engine needs Ray for it, which is installed beside it once; the manual says how.</source>
   <translation>Faz as mesmas perguntas a todas as cenas de um acervo: uma pasta, uma lista, um mosaico (VRT), ou um catálogo ou uma coleção STAC. Vários processos trabalham lado a lado, neste computador ou em um cluster.

O que foi encontrado vem em uma só camada. Suas ações mostram uma cena, um dia ou tudo; o controlador temporal mostra cada caixa quando sua cena foi tomada. Uma coisa que várias cenas mostram tem um só número na coluna thing e é uma só feição na camada found do mesmo arquivo.

Se a busca for interrompida, inicie-a de novo com os mesmos parâmetros e a mesma pasta: nenhuma janela terminada é perguntada duas vezes. Uma cena que não pode ser lida não detém as outras.

O motor precisa para isso do Ray, que é instalado uma vez ao lado dele; o manual diz como.</translation>
  </message>
  <message>
   <source>The scan has ended, and its results are not on this computer: the engine wrote them to {folder} on its own. Open {file} from there.</source>
   <translation>A busca terminou, e seus resultados não estão neste computador: o motor os gravou em {folder}, no computador dele. Abra {file} de lá.</translation>
  </message>
  <message numerus="yes">
   <source>%n thing(s)</source>
   <translation>
    <numerusform>%n coisa</numerusform>
    <numerusform>%n coisas</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n scene(s)</source>
   <translation>
    <numerusform>%n cena</numerusform>
    <numerusform>%n cenas</numerusform>
   </translation>
  </message>
  <message>
   <source>find,detect,object,query,STAC,catalogue,folder,batch,big,Ray,AI,box</source>
   <translation>encontrar,detectar,objeto,consulta,STAC,catálogo,pasta,lote,grande,Ray,IA,caixa</translation>
  </message>
  <message>
   <source>Folder with scenes</source>
   <translation>Pasta com cenas</translation>
  </message>
  <message>
   <source>Or a list, mosaic or catalogue, or its address</source>
   <translation>Ou uma lista, um mosaico ou um catálogo, ou seu endereço</translation>
  </message>
  <message>
   <source>Only scenes that meet this</source>
   <translation>Só cenas que toquem esta área</translation>
  </message>
  <message>
   <source>Only scenes taken from</source>
   <translation>Só cenas tomadas a partir de</translation>
  </message>
  <message>
   <source>Only scenes taken until</source>
   <translation>Só cenas tomadas até</translation>
  </message>
  <message>
   <source>Most cloud cover in percent</source>
   <translation>Cobertura máxima de nuvens em porcentagem</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: the one that looks like it)</source>
   <translation>Imagem de um item STAC (vazio: a que parece ser)</translation>
  </message>
  <message>
   <source>At most so many scenes</source>
   <translation>No máximo tantas cenas</translation>
  </message>
  <message>
   <source>Processes that search</source>
   <translation>Processos que procuram</translation>
  </message>
  <message>
   <source>Cores of each</source>
   <translation>Núcleos de cada um</translation>
  </message>
  <message>
   <source>Price of an hour of this hardware</source>
   <translation>Preço de uma hora deste hardware</translation>
  </message>
  <message>
   <source>Load what was found</source>
   <translation>Carregar o que foi encontrado</translation>
  </message>
  <message>
   <source>Folder of the results</source>
   <translation>Pasta dos resultados</translation>
  </message>
  <message>
   <source>What each scene shows</source>
   <translation>O que cada cena mostra</translation>
  </message>
  <message>
   <source>Map and tables</source>
   <translation>Mapa e tabelas</translation>
  </message>
  <message>
   <source>Number of things, each counted once</source>
   <translation>Número de coisas, cada uma contada uma vez</translation>
  </message>
  <message>
   <source>Scenes that could not be searched</source>
   <translation>Cenas que não puderam ser percorridas</translation>
  </message>
  <message>
   <source>All rasters in it and below it are scenes.</source>
   <translation>Todos os rasters nela e em suas subpastas são cenas.</translation>
  </message>
  <message>
   <source>A text or CSV file of rasters, a VRT, a STAC item collection or catalogue (JSON, or items as GeoParquet), or an address of one, which needs NETWORK. Give this or FOLDER.</source>
   <translation>Um arquivo de texto ou CSV com rasters, um VRT, uma coleção de itens ou um catálogo STAC (JSON, ou itens como GeoParquet), ou o endereço de um deles, que precisa de NETWORK. Informe isto ou FOLDER.</translation>
  </message>
  <message>
   <source>Scenes that lie elsewhere are left out. Empty: all of them.</source>
   <translation>Cenas que ficam em outro lugar são deixadas de fora. Vazio: todas.</translation>
  </message>
  <message>
   <source>Scenes that were taken before this day are left out. Empty: all of them.</source>
   <translation>Cenas tomadas antes deste dia são deixadas de fora. Vazio: todas.</translation>
  </message>
  <message>
   <source>Scenes that were taken after this day are left out. Empty: all of them.</source>
   <translation>Cenas tomadas depois deste dia são deixadas de fora. Vazio: todas.</translation>
  </message>
  <message>
   <source>Scenes with more clouds are left out. Empty: all of them.</source>
   <translation>Cenas com mais nuvens são deixadas de fora. Vazio: todas.</translation>
  </message>
  <message>
   <source>To try it out on a few. Empty: all scenes.</source>
   <translation>Para experimentar com algumas. Vazio: todas as cenas.</translation>
  </message>
  <message>
   <source>Each holds the model in memory. Empty: one for each GPU, or for each core where there is none.</source>
   <translation>Cada um mantém o modelo na memória. Vazio: um para cada GPU, ou para cada núcleo onde não há nenhuma.</translation>
  </message>
  <message>
   <source>How many cores each of them computes on where there is no GPU.</source>
   <translation>Em quantos núcleos cada um calcula onde não há GPU.</translation>
  </message>
  <message>
   <source>In any currency; the messages then say what the rest will cost. Empty: nobody asks.</source>
   <translation>Em qualquer moeda; as mensagens dizem então quanto o resto vai custar. Vazio: ninguém pergunta.</translation>
  </message>
  <message>
   <source>Off: the results are written and not added to the project.</source>
   <translation>Desligado: os resultados são gravados e não são adicionados ao projeto.</translation>
  </message>
  <message>
   <source>A folder for this archive and these questions. One that holds a part of the same scan is gone on with. It gets found.gpkg, map.html, and tables of all scenes and boxes.</source>
   <translation>Uma pasta para este acervo e estas perguntas. Se já contém uma parte da mesma busca, ela é continuada. Recebe found.gpkg, map.html e tabelas de todas as cenas e caixas.</translation>
  </message>
  <message>
   <source>Say where the scenes are: choose a folder, or a list or catalogue; one of the two.</source>
   <translation>Diga onde estão as cenas: escolha uma pasta, ou uma lista ou um catálogo; uma das duas opções.</translation>
  </message>
  <message>
   <source>The results lie in {folder}, which is gone when QGIS ends. Choose a folder to keep them, and to go on when the scan is broken off.</source>
   <translation>Os resultados estão em {folder}, que some quando o QGIS é fechado. Escolha uma pasta para guardá-los e para continuar se a busca for interrompida.</translation>
  </message>
  <message>
   <source>Verify features</source>
   <translation>Verificar feições</translation>
  </message>
  <message>
   <source>Scores existing polygons by how well the raster shows what a sentence describes.</source>
   <translation>Pontua polígonos existentes conforme o raster mostra o que uma frase descreve.</translation>
  </message>
  <message>
   <source>Looks at the raster under each polygon and says, from 0 to 1, how well it shows what the sentence describes. Useful to check an older map against a newer image, or the output of another detector.

All polygons and attributes are kept; the columns rz_score, rz_query and rz_model are added. A polygon beside the raster or over missing data gets no score.</source>
   <translation>Olha o raster sob cada polígono e diz, de 0 a 1, quão bem ele mostra o que a frase descreve. Útil para conferir um mapa antigo com uma imagem mais nova ou o resultado de outro detector.

Todos os polígonos e atributos são mantidos; as colunas rz_score, rz_query e rz_model são acrescentadas. Um polígono fora do raster ou sobre dados ausentes não recebe pontuação.</translation>
  </message>
  <message>
   <source>The polygons can't be written to {path} ({reason}). Free some disk space and try again.</source>
   <translation>Os polígonos não podem ser gravados em {path} ({reason}). Libere espaço em disco e tente de novo.</translation>
  </message>
  <message>
   <source>The engine's answer names a polygon {id}, which was not handed over. Update the engine.</source>
   <translation>A resposta do motor cita um polígono {id} que não lhe foi entregue. Atualize o motor.</translation>
  </message>
  <message>
   <source>Context round a polygon</source>
   <translation>Contexto em torno de um polígono</translation>
  </message>
  <message>
   <source>score,check,quality,polygon,map update,AI</source>
   <translation>pontuação,verificação,qualidade,polígono,atualização de mapas,IA</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>Polígonos</translation>
  </message>
  <message>
   <source>What the polygons should show</source>
   <translation>O que os polígonos deveriam mostrar</translation>
  </message>
  <message>
   <source>Scored polygons</source>
   <translation>Polígonos pontuados</translation>
  </message>
  <message>
   <source>The polygons to check, in any CRS. All of them and all their attributes are kept.</source>
   <translation>Os polígonos a verificar, em qualquer SRC. Todos são mantidos, com todos os seus atributos.</translation>
  </message>
  <message>
   <source>The image to look at, as its layer's style shows it.</source>
   <translation>A imagem a olhar, como o estilo de sua camada a mostra.</translation>
  </message>
  <message>
   <source>One sentence that is right for a good polygon, such as “a building”.</source>
   <translation>Uma frase que vale para um bom polígono, como “um edifício”.</translation>
  </message>
  <message>
   <source>How much round a polygon is looked at as well, as a share of its longer side.</source>
   <translation>Quanto em torno de um polígono também é olhado, como parte do seu lado mais longo.</translation>
  </message>
  <message>
   <source>The polygons with rz_score (0 to 1, empty where the raster has no data), rz_query and rz_model.</source>
   <translation>Os polígonos com rz_score (0 a 1, vazio onde o raster não tem dados), rz_query e rz_model.</translation>
  </message>
  <message>
   <source>The sentence is empty. Write what the polygons should show.</source>
   <translation>A frase está vazia. Escreva o que os polígonos deveriam mostrar.</translation>
  </message>
  <message numerus="yes">
   <source>%n polygon(s) scored, {without} over missing data.</source>
   <translation>
    <numerusform>%n polígono pontuado, {without} sobre dados ausentes.</numerusform>
    <numerusform>%n polígonos pontuados, {without} sobre dados ausentes.</numerusform>
   </translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the token for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>O banco de autenticação do QGIS não aceitou o token para {url}. Abra Configurações &gt; Opções &gt; Autenticação, defina a senha mestra e tente de novo.</translation>
  </message>
  <message>
   <source>Looking for a graphics driver…</source>
   <translation>Procurando um driver gráfico…</translation>
  </message>
  <message>
   <source>No NVIDIA driver was found.</source>
   <translation>Nenhum driver NVIDIA foi encontrado.</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>Processador (CPU)</translation>
  </message>
  <message>
   <source>NVIDIA GPU</source>
   <translation>GPU NVIDIA</translation>
  </message>
  <message>
   <source>{need} needed on this disk while installing, {free} free.</source>
   <translation>{need} são necessários neste disco durante a instalação; {free} livres.</translation>
  </message>
  <message>
   <source>{need} are needed on this disk, and only {free} are free. Choose another folder below.</source>
   <translation>São precisos {need} neste disco e só {free} estão livres. Escolha outra pasta abaixo.</translation>
  </message>
  <message>
   <source>{name} with {memory}, driver for CUDA {major}.{minor}.</source>
   <translation>{name} com {memory}, driver para CUDA {major}.{minor}.</translation>
  </message>
  <message>
   <source>For this system only the CPU build can be installed from here; use an existing runtime.</source>
   <translation>Para este sistema só a versão para CPU pode ser instalada daqui; use um ambiente de execução existente.</translation>
  </message>
  <message>
   <source>The driver is too old for this build: update it first.</source>
   <translation>O driver é antigo demais para esta versão: atualize-o primeiro.</translation>
  </message>
  <message>
   <source>Works on every computer; large models are slow.</source>
   <translation>Funciona em qualquer computador; modelos grandes são lentos.</translation>
  </message>
  <message>
   <source>Downloads about {size}.</source>
   <translation>Baixa cerca de {size}.</translation>
  </message>
  <message>
   <source>{path} is not a whole RemoteZero bundle: {reason}. Copy it again from where it was made.</source>
   <translation>{path} não é um pacote RemoteZero completo: {reason}. Copie-o de novo de onde foi feito.</translation>
  </message>
  <message>
   <source>Engine {version} for {platform}, Python {python}, {accelerator}; {models}; {size}</source>
   <translation>Motor {version} para {platform}, Python {python}, {accelerator}; {models}; {size}</translation>
  </message>
  <message>
   <source>{path} is made for {theirs}, and this computer is {ours}. Choose the bundle for {ours}.</source>
   <translation>{path} é feito para {theirs}, e este computador é {ours}. Escolha o pacote para {ours}.</translation>
  </message>
  <message>
   <source>no models</source>
   <translation>nenhum modelo</translation>
  </message>
  <message>
   <source>The bundle can't be unpacked into {folder} ({reason}). Choose another data folder.</source>
   <translation>O pacote não pode ser descompactado em {folder} ({reason}). Escolha outra pasta de dados.</translation>
  </message>
  <message>
   <source>format {number} is not known here</source>
   <translation>o formato {number} não é conhecido aqui</translation>
  </message>
  <message>
   <source>it holds the file name {name}</source>
   <translation>ele contém o nome de arquivo {name}</translation>
  </message>
  <message>
   <source>Checking and unpacking the bundle</source>
   <translation>Verificando e descompactando o pacote</translation>
  </message>
  <message>
   <source>{name} is not what it was</source>
   <translation>{name} não é mais o que era</translation>
  </message>
  <message>
   <source>The program {program} can't be started: {reason}. Choose an existing runtime or another folder.</source>
   <translation>O programa {program} não pode ser iniciado: {reason}. Escolha um ambiente de execução existente ou outra pasta.</translation>
  </message>
  <message>
   <source>Engine {version} {build}, run by {python}</source>
   <translation>Motor {version} {build}, executado por {python}</translation>
  </message>
  <message>
   <source>The part that searches is installed once, on this computer. Nothing inside QGIS is changed, no administrator rights are needed, and your imagery never leaves the machine.</source>
   <translation>A parte que procura é instalada uma vez, neste computador. Nada muda dentro do QGIS, não são precisos direitos de administrador e as suas imagens nunca saem do computador.</translation>
  </message>
  <message>
   <source>Something to search in:</source>
   <translation>Algo onde procurar:</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mais</translation>
  </message>
  <message>
   <source>Data folder of RemoteZero</source>
   <translation>Pasta de dados do RemoteZero</translation>
  </message>
  <message>
   <source>as pip is configured</source>
   <translation>como o pip está configurado</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: the engine reads it from there. Map services that QGIS draws are not meant: they are rendered by QGIS.</source>
   <translation>Desligado: um raster que leva a um servidor é recusado e esse servidor não é consultado. Ligado: o motor lê-o de lá. Não se trata dos serviços de mapas que o QGIS desenha: esses são desenhados pelo QGIS.</translation>
  </message>
  <message>
   <source>Import an offline bundle…</source>
   <translation>Importar um pacote offline…</translation>
  </message>
  <message>
   <source>Use an existing runtime…</source>
   <translation>Usar um ambiente de execução existente…</translation>
  </message>
  <message>
   <source>Copy a report for support</source>
   <translation>Copiar um relatório para o suporte</translation>
  </message>
  <message>
   <source>Remove the engine</source>
   <translation>Remover o motor</translation>
  </message>
  <message>
   <source>Set up RemoteZero</source>
   <translation>Configurar o RemoteZero</translation>
  </message>
  <message>
   <source>RemoteZero is ready</source>
   <translation>O RemoteZero está pronto</translation>
  </message>
  <message>
   <source>for the processor</source>
   <translation>para o processador</translation>
  </message>
  <message>
   <source>for the NVIDIA GPU</source>
   <translation>para a GPU NVIDIA</translation>
  </message>
  <message>
   <source>Data folder (environment, models, adapters, results):</source>
   <translation>Pasta de dados (ambiente, modelos, adaptadores, resultados):</translation>
  </message>
  <message>
   <source>Further package index</source>
   <translation>Índice de pacotes adicional</translation>
  </message>
  <message>
   <source>The engine needs Python {versions} that can make environments; found: {found}. Install it (on Debian and Ubuntu: python3-venv), or choose an existing runtime.</source>
   <translation>O motor precisa de Python {versions} capaz de criar ambientes; encontrado: {found}. Instale-o (no Debian e no Ubuntu: python3-venv) ou escolha um ambiente de execução existente.</translation>
  </message>
  <message>
   <source>Installing packages</source>
   <translation>Instalando pacotes</translation>
  </message>
  <message>
   <source>Installing the engine</source>
   <translation>Instalando o motor</translation>
  </message>
  <message>
   <source>Starting it for the first time</source>
   <translation>Iniciando-o pela primeira vez</translation>
  </message>
  <message>
   <source>Looking at disk and Python</source>
   <translation>Olhando o disco e o Python</translation>
  </message>
  <message>
   <source>Installed</source>
   <translation>Instalado</translation>
  </message>
  <message>
   <source>Fetching uv</source>
   <translation>Obtendo o uv</translation>
  </message>
  <message>
   <source>Making the environment</source>
   <translation>Criando o ambiente</translation>
  </message>
  <message>
   <source>Making an environment with {tool}</source>
   <translation>Criando um ambiente com {tool}</translation>
  </message>
  <message>
   <source>Another QGIS window is installing into this folder. Wait until it has finished, then try again.</source>
   <translation>Outra janela do QGIS está instalando nesta pasta. Espere que termine e tente de novo.</translation>
  </message>
  <message>
   <source>PyTorch {version} does not see the GPU: the driver may be too old. The CPU is used.</source>
   <translation>O PyTorch {version} não vê a GPU: talvez o driver seja antigo demais. A CPU é usada.</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>não instalado</translation>
  </message>
  <message>
   <source>default</source>
   <translation>predefinido</translation>
  </message>
  <message>
   <source>used where it is</source>
   <translation>usado onde está</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>instalado</translation>
  </message>
  <message>
   <source>its disk is not there</source>
   <translation>o seu disco não está presente</translation>
  </message>
  <message>
   <source>{share} % has come</source>
   <translation>{share} % já chegou</translation>
  </message>
  <message>
   <source>{name}: outlines</source>
   <translation>{name}: contornos</translation>
  </message>
  <message>
   <source>{licence} (no commercial use)</source>
   <translation>{licence} (sem uso comercial)</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} de {total}</translation>
  </message>
  <message>
   <source>or another one: owner/repository, owner/repository@revision</source>
   <translation>ou outro: proprietário/repositório, proprietário/repositório@revisão</translation>
  </message>
  <message>
   <source>Repository of a model</source>
   <translation>Repositório de um modelo</translation>
  </message>
  <message>
   <source>access token, for models that ask for one; it is not stored</source>
   <translation>chave de acesso, para modelos que a pedem; não é guardada</translation>
  </message>
  <message>
   <source>Access token</source>
   <translation>Chave de acesso</translation>
  </message>
  <message>
   <source>Get</source>
   <translation>Obter</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>Adicionar uma pasta…</translation>
  </message>
  <message>
   <source>and leave it where it is</source>
   <translation>e deixá-lo onde está</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Remover</translation>
  </message>
  <message>
   <source>Remove {name}? What was learned with it stays, and counts again once it is back.</source>
   <translation>Remover {name}? O que foi aprendido com ele fica e volta a valer quando ele voltar.</translation>
  </message>
  <message>
   <source>The small model that comes with the engine is always there; larger ones see more. Models are checked file by file. Memory is an estimate for a GPU.</source>
   <translation>O modelo pequeno que vem com o motor está sempre presente; os maiores veem mais. Os modelos são verificados arquivo a arquivo. A memória é uma estimativa para uma GPU.</translation>
  </message>
  <message>
   <source>Folder of a model</source>
   <translation>Pasta de um modelo</translation>
  </message>
  <message>
   <source>Install the engine first: it lists, gets and checks the models.</source>
   <translation>Instale primeiro o motor: ele lista, obtém e verifica os modelos.</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>Removê-lo</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Estado</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Licença</translation>
  </message>
  <message>
   <source>Memory to find</source>
   <translation>Memória para procurar</translation>
  </message>
  <message>
   <source>to learn</source>
   <translation>para aprender</translation>
  </message>
  <message>
   <source>{name} was removed.</source>
   <translation>{name} foi removido.</translation>
  </message>
  <message>
   <source>Adding {name}</source>
   <translation>Adicionando {name}</translation>
  </message>
  <message>
   <source>I accept this licence</source>
   <translation>Aceito esta licença</translation>
  </message>
  <message>
   <source>Cancelled. What has come so far is kept, and Get goes on with it.</source>
   <translation>Cancelado. O que já chegou fica guardado e “Obter” continua a partir daí.</translation>
  </message>
  <message>
   <source>Getting {name}</source>
   <translation>Obtendo {name}</translation>
  </message>
  <message>
   <source>Its folder stays: {folder}</source>
   <translation>A sua pasta fica: {folder}</translation>
  </message>
  <message>
   <source>{name} can be chosen in the panel now.</source>
   <translation>{name} já pode ser escolhido no painel.</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>Motor</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelos</translation>
  </message>
  <message>
   <source>Another computer</source>
   <translation>Outro computador</translation>
  </message>
  <message>
   <source>{need} are needed in {folder}, and {free} are free. Free some space, or choose another disk.</source>
   <translation>São necessários {need} em {folder}, e {free} estão livres. Libere espaço ou escolha outro disco.</translation>
  </message>
  <message>
   <source>A part of the plugin is missing or damaged. Install the plugin again from its zip file.</source>
   <translation>Uma parte do módulo falta ou está danificada. Instale-o de novo a partir do arquivo zip.</translation>
  </message>
  <message>
   <source>The data folder {folder} can't be written to ({reason}). Choose another one.</source>
   <translation>Não é possível gravar na pasta de dados {folder} ({reason}). Escolha outra.</translation>
  </message>
  <message>
   <source>{step} failed: {reason}. Copy the report and send it with your question.</source>
   <translation>A etapa “{step}” falhou: {reason}. Copie o relatório e envie-o com sua pergunta.</translation>
  </message>
  <message>
   <source>The disk is full. Free some space, or choose a data folder on another disk.</source>
   <translation>O disco está cheio. Libere espaço ou escolha uma pasta de dados em outro disco.</translation>
  </message>
  <message>
   <source>A downloaded file is not the one this version was tested with, so it was thrown away. Try again; if it happens again, a proxy or a package mirror changes files on the way.</source>
   <translation>Um arquivo baixado não é aquele com que esta versão foi testada e foi descartado. Tente de novo; se acontecer outra vez, um proxy ou um espelho de pacotes altera os arquivos no caminho.</translation>
  </message>
  <message>
   <source>The proxy wants a user name and password. Enter them in QGIS's network options.</source>
   <translation>O proxy pede usuário e senha. Digite-os nas opções de rede do QGIS.</translation>
  </message>
  <message>
   <source>The server's certificate is not trusted. If your organisation inspects traffic, add its certificate to the system's store. Certificate checks are never switched off.</source>
   <translation>O certificado do servidor não é confiável. Se sua organização inspeciona o tráfego, adicione o certificado dela ao repositório do sistema. A verificação de certificados nunca é desligada.</translation>
  </message>
  <message>
   <source>The proxy can't be reached. Check it in QGIS's network options.</source>
   <translation>O proxy não pode ser alcançado. Confira-o nas opções de rede do QGIS.</translation>
  </message>
  <message>
   <source>This computer has no connection to the internet. Connect it and try again, or bring an offline bundle that was made on another computer, and import it here.</source>
   <translation>Este computador não tem conexão com a internet. Conecte-o e tente de novo, ou traga um pacote offline feito noutro computador e importe-o aqui.</translation>
  </message>
  <message>
   <source>The download took too long. Try again: what is already there is kept.</source>
   <translation>O download demorou demais. Tente de novo: o que já chegou é mantido.</translation>
  </message>
  <message>
   <source>The connection was broken off. Try again: what is already there is kept.</source>
   <translation>A conexão foi interrompida. Tente de novo: o que já chegou é mantido.</translation>
  </message>
  <message>
   <source>The small download is not offered where this computer gets its packages. The large one, made for NVIDIA graphics cards, works without such a card as well; or import an offline bundle.</source>
   <translation>A transferência pequena não é oferecida onde este computador obtém os pacotes. A grande, feita para placas NVIDIA, funciona também sem tal placa; ou importe um pacote offline.</translation>
  </message>
  <message>
   <source>A package has no build for this system and Python. Choose an existing runtime with Python 3.11.</source>
   <translation>Um pacote não tem versão para este sistema e este Python. Escolha um ambiente de execução existente com Python 3.11.</translation>
  </message>
  <message>
   <source>The Python that was found can't make environments. On Debian and Ubuntu install python3-venv; elsewhere choose an existing runtime.</source>
   <translation>O Python encontrado não pode criar ambientes. No Debian e no Ubuntu instale python3-venv; em outros sistemas escolha um ambiente de execução existente.</translation>
  </message>
  <message>
   <source>The path of the data folder is too long for Windows. Choose a shorter one.</source>
   <translation>O caminho da pasta de dados é longo demais para o Windows. Escolha um mais curto.</translation>
  </message>
  <message>
   <source>A file is in use. Close other QGIS windows and stop the engine, then try again.</source>
   <translation>Um arquivo está em uso. Feche outras janelas do QGIS, pare o motor e tente de novo.</translation>
  </message>
  <message>
   <source>The data folder can't be written to. Choose another one.</source>
   <translation>Não é possível gravar na pasta de dados. Escolha outra.</translation>
  </message>
  <message>
   <source>The computer ran out of memory. Close other programs and try again.</source>
   <translation>O computador ficou sem memória. Feche outros programas e tente de novo.</translation>
  </message>
  <message>
   <source>The installed packages don't start on this system. Choose an existing runtime.</source>
   <translation>Os pacotes instalados não iniciam neste sistema. Escolha um ambiente de execução existente.</translation>
  </message>
  <message>
   <source>The installation was cancelled. Nothing was changed.</source>
   <translation>A instalação foi cancelada. Nada foi alterado.</translation>
  </message>
  <message>
   <source>no output</source>
   <translation>nenhuma saída</translation>
  </message>
  <message>
   <source>Show details</source>
   <translation>Mostrar detalhes</translation>
  </message>
  <message>
   <source>Log of the installation</source>
   <translation>Registro da instalação</translation>
  </message>
  <message>
   <source>Cancelling…</source>
   <translation>Cancelando…</translation>
  </message>
  <message>
   <source>Hide details</source>
   <translation>Ocultar detalhes</translation>
  </message>
  <message>
   <source>One computer with a GPU can serve the whole building. Rasters must lie where both computers find them under the same path.</source>
   <translation>Um só computador com GPU pode atender o prédio inteiro. Os rasters devem estar onde os dois computadores os encontrem com o mesmo caminho.</translation>
  </message>
  <message>
   <source>Connected: engine {version} on {device}.</source>
   <translation>Conectado: motor {version} em {device}.</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>Conectar</translation>
  </message>
  <message>
   <source>Use this computer</source>
   <translation>Usar este computador</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>The engine on this computer is used from now on.</source>
   <translation>A partir de agora é usado o motor deste computador.</translation>
  </message>
  <message>
   <source>Connected. The address is not https, so the token and the answers travel in the clear.</source>
   <translation>Conectado. O endereço não é https, portanto o token e as respostas trafegam sem criptografia.</translation>
  </message>
  <message>
   <source>stored</source>
   <translation>guardado</translation>
  </message>
  <message>
   <source>{python} has the packages but not the engine. Install remotezero-engine into it first.</source>
   <translation>{python} tem os pacotes, mas não o motor. Instale primeiro remotezero-engine nele.</translation>
  </message>
  <message>
   <source>{python} does not have what the engine needs: {reason}. Choose another Python.</source>
   <translation>{python} não tem o que o motor precisa: {reason}. Escolha outro Python.</translation>
  </message>
  <message>
   <source>Removing the engine</source>
   <translation>Removendo o motor</translation>
  </message>
  <message>
   <source>Something unexpected happened ({reason}). Copy the report and send it with your question.</source>
   <translation>Algo inesperado aconteceu ({reason}). Copie o relatório e envie-o com sua pergunta.</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>nenhuma resposta</translation>
  </message>
  <message>
   <source>The engine is installed.</source>
   <translation>O motor está instalado.</translation>
  </message>
  <message>
   <source>The existing runtime is used from now on.</source>
   <translation>A partir de agora é usado o ambiente de execução existente.</translation>
  </message>
  <message>
   <source>The engine was removed. Models, adapters and results are still there.</source>
   <translation>O motor foi removido. Modelos, adaptadores e resultados continuam lá.</translation>
  </message>
  <message>
   <source>The engine is installed from the bundle. New models: {models}.</source>
   <translation>O motor foi instalado a partir do pacote. Modelos novos: {models}.</translation>
  </message>
  <message>
   <source>Installing the RemoteZero engine</source>
   <translation>Instalando o motor RemoteZero</translation>
  </message>
  <message>
   <source>Install ({size})</source>
   <translation>Instalar ({size})</translation>
  </message>
  <message>
   <source>Install again ({size})</source>
   <translation>Instalar de novo ({size})</translation>
  </message>
  <message>
   <source>The report is on the clipboard. Look through it before you send it.</source>
   <translation>O relatório está na área de transferência. Revise-o antes de enviar.</translation>
  </message>
  <message>
   <source>Offline bundle</source>
   <translation>Pacote offline</translation>
  </message>
  <message>
   <source>Importing the RemoteZero bundle</source>
   <translation>Importando o pacote RemoteZero</translation>
  </message>
  <message>
   <source>Python of the existing runtime</source>
   <translation>Python do ambiente de execução existente</translation>
  </message>
  <message>
   <source>Choose another folder…</source>
   <translation>Escolher outra pasta…</translation>
  </message>
  <message>
   <source>Open the network options</source>
   <translation>Abrir as opções de rede</translation>
  </message>
  <message>
   <source>Copy the report</source>
   <translation>Copiar o relatório</translation>
  </message>
  <message>
   <source>RemoteZero bundles</source>
   <translation>Pacotes RemoteZero</translation>
  </message>
  <message>
   <source>Looking at {path}</source>
   <translation>Olhando {path}</translation>
  </message>
  <message>
   <source>Take the large one ({size})</source>
   <translation>Levar a grande ({size})</translation>
  </message>
  <message>
   <source>From {bundle}, without a network.</source>
   <translation>De {bundle}, sem rede.</translation>
  </message>
 </context>
</TS>
