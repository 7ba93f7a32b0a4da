<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>RemoteZero</name>
  <message>
   <source>The engine tells of the run in a way that this version of the plugin does not understand. Update the engine in the settings, then load the run from “Earlier runs”.</source>
   <translation>El motor informa de la búsqueda de una forma que esta versión del complemento no entiende. Actualice el motor en la configuración y cargue después la búsqueda desde «Búsquedas anteriores».</translation>
  </message>
  <message>
   <source>The engine answered {method} {path} with something that is not JSON: {start}. Is another program listening at this address? Check the engine's address in the settings.</source>
   <translation>El motor respondió a {method} {path} con algo que no es JSON: {start}. ¿Hay otro programa escuchando en esa dirección? Compruebe la dirección del motor en la configuración.</translation>
  </message>
  <message>
   <source>The engine stopped unexpectedly. It is being started again, and the run goes on.</source>
   <translation>El motor se detuvo inesperadamente. Se está reiniciando y la búsqueda continúa.</translation>
  </message>
  <message>
   <source>{task} (cancelled)</source>
   <translation>{task} (cancelada)</translation>
  </message>
  <message>
   <source>{task} (failed)</source>
   <translation>{task} (fallida)</translation>
  </message>
  <message>
   <source>Starting the engine…</source>
   <translation>Iniciando el motor…</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Cancelado.</translation>
  </message>
  <message>
   <source>Something unexpected went wrong in the plugin ({kind}). QGIS's log has the details, under “RemoteZero”: please report them. What was found is safe in “Earlier runs”.</source>
   <translation>Algo inesperado falló en el complemento ({kind}). El registro de QGIS tiene los detalles, en «RemoteZero»: comuníquelos, por favor. Lo encontrado está a salvo en «Búsquedas anteriores».</translation>
  </message>
  <message>
   <source>The engine stopped {count} times at the same place. What was found is safe; look at its log in the settings, or load the run again later. ({reason})</source>
   <translation>El motor se detuvo {count} veces en el mismo punto. Lo encontrado está a salvo; mire su registro en la configuración o cargue la búsqueda más tarde. ({reason})</translation>
  </message>
  <message>
   <source>The engine is not installed yet. Set it up from the RemoteZero panel.</source>
   <translation>El motor aún no está instalado. Configúrelo desde el panel de RemoteZero.</translation>
  </message>
  <message>
   <source>nothing.</source>
   <translation>nada.</translation>
  </message>
  <message>
   <source>The engine was started but does not answer. Its log ends with: {log} (all of it: {path})</source>
   <translation>El motor se inició pero no responde. Su registro termina así: {log} (completo: {path})</translation>
  </message>
  <message>
   <source>The engine's address {url} can't be used. Enter it as http://host:port in the settings.</source>
   <translation>La dirección {url} del motor no sirve. Escríbala como http://host:puerto en la configuración.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer. Ask whoever runs it, or check the address.</source>
   <translation>El motor en {host}:{port} no responde. Pregunte a quien lo administra o compruebe la dirección.</translation>
  </message>
  <message>
   <source>The engine's program {program} can't be started. Repair the installation in the settings.</source>
   <translation>No se puede iniciar el programa {program} del motor. Repare la instalación en la configuración.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer ({reason}). Start it again from the panel; if it is on another machine, check the address in the settings.</source>
   <translation>El motor en {host}:{port} no responde ({reason}). Reinícielo desde el panel; si está en otro equipo, compruebe la dirección en la configuración.</translation>
  </message>
  <message>
   <source>the connection broke off</source>
   <translation>la conexión se cortó</translation>
  </message>
  <message>
   <source>nothing listens there</source>
   <translation>allí no escucha nadie</translation>
  </message>
  <message>
   <source>no answer in time</source>
   <translation>sin respuesta a tiempo</translation>
  </message>
  <message>
   <source>there is no computer of this name</source>
   <translation>no hay ningún equipo con este nombre</translation>
  </message>
  <message>
   <source>its certificate is not trusted here</source>
   <translation>aquí no se confía en su certificado</translation>
  </message>
  <message>
   <source>closed before it was read</source>
   <translation>cerrado antes de leerse</translation>
  </message>
  <message>
   <source>RemoteZero</source>
   <translation>RemoteZero</translation>
  </message>
  <message>
   <source>Presets</source>
   <translation>Plantillas</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Buscar</translation>
  </message>
  <message>
   <source>The model is learning. A question waits until that has ended, or is stopped in the other tab.</source>
   <translation>El modelo está aprendiendo. Una pregunta espera hasta que termine o se detenga en la otra pestaña.</translation>
  </message>
  <message>
   <source>Runs in this project</source>
   <translation>Búsquedas de este proyecto</translation>
  </message>
  <message>
   <source>Earlier runs</source>
   <translation>Búsquedas anteriores</translation>
  </message>
  <message>
   <source>Zoom to these boxes</source>
   <translation>Acercar a estos recuadros</translation>
  </message>
  <message>
   <source>Open attribute table</source>
   <translation>Abrir la tabla de atributos</translation>
  </message>
  <message>
   <source>Export these boxes…</source>
   <translation>Exportar estos recuadros…</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Configuración…</translation>
  </message>
  <message>
   <source>Engine log</source>
   <translation>Registro del motor</translation>
  </message>
  <message>
   <source>Self-improve</source>
   <translation>Automejora</translation>
  </message>
  <message>
   <source>Look for several things at once: add this question to a list. Presets: the arrow.</source>
   <translation>Buscar varias cosas a la vez: añadir esta pregunta a una lista. Plantillas: la flecha.</translation>
  </message>
  <message>
   <source>Add the question to a list</source>
   <translation>Añadir la pregunta a una lista</translation>
  </message>
  <message>
   <source>More room for the results: hide the choices above</source>
   <translation>Más espacio para los resultados: ocultar las opciones de arriba</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Resultados</translation>
  </message>
  <message>
   <source>Help on results</source>
   <translation>Ayuda sobre los resultados</translation>
  </message>
  <message>
   <source>Earlier runs and more</source>
   <translation>Búsquedas anteriores y más</translation>
  </message>
  <message>
   <source>Learning…</source>
   <translation>Aprendiendo…</translation>
  </message>
  <message>
   <source>Search the whole raster</source>
   <translation>Buscar en todo el ráster</translation>
  </message>
  <message>
   <source>List of rasters</source>
   <translation>Lista de rásteres</translation>
  </message>
  <message>
   <source>Ask RemoteZero</source>
   <translation>Preguntar a RemoteZero</translation>
  </message>
  <message>
   <source>Ask over the active raster</source>
   <translation>Preguntar sobre el ráster activo</translation>
  </message>
  <message>
   <source>Ask RemoteZero about this layer…</source>
   <translation>Preguntar a RemoteZero por esta capa…</translation>
  </message>
  <message>
   <source>The engine answered with status {status} and no reason. Try again; its log may say more.</source>
   <translation>El motor respondió con el estado {status} y sin motivo. Inténtelo de nuevo; su registro quizá diga más.</translation>
  </message>
  <message>
   <source>The engine refused the token. Restart the engine, or enter the right token in the settings.</source>
   <translation>El motor rechazó el token. Reinicie el motor o escriba el token correcto en la configuración.</translation>
  </message>
  <message>
   <source>Sample harbour</source>
   <translation>Puerto de ejemplo</translation>
  </message>
  <message>
   <source>{name} can't be opened as a raster. Choose another file.</source>
   <translation>{name} no se puede abrir como ráster. Elija otro archivo.</translation>
  </message>
  <message>
   <source>The sample can't be copied into the data folder ({reason}). Choose another folder.</source>
   <translation>El ejemplo no se puede copiar en la carpeta de datos ({reason}). Elija otra carpeta.</translation>
  </message>
  <message>
   <source>Add a raster</source>
   <translation>Añadir un ráster</translation>
  </message>
  <message>
   <source>The engine has lost this job. Start the run again.</source>
   <translation>El motor ha perdido este trabajo. Inicie la búsqueda de nuevo.</translation>
  </message>
  <message>
   <source>The job ended as {state}.</source>
   <translation>El trabajo terminó con el estado {state}.</translation>
  </message>
  <message>
   <source>The view from before the zoom to a box is searched. Move the map to search what it shows.</source>
   <translation>Se busca en la vista anterior al acercamiento a un recuadro. Mueva el mapa para buscar en lo que muestra.</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>Buscando…</translation>
  </message>
  <message>
   <source>Boxes appear here and on the map as they are found.</source>
   <translation>Los recuadros aparecen aquí y en el mapa a medida que se encuentran.</translation>
  </message>
  <message>
   <source>Type what else to look for, then add it.</source>
   <translation>Escriba qué más buscar y después añádalo.</translation>
  </message>
  <message>
   <source>Type what you are looking for, for instance “the largest ship”.</source>
   <translation>Escriba lo que busca, por ejemplo «el barco más grande».</translation>
  </message>
  <message>
   <source>Choose a raster to search in: select it in the layer list or above.</source>
   <translation>Elija el ráster en el que buscar: en la lista de capas o arriba.</translation>
  </message>
  <message>
   <source>Choose the earlier raster to compare with, or switch the comparison off beside the raster.</source>
   <translation>Elija el ráster anterior con el que comparar o desactive la comparación junto al ráster.</translation>
  </message>
  <message>
   <source>A run is going on. Load the earlier one when it has ended.</source>
   <translation>Hay una búsqueda en marcha. Cargue la anterior cuando haya terminado.</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Continuar</translation>
  </message>
  <message>
   <source>Ask all again</source>
   <translation>Volver a preguntar por todos</translation>
  </message>
  <message>
   <source>Add a raster to the project first.</source>
   <translation>Añada primero un ráster al proyecto.</translation>
  </message>
  <message>
   <source>Rendered for the engine first: {width} × {height} pixels, up to {size} MB.</source>
   <translation>Primero se dibuja para el motor: {width} × {height} píxeles, hasta {size} MB.</translation>
  </message>
  <message>
   <source>This question is on the list already, or the list is full.</source>
   <translation>Esta pregunta ya está en la lista, o la lista está llena.</translation>
  </message>
  <message numerus="yes">
   <source>Cancelled. %n box(es) found so far are kept.</source>
   <translation>
    <numerusform>Cancelado. Se conserva %n recuadro encontrado hasta ahora.</numerusform>
    <numerusform>Cancelado. Se conservan %n recuadros encontrados hasta ahora.</numerusform>
   </translation>
  </message>
  <message>
   <source>This run is in the project already: {layer}.</source>
   <translation>Esta ejecución ya está en el proyecto: {layer}.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Reintentar</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was found so far.</source>
   <translation>Cancelado. Hasta ahora no se encontró nada.</translation>
  </message>
  <message numerus="yes">
   <source>The layer or project was closed during the run. Nothing is lost: %n box(es) are saved.</source>
   <translation>
    <numerusform>La capa o el proyecto se cerró durante la búsqueda. No se ha perdido nada: %n recuadro está guardado.</numerusform>
    <numerusform>La capa o el proyecto se cerró durante la búsqueda. No se ha perdido nada: %n recuadros están guardados.</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing was found in {place}.</source>
   <translation>No se encontró nada en {place}.</translation>
  </message>
  <message>
   <source>Add them to the map</source>
   <translation>Añadirlos al mapa</translation>
  </message>
  <message>
   <source>Asking the engine…</source>
   <translation>Preguntando al motor…</translation>
  </message>
  <message>
   <source>There are none yet.</source>
   <translation>Todavía no hay ninguna.</translation>
  </message>
  <message>
   <source>Drawn anew since: both dates were not looked at again.</source>
   <translation>Redibujado desde entonces: no se volvió a mirar ninguna de las dos fechas.</translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits first, then verify again.</source>
   <translation>{layer} se está editando. Guarde primero los cambios y luego vuelva a verificar.</translation>
  </message>
  <message>
   <source>The new scores could not be written: the result layer is read-only or locked.</source>
   <translation>No se pudieron escribir las nuevas puntuaciones: la capa de resultados es de solo lectura o está bloqueada.</translation>
  </message>
  <message>
   <source>Edited boxes beside the raster or over missing data keep their old score: {n}.</source>
   <translation>Los recuadros editados fuera del ráster o sobre datos ausentes conservan su puntuación anterior: {n}.</translation>
  </message>
  <message>
   <source>GeoPackage</source>
   <translation>GeoPackage</translation>
  </message>
  <message>
   <source>GeoJSON in WGS 84 (RFC 7946)</source>
   <translation>GeoJSON en WGS 84 (RFC 7946)</translation>
  </message>
  <message>
   <source>GeoParquet</source>
   <translation>GeoParquet</translation>
  </message>
  <message>
   <source>CSV with WKT</source>
   <translation>CSV con WKT</translation>
  </message>
  <message>
   <source>FlatGeobuf</source>
   <translation>FlatGeobuf</translation>
  </message>
  <message>
   <source>COCO with pictures (a folder)</source>
   <translation>COCO con imágenes (una carpeta)</translation>
  </message>
  <message>
   <source>YOLO with pictures (a folder)</source>
   <translation>YOLO con imágenes (una carpeta)</translation>
  </message>
  <message>
   <source>{n} rejected</source>
   <translation>{n} rechazados</translation>
  </message>
  <message>
   <source>{n} without a verdict, while others have one</source>
   <translation>{n} sin veredicto, mientras que otros lo tienen</translation>
  </message>
  <message>
   <source>{n} below the lowest score</source>
   <translation>{n} por debajo de la puntuación mínima</translation>
  </message>
  <message>
   <source>{layer} has edits that are not saved. Save them first, then export.</source>
   <translation>{layer} tiene cambios sin guardar. Guárdelos primero y luego exporte.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Cancelar</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>Abrir la carpeta</translation>
  </message>
  <message>
   <source>Export the boxes of {layer}</source>
   <translation>Exportar los recuadros de {layer}</translation>
  </message>
  <message>
   <source>Exporting {layer}…</source>
   <translation>Exportando {layer}…</translation>
  </message>
  <message>
   <source>The export was cancelled; nothing was written.</source>
   <translation>La exportación se canceló; no se escribió nada.</translation>
  </message>
  <message>
   <source>RemoteZero: exporting {layer}</source>
   <translation>RemoteZero: exportación de {layer}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) are in {path} now; a file beside it tells where they come from.</source>
   <translation>
    <numerusform>%n recuadro está ahora en {path}; un archivo al lado dice de dónde viene.</numerusform>
    <numerusform>%n recuadros están ahora en {path}; un archivo al lado dice de dónde vienen.</numerusform>
   </translation>
  </message>
  <message>
   <source>Left out: {reasons}.</source>
   <translation>Omitidos: {reasons}.</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}. Save the project, so that it finds them there.</source>
   <translation>Las búsquedas están ahora junto al proyecto, en {file}. Guarde el proyecto para que las encuentre allí.</translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) of this project are kept in another place, where a copy of the project does not find them.</source>
   <translation>
    <numerusform>%n búsqueda de este proyecto está en otro sitio, donde una copia del proyecto no la encuentra.</numerusform>
    <numerusform>%n búsquedas de este proyecto están en otro sitio, donde una copia del proyecto no las encuentra.</numerusform>
   </translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits, then save the project again.</source>
   <translation>{layer} se está editando. Guarde los cambios y después el proyecto otra vez.</translation>
  </message>
  <message>
   <source>Move them in</source>
   <translation>Traerlas aquí</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}.</source>
   <translation>Las búsquedas están ahora junto al proyecto, en {file}.</translation>
  </message>
  <message>
   <source>All rasters of a folder</source>
   <translation>Todos los rásteres de una carpeta</translation>
  </message>
  <message>
   <source>Several rasters</source>
   <translation>Varios rásteres</translation>
  </message>
  <message>
   <source>A STAC item collection</source>
   <translation>Una colección de ítems STAC</translation>
  </message>
  <message>
   <source>STAC items (*.json *.geojson)</source>
   <translation>Ítems STAC (*.json *.geojson)</translation>
  </message>
  <message>
   <source>Which picture of an item?</source>
   <translation>¿Qué imagen de cada ítem?</translation>
  </message>
  <message numerus="yes">
   <source>{name} (%n raster(s))</source>
   <translation>
    <numerusform>{name} (%n ráster)</numerusform>
    <numerusform>{name} (%n rásteres)</numerusform>
   </translation>
  </message>
  <message>
   <source>No group has several rasters.</source>
   <translation>Ningún grupo tiene varios rásteres.</translation>
  </message>
  <message>
   <source>It lies on the network, which the settings do not allow.</source>
   <translation>Está en la red, y la configuración no lo permite.</translation>
  </message>
  <message>
   <source>The layer is gone from the project, or can't be read.</source>
   <translation>La capa ya no está en el proyecto o no se puede leer.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) found.</source>
   <translation>
    <numerusform>%n recuadro encontrado.</numerusform>
    <numerusform>%n recuadros encontrados.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched: {reason}</source>
   <translation>
    <numerusform>No se pudo buscar en %n: {reason}</numerusform>
    <numerusform>No se pudo buscar en %n: {reason}</numerusform>
   </translation>
  </message>
  <message>
   <source>There is no folder beside it to write its boxes to.</source>
   <translation>No hay junto a él una carpeta en la que escribir sus recuadros.</translation>
  </message>
  <message>
   <source>Writing the results…</source>
   <translation>Escribiendo los resultados…</translation>
  </message>
  <message numerus="yes">
   <source>%n had been searched before and were not asked again.</source>
   <translation>
    <numerusform>En %n ya se había buscado y no se volvió a preguntar.</numerusform>
    <numerusform>En %n ya se había buscado y no se volvió a preguntar.</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero: {query}</source>
   <translation>RemoteZero: {query}</translation>
  </message>
  <message numerus="yes">
   <source>%n of {total} raster(s) searched.</source>
   <translation>
    <numerusform>Se buscó en %n ráster de {total}.</numerusform>
    <numerusform>Se buscó en %n rásteres de {total}.</numerusform>
   </translation>
  </message>
  <message>
   <source>Beside the searched place: {n}.</source>
   <translation>Fuera de la zona buscada: {n}.</translation>
  </message>
  <message>
   <source>Its boxes can't be written to {path}; they are in the result of the run.</source>
   <translation>Sus recuadros no se pueden escribir en {path}; están en el resultado de la búsqueda.</translation>
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
   <translation>{raster} se muestra ahora con las bandas {bands}, como dice la plantilla.</translation>
  </message>
  <message>
   <source>Keep as a preset</source>
   <translation>Conservar como plantilla</translation>
  </message>
  <message>
   <source>Name (one of the same name is replaced)</source>
   <translation>Nombre (se reemplaza la del mismo nombre)</translation>
  </message>
  <message>
   <source>Import a preset</source>
   <translation>Importar una plantilla</translation>
  </message>
  <message>
   <source>Presets (*.json)</source>
   <translation>Plantillas (*.json)</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Deshacer</translation>
  </message>
  <message>
   <source>{raster} has no band {band}, which the preset shows. It stays as it is.</source>
   <translation>{raster} no tiene la banda {band} que muestra la plantilla. Queda como está.</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportar</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Eliminar</translation>
  </message>
  <message>
   <source>Type what you are looking for, then keep it as a preset.</source>
   <translation>Escriba lo que busca y después consérvelo como plantilla.</translation>
  </message>
  <message>
   <source>The preset {name} is kept.</source>
   <translation>La plantilla {name} está guardada.</translation>
  </message>
  <message>
   <source>The preset {name} is here now.</source>
   <translation>La plantilla {name} ya está aquí.</translation>
  </message>
  <message>
   <source>It names a model on a server, which was left out: choose the model yourself.</source>
   <translation>Nombra un modelo en un servidor, que se omitió: elija usted el modelo.</translation>
  </message>
  <message>
   <source>The preset is in {name}.</source>
   <translation>La plantilla está en {name}.</translation>
  </message>
  <message>
   <source>The preset {name} is deleted.</source>
   <translation>Se eliminó la plantilla {name}.</translation>
  </message>
  <message>
   <source>Export the preset {name}</source>
   <translation>Exportar la plantilla {name}</translation>
  </message>
  <message>
   <source>Keep as a preset…</source>
   <translation>Conservar como plantilla…</translation>
  </message>
  <message>
   <source>Import a preset…</source>
   <translation>Importar una plantilla…</translation>
  </message>
  <message>
   <source>{file} can't be used as a preset: “{field}” is wrong or missing. Export it anew.</source>
   <translation>{file} no sirve como plantilla: «{field}» es incorrecto o falta. Expórtela de nuevo.</translation>
  </message>
  <message>
   <source>{file} can't be read ({reason}). Choose another file.</source>
   <translation>{file} no se puede leer ({reason}). Elija otro archivo.</translation>
  </message>
  <message>
   <source>The preset can't be written to {path} ({reason}). Choose another place.</source>
   <translation>La plantilla no se puede escribir en {path} ({reason}). Elija otro lugar.</translation>
  </message>
  <message>
   <source>{file} is no preset of RemoteZero. Choose a file that was exported as one.</source>
   <translation>{file} no es una plantilla de RemoteZero. Elija un archivo que se haya exportado como tal.</translation>
  </message>
  <message>
   <source>{file} was made by a newer version. Update the plugin, then import it.</source>
   <translation>{file} se hizo con una versión más reciente. Actualice el complemento y después impórtelo.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no JSON.</source>
   <translation>{file} no es una plantilla: no es JSON.</translation>
  </message>
  <message>
   <source>{file} is too large for a preset.</source>
   <translation>{file} es demasiado grande para una plantilla.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no text.</source>
   <translation>{file} no es una plantilla: no es texto.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: it has no list of items. Choose another file.</source>
   <translation>{file} no es una colección de ítems STAC: no tiene lista de ítems. Elija otro archivo.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: none of its items has assets. Choose another file.</source>
   <translation>{file} no es una colección de ítems STAC: ninguno de sus ítems tiene recursos (assets). Elija otro archivo.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture “{asset}”. Choose another one.</source>
   <translation>Ningún ítem de {file} tiene una imagen «{asset}». Elija otra.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture that can be searched.</source>
   <translation>Ningún ítem de {file} tiene una imagen en la que se pueda buscar.</translation>
  </message>
  <message>
   <source>{file} is no JSON. Choose a STAC item collection.</source>
   <translation>{file} no es JSON. Elija una colección de ítems STAC.</translation>
  </message>
  <message>
   <source>{folder} is no folder. Choose one with rasters in it.</source>
   <translation>{folder} no es una carpeta. Elija una con rásteres.</translation>
  </message>
  <message>
   <source>There is no raster in {folder} ({endings}). Choose another folder, or choose files.</source>
   <translation>No hay ningún ráster en {folder} ({endings}). Elija otra carpeta o elija archivos.</translation>
  </message>
  <message>
   <source>The items in {file} have several pictures ({names}). Say which one is meant.</source>
   <translation>Los ítems de {file} tienen varias imágenes ({names}). Diga cuál usar.</translation>
  </message>
  <message>
   <source>{file} is too large for a list of rasters. Choose a STAC item collection.</source>
   <translation>{file} es demasiado grande para una lista de rásteres. Elija una colección de ítems STAC.</translation>
  </message>
  <message>
   <source>The list of rasters can't be written to {path}. Free some space, then start again.</source>
   <translation>La lista de rásteres no se puede escribir en {path}. Libere espacio y empiece de nuevo.</translation>
  </message>
  <message>
   <source>The verdict could not be written: the result layer is missing, read-only or locked. Load the run again.</source>
   <translation>No se pudo escribir el veredicto: la capa de resultados falta, es de solo lectura o está bloqueada. Cargue la búsqueda de nuevo.</translation>
  </message>
  <message>
   <source>The map still shows all boxes, because {layer} is being edited. Save the edits first.</source>
   <translation>El mapa aún muestra todos los recuadros porque {layer} se está editando. Guarde antes los cambios.</translation>
  </message>
  <message>
   <source>Searched: {place}, {share} % of {raster}.</source>
   <translation>Zona buscada: {place}, {share} % de {raster}.</translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched.</source>
   <translation>
    <numerusform>No se pudo buscar en %n.</numerusform>
    <numerusform>No se pudo buscar en %n.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n left.</source>
   <translation>
    <numerusform>Queda %n.</numerusform>
    <numerusform>Quedan %n.</numerusform>
   </translation>
  </message>
  <message>
   <source>what the map showed</source>
   <translation>lo que mostraba el mapa</translation>
  </message>
  <message>
   <source>the drawn rectangle</source>
   <translation>el rectángulo dibujado</translation>
  </message>
  <message>
   <source>the selected polygons</source>
   <translation>los polígonos seleccionados</translation>
  </message>
  <message>
   <source>a part of the raster</source>
   <translation>una parte del ráster</translation>
  </message>
  <message>
   <source>the whole raster</source>
   <translation>todo el ráster</translation>
  </message>
  <message>
   <source>Searched: {place}, {raster}.</source>
   <translation>Zona buscada: {place}, {raster}.</translation>
  </message>
  <message>
   <source>Scored by {model}. {words}</source>
   <translation>Puntuado por {model}. {words}</translation>
  </message>
  <message numerus="yes">
   <source>%n raster(s) of {title}</source>
   <translation>
    <numerusform>%n ráster de {title}</numerusform>
    <numerusform>%n rásteres de {title}</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Searched: {count} of %n raster(s).</source>
   <translation>
    <numerusform>Se buscó en {count} de %n ráster.</numerusform>
    <numerusform>Se buscó en {count} de %n rásteres.</numerusform>
   </translation>
  </message>
  <message>
   <source>Only {place}; beside it: {n}.</source>
   <translation>Solo {place}; fuera de ahí: {n}.</translation>
  </message>
  <message>
   <source>Only {place}.</source>
   <translation>Solo {place}.</translation>
  </message>
  <message>
   <source>Waiting for another job to end…</source>
   <translation>Esperando a que termine otro trabajo…</translation>
  </message>
  <message>
   <source>Loading the model…</source>
   <translation>Cargando el modelo…</translation>
  </message>
  <message>
   <source>Rendering the layer…</source>
   <translation>Dibujando la capa…</translation>
  </message>
  <message>
   <source>accept {n}</source>
   <translation>aceptar {n}</translation>
  </message>
  <message>
   <source>reject {n}</source>
   <translation>rechazar {n}</translation>
  </message>
  <message>
   <source>clear {n}</source>
   <translation>borrar {n}</translation>
  </message>
  <message>
   <source>RemoteZero: verify edited boxes</source>
   <translation>RemoteZero: verificar recuadros editados</translation>
  </message>
  <message>
   <source>Delete the adapter {name}? Its files are removed, and only an export can restore it.</source>
   <translation>¿Eliminar el adaptador {name}? Se borran sus archivos y solo una exportación puede restaurarlo.</translation>
  </message>
  <message>
   <source>Adapters</source>
   <translation>Adaptadores</translation>
  </message>
  <message>
   <source>What earlier rounds learned is listed here once the engine has been asked.</source>
   <translation>Lo que aprendieron las rondas anteriores aparece aquí en cuanto se consulta al motor.</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>Usar este</translation>
  </message>
  <message>
   <source>Go back one</source>
   <translation>Volver al anterior</translation>
  </message>
  <message>
   <source>Import an adapter from a file</source>
   <translation>Importar un adaptador desde un archivo</translation>
  </message>
  <message>
   <source>Export this adapter to a file</source>
   <translation>Exportar este adaptador a un archivo</translation>
  </message>
  <message>
   <source>Delete this adapter</source>
   <translation>Eliminar este adaptador</translation>
  </message>
  <message>
   <source>{name} is in use, and its files are gone, so nothing can be asked of this model. Choose another adapter, or the model as it came, and press “Use this one”; or import {name} again.</source>
   <translation>{name} está en uso y sus archivos ya no están, así que no se puede preguntar nada a este modelo. Elija otro adaptador, o el modelo tal como vino, y pulse «Usar este»; o importe {name} de nuevo.</translation>
  </message>
  <message>
   <source>none: the model as it came</source>
   <translation>ninguno: el modelo tal como vino</translation>
  </message>
  <message>
   <source>Import an adapter</source>
   <translation>Importar un adaptador</translation>
  </message>
  <message>
   <source>Adapters (*.zip)</source>
   <translation>Adaptadores (*.zip)</translation>
  </message>
  <message>
   <source>Delete an adapter</source>
   <translation>Eliminar un adaptador</translation>
  </message>
  <message>
   <source>Round {number}, learned from {parent}</source>
   <translation>Ronda {number}, aprendido a partir de: {parent}</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>falta</translation>
  </message>
  <message>
   <source>Its files are gone.</source>
   <translation>Sus archivos ya no están.</translation>
  </message>
  <message>
   <source>The weights alone, without anything learned here</source>
   <translation>Solo los pesos, sin nada aprendido aquí</translation>
  </message>
  <message>
   <source>Adapter</source>
   <translation>Adaptador</translation>
  </message>
  <message>
   <source>Gain</source>
   <translation>Ganancia</translation>
  </message>
  <message>
   <source>Export the adapter {name}</source>
   <translation>Exportar el adaptador {name}</translation>
  </message>
  <message>
   <source>the model as it came</source>
   <translation>el modelo tal como vino</translation>
  </message>
  <message>
   <source>None yet. Every round that is kept adds one; you can go back at any time.</source>
   <translation>Todavía ninguno. Cada ronda conservada añade uno; puede volver atrás en cualquier momento.</translation>
  </message>
  <message>
   <source>Use {name} again</source>
   <translation>Volver a usar: {name}</translation>
  </message>
  <message>
   <source>Adapters of {model}</source>
   <translation>Adaptadores de {model}</translation>
  </message>
  <message>
   <source>{name} (current)</source>
   <translation>{name} (actual)</translation>
  </message>
  <message>
   <source>{name} is imported. It can be used from now on.</source>
   <translation>{name} se ha importado. Ya se puede usar.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now.</source>
   <translation>El adaptador está ahora en {file}.</translation>
  </message>
  <message>
   <source>{name} is used from now on.</source>
   <translation>A partir de ahora se usa {name}.</translation>
  </message>
  <message>
   <source>{model} is used as it came from now on.</source>
   <translation>A partir de ahora, {model} se usa tal como vino.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now, on the engine's machine.</source>
   <translation>El adaptador está ahora en {file}, en el equipo del motor.</translation>
  </message>
  <message>
   <source>questions of its own</source>
   <translation>preguntas propias</translation>
  </message>
  <message>
   <source>{name} is deleted.</source>
   <translation>{name} se ha eliminado.</translation>
  </message>
  <message>
   <source>New run</source>
   <translation>Nuevo aprendizaje</translation>
  </message>
  <message>
   <source>Learning is going on. Load the earlier run when it has ended.</source>
   <translation>El aprendizaje está en marcha. Cargue el anterior cuando haya terminado.</translation>
  </message>
  <message>
   <source>Show the plan</source>
   <translation>Mostrar el plan</translation>
  </message>
  <message>
   <source>Learning from {rasters}</source>
   <translation>Aprendiendo de {rasters}</translation>
  </message>
  <message>
   <source>The run failed</source>
   <translation>El aprendizaje falló</translation>
  </message>
  <message>
   <source>Cancelled. Rounds that were kept stay. The one that was going on is still checked if that takes less than a minute; it is listed below if it is kept.</source>
   <translation>Cancelado. Las rondas conservadas se mantienen. La que estaba en marcha todavía se comprueba si tarda menos de un minuto; si se conserva, aparece abajo.</translation>
  </message>
  <message>
   <source>Start learning</source>
   <translation>Empezar a aprender</translation>
  </message>
  <message>
   <source>The run goes on in the engine</source>
   <translation>El aprendizaje continúa en el motor</translation>
  </message>
  <message>
   <source>It is no longer watched here.</source>
   <translation>Ya no se sigue aquí.</translation>
  </message>
  <message>
   <source>The run was cancelled</source>
   <translation>El aprendizaje se canceló</translation>
  </message>
  <message>
   <source>Watch it again</source>
   <translation>Volver a seguirlo</translation>
  </message>
  <message>
   <source>How many more answers a round may give where nothing is. A model that answers more often finds more, and also answers more often in vain. The less you allow, the less of what a round learned may be kept.</source>
   <translation>Cuántas respuestas más puede dar una ronda donde no hay nada. Un modelo que responde más a menudo encuentra más y también responde más a menudo en vano. Cuanto menos permita, menos de lo que aprendió una ronda podrá conservarse.</translation>
  </message>
  <message>
   <source>As the check usually allows</source>
   <translation>Las que suelen permitirse</translation>
  </message>
  <message>
   <source>At most 3 points more</source>
   <translation>Como mucho 3 puntos más</translation>
  </message>
  <message>
   <source>No more at all</source>
   <translation>Ni una más</translation>
  </message>
  <message>
   <source>False alarms</source>
   <translation>Falsas alarmas</translation>
  </message>
  <message>
   <source>Rasters</source>
   <translation>Rásteres</translation>
  </message>
  <message>
   <source>One question per line. Leave it empty and the model proposes its own.</source>
   <translation>Una pregunta por línea. Si lo deja vacío, el modelo propone las suyas.</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Preguntas</translation>
  </message>
  <message>
   <source>Recent questions</source>
   <translation>Preguntas recientes</translation>
  </message>
  <message>
   <source>Fill in the questions you asked in the Find tab</source>
   <translation>Rellenar con las preguntas que hizo en la pestaña «Buscar»</translation>
  </message>
  <message>
   <source>Let the model propose</source>
   <translation>Que proponga el modelo</translation>
  </message>
  <message>
   <source>The model looks at your rasters and writes down what it recognises there, for you to edit</source>
   <translation>El modelo examina sus ráster y anota lo que reconoce en ellos, para que usted lo edite</translation>
  </message>
  <message>
   <source> min</source>
   <translation> min</translation>
  </message>
  <message>
   <source>Learning ends after so many minutes, whatever has been reached</source>
   <translation>El aprendizaje termina tras estos minutos, se haya logrado lo que se haya logrado</translation>
  </message>
  <message>
   <source>After each round it is checked whether the model got better; after two that did not, the run ends</source>
   <translation>Después de cada ronda se comprueba si el modelo mejoró; tras dos que no, el proceso termina</translation>
  </message>
  <message>
   <source>Use my verdicts</source>
   <translation>Usar mis veredictos</translation>
  </message>
  <message>
   <source>The boxes you judged in this project's results count more than the model's own check. They stay on this computer and are not part of what is learned from it.</source>
   <translation>Los recuadros que juzgó en los resultados de este proyecto cuentan más que la propia comprobación del modelo. Se quedan en este equipo y no forman parte de lo que se aprende de ellos.</translation>
  </message>
  <message>
   <source>The model itself, as it was before the round</source>
   <translation>El propio modelo, tal como era antes de la ronda</translation>
  </message>
  <message>
   <source>Second opinion</source>
   <translation>Segunda opinión</translation>
  </message>
  <message>
   <source>Who looks at each box and scores it. A larger model on a server sees more than the one that learns; it is asked alone, and learns nothing itself.</source>
   <translation>Quién mira cada recuadro y lo puntúa. Un modelo mayor en un servidor ve más que el que aprende; solo se le pregunta y él mismo no aprende nada.</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Dónde</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Tiempo</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modelo</translation>
  </message>
  <message>
   <source>Pieces of your rasters are sent to this server, on another computer.</source>
   <translation>Se envían trozos de sus ráster a este servidor, en otro ordenador.</translation>
  </message>
  <message>
   <source>in at most</source>
   <translation>en como máximo</translation>
  </message>
  <message>
   <source>rounds</source>
   <translation>rondas</translation>
  </message>
  <message>
   <source>{layer} (rendered first)</source>
   <translation>{layer} (se renderiza antes)</translation>
  </message>
  <message>
   <source>While the model learns, questions of the Find tab wait.</source>
   <translation>Mientras el modelo aprende, las preguntas de la pestaña «Buscar» esperan.</translation>
  </message>
  <message>
   <source>Earlier learning</source>
   <translation>Aprendizajes anteriores</translation>
  </message>
  <message>
   <source>The model practises on your own imagery, without any labels. A round is kept only when it proves better on places kept aside.</source>
   <translation>El modelo practica con sus propias imágenes, sin ninguna etiqueta. Una ronda solo se conserva si resulta mejor en lugares apartados.</translation>
  </message>
  <message>
   <source>no box</source>
   <translation>sin recuadro</translation>
  </message>
  <message>
   <source>“{query}”: before the round on the left, after it on the right</source>
   <translation>«{query}»: a la izquierda antes de la ronda, a la derecha después</translation>
  </message>
  <message>
   <source>before</source>
   <translation>antes</translation>
  </message>
  <message>
   <source>after</source>
   <translation>después</translation>
  </message>
  <message>
   <source>score {n} %</source>
   <translation>puntuación {n} %</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n} %</translation>
  </message>
  <message>
   <source>No raster is ticked. Tick at least one to learn from.</source>
   <translation>No hay ningún ráster marcado. Marque al menos uno del que aprender.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Tick only such rasters, or choose “The whole raster”.</source>
   <translation>Una zona exige rásteres con el mismo SRC. Marque solo rásteres así o elija «Todo el ráster».</translation>
  </message>
  <message>
   <source>No box of this project's results was accepted or rejected yet. Judge some in the Find tab, or untick “Use my verdicts”.</source>
   <translation>Todavía no se ha aceptado ni rechazado ningún recuadro de los resultados de este proyecto. Juzgue algunos en la pestaña «Buscar» o desmarque «Usar mis veredictos».</translation>
  </message>
  <message>
   <source>RemoteZero: self-improvement</source>
   <translation>RemoteZero: automejora</translation>
  </message>
  <message>
   <source>Score while learning</source>
   <translation>Puntuación durante el aprendizaje</translation>
  </message>
  <message>
   <source>minutes of learning</source>
   <translation>minutos de aprendizaje</translation>
  </message>
  <message>
   <source>The curve begins with the first step of learning.</source>
   <translation>La curva empieza con el primer paso del aprendizaje.</translation>
  </message>
  <message>
   <source>On places kept aside</source>
   <translation>En lugares apartados</translation>
  </message>
  <message>
   <source>A point is added after each round.</source>
   <translation>Después de cada ronda se añade un punto.</translation>
  </message>
  <message>
   <source>Open report</source>
   <translation>Abrir el informe</translation>
  </message>
  <message>
   <source>The same places</source>
   <translation>Los mismos lugares</translation>
  </message>
  <message>
   <source>score of what it tries</source>
   <translation>puntuación de lo que intenta</translation>
  </message>
  <message>
   <source>score on places kept aside</source>
   <translation>puntuación en lugares apartados</translation>
  </message>
  <message>
   <source>score</source>
   <translation>puntuación</translation>
  </message>
  <message>
   <source>“yes” where the thing is not there</source>
   <translation>«sí» donde la cosa no está</translation>
  </message>
  <message>
   <source>boxes for things that are not there</source>
   <translation>recuadros de cosas que no están</translation>
  </message>
  <message>
   <source>things that are there and not found</source>
   <translation>cosas que están y no se encuentran</translation>
  </message>
  <message>
   <source>Round {number}</source>
   <translation>Ronda {number}</translation>
  </message>
  <message>
   <source>Finished: no round was kept, so the model is as it was before.</source>
   <translation>Terminado: no se conservó ninguna ronda, así que el modelo queda como antes.</translation>
  </message>
  <message>
   <source>Some places are kept aside and never learned from: they decide whether a round is kept.</source>
   <translation>Algunos lugares se apartan y nunca se aprende de ellos: deciden si una ronda se conserva.</translation>
  </message>
  <message>
   <source>How long the parts of a run take on this machine is measured in its first run.</source>
   <translation>Cuánto tardan las partes de un proceso en este equipo se mide en el primero.</translation>
  </message>
  <message>
   <source>Round {number}: kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), and nothing got worse.</source>
   <translation>Ronda {number}: conservada. En lugares apartados la puntuación cambió {gain} (de {low} a {high} con un {certainty} % de certeza) y nada empeoró.</translation>
  </message>
  <message>
   <source>What it could do before: {before} % right before the run, {after} % now.</source>
   <translation>Lo que ya sabía hacer: {before} % correcto antes del proceso, {after} % ahora.</translation>
  </message>
  <message>
   <source>{share} % of what the round learned is kept, so that nothing gets worse by more than the check allows.</source>
   <translation>Se conserva el {share} % de lo que aprendió la ronda, para que nada empeore más de lo que permite la comprobación.</translation>
  </message>
  <message numerus="yes">
   <source>%n round(s)</source>
   <translation>
    <numerusform>%n ronda</numerusform>
    <numerusform>%n rondas</numerusform>
   </translation>
  </message>
  <message>
   <source>Starts from the model as it came.</source>
   <translation>Parte del modelo tal como vino.</translation>
  </message>
  <message>
   <source>All of it would take about {total} here: {preparing} preparing, {learning} learning, {checking} checking (measured on {date}).</source>
   <translation>Todo junto llevaría aquí unos {total}: {preparing} de preparación, {learning} de aprendizaje, {checking} de comprobación (medido el {date}).</translation>
  </message>
  <message>
   <source>The model proposes the questions itself.</source>
   <translation>El propio modelo propone las preguntas.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. The score changed by {gain}, but this got worse: {controls}.</source>
   <translation>Ronda {number}: no conservada. La puntuación cambió {gain}, pero empeoró esto: {controls}.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), which is not surely better.</source>
   <translation>Ronda {number}: no conservada. En lugares apartados la puntuación cambió {gain} (de {low} a {high} con un {certainty} % de certeza), lo que no es una mejora segura.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept. {name} is in use now.</source>
   <translation>Terminado: {kept} de {rounds} con éxito. Ahora se usa {name}.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept, the last one as {name}. It is not in use yet.</source>
   <translation>Terminado: {kept} de {rounds} con éxito, la última como {name}. Todavía no está en uso.</translation>
  </message>
  <message>
   <source>{places} with {windows}; up to {chips} of these are used.</source>
   <translation>{places} con {windows}; se usan hasta {chips} de ellas.</translation>
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
    <numerusform>%n ventana</numerusform>
    <numerusform>%n ventanas</numerusform>
   </translation>
  </message>
  <message>
   <source>About {memory} GB of memory.</source>
   <translation>Unos {memory} GB de memoria.</translation>
  </message>
  <message>
   <source>Up to {rounds} of {steps}. It ends after {time} at the latest, preparing and checking included.</source>
   <translation>Hasta {rounds} de {steps}. Termina tras {time} como muy tarde, con preparación y comprobación incluidas.</translation>
  </message>
  <message numerus="yes">
   <source>%n step(s)</source>
   <translation>
    <numerusform>%n paso</numerusform>
    <numerusform>%n pasos</numerusform>
   </translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: learning, at most {time} left</source>
   <translation>Ronda {number} de {rounds}: aprendiendo, quedan como máximo {time}</translation>
  </message>
  <message>
   <source>Reading the rasters…</source>
   <translation>Leyendo los rásteres…</translation>
  </message>
  <message>
   <source>Looking for what is asked…</source>
   <translation>Buscando lo que se pregunta…</translation>
  </message>
  <message>
   <source>Choosing the settings…</source>
   <translation>Eligiendo los ajustes…</translation>
  </message>
  <message>
   <source>Looking for what is there…</source>
   <translation>Buscando lo que hay…</translation>
  </message>
  <message>
   <source>Round {number}: {sentence}</source>
   <translation>Ronda {number}: {sentence}</translation>
  </message>
  <message>
   <source>answers that can't be read</source>
   <translation>respuestas ilegibles</translation>
  </message>
  <message>
   <source>size of the boxes</source>
   <translation>tamaño de los recuadros</translation>
  </message>
  <message>
   <source>size of the largest boxes</source>
   <translation>tamaño de los recuadros más grandes</translation>
  </message>
  <message>
   <source>right answers to what it could do before</source>
   <translation>respuestas correctas en lo que ya sabía hacer</translation>
  </message>
  <message>
   <source>“none” where nothing is, in what it could do before</source>
   <translation>«nada» donde no hay nada, en lo que ya sabía hacer</translation>
  </message>
  <message>
   <source>Starts from the adapter {name}.</source>
   <translation>Parte del adaptador {name}.</translation>
  </message>
  <message>
   <source>Questions: {questions}</source>
   <translation>Preguntas: {questions}</translation>
  </message>
  <message>
   <source>Second opinion: {model}.</source>
   <translation>Segunda opinión: {model}.</translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: checking on the places kept aside…</source>
   <translation>Ronda {number} de {rounds}: comprobando en los lugares apartados…</translation>
  </message>
  <message>
   <source>Only this scene</source>
   <translation>Solo esta escena</translation>
  </message>
  <message>
   <source>Only scenes of this day</source>
   <translation>Solo las escenas de este día</translation>
  </message>
  <message>
   <source>All scenes</source>
   <translation>Todas las escenas</translation>
  </message>
  <message>
   <source>nothing to see</source>
   <translation>nada que ver</translation>
  </message>
  <message>
   <source>{change}: before {before}, after {after}.</source>
   <translation>{change}: antes {before}, después {after}.</translation>
  </message>
  <message>
   <source>new</source>
   <translation>nuevo</translation>
  </message>
  <message>
   <source>gone</source>
   <translation>desaparecido</translation>
  </message>
  <message>
   <source>stayed</source>
   <translation>sigue</translation>
  </message>
  <message>
   <source>unsure</source>
   <translation>dudoso</translation>
  </message>
  <message>
   <source>not seen</source>
   <translation>no visto</translation>
  </message>
  <message>
   <source>other</source>
   <translation>otros</translation>
  </message>
  <message>
   <source>It can't be read. Check that the file is there, is whole, and is a raster.</source>
   <translation>No se puede leer. Compruebe que el archivo está ahí, está completo y es un ráster.</translation>
  </message>
  <message>
   <source>The chosen area is empty. Draw it again, or choose another place.</source>
   <translation>La zona elegida está vacía. Dibújela otra vez o elija otro lugar.</translation>
  </message>
  <message>
   <source>No rectangle is drawn yet. Draw one on the map, or choose another place.</source>
   <translation>Aún no hay ningún rectángulo. Dibuje uno en el mapa o elija otro lugar.</translation>
  </message>
  <message>
   <source>No polygon is selected in any layer. Select one or more, or choose another place.</source>
   <translation>No hay ningún polígono seleccionado en ninguna capa. Seleccione uno o varios, o elija otro lugar.</translation>
  </message>
  <message>
   <source>No polygon is selected in {layer}. Select one or more, or choose another place.</source>
   <translation>No hay ningún polígono seleccionado en {layer}. Seleccione uno o varios, o elija otro lugar.</translation>
  </message>
  <message>
   <source>The chosen area does not touch {raster}. Zoom to the layer, or choose another place.</source>
   <translation>La zona elegida no toca {raster}. Acerque la vista a la capa o elija otro lugar.</translation>
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
   <translation>{query} – rásteres</translation>
  </message>
  <message>
   <source>{query} (running)</source>
   <translation>{query} (en marcha)</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Check that the file is still there and that no other program has locked it, then choose the run again.</source>
   <translation>Los recuadros de {path} no se pueden leer ({reason}). Compruebe que el archivo sigue ahí y que ningún otro programa lo bloquea, y elija la búsqueda de nuevo.</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Close what has the file open, then try again.</source>
   <translation>Los recuadros de {path} no se pueden leer ({reason}). Cierre lo que tenga abierto el archivo e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>The results can't be copied to {path}. They stay in {source}, and nothing is lost.</source>
   <translation>Los resultados no se pueden copiar a {path}. Siguen en {source} y no se ha perdido nada.</translation>
  </message>
  <message>
   <source>The results can't be written to {path}. They are safe in the engine: free some space or save the project elsewhere, then load them from “Earlier runs”.</source>
   <translation>Los resultados no se pueden escribir en {path}. Están a salvo en el motor: libere espacio o guarde el proyecto en otro sitio y cárguelos después desde «Búsquedas anteriores».</translation>
  </message>
  <message>
   <source>it came out empty: the service sent no picture of this area</source>
   <translation>salió vacía: el servicio no envió ninguna imagen de esta zona</translation>
  </message>
  <message>
   <source>{layer} has nothing to render in the chosen area. Zoom in on the area first.</source>
   <translation>{layer} no tiene nada que dibujar en la zona elegida. Acérquese primero a la zona.</translation>
  </message>
  <message>
   <source>Rendering {layer} here at {gsd} m per pixel would take {width} × {height} pixels ({size} GB). Choose a smaller area or a coarser resolution.</source>
   <translation>Dibujar {layer} aquí a {gsd} m por píxel ocuparía {width} × {height} píxeles ({size} GB). Elija una zona menor o una resolución más gruesa.</translation>
  </message>
  <message>
   <source>The layer could not be rendered ({reason}). Check that it draws on the map, then try again.</source>
   <translation>No se pudo dibujar la capa ({reason}). Compruebe que se ve en el mapa e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>error {status}</source>
   <translation>error {status}</translation>
  </message>
  <message numerus="yes">
   <source>{question} and %n more</source>
   <translation>
    <numerusform>{question} y %n más</numerusform>
    <numerusform>{question} y %n más</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero manual</source>
   <translation>Manual de RemoteZero</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Atrás</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>Contenido</translation>
  </message>
  <message>
   <source>Open in the browser</source>
   <translation>Abrir en el navegador</translation>
  </message>
  <message>
   <source>Help for this page (F1)</source>
   <translation>Ayuda de esta página (F1)</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Cerrar este mensaje</translation>
  </message>
  <message>
   <source>Scored boxes appear here and on the map.</source>
   <translation>Los recuadros puntuados aparecen aquí y en el mapa.</translation>
  </message>
  <message numerus="yes">
   <source>%n window(s) were searched. Try other words, a larger area, or “Search in detail”.</source>
   <translation>
    <numerusform>Se ha recorrido %n ventana. Pruebe con otras palabras, una zona mayor o «Buscar en detalle».</numerusform>
    <numerusform>Se han recorrido %n ventanas. Pruebe con otras palabras, una zona mayor o «Buscar en detalle».</numerusform>
   </translation>
  </message>
  <message>
   <source>Ask in your own words</source>
   <translation>Pregunte con sus propias palabras</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>No se encontró nada</translation>
  </message>
  <message>
   <source>No data here</source>
   <translation>Aquí no hay datos</translation>
  </message>
  <message>
   <source>The raster has no data in the place that was searched. Choose another place, or another raster.</source>
   <translation>El ráster no tiene datos en la zona buscada. Elija otra zona u otro ráster.</translation>
  </message>
  <message>
   <source>Nothing leaves this computer.</source>
   <translation>Nada sale de este equipo.</translation>
  </message>
  <message>
   <source>Lowest score shown of “{question}”</source>
   <translation>Puntuación mínima mostrada de «{question}»</translation>
  </message>
  <message>
   <source>Compare with an earlier raster: what is new, what is gone, what stayed</source>
   <translation>Comparar con un ráster anterior: qué es nuevo, qué ha desaparecido, qué sigue</translation>
  </message>
  <message>
   <source>Compare with an earlier raster</source>
   <translation>Comparar con un ráster anterior</translation>
  </message>
  <message>
   <source>the earlier raster</source>
   <translation>el ráster anterior</translation>
  </message>
  <message>
   <source>The earlier raster</source>
   <translation>El ráster anterior</translation>
  </message>
  <message>
   <source>The raster of the earlier date, of the same place</source>
   <translation>El ráster de la fecha anterior, del mismo lugar</translation>
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
   <translation>A qué distancia puede estar un mismo objeto en los dos rásteres. Automático: 5 m o dos píxeles.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at</source>
   <translation>Exactamente lo que miró el verificador</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Aceptar</translation>
  </message>
  <message>
   <source>This box is right (A)</source>
   <translation>Este recuadro es correcto (A)</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Rechazar</translation>
  </message>
  <message>
   <source>This box is wrong (R)</source>
   <translation>Este recuadro es incorrecto (R)</translation>
  </message>
  <message>
   <source>Zoom to this box (Z, or a double click on its row)</source>
   <translation>Acercar a este recuadro (Z o doble clic en su fila)</translation>
  </message>
  <message>
   <source>Zoom to box</source>
   <translation>Acercar al recuadro</translation>
  </message>
  <message>
   <source>The model gave no reasoning for this box.</source>
   <translation>El modelo no dio ningún razonamiento para este recuadro.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at, the earlier date on the left</source>
   <translation>Exactamente lo que miró el verificador, la fecha anterior a la izquierda</translation>
  </message>
  <message>
   <source>No picture</source>
   <translation>Sin imagen</translation>
  </message>
  <message>
   <source>{score} % sure</source>
   <translation>{score} % de seguridad</translation>
  </message>
  <message>
   <source>Load the sample</source>
   <translation>Cargar el ejemplo</translation>
  </message>
  <message>
   <source>A drawn harbour, with a question that is asked at once</source>
   <translation>Un puerto dibujado, con una pregunta que se hace enseguida</translation>
  </message>
  <message>
   <source>Add a raster…</source>
   <translation>Añadir un ráster…</translation>
  </message>
  <message>
   <source>Choose an aerial or satellite image on this computer</source>
   <translation>Elija una imagen aérea o de satélite de este equipo</translation>
  </message>
  <message>
   <source>Search many rasters</source>
   <translation>Buscar en muchos rásteres</translation>
  </message>
  <message>
   <source>All rasters of a folder…</source>
   <translation>Todos los rásteres de una carpeta…</translation>
  </message>
  <message>
   <source>Several files…</source>
   <translation>Varios archivos…</translation>
  </message>
  <message>
   <source>A STAC item collection…</source>
   <translation>Una colección de ítems STAC…</translation>
  </message>
  <message>
   <source>The rasters of a layer group</source>
   <translation>Los rásteres de un grupo de capas</translation>
  </message>
  <message>
   <source>Search one raster again</source>
   <translation>Volver a buscar en un solo ráster</translation>
  </message>
  <message>
   <source>A file beside each raster, too</source>
   <translation>También un archivo junto a cada ráster</translation>
  </message>
  <message>
   <source>Writes the boxes of each raster into NAME_remotezero.gpkg in the raster's own folder</source>
   <translation>Escribe los recuadros de cada ráster en NOMBRE_remotezero.gpkg, en la carpeta del propio ráster</translation>
  </message>
  <message>
   <source>The licence of this model, {licence}, forbids commercial use.</source>
   <translation>La licencia de este modelo, {licence}, prohíbe el uso comercial.</translation>
  </message>
  <message>
   <source>The model {name} is not there: it was removed, or its disk is not connected.</source>
   <translation>El modelo {name} no está: se quitó o su disco no está conectado.</translation>
  </message>
  <message>
   <source>Default model</source>
   <translation>Modelo predeterminado</translation>
  </message>
  <message>
   <source>{n} MB</source>
   <translation>{n} MB</translation>
  </message>
  <message>
   <source>A demonstration model that finds {things}.</source>
   <translation>Un modelo de demostración que encuentra {things}.</translation>
  </message>
  <message>
   <source>A demonstration model.</source>
   <translation>Un modelo de demostración.</translation>
  </message>
  <message>
   <source>Get one for real imagery…</source>
   <translation>Obtener uno para imágenes reales…</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} GB</translation>
  </message>
  <message>
   <source>Default: {name}</source>
   <translation>Predeterminado: {name}</translation>
  </message>
  <message>
   <source>{size} on disk, {memory} in use, licence {licence}</source>
   <translation>{size} en disco, {memory} en uso, licencia {licence}</translation>
  </message>
  <message>
   <source>See the models…</source>
   <translation>Ver los modelos…</translation>
  </message>
  <message>
   <source>and {n} more</source>
   <translation>y {n} más</translation>
  </message>
  <message>
   <source>Draw the rectangle on the map</source>
   <translation>Dibuje el rectángulo en el mapa</translation>
  </message>
  <message>
   <source>What the map shows</source>
   <translation>Lo que muestra el mapa</translation>
  </message>
  <message>
   <source>The whole raster</source>
   <translation>Todo el ráster</translation>
  </message>
  <message>
   <source>A drawn rectangle</source>
   <translation>Un rectángulo dibujado</translation>
  </message>
  <message>
   <source>Selected polygons</source>
   <translation>Polígonos seleccionados</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>Pregunta</translation>
  </message>
  <message>
   <source>Say in your own words what to look for. Return starts the run.</source>
   <translation>Diga con sus propias palabras qué hay que buscar. La tecla Intro inicia la búsqueda.</translation>
  </message>
  <message>
   <source>What are you looking for?</source>
   <translation>¿Qué está buscando?</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>Ejemplos</translation>
  </message>
  <message>
   <source>Colour on the map</source>
   <translation>Color en el mapa</translation>
  </message>
  <message>
   <source>Do not look for this</source>
   <translation>No buscar esto</translation>
  </message>
  <message>
   <source>Next unsure box</source>
   <translation>Siguiente recuadro dudoso</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Rehacer</translation>
  </message>
  <message>
   <source>Copy rows</source>
   <translation>Copiar filas</translation>
  </message>
  <message>
   <source>Verify edited boxes again</source>
   <translation>Verificar de nuevo los recuadros editados</translation>
  </message>
  <message>
   <source>Clear verdict</source>
   <translation>Borrar el veredicto</translation>
  </message>
  <message>
   <source>Accept all shown</source>
   <translation>Aceptar todos los mostrados</translation>
  </message>
  <message>
   <source>Reject all shown</source>
   <translation>Rechazar todos los mostrados</translation>
  </message>
  <message>
   <source>Clear verdicts of all shown</source>
   <translation>Borrar los veredictos de todos los mostrados</translation>
  </message>
  <message>
   <source>Undo: {what}</source>
   <translation>Deshacer: {what}</translation>
  </message>
  <message>
   <source>Redo: {what}</source>
   <translation>Rehacer: {what}</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown</source>
   <translation>{shown} de {total} recuadros mostrados</translation>
  </message>
  <message>
   <source>A accept · R reject · N next unsure · Z zoom · Ctrl+Z undo</source>
   <translation>A aceptar · R rechazar · N siguiente dudoso · Z acercar · Ctrl+Z deshacer</translation>
  </message>
  <message>
   <source>Verify again</source>
   <translation>Verificar de nuevo</translation>
  </message>
  <message>
   <source>Score the boxes that were drawn anew. Verdicts stay.</source>
   <translation>Puntuar los recuadros redibujados. Los veredictos se conservan.</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown; {below} score less: move the slider to see them</source>
   <translation>{shown} de {total} recuadros mostrados; {below} puntúan menos: mueva el control para verlos</translation>
  </message>
  <message>
   <source>Verifying…</source>
   <translation>Verificando…</translation>
  </message>
  <message>
   <source>Writing verdicts: {n} left</source>
   <translation>Escribiendo veredictos: quedan {n}</translation>
  </message>
  <message>
   <source>Edited boxes: {n}</source>
   <translation>Recuadros editados: {n}</translation>
  </message>
  <message>
   <source>{accepted} accepted, {rejected} rejected, {open} open</source>
   <translation>{accepted} aceptados, {rejected} rechazados, {open} abiertos</translation>
  </message>
  <message>
   <source>Hide boxes that the verifier is less sure of. Nothing is run again.</source>
   <translation>Oculta los recuadros de los que el verificador está menos seguro. No se vuelve a calcular nada.</translation>
  </message>
  <message>
   <source>Lowest score shown</source>
   <translation>Puntuación mínima mostrada</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>Veredicto</translation>
  </message>
  <message>
   <source>Raster</source>
   <translation>Ráster</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Cambio</translation>
  </message>
  <message>
   <source>Choose boxes by clicking on them on the map</source>
   <translation>Elegir recuadros haciendo clic en el mapa</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Revisión</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Abiertos</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>Aceptados</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Rechazados</translation>
  </message>
  <message>
   <source>Score at least</source>
   <translation>Puntuación desde</translation>
  </message>
  <message>
   <source>The model's answer was cut off here: there may be more than it listed.</source>
   <translation>La respuesta del modelo se cortó aquí: puede haber más de lo que enumeró.</translation>
  </message>
  <message>
   <source>Not placed: the point is where the camera was.</source>
   <translation>Sin situar: el punto está donde estaba la cámara.</translation>
  </message>
  <message>
   <source>#</source>
   <translation>N.º</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Puntuación</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Etiqueta</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Tamaño</translation>
  </message>
  <message>
   <source>Reasoning</source>
   <translation>Razonamiento</translation>
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
   <translation>Redibujado desde que se puntuó.</translation>
  </message>
  <message>
   <source>Drawn anew, and verified again.</source>
   <translation>Redibujado y verificado de nuevo.</translation>
  </message>
  <message>
   <source>Placed by the camera: right to about {n} m.</source>
   <translation>Situado según la cámara: con unos {n} m de precisión.</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Deteniendo…</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>Iniciando…</translation>
  </message>
  <message>
   <source>as the raster</source>
   <translation>como el ráster</translation>
  </message>
  <message>
   <source> m/px</source>
   <translation> m/px</translation>
  </message>
  <message>
   <source>Ground resolution the model looks at, in metres per pixel</source>
   <translation>Resolución sobre el terreno con la que mira el modelo, en metros por píxel</translation>
  </message>
  <message>
   <source>Draw outlines</source>
   <translation>Dibujar contornos</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes, drawn by a model of their own; get one on the Models page</source>
   <translation>Polígonos de lo que hay en los recuadros, dibujados por un modelo propio; consiga uno en la página Modelos</translation>
  </message>
  <message>
   <source>Place by the camera</source>
   <translation>Situar según la cámara</translation>
  </message>
  <message>
   <source>Put boxes on the map by the photograph's EXIF: position, height, heading. Rough, and said how rough.</source>
   <translation>Situar los recuadros en el mapa con los datos EXIF de la foto: posición, altura, rumbo. Es aproximado, y se dice cuánto.</translation>
  </message>
  <message>
   <source>height: as the photograph</source>
   <translation>altura: la de la foto</translation>
  </message>
  <message>
   <source> m above the ground</source>
   <translation> m sobre el suelo</translation>
  </message>
  <message>
   <source>How high the camera was above the ground, if you know it better than the photograph</source>
   <translation>A qué altura sobre el suelo estaba la cámara, si usted lo sabe mejor que la foto</translation>
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
   <translation>ninguno</translation>
  </message>
  <message>
   <source>Topmost raster: {name}</source>
   <translation>Ráster superior: {name}</translation>
  </message>
  <message>
   <source>Active layer: {name}</source>
   <translation>Capa activa: {name}</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automático</translation>
  </message>
  <message>
   <source>Whole view at once</source>
   <translation>Toda la vista de una vez</translation>
  </message>
  <message>
   <source>Search in detail</source>
   <translation>Buscar en detalle</translation>
  </message>
  <message>
   <source>current adapter</source>
   <translation>adaptador actual</translation>
  </message>
  <message>
   <source>no adapter</source>
   <translation>sin adaptador</translation>
  </message>
  <message>
   <source>Another model that looks at each box and scores it. One on a server sees the boxes alone, and not the rest of the raster.</source>
   <translation>Otro modelo que mira cada recuadro y lo puntúa. Uno en un servidor solo ve los recuadros y no el resto del ráster.</translation>
  </message>
  <message>
   <source>Scored by the model itself</source>
   <translation>Puntuado por el propio modelo</translation>
  </message>
  <message>
   <source>Forget a server</source>
   <translation>Olvidar un servidor</translation>
  </message>
  <message>
   <source>Servers</source>
   <translation>Servidores</translation>
  </message>
  <message>
   <source>Forget it</source>
   <translation>Olvidarlo</translation>
  </message>
  <message>
   <source>A server…</source>
   <translation>Un servidor…</translation>
  </message>
  <message>
   <source>Its address goes from the lists, and its key from QGIS's authentication database, unless another model of the same server stays. This can't be undone: the key has to be typed again. Runs that were made with it stay.</source>
   <translation>Su dirección desaparece de las listas, y su clave de la base de datos de autenticación de QGIS, salvo que quede otro modelo del mismo servidor. No se puede deshacer: habrá que escribir la clave de nuevo. Las ejecuciones hechas con él se conservan.</translation>
  </message>
  <message>
   <source>Forget a server…</source>
   <translation>Olvidar un servidor…</translation>
  </message>
  <message>
   <source>Leave name and password out of the address; the key has a field of its own</source>
   <translation>Deje el nombre y la contraseña fuera de la dirección; la clave tiene su propio campo</translation>
  </message>
  <message>
   <source>This is no address. Give one like http://host:8000/v1</source>
   <translation>Esto no es una dirección. Indique una como http://host:8000/v1</translation>
  </message>
  <message>
   <source>There are spaces, or characters that can't be seen, in the address or the model's name. Type it anew</source>
   <translation>Hay espacios o caracteres invisibles en la dirección o en el nombre del modelo. Escríbalo de nuevo</translation>
  </message>
  <message>
   <source>The address or the model's name is too long. Give the name that the server lists</source>
   <translation>La dirección o el nombre del modelo es demasiado largo. Indique el nombre que muestra el servidor</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the key for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>La base de datos de autenticación de QGIS no aceptó la clave para {url}. Abra Configuración &gt; Opciones &gt; Autenticación, establezca la contraseña maestra e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>A model on a server</source>
   <translation>Un modelo en un servidor</translation>
  </message>
  <message>
   <source>the only one that it serves</source>
   <translation>el único que ofrece</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Dirección</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Clave</translation>
  </message>
  <message>
   <source>Behind ? only {options} may stand; the key has a field of its own</source>
   <translation>Detrás de ? solo puede ir {options}; la clave tiene su propio campo</translation>
  </message>
  <message>
   <source>Pictures of your rasters are sent to this address, and to no other.</source>
   <translation>Las imágenes de sus rásteres se envían a esta dirección y a ninguna otra.</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not let go of the key for {url}. Open Settings &gt; Options &gt; Authentication, and remove it there.</source>
   <translation>La base de datos de autenticación de QGIS no soltó la clave para {url}. Abra Configuración &gt; Opciones &gt; Autenticación y elimínela allí.</translation>
  </message>
  <message>
   <source>How this server gives scores is tried when it is first asked, and told here from then on.</source>
   <translation>Cómo puntúa este servidor se prueba con la primera pregunta, y desde entonces se indica aquí.</translation>
  </message>
  <message>
   <source>The scores are the model's own probabilities of yes and no.</source>
   <translation>Las puntuaciones son las probabilidades de sí y no del propio modelo.</translation>
  </message>
  <message>
   <source>The scores are the probabilities that the server gives for yes and no: as fine as those of a model on this computer.</source>
   <translation>Las puntuaciones son las probabilidades que el servidor da para sí y no: tan finas como las de un modelo en este ordenador.</translation>
  </message>
  <message>
   <source>The scores are decisions of the server, as numbers between 0 and 1.</source>
   <translation>Las puntuaciones son decisiones del servidor, como números entre 0 y 1.</translation>
  </message>
  <message>
   <source>The server gives no probabilities: each question of yes or no is asked ten times, and the score is the share of yes. That is coarse, and takes ten times as long.</source>
   <translation>El servidor no da probabilidades: cada pregunta de sí o no se hace diez veces, y la puntuación es la proporción de síes. Es poco fino y tarda diez veces más.</translation>
  </message>
  <message>
   <source>{done}, about {time} left</source>
   <translation>{done}, quedan unos {time}</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} h</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>en espera</translation>
  </message>
  <message>
   <source>running</source>
   <translation>en marcha</translation>
  </message>
  <message>
   <source>done</source>
   <translation>terminada</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fallida</translation>
  </message>
  <message>
   <source>raster {number} of {total}</source>
   <translation>ráster {number} de {total}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es)</source>
   <translation>
    <numerusform>%n recuadro</numerusform>
    <numerusform>%n recuadros</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{done} of %n window(s)</source>
   <translation>
    <numerusform>{done} de %n ventana</numerusform>
    <numerusform>{done} de %n ventanas</numerusform>
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
   <translation>Panel de RemoteZero</translation>
  </message>
  <message>
   <source>Find things in imagery by describing them</source>
   <translation>Encuentre cosas en imágenes describiéndolas</translation>
  </message>
  <message>
   <source>The RemoteZero engine is not installed yet. Open the RemoteZero panel and install it there.</source>
   <translation>El motor de RemoteZero aún no está instalado. Abra el panel de RemoteZero e instálelo allí.</translation>
  </message>
  <message>
   <source>Second opinion (empty: the model itself)</source>
   <translation>Segunda opinión (vacío: el propio modelo)</translation>
  </message>
  <message>
   <source>{layer} is not a raster file. Export it with Save As and choose the file.</source>
   <translation>{layer} no es un archivo ráster. Expórtela con «Guardar como» y elija el archivo.</translation>
  </message>
  <message>
   <source>{layer} is a web layer without an end. Say where to look.</source>
   <translation>{layer} es una capa web sin límites. Indique dónde buscar.</translation>
  </message>
  <message>
   <source>The question is empty. Write what you are looking for.</source>
   <translation>La pregunta está vacía. Escriba lo que busca.</translation>
  </message>
  <message>
   <source>The polygons can't be projected to the raster's CRS ({reason}). Check the CRS of both layers.</source>
   <translation>Los polígonos no se pueden proyectar al SRC del ráster ({reason}). Compruebe el SRC de ambas capas.</translation>
  </message>
  <message>
   <source>Question (one per line)</source>
   <translation>Pregunta (una por línea)</translation>
  </message>
  <message>
   <source>What to look for, in plain words: one question a line, at most 64 of them.</source>
   <translation>Lo que se busca, con palabras sencillas: una pregunta por línea, 64 como máximo.</translation>
  </message>
  <message>
   <source>Model (empty: the default one)</source>
   <translation>Modelo (vacío: el predeterminado)</translation>
  </message>
  <message>
   <source>Adapter (current: the one in use; none: the model as it came; or a name)</source>
   <translation>Adaptador (current: el que está en uso; none: el modelo tal como vino; o un nombre)</translation>
  </message>
  <message>
   <source>Allow rasters from the network</source>
   <translation>Permitir rásteres de la red</translation>
  </message>
  <message>
   <source>Name of a model that is here, its folder, or the address of one on a server. Empty: the default one.</source>
   <translation>Nombre de un modelo que está aquí, su carpeta o la dirección de uno en un servidor. Vacío: el predeterminado.</translation>
  </message>
  <message>
   <source>What the model has learned here: “current” for what is in use, “none” for the model as it came, or the name of an adapter.</source>
   <translation>Lo que el modelo ha aprendido aquí: «current» para lo que está en uso, «none» para el modelo tal como vino, o el nombre de un adaptador.</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: it is read from there.</source>
   <translation>Desactivado: un ráster que lleva a un servidor se rechaza y ese servidor no se consulta. Activado: se lee de allí.</translation>
  </message>
  <message>
   <source>Compare two dates</source>
   <translation>Comparar dos fechas</translation>
  </message>
  <message>
   <source>Finds what is new, what is gone and what stayed between two rasters of one place.</source>
   <translation>Encuentra qué es nuevo, qué ha desaparecido y qué sigue entre dos rásteres de un mismo lugar.</translation>
  </message>
  <message>
   <source>Asks the same question of two rasters of one place, and says of each box whether it is new, gone, or stayed.

CRS, resolution and extent of the rasters may differ. What both cover is searched on each; boxes are matched within the tolerance; and the verifier looks at every place that was found on one date only on the other date as well. So 'gone' means that it is not seen there, and not only that it was not found. Where search and verifier disagree the change is 'unsure', and where the other raster has no data, is under a masked cloud or too coarse, it is 'not_seen'.

The attributes score_before and score_after are the verifier's on both dates. 'Stayed' says that one such thing is there on both dates, not that it is the same one.</source>
   <translation>Hace la misma pregunta a dos rásteres de un mismo lugar y dice de cada recuadro si es nuevo, ha desaparecido o sigue.

El SRC, la resolución y la extensión de los rásteres pueden ser distintos. En ambos se busca en lo que los dos cubren; los recuadros se emparejan dentro de la tolerancia, y el verificador mira también en la otra fecha cada lugar que solo se encontró en una. Así, «desaparecido» significa que allí no se ve, y no solo que no se encontró. Donde la búsqueda y el verificador no coinciden, el cambio es «dudoso», y donde el otro ráster no tiene datos, está bajo una nube enmascarada o es demasiado grueso, es «no visto» (not_seen).

Los atributos score_before y score_after son los del verificador en ambas fechas. «Sigue» dice que en ambas fechas hay algo así, no que sea lo mismo.</translation>
  </message>
  <message>
   <source>Later raster</source>
   <translation>Ráster posterior</translation>
  </message>
  <message>
   <source>Score from which on the verifier's answer is yes</source>
   <translation>Puntuación a partir de la cual la respuesta del verificador es sí</translation>
  </message>
  <message>
   <source>change,before,after,new,gone,difference,time,AI</source>
   <translation>cambio,antes,después,nuevo,desaparecido,diferencia,tiempo,IA</translation>
  </message>
  <message>
   <source>Earlier raster</source>
   <translation>Ráster anterior</translation>
  </message>
  <message>
   <source>How far apart one object may lie, in metres</source>
   <translation>A qué distancia puede estar un mismo objeto, en metros</translation>
  </message>
  <message>
   <source>The raster of the earlier date. CRS, resolution and extent may differ from those of the later one.</source>
   <translation>El ráster de la fecha anterior. Su SRC, resolución y extensión pueden ser distintos de los del posterior.</translation>
  </message>
  <message>
   <source>The raster of the later date. The boxes are in its CRS.</source>
   <translation>El ráster de la fecha posterior. Los recuadros están en su SRC.</translation>
  </message>
  <message>
   <source>Only this part is compared. Empty: all that both rasters cover.</source>
   <translation>Solo se compara esta parte. Vacío: todo lo que cubren ambos rásteres.</translation>
  </message>
  <message>
   <source>Boxes of two dates whose centres are farther apart, and that do not overlap, are two objects. Empty: 5 m, or two pixels of the coarser raster if that is more.</source>
   <translation>Los recuadros de dos fechas cuyos centros están más separados y que no se solapan son dos objetos. Vacío: 5 m, o dos píxeles del ráster más grueso si eso es más.</translation>
  </message>
  <message>
   <source>From there on a thing counts as seen on a date. Empty: what suits the model.</source>
   <translation>A partir de ahí una cosa cuenta como vista en una fecha. Vacío: lo que conviene al modelo.</translation>
  </message>
  <message>
   <source>Polygons in the later raster's CRS. The column change says new, gone, stayed, unsure or not_seen; score_before and score_after are the scores on both dates.</source>
   <translation>Polígonos en el SRC del ráster posterior. La columna change dice new (nuevo), gone (desaparecido), stayed (sigue), unsure (dudoso) o not_seen (no visto); score_before y score_after son las puntuaciones en ambas fechas.</translation>
  </message>
  <message>
   <source>Number of boxes: {change}</source>
   <translation>Número de recuadros: {change}</translation>
  </message>
  <message>
   <source>Evaluate a model</source>
   <translation>Evaluar un modelo</translation>
  </message>
  <message>
   <source>Says how well a model finds what a layer of reference boxes shows.</source>
   <translation>Dice lo bien que un modelo encuentra lo que muestra una capa de recuadros de referencia.</translation>
  </message>
  <message>
   <source>Searches the raster and compares what is found with the polygons of a layer: precision, recall, F1, average precision, overlap, and how far edges are off in metres, each with its interval. The report is one page with the best and the worst places.

The layer has to be complete: a box that is found and not in it counts as wrong. Cut the raster to the part that was mapped, if only a part was.

One question can be asked for all polygons, or each distinct value of a field is one.</source>
   <translation>Busca en el ráster y compara lo encontrado con los polígonos de una capa: precisión, exhaustividad, F1, precisión media, solapamiento y a cuántos metros quedan los bordes, cada uno con su intervalo. El informe es una página con los mejores y los peores lugares.

La capa tiene que estar completa: un recuadro que se encuentra y no está en ella cuenta como error. Si solo se cartografió una parte, recorte el ráster a esa parte.

Se puede hacer una sola pregunta para todos los polígonos, o cada valor distinto de un campo es una pregunta.</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>automático</translation>
  </message>
  <message>
   <source>overview</source>
   <translation>visión de conjunto</translation>
  </message>
  <message>
   <source>in detail</source>
   <translation>en detalle</translation>
  </message>
  <message>
   <source>accuracy,precision,recall,F1,AP,IoU,quality,reference,AI</source>
   <translation>exactitud,precisión,exhaustividad,F1,AP,IoU,calidad,referencia,IA</translation>
  </message>
  <message>
   <source>Reference polygons</source>
   <translation>Polígonos de referencia</translation>
  </message>
  <message>
   <source>What the polygons show</source>
   <translation>Lo que muestran los polígonos</translation>
  </message>
  <message>
   <source>Or the field that says it of each</source>
   <translation>O el campo que lo dice de cada uno</translation>
  </message>
  <message>
   <source>Lowest score of a box that counts</source>
   <translation>Puntuación mínima de un recuadro que cuenta</translation>
  </message>
  <message>
   <source>Level of detail</source>
   <translation>Nivel de detalle</translation>
  </message>
  <message>
   <source>Context round a box</source>
   <translation>Contexto alrededor de un recuadro</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Informe</translation>
  </message>
  <message>
   <source>Web pages (*.html)</source>
   <translation>Páginas web (*.html)</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Precisión</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>Exhaustividad</translation>
  </message>
  <message>
   <source>Average precision at an IoU of 0.5</source>
   <translation>Precisión media (AP) con una IoU de 0,5</translation>
  </message>
  <message>
   <source>Mean IoU</source>
   <translation>IoU media</translation>
  </message>
  <message>
   <source>Mean error of edges in metres</source>
   <translation>Error medio de los bordes en metros</translation>
  </message>
  <message>
   <source>The image to search, as its layer's style shows it.</source>
   <translation>La imagen en la que se busca, como la muestra el estilo de su capa.</translation>
  </message>
  <message>
   <source>Boxes or outlines that you trust, in any CRS. All such things have to be in it.</source>
   <translation>Recuadros o contornos en los que confía, en cualquier SRC. Tienen que estar en ella todas las cosas de ese tipo.</translation>
  </message>
  <message>
   <source>One question for all polygons, such as “all ships”. Leave it empty to use a field.</source>
   <translation>Una pregunta para todos los polígonos, como «todos los barcos». Déjela vacía para usar un campo.</translation>
  </message>
  <message>
   <source>Each distinct value of it is asked as a question. Leave it empty to use one question.</source>
   <translation>Cada valor distinto se pregunta como una pregunta. Déjelo vacío para usar una sola pregunta.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below count as not found in precision, recall and F1.</source>
   <translation>De 0 a 1: los recuadros por debajo cuentan como no encontrados en la precisión, la exhaustividad y F1.</translation>
  </message>
  <message>
   <source>0: automatic, both of the others where that is worth it. 1: the whole view at once, for questions that need the overview. 2: overlapping windows, for small things.</source>
   <translation>0: automático, los otros dos donde vale la pena. 1: toda la vista de una vez, para preguntas que necesitan una visión de conjunto. 2: ventanas solapadas, para cosas pequeñas.</translation>
  </message>
  <message>
   <source>How much round a box the check sees as well, as a share of the box's longer side.</source>
   <translation>Cuánto alrededor de un recuadro ve también la comprobación, como parte de su lado más largo.</translation>
  </message>
  <message>
   <source>One page with the figures, their intervals, and the best and worst places.</source>
   <translation>Una página con las cifras, sus intervalos y los mejores y peores lugares.</translation>
  </message>
  <message>
   <source>Say what the polygons show: write one question for all of them, or choose the field that says it of each.</source>
   <translation>Diga qué muestran los polígonos: escriba una pregunta para todos o elija el campo que lo dice de cada uno.</translation>
  </message>
  <message>
   <source>An evaluation reads no rasters from the network.</source>
   <translation>Una evaluación no lee rásteres de la red.</translation>
  </message>
  <message>
   <source>The layer holds no polygon. Choose one that does.</source>
   <translation>La capa no contiene ningún polígono. Elija una que los tenga.</translation>
  </message>
  <message>
   <source>The report can't be written to {path} ({reason}). Choose another file.</source>
   <translation>El informe no se puede escribir en {path} ({reason}). Elija otro archivo.</translation>
  </message>
  <message>
   <source>Export boxes</source>
   <translation>Exportar recuadros</translation>
  </message>
  <message>
   <source>Writes boxes as training data or tables for other programs.</source>
   <translation>Escribe recuadros como datos de entrenamiento o tablas para otros programas.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures cut from the raster and the boxes in them. The other formats are one file. GeoJSON is in WGS 84.

Rejected boxes are never exported. Where some boxes were accepted or rejected, only the accepted ones are, unless you take the undecided ones, too.

Beside the output comes a file that tells which model found the boxes, in which raster, and when. A folder that exists is never replaced.</source>
   <translation>COCO y YOLO son carpetas con imágenes recortadas del ráster y sus recuadros. Los demás formatos son un archivo. GeoJSON está en WGS 84.

Los recuadros rechazados nunca se exportan. Si algunos se aceptaron o rechazaron, solo se exportan los aceptados, salvo que tome también los no decididos.

Junto a la salida hay un archivo que dice qué modelo encontró los recuadros, en qué ráster y cuándo. Una carpeta que existe nunca se reemplaza.</translation>
  </message>
  <message>
   <source>The label of a box</source>
   <translation>La etiqueta de un recuadro</translation>
  </message>
  <message>
   <source>The question that found it</source>
   <translation>La pregunta que lo encontró</translation>
  </message>
  <message>
   <source>Classes of a training set</source>
   <translation>Clases de un conjunto de entrenamiento</translation>
  </message>
  <message>
   <source>Raster (empty: those that the boxes name)</source>
   <translation>Ráster (vacío: los que indican los recuadros)</translation>
  </message>
  <message>
   <source>Side of a picture in pixels</source>
   <translation>Lado de una imagen en píxeles</translation>
  </message>
  <message>
   <source>Metres per pixel</source>
   <translation>Metros por píxel</translation>
  </message>
  <message>
   <source>Also cut pictures without boxes</source>
   <translation>Recortar también imágenes sin recuadros</translation>
  </message>
  <message>
   <source>COCO,YOLO,training data,chips,GeoParquet,CSV</source>
   <translation>COCO,YOLO,datos de entrenamiento,recortes,GeoParquet,CSV</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>Recuadros</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Formato</translation>
  </message>
  <message>
   <source>Take undecided boxes, too</source>
   <translation>Tomar también los recuadros no decididos</translation>
  </message>
  <message>
   <source>Lowest score</source>
   <translation>Puntuación mínima</translation>
  </message>
  <message>
   <source>File or folder</source>
   <translation>Archivo o carpeta</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Todos los archivos (*)</translation>
  </message>
  <message>
   <source>Provenance</source>
   <translation>Procedencia</translation>
  </message>
  <message>
   <source>Exported boxes</source>
   <translation>Recuadros exportados</translation>
  </message>
  <message>
   <source>A result of Locate or of the panel. Rejected boxes are never exported.</source>
   <translation>Un resultado de «Localizar» o del panel. Los recuadros rechazados nunca se exportan.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures; the others are one file.</source>
   <translation>COCO y YOLO son carpetas con imágenes; los demás son un solo archivo.</translation>
  </message>
  <message>
   <source>COCO and YOLO name classes. Take the questions where one layer holds the boxes of several.</source>
   <translation>COCO y YOLO nombran clases. Tome las preguntas cuando una capa contiene los recuadros de varias.</translation>
  </message>
  <message>
   <source>Otherwise only accepted boxes are taken, once some were accepted or rejected.</source>
   <translation>Si no, solo se toman los recuadros aceptados, en cuanto algunos se aceptaron o rechazaron.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below are left out.</source>
   <translation>De 0 a 1: los recuadros por debajo se omiten.</translation>
  </message>
  <message>
   <source>Pictures for COCO and YOLO are cut from it.</source>
   <translation>De él se recortan las imágenes para COCO y YOLO.</translation>
  </message>
  <message>
   <source>Of the square pictures for COCO and YOLO.</source>
   <translation>De las imágenes cuadradas para COCO y YOLO.</translation>
  </message>
  <message>
   <source>Of the pictures. Empty: the finest at which a box was found.</source>
   <translation>De las imágenes. Vacío: la más fina con la que se encontró un recuadro.</translation>
  </message>
  <message>
   <source>Places where nothing was found teach a model what to leave alone.</source>
   <translation>Los lugares donde no se encontró nada enseñan a un modelo qué debe dejar en paz.</translation>
  </message>
  <message>
   <source>A file, or for COCO and YOLO a folder that does not exist yet.</source>
   <translation>Un archivo o, para COCO y YOLO, una carpeta que aún no exista.</translation>
  </message>
  <message>
   <source>Lets the model learn from your own rasters, without any labels.</source>
   <translation>Deja que el modelo aprenda de sus propios rásteres, sin ninguna etiqueta.</translation>
  </message>
  <message>
   <source>The model practises on your rasters: it proposes boxes, its own check scores them, and it learns from the scores. No labels are needed, and nothing leaves the computer.

After each round a gate compares old and new on places kept aside. A round that is not better, or that answers wrong questions with yes more often, is thrown away. You can go back to any earlier adapter.

Questions: one per line; leave empty and the model proposes its own.</source>
   <translation>El modelo practica con sus rásteres: propone recuadros, su propia comprobación los puntúa y aprende de las puntuaciones. No hacen falta etiquetas y nada sale del equipo.

Después de cada ronda, un control compara lo antiguo y lo nuevo en lugares apartados. Una ronda que no es mejor, o que responde sí más a menudo a preguntas falsas, se descarta. Puede volver a cualquier adaptador anterior.

Preguntas: una por línea; si lo deja vacío, el modelo propone las suyas.</translation>
  </message>
  <message>
   <source>Use the new adapter when it is better than the old</source>
   <translation>Usar el nuevo adaptador si es mejor que el anterior</translation>
  </message>
  <message>
   <source>Results whose accepted and rejected boxes may be used</source>
   <translation>Resultados cuyos recuadros aceptados y rechazados se pueden usar</translation>
  </message>
  <message>
   <source>Folder of another model, or the address of one on a server, that scores the boxes and learns nothing itself. Empty: the model that learns, as it was before the round.</source>
   <translation>Carpeta de otro modelo, o la dirección de uno en un servidor, que puntúa los recuadros y él mismo no aprende nada. Vacío: el modelo que aprende, tal como era antes de la ronda.</translation>
  </message>
  <message>
   <source>train,learn,adapter,unlabelled,AI</source>
   <translation>entrenar,aprender,adaptador,sin etiquetas,IA</translation>
  </message>
  <message>
   <source>Questions (one per line; empty: proposed)</source>
   <translation>Preguntas (una por línea; vacío: propuestas)</translation>
  </message>
  <message>
   <source>Where to learn</source>
   <translation>Dónde aprender</translation>
  </message>
  <message>
   <source>Rounds at most</source>
   <translation>Rondas como máximo</translation>
  </message>
  <message>
   <source>Minutes at most</source>
   <translation>Minutos como máximo</translation>
  </message>
  <message>
   <source>Images of the kind that you will search later. Nobody has to draw boxes in them.</source>
   <translation>Imágenes del tipo en el que buscará después. Nadie tiene que dibujar recuadros en ellas.</translation>
  </message>
  <message>
   <source>What you will ask later, one question a line. Empty: the model proposes its own.</source>
   <translation>Lo que preguntará después, una pregunta por línea. Vacío: el modelo propone las suyas.</translation>
  </message>
  <message>
   <source>Only this part is learned from. Empty: all of the rasters.</source>
   <translation>Solo se aprende de esta parte. Vacío: de todos los rásteres enteros.</translation>
  </message>
  <message>
   <source>After each round it is decided whether the model got better; two refusals end the run.</source>
   <translation>Después de cada ronda se decide si el modelo mejoró; dos rechazos terminan el proceso.</translation>
  </message>
  <message>
   <source>All of it, preparing and checking included.</source>
   <translation>Todo junto, con preparación y comprobación incluidas.</translation>
  </message>
  <message>
   <source>How many metres a pixel stands for when the model practises. Empty: as in the raster.</source>
   <translation>Cuántos metros representa un píxel cuando el modelo practica. Vacío: como en el ráster.</translation>
  </message>
  <message>
   <source>Off: what was learned is kept in the list of adapters, and the old one stays in use.</source>
   <translation>Desactivado: lo aprendido se guarda en la lista de adaptadores y el anterior sigue en uso.</translation>
  </message>
  <message>
   <source>Result layers that are kept in files. Without them the model learns from its own check alone.</source>
   <translation>Capas de resultados guardadas en archivos. Sin ellas el modelo aprende solo de su propia comprobación.</translation>
  </message>
  <message>
   <source>No raster was chosen. Choose at least one.</source>
   <translation>No se eligió ningún ráster. Elija al menos uno.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Leave the area empty, or choose such rasters.</source>
   <translation>Una zona exige rásteres con el mismo SRC. Deje la zona vacía o elija rásteres así.</translation>
  </message>
  <message>
   <source>{layer} is not kept in a file. Save it to one, then its verdicts can be used.</source>
   <translation>{layer} no se guarda en un archivo. Guárdela en uno y entonces se podrán usar sus veredictos.</translation>
  </message>
  <message>
   <source>Name or folder of another model, or the address of one on a server, that scores the boxes. Empty: the model that finds them.</source>
   <translation>Nombre o carpeta de otro modelo, o la dirección de uno en un servidor, que puntúa los recuadros. Vacío: el modelo que los encuentra.</translation>
  </message>
  <message>
   <source>{boxes}; {windows} looked at, {blank} of them without data, {vetoed} skipped by the check.</source>
   <translation>{boxes}; {windows} en total, {blank} sin datos, {vetoed} omitidas por la comprobación previa.</translation>
  </message>
  <message>
   <source>Locate</source>
   <translation>Localizar</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster and scores every box.</source>
   <translation>Encuentra en un ráster lo que describe una frase y puntúa cada recuadro.</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster.

Write one question per line, for instance: all ships / the largest building / where could people take shelter from a flood?

Zoom: 'whole view at once' suits questions that need the overview; 'search in detail' cuts the raster into overlapping windows at the given metres per pixel; 'automatic' does both where it is worth it.

The model sees the bands and the contrast that the layer's style shows. Every box carries the score of an independent check (0 to 1), the reasoning, and where it came from. Keep low scores and filter later.</source>
   <translation>Encuentra en un ráster lo que describe una frase.

Escriba una pregunta por línea, por ejemplo: todos los barcos / el edificio más grande / ¿dónde podría la gente refugiarse de una inundación?

Zoom: «Toda la vista de una vez» conviene a las preguntas que necesitan una visión de conjunto; «Buscar en detalle» corta el ráster en ventanas solapadas con los metros por píxel indicados; «Automático» hace ambas cosas donde vale la pena.

El modelo ve las bandas y el contraste que muestra el estilo de la capa. Cada recuadro lleva la puntuación de una comprobación independiente (de 0 a 1), el razonamiento y su procedencia. Conserve las puntuaciones bajas y filtre después.</translation>
  </message>
  <message>
   <source>Metres per pixel for the search in detail</source>
   <translation>Metros por píxel para la búsqueda en detalle</translation>
  </message>
  <message>
   <source>Draw outlines instead of boxes</source>
   <translation>Dibujar contornos en lugar de recuadros</translation>
  </message>
  <message>
   <source>Overlap of windows</source>
   <translation>Solapamiento de las ventanas</translation>
  </message>
  <message>
   <source>Leave out boxes below this score</source>
   <translation>Omitir recuadros por debajo de esta puntuación</translation>
  </message>
  <message>
   <source>Context round a box for its score</source>
   <translation>Contexto alrededor de un recuadro para su puntuación</translation>
  </message>
  <message>
   <source>Skip windows that show nothing of the kind</source>
   <translation>Omitir las ventanas que no muestran nada parecido</translation>
  </message>
  <message>
   <source>Outlines with right angles</source>
   <translation>Contornos con ángulos rectos</translation>
  </message>
  <message>
   <source>Tolerance of outlines in metres</source>
   <translation>Tolerancia de los contornos en metros</translation>
  </message>
  <message>
   <source>How many metres a pixel of the windows stands for. Empty: as in the raster.</source>
   <translation>Cuántos metros representa un píxel de las ventanas. Vacío: como en el ráster.</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes; a model that draws outlines has to be here.</source>
   <translation>Polígonos de lo que hay en los recuadros; tiene que haber aquí un modelo que dibuje contornos.</translation>
  </message>
  <message>
   <source>Share of a window that its neighbour repeats, so that nothing is cut in two.</source>
   <translation>Parte de una ventana que repite su vecina, para que nada quede cortado en dos.</translation>
  </message>
  <message>
   <source>From 0 to 1. With 0 all boxes are written, to be filtered by their score later.</source>
   <translation>De 0 a 1. Con 0 se escriben todos los recuadros, para filtrarlos después por su puntuación.</translation>
  </message>
  <message>
   <source>Saves time. Turn it off for rare things that the check may not know from afar.</source>
   <translation>Ahorra tiempo. Desactívelo para cosas poco comunes que la comprobación quizá no reconozca de lejos.</translation>
  </message>
  <message>
   <source>Gives outlines right angles where that fits, as for buildings.</source>
   <translation>Da ángulos rectos a los contornos donde conviene, como en los edificios.</translation>
  </message>
  <message>
   <source>How far an outline may lie from the edge. Empty: half a pixel.</source>
   <translation>A qué distancia del borde puede quedar un contorno. Vacío: medio píxel.</translation>
  </message>
  <message>
   <source>find,detect,object,query,question,text,AI,box</source>
   <translation>encontrar,detectar,objeto,consulta,pregunta,texto,IA,recuadro</translation>
  </message>
  <message>
   <source>Where to look</source>
   <translation>Dónde buscar</translation>
  </message>
  <message>
   <source>Place a photograph's boxes by its camera (EXIF)</source>
   <translation>Situar los recuadros de una foto según su cámara (EXIF)</translation>
  </message>
  <message>
   <source>The camera's height above the ground in metres</source>
   <translation>Altura de la cámara sobre el suelo en metros</translation>
  </message>
  <message>
   <source>Number of boxes</source>
   <translation>Número de recuadros</translation>
  </message>
  <message>
   <source>Any raster that QGIS opens. The model sees its bands and contrast as the layer's style shows them. A map service is rendered first, and then needs EXTENT.</source>
   <translation>Cualquier ráster que abra QGIS. El modelo ve las bandas y el contraste como los muestra el estilo de la capa. Un servicio de mapas se dibuja primero, y entonces necesita EXTENT.</translation>
  </message>
  <message>
   <source>Only this part is searched. Empty: the whole raster.</source>
   <translation>Solo se busca en esta parte. Vacío: todo el ráster.</translation>
  </message>
  <message>
   <source>For a photograph without a place that says where its camera was and whither it looked. Its boxes are then in WGS 84, and only roughly right. Off: they are in pixels.</source>
   <translation>Para una foto sin georreferencia que dice dónde estaba su cámara y hacia dónde miraba. Sus recuadros están entonces en WGS 84 y solo son aproximados. Desactivado: están en píxeles.</translation>
  </message>
  <message>
   <source>Needed where the photograph does not say it. Empty: what it says.</source>
   <translation>Necesaria donde la foto no la dice. Vacío: la que dice la foto.</translation>
  </message>
  <message>
   <source>Polygons in the raster's CRS, with score (0 to 1), rank, label, reasoning, question, model and where each came from.</source>
   <translation>Polígonos en el SRC del ráster, con score (de 0 a 1), rank, label, reasoning, la pregunta, el modelo y la procedencia de cada uno.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) so far</source>
   <translation>
    <numerusform>%n recuadro hasta ahora</numerusform>
    <numerusform>%n recuadros hasta ahora</numerusform>
   </translation>
  </message>
  <message>
   <source>Locate in many rasters</source>
   <translation>Localizar en muchos rásteres</translation>
  </message>
  <message>
   <source>Finds what sentences describe in a folder, a list or a STAC item collection of rasters.</source>
   <translation>Encuentra lo que describen unas frases en una carpeta, una lista o una colección de ítems STAC de rásteres.</translation>
  </message>
  <message>
   <source>Asks the same questions over many rasters, one after the other: the chosen layers, all rasters of a folder, and the pictures of a STAC item collection. Each is searched as a whole. A mosaic (VRT) is one raster.

The boxes of all rasters come in one layer, with the raster in the column source. A second table says of every raster whether it was searched, how many boxes it has, and if it could not be searched, why.

When the run is broken off, start it again with the same parameters: rasters that were finished are not asked twice, and the one that was begun goes on where it was. A file that has changed is asked anew.</source>
   <translation>Hace las mismas preguntas a muchos rásteres, uno tras otro: las capas elegidas, todos los rásteres de una carpeta y las imágenes de una colección de ítems STAC. En cada uno se busca por entero. Un mosaico (VRT) es un solo ráster.

Los recuadros de todos los rásteres van a una capa, con el ráster en la columna source. Una segunda tabla dice de cada ráster si se buscó en él, cuántos recuadros tiene y, si no se pudo, por qué.

Si la búsqueda se interrumpe, iníciela de nuevo con los mismos parámetros: a los rásteres terminados no se les pregunta dos veces, y el que estaba empezado sigue donde estaba. Un archivo que ha cambiado se pregunta de nuevo.</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: its only or visual one)</source>
   <translation>Imagen de un ítem STAC (vacío: la única o «visual»)</translation>
  </message>
  <message>
   <source>Also a file of boxes beside each raster</source>
   <translation>También un archivo de recuadros junto a cada ráster</translation>
  </message>
  <message>
   <source>Ask also what was finished before</source>
   <translation>Preguntar también lo que ya estaba terminado</translation>
  </message>
  <message>
   <source>CRS of the boxes (empty: of the first raster)</source>
   <translation>SRC de los recuadros (vacío: el del primer ráster)</translation>
  </message>
  <message>
   <source>find,detect,object,query,folder,batch,mosaic,STAC,tiles,AI,box</source>
   <translation>encontrar,detectar,objeto,consulta,carpeta,lote,mosaico,STAC,teselas,IA,recuadro</translation>
  </message>
  <message>
   <source>Folder with rasters</source>
   <translation>Carpeta con rásteres</translation>
  </message>
  <message>
   <source>Also the folders in it</source>
   <translation>También las carpetas que contiene</translation>
  </message>
  <message>
   <source>STAC item collection (JSON)</source>
   <translation>Colección de ítems STAC (JSON)</translation>
  </message>
  <message>
   <source>What became of each raster</source>
   <translation>Qué pasó con cada ráster</translation>
  </message>
  <message>
   <source>Rasters that could not be searched</source>
   <translation>Rásteres en los que no se pudo buscar</translation>
  </message>
  <message>
   <source>Layers whose rasters are files. The model sees them as their style shows them.</source>
   <translation>Capas cuyos rásteres son archivos. El modelo los ve como los muestra su estilo.</translation>
  </message>
  <message>
   <source>All rasters in it are searched. A mosaic (VRT) is left out where there are other rasters.</source>
   <translation>Se busca en todos los rásteres que contiene. Un mosaico (VRT) se omite donde hay otros rásteres.</translation>
  </message>
  <message>
   <source>Off: only what lies in the folder itself is searched.</source>
   <translation>Desactivado: solo se busca en lo que está en la propia carpeta.</translation>
  </message>
  <message>
   <source>A JSON file with a STAC item, or a collection of items. Pictures on the network need NETWORK.</source>
   <translation>Un archivo JSON con un ítem STAC o una colección de ítems. Las imágenes de la red necesitan NETWORK.</translation>
  </message>
  <message>
   <source>The key of an item's asset, such as “visual”.</source>
   <translation>La clave de un recurso (asset) del ítem, como «visual».</translation>
  </message>
  <message>
   <source>Each raster gets its own boxes in a file beside it.</source>
   <translation>Cada ráster recibe sus propios recuadros en un archivo junto a él.</translation>
  </message>
  <message>
   <source>Off: rasters that were finished with the same questions and settings are not asked twice.</source>
   <translation>Desactivado: a los rásteres terminados con las mismas preguntas y opciones no se les pregunta dos veces.</translation>
  </message>
  <message>
   <source>The boxes of all rasters are brought into it. Empty: the CRS of the first raster with boxes.</source>
   <translation>Los recuadros de todos los rásteres se llevan a él. Vacío: el SRC del primer ráster con recuadros.</translation>
  </message>
  <message>
   <source>The boxes of all rasters, with score (0 to 1), rank, label, reasoning, question and model. The column source says which raster each came from.</source>
   <translation>Los recuadros de todos los rásteres, con score (de 0 a 1), rank, label, reasoning, la pregunta y el modelo. La columna source dice de qué ráster viene cada uno.</translation>
  </message>
  <message>
   <source>A table without geometry: of each raster whether it was searched, how many boxes it has, and if it could not be searched, why.</source>
   <translation>Una tabla sin geometría: de cada ráster, si se buscó en él, cuántos recuadros tiene y, si no se pudo, por qué.</translation>
  </message>
  <message>
   <source>There is no raster to search: choose layers, a folder or a STAC item collection.</source>
   <translation>No hay ningún ráster en el que buscar: elija capas, una carpeta o una colección de ítems STAC.</translation>
  </message>
  <message>
   <source>Cancelled. Start it again with the same parameters, and it goes on.</source>
   <translation>Cancelada. Iníciela de nuevo con los mismos parámetros y la búsqueda continúa.</translation>
  </message>
  <message>
   <source>It was searched before, and is not asked again.</source>
   <translation>Ya se había buscado en él y no se vuelve a preguntar.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) in {rasters} rasters; {failed} could not be searched.</source>
   <translation>
    <numerusform>%n recuadro en {rasters} rásteres; no se pudo buscar en {failed}.</numerusform>
    <numerusform>%n recuadros en {rasters} rásteres; no se pudo buscar en {failed}.</numerusform>
   </translation>
  </message>
  <message>
   <source>It lies on the network, which was not allowed.</source>
   <translation>Está en la red, lo que no se permitió.</translation>
  </message>
  <message>
   <source>Raster {number} of {total}: {name}</source>
   <translation>Ráster {number} de {total}: {name}</translation>
  </message>
  <message>
   <source>Nothing can be written to {path}. Choose another output.</source>
   <translation>No se puede escribir en {path}. Elija otra salida.</translation>
  </message>
  <message>
   <source>{path} holds other layers ({layers}), which would be lost. Choose another output, or save to a GeoPackage, which adds a layer.</source>
   <translation>{path} contiene otras capas ({layers}) que se perderían. Elija otra salida o guarde en un GeoPackage, lo que añade una capa.</translation>
  </message>
  <message>
   <source>{path} is what is being read, and would be lost. Choose another output.</source>
   <translation>{path} es lo que se está leyendo y se perdería. Elija otra salida.</translation>
  </message>
  <message>
   <source>{path} is open in QGIS or in another program. Remove its layers from the project, or choose another output.</source>
   <translation>{path} está abierto en QGIS o en otro programa. Quite sus capas del proyecto o elija otra salida.</translation>
  </message>
  <message>
   <source>{boxes} of {things} in {scenes}; {failed} could not be searched.</source>
   <translation>{boxes} de {things} en {scenes}; no se pudo buscar en {failed}.</translation>
  </message>
  <message>
   <source>Scan an archive</source>
   <translation>Buscar en un repositorio de escenas</translation>
  </message>
  <message>
   <source>Finds what sentences describe in thousands of scenes, several at a time.</source>
   <translation>Encuentra lo que describen unas frases en miles de escenas, varias a la vez.</translation>
  </message>
  <message>
   <source>Asks the same questions of all scenes of an archive: a folder, a list, a mosaic (VRT), or a STAC catalogue or collection. Several processes work side by side, on this machine or on a cluster.

What was found comes as one layer. Its actions show one scene, one day or all; the temporal controller shows each box when its scene was taken. One thing that several scenes show has one number in the column thing, and is one feature in the layer found of the same file.

When the run is broken off, start it again with the same parameters and the same folder: no finished window is asked twice. A scene that can't be read does not stop the others.

The engine needs Ray for it, which is installed beside it once; the manual says how.</source>
   <translation>Hace las mismas preguntas a todas las escenas de un repositorio: una carpeta, una lista, un mosaico (VRT) o un catálogo o colección STAC. Varios procesos trabajan en paralelo, en este equipo o en un clúster.

Lo encontrado llega como una sola capa. Sus acciones muestran una escena, un día o todo; el controlador temporal muestra cada recuadro cuando se tomó su escena. Una cosa que muestran varias escenas tiene un solo número en la columna thing y es un solo objeto en la capa found del mismo archivo.

Si la búsqueda se interrumpe, iníciela de nuevo con los mismos parámetros y la misma carpeta: a ninguna ventana terminada se le pregunta dos veces. Una escena que no se puede leer no detiene a las demás.

El motor necesita Ray para ello, que se instala una vez junto a él; el manual explica cómo.</translation>
  </message>
  <message>
   <source>The scan has ended, and its results are not on this computer: the engine wrote them to {folder} on its own. Open {file} from there.</source>
   <translation>La búsqueda ha terminado y sus resultados no están en este equipo: el motor los escribió en {folder}, en el suyo. Abra {file} desde allí.</translation>
  </message>
  <message numerus="yes">
   <source>%n thing(s)</source>
   <translation>
    <numerusform>%n cosa</numerusform>
    <numerusform>%n cosas</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n scene(s)</source>
   <translation>
    <numerusform>%n escena</numerusform>
    <numerusform>%n escenas</numerusform>
   </translation>
  </message>
  <message>
   <source>find,detect,object,query,STAC,catalogue,folder,batch,big,Ray,AI,box</source>
   <translation>encontrar,detectar,objeto,consulta,STAC,catálogo,carpeta,lote,grande,Ray,IA,recuadro</translation>
  </message>
  <message>
   <source>Folder with scenes</source>
   <translation>Carpeta con escenas</translation>
  </message>
  <message>
   <source>Or a list, mosaic or catalogue, or its address</source>
   <translation>O una lista, un mosaico o un catálogo, o su dirección</translation>
  </message>
  <message>
   <source>Only scenes that meet this</source>
   <translation>Solo escenas que toquen esta zona</translation>
  </message>
  <message>
   <source>Only scenes taken from</source>
   <translation>Solo escenas tomadas desde</translation>
  </message>
  <message>
   <source>Only scenes taken until</source>
   <translation>Solo escenas tomadas hasta</translation>
  </message>
  <message>
   <source>Most cloud cover in percent</source>
   <translation>Nubosidad máxima en porcentaje</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: the one that looks like it)</source>
   <translation>Imagen de un ítem STAC (vacío: la que lo parece)</translation>
  </message>
  <message>
   <source>At most so many scenes</source>
   <translation>Como máximo tantas escenas</translation>
  </message>
  <message>
   <source>Processes that search</source>
   <translation>Procesos que buscan</translation>
  </message>
  <message>
   <source>Cores of each</source>
   <translation>Núcleos de cada uno</translation>
  </message>
  <message>
   <source>Price of an hour of this hardware</source>
   <translation>Precio de una hora de este hardware</translation>
  </message>
  <message>
   <source>Load what was found</source>
   <translation>Cargar lo encontrado</translation>
  </message>
  <message>
   <source>Folder of the results</source>
   <translation>Carpeta de los resultados</translation>
  </message>
  <message>
   <source>What each scene shows</source>
   <translation>Lo que muestra cada escena</translation>
  </message>
  <message>
   <source>Map and tables</source>
   <translation>Mapa y tablas</translation>
  </message>
  <message>
   <source>Number of things, each counted once</source>
   <translation>Número de cosas, cada una contada una vez</translation>
  </message>
  <message>
   <source>Scenes that could not be searched</source>
   <translation>Escenas en las que no se pudo buscar</translation>
  </message>
  <message>
   <source>All rasters in it and below it are scenes.</source>
   <translation>Todos los rásteres que hay en ella y en sus subcarpetas son escenas.</translation>
  </message>
  <message>
   <source>A text or CSV file of rasters, a VRT, a STAC item collection or catalogue (JSON, or items as GeoParquet), or an address of one, which needs NETWORK. Give this or FOLDER.</source>
   <translation>Un archivo de texto o CSV con rásteres, un VRT, una colección de ítems o un catálogo STAC (JSON, o ítems como GeoParquet), o la dirección de uno, que necesita NETWORK. Indique esto o FOLDER.</translation>
  </message>
  <message>
   <source>Scenes that lie elsewhere are left out. Empty: all of them.</source>
   <translation>Se omiten las escenas que están en otra parte. Vacío: todas.</translation>
  </message>
  <message>
   <source>Scenes that were taken before this day are left out. Empty: all of them.</source>
   <translation>Se omiten las escenas tomadas antes de este día. Vacío: todas.</translation>
  </message>
  <message>
   <source>Scenes that were taken after this day are left out. Empty: all of them.</source>
   <translation>Se omiten las escenas tomadas después de este día. Vacío: todas.</translation>
  </message>
  <message>
   <source>Scenes with more clouds are left out. Empty: all of them.</source>
   <translation>Se omiten las escenas con más nubes. Vacío: todas.</translation>
  </message>
  <message>
   <source>To try it out on a few. Empty: all scenes.</source>
   <translation>Para probarlo con unas pocas. Vacío: todas las escenas.</translation>
  </message>
  <message>
   <source>Each holds the model in memory. Empty: one for each GPU, or for each core where there is none.</source>
   <translation>Cada uno tiene el modelo en memoria. Vacío: uno por cada GPU, o por cada núcleo donde no hay ninguna.</translation>
  </message>
  <message>
   <source>How many cores each of them computes on where there is no GPU.</source>
   <translation>Con cuántos núcleos calcula cada uno donde no hay GPU.</translation>
  </message>
  <message>
   <source>In any currency; the messages then say what the rest will cost. Empty: nobody asks.</source>
   <translation>En cualquier moneda; los mensajes dicen entonces cuánto costará el resto. Vacío: nadie lo pregunta.</translation>
  </message>
  <message>
   <source>Off: the results are written and not added to the project.</source>
   <translation>Desactivado: los resultados se escriben y no se añaden al proyecto.</translation>
  </message>
  <message>
   <source>A folder for this archive and these questions. One that holds a part of the same scan is gone on with. It gets found.gpkg, map.html, and tables of all scenes and boxes.</source>
   <translation>Una carpeta para este repositorio y estas preguntas. Si contiene una parte de la misma búsqueda, esta se continúa. Recibe found.gpkg, map.html y tablas de todas las escenas y recuadros.</translation>
  </message>
  <message>
   <source>Say where the scenes are: choose a folder, or a list or catalogue; one of the two.</source>
   <translation>Indique dónde están las escenas: elija una carpeta, o una lista o un catálogo; una de las dos cosas.</translation>
  </message>
  <message>
   <source>The results lie in {folder}, which is gone when QGIS ends. Choose a folder to keep them, and to go on when the scan is broken off.</source>
   <translation>Los resultados están en {folder}, que desaparece cuando QGIS se cierra. Elija una carpeta para conservarlos y para continuar si la búsqueda se interrumpe.</translation>
  </message>
  <message>
   <source>Verify features</source>
   <translation>Verificar objetos espaciales</translation>
  </message>
  <message>
   <source>Scores existing polygons by how well the raster shows what a sentence describes.</source>
   <translation>Puntúa polígonos existentes según lo bien que el ráster muestra lo que describe una frase.</translation>
  </message>
  <message>
   <source>Looks at the raster under each polygon and says, from 0 to 1, how well it shows what the sentence describes. Useful to check an older map against a newer image, or the output of another detector.

All polygons and attributes are kept; the columns rz_score, rz_query and rz_model are added. A polygon beside the raster or over missing data gets no score.</source>
   <translation>Mira el ráster bajo cada polígono y dice, de 0 a 1, lo bien que muestra lo que describe la frase. Útil para contrastar un mapa antiguo con una imagen más reciente o el resultado de otro detector.

Se conservan todos los polígonos y atributos; se añaden las columnas rz_score, rz_query y rz_model. Un polígono fuera del ráster o sobre datos ausentes no recibe puntuación.</translation>
  </message>
  <message>
   <source>The polygons can't be written to {path} ({reason}). Free some disk space and try again.</source>
   <translation>Los polígonos no se pueden escribir en {path} ({reason}). Libere espacio en disco e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>The engine's answer names a polygon {id}, which was not handed over. Update the engine.</source>
   <translation>La respuesta del motor nombra un polígono {id} que no se le entregó. Actualice el motor.</translation>
  </message>
  <message>
   <source>Context round a polygon</source>
   <translation>Contexto alrededor de un polígono</translation>
  </message>
  <message>
   <source>score,check,quality,polygon,map update,AI</source>
   <translation>puntuación,comprobación,calidad,polígono,actualización de mapas,IA</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>Polígonos</translation>
  </message>
  <message>
   <source>What the polygons should show</source>
   <translation>Lo que deberían mostrar los polígonos</translation>
  </message>
  <message>
   <source>Scored polygons</source>
   <translation>Polígonos puntuados</translation>
  </message>
  <message>
   <source>The polygons to check, in any CRS. All of them and all their attributes are kept.</source>
   <translation>Los polígonos que se comprueban, en cualquier SRC. Se conservan todos con todos sus atributos.</translation>
  </message>
  <message>
   <source>The image to look at, as its layer's style shows it.</source>
   <translation>La imagen que se mira, como la muestra el estilo de su capa.</translation>
  </message>
  <message>
   <source>One sentence that is right for a good polygon, such as “a building”.</source>
   <translation>Una frase que es cierta para un buen polígono, como «un edificio».</translation>
  </message>
  <message>
   <source>How much round a polygon is looked at as well, as a share of its longer side.</source>
   <translation>Cuánto alrededor de un polígono se mira también, como parte de su lado más largo.</translation>
  </message>
  <message>
   <source>The polygons with rz_score (0 to 1, empty where the raster has no data), rz_query and rz_model.</source>
   <translation>Los polígonos con rz_score (de 0 a 1, vacío donde el ráster no tiene datos), rz_query y rz_model.</translation>
  </message>
  <message>
   <source>The sentence is empty. Write what the polygons should show.</source>
   <translation>La frase está vacía. Escriba lo que deberían mostrar los polígonos.</translation>
  </message>
  <message numerus="yes">
   <source>%n polygon(s) scored, {without} over missing data.</source>
   <translation>
    <numerusform>%n polígono puntuado, {without} sobre datos ausentes.</numerusform>
    <numerusform>%n polígonos puntuados, {without} sobre datos ausentes.</numerusform>
   </translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the token for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>La base de datos de autenticación de QGIS no aceptó el token para {url}. Abra Configuración &gt; Opciones &gt; Autenticación, establezca la contraseña maestra e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>Looking for a graphics driver…</source>
   <translation>Buscando un controlador gráfico…</translation>
  </message>
  <message>
   <source>No NVIDIA driver was found.</source>
   <translation>No se encontró ningún controlador de NVIDIA.</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>Procesador (CPU)</translation>
  </message>
  <message>
   <source>NVIDIA GPU</source>
   <translation>GPU NVIDIA</translation>
  </message>
  <message>
   <source>{need} needed on this disk while installing, {free} free.</source>
   <translation>Se necesitan {need} en este disco durante la instalación; hay {free} libres.</translation>
  </message>
  <message>
   <source>{need} are needed on this disk, and only {free} are free. Choose another folder below.</source>
   <translation>Se necesitan {need} en este disco y solo quedan {free} libres. Elija otra carpeta abajo.</translation>
  </message>
  <message>
   <source>{name} with {memory}, driver for CUDA {major}.{minor}.</source>
   <translation>{name} con {memory}, controlador para CUDA {major}.{minor}.</translation>
  </message>
  <message>
   <source>For this system only the CPU build can be installed from here; use an existing runtime.</source>
   <translation>Para este sistema solo se puede instalar desde aquí la versión para CPU; use un entorno de ejecución existente.</translation>
  </message>
  <message>
   <source>The driver is too old for this build: update it first.</source>
   <translation>El controlador es demasiado antiguo para esta versión: actualícelo primero.</translation>
  </message>
  <message>
   <source>Works on every computer; large models are slow.</source>
   <translation>Funciona en cualquier equipo; los modelos grandes son lentos.</translation>
  </message>
  <message>
   <source>Downloads about {size}.</source>
   <translation>Descarga unos {size}.</translation>
  </message>
  <message>
   <source>{path} is not a whole RemoteZero bundle: {reason}. Copy it again from where it was made.</source>
   <translation>{path} no es un paquete de RemoteZero completo: {reason}. Cópielo de nuevo desde donde se creó.</translation>
  </message>
  <message>
   <source>Engine {version} for {platform}, Python {python}, {accelerator}; {models}; {size}</source>
   <translation>Motor {version} para {platform}, Python {python}, {accelerator}; {models}; {size}</translation>
  </message>
  <message>
   <source>{path} is made for {theirs}, and this computer is {ours}. Choose the bundle for {ours}.</source>
   <translation>{path} está hecho para {theirs} y este equipo es {ours}. Elija el paquete para {ours}.</translation>
  </message>
  <message>
   <source>no models</source>
   <translation>ningún modelo</translation>
  </message>
  <message>
   <source>The bundle can't be unpacked into {folder} ({reason}). Choose another data folder.</source>
   <translation>El paquete no se puede descomprimir en {folder} ({reason}). Elija otra carpeta de datos.</translation>
  </message>
  <message>
   <source>format {number} is not known here</source>
   <translation>el formato {number} no se conoce aquí</translation>
  </message>
  <message>
   <source>it holds the file name {name}</source>
   <translation>contiene el nombre de archivo {name}</translation>
  </message>
  <message>
   <source>Checking and unpacking the bundle</source>
   <translation>Comprobando y descomprimiendo el paquete</translation>
  </message>
  <message>
   <source>{name} is not what it was</source>
   <translation>{name} ya no es lo que era</translation>
  </message>
  <message>
   <source>The program {program} can't be started: {reason}. Choose an existing runtime or another folder.</source>
   <translation>No se puede iniciar el programa {program}: {reason}. Elija un entorno de ejecución existente u otra carpeta.</translation>
  </message>
  <message>
   <source>Engine {version} {build}, run by {python}</source>
   <translation>Motor {version} {build}, ejecutado por {python}</translation>
  </message>
  <message>
   <source>The part that searches is installed once, on this computer. Nothing inside QGIS is changed, no administrator rights are needed, and your imagery never leaves the machine.</source>
   <translation>La parte que busca se instala una vez, en este equipo. No cambia nada dentro de QGIS, no hacen falta derechos de administrador y sus imágenes nunca salen del equipo.</translation>
  </message>
  <message>
   <source>Something to search in:</source>
   <translation>Algo donde buscar:</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Más</translation>
  </message>
  <message>
   <source>Data folder of RemoteZero</source>
   <translation>Carpeta de datos de RemoteZero</translation>
  </message>
  <message>
   <source>as pip is configured</source>
   <translation>como esté configurado pip</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: the engine reads it from there. Map services that QGIS draws are not meant: they are rendered by QGIS.</source>
   <translation>Desactivado: un ráster que lleva a un servidor se rechaza y no se pregunta a ese servidor. Activado: el motor lo lee de allí. No se refiere a los servicios de mapas que dibuja QGIS: esos los representa QGIS.</translation>
  </message>
  <message>
   <source>Import an offline bundle…</source>
   <translation>Importar un paquete sin conexión…</translation>
  </message>
  <message>
   <source>Use an existing runtime…</source>
   <translation>Usar un entorno de ejecución existente…</translation>
  </message>
  <message>
   <source>Copy a report for support</source>
   <translation>Copiar un informe para soporte</translation>
  </message>
  <message>
   <source>Remove the engine</source>
   <translation>Quitar el motor</translation>
  </message>
  <message>
   <source>Set up RemoteZero</source>
   <translation>Configurar RemoteZero</translation>
  </message>
  <message>
   <source>RemoteZero is ready</source>
   <translation>RemoteZero está listo</translation>
  </message>
  <message>
   <source>for the processor</source>
   <translation>para el procesador</translation>
  </message>
  <message>
   <source>for the NVIDIA GPU</source>
   <translation>para la GPU NVIDIA</translation>
  </message>
  <message>
   <source>Data folder (environment, models, adapters, results):</source>
   <translation>Carpeta de datos (entorno, modelos, adaptadores, resultados):</translation>
  </message>
  <message>
   <source>Further package index</source>
   <translation>Índice de paquetes adicional</translation>
  </message>
  <message>
   <source>The engine needs Python {versions} that can make environments; found: {found}. Install it (on Debian and Ubuntu: python3-venv), or choose an existing runtime.</source>
   <translation>El motor necesita Python {versions} capaz de crear entornos; encontrado: {found}. Instálelo (en Debian y Ubuntu: python3-venv) o elija un entorno de ejecución existente.</translation>
  </message>
  <message>
   <source>Installing packages</source>
   <translation>Instalando paquetes</translation>
  </message>
  <message>
   <source>Installing the engine</source>
   <translation>Instalando el motor</translation>
  </message>
  <message>
   <source>Starting it for the first time</source>
   <translation>Iniciándolo por primera vez</translation>
  </message>
  <message>
   <source>Looking at disk and Python</source>
   <translation>Mirando el disco y Python</translation>
  </message>
  <message>
   <source>Installed</source>
   <translation>Instalado</translation>
  </message>
  <message>
   <source>Fetching uv</source>
   <translation>Obteniendo uv</translation>
  </message>
  <message>
   <source>Making the environment</source>
   <translation>Creando el entorno</translation>
  </message>
  <message>
   <source>Making an environment with {tool}</source>
   <translation>Creando un entorno con {tool}</translation>
  </message>
  <message>
   <source>Another QGIS window is installing into this folder. Wait until it has finished, then try again.</source>
   <translation>Otra ventana de QGIS está instalando en esta carpeta. Espere a que termine e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>PyTorch {version} does not see the GPU: the driver may be too old. The CPU is used.</source>
   <translation>PyTorch {version} no ve la GPU: quizá el controlador sea demasiado antiguo. Se usa la CPU.</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>no instalado</translation>
  </message>
  <message>
   <source>default</source>
   <translation>predeterminado</translation>
  </message>
  <message>
   <source>used where it is</source>
   <translation>se usa donde está</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>instalado</translation>
  </message>
  <message>
   <source>its disk is not there</source>
   <translation>su disco no está</translation>
  </message>
  <message>
   <source>{share} % has come</source>
   <translation>ha llegado el {share} %</translation>
  </message>
  <message>
   <source>{name}: outlines</source>
   <translation>{name}: contornos</translation>
  </message>
  <message>
   <source>{licence} (no commercial use)</source>
   <translation>{licence} (sin uso comercial)</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} de {total}</translation>
  </message>
  <message>
   <source>or another one: owner/repository, owner/repository@revision</source>
   <translation>u otro: propietario/repositorio, propietario/repositorio@revisión</translation>
  </message>
  <message>
   <source>Repository of a model</source>
   <translation>Repositorio de un modelo</translation>
  </message>
  <message>
   <source>access token, for models that ask for one; it is not stored</source>
   <translation>clave de acceso, para modelos que la piden; no se guarda</translation>
  </message>
  <message>
   <source>Access token</source>
   <translation>Clave de acceso</translation>
  </message>
  <message>
   <source>Get</source>
   <translation>Obtener</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>Añadir una carpeta…</translation>
  </message>
  <message>
   <source>and leave it where it is</source>
   <translation>y dejarlo donde está</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Quitar</translation>
  </message>
  <message>
   <source>Remove {name}? What was learned with it stays, and counts again once it is back.</source>
   <translation>¿Quitar {name}? Lo aprendido con él se conserva y vuelve a valer cuando regrese.</translation>
  </message>
  <message>
   <source>The small model that comes with the engine is always there; larger ones see more. Models are checked file by file. Memory is an estimate for a GPU.</source>
   <translation>El modelo pequeño que viene con el motor está siempre; los mayores ven más. Los modelos se comprueban archivo por archivo. La memoria es una estimación para una GPU.</translation>
  </message>
  <message>
   <source>Folder of a model</source>
   <translation>Carpeta de un modelo</translation>
  </message>
  <message>
   <source>Install the engine first: it lists, gets and checks the models.</source>
   <translation>Instale primero el motor: lista, obtiene y comprueba los modelos.</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>Quitarlo</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Estado</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Licencia</translation>
  </message>
  <message>
   <source>Memory to find</source>
   <translation>Memoria para buscar</translation>
  </message>
  <message>
   <source>to learn</source>
   <translation>para aprender</translation>
  </message>
  <message>
   <source>{name} was removed.</source>
   <translation>{name} se quitó.</translation>
  </message>
  <message>
   <source>Adding {name}</source>
   <translation>Añadiendo {name}</translation>
  </message>
  <message>
   <source>I accept this licence</source>
   <translation>Acepto esta licencia</translation>
  </message>
  <message>
   <source>Cancelled. What has come so far is kept, and Get goes on with it.</source>
   <translation>Cancelado. Lo que ha llegado se conserva, y «Obtener» sigue con ello.</translation>
  </message>
  <message>
   <source>Getting {name}</source>
   <translation>Obteniendo {name}</translation>
  </message>
  <message>
   <source>Its folder stays: {folder}</source>
   <translation>Su carpeta se conserva: {folder}</translation>
  </message>
  <message>
   <source>{name} can be chosen in the panel now.</source>
   <translation>{name} ya se puede elegir en el panel.</translation>
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
   <translation>Otro equipo</translation>
  </message>
  <message>
   <source>{need} are needed in {folder}, and {free} are free. Free some space, or choose another disk.</source>
   <translation>Se necesitan {need} en {folder} y hay {free} libres. Libere espacio o elija otro disco.</translation>
  </message>
  <message>
   <source>A part of the plugin is missing or damaged. Install the plugin again from its zip file.</source>
   <translation>Una parte del complemento falta o está dañada. Instálelo de nuevo desde su archivo zip.</translation>
  </message>
  <message>
   <source>The data folder {folder} can't be written to ({reason}). Choose another one.</source>
   <translation>No se puede escribir en la carpeta de datos {folder} ({reason}). Elija otra.</translation>
  </message>
  <message>
   <source>{step} failed: {reason}. Copy the report and send it with your question.</source>
   <translation>Falló el paso «{step}»: {reason}. Copie el informe y envíelo con su pregunta.</translation>
  </message>
  <message>
   <source>The disk is full. Free some space, or choose a data folder on another disk.</source>
   <translation>El disco está lleno. Libere espacio o elija una carpeta de datos en otro disco.</translation>
  </message>
  <message>
   <source>A downloaded file is not the one this version was tested with, so it was thrown away. Try again; if it happens again, a proxy or a package mirror changes files on the way.</source>
   <translation>Un archivo descargado no es el que se probó con esta versión y se descartó. Inténtelo de nuevo; si vuelve a ocurrir, un proxy o un espejo de paquetes cambia los archivos por el camino.</translation>
  </message>
  <message>
   <source>The proxy wants a user name and password. Enter them in QGIS's network options.</source>
   <translation>El proxy pide usuario y contraseña. Escríbalos en las opciones de red de QGIS.</translation>
  </message>
  <message>
   <source>The server's certificate is not trusted. If your organisation inspects traffic, add its certificate to the system's store. Certificate checks are never switched off.</source>
   <translation>No se confía en el certificado del servidor. Si su organización inspecciona el tráfico, añada su certificado al almacén del sistema. La comprobación de certificados no se desactiva nunca.</translation>
  </message>
  <message>
   <source>The proxy can't be reached. Check it in QGIS's network options.</source>
   <translation>No se puede llegar al proxy. Compruébelo en las opciones de red de QGIS.</translation>
  </message>
  <message>
   <source>This computer has no connection to the internet. Connect it and try again, or bring an offline bundle that was made on another computer, and import it here.</source>
   <translation>Este equipo no tiene conexión a internet. Conéctelo e inténtelo de nuevo, o traiga un paquete sin conexión hecho en otro equipo e impórtelo aquí.</translation>
  </message>
  <message>
   <source>The download took too long. Try again: what is already there is kept.</source>
   <translation>La descarga tardó demasiado. Inténtelo de nuevo: lo que ya está se conserva.</translation>
  </message>
  <message>
   <source>The connection was broken off. Try again: what is already there is kept.</source>
   <translation>La conexión se cortó. Inténtelo de nuevo: lo que ya está se conserva.</translation>
  </message>
  <message>
   <source>The small download is not offered where this computer gets its packages. The large one, made for NVIDIA graphics cards, works without such a card as well; or import an offline bundle.</source>
   <translation>La descarga pequeña no se ofrece donde este equipo obtiene sus paquetes. La grande, hecha para tarjetas gráficas NVIDIA, funciona también sin ellas; o importe un paquete sin conexión.</translation>
  </message>
  <message>
   <source>A package has no build for this system and Python. Choose an existing runtime with Python 3.11.</source>
   <translation>Un paquete no tiene versión para este sistema y este Python. Elija un entorno de ejecución existente con Python 3.11.</translation>
  </message>
  <message>
   <source>The Python that was found can't make environments. On Debian and Ubuntu install python3-venv; elsewhere choose an existing runtime.</source>
   <translation>El Python encontrado no puede crear entornos. En Debian y Ubuntu instale python3-venv; en otros sistemas elija un entorno de ejecución existente.</translation>
  </message>
  <message>
   <source>The path of the data folder is too long for Windows. Choose a shorter one.</source>
   <translation>La ruta de la carpeta de datos es demasiado larga para Windows. Elija una más corta.</translation>
  </message>
  <message>
   <source>A file is in use. Close other QGIS windows and stop the engine, then try again.</source>
   <translation>Hay un archivo en uso. Cierre otras ventanas de QGIS, detenga el motor e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>The data folder can't be written to. Choose another one.</source>
   <translation>No se puede escribir en la carpeta de datos. Elija otra.</translation>
  </message>
  <message>
   <source>The computer ran out of memory. Close other programs and try again.</source>
   <translation>El equipo se quedó sin memoria. Cierre otros programas e inténtelo de nuevo.</translation>
  </message>
  <message>
   <source>The installed packages don't start on this system. Choose an existing runtime.</source>
   <translation>Los paquetes instalados no arrancan en este sistema. Elija un entorno de ejecución existente.</translation>
  </message>
  <message>
   <source>The installation was cancelled. Nothing was changed.</source>
   <translation>La instalación se canceló. No se ha cambiado nada.</translation>
  </message>
  <message>
   <source>no output</source>
   <translation>sin salida</translation>
  </message>
  <message>
   <source>Show details</source>
   <translation>Mostrar detalles</translation>
  </message>
  <message>
   <source>Log of the installation</source>
   <translation>Registro de la instalación</translation>
  </message>
  <message>
   <source>Cancelling…</source>
   <translation>Cancelando…</translation>
  </message>
  <message>
   <source>Hide details</source>
   <translation>Ocultar detalles</translation>
  </message>
  <message>
   <source>One computer with a GPU can serve the whole building. Rasters must lie where both computers find them under the same path.</source>
   <translation>Un solo equipo con GPU puede servir a todo el edificio. Los rásteres deben estar donde ambos equipos los encuentren con la misma ruta.</translation>
  </message>
  <message>
   <source>Connected: engine {version} on {device}.</source>
   <translation>Conectado: motor {version} en {device}.</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>Conectar</translation>
  </message>
  <message>
   <source>Use this computer</source>
   <translation>Usar este equipo</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>The engine on this computer is used from now on.</source>
   <translation>A partir de ahora se usa el motor de este equipo.</translation>
  </message>
  <message>
   <source>Connected. The address is not https, so the token and the answers travel in the clear.</source>
   <translation>Conectado. La dirección no es https, así que el token y las respuestas viajan sin cifrar.</translation>
  </message>
  <message>
   <source>stored</source>
   <translation>guardado</translation>
  </message>
  <message>
   <source>{python} has the packages but not the engine. Install remotezero-engine into it first.</source>
   <translation>{python} tiene los paquetes pero no el motor. Instale primero remotezero-engine en él.</translation>
  </message>
  <message>
   <source>{python} does not have what the engine needs: {reason}. Choose another Python.</source>
   <translation>{python} no tiene lo que el motor necesita: {reason}. Elija otro Python.</translation>
  </message>
  <message>
   <source>Removing the engine</source>
   <translation>Quitando el motor</translation>
  </message>
  <message>
   <source>Something unexpected happened ({reason}). Copy the report and send it with your question.</source>
   <translation>Ocurrió algo inesperado ({reason}). Copie el informe y envíelo con su pregunta.</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>sin respuesta</translation>
  </message>
  <message>
   <source>The engine is installed.</source>
   <translation>El motor está instalado.</translation>
  </message>
  <message>
   <source>The existing runtime is used from now on.</source>
   <translation>A partir de ahora se usa el entorno de ejecución existente.</translation>
  </message>
  <message>
   <source>The engine was removed. Models, adapters and results are still there.</source>
   <translation>Se quitó el motor. Los modelos, adaptadores y resultados siguen ahí.</translation>
  </message>
  <message>
   <source>The engine is installed from the bundle. New models: {models}.</source>
   <translation>El motor se instaló desde el paquete. Modelos nuevos: {models}.</translation>
  </message>
  <message>
   <source>Installing the RemoteZero engine</source>
   <translation>Instalando el motor de RemoteZero</translation>
  </message>
  <message>
   <source>Install ({size})</source>
   <translation>Instalar ({size})</translation>
  </message>
  <message>
   <source>Install again ({size})</source>
   <translation>Instalar de nuevo ({size})</translation>
  </message>
  <message>
   <source>The report is on the clipboard. Look through it before you send it.</source>
   <translation>El informe está en el portapapeles. Revíselo antes de enviarlo.</translation>
  </message>
  <message>
   <source>Offline bundle</source>
   <translation>Paquete sin conexión</translation>
  </message>
  <message>
   <source>Importing the RemoteZero bundle</source>
   <translation>Importando el paquete de RemoteZero</translation>
  </message>
  <message>
   <source>Python of the existing runtime</source>
   <translation>Python del entorno de ejecución existente</translation>
  </message>
  <message>
   <source>Choose another folder…</source>
   <translation>Elegir otra carpeta…</translation>
  </message>
  <message>
   <source>Open the network options</source>
   <translation>Abrir las opciones de red</translation>
  </message>
  <message>
   <source>Copy the report</source>
   <translation>Copiar el informe</translation>
  </message>
  <message>
   <source>RemoteZero bundles</source>
   <translation>Paquetes de RemoteZero</translation>
  </message>
  <message>
   <source>Looking at {path}</source>
   <translation>Mirando {path}</translation>
  </message>
  <message>
   <source>Take the large one ({size})</source>
   <translation>Tomar la grande ({size})</translation>
  </message>
  <message>
   <source>From {bundle}, without a network.</source>
   <translation>De {bundle}, sin red.</translation>
  </message>
 </context>
</TS>
