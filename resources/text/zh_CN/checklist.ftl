## Health check: answers, input fields, conditions, citations.
## "体检" is guidance, never an inspection: no word here may sound like an order or a penalty.

# The four answers
check-answer-compliant = 合规
check-answer-violated = 不合规
check-answer-not_applicable = 不适用
check-answer-undetermined = 未判定

# Where an answer comes from
check-origin-computed = 按填报数据判定
check-origin-given = 检查人判定
check-origin-overridden = 检查人改判
check-reason-needed = 填报数据的结果是“{ $computed }”，您选的是“{ $chosen }”。请写明改判理由；不写理由的，按填报数据的结果计。

# What an item leads to
check-kind-violation = 存在问题
check-kind-guidance = 改进建议
check-kind-signal = 风险提示
check-kind-info = 基础数据

# Words inside findings and advice
checklist-date = { $year }年{ $month }月{ $day }日
checklist-yes = 是
checklist-no = 否
check-blanks = 这段文字还缺{ $count }项数据，已留空：{ $labels }。请补填后再打印。

# Parameters by name, as screens list them
checklist-parameter-minimum_wage_monthly = 当地月最低工资标准
checklist-parameter-minimum_wage_hourly = 当地小时最低工资标准
checklist-parameter-maternity_leave_days_national = 国家规定的产假天数
checklist-parameter-maternity_leave_days_local = 山西省延长产假天数
checklist-parameter-dispatch_ratio_limit = 被派遣劳动者比例上限
checklist-parameter-overtime_month_limit_hours = 每月延长工作时间上限
checklist-parameter-overtime_day_limit_hours = 每日延长工作时间上限
checklist-parameter-layoff_headcount_threshold = 经济性裁员人数标准
checklist-parameter-layoff_ratio_threshold = 经济性裁员比例标准
checklist-parameter-layoff_notice_days = 裁员提前说明情况的日数
checklist-parameter-offer_reply_days = 答复协商要约的日数
checklist-parameter-collective_contract_filing_days = 集体合同报送的日数
checklist-parameter-wage_agreement_filing_days = 工资协议报送的日数
checklist-parameter-collective_contract_review_days = 集体合同审查的日数
checklist-parameter-expiring_window_days = 集体合同到期提示的日数
checklist-parameter-lost_work_subsidy_per_person_day = 误工补贴标准
checklist-parameter-salary_days_per_month = 月计薪天数
checklist-parameter-work_days_per_month = 月工作天数

# Fields that cannot hold what was entered
checklist-input-invalid = “{ $label }”填的内容“{ $given }”不能用，请重新填写。
checklist-input-not-a-number = “{ $label }”应填数字，“{ $given }”不是数字，请重新填写。
checklist-input-not-whole = “{ $label }”应填整数，“{ $given }”有小数，请重新填写。
checklist-input-negative = “{ $label }”不能小于零，填的是“{ $given }”，请核对后重新填写。
checklist-input-too-great = “{ $label }”填的“{ $given }”太大，请核对单位和位数。
checklist-input-not-an-amount = “{ $label }”以元为单位，最多两位小数，“{ $given }”请改填到分。
checklist-input-not-a-date = “{ $label }”应填日期，例如2023-08-25，“{ $given }”不是有效日期，请重新填写。
checklist-input-not-a-day-of-month = “{ $label }”应填每月几日（1到31），“{ $given }”请重新填写。
checklist-input-not-yes-or-no = “{ $label }”只能选“是”或“否”，请重新选择。
checklist-input-not-a-text = “{ $label }”应填文字，不超过{ $max_length }字，也不能有特殊符号，请改短后重新填写。
checklist-input-part-exceeds-whole = “{ $label }”填了{ $given }，多于“{ $whole }”的{ $limit }，请核对这两个数。
checklist-input-unknown = 条目{ $code }没有“{ $name }”这一栏，内容没有保存。请核对栏目名称。

# Items, sections, parameters and statutes that do not exist
checklist-unknown-item = 体检表里没有编号为{ $code }的条目。请核对编号，或者升级程序后再试。
checklist-unknown-section = 体检表里没有代码为{ $code }的章节。请核对代码，或者升级程序后再试。
checklist-unknown-parameter = 没有名为{ $name }的参数。请在参数表里核对名称。
statute-unknown = 法律依据库里没有代号为{ $statute }的文件。请核对代号，或者升级程序后再试。

# Conditions of the checklist file (seen by whoever edits the file)
checklist-expression-broken = 判定条件“{ $source }”第{ $position }个字符处有错，请修改体检表文件。
checklist-expression-malformed = 判定条件“{ $source }”第{ $position }个字符处的“{ $found }”不合语法，请修改体检表文件。
checklist-expression-unknown-name = 判定条件“{ $source }”第{ $position }个字符处的“{ $found }”不是本条目的栏目、参数或派生值，请修改体检表文件。
checklist-expression-wrong-kind = 判定条件“{ $source }”第{ $position }个字符处把不同种类的值放在一起比较或计算，请修改体检表文件。
checklist-expression-too-long = 判定条件太长或者括号层数太多（第{ $position }个字符处），请拆成较短的条件。
reference-file-broken = 资料文件在“{ $place }”处有错（{ $problem }），程序不能使用这份资料。请恢复原文件或者重新安装程序。

# Why a legal basis is shown but not printed
statute-doubt-unverified = 未核对原文，不打印
statute-doubt-force-unknown = 施行日期未核，不打印
statute-doubt-article-missing = 未收录该条原文，不打印
statute-doubt-quote-differs = 引文与条文不一致，不打印

# Citations
citation-title = 《{ $title }》
citation-document-number = （{ $number }）
citation-article = 第{ $number }条
citation-inserted = 之{ $number }
citation-part = 第{ $part }部分（{ $point }）
chinese-digits = 零一二三四五六七八九
chinese-units = 十百千
