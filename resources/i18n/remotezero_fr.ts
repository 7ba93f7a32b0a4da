<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
 <context>
  <name>RemoteZero</name>
  <message>
   <source>The engine tells of the run in a way that this version of the plugin does not understand. Update the engine in the settings, then load the run from “Earlier runs”.</source>
   <translation>Le moteur rend compte de la recherche d'une façon que cette version de l'extension ne comprend pas. Mettez le moteur à jour dans les paramètres, puis chargez la recherche depuis « Recherches précédentes ».</translation>
  </message>
  <message>
   <source>The engine answered {method} {path} with something that is not JSON: {start}. Is another program listening at this address? Check the engine's address in the settings.</source>
   <translation>Le moteur a répondu à {method} {path} par autre chose que du JSON : {start}. Un autre programme écoute-t-il à cette adresse ? Vérifiez l'adresse du moteur dans les paramètres.</translation>
  </message>
  <message>
   <source>The engine stopped unexpectedly. It is being started again, and the run goes on.</source>
   <translation>Le moteur s'est arrêté de façon inattendue. Il est redémarré et la recherche continue.</translation>
  </message>
  <message>
   <source>{task} (cancelled)</source>
   <translation>{task} (annulée)</translation>
  </message>
  <message>
   <source>{task} (failed)</source>
   <translation>{task} (échouée)</translation>
  </message>
  <message>
   <source>Starting the engine…</source>
   <translation>Démarrage du moteur…</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Annulé.</translation>
  </message>
  <message>
   <source>Something unexpected went wrong in the plugin ({kind}). QGIS's log has the details, under “RemoteZero”: please report them. What was found is safe in “Earlier runs”.</source>
   <translation>Une erreur inattendue s'est produite dans l'extension ({kind}). Le journal de QGIS contient les détails, sous « RemoteZero » : merci de les signaler. Ce qui a été trouvé est en sécurité dans « Recherches précédentes ».</translation>
  </message>
  <message>
   <source>The engine stopped {count} times at the same place. What was found is safe; look at its log in the settings, or load the run again later. ({reason})</source>
   <translation>Le moteur s'est arrêté {count} fois au même endroit. Ce qui a été trouvé est conservé ; consultez son journal dans les paramètres, ou rechargez la recherche plus tard. ({reason})</translation>
  </message>
  <message>
   <source>The engine is not installed yet. Set it up from the RemoteZero panel.</source>
   <translation>Le moteur n'est pas encore installé. Configurez-le depuis le panneau RemoteZero.</translation>
  </message>
  <message>
   <source>nothing.</source>
   <translation>rien.</translation>
  </message>
  <message>
   <source>The engine was started but does not answer. Its log ends with: {log} (all of it: {path})</source>
   <translation>Le moteur a été démarré mais ne répond pas. Son journal se termine par : {log} (en entier : {path})</translation>
  </message>
  <message>
   <source>The engine's address {url} can't be used. Enter it as http://host:port in the settings.</source>
   <translation>L'adresse {url} du moteur est inutilisable. Saisissez-la sous la forme http://hôte:port dans les paramètres.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer. Ask whoever runs it, or check the address.</source>
   <translation>Le moteur à {host}:{port} ne répond pas. Demandez à la personne qui le gère, ou vérifiez l'adresse.</translation>
  </message>
  <message>
   <source>The engine's program {program} can't be started. Repair the installation in the settings.</source>
   <translation>Le programme {program} du moteur ne démarre pas. Réparez l'installation dans les paramètres.</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer ({reason}). Start it again from the panel; if it is on another machine, check the address in the settings.</source>
   <translation>Le moteur à {host}:{port} ne répond pas ({reason}). Redémarrez-le depuis le panneau ; s'il est sur un autre ordinateur, vérifiez l'adresse dans les paramètres.</translation>
  </message>
  <message>
   <source>the connection broke off</source>
   <translation>la connexion s'est interrompue</translation>
  </message>
  <message>
   <source>nothing listens there</source>
   <translation>rien n'y écoute</translation>
  </message>
  <message>
   <source>no answer in time</source>
   <translation>pas de réponse à temps</translation>
  </message>
  <message>
   <source>there is no computer of this name</source>
   <translation>aucun ordinateur ne porte ce nom</translation>
  </message>
  <message>
   <source>its certificate is not trusted here</source>
   <translation>son certificat n'est pas reconnu ici</translation>
  </message>
  <message>
   <source>closed before it was read</source>
   <translation>fermé avant d'avoir été lu</translation>
  </message>
  <message>
   <source>RemoteZero</source>
   <translation>RemoteZero</translation>
  </message>
  <message>
   <source>Presets</source>
   <translation>Préréglages</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Trouver</translation>
  </message>
  <message>
   <source>The model is learning. A question waits until that has ended, or is stopped in the other tab.</source>
   <translation>Le modèle apprend. Une question attend que ce soit terminé, ou arrêté dans l'autre onglet.</translation>
  </message>
  <message>
   <source>Runs in this project</source>
   <translation>Recherches de ce projet</translation>
  </message>
  <message>
   <source>Earlier runs</source>
   <translation>Recherches précédentes</translation>
  </message>
  <message>
   <source>Zoom to these boxes</source>
   <translation>Zoomer sur ces cadres</translation>
  </message>
  <message>
   <source>Open attribute table</source>
   <translation>Ouvrir la table d'attributs</translation>
  </message>
  <message>
   <source>Export these boxes…</source>
   <translation>Exporter ces cadres…</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Paramètres…</translation>
  </message>
  <message>
   <source>Engine log</source>
   <translation>Journal du moteur</translation>
  </message>
  <message>
   <source>Self-improve</source>
   <translation>Auto-amélioration</translation>
  </message>
  <message>
   <source>Look for several things at once: add this question to a list. Presets: the arrow.</source>
   <translation>Chercher plusieurs choses à la fois : ajouter cette question à une liste. Préréglages : la flèche.</translation>
  </message>
  <message>
   <source>Add the question to a list</source>
   <translation>Ajouter la question à une liste</translation>
  </message>
  <message>
   <source>More room for the results: hide the choices above</source>
   <translation>Plus de place pour les résultats : masquer les choix ci-dessus</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Résultats</translation>
  </message>
  <message>
   <source>Help on results</source>
   <translation>Aide sur les résultats</translation>
  </message>
  <message>
   <source>Earlier runs and more</source>
   <translation>Recherches précédentes et plus</translation>
  </message>
  <message>
   <source>Learning…</source>
   <translation>Apprentissage…</translation>
  </message>
  <message>
   <source>Search the whole raster</source>
   <translation>Chercher dans tout le raster</translation>
  </message>
  <message>
   <source>List of rasters</source>
   <translation>Liste de rasters</translation>
  </message>
  <message>
   <source>Ask RemoteZero</source>
   <translation>Demander à RemoteZero</translation>
  </message>
  <message>
   <source>Ask over the active raster</source>
   <translation>Poser la question sur le raster actif</translation>
  </message>
  <message>
   <source>Ask RemoteZero about this layer…</source>
   <translation>Interroger RemoteZero sur cette couche…</translation>
  </message>
  <message>
   <source>The engine answered with status {status} and no reason. Try again; its log may say more.</source>
   <translation>Le moteur a répondu avec le statut {status}, sans raison. Réessayez ; son journal en dit peut-être plus.</translation>
  </message>
  <message>
   <source>The engine refused the token. Restart the engine, or enter the right token in the settings.</source>
   <translation>Le moteur a refusé le jeton. Redémarrez le moteur, ou saisissez le bon jeton dans les paramètres.</translation>
  </message>
  <message>
   <source>Sample harbour</source>
   <translation>Port d'exemple</translation>
  </message>
  <message>
   <source>{name} can't be opened as a raster. Choose another file.</source>
   <translation>{name} ne peut pas être ouvert comme raster. Choisissez un autre fichier.</translation>
  </message>
  <message>
   <source>The sample can't be copied into the data folder ({reason}). Choose another folder.</source>
   <translation>L'exemple ne peut pas être copié dans le dossier de données ({reason}). Choisissez un autre dossier.</translation>
  </message>
  <message>
   <source>Add a raster</source>
   <translation>Ajouter un raster</translation>
  </message>
  <message>
   <source>The engine has lost this job. Start the run again.</source>
   <translation>Le moteur a perdu cette tâche. Relancez la recherche.</translation>
  </message>
  <message>
   <source>The job ended as {state}.</source>
   <translation>La tâche s'est terminée avec l'état {state}.</translation>
  </message>
  <message>
   <source>The view from before the zoom to a box is searched. Move the map to search what it shows.</source>
   <translation>La recherche porte sur la vue d'avant le zoom sur un cadre. Déplacez la carte pour chercher dans ce qu'elle montre.</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>Recherche en cours…</translation>
  </message>
  <message>
   <source>Boxes appear here and on the map as they are found.</source>
   <translation>Les cadres apparaissent ici et sur la carte dès qu'ils sont trouvés.</translation>
  </message>
  <message>
   <source>Type what else to look for, then add it.</source>
   <translation>Écrivez ce qu'il faut chercher d'autre, puis ajoutez-le.</translation>
  </message>
  <message>
   <source>Type what you are looking for, for instance “the largest ship”.</source>
   <translation>Saisissez ce que vous cherchez, par exemple « le plus grand navire ».</translation>
  </message>
  <message>
   <source>Choose a raster to search in: select it in the layer list or above.</source>
   <translation>Choisissez le raster à parcourir : dans la liste des couches ou ci-dessus.</translation>
  </message>
  <message>
   <source>Choose the earlier raster to compare with, or switch the comparison off beside the raster.</source>
   <translation>Choisissez le raster antérieur auquel comparer, ou désactivez la comparaison à côté du raster.</translation>
  </message>
  <message>
   <source>A run is going on. Load the earlier one when it has ended.</source>
   <translation>Une recherche est en cours. Chargez la précédente quand elle sera terminée.</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Continuer</translation>
  </message>
  <message>
   <source>Ask all again</source>
   <translation>Tout redemander</translation>
  </message>
  <message>
   <source>Add a raster to the project first.</source>
   <translation>Ajoutez d'abord un raster au projet.</translation>
  </message>
  <message>
   <source>Rendered for the engine first: {width} × {height} pixels, up to {size} MB.</source>
   <translation>D'abord dessiné pour le moteur : {width} × {height} pixels, jusqu'à {size} Mo.</translation>
  </message>
  <message>
   <source>This question is on the list already, or the list is full.</source>
   <translation>Cette question est déjà dans la liste, ou la liste est pleine.</translation>
  </message>
  <message numerus="yes">
   <source>Cancelled. %n box(es) found so far are kept.</source>
   <translation>
    <numerusform>Annulé. %n cadre déjà trouvé est conservé.</numerusform>
    <numerusform>Annulé. %n cadres déjà trouvés sont conservés.</numerusform>
   </translation>
  </message>
  <message>
   <source>This run is in the project already: {layer}.</source>
   <translation>Cette exécution est déjà dans le projet : {layer}.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Réessayer</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was found so far.</source>
   <translation>Annulé. Rien n'avait encore été trouvé.</translation>
  </message>
  <message numerus="yes">
   <source>The layer or project was closed during the run. Nothing is lost: %n box(es) are saved.</source>
   <translation>
    <numerusform>La couche ou le projet a été fermé pendant la recherche. Rien n'est perdu : %n cadre est enregistré.</numerusform>
    <numerusform>La couche ou le projet a été fermé pendant la recherche. Rien n'est perdu : %n cadres sont enregistrés.</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing was found in {place}.</source>
   <translation>Rien n'a été trouvé dans {place}.</translation>
  </message>
  <message>
   <source>Add them to the map</source>
   <translation>Les ajouter à la carte</translation>
  </message>
  <message>
   <source>Asking the engine…</source>
   <translation>Question posée au moteur…</translation>
  </message>
  <message>
   <source>There are none yet.</source>
   <translation>Il n'y en a pas encore.</translation>
  </message>
  <message>
   <source>Drawn anew since: both dates were not looked at again.</source>
   <translation>Redessiné depuis : aucune des deux dates n'a été regardée de nouveau.</translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits first, then verify again.</source>
   <translation>{layer} est en cours d'édition. Enregistrez d'abord les modifications, puis vérifiez à nouveau.</translation>
  </message>
  <message>
   <source>The new scores could not be written: the result layer is read-only or locked.</source>
   <translation>Les nouveaux scores n'ont pas pu être écrits : la couche de résultats est en lecture seule ou verrouillée.</translation>
  </message>
  <message>
   <source>Edited boxes beside the raster or over missing data keep their old score: {n}.</source>
   <translation>Les cadres modifiés hors du raster ou sur des données manquantes gardent leur ancien score : {n}.</translation>
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
   <translation>CSV avec WKT</translation>
  </message>
  <message>
   <source>FlatGeobuf</source>
   <translation>FlatGeobuf</translation>
  </message>
  <message>
   <source>COCO with pictures (a folder)</source>
   <translation>COCO avec images (un dossier)</translation>
  </message>
  <message>
   <source>YOLO with pictures (a folder)</source>
   <translation>YOLO avec images (un dossier)</translation>
  </message>
  <message>
   <source>{n} rejected</source>
   <translation>{n} rejetés</translation>
  </message>
  <message>
   <source>{n} without a verdict, while others have one</source>
   <translation>{n} sans verdict, alors que d'autres en ont un</translation>
  </message>
  <message>
   <source>{n} below the lowest score</source>
   <translation>{n} sous le score minimal</translation>
  </message>
  <message>
   <source>{layer} has edits that are not saved. Save them first, then export.</source>
   <translation>{layer} a des modifications non enregistrées. Enregistrez-les d'abord, puis exportez.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Annuler</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>Ouvrir le dossier</translation>
  </message>
  <message>
   <source>Export the boxes of {layer}</source>
   <translation>Exporter les cadres de {layer}</translation>
  </message>
  <message>
   <source>Exporting {layer}…</source>
   <translation>Export de {layer}…</translation>
  </message>
  <message>
   <source>The export was cancelled; nothing was written.</source>
   <translation>L'export a été annulé ; rien n'a été écrit.</translation>
  </message>
  <message>
   <source>RemoteZero: exporting {layer}</source>
   <translation>RemoteZero : export de {layer}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) are in {path} now; a file beside it tells where they come from.</source>
   <translation>
    <numerusform>%n cadre est maintenant dans {path} ; un fichier à côté dit d'où il vient.</numerusform>
    <numerusform>%n cadres sont maintenant dans {path} ; un fichier à côté dit d'où ils viennent.</numerusform>
   </translation>
  </message>
  <message>
   <source>Left out: {reasons}.</source>
   <translation>Laissés de côté : {reasons}.</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}. Save the project, so that it finds them there.</source>
   <translation>Les recherches sont maintenant à côté du projet, dans {file}. Enregistrez le projet pour qu'il les y retrouve.</translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) of this project are kept in another place, where a copy of the project does not find them.</source>
   <translation>
    <numerusform>%n recherche de ce projet est gardée ailleurs, où une copie du projet ne la trouve pas.</numerusform>
    <numerusform>%n recherches de ce projet sont gardées ailleurs, où une copie du projet ne les trouve pas.</numerusform>
   </translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits, then save the project again.</source>
   <translation>{layer} est en cours de modification. Enregistrez les modifications, puis de nouveau le projet.</translation>
  </message>
  <message>
   <source>Move them in</source>
   <translation>Les ramener ici</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}.</source>
   <translation>Les recherches sont maintenant à côté du projet, dans {file}.</translation>
  </message>
  <message>
   <source>All rasters of a folder</source>
   <translation>Tous les rasters d'un dossier</translation>
  </message>
  <message>
   <source>Several rasters</source>
   <translation>Plusieurs rasters</translation>
  </message>
  <message>
   <source>A STAC item collection</source>
   <translation>Une collection d'items STAC</translation>
  </message>
  <message>
   <source>STAC items (*.json *.geojson)</source>
   <translation>Items STAC (*.json *.geojson)</translation>
  </message>
  <message>
   <source>Which picture of an item?</source>
   <translation>Quelle image de chaque item ?</translation>
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
   <translation>Aucun groupe n'a plusieurs rasters.</translation>
  </message>
  <message>
   <source>It lies on the network, which the settings do not allow.</source>
   <translation>Il est sur le réseau, ce que les paramètres n'autorisent pas.</translation>
  </message>
  <message>
   <source>The layer is gone from the project, or can't be read.</source>
   <translation>La couche n'est plus dans le projet, ou ne peut pas être lue.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) found.</source>
   <translation>
    <numerusform>%n cadre trouvé.</numerusform>
    <numerusform>%n cadres trouvés.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched: {reason}</source>
   <translation>
    <numerusform>%n n'a pas pu être parcouru : {reason}</numerusform>
    <numerusform>%n n'ont pas pu être parcourus : {reason}</numerusform>
   </translation>
  </message>
  <message>
   <source>There is no folder beside it to write its boxes to.</source>
   <translation>Il n'y a pas de dossier à côté où écrire ses cadres.</translation>
  </message>
  <message>
   <source>Writing the results…</source>
   <translation>Écriture des résultats…</translation>
  </message>
  <message numerus="yes">
   <source>%n had been searched before and were not asked again.</source>
   <translation>
    <numerusform>%n avait déjà été parcouru et n'a pas été redemandé.</numerusform>
    <numerusform>%n avaient déjà été parcourus et n'ont pas été redemandés.</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero: {query}</source>
   <translation>RemoteZero : {query}</translation>
  </message>
  <message numerus="yes">
   <source>%n of {total} raster(s) searched.</source>
   <translation>
    <numerusform>%n raster parcouru sur {total}.</numerusform>
    <numerusform>%n rasters parcourus sur {total}.</numerusform>
   </translation>
  </message>
  <message>
   <source>Beside the searched place: {n}.</source>
   <translation>Hors de la zone parcourue : {n}.</translation>
  </message>
  <message>
   <source>Its boxes can't be written to {path}; they are in the result of the run.</source>
   <translation>Ses cadres ne peuvent pas être écrits dans {path} ; ils sont dans le résultat de la recherche.</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>annulé</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Résultat</translation>
  </message>
  <message>
   <source>{raster} is shown with the bands {bands} now, as the preset says.</source>
   <translation>{raster} est maintenant affiché avec les bandes {bands}, comme le dit le préréglage.</translation>
  </message>
  <message>
   <source>Keep as a preset</source>
   <translation>Conserver comme préréglage</translation>
  </message>
  <message>
   <source>Name (one of the same name is replaced)</source>
   <translation>Nom (un préréglage du même nom est remplacé)</translation>
  </message>
  <message>
   <source>Import a preset</source>
   <translation>Importer un préréglage</translation>
  </message>
  <message>
   <source>Presets (*.json)</source>
   <translation>Préréglages (*.json)</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Annuler l'action</translation>
  </message>
  <message>
   <source>{raster} has no band {band}, which the preset shows. It stays as it is.</source>
   <translation>{raster} n'a pas la bande {band} que montre le préréglage. Il reste comme il est.</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exporter</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Supprimer</translation>
  </message>
  <message>
   <source>Type what you are looking for, then keep it as a preset.</source>
   <translation>Écrivez ce que vous cherchez, puis conservez-le comme préréglage.</translation>
  </message>
  <message>
   <source>The preset {name} is kept.</source>
   <translation>Le préréglage {name} est conservé.</translation>
  </message>
  <message>
   <source>The preset {name} is here now.</source>
   <translation>Le préréglage {name} est maintenant ici.</translation>
  </message>
  <message>
   <source>It names a model on a server, which was left out: choose the model yourself.</source>
   <translation>Il nomme un modèle sur un serveur, qui a été omis : choisissez vous-même le modèle.</translation>
  </message>
  <message>
   <source>The preset is in {name}.</source>
   <translation>Le préréglage est dans {name}.</translation>
  </message>
  <message>
   <source>The preset {name} is deleted.</source>
   <translation>Le préréglage {name} est supprimé.</translation>
  </message>
  <message>
   <source>Export the preset {name}</source>
   <translation>Exporter le préréglage {name}</translation>
  </message>
  <message>
   <source>Keep as a preset…</source>
   <translation>Conserver comme préréglage…</translation>
  </message>
  <message>
   <source>Import a preset…</source>
   <translation>Importer un préréglage…</translation>
  </message>
  <message>
   <source>{file} can't be used as a preset: “{field}” is wrong or missing. Export it anew.</source>
   <translation>{file} ne peut pas servir de préréglage : « {field} » est faux ou absent. Exportez-le de nouveau.</translation>
  </message>
  <message>
   <source>{file} can't be read ({reason}). Choose another file.</source>
   <translation>{file} ne peut pas être lu ({reason}). Choisissez un autre fichier.</translation>
  </message>
  <message>
   <source>The preset can't be written to {path} ({reason}). Choose another place.</source>
   <translation>Le préréglage ne peut pas être écrit dans {path} ({reason}). Choisissez un autre emplacement.</translation>
  </message>
  <message>
   <source>{file} is no preset of RemoteZero. Choose a file that was exported as one.</source>
   <translation>{file} n'est pas un préréglage de RemoteZero. Choisissez un fichier exporté comme tel.</translation>
  </message>
  <message>
   <source>{file} was made by a newer version. Update the plugin, then import it.</source>
   <translation>{file} a été fait par une version plus récente. Mettez l'extension à jour, puis importez-le.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no JSON.</source>
   <translation>{file} n'est pas un préréglage : ce n'est pas du JSON.</translation>
  </message>
  <message>
   <source>{file} is too large for a preset.</source>
   <translation>{file} est trop grand pour un préréglage.</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no text.</source>
   <translation>{file} n'est pas un préréglage : ce n'est pas du texte.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: it has no list of items. Choose another file.</source>
   <translation>{file} n'est pas une collection d'items STAC : il n'a pas de liste d'items. Choisissez un autre fichier.</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: none of its items has assets. Choose another file.</source>
   <translation>{file} n'est pas une collection d'items STAC : aucun de ses items n'a de ressources (assets). Choisissez un autre fichier.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture “{asset}”. Choose another one.</source>
   <translation>Aucun item de {file} n'a d'image « {asset} ». Choisissez-en une autre.</translation>
  </message>
  <message>
   <source>No item in {file} has a picture that can be searched.</source>
   <translation>Aucun item de {file} n'a d'image qui puisse être parcourue.</translation>
  </message>
  <message>
   <source>{file} is no JSON. Choose a STAC item collection.</source>
   <translation>{file} n'est pas du JSON. Choisissez une collection d'items STAC.</translation>
  </message>
  <message>
   <source>{folder} is no folder. Choose one with rasters in it.</source>
   <translation>{folder} n'est pas un dossier. Choisissez-en un qui contient des rasters.</translation>
  </message>
  <message>
   <source>There is no raster in {folder} ({endings}). Choose another folder, or choose files.</source>
   <translation>Il n'y a pas de raster dans {folder} ({endings}). Choisissez un autre dossier, ou choisissez des fichiers.</translation>
  </message>
  <message>
   <source>The items in {file} have several pictures ({names}). Say which one is meant.</source>
   <translation>Les items de {file} ont plusieurs images ({names}). Dites laquelle utiliser.</translation>
  </message>
  <message>
   <source>{file} is too large for a list of rasters. Choose a STAC item collection.</source>
   <translation>{file} est trop grand pour une liste de rasters. Choisissez une collection d'items STAC.</translation>
  </message>
  <message>
   <source>The list of rasters can't be written to {path}. Free some space, then start again.</source>
   <translation>La liste des rasters ne peut pas être écrite dans {path}. Libérez de l'espace, puis recommencez.</translation>
  </message>
  <message>
   <source>The verdict could not be written: the result layer is missing, read-only or locked. Load the run again.</source>
   <translation>Le verdict n'a pas pu être écrit : la couche de résultats est absente, en lecture seule ou verrouillée. Rechargez la recherche.</translation>
  </message>
  <message>
   <source>The map still shows all boxes, because {layer} is being edited. Save the edits first.</source>
   <translation>La carte montre encore tous les cadres, car {layer} est en cours de modification. Enregistrez d'abord les modifications.</translation>
  </message>
  <message>
   <source>Searched: {place}, {share} % of {raster}.</source>
   <translation>Zone parcourue : {place}, {share} % de {raster}.</translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched.</source>
   <translation>
    <numerusform>%n n'a pas pu être parcouru.</numerusform>
    <numerusform>%n n'ont pas pu être parcourus.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n left.</source>
   <translation>
    <numerusform>Il en reste %n.</numerusform>
    <numerusform>Il en reste %n.</numerusform>
   </translation>
  </message>
  <message>
   <source>what the map showed</source>
   <translation>ce que la carte montrait</translation>
  </message>
  <message>
   <source>the drawn rectangle</source>
   <translation>le rectangle dessiné</translation>
  </message>
  <message>
   <source>the selected polygons</source>
   <translation>les polygones sélectionnés</translation>
  </message>
  <message>
   <source>a part of the raster</source>
   <translation>une partie du raster</translation>
  </message>
  <message>
   <source>the whole raster</source>
   <translation>tout le raster</translation>
  </message>
  <message>
   <source>Searched: {place}, {raster}.</source>
   <translation>Zone parcourue : {place}, {raster}.</translation>
  </message>
  <message>
   <source>Scored by {model}. {words}</source>
   <translation>Évalué par {model}. {words}</translation>
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
    <numerusform>Parcourus : {count} sur %n raster.</numerusform>
    <numerusform>Parcourus : {count} sur %n rasters.</numerusform>
   </translation>
  </message>
  <message>
   <source>Only {place}; beside it: {n}.</source>
   <translation>Seulement {place} ; en dehors : {n}.</translation>
  </message>
  <message>
   <source>Only {place}.</source>
   <translation>Seulement {place}.</translation>
  </message>
  <message>
   <source>Waiting for another job to end…</source>
   <translation>Attente de la fin d'une autre tâche…</translation>
  </message>
  <message>
   <source>Loading the model…</source>
   <translation>Chargement du modèle…</translation>
  </message>
  <message>
   <source>Rendering the layer…</source>
   <translation>Dessin de la couche…</translation>
  </message>
  <message>
   <source>accept {n}</source>
   <translation>accepter {n}</translation>
  </message>
  <message>
   <source>reject {n}</source>
   <translation>rejeter {n}</translation>
  </message>
  <message>
   <source>clear {n}</source>
   <translation>effacer {n}</translation>
  </message>
  <message>
   <source>RemoteZero: verify edited boxes</source>
   <translation>RemoteZero : vérification des cadres modifiés</translation>
  </message>
  <message>
   <source>Delete the adapter {name}? Its files are removed, and only an export can restore it.</source>
   <translation>Supprimer l'adaptateur {name} ? Ses fichiers sont effacés, et seul un export permet de le restaurer.</translation>
  </message>
  <message>
   <source>Adapters</source>
   <translation>Adaptateurs</translation>
  </message>
  <message>
   <source>What earlier rounds learned is listed here once the engine has been asked.</source>
   <translation>Ce que les tours précédents ont appris s'affiche ici dès que le moteur a été interrogé.</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>Utiliser celui-ci</translation>
  </message>
  <message>
   <source>Go back one</source>
   <translation>Revenir au précédent</translation>
  </message>
  <message>
   <source>Import an adapter from a file</source>
   <translation>Importer un adaptateur depuis un fichier</translation>
  </message>
  <message>
   <source>Export this adapter to a file</source>
   <translation>Exporter cet adaptateur vers un fichier</translation>
  </message>
  <message>
   <source>Delete this adapter</source>
   <translation>Supprimer cet adaptateur</translation>
  </message>
  <message>
   <source>{name} is in use, and its files are gone, so nothing can be asked of this model. Choose another adapter, or the model as it came, and press “Use this one”; or import {name} again.</source>
   <translation>{name} est utilisé et ses fichiers ont disparu : on ne peut donc rien demander à ce modèle. Choisissez un autre adaptateur, ou le modèle d'origine, et appuyez sur « Utiliser celui-ci » ; ou importez {name} à nouveau.</translation>
  </message>
  <message>
   <source>none: the model as it came</source>
   <translation>aucun : le modèle d'origine</translation>
  </message>
  <message>
   <source>Import an adapter</source>
   <translation>Importer un adaptateur</translation>
  </message>
  <message>
   <source>Adapters (*.zip)</source>
   <translation>Adaptateurs (*.zip)</translation>
  </message>
  <message>
   <source>Delete an adapter</source>
   <translation>Supprimer un adaptateur</translation>
  </message>
  <message>
   <source>Round {number}, learned from {parent}</source>
   <translation>Tour {number}, appris à partir de : {parent}</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>manquant</translation>
  </message>
  <message>
   <source>Its files are gone.</source>
   <translation>Ses fichiers ont disparu.</translation>
  </message>
  <message>
   <source>The weights alone, without anything learned here</source>
   <translation>Les poids seuls, sans rien de ce qui a été appris ici</translation>
  </message>
  <message>
   <source>Adapter</source>
   <translation>Adaptateur</translation>
  </message>
  <message>
   <source>Gain</source>
   <translation>Gain</translation>
  </message>
  <message>
   <source>Export the adapter {name}</source>
   <translation>Exporter l'adaptateur {name}</translation>
  </message>
  <message>
   <source>the model as it came</source>
   <translation>le modèle d'origine</translation>
  </message>
  <message>
   <source>None yet. Every round that is kept adds one; you can go back at any time.</source>
   <translation>Aucun pour l'instant. Chaque tour conservé en ajoute un ; vous pouvez revenir en arrière à tout moment.</translation>
  </message>
  <message>
   <source>Use {name} again</source>
   <translation>Réutiliser : {name}</translation>
  </message>
  <message>
   <source>Adapters of {model}</source>
   <translation>Adaptateurs de {model}</translation>
  </message>
  <message>
   <source>{name} (current)</source>
   <translation>{name} (actuel)</translation>
  </message>
  <message>
   <source>{name} is imported. It can be used from now on.</source>
   <translation>{name} est importé. Il peut être utilisé dès maintenant.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now.</source>
   <translation>L'adaptateur se trouve maintenant dans {file}.</translation>
  </message>
  <message>
   <source>{name} is used from now on.</source>
   <translation>{name} est utilisé désormais.</translation>
  </message>
  <message>
   <source>{model} is used as it came from now on.</source>
   <translation>{model} est désormais utilisé tel qu'à l'origine.</translation>
  </message>
  <message>
   <source>The adapter is in {file} now, on the engine's machine.</source>
   <translation>L'adaptateur se trouve maintenant dans {file}, sur la machine du moteur.</translation>
  </message>
  <message>
   <source>questions of its own</source>
   <translation>ses propres questions</translation>
  </message>
  <message>
   <source>{name} is deleted.</source>
   <translation>{name} est supprimé.</translation>
  </message>
  <message>
   <source>New run</source>
   <translation>Nouvel apprentissage</translation>
  </message>
  <message>
   <source>Learning is going on. Load the earlier run when it has ended.</source>
   <translation>Un apprentissage est en cours. Chargez le précédent quand il sera terminé.</translation>
  </message>
  <message>
   <source>Show the plan</source>
   <translation>Afficher le plan</translation>
  </message>
  <message>
   <source>Learning from {rasters}</source>
   <translation>Apprentissage à partir de {rasters}</translation>
  </message>
  <message>
   <source>The run failed</source>
   <translation>L'apprentissage a échoué</translation>
  </message>
  <message>
   <source>Cancelled. Rounds that were kept stay. The one that was going on is still checked if that takes less than a minute; it is listed below if it is kept.</source>
   <translation>Annulé. Les tours conservés restent. Celui qui était en cours est encore vérifié si cela prend moins d'une minute ; s'il est conservé, il apparaît ci-dessous.</translation>
  </message>
  <message>
   <source>Start learning</source>
   <translation>Lancer l'apprentissage</translation>
  </message>
  <message>
   <source>The run goes on in the engine</source>
   <translation>L'apprentissage se poursuit dans le moteur</translation>
  </message>
  <message>
   <source>It is no longer watched here.</source>
   <translation>Il n'est plus suivi ici.</translation>
  </message>
  <message>
   <source>The run was cancelled</source>
   <translation>L'apprentissage a été annulé</translation>
  </message>
  <message>
   <source>Watch it again</source>
   <translation>Le suivre à nouveau</translation>
  </message>
  <message>
   <source>How many more answers a round may give where nothing is. A model that answers more often finds more, and also answers more often in vain. The less you allow, the less of what a round learned may be kept.</source>
   <translation>Combien de réponses de plus un tour peut donner là où il n'y a rien. Un modèle qui répond plus souvent trouve davantage et répond aussi plus souvent en vain. Moins vous en permettez, moins on pourra conserver de ce qu'un tour a appris.</translation>
  </message>
  <message>
   <source>As the check usually allows</source>
   <translation>Ce que permet la vérification</translation>
  </message>
  <message>
   <source>At most 3 points more</source>
   <translation>Au plus 3 points de plus</translation>
  </message>
  <message>
   <source>No more at all</source>
   <translation>Aucune de plus</translation>
  </message>
  <message>
   <source>False alarms</source>
   <translation>Fausses alertes</translation>
  </message>
  <message>
   <source>Rasters</source>
   <translation>Rasters</translation>
  </message>
  <message>
   <source>One question per line. Leave it empty and the model proposes its own.</source>
   <translation>Une question par ligne. Si vous laissez vide, le modèle propose les siennes.</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Questions</translation>
  </message>
  <message>
   <source>Recent questions</source>
   <translation>Questions récentes</translation>
  </message>
  <message>
   <source>Fill in the questions you asked in the Find tab</source>
   <translation>Reprendre les questions posées dans l'onglet « Trouver »</translation>
  </message>
  <message>
   <source>Let the model propose</source>
   <translation>Laisser le modèle proposer</translation>
  </message>
  <message>
   <source>The model looks at your rasters and writes down what it recognises there, for you to edit</source>
   <translation>Le modèle examine vos rasters et note ce qu’il y reconnaît ; à vous de modifier la liste</translation>
  </message>
  <message>
   <source> min</source>
   <translation> min</translation>
  </message>
  <message>
   <source>Learning ends after so many minutes, whatever has been reached</source>
   <translation>L'apprentissage s'arrête après ce nombre de minutes, quel que soit le résultat</translation>
  </message>
  <message>
   <source>After each round it is checked whether the model got better; after two that did not, the run ends</source>
   <translation>Après chaque tour, on vérifie si le modèle s'est amélioré ; après deux tours sans gain, l'apprentissage s'arrête</translation>
  </message>
  <message>
   <source>Use my verdicts</source>
   <translation>Utiliser mes verdicts</translation>
  </message>
  <message>
   <source>The boxes you judged in this project's results count more than the model's own check. They stay on this computer and are not part of what is learned from it.</source>
   <translation>Les cadres que vous avez jugés dans les résultats de ce projet comptent plus que la propre vérification du modèle. Ils restent sur cet ordinateur et ne font pas partie de ce qui en est appris.</translation>
  </message>
  <message>
   <source>The model itself, as it was before the round</source>
   <translation>Le modèle lui-même, tel qu'il était avant le tour</translation>
  </message>
  <message>
   <source>Second opinion</source>
   <translation>Deuxième avis</translation>
  </message>
  <message>
   <source>Who looks at each box and scores it. A larger model on a server sees more than the one that learns; it is asked alone, and learns nothing itself.</source>
   <translation>Qui regarde chaque cadre et le note. Un modèle plus grand sur un serveur voit davantage que celui qui apprend ; il est seulement interrogé et n'apprend rien lui-même.</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Où</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Durée</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modèle</translation>
  </message>
  <message>
   <source>Pieces of your rasters are sent to this server, on another computer.</source>
   <translation>Des morceaux de vos rasters sont envoyés à ce serveur, sur un autre ordinateur.</translation>
  </message>
  <message>
   <source>in at most</source>
   <translation>en au plus</translation>
  </message>
  <message>
   <source>rounds</source>
   <translation>tours</translation>
  </message>
  <message>
   <source>{layer} (rendered first)</source>
   <translation>{layer} (rendu d'abord)</translation>
  </message>
  <message>
   <source>While the model learns, questions of the Find tab wait.</source>
   <translation>Pendant que le modèle apprend, les questions de l'onglet « Trouver » attendent.</translation>
  </message>
  <message>
   <source>Earlier learning</source>
   <translation>Apprentissages précédents</translation>
  </message>
  <message>
   <source>The model practises on your own imagery, without any labels. A round is kept only when it proves better on places kept aside.</source>
   <translation>Le modèle s'exerce sur vos propres images, sans aucune étiquette. Un tour n'est conservé que s'il se révèle meilleur sur des endroits mis de côté.</translation>
  </message>
  <message>
   <source>no box</source>
   <translation>aucun cadre</translation>
  </message>
  <message>
   <source>“{query}”: before the round on the left, after it on the right</source>
   <translation>« {query} » : à gauche avant le tour, à droite après</translation>
  </message>
  <message>
   <source>before</source>
   <translation>avant</translation>
  </message>
  <message>
   <source>after</source>
   <translation>après</translation>
  </message>
  <message>
   <source>score {n} %</source>
   <translation>score {n} %</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n} %</translation>
  </message>
  <message>
   <source>No raster is ticked. Tick at least one to learn from.</source>
   <translation>Aucun raster n'est coché. Cochez-en au moins un dont apprendre.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Tick only such rasters, or choose “The whole raster”.</source>
   <translation>Une zone exige des rasters de même SCR. Ne cochez que de tels rasters, ou choisissez « Le raster entier ».</translation>
  </message>
  <message>
   <source>No box of this project's results was accepted or rejected yet. Judge some in the Find tab, or untick “Use my verdicts”.</source>
   <translation>Aucun cadre des résultats de ce projet n'a encore été accepté ou rejeté. Jugez-en quelques-uns dans l'onglet « Trouver », ou décochez « Utiliser mes verdicts ».</translation>
  </message>
  <message>
   <source>RemoteZero: self-improvement</source>
   <translation>RemoteZero : auto-amélioration</translation>
  </message>
  <message>
   <source>Score while learning</source>
   <translation>Score pendant l'apprentissage</translation>
  </message>
  <message>
   <source>minutes of learning</source>
   <translation>minutes d'apprentissage</translation>
  </message>
  <message>
   <source>The curve begins with the first step of learning.</source>
   <translation>La courbe commence à la première étape de l'apprentissage.</translation>
  </message>
  <message>
   <source>On places kept aside</source>
   <translation>Sur les endroits mis de côté</translation>
  </message>
  <message>
   <source>A point is added after each round.</source>
   <translation>Un point est ajouté après chaque tour.</translation>
  </message>
  <message>
   <source>Open report</source>
   <translation>Ouvrir le rapport</translation>
  </message>
  <message>
   <source>The same places</source>
   <translation>Les mêmes endroits</translation>
  </message>
  <message>
   <source>score of what it tries</source>
   <translation>score de ses essais</translation>
  </message>
  <message>
   <source>score on places kept aside</source>
   <translation>score sur les endroits mis de côté</translation>
  </message>
  <message>
   <source>score</source>
   <translation>score</translation>
  </message>
  <message>
   <source>“yes” where the thing is not there</source>
   <translation>« oui » là où la chose n'est pas</translation>
  </message>
  <message>
   <source>boxes for things that are not there</source>
   <translation>cadres pour des choses absentes</translation>
  </message>
  <message>
   <source>things that are there and not found</source>
   <translation>choses présentes et non trouvées</translation>
  </message>
  <message>
   <source>Round {number}</source>
   <translation>Tour {number}</translation>
  </message>
  <message>
   <source>Finished: no round was kept, so the model is as it was before.</source>
   <translation>Terminé : aucun tour n'a été conservé, le modèle est donc comme avant.</translation>
  </message>
  <message>
   <source>Some places are kept aside and never learned from: they decide whether a round is kept.</source>
   <translation>Certains endroits sont mis de côté et ne servent jamais à apprendre : ils décident si un tour est conservé.</translation>
  </message>
  <message>
   <source>How long the parts of a run take on this machine is measured in its first run.</source>
   <translation>La durée de chaque partie sur cet ordinateur est mesurée lors du premier apprentissage.</translation>
  </message>
  <message>
   <source>Round {number}: kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), and nothing got worse.</source>
   <translation>Tour {number} : conservé. Sur les endroits mis de côté, le score a changé de {gain} (de {low} à {high} avec {certainty} % de certitude), et rien ne s'est dégradé.</translation>
  </message>
  <message>
   <source>What it could do before: {before} % right before the run, {after} % now.</source>
   <translation>Ce qu'il savait faire avant : {before} % de bonnes réponses avant l'apprentissage, {after} % maintenant.</translation>
  </message>
  <message>
   <source>{share} % of what the round learned is kept, so that nothing gets worse by more than the check allows.</source>
   <translation>{share} % de ce que le tour a appris est conservé, pour que rien n'empire plus que la vérification ne le permet.</translation>
  </message>
  <message numerus="yes">
   <source>%n round(s)</source>
   <translation>
    <numerusform>%n tour</numerusform>
    <numerusform>%n tours</numerusform>
   </translation>
  </message>
  <message>
   <source>Starts from the model as it came.</source>
   <translation>Part du modèle d'origine.</translation>
  </message>
  <message>
   <source>All of it would take about {total} here: {preparing} preparing, {learning} learning, {checking} checking (measured on {date}).</source>
   <translation>Le tout prendrait ici environ {total} : {preparing} de préparation, {learning} d'apprentissage, {checking} de contrôle (mesuré le {date}).</translation>
  </message>
  <message>
   <source>The model proposes the questions itself.</source>
   <translation>Le modèle propose lui-même les questions.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. The score changed by {gain}, but this got worse: {controls}.</source>
   <translation>Tour {number} : non conservé. Le score a changé de {gain}, mais ceci s'est dégradé : {controls}.</translation>
  </message>
  <message>
   <source>Round {number}: not kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), which is not surely better.</source>
   <translation>Tour {number} : non conservé. Sur les endroits mis de côté, le score a changé de {gain} (de {low} à {high} avec {certainty} % de certitude), ce qui n'est pas mieux à coup sûr.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept. {name} is in use now.</source>
   <translation>Terminé : {kept} sur {rounds} conservé(s). {name} est utilisé maintenant.</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept, the last one as {name}. It is not in use yet.</source>
   <translation>Terminé : {kept} sur {rounds} conservé(s), le dernier sous le nom {name}. Il n’est pas encore utilisé.</translation>
  </message>
  <message>
   <source>{places} with {windows}; up to {chips} of these are used.</source>
   <translation>{places} avec {windows} ; {chips} au plus sont utilisées.</translation>
  </message>
  <message numerus="yes">
   <source>%n separate place(s)</source>
   <translation>
    <numerusform>%n endroit distinct</numerusform>
    <numerusform>%n endroits distincts</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n window(s)</source>
   <translation>
    <numerusform>%n fenêtre</numerusform>
    <numerusform>%n fenêtres</numerusform>
   </translation>
  </message>
  <message>
   <source>About {memory} GB of memory.</source>
   <translation>Environ {memory} Go de mémoire.</translation>
  </message>
  <message>
   <source>Up to {rounds} of {steps}. It ends after {time} at the latest, preparing and checking included.</source>
   <translation>Jusqu’à {rounds} de {steps}. Fin après {time} au plus tard, préparation et contrôle compris.</translation>
  </message>
  <message numerus="yes">
   <source>%n step(s)</source>
   <translation>
    <numerusform>%n étape</numerusform>
    <numerusform>%n étapes</numerusform>
   </translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: learning, at most {time} left</source>
   <translation>Tour {number} sur {rounds} : apprentissage, encore {time} au plus</translation>
  </message>
  <message>
   <source>Reading the rasters…</source>
   <translation>Lecture des rasters…</translation>
  </message>
  <message>
   <source>Looking for what is asked…</source>
   <translation>Recherche de ce qui est demandé…</translation>
  </message>
  <message>
   <source>Choosing the settings…</source>
   <translation>Choix des réglages…</translation>
  </message>
  <message>
   <source>Looking for what is there…</source>
   <translation>Recherche de ce qui est présent…</translation>
  </message>
  <message>
   <source>Round {number}: {sentence}</source>
   <translation>Tour {number} : {sentence}</translation>
  </message>
  <message>
   <source>answers that can't be read</source>
   <translation>réponses illisibles</translation>
  </message>
  <message>
   <source>size of the boxes</source>
   <translation>taille des cadres</translation>
  </message>
  <message>
   <source>size of the largest boxes</source>
   <translation>taille des plus grands cadres</translation>
  </message>
  <message>
   <source>right answers to what it could do before</source>
   <translation>bonnes réponses sur ce qu'il savait faire avant</translation>
  </message>
  <message>
   <source>“none” where nothing is, in what it could do before</source>
   <translation>« rien » là où il n'y a rien, sur ce qu'il savait faire avant</translation>
  </message>
  <message>
   <source>Starts from the adapter {name}.</source>
   <translation>Part de l'adaptateur {name}.</translation>
  </message>
  <message>
   <source>Questions: {questions}</source>
   <translation>Questions : {questions}</translation>
  </message>
  <message>
   <source>Second opinion: {model}.</source>
   <translation>Deuxième avis : {model}.</translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: checking on the places kept aside…</source>
   <translation>Tour {number} sur {rounds} : vérification sur les endroits mis de côté…</translation>
  </message>
  <message>
   <source>Only this scene</source>
   <translation>Seulement cette scène</translation>
  </message>
  <message>
   <source>Only scenes of this day</source>
   <translation>Seulement les scènes de ce jour</translation>
  </message>
  <message>
   <source>All scenes</source>
   <translation>Toutes les scènes</translation>
  </message>
  <message>
   <source>nothing to see</source>
   <translation>rien à voir</translation>
  </message>
  <message>
   <source>{change}: before {before}, after {after}.</source>
   <translation>{change} : avant {before}, après {after}.</translation>
  </message>
  <message>
   <source>new</source>
   <translation>nouveau</translation>
  </message>
  <message>
   <source>gone</source>
   <translation>disparu</translation>
  </message>
  <message>
   <source>stayed</source>
   <translation>resté</translation>
  </message>
  <message>
   <source>unsure</source>
   <translation>incertain</translation>
  </message>
  <message>
   <source>not seen</source>
   <translation>non vu</translation>
  </message>
  <message>
   <source>other</source>
   <translation>autres</translation>
  </message>
  <message>
   <source>It can't be read. Check that the file is there, is whole, and is a raster.</source>
   <translation>Il ne peut pas être lu. Vérifiez que le fichier est là, qu'il est complet et que c'est un raster.</translation>
  </message>
  <message>
   <source>The chosen area is empty. Draw it again, or choose another place.</source>
   <translation>La zone choisie est vide. Redessinez-la, ou choisissez un autre endroit.</translation>
  </message>
  <message>
   <source>No rectangle is drawn yet. Draw one on the map, or choose another place.</source>
   <translation>Aucun rectangle n'est encore dessiné. Dessinez-en un sur la carte, ou choisissez un autre endroit.</translation>
  </message>
  <message>
   <source>No polygon is selected in any layer. Select one or more, or choose another place.</source>
   <translation>Aucun polygone n'est sélectionné dans aucune couche. Sélectionnez-en un ou plusieurs, ou choisissez un autre endroit.</translation>
  </message>
  <message>
   <source>No polygon is selected in {layer}. Select one or more, or choose another place.</source>
   <translation>Aucun polygone n'est sélectionné dans {layer}. Sélectionnez-en un ou plusieurs, ou choisissez un autre endroit.</translation>
  </message>
  <message>
   <source>The chosen area does not touch {raster}. Zoom to the layer, or choose another place.</source>
   <translation>La zone choisie ne touche pas {raster}. Zoomez sur la couche, ou choisissez un autre endroit.</translation>
  </message>
  <message>
   <source>Verdicts</source>
   <translation>Verdicts</translation>
  </message>
  <message>
   <source>{raster} – found</source>
   <translation>{raster} – trouvé</translation>
  </message>
  <message>
   <source>{query} – rasters</source>
   <translation>{query} – rasters</translation>
  </message>
  <message>
   <source>{query} (running)</source>
   <translation>{query} (en cours)</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Check that the file is still there and that no other program has locked it, then choose the run again.</source>
   <translation>Les cadres de {path} ne peuvent pas être lus ({reason}). Vérifiez que le fichier est toujours là et qu'aucun autre programme ne le verrouille, puis choisissez à nouveau la recherche.</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Close what has the file open, then try again.</source>
   <translation>Les cadres de {path} ne peuvent pas être lus ({reason}). Fermez ce qui utilise le fichier, puis réessayez.</translation>
  </message>
  <message>
   <source>The results can't be copied to {path}. They stay in {source}, and nothing is lost.</source>
   <translation>Les résultats ne peuvent pas être copiés dans {path}. Ils restent dans {source}, et rien n'est perdu.</translation>
  </message>
  <message>
   <source>The results can't be written to {path}. They are safe in the engine: free some space or save the project elsewhere, then load them from “Earlier runs”.</source>
   <translation>Les résultats ne peuvent pas être écrits dans {path}. Ils sont en sécurité dans le moteur : libérez de l'espace ou enregistrez le projet ailleurs, puis chargez-les depuis « Recherches précédentes ».</translation>
  </message>
  <message>
   <source>it came out empty: the service sent no picture of this area</source>
   <translation>l'image est vide : le service n'a rien envoyé pour cette zone</translation>
  </message>
  <message>
   <source>{layer} has nothing to render in the chosen area. Zoom in on the area first.</source>
   <translation>{layer} n'a rien à dessiner dans la zone choisie. Zoomez d'abord sur la zone.</translation>
  </message>
  <message>
   <source>Rendering {layer} here at {gsd} m per pixel would take {width} × {height} pixels ({size} GB). Choose a smaller area or a coarser resolution.</source>
   <translation>Dessiner {layer} ici à {gsd} m par pixel donnerait {width} × {height} pixels ({size} Go). Choisissez une zone plus petite ou une résolution plus grossière.</translation>
  </message>
  <message>
   <source>The layer could not be rendered ({reason}). Check that it draws on the map, then try again.</source>
   <translation>La couche n'a pas pu être dessinée ({reason}). Vérifiez qu'elle s'affiche sur la carte, puis réessayez.</translation>
  </message>
  <message>
   <source>error {status}</source>
   <translation>erreur {status}</translation>
  </message>
  <message numerus="yes">
   <source>{question} and %n more</source>
   <translation>
    <numerusform>{question} et %n autre</numerusform>
    <numerusform>{question} et %n autres</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero manual</source>
   <translation>Manuel de RemoteZero</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Retour</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>Sommaire</translation>
  </message>
  <message>
   <source>Open in the browser</source>
   <translation>Ouvrir dans le navigateur</translation>
  </message>
  <message>
   <source>Help for this page (F1)</source>
   <translation>Aide de cette page (F1)</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Fermer ce message</translation>
  </message>
  <message>
   <source>Scored boxes appear here and on the map.</source>
   <translation>Les cadres notés apparaissent ici et sur la carte.</translation>
  </message>
  <message numerus="yes">
   <source>%n window(s) were searched. Try other words, a larger area, or “Search in detail”.</source>
   <translation>
    <numerusform>%n fenêtre a été parcourue. Essayez d'autres mots, une zone plus grande ou « Chercher en détail ».</numerusform>
    <numerusform>%n fenêtres ont été parcourues. Essayez d'autres mots, une zone plus grande ou « Chercher en détail ».</numerusform>
   </translation>
  </message>
  <message>
   <source>Ask in your own words</source>
   <translation>Demandez avec vos propres mots</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Rien trouvé</translation>
  </message>
  <message>
   <source>No data here</source>
   <translation>Pas de données ici</translation>
  </message>
  <message>
   <source>The raster has no data in the place that was searched. Choose another place, or another raster.</source>
   <translation>Le raster n'a pas de données dans la zone parcourue. Choisissez une autre zone, ou un autre raster.</translation>
  </message>
  <message>
   <source>Nothing leaves this computer.</source>
   <translation>Rien ne quitte cet ordinateur.</translation>
  </message>
  <message>
   <source>Lowest score shown of “{question}”</source>
   <translation>Score le plus bas affiché de « {question} »</translation>
  </message>
  <message>
   <source>Compare with an earlier raster: what is new, what is gone, what stayed</source>
   <translation>Comparer à un raster antérieur : ce qui est nouveau, ce qui a disparu, ce qui est resté</translation>
  </message>
  <message>
   <source>Compare with an earlier raster</source>
   <translation>Comparer à un raster antérieur</translation>
  </message>
  <message>
   <source>the earlier raster</source>
   <translation>le raster antérieur</translation>
  </message>
  <message>
   <source>The earlier raster</source>
   <translation>Le raster antérieur</translation>
  </message>
  <message>
   <source>The raster of the earlier date, of the same place</source>
   <translation>Le raster de la date antérieure, du même lieu</translation>
  </message>
  <message>
   <source>± automatic</source>
   <translation>± automatique</translation>
  </message>
  <message>
   <source> m</source>
   <translation> m</translation>
  </message>
  <message>
   <source>How far apart one object may lie on the two rasters. Automatic: 5 m, or two pixels.</source>
   <translation>De combien un même objet peut être décalé entre les deux rasters. Automatique : 5 m, ou deux pixels.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at</source>
   <translation>Exactement ce que le vérificateur a regardé</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Accepter</translation>
  </message>
  <message>
   <source>This box is right (A)</source>
   <translation>Ce cadre est juste (A)</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Rejeter</translation>
  </message>
  <message>
   <source>This box is wrong (R)</source>
   <translation>Ce cadre est faux (R)</translation>
  </message>
  <message>
   <source>Zoom to this box (Z, or a double click on its row)</source>
   <translation>Zoomer sur ce cadre (Z ou double clic sur sa ligne)</translation>
  </message>
  <message>
   <source>Zoom to box</source>
   <translation>Zoomer sur le cadre</translation>
  </message>
  <message>
   <source>The model gave no reasoning for this box.</source>
   <translation>Le modèle n'a donné aucun raisonnement pour ce cadre.</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at, the earlier date on the left</source>
   <translation>Exactement ce que le vérificateur a regardé, la date antérieure à gauche</translation>
  </message>
  <message>
   <source>No picture</source>
   <translation>Pas d'image</translation>
  </message>
  <message>
   <source>{score} % sure</source>
   <translation>sûr à {score} %</translation>
  </message>
  <message>
   <source>Load the sample</source>
   <translation>Charger l'exemple</translation>
  </message>
  <message>
   <source>A drawn harbour, with a question that is asked at once</source>
   <translation>Un port dessiné, avec une question posée aussitôt</translation>
  </message>
  <message>
   <source>Add a raster…</source>
   <translation>Ajouter un raster…</translation>
  </message>
  <message>
   <source>Choose an aerial or satellite image on this computer</source>
   <translation>Choisissez une image aérienne ou satellite sur cet ordinateur</translation>
  </message>
  <message>
   <source>Search many rasters</source>
   <translation>Chercher dans de nombreux rasters</translation>
  </message>
  <message>
   <source>All rasters of a folder…</source>
   <translation>Tous les rasters d'un dossier…</translation>
  </message>
  <message>
   <source>Several files…</source>
   <translation>Plusieurs fichiers…</translation>
  </message>
  <message>
   <source>A STAC item collection…</source>
   <translation>Une collection d'items STAC…</translation>
  </message>
  <message>
   <source>The rasters of a layer group</source>
   <translation>Les rasters d'un groupe de couches</translation>
  </message>
  <message>
   <source>Search one raster again</source>
   <translation>Revenir à un seul raster</translation>
  </message>
  <message>
   <source>A file beside each raster, too</source>
   <translation>Aussi un fichier à côté de chaque raster</translation>
  </message>
  <message>
   <source>Writes the boxes of each raster into NAME_remotezero.gpkg in the raster's own folder</source>
   <translation>Écrit les cadres de chaque raster dans NOM_remotezero.gpkg, dans le dossier du raster</translation>
  </message>
  <message>
   <source>The licence of this model, {licence}, forbids commercial use.</source>
   <translation>La licence de ce modèle, {licence}, interdit l’usage commercial.</translation>
  </message>
  <message>
   <source>The model {name} is not there: it was removed, or its disk is not connected.</source>
   <translation>Le modèle {name} est introuvable : il a été supprimé ou son disque n’est pas connecté.</translation>
  </message>
  <message>
   <source>Default model</source>
   <translation>Modèle par défaut</translation>
  </message>
  <message>
   <source>{n} MB</source>
   <translation>{n} Mo</translation>
  </message>
  <message>
   <source>A demonstration model that finds {things}.</source>
   <translation>Un modèle de démonstration qui trouve {things}.</translation>
  </message>
  <message>
   <source>A demonstration model.</source>
   <translation>Un modèle de démonstration.</translation>
  </message>
  <message>
   <source>Get one for real imagery…</source>
   <translation>En obtenir un pour de vraies images…</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} Go</translation>
  </message>
  <message>
   <source>Default: {name}</source>
   <translation>Par défaut : {name}</translation>
  </message>
  <message>
   <source>{size} on disk, {memory} in use, licence {licence}</source>
   <translation>{size} sur le disque, {memory} en service, licence {licence}</translation>
  </message>
  <message>
   <source>See the models…</source>
   <translation>Voir les modèles…</translation>
  </message>
  <message>
   <source>and {n} more</source>
   <translation>et {n} de plus</translation>
  </message>
  <message>
   <source>Draw the rectangle on the map</source>
   <translation>Dessinez le rectangle sur la carte</translation>
  </message>
  <message>
   <source>What the map shows</source>
   <translation>Ce que montre la carte</translation>
  </message>
  <message>
   <source>The whole raster</source>
   <translation>Le raster entier</translation>
  </message>
  <message>
   <source>A drawn rectangle</source>
   <translation>Un rectangle dessiné</translation>
  </message>
  <message>
   <source>Selected polygons</source>
   <translation>Polygones sélectionnés</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>Question</translation>
  </message>
  <message>
   <source>Say in your own words what to look for. Return starts the run.</source>
   <translation>Dites avec vos propres mots ce qu'il faut chercher. La touche Entrée lance la recherche.</translation>
  </message>
  <message>
   <source>What are you looking for?</source>
   <translation>Que cherchez-vous ?</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>Exemples</translation>
  </message>
  <message>
   <source>Colour on the map</source>
   <translation>Couleur sur la carte</translation>
  </message>
  <message>
   <source>Do not look for this</source>
   <translation>Ne pas chercher cela</translation>
  </message>
  <message>
   <source>Next unsure box</source>
   <translation>Cadre incertain suivant</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Rétablir</translation>
  </message>
  <message>
   <source>Copy rows</source>
   <translation>Copier les lignes</translation>
  </message>
  <message>
   <source>Verify edited boxes again</source>
   <translation>Revérifier les cadres modifiés</translation>
  </message>
  <message>
   <source>Clear verdict</source>
   <translation>Effacer le verdict</translation>
  </message>
  <message>
   <source>Accept all shown</source>
   <translation>Accepter tous les cadres affichés</translation>
  </message>
  <message>
   <source>Reject all shown</source>
   <translation>Rejeter tous les cadres affichés</translation>
  </message>
  <message>
   <source>Clear verdicts of all shown</source>
   <translation>Effacer les verdicts de tous les cadres affichés</translation>
  </message>
  <message>
   <source>Undo: {what}</source>
   <translation>Annuler : {what}</translation>
  </message>
  <message>
   <source>Redo: {what}</source>
   <translation>Rétablir : {what}</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown</source>
   <translation>{shown} cadres affichés sur {total}</translation>
  </message>
  <message>
   <source>A accept · R reject · N next unsure · Z zoom · Ctrl+Z undo</source>
   <translation>A accepter · R rejeter · N suivant incertain · Z zoomer · Ctrl+Z annuler</translation>
  </message>
  <message>
   <source>Verify again</source>
   <translation>Revérifier</translation>
  </message>
  <message>
   <source>Score the boxes that were drawn anew. Verdicts stay.</source>
   <translation>Noter les cadres redessinés. Les verdicts restent.</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown; {below} score less: move the slider to see them</source>
   <translation>{shown} cadres affichés sur {total} ; {below} ont un score plus bas : déplacez le curseur pour les voir</translation>
  </message>
  <message>
   <source>Verifying…</source>
   <translation>Vérification…</translation>
  </message>
  <message>
   <source>Writing verdicts: {n} left</source>
   <translation>Écriture des verdicts : encore {n}</translation>
  </message>
  <message>
   <source>Edited boxes: {n}</source>
   <translation>Cadres modifiés : {n}</translation>
  </message>
  <message>
   <source>{accepted} accepted, {rejected} rejected, {open} open</source>
   <translation>{accepted} acceptés, {rejected} rejetés, {open} en attente</translation>
  </message>
  <message>
   <source>Hide boxes that the verifier is less sure of. Nothing is run again.</source>
   <translation>Masque les cadres dont le vérificateur est moins sûr. Rien n'est recalculé.</translation>
  </message>
  <message>
   <source>Lowest score shown</source>
   <translation>Score le plus bas affiché</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>Verdict</translation>
  </message>
  <message>
   <source>Raster</source>
   <translation>Raster</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Changement</translation>
  </message>
  <message>
   <source>Choose boxes by clicking on them on the map</source>
   <translation>Choisir des cadres en cliquant sur la carte</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Revue</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>En attente</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>Acceptés</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>Rejetés</translation>
  </message>
  <message>
   <source>Score at least</source>
   <translation>Score d'au moins</translation>
  </message>
  <message>
   <source>The model's answer was cut off here: there may be more than it listed.</source>
   <translation>La réponse du modèle a été coupée ici : il peut y en avoir plus qu'il n'en a listé.</translation>
  </message>
  <message>
   <source>Not placed: the point is where the camera was.</source>
   <translation>Non placé : le point est là où était l'appareil photo.</translation>
  </message>
  <message>
   <source>#</source>
   <translation>N°</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Score</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Étiquette</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Taille</translation>
  </message>
  <message>
   <source>Reasoning</source>
   <translation>Raisonnement</translation>
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
   <translation>Redessiné depuis la notation.</translation>
  </message>
  <message>
   <source>Drawn anew, and verified again.</source>
   <translation>Redessiné et revérifié.</translation>
  </message>
  <message>
   <source>Placed by the camera: right to about {n} m.</source>
   <translation>Placé d'après l'appareil photo : juste à {n} m environ.</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Arrêt en cours…</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>Démarrage…</translation>
  </message>
  <message>
   <source>as the raster</source>
   <translation>comme le raster</translation>
  </message>
  <message>
   <source> m/px</source>
   <translation> m/px</translation>
  </message>
  <message>
   <source>Ground resolution the model looks at, in metres per pixel</source>
   <translation>Résolution au sol à laquelle le modèle regarde, en mètres par pixel</translation>
  </message>
  <message>
   <source>Draw outlines</source>
   <translation>Dessiner les contours</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes, drawn by a model of their own; get one on the Models page</source>
   <translation>Polygones de ce que contiennent les cadres, dessinés par un modèle à part ; obtenez-en un sur la page Modèles</translation>
  </message>
  <message>
   <source>Place by the camera</source>
   <translation>Placer d'après l'appareil</translation>
  </message>
  <message>
   <source>Put boxes on the map by the photograph's EXIF: position, height, heading. Rough, and said how rough.</source>
   <translation>Place les cadres sur la carte d'après l'EXIF de la photo : position, hauteur, cap. Approximatif, et il est dit à quel point.</translation>
  </message>
  <message>
   <source>height: as the photograph</source>
   <translation>hauteur : celle de la photo</translation>
  </message>
  <message>
   <source> m above the ground</source>
   <translation> m au-dessus du sol</translation>
  </message>
  <message>
   <source>How high the camera was above the ground, if you know it better than the photograph</source>
   <translation>À quelle hauteur au-dessus du sol était l'appareil photo, si vous le savez mieux que la photo</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Avant</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>Zoom</translation>
  </message>
  <message>
   <source>none</source>
   <translation>aucun</translation>
  </message>
  <message>
   <source>Topmost raster: {name}</source>
   <translation>Raster du dessus : {name}</translation>
  </message>
  <message>
   <source>Active layer: {name}</source>
   <translation>Couche active : {name}</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>Automatique</translation>
  </message>
  <message>
   <source>Whole view at once</source>
   <translation>Vue entière d'un coup</translation>
  </message>
  <message>
   <source>Search in detail</source>
   <translation>Chercher en détail</translation>
  </message>
  <message>
   <source>current adapter</source>
   <translation>adaptateur actuel</translation>
  </message>
  <message>
   <source>no adapter</source>
   <translation>aucun adaptateur</translation>
  </message>
  <message>
   <source>Another model that looks at each box and scores it. One on a server sees the boxes alone, and not the rest of the raster.</source>
   <translation>Un autre modèle qui regarde chaque cadre et le note. Sur un serveur, il ne voit que les cadres, et non le reste du raster.</translation>
  </message>
  <message>
   <source>Scored by the model itself</source>
   <translation>Noté par le modèle lui-même</translation>
  </message>
  <message>
   <source>Forget a server</source>
   <translation>Oublier un serveur</translation>
  </message>
  <message>
   <source>Servers</source>
   <translation>Serveurs</translation>
  </message>
  <message>
   <source>Forget it</source>
   <translation>L'oublier</translation>
  </message>
  <message>
   <source>A server…</source>
   <translation>Un serveur…</translation>
  </message>
  <message>
   <source>Its address goes from the lists, and its key from QGIS's authentication database, unless another model of the same server stays. This can't be undone: the key has to be typed again. Runs that were made with it stay.</source>
   <translation>Son adresse disparaît des listes, et sa clé de la base de données d'authentification de QGIS, sauf si un autre modèle du même serveur reste. C'est irréversible : la clé devra être saisie à nouveau. Les exécutions faites avec lui restent.</translation>
  </message>
  <message>
   <source>Forget a server…</source>
   <translation>Oublier un serveur…</translation>
  </message>
  <message>
   <source>Leave name and password out of the address; the key has a field of its own</source>
   <translation>Laissez le nom et le mot de passe hors de l'adresse ; la clé a son propre champ</translation>
  </message>
  <message>
   <source>This is no address. Give one like http://host:8000/v1</source>
   <translation>Ce n'est pas une adresse. Donnez-en une comme http://host:8000/v1</translation>
  </message>
  <message>
   <source>There are spaces, or characters that can't be seen, in the address or the model's name. Type it anew</source>
   <translation>L’adresse ou le nom du modèle contient des espaces ou des caractères invisibles. Saisissez-le à nouveau</translation>
  </message>
  <message>
   <source>The address or the model's name is too long. Give the name that the server lists</source>
   <translation>L’adresse ou le nom du modèle est trop long. Indiquez le nom que le serveur affiche</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the key for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>La base de données d'authentification de QGIS n'a pas accepté la clé pour {url}. Ouvrez Préférences &gt; Options &gt; Authentification, définissez le mot de passe principal et réessayez.</translation>
  </message>
  <message>
   <source>A model on a server</source>
   <translation>Un modèle sur un serveur</translation>
  </message>
  <message>
   <source>the only one that it serves</source>
   <translation>le seul qu'il propose</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Clé</translation>
  </message>
  <message>
   <source>Behind ? only {options} may stand; the key has a field of its own</source>
   <translation>Après ? seuls {options} sont permis ; la clé a son propre champ</translation>
  </message>
  <message>
   <source>Pictures of your rasters are sent to this address, and to no other.</source>
   <translation>Des images de vos rasters sont envoyées à cette adresse, et à aucune autre.</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not let go of the key for {url}. Open Settings &gt; Options &gt; Authentication, and remove it there.</source>
   <translation>La base de données d'authentification de QGIS n'a pas libéré la clé pour {url}. Ouvrez Préférences &gt; Options &gt; Authentification et supprimez-la là.</translation>
  </message>
  <message>
   <source>How this server gives scores is tried when it is first asked, and told here from then on.</source>
   <translation>La façon dont ce serveur note est essayée à la première question, et indiquée ici ensuite.</translation>
  </message>
  <message>
   <source>The scores are the model's own probabilities of yes and no.</source>
   <translation>Les scores sont les probabilités de oui et de non du modèle lui-même.</translation>
  </message>
  <message>
   <source>The scores are the probabilities that the server gives for yes and no: as fine as those of a model on this computer.</source>
   <translation>Les scores sont les probabilités que le serveur donne pour oui et non : aussi fins que ceux d'un modèle sur cet ordinateur.</translation>
  </message>
  <message>
   <source>The scores are decisions of the server, as numbers between 0 and 1.</source>
   <translation>Les scores sont des décisions du serveur, sous forme de nombres entre 0 et 1.</translation>
  </message>
  <message>
   <source>The server gives no probabilities: each question of yes or no is asked ten times, and the score is the share of yes. That is coarse, and takes ten times as long.</source>
   <translation>Le serveur ne donne pas de probabilités : chaque question par oui ou non est posée dix fois, et le score est la part des oui. C'est grossier et prend dix fois plus de temps.</translation>
  </message>
  <message>
   <source>{done}, about {time} left</source>
   <translation>{done}, encore {time} environ</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} h</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>en attente</translation>
  </message>
  <message>
   <source>running</source>
   <translation>en cours</translation>
  </message>
  <message>
   <source>done</source>
   <translation>terminé</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>échoué</translation>
  </message>
  <message>
   <source>raster {number} of {total}</source>
   <translation>raster {number} sur {total}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es)</source>
   <translation>
    <numerusform>%n cadre</numerusform>
    <numerusform>%n cadres</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{done} of %n window(s)</source>
   <translation>
    <numerusform>{done} sur %n fenêtre</numerusform>
    <numerusform>{done} sur %n fenêtres</numerusform>
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
   <translation>Panneau RemoteZero</translation>
  </message>
  <message>
   <source>Find things in imagery by describing them</source>
   <translation>Trouver des choses dans les images en les décrivant</translation>
  </message>
  <message>
   <source>The RemoteZero engine is not installed yet. Open the RemoteZero panel and install it there.</source>
   <translation>Le moteur RemoteZero n'est pas encore installé. Ouvrez le panneau RemoteZero et installez-le depuis là.</translation>
  </message>
  <message>
   <source>Second opinion (empty: the model itself)</source>
   <translation>Deuxième avis (vide : le modèle lui-même)</translation>
  </message>
  <message>
   <source>{layer} is not a raster file. Export it with Save As and choose the file.</source>
   <translation>{layer} n'est pas un fichier raster. Exportez-la avec « Sauvegarder sous » et choisissez le fichier.</translation>
  </message>
  <message>
   <source>{layer} is a web layer without an end. Say where to look.</source>
   <translation>{layer} est une couche web sans limites. Indiquez où chercher.</translation>
  </message>
  <message>
   <source>The question is empty. Write what you are looking for.</source>
   <translation>La question est vide. Écrivez ce que vous cherchez.</translation>
  </message>
  <message>
   <source>The polygons can't be projected to the raster's CRS ({reason}). Check the CRS of both layers.</source>
   <translation>Les polygones ne peuvent pas être projetés dans le SCR du raster ({reason}). Vérifiez le SCR des deux couches.</translation>
  </message>
  <message>
   <source>Question (one per line)</source>
   <translation>Question (une par ligne)</translation>
  </message>
  <message>
   <source>What to look for, in plain words: one question a line, at most 64 of them.</source>
   <translation>Ce qu'il faut chercher, en mots simples : une question par ligne, 64 au plus.</translation>
  </message>
  <message>
   <source>Model (empty: the default one)</source>
   <translation>Modèle (vide : celui par défaut)</translation>
  </message>
  <message>
   <source>Adapter (current: the one in use; none: the model as it came; or a name)</source>
   <translation>Adaptateur (current : celui en usage ; none : le modèle d'origine ; ou un nom)</translation>
  </message>
  <message>
   <source>Allow rasters from the network</source>
   <translation>Autoriser les rasters du réseau</translation>
  </message>
  <message>
   <source>Name of a model that is here, its folder, or the address of one on a server. Empty: the default one.</source>
   <translation>Nom d'un modèle présent ici, son dossier, ou l'adresse d'un modèle sur un serveur. Vide : celui par défaut.</translation>
  </message>
  <message>
   <source>What the model has learned here: “current” for what is in use, “none” for the model as it came, or the name of an adapter.</source>
   <translation>Ce que le modèle a appris ici : « current » pour ce qui est en usage, « none » pour le modèle d'origine, ou le nom d'un adaptateur.</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: it is read from there.</source>
   <translation>Désactivé : un raster qui mène à un serveur est refusé, et ce serveur n'est pas interrogé. Activé : il est lu depuis ce serveur.</translation>
  </message>
  <message>
   <source>Compare two dates</source>
   <translation>Comparer deux dates</translation>
  </message>
  <message>
   <source>Finds what is new, what is gone and what stayed between two rasters of one place.</source>
   <translation>Trouve ce qui est nouveau, ce qui a disparu et ce qui est resté entre deux rasters d'un même lieu.</translation>
  </message>
  <message>
   <source>Asks the same question of two rasters of one place, and says of each box whether it is new, gone, or stayed.

CRS, resolution and extent of the rasters may differ. What both cover is searched on each; boxes are matched within the tolerance; and the verifier looks at every place that was found on one date only on the other date as well. So 'gone' means that it is not seen there, and not only that it was not found. Where search and verifier disagree the change is 'unsure', and where the other raster has no data, is under a masked cloud or too coarse, it is 'not_seen'.

The attributes score_before and score_after are the verifier's on both dates. 'Stayed' says that one such thing is there on both dates, not that it is the same one.</source>
   <translation>Pose la même question à deux rasters d'un même lieu et dit de chaque cadre s'il est nouveau, disparu ou resté.

Le SCR, la résolution et l'étendue des rasters peuvent différer. Sur chacun, la recherche porte sur ce que les deux couvrent ; les cadres sont appariés dans la limite de la tolérance ; et le vérificateur regarde aussi à l'autre date chaque endroit trouvé à une seule date. « Disparu » veut donc dire qu'on ne l'y voit pas, et pas seulement qu'il n'a pas été trouvé. Là où la recherche et le vérificateur se contredisent, le changement est « incertain » ; là où l'autre raster n'a pas de données, est sous un nuage masqué ou est trop grossier, il est « non vu » (not_seen).

Les attributs score_before et score_after sont ceux du vérificateur aux deux dates. « Resté » dit qu'une telle chose est là aux deux dates, pas que c'est la même.</translation>
  </message>
  <message>
   <source>Later raster</source>
   <translation>Raster postérieur</translation>
  </message>
  <message>
   <source>Score from which on the verifier's answer is yes</source>
   <translation>Score à partir duquel la réponse du vérificateur est oui</translation>
  </message>
  <message>
   <source>change,before,after,new,gone,difference,time,AI</source>
   <translation>changement,avant,après,nouveau,disparu,différence,temps,IA</translation>
  </message>
  <message>
   <source>Earlier raster</source>
   <translation>Raster antérieur</translation>
  </message>
  <message>
   <source>How far apart one object may lie, in metres</source>
   <translation>De combien un même objet peut être décalé, en mètres</translation>
  </message>
  <message>
   <source>The raster of the earlier date. CRS, resolution and extent may differ from those of the later one.</source>
   <translation>Le raster de la date antérieure. Son SCR, sa résolution et son étendue peuvent différer de ceux du raster postérieur.</translation>
  </message>
  <message>
   <source>The raster of the later date. The boxes are in its CRS.</source>
   <translation>Le raster de la date postérieure. Les cadres sont dans son SCR.</translation>
  </message>
  <message>
   <source>Only this part is compared. Empty: all that both rasters cover.</source>
   <translation>Seule cette partie est comparée. Vide : tout ce que les deux rasters couvrent.</translation>
  </message>
  <message>
   <source>Boxes of two dates whose centres are farther apart, and that do not overlap, are two objects. Empty: 5 m, or two pixels of the coarser raster if that is more.</source>
   <translation>Des cadres de deux dates dont les centres sont plus éloignés, et qui ne se recouvrent pas, sont deux objets. Vide : 5 m, ou deux pixels du raster le plus grossier si c'est davantage.</translation>
  </message>
  <message>
   <source>From there on a thing counts as seen on a date. Empty: what suits the model.</source>
   <translation>À partir de là, une chose compte comme vue à une date. Vide : ce qui convient au modèle.</translation>
  </message>
  <message>
   <source>Polygons in the later raster's CRS. The column change says new, gone, stayed, unsure or not_seen; score_before and score_after are the scores on both dates.</source>
   <translation>Polygones dans le SCR du raster postérieur. La colonne change dit new (nouveau), gone (disparu), stayed (resté), unsure (incertain) ou not_seen (non vu) ; score_before et score_after sont les scores aux deux dates.</translation>
  </message>
  <message>
   <source>Number of boxes: {change}</source>
   <translation>Nombre de cadres : {change}</translation>
  </message>
  <message>
   <source>Evaluate a model</source>
   <translation>Évaluer un modèle</translation>
  </message>
  <message>
   <source>Says how well a model finds what a layer of reference boxes shows.</source>
   <translation>Dit à quel point un modèle trouve ce que montre une couche de cadres de référence.</translation>
  </message>
  <message>
   <source>Searches the raster and compares what is found with the polygons of a layer: precision, recall, F1, average precision, overlap, and how far edges are off in metres, each with its interval. The report is one page with the best and the worst places.

The layer has to be complete: a box that is found and not in it counts as wrong. Cut the raster to the part that was mapped, if only a part was.

One question can be asked for all polygons, or each distinct value of a field is one.</source>
   <translation>Cherche dans le raster et compare ce qui est trouvé aux polygones d'une couche : précision, rappel, F1, précision moyenne, recouvrement, et de combien de mètres les bords sont décalés, chacun avec son intervalle. Le rapport est une page avec les meilleurs et les pires endroits.

La couche doit être complète : un cadre trouvé qui n'y est pas compte comme faux. Si seule une partie a été cartographiée, découpez le raster à cette partie.

Une seule question peut être posée pour tous les polygones, ou chaque valeur distincte d'un champ en est une.</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>automatique</translation>
  </message>
  <message>
   <source>overview</source>
   <translation>vue d'ensemble</translation>
  </message>
  <message>
   <source>in detail</source>
   <translation>en détail</translation>
  </message>
  <message>
   <source>accuracy,precision,recall,F1,AP,IoU,quality,reference,AI</source>
   <translation>exactitude,précision,rappel,F1,AP,IoU,qualité,référence,IA</translation>
  </message>
  <message>
   <source>Reference polygons</source>
   <translation>Polygones de référence</translation>
  </message>
  <message>
   <source>What the polygons show</source>
   <translation>Ce que montrent les polygones</translation>
  </message>
  <message>
   <source>Or the field that says it of each</source>
   <translation>Ou le champ qui le dit de chacun</translation>
  </message>
  <message>
   <source>Lowest score of a box that counts</source>
   <translation>Score minimal d'un cadre qui compte</translation>
  </message>
  <message>
   <source>Level of detail</source>
   <translation>Niveau de détail</translation>
  </message>
  <message>
   <source>Context round a box</source>
   <translation>Contexte autour d'un cadre</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Rapport</translation>
  </message>
  <message>
   <source>Web pages (*.html)</source>
   <translation>Pages web (*.html)</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>Précision</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>Rappel</translation>
  </message>
  <message>
   <source>Average precision at an IoU of 0.5</source>
   <translation>Précision moyenne (AP) à une IoU de 0,5</translation>
  </message>
  <message>
   <source>Mean IoU</source>
   <translation>IoU moyenne</translation>
  </message>
  <message>
   <source>Mean error of edges in metres</source>
   <translation>Erreur moyenne des bords en mètres</translation>
  </message>
  <message>
   <source>The image to search, as its layer's style shows it.</source>
   <translation>L'image à parcourir, comme le style de sa couche la montre.</translation>
  </message>
  <message>
   <source>Boxes or outlines that you trust, in any CRS. All such things have to be in it.</source>
   <translation>Cadres ou contours auxquels vous vous fiez, dans n'importe quel SCR. Toutes les choses de ce genre doivent y être.</translation>
  </message>
  <message>
   <source>One question for all polygons, such as “all ships”. Leave it empty to use a field.</source>
   <translation>Une question pour tous les polygones, comme « tous les navires ». Laissez-la vide pour utiliser un champ.</translation>
  </message>
  <message>
   <source>Each distinct value of it is asked as a question. Leave it empty to use one question.</source>
   <translation>Chaque valeur distincte est posée comme question. Laissez vide pour utiliser une seule question.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below count as not found in precision, recall and F1.</source>
   <translation>De 0 à 1 : les cadres en dessous comptent comme non trouvés dans la précision, le rappel et le F1.</translation>
  </message>
  <message>
   <source>0: automatic, both of the others where that is worth it. 1: the whole view at once, for questions that need the overview. 2: overlapping windows, for small things.</source>
   <translation>0 : automatique, les deux autres là où cela en vaut la peine. 1 : la vue entière d'un coup, pour les questions qui demandent une vue d'ensemble. 2 : des fenêtres qui se chevauchent, pour les petites choses.</translation>
  </message>
  <message>
   <source>How much round a box the check sees as well, as a share of the box's longer side.</source>
   <translation>Ce que la vérification voit aussi autour d'un cadre, en part de son côté le plus long.</translation>
  </message>
  <message>
   <source>One page with the figures, their intervals, and the best and worst places.</source>
   <translation>Une page avec les chiffres, leurs intervalles, et les meilleurs et pires endroits.</translation>
  </message>
  <message>
   <source>Say what the polygons show: write one question for all of them, or choose the field that says it of each.</source>
   <translation>Dites ce que montrent les polygones : écrivez une question pour tous, ou choisissez le champ qui le dit de chacun.</translation>
  </message>
  <message>
   <source>An evaluation reads no rasters from the network.</source>
   <translation>Une évaluation ne lit pas de rasters du réseau.</translation>
  </message>
  <message>
   <source>The layer holds no polygon. Choose one that does.</source>
   <translation>La couche ne contient aucun polygone. Choisissez-en une qui en contient.</translation>
  </message>
  <message>
   <source>The report can't be written to {path} ({reason}). Choose another file.</source>
   <translation>Le rapport ne peut pas être écrit dans {path} ({reason}). Choisissez un autre fichier.</translation>
  </message>
  <message>
   <source>Export boxes</source>
   <translation>Exporter des cadres</translation>
  </message>
  <message>
   <source>Writes boxes as training data or tables for other programs.</source>
   <translation>Écrit des cadres comme données d'entraînement ou tables pour d'autres programmes.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures cut from the raster and the boxes in them. The other formats are one file. GeoJSON is in WGS 84.

Rejected boxes are never exported. Where some boxes were accepted or rejected, only the accepted ones are, unless you take the undecided ones, too.

Beside the output comes a file that tells which model found the boxes, in which raster, and when. A folder that exists is never replaced.</source>
   <translation>COCO et YOLO sont des dossiers d'images découpées dans le raster, avec leurs cadres. Les autres formats sont un seul fichier. GeoJSON est en WGS 84.

Les cadres rejetés ne sont jamais exportés. Si certains ont été acceptés ou rejetés, seuls les acceptés le sont, sauf si vous prenez aussi les indécis.

À côté de la sortie, un fichier dit quel modèle a trouvé les cadres, dans quel raster et quand. Un dossier qui existe n'est jamais remplacé.</translation>
  </message>
  <message>
   <source>The label of a box</source>
   <translation>L'étiquette d'un cadre</translation>
  </message>
  <message>
   <source>The question that found it</source>
   <translation>La question qui l'a trouvé</translation>
  </message>
  <message>
   <source>Classes of a training set</source>
   <translation>Classes d'un jeu d'entraînement</translation>
  </message>
  <message>
   <source>Raster (empty: those that the boxes name)</source>
   <translation>Raster (vide : ceux que nomment les cadres)</translation>
  </message>
  <message>
   <source>Side of a picture in pixels</source>
   <translation>Côté d'une image en pixels</translation>
  </message>
  <message>
   <source>Metres per pixel</source>
   <translation>Mètres par pixel</translation>
  </message>
  <message>
   <source>Also cut pictures without boxes</source>
   <translation>Découper aussi des images sans cadres</translation>
  </message>
  <message>
   <source>COCO,YOLO,training data,chips,GeoParquet,CSV</source>
   <translation>COCO,YOLO,données d'entraînement,extraits,GeoParquet,CSV</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>Cadres</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Take undecided boxes, too</source>
   <translation>Prendre aussi les cadres indécis</translation>
  </message>
  <message>
   <source>Lowest score</source>
   <translation>Score minimal</translation>
  </message>
  <message>
   <source>File or folder</source>
   <translation>Fichier ou dossier</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Tous les fichiers (*)</translation>
  </message>
  <message>
   <source>Provenance</source>
   <translation>Provenance</translation>
  </message>
  <message>
   <source>Exported boxes</source>
   <translation>Cadres exportés</translation>
  </message>
  <message>
   <source>A result of Locate or of the panel. Rejected boxes are never exported.</source>
   <translation>Un résultat de « Localiser » ou du panneau. Les cadres rejetés ne sont jamais exportés.</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures; the others are one file.</source>
   <translation>COCO et YOLO sont des dossiers d'images ; les autres sont un seul fichier.</translation>
  </message>
  <message>
   <source>COCO and YOLO name classes. Take the questions where one layer holds the boxes of several.</source>
   <translation>COCO et YOLO nomment des classes. Prenez les questions quand une couche contient les cadres de plusieurs d'entre elles.</translation>
  </message>
  <message>
   <source>Otherwise only accepted boxes are taken, once some were accepted or rejected.</source>
   <translation>Sinon, seuls les cadres acceptés sont pris, dès que certains ont été acceptés ou rejetés.</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below are left out.</source>
   <translation>De 0 à 1 : les cadres en dessous sont omis.</translation>
  </message>
  <message>
   <source>Pictures for COCO and YOLO are cut from it.</source>
   <translation>Les images pour COCO et YOLO en sont découpées.</translation>
  </message>
  <message>
   <source>Of the square pictures for COCO and YOLO.</source>
   <translation>Des images carrées pour COCO et YOLO.</translation>
  </message>
  <message>
   <source>Of the pictures. Empty: the finest at which a box was found.</source>
   <translation>Des images. Vide : la plus fine à laquelle un cadre a été trouvé.</translation>
  </message>
  <message>
   <source>Places where nothing was found teach a model what to leave alone.</source>
   <translation>Les endroits où rien n'a été trouvé apprennent à un modèle ce qu'il doit laisser de côté.</translation>
  </message>
  <message>
   <source>A file, or for COCO and YOLO a folder that does not exist yet.</source>
   <translation>Un fichier, ou pour COCO et YOLO un dossier qui n'existe pas encore.</translation>
  </message>
  <message>
   <source>Lets the model learn from your own rasters, without any labels.</source>
   <translation>Fait apprendre le modèle à partir de vos propres rasters, sans aucune étiquette.</translation>
  </message>
  <message>
   <source>The model practises on your rasters: it proposes boxes, its own check scores them, and it learns from the scores. No labels are needed, and nothing leaves the computer.

After each round a gate compares old and new on places kept aside. A round that is not better, or that answers wrong questions with yes more often, is thrown away. You can go back to any earlier adapter.

Questions: one per line; leave empty and the model proposes its own.</source>
   <translation>Le modèle s'exerce sur vos rasters : il propose des cadres, sa propre vérification les note, et il apprend de ces notes. Aucune étiquette n'est nécessaire, et rien ne quitte l'ordinateur.

Après chaque tour, un contrôle compare l'ancien et le nouveau sur des endroits mis de côté. Un tour qui n'est pas meilleur, ou qui répond plus souvent oui à de fausses questions, est écarté. Vous pouvez revenir à tout adaptateur antérieur.

Questions : une par ligne ; si vous laissez vide, le modèle propose les siennes.</translation>
  </message>
  <message>
   <source>Use the new adapter when it is better than the old</source>
   <translation>Utiliser le nouvel adaptateur s'il est meilleur que l'ancien</translation>
  </message>
  <message>
   <source>Results whose accepted and rejected boxes may be used</source>
   <translation>Résultats dont les cadres acceptés et rejetés peuvent être utilisés</translation>
  </message>
  <message>
   <source>Folder of another model, or the address of one on a server, that scores the boxes and learns nothing itself. Empty: the model that learns, as it was before the round.</source>
   <translation>Dossier d'un autre modèle, ou adresse d'un modèle sur un serveur, qui note les cadres et n'apprend rien lui-même. Vide : le modèle qui apprend, tel qu'il était avant le tour.</translation>
  </message>
  <message>
   <source>train,learn,adapter,unlabelled,AI</source>
   <translation>entraîner,apprendre,adaptateur,sans étiquette,IA</translation>
  </message>
  <message>
   <source>Questions (one per line; empty: proposed)</source>
   <translation>Questions (une par ligne ; vide : proposées)</translation>
  </message>
  <message>
   <source>Where to learn</source>
   <translation>Où apprendre</translation>
  </message>
  <message>
   <source>Rounds at most</source>
   <translation>Nombre maximal de tours</translation>
  </message>
  <message>
   <source>Minutes at most</source>
   <translation>Durée maximale en minutes</translation>
  </message>
  <message>
   <source>Images of the kind that you will search later. Nobody has to draw boxes in them.</source>
   <translation>Des images du genre de celles où vous chercherez ensuite. Personne n'a à y dessiner de cadres.</translation>
  </message>
  <message>
   <source>What you will ask later, one question a line. Empty: the model proposes its own.</source>
   <translation>Ce que vous demanderez ensuite, une question par ligne. Vide : le modèle propose les siennes.</translation>
  </message>
  <message>
   <source>Only this part is learned from. Empty: all of the rasters.</source>
   <translation>Seule cette partie sert à apprendre. Vide : la totalité des rasters.</translation>
  </message>
  <message>
   <source>After each round it is decided whether the model got better; two refusals end the run.</source>
   <translation>Après chaque tour, il est décidé si le modèle s'est amélioré ; deux refus mettent fin à l'apprentissage.</translation>
  </message>
  <message>
   <source>All of it, preparing and checking included.</source>
   <translation>Le tout, préparation et contrôle compris.</translation>
  </message>
  <message>
   <source>How many metres a pixel stands for when the model practises. Empty: as in the raster.</source>
   <translation>Combien de mètres représente un pixel quand le modèle s'exerce. Vide : comme dans le raster.</translation>
  </message>
  <message>
   <source>Off: what was learned is kept in the list of adapters, and the old one stays in use.</source>
   <translation>Désactivé : ce qui a été appris est conservé dans la liste des adaptateurs, et l'ancien reste en usage.</translation>
  </message>
  <message>
   <source>Result layers that are kept in files. Without them the model learns from its own check alone.</source>
   <translation>Couches de résultats conservées dans des fichiers. Sans elles, le modèle n'apprend que de sa propre vérification.</translation>
  </message>
  <message>
   <source>No raster was chosen. Choose at least one.</source>
   <translation>Aucun raster n'a été choisi. Choisissez-en au moins un.</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Leave the area empty, or choose such rasters.</source>
   <translation>Une zone exige des rasters de même SCR. Laissez la zone vide, ou choisissez de tels rasters.</translation>
  </message>
  <message>
   <source>{layer} is not kept in a file. Save it to one, then its verdicts can be used.</source>
   <translation>{layer} n'est pas conservée dans un fichier. Enregistrez-la dans un fichier, alors ses verdicts pourront être utilisés.</translation>
  </message>
  <message>
   <source>Name or folder of another model, or the address of one on a server, that scores the boxes. Empty: the model that finds them.</source>
   <translation>Nom ou dossier d'un autre modèle, ou adresse d'un modèle sur un serveur, qui note les cadres. Vide : le modèle qui les trouve.</translation>
  </message>
  <message>
   <source>{boxes}; {windows} looked at, {blank} of them without data, {vetoed} skipped by the check.</source>
   <translation>{boxes} ; {windows} au total, {blank} sans données, {vetoed} écartées par la vérification préalable.</translation>
  </message>
  <message>
   <source>Locate</source>
   <translation>Localiser</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster and scores every box.</source>
   <translation>Trouve dans un raster ce qu'une phrase décrit et note chaque cadre.</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster.

Write one question per line, for instance: all ships / the largest building / where could people take shelter from a flood?

Zoom: 'whole view at once' suits questions that need the overview; 'search in detail' cuts the raster into overlapping windows at the given metres per pixel; 'automatic' does both where it is worth it.

The model sees the bands and the contrast that the layer's style shows. Every box carries the score of an independent check (0 to 1), the reasoning, and where it came from. Keep low scores and filter later.</source>
   <translation>Trouve dans un raster ce qu'une phrase décrit.

Écrivez une question par ligne, par exemple : tous les navires / le plus grand bâtiment / où des gens pourraient-ils s'abriter d'une inondation ?

Zoom : « Vue entière d'un coup » convient aux questions qui demandent une vue d'ensemble ; « Chercher en détail » découpe le raster en fenêtres qui se chevauchent, au nombre de mètres par pixel indiqué ; « Automatique » fait les deux là où cela en vaut la peine.

Le modèle voit les bandes et le contraste que montre le style de la couche. Chaque cadre porte la note d'une vérification indépendante (de 0 à 1), le raisonnement et sa provenance. Gardez les notes basses et filtrez plus tard.</translation>
  </message>
  <message>
   <source>Metres per pixel for the search in detail</source>
   <translation>Mètres par pixel pour la recherche en détail</translation>
  </message>
  <message>
   <source>Draw outlines instead of boxes</source>
   <translation>Dessiner des contours au lieu de cadres</translation>
  </message>
  <message>
   <source>Overlap of windows</source>
   <translation>Chevauchement des fenêtres</translation>
  </message>
  <message>
   <source>Leave out boxes below this score</source>
   <translation>Omettre les cadres sous ce score</translation>
  </message>
  <message>
   <source>Context round a box for its score</source>
   <translation>Contexte autour d'un cadre pour son score</translation>
  </message>
  <message>
   <source>Skip windows that show nothing of the kind</source>
   <translation>Sauter les fenêtres qui ne montrent rien de tel</translation>
  </message>
  <message>
   <source>Outlines with right angles</source>
   <translation>Contours à angles droits</translation>
  </message>
  <message>
   <source>Tolerance of outlines in metres</source>
   <translation>Tolérance des contours en mètres</translation>
  </message>
  <message>
   <source>How many metres a pixel of the windows stands for. Empty: as in the raster.</source>
   <translation>Combien de mètres représente un pixel des fenêtres. Vide : comme dans le raster.</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes; a model that draws outlines has to be here.</source>
   <translation>Polygones de ce que contiennent les cadres ; un modèle qui dessine des contours doit être présent ici.</translation>
  </message>
  <message>
   <source>Share of a window that its neighbour repeats, so that nothing is cut in two.</source>
   <translation>Part d'une fenêtre que sa voisine répète, pour que rien ne soit coupé en deux.</translation>
  </message>
  <message>
   <source>From 0 to 1. With 0 all boxes are written, to be filtered by their score later.</source>
   <translation>De 0 à 1. Avec 0, tous les cadres sont écrits, pour être filtrés plus tard par leur score.</translation>
  </message>
  <message>
   <source>Saves time. Turn it off for rare things that the check may not know from afar.</source>
   <translation>Gagne du temps. Désactivez-le pour les choses rares que la vérification ne reconnaît peut-être pas de loin.</translation>
  </message>
  <message>
   <source>Gives outlines right angles where that fits, as for buildings.</source>
   <translation>Donne des angles droits aux contours là où cela convient, comme pour les bâtiments.</translation>
  </message>
  <message>
   <source>How far an outline may lie from the edge. Empty: half a pixel.</source>
   <translation>De combien un contour peut s'écarter du bord. Vide : un demi-pixel.</translation>
  </message>
  <message>
   <source>find,detect,object,query,question,text,AI,box</source>
   <translation>trouver,détecter,objet,requête,question,texte,IA,cadre</translation>
  </message>
  <message>
   <source>Where to look</source>
   <translation>Où chercher</translation>
  </message>
  <message>
   <source>Place a photograph's boxes by its camera (EXIF)</source>
   <translation>Placer les cadres d'une photo d'après son appareil (EXIF)</translation>
  </message>
  <message>
   <source>The camera's height above the ground in metres</source>
   <translation>Hauteur de l'appareil photo au-dessus du sol en mètres</translation>
  </message>
  <message>
   <source>Number of boxes</source>
   <translation>Nombre de cadres</translation>
  </message>
  <message>
   <source>Any raster that QGIS opens. The model sees its bands and contrast as the layer's style shows them. A map service is rendered first, and then needs EXTENT.</source>
   <translation>Tout raster que QGIS ouvre. Le modèle voit les bandes et le contraste comme le style de la couche les montre. Un service de cartes est d'abord dessiné, et il faut alors EXTENT.</translation>
  </message>
  <message>
   <source>Only this part is searched. Empty: the whole raster.</source>
   <translation>Seule cette partie est parcourue. Vide : tout le raster.</translation>
  </message>
  <message>
   <source>For a photograph without a place that says where its camera was and whither it looked. Its boxes are then in WGS 84, and only roughly right. Off: they are in pixels.</source>
   <translation>Pour une photo sans géoréférence qui dit où était son appareil et vers où il regardait. Ses cadres sont alors en WGS 84, et seulement approximatifs. Désactivé : ils sont en pixels.</translation>
  </message>
  <message>
   <source>Needed where the photograph does not say it. Empty: what it says.</source>
   <translation>Nécessaire quand la photo ne la dit pas. Vide : ce qu'elle dit.</translation>
  </message>
  <message>
   <source>Polygons in the raster's CRS, with score (0 to 1), rank, label, reasoning, question, model and where each came from.</source>
   <translation>Polygones dans le SCR du raster, avec score (de 0 à 1), rank, label, reasoning, la question, le modèle et la provenance de chacun.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) so far</source>
   <translation>
    <numerusform>%n cadre jusqu'ici</numerusform>
    <numerusform>%n cadres jusqu'ici</numerusform>
   </translation>
  </message>
  <message>
   <source>Locate in many rasters</source>
   <translation>Localiser dans de nombreux rasters</translation>
  </message>
  <message>
   <source>Finds what sentences describe in a folder, a list or a STAC item collection of rasters.</source>
   <translation>Trouve ce que des phrases décrivent dans un dossier, une liste ou une collection d'items STAC de rasters.</translation>
  </message>
  <message>
   <source>Asks the same questions over many rasters, one after the other: the chosen layers, all rasters of a folder, and the pictures of a STAC item collection. Each is searched as a whole. A mosaic (VRT) is one raster.

The boxes of all rasters come in one layer, with the raster in the column source. A second table says of every raster whether it was searched, how many boxes it has, and if it could not be searched, why.

When the run is broken off, start it again with the same parameters: rasters that were finished are not asked twice, and the one that was begun goes on where it was. A file that has changed is asked anew.</source>
   <translation>Pose les mêmes questions à de nombreux rasters, l'un après l'autre : les couches choisies, tous les rasters d'un dossier et les images d'une collection d'items STAC. Chacun est parcouru en entier. Une mosaïque (VRT) est un seul raster.

Les cadres de tous les rasters vont dans une couche, avec le raster dans la colonne source. Une seconde table dit de chaque raster s'il a été parcouru, combien de cadres il a et, s'il n'a pas pu l'être, pourquoi.

Si la recherche est interrompue, relancez-la avec les mêmes paramètres : les rasters terminés ne sont pas redemandés, et celui qui était commencé reprend là où il en était. Un fichier qui a changé est redemandé.</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: its only or visual one)</source>
   <translation>Image d'un item STAC (vide : la seule, ou « visual »)</translation>
  </message>
  <message>
   <source>Also a file of boxes beside each raster</source>
   <translation>Aussi un fichier de cadres à côté de chaque raster</translation>
  </message>
  <message>
   <source>Ask also what was finished before</source>
   <translation>Redemander aussi ce qui était déjà terminé</translation>
  </message>
  <message>
   <source>CRS of the boxes (empty: of the first raster)</source>
   <translation>SCR des cadres (vide : celui du premier raster)</translation>
  </message>
  <message>
   <source>find,detect,object,query,folder,batch,mosaic,STAC,tiles,AI,box</source>
   <translation>trouver,détecter,objet,requête,dossier,lot,mosaïque,STAC,tuiles,IA,cadre</translation>
  </message>
  <message>
   <source>Folder with rasters</source>
   <translation>Dossier de rasters</translation>
  </message>
  <message>
   <source>Also the folders in it</source>
   <translation>Aussi les dossiers qu'il contient</translation>
  </message>
  <message>
   <source>STAC item collection (JSON)</source>
   <translation>Collection d'items STAC (JSON)</translation>
  </message>
  <message>
   <source>What became of each raster</source>
   <translation>Ce qu'il est advenu de chaque raster</translation>
  </message>
  <message>
   <source>Rasters that could not be searched</source>
   <translation>Rasters qui n'ont pas pu être parcourus</translation>
  </message>
  <message>
   <source>Layers whose rasters are files. The model sees them as their style shows them.</source>
   <translation>Couches dont les rasters sont des fichiers. Le modèle les voit comme leur style les montre.</translation>
  </message>
  <message>
   <source>All rasters in it are searched. A mosaic (VRT) is left out where there are other rasters.</source>
   <translation>Tous les rasters qu'il contient sont parcourus. Une mosaïque (VRT) est omise s'il y a d'autres rasters.</translation>
  </message>
  <message>
   <source>Off: only what lies in the folder itself is searched.</source>
   <translation>Désactivé : seul ce qui est dans le dossier même est parcouru.</translation>
  </message>
  <message>
   <source>A JSON file with a STAC item, or a collection of items. Pictures on the network need NETWORK.</source>
   <translation>Un fichier JSON avec un item STAC ou une collection d'items. Les images du réseau demandent NETWORK.</translation>
  </message>
  <message>
   <source>The key of an item's asset, such as “visual”.</source>
   <translation>La clé d'une ressource (asset) de l'item, comme « visual ».</translation>
  </message>
  <message>
   <source>Each raster gets its own boxes in a file beside it.</source>
   <translation>Chaque raster reçoit ses propres cadres dans un fichier à côté de lui.</translation>
  </message>
  <message>
   <source>Off: rasters that were finished with the same questions and settings are not asked twice.</source>
   <translation>Désactivé : les rasters terminés avec les mêmes questions et réglages ne sont pas redemandés.</translation>
  </message>
  <message>
   <source>The boxes of all rasters are brought into it. Empty: the CRS of the first raster with boxes.</source>
   <translation>Les cadres de tous les rasters y sont ramenés. Vide : le SCR du premier raster qui a des cadres.</translation>
  </message>
  <message>
   <source>The boxes of all rasters, with score (0 to 1), rank, label, reasoning, question and model. The column source says which raster each came from.</source>
   <translation>Les cadres de tous les rasters, avec score (de 0 à 1), rank, label, reasoning, la question et le modèle. La colonne source dit de quel raster vient chacun.</translation>
  </message>
  <message>
   <source>A table without geometry: of each raster whether it was searched, how many boxes it has, and if it could not be searched, why.</source>
   <translation>Une table sans géométrie : pour chaque raster, s'il a été parcouru, combien de cadres il a et, s'il n'a pas pu l'être, pourquoi.</translation>
  </message>
  <message>
   <source>There is no raster to search: choose layers, a folder or a STAC item collection.</source>
   <translation>Il n'y a aucun raster à parcourir : choisissez des couches, un dossier ou une collection d'items STAC.</translation>
  </message>
  <message>
   <source>Cancelled. Start it again with the same parameters, and it goes on.</source>
   <translation>Annulée. Relancez-la avec les mêmes paramètres, et la recherche reprend.</translation>
  </message>
  <message>
   <source>It was searched before, and is not asked again.</source>
   <translation>Il a déjà été parcouru et n'est pas redemandé.</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) in {rasters} rasters; {failed} could not be searched.</source>
   <translation>
    <numerusform>%n cadre dans {rasters} rasters ; {failed} n'ont pas pu être parcourus.</numerusform>
    <numerusform>%n cadres dans {rasters} rasters ; {failed} n'ont pas pu être parcourus.</numerusform>
   </translation>
  </message>
  <message>
   <source>It lies on the network, which was not allowed.</source>
   <translation>Il est sur le réseau, ce qui n'était pas autorisé.</translation>
  </message>
  <message>
   <source>Raster {number} of {total}: {name}</source>
   <translation>Raster {number} sur {total} : {name}</translation>
  </message>
  <message>
   <source>Nothing can be written to {path}. Choose another output.</source>
   <translation>Rien ne peut être écrit dans {path}. Choisissez une autre sortie.</translation>
  </message>
  <message>
   <source>{path} holds other layers ({layers}), which would be lost. Choose another output, or save to a GeoPackage, which adds a layer.</source>
   <translation>{path} contient d'autres couches ({layers}) qui seraient perdues. Choisissez une autre sortie, ou enregistrez dans un GeoPackage, ce qui ajoute une couche.</translation>
  </message>
  <message>
   <source>{path} is what is being read, and would be lost. Choose another output.</source>
   <translation>{path} est en cours de lecture et serait perdu. Choisissez une autre sortie.</translation>
  </message>
  <message>
   <source>{path} is open in QGIS or in another program. Remove its layers from the project, or choose another output.</source>
   <translation>{path} est ouvert dans QGIS ou dans un autre programme. Retirez ses couches du projet ou choisissez une autre sortie.</translation>
  </message>
  <message>
   <source>{boxes} of {things} in {scenes}; {failed} could not be searched.</source>
   <translation>{boxes} pour {things} dans {scenes} ; {failed} n'ont pas pu être parcourues.</translation>
  </message>
  <message>
   <source>Scan an archive</source>
   <translation>Chercher dans une archive de scènes</translation>
  </message>
  <message>
   <source>Finds what sentences describe in thousands of scenes, several at a time.</source>
   <translation>Trouve ce que des phrases décrivent dans des milliers de scènes, plusieurs à la fois.</translation>
  </message>
  <message>
   <source>Asks the same questions of all scenes of an archive: a folder, a list, a mosaic (VRT), or a STAC catalogue or collection. Several processes work side by side, on this machine or on a cluster.

What was found comes as one layer. Its actions show one scene, one day or all; the temporal controller shows each box when its scene was taken. One thing that several scenes show has one number in the column thing, and is one feature in the layer found of the same file.

When the run is broken off, start it again with the same parameters and the same folder: no finished window is asked twice. A scene that can't be read does not stop the others.

The engine needs Ray for it, which is installed beside it once; the manual says how.</source>
   <translation>Pose les mêmes questions à toutes les scènes d'une archive : un dossier, une liste, une mosaïque (VRT), ou un catalogue ou une collection STAC. Plusieurs processus travaillent côte à côte, sur cette machine ou sur un cluster.

Ce qui a été trouvé arrive dans une seule couche. Ses actions montrent une scène, un jour ou tout ; le contrôleur temporel montre chaque cadre au moment où sa scène a été prise. Une chose que plusieurs scènes montrent a un seul numéro dans la colonne thing, et est une seule entité dans la couche found du même fichier.

Si la recherche est interrompue, relancez-la avec les mêmes paramètres et le même dossier : aucune fenêtre terminée n'est redemandée. Une scène qui ne peut pas être lue n'arrête pas les autres.

Le moteur a besoin pour cela de Ray, qui s'installe une fois à côté de lui ; le manuel dit comment.</translation>
  </message>
  <message>
   <source>The scan has ended, and its results are not on this computer: the engine wrote them to {folder} on its own. Open {file} from there.</source>
   <translation>La recherche est terminée, et ses résultats ne sont pas sur cet ordinateur : le moteur les a écrits dans {folder}, sur le sien. Ouvrez {file} à partir de là.</translation>
  </message>
  <message numerus="yes">
   <source>%n thing(s)</source>
   <translation>
    <numerusform>%n chose</numerusform>
    <numerusform>%n choses</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n scene(s)</source>
   <translation>
    <numerusform>%n scène</numerusform>
    <numerusform>%n scènes</numerusform>
   </translation>
  </message>
  <message>
   <source>find,detect,object,query,STAC,catalogue,folder,batch,big,Ray,AI,box</source>
   <translation>trouver,détecter,objet,requête,STAC,catalogue,dossier,lot,grand,Ray,IA,cadre</translation>
  </message>
  <message>
   <source>Folder with scenes</source>
   <translation>Dossier de scènes</translation>
  </message>
  <message>
   <source>Or a list, mosaic or catalogue, or its address</source>
   <translation>Ou une liste, une mosaïque ou un catalogue, ou son adresse</translation>
  </message>
  <message>
   <source>Only scenes that meet this</source>
   <translation>Seulement les scènes qui touchent cette zone</translation>
  </message>
  <message>
   <source>Only scenes taken from</source>
   <translation>Seulement les scènes prises à partir du</translation>
  </message>
  <message>
   <source>Only scenes taken until</source>
   <translation>Seulement les scènes prises jusqu'au</translation>
  </message>
  <message>
   <source>Most cloud cover in percent</source>
   <translation>Couverture nuageuse maximale en pour cent</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: the one that looks like it)</source>
   <translation>Image d'un item STAC (vide : celle qui en a l'air)</translation>
  </message>
  <message>
   <source>At most so many scenes</source>
   <translation>Au plus tant de scènes</translation>
  </message>
  <message>
   <source>Processes that search</source>
   <translation>Processus qui cherchent</translation>
  </message>
  <message>
   <source>Cores of each</source>
   <translation>Cœurs de chacun</translation>
  </message>
  <message>
   <source>Price of an hour of this hardware</source>
   <translation>Prix d'une heure de ce matériel</translation>
  </message>
  <message>
   <source>Load what was found</source>
   <translation>Charger ce qui a été trouvé</translation>
  </message>
  <message>
   <source>Folder of the results</source>
   <translation>Dossier des résultats</translation>
  </message>
  <message>
   <source>What each scene shows</source>
   <translation>Ce que montre chaque scène</translation>
  </message>
  <message>
   <source>Map and tables</source>
   <translation>Carte et tables</translation>
  </message>
  <message>
   <source>Number of things, each counted once</source>
   <translation>Nombre de choses, chacune comptée une fois</translation>
  </message>
  <message>
   <source>Scenes that could not be searched</source>
   <translation>Scènes qui n'ont pas pu être parcourues</translation>
  </message>
  <message>
   <source>All rasters in it and below it are scenes.</source>
   <translation>Tous les rasters qu'il contient, sous-dossiers compris, sont des scènes.</translation>
  </message>
  <message>
   <source>A text or CSV file of rasters, a VRT, a STAC item collection or catalogue (JSON, or items as GeoParquet), or an address of one, which needs NETWORK. Give this or FOLDER.</source>
   <translation>Un fichier texte ou CSV de rasters, un VRT, une collection d'items ou un catalogue STAC (JSON, ou items en GeoParquet), ou l'adresse de l'un d'eux, qui demande NETWORK. Donnez ceci ou FOLDER.</translation>
  </message>
  <message>
   <source>Scenes that lie elsewhere are left out. Empty: all of them.</source>
   <translation>Les scènes situées ailleurs sont laissées de côté. Vide : toutes.</translation>
  </message>
  <message>
   <source>Scenes that were taken before this day are left out. Empty: all of them.</source>
   <translation>Les scènes prises avant ce jour sont laissées de côté. Vide : toutes.</translation>
  </message>
  <message>
   <source>Scenes that were taken after this day are left out. Empty: all of them.</source>
   <translation>Les scènes prises après ce jour sont laissées de côté. Vide : toutes.</translation>
  </message>
  <message>
   <source>Scenes with more clouds are left out. Empty: all of them.</source>
   <translation>Les scènes plus nuageuses sont laissées de côté. Vide : toutes.</translation>
  </message>
  <message>
   <source>To try it out on a few. Empty: all scenes.</source>
   <translation>Pour l'essayer sur quelques-unes. Vide : toutes les scènes.</translation>
  </message>
  <message>
   <source>Each holds the model in memory. Empty: one for each GPU, or for each core where there is none.</source>
   <translation>Chacun garde le modèle en mémoire. Vide : un par GPU, ou par cœur là où il n'y en a pas.</translation>
  </message>
  <message>
   <source>How many cores each of them computes on where there is no GPU.</source>
   <translation>Sur combien de cœurs chacun calcule là où il n'y a pas de GPU.</translation>
  </message>
  <message>
   <source>In any currency; the messages then say what the rest will cost. Empty: nobody asks.</source>
   <translation>Dans n'importe quelle monnaie ; les messages disent alors ce que le reste coûtera. Vide : personne ne le demande.</translation>
  </message>
  <message>
   <source>Off: the results are written and not added to the project.</source>
   <translation>Désactivé : les résultats sont écrits et ne sont pas ajoutés au projet.</translation>
  </message>
  <message>
   <source>A folder for this archive and these questions. One that holds a part of the same scan is gone on with. It gets found.gpkg, map.html, and tables of all scenes and boxes.</source>
   <translation>Un dossier pour cette archive et ces questions. S'il contient une partie de la même recherche, elle est poursuivie. Il reçoit found.gpkg, map.html et des tables de toutes les scènes et de tous les cadres.</translation>
  </message>
  <message>
   <source>Say where the scenes are: choose a folder, or a list or catalogue; one of the two.</source>
   <translation>Dites où sont les scènes : choisissez un dossier, ou une liste ou un catalogue ; l'un des deux.</translation>
  </message>
  <message>
   <source>The results lie in {folder}, which is gone when QGIS ends. Choose a folder to keep them, and to go on when the scan is broken off.</source>
   <translation>Les résultats sont dans {folder}, qui disparaît quand QGIS se ferme. Choisissez un dossier pour les garder, et pour reprendre si la recherche est interrompue.</translation>
  </message>
  <message>
   <source>Verify features</source>
   <translation>Vérifier des entités</translation>
  </message>
  <message>
   <source>Scores existing polygons by how well the raster shows what a sentence describes.</source>
   <translation>Note des polygones existants selon la façon dont le raster montre ce qu'une phrase décrit.</translation>
  </message>
  <message>
   <source>Looks at the raster under each polygon and says, from 0 to 1, how well it shows what the sentence describes. Useful to check an older map against a newer image, or the output of another detector.

All polygons and attributes are kept; the columns rz_score, rz_query and rz_model are added. A polygon beside the raster or over missing data gets no score.</source>
   <translation>Regarde le raster sous chaque polygone et dit, de 0 à 1, à quel point il montre ce que la phrase décrit. Utile pour confronter une carte ancienne à une image plus récente, ou vérifier le résultat d'un autre détecteur.

Tous les polygones et attributs sont conservés ; les colonnes rz_score, rz_query et rz_model sont ajoutées. Un polygone hors du raster ou sur des données manquantes ne reçoit pas de score.</translation>
  </message>
  <message>
   <source>The polygons can't be written to {path} ({reason}). Free some disk space and try again.</source>
   <translation>Les polygones ne peuvent pas être écrits dans {path} ({reason}). Libérez de l'espace disque et réessayez.</translation>
  </message>
  <message>
   <source>The engine's answer names a polygon {id}, which was not handed over. Update the engine.</source>
   <translation>La réponse du moteur cite un polygone {id} qui ne lui a pas été remis. Mettez le moteur à jour.</translation>
  </message>
  <message>
   <source>Context round a polygon</source>
   <translation>Contexte autour d'un polygone</translation>
  </message>
  <message>
   <source>score,check,quality,polygon,map update,AI</source>
   <translation>score,vérification,qualité,polygone,mise à jour de carte,IA</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>Polygones</translation>
  </message>
  <message>
   <source>What the polygons should show</source>
   <translation>Ce que les polygones devraient montrer</translation>
  </message>
  <message>
   <source>Scored polygons</source>
   <translation>Polygones notés</translation>
  </message>
  <message>
   <source>The polygons to check, in any CRS. All of them and all their attributes are kept.</source>
   <translation>Les polygones à vérifier, dans n'importe quel SCR. Tous sont conservés avec tous leurs attributs.</translation>
  </message>
  <message>
   <source>The image to look at, as its layer's style shows it.</source>
   <translation>L'image à regarder, comme le style de sa couche la montre.</translation>
  </message>
  <message>
   <source>One sentence that is right for a good polygon, such as “a building”.</source>
   <translation>Une phrase qui est juste pour un bon polygone, comme « un bâtiment ».</translation>
  </message>
  <message>
   <source>How much round a polygon is looked at as well, as a share of its longer side.</source>
   <translation>Ce qui est regardé aussi autour d'un polygone, en part de son côté le plus long.</translation>
  </message>
  <message>
   <source>The polygons with rz_score (0 to 1, empty where the raster has no data), rz_query and rz_model.</source>
   <translation>Les polygones avec rz_score (de 0 à 1, vide là où le raster n'a pas de données), rz_query et rz_model.</translation>
  </message>
  <message>
   <source>The sentence is empty. Write what the polygons should show.</source>
   <translation>La phrase est vide. Écrivez ce que les polygones devraient montrer.</translation>
  </message>
  <message numerus="yes">
   <source>%n polygon(s) scored, {without} over missing data.</source>
   <translation>
    <numerusform>%n polygone noté, {without} sur des données manquantes.</numerusform>
    <numerusform>%n polygones notés, {without} sur des données manquantes.</numerusform>
   </translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the token for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>La base d'authentification de QGIS n'a pas accepté le jeton pour {url}. Ouvrez Préférences &gt; Options &gt; Authentification, définissez le mot de passe principal et réessayez.</translation>
  </message>
  <message>
   <source>Looking for a graphics driver…</source>
   <translation>Recherche d'un pilote graphique…</translation>
  </message>
  <message>
   <source>No NVIDIA driver was found.</source>
   <translation>Aucun pilote NVIDIA n'a été trouvé.</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>Processeur (CPU)</translation>
  </message>
  <message>
   <source>NVIDIA GPU</source>
   <translation>GPU NVIDIA</translation>
  </message>
  <message>
   <source>{need} needed on this disk while installing, {free} free.</source>
   <translation>{need} nécessaires sur ce disque pendant l'installation, {free} libres.</translation>
  </message>
  <message>
   <source>{need} are needed on this disk, and only {free} are free. Choose another folder below.</source>
   <translation>Il faut {need} sur ce disque, et seuls {free} sont libres. Choisissez un autre dossier ci-dessous.</translation>
  </message>
  <message>
   <source>{name} with {memory}, driver for CUDA {major}.{minor}.</source>
   <translation>{name} avec {memory}, pilote pour CUDA {major}.{minor}.</translation>
  </message>
  <message>
   <source>For this system only the CPU build can be installed from here; use an existing runtime.</source>
   <translation>Pour ce système, seule la version CPU peut être installée d'ici ; utilisez un environnement d'exécution existant.</translation>
  </message>
  <message>
   <source>The driver is too old for this build: update it first.</source>
   <translation>Le pilote est trop ancien pour cette version : mettez-le d'abord à jour.</translation>
  </message>
  <message>
   <source>Works on every computer; large models are slow.</source>
   <translation>Fonctionne sur tout ordinateur ; les grands modèles sont lents.</translation>
  </message>
  <message>
   <source>Downloads about {size}.</source>
   <translation>Télécharge environ {size}.</translation>
  </message>
  <message>
   <source>{path} is not a whole RemoteZero bundle: {reason}. Copy it again from where it was made.</source>
   <translation>{path} n'est pas un lot RemoteZero complet : {reason}. Copiez-le de nouveau depuis l'endroit où il a été créé.</translation>
  </message>
  <message>
   <source>Engine {version} for {platform}, Python {python}, {accelerator}; {models}; {size}</source>
   <translation>Moteur {version} pour {platform}, Python {python}, {accelerator} ; {models} ; {size}</translation>
  </message>
  <message>
   <source>{path} is made for {theirs}, and this computer is {ours}. Choose the bundle for {ours}.</source>
   <translation>{path} est fait pour {theirs}, et cet ordinateur est {ours}. Choisissez le lot pour {ours}.</translation>
  </message>
  <message>
   <source>no models</source>
   <translation>aucun modèle</translation>
  </message>
  <message>
   <source>The bundle can't be unpacked into {folder} ({reason}). Choose another data folder.</source>
   <translation>Le lot ne peut pas être extrait dans {folder} ({reason}). Choisissez un autre dossier de données.</translation>
  </message>
  <message>
   <source>format {number} is not known here</source>
   <translation>le format {number} n'est pas connu ici</translation>
  </message>
  <message>
   <source>it holds the file name {name}</source>
   <translation>il contient le nom de fichier {name}</translation>
  </message>
  <message>
   <source>Checking and unpacking the bundle</source>
   <translation>Vérification et extraction du lot</translation>
  </message>
  <message>
   <source>{name} is not what it was</source>
   <translation>{name} n'est plus ce qu'il était</translation>
  </message>
  <message>
   <source>The program {program} can't be started: {reason}. Choose an existing runtime or another folder.</source>
   <translation>Le programme {program} ne démarre pas : {reason}. Choisissez un environnement d'exécution existant ou un autre dossier.</translation>
  </message>
  <message>
   <source>Engine {version} {build}, run by {python}</source>
   <translation>Moteur {version} {build}, exécuté par {python}</translation>
  </message>
  <message>
   <source>The part that searches is installed once, on this computer. Nothing inside QGIS is changed, no administrator rights are needed, and your imagery never leaves the machine.</source>
   <translation>La partie qui cherche s'installe une fois, sur cet ordinateur. Rien ne change dans QGIS, aucun droit d'administrateur n'est nécessaire, et vos images ne quittent jamais la machine.</translation>
  </message>
  <message>
   <source>Something to search in:</source>
   <translation>De quoi chercher :</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Plus</translation>
  </message>
  <message>
   <source>Data folder of RemoteZero</source>
   <translation>Dossier de données de RemoteZero</translation>
  </message>
  <message>
   <source>as pip is configured</source>
   <translation>selon la configuration de pip</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: the engine reads it from there. Map services that QGIS draws are not meant: they are rendered by QGIS.</source>
   <translation>Désactivé : un raster qui mène à un serveur est refusé, et ce serveur n'est pas interrogé. Activé : le moteur le lit de là. Les services de cartes que QGIS dessine ne sont pas concernés : QGIS en fait le rendu.</translation>
  </message>
  <message>
   <source>Import an offline bundle…</source>
   <translation>Importer un lot hors ligne…</translation>
  </message>
  <message>
   <source>Use an existing runtime…</source>
   <translation>Utiliser un environnement d'exécution existant…</translation>
  </message>
  <message>
   <source>Copy a report for support</source>
   <translation>Copier un rapport pour l'assistance</translation>
  </message>
  <message>
   <source>Remove the engine</source>
   <translation>Supprimer le moteur</translation>
  </message>
  <message>
   <source>Set up RemoteZero</source>
   <translation>Configurer RemoteZero</translation>
  </message>
  <message>
   <source>RemoteZero is ready</source>
   <translation>RemoteZero est prêt</translation>
  </message>
  <message>
   <source>for the processor</source>
   <translation>pour le processeur</translation>
  </message>
  <message>
   <source>for the NVIDIA GPU</source>
   <translation>pour le GPU NVIDIA</translation>
  </message>
  <message>
   <source>Data folder (environment, models, adapters, results):</source>
   <translation>Dossier de données (environnement, modèles, adaptateurs, résultats) :</translation>
  </message>
  <message>
   <source>Further package index</source>
   <translation>Index de paquets supplémentaire</translation>
  </message>
  <message>
   <source>The engine needs Python {versions} that can make environments; found: {found}. Install it (on Debian and Ubuntu: python3-venv), or choose an existing runtime.</source>
   <translation>Le moteur a besoin de Python {versions} capable de créer des environnements ; trouvé : {found}. Installez-le (sous Debian et Ubuntu : python3-venv), ou choisissez un environnement d'exécution existant.</translation>
  </message>
  <message>
   <source>Installing packages</source>
   <translation>Installation des paquets</translation>
  </message>
  <message>
   <source>Installing the engine</source>
   <translation>Installation du moteur</translation>
  </message>
  <message>
   <source>Starting it for the first time</source>
   <translation>Premier démarrage</translation>
  </message>
  <message>
   <source>Looking at disk and Python</source>
   <translation>Examen du disque et de Python</translation>
  </message>
  <message>
   <source>Installed</source>
   <translation>Installé</translation>
  </message>
  <message>
   <source>Fetching uv</source>
   <translation>Récupération de uv</translation>
  </message>
  <message>
   <source>Making the environment</source>
   <translation>Création de l'environnement</translation>
  </message>
  <message>
   <source>Making an environment with {tool}</source>
   <translation>Création d'un environnement avec {tool}</translation>
  </message>
  <message>
   <source>Another QGIS window is installing into this folder. Wait until it has finished, then try again.</source>
   <translation>Une autre fenêtre de QGIS installe dans ce dossier. Attendez qu'elle ait fini, puis réessayez.</translation>
  </message>
  <message>
   <source>PyTorch {version} does not see the GPU: the driver may be too old. The CPU is used.</source>
   <translation>PyTorch {version} ne voit pas le GPU : le pilote est peut-être trop ancien. Le CPU est utilisé.</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>non installé</translation>
  </message>
  <message>
   <source>default</source>
   <translation>par défaut</translation>
  </message>
  <message>
   <source>used where it is</source>
   <translation>utilisé là où il est</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>installé</translation>
  </message>
  <message>
   <source>its disk is not there</source>
   <translation>son disque n'est pas là</translation>
  </message>
  <message>
   <source>{share} % has come</source>
   <translation>{share} % reçus</translation>
  </message>
  <message>
   <source>{name}: outlines</source>
   <translation>{name} : contours</translation>
  </message>
  <message>
   <source>{licence} (no commercial use)</source>
   <translation>{licence} (pas d'usage commercial)</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} sur {total}</translation>
  </message>
  <message>
   <source>or another one: owner/repository, owner/repository@revision</source>
   <translation>ou un autre : propriétaire/dépôt, propriétaire/dépôt@révision</translation>
  </message>
  <message>
   <source>Repository of a model</source>
   <translation>Dépôt d'un modèle</translation>
  </message>
  <message>
   <source>access token, for models that ask for one; it is not stored</source>
   <translation>jeton d'accès, pour les modèles qui en demandent un ; il n'est pas enregistré</translation>
  </message>
  <message>
   <source>Access token</source>
   <translation>Jeton d'accès</translation>
  </message>
  <message>
   <source>Get</source>
   <translation>Obtenir</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>Ajouter un dossier…</translation>
  </message>
  <message>
   <source>and leave it where it is</source>
   <translation>et le laisser où il est</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Retirer</translation>
  </message>
  <message>
   <source>Remove {name}? What was learned with it stays, and counts again once it is back.</source>
   <translation>Retirer {name} ? Ce qui a été appris avec lui reste, et vaudra de nouveau à son retour.</translation>
  </message>
  <message>
   <source>The small model that comes with the engine is always there; larger ones see more. Models are checked file by file. Memory is an estimate for a GPU.</source>
   <translation>Le petit modèle fourni avec le moteur est toujours là ; les plus grands voient davantage. Les modèles sont vérifiés fichier par fichier. La mémoire est une estimation pour un GPU.</translation>
  </message>
  <message>
   <source>Folder of a model</source>
   <translation>Dossier d'un modèle</translation>
  </message>
  <message>
   <source>Install the engine first: it lists, gets and checks the models.</source>
   <translation>Installez d'abord le moteur : il liste, obtient et vérifie les modèles.</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>Le retirer</translation>
  </message>
  <message>
   <source>State</source>
   <translation>État</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Licence</translation>
  </message>
  <message>
   <source>Memory to find</source>
   <translation>Mémoire pour chercher</translation>
  </message>
  <message>
   <source>to learn</source>
   <translation>pour apprendre</translation>
  </message>
  <message>
   <source>{name} was removed.</source>
   <translation>{name} a été retiré.</translation>
  </message>
  <message>
   <source>Adding {name}</source>
   <translation>Ajout de {name}</translation>
  </message>
  <message>
   <source>I accept this licence</source>
   <translation>J'accepte cette licence</translation>
  </message>
  <message>
   <source>Cancelled. What has come so far is kept, and Get goes on with it.</source>
   <translation>Annulé. Ce qui est arrivé est gardé, et « Obtenir » reprend de là.</translation>
  </message>
  <message>
   <source>Getting {name}</source>
   <translation>Obtention de {name}</translation>
  </message>
  <message>
   <source>Its folder stays: {folder}</source>
   <translation>Son dossier reste : {folder}</translation>
  </message>
  <message>
   <source>{name} can be chosen in the panel now.</source>
   <translation>{name} peut maintenant être choisi dans le panneau.</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>Moteur</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Modèles</translation>
  </message>
  <message>
   <source>Another computer</source>
   <translation>Autre ordinateur</translation>
  </message>
  <message>
   <source>{need} are needed in {folder}, and {free} are free. Free some space, or choose another disk.</source>
   <translation>{need} sont nécessaires dans {folder}, et {free} sont libres. Libérez de l'espace, ou choisissez un autre disque.</translation>
  </message>
  <message>
   <source>A part of the plugin is missing or damaged. Install the plugin again from its zip file.</source>
   <translation>Une partie de l'extension manque ou est endommagée. Réinstallez-la depuis son fichier zip.</translation>
  </message>
  <message>
   <source>The data folder {folder} can't be written to ({reason}). Choose another one.</source>
   <translation>Impossible d'écrire dans le dossier de données {folder} ({reason}). Choisissez-en un autre.</translation>
  </message>
  <message>
   <source>{step} failed: {reason}. Copy the report and send it with your question.</source>
   <translation>Échec de l'étape « {step} » : {reason}. Copiez le rapport et joignez-le à votre question.</translation>
  </message>
  <message>
   <source>The disk is full. Free some space, or choose a data folder on another disk.</source>
   <translation>Le disque est plein. Libérez de l'espace, ou choisissez un dossier de données sur un autre disque.</translation>
  </message>
  <message>
   <source>A downloaded file is not the one this version was tested with, so it was thrown away. Try again; if it happens again, a proxy or a package mirror changes files on the way.</source>
   <translation>Un fichier téléchargé n'est pas celui avec lequel cette version a été testée ; il a été écarté. Réessayez ; si cela se reproduit, un proxy ou un miroir de paquets modifie les fichiers en chemin.</translation>
  </message>
  <message>
   <source>The proxy wants a user name and password. Enter them in QGIS's network options.</source>
   <translation>Le proxy demande un nom d'utilisateur et un mot de passe. Saisissez-les dans les options réseau de QGIS.</translation>
  </message>
  <message>
   <source>The server's certificate is not trusted. If your organisation inspects traffic, add its certificate to the system's store. Certificate checks are never switched off.</source>
   <translation>Le certificat du serveur n'est pas reconnu. Si votre organisation inspecte le trafic, ajoutez son certificat au magasin du système. La vérification des certificats n'est jamais désactivée.</translation>
  </message>
  <message>
   <source>The proxy can't be reached. Check it in QGIS's network options.</source>
   <translation>Le proxy est injoignable. Vérifiez-le dans les options réseau de QGIS.</translation>
  </message>
  <message>
   <source>This computer has no connection to the internet. Connect it and try again, or bring an offline bundle that was made on another computer, and import it here.</source>
   <translation>Cet ordinateur n'a pas de connexion à internet. Connectez-le et réessayez, ou apportez un lot hors ligne fait sur un autre ordinateur et importez-le ici.</translation>
  </message>
  <message>
   <source>The download took too long. Try again: what is already there is kept.</source>
   <translation>Le téléchargement a duré trop longtemps. Réessayez : ce qui est déjà là est conservé.</translation>
  </message>
  <message>
   <source>The connection was broken off. Try again: what is already there is kept.</source>
   <translation>La connexion a été coupée. Réessayez : ce qui est déjà là est conservé.</translation>
  </message>
  <message>
   <source>The small download is not offered where this computer gets its packages. The large one, made for NVIDIA graphics cards, works without such a card as well; or import an offline bundle.</source>
   <translation>Le petit téléchargement n'est pas proposé là où cet ordinateur prend ses paquets. Le grand, fait pour les cartes NVIDIA, fonctionne aussi sans une telle carte ; ou importez un lot hors ligne.</translation>
  </message>
  <message>
   <source>A package has no build for this system and Python. Choose an existing runtime with Python 3.11.</source>
   <translation>Un paquet n'existe pas pour ce système et ce Python. Choisissez un environnement d'exécution existant avec Python 3.11.</translation>
  </message>
  <message>
   <source>The Python that was found can't make environments. On Debian and Ubuntu install python3-venv; elsewhere choose an existing runtime.</source>
   <translation>Le Python trouvé ne peut pas créer d'environnements. Sous Debian et Ubuntu, installez python3-venv ; ailleurs, choisissez un environnement d'exécution existant.</translation>
  </message>
  <message>
   <source>The path of the data folder is too long for Windows. Choose a shorter one.</source>
   <translation>Le chemin du dossier de données est trop long pour Windows. Choisissez-en un plus court.</translation>
  </message>
  <message>
   <source>A file is in use. Close other QGIS windows and stop the engine, then try again.</source>
   <translation>Un fichier est en cours d'utilisation. Fermez les autres fenêtres de QGIS, arrêtez le moteur, puis réessayez.</translation>
  </message>
  <message>
   <source>The data folder can't be written to. Choose another one.</source>
   <translation>Impossible d'écrire dans le dossier de données. Choisissez-en un autre.</translation>
  </message>
  <message>
   <source>The computer ran out of memory. Close other programs and try again.</source>
   <translation>L'ordinateur a manqué de mémoire. Fermez d'autres programmes et réessayez.</translation>
  </message>
  <message>
   <source>The installed packages don't start on this system. Choose an existing runtime.</source>
   <translation>Les paquets installés ne démarrent pas sur ce système. Choisissez un environnement d'exécution existant.</translation>
  </message>
  <message>
   <source>The installation was cancelled. Nothing was changed.</source>
   <translation>L'installation a été annulée. Rien n'a été modifié.</translation>
  </message>
  <message>
   <source>no output</source>
   <translation>aucune sortie</translation>
  </message>
  <message>
   <source>Show details</source>
   <translation>Afficher les détails</translation>
  </message>
  <message>
   <source>Log of the installation</source>
   <translation>Journal de l'installation</translation>
  </message>
  <message>
   <source>Cancelling…</source>
   <translation>Annulation…</translation>
  </message>
  <message>
   <source>Hide details</source>
   <translation>Masquer les détails</translation>
  </message>
  <message>
   <source>One computer with a GPU can serve the whole building. Rasters must lie where both computers find them under the same path.</source>
   <translation>Un seul ordinateur doté d'un GPU peut servir tout le bâtiment. Les rasters doivent se trouver là où les deux ordinateurs les voient sous le même chemin.</translation>
  </message>
  <message>
   <source>Connected: engine {version} on {device}.</source>
   <translation>Connecté : moteur {version} sur {device}.</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>Se connecter</translation>
  </message>
  <message>
   <source>Use this computer</source>
   <translation>Utiliser cet ordinateur</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>Jeton</translation>
  </message>
  <message>
   <source>The engine on this computer is used from now on.</source>
   <translation>Le moteur de cet ordinateur est utilisé désormais.</translation>
  </message>
  <message>
   <source>Connected. The address is not https, so the token and the answers travel in the clear.</source>
   <translation>Connecté. L'adresse n'est pas en https : le jeton et les réponses circulent en clair.</translation>
  </message>
  <message>
   <source>stored</source>
   <translation>enregistré</translation>
  </message>
  <message>
   <source>{python} has the packages but not the engine. Install remotezero-engine into it first.</source>
   <translation>{python} a les paquets mais pas le moteur. Installez-y d'abord remotezero-engine.</translation>
  </message>
  <message>
   <source>{python} does not have what the engine needs: {reason}. Choose another Python.</source>
   <translation>{python} n'a pas ce dont le moteur a besoin : {reason}. Choisissez un autre Python.</translation>
  </message>
  <message>
   <source>Removing the engine</source>
   <translation>Suppression du moteur</translation>
  </message>
  <message>
   <source>Something unexpected happened ({reason}). Copy the report and send it with your question.</source>
   <translation>Un problème inattendu est survenu ({reason}). Copiez le rapport et joignez-le à votre question.</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>aucune réponse</translation>
  </message>
  <message>
   <source>The engine is installed.</source>
   <translation>Le moteur est installé.</translation>
  </message>
  <message>
   <source>The existing runtime is used from now on.</source>
   <translation>L'environnement d'exécution existant est utilisé désormais.</translation>
  </message>
  <message>
   <source>The engine was removed. Models, adapters and results are still there.</source>
   <translation>Le moteur a été supprimé. Modèles, adaptateurs et résultats sont toujours là.</translation>
  </message>
  <message>
   <source>The engine is installed from the bundle. New models: {models}.</source>
   <translation>Le moteur est installé depuis le lot. Nouveaux modèles : {models}.</translation>
  </message>
  <message>
   <source>Installing the RemoteZero engine</source>
   <translation>Installation du moteur RemoteZero</translation>
  </message>
  <message>
   <source>Install ({size})</source>
   <translation>Installer ({size})</translation>
  </message>
  <message>
   <source>Install again ({size})</source>
   <translation>Réinstaller ({size})</translation>
  </message>
  <message>
   <source>The report is on the clipboard. Look through it before you send it.</source>
   <translation>Le rapport est dans le presse-papiers. Relisez-le avant de l'envoyer.</translation>
  </message>
  <message>
   <source>Offline bundle</source>
   <translation>Lot hors ligne</translation>
  </message>
  <message>
   <source>Importing the RemoteZero bundle</source>
   <translation>Importation du lot RemoteZero</translation>
  </message>
  <message>
   <source>Python of the existing runtime</source>
   <translation>Python de l'environnement d'exécution existant</translation>
  </message>
  <message>
   <source>Choose another folder…</source>
   <translation>Choisir un autre dossier…</translation>
  </message>
  <message>
   <source>Open the network options</source>
   <translation>Ouvrir les options réseau</translation>
  </message>
  <message>
   <source>Copy the report</source>
   <translation>Copier le rapport</translation>
  </message>
  <message>
   <source>RemoteZero bundles</source>
   <translation>Lots RemoteZero</translation>
  </message>
  <message>
   <source>Looking at {path}</source>
   <translation>Examen de {path}</translation>
  </message>
  <message>
   <source>Take the large one ({size})</source>
   <translation>Prendre le grand ({size})</translation>
  </message>
  <message>
   <source>From {bundle}, without a network.</source>
   <translation>Depuis {bundle}, sans réseau.</translation>
  </message>
 </context>
</TS>
