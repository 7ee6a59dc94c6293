# Refusals of the local file and of single fields.
error-unnamed = 操作未完成。请重试；仍不行时请导出诊断信息。
error-record-not-found = 没有找到这条记录，可能已被合并或不在您的权限范围内。请返回列表重新查找。
error-invalid-field =
    { $entity } 的“{ $field }”{ $rule ->
        [required] 不能为空
        [type] 类型或写法不对
        [long] 太长
        [small] 小于允许的最小值
        [large] 大于允许的最大值
        [character] 含有不能保存的字符
        [unknown] 没有这一栏
        [append_only] 只能添加，不能修改或删除
        [reference] 所指的记录不存在
       *[other] 填写有误（{ $rule }）
    }。请改正后重试。
error-unknown-entity = 没有名为“{ $name }”的数据表。可用的有：{ $known }。
error-database-damaged = 数据文件 { $path } 已损坏。文件原样保留，请用最近的备份恢复到新文件，并导出诊断信息。
error-database-missing = 工作区中应有数据文件 { $path }，但没有找到。请检查磁盘，或用备份恢复；程序不会自动新建空库。
error-old-sqlite = 数据库组件版本过旧（{ $found }），存在损坏数据的已知缺陷，程序不能启动。请重新安装本程序。
error-file-from-newer-program = 数据文件由更新版本的程序写过（{ $step }）。请先升级本机程序；数据未作任何改动。
error-file-lost-its-tail = 数据文件缺少最后保存的内容：应到第 { $saved } 号变更，文件中只有第 { $found } 号。请勿继续录入，先用备份恢复，或由县服务器补齐。
error-backup-damaged = 备份文件 { $path } 不完整或已损坏，没有恢复任何内容。请换一份备份再试。
error-restore-target-exists = 文件夹 { $folder } 中已有内容。恢复只写入新的空文件夹，请另选位置。
error-backup-cancelled = 备份已取消，没有留下文件。
