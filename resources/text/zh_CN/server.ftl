# What the county server says: to the administrator at its console and, through the laptops, to officers.
failure-store-unavailable = 服务器的数据库暂时不可用，没有作任何改动。请稍后重试；若一直如此，请检查磁盘空间和数据库服务。
server-file-unreadable = 打不开服务器数据文件 { $file }：文件已损坏，或旁边的密钥文件不是它的。文件未被改动，请用备份恢复。
server-database-address = 数据库地址不对：{ $given }。应为 postgresql://用户@主机/库名。
server-database-forgetful = 数据库设置了 synchronous_commit=off，断电会丢失已确认的变更，服务器没有启动。请改为 on 后重试。
server-database-rights-missing = 数据库账号没有建表或使用程序角色的权限，服务器没有启动。请让数据库管理员先用有建库权限的账号运行一次。
server-store-newer = 数据库由更新版本的程序改过（第 { $version } 版），没有作任何改动。请升级服务器程序。
server-key-missing = 文件夹 { $folder } 里有数据文件，但缺少密钥文件 county.key，服务器没有启动。请从备份找回密钥文件；没有它数据打不开，也不会另建新密钥。
server-key-damaged = 密钥文件 { $file } 无法读取，没有作任何改动。请从备份恢复该文件。
server-other-key = 这个数据库属于另一台服务器的密钥，服务器没有启动。请把原服务器的 county.key 复制到 { $folder }，或核对数据库地址。
server-device-unknown = 没有编号为 { $given } 的设备，或有多台设备以此开头。请用 server devices 查看。

# One for each code of server/problems.py.
server-problem-not-signed = 请求没有设备签名，服务器没有处理。请先登记这台笔记本。
server-problem-signature = 设备签名不符，服务器没有处理。请重试；若一直如此，请联系县里核查这台笔记本。
server-problem-challenge = 会话已过期，程序会自动重新连接。
server-problem-device-unknown = 服务器不认识这台笔记本。请向县里要登记码，用 enrol 登记后再同步；本机数据不受影响。
server-problem-device-revoked = 这台笔记本已被县里停用，不能再同步。本机数据不受影响，请联系县里。
server-problem-device-known = 这台笔记本已用另一把密钥登记过，或已被停用。请联系县里。
server-problem-code-unknown = 登记码不对。请核对后重新输入。
server-problem-code-used = 这个登记码已被别的笔记本用过。请向县里要新的登记码。
server-problem-code-expired = 登记码已过期。请向县里要新的登记码。
server-problem-malformed = 请求的格式不对，服务器没有处理。请升级程序后重试。
server-problem-bundle = 变更包不完整或已损坏，服务器没有处理。请重试。
server-problem-fork = 同一编号的变更与服务器上的不同，服务器保留了原来的一份并已报警。请联系县里核查，本机数据不受影响。
server-problem-refused = 送来的变更都没有通过检查，已放入隔离区，县里和本机都能看到原因。
server-problem-too-large = 一次送来的内容太大，服务器没有处理。程序会分批重送。
server-problem-too-slow = 网络太慢，内容没有按时送到。请稍后重试，会从断点继续。
server-problem-too-much = 这台笔记本今天送来的内容超过了上限。请明天再试，或联系县里。
server-problem-blob-unknown = 服务器上没有这个附件，或无权查看。
server-problem-blob-damaged = 附件内容与名称不符，服务器没有收下。程序会重新上传。
server-problem-not-found = 没有这个地址。请核对服务器地址。
server-problem-method = 这个地址不支持这种请求。请升级程序后重试。
server-problem-unavailable = 服务器的数据库暂时不可用。请稍后重试，未送达的变更仍在本机。
server-problem-internal = 服务器出错，已记录。请稍后重试，未送达的变更仍在本机。

# One for each reason in docs/changeset-format.md that an entry may be refused or held for.
server-entry-gap = 缺少它之前的变更，补齐后会自动收下。
server-entry-withheld = 这一份有隐去的内容，要等作者的笔记本送来完整的一份。
server-entry-unknown-device = 作者的笔记本没有在县里登记。
server-entry-unreadable = 内容无法读取。
server-entry-signature = 签名不符。
server-entry-content = 内容被改动，与签名不符。
server-entry-revoked = 作者的笔记本已被停用。
server-entry-fork = 同一编号另有一份不同的变更，或与前一份接不上。
server-entry-clock = 变更的时钟没有前进。
server-entry-leaf = 其中一项无法读取，其余的已收下。
server-entry-parts = 同一次保存的几部分不连贯，这一部分没有采用。
server-entry-rights = 超出作者的权限，已收下但暂不采用，等县里决定。
