# Sentences of the printed letters. Layout and measures: docs/letters/README.md.
# Full-width spaces are room to write by hand.

### Small forms

letter-numerals = 一二三四五六七八九十
letter-date = { $year }年{ $month }月{ $day }日
letter-date-in-two-lines =
    { $year }年
    { $month }月{ $day }日
letter-date-blank = 　　　　年　　月　　日
letter-amount = { $yuan }元
letter-comma = ，
letter-enumeration = 、
letter-semicolon = ；
letter-wide-space = 　
letter-four-blanks = 　　　　
letter-sentence = { $clauses }。
letter-numbered = { $number }. { $text }
letter-bracketed = （{ $number }）{ $text }
letter-heading = { $number }、{ $heading }
letter-section = （{ $number }）{ $title }方面
letter-body-with-email = { $body }（电子邮箱：{ $email }）
letter-person-with-post = { $name }（{ $post }）
letter-enterprise-with-uscc = { $name }（统一社会信用代码{ $uscc }）
letter-box-empty = ☐
letter-box-ticked = ☑

### Head and foot

letter-addressee = { $name }：
letter-copied-to = 抄送：{ $bodies }。
letter-footer = 内容摘要 { $digest }　现场编号 { $number }
letter-code-scan = 扫码核验
letter-code-words = 核验码 { $code }
letter-enclosures = 附件：
letter-annex = 附件{ $number }
letter-note = （{ $inner }）
letter-contact-person = 联系人：{ $person }
letter-contact-phone = 电话：{ $phone }
letter-page-number-dash = —

### Shared by several letters

letter-rule = { $cite }规定：“{ $quote }”
letter-basis = 依据：{ $rules }。
letter-basis-cites = 依据：{ $cites }。
letter-finding = { $number }. { $finding }（{ $code }）。
letter-item-short = { $number }. { $finding }（{ $code }）
letter-item-list = 整改事项清单
letter-law-list = 有关法律条文
letter-evidence-list = 证据材料清单
letter-column-number = 序号
letter-column-code = 编号
letter-column-finding = 整改事项
letter-column-basis = 法律依据
letter-column-advice = 整改措施（建议）
letter-column-deadline = 整改时限
letter-column-owner = 整改负责人及电话
letter-column-tracker = 跟踪责任人
letter-column-closing = 销号日期及复查人

### Prescription

letter-prescription-title = 劳动用工法治“体检”用工处方
letter-onsite-mark = （现场告知联）
letter-campaign = 《{ $title }》
letter-campaign-with-number = 《{ $title }》（{ $number }）
letter-prescription-opening = 按照{ $campaign }要求，方山县协调劳动关系三方于{ $date }对你单位开展了劳动用工法治“体检”。现将有关情况和改进建议函告如下：
letter-part-basics = 基本情况
letter-part-findings = 存在问题、依据和建议
letter-part-signals = 风险提示
letter-part-guidance = 改进建议
letter-part-matters = 有关事项
letter-basics-you = 你单位{ $clause }
letter-basics-uscc = 统一社会信用代码{ $value }
letter-basics-address = 住所{ $value }
letter-basics-town = 所在乡镇{ $value }
letter-basics-industry = 所属行业{ $value }
letter-basics-headcount = 现有职工{ $value }人
letter-basics-representative = 法定代表人{ $value }
letter-basics-visitors = 参加“体检”人员：{ $people }
letter-basics-present = 你单位在场人员：{ $person }
letter-no-violation = 本次“体检”未发现违反劳动法律法规的问题。
letter-advice = 建议：{ $advice }
letter-advice-with-basis = { $advice }（依据：{ $cites }）
letter-item-deadline = 建议于{ $date }前完成
letter-item-owner = 整改负责人：{ $person }
letter-matter-nature = 本处方是协调劳动关系三方提供的用工指导服务文书，不是行政处罚或者行政处理决定。
letter-matter-nature-with-violations = 本处方是协调劳动关系三方提供的用工指导服务文书，不是行政处罚或者行政处理决定；对处方所列违反法律法规的行为逾期不改正的，有关部门将依法处理。
letter-matter-until = 于{ $date }前
letter-matter-report = 请明确整改负责人，整改一条、报送一条，{ $until }将整改情况和证明材料报送{ $body }。确需延期的，请在到期前书面提出。
letter-matter-objection = 对本处方所述事实有异议的，可以自收到之日起5个工作日内书面提出。
letter-matter-services = 需要劳动合同示范文本、工资支付制度样本、集体协商指导等服务的，请与我们联系。

### Receipt at the foot of the on-site copy

letter-receipt-open = 本单位已收到本处方现场告知联，☐无异议　☐异议如下：　　　　　　　　　　　　　　　
letter-receipt-agreed = 本单位已收到本处方现场告知联，☑无异议　☐异议如下：
letter-receipt-objected = 本单位已收到本处方现场告知联，☐无异议　☑异议如下：{ $objection }。
letter-receipt-seal = 单位（盖章）
letter-receipt-head = 负责人签名
letter-receipt-post = 职务、电话
letter-receipt-visitor = 检查人签名
letter-receipt-badge = 证件号{ $number }
letter-receipt-refusal = 拒签事由
letter-receipt-witness = 见证人签名
letter-receipt-date = 签收日期
letter-receipt-day = 　　　年　月　日

### Rectification request

letter-request-title = 限期整改建议书
letter-request-opening = { $visited }，我们对你单位开展劳动用工法治“体检”，并于{ $served }送达《用工处方》（{ $number }）。经核查，下列事项尚未整改：
letter-request-opening-at-once = { $visited }，我们对你单位开展劳动用工法治“体检”，发现下列事项应当尽快整改：
letter-original-deadline = 原定时限{ $date }
letter-overdue = 已逾期{ $days }日
letter-was-extended = 已延期一次
letter-request-deadline = 请你单位于{ $date }前完成上述整改，并在完成后3个工作日内将整改报告和证明材料报送{ $body }。
letter-request-owner = 整改负责人：{ $person }。
letter-request-consequence = 逾期不改正或者拒不改正的，我们将依法移送劳动保障监察机构处理。
letter-request-wages = 根据《劳动合同法》第八十五条，拖欠劳动报酬逾期不支付的，责令按应付金额百分之五十以上百分之一百以下的标准加付赔偿金。

### Recheck opinion

letter-recheck-title = 劳动用工整改复查意见书
letter-recheck-report = 你单位{ $date }报送的整改情况收悉。
letter-recheck-opening = { $date }，{ $people }对《用工处方》（{ $number }）所列事项进行了复查，意见如下：
letter-recheck-verified = 已完成整改、予以销号的事项（{ $count }项）
letter-recheck-returned = 未达到整改要求的事项（{ $count }项）
letter-recheck-extended = 批准延期的事项（{ $count }项）
letter-recheck-transferred = 移送有关部门处理的事项（{ $count }项）
letter-recheck-plain-line = { $item }。
letter-recheck-verified-line = { $item }，复查情况：{ $result }。
letter-recheck-returned-line = { $item }，存在的问题：{ $result }，请于{ $date }前完成。
letter-recheck-extended-line = { $item }，延期至{ $date }。
letter-recheck-transferred-line = { $item }，移送{ $target }。
letter-recheck-complete = 你单位整改事项已全部完成，本次“体检”整改工作结束。请继续依法规范用工。
letter-recheck-go-on = 请你单位对未达到整改要求的事项继续整改，完成后将整改情况和证明材料报送{ $body }。

### Layoff notice

letter-layoff-title = 经济性裁减人员法定程序告知书
letter-layoff-share = （职工总数{ $headcount }人，占{ $percent }%）
letter-layoff-opening = 你单位{ $date }反映拟裁减人员{ $planned }人{ $share }。为依法规范裁减人员，保障职工合法权益，现将有关程序和要求告知如下：
letter-layoff-scope-heading = 适用情形
letter-layoff-scope = 《劳动合同法》第四十一条规定的四种情形之一，且裁减人员二十人以上，或者裁减不足二十人但占职工总数百分之十以上。未达到上述人数的，不适用裁减人员程序，应当依法逐人处理。
letter-layoff-steps-heading = 程序
letter-layoff-step-explain = 提前三十日向工会或者全体职工说明情况{ $note }；
letter-layoff-step-consult = 听取工会或者职工的意见；
letter-layoff-step-report = 将裁减人员方案向县人力资源和社会保障局报告；
letter-layoff-step-execute = 上述程序完成后方可裁减{ $note }；
letter-layoff-step-tell-union = 解除劳动合同前将理由通知工会（第四十三条）。
letter-layoff-latest = （最迟{ $date }）
letter-layoff-earliest = ，最早实施日期{ $date }
letter-layoff-protected-heading = 不得裁减的人员（第四十二条）
letter-layoff-protected = 从事接触职业病危害作业未进行离岗前职业健康检查，或者疑似职业病病人在诊断或者医学观察期间的；患职业病或者因工负伤并被确认丧失或者部分丧失劳动能力的；患病或者非因工负伤在规定的医疗期内的；女职工在孕期、产期、哺乳期的；在本单位连续工作满十五年且距法定退休年龄不足五年的；法律、行政法规规定的其他情形。
letter-layoff-retained-heading = 优先留用的人员（第四十一条第二款）
letter-layoff-retained = 订立较长期限固定期限劳动合同的；订立无固定期限劳动合同的；家庭无其他就业人员，有需要扶养的老人或者未成年人的。
letter-layoff-settlement-heading = 应当结清的费用
letter-layoff-settlement = 工资一次付清（《工资支付暂行规定》第九条）；经济补偿（第四十六条、第四十七条），在办结工作交接时支付；十五日内办理档案和社会保险关系转移手续（第五十条）。
letter-layoff-rehiring-heading = 重新招用
letter-layoff-rehiring = 六个月内重新招用人员的，应当通知被裁减的人员，并在同等条件下优先招用。
letter-layoff-help-heading = 就业服务
letter-layoff-help = 我局将会同县总工会、县工商联为被裁减人员提供就业援助、心理指导、技能提升等服务，请在报告方案时一并提供被裁减人员名册。
letter-plan-title = 裁减人员方案报告书（样式）
letter-plan-name = 单位名称
letter-plan-uscc = 统一社会信用代码
letter-plan-headcount = 职工总数
letter-plan-planned = 拟裁减人数
letter-plan-percent = 占职工总数比例
letter-plan-ground = 裁减事由
letter-plan-ground-prompt =
    ☐依照企业破产法规定进行重整
    ☐生产经营发生严重困难
    ☐企业转产、重大技术革新或者经营方式调整，经变更劳动合同后，仍需裁减人员
    ☐其他因劳动合同订立时所依据的客观经济情况发生重大变化，致使劳动合同无法履行
letter-plan-explained =
    说明情况
    日期及方式
letter-plan-explained-prompt =
    　　　　年　　月　　日　☐向工会　☐向全体职工
    方式：
letter-plan-opinions =
    工会（职工）意见
    及采纳情况
letter-plan-opinions-prompt = {""}
letter-plan-timetable = 拟实施时间
letter-plan-roster = 裁减人员名册
letter-plan-roster-prompt = 附后：姓名、岗位、工龄、合同类型、第四十二条情形
letter-plan-severance =
    经济补偿标准
    和支付时间
letter-plan-severance-prompt = {""}
letter-plan-social-insurance =
    工资、社会保险
    结清安排
letter-plan-social-insurance-prompt = {""}
letter-plan-contact = 联系人
letter-plan-phone = 联系电话
letter-plan-seal = 报告单位
letter-plan-seal-prompt = （盖章）　　　　　　　　　　　　　年　　月　　日
letter-plan-receipt = 收件回执：　　　　年　月　日收到，编号　　　　。本回执不是批准文书。

### Referral

# "|" marks where a long title may be broken.
letter-referral-title = 关于移送|{ $enterprise }|涉嫌违反劳动保障法律法规|线索的函
letter-referral-opening = 我局在劳动用工法治“体检”中发现，{ $enterprise }存在下列情形：
letter-referral-served = 已于{ $date }送达《用工处方》（{ $number }）
letter-referral-request = 现根据《劳动保障监察条例》第十四条、第十八条移送你单位依法处理，并请将处理结果函告。
letter-referral-end = 特此函告。
letter-referral-copies = 处方及送达回证

### Proof of service

letter-receipt-form-title = 送达回证
letter-receipt-form-letter =
    送达文书
    名称及文号
letter-receipt-form-served = { $title }（{ $number }），共{ $pages }页
letter-receipt-form-receiver = 受送达单位
letter-receipt-form-place = 送达地点
letter-receipt-form-way = 送达方式
letter-way-direct = 直接
letter-way-left = 留置（见证人）
letter-way-left-recorded = 留置（拍照录像）
letter-way-post = 邮寄（单号{ $number }）
letter-way-electronic = 电子（已签确认书）
letter-receipt-form-signature =
    受送达人
    签名或盖章
letter-receipt-form-signature-line = 职务　　　　　联系电话　　　　　　
letter-receipt-form-received = 收到日期
letter-receipt-form-received-line = 　　　　年　　月　　日　　时　　分
letter-receipt-form-deputy = 代收人签名及理由
letter-receipt-form-deputy-note = （负责收件的人）
letter-receipt-form-refusal =
    受送达人拒收
    事由和日期
letter-receipt-form-witness = 见证人签名或盖章
letter-receipt-form-servers = 送达人签名
letter-receipt-form-server = （{ $name }）
letter-receipt-form-date = 送达日期
letter-receipt-form-remarks = 备注
letter-receipt-form-remarks-line = 照片、录像编号：{ $recordings }

### Extension approval form

letter-extension-title = 整改延期审批表
letter-extension-enterprise = 单位
letter-extension-prescription = 处方文号
letter-extension-item = 事项编号
letter-extension-finding = 整改事项
letter-extension-original = 原时限
letter-extension-requested = 申请延期至
letter-extension-reason = 申请理由
letter-extension-safeguards = 保障措施
letter-extension-plan = 工资清偿计划：{ $plan }。
letter-extension-requested-on = 申请日期
letter-extension-handler = 承办人意见
letter-extension-approver = 审批人意见
letter-extension-signed = 签名：{ $name }　　　　{ $date }

### Refusals

error-letter-missing-glyphs = 打印字库里没有这些字：{ $characters }。请改用通行写法，并在备注里写明原字，再打印。
error-letter-unknown-kind = 本机的程序还不认识这种文书（{ $kind }）。请先升级程序，再打印。
error-letter-facts-unreadable = 这份文书的内容读不出来（{ $reason }），可能由更新版本的程序写成，或者文件已损坏。请先升级程序；仍不行的，请联系管理员。
error-letter-font-unreadable = 字体文件{ $file }不能用于打印。请在设置里改回自带字体，或者换一个 TrueType 字体文件。
error-code-malformed = 这不是本系统的核验码，或者没有录全。请重新扫描，或者核对后再输入。
error-scan-unreadable = 打不开文件{ $file }。请换成 PDF、PNG、JPEG 或者文本文件再试。
error-scan-too-large = 图片{ $file }太大，最多{ $limit }百万像素。请缩小后再试。

### Verdicts on a verification code

letter-verdict-genuine = 真实有效：签名相符，内容未改动。
letter-verdict-altered = 内容不符：二维码或者正文被改动过，请勿采信，并与出具单位核对。
letter-verdict-unknown-device = 无法核验：本机没有出具设备的登记信息，请同步后再试。
letter-verdict-uncertified = 签名相符，但出具设备尚未经县级服务器确认，请与出具单位核对。
letter-verdict-revoked = 出具设备已被停用，请与出具单位核对这份文书。
letter-verdict-malformed = 这不是本系统的核验码，或者没有读全，请重新扫描。
