# 导出表格

export-format-unknown = 文件“{ $file_name }”的扩展名不对，没有导出。请把文件名改成以 .xlsx 或 .csv 结尾再试。
export-cancelled = 已停止导出，没有生成文件；原有的同名文件没有改动。
export-target-busy = 文件“{ $file_name }”写不进去，没有导出：可能正在 Excel 或 WPS 中打开，或没有写入权限。请关闭该文件或换一个文件夹再试。
export-too-long = 数据超过 { $limit } 行，一张工作表放不下，没有导出。请缩小范围后再试，或导出为 .csv。
