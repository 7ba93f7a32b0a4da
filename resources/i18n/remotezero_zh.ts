<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh" sourcelanguage="en">
 <context>
  <name>RemoteZero</name>
  <message>
   <source>The engine tells of the run in a way that this version of the plugin does not understand. Update the engine in the settings, then load the run from “Earlier runs”.</source>
   <translation>引擎报告搜索的方式是此版本插件无法理解的。请在设置中更新引擎，然后从“之前的搜索”中加载。</translation>
  </message>
  <message>
   <source>The engine answered {method} {path} with something that is not JSON: {start}. Is another program listening at this address? Check the engine's address in the settings.</source>
   <translation>引擎对 {method} {path} 的回答不是 JSON：{start}。这个地址上是否有其他程序在监听？请在设置中检查引擎的地址。</translation>
  </message>
  <message>
   <source>The engine stopped unexpectedly. It is being started again, and the run goes on.</source>
   <translation>引擎意外停止。正在重新启动，搜索将继续进行。</translation>
  </message>
  <message>
   <source>{task} (cancelled)</source>
   <translation>{task}（已取消）</translation>
  </message>
  <message>
   <source>{task} (failed)</source>
   <translation>{task}（失败）</translation>
  </message>
  <message>
   <source>Starting the engine…</source>
   <translation>正在启动引擎…</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>已取消。</translation>
  </message>
  <message>
   <source>Something unexpected went wrong in the plugin ({kind}). QGIS's log has the details, under “RemoteZero”: please report them. What was found is safe in “Earlier runs”.</source>
   <translation>插件发生意外错误（{kind}）。详情见 QGIS 日志中的“RemoteZero”，请反馈。已找到的内容在“之前的搜索”中是安全的。</translation>
  </message>
  <message>
   <source>The engine stopped {count} times at the same place. What was found is safe; look at its log in the settings, or load the run again later. ({reason})</source>
   <translation>引擎在同一位置停止了 {count} 次。已找到的内容是安全的；请在设置中查看日志，或稍后再加载这次搜索。（{reason}）</translation>
  </message>
  <message>
   <source>The engine is not installed yet. Set it up from the RemoteZero panel.</source>
   <translation>引擎尚未安装。请在 RemoteZero 面板中进行设置。</translation>
  </message>
  <message>
   <source>nothing.</source>
   <translation>没有内容。</translation>
  </message>
  <message>
   <source>The engine was started but does not answer. Its log ends with: {log} (all of it: {path})</source>
   <translation>引擎已启动但没有响应。日志结尾为：{log}（完整日志：{path}）</translation>
  </message>
  <message>
   <source>The engine's address {url} can't be used. Enter it as http://host:port in the settings.</source>
   <translation>引擎地址 {url} 无法使用。请在设置中按 http://主机:端口 的形式输入。</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer. Ask whoever runs it, or check the address.</source>
   <translation>{host}:{port} 上的引擎没有响应。请询问其管理者，或检查地址。</translation>
  </message>
  <message>
   <source>The engine's program {program} can't be started. Repair the installation in the settings.</source>
   <translation>无法启动引擎程序 {program}。请在设置中修复安装。</translation>
  </message>
  <message>
   <source>The engine at {host}:{port} does not answer ({reason}). Start it again from the panel; if it is on another machine, check the address in the settings.</source>
   <translation>{host}:{port} 上的引擎没有响应（{reason}）。请从面板重新启动；如果引擎在其他电脑上，请在设置中检查地址。</translation>
  </message>
  <message>
   <source>the connection broke off</source>
   <translation>连接中断</translation>
  </message>
  <message>
   <source>nothing listens there</source>
   <translation>该处没有程序在监听</translation>
  </message>
  <message>
   <source>no answer in time</source>
   <translation>未及时响应</translation>
  </message>
  <message>
   <source>there is no computer of this name</source>
   <translation>没有此名称的计算机</translation>
  </message>
  <message>
   <source>its certificate is not trusted here</source>
   <translation>此处不信任其证书</translation>
  </message>
  <message>
   <source>closed before it was read</source>
   <translation>读取之前已关闭</translation>
  </message>
  <message>
   <source>RemoteZero</source>
   <translation>RemoteZero</translation>
  </message>
  <message>
   <source>Presets</source>
   <translation>预设</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>查找</translation>
  </message>
  <message>
   <source>The model is learning. A question waits until that has ended, or is stopped in the other tab.</source>
   <translation>模型正在学习。问题会等到学习结束，或在另一个标签页中停止学习之后。</translation>
  </message>
  <message>
   <source>Runs in this project</source>
   <translation>本项目中的搜索</translation>
  </message>
  <message>
   <source>Earlier runs</source>
   <translation>之前的搜索</translation>
  </message>
  <message>
   <source>Zoom to these boxes</source>
   <translation>缩放到这些框</translation>
  </message>
  <message>
   <source>Open attribute table</source>
   <translation>打开属性表</translation>
  </message>
  <message>
   <source>Export these boxes…</source>
   <translation>导出这些框…</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>设置…</translation>
  </message>
  <message>
   <source>Engine log</source>
   <translation>引擎日志</translation>
  </message>
  <message>
   <source>Self-improve</source>
   <translation>自我改进</translation>
  </message>
  <message>
   <source>Look for several things at once: add this question to a list. Presets: the arrow.</source>
   <translation>同时查找多种内容：将此问题加入列表。预设：点箭头。</translation>
  </message>
  <message>
   <source>Add the question to a list</source>
   <translation>将问题加入列表</translation>
  </message>
  <message>
   <source>More room for the results: hide the choices above</source>
   <translation>为结果留出更多空间：隐藏上方的选项</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>Help on results</source>
   <translation>结果的帮助</translation>
  </message>
  <message>
   <source>Earlier runs and more</source>
   <translation>之前的搜索及更多</translation>
  </message>
  <message>
   <source>Learning…</source>
   <translation>正在学习…</translation>
  </message>
  <message>
   <source>Search the whole raster</source>
   <translation>搜索整个栅格</translation>
  </message>
  <message>
   <source>List of rasters</source>
   <translation>栅格列表</translation>
  </message>
  <message>
   <source>Ask RemoteZero</source>
   <translation>询问 RemoteZero</translation>
  </message>
  <message>
   <source>Ask over the active raster</source>
   <translation>对当前栅格提问</translation>
  </message>
  <message>
   <source>Ask RemoteZero about this layer…</source>
   <translation>就此图层询问 RemoteZero…</translation>
  </message>
  <message>
   <source>The engine answered with status {status} and no reason. Try again; its log may say more.</source>
   <translation>引擎返回状态 {status}，未说明原因。请重试；其日志可能有更多信息。</translation>
  </message>
  <message>
   <source>The engine refused the token. Restart the engine, or enter the right token in the settings.</source>
   <translation>引擎拒绝了令牌。请重启引擎，或在设置中输入正确的令牌。</translation>
  </message>
  <message>
   <source>Sample harbour</source>
   <translation>示例港口</translation>
  </message>
  <message>
   <source>{name} can't be opened as a raster. Choose another file.</source>
   <translation>无法将 {name} 作为栅格打开。请选择其他文件。</translation>
  </message>
  <message>
   <source>The sample can't be copied into the data folder ({reason}). Choose another folder.</source>
   <translation>无法将示例复制到数据文件夹（{reason}）。请选择其他文件夹。</translation>
  </message>
  <message>
   <source>Add a raster</source>
   <translation>添加栅格</translation>
  </message>
  <message>
   <source>The engine has lost this job. Start the run again.</source>
   <translation>引擎丢失了此任务。请重新开始搜索。</translation>
  </message>
  <message>
   <source>The job ended as {state}.</source>
   <translation>任务结束，状态为 {state}。</translation>
  </message>
  <message>
   <source>The view from before the zoom to a box is searched. Move the map to search what it shows.</source>
   <translation>将搜索缩放到框之前的视图。移动地图即可搜索其显示的范围。</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>正在查找…</translation>
  </message>
  <message>
   <source>Boxes appear here and on the map as they are found.</source>
   <translation>找到的框会陆续显示在这里和地图上。</translation>
  </message>
  <message>
   <source>Type what else to look for, then add it.</source>
   <translation>请写明还要查找什么，然后加入。</translation>
  </message>
  <message>
   <source>Type what you are looking for, for instance “the largest ship”.</source>
   <translation>请输入要找的内容，例如“最大的船”。</translation>
  </message>
  <message>
   <source>Choose a raster to search in: select it in the layer list or above.</source>
   <translation>请选择要搜索的栅格：在图层列表中或在上方选择。</translation>
  </message>
  <message>
   <source>Choose the earlier raster to compare with, or switch the comparison off beside the raster.</source>
   <translation>请选择用来比较的较早栅格，或在栅格旁关闭比较。</translation>
  </message>
  <message>
   <source>A run is going on. Load the earlier one when it has ended.</source>
   <translation>正在运行一次搜索。请等它结束后再加载之前的结果。</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>继续</translation>
  </message>
  <message>
   <source>Ask all again</source>
   <translation>全部重新询问</translation>
  </message>
  <message>
   <source>Add a raster to the project first.</source>
   <translation>请先向项目中添加一个栅格。</translation>
  </message>
  <message>
   <source>Rendered for the engine first: {width} × {height} pixels, up to {size} MB.</source>
   <translation>先为引擎渲染：{width} × {height} 像素，最多 {size} MB。</translation>
  </message>
  <message>
   <source>This question is on the list already, or the list is full.</source>
   <translation>此问题已在列表中，或列表已满。</translation>
  </message>
  <message numerus="yes">
   <source>Cancelled. %n box(es) found so far are kept.</source>
   <translation>
    <numerusform>已取消。目前找到的 %n 个框已保留。</numerusform>
   </translation>
  </message>
  <message>
   <source>This run is in the project already: {layer}.</source>
   <translation>该次运行已在工程中：{layer}。</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>重试</translation>
  </message>
  <message>
   <source>Cancelled. Nothing was found so far.</source>
   <translation>已取消。目前尚未找到任何内容。</translation>
  </message>
  <message numerus="yes">
   <source>The layer or project was closed during the run. Nothing is lost: %n box(es) are saved.</source>
   <translation>
    <numerusform>搜索过程中图层或项目被关闭。没有丢失任何内容：已保存 %n 个框。</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing was found in {place}.</source>
   <translation>在{place}中未找到任何内容。</translation>
  </message>
  <message>
   <source>Add them to the map</source>
   <translation>添加到地图</translation>
  </message>
  <message>
   <source>Asking the engine…</source>
   <translation>正在询问引擎…</translation>
  </message>
  <message>
   <source>There are none yet.</source>
   <translation>还没有。</translation>
  </message>
  <message>
   <source>Drawn anew since: both dates were not looked at again.</source>
   <translation>之后重新绘制过：两个日期都没有再次查看。</translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits first, then verify again.</source>
   <translation>{layer} 正在编辑。请先保存编辑，然后重新验证。</translation>
  </message>
  <message>
   <source>The new scores could not be written: the result layer is read-only or locked.</source>
   <translation>无法写入新得分：结果图层为只读或已锁定。</translation>
  </message>
  <message>
   <source>Edited boxes beside the raster or over missing data keep their old score: {n}.</source>
   <translation>位于栅格之外或缺失数据上的已编辑框保留原得分：{n}。</translation>
  </message>
  <message>
   <source>GeoPackage</source>
   <translation>GeoPackage</translation>
  </message>
  <message>
   <source>GeoJSON in WGS 84 (RFC 7946)</source>
   <translation>WGS 84 坐标的 GeoJSON (RFC 7946)</translation>
  </message>
  <message>
   <source>GeoParquet</source>
   <translation>GeoParquet</translation>
  </message>
  <message>
   <source>CSV with WKT</source>
   <translation>带 WKT 的 CSV</translation>
  </message>
  <message>
   <source>FlatGeobuf</source>
   <translation>FlatGeobuf</translation>
  </message>
  <message>
   <source>COCO with pictures (a folder)</source>
   <translation>带图片的 COCO（文件夹）</translation>
  </message>
  <message>
   <source>YOLO with pictures (a folder)</source>
   <translation>带图片的 YOLO（文件夹）</translation>
  </message>
  <message>
   <source>{n} rejected</source>
   <translation>{n} 个被拒绝</translation>
  </message>
  <message>
   <source>{n} without a verdict, while others have one</source>
   <translation>{n} 个没有判定，而其他框有判定</translation>
  </message>
  <message>
   <source>{n} below the lowest score</source>
   <translation>{n} 个低于最低得分</translation>
  </message>
  <message>
   <source>{layer} has edits that are not saved. Save them first, then export.</source>
   <translation>{layer} 有未保存的编辑。请先保存，然后导出。</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>取消</translation>
  </message>
  <message>
   <source>Open the folder</source>
   <translation>打开文件夹</translation>
  </message>
  <message>
   <source>Export the boxes of {layer}</source>
   <translation>导出 {layer} 的框</translation>
  </message>
  <message>
   <source>Exporting {layer}…</source>
   <translation>正在导出 {layer}…</translation>
  </message>
  <message>
   <source>The export was cancelled; nothing was written.</source>
   <translation>导出已取消；没有写入任何内容。</translation>
  </message>
  <message>
   <source>RemoteZero: exporting {layer}</source>
   <translation>RemoteZero：正在导出 {layer}</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) are in {path} now; a file beside it tells where they come from.</source>
   <translation>
    <numerusform>{path} 中现有 %n 个框；旁边的文件说明其来源。</numerusform>
   </translation>
  </message>
  <message>
   <source>Left out: {reasons}.</source>
   <translation>未包括：{reasons}。</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}. Save the project, so that it finds them there.</source>
   <translation>搜索结果现在位于项目旁的 {file} 中。请保存项目，以便它能在那里找到它们。</translation>
  </message>
  <message numerus="yes">
   <source>%n run(s) of this project are kept in another place, where a copy of the project does not find them.</source>
   <translation>
    <numerusform>此项目的 %n 次搜索保存在别处，项目的副本无法找到它们。</numerusform>
   </translation>
  </message>
  <message>
   <source>{layer} is being edited. Save the edits, then save the project again.</source>
   <translation>{layer} 正在编辑。请保存编辑，然后再次保存项目。</translation>
  </message>
  <message>
   <source>Move them in</source>
   <translation>移入项目</translation>
  </message>
  <message>
   <source>The runs are beside the project now, in {file}.</source>
   <translation>搜索结果现在位于项目旁的 {file} 中。</translation>
  </message>
  <message>
   <source>All rasters of a folder</source>
   <translation>文件夹中的所有栅格</translation>
  </message>
  <message>
   <source>Several rasters</source>
   <translation>多个栅格</translation>
  </message>
  <message>
   <source>A STAC item collection</source>
   <translation>STAC 条目集合</translation>
  </message>
  <message>
   <source>STAC items (*.json *.geojson)</source>
   <translation>STAC 条目 (*.json *.geojson)</translation>
  </message>
  <message>
   <source>Which picture of an item?</source>
   <translation>使用条目中的哪个图像？</translation>
  </message>
  <message numerus="yes">
   <source>{name} (%n raster(s))</source>
   <translation>
    <numerusform>{name}（%n 个栅格）</numerusform>
   </translation>
  </message>
  <message>
   <source>No group has several rasters.</source>
   <translation>没有含多个栅格的图层组。</translation>
  </message>
  <message>
   <source>It lies on the network, which the settings do not allow.</source>
   <translation>它位于网络上，而设置不允许这样做。</translation>
  </message>
  <message>
   <source>The layer is gone from the project, or can't be read.</source>
   <translation>图层已不在项目中，或无法读取。</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) found.</source>
   <translation>
    <numerusform>找到 %n 个框。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched: {reason}</source>
   <translation>
    <numerusform>%n 个无法搜索：{reason}</numerusform>
   </translation>
  </message>
  <message>
   <source>There is no folder beside it to write its boxes to.</source>
   <translation>它旁边没有可写入框的文件夹。</translation>
  </message>
  <message>
   <source>Writing the results…</source>
   <translation>正在写入结果…</translation>
  </message>
  <message numerus="yes">
   <source>%n had been searched before and were not asked again.</source>
   <translation>
    <numerusform>%n 个之前已搜索过，没有再次询问。</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero: {query}</source>
   <translation>RemoteZero：{query}</translation>
  </message>
  <message numerus="yes">
   <source>%n of {total} raster(s) searched.</source>
   <translation>
    <numerusform>已搜索 {total} 个栅格中的 %n 个。</numerusform>
   </translation>
  </message>
  <message>
   <source>Beside the searched place: {n}.</source>
   <translation>搜索范围之外：{n} 个。</translation>
  </message>
  <message>
   <source>Its boxes can't be written to {path}; they are in the result of the run.</source>
   <translation>无法将它的框写入 {path}；它们在此次搜索的结果中。</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>已取消</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>结果</translation>
  </message>
  <message>
   <source>{raster} is shown with the bands {bands} now, as the preset says.</source>
   <translation>现在按预设以波段 {bands} 显示 {raster}。</translation>
  </message>
  <message>
   <source>Keep as a preset</source>
   <translation>保存为预设</translation>
  </message>
  <message>
   <source>Name (one of the same name is replaced)</source>
   <translation>名称（同名的预设会被替换）</translation>
  </message>
  <message>
   <source>Import a preset</source>
   <translation>导入预设</translation>
  </message>
  <message>
   <source>Presets (*.json)</source>
   <translation>预设 (*.json)</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>撤销</translation>
  </message>
  <message>
   <source>{raster} has no band {band}, which the preset shows. It stays as it is.</source>
   <translation>{raster} 没有预设要显示的波段 {band}。它保持原样。</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>导出</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>删除</translation>
  </message>
  <message>
   <source>Type what you are looking for, then keep it as a preset.</source>
   <translation>请写明要找的内容，然后保存为预设。</translation>
  </message>
  <message>
   <source>The preset {name} is kept.</source>
   <translation>预设 {name} 已保存。</translation>
  </message>
  <message>
   <source>The preset {name} is here now.</source>
   <translation>预设 {name} 已导入。</translation>
  </message>
  <message>
   <source>It names a model on a server, which was left out: choose the model yourself.</source>
   <translation>其中指定了服务器上的模型，已略去：请自行选择模型。</translation>
  </message>
  <message>
   <source>The preset is in {name}.</source>
   <translation>预设已保存在 {name}。</translation>
  </message>
  <message>
   <source>The preset {name} is deleted.</source>
   <translation>预设 {name} 已删除。</translation>
  </message>
  <message>
   <source>Export the preset {name}</source>
   <translation>导出预设 {name}</translation>
  </message>
  <message>
   <source>Keep as a preset…</source>
   <translation>保存为预设…</translation>
  </message>
  <message>
   <source>Import a preset…</source>
   <translation>导入预设…</translation>
  </message>
  <message>
   <source>{file} can't be used as a preset: “{field}” is wrong or missing. Export it anew.</source>
   <translation>{file} 不能用作预设：“{field}”有误或缺失。请重新导出。</translation>
  </message>
  <message>
   <source>{file} can't be read ({reason}). Choose another file.</source>
   <translation>无法读取 {file}（{reason}）。请选择其他文件。</translation>
  </message>
  <message>
   <source>The preset can't be written to {path} ({reason}). Choose another place.</source>
   <translation>无法将预设写入 {path}（{reason}）。请选择其他位置。</translation>
  </message>
  <message>
   <source>{file} is no preset of RemoteZero. Choose a file that was exported as one.</source>
   <translation>{file} 不是 RemoteZero 的预设。请选择作为预设导出的文件。</translation>
  </message>
  <message>
   <source>{file} was made by a newer version. Update the plugin, then import it.</source>
   <translation>{file} 由更新的版本生成。请更新插件后再导入。</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no JSON.</source>
   <translation>{file} 不是预设：它不是 JSON。</translation>
  </message>
  <message>
   <source>{file} is too large for a preset.</source>
   <translation>{file} 对预设来说太大。</translation>
  </message>
  <message>
   <source>{file} is no preset: it is no text.</source>
   <translation>{file} 不是预设：它不是文本。</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: it has no list of items. Choose another file.</source>
   <translation>{file} 不是 STAC 条目集合：其中没有条目列表。请选择其他文件。</translation>
  </message>
  <message>
   <source>{file} is no STAC item collection: none of its items has assets. Choose another file.</source>
   <translation>{file} 不是 STAC 条目集合：没有一个条目含有资源（assets）。请选择其他文件。</translation>
  </message>
  <message>
   <source>No item in {file} has a picture “{asset}”. Choose another one.</source>
   <translation>{file} 中没有条目含有图像“{asset}”。请选择其他图像。</translation>
  </message>
  <message>
   <source>No item in {file} has a picture that can be searched.</source>
   <translation>{file} 中没有条目含有可搜索的图像。</translation>
  </message>
  <message>
   <source>{file} is no JSON. Choose a STAC item collection.</source>
   <translation>{file} 不是 JSON。请选择 STAC 条目集合。</translation>
  </message>
  <message>
   <source>{folder} is no folder. Choose one with rasters in it.</source>
   <translation>{folder} 不是文件夹。请选择含有栅格的文件夹。</translation>
  </message>
  <message>
   <source>There is no raster in {folder} ({endings}). Choose another folder, or choose files.</source>
   <translation>{folder} 中没有栅格（{endings}）。请选择其他文件夹，或选择文件。</translation>
  </message>
  <message>
   <source>The items in {file} have several pictures ({names}). Say which one is meant.</source>
   <translation>{file} 中的条目有多个图像（{names}）。请指明使用哪一个。</translation>
  </message>
  <message>
   <source>{file} is too large for a list of rasters. Choose a STAC item collection.</source>
   <translation>{file} 对栅格列表来说太大。请选择 STAC 条目集合。</translation>
  </message>
  <message>
   <source>The list of rasters can't be written to {path}. Free some space, then start again.</source>
   <translation>无法将栅格列表写入 {path}。请腾出一些空间后重新开始。</translation>
  </message>
  <message>
   <source>The verdict could not be written: the result layer is missing, read-only or locked. Load the run again.</source>
   <translation>无法写入判定：结果图层不存在、只读或被锁定。请重新加载这次搜索。</translation>
  </message>
  <message>
   <source>The map still shows all boxes, because {layer} is being edited. Save the edits first.</source>
   <translation>地图仍显示所有的框，因为 {layer} 正在编辑中。请先保存编辑。</translation>
  </message>
  <message>
   <source>Searched: {place}, {share} % of {raster}.</source>
   <translation>搜索范围：{place}，占 {raster} 的 {share}%。</translation>
  </message>
  <message numerus="yes">
   <source>%n could not be searched.</source>
   <translation>
    <numerusform>%n 个无法搜索。</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n left.</source>
   <translation>
    <numerusform>还剩 %n 个。</numerusform>
   </translation>
  </message>
  <message>
   <source>what the map showed</source>
   <translation>地图所示范围</translation>
  </message>
  <message>
   <source>the drawn rectangle</source>
   <translation>绘制的矩形</translation>
  </message>
  <message>
   <source>the selected polygons</source>
   <translation>所选多边形</translation>
  </message>
  <message>
   <source>a part of the raster</source>
   <translation>栅格的一部分</translation>
  </message>
  <message>
   <source>the whole raster</source>
   <translation>整个栅格</translation>
  </message>
  <message>
   <source>Searched: {place}, {raster}.</source>
   <translation>搜索范围：{place}，{raster}。</translation>
  </message>
  <message>
   <source>Scored by {model}. {words}</source>
   <translation>由 {model} 评分。{words}</translation>
  </message>
  <message numerus="yes">
   <source>%n raster(s) of {title}</source>
   <translation>
    <numerusform>{title} 的 %n 个栅格</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Searched: {count} of %n raster(s).</source>
   <translation>
    <numerusform>已搜索：{count} / %n 个栅格。</numerusform>
   </translation>
  </message>
  <message>
   <source>Only {place}; beside it: {n}.</source>
   <translation>仅{place}；范围之外：{n} 个。</translation>
  </message>
  <message>
   <source>Only {place}.</source>
   <translation>仅{place}。</translation>
  </message>
  <message>
   <source>Waiting for another job to end…</source>
   <translation>正在等待另一个任务结束…</translation>
  </message>
  <message>
   <source>Loading the model…</source>
   <translation>正在加载模型…</translation>
  </message>
  <message>
   <source>Rendering the layer…</source>
   <translation>正在渲染图层…</translation>
  </message>
  <message>
   <source>accept {n}</source>
   <translation>接受 {n} 个</translation>
  </message>
  <message>
   <source>reject {n}</source>
   <translation>拒绝 {n} 个</translation>
  </message>
  <message>
   <source>clear {n}</source>
   <translation>清除 {n} 个</translation>
  </message>
  <message>
   <source>RemoteZero: verify edited boxes</source>
   <translation>RemoteZero：验证已编辑的框</translation>
  </message>
  <message>
   <source>Delete the adapter {name}? Its files are removed, and only an export can restore it.</source>
   <translation>删除适配器 {name}？其文件将被移除，只有导出的文件才能恢复它。</translation>
  </message>
  <message>
   <source>Adapters</source>
   <translation>适配器</translation>
  </message>
  <message>
   <source>What earlier rounds learned is listed here once the engine has been asked.</source>
   <translation>询问引擎之后，这里会列出之前各轮学到的内容。</translation>
  </message>
  <message>
   <source>Use this one</source>
   <translation>使用这个</translation>
  </message>
  <message>
   <source>Go back one</source>
   <translation>退回上一个</translation>
  </message>
  <message>
   <source>Import an adapter from a file</source>
   <translation>从文件导入适配器</translation>
  </message>
  <message>
   <source>Export this adapter to a file</source>
   <translation>将此适配器导出到文件</translation>
  </message>
  <message>
   <source>Delete this adapter</source>
   <translation>删除此适配器</translation>
  </message>
  <message>
   <source>{name} is in use, and its files are gone, so nothing can be asked of this model. Choose another adapter, or the model as it came, and press “Use this one”; or import {name} again.</source>
   <translation>{name} 正在使用，但其文件已不存在，因此无法向此模型提问。请选择其他适配器或模型的初始状态，然后按“使用这个”；或重新导入 {name}。</translation>
  </message>
  <message>
   <source>none: the model as it came</source>
   <translation>无：原始模型</translation>
  </message>
  <message>
   <source>Import an adapter</source>
   <translation>导入适配器</translation>
  </message>
  <message>
   <source>Adapters (*.zip)</source>
   <translation>适配器 (*.zip)</translation>
  </message>
  <message>
   <source>Delete an adapter</source>
   <translation>删除适配器</translation>
  </message>
  <message>
   <source>Round {number}, learned from {parent}</source>
   <translation>第 {number} 轮，学自：{parent}</translation>
  </message>
  <message>
   <source>missing</source>
   <translation>缺失</translation>
  </message>
  <message>
   <source>Its files are gone.</source>
   <translation>其文件已不存在。</translation>
  </message>
  <message>
   <source>The weights alone, without anything learned here</source>
   <translation>只有原始权重，不含在这里学到的内容</translation>
  </message>
  <message>
   <source>Adapter</source>
   <translation>适配器</translation>
  </message>
  <message>
   <source>Gain</source>
   <translation>增益</translation>
  </message>
  <message>
   <source>Export the adapter {name}</source>
   <translation>导出适配器 {name}</translation>
  </message>
  <message>
   <source>the model as it came</source>
   <translation>原始模型</translation>
  </message>
  <message>
   <source>None yet. Every round that is kept adds one; you can go back at any time.</source>
   <translation>还没有。每保留一轮就会增加一个；您可以随时退回。</translation>
  </message>
  <message>
   <source>Use {name} again</source>
   <translation>重新使用：{name}</translation>
  </message>
  <message>
   <source>Adapters of {model}</source>
   <translation>{model} 的适配器</translation>
  </message>
  <message>
   <source>{name} (current)</source>
   <translation>{name}（当前）</translation>
  </message>
  <message>
   <source>{name} is imported. It can be used from now on.</source>
   <translation>{name} 已导入，现在可以使用。</translation>
  </message>
  <message>
   <source>The adapter is in {file} now.</source>
   <translation>适配器现已保存在 {file}。</translation>
  </message>
  <message>
   <source>{name} is used from now on.</source>
   <translation>从现在起使用 {name}。</translation>
  </message>
  <message>
   <source>{model} is used as it came from now on.</source>
   <translation>从现在起使用原始的 {model}。</translation>
  </message>
  <message>
   <source>The adapter is in {file} now, on the engine's machine.</source>
   <translation>适配器现已保存在引擎所在计算机的 {file}。</translation>
  </message>
  <message>
   <source>questions of its own</source>
   <translation>模型自己的问题</translation>
  </message>
  <message>
   <source>{name} is deleted.</source>
   <translation>{name} 已删除。</translation>
  </message>
  <message>
   <source>New run</source>
   <translation>新的学习</translation>
  </message>
  <message>
   <source>Learning is going on. Load the earlier run when it has ended.</source>
   <translation>正在学习。请等它结束后再加载之前的学习。</translation>
  </message>
  <message>
   <source>Show the plan</source>
   <translation>显示计划</translation>
  </message>
  <message>
   <source>Learning from {rasters}</source>
   <translation>正在从 {rasters} 学习</translation>
  </message>
  <message>
   <source>The run failed</source>
   <translation>学习失败</translation>
  </message>
  <message>
   <source>Cancelled. Rounds that were kept stay. The one that was going on is still checked if that takes less than a minute; it is listed below if it is kept.</source>
   <translation>已取消。保留的各轮不变。正在进行的一轮如果能在一分钟内检查完，仍会检查；若被保留，会列在下面。</translation>
  </message>
  <message>
   <source>Start learning</source>
   <translation>开始学习</translation>
  </message>
  <message>
   <source>The run goes on in the engine</source>
   <translation>学习在引擎中继续</translation>
  </message>
  <message>
   <source>It is no longer watched here.</source>
   <translation>这里不再跟踪它。</translation>
  </message>
  <message>
   <source>The run was cancelled</source>
   <translation>学习已取消</translation>
  </message>
  <message>
   <source>Watch it again</source>
   <translation>重新跟踪</translation>
  </message>
  <message>
   <source>How many more answers a round may give where nothing is. A model that answers more often finds more, and also answers more often in vain. The less you allow, the less of what a round learned may be kept.</source>
   <translation>一轮学习可以在没有目标的地方多给出多少回答。回答得更多的模型找到的更多，白白回答的也更多。允许得越少，一轮所学能保留的就可能越少。</translation>
  </message>
  <message>
   <source>As the check usually allows</source>
   <translation>按检查通常允许的范围</translation>
  </message>
  <message>
   <source>At most 3 points more</source>
   <translation>最多增加 3 个百分点</translation>
  </message>
  <message>
   <source>No more at all</source>
   <translation>完全不增加</translation>
  </message>
  <message>
   <source>False alarms</source>
   <translation>误报</translation>
  </message>
  <message>
   <source>Rasters</source>
   <translation>栅格</translation>
  </message>
  <message>
   <source>One question per line. Leave it empty and the model proposes its own.</source>
   <translation>每行一个问题。留空则由模型自己提出。</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Recent questions</source>
   <translation>最近的问题</translation>
  </message>
  <message>
   <source>Fill in the questions you asked in the Find tab</source>
   <translation>填入您在“查找”标签页里问过的问题</translation>
  </message>
  <message>
   <source>Let the model propose</source>
   <translation>让模型提出</translation>
  </message>
  <message>
   <source>The model looks at your rasters and writes down what it recognises there, for you to edit</source>
   <translation>模型查看您的栅格，写下它认出的内容，供您编辑</translation>
  </message>
  <message>
   <source> min</source>
   <translation> 分钟</translation>
  </message>
  <message>
   <source>Learning ends after so many minutes, whatever has been reached</source>
   <translation>学习在这么多分钟后结束，无论达到什么程度</translation>
  </message>
  <message>
   <source>After each round it is checked whether the model got better; after two that did not, the run ends</source>
   <translation>每一轮之后检查模型是否变好；两轮没有变好则结束运行</translation>
  </message>
  <message>
   <source>Use my verdicts</source>
   <translation>使用我的判定</translation>
  </message>
  <message>
   <source>The boxes you judged in this project's results count more than the model's own check. They stay on this computer and are not part of what is learned from it.</source>
   <translation>您在本项目结果中判定过的框比模型自己的检查更有分量。它们留在这台电脑上，不会成为所学内容的一部分。</translation>
  </message>
  <message>
   <source>The model itself, as it was before the round</source>
   <translation>模型自身（本轮之前的状态）</translation>
  </message>
  <message>
   <source>Second opinion</source>
   <translation>第二意见</translation>
  </message>
  <message>
   <source>Who looks at each box and scores it. A larger model on a server sees more than the one that learns; it is asked alone, and learns nothing itself.</source>
   <translation>由谁查看每个框并评分。服务器上更大的模型比正在学习的模型看得更多；它只被询问，自身不学习。</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>位置</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>时间</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Pieces of your rasters are sent to this server, on another computer.</source>
   <translation>您的栅格片段会发送到另一台计算机上的这台服务器。</translation>
  </message>
  <message>
   <source>in at most</source>
   <translation>最多</translation>
  </message>
  <message>
   <source>rounds</source>
   <translation>轮</translation>
  </message>
  <message>
   <source>{layer} (rendered first)</source>
   <translation>{layer}（先渲染）</translation>
  </message>
  <message>
   <source>While the model learns, questions of the Find tab wait.</source>
   <translation>模型学习时，“查找”标签页的问题会等待。</translation>
  </message>
  <message>
   <source>Earlier learning</source>
   <translation>之前的学习</translation>
  </message>
  <message>
   <source>The model practises on your own imagery, without any labels. A round is kept only when it proves better on places kept aside.</source>
   <translation>模型在您自己的影像上练习，不需要任何标注。只有在预留的地点证明更好，一轮才会被保留。</translation>
  </message>
  <message>
   <source>no box</source>
   <translation>没有框</translation>
  </message>
  <message>
   <source>“{query}”: before the round on the left, after it on the right</source>
   <translation>“{query}”：左边是这一轮之前，右边是之后</translation>
  </message>
  <message>
   <source>before</source>
   <translation>之前</translation>
  </message>
  <message>
   <source>after</source>
   <translation>之后</translation>
  </message>
  <message>
   <source>score {n} %</source>
   <translation>得分 {n}%</translation>
  </message>
  <message>
   <source>{n} %</source>
   <translation>{n} %</translation>
  </message>
  <message>
   <source>No raster is ticked. Tick at least one to learn from.</source>
   <translation>没有勾选栅格。请至少勾选一个用来学习。</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Tick only such rasters, or choose “The whole raster”.</source>
   <translation>指定区域要求所有栅格使用同一坐标参照系。请只勾选这样的栅格，或选择“整个栅格”。</translation>
  </message>
  <message>
   <source>No box of this project's results was accepted or rejected yet. Judge some in the Find tab, or untick “Use my verdicts”.</source>
   <translation>本项目的结果中还没有框被接受或拒绝。请在“查找”标签页中判定一些，或取消勾选“使用我的判定”。</translation>
  </message>
  <message>
   <source>RemoteZero: self-improvement</source>
   <translation>RemoteZero：自我改进</translation>
  </message>
  <message>
   <source>Score while learning</source>
   <translation>学习中的得分</translation>
  </message>
  <message>
   <source>minutes of learning</source>
   <translation>学习分钟数</translation>
  </message>
  <message>
   <source>The curve begins with the first step of learning.</source>
   <translation>曲线从学习的第一步开始。</translation>
  </message>
  <message>
   <source>On places kept aside</source>
   <translation>在预留的地点</translation>
  </message>
  <message>
   <source>A point is added after each round.</source>
   <translation>每一轮之后增加一个点。</translation>
  </message>
  <message>
   <source>Open report</source>
   <translation>打开报告</translation>
  </message>
  <message>
   <source>The same places</source>
   <translation>同样的地点</translation>
  </message>
  <message>
   <source>score of what it tries</source>
   <translation>尝试的得分</translation>
  </message>
  <message>
   <source>score on places kept aside</source>
   <translation>预留地点的得分</translation>
  </message>
  <message>
   <source>score</source>
   <translation>得分</translation>
  </message>
  <message>
   <source>“yes” where the thing is not there</source>
   <translation>对不存在之物回答“是”</translation>
  </message>
  <message>
   <source>boxes for things that are not there</source>
   <translation>给不存在的东西画框</translation>
  </message>
  <message>
   <source>things that are there and not found</source>
   <translation>存在却没有找到的东西</translation>
  </message>
  <message>
   <source>Round {number}</source>
   <translation>第 {number} 轮</translation>
  </message>
  <message>
   <source>Finished: no round was kept, so the model is as it was before.</source>
   <translation>已完成：没有保留任何一轮，模型与之前相同。</translation>
  </message>
  <message>
   <source>Some places are kept aside and never learned from: they decide whether a round is kept.</source>
   <translation>有些地点会预留出来，从不用于学习：由它们决定一轮是否保留。</translation>
  </message>
  <message>
   <source>How long the parts of a run take on this machine is measured in its first run.</source>
   <translation>各部分在本机所需的时间将在首次运行时测量。</translation>
  </message>
  <message>
   <source>Round {number}: kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), and nothing got worse.</source>
   <translation>第 {number} 轮：保留。在预留的地点，得分变化了 {gain}（{certainty}% 置信下为 {low} 到 {high}），没有任何指标变差。</translation>
  </message>
  <message>
   <source>What it could do before: {before} % right before the run, {after} % now.</source>
   <translation>它原有的能力：运行之前 {before}% 正确，现在 {after}%。</translation>
  </message>
  <message>
   <source>{share} % of what the round learned is kept, so that nothing gets worse by more than the check allows.</source>
   <translation>这一轮所学内容保留 {share}%，使任何方面变差的程度都不超过检查所允许的范围。</translation>
  </message>
  <message numerus="yes">
   <source>%n round(s)</source>
   <translation>
    <numerusform>%n 轮</numerusform>
   </translation>
  </message>
  <message>
   <source>Starts from the model as it came.</source>
   <translation>从原始模型开始。</translation>
  </message>
  <message>
   <source>All of it would take about {total} here: {preparing} preparing, {learning} learning, {checking} checking (measured on {date}).</source>
   <translation>在本机全部约需 {total}：准备 {preparing}，学习 {learning}，检查 {checking}（测量于 {date}）。</translation>
  </message>
  <message>
   <source>The model proposes the questions itself.</source>
   <translation>问题由模型自己提出。</translation>
  </message>
  <message>
   <source>Round {number}: not kept. The score changed by {gain}, but this got worse: {controls}.</source>
   <translation>第 {number} 轮：未保留。得分变化了 {gain}，但以下指标变差：{controls}。</translation>
  </message>
  <message>
   <source>Round {number}: not kept. On places kept aside the score changed by {gain} ({low} to {high} with {certainty} % certainty), which is not surely better.</source>
   <translation>第 {number} 轮：未保留。在预留的地点，得分变化了 {gain}（{certainty}% 置信下为 {low} 到 {high}），不能确定是变好。</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept. {name} is in use now.</source>
   <translation>已完成：{rounds}中保留了 {kept} 轮。现在使用 {name}。</translation>
  </message>
  <message>
   <source>Finished: {kept} of {rounds} kept, the last one as {name}. It is not in use yet.</source>
   <translation>已完成：{rounds}中保留了 {kept} 轮，最后一轮保存为 {name}，尚未启用。</translation>
  </message>
  <message>
   <source>{places} with {windows}; up to {chips} of these are used.</source>
   <translation>{places}，共 {windows}；最多使用其中 {chips} 个。</translation>
  </message>
  <message numerus="yes">
   <source>%n separate place(s)</source>
   <translation>
    <numerusform>%n 个独立地点</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n window(s)</source>
   <translation>
    <numerusform>%n 个窗口</numerusform>
   </translation>
  </message>
  <message>
   <source>About {memory} GB of memory.</source>
   <translation>约 {memory} GB 内存。</translation>
  </message>
  <message>
   <source>Up to {rounds} of {steps}. It ends after {time} at the latest, preparing and checking included.</source>
   <translation>最多 {rounds}，每轮 {steps}。最迟在 {time} 后结束，包括准备和检查。</translation>
  </message>
  <message numerus="yes">
   <source>%n step(s)</source>
   <translation>
    <numerusform>%n 步</numerusform>
   </translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: learning, at most {time} left</source>
   <translation>第 {number} 轮，共 {rounds} 轮：正在学习，最多还剩 {time}</translation>
  </message>
  <message>
   <source>Reading the rasters…</source>
   <translation>正在读取栅格…</translation>
  </message>
  <message>
   <source>Looking for what is asked…</source>
   <translation>正在寻找所问的内容…</translation>
  </message>
  <message>
   <source>Choosing the settings…</source>
   <translation>正在选择设置…</translation>
  </message>
  <message>
   <source>Looking for what is there…</source>
   <translation>正在寻找有什么…</translation>
  </message>
  <message>
   <source>Round {number}: {sentence}</source>
   <translation>第 {number} 轮：{sentence}</translation>
  </message>
  <message>
   <source>answers that can't be read</source>
   <translation>无法读取的回答</translation>
  </message>
  <message>
   <source>size of the boxes</source>
   <translation>框的大小</translation>
  </message>
  <message>
   <source>size of the largest boxes</source>
   <translation>最大框的大小</translation>
  </message>
  <message>
   <source>right answers to what it could do before</source>
   <translation>原有能力范围内的正确回答</translation>
  </message>
  <message>
   <source>“none” where nothing is, in what it could do before</source>
   <translation>原有能力范围内，没有目标处回答“没有”</translation>
  </message>
  <message>
   <source>Starts from the adapter {name}.</source>
   <translation>从适配器 {name} 开始。</translation>
  </message>
  <message>
   <source>Questions: {questions}</source>
   <translation>问题：{questions}</translation>
  </message>
  <message>
   <source>Second opinion: {model}.</source>
   <translation>第二意见：{model}。</translation>
  </message>
  <message>
   <source>Round {number} of {rounds}: checking on the places kept aside…</source>
   <translation>第 {number} 轮，共 {rounds} 轮：正在预留的地点检查…</translation>
  </message>
  <message>
   <source>Only this scene</source>
   <translation>仅这一景</translation>
  </message>
  <message>
   <source>Only scenes of this day</source>
   <translation>仅当天的影像</translation>
  </message>
  <message>
   <source>All scenes</source>
   <translation>所有影像</translation>
  </message>
  <message>
   <source>nothing to see</source>
   <translation>无可见内容</translation>
  </message>
  <message>
   <source>{change}: before {before}, after {after}.</source>
   <translation>{change}：之前 {before}，之后 {after}。</translation>
  </message>
  <message>
   <source>new</source>
   <translation>新增</translation>
  </message>
  <message>
   <source>gone</source>
   <translation>消失</translation>
  </message>
  <message>
   <source>stayed</source>
   <translation>保留</translation>
  </message>
  <message>
   <source>unsure</source>
   <translation>不确定</translation>
  </message>
  <message>
   <source>not seen</source>
   <translation>未见</translation>
  </message>
  <message>
   <source>other</source>
   <translation>其他</translation>
  </message>
  <message>
   <source>It can't be read. Check that the file is there, is whole, and is a raster.</source>
   <translation>无法读取。请检查文件是否存在、是否完整、是否为栅格。</translation>
  </message>
  <message>
   <source>The chosen area is empty. Draw it again, or choose another place.</source>
   <translation>所选区域为空。请重新绘制，或选择其他位置。</translation>
  </message>
  <message>
   <source>No rectangle is drawn yet. Draw one on the map, or choose another place.</source>
   <translation>还没有绘制矩形。请在地图上绘制一个，或选择其他位置。</translation>
  </message>
  <message>
   <source>No polygon is selected in any layer. Select one or more, or choose another place.</source>
   <translation>没有任何图层选中了多边形。请选中一个或多个，或选择其他位置。</translation>
  </message>
  <message>
   <source>No polygon is selected in {layer}. Select one or more, or choose another place.</source>
   <translation>{layer} 中没有选中多边形。请选中一个或多个，或选择其他位置。</translation>
  </message>
  <message>
   <source>The chosen area does not touch {raster}. Zoom to the layer, or choose another place.</source>
   <translation>所选区域与 {raster} 不相交。请缩放到该图层，或选择其他位置。</translation>
  </message>
  <message>
   <source>Verdicts</source>
   <translation>判定</translation>
  </message>
  <message>
   <source>{raster} – found</source>
   <translation>{raster} – 找到的内容</translation>
  </message>
  <message>
   <source>{query} – rasters</source>
   <translation>{query} – 栅格</translation>
  </message>
  <message>
   <source>{query} (running)</source>
   <translation>{query}（运行中）</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Check that the file is still there and that no other program has locked it, then choose the run again.</source>
   <translation>无法读取 {path} 中的框（{reason}）。请确认文件仍在且未被其他程序锁定，然后重新选择该搜索。</translation>
  </message>
  <message>
   <source>The boxes in {path} can't be read ({reason}). Close what has the file open, then try again.</source>
   <translation>无法读取 {path} 中的框（{reason}）。请关闭打开该文件的程序，然后重试。</translation>
  </message>
  <message>
   <source>The results can't be copied to {path}. They stay in {source}, and nothing is lost.</source>
   <translation>结果无法复制到 {path}。它们仍在 {source} 中，没有任何丢失。</translation>
  </message>
  <message>
   <source>The results can't be written to {path}. They are safe in the engine: free some space or save the project elsewhere, then load them from “Earlier runs”.</source>
   <translation>结果无法写入 {path}。它们在引擎中是安全的：请释放空间或将项目另存到别处，然后从“之前的搜索”中加载。</translation>
  </message>
  <message>
   <source>it came out empty: the service sent no picture of this area</source>
   <translation>结果是空白的：服务没有返回这个区域的图像</translation>
  </message>
  <message>
   <source>{layer} has nothing to render in the chosen area. Zoom in on the area first.</source>
   <translation>{layer} 在所选区域没有可渲染的内容。请先放大到该区域。</translation>
  </message>
  <message>
   <source>Rendering {layer} here at {gsd} m per pixel would take {width} × {height} pixels ({size} GB). Choose a smaller area or a coarser resolution.</source>
   <translation>在此处以 {gsd} 米/像素渲染 {layer} 需要 {width} × {height} 像素（{size} GB）。请选择更小的区域或更粗的分辨率。</translation>
  </message>
  <message>
   <source>The layer could not be rendered ({reason}). Check that it draws on the map, then try again.</source>
   <translation>图层无法渲染（{reason}）。请检查它在地图上能否显示，然后重试。</translation>
  </message>
  <message>
   <source>error {status}</source>
   <translation>错误 {status}</translation>
  </message>
  <message numerus="yes">
   <source>{question} and %n more</source>
   <translation>
    <numerusform>{question} 及另外 %n 个</numerusform>
   </translation>
  </message>
  <message>
   <source>RemoteZero manual</source>
   <translation>RemoteZero 手册</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>返回</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>目录</translation>
  </message>
  <message>
   <source>Open in the browser</source>
   <translation>在浏览器中打开</translation>
  </message>
  <message>
   <source>Help for this page (F1)</source>
   <translation>此页面的帮助 (F1)</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>关闭此消息</translation>
  </message>
  <message>
   <source>Scored boxes appear here and on the map.</source>
   <translation>带得分的框会显示在这里和地图上。</translation>
  </message>
  <message numerus="yes">
   <source>%n window(s) were searched. Try other words, a larger area, or “Search in detail”.</source>
   <translation>
    <numerusform>已搜索 %n 个窗口。请换一种说法、扩大范围，或选择“细节搜索”。</numerusform>
   </translation>
  </message>
  <message>
   <source>Ask in your own words</source>
   <translation>用您自己的话提问</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>没有找到</translation>
  </message>
  <message>
   <source>No data here</source>
   <translation>此处无数据</translation>
  </message>
  <message>
   <source>The raster has no data in the place that was searched. Choose another place, or another raster.</source>
   <translation>栅格在搜索范围内没有数据。请选择其他范围或其他栅格。</translation>
  </message>
  <message>
   <source>Nothing leaves this computer.</source>
   <translation>任何内容都不会离开这台电脑。</translation>
  </message>
  <message>
   <source>Lowest score shown of “{question}”</source>
   <translation>“{question}”显示的最低得分</translation>
  </message>
  <message>
   <source>Compare with an earlier raster: what is new, what is gone, what stayed</source>
   <translation>与较早的栅格比较：新增、消失和保留的内容</translation>
  </message>
  <message>
   <source>Compare with an earlier raster</source>
   <translation>与较早的栅格比较</translation>
  </message>
  <message>
   <source>the earlier raster</source>
   <translation>较早的栅格</translation>
  </message>
  <message>
   <source>The earlier raster</source>
   <translation>较早的栅格</translation>
  </message>
  <message>
   <source>The raster of the earlier date, of the same place</source>
   <translation>同一地点较早日期的栅格</translation>
  </message>
  <message>
   <source>± automatic</source>
   <translation>± 自动</translation>
  </message>
  <message>
   <source> m</source>
   <translation> 米</translation>
  </message>
  <message>
   <source>How far apart one object may lie on the two rasters. Automatic: 5 m, or two pixels.</source>
   <translation>同一物体在两个栅格上最多可以相距多远。自动：5 米或两个像素。</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at</source>
   <translation>验证器所看到的原图</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>接受</translation>
  </message>
  <message>
   <source>This box is right (A)</source>
   <translation>此框正确 (A)</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>拒绝</translation>
  </message>
  <message>
   <source>This box is wrong (R)</source>
   <translation>此框错误 (R)</translation>
  </message>
  <message>
   <source>Zoom to this box (Z, or a double click on its row)</source>
   <translation>缩放到此框（Z 键或双击其所在行）</translation>
  </message>
  <message>
   <source>Zoom to box</source>
   <translation>缩放到框</translation>
  </message>
  <message>
   <source>The model gave no reasoning for this box.</source>
   <translation>模型没有给出此框的推理。</translation>
  </message>
  <message>
   <source>Exactly what the verifier looked at, the earlier date on the left</source>
   <translation>验证器所看到的原图，左边是较早的日期</translation>
  </message>
  <message>
   <source>No picture</source>
   <translation>没有图片</translation>
  </message>
  <message>
   <source>{score} % sure</source>
   <translation>{score} % 把握</translation>
  </message>
  <message>
   <source>Load the sample</source>
   <translation>加载示例</translation>
  </message>
  <message>
   <source>A drawn harbour, with a question that is asked at once</source>
   <translation>一个绘制的港口，并立即提出一个问题</translation>
  </message>
  <message>
   <source>Add a raster…</source>
   <translation>添加栅格…</translation>
  </message>
  <message>
   <source>Choose an aerial or satellite image on this computer</source>
   <translation>选择此计算机上的航空或卫星影像</translation>
  </message>
  <message>
   <source>Search many rasters</source>
   <translation>搜索多个栅格</translation>
  </message>
  <message>
   <source>All rasters of a folder…</source>
   <translation>文件夹中的所有栅格…</translation>
  </message>
  <message>
   <source>Several files…</source>
   <translation>多个文件…</translation>
  </message>
  <message>
   <source>A STAC item collection…</source>
   <translation>STAC 条目集合…</translation>
  </message>
  <message>
   <source>The rasters of a layer group</source>
   <translation>图层组中的栅格</translation>
  </message>
  <message>
   <source>Search one raster again</source>
   <translation>重新搜索单个栅格</translation>
  </message>
  <message>
   <source>A file beside each raster, too</source>
   <translation>同时在每个栅格旁写一个文件</translation>
  </message>
  <message>
   <source>Writes the boxes of each raster into NAME_remotezero.gpkg in the raster's own folder</source>
   <translation>将每个栅格的框写入该栅格所在文件夹的 名称_remotezero.gpkg</translation>
  </message>
  <message>
   <source>The licence of this model, {licence}, forbids commercial use.</source>
   <translation>此模型的许可证 {licence} 禁止商业用途。</translation>
  </message>
  <message>
   <source>The model {name} is not there: it was removed, or its disk is not connected.</source>
   <translation>模型 {name} 不存在：它已被删除，或其所在磁盘未连接。</translation>
  </message>
  <message>
   <source>Default model</source>
   <translation>默认模型</translation>
  </message>
  <message>
   <source>{n} MB</source>
   <translation>{n} MB</translation>
  </message>
  <message>
   <source>A demonstration model that finds {things}.</source>
   <translation>演示模型，可找到 {things}。</translation>
  </message>
  <message>
   <source>A demonstration model.</source>
   <translation>演示模型。</translation>
  </message>
  <message>
   <source>Get one for real imagery…</source>
   <translation>获取适用于真实影像的模型…</translation>
  </message>
  <message>
   <source>{n} GB</source>
   <translation>{n} GB</translation>
  </message>
  <message>
   <source>Default: {name}</source>
   <translation>默认：{name}</translation>
  </message>
  <message>
   <source>{size} on disk, {memory} in use, licence {licence}</source>
   <translation>磁盘占用 {size}，运行占用 {memory}，许可证 {licence}</translation>
  </message>
  <message>
   <source>See the models…</source>
   <translation>查看模型…</translation>
  </message>
  <message>
   <source>and {n} more</source>
   <translation>以及另外 {n} 个</translation>
  </message>
  <message>
   <source>Draw the rectangle on the map</source>
   <translation>在地图上绘制矩形</translation>
  </message>
  <message>
   <source>What the map shows</source>
   <translation>地图显示的范围</translation>
  </message>
  <message>
   <source>The whole raster</source>
   <translation>整个栅格</translation>
  </message>
  <message>
   <source>A drawn rectangle</source>
   <translation>绘制的矩形</translation>
  </message>
  <message>
   <source>Selected polygons</source>
   <translation>选中的多边形</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>问题</translation>
  </message>
  <message>
   <source>Say in your own words what to look for. Return starts the run.</source>
   <translation>用您自己的话说明要找什么。按回车键开始搜索。</translation>
  </message>
  <message>
   <source>What are you looking for?</source>
   <translation>您要找什么？</translation>
  </message>
  <message>
   <source>Examples</source>
   <translation>示例</translation>
  </message>
  <message>
   <source>Colour on the map</source>
   <translation>地图上的颜色</translation>
  </message>
  <message>
   <source>Do not look for this</source>
   <translation>不查找此项</translation>
  </message>
  <message>
   <source>Next unsure box</source>
   <translation>下一个不确定的框</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>重做</translation>
  </message>
  <message>
   <source>Copy rows</source>
   <translation>复制行</translation>
  </message>
  <message>
   <source>Verify edited boxes again</source>
   <translation>重新验证已编辑的框</translation>
  </message>
  <message>
   <source>Clear verdict</source>
   <translation>清除判定</translation>
  </message>
  <message>
   <source>Accept all shown</source>
   <translation>接受所有显示的框</translation>
  </message>
  <message>
   <source>Reject all shown</source>
   <translation>拒绝所有显示的框</translation>
  </message>
  <message>
   <source>Clear verdicts of all shown</source>
   <translation>清除所有显示的框的判定</translation>
  </message>
  <message>
   <source>Undo: {what}</source>
   <translation>撤销：{what}</translation>
  </message>
  <message>
   <source>Redo: {what}</source>
   <translation>重做：{what}</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown</source>
   <translation>显示 {shown} / {total} 个框</translation>
  </message>
  <message>
   <source>A accept · R reject · N next unsure · Z zoom · Ctrl+Z undo</source>
   <translation>A 接受 · R 拒绝 · N 下一个不确定 · Z 缩放 · Ctrl+Z 撤销</translation>
  </message>
  <message>
   <source>Verify again</source>
   <translation>重新验证</translation>
  </message>
  <message>
   <source>Score the boxes that were drawn anew. Verdicts stay.</source>
   <translation>为重新绘制的框评分。判定保持不变。</translation>
  </message>
  <message>
   <source>{shown} of {total} boxes shown; {below} score less: move the slider to see them</source>
   <translation>显示 {shown} / {total} 个框；{below} 个得分较低：移动滑块即可查看</translation>
  </message>
  <message>
   <source>Verifying…</source>
   <translation>正在验证…</translation>
  </message>
  <message>
   <source>Writing verdicts: {n} left</source>
   <translation>正在写入判定：还剩 {n} 个</translation>
  </message>
  <message>
   <source>Edited boxes: {n}</source>
   <translation>已编辑的框：{n}</translation>
  </message>
  <message>
   <source>{accepted} accepted, {rejected} rejected, {open} open</source>
   <translation>{accepted} 个已接受，{rejected} 个已拒绝，{open} 个未判定</translation>
  </message>
  <message>
   <source>Hide boxes that the verifier is less sure of. Nothing is run again.</source>
   <translation>隐藏验证器把握较小的框。不会重新计算。</translation>
  </message>
  <message>
   <source>Lowest score shown</source>
   <translation>显示的最低得分</translation>
  </message>
  <message>
   <source>Verdict</source>
   <translation>判定</translation>
  </message>
  <message>
   <source>Raster</source>
   <translation>栅格</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>变化</translation>
  </message>
  <message>
   <source>Choose boxes by clicking on them on the map</source>
   <translation>在地图上单击以选择框</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>审核</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>未判定</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>已接受</translation>
  </message>
  <message>
   <source>Rejected</source>
   <translation>已拒绝</translation>
  </message>
  <message>
   <source>Score at least</source>
   <translation>得分不低于</translation>
  </message>
  <message>
   <source>The model's answer was cut off here: there may be more than it listed.</source>
   <translation>模型的回答在此被截断：实际目标可能多于所列。</translation>
  </message>
  <message>
   <source>Not placed: the point is where the camera was.</source>
   <translation>未定位：该点是相机所在的位置。</translation>
  </message>
  <message>
   <source>#</source>
   <translation>序号</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>得分</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>标签</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>大小</translation>
  </message>
  <message>
   <source>Reasoning</source>
   <translation>推理</translation>
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
   <translation>评分后重新绘制过。</translation>
  </message>
  <message>
   <source>Drawn anew, and verified again.</source>
   <translation>已重新绘制并重新验证。</translation>
  </message>
  <message>
   <source>Placed by the camera: right to about {n} m.</source>
   <translation>按相机定位：误差约 {n} 米。</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>正在停止…</translation>
  </message>
  <message>
   <source>Starting…</source>
   <translation>正在启动…</translation>
  </message>
  <message>
   <source>as the raster</source>
   <translation>与栅格相同</translation>
  </message>
  <message>
   <source> m/px</source>
   <translation> 米/像素</translation>
  </message>
  <message>
   <source>Ground resolution the model looks at, in metres per pixel</source>
   <translation>模型观察时的地面分辨率，单位为米/像素</translation>
  </message>
  <message>
   <source>Draw outlines</source>
   <translation>绘制轮廓</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes, drawn by a model of their own; get one on the Models page</source>
   <translation>框内物体的多边形，由专门的模型绘制；可在“模型”页面获取</translation>
  </message>
  <message>
   <source>Place by the camera</source>
   <translation>按相机定位</translation>
  </message>
  <message>
   <source>Put boxes on the map by the photograph's EXIF: position, height, heading. Rough, and said how rough.</source>
   <translation>按照片的 EXIF（位置、高度、方位）把框放到地图上。较为粗略，并会说明误差多大。</translation>
  </message>
  <message>
   <source>height: as the photograph</source>
   <translation>高度：按照片</translation>
  </message>
  <message>
   <source> m above the ground</source>
   <translation> 米（离地面）</translation>
  </message>
  <message>
   <source>How high the camera was above the ground, if you know it better than the photograph</source>
   <translation>相机离地面的高度（如果您知道的比照片中的更准确）</translation>
  </message>
  <message>
   <source>Before</source>
   <translation>之前</translation>
  </message>
  <message>
   <source>Zoom</source>
   <translation>缩放</translation>
  </message>
  <message>
   <source>none</source>
   <translation>无</translation>
  </message>
  <message>
   <source>Topmost raster: {name}</source>
   <translation>最上层栅格：{name}</translation>
  </message>
  <message>
   <source>Active layer: {name}</source>
   <translation>当前图层：{name}</translation>
  </message>
  <message>
   <source>Automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>Whole view at once</source>
   <translation>一次看全图</translation>
  </message>
  <message>
   <source>Search in detail</source>
   <translation>细节搜索</translation>
  </message>
  <message>
   <source>current adapter</source>
   <translation>当前适配器</translation>
  </message>
  <message>
   <source>no adapter</source>
   <translation>不用适配器</translation>
  </message>
  <message>
   <source>Another model that looks at each box and scores it. One on a server sees the boxes alone, and not the rest of the raster.</source>
   <translation>另一个查看每个框并评分的模型。服务器上的模型只看到这些框，看不到栅格的其余部分。</translation>
  </message>
  <message>
   <source>Scored by the model itself</source>
   <translation>由模型自身评分</translation>
  </message>
  <message>
   <source>Forget a server</source>
   <translation>忘记服务器</translation>
  </message>
  <message>
   <source>Servers</source>
   <translation>服务器</translation>
  </message>
  <message>
   <source>Forget it</source>
   <translation>忘记</translation>
  </message>
  <message>
   <source>A server…</source>
   <translation>服务器…</translation>
  </message>
  <message>
   <source>Its address goes from the lists, and its key from QGIS's authentication database, unless another model of the same server stays. This can't be undone: the key has to be typed again. Runs that were made with it stay.</source>
   <translation>其地址将从列表中移除，其密钥将从 QGIS 的认证数据库中移除，除非同一服务器的另一个模型仍保留。此操作无法撤销：需要重新输入密钥。用它完成的运行会保留。</translation>
  </message>
  <message>
   <source>Forget a server…</source>
   <translation>忘记服务器…</translation>
  </message>
  <message>
   <source>Leave name and password out of the address; the key has a field of its own</source>
   <translation>地址中请勿包含用户名和密码；密钥有单独的输入框</translation>
  </message>
  <message>
   <source>This is no address. Give one like http://host:8000/v1</source>
   <translation>这不是地址。请给出类似 http://host:8000/v1 的地址</translation>
  </message>
  <message>
   <source>There are spaces, or characters that can't be seen, in the address or the model's name. Type it anew</source>
   <translation>地址或模型名称中有空格或不可见字符。请重新输入</translation>
  </message>
  <message>
   <source>The address or the model's name is too long. Give the name that the server lists</source>
   <translation>地址或模型名称过长。请输入服务器列出的名称</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the key for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>QGIS 的认证数据库未接受 {url} 的密钥。请打开“设置 &gt; 选项 &gt; 认证”，设置主密码后重试。</translation>
  </message>
  <message>
   <source>A model on a server</source>
   <translation>服务器上的模型</translation>
  </message>
  <message>
   <source>the only one that it serves</source>
   <translation>它提供的唯一模型</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>地址</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>密钥</translation>
  </message>
  <message>
   <source>Behind ? only {options} may stand; the key has a field of its own</source>
   <translation>? 之后只能是 {options}；密钥有单独的输入框</translation>
  </message>
  <message>
   <source>Pictures of your rasters are sent to this address, and to no other.</source>
   <translation>您的栅格图像只会发送到此地址，不会发送到其他地址。</translation>
  </message>
  <message>
   <source>QGIS's authentication database did not let go of the key for {url}. Open Settings &gt; Options &gt; Authentication, and remove it there.</source>
   <translation>QGIS 的认证数据库未释放 {url} 的密钥。请打开“设置 &gt; 选项 &gt; 认证”，在那里将其删除。</translation>
  </message>
  <message>
   <source>How this server gives scores is tried when it is first asked, and told here from then on.</source>
   <translation>首次询问时会测试此服务器如何评分，此后在这里显示。</translation>
  </message>
  <message>
   <source>The scores are the model's own probabilities of yes and no.</source>
   <translation>评分是模型自身对“是”与“否”的概率。</translation>
  </message>
  <message>
   <source>The scores are the probabilities that the server gives for yes and no: as fine as those of a model on this computer.</source>
   <translation>评分是服务器给出的“是”与“否”的概率：与本机模型的评分一样精细。</translation>
  </message>
  <message>
   <source>The scores are decisions of the server, as numbers between 0 and 1.</source>
   <translation>评分是服务器的判定，为 0 到 1 之间的数。</translation>
  </message>
  <message>
   <source>The server gives no probabilities: each question of yes or no is asked ten times, and the score is the share of yes. That is coarse, and takes ten times as long.</source>
   <translation>服务器不提供概率：每个是非问题会问十次，评分为“是”的比例。这较为粗略，且耗时十倍。</translation>
  </message>
  <message>
   <source>{done}, about {time} left</source>
   <translation>{done}，约剩 {time}</translation>
  </message>
  <message>
   <source>{n} h</source>
   <translation>{n} 小时</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>等待中</translation>
  </message>
  <message>
   <source>running</source>
   <translation>运行中</translation>
  </message>
  <message>
   <source>done</source>
   <translation>已完成</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>失败</translation>
  </message>
  <message>
   <source>raster {number} of {total}</source>
   <translation>第 {number} 个栅格，共 {total} 个</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es)</source>
   <translation>
    <numerusform>%n 个框</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{done} of %n window(s)</source>
   <translation>
    <numerusform>{done} / %n 个窗口</numerusform>
   </translation>
  </message>
  <message>
   <source>{n} s</source>
   <translation>{n} 秒</translation>
  </message>
  <message>
   <source>{n} min</source>
   <translation>{n} 分钟</translation>
  </message>
  <message>
   <source>{query}  ({when}, {state})</source>
   <translation>{query}（{when}，{state}）</translation>
  </message>
  <message>
   <source>{minutes} min {seconds} s</source>
   <translation>{minutes} 分 {seconds} 秒</translation>
  </message>
  <message>
   <source>RemoteZero panel</source>
   <translation>RemoteZero 面板</translation>
  </message>
  <message>
   <source>Find things in imagery by describing them</source>
   <translation>用文字描述，在影像中找到目标</translation>
  </message>
  <message>
   <source>The RemoteZero engine is not installed yet. Open the RemoteZero panel and install it there.</source>
   <translation>RemoteZero 引擎尚未安装。请打开 RemoteZero 面板进行安装。</translation>
  </message>
  <message>
   <source>Second opinion (empty: the model itself)</source>
   <translation>第二意见（留空：模型自身）</translation>
  </message>
  <message>
   <source>{layer} is not a raster file. Export it with Save As and choose the file.</source>
   <translation>{layer} 不是栅格文件。请用“另存为”导出后选择该文件。</translation>
  </message>
  <message>
   <source>{layer} is a web layer without an end. Say where to look.</source>
   <translation>{layer} 是没有边界的网络图层。请指明要查找的位置。</translation>
  </message>
  <message>
   <source>The question is empty. Write what you are looking for.</source>
   <translation>问题为空。请写明要找的内容。</translation>
  </message>
  <message>
   <source>The polygons can't be projected to the raster's CRS ({reason}). Check the CRS of both layers.</source>
   <translation>多边形无法投影到栅格的坐标参照系（{reason}）。请检查两个图层的坐标参照系。</translation>
  </message>
  <message>
   <source>Question (one per line)</source>
   <translation>问题（每行一个）</translation>
  </message>
  <message>
   <source>What to look for, in plain words: one question a line, at most 64 of them.</source>
   <translation>要查找的内容，用平常的话写：每行一个问题，最多 64 个。</translation>
  </message>
  <message>
   <source>Model (empty: the default one)</source>
   <translation>模型（留空：默认模型）</translation>
  </message>
  <message>
   <source>Adapter (current: the one in use; none: the model as it came; or a name)</source>
   <translation>适配器（current：正在使用的；none：原始模型；或名称）</translation>
  </message>
  <message>
   <source>Allow rasters from the network</source>
   <translation>允许来自网络的栅格</translation>
  </message>
  <message>
   <source>Name of a model that is here, its folder, or the address of one on a server. Empty: the default one.</source>
   <translation>本机已有模型的名称、其文件夹，或服务器上模型的地址。留空：默认模型。</translation>
  </message>
  <message>
   <source>What the model has learned here: “current” for what is in use, “none” for the model as it came, or the name of an adapter.</source>
   <translation>模型在这里学到的内容：“current”表示正在使用的，“none”表示原始模型，或填写适配器的名称。</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: it is read from there.</source>
   <translation>关：指向服务器的栅格会被拒绝，不访问该服务器。开：从服务器读取。</translation>
  </message>
  <message>
   <source>Compare two dates</source>
   <translation>比较两个日期</translation>
  </message>
  <message>
   <source>Finds what is new, what is gone and what stayed between two rasters of one place.</source>
   <translation>查找同一地点的两个栅格之间新增、消失和保留的内容。</translation>
  </message>
  <message>
   <source>Asks the same question of two rasters of one place, and says of each box whether it is new, gone, or stayed.

CRS, resolution and extent of the rasters may differ. What both cover is searched on each; boxes are matched within the tolerance; and the verifier looks at every place that was found on one date only on the other date as well. So 'gone' means that it is not seen there, and not only that it was not found. Where search and verifier disagree the change is 'unsure', and where the other raster has no data, is under a masked cloud or too coarse, it is 'not_seen'.

The attributes score_before and score_after are the verifier's on both dates. 'Stayed' says that one such thing is there on both dates, not that it is the same one.</source>
   <translation>对同一地点的两个栅格提出同一个问题，并说明每个框是新增、消失还是保留。

两个栅格的坐标参照系、分辨率和范围可以不同。在每个栅格上只搜索两者都覆盖的部分；在容差范围内匹配框；只在一个日期找到的每个地点，验证器都会在另一个日期上再看一次。因此“消失”表示那里看不到，而不只是没有找到。搜索与验证器不一致时，变化为“不确定”；另一栅格无数据、被云掩膜遮盖或过于粗糙时，为“未见”（not_seen）。

属性 score_before 和 score_after 是验证器在两个日期的得分。“保留”表示两个日期都有这样的物体，并不表示是同一个。</translation>
  </message>
  <message>
   <source>Later raster</source>
   <translation>较晚的栅格</translation>
  </message>
  <message>
   <source>Score from which on the verifier's answer is yes</source>
   <translation>验证器的回答算作“是”的最低得分</translation>
  </message>
  <message>
   <source>change,before,after,new,gone,difference,time,AI</source>
   <translation>变化,之前,之后,新增,消失,差异,时间,人工智能</translation>
  </message>
  <message>
   <source>Earlier raster</source>
   <translation>较早的栅格</translation>
  </message>
  <message>
   <source>How far apart one object may lie, in metres</source>
   <translation>同一物体最多可以相距多远（米）</translation>
  </message>
  <message>
   <source>The raster of the earlier date. CRS, resolution and extent may differ from those of the later one.</source>
   <translation>较早日期的栅格。坐标参照系、分辨率和范围可以与较晚的栅格不同。</translation>
  </message>
  <message>
   <source>The raster of the later date. The boxes are in its CRS.</source>
   <translation>较晚日期的栅格。框采用它的坐标参照系。</translation>
  </message>
  <message>
   <source>Only this part is compared. Empty: all that both rasters cover.</source>
   <translation>只比较这一部分。留空：两个栅格都覆盖的全部范围。</translation>
  </message>
  <message>
   <source>Boxes of two dates whose centres are farther apart, and that do not overlap, are two objects. Empty: 5 m, or two pixels of the coarser raster if that is more.</source>
   <translation>两个日期的框，如果中心相距更远且不重叠，就是两个物体。留空：5 米，或较粗栅格的两个像素（如果更大）。</translation>
  </message>
  <message>
   <source>From there on a thing counts as seen on a date. Empty: what suits the model.</source>
   <translation>从此得分起，物体算作在该日期可见。留空：适合模型的值。</translation>
  </message>
  <message>
   <source>Polygons in the later raster's CRS. The column change says new, gone, stayed, unsure or not_seen; score_before and score_after are the scores on both dates.</source>
   <translation>采用较晚栅格坐标参照系的多边形。change 列为 new（新增）、gone（消失）、stayed（保留）、unsure（不确定）或 not_seen（未见）；score_before 和 score_after 是两个日期的得分。</translation>
  </message>
  <message>
   <source>Number of boxes: {change}</source>
   <translation>框的数量：{change}</translation>
  </message>
  <message>
   <source>Evaluate a model</source>
   <translation>评估模型</translation>
  </message>
  <message>
   <source>Says how well a model finds what a layer of reference boxes shows.</source>
   <translation>说明模型能多好地找到参考框图层所显示的内容。</translation>
  </message>
  <message>
   <source>Searches the raster and compares what is found with the polygons of a layer: precision, recall, F1, average precision, overlap, and how far edges are off in metres, each with its interval. The report is one page with the best and the worst places.

The layer has to be complete: a box that is found and not in it counts as wrong. Cut the raster to the part that was mapped, if only a part was.

One question can be asked for all polygons, or each distinct value of a field is one.</source>
   <translation>搜索栅格，并将找到的内容与图层的多边形比较：精确率、召回率、F1、平均精度、重叠度，以及边缘偏差多少米，各项都带有区间。报告是一个页面，列出最好和最差的地点。

图层必须完整：找到但不在图层中的框算作错误。如果只测绘了一部分，请将栅格裁剪到该部分。

可以对所有多边形提一个问题，也可以把字段的每个不同值作为一个问题。</translation>
  </message>
  <message>
   <source>automatic</source>
   <translation>自动</translation>
  </message>
  <message>
   <source>overview</source>
   <translation>总览</translation>
  </message>
  <message>
   <source>in detail</source>
   <translation>细节</translation>
  </message>
  <message>
   <source>accuracy,precision,recall,F1,AP,IoU,quality,reference,AI</source>
   <translation>准确度,精确率,召回率,F1,AP,IoU,质量,参考,人工智能</translation>
  </message>
  <message>
   <source>Reference polygons</source>
   <translation>参考多边形</translation>
  </message>
  <message>
   <source>What the polygons show</source>
   <translation>多边形显示的内容</translation>
  </message>
  <message>
   <source>Or the field that says it of each</source>
   <translation>或说明每个多边形内容的字段</translation>
  </message>
  <message>
   <source>Lowest score of a box that counts</source>
   <translation>计入的框的最低得分</translation>
  </message>
  <message>
   <source>Level of detail</source>
   <translation>细节级别</translation>
  </message>
  <message>
   <source>Context round a box</source>
   <translation>框周围的范围</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>报告</translation>
  </message>
  <message>
   <source>Web pages (*.html)</source>
   <translation>网页 (*.html)</translation>
  </message>
  <message>
   <source>F1</source>
   <translation>F1</translation>
  </message>
  <message>
   <source>Precision</source>
   <translation>精确率</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>召回率</translation>
  </message>
  <message>
   <source>Average precision at an IoU of 0.5</source>
   <translation>IoU 为 0.5 时的平均精度 (AP)</translation>
  </message>
  <message>
   <source>Mean IoU</source>
   <translation>平均 IoU</translation>
  </message>
  <message>
   <source>Mean error of edges in metres</source>
   <translation>边缘的平均误差（米）</translation>
  </message>
  <message>
   <source>The image to search, as its layer's style shows it.</source>
   <translation>要搜索的影像，按其图层样式显示。</translation>
  </message>
  <message>
   <source>Boxes or outlines that you trust, in any CRS. All such things have to be in it.</source>
   <translation>您信任的框或轮廓，可用任何坐标参照系。所有此类物体都必须在其中。</translation>
  </message>
  <message>
   <source>One question for all polygons, such as “all ships”. Leave it empty to use a field.</source>
   <translation>针对所有多边形的一个问题，例如“所有船只”。留空则使用字段。</translation>
  </message>
  <message>
   <source>Each distinct value of it is asked as a question. Leave it empty to use one question.</source>
   <translation>字段的每个不同值作为一个问题提出。留空则使用一个问题。</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below count as not found in precision, recall and F1.</source>
   <translation>0 到 1：低于此值的框在精确率、召回率和 F1 中算作未找到。</translation>
  </message>
  <message>
   <source>0: automatic, both of the others where that is worth it. 1: the whole view at once, for questions that need the overview. 2: overlapping windows, for small things.</source>
   <translation>0：自动，值得时另外两种都做。1：一次看全图，适合需要总览的问题。2：相互重叠的窗口，适合小物体。</translation>
  </message>
  <message>
   <source>How much round a box the check sees as well, as a share of the box's longer side.</source>
   <translation>检查时连同框周围多大范围一起看，以框较长边的比例表示。</translation>
  </message>
  <message>
   <source>One page with the figures, their intervals, and the best and worst places.</source>
   <translation>一个页面，列出各项数字及其区间，以及最好和最差的地点。</translation>
  </message>
  <message>
   <source>Say what the polygons show: write one question for all of them, or choose the field that says it of each.</source>
   <translation>请说明多边形显示的内容：为全部多边形写一个问题，或选择说明每个多边形的字段。</translation>
  </message>
  <message>
   <source>An evaluation reads no rasters from the network.</source>
   <translation>评估不读取来自网络的栅格。</translation>
  </message>
  <message>
   <source>The layer holds no polygon. Choose one that does.</source>
   <translation>该图层没有多边形。请选择含有多边形的图层。</translation>
  </message>
  <message>
   <source>The report can't be written to {path} ({reason}). Choose another file.</source>
   <translation>无法将报告写入 {path}（{reason}）。请选择其他文件。</translation>
  </message>
  <message>
   <source>Export boxes</source>
   <translation>导出框</translation>
  </message>
  <message>
   <source>Writes boxes as training data or tables for other programs.</source>
   <translation>将框写为其他程序使用的训练数据或表格。</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures cut from the raster and the boxes in them. The other formats are one file. GeoJSON is in WGS 84.

Rejected boxes are never exported. Where some boxes were accepted or rejected, only the accepted ones are, unless you take the undecided ones, too.

Beside the output comes a file that tells which model found the boxes, in which raster, and when. A folder that exists is never replaced.</source>
   <translation>COCO 和 YOLO 是文件夹，内含从栅格裁切的图片及其中的框。其他格式为单个文件。GeoJSON 使用 WGS 84。

被拒绝的框从不导出。若部分框已被接受或拒绝，则只导出被接受的框，除非您也选择未判定的框。

输出旁会有一个文件，说明框由哪个模型、在哪个栅格中、何时找到。已存在的文件夹不会被替换。</translation>
  </message>
  <message>
   <source>The label of a box</source>
   <translation>框的标签</translation>
  </message>
  <message>
   <source>The question that found it</source>
   <translation>找到它的问题</translation>
  </message>
  <message>
   <source>Classes of a training set</source>
   <translation>训练集的类别</translation>
  </message>
  <message>
   <source>Raster (empty: those that the boxes name)</source>
   <translation>栅格（留空：框中注明的栅格）</translation>
  </message>
  <message>
   <source>Side of a picture in pixels</source>
   <translation>图片边长（像素）</translation>
  </message>
  <message>
   <source>Metres per pixel</source>
   <translation>米/像素</translation>
  </message>
  <message>
   <source>Also cut pictures without boxes</source>
   <translation>也裁切没有框的图片</translation>
  </message>
  <message>
   <source>COCO,YOLO,training data,chips,GeoParquet,CSV</source>
   <translation>COCO,YOLO,训练数据,切片,GeoParquet,CSV</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>框</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>格式</translation>
  </message>
  <message>
   <source>Take undecided boxes, too</source>
   <translation>也包括未判定的框</translation>
  </message>
  <message>
   <source>Lowest score</source>
   <translation>最低得分</translation>
  </message>
  <message>
   <source>File or folder</source>
   <translation>文件或文件夹</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>所有文件 (*)</translation>
  </message>
  <message>
   <source>Provenance</source>
   <translation>来源</translation>
  </message>
  <message>
   <source>Exported boxes</source>
   <translation>已导出的框</translation>
  </message>
  <message>
   <source>A result of Locate or of the panel. Rejected boxes are never exported.</source>
   <translation>“定位”或面板的结果。被拒绝的框从不导出。</translation>
  </message>
  <message>
   <source>COCO and YOLO are folders with pictures; the others are one file.</source>
   <translation>COCO 和 YOLO 是含图像的文件夹；其他格式是一个文件。</translation>
  </message>
  <message>
   <source>COCO and YOLO name classes. Take the questions where one layer holds the boxes of several.</source>
   <translation>COCO 和 YOLO 需要类别名称。当一个图层含有多个问题的框时，请选择问题。</translation>
  </message>
  <message>
   <source>Otherwise only accepted boxes are taken, once some were accepted or rejected.</source>
   <translation>否则，一旦有框被接受或拒绝，就只取被接受的框。</translation>
  </message>
  <message>
   <source>From 0 to 1: boxes below are left out.</source>
   <translation>0 到 1：低于此值的框会被去掉。</translation>
  </message>
  <message>
   <source>Pictures for COCO and YOLO are cut from it.</source>
   <translation>COCO 和 YOLO 的图像从中裁剪。</translation>
  </message>
  <message>
   <source>Of the square pictures for COCO and YOLO.</source>
   <translation>用于 COCO 和 YOLO 的方形图像的大小。</translation>
  </message>
  <message>
   <source>Of the pictures. Empty: the finest at which a box was found.</source>
   <translation>图像的分辨率。留空：找到框时所用的最细分辨率。</translation>
  </message>
  <message>
   <source>Places where nothing was found teach a model what to leave alone.</source>
   <translation>没有找到内容的地点可以教模型忽略什么。</translation>
  </message>
  <message>
   <source>A file, or for COCO and YOLO a folder that does not exist yet.</source>
   <translation>一个文件；对于 COCO 和 YOLO，则是一个尚不存在的文件夹。</translation>
  </message>
  <message>
   <source>Lets the model learn from your own rasters, without any labels.</source>
   <translation>让模型从您自己的栅格中学习，不需要任何标注。</translation>
  </message>
  <message>
   <source>The model practises on your rasters: it proposes boxes, its own check scores them, and it learns from the scores. No labels are needed, and nothing leaves the computer.

After each round a gate compares old and new on places kept aside. A round that is not better, or that answers wrong questions with yes more often, is thrown away. You can go back to any earlier adapter.

Questions: one per line; leave empty and the model proposes its own.</source>
   <translation>模型在您的栅格上练习：它提出框，由自己的检查打分，再从得分中学习。不需要标注，任何内容都不会离开这台电脑。

每一轮之后，关卡会在预留的地点比较新旧结果。如果没有变好，或者对错误的问题更常回答“是”，这一轮就会被丢弃。您可以随时回到之前的任何适配器。

问题：每行一个；留空则由模型自己提出。</translation>
  </message>
  <message>
   <source>Use the new adapter when it is better than the old</source>
   <translation>新适配器优于旧适配器时使用它</translation>
  </message>
  <message>
   <source>Results whose accepted and rejected boxes may be used</source>
   <translation>其已接受和已拒绝的框可以使用的结果</translation>
  </message>
  <message>
   <source>Folder of another model, or the address of one on a server, that scores the boxes and learns nothing itself. Empty: the model that learns, as it was before the round.</source>
   <translation>给框评分、自身不学习的另一个模型的文件夹，或服务器上模型的地址。留空：正在学习的模型（本轮之前的状态）。</translation>
  </message>
  <message>
   <source>train,learn,adapter,unlabelled,AI</source>
   <translation>训练,学习,适配器,无标注,人工智能</translation>
  </message>
  <message>
   <source>Questions (one per line; empty: proposed)</source>
   <translation>问题（每行一个；留空：自动提出）</translation>
  </message>
  <message>
   <source>Where to learn</source>
   <translation>学习的范围</translation>
  </message>
  <message>
   <source>Rounds at most</source>
   <translation>最多轮数</translation>
  </message>
  <message>
   <source>Minutes at most</source>
   <translation>最多分钟数</translation>
  </message>
  <message>
   <source>Images of the kind that you will search later. Nobody has to draw boxes in them.</source>
   <translation>与您以后要搜索的同类影像。不需要有人在其中画框。</translation>
  </message>
  <message>
   <source>What you will ask later, one question a line. Empty: the model proposes its own.</source>
   <translation>您以后要问的内容，每行一个问题。留空：由模型自己提出。</translation>
  </message>
  <message>
   <source>Only this part is learned from. Empty: all of the rasters.</source>
   <translation>只从这一部分学习。留空：全部栅格。</translation>
  </message>
  <message>
   <source>After each round it is decided whether the model got better; two refusals end the run.</source>
   <translation>每一轮之后判定模型是否变好；两次未通过则结束运行。</translation>
  </message>
  <message>
   <source>All of it, preparing and checking included.</source>
   <translation>总时间，包括准备和检查。</translation>
  </message>
  <message>
   <source>How many metres a pixel stands for when the model practises. Empty: as in the raster.</source>
   <translation>模型练习时一个像素代表多少米。留空：与栅格相同。</translation>
  </message>
  <message>
   <source>Off: what was learned is kept in the list of adapters, and the old one stays in use.</source>
   <translation>关：所学内容保存在适配器列表中，旧的适配器继续使用。</translation>
  </message>
  <message>
   <source>Result layers that are kept in files. Without them the model learns from its own check alone.</source>
   <translation>保存在文件中的结果图层。没有它们时，模型只从自己的检查中学习。</translation>
  </message>
  <message>
   <source>No raster was chosen. Choose at least one.</source>
   <translation>没有选择栅格。请至少选择一个。</translation>
  </message>
  <message>
   <source>An area needs rasters of one CRS. Leave the area empty, or choose such rasters.</source>
   <translation>指定区域要求所有栅格使用同一坐标参照系。请将区域留空，或选择这样的栅格。</translation>
  </message>
  <message>
   <source>{layer} is not kept in a file. Save it to one, then its verdicts can be used.</source>
   <translation>{layer} 没有保存在文件中。请先保存到文件，然后才能使用其判定。</translation>
  </message>
  <message>
   <source>Name or folder of another model, or the address of one on a server, that scores the boxes. Empty: the model that finds them.</source>
   <translation>给框评分的另一个模型的名称或文件夹，或服务器上模型的地址。留空：找到这些框的模型。</translation>
  </message>
  <message>
   <source>{boxes}; {windows} looked at, {blank} of them without data, {vetoed} skipped by the check.</source>
   <translation>{boxes}；查看了 {windows}，其中 {blank} 个无数据，{vetoed} 个经预检跳过。</translation>
  </message>
  <message>
   <source>Locate</source>
   <translation>定位</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster and scores every box.</source>
   <translation>在栅格中找到一句话所描述的内容，并给每个框打分。</translation>
  </message>
  <message>
   <source>Finds what a sentence describes in a raster.

Write one question per line, for instance: all ships / the largest building / where could people take shelter from a flood?

Zoom: 'whole view at once' suits questions that need the overview; 'search in detail' cuts the raster into overlapping windows at the given metres per pixel; 'automatic' does both where it is worth it.

The model sees the bands and the contrast that the layer's style shows. Every box carries the score of an independent check (0 to 1), the reasoning, and where it came from. Keep low scores and filter later.</source>
   <translation>在栅格中找到一句话所描述的内容。

每行写一个问题，例如：所有船只 / 最大的建筑物 / 洪水时人们可以在哪里避难？

缩放：“一次看全图”适合需要总览的问题；“细节搜索”按给定的米/像素把栅格切成相互重叠的窗口；“自动”在值得时两者都做。

模型看到的是图层样式所显示的波段和对比度。每个框都带有独立检查的得分（0 到 1）、推理和来源。请保留低分结果，以后再筛选。</translation>
  </message>
  <message>
   <source>Metres per pixel for the search in detail</source>
   <translation>细节搜索的米/像素</translation>
  </message>
  <message>
   <source>Draw outlines instead of boxes</source>
   <translation>绘制轮廓而非方框</translation>
  </message>
  <message>
   <source>Overlap of windows</source>
   <translation>窗口重叠</translation>
  </message>
  <message>
   <source>Leave out boxes below this score</source>
   <translation>去掉低于此得分的框</translation>
  </message>
  <message>
   <source>Context round a box for its score</source>
   <translation>打分时框周围的范围</translation>
  </message>
  <message>
   <source>Skip windows that show nothing of the kind</source>
   <translation>跳过没有此类内容的窗口</translation>
  </message>
  <message>
   <source>Outlines with right angles</source>
   <translation>直角轮廓</translation>
  </message>
  <message>
   <source>Tolerance of outlines in metres</source>
   <translation>轮廓容差（米）</translation>
  </message>
  <message>
   <source>How many metres a pixel of the windows stands for. Empty: as in the raster.</source>
   <translation>窗口的一个像素代表多少米。留空：与栅格相同。</translation>
  </message>
  <message>
   <source>Polygons of what is in the boxes; a model that draws outlines has to be here.</source>
   <translation>框内物体的多边形；本机需要有绘制轮廓的模型。</translation>
  </message>
  <message>
   <source>Share of a window that its neighbour repeats, so that nothing is cut in two.</source>
   <translation>窗口与相邻窗口重复的比例，避免物体被切成两半。</translation>
  </message>
  <message>
   <source>From 0 to 1. With 0 all boxes are written, to be filtered by their score later.</source>
   <translation>0 到 1。设为 0 时写出所有框，以后再按得分筛选。</translation>
  </message>
  <message>
   <source>Saves time. Turn it off for rare things that the check may not know from afar.</source>
   <translation>节省时间。对于检查从远处可能认不出的罕见物体，请关闭。</translation>
  </message>
  <message>
   <source>Gives outlines right angles where that fits, as for buildings.</source>
   <translation>在合适的地方（如建筑物）使轮廓成直角。</translation>
  </message>
  <message>
   <source>How far an outline may lie from the edge. Empty: half a pixel.</source>
   <translation>轮廓可以偏离边缘多远。留空：半个像素。</translation>
  </message>
  <message>
   <source>find,detect,object,query,question,text,AI,box</source>
   <translation>查找,检测,目标,查询,问题,文本,人工智能,框</translation>
  </message>
  <message>
   <source>Where to look</source>
   <translation>查找的范围</translation>
  </message>
  <message>
   <source>Place a photograph's boxes by its camera (EXIF)</source>
   <translation>按相机 (EXIF) 定位照片的框</translation>
  </message>
  <message>
   <source>The camera's height above the ground in metres</source>
   <translation>相机离地面的高度（米）</translation>
  </message>
  <message>
   <source>Number of boxes</source>
   <translation>框的数量</translation>
  </message>
  <message>
   <source>Any raster that QGIS opens. The model sees its bands and contrast as the layer's style shows them. A map service is rendered first, and then needs EXTENT.</source>
   <translation>QGIS 能打开的任何栅格。模型按图层样式的显示看到波段和对比度。地图服务会先渲染，此时需要 EXTENT。</translation>
  </message>
  <message>
   <source>Only this part is searched. Empty: the whole raster.</source>
   <translation>只搜索这一部分。留空：整个栅格。</translation>
  </message>
  <message>
   <source>For a photograph without a place that says where its camera was and whither it looked. Its boxes are then in WGS 84, and only roughly right. Off: they are in pixels.</source>
   <translation>用于没有地理参照、但注明相机位置和朝向的照片。其框采用 WGS 84，只是大致正确。关：框以像素为单位。</translation>
  </message>
  <message>
   <source>Needed where the photograph does not say it. Empty: what it says.</source>
   <translation>照片中没有注明时需要填写。留空：采用照片中的值。</translation>
  </message>
  <message>
   <source>Polygons in the raster's CRS, with score (0 to 1), rank, label, reasoning, question, model and where each came from.</source>
   <translation>采用栅格坐标参照系的多边形，含 score（0 到 1）、rank、label、reasoning、问题、模型以及各自的来源。</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) so far</source>
   <translation>
    <numerusform>目前 %n 个框</numerusform>
   </translation>
  </message>
  <message>
   <source>Locate in many rasters</source>
   <translation>在多个栅格中定位</translation>
  </message>
  <message>
   <source>Finds what sentences describe in a folder, a list or a STAC item collection of rasters.</source>
   <translation>在文件夹、列表或 STAC 条目集合的栅格中找到句子所描述的内容。</translation>
  </message>
  <message>
   <source>Asks the same questions over many rasters, one after the other: the chosen layers, all rasters of a folder, and the pictures of a STAC item collection. Each is searched as a whole. A mosaic (VRT) is one raster.

The boxes of all rasters come in one layer, with the raster in the column source. A second table says of every raster whether it was searched, how many boxes it has, and if it could not be searched, why.

When the run is broken off, start it again with the same parameters: rasters that were finished are not asked twice, and the one that was begun goes on where it was. A file that has changed is asked anew.</source>
   <translation>对许多栅格依次提出相同的问题：所选图层、文件夹中的所有栅格以及 STAC 条目集合的图像。每个栅格都整体搜索。一个镶嵌（VRT）算一个栅格。

所有栅格的框都放在一个图层中，source 列注明栅格。第二个表说明每个栅格是否已搜索、有多少框，以及无法搜索时的原因。

运行中断后，请用相同的参数重新开始：已完成的栅格不会再次询问，已开始的那个会从中断处继续。有改动的文件会重新询问。</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: its only or visual one)</source>
   <translation>STAC 条目的图像（留空：唯一的或“visual”图像）</translation>
  </message>
  <message>
   <source>Also a file of boxes beside each raster</source>
   <translation>同时在每个栅格旁写一个框文件</translation>
  </message>
  <message>
   <source>Ask also what was finished before</source>
   <translation>已完成的也重新询问</translation>
  </message>
  <message>
   <source>CRS of the boxes (empty: of the first raster)</source>
   <translation>框的坐标参照系（留空：第一个栅格的）</translation>
  </message>
  <message>
   <source>find,detect,object,query,folder,batch,mosaic,STAC,tiles,AI,box</source>
   <translation>查找,检测,目标,查询,文件夹,批量,镶嵌,STAC,瓦片,人工智能,框</translation>
  </message>
  <message>
   <source>Folder with rasters</source>
   <translation>栅格所在的文件夹</translation>
  </message>
  <message>
   <source>Also the folders in it</source>
   <translation>包括其中的子文件夹</translation>
  </message>
  <message>
   <source>STAC item collection (JSON)</source>
   <translation>STAC 条目集合 (JSON)</translation>
  </message>
  <message>
   <source>What became of each raster</source>
   <translation>每个栅格的结果</translation>
  </message>
  <message>
   <source>Rasters that could not be searched</source>
   <translation>无法搜索的栅格</translation>
  </message>
  <message>
   <source>Layers whose rasters are files. The model sees them as their style shows them.</source>
   <translation>其栅格为文件的图层。模型按图层样式的显示看到它们。</translation>
  </message>
  <message>
   <source>All rasters in it are searched. A mosaic (VRT) is left out where there are other rasters.</source>
   <translation>搜索其中的所有栅格。有其他栅格时，镶嵌（VRT）会被略过。</translation>
  </message>
  <message>
   <source>Off: only what lies in the folder itself is searched.</source>
   <translation>关：只搜索文件夹本身中的内容。</translation>
  </message>
  <message>
   <source>A JSON file with a STAC item, or a collection of items. Pictures on the network need NETWORK.</source>
   <translation>含一个 STAC 条目或条目集合的 JSON 文件。网络上的图像需要 NETWORK。</translation>
  </message>
  <message>
   <source>The key of an item's asset, such as “visual”.</source>
   <translation>条目中资源（asset）的键，例如“visual”。</translation>
  </message>
  <message>
   <source>Each raster gets its own boxes in a file beside it.</source>
   <translation>每个栅格的框写入其旁边的文件。</translation>
  </message>
  <message>
   <source>Off: rasters that were finished with the same questions and settings are not asked twice.</source>
   <translation>关：用相同的问题和设置完成的栅格不会再次询问。</translation>
  </message>
  <message>
   <source>The boxes of all rasters are brought into it. Empty: the CRS of the first raster with boxes.</source>
   <translation>所有栅格的框都转换到此坐标参照系。留空：第一个有框的栅格的坐标参照系。</translation>
  </message>
  <message>
   <source>The boxes of all rasters, with score (0 to 1), rank, label, reasoning, question and model. The column source says which raster each came from.</source>
   <translation>所有栅格的框，含 score（0 到 1）、rank、label、reasoning、问题和模型。source 列说明各自来自哪个栅格。</translation>
  </message>
  <message>
   <source>A table without geometry: of each raster whether it was searched, how many boxes it has, and if it could not be searched, why.</source>
   <translation>无几何的表：每个栅格是否已搜索、有多少框，以及无法搜索时的原因。</translation>
  </message>
  <message>
   <source>There is no raster to search: choose layers, a folder or a STAC item collection.</source>
   <translation>没有可搜索的栅格：请选择图层、文件夹或 STAC 条目集合。</translation>
  </message>
  <message>
   <source>Cancelled. Start it again with the same parameters, and it goes on.</source>
   <translation>已取消。用相同的参数重新开始，即可继续。</translation>
  </message>
  <message>
   <source>It was searched before, and is not asked again.</source>
   <translation>之前已搜索过，不再询问。</translation>
  </message>
  <message numerus="yes">
   <source>%n box(es) in {rasters} rasters; {failed} could not be searched.</source>
   <translation>
    <numerusform>{rasters} 个栅格中有 %n 个框；{failed} 个无法搜索。</numerusform>
   </translation>
  </message>
  <message>
   <source>It lies on the network, which was not allowed.</source>
   <translation>它位于网络上，而这未被允许。</translation>
  </message>
  <message>
   <source>Raster {number} of {total}: {name}</source>
   <translation>栅格 {number} / {total}：{name}</translation>
  </message>
  <message>
   <source>Nothing can be written to {path}. Choose another output.</source>
   <translation>无法写入 {path}。请选择其他输出。</translation>
  </message>
  <message>
   <source>{path} holds other layers ({layers}), which would be lost. Choose another output, or save to a GeoPackage, which adds a layer.</source>
   <translation>{path} 还包含其他图层（{layers}），会因此丢失。请选择其他输出，或保存到 GeoPackage（会新增一个图层）。</translation>
  </message>
  <message>
   <source>{path} is what is being read, and would be lost. Choose another output.</source>
   <translation>{path} 正在被读取，会因此丢失。请选择其他输出。</translation>
  </message>
  <message>
   <source>{path} is open in QGIS or in another program. Remove its layers from the project, or choose another output.</source>
   <translation>{path} 已在 QGIS 或其他程序中打开。请从工程中移除其图层，或选择其他输出。</translation>
  </message>
  <message>
   <source>{boxes} of {things} in {scenes}; {failed} could not be searched.</source>
   <translation>{scenes}中有 {things}，共 {boxes}；{failed} 景无法搜索。</translation>
  </message>
  <message>
   <source>Scan an archive</source>
   <translation>搜索影像存档</translation>
  </message>
  <message>
   <source>Finds what sentences describe in thousands of scenes, several at a time.</source>
   <translation>在成千上万景影像中找到句子所描述的内容，多景同时进行。</translation>
  </message>
  <message>
   <source>Asks the same questions of all scenes of an archive: a folder, a list, a mosaic (VRT), or a STAC catalogue or collection. Several processes work side by side, on this machine or on a cluster.

What was found comes as one layer. Its actions show one scene, one day or all; the temporal controller shows each box when its scene was taken. One thing that several scenes show has one number in the column thing, and is one feature in the layer found of the same file.

When the run is broken off, start it again with the same parameters and the same folder: no finished window is asked twice. A scene that can't be read does not stop the others.

The engine needs Ray for it, which is installed beside it once; the manual says how.</source>
   <translation>对存档中的所有影像提出相同的问题：文件夹、列表、镶嵌（VRT），或者 STAC 目录或集合。多个进程同时工作，在本机或集群上运行。

找到的内容放在一个图层中。图层的动作可显示一景、一天或全部；时态控制器在影像的拍摄时间显示每个框。多景影像都显示的同一物体在 thing 列中只有一个编号，并且在同一文件的 found 图层中是一个要素。

运行中断后，请用相同的参数和相同的文件夹重新开始：已完成的窗口不会再次询问。某景影像无法读取时，不会影响其他影像。

引擎为此需要 Ray，只需在引擎旁安装一次；安装方法见手册。</translation>
  </message>
  <message>
   <source>The scan has ended, and its results are not on this computer: the engine wrote them to {folder} on its own. Open {file} from there.</source>
   <translation>搜索已结束，结果不在这台电脑上：引擎将其写入了它所在电脑的 {folder}。请从那里打开 {file}。</translation>
  </message>
  <message numerus="yes">
   <source>%n thing(s)</source>
   <translation>
    <numerusform>%n 个物体</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n scene(s)</source>
   <translation>
    <numerusform>%n 景影像</numerusform>
   </translation>
  </message>
  <message>
   <source>find,detect,object,query,STAC,catalogue,folder,batch,big,Ray,AI,box</source>
   <translation>查找,检测,目标,查询,STAC,目录,文件夹,批量,海量,Ray,人工智能,框</translation>
  </message>
  <message>
   <source>Folder with scenes</source>
   <translation>影像所在的文件夹</translation>
  </message>
  <message>
   <source>Or a list, mosaic or catalogue, or its address</source>
   <translation>或列表、镶嵌或目录，或其地址</translation>
  </message>
  <message>
   <source>Only scenes that meet this</source>
   <translation>仅与此范围相交的影像</translation>
  </message>
  <message>
   <source>Only scenes taken from</source>
   <translation>仅此日期起拍摄的影像</translation>
  </message>
  <message>
   <source>Only scenes taken until</source>
   <translation>仅截至此日期拍摄的影像</translation>
  </message>
  <message>
   <source>Most cloud cover in percent</source>
   <translation>最大云量（百分比）</translation>
  </message>
  <message>
   <source>Picture of a STAC item (empty: the one that looks like it)</source>
   <translation>STAC 条目的图像（留空：看起来是图像的那个）</translation>
  </message>
  <message>
   <source>At most so many scenes</source>
   <translation>最多搜索的影像景数</translation>
  </message>
  <message>
   <source>Processes that search</source>
   <translation>搜索进程数</translation>
  </message>
  <message>
   <source>Cores of each</source>
   <translation>每个进程的核心数</translation>
  </message>
  <message>
   <source>Price of an hour of this hardware</source>
   <translation>此硬件每小时的价格</translation>
  </message>
  <message>
   <source>Load what was found</source>
   <translation>加载找到的内容</translation>
  </message>
  <message>
   <source>Folder of the results</source>
   <translation>结果文件夹</translation>
  </message>
  <message>
   <source>What each scene shows</source>
   <translation>每景影像显示的内容</translation>
  </message>
  <message>
   <source>Map and tables</source>
   <translation>地图和表格</translation>
  </message>
  <message>
   <source>Number of things, each counted once</source>
   <translation>物体的数量，每个只计一次</translation>
  </message>
  <message>
   <source>Scenes that could not be searched</source>
   <translation>无法搜索的影像</translation>
  </message>
  <message>
   <source>All rasters in it and below it are scenes.</source>
   <translation>其中及其子文件夹中的所有栅格都是影像。</translation>
  </message>
  <message>
   <source>A text or CSV file of rasters, a VRT, a STAC item collection or catalogue (JSON, or items as GeoParquet), or an address of one, which needs NETWORK. Give this or FOLDER.</source>
   <translation>列出栅格的文本或 CSV 文件、VRT、STAC 条目集合或目录（JSON，或 GeoParquet 格式的条目），或其地址（需要 NETWORK）。请填写此项或 FOLDER。</translation>
  </message>
  <message>
   <source>Scenes that lie elsewhere are left out. Empty: all of them.</source>
   <translation>位于别处的影像会被略过。留空：全部。</translation>
  </message>
  <message>
   <source>Scenes that were taken before this day are left out. Empty: all of them.</source>
   <translation>此日之前拍摄的影像会被略过。留空：全部。</translation>
  </message>
  <message>
   <source>Scenes that were taken after this day are left out. Empty: all of them.</source>
   <translation>此日之后拍摄的影像会被略过。留空：全部。</translation>
  </message>
  <message>
   <source>Scenes with more clouds are left out. Empty: all of them.</source>
   <translation>云量更大的影像会被略过。留空：全部。</translation>
  </message>
  <message>
   <source>To try it out on a few. Empty: all scenes.</source>
   <translation>用于先在少量影像上试用。留空：所有影像。</translation>
  </message>
  <message>
   <source>Each holds the model in memory. Empty: one for each GPU, or for each core where there is none.</source>
   <translation>每个进程都在内存中保存模型。留空：每块显卡一个；没有显卡时每个核心一个。</translation>
  </message>
  <message>
   <source>How many cores each of them computes on where there is no GPU.</source>
   <translation>没有显卡时，每个进程使用多少个核心计算。</translation>
  </message>
  <message>
   <source>In any currency; the messages then say what the rest will cost. Empty: nobody asks.</source>
   <translation>可用任何货币；消息中会说明剩余部分的费用。留空：不计算费用。</translation>
  </message>
  <message>
   <source>Off: the results are written and not added to the project.</source>
   <translation>关闭：结果会写入文件，但不添加到项目中。</translation>
  </message>
  <message>
   <source>A folder for this archive and these questions. One that holds a part of the same scan is gone on with. It gets found.gpkg, map.html, and tables of all scenes and boxes.</source>
   <translation>用于此存档和这些问题的文件夹。如果其中已有同一次搜索的一部分，则会继续。其中会写入 found.gpkg、map.html，以及所有影像和框的表格。</translation>
  </message>
  <message>
   <source>Say where the scenes are: choose a folder, or a list or catalogue; one of the two.</source>
   <translation>请说明影像的位置：选择文件夹，或者列表或目录；二者选一。</translation>
  </message>
  <message>
   <source>The results lie in {folder}, which is gone when QGIS ends. Choose a folder to keep them, and to go on when the scan is broken off.</source>
   <translation>结果位于 {folder}，QGIS 关闭后会消失。请选择一个文件夹以保留结果，并在搜索中断后继续。</translation>
  </message>
  <message>
   <source>Verify features</source>
   <translation>验证要素</translation>
  </message>
  <message>
   <source>Scores existing polygons by how well the raster shows what a sentence describes.</source>
   <translation>按栅格与一句话描述的符合程度，给已有的多边形打分。</translation>
  </message>
  <message>
   <source>Looks at the raster under each polygon and says, from 0 to 1, how well it shows what the sentence describes. Useful to check an older map against a newer image, or the output of another detector.

All polygons and attributes are kept; the columns rz_score, rz_query and rz_model are added. A polygon beside the raster or over missing data gets no score.</source>
   <translation>查看每个多边形下的栅格，用 0 到 1 表示它与句子描述的符合程度。可用于以较新的影像核对旧地图，或检查其他检测器的结果。

所有多边形和属性都会保留；增加 rz_score、rz_query 和 rz_model 三列。位于栅格之外或无数据处的多边形没有得分。</translation>
  </message>
  <message>
   <source>The polygons can't be written to {path} ({reason}). Free some disk space and try again.</source>
   <translation>多边形无法写入 {path}（{reason}）。请释放磁盘空间后重试。</translation>
  </message>
  <message>
   <source>The engine's answer names a polygon {id}, which was not handed over. Update the engine.</source>
   <translation>引擎的回答中有一个未提交的多边形 {id}。请更新引擎。</translation>
  </message>
  <message>
   <source>Context round a polygon</source>
   <translation>多边形周围的范围</translation>
  </message>
  <message>
   <source>score,check,quality,polygon,map update,AI</source>
   <translation>得分,检查,质量,多边形,地图更新,人工智能</translation>
  </message>
  <message>
   <source>Polygons</source>
   <translation>多边形</translation>
  </message>
  <message>
   <source>What the polygons should show</source>
   <translation>多边形应显示的内容</translation>
  </message>
  <message>
   <source>Scored polygons</source>
   <translation>已打分的多边形</translation>
  </message>
  <message>
   <source>The polygons to check, in any CRS. All of them and all their attributes are kept.</source>
   <translation>要检查的多边形，可用任何坐标参照系。全部多边形及其所有属性都会保留。</translation>
  </message>
  <message>
   <source>The image to look at, as its layer's style shows it.</source>
   <translation>要查看的影像，按其图层样式显示。</translation>
  </message>
  <message>
   <source>One sentence that is right for a good polygon, such as “a building”.</source>
   <translation>一句对正确的多边形成立的话，例如“一座建筑物”。</translation>
  </message>
  <message>
   <source>How much round a polygon is looked at as well, as a share of its longer side.</source>
   <translation>连同多边形周围多大范围一起看，以其较长边的比例表示。</translation>
  </message>
  <message>
   <source>The polygons with rz_score (0 to 1, empty where the raster has no data), rz_query and rz_model.</source>
   <translation>带有 rz_score（0 到 1，栅格无数据处为空）、rz_query 和 rz_model 的多边形。</translation>
  </message>
  <message>
   <source>The sentence is empty. Write what the polygons should show.</source>
   <translation>句子为空。请写明多边形应显示的内容。</translation>
  </message>
  <message numerus="yes">
   <source>%n polygon(s) scored, {without} over missing data.</source>
   <translation>
    <numerusform>%n 个多边形已打分，{without} 个位于无数据处。</numerusform>
   </translation>
  </message>
  <message>
   <source>QGIS's authentication database did not accept the token for {url}. Open Settings &gt; Options &gt; Authentication, set the master password, and try again.</source>
   <translation>QGIS 的认证数据库没有接受 {url} 的令牌。请打开 设置 &gt; 选项 &gt; 认证，设置主密码后重试。</translation>
  </message>
  <message>
   <source>Looking for a graphics driver…</source>
   <translation>正在查找显卡驱动…</translation>
  </message>
  <message>
   <source>No NVIDIA driver was found.</source>
   <translation>未找到 NVIDIA 驱动。</translation>
  </message>
  <message>
   <source>Processor (CPU)</source>
   <translation>处理器 (CPU)</translation>
  </message>
  <message>
   <source>NVIDIA GPU</source>
   <translation>NVIDIA 显卡 (GPU)</translation>
  </message>
  <message>
   <source>{need} needed on this disk while installing, {free} free.</source>
   <translation>安装时此磁盘需要 {need}，可用 {free}。</translation>
  </message>
  <message>
   <source>{need} are needed on this disk, and only {free} are free. Choose another folder below.</source>
   <translation>此磁盘需要 {need}，但仅有 {free} 可用。请在下方选择其他文件夹。</translation>
  </message>
  <message>
   <source>{name} with {memory}, driver for CUDA {major}.{minor}.</source>
   <translation>{name}，显存 {memory}，驱动支持 CUDA {major}.{minor}。</translation>
  </message>
  <message>
   <source>For this system only the CPU build can be installed from here; use an existing runtime.</source>
   <translation>在此系统上只能从这里安装 CPU 版本；请使用现有的运行环境。</translation>
  </message>
  <message>
   <source>The driver is too old for this build: update it first.</source>
   <translation>驱动对此版本来说太旧：请先更新驱动。</translation>
  </message>
  <message>
   <source>Works on every computer; large models are slow.</source>
   <translation>适用于所有电脑；大型模型会很慢。</translation>
  </message>
  <message>
   <source>Downloads about {size}.</source>
   <translation>下载约 {size}。</translation>
  </message>
  <message>
   <source>{path} is not a whole RemoteZero bundle: {reason}. Copy it again from where it was made.</source>
   <translation>{path} 不是完整的 RemoteZero 离线包：{reason}。请从制作处重新复制。</translation>
  </message>
  <message>
   <source>Engine {version} for {platform}, Python {python}, {accelerator}; {models}; {size}</source>
   <translation>引擎 {version}，适用于 {platform}，Python {python}，{accelerator}；{models}；{size}</translation>
  </message>
  <message>
   <source>{path} is made for {theirs}, and this computer is {ours}. Choose the bundle for {ours}.</source>
   <translation>{path} 适用于 {theirs}，而这台电脑是 {ours}。请选择适用于 {ours} 的离线包。</translation>
  </message>
  <message>
   <source>no models</source>
   <translation>没有模型</translation>
  </message>
  <message>
   <source>The bundle can't be unpacked into {folder} ({reason}). Choose another data folder.</source>
   <translation>离线包无法解压到 {folder}（{reason}）。请选择其他数据文件夹。</translation>
  </message>
  <message>
   <source>format {number} is not known here</source>
   <translation>此处不支持格式 {number}</translation>
  </message>
  <message>
   <source>it holds the file name {name}</source>
   <translation>其中有文件名 {name}</translation>
  </message>
  <message>
   <source>Checking and unpacking the bundle</source>
   <translation>正在检查并解压离线包</translation>
  </message>
  <message>
   <source>{name} is not what it was</source>
   <translation>{name} 已被改动</translation>
  </message>
  <message>
   <source>The program {program} can't be started: {reason}. Choose an existing runtime or another folder.</source>
   <translation>无法启动程序 {program}：{reason}。请选择现有的运行环境或其他文件夹。</translation>
  </message>
  <message>
   <source>Engine {version} {build}, run by {python}</source>
   <translation>引擎 {version} {build}，由 {python} 运行</translation>
  </message>
  <message>
   <source>The part that searches is installed once, on this computer. Nothing inside QGIS is changed, no administrator rights are needed, and your imagery never leaves the machine.</source>
   <translation>负责搜索的部分只需在此计算机上安装一次。QGIS 内部不会改变，无需管理员权限，您的影像绝不会离开本机。</translation>
  </message>
  <message>
   <source>Something to search in:</source>
   <translation>用于搜索的影像：</translation>
  </message>
  <message>
   <source>More</source>
   <translation>更多</translation>
  </message>
  <message>
   <source>Data folder of RemoteZero</source>
   <translation>RemoteZero 的数据文件夹</translation>
  </message>
  <message>
   <source>as pip is configured</source>
   <translation>按 pip 的配置</translation>
  </message>
  <message>
   <source>Off: a raster that leads to a server is refused, and that server is not asked. On: the engine reads it from there. Map services that QGIS draws are not meant: they are rendered by QGIS.</source>
   <translation>关闭：指向服务器的栅格会被拒绝，不会访问该服务器。开启：引擎从该处读取。这不涉及由 QGIS 绘制的地图服务：它们由 QGIS 渲染。</translation>
  </message>
  <message>
   <source>Import an offline bundle…</source>
   <translation>导入离线包…</translation>
  </message>
  <message>
   <source>Use an existing runtime…</source>
   <translation>使用现有的运行环境…</translation>
  </message>
  <message>
   <source>Copy a report for support</source>
   <translation>复制支持报告</translation>
  </message>
  <message>
   <source>Remove the engine</source>
   <translation>移除引擎</translation>
  </message>
  <message>
   <source>Set up RemoteZero</source>
   <translation>设置 RemoteZero</translation>
  </message>
  <message>
   <source>RemoteZero is ready</source>
   <translation>RemoteZero 已就绪</translation>
  </message>
  <message>
   <source>for the processor</source>
   <translation>处理器版</translation>
  </message>
  <message>
   <source>for the NVIDIA GPU</source>
   <translation>NVIDIA 显卡版</translation>
  </message>
  <message>
   <source>Data folder (environment, models, adapters, results):</source>
   <translation>数据文件夹（环境、模型、适配器、结果）：</translation>
  </message>
  <message>
   <source>Further package index</source>
   <translation>其他软件包索引</translation>
  </message>
  <message>
   <source>The engine needs Python {versions} that can make environments; found: {found}. Install it (on Debian and Ubuntu: python3-venv), or choose an existing runtime.</source>
   <translation>引擎需要能创建环境的 Python {versions}；找到的版本：{found}。请安装（Debian 和 Ubuntu：python3-venv），或选择现有的运行环境。</translation>
  </message>
  <message>
   <source>Installing packages</source>
   <translation>正在安装软件包</translation>
  </message>
  <message>
   <source>Installing the engine</source>
   <translation>正在安装引擎</translation>
  </message>
  <message>
   <source>Starting it for the first time</source>
   <translation>首次启动</translation>
  </message>
  <message>
   <source>Looking at disk and Python</source>
   <translation>正在检查磁盘和 Python</translation>
  </message>
  <message>
   <source>Installed</source>
   <translation>已安装</translation>
  </message>
  <message>
   <source>Fetching uv</source>
   <translation>正在获取 uv</translation>
  </message>
  <message>
   <source>Making the environment</source>
   <translation>正在创建环境</translation>
  </message>
  <message>
   <source>Making an environment with {tool}</source>
   <translation>正在用 {tool} 创建环境</translation>
  </message>
  <message>
   <source>Another QGIS window is installing into this folder. Wait until it has finished, then try again.</source>
   <translation>另一个 QGIS 窗口正在向此文件夹安装。请等它完成后重试。</translation>
  </message>
  <message>
   <source>PyTorch {version} does not see the GPU: the driver may be too old. The CPU is used.</source>
   <translation>PyTorch {version} 检测不到显卡：驱动可能太旧。将使用 CPU。</translation>
  </message>
  <message>
   <source>not installed</source>
   <translation>未安装</translation>
  </message>
  <message>
   <source>default</source>
   <translation>默认</translation>
  </message>
  <message>
   <source>used where it is</source>
   <translation>在原位置使用</translation>
  </message>
  <message>
   <source>installed</source>
   <translation>已安装</translation>
  </message>
  <message>
   <source>its disk is not there</source>
   <translation>其磁盘不在</translation>
  </message>
  <message>
   <source>{share} % has come</source>
   <translation>已获取 {share} %</translation>
  </message>
  <message>
   <source>{name}: outlines</source>
   <translation>{name}：轮廓</translation>
  </message>
  <message>
   <source>{licence} (no commercial use)</source>
   <translation>{licence}（禁止商用）</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} / {total}</translation>
  </message>
  <message>
   <source>or another one: owner/repository, owner/repository@revision</source>
   <translation>或其他：所有者/仓库，所有者/仓库@版本</translation>
  </message>
  <message>
   <source>Repository of a model</source>
   <translation>模型仓库</translation>
  </message>
  <message>
   <source>access token, for models that ask for one; it is not stored</source>
   <translation>访问令牌，用于需要令牌的模型；不会保存</translation>
  </message>
  <message>
   <source>Access token</source>
   <translation>访问令牌</translation>
  </message>
  <message>
   <source>Get</source>
   <translation>获取</translation>
  </message>
  <message>
   <source>Add a folder…</source>
   <translation>添加文件夹…</translation>
  </message>
  <message>
   <source>and leave it where it is</source>
   <translation>并保留在原位置</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>移除</translation>
  </message>
  <message>
   <source>Remove {name}? What was learned with it stays, and counts again once it is back.</source>
   <translation>移除 {name}？用它学到的内容会保留，待其恢复后重新有效。</translation>
  </message>
  <message>
   <source>The small model that comes with the engine is always there; larger ones see more. Models are checked file by file. Memory is an estimate for a GPU.</source>
   <translation>引擎自带的小模型始终可用；更大的模型能看到更多。模型逐个文件校验。内存为 GPU 的估计值。</translation>
  </message>
  <message>
   <source>Folder of a model</source>
   <translation>模型文件夹</translation>
  </message>
  <message>
   <source>Install the engine first: it lists, gets and checks the models.</source>
   <translation>请先安装引擎：由它列出、获取并校验模型。</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>移除它</translation>
  </message>
  <message>
   <source>State</source>
   <translation>状态</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>许可证</translation>
  </message>
  <message>
   <source>Memory to find</source>
   <translation>搜索所需内存</translation>
  </message>
  <message>
   <source>to learn</source>
   <translation>学习所需</translation>
  </message>
  <message>
   <source>{name} was removed.</source>
   <translation>{name} 已移除。</translation>
  </message>
  <message>
   <source>Adding {name}</source>
   <translation>正在添加 {name}</translation>
  </message>
  <message>
   <source>I accept this licence</source>
   <translation>我接受此许可</translation>
  </message>
  <message>
   <source>Cancelled. What has come so far is kept, and Get goes on with it.</source>
   <translation>已取消。已获取的部分会保留，“获取”将从此处继续。</translation>
  </message>
  <message>
   <source>Getting {name}</source>
   <translation>正在获取 {name}</translation>
  </message>
  <message>
   <source>Its folder stays: {folder}</source>
   <translation>其文件夹保留：{folder}</translation>
  </message>
  <message>
   <source>{name} can be chosen in the panel now.</source>
   <translation>现在可以在面板中选择 {name}。</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>引擎</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>模型</translation>
  </message>
  <message>
   <source>Another computer</source>
   <translation>其他电脑</translation>
  </message>
  <message>
   <source>{need} are needed in {folder}, and {free} are free. Free some space, or choose another disk.</source>
   <translation>{folder} 需要 {need}，可用 {free}。请释放空间，或选择其他磁盘。</translation>
  </message>
  <message>
   <source>A part of the plugin is missing or damaged. Install the plugin again from its zip file.</source>
   <translation>插件的一部分缺失或损坏。请从其 zip 文件重新安装。</translation>
  </message>
  <message>
   <source>The data folder {folder} can't be written to ({reason}). Choose another one.</source>
   <translation>无法写入数据文件夹 {folder}（{reason}）。请选择其他文件夹。</translation>
  </message>
  <message>
   <source>{step} failed: {reason}. Copy the report and send it with your question.</source>
   <translation>{step} 失败：{reason}。请复制报告并随您的问题一起发送。</translation>
  </message>
  <message>
   <source>The disk is full. Free some space, or choose a data folder on another disk.</source>
   <translation>磁盘已满。请释放空间，或选择其他磁盘上的数据文件夹。</translation>
  </message>
  <message>
   <source>A downloaded file is not the one this version was tested with, so it was thrown away. Try again; if it happens again, a proxy or a package mirror changes files on the way.</source>
   <translation>下载的文件与此版本测试时的不同，已丢弃。请重试；如果再次发生，说明代理或软件包镜像在途中改动了文件。</translation>
  </message>
  <message>
   <source>The proxy wants a user name and password. Enter them in QGIS's network options.</source>
   <translation>代理要求用户名和密码。请在 QGIS 的网络选项中输入。</translation>
  </message>
  <message>
   <source>The server's certificate is not trusted. If your organisation inspects traffic, add its certificate to the system's store. Certificate checks are never switched off.</source>
   <translation>服务器的证书不受信任。如果您的单位会检查网络流量，请将其证书加入系统的证书库。证书检查绝不会被关闭。</translation>
  </message>
  <message>
   <source>The proxy can't be reached. Check it in QGIS's network options.</source>
   <translation>无法连接代理。请在 QGIS 的网络选项中检查。</translation>
  </message>
  <message>
   <source>This computer has no connection to the internet. Connect it and try again, or bring an offline bundle that was made on another computer, and import it here.</source>
   <translation>此计算机没有互联网连接。请连接后重试，或带来在其他计算机上制作的离线包并在此导入。</translation>
  </message>
  <message>
   <source>The download took too long. Try again: what is already there is kept.</source>
   <translation>下载时间过长。请重试：已下载的部分会保留。</translation>
  </message>
  <message>
   <source>The connection was broken off. Try again: what is already there is kept.</source>
   <translation>连接中断。请重试：已下载的部分会保留。</translation>
  </message>
  <message>
   <source>The small download is not offered where this computer gets its packages. The large one, made for NVIDIA graphics cards, works without such a card as well; or import an offline bundle.</source>
   <translation>此计算机获取软件包的来源不提供小型下载。为 NVIDIA 显卡制作的大型下载在没有此类显卡时也可使用；或导入离线包。</translation>
  </message>
  <message>
   <source>A package has no build for this system and Python. Choose an existing runtime with Python 3.11.</source>
   <translation>有软件包没有适用于此系统和 Python 的版本。请选择带 Python 3.11 的现有运行环境。</translation>
  </message>
  <message>
   <source>The Python that was found can't make environments. On Debian and Ubuntu install python3-venv; elsewhere choose an existing runtime.</source>
   <translation>找到的 Python 无法创建环境。Debian 和 Ubuntu 请安装 python3-venv；其他系统请选择现有的运行环境。</translation>
  </message>
  <message>
   <source>The path of the data folder is too long for Windows. Choose a shorter one.</source>
   <translation>数据文件夹的路径对 Windows 来说太长。请选择更短的路径。</translation>
  </message>
  <message>
   <source>A file is in use. Close other QGIS windows and stop the engine, then try again.</source>
   <translation>有文件正在使用。请关闭其他 QGIS 窗口并停止引擎后重试。</translation>
  </message>
  <message>
   <source>The data folder can't be written to. Choose another one.</source>
   <translation>无法写入数据文件夹。请选择其他文件夹。</translation>
  </message>
  <message>
   <source>The computer ran out of memory. Close other programs and try again.</source>
   <translation>电脑内存不足。请关闭其他程序后重试。</translation>
  </message>
  <message>
   <source>The installed packages don't start on this system. Choose an existing runtime.</source>
   <translation>已安装的软件包无法在此系统上启动。请选择现有的运行环境。</translation>
  </message>
  <message>
   <source>The installation was cancelled. Nothing was changed.</source>
   <translation>安装已取消。没有做任何更改。</translation>
  </message>
  <message>
   <source>no output</source>
   <translation>没有输出</translation>
  </message>
  <message>
   <source>Show details</source>
   <translation>显示详情</translation>
  </message>
  <message>
   <source>Log of the installation</source>
   <translation>安装日志</translation>
  </message>
  <message>
   <source>Cancelling…</source>
   <translation>正在取消…</translation>
  </message>
  <message>
   <source>Hide details</source>
   <translation>隐藏详情</translation>
  </message>
  <message>
   <source>One computer with a GPU can serve the whole building. Rasters must lie where both computers find them under the same path.</source>
   <translation>一台带显卡的电脑可以为整栋楼服务。栅格必须位于两台电脑都能以相同路径找到的地方。</translation>
  </message>
  <message>
   <source>Connected: engine {version} on {device}.</source>
   <translation>已连接：引擎 {version}，运行于 {device}。</translation>
  </message>
  <message>
   <source>Connect</source>
   <translation>连接</translation>
  </message>
  <message>
   <source>Use this computer</source>
   <translation>使用此计算机</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>令牌</translation>
  </message>
  <message>
   <source>The engine on this computer is used from now on.</source>
   <translation>从现在起使用这台电脑上的引擎。</translation>
  </message>
  <message>
   <source>Connected. The address is not https, so the token and the answers travel in the clear.</source>
   <translation>已连接。该地址不是 https，令牌和回答将以明文传输。</translation>
  </message>
  <message>
   <source>stored</source>
   <translation>已保存</translation>
  </message>
  <message>
   <source>{python} has the packages but not the engine. Install remotezero-engine into it first.</source>
   <translation>{python} 有所需的软件包，但没有引擎。请先在其中安装 remotezero-engine。</translation>
  </message>
  <message>
   <source>{python} does not have what the engine needs: {reason}. Choose another Python.</source>
   <translation>{python} 缺少引擎所需的内容：{reason}。请选择其他 Python。</translation>
  </message>
  <message>
   <source>Removing the engine</source>
   <translation>正在移除引擎</translation>
  </message>
  <message>
   <source>Something unexpected happened ({reason}). Copy the report and send it with your question.</source>
   <translation>发生意外情况（{reason}）。请复制报告并随您的问题一起发送。</translation>
  </message>
  <message>
   <source>no answer</source>
   <translation>没有回答</translation>
  </message>
  <message>
   <source>The engine is installed.</source>
   <translation>引擎已安装。</translation>
  </message>
  <message>
   <source>The existing runtime is used from now on.</source>
   <translation>从现在起使用现有的运行环境。</translation>
  </message>
  <message>
   <source>The engine was removed. Models, adapters and results are still there.</source>
   <translation>引擎已移除。模型、适配器和结果仍然保留。</translation>
  </message>
  <message>
   <source>The engine is installed from the bundle. New models: {models}.</source>
   <translation>已从离线包安装引擎。新模型：{models}。</translation>
  </message>
  <message>
   <source>Installing the RemoteZero engine</source>
   <translation>正在安装 RemoteZero 引擎</translation>
  </message>
  <message>
   <source>Install ({size})</source>
   <translation>安装（{size}）</translation>
  </message>
  <message>
   <source>Install again ({size})</source>
   <translation>重新安装（{size}）</translation>
  </message>
  <message>
   <source>The report is on the clipboard. Look through it before you send it.</source>
   <translation>报告已在剪贴板中。发送前请先浏览一遍。</translation>
  </message>
  <message>
   <source>Offline bundle</source>
   <translation>离线包</translation>
  </message>
  <message>
   <source>Importing the RemoteZero bundle</source>
   <translation>正在导入 RemoteZero 离线包</translation>
  </message>
  <message>
   <source>Python of the existing runtime</source>
   <translation>现有运行环境的 Python</translation>
  </message>
  <message>
   <source>Choose another folder…</source>
   <translation>选择其他文件夹…</translation>
  </message>
  <message>
   <source>Open the network options</source>
   <translation>打开网络选项</translation>
  </message>
  <message>
   <source>Copy the report</source>
   <translation>复制报告</translation>
  </message>
  <message>
   <source>RemoteZero bundles</source>
   <translation>RemoteZero 离线包</translation>
  </message>
  <message>
   <source>Looking at {path}</source>
   <translation>正在查看 {path}</translation>
  </message>
  <message>
   <source>Take the large one ({size})</source>
   <translation>使用大型下载（{size}）</translation>
  </message>
  <message>
   <source>From {bundle}, without a network.</source>
   <translation>来自 {bundle}，无需网络。</translation>
  </message>
 </context>
</TS>
