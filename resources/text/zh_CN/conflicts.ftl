# Conflicts between laptops and what taking in their changes may say.

exchange-mass-retraction = 收到的变更会撤下 { $count } 条记录（本机现有 { $visible } 条），已停下，什么都没有改。请与县级管理员核实后再确认接收。
conflict-closed = 这处冲突已经处理过，或对方已先作出选择。请刷新冲突列表后再看。
conflict-unknown-value = 所选的值（{ $id }）已不在可选范围内，另一台电脑又有新的修改。请刷新冲突列表后重新选择。
conflict-unreadable-value = 所选的值由更新版本的程序写入，本机程序还不能识别。请先升级本机程序，再作选择。
conflict-for-lead-body =
    { $body ->
        [ftu] 两台电脑上的办理状态互相抵触，应由县总工会决定。请联系县总工会的同事处理。
        [fic] 两台电脑上的办理状态互相抵触，应由县工商联决定。请联系县工商联的同事处理。
       *[hrss] 两台电脑上的办理状态互相抵触，应由牵头单位县人社局决定。请联系县人社局的同事处理。
    }
