<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>RemoteZero</name>
  <message numerus="yes">
   <source>Cancelled. %n box(es) found so far are kept.</source>
   <translation>
    <numerusform>Cancelled. The %n box found so far is kept.</numerusform>
    <numerusform>Cancelled. The %n boxes found so far are kept.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>The layer or project was closed during the run. Nothing is lost: %n box(es) are saved.</source>
   <translation>
    <numerusform>The layer or project was closed during the run. Nothing is lost: %n box is saved.</numerusform>
    <numerusform>The layer or project was closed during the run. Nothing is lost: %n boxes are saved.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) are in {path} now; a file beside it tells where they come from.</source>
   <translation>
    <numerusform>%n box is in {path} now; a file beside it tells where it comes from.</numerusform>
    <numerusform>%n boxes are in {path} now; a file beside it tells where they come from.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) of this project are kept in another place, where a copy of the project does not find them.</source>
   <translation>
    <numerusform>%n run of this project is kept in another place, where a copy of the project does not find it.</numerusform>
    <numerusform>%n runs of this project are kept in another place, where a copy of the project does not find them.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{name} (%n raster(s))</source>
   <translation>
    <numerusform>{name} (%n raster)</numerusform>
    <numerusform>{name} (%n rasters)</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) found.</source>
   <translation>
    <numerusform>%n box found.</numerusform>
    <numerusform>%n boxes found.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched: {reason}</source>
   <translation>
    <numerusform>%n could not be searched: {reason}</numerusform>
    <numerusform>%n could not be searched: {reason}</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n had been searched before and were not asked again.</source>
   <translation>
    <numerusform>%n had been searched before and was not asked again.</numerusform>
    <numerusform>%n had been searched before and were not asked again.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n of {total} raster(s) searched.</source>
   <translation>
    <numerusform>%n of {total} rasters searched.</numerusform>
    <numerusform>%n of {total} rasters searched.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched.</source>
   <translation>
    <numerusform>%n could not be searched.</numerusform>
    <numerusform>%n could not be searched.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n left.</source>
   <translation>
    <numerusform>%n left.</numerusform>
    <numerusform>%n left.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n raster(s) of {title}</source>
   <translation>
    <numerusform>%n raster of {title}</numerusform>
    <numerusform>%n rasters of {title}</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Searched: {count} of %n raster(s).</source>
   <translation>
    <numerusform>Searched: {count} of %n raster.</numerusform>
    <numerusform>Searched: {count} of %n rasters.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n round(s)</source>
   <translation>
    <numerusform>%n round</numerusform>
    <numerusform>%n rounds</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n separate place(s)</source>
   <translation>
    <numerusform>%n separate place</numerusform>
    <numerusform>%n separate places</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n window(s)</source>
   <translation>
    <numerusform>%n window</numerusform>
    <numerusform>%n windows</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n step(s)</source>
   <translation>
    <numerusform>%n step</numerusform>
    <numerusform>%n steps</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{question} and %n more</source>
   <translation>
    <numerusform>{question} and %n more</numerusform>
    <numerusform>{question} and %n more</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n window(s) were searched. Try other words, a larger area, or “Search in detail”.</source>
   <translation>
    <numerusform>%n window was searched. Try other words, a larger area, or “Search in detail”.</numerusform>
    <numerusform>%n windows were searched. Try other words, a larger area, or “Search in detail”.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n box(es)</source>
   <translation>
    <numerusform>%n box</numerusform>
    <numerusform>%n boxes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{done} of %n window(s)</source>
   <translation>
    <numerusform>{done} of %n window</numerusform>
    <numerusform>{done} of %n windows</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) so far</source>
   <translation>
    <numerusform>%n box so far</numerusform>
    <numerusform>%n boxes so far</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) in {rasters} rasters; {failed} could not be searched.</source>
   <translation>
    <numerusform>%n box in {rasters} rasters; {failed} could not be searched.</numerusform>
    <numerusform>%n boxes in {rasters} rasters; {failed} could not be searched.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n thing(s)</source>
   <translation>
    <numerusform>%n thing</numerusform>
    <numerusform>%n things</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n scene(s)</source>
   <translation>
    <numerusform>%n scene</numerusform>
    <numerusform>%n scenes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n polygon(s) scored, {without} over missing data.</source>
   <translation>
    <numerusform>%n polygon scored, {without} over missing data.</numerusform>
    <numerusform>%n polygons scored, {without} over missing data.</numerusform>
   </translation>
  </message>
 </context>
</TS>
