# What commands, the first start, audit and check say.
workspace-empty = 文件夹 { $folder } 里还没有工作区。请先运行 init，或打开程序按提示新建。
workspace-started = 文件夹 { $folder } 里已有工作区，没有作任何改动。请另选文件夹。
workspace-passphrase-short = 口令至少要 { $least } 个字符。建议用几个容易记住的词连在一起。
workspace-name-missing = 请填写姓名。
workspace-role-of-other-body = 岗位“{ $role }”不是单位“{ $body }”的岗位，没有新建工作区。请改正后重试。
command-malformed-line = 第 { $line } 行不是一个 JSON 对象，全部没有写入。请改正后重试。
command-malformed-condition = 条件“{ $given }”格式不对，应为 字段=值。
command-refused-line = 第 { $line } 行没有通过检查，全部没有写入。{ $reason }
command-still-needed = 还有 { $count } 条 { $entity } 记录要用到它，不能删除。请先处理那些记录。
command-file-missing = 找不到 { $file }。请核对路径后重试。
command-not-utf8 = 给出的内容不是 UTF-8 编码的文字，没有作任何改动。请另存为 UTF-8 后重试。
command-no-display = 这里没有可用的屏幕，窗口打不开。可以改用命令，或运行 tour --out 文件夹 查看界面截图。
command-exported = 已导出 { $rows } 行到 { $file }。
command-passphrase-missing = 新建工作区要有口令：请用 --passphrase-file 指定文件，或设置环境变量 FANGSHAN_DESK_PASSPHRASE；只想试用请加 --sample。
command-sample-ready = 虚构县已建好：{ $folder }（企业 { $enterprises } 户、走访 { $visits } 次、文书 { $letters } 份、整改事项 { $items } 项）。其中人名、单位均为虚构。
command-workspace-ready = 工作区已建好：{ $folder }。请记牢口令，忘记后只能由县里的恢复密钥找回。
command-risk-needs-case = 请给出企业编号，或用 --input 指定案例文件。
command-risk-unreadable = 文件 { $file } 读不出案例：应为 JSON 或 YAML 的一个案例或案例列表。
command-letter-needs-out = 请用 --out 指定要写入的 PDF 文件。
command-letter-needs-subject = 请给出要核验的文件（PDF 或照片），或二维码里的文字。
command-letter-written = 已写入 { $file }。
command-backup-written = 备份已写入并验证：{ $file }。
command-restored = 已恢复到 { $folder }，数据文件验证无误。

audit-sound = 设备 { $device }：{ $count } 个变更集的签名、次序和内容全部无误。
audit-broken = 设备 { $device }：第 { $sequence } 个变更集{ $reason }。此前的记录无误，请保留文件并联系县里核查。
audit-cut = 设备 { $device }：从第 { $sequence } 个变更集起缺失，与本机记录的末尾不符。
audit-missing = 缺失
audit-reordered = 次序或设备不符
audit-broken-link = 与前一个变更集接不上
audit-clock = 时钟倒退
audit-signature = 签名不符
audit-content = 内容被改动
audit-unreadable = 无法读取

check-structure-sound = 数据库结构：完好
check-structure-broken = 数据库结构：损坏（{ $detail }），请用备份恢复到新文件夹
check-pages-sound = 数据页校验：完好
check-pages-broken = 数据页校验：损坏（{ $detail }），请用备份恢复到新文件夹
check-triggers-sound = 变更记录触发器：齐全
check-triggers-broken = 变更记录触发器：被改动，重新打开程序会自动补齐
check-search-sound = 检索索引：完好
check-search-broken = 检索索引：损坏（{ $detail }），可在设置中重建
check-attachments-sound = 附件：{ $count } 个文件全部完好
check-attachments-broken = 附件：{ $count } 个文件中缺 { $missing } 个，损坏 { $damaged } 个
