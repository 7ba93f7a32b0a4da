<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>RemoteZero</name>
  <message>
   <source>The engine tells of the run in a way that this version of the plugin does not understand. Update the engine in the settings, then load the run from “Earlier runs”.</source>
   <translation>Die Engine berichtet von der Suche auf eine Weise, die diese Version des Plugins nicht versteht. Aktualisieren Sie die Engine in den Einstellungen und laden Sie die Suche dann über „Frühere Suchen“.</translation>
  </message>
  <message>
   <source>The engine answered {method} {path} with something that is not JSON: {start}. Is another program listening at this address? Check the engine's address in the settings.</source>
   <translation>Die Engine hat auf {method} {path} mit etwas geantwortet, das kein JSON ist: {start}. Lauscht unter dieser Adresse ein anderes Programm? Prüfen Sie die Adresse der Engine in den Einstellungen.</translation>
  </message>
  <message>
   <source>The engine stopped unexpectedly. It is being started again, and the run goes on.</source>
   <translation>Die Engine ist unerwartet stehen geblieben. Sie wird neu gestartet, und die Suche geht weiter.</translation>
  </message>
  <message>
   <source>{task} (cancelled)</source>
   <translation>{task} (abgebrochen)</translation>
  </message>
  <message>
   <source>{task} (failed)</source>
   <translation>{task} (fehlgeschlagen)</translation>
  </message>
  <message>
   <source>Starting the engine…</source>
   <translation>Die Engine wird gestartet …</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Abgebrochen.</translation>
  </message>
  <message>
   <source>Something unexpected went wrong in the plugin ({kind}). QGIS's log has the details, under “RemoteZero”: please report them. What was found is safe in “Earlier runs”.</source>
   <translation>Im Plugin ist etwas Unerwartetes schiefgegangen ({kind}). Einzelheiten stehen im Protokoll von QGIS unter „RemoteZero“: Bitte melden Sie sie. Was gefunden wurde, ist unter „Frühere Suchen“ sicher.</translation>
  </message>
  <message>
   <source>The engine stopped {count} times at the same place. What was found is safe; look at its log in the settings, or load the run again later. ({reason})</source>
   <translation>Die Engine ist {count}-mal an derselben Stelle stehen geblieben. Was gefunden wurde, ist sicher; sehen Sie in den Einstellungen in ihr Protokoll oder laden Sie die Suche später noch einmal. ({reason})</translation>
  </message>
  <message>
   <source>The engine is not installed yet. Set it up from the RemoteZero panel.</source>
   <translation>Die Engine ist noch nicht installiert. Richten Sie sie im RemoteZero-Bedienfeld ein.</translation>
  </message>
  <message>
   <source>nothing.</source>
   <translation>nichts.</translation>
  </message>
  <message>
   <source>The engine was started but does not answer. Its log ends with: {log} (all of it: {path})</source>
   <translation>Die Engine wurde gestartet, antwortet aber nicht. Ihr Protokoll endet mit: {log} (vollständig: {path})</translation>
  </message>
  <message>
   <source>The engine's address {url} can't be used. Enter it as http://host:port in the settings.</source>
   <translation>Die Adresse {url} der Engine ist nicht verwendbar. Geben Sie sie in den Einstellungen als http://host:port ein.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer. Ask whoever runs it, or check the address.</source>
   <translation>Die Engine unter {host}:{port} antwortet nicht. Fragen Sie, wer sie betreibt, oder prüfen Sie die Adresse.</translation>
  </message>
  <message>
   <source>The engine's program {program} can't be started. Repair the installation in the settings.</source>
   <translation>Das Programm {program} der Engine lässt sich nicht starten. Reparieren Sie die Installation in den Einstellungen.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer ({reason}). Start it again from the panel; if it is on another machine, check the address in the settings.</source>
   <translation>Die Engine unter {host}:{port} antwortet nicht ({reason}). Starten Sie sie im Bedienfeld neu; läuft sie auf einem anderen Rechner, prüfen Sie die Adresse in den Einstellungen.</translation>
  </message>
  <message>
   <source>the connection broke off</source>
   <translation>die Verbindung brach ab</translation>
  </message>
  <message>
   <source>nothing listens there</source>
   <translation>dort lauscht niemand</translation>
  </message>
  <message>
   <source>no answer in time</source>
   <translation>keine rechtzeitige Antwort</translation>
  </message>
  <message>
   <source>there is no computer of this name</source>
   <translation>es gibt keinen Rechner dieses Namens</translation>
  </message>
  <message>
   <source>its certificate is not trusted here</source>
   <translation>seinem Zertifikat wird hier nicht vertraut</translation>
  </message>
  <message>
   <source>closed before it was read</source>
   <translation>geschlossen, bevor es gelesen war</translation>
  </message>
  <message>
   <source>RemoteZero</source>
   <translation>RemoteZero</translation>
  </message>
  <message>
   <source>Presets</source>
   <translation>Vorlagen</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Finden</translation>
  </message>
  <message>
   <source>The model is learning. A question waits until that has ended, or is stopped in the other tab.</source>
   <translation>Das Modell lernt. Eine Frage wartet, bis das beendet ist oder im anderen Reiter angehalten wird.</translation>
  </message>
  <message>
   <source>Runs in this project</source>
   <translation>Suchen in diesem Projekt</translation>
  </message>
  <message>
   <source>Earlier runs</source>
   <translation>Frühere Suchen</translation>
  </message>
  <message>
   <source>Zoom to these boxes</source>
   <translation>Auf diese Rahmen zoomen</translation>
  </message>
  <message>
   <source>Open attribute table</source>
   <translation>Attributtabelle öffnen</translation>
  </message>
  <message>
   <source>Export these boxes…</source>
   <translation>Diese Rahmen exportieren …</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Einstellungen …</translation>
  </message>
  <message>
   <source>Engine log</source>
   <translation>Protokoll der Engine</translation>
  </message>
  <message>
   <source>Self-improve</source>
   <translation>Selbst verbessern</translation>
  </message>
  <message>
   <source>Look for several things at once: add this question to a list. Presets: the arrow.</source>
   <translation>Nach mehreren Dingen auf einmal suchen: diese Frage einer Liste hinzufügen. Vorlagen: der Pfeil.</translation>
  </message>
  <message>
   <source>Add the question to a list</source>
   <translation>Die Frage einer Liste hinzufügen</translation>
  </message>
  <message>
   <source>More room for the results: hide the choices above</source>
   <translation>Mehr Platz für die Ergebnisse: die Auswahl oben ausblenden</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Ergebnisse</translation>
  </message>
  <message>
   <source>Help on results</source>
   <translation>Hilfe zu den Ergebnissen</translation>
  </message>
  <message>
   <source>Earlier runs and more</source>
   <translation>Frühere Suchen und mehr</translation>
  </message>
  <message>
   <source>Learning…</source>
   <translation>Lernt …</translation>
  </message>
  <message>
   <source>Search the whole raster</source>
   <translation>Das ganze Raster durchsuchen</translation>
  </message>
  <message>
   <source>List of rasters</source>
   <translation>Liste von Rastern</translation>
  </message>
  <message>
   <source>Ask RemoteZero</source>
   <translation>RemoteZero fragen</translation>
  </message>
  <message>
   <source>Ask over the active raster</source>
   <translation>Über das aktive Raster fragen</translation>
  </message>
  <message>
   <source>Ask RemoteZero about this layer…</source>
   <translation>RemoteZero über diesen Layer fragen …</translation>
  </message>
  <message>
   <source>The engine answered with status {status} and no reason. Try again; its log may say more.</source>
   <translation>Die Engine hat mit dem Status {status} und ohne Begründung geantwortet. Versuchen Sie es noch einmal; ihr Protokoll sagt vielleicht mehr.</translation>
  </message>
  <message>
   <source>The engine refused the token. Restart the engine, or enter the right token in the settings.</source>
   <translation>Die Engine hat das Zugangstoken abgelehnt. Starten Sie die Engine neu oder geben Sie in den Einstellungen das richtige Token ein.</translation>
  </message>
  <message>
   <source>Sample harbour</source>
   <translation>Beispielhafen</translation>
  </message>
  <message>
   <source>{name} can't be opened as a raster. Choose another file.</source>
   <translation>{name} lässt sich nicht als Raster öffnen. Wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>The sample can't be copied into the data folder ({reason}). Choose another folder.</source>
   <translation>Das Beispiel lässt sich nicht in den Datenordner kopieren ({reason}). Wählen Sie einen anderen Ordner.</translation>
  </message>
  <message>
   <source>Add a raster</source>
   <translation>Raster hinzufügen</translation>
  </message>
  <message>
   <source>The engine has lost this job. Start the run again.</source>
   <translation>Die Engine hat diesen Auftrag verloren. Starten Sie die Suche neu.</translation>
  </message>
  <message>
   <source>The job ended as {state}.</source>
   <translation>Der Auftrag endete als {state}.</translation>
  </message>
  <message>
   <source>The view from before the zoom to a box is searched. Move the map to search what it shows.</source>
   <translation>Durchsucht wird der Ausschnitt von vor dem Zoom auf einen Rahmen. Verschieben Sie die Karte, um zu durchsuchen, was sie zeigt.</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>Suche läuft …</translation>
  </message>
  <message>
   <source>Boxes appear here and on the map as they are found.</source>
   <translation>Rahmen erscheinen hier und auf der Karte, sobald sie gefunden sind.</translation>
  </message>
  <message>
   <source>Type what else to look for, then add it.</source>
   <translation>Schreiben Sie, wonach noch gesucht werden soll, und fügen Sie es dann hinzu.</translation>
  </message>
  <message>
   <source>Type what you are looking for, for instance “the largest ship”.</source>
   <translation>Geben Sie ein, was Sie suchen, zum Beispiel „das größte Schiff“.</translation>
  </message>
  <message>
   <source>Choose a raster to search in: select it in the layer list or above.</source>
   <translation>Wählen Sie ein Raster, in dem gesucht wird: in der Layerliste oder oben.</translation>
  </message>
  <message>
   <source>Choose the earlier raster to compare with, or switch the comparison off beside the raster.</source>
   <translation>Wählen Sie das frühere Raster, mit dem verglichen wird, oder schalten Sie den Vergleich neben dem Raster aus.</translation>
  </message>
  <message>
   <source>A run is going on. Load the earlier one when it has ended.</source>
   <translation>Gerade läuft eine Suche. Laden Sie die frühere, wenn sie beendet ist.</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Fortfahren</translation>
  </message>
  <message>
   <source>Ask all again</source>
   <translation>Alle noch einmal fragen</translation>
  </message>
  <message>
   <source>Add a raster to the project first.</source>
   <translation>Fügen Sie dem Projekt zuerst ein Raster hinzu.</translation>
  </message>
  <message>
   <source>Rendered for the engine first: {width} × {height} pixels, up to {size} MB.</source>
   <translation>Wird zuerst für die Engine gezeichnet: {width} × {height} Pixel, bis zu {size} MB.</translation>
  </message>
  <message>
   <source>This question is on the list already, or the list is full.</source>
   <translation>Diese Frage steht schon in der Liste, oder die Liste ist voll.</translation>
  </message>
  <message numerus="yes">
   <source>Cancelled. %n box(es) found so far are kept.</source>
   <translation>
    <numerusform>Abgebrochen. %n bisher gefundener Rahmen bleibt erhalten.</numerusform>
    <numerusform>Abgebrochen. %n bisher gefundene Rahmen bleiben erhalten.</numerusform>
   </translation>
  </message>
  <message>
   <source>This run is in the project already: {layer}.</source>
   <translation>Dieser Lauf ist schon im Projekt: {layer}.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was found so far.</source>
   <translation>Abgebrochen. Bisher wurde nichts gefunden.</translation>
  </message>
  <message numerus="yes">
   <source>The layer or project was closed during the run. Nothing is lost: %n box(es) are saved.</source>
   <translation>
    <numerusform>Der Layer oder das Projekt wurde während der Suche geschlossen. Nichts ist verloren: %n Rahmen ist gespeichert.</numerusform>
    <numerusform>Der Layer oder das Projekt wurde während der Suche geschlossen. Nichts ist verloren: %n Rahmen sind gespeichert.</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing was found in {place}.</source>
   <translation>Nichts gefunden. Durchsucht: {place}.</translation>
  </message>
  <message>
   <source>Add them to the map</source>
   <translation>Zur Karte hinzufügen</translation>
  </message>
  <message>
   <source>Asking the engine…</source>
   <translation>Die Engine wird gefragt …</translation>
  </message>
  <message>
   <source>There are none yet.</source>
   <translation>Es gibt noch keine.</translation>
  </message>
  <message>
   <source>Drawn anew since: both dates were not looked at again.</source>
   <translation>Seitdem neu gezeichnet: Keines der beiden Daten wurde noch einmal angesehen.</translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits first, then verify again.</source>
   <translation>{layer} wird gerade bearbeitet. Speichern Sie zuerst die Änderungen und prüfen Sie dann erneut.</translation>
  </message>
  <message>
   <source>The new scores could not be written: the result layer is read-only or locked.</source>
   <translation>Die neuen Bewertungen konnten nicht geschrieben werden: Der Ergebnislayer ist schreibgeschützt oder gesperrt.</translation>
  </message>
  <message>
   <source>Edited boxes beside the raster or over missing data keep their old score: {n}.</source>
   <translation>Bearbeitete Rahmen neben dem Raster oder über fehlenden Daten behalten ihre alte Bewertung: {n}.</translation>
  </message>
  <message>
   <source>GeoPackage</source>
   <translation>GeoPackage</translation>
  </message>
  <message>
   <source>GeoJSON in WGS 84 (RFC 7946)</source>
   <translation>GeoJSON in WGS 84 (RFC 7946)</translation>
  </message>
  <message>
   <source>GeoParquet</source>
   <translation>GeoParquet</translation>
  </message>
  <message>
   <source>CSV with WKT</source>
   <translation>CSV mit WKT</translation>
  </message>
  <message>
   <source>FlatGeobuf</source>
   <translation>FlatGeobuf</translation>
  </message>
  <message>
   <source>COCO with pictures (a folder)</source>
   <translation>COCO mit Bildern (ein Ordner)</translation>
  </message>
  <message>
   <source>YOLO with pictures (a folder)</source>
   <translation>YOLO mit Bildern (ein Ordner)</translation>
  </message>
  <message>
   <source>{n} rejected</source>
   <translation>{n} verworfen</translation>
  </message>
  <message>
   <source>{n} without a verdict, while others have one</source>
   <translation>{n} ohne Urteil, während andere eines haben</translation>
  </message>
  <message>
   <source>{n} below the lowest score</source>
   <translation>{n} unter der niedrigsten Bewertung</translation>
  </message>
  <message>
   <source>{layer} has edits that are not saved. Save them first, then export.</source>
   <translation>{layer} hat Änderungen, die nicht gespeichert sind. Speichern Sie sie zuerst, dann exportieren Sie.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Export the boxes of {layer}</source>
   <translation>Rahmen von {layer} exportieren</translation>
  </message>
  <message>
   <source>Exporting {layer}…</source>
   <translation>{layer} wird exportiert …</translation>
  </message>
  <message>
   <source>The export was cancelled; nothing was written.</source>
   <translation>Der Export wurde abgebrochen; nichts wurde geschrieben.</translation>
  </message>
  <message>
   <source>RemoteZero: exporting {layer}</source>
   <translation>RemoteZero: {layer} wird exportiert</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) are in {path} now; a file beside it tells where they come from.</source>
   <translation>
    <numerusform>%n Rahmen ist jetzt in {path}; eine Datei daneben sagt, woher er kommt.</numerusform>
    <numerusform>%n Rahmen sind jetzt in {path}; eine Datei daneben sagt, woher sie kommen.</numerusform>
   </translation>
  </message>
  <message>
   <source>Left out: {reasons}.</source>
   <translation>Ausgelassen: {reasons}.</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}. Save the project, so that it finds them there.</source>
   <translation>Die Suchen liegen jetzt neben dem Projekt, in {file}. Speichern Sie das Projekt, damit es sie dort findet.</translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) of this project are kept in another place, where a copy of the project does not find them.</source>
   <translation>
    <numerusform>%n Suche dieses Projekts liegt an einem anderen Ort, wo eine Kopie des Projekts sie nicht findet.</numerusform>
    <numerusform>%n Suchen dieses Projekts liegen an einem anderen Ort, wo eine Kopie des Projekts sie nicht findet.</numerusform>
   </translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits, then save the project again.</source>
   <translation>{layer} wird gerade bearbeitet. Speichern Sie die Änderungen und dann das Projekt noch einmal.</translation>
  </message>
  <message>
   <source>Move them in</source>
   <translation>Hierher holen</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}.</source>
   <translation>Die Suchen liegen jetzt neben dem Projekt, in {file}.</translation>
  </message>
  <message>
   <source>All rasters of a folder</source>
   <translation>Alle Raster eines Ordners</translation>
  </message>
  <message>
   <source>Several rasters</source>
   <translation>Mehrere Raster</translation>
  </message>
  <message>
   <source>A STAC item collection</source>
   <translation>Eine STAC-Item-Sammlung</translation>
  </message>
  <message>
   <source>STAC items (*.json *.geojson)</source>
   <translation>STAC-Items (*.json *.geojson)</translation>
  </message>
  <message>
   <source>Which picture of an item?</source>
   <translation>Welches Bild eines Items?</translation>
  </message>
  <message numerus="yes">
   <source>{name} (%n raster(s))</source>
   <translation>
    <numerusform>{name} (%n Raster)</numerusform>
    <numerusform>{name} (%n Raster)</numerusform>
   </translation>
  </message>
  <message>
   <source>No group has several rasters.</source>
   <translation>Keine Gruppe hat mehrere Raster.</translation>
  </message>
  <message>
   <source>It lies on the network, which the settings do not allow.</source>
   <translation>Es liegt im Netz, und das lassen die Einstellungen nicht zu.</translation>
  </message>
  <message>
   <source>The layer is gone from the project, or can't be read.</source>
   <translation>Der Layer ist nicht mehr im Projekt oder nicht lesbar.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) found.</source>
   <translation>
    <numerusform>%n Rahmen gefunden.</numerusform>
    <numerusform>%n Rahmen gefunden.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched: {reason}</source>
   <translation>
    <numerusform>%n konnte nicht durchsucht werden: {reason}</numerusform>
    <numerusform>%n konnten nicht durchsucht werden: {reason}</numerusform>
   </translation>
  </message>
  <message>
   <source>There is no folder beside it to write its boxes to.</source>
   <translation>Daneben gibt es keinen Ordner, in den seine Rahmen geschrieben werden könnten.</translation>
  </message>
  <message>
   <source>Writing the results…</source>
   <translation>Die Ergebnisse werden geschrieben …</translation>
  </message>
  <message numerus="yes">
   <source>%n had been searched before and were not asked again.</source>
   <translation>
    <numerusform>%n war schon durchsucht und wurde nicht noch einmal gefragt.</numerusform>
    <numerusform>%n waren schon durchsucht und wurden nicht noch einmal gefragt.</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero: {query}</source>
   <translation>RemoteZero: {query}</translation>
  </message>
  <message numerus="yes">
   <source>%n of {total} raster(s) searched.</source>
   <translation>
    <numerusform>%n von {total} Rastern durchsucht.</numerusform>
    <numerusform>%n von {total} Rastern durchsucht.</numerusform>
   </translation>
  </message>
  <message>
   <source>Beside the searched place: {n}.</source>
   <translation>Außerhalb des durchsuchten Gebiets: {n}.</translation>
  </message>
  <message>
   <source>Its boxes can't be written to {path}; they are in the result of the run.</source>
   <translation>Seine Rahmen lassen sich nicht nach {path} schreiben; sie stehen im Ergebnis der Suche.</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>{raster} is shown with the bands {bands} now, as the preset says.</source>
   <translation>{raster} wird jetzt mit den Kanälen {bands} gezeigt, wie es die Vorlage vorgibt.</translation>
  </message>
  <message>
   <source>Keep as a preset</source>
   <translation>Als Vorlage behalten</translation>
  </message>
  <message>
   <source>Name (one of the same name is replaced)</source>
   <translation>Name (eine gleichnamige wird ersetzt)</translation>
  </message>
  <message>
   <source>Import a preset</source>
   <translation>Vorlage importieren</translation>
  </message>
  <message>
   <source>Presets (*.json)</source>
   <translation>Vorlagen (*.json)</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>{raster} has no band {band}, which the preset shows. It stays as it is.</source>
   <translation>{raster} hat keinen Kanal {band}, den die Vorlage zeigt. Es bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Type what you are looking for, then keep it as a preset.</source>
   <translation>Schreiben Sie, wonach Sie suchen, und behalten Sie es dann als Vorlage.</translation>
  </message>
  <message>
   <source>The preset {name} is kept.</source>
   <translation>Die Vorlage {name} ist gespeichert.</translation>
  </message>
  <message>
   <source>The preset {name} is here now.</source>
   <translation>Die Vorlage {name} ist jetzt hier.</translation>
  </message>
  <message>
   <source>It names a model on a server, which was left out: choose the model yourself.</source>
   <translation>Sie nennt ein Modell auf einem Server, das weggelassen wurde: Wählen Sie das Modell selbst.</translation>
  </message>
  <message>
   <source>The preset is in {name}.</source>
   <translation>Die Vorlage liegt in {name}.</translation>
  </message>
  <message>
   <source>The preset {name} is deleted.</source>
   <translation>Die Vorlage {name} ist gelöscht.</translation>
  </message>
  <message>
   <source>Export the preset {name}</source>
   <translation>Vorlage {name} exportieren</translation>
  </message>
  <message>
   <source>Keep as a preset…</source>
   <translation>Als Vorlage behalten …</translation>
  </message>
  <message>
   <source>Import a preset…</source>
   <translation>Vorlage importieren …</translation>
  </message>
  <message>
   <source>{file} can't be used as a preset: “{field}” is wrong or missing. Export it anew.</source>
   <translation>{file} ist nicht als Vorlage verwendbar: „{field}“ ist falsch oder fehlt. Exportieren Sie sie neu.</translation>
  </message>
  <message>
   <source>{file} can't be read ({reason}). Choose another file.</source>
   <translation>{file} ist nicht lesbar ({reason}). Wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>The preset can't be written to {path} ({reason}). Choose another place.</source>
   <translation>Die Vorlage lässt sich nicht nach {path} schreiben ({reason}). Wählen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>{file} is no preset of RemoteZero. Choose a file that was exported as one.</source>
   <translation>{file} ist keine Vorlage von RemoteZero. Wählen Sie eine Datei, die als Vorlage exportiert wurde.</translation>
  </message>
  <message>
   <source>{file} was made by a newer version. Update the plugin, then import it.</source>
   <translation>{file} stammt von einer neueren Version. Aktualisieren Sie das Plugin und importieren Sie sie dann.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no JSON.</source>
   <translation>{file} ist keine Vorlage: Es ist kein JSON.</translation>
  </message>
  <message>
   <source>{file} is too large for a preset.</source>
   <translation>{file} ist zu groß für eine Vorlage.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no text.</source>
   <translation>{file} ist keine Vorlage: Es ist kein Text.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: it has no list of items. Choose another file.</source>
   <translation>{file} ist keine STAC-Item-Sammlung: Die Liste der Items fehlt. Wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: none of its items has assets. Choose another file.</source>
   <translation>{file} ist keine STAC-Item-Sammlung: Keines der Items hat Assets. Wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture “{asset}”. Choose another one.</source>
   <translation>Kein Item in {file} hat ein Bild „{asset}“. Wählen Sie ein anderes.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture that can be searched.</source>
   <translation>Kein Item in {file} hat ein Bild, das sich durchsuchen lässt.</translation>
  </message>
  <message>
   <source>{file} is no JSON. Choose a STAC item collection.</source>
   <translation>{file} ist kein JSON. Wählen Sie eine STAC-Item-Sammlung.</translation>
  </message>
  <message>
   <source>{folder} is no folder. Choose one with rasters in it.</source>
   <translation>{folder} ist kein Ordner. Wählen Sie einen, in dem Raster liegen.</translation>
  </message>
  <message>
   <source>There is no raster in {folder} ({endings}). Choose another folder, or choose files.</source>
   <translation>In {folder} liegt kein Raster ({endings}). Wählen Sie einen anderen Ordner oder wählen Sie Dateien.</translation>
  </message>
  <message>
   <source>The items in {file} have several pictures ({names}). Say which one is meant.</source>
   <translation>Die Items in {file} haben mehrere Bilder ({names}). Sagen Sie, welches gemeint ist.</translation>
  </message>
  <message>
   <source>{file} is too large for a list of rasters. Choose a STAC item collection.</source>
   <translation>{file} ist zu groß für eine Liste von Rastern. Wählen Sie eine STAC-Item-Sammlung.</translation>
  </message>
  <message>
   <source>The list of rasters can't be written to {path}. Free some space, then start again.</source>
   <translation>Die Liste der Raster lässt sich nicht nach {path} schreiben. Schaffen Sie Platz und beginnen Sie dann neu.</translation>
  </message>
  <message>
   <source>The verdict could not be written: the result layer is missing, read-only or locked. Load the run again.</source>
   <translation>Das Urteil konnte nicht geschrieben werden: Der Ergebnislayer fehlt, ist schreibgeschützt oder gesperrt. Laden Sie die Suche noch einmal.</translation>
  </message>
  <message>
   <source>The map still shows all boxes, because {layer} is being edited. Save the edits first.</source>
   <translation>Die Karte zeigt noch alle Rahmen, weil {layer} gerade bearbeitet wird. Speichern Sie zuerst die Änderungen.</translation>
  </message>
  <message>
   <source>Searched: {place}, {share} % of {raster}.</source>
   <translation>Durchsucht: {place}, {share} % von {raster}.</translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched.</source>
   <translation>
    <numerusform>%n konnte nicht durchsucht werden.</numerusform>
    <numerusform>%n konnten nicht durchsucht werden.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n left.</source>
   <translation>
    <numerusform>%n übrig.</numerusform>
    <numerusform>%n übrig.</numerusform>
   </translation>
  </message>
  <message>
   <source>what the map showed</source>
   <translation>was die Karte zeigte</translation>
  </message>
  <message>
   <source>the drawn rectangle</source>
   <translation>das gezeichnete Rechteck</translation>
  </message>
  <message>
   <source>the selected polygons</source>
   <translation>die ausgewählten Polygone</translation>
  </message>
  <message>
   <source>a part of the raster</source>
   <translation>ein Teil des Rasters</translation>
  </message>
  <message>
   <source>the whole raster</source>
   <translation>das ganze Raster</translation>
  </message>
  <message>
   <source>Searched: {place}, {raster}.</source>
   <translation>Durchsucht: {place}, {raster}.</translation>
  </message>
  <message>
   <source>Scored by {model}. {words}</source>
   <translation>Bewertet von {model}. {words}</translation>
  </message>
  <message numerus="yes">
   <source>%n raster(s) of {title}</source>
   <translation>
    <numerusform>%n Raster von {title}</numerusform>
    <numerusform>%n Raster von {title}</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Searched: {count} of %n raster(s).</source>
   <translation>
    <numerusform>Durchsucht: {count} von %n Raster.</numerusform>
    <numerusform>Durchsucht: {count} von %n Rastern.</numerusform>
   </translation>
  </message>
  <message>
   <source>Only {place}; beside it: {n}.</source>
   <translation>Nur {place}; außerhalb davon: {n}.</translation>
  </message>
  <message>
   <source>Only {place}.</source>
   <translation>Nur {place}.</translation>
  </message>
  <message>
   <source>Waiting for another job to end…</source>
   <translation>Es wird auf das Ende eines anderen Auftrags gewartet …</translation>
  </message>
  <message>
   <source>Loading the model…</source>
   <translation>Das Modell wird geladen …</translation>
  </message>
  <message>
   <source>Rendering the layer…</source>
   <translation>Der Layer wird gezeichnet …</translation>
  </message>
  <message>
   <source>accept {n}</source>
   <translation>{n} annehmen</translation>
  </message>
  <message>
   <source>reject {n}</source>
   <translation>{n} verwerfen</translation>
  </message>
  <message>
   <source>clear {n}</source>
   <translation>Urteil zu {n} löschen</translation>
  </message>
  <message>
   <source>RemoteZero: verify edited boxes</source>
   <translation>RemoteZero: bearbeitete Rahmen prüfen</translation>
  </message>
  <message>
   <source>Delete the adapter {name}? Its files are removed, and only an export can restore it.</source>
   <translation>Den Adapter {name} löschen? Seine Dateien werden entfernt, und nur ein Export kann ihn wiederherstellen.</translation>
  </message>
  <message>
   <source>Adapters</source>
   <translation>Adapter</translation>
  </message>
  <message>
   <source>What earlier rounds learned is listed here once the engine has been asked.</source>
   <translation>Was frühere Runden gelernt haben, steht hier, sobald die Engine gefragt wurde.</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>Diesen verwenden</translation>
  </message>
  <message>
   <source>Go back one</source>
   <translation>Einen zurück</translation>
  </message>
  <message>
   <source>Import an adapter from a file</source>
   <translation>Einen Adapter aus einer Datei importieren</translation>
  </message>
  <message>
   <source>Export this adapter to a file</source>
   <translation>Diesen Adapter in eine Datei exportieren</translation>
  </message>
  <message>
   <source>Delete this adapter</source>
   <translation>Diesen Adapter löschen</translation>
  </message>
  <message>
   <source>{name} is in use, and its files are gone, so nothing can be asked of this model. Choose another adapter, or the model as it came, and press “Use this one”; or import {name} again.</source>
   <translation>{name} ist in Gebrauch, und seine Dateien sind weg; so lässt sich dieses Modell nichts fragen. Wählen Sie einen anderen Adapter oder das Modell, wie es kam, und drücken Sie „Diesen verwenden“; oder importieren Sie {name} erneut.</translation>
  </message>
  <message>
   <source>none: the model as it came</source>
   <translation>keiner: das Modell, wie es kam</translation>
  </message>
  <message>
   <source>Import an adapter</source>
   <translation>Adapter importieren</translation>
  </message>
  <message>
   <source>Adapters (*.zip)</source>
   <translation>Adapter (*.zip)</translation>
  </message>
  <message>
   <source>Delete an adapter</source>
   <translation>Adapter löschen</translation>
  </message>
  <message>
   <source>Round {number}, learned from {parent}</source>
   <translation>Runde {number}, gelernt aus: {parent}</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>fehlt</translation>
  </message>
  <message>
   <source>Its files are gone.</source>
   <translation>Seine Dateien sind weg.</translation>
  </message>
  <message>
   <source>The weights alone, without anything learned here</source>
   <translation>Nur die Gewichte, ohne hier Gelerntes</translation>
  </message>
  <message>
   <source>Adapter</source>
   <translation>Adapter</translation>
  </message>
  <message>
   <source>Gain</source>
   <translation>Gewinn</translation>
  </message>
  <message>
   <source>Export the adapter {name}</source>
   <translation>Adapter {name} exportieren</translation>
  </message>
  <message>
   <source>the model as it came</source>
   <translation>das Modell, wie es kam</translation>
  </message>
  <message>
   <source>None yet. Every round that is kept adds one; you can go back at any time.</source>
   <translation>Noch keiner. Jede behaltene Runde fügt einen hinzu; Sie können jederzeit zurück.</translation>
  </message>
  <message>
   <source>Use {name} again</source>
   <translation>Wieder verwenden: {name}</translation>
  </message>
  <message>
   <source>Adapters of {model}</source>
   <translation>Adapter von {model}</translation>
  </message>
  <message>
   <source>{name} (current)</source>
   <translation>{name} (aktuell)</translation>
  </message>
  <message>
   <source>{name} is imported. It can be used from now on.</source>
   <translation>{name} ist importiert und kann von nun an verwendet werden.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now.</source>
   <translation>Der Adapter liegt jetzt in {file}.</translation>
  </message>
  <message>
   <source>{name} is used from now on.</source>
   <translation>Von nun an wird {name} verwendet.</translation>
  </message>
  <message>
   <source>{model} is used as it came from now on.</source>
   <translation>{model} wird von nun an so verwendet, wie es kam.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now, on the engine's machine.</source>
   <translation>Der Adapter liegt jetzt in {file} auf dem Rechner der Engine.</translation>
  </message>
  <message>
   <source>questions of its own</source>
   <translation>eigene Fragen</translation>
  </message>
  <message>
   <source>{name} is deleted.</source>
   <translation>{name} ist gelöscht.</translation>
  </message>
  <message>
   <source>New run</source>
   <translation>Neuer Lauf</translation>
  </message>
  <message>
   <source>Learning is going on. Load the earlier run when it has ended.</source>
   <translation>Gerade wird gelernt. Laden Sie den früheren Lauf, wenn es beendet ist.</translation>
  </message>
  <message>
   <source>Show the plan</source>
   <translation>Plan zeigen</translation>
  </message>
  <message>
   <source>Learning from {rasters}</source>
   <translation>Lernt aus {rasters}</translation>
  </message>
  <message>
   <source>The run failed</source>
   <translation>Der Lauf ist gescheitert</translation>
  </message>
  <message>
   <source>Cancelled. Rounds that were kept stay. The one that was going on is still checked if that takes less than a minute; it is listed below if it is kept.</source>
   <translation>Abgebrochen. Behaltene Runden bleiben. Die laufende wird noch geprüft, wenn das weniger als eine Minute dauert; wird sie behalten, steht sie unten.</translation>
  </message>
  <message>
   <source>Start learning</source>
   <translation>Lernen beginnen</translation>
  </message>
  <message>
   <source>The run goes on in the engine</source>
   <translation>Der Lauf geht in der Engine weiter</translation>
  </message>
  <message>
   <source>It is no longer watched here.</source>
   <translation>Er wird hier nicht mehr verfolgt.</translation>
  </message>
  <message>
   <source>The run was cancelled</source>
   <translation>Der Lauf wurde abgebrochen</translation>
  </message>
  <message>
   <source>Watch it again</source>
   <translation>Wieder verfolgen</translation>
  </message>
  <message>
   <source>How many more answers a round may give where nothing is. A model that answers more often finds more, and also answers more often in vain. The less you allow, the less of what a round learned may be kept.</source>
   <translation>Wie viele Antworten mehr eine Runde geben darf, wo nichts ist. Ein Modell, das öfter antwortet, findet mehr und antwortet auch öfter vergeblich. Je weniger Sie erlauben, desto weniger von dem, was eine Runde gelernt hat, kann behalten werden.</translation>
  </message>
  <message>
   <source>As the check usually allows</source>
   <translation>Was die Prüfung sonst erlaubt</translation>
  </message>
  <message>
   <source>At most 3 points more</source>
   <translation>Höchstens 3 Punkte mehr</translation>
  </message>
  <message>
   <source>No more at all</source>
   <translation>Gar keine mehr als vorher</translation>
  </message>
  <message>
   <source>False alarms</source>
   <translation>Fehlalarme</translation>
  </message>
  <message>
   <source>Rasters</source>
   <translation>Raster</translation>
  </message>
  <message>
   <source>One question per line. Leave it empty and the model proposes its own.</source>
   <translation>Eine Frage je Zeile. Bleibt das Feld leer, schlägt das Modell eigene vor.</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>Recent questions</source>
   <translation>Letzte Fragen</translation>
  </message>
  <message>
   <source>Fill in the questions you asked in the Find tab</source>
   <translation>Die Fragen einsetzen, die Sie unter „Finden“ gestellt haben</translation>
  </message>
  <message>
   <source>Let the model propose</source>
   <translation>Das Modell vorschlagen lassen</translation>
  </message>
  <message>
   <source>The model looks at your rasters and writes down what it recognises there, for you to edit</source>
   <translation>Das Modell sieht sich Ihre Raster an und schreibt auf, was es dort erkennt; Sie können es bearbeiten</translation>
  </message>
  <message>
   <source> min</source>
   <translation> min</translation>
  </message>
  <message>
   <source>Learning ends after so many minutes, whatever has been reached</source>
   <translation>Nach so vielen Minuten endet das Lernen, was auch erreicht ist</translation>
  </message>
  <message>
   <source>After each round it is checked whether the model got better; after two that did not, the run ends</source>
   <translation>Nach jeder Runde wird geprüft, ob das Modell besser geworden ist; nach zwei Runden ohne Gewinn endet der Lauf</translation>
  </message>
  <message>
   <source>Use my verdicts</source>
   <translation>Meine Urteile verwenden</translation>
  </message>
  <message>
   <source>The boxes you judged in this project's results count more than the model's own check. They stay on this computer and are not part of what is learned from it.</source>
   <translation>Die Rahmen, die Sie in den Ergebnissen dieses Projekts beurteilt haben, zählen mehr als die eigene Prüfung des Modells. Sie bleiben auf diesem Rechner und sind kein Teil dessen, was daraus gelernt wird.</translation>
  </message>
  <message>
   <source>The model itself, as it was before the round</source>
   <translation>Das Modell selbst, wie es vor der Runde war</translation>
  </message>
  <message>
   <source>Second opinion</source>
   <translation>Zweite Meinung</translation>
  </message>
  <message>
   <source>Who looks at each box and scores it. A larger model on a server sees more than the one that learns; it is asked alone, and learns nothing itself.</source>
   <translation>Wer jeden Rahmen ansieht und bewertet. Ein größeres Modell auf einem Server sieht mehr als das, das lernt; es wird nur gefragt und lernt selbst nichts.</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Wo</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Pieces of your rasters are sent to this server, on another computer.</source>
   <translation>Ausschnitte Ihrer Raster werden an diesen Server auf einem anderen Rechner gesendet.</translation>
  </message>
  <message>
   <source>in at most</source>
   <translation>in höchstens</translation>
  </message>
  <message>
   <source>rounds</source>
   <translation>Runden</translation>
  </message>
  <message>
   <source>{layer} (rendered first)</source>
   <translation>{layer} (wird zuerst gezeichnet)</translation>
  </message>
  <message>
   <source>While the model learns, questions of the Find tab wait.</source>
   <translation>Während das Modell lernt, warten Fragen des Reiters „Finden“.</translation>
  </message>
  <message>
   <source>Earlier learning</source>
   <translation>Früheres Lernen</translation>
  </message>
  <message>
   <source>The model practises on your own imagery, without any labels. A round is kept only when it proves better on places kept aside.</source>
   <translation>Das Modell übt an Ihren eigenen Bildern, ganz ohne Beschriftungen. Eine Runde wird nur behalten, wenn sie sich an zurückgehaltenen Stellen als besser erweist.</translation>
  </message>
  <message>
   <source>no box</source>
   <translation>kein Rahmen</translation>
  </message>
  <message>
   <source>“{query}”: before the round on the left, after it on the right</source>
   <translation>„{query}“: links vor der Runde, rechts danach</translation>
  </message>
  <message>
   <source>before</source>
   <translation>vorher</translation>
  </message>
  <message>
   <source>after</source>
   <translation>nachher</translation>
  </message>
  <message>
   <source>score {n} %</source>
   <translation>Wert {n} %</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n} %</translation>
  </message>
  <message>
   <source>No raster is ticked. Tick at least one to learn from.</source>
   <translation>Es ist kein Raster angehakt. Haken Sie mindestens eines an, aus dem gelernt werden soll.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Tick only such rasters, or choose “The whole raster”.</source>
   <translation>Ein Gebiet setzt Raster mit demselben KBS voraus. Haken Sie nur solche an oder wählen Sie „Das ganze Raster“.</translation>
  </message>
  <message>
   <source>No box of this project's results was accepted or rejected yet. Judge some in the Find tab, or untick “Use my verdicts”.</source>
   <translation>Noch kein Rahmen der Ergebnisse dieses Projekts wurde angenommen oder verworfen. Beurteilen Sie einige im Reiter „Finden“, oder nehmen Sie den Haken bei „Meine Urteile verwenden“ weg.</translation>
  </message>
  <message>
   <source>RemoteZero: self-improvement</source>
   <translation>RemoteZero: Selbstverbesserung</translation>
  </message>
  <message>
   <source>Score while learning</source>
   <translation>Punktzahl beim Lernen</translation>
  </message>
  <message>
   <source>minutes of learning</source>
   <translation>Minuten des Lernens</translation>
  </message>
  <message>
   <source>The curve begins with the first step of learning.</source>
   <translation>Die Kurve beginnt mit dem ersten Lernschritt.</translation>
  </message>
  <message>
   <source>On places kept aside</source>
   <translation>An zurückgehaltenen Stellen</translation>
  </message>
  <message>
   <source>A point is added after each round.</source>
   <translation>Nach jeder Runde kommt ein Punkt hinzu.</translation>
  </message>
  <message>
   <source>Open report</source>
   <translation>Bericht öffnen</translation>
  </message>
  <message>
   <source>The same places</source>
   <translation>Dieselben Stellen</translation>
  </message>
  <message>
   <source>score of what it tries</source>
   <translation>Punktzahl der Versuche</translation>
  </message>
  <message>
   <source>score on places kept aside</source>
   <translation>Punktzahl an zurückgehaltenen Stellen</translation>
  </message>
  <message>
   <source>score</source>
   <translation>Punktzahl</translation>
  </message>
  <message>
   <source>“yes” where the thing is not there</source>
   <translation>„Ja“, wo die Sache nicht ist</translation>
  </message>
  <message>
   <source>boxes for things that are not there</source>
   <translation>Rahmen für Dinge, die nicht da sind</translation>
  </message>
  <message>
   <source>things that are there and not found</source>
   <translation>Dinge, die da sind und nicht gefunden werden</translation>
  </message>
  <message>
   <source>Round {number}</source>
   <translation>Runde {number}</translation>
  </message>
  <message>
   <source>Finished: no round was kept, so the model is as it was before.</source>
   <translation>Fertig: Keine Runde wurde behalten, das Modell ist also wie zuvor.</translation>
  </message>
  <message>
   <source>Some places are kept aside and never learned from: they decide whether a round is kept.</source>
   <translation>Einige Stellen werden zurückgehalten und nie gelernt: Sie entscheiden, ob eine Runde behalten wird.</translation>
  </message>
  <message>
   <source>How long the parts of a run take on this machine is measured in its first run.</source>
   <translation>Wie lange die Teile eines Laufs auf diesem Rechner dauern, wird im ersten Lauf gemessen.</translation>
  </message>
  <message>
   <source>Round {number}: kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), and nothing got worse.</source>
   <translation>Runde {number}: behalten. An zurückgehaltenen Stellen änderte sich die Punktzahl um {gain} ({low} bis {high} mit {certainty} % Sicherheit), und nichts wurde schlechter.</translation>
  </message>
  <message>
   <source>What it could do before: {before} % right before the run, {after} % now.</source>
   <translation>Was es vorher konnte: {before} % richtig vor dem Lauf, jetzt {after} %.</translation>
  </message>
  <message>
   <source>{share} % of what the round learned is kept, so that nothing gets worse by more than the check allows.</source>
   <translation>{share} % dessen, was die Runde gelernt hat, wird behalten, damit nichts um mehr schlechter wird, als die Prüfung erlaubt.</translation>
  </message>
  <message numerus="yes">
   <source>%n round(s)</source>
   <translation>
    <numerusform>%n Runde</numerusform>
    <numerusform>%n Runden</numerusform>
   </translation>
  </message>
  <message>
   <source>Starts from the model as it came.</source>
   <translation>Beginnt mit dem Modell, wie es kam.</translation>
  </message>
  <message>
   <source>All of it would take about {total} here: {preparing} preparing, {learning} learning, {checking} checking (measured on {date}).</source>
   <translation>Alles zusammen würde hier etwa {total} dauern: {preparing} Vorbereitung, {learning} Lernen, {checking} Prüfung (gemessen am {date}).</translation>
  </message>
  <message>
   <source>The model proposes the questions itself.</source>
   <translation>Das Modell schlägt die Fragen selbst vor.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. The score changed by {gain}, but this got worse: {controls}.</source>
   <translation>Runde {number}: nicht behalten. Die Punktzahl änderte sich um {gain}, aber dies wurde schlechter: {controls}.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), which is not surely better.</source>
   <translation>Runde {number}: nicht behalten. An zurückgehaltenen Stellen änderte sich die Punktzahl um {gain} ({low} bis {high} mit {certainty} % Sicherheit); das ist nicht sicher besser.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept. {name} is in use now.</source>
   <translation>Fertig: {kept} von {rounds} behalten. Jetzt wird {name} verwendet.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept, the last one as {name}. It is not in use yet.</source>
   <translation>Fertig: {kept} von {rounds} behalten, die letzte als {name}. Sie ist noch nicht in Gebrauch.</translation>
  </message>
  <message>
   <source>{places} with {windows}; up to {chips} of these are used.</source>
   <translation>{places} mit {windows}; bis zu {chips} davon werden verwendet.</translation>
  </message>
  <message numerus="yes">
   <source>%n separate place(s)</source>
   <translation>
    <numerusform>%n getrennte Stelle</numerusform>
    <numerusform>%n getrennte Stellen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n window(s)</source>
   <translation>
    <numerusform>%n Fenster</numerusform>
    <numerusform>%n Fenster</numerusform>
   </translation>
  </message>
  <message>
   <source>About {memory} GB of memory.</source>
   <translation>Etwa {memory} GB Speicher.</translation>
  </message>
  <message>
   <source>Up to {rounds} of {steps}. It ends after {time} at the latest, preparing and checking included.</source>
   <translation>Bis zu {rounds} mit je {steps}. Spätestens nach {time} ist Schluss, Vorbereitung und Prüfung eingeschlossen.</translation>
  </message>
  <message numerus="yes">
   <source>%n step(s)</source>
   <translation>
    <numerusform>%n Schritt</numerusform>
    <numerusform>%n Schritte</numerusform>
   </translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: learning, at most {time} left</source>
   <translation>Runde {number} von {rounds}: lernt, noch höchstens {time}</translation>
  </message>
  <message>
   <source>Reading the rasters…</source>
   <translation>Liest die Raster…</translation>
  </message>
  <message>
   <source>Looking for what is asked…</source>
   <translation>Sucht, wonach gefragt wird…</translation>
  </message>
  <message>
   <source>Choosing the settings…</source>
   <translation>Wählt die Einstellungen…</translation>
  </message>
  <message>
   <source>Looking for what is there…</source>
   <translation>Sucht, was da ist…</translation>
  </message>
  <message>
   <source>Round {number}: {sentence}</source>
   <translation>Runde {number}: {sentence}</translation>
  </message>
  <message>
   <source>answers that can't be read</source>
   <translation>unlesbare Antworten</translation>
  </message>
  <message>
   <source>size of the boxes</source>
   <translation>Größe der Rahmen</translation>
  </message>
  <message>
   <source>size of the largest boxes</source>
   <translation>Größe der größten Rahmen</translation>
  </message>
  <message>
   <source>right answers to what it could do before</source>
   <translation>richtige Antworten bei dem, was es vorher konnte</translation>
  </message>
  <message>
   <source>“none” where nothing is, in what it could do before</source>
   <translation>„nichts“, wo nichts ist, bei dem, was es vorher konnte</translation>
  </message>
  <message>
   <source>Starts from the adapter {name}.</source>
   <translation>Beginnt mit dem Adapter {name}.</translation>
  </message>
  <message>
   <source>Questions: {questions}</source>
   <translation>Fragen: {questions}</translation>
  </message>
  <message>
   <source>Second opinion: {model}.</source>
   <translation>Zweite Meinung: {model}.</translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: checking on the places kept aside…</source>
   <translation>Runde {number} von {rounds}: prüft an den zurückgehaltenen Stellen…</translation>
  </message>
  <message>
   <source>Only this scene</source>
   <translation>Nur diese Szene</translation>
  </message>
  <message>
   <source>Only scenes of this day</source>
   <translation>Nur Szenen dieses Tages</translation>
  </message>
  <message>
   <source>All scenes</source>
   <translation>Alle Szenen</translation>
  </message>
  <message>
   <source>nothing to see</source>
   <translation>nichts zu sehen</translation>
  </message>
  <message>
   <source>{change}: before {before}, after {after}.</source>
   <translation>{change}: vorher {before}, nachher {after}.</translation>
  </message>
  <message>
   <source>new</source>
   <translation>neu</translation>
  </message>
  <message>
   <source>gone</source>
   <translation>weg</translation>
  </message>
  <message>
   <source>stayed</source>
   <translation>geblieben</translation>
  </message>
  <message>
   <source>unsure</source>
   <translation>unsicher</translation>
  </message>
  <message>
   <source>not seen</source>
   <translation>nicht gesehen</translation>
  </message>
  <message>
   <source>other</source>
   <translation>andere</translation>
  </message>
  <message>
   <source>It can't be read. Check that the file is there, is whole, and is a raster.</source>
   <translation>Es ist nicht lesbar. Prüfen Sie, ob die Datei da ist, ob sie vollständig ist und ob sie ein Raster ist.</translation>
  </message>
  <message>
   <source>The chosen area is empty. Draw it again, or choose another place.</source>
   <translation>Das gewählte Gebiet ist leer. Zeichnen Sie es neu oder wählen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>No rectangle is drawn yet. Draw one on the map, or choose another place.</source>
   <translation>Es ist noch kein Rechteck gezeichnet. Zeichnen Sie eines auf der Karte oder wählen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>No polygon is selected in any layer. Select one or more, or choose another place.</source>
   <translation>In keinem Layer ist ein Polygon ausgewählt. Wählen Sie eines oder mehrere aus oder nehmen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>No polygon is selected in {layer}. Select one or more, or choose another place.</source>
   <translation>In {layer} ist kein Polygon ausgewählt. Wählen Sie eines oder mehrere aus oder nehmen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>The chosen area does not touch {raster}. Zoom to the layer, or choose another place.</source>
   <translation>Das gewählte Gebiet berührt {raster} nicht. Zoomen Sie auf den Layer oder wählen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>Verdicts</source>
   <translation>Urteile</translation>
  </message>
  <message>
   <source>{raster} – found</source>
   <translation>{raster} – gefunden</translation>
  </message>
  <message>
   <source>{query} – rasters</source>
   <translation>{query} – Raster</translation>
  </message>
  <message>
   <source>{query} (running)</source>
   <translation>{query} (läuft)</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Check that the file is still there and that no other program has locked it, then choose the run again.</source>
   <translation>Die Rahmen in {path} lassen sich nicht lesen ({reason}). Prüfen Sie, ob die Datei noch da ist und kein anderes Programm sie sperrt, und wählen Sie die Suche dann erneut.</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Close what has the file open, then try again.</source>
   <translation>Die Rahmen in {path} lassen sich nicht lesen ({reason}). Schließen Sie, was die Datei geöffnet hat, und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>The results can't be copied to {path}. They stay in {source}, and nothing is lost.</source>
   <translation>Die Ergebnisse lassen sich nicht nach {path} kopieren. Sie bleiben in {source}, und nichts ist verloren.</translation>
  </message>
  <message>
   <source>The results can't be written to {path}. They are safe in the engine: free some space or save the project elsewhere, then load them from “Earlier runs”.</source>
   <translation>Die Ergebnisse lassen sich nicht nach {path} schreiben. In der Engine sind sie sicher: Schaffen Sie Platz oder speichern Sie das Projekt woanders, und laden Sie sie dann über „Frühere Suchen“.</translation>
  </message>
  <message>
   <source>it came out empty: the service sent no picture of this area</source>
   <translation>das Bild blieb leer: Der Dienst hat für dieses Gebiet nichts geliefert</translation>
  </message>
  <message>
   <source>{layer} has nothing to render in the chosen area. Zoom in on the area first.</source>
   <translation>{layer} hat im gewählten Gebiet nichts zu zeichnen. Zoomen Sie zuerst auf das Gebiet.</translation>
  </message>
  <message>
   <source>Rendering {layer} here at {gsd} m per pixel would take {width} × {height} pixels ({size} GB). Choose a smaller area or a coarser resolution.</source>
   <translation>{layer} hier mit {gsd} m je Pixel zu zeichnen ergäbe {width} × {height} Pixel ({size} GB). Wählen Sie ein kleineres Gebiet oder eine gröbere Auflösung.</translation>
  </message>
  <message>
   <source>The layer could not be rendered ({reason}). Check that it draws on the map, then try again.</source>
   <translation>Der Layer konnte nicht gezeichnet werden ({reason}). Prüfen Sie, ob er auf der Karte erscheint, und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>error {status}</source>
   <translation>Fehler {status}</translation>
  </message>
  <message numerus="yes">
   <source>{question} and %n more</source>
   <translation>
    <numerusform>{question} und %n weitere</numerusform>
    <numerusform>{question} und %n weitere</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero manual</source>
   <translation>Handbuch von RemoteZero</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>Inhalt</translation>
  </message>
  <message>
   <source>Open in the browser</source>
   <translation>Im Browser öffnen</translation>
  </message>
  <message>
   <source>Help for this page (F1)</source>
   <translation>Hilfe zu dieser Seite (F1)</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Diese Meldung schließen</translation>
  </message>
  <message>
   <source>Scored boxes appear here and on the map.</source>
   <translation>Bewertete Rahmen erscheinen hier und auf der Karte.</translation>
  </message>
  <message numerus="yes">
   <source>%n window(s) were searched. Try other words, a larger area, or “Search in detail”.</source>
   <translation>
    <numerusform>%n Fenster wurde durchsucht. Versuchen Sie es mit anderen Worten, einem größeren Gebiet oder „Im Detail suchen“.</numerusform>
    <numerusform>%n Fenster wurden durchsucht. Versuchen Sie es mit anderen Worten, einem größeren Gebiet oder „Im Detail suchen“.</numerusform>
   </translation>
  </message>
  <message>
   <source>Ask in your own words</source>
   <translation>Fragen Sie in eigenen Worten</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nichts gefunden</translation>
  </message>
  <message>
   <source>No data here</source>
   <translation>Keine Daten hier</translation>
  </message>
  <message>
   <source>The raster has no data in the place that was searched. Choose another place, or another raster.</source>
   <translation>Das Raster hat an der durchsuchten Stelle keine Daten. Wählen Sie eine andere Stelle oder ein anderes Raster.</translation>
  </message>
  <message>
   <source>Nothing leaves this computer.</source>
   <translation>Nichts verlässt diesen Rechner.</translation>
  </message>
  <message>
   <source>Lowest score shown of “{question}”</source>
   <translation>Niedrigste gezeigte Bewertung von „{question}“</translation>
  </message>
  <message>
   <source>Compare with an earlier raster: what is new, what is gone, what stayed</source>
   <translation>Mit einem früheren Raster vergleichen: was neu ist, was weg ist, was geblieben ist</translation>
  </message>
  <message>
   <source>Compare with an earlier raster</source>
   <translation>Mit einem früheren Raster vergleichen</translation>
  </message>
  <message>
   <source>the earlier raster</source>
   <translation>das frühere Raster</translation>
  </message>
  <message>
   <source>The earlier raster</source>
   <translation>Das frühere Raster</translation>
  </message>
  <message>
   <source>The raster of the earlier date, of the same place</source>
   <translation>Das Raster des früheren Datums, vom selben Ort</translation>
  </message>
  <message>
   <source>± automatic</source>
   <translation>± automatisch</translation>
  </message>
  <message>
   <source> m</source>
   <translation> m</translation>
  </message>
  <message>
   <source>How far apart one object may lie on the two rasters. Automatic: 5 m, or two pixels.</source>
   <translation>Wie weit ein Objekt auf den beiden Rastern auseinanderliegen darf. Automatisch: 5 m oder zwei Pixel.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at</source>
   <translation>Genau das, was der Prüfer gesehen hat</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>This box is right (A)</source>
   <translation>Dieser Rahmen stimmt (A)</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>This box is wrong (R)</source>
   <translation>Dieser Rahmen ist falsch (R)</translation>
  </message>
  <message>
   <source>Zoom to this box (Z, or a double click on its row)</source>
   <translation>Auf diesen Rahmen zoomen (Z oder Doppelklick auf seine Zeile)</translation>
  </message>
  <message>
   <source>Zoom to box</source>
   <translation>Auf Rahmen zoomen</translation>
  </message>
  <message>
   <source>The model gave no reasoning for this box.</source>
   <translation>Das Modell hat zu diesem Rahmen keine Begründung gegeben.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at, the earlier date on the left</source>
   <translation>Genau das, was der Prüfer gesehen hat, links das frühere Datum</translation>
  </message>
  <message>
   <source>No picture</source>
   <translation>Kein Bild</translation>
  </message>
  <message>
   <source>{score} % sure</source>
   <translation>{score} % sicher</translation>
  </message>
  <message>
   <source>Load the sample</source>
   <translation>Beispiel laden</translation>
  </message>
  <message>
   <source>A drawn harbour, with a question that is asked at once</source>
   <translation>Ein gezeichneter Hafen mit einer Frage, die sofort gestellt wird</translation>
  </message>
  <message>
   <source>Add a raster…</source>
   <translation>Raster hinzufügen …</translation>
  </message>
  <message>
   <source>Choose an aerial or satellite image on this computer</source>
   <translation>Wählen Sie ein Luft- oder Satellitenbild auf diesem Rechner</translation>
  </message>
  <message>
   <source>Search many rasters</source>
   <translation>Viele Raster durchsuchen</translation>
  </message>
  <message>
   <source>All rasters of a folder…</source>
   <translation>Alle Raster eines Ordners …</translation>
  </message>
  <message>
   <source>Several files…</source>
   <translation>Mehrere Dateien …</translation>
  </message>
  <message>
   <source>A STAC item collection…</source>
   <translation>Eine STAC-Item-Sammlung …</translation>
  </message>
  <message>
   <source>The rasters of a layer group</source>
   <translation>Die Raster einer Layergruppe</translation>
  </message>
  <message>
   <source>Search one raster again</source>
   <translation>Wieder ein einzelnes Raster durchsuchen</translation>
  </message>
  <message>
   <source>A file beside each raster, too</source>
   <translation>Auch eine Datei neben jedem Raster</translation>
  </message>
  <message>
   <source>Writes the boxes of each raster into NAME_remotezero.gpkg in the raster's own folder</source>
   <translation>Schreibt die Rahmen jedes Rasters in NAME_remotezero.gpkg im Ordner des Rasters</translation>
  </message>
  <message>
   <source>The licence of this model, {licence}, forbids commercial use.</source>
   <translation>Die Lizenz dieses Modells, {licence}, verbietet gewerbliche Nutzung.</translation>
  </message>
  <message>
   <source>The model {name} is not there: it was removed, or its disk is not connected.</source>
   <translation>Das Modell {name} ist nicht da: Es wurde entfernt, oder sein Datenträger ist nicht angeschlossen.</translation>
  </message>
  <message>
   <source>Default model</source>
   <translation>Standardmodell</translation>
  </message>
  <message>
   <source>{n} MB</source>
   <translation>{n} MB</translation>
  </message>
  <message>
   <source>A demonstration model that finds {things}.</source>
   <translation>Ein Vorführmodell; es findet {things}.</translation>
  </message>
  <message>
   <source>A demonstration model.</source>
   <translation>Ein Vorführmodell.</translation>
  </message>
  <message>
   <source>Get one for real imagery…</source>
   <translation>Eines für echte Bilder holen …</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} GB</translation>
  </message>
  <message>
   <source>Default: {name}</source>
   <translation>Standard: {name}</translation>
  </message>
  <message>
   <source>{size} on disk, {memory} in use, licence {licence}</source>
   <translation>{size} auf dem Datenträger, {memory} im Betrieb, Lizenz {licence}</translation>
  </message>
  <message>
   <source>See the models…</source>
   <translation>Modelle ansehen…</translation>
  </message>
  <message>
   <source>and {n} more</source>
   <translation>und {n} weitere</translation>
  </message>
  <message>
   <source>Draw the rectangle on the map</source>
   <translation>Rechteck auf der Karte zeichnen</translation>
  </message>
  <message>
   <source>What the map shows</source>
   <translation>Was die Karte zeigt</translation>
  </message>
  <message>
   <source>The whole raster</source>
   <translation>Das ganze Raster</translation>
  </message>
  <message>
   <source>A drawn rectangle</source>
   <translation>Ein gezeichnetes Rechteck</translation>
  </message>
  <message>
   <source>Selected polygons</source>
   <translation>Ausgewählte Polygone</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>Frage</translation>
  </message>
  <message>
   <source>Say in your own words what to look for. Return starts the run.</source>
   <translation>Sagen Sie in eigenen Worten, wonach gesucht werden soll. Die Eingabetaste startet die Suche.</translation>
  </message>
  <message>
   <source>What are you looking for?</source>
   <translation>Was suchen Sie?</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>Beispiele</translation>
  </message>
  <message>
   <source>Colour on the map</source>
   <translation>Farbe auf der Karte</translation>
  </message>
  <message>
   <source>Do not look for this</source>
   <translation>Danach nicht suchen</translation>
  </message>
  <message>
   <source>Next unsure box</source>
   <translation>Nächster unsicherer Rahmen</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Copy rows</source>
   <translation>Zeilen kopieren</translation>
  </message>
  <message>
   <source>Verify edited boxes again</source>
   <translation>Bearbeitete Rahmen erneut prüfen</translation>
  </message>
  <message>
   <source>Clear verdict</source>
   <translation>Urteil löschen</translation>
  </message>
  <message>
   <source>Accept all shown</source>
   <translation>Alle gezeigten annehmen</translation>
  </message>
  <message>
   <source>Reject all shown</source>
   <translation>Alle gezeigten verwerfen</translation>
  </message>
  <message>
   <source>Clear verdicts of all shown</source>
   <translation>Urteile aller gezeigten löschen</translation>
  </message>
  <message>
   <source>Undo: {what}</source>
   <translation>Rückgängig: {what}</translation>
  </message>
  <message>
   <source>Redo: {what}</source>
   <translation>Wiederholen: {what}</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown</source>
   <translation>{shown} von {total} Rahmen gezeigt</translation>
  </message>
  <message>
   <source>A accept · R reject · N next unsure · Z zoom · Ctrl+Z undo</source>
   <translation>A annehmen · R verwerfen · N nächster unsicherer · Z Zoom · Strg+Z rückgängig</translation>
  </message>
  <message>
   <source>Verify again</source>
   <translation>Erneut prüfen</translation>
  </message>
  <message>
   <source>Score the boxes that were drawn anew. Verdicts stay.</source>
   <translation>Neu gezeichnete Rahmen bewerten. Urteile bleiben.</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown; {below} score less: move the slider to see them</source>
   <translation>{shown} von {total} Rahmen gezeigt; {below} sind niedriger bewertet: Schieben Sie den Regler, um sie zu sehen</translation>
  </message>
  <message>
   <source>Verifying…</source>
   <translation>Prüfung läuft …</translation>
  </message>
  <message>
   <source>Writing verdicts: {n} left</source>
   <translation>Urteile werden geschrieben: noch {n}</translation>
  </message>
  <message>
   <source>Edited boxes: {n}</source>
   <translation>Bearbeitete Rahmen: {n}</translation>
  </message>
  <message>
   <source>{accepted} accepted, {rejected} rejected, {open} open</source>
   <translation>{accepted} angenommen, {rejected} verworfen, {open} offen</translation>
  </message>
  <message>
   <source>Hide boxes that the verifier is less sure of. Nothing is run again.</source>
   <translation>Blendet Rahmen aus, bei denen der Prüfer weniger sicher ist. Es wird nichts neu berechnet.</translation>
  </message>
  <message>
   <source>Lowest score shown</source>
   <translation>Niedrigste gezeigte Bewertung</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>Urteil</translation>
  </message>
  <message>
   <source>Raster</source>
   <translation>Raster</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Änderung</translation>
  </message>
  <message>
   <source>Choose boxes by clicking on them on the map</source>
   <translation>Rahmen durch Klicken auf der Karte wählen</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Durchsicht</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>Angenommen</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Verworfen</translation>
  </message>
  <message>
   <source>Score at least</source>
   <translation>Bewertung mindestens</translation>
  </message>
  <message>
   <source>The model's answer was cut off here: there may be more than it listed.</source>
   <translation>Die Antwort des Modells brach hier ab: Es kann mehr da sein, als es aufgezählt hat.</translation>
  </message>
  <message>
   <source>Not placed: the point is where the camera was.</source>
   <translation>Nicht verortet: Der Punkt ist dort, wo die Kamera war.</translation>
  </message>
  <message>
   <source>#</source>
   <translation>Nr.</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Bewertung</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Bezeichnung</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Reasoning</source>
   <translation>Begründung</translation>
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
   <translation>Seit der Bewertung neu gezeichnet.</translation>
  </message>
  <message>
   <source>Drawn anew, and verified again.</source>
   <translation>Neu gezeichnet und erneut geprüft.</translation>
  </message>
  <message>
   <source>Placed by the camera: right to about {n} m.</source>
   <translation>Nach der Kamera verortet: auf etwa {n} m genau.</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Wird angehalten …</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>Wird gestartet …</translation>
  </message>
  <message>
   <source>as the raster</source>
   <translation>wie das Raster</translation>
  </message>
  <message>
   <source> m/px</source>
   <translation> m/px</translation>
  </message>
  <message>
   <source>Ground resolution the model looks at, in metres per pixel</source>
   <translation>Bodenauflösung, in der das Modell hinsieht, in Metern je Pixel</translation>
  </message>
  <message>
   <source>Draw outlines</source>
   <translation>Umrisse zeichnen</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes, drawn by a model of their own; get one on the Models page</source>
   <translation>Polygone dessen, was in den Rahmen liegt, gezeichnet von einem eigenen Modell; auf der Seite „Modelle“ gibt es eines</translation>
  </message>
  <message>
   <source>Place by the camera</source>
   <translation>Nach der Kamera verorten</translation>
  </message>
  <message>
   <source>Put boxes on the map by the photograph's EXIF: position, height, heading. Rough, and said how rough.</source>
   <translation>Rahmen nach den EXIF-Angaben des Fotos auf die Karte setzen: Position, Höhe, Blickrichtung. Grob, und es wird gesagt, wie grob.</translation>
  </message>
  <message>
   <source>height: as the photograph</source>
   <translation>Höhe: wie im Foto</translation>
  </message>
  <message>
   <source> m above the ground</source>
   <translation> m über dem Boden</translation>
  </message>
  <message>
   <source>How high the camera was above the ground, if you know it better than the photograph</source>
   <translation>Wie hoch die Kamera über dem Boden war, wenn Sie es besser wissen als das Foto</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Vorher</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>Zoom</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keines</translation>
  </message>
  <message>
   <source>Topmost raster: {name}</source>
   <translation>Oberstes Raster: {name}</translation>
  </message>
  <message>
   <source>Active layer: {name}</source>
   <translation>Aktiver Layer: {name}</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automatisch</translation>
  </message>
  <message>
   <source>Whole view at once</source>
   <translation>Ganze Ansicht auf einmal</translation>
  </message>
  <message>
   <source>Search in detail</source>
   <translation>Im Detail suchen</translation>
  </message>
  <message>
   <source>current adapter</source>
   <translation>aktueller Adapter</translation>
  </message>
  <message>
   <source>no adapter</source>
   <translation>kein Adapter</translation>
  </message>
  <message>
   <source>Another model that looks at each box and scores it. One on a server sees the boxes alone, and not the rest of the raster.</source>
   <translation>Ein anderes Modell, das jeden Rahmen ansieht und bewertet. Eines auf einem Server sieht nur die Rahmen und nicht den Rest des Rasters.</translation>
  </message>
  <message>
   <source>Scored by the model itself</source>
   <translation>Bewertet vom Modell selbst</translation>
  </message>
  <message>
   <source>Forget a server</source>
   <translation>Einen Server vergessen</translation>
  </message>
  <message>
   <source>Servers</source>
   <translation>Server</translation>
  </message>
  <message>
   <source>Forget it</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>A server…</source>
   <translation>Ein Server…</translation>
  </message>
  <message>
   <source>Its address goes from the lists, and its key from QGIS's authentication database, unless another model of the same server stays. This can't be undone: the key has to be typed again. Runs that were made with it stay.</source>
   <translation>Seine Adresse verschwindet aus den Listen und sein Schlüssel aus der Authentifizierungsdatenbank von QGIS, es sei denn, ein anderes Modell desselben Servers bleibt. Das lässt sich nicht rückgängig machen: Der Schlüssel muss neu eingegeben werden. Läufe, die damit gemacht wurden, bleiben.</translation>
  </message>
  <message>
   <source>Forget a server…</source>
   <translation>Einen Server vergessen…</translation>
  </message>
  <message>
   <source>Leave name and password out of the address; the key has a field of its own</source>
   <translation>Name und Passwort gehören nicht in die Adresse; der Schlüssel hat ein eigenes Feld</translation>
  </message>
  <message>
   <source>This is no address. Give one like http://host:8000/v1</source>
   <translation>Das ist keine Adresse. Geben Sie eine an wie http://host:8000/v1</translation>
  </message>
  <message>
   <source>There are spaces, or characters that can't be seen, in the address or the model's name. Type it anew</source>
   <translation>In der Adresse oder im Namen des Modells stehen Leerzeichen oder unsichtbare Zeichen. Bitte neu eintippen</translation>
  </message>
  <message>
   <source>The address or the model's name is too long. Give the name that the server lists</source>
   <translation>Die Adresse oder der Name des Modells ist zu lang. Geben Sie den Namen an, den der Server nennt</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the key for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>Die Authentifizierungsdatenbank von QGIS hat den Schlüssel für {url} nicht angenommen. Öffnen Sie Einstellungen &gt; Optionen &gt; Authentifizierung, setzen Sie das Master-Passwort und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>A model on a server</source>
   <translation>Ein Modell auf einem Server</translation>
  </message>
  <message>
   <source>the only one that it serves</source>
   <translation>das einzige, das er anbietet</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <source>Behind ? only {options} may stand; the key has a field of its own</source>
   <translation>Hinter ? darf nur {options} stehen; der Schlüssel hat ein eigenes Feld</translation>
  </message>
  <message>
   <source>Pictures of your rasters are sent to this address, and to no other.</source>
   <translation>Bilder Ihrer Raster werden an diese Adresse gesendet und an keine andere.</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not let go of the key for {url}. Open Settings &gt; Options &gt; Authentication, and remove it there.</source>
   <translation>Die Authentifizierungsdatenbank von QGIS hat den Schlüssel für {url} nicht freigegeben. Öffnen Sie Einstellungen &gt; Optionen &gt; Authentifizierung und entfernen Sie ihn dort.</translation>
  </message>
  <message>
   <source>How this server gives scores is tried when it is first asked, and told here from then on.</source>
   <translation>Wie dieser Server bewertet, wird bei der ersten Frage ausprobiert und von da an hier gezeigt.</translation>
  </message>
  <message>
   <source>The scores are the model's own probabilities of yes and no.</source>
   <translation>Die Bewertungen sind die eigenen Wahrscheinlichkeiten des Modells für Ja und Nein.</translation>
  </message>
  <message>
   <source>The scores are the probabilities that the server gives for yes and no: as fine as those of a model on this computer.</source>
   <translation>Die Bewertungen sind die Wahrscheinlichkeiten, die der Server für Ja und Nein angibt: so fein wie die eines Modells auf diesem Rechner.</translation>
  </message>
  <message>
   <source>The scores are decisions of the server, as numbers between 0 and 1.</source>
   <translation>Die Bewertungen sind Entscheidungen des Servers, als Zahlen zwischen 0 und 1.</translation>
  </message>
  <message>
   <source>The server gives no probabilities: each question of yes or no is asked ten times, and the score is the share of yes. That is coarse, and takes ten times as long.</source>
   <translation>Der Server gibt keine Wahrscheinlichkeiten an: Jede Ja-Nein-Frage wird zehnmal gestellt, und die Bewertung ist der Anteil der Ja. Das ist grob und dauert zehnmal so lange.</translation>
  </message>
  <message>
   <source>{done}, about {time} left</source>
   <translation>{done}, noch etwa {time}</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} h</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>raster {number} of {total}</source>
   <translation>Raster {number} von {total}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es)</source>
   <translation>
    <numerusform>%n Rahmen</numerusform>
    <numerusform>%n Rahmen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{done} of %n window(s)</source>
   <translation>
    <numerusform>{done} von %n Fenster</numerusform>
    <numerusform>{done} von %n Fenstern</numerusform>
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
   <translation>RemoteZero-Bedienfeld</translation>
  </message>
  <message>
   <source>Find things in imagery by describing them</source>
   <translation>Dinge in Bildern finden, indem man sie beschreibt</translation>
  </message>
  <message>
   <source>The RemoteZero engine is not installed yet. Open the RemoteZero panel and install it there.</source>
   <translation>Die RemoteZero-Engine ist noch nicht installiert. Öffnen Sie das RemoteZero-Bedienfeld und installieren Sie sie dort.</translation>
  </message>
  <message>
   <source>Second opinion (empty: the model itself)</source>
   <translation>Zweite Meinung (leer: das Modell selbst)</translation>
  </message>
  <message>
   <source>{layer} is not a raster file. Export it with Save As and choose the file.</source>
   <translation>{layer} ist keine Rasterdatei. Exportieren Sie den Layer mit „Speichern als“ und wählen Sie die Datei.</translation>
  </message>
  <message>
   <source>{layer} is a web layer without an end. Say where to look.</source>
   <translation>{layer} ist ein Weblayer ohne Ende. Geben Sie an, wo gesucht werden soll.</translation>
  </message>
  <message>
   <source>The question is empty. Write what you are looking for.</source>
   <translation>Die Frage ist leer. Schreiben Sie, wonach Sie suchen.</translation>
  </message>
  <message>
   <source>The polygons can't be projected to the raster's CRS ({reason}). Check the CRS of both layers.</source>
   <translation>Die Polygone lassen sich nicht in das KBS des Rasters umrechnen ({reason}). Prüfen Sie das KBS beider Layer.</translation>
  </message>
  <message>
   <source>Question (one per line)</source>
   <translation>Frage (eine je Zeile)</translation>
  </message>
  <message>
   <source>What to look for, in plain words: one question a line, at most 64 of them.</source>
   <translation>Wonach gesucht wird, in einfachen Worten: eine Frage je Zeile, höchstens 64.</translation>
  </message>
  <message>
   <source>Model (empty: the default one)</source>
   <translation>Modell (leer: das Standardmodell)</translation>
  </message>
  <message>
   <source>Adapter (current: the one in use; none: the model as it came; or a name)</source>
   <translation>Adapter (current: der verwendete; none: das Modell, wie es kam; oder ein Name)</translation>
  </message>
  <message>
   <source>Allow rasters from the network</source>
   <translation>Raster aus dem Netz zulassen</translation>
  </message>
  <message>
   <source>Name of a model that is here, its folder, or the address of one on a server. Empty: the default one.</source>
   <translation>Name eines Modells, das hier ist, sein Ordner, oder die Adresse eines Modells auf einem Server. Leer: das voreingestellte.</translation>
  </message>
  <message>
   <source>What the model has learned here: “current” for what is in use, “none” for the model as it came, or the name of an adapter.</source>
   <translation>Was das Modell hier gelernt hat: „current“ für das, was in Gebrauch ist, „none“ für das Modell, wie es kam, oder der Name eines Adapters.</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: it is read from there.</source>
   <translation>Aus: Ein Raster, das zu einem Server führt, wird abgelehnt, und dieser Server wird nicht gefragt. Ein: Es wird von dort gelesen.</translation>
  </message>
  <message>
   <source>Compare two dates</source>
   <translation>Zwei Daten vergleichen</translation>
  </message>
  <message>
   <source>Finds what is new, what is gone and what stayed between two rasters of one place.</source>
   <translation>Findet, was zwischen zwei Rastern eines Ortes neu ist, was weg ist und was geblieben ist.</translation>
  </message>
  <message>
   <source>Asks the same question of two rasters of one place, and says of each box whether it is new, gone, or stayed.

CRS, resolution and extent of the rasters may differ. What both cover is searched on each; boxes are matched within the tolerance; and the verifier looks at every place that was found on one date only on the other date as well. So 'gone' means that it is not seen there, and not only that it was not found. Where search and verifier disagree the change is 'unsure', and where the other raster has no data, is under a masked cloud or too coarse, it is 'not_seen'.

The attributes score_before and score_after are the verifier's on both dates. 'Stayed' says that one such thing is there on both dates, not that it is the same one.</source>
   <translation>Stellt zwei Rastern eines Ortes dieselbe Frage und sagt von jedem Rahmen, ob er neu, weg oder geblieben ist.

KBS, Auflösung und Ausdehnung der Raster dürfen sich unterscheiden. Durchsucht wird auf beiden, was beide abdecken; Rahmen werden innerhalb der Toleranz einander zugeordnet; und der Prüfer sieht sich jede Stelle, die nur an einem Datum gefunden wurde, auch am anderen Datum an. „Weg“ heißt also, dass es dort nicht zu sehen ist, und nicht nur, dass es nicht gefunden wurde. Wo Suche und Prüfer sich widersprechen, ist die Änderung „unsicher“, und wo das andere Raster keine Daten hat, unter einer maskierten Wolke liegt oder zu grob ist, „nicht gesehen“ (not_seen).

Die Attribute score_before und score_after sind die Bewertungen des Prüfers an beiden Daten. „Geblieben“ sagt, dass an beiden Daten ein solches Ding da ist, nicht dass es dasselbe ist.</translation>
  </message>
  <message>
   <source>Later raster</source>
   <translation>Späteres Raster</translation>
  </message>
  <message>
   <source>Score from which on the verifier's answer is yes</source>
   <translation>Bewertung, ab der die Antwort des Prüfers Ja ist</translation>
  </message>
  <message>
   <source>change,before,after,new,gone,difference,time,AI</source>
   <translation>Änderung,vorher,nachher,neu,weg,Unterschied,Zeit,KI</translation>
  </message>
  <message>
   <source>Earlier raster</source>
   <translation>Früheres Raster</translation>
  </message>
  <message>
   <source>How far apart one object may lie, in metres</source>
   <translation>Wie weit ein Objekt auseinanderliegen darf, in Metern</translation>
  </message>
  <message>
   <source>The raster of the earlier date. CRS, resolution and extent may differ from those of the later one.</source>
   <translation>Das Raster des früheren Datums. KBS, Auflösung und Ausdehnung dürfen sich von denen des späteren unterscheiden.</translation>
  </message>
  <message>
   <source>The raster of the later date. The boxes are in its CRS.</source>
   <translation>Das Raster des späteren Datums. Die Rahmen sind in seinem KBS.</translation>
  </message>
  <message>
   <source>Only this part is compared. Empty: all that both rasters cover.</source>
   <translation>Nur dieser Teil wird verglichen. Leer: alles, was beide Raster abdecken.</translation>
  </message>
  <message>
   <source>Boxes of two dates whose centres are farther apart, and that do not overlap, are two objects. Empty: 5 m, or two pixels of the coarser raster if that is more.</source>
   <translation>Rahmen von zwei Daten, deren Mittelpunkte weiter auseinanderliegen und die sich nicht überdecken, sind zwei Objekte. Leer: 5 m, oder zwei Pixel des gröberen Rasters, wenn das mehr ist.</translation>
  </message>
  <message>
   <source>From there on a thing counts as seen on a date. Empty: what suits the model.</source>
   <translation>Von da an gilt ein Ding an einem Datum als gesehen. Leer: was zum Modell passt.</translation>
  </message>
  <message>
   <source>Polygons in the later raster's CRS. The column change says new, gone, stayed, unsure or not_seen; score_before and score_after are the scores on both dates.</source>
   <translation>Polygone im KBS des späteren Rasters. Die Spalte change sagt new (neu), gone (weg), stayed (geblieben), unsure (unsicher) oder not_seen (nicht gesehen); score_before und score_after sind die Bewertungen an beiden Daten.</translation>
  </message>
  <message>
   <source>Number of boxes: {change}</source>
   <translation>Anzahl der Rahmen: {change}</translation>
  </message>
  <message>
   <source>Evaluate a model</source>
   <translation>Ein Modell auswerten</translation>
  </message>
  <message>
   <source>Says how well a model finds what a layer of reference boxes shows.</source>
   <translation>Sagt, wie gut ein Modell findet, was ein Layer mit Referenzrahmen zeigt.</translation>
  </message>
  <message>
   <source>Searches the raster and compares what is found with the polygons of a layer: precision, recall, F1, average precision, overlap, and how far edges are off in metres, each with its interval. The report is one page with the best and the worst places.

The layer has to be complete: a box that is found and not in it counts as wrong. Cut the raster to the part that was mapped, if only a part was.

One question can be asked for all polygons, or each distinct value of a field is one.</source>
   <translation>Durchsucht das Raster und vergleicht, was gefunden wird, mit den Polygonen eines Layers: Genauigkeit (Precision), Trefferquote (Recall), F1, mittlere Genauigkeit, Überdeckung und wie weit Kanten danebenliegen, in Metern, jeweils mit Intervall. Der Bericht ist eine Seite mit den besten und den schlechtesten Stellen.

Der Layer muss vollständig sein: Ein Rahmen, der gefunden wird und nicht darin steht, zählt als falsch. Schneiden Sie das Raster auf den kartierten Teil zu, wenn nur ein Teil kartiert wurde.

Es kann eine Frage für alle Polygone gestellt werden, oder jeder verschiedene Wert eines Feldes ist eine.</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>automatisch</translation>
  </message>
  <message>
   <source>overview</source>
   <translation>Überblick</translation>
  </message>
  <message>
   <source>in detail</source>
   <translation>im Detail</translation>
  </message>
  <message>
   <source>accuracy,precision,recall,F1,AP,IoU,quality,reference,AI</source>
   <translation>Genauigkeit,Precision,Recall,F1,AP,IoU,Qualität,Referenz,KI</translation>
  </message>
  <message>
   <source>Reference polygons</source>
   <translation>Referenzpolygone</translation>
  </message>
  <message>
   <source>What the polygons show</source>
   <translation>Was die Polygone zeigen</translation>
  </message>
  <message>
   <source>Or the field that says it of each</source>
   <translation>Oder das Feld, das es von jedem sagt</translation>
  </message>
  <message>
   <source>Lowest score of a box that counts</source>
   <translation>Niedrigste Bewertung eines Rahmens, der zählt</translation>
  </message>
  <message>
   <source>Level of detail</source>
   <translation>Detailgrad</translation>
  </message>
  <message>
   <source>Context round a box</source>
   <translation>Umgebung eines Rahmens</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Bericht</translation>
  </message>
  <message>
   <source>Web pages (*.html)</source>
   <translation>Webseiten (*.html)</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Genauigkeit (Precision)</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>Trefferquote (Recall)</translation>
  </message>
  <message>
   <source>Average precision at an IoU of 0.5</source>
   <translation>Mittlere Genauigkeit (AP) bei einer IoU von 0,5</translation>
  </message>
  <message>
   <source>Mean IoU</source>
   <translation>Mittlere IoU</translation>
  </message>
  <message>
   <source>Mean error of edges in metres</source>
   <translation>Mittlerer Fehler der Kanten in Metern</translation>
  </message>
  <message>
   <source>The image to search, as its layer's style shows it.</source>
   <translation>Das Bild, das durchsucht wird, so wie der Stil seines Layers es zeigt.</translation>
  </message>
  <message>
   <source>Boxes or outlines that you trust, in any CRS. All such things have to be in it.</source>
   <translation>Rahmen oder Umrisse, denen Sie vertrauen, in beliebigem KBS. Alle solchen Dinge müssen darin stehen.</translation>
  </message>
  <message>
   <source>One question for all polygons, such as “all ships”. Leave it empty to use a field.</source>
   <translation>Eine Frage für alle Polygone, etwa „alle Schiffe“. Lassen Sie sie leer, um ein Feld zu verwenden.</translation>
  </message>
  <message>
   <source>Each distinct value of it is asked as a question. Leave it empty to use one question.</source>
   <translation>Jeder verschiedene Wert darin wird als Frage gestellt. Lassen Sie es leer, um eine einzige Frage zu verwenden.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below count as not found in precision, recall and F1.</source>
   <translation>Von 0 bis 1: Rahmen darunter zählen bei Precision, Recall und F1 als nicht gefunden.</translation>
  </message>
  <message>
   <source>0: automatic, both of the others where that is worth it. 1: the whole view at once, for questions that need the overview. 2: overlapping windows, for small things.</source>
   <translation>0: automatisch, beides andere, wo es sich lohnt. 1: die ganze Ansicht auf einmal, für Fragen, die den Überblick brauchen. 2: überlappende Fenster, für kleine Dinge.</translation>
  </message>
  <message>
   <source>How much round a box the check sees as well, as a share of the box's longer side.</source>
   <translation>Wie viel um einen Rahmen herum die Prüfung mit ansieht, als Anteil seiner längeren Seite.</translation>
  </message>
  <message>
   <source>One page with the figures, their intervals, and the best and worst places.</source>
   <translation>Eine Seite mit den Zahlen, ihren Intervallen und den besten und schlechtesten Stellen.</translation>
  </message>
  <message>
   <source>Say what the polygons show: write one question for all of them, or choose the field that says it of each.</source>
   <translation>Sagen Sie, was die Polygone zeigen: Schreiben Sie eine Frage für alle, oder wählen Sie das Feld, das es von jedem sagt.</translation>
  </message>
  <message>
   <source>An evaluation reads no rasters from the network.</source>
   <translation>Eine Auswertung liest keine Raster aus dem Netz.</translation>
  </message>
  <message>
   <source>The layer holds no polygon. Choose one that does.</source>
   <translation>Der Layer enthält kein Polygon. Wählen Sie einen, der welche enthält.</translation>
  </message>
  <message>
   <source>The report can't be written to {path} ({reason}). Choose another file.</source>
   <translation>Der Bericht lässt sich nicht nach {path} schreiben ({reason}). Wählen Sie eine andere Datei.</translation>
  </message>
  <message>
   <source>Export boxes</source>
   <translation>Rahmen exportieren</translation>
  </message>
  <message>
   <source>Writes boxes as training data or tables for other programs.</source>
   <translation>Schreibt Rahmen als Trainingsdaten oder Tabellen für andere Programme.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures cut from the raster and the boxes in them. The other formats are one file. GeoJSON is in WGS 84.

Rejected boxes are never exported. Where some boxes were accepted or rejected, only the accepted ones are, unless you take the undecided ones, too.

Beside the output comes a file that tells which model found the boxes, in which raster, and when. A folder that exists is never replaced.</source>
   <translation>COCO und YOLO sind Ordner mit Bildern, die aus dem Raster geschnitten sind, und den Rahmen darin. Die anderen Formate sind eine Datei. GeoJSON ist in WGS 84.

Verworfene Rahmen werden nie exportiert. Wo einige angenommen oder verworfen wurden, werden nur die angenommenen exportiert, außer Sie nehmen auch die unentschiedenen.

Neben die Ausgabe kommt eine Datei, die sagt, welches Modell die Rahmen gefunden hat, in welchem Raster und wann. Ein Ordner, den es gibt, wird nie ersetzt.</translation>
  </message>
  <message>
   <source>The label of a box</source>
   <translation>Die Bezeichnung eines Rahmens</translation>
  </message>
  <message>
   <source>The question that found it</source>
   <translation>Die Frage, die ihn gefunden hat</translation>
  </message>
  <message>
   <source>Classes of a training set</source>
   <translation>Klassen eines Trainingsdatensatzes</translation>
  </message>
  <message>
   <source>Raster (empty: those that the boxes name)</source>
   <translation>Raster (leer: die, die in den Rahmen stehen)</translation>
  </message>
  <message>
   <source>Side of a picture in pixels</source>
   <translation>Seitenlänge eines Bildes in Pixeln</translation>
  </message>
  <message>
   <source>Metres per pixel</source>
   <translation>Meter je Pixel</translation>
  </message>
  <message>
   <source>Also cut pictures without boxes</source>
   <translation>Auch Bilder ohne Rahmen schneiden</translation>
  </message>
  <message>
   <source>COCO,YOLO,training data,chips,GeoParquet,CSV</source>
   <translation>COCO,YOLO,Trainingsdaten,Ausschnitte,GeoParquet,CSV</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>Rahmen</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Take undecided boxes, too</source>
   <translation>Auch unentschiedene Rahmen nehmen</translation>
  </message>
  <message>
   <source>Lowest score</source>
   <translation>Niedrigste Bewertung</translation>
  </message>
  <message>
   <source>File or folder</source>
   <translation>Datei oder Ordner</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <source>Provenance</source>
   <translation>Herkunft</translation>
  </message>
  <message>
   <source>Exported boxes</source>
   <translation>Exportierte Rahmen</translation>
  </message>
  <message>
   <source>A result of Locate or of the panel. Rejected boxes are never exported.</source>
   <translation>Ein Ergebnis von „Suchen“ oder des Bedienfelds. Verworfene Rahmen werden nie exportiert.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures; the others are one file.</source>
   <translation>COCO und YOLO sind Ordner mit Bildern; die anderen sind eine einzelne Datei.</translation>
  </message>
  <message>
   <source>COCO and YOLO name classes. Take the questions where one layer holds the boxes of several.</source>
   <translation>COCO und YOLO benennen Klassen. Nehmen Sie die Fragen, wenn ein Layer die Rahmen mehrerer enthält.</translation>
  </message>
  <message>
   <source>Otherwise only accepted boxes are taken, once some were accepted or rejected.</source>
   <translation>Sonst werden nur angenommene Rahmen genommen, sobald einige angenommen oder verworfen wurden.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below are left out.</source>
   <translation>Von 0 bis 1: Rahmen darunter werden weggelassen.</translation>
  </message>
  <message>
   <source>Pictures for COCO and YOLO are cut from it.</source>
   <translation>Aus ihm werden Bilder für COCO und YOLO geschnitten.</translation>
  </message>
  <message>
   <source>Of the square pictures for COCO and YOLO.</source>
   <translation>Der quadratischen Bilder für COCO und YOLO.</translation>
  </message>
  <message>
   <source>Of the pictures. Empty: the finest at which a box was found.</source>
   <translation>Der Bilder. Leer: das Feinste, bei dem ein Rahmen gefunden wurde.</translation>
  </message>
  <message>
   <source>Places where nothing was found teach a model what to leave alone.</source>
   <translation>Stellen, an denen nichts gefunden wurde, lehren ein Modell, was es in Ruhe lassen soll.</translation>
  </message>
  <message>
   <source>A file, or for COCO and YOLO a folder that does not exist yet.</source>
   <translation>Eine Datei, oder für COCO und YOLO ein Ordner, den es noch nicht gibt.</translation>
  </message>
  <message>
   <source>Lets the model learn from your own rasters, without any labels.</source>
   <translation>Lässt das Modell aus Ihren eigenen Rastern lernen, ganz ohne Beschriftungen.</translation>
  </message>
  <message>
   <source>The model practises on your rasters: it proposes boxes, its own check scores them, and it learns from the scores. No labels are needed, and nothing leaves the computer.

After each round a gate compares old and new on places kept aside. A round that is not better, or that answers wrong questions with yes more often, is thrown away. You can go back to any earlier adapter.

Questions: one per line; leave empty and the model proposes its own.</source>
   <translation>Das Modell übt an Ihren Rastern: Es schlägt Rahmen vor, seine eigene Prüfung bewertet sie, und es lernt aus den Bewertungen. Beschriftungen sind nicht nötig, und nichts verlässt den Rechner.

Nach jeder Runde vergleicht eine Schranke Alt und Neu an Stellen, die zurückgehalten wurden. Eine Runde, die nicht besser ist oder falsche Fragen öfter bejaht, wird verworfen. Sie können zu jedem früheren Adapter zurückkehren.

Fragen: eine je Zeile; bleibt das Feld leer, schlägt das Modell eigene vor.</translation>
  </message>
  <message>
   <source>Use the new adapter when it is better than the old</source>
   <translation>Neuen Adapter verwenden, wenn er besser ist als der alte</translation>
  </message>
  <message>
   <source>Results whose accepted and rejected boxes may be used</source>
   <translation>Ergebnisse, deren angenommene und verworfene Rahmen verwendet werden dürfen</translation>
  </message>
  <message>
   <source>Folder of another model, or the address of one on a server, that scores the boxes and learns nothing itself. Empty: the model that learns, as it was before the round.</source>
   <translation>Ordner eines anderen Modells, oder die Adresse eines Modells auf einem Server, das die Rahmen bewertet und selbst nichts lernt. Leer: das Modell, das lernt, wie es vor der Runde war.</translation>
  </message>
  <message>
   <source>train,learn,adapter,unlabelled,AI</source>
   <translation>trainieren,lernen,Adapter,unbeschriftet,KI</translation>
  </message>
  <message>
   <source>Questions (one per line; empty: proposed)</source>
   <translation>Fragen (eine je Zeile; leer: vorgeschlagene)</translation>
  </message>
  <message>
   <source>Where to learn</source>
   <translation>Wo gelernt wird</translation>
  </message>
  <message>
   <source>Rounds at most</source>
   <translation>Höchstens so viele Runden</translation>
  </message>
  <message>
   <source>Minutes at most</source>
   <translation>Höchstens so viele Minuten</translation>
  </message>
  <message>
   <source>Images of the kind that you will search later. Nobody has to draw boxes in them.</source>
   <translation>Bilder von der Art, die Sie später durchsuchen. Niemand muss Rahmen hineinzeichnen.</translation>
  </message>
  <message>
   <source>What you will ask later, one question a line. Empty: the model proposes its own.</source>
   <translation>Was Sie später fragen, eine Frage je Zeile. Leer: Das Modell schlägt eigene vor.</translation>
  </message>
  <message>
   <source>Only this part is learned from. Empty: all of the rasters.</source>
   <translation>Nur aus diesem Teil wird gelernt. Leer: aus allen Rastern ganz.</translation>
  </message>
  <message>
   <source>After each round it is decided whether the model got better; two refusals end the run.</source>
   <translation>Nach jeder Runde wird entschieden, ob das Modell besser geworden ist; zwei Ablehnungen beenden den Lauf.</translation>
  </message>
  <message>
   <source>All of it, preparing and checking included.</source>
   <translation>Alles zusammen, Vorbereitung und Prüfung eingeschlossen.</translation>
  </message>
  <message>
   <source>How many metres a pixel stands for when the model practises. Empty: as in the raster.</source>
   <translation>Für wie viele Meter ein Pixel steht, wenn das Modell übt. Leer: wie im Raster.</translation>
  </message>
  <message>
   <source>Off: what was learned is kept in the list of adapters, and the old one stays in use.</source>
   <translation>Aus: Was gelernt wurde, bleibt in der Liste der Adapter, und der alte bleibt in Gebrauch.</translation>
  </message>
  <message>
   <source>Result layers that are kept in files. Without them the model learns from its own check alone.</source>
   <translation>Ergebnislayer, die in Dateien liegen. Ohne sie lernt das Modell allein aus seiner eigenen Prüfung.</translation>
  </message>
  <message>
   <source>No raster was chosen. Choose at least one.</source>
   <translation>Es wurde kein Raster gewählt. Wählen Sie mindestens eines.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Leave the area empty, or choose such rasters.</source>
   <translation>Ein Gebiet setzt Raster mit demselben KBS voraus. Lassen Sie das Gebiet leer oder wählen Sie solche Raster.</translation>
  </message>
  <message>
   <source>{layer} is not kept in a file. Save it to one, then its verdicts can be used.</source>
   <translation>{layer} liegt in keiner Datei. Speichern Sie den Layer in eine, dann sind seine Urteile verwendbar.</translation>
  </message>
  <message>
   <source>Name or folder of another model, or the address of one on a server, that scores the boxes. Empty: the model that finds them.</source>
   <translation>Name oder Ordner eines anderen Modells, oder die Adresse eines Modells auf einem Server, das die Rahmen bewertet. Leer: das Modell, das sie findet.</translation>
  </message>
  <message>
   <source>{boxes}; {windows} looked at, {blank} of them without data, {vetoed} skipped by the check.</source>
   <translation>{boxes}; {windows} angesehen, davon {blank} ohne Daten, {vetoed} nach der Vorprüfung übersprungen.</translation>
  </message>
  <message>
   <source>Locate</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster and scores every box.</source>
   <translation>Findet in einem Raster, was ein Satz beschreibt, und bewertet jeden Rahmen.</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster.

Write one question per line, for instance: all ships / the largest building / where could people take shelter from a flood?

Zoom: 'whole view at once' suits questions that need the overview; 'search in detail' cuts the raster into overlapping windows at the given metres per pixel; 'automatic' does both where it is worth it.

The model sees the bands and the contrast that the layer's style shows. Every box carries the score of an independent check (0 to 1), the reasoning, and where it came from. Keep low scores and filter later.</source>
   <translation>Findet in einem Raster, was ein Satz beschreibt.

Schreiben Sie eine Frage je Zeile, zum Beispiel: alle Schiffe / das größte Gebäude / wo könnten Menschen vor einer Flut Zuflucht finden?

Zoom: „Ganze Ansicht auf einmal“ passt zu Fragen, die den Überblick brauchen; „Im Detail suchen“ zerlegt das Raster in überlappende Fenster mit den angegebenen Metern je Pixel; „Automatisch“ tut beides, wo es sich lohnt.

Das Modell sieht die Kanäle und den Kontrast, die der Stil des Layers zeigt. Jeder Rahmen trägt die Bewertung einer unabhängigen Prüfung (0 bis 1), die Begründung und seine Herkunft. Behalten Sie niedrige Bewertungen und filtern Sie später.</translation>
  </message>
  <message>
   <source>Metres per pixel for the search in detail</source>
   <translation>Meter je Pixel für die Suche im Detail</translation>
  </message>
  <message>
   <source>Draw outlines instead of boxes</source>
   <translation>Umrisse statt Rahmen zeichnen</translation>
  </message>
  <message>
   <source>Overlap of windows</source>
   <translation>Überlappung der Fenster</translation>
  </message>
  <message>
   <source>Leave out boxes below this score</source>
   <translation>Rahmen unter dieser Bewertung weglassen</translation>
  </message>
  <message>
   <source>Context round a box for its score</source>
   <translation>Umgebung eines Rahmens für die Bewertung</translation>
  </message>
  <message>
   <source>Skip windows that show nothing of the kind</source>
   <translation>Fenster überspringen, die nichts dergleichen zeigen</translation>
  </message>
  <message>
   <source>Outlines with right angles</source>
   <translation>Umrisse mit rechten Winkeln</translation>
  </message>
  <message>
   <source>Tolerance of outlines in metres</source>
   <translation>Toleranz der Umrisse in Metern</translation>
  </message>
  <message>
   <source>How many metres a pixel of the windows stands for. Empty: as in the raster.</source>
   <translation>Für wie viele Meter ein Pixel der Fenster steht. Leer: wie im Raster.</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes; a model that draws outlines has to be here.</source>
   <translation>Polygone dessen, was in den Rahmen liegt; ein Modell, das Umrisse zeichnet, muss hier sein.</translation>
  </message>
  <message>
   <source>Share of a window that its neighbour repeats, so that nothing is cut in two.</source>
   <translation>Anteil eines Fensters, den sein Nachbar wiederholt, damit nichts entzweigeschnitten wird.</translation>
  </message>
  <message>
   <source>From 0 to 1. With 0 all boxes are written, to be filtered by their score later.</source>
   <translation>Von 0 bis 1. Mit 0 werden alle Rahmen geschrieben und später nach ihrer Bewertung gefiltert.</translation>
  </message>
  <message>
   <source>Saves time. Turn it off for rare things that the check may not know from afar.</source>
   <translation>Spart Zeit. Schalten Sie es bei seltenen Dingen aus, die die Prüfung von Weitem vielleicht nicht erkennt.</translation>
  </message>
  <message>
   <source>Gives outlines right angles where that fits, as for buildings.</source>
   <translation>Gibt Umrissen rechte Winkel, wo das passt, etwa bei Gebäuden.</translation>
  </message>
  <message>
   <source>How far an outline may lie from the edge. Empty: half a pixel.</source>
   <translation>Wie weit ein Umriss von der Kante liegen darf. Leer: ein halbes Pixel.</translation>
  </message>
  <message>
   <source>find,detect,object,query,question,text,AI,box</source>
   <translation>finden,erkennen,Objekt,Abfrage,Frage,Text,KI,Rahmen</translation>
  </message>
  <message>
   <source>Where to look</source>
   <translation>Wo gesucht wird</translation>
  </message>
  <message>
   <source>Place a photograph's boxes by its camera (EXIF)</source>
   <translation>Rahmen eines Fotos nach seiner Kamera verorten (EXIF)</translation>
  </message>
  <message>
   <source>The camera's height above the ground in metres</source>
   <translation>Höhe der Kamera über dem Boden in Metern</translation>
  </message>
  <message>
   <source>Number of boxes</source>
   <translation>Anzahl der Rahmen</translation>
  </message>
  <message>
   <source>Any raster that QGIS opens. The model sees its bands and contrast as the layer's style shows them. A map service is rendered first, and then needs EXTENT.</source>
   <translation>Jedes Raster, das QGIS öffnet. Das Modell sieht Kanäle und Kontrast so, wie der Stil des Layers sie zeigt. Ein Kartendienst wird zuerst gerendert und braucht dann EXTENT.</translation>
  </message>
  <message>
   <source>Only this part is searched. Empty: the whole raster.</source>
   <translation>Nur dieser Teil wird durchsucht. Leer: das ganze Raster.</translation>
  </message>
  <message>
   <source>For a photograph without a place that says where its camera was and whither it looked. Its boxes are then in WGS 84, and only roughly right. Off: they are in pixels.</source>
   <translation>Für ein Foto ohne Lagebezug, in dem steht, wo seine Kamera war und wohin sie sah. Seine Rahmen sind dann in WGS 84 und nur ungefähr richtig. Aus: Sie sind in Pixeln.</translation>
  </message>
  <message>
   <source>Needed where the photograph does not say it. Empty: what it says.</source>
   <translation>Nötig, wo das Foto sie nicht nennt. Leer: was darin steht.</translation>
  </message>
  <message>
   <source>Polygons in the raster's CRS, with score (0 to 1), rank, label, reasoning, question, model and where each came from.</source>
   <translation>Polygone im KBS des Rasters, mit score (0 bis 1), rank, label, reasoning, Frage, Modell und Herkunft.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) so far</source>
   <translation>
    <numerusform>Bisher %n Rahmen</numerusform>
    <numerusform>Bisher %n Rahmen</numerusform>
   </translation>
  </message>
  <message>
   <source>Locate in many rasters</source>
   <translation>In vielen Rastern suchen</translation>
  </message>
  <message>
   <source>Finds what sentences describe in a folder, a list or a STAC item collection of rasters.</source>
   <translation>Findet in einem Ordner, einer Liste oder einer STAC-Item-Sammlung von Rastern, was Sätze beschreiben.</translation>
  </message>
  <message>
   <source>Asks the same questions over many rasters, one after the other: the chosen layers, all rasters of a folder, and the pictures of a STAC item collection. Each is searched as a whole. A mosaic (VRT) is one raster.

The boxes of all rasters come in one layer, with the raster in the column source. A second table says of every raster whether it was searched, how many boxes it has, and if it could not be searched, why.

When the run is broken off, start it again with the same parameters: rasters that were finished are not asked twice, and the one that was begun goes on where it was. A file that has changed is asked anew.</source>
   <translation>Stellt vielen Rastern nacheinander dieselben Fragen: den gewählten Layern, allen Rastern eines Ordners und den Bildern einer STAC-Item-Sammlung. Jedes wird ganz durchsucht. Ein Mosaik (VRT) ist ein Raster.

Die Rahmen aller Raster kommen in einen Layer, mit dem Raster in der Spalte source. Eine zweite Tabelle sagt von jedem Raster, ob es durchsucht wurde, wie viele Rahmen es hat und, wenn es nicht durchsucht werden konnte, warum.

Wird die Suche abgebrochen, starten Sie sie mit denselben Parametern neu: Fertige Raster werden nicht zweimal gefragt, und das angefangene geht dort weiter, wo es war. Eine Datei, die sich geändert hat, wird neu gefragt.</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: its only or visual one)</source>
   <translation>Bild eines STAC-Items (leer: das einzige oder „visual“)</translation>
  </message>
  <message>
   <source>Also a file of boxes beside each raster</source>
   <translation>Auch eine Datei mit Rahmen neben jedem Raster</translation>
  </message>
  <message>
   <source>Ask also what was finished before</source>
   <translation>Auch fragen, was schon fertig war</translation>
  </message>
  <message>
   <source>CRS of the boxes (empty: of the first raster)</source>
   <translation>KBS der Rahmen (leer: das des ersten Rasters)</translation>
  </message>
  <message>
   <source>find,detect,object,query,folder,batch,mosaic,STAC,tiles,AI,box</source>
   <translation>finden,erkennen,Objekt,Abfrage,Ordner,Stapel,Mosaik,STAC,Kacheln,KI,Rahmen</translation>
  </message>
  <message>
   <source>Folder with rasters</source>
   <translation>Ordner mit Rastern</translation>
  </message>
  <message>
   <source>Also the folders in it</source>
   <translation>Auch die Ordner darin</translation>
  </message>
  <message>
   <source>STAC item collection (JSON)</source>
   <translation>STAC-Item-Sammlung (JSON)</translation>
  </message>
  <message>
   <source>What became of each raster</source>
   <translation>Was aus jedem Raster wurde</translation>
  </message>
  <message>
   <source>Rasters that could not be searched</source>
   <translation>Raster, die nicht durchsucht werden konnten</translation>
  </message>
  <message>
   <source>Layers whose rasters are files. The model sees them as their style shows them.</source>
   <translation>Layer, deren Raster Dateien sind. Das Modell sieht sie so, wie ihr Stil sie zeigt.</translation>
  </message>
  <message>
   <source>All rasters in it are searched. A mosaic (VRT) is left out where there are other rasters.</source>
   <translation>Alle Raster darin werden durchsucht. Ein Mosaik (VRT) wird ausgelassen, wo es andere Raster gibt.</translation>
  </message>
  <message>
   <source>Off: only what lies in the folder itself is searched.</source>
   <translation>Aus: Nur was im Ordner selbst liegt, wird durchsucht.</translation>
  </message>
  <message>
   <source>A JSON file with a STAC item, or a collection of items. Pictures on the network need NETWORK.</source>
   <translation>Eine JSON-Datei mit einem STAC-Item oder einer Sammlung von Items. Bilder im Netz brauchen NETWORK.</translation>
  </message>
  <message>
   <source>The key of an item's asset, such as “visual”.</source>
   <translation>Der Schlüssel eines Assets des Items, etwa „visual“.</translation>
  </message>
  <message>
   <source>Each raster gets its own boxes in a file beside it.</source>
   <translation>Jedes Raster bekommt seine eigenen Rahmen in einer Datei daneben.</translation>
  </message>
  <message>
   <source>Off: rasters that were finished with the same questions and settings are not asked twice.</source>
   <translation>Aus: Raster, die mit denselben Fragen und Einstellungen fertig waren, werden nicht zweimal gefragt.</translation>
  </message>
  <message>
   <source>The boxes of all rasters are brought into it. Empty: the CRS of the first raster with boxes.</source>
   <translation>Die Rahmen aller Raster werden in dieses KBS gebracht. Leer: das KBS des ersten Rasters mit Rahmen.</translation>
  </message>
  <message>
   <source>The boxes of all rasters, with score (0 to 1), rank, label, reasoning, question and model. The column source says which raster each came from.</source>
   <translation>Die Rahmen aller Raster, mit score (0 bis 1), rank, label, reasoning, Frage und Modell. Die Spalte source sagt, aus welchem Raster jeder kam.</translation>
  </message>
  <message>
   <source>A table without geometry: of each raster whether it was searched, how many boxes it has, and if it could not be searched, why.</source>
   <translation>Eine Tabelle ohne Geometrie: von jedem Raster, ob es durchsucht wurde, wie viele Rahmen es hat und, wenn es nicht durchsucht werden konnte, warum.</translation>
  </message>
  <message>
   <source>There is no raster to search: choose layers, a folder or a STAC item collection.</source>
   <translation>Es gibt kein Raster zu durchsuchen: Wählen Sie Layer, einen Ordner oder eine STAC-Item-Sammlung.</translation>
  </message>
  <message>
   <source>Cancelled. Start it again with the same parameters, and it goes on.</source>
   <translation>Abgebrochen. Starten Sie sie mit denselben Parametern neu, dann geht die Suche weiter.</translation>
  </message>
  <message>
   <source>It was searched before, and is not asked again.</source>
   <translation>Es war schon durchsucht und wird nicht noch einmal gefragt.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) in {rasters} rasters; {failed} could not be searched.</source>
   <translation>
    <numerusform>%n Rahmen in {rasters} Rastern; {failed} konnten nicht durchsucht werden.</numerusform>
    <numerusform>%n Rahmen in {rasters} Rastern; {failed} konnten nicht durchsucht werden.</numerusform>
   </translation>
  </message>
  <message>
   <source>It lies on the network, which was not allowed.</source>
   <translation>Es liegt im Netz, und das war nicht zugelassen.</translation>
  </message>
  <message>
   <source>Raster {number} of {total}: {name}</source>
   <translation>Raster {number} von {total}: {name}</translation>
  </message>
  <message>
   <source>Nothing can be written to {path}. Choose another output.</source>
   <translation>In {path} kann nichts geschrieben werden. Wählen Sie eine andere Ausgabe.</translation>
  </message>
  <message>
   <source>{path} holds other layers ({layers}), which would be lost. Choose another output, or save to a GeoPackage, which adds a layer.</source>
   <translation>{path} enthält weitere Layer ({layers}), die verloren gingen. Wählen Sie eine andere Ausgabe oder speichern Sie in ein GeoPackage, das fügt einen Layer hinzu.</translation>
  </message>
  <message>
   <source>{path} is what is being read, and would be lost. Choose another output.</source>
   <translation>{path} wird gerade gelesen und ginge verloren. Wählen Sie eine andere Ausgabe.</translation>
  </message>
  <message>
   <source>{path} is open in QGIS or in another program. Remove its layers from the project, or choose another output.</source>
   <translation>{path} ist in QGIS oder einem anderen Programm geöffnet. Entfernen Sie seine Layer aus dem Projekt oder wählen Sie eine andere Ausgabe.</translation>
  </message>
  <message>
   <source>{boxes} of {things} in {scenes}; {failed} could not be searched.</source>
   <translation>{boxes} für {things} in {scenes}; {failed} konnten nicht durchsucht werden.</translation>
  </message>
  <message>
   <source>Scan an archive</source>
   <translation>Ein Archiv durchsuchen</translation>
  </message>
  <message>
   <source>Finds what sentences describe in thousands of scenes, several at a time.</source>
   <translation>Findet in Tausenden von Szenen, mehreren zugleich, was Sätze beschreiben.</translation>
  </message>
  <message>
   <source>Asks the same questions of all scenes of an archive: a folder, a list, a mosaic (VRT), or a STAC catalogue or collection. Several processes work side by side, on this machine or on a cluster.

What was found comes as one layer. Its actions show one scene, one day or all; the temporal controller shows each box when its scene was taken. One thing that several scenes show has one number in the column thing, and is one feature in the layer found of the same file.

When the run is broken off, start it again with the same parameters and the same folder: no finished window is asked twice. A scene that can't be read does not stop the others.

The engine needs Ray for it, which is installed beside it once; the manual says how.</source>
   <translation>Stellt allen Szenen eines Archivs dieselben Fragen: einem Ordner, einer Liste, einem Mosaik (VRT) oder einem STAC-Katalog oder einer STAC-Sammlung. Mehrere Prozesse arbeiten nebeneinander, auf diesem Rechner oder auf einem Cluster.

Was gefunden wurde, kommt als ein Layer. Seine Aktionen zeigen eine Szene, einen Tag oder alles; die Zeitsteuerung zeigt jeden Rahmen zu der Zeit, als seine Szene aufgenommen wurde. Ein Ding, das mehrere Szenen zeigen, hat eine einzige Nummer in der Spalte thing und ist ein einziges Objekt im Layer found derselben Datei.

Wird die Suche abgebrochen, starten Sie sie mit denselben Parametern und demselben Ordner neu: Kein fertiges Fenster wird zweimal gefragt. Eine Szene, die nicht lesbar ist, hält die anderen nicht auf.

Die Engine braucht dafür Ray, das einmal neben ihr installiert wird; das Handbuch sagt, wie.</translation>
  </message>
  <message>
   <source>The scan has ended, and its results are not on this computer: the engine wrote them to {folder} on its own. Open {file} from there.</source>
   <translation>Die Suche ist beendet, und ihre Ergebnisse liegen nicht auf diesem Rechner: Die Engine hat sie auf ihrem eigenen nach {folder} geschrieben. Öffnen Sie {file} von dort.</translation>
  </message>
  <message numerus="yes">
   <source>%n thing(s)</source>
   <translation>
    <numerusform>%n Ding</numerusform>
    <numerusform>%n Dinge</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n scene(s)</source>
   <translation>
    <numerusform>%n Szene</numerusform>
    <numerusform>%n Szenen</numerusform>
   </translation>
  </message>
  <message>
   <source>find,detect,object,query,STAC,catalogue,folder,batch,big,Ray,AI,box</source>
   <translation>finden,erkennen,Objekt,Abfrage,STAC,Katalog,Ordner,Stapel,groß,Ray,KI,Rahmen</translation>
  </message>
  <message>
   <source>Folder with scenes</source>
   <translation>Ordner mit Szenen</translation>
  </message>
  <message>
   <source>Or a list, mosaic or catalogue, or its address</source>
   <translation>Oder eine Liste, ein Mosaik oder ein Katalog, oder die Adresse davon</translation>
  </message>
  <message>
   <source>Only scenes that meet this</source>
   <translation>Nur Szenen, die dieses Gebiet berühren</translation>
  </message>
  <message>
   <source>Only scenes taken from</source>
   <translation>Nur Szenen, aufgenommen ab</translation>
  </message>
  <message>
   <source>Only scenes taken until</source>
   <translation>Nur Szenen, aufgenommen bis</translation>
  </message>
  <message>
   <source>Most cloud cover in percent</source>
   <translation>Höchste Wolkenbedeckung in Prozent</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: the one that looks like it)</source>
   <translation>Bild eines STAC-Items (leer: das, was danach aussieht)</translation>
  </message>
  <message>
   <source>At most so many scenes</source>
   <translation>Höchstens so viele Szenen</translation>
  </message>
  <message>
   <source>Processes that search</source>
   <translation>Prozesse, die suchen</translation>
  </message>
  <message>
   <source>Cores of each</source>
   <translation>Rechenkerne für jeden</translation>
  </message>
  <message>
   <source>Price of an hour of this hardware</source>
   <translation>Preis einer Stunde dieser Hardware</translation>
  </message>
  <message>
   <source>Load what was found</source>
   <translation>Laden, was gefunden wurde</translation>
  </message>
  <message>
   <source>Folder of the results</source>
   <translation>Ordner der Ergebnisse</translation>
  </message>
  <message>
   <source>What each scene shows</source>
   <translation>Was jede Szene zeigt</translation>
  </message>
  <message>
   <source>Map and tables</source>
   <translation>Karte und Tabellen</translation>
  </message>
  <message>
   <source>Number of things, each counted once</source>
   <translation>Anzahl der Dinge, jedes einmal gezählt</translation>
  </message>
  <message>
   <source>Scenes that could not be searched</source>
   <translation>Szenen, die nicht durchsucht werden konnten</translation>
  </message>
  <message>
   <source>All rasters in it and below it are scenes.</source>
   <translation>Alle Raster darin und darunter sind Szenen.</translation>
  </message>
  <message>
   <source>A text or CSV file of rasters, a VRT, a STAC item collection or catalogue (JSON, or items as GeoParquet), or an address of one, which needs NETWORK. Give this or FOLDER.</source>
   <translation>Eine Text- oder CSV-Datei mit Rastern, ein VRT, eine STAC-Item-Sammlung oder ein STAC-Katalog (JSON, oder Items als GeoParquet), oder die Adresse davon, die NETWORK braucht. Geben Sie dies oder FOLDER an.</translation>
  </message>
  <message>
   <source>Scenes that lie elsewhere are left out. Empty: all of them.</source>
   <translation>Szenen, die anderswo liegen, werden ausgelassen. Leer: alle.</translation>
  </message>
  <message>
   <source>Scenes that were taken before this day are left out. Empty: all of them.</source>
   <translation>Szenen, die vor diesem Tag aufgenommen wurden, werden ausgelassen. Leer: alle.</translation>
  </message>
  <message>
   <source>Scenes that were taken after this day are left out. Empty: all of them.</source>
   <translation>Szenen, die nach diesem Tag aufgenommen wurden, werden ausgelassen. Leer: alle.</translation>
  </message>
  <message>
   <source>Scenes with more clouds are left out. Empty: all of them.</source>
   <translation>Szenen mit mehr Wolken werden ausgelassen. Leer: alle.</translation>
  </message>
  <message>
   <source>To try it out on a few. Empty: all scenes.</source>
   <translation>Um es an einigen wenigen auszuprobieren. Leer: alle Szenen.</translation>
  </message>
  <message>
   <source>Each holds the model in memory. Empty: one for each GPU, or for each core where there is none.</source>
   <translation>Jeder hält das Modell im Speicher. Leer: einer für jede Grafikkarte, oder für jeden Rechenkern, wo es keine gibt.</translation>
  </message>
  <message>
   <source>How many cores each of them computes on where there is no GPU.</source>
   <translation>Auf wie vielen Kernen jeder von ihnen rechnet, wo es keine Grafikkarte gibt.</translation>
  </message>
  <message>
   <source>In any currency; the messages then say what the rest will cost. Empty: nobody asks.</source>
   <translation>In beliebiger Währung; die Meldungen sagen dann, was der Rest kosten wird. Leer: Niemand fragt danach.</translation>
  </message>
  <message>
   <source>Off: the results are written and not added to the project.</source>
   <translation>Aus: Die Ergebnisse werden geschrieben und nicht dem Projekt hinzugefügt.</translation>
  </message>
  <message>
   <source>A folder for this archive and these questions. One that holds a part of the same scan is gone on with. It gets found.gpkg, map.html, and tables of all scenes and boxes.</source>
   <translation>Ein Ordner für dieses Archiv und diese Fragen. Liegt darin schon ein Teil derselben Suche, wird sie fortgesetzt. Er erhält found.gpkg, map.html und Tabellen aller Szenen und Rahmen.</translation>
  </message>
  <message>
   <source>Say where the scenes are: choose a folder, or a list or catalogue; one of the two.</source>
   <translation>Sagen Sie, wo die Szenen sind: Wählen Sie einen Ordner oder eine Liste oder einen Katalog; eines von beiden.</translation>
  </message>
  <message>
   <source>The results lie in {folder}, which is gone when QGIS ends. Choose a folder to keep them, and to go on when the scan is broken off.</source>
   <translation>Die Ergebnisse liegen in {folder}, und der Ordner ist weg, wenn QGIS beendet wird. Wählen Sie einen Ordner, um sie zu behalten und um weiterzumachen, wenn die Suche abgebrochen wird.</translation>
  </message>
  <message>
   <source>Verify features</source>
   <translation>Objekte prüfen</translation>
  </message>
  <message>
   <source>Scores existing polygons by how well the raster shows what a sentence describes.</source>
   <translation>Bewertet vorhandene Polygone danach, wie gut das Raster zeigt, was ein Satz beschreibt.</translation>
  </message>
  <message>
   <source>Looks at the raster under each polygon and says, from 0 to 1, how well it shows what the sentence describes. Useful to check an older map against a newer image, or the output of another detector.

All polygons and attributes are kept; the columns rz_score, rz_query and rz_model are added. A polygon beside the raster or over missing data gets no score.</source>
   <translation>Betrachtet das Raster unter jedem Polygon und sagt von 0 bis 1, wie gut es zeigt, was der Satz beschreibt. Nützlich, um eine ältere Karte mit einem neueren Bild abzugleichen oder das Ergebnis eines anderen Verfahrens zu prüfen.

Alle Polygone und Attribute bleiben erhalten; die Spalten rz_score, rz_query und rz_model kommen hinzu. Ein Polygon neben dem Raster oder über fehlenden Daten bekommt keine Bewertung.</translation>
  </message>
  <message>
   <source>The polygons can't be written to {path} ({reason}). Free some disk space and try again.</source>
   <translation>Die Polygone lassen sich nicht nach {path} schreiben ({reason}). Schaffen Sie Platz auf dem Datenträger und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>The engine's answer names a polygon {id}, which was not handed over. Update the engine.</source>
   <translation>Die Antwort der Engine nennt ein Polygon {id}, das nicht übergeben wurde. Aktualisieren Sie die Engine.</translation>
  </message>
  <message>
   <source>Context round a polygon</source>
   <translation>Umgebung eines Polygons</translation>
  </message>
  <message>
   <source>score,check,quality,polygon,map update,AI</source>
   <translation>Bewertung,Prüfung,Qualität,Polygon,Kartenaktualisierung,KI</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>Polygone</translation>
  </message>
  <message>
   <source>What the polygons should show</source>
   <translation>Was die Polygone zeigen sollen</translation>
  </message>
  <message>
   <source>Scored polygons</source>
   <translation>Bewertete Polygone</translation>
  </message>
  <message>
   <source>The polygons to check, in any CRS. All of them and all their attributes are kept.</source>
   <translation>Die zu prüfenden Polygone, in beliebigem KBS. Alle bleiben mit allen Attributen erhalten.</translation>
  </message>
  <message>
   <source>The image to look at, as its layer's style shows it.</source>
   <translation>Das Bild, das angesehen wird, so wie der Stil seines Layers es zeigt.</translation>
  </message>
  <message>
   <source>One sentence that is right for a good polygon, such as “a building”.</source>
   <translation>Ein Satz, der für ein gutes Polygon zutrifft, etwa „ein Gebäude“.</translation>
  </message>
  <message>
   <source>How much round a polygon is looked at as well, as a share of its longer side.</source>
   <translation>Wie viel um ein Polygon herum mit angesehen wird, als Anteil seiner längeren Seite.</translation>
  </message>
  <message>
   <source>The polygons with rz_score (0 to 1, empty where the raster has no data), rz_query and rz_model.</source>
   <translation>Die Polygone mit rz_score (0 bis 1, leer, wo das Raster keine Daten hat), rz_query und rz_model.</translation>
  </message>
  <message>
   <source>The sentence is empty. Write what the polygons should show.</source>
   <translation>Der Satz ist leer. Schreiben Sie, was die Polygone zeigen sollen.</translation>
  </message>
  <message numerus="yes">
   <source>%n polygon(s) scored, {without} over missing data.</source>
   <translation>
    <numerusform>%n Polygon bewertet, {without} über fehlenden Daten.</numerusform>
    <numerusform>%n Polygone bewertet, {without} über fehlenden Daten.</numerusform>
   </translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the token for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>Die Authentifizierungsdatenbank von QGIS hat das Token für {url} nicht angenommen. Öffnen Sie Einstellungen &gt; Optionen &gt; Authentifizierung, setzen Sie das Hauptpasswort und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Looking for a graphics driver…</source>
   <translation>Grafiktreiber wird gesucht …</translation>
  </message>
  <message>
   <source>No NVIDIA driver was found.</source>
   <translation>Es wurde kein NVIDIA-Treiber gefunden.</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>Prozessor (CPU)</translation>
  </message>
  <message>
   <source>NVIDIA GPU</source>
   <translation>NVIDIA-Grafikkarte</translation>
  </message>
  <message>
   <source>{need} needed on this disk while installing, {free} free.</source>
   <translation>{need} werden während der Installation auf diesem Datenträger gebraucht, {free} sind frei.</translation>
  </message>
  <message>
   <source>{need} are needed on this disk, and only {free} are free. Choose another folder below.</source>
   <translation>{need} werden auf diesem Laufwerk gebraucht, und nur {free} sind frei. Wählen Sie unten einen anderen Ordner.</translation>
  </message>
  <message>
   <source>{name} with {memory}, driver for CUDA {major}.{minor}.</source>
   <translation>{name} mit {memory}, Treiber für CUDA {major}.{minor}.</translation>
  </message>
  <message>
   <source>For this system only the CPU build can be installed from here; use an existing runtime.</source>
   <translation>Für dieses System lässt sich von hier aus nur die CPU-Fassung installieren; verwenden Sie eine vorhandene Laufzeitumgebung.</translation>
  </message>
  <message>
   <source>The driver is too old for this build: update it first.</source>
   <translation>Der Treiber ist für diese Fassung zu alt: Aktualisieren Sie ihn zuerst.</translation>
  </message>
  <message>
   <source>Works on every computer; large models are slow.</source>
   <translation>Läuft auf jedem Rechner; große Modelle sind langsam.</translation>
  </message>
  <message>
   <source>Downloads about {size}.</source>
   <translation>Lädt etwa {size} herunter.</translation>
  </message>
  <message>
   <source>{path} is not a whole RemoteZero bundle: {reason}. Copy it again from where it was made.</source>
   <translation>{path} ist kein vollständiges RemoteZero-Paket: {reason}. Kopieren Sie es noch einmal von dort, wo es erstellt wurde.</translation>
  </message>
  <message>
   <source>Engine {version} for {platform}, Python {python}, {accelerator}; {models}; {size}</source>
   <translation>Engine {version} für {platform}, Python {python}, {accelerator}; {models}; {size}</translation>
  </message>
  <message>
   <source>{path} is made for {theirs}, and this computer is {ours}. Choose the bundle for {ours}.</source>
   <translation>{path} ist für {theirs} gemacht, und dieser Rechner ist {ours}. Wählen Sie das Paket für {ours}.</translation>
  </message>
  <message>
   <source>no models</source>
   <translation>keine Modelle</translation>
  </message>
  <message>
   <source>The bundle can't be unpacked into {folder} ({reason}). Choose another data folder.</source>
   <translation>Das Paket lässt sich nicht nach {folder} entpacken ({reason}). Wählen Sie einen anderen Datenordner.</translation>
  </message>
  <message>
   <source>format {number} is not known here</source>
   <translation>Format {number} ist hier nicht bekannt</translation>
  </message>
  <message>
   <source>it holds the file name {name}</source>
   <translation>es enthält den Dateinamen {name}</translation>
  </message>
  <message>
   <source>Checking and unpacking the bundle</source>
   <translation>Das Paket wird geprüft und entpackt</translation>
  </message>
  <message>
   <source>{name} is not what it was</source>
   <translation>{name} ist nicht mehr, was es war</translation>
  </message>
  <message>
   <source>The program {program} can't be started: {reason}. Choose an existing runtime or another folder.</source>
   <translation>Das Programm {program} lässt sich nicht starten: {reason}. Wählen Sie eine vorhandene Laufzeitumgebung oder einen anderen Ordner.</translation>
  </message>
  <message>
   <source>Engine {version} {build}, run by {python}</source>
   <translation>Engine {version} {build}, ausgeführt von {python}</translation>
  </message>
  <message>
   <source>The part that searches is installed once, on this computer. Nothing inside QGIS is changed, no administrator rights are needed, and your imagery never leaves the machine.</source>
   <translation>Der Teil, der sucht, wird einmal auf diesem Rechner installiert. In QGIS ändert sich nichts, Administratorrechte sind nicht nötig, und Ihre Bilder verlassen den Rechner nie.</translation>
  </message>
  <message>
   <source>Something to search in:</source>
   <translation>Etwas, worin gesucht wird:</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Data folder of RemoteZero</source>
   <translation>Datenordner von RemoteZero</translation>
  </message>
  <message>
   <source>as pip is configured</source>
   <translation>wie pip eingestellt ist</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: the engine reads it from there. Map services that QGIS draws are not meant: they are rendered by QGIS.</source>
   <translation>Aus: Ein Raster, das zu einem Server führt, wird abgelehnt, und dieser Server wird nicht gefragt. Ein: Die Engine liest es von dort. Kartendienste, die QGIS zeichnet, sind nicht gemeint: Sie werden von QGIS gerendert.</translation>
  </message>
  <message>
   <source>Import an offline bundle…</source>
   <translation>Offline-Paket importieren …</translation>
  </message>
  <message>
   <source>Use an existing runtime…</source>
   <translation>Vorhandene Laufzeitumgebung verwenden …</translation>
  </message>
  <message>
   <source>Copy a report for support</source>
   <translation>Bericht für den Support kopieren</translation>
  </message>
  <message>
   <source>Remove the engine</source>
   <translation>Die Engine entfernen</translation>
  </message>
  <message>
   <source>Set up RemoteZero</source>
   <translation>RemoteZero einrichten</translation>
  </message>
  <message>
   <source>RemoteZero is ready</source>
   <translation>RemoteZero ist bereit</translation>
  </message>
  <message>
   <source>for the processor</source>
   <translation>für den Prozessor</translation>
  </message>
  <message>
   <source>for the NVIDIA GPU</source>
   <translation>für die NVIDIA-Grafikkarte</translation>
  </message>
  <message>
   <source>Data folder (environment, models, adapters, results):</source>
   <translation>Datenordner (Umgebung, Modelle, Adapter, Ergebnisse):</translation>
  </message>
  <message>
   <source>Further package index</source>
   <translation>Weiteres Paketverzeichnis</translation>
  </message>
  <message>
   <source>The engine needs Python {versions} that can make environments; found: {found}. Install it (on Debian and Ubuntu: python3-venv), or choose an existing runtime.</source>
   <translation>Die Engine braucht Python {versions}, das Umgebungen anlegen kann; gefunden: {found}. Installieren Sie es (unter Debian und Ubuntu: python3-venv) oder wählen Sie eine vorhandene Laufzeitumgebung.</translation>
  </message>
  <message>
   <source>Installing packages</source>
   <translation>Pakete werden installiert</translation>
  </message>
  <message>
   <source>Installing the engine</source>
   <translation>Die Engine wird installiert</translation>
  </message>
  <message>
   <source>Starting it for the first time</source>
   <translation>Sie wird zum ersten Mal gestartet</translation>
  </message>
  <message>
   <source>Looking at disk and Python</source>
   <translation>Datenträger und Python werden angesehen</translation>
  </message>
  <message>
   <source>Installed</source>
   <translation>Installiert</translation>
  </message>
  <message>
   <source>Fetching uv</source>
   <translation>uv wird geholt</translation>
  </message>
  <message>
   <source>Making the environment</source>
   <translation>Die Umgebung wird angelegt</translation>
  </message>
  <message>
   <source>Making an environment with {tool}</source>
   <translation>Eine Umgebung wird mit {tool} angelegt</translation>
  </message>
  <message>
   <source>Another QGIS window is installing into this folder. Wait until it has finished, then try again.</source>
   <translation>Ein anderes QGIS-Fenster installiert gerade in diesen Ordner. Warten Sie, bis es fertig ist, und versuchen Sie es dann noch einmal.</translation>
  </message>
  <message>
   <source>PyTorch {version} does not see the GPU: the driver may be too old. The CPU is used.</source>
   <translation>PyTorch {version} sieht die Grafikkarte nicht: Vielleicht ist der Treiber zu alt. Die CPU wird verwendet.</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>nicht installiert</translation>
  </message>
  <message>
   <source>default</source>
   <translation>Standard</translation>
  </message>
  <message>
   <source>used where it is</source>
   <translation>verwendet, wo es liegt</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>installiert</translation>
  </message>
  <message>
   <source>its disk is not there</source>
   <translation>sein Laufwerk ist nicht da</translation>
  </message>
  <message>
   <source>{share} % has come</source>
   <translation>{share} % sind da</translation>
  </message>
  <message>
   <source>{name}: outlines</source>
   <translation>{name}: Umrisse</translation>
  </message>
  <message>
   <source>{licence} (no commercial use)</source>
   <translation>{licence} (nicht kommerziell)</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} von {total}</translation>
  </message>
  <message>
   <source>or another one: owner/repository, owner/repository@revision</source>
   <translation>oder ein anderes: Besitzer/Repository, Besitzer/Repository@Revision</translation>
  </message>
  <message>
   <source>Repository of a model</source>
   <translation>Repository eines Modells</translation>
  </message>
  <message>
   <source>access token, for models that ask for one; it is not stored</source>
   <translation>Zugangsschlüssel, für Modelle, die einen verlangen; er wird nicht gespeichert</translation>
  </message>
  <message>
   <source>Access token</source>
   <translation>Zugangsschlüssel</translation>
  </message>
  <message>
   <source>Get</source>
   <translation>Holen</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>Ordner hinzufügen …</translation>
  </message>
  <message>
   <source>and leave it where it is</source>
   <translation>und es dort lassen, wo es ist</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove {name}? What was learned with it stays, and counts again once it is back.</source>
   <translation>{name} entfernen? Was damit gelernt wurde, bleibt und gilt wieder, wenn es zurück ist.</translation>
  </message>
  <message>
   <source>The small model that comes with the engine is always there; larger ones see more. Models are checked file by file. Memory is an estimate for a GPU.</source>
   <translation>Das kleine Modell, das mit der Engine kommt, ist immer da; größere sehen mehr. Modelle werden Datei für Datei geprüft. Der Speicherbedarf ist für eine GPU geschätzt.</translation>
  </message>
  <message>
   <source>Folder of a model</source>
   <translation>Ordner eines Modells</translation>
  </message>
  <message>
   <source>Install the engine first: it lists, gets and checks the models.</source>
   <translation>Installieren Sie zuerst die Engine: Sie listet, holt und prüft die Modelle.</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <source>Memory to find</source>
   <translation>Speicher zum Suchen</translation>
  </message>
  <message>
   <source>to learn</source>
   <translation>zum Lernen</translation>
  </message>
  <message>
   <source>{name} was removed.</source>
   <translation>{name} wurde entfernt.</translation>
  </message>
  <message>
   <source>Adding {name}</source>
   <translation>{name} wird hinzugefügt</translation>
  </message>
  <message>
   <source>I accept this licence</source>
   <translation>Ich nehme diese Lizenz an</translation>
  </message>
  <message>
   <source>Cancelled. What has come so far is kept, and Get goes on with it.</source>
   <translation>Abgebrochen. Was schon da ist, bleibt, und „Holen“ macht damit weiter.</translation>
  </message>
  <message>
   <source>Getting {name}</source>
   <translation>{name} wird geholt</translation>
  </message>
  <message>
   <source>Its folder stays: {folder}</source>
   <translation>Sein Ordner bleibt: {folder}</translation>
  </message>
  <message>
   <source>{name} can be chosen in the panel now.</source>
   <translation>{name} kann jetzt im Bedienfeld gewählt werden.</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>Engine</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <source>Another computer</source>
   <translation>Anderer Rechner</translation>
  </message>
  <message>
   <source>{need} are needed in {folder}, and {free} are free. Free some space, or choose another disk.</source>
   <translation>{need} werden in {folder} gebraucht, und {free} sind frei. Schaffen Sie Platz oder wählen Sie einen anderen Datenträger.</translation>
  </message>
  <message>
   <source>A part of the plugin is missing or damaged. Install the plugin again from its zip file.</source>
   <translation>Ein Teil der Erweiterung fehlt oder ist beschädigt. Installieren Sie sie noch einmal aus ihrer Zip-Datei.</translation>
  </message>
  <message>
   <source>The data folder {folder} can't be written to ({reason}). Choose another one.</source>
   <translation>In den Datenordner {folder} kann nicht geschrieben werden ({reason}). Wählen Sie einen anderen.</translation>
  </message>
  <message>
   <source>{step} failed: {reason}. Copy the report and send it with your question.</source>
   <translation>{step} ist fehlgeschlagen: {reason}. Kopieren Sie den Bericht und schicken Sie ihn mit Ihrer Frage.</translation>
  </message>
  <message>
   <source>The disk is full. Free some space, or choose a data folder on another disk.</source>
   <translation>Der Datenträger ist voll. Schaffen Sie Platz oder wählen Sie einen Datenordner auf einem anderen Datenträger.</translation>
  </message>
  <message>
   <source>A downloaded file is not the one this version was tested with, so it was thrown away. Try again; if it happens again, a proxy or a package mirror changes files on the way.</source>
   <translation>Eine heruntergeladene Datei ist nicht die, mit der diese Version getestet wurde, und wurde verworfen. Versuchen Sie es noch einmal; geschieht es wieder, verändert ein Proxy oder ein Paketspiegel die Dateien unterwegs.</translation>
  </message>
  <message>
   <source>The proxy wants a user name and password. Enter them in QGIS's network options.</source>
   <translation>Der Proxy verlangt Benutzername und Passwort. Geben Sie sie in den Netzwerkoptionen von QGIS ein.</translation>
  </message>
  <message>
   <source>The server's certificate is not trusted. If your organisation inspects traffic, add its certificate to the system's store. Certificate checks are never switched off.</source>
   <translation>Dem Zertifikat des Servers wird nicht vertraut. Falls Ihre Organisation den Datenverkehr prüft, fügen Sie ihr Zertifikat dem Speicher des Systems hinzu. Zertifikatsprüfungen werden nie abgeschaltet.</translation>
  </message>
  <message>
   <source>The proxy can't be reached. Check it in QGIS's network options.</source>
   <translation>Der Proxy ist nicht erreichbar. Prüfen Sie ihn in den Netzwerkoptionen von QGIS.</translation>
  </message>
  <message>
   <source>This computer has no connection to the internet. Connect it and try again, or bring an offline bundle that was made on another computer, and import it here.</source>
   <translation>Dieser Rechner hat keine Verbindung zum Internet. Verbinden Sie ihn und versuchen Sie es noch einmal, oder bringen Sie ein Offline-Paket, das auf einem anderen Rechner gemacht wurde, und importieren Sie es hier.</translation>
  </message>
  <message>
   <source>The download took too long. Try again: what is already there is kept.</source>
   <translation>Der Download hat zu lange gedauert. Versuchen Sie es noch einmal: Was schon da ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>The connection was broken off. Try again: what is already there is kept.</source>
   <translation>Die Verbindung wurde unterbrochen. Versuchen Sie es noch einmal: Was schon da ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>The small download is not offered where this computer gets its packages. The large one, made for NVIDIA graphics cards, works without such a card as well; or import an offline bundle.</source>
   <translation>Der kleine Download wird dort, wo dieser Rechner seine Pakete holt, nicht angeboten. Der große, für NVIDIA-Grafikkarten gemacht, läuft auch ohne solche Karte; oder importieren Sie ein Offline-Paket.</translation>
  </message>
  <message>
   <source>A package has no build for this system and Python. Choose an existing runtime with Python 3.11.</source>
   <translation>Ein Paket hat keine Fassung für dieses System und dieses Python. Wählen Sie eine vorhandene Laufzeitumgebung mit Python 3.11.</translation>
  </message>
  <message>
   <source>The Python that was found can't make environments. On Debian and Ubuntu install python3-venv; elsewhere choose an existing runtime.</source>
   <translation>Das gefundene Python kann keine Umgebungen anlegen. Installieren Sie unter Debian und Ubuntu python3-venv; wählen Sie sonst eine vorhandene Laufzeitumgebung.</translation>
  </message>
  <message>
   <source>The path of the data folder is too long for Windows. Choose a shorter one.</source>
   <translation>Der Pfad des Datenordners ist für Windows zu lang. Wählen Sie einen kürzeren.</translation>
  </message>
  <message>
   <source>A file is in use. Close other QGIS windows and stop the engine, then try again.</source>
   <translation>Eine Datei wird gerade verwendet. Schließen Sie andere QGIS-Fenster, beenden Sie die Engine und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>The data folder can't be written to. Choose another one.</source>
   <translation>In den Datenordner kann nicht geschrieben werden. Wählen Sie einen anderen.</translation>
  </message>
  <message>
   <source>The computer ran out of memory. Close other programs and try again.</source>
   <translation>Dem Rechner ist der Arbeitsspeicher ausgegangen. Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>The installed packages don't start on this system. Choose an existing runtime.</source>
   <translation>Die installierten Pakete starten auf diesem System nicht. Wählen Sie eine vorhandene Laufzeitumgebung.</translation>
  </message>
  <message>
   <source>The installation was cancelled. Nothing was changed.</source>
   <translation>Die Installation wurde abgebrochen. Nichts wurde verändert.</translation>
  </message>
  <message>
   <source>no output</source>
   <translation>keine Ausgabe</translation>
  </message>
  <message>
   <source>Show details</source>
   <translation>Einzelheiten zeigen</translation>
  </message>
  <message>
   <source>Log of the installation</source>
   <translation>Protokoll der Installation</translation>
  </message>
  <message>
   <source>Cancelling…</source>
   <translation>Wird abgebrochen …</translation>
  </message>
  <message>
   <source>Hide details</source>
   <translation>Einzelheiten ausblenden</translation>
  </message>
  <message>
   <source>One computer with a GPU can serve the whole building. Rasters must lie where both computers find them under the same path.</source>
   <translation>Ein Rechner mit Grafikkarte kann das ganze Haus bedienen. Raster müssen dort liegen, wo beide Rechner sie unter demselben Pfad finden.</translation>
  </message>
  <message>
   <source>Connected: engine {version} on {device}.</source>
   <translation>Verbunden: Engine {version} auf {device}.</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <source>Use this computer</source>
   <translation>Diesen Rechner verwenden</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>The engine on this computer is used from now on.</source>
   <translation>Von jetzt an wird die Engine auf diesem Rechner verwendet.</translation>
  </message>
  <message>
   <source>Connected. The address is not https, so the token and the answers travel in the clear.</source>
   <translation>Verbunden. Die Adresse ist nicht https, Token und Antworten gehen also unverschlüsselt durch das Netz.</translation>
  </message>
  <message>
   <source>stored</source>
   <translation>gespeichert</translation>
  </message>
  <message>
   <source>{python} has the packages but not the engine. Install remotezero-engine into it first.</source>
   <translation>{python} hat die Pakete, aber nicht die Engine. Installieren Sie zuerst remotezero-engine darin.</translation>
  </message>
  <message>
   <source>{python} does not have what the engine needs: {reason}. Choose another Python.</source>
   <translation>{python} hat nicht, was die Engine braucht: {reason}. Wählen Sie ein anderes Python.</translation>
  </message>
  <message>
   <source>Removing the engine</source>
   <translation>Die Engine wird entfernt</translation>
  </message>
  <message>
   <source>Something unexpected happened ({reason}). Copy the report and send it with your question.</source>
   <translation>Etwas Unerwartetes ist geschehen ({reason}). Kopieren Sie den Bericht und schicken Sie ihn mit Ihrer Frage.</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>keine Antwort</translation>
  </message>
  <message>
   <source>The engine is installed.</source>
   <translation>Die Engine ist installiert.</translation>
  </message>
  <message>
   <source>The existing runtime is used from now on.</source>
   <translation>Von jetzt an wird die vorhandene Laufzeitumgebung verwendet.</translation>
  </message>
  <message>
   <source>The engine was removed. Models, adapters and results are still there.</source>
   <translation>Die Engine wurde entfernt. Modelle, Adapter und Ergebnisse sind noch da.</translation>
  </message>
  <message>
   <source>The engine is installed from the bundle. New models: {models}.</source>
   <translation>Die Engine ist aus dem Paket installiert. Neue Modelle: {models}.</translation>
  </message>
  <message>
   <source>Installing the RemoteZero engine</source>
   <translation>Die RemoteZero-Engine wird installiert</translation>
  </message>
  <message>
   <source>Install ({size})</source>
   <translation>Installieren ({size})</translation>
  </message>
  <message>
   <source>Install again ({size})</source>
   <translation>Neu installieren ({size})</translation>
  </message>
  <message>
   <source>The report is on the clipboard. Look through it before you send it.</source>
   <translation>Der Bericht liegt in der Zwischenablage. Sehen Sie ihn durch, bevor Sie ihn abschicken.</translation>
  </message>
  <message>
   <source>Offline bundle</source>
   <translation>Offline-Paket</translation>
  </message>
  <message>
   <source>Importing the RemoteZero bundle</source>
   <translation>Das RemoteZero-Paket wird importiert</translation>
  </message>
  <message>
   <source>Python of the existing runtime</source>
   <translation>Python der vorhandenen Laufzeitumgebung</translation>
  </message>
  <message>
   <source>Choose another folder…</source>
   <translation>Anderen Ordner wählen …</translation>
  </message>
  <message>
   <source>Open the network options</source>
   <translation>Netzwerkoptionen öffnen</translation>
  </message>
  <message>
   <source>Copy the report</source>
   <translation>Bericht kopieren</translation>
  </message>
  <message>
   <source>RemoteZero bundles</source>
   <translation>RemoteZero-Pakete</translation>
  </message>
  <message>
   <source>Looking at {path}</source>
   <translation>{path} wird angesehen</translation>
  </message>
  <message>
   <source>Take the large one ({size})</source>
   <translation>Den großen nehmen ({size})</translation>
  </message>
  <message>
   <source>From {bundle}, without a network.</source>
   <translation>Aus {bundle}, ohne Netz.</translation>
  </message>
 </context>
</TS>
