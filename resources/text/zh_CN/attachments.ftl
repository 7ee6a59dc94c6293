# 附件（照片、扫描件）的保存与读取

attachment-missing = 这份附件不在本机：可能还没有收到，也可能文件已丢失。请先同步一次；仍看不到时，请向上传的同事要原件重新添加。
attachment-damaged = 这份附件的文件已损坏，内容与保存时不一致，没有打开。请先同步一次取回完好的一份；取不回时，请用原件重新添加。
attachment-newer = 这份附件由更新版本的程序保存，本机打不开。请先升级程序再查看。
attachment-disk-nearly-full = 磁盘空间不足（剩余 { $free_mb } MB，须为记录保留 { $kept_mb } MB），附件没有保存，文字记录不受影响。请清理磁盘后再添加附件。
attachment-too-many-orphans = 将要清理 { $count } 个无人引用的附件，占全部 { $total } 个的比例过大，已停止，没有删除任何文件。请先检查数据库，确认无误后再清理。

# 添加照片、扫描件时的拒绝原因

intake-refused = 文件“{ $file_name }”没有添加。请换一个文件再试。
intake-empty = 文件“{ $file_name }”是空的，没有添加。请确认已从相机或手机完整拷贝后再试。
intake-unreadable = 文件“{ $file_name }”读不出来，没有添加：可能已被移走、正在拷贝，或没有权限。请确认文件还在、拷贝已完成后再试。
intake-too-large = 文件“{ $file_name }”有 { $size_mb } MB，超过 { $limit_mb } MB，没有添加。请压缩或降低分辨率后再试。
intake-not-an-image = 文件“{ $file_name }”不是照片、扫描件或 PDF，没有添加。可以添加 JPG、PNG、WebP、BMP、TIFF 和 PDF，请另存为其中一种再试。
intake-too-many-pixels = 图片“{ $file_name }”的像素过多（上限 { $limit } 万像素），没有添加。请把相机或扫描仪的分辨率调低后重新拍摄、扫描。
intake-several-pictures = 文件“{ $file_name }”含有多页或多幅画面，没有添加，以免漏掉后面的内容。多页扫描件请另存为 PDF，动图请另存为普通图片。
intake-damaged = 文件“{ $file_name }”已损坏或不完整，没有添加。请从相机或手机重新拷贝，或重新拍摄、扫描。
intake-pdf-encrypted = PDF“{ $file_name }”设有密码或权限限制，没有添加。请取消密码后另存，或打印成新的 PDF 再添加。
intake-pdf-too-many-pages = PDF“{ $file_name }”有 { $pages } 页，超过 { $limit } 页，没有添加。请拆分成几个文件再添加。
intake-pdf-active = PDF“{ $file_name }”带有脚本、动态表单或会启动其他程序的动作，为安全起见没有添加。请打印成新的 PDF，或截图后添加。
intake-too-complicated = 文件“{ $file_name }”内容过于复杂，本机处理不了，没有添加。请降低分辨率或另存后再试。
intake-timeout = 处理文件“{ $file_name }”用时过长，已停止，文件没有添加。请降低分辨率或另存后再试。
intake-interrupted = 处理文件“{ $file_name }”时中断，文件没有添加，其他资料不受影响。请再试一次；仍不行时，请另存或重新拍摄后再添加。
