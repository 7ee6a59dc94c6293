### 与电脑、密钥、磁盘、设置有关的话；每句说清出了什么事、下一步做什么。

failure-unnamed = 电脑出了问题，这一步没有完成。请重试；仍不行，请导出诊断信息交管理员。

## 口令和密钥文件

failure-wrong-passphrase = 口令不对。请检查大小写和输入法后再输一次；确实忘了，请用县里的恢复密钥找回。
failure-empty-passphrase = 口令不能为空。请输入口令。
failure-key-file-missing = 工作目录里没有密钥文件（{ $path }），数据打不开，但没有被改动。请检查工作目录是否选对；选对了，请从备份恢复。
failure-key-file-damaged = 密钥文件已损坏（{ $path }），数据没有被改动。请从备份恢复密钥文件；不要删除工作目录里的任何文件。
failure-key-file-exists = 这个工作目录里已有密钥文件（{ $path }），不会覆盖。请打开已有数据，或另选一个空目录。
failure-key-file-newer = 密钥文件由更新版本的程序写成（格式 { $version }）。请先升级本程序，再打开数据。
failure-sample-key = 这是虚构县的演示数据，密钥是公开的，不能设口令，也不能录入真实资料。请另建工作目录。
failure-no-recovery-key = 这份数据没有加过县里的恢复密钥，无法用它找回。请回想口令，或从服务器重新取数据。
failure-wrong-recovery-key = 恢复密钥与这份数据不匹配。请核对是不是本县的恢复密钥、是否抄写完整。
sample-key-note = 演示数据：密钥就放在数据旁边，不起任何保护作用，请勿录入真实人员和企业。

## 系统密钥库

failure-key-store-unavailable = { $key_store ->
    [windows-vault] Windows 凭据管理器
    [macos-keychain] macOS 钥匙串
    [secret-service] 系统密钥环
    [kwallet] KDE 钱包
   *[other] 系统密钥库
 }没有应答，口令之外的第二道密钥取不到，数据没有被改动。请注销后重新登录电脑再试；仍不行，请用县里的恢复密钥找回。
failure-key-store-locked = { $key_store ->
    [macos-keychain] macOS 钥匙串
    [secret-service] 系统密钥环
    [kwallet] KDE 钱包
   *[other] 系统密钥库
 }还锁着。请先在系统里解锁，再回来重试。
failure-key-store-changed = 本机的密钥库与设口令时不是同一个，或者其中的密钥已被换掉、删除，数据没有被改动。请换回原来的电脑账户再试；不行，请用县里的恢复密钥找回，再重设口令。
key-store-ready = 数据由口令和本机密钥库共同保护。
key-store-absent = 本机没有可靠的密钥库，数据只由口令保护。请把口令设得长一些。
key-store-locked = 本机密钥库还锁着，暂时不能使用。请先在系统里解锁。
key-store-silent = 本机密钥库没有应答，数据只由口令保护。重新登录电脑后可再试。

## 工作目录和磁盘

failure-workspace-busy = 这个工作目录正被另一个程序打开（电脑 { $host }，进程 { $process }）。请先关闭那一个，再重试。
failure-disk-full = 磁盘已满，{ $file } 没有写成，原来的内容没有变。请腾出空间后重试。
failure-no-room-for-attachment = 磁盘只剩 { $free_mb } MB，暂不能添加照片和附件，文字记录仍可保存。请腾出空间后再添加。
failure-write-refused = { $file } 不允许写入，原来的内容没有变。请检查目录权限，或关闭正占用它的程序后重试。
failure-disk = 磁盘读写 { $file } 出错（{ $code }），原来的内容没有变。请重试；再次出错，请尽快备份并检查磁盘。
space-low = 磁盘剩余空间不多，请尽快清理。
space-too-low-for-attachments = 磁盘空间很少，暂不能添加照片和附件，文字记录仍可保存。请马上清理。
cloud-folder-warning = 工作目录在“{ $service }”的同步文件夹里，数据会被传到外面的服务器，还可能因同步冲突而损坏。请改放到本机普通文件夹。

## 设置

setting-file-unreadable = 设置文件读不出来，已改用默认设置，原文件另存在旁边。请到“设置”里看一遍。
setting-replaced = 设置项“{ $setting }”的值不能用，已改为默认值。

## 设备证书

certificate-unreadable = 设备证书读不出来。请重新登记这台设备。
certificate-other-county = 设备证书是别的县签发的，不能接收。
certificate-bad-signature = 设备证书的签名不对，可能被改动过，不能接收。请告知管理员。
certificate-not-yet-valid = 设备证书还没到生效时间。请先检查电脑的日期和时间。
certificate-expired = 设备证书已过期。请联系管理员重新登记这台设备。
