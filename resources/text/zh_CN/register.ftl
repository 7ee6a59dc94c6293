### 企业台账：列表、企业页、编辑、合并、检索

## 拒绝原因

register-name-missing = 还没有填企业名称，没有保存。请填写名称后再保存。
register-same-code = 统一社会信用代码 { $code } 已登记在“{ $name }”名下，没有保存。如果是同一家企业，请打开那一户补充；确是两家的，请核对营业执照后选择“仍然保存”。
register-merge-with-itself = 两边是同一户，不能合并。请重新选择要并入的企业。
register-already-merged = “{ $name }”已并入另一户，不能再改。请打开合并后的企业。
register-export-unavailable = 这台电脑现在不能写出表格，没有导出。请在办公电脑上打开工作区后再导出。

## 列表

register-title = 企业台账
register-one = 企业
register-new = 新建企业
register-visit = 开始走访
register-resume = 继续走访
register-plan = 计划走访
register-planned = 已计划 { $day }
register-export = 导出 Excel
register-export-name = 企业台账.xlsx
register-exported = 已导出 { $count } 户。表中含联系人和电话，请妥善保管。
register-search-placeholder = 名称、拼音首字母、代码尾号、电话
register-count = 共 { $count } 户
register-cut = 只列出最相符的 { $count } 户，请再输入一两个字
register-waiting = ；另有 { $count } 户刚导入，拼音检索正在准备，暂时只能按名称中的字查找
register-all = 全部
register-between = 、
register-dot = { " · " }

register-filter-township = 乡镇：
register-filter-category = 类别：
register-filter-status = 登记状态：
register-filter-scope = 范围：
register-filter-body = 组织：
register-filter-every = 全部
register-scope-in = 服务对象
register-scope-out = 不在服务范围
register-body-ftu = 已建工会
register-body-fic = 工商联会员

register-column-name = 企业名称
register-column-uscc = 信用代码
register-column-township = 乡镇
register-column-address = 地址
register-column-categories = 类别
register-column-risk = 风险
register-column-headcount = 职工人数
register-column-legal_representative = 法定代表人
register-column-contact_person = 联系人
register-column-contact_phone = 联系电话
register-column-industry = 行业
register-column-established_on = 成立日期
register-column-status = 登记状态
register-column-in_scope = 服务范围
register-column-union = 建立工会
register-column-federation = 工商联会员
register-column-note = 备注
register-column-aliases = 其他名称
register-column-contract = 集体合同
register-column-last_visit = 最近走访
register-column-open_items = 未销号

register-category-new_enterprise = 新办企业
register-category-platform = 平台企业
register-category-dispatch_agency = 劳务派遣
register-category-dispatch_user = 使用派遣工
register-category-construction_owner = 建设单位
register-category-construction_general = 施工总承包
register-category-construction_sub = 分包
register-category-mining = 煤矿采掘
register-category-industry = 工业
register-category-service = 服务业
register-category-self_employed = 个体工商户
register-category-non_profit = 民办非企业

register-status-active = 在业
register-status-suspended = 停业
register-status-deregistered = 已注销
register-status-moved_out = 已迁出

register-yes = 是
register-no = 否
register-unknown = 不清楚

register-empty = 台账里还没有企业
register-empty-hint = 可以逐户新建，也可以在“导入”里读入市场监管局的企业名单。
register-none-here = 没有符合这些条件的企业
register-clear = 取消全部条件
register-search-all = 在全部企业中查找
register-nothing = 没有找到这家企业
register-nothing-hint = 换个写法试试：名称里的两三个字、拼音首字母（如金鑫建材输入 jxjc）、信用代码后几位。台账里确实没有的，可以新建。
register-new-typed = 按输入的名称新建

## 企业页

register-facts = 基本情况
register-not-entered = 未填
register-people = { $count } 人
register-code-wrong = 代码有误
register-contract = { $title }（至 { $until }）
register-visited = 最近走访 { $day }
register-never-visited = 尚未走访
register-open-items = 未销号 { $count } 项
register-overdue-items = 逾期 { $count } 项
register-edit-short = 编辑
register-edit = 编辑企业
register-gone = 没有找到这家企业
register-gone-hint = 可能已被删除，或不在您的权限范围内。
register-to-list = 回到企业台账
register-is-merged = “{ $name }”已并入“{ $into }”，下面是合并后的企业。

register-risk = 风险研判
register-risk-none = 还没有研判。开始一次走访并完成体检后，系统会按体检结果和部门数据给出等级。资料不足时显示“未评”，不等于没有风险。
register-risk-day = { $day } 研判，资料覆盖率 { $coverage }%
register-risk-by-hand = 人工定级，至 { $until } 有效。理由：{ $reason }

register-timeline = 往来记录
register-timeline-count = 共 { $count } 条
register-timeline-more = 全部显示
register-timeline-empty = 还没有往来记录
register-timeline-hint = 走访、处方、整改、集体合同和风险变化都会按时间记在这里。
register-event-visit = 走访
register-event-letter = 文书
register-event-item = 整改事项
register-event-contract = 集体合同
register-event-negotiation = 集体协商
register-event-signal = 预警信号
register-event-assessment = 风险研判
register-event-deadline = 整改事项，时限 { $day }
register-event-reply = 集体协商，{ $day } 前应书面答复
register-event-score = 得分 { $score }

## 疑似重复

register-duplicates = 可能是同一家企业
register-merge = 合并
register-different = 不是同一家
register-merge-title = 合并企业
register-merge-which = 合并后保留哪一户？
register-merge-what = 另一户的走访、文书、整改、部门数据和合同都会转到保留的一户；它的名称和代码作为别名，仍能查到。保留的一户空着的项目会用它补上。合并后不能撤销。
register-merge-do = 合并
register-merged = 已合并到“{ $name }”，转入 { $count } 条记录。
register-no-code = 未填代码

## 编辑

register-cancel = 取消
register-save = 保存
register-save-anyway = 仍然保存
register-saved = “{ $name }”已保存。
register-saved-flagged = “{ $name }”已保存。信用代码校验不符，已做标记；请核对营业执照后再改正。
register-unreadable = 有一项填写读不懂，没有保存。请改正标红的一项，其他内容都还在。
register-similar = 台账里可能已经有这家企业，点名称可打开：
register-similar-one = { $name }（{ $why }）
register-code-empty = 可以先不填；填了会自动校验。
register-code-right = 校验相符
register-code-offer = 改为 { $code }（{ $why }）
register-town-by-address = 按地址判断
register-town-guessed = 按地址中的“{ $word }”判断
register-town-review = 按地址中的“{ $word }”判断，请核对
register-in-scope = 属于走访服务对象

## 全局检索

register-item = 整改
