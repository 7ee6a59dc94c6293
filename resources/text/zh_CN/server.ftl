# What the county server says: to the administrator at its console and, through the laptops, to officers.
failure-store-unavailable = 服务器的数据库暂时不可用，没有作任何改动。请稍后重试；若一直如此，请检查磁盘空间和数据库服务。
server-file-unreadable = 打不开服务器数据文件 { $file }：文件已损坏，或旁边的密钥文件不是它的。文件未被改动，请用备份恢复。
server-database-address = 数据库地址不对：{ $given }。应为 postgresql://用户@主机/库名。
server-database-forgetful = 数据库设置了 synchronous_commit=off，断电会丢失已确认的变更，服务器没有启动。请改为 on 后重试。
server-database-rights-missing = 数据库账号没有建表或使用程序角色的权限，服务器没有启动。请让数据库管理员先用有建库权限的账号运行一次。
server-store-newer = 数据库由更新版本的程序改过（第 { $version } 版），没有作任何改动。请升级服务器程序。
