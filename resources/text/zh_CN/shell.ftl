### The window around every page: search, messages, tables, common controls.

shell-window-title = 方山用工服务台
shell-search-placeholder = 搜索企业、处方、整改（拼音首字母）
shell-search-nothing = 没有找到。可以试试拼音首字母、企业名称中的几个字，或信用代码后几位。
shell-back = 返回上一页
shell-close-message = 关闭这条提示
shell-cancel = 取消
shell-cancelled = “{ $job }”已取消，已经保存的内容不受影响。
shell-try-again = 再试一次
shell-working = 正在进行：{ $job }
shell-working-progress = { $job } { $done }/{ $total } { $note }

shell-crash-title = 程序出现意外
shell-crash-sentence = 刚才这一步没有完成，之前已保存的内容都在。
shell-crash-next = 可以继续工作。下面是给技术人员看的报告，不含企业和个人信息；请复制后交给县里的技术支持。
shell-crash-copy = 复制报告
shell-crash-continue = 继续工作

shell-table-columns = 显示哪些列
shell-table-copy = 复制所选行

shell-calendar = 打开日历
shell-date-placeholder = 如 2026-8-1
shell-money-placeholder = 元
shell-unit-yuan = 元
shell-unit-ten-thousand = 万
shell-unit-ten-thousand-yuan = 万元

shell-preview-fit-page = 整页
shell-preview-fit-width = 页宽
shell-preview-actual = 100%
shell-preview-previous = 上一页
shell-preview-next = 下一页
shell-preview-page-of = 第 { $page } 页，共 { $pages } 页

shell-sign-here = 请在此处签名
shell-signature = 签名区
shell-photo-add = 添加照片
shell-photo-open = 查看
shell-photo-remove = 移除
