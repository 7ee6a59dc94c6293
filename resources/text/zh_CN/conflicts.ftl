# Conflicts between laptops and what taking in their changes may say.

exchange-mass-retraction = 收到的变更会撤下 { $count } 条记录（本机现有 { $visible } 条），已停下，什么都没有改。请与县级管理员核实后再确认接收。
