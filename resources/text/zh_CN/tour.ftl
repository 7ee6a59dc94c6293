## The tour and its summary.

tour-title = 方山用工服务台：界面巡检
tour-passed = 全部 { $planned } 步通过。
tour-failed = 第 { $done } 步没有通过（共 { $planned } 步），巡检到此为止。
tour-figures = 版本 { $version }；虚构县 { $enterprises } 户企业，生成用时 { $county } 秒；全程 { $seconds } 秒；{ $platform }。
tour-without-server = 没有包括：县服务器和证书登记（随数据交换功能提供）。
tour-without-laptop = 没有包括：第二台电脑之间的数据交换（随数据交换功能提供）。
tour-table-head = | 序号 | 步骤 | 秒 | 核对了什么 | 截图 |
tour-papers = 文书 PDF：{ $files }
tour-county-made = 虚构县已生成：企业 { $enterprises } 户，用时 { $seconds } 秒。

# Steps
tour-step-today = 看今日工作
tour-done-today = 打开即是今日工作
tour-step-search = 用拼音首字母搜索
tour-done-search = 输入 { $letters } 列出 { $count } 条，其中有{ $enterprise }
tour-step-enterprise = 打开企业页
tour-done-enterprise = 打开了{ $enterprise }

tour-step-visitors = 准备走访
tour-done-visitors = 走访人员：{ $people }
tour-step-start = 开始走访
tour-done-start = 走访已开始，{ $count } 名工作人员，企业在场人员{ $person }，已逐项保存
tour-purpose = 首次体检
tour-step-keyboard = 用键盘答题
tour-done-keyboard = 只用键盘答完 { $first } 至 { $last } 共 { $count } 项，均已保存为合规
tour-step-arrears = 填欠薪数据、附照片
tour-done-arrears = 按数据自动判定不合规：{ $workers } 人、{ $yuan } 元、最早拖欠 { $days } 天，照片 1 张
tour-note = 现场核对工资表和银行回单
tour-photo = 工资表照片
tour-step-rest = 本节其余全部合规
tour-done-rest = 一次答完其余 { $count } 项，已判定的不合规不变
tour-step-risk = 看风险研判
tour-done-risk = { $level }色，{ $score } 分，理由 { $count } 条，与台账一致
