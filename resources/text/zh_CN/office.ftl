# Names of bodies, roles, places and states, as screens and letters say them.
list-separator = ；

body-hrss = 县人社局
body-ftu = 县总工会
body-fic = 县工商联
body-town = 乡镇
body-hrss-full = 方山县人力资源和社会保障局
body-ftu-full = 方山县总工会
body-fic-full = 方山县工商联


township-141128100 = 圪洞镇
township-141128101 = 马坊镇
township-141128102 = 峪口镇
township-141128103 = 大武镇
township-141128104 = 北武当镇
township-141128105 = 积翠镇
township-county = 县直（未分）

risk-red = 红
risk-orange = 橙
risk-yellow = 黄
risk-blue = 蓝
risk-unrated = 未评

visit-state-planned = 已计划
visit-state-under_way = 进行中
visit-state-finished = 已完成
visit-state-cancelled = 已取消

letter-state-draft = 草稿
letter-state-confirmed = 现场确认
letter-state-issued = 已签发
letter-state-served = 已送达
letter-state-in_rectification = 整改中
letter-state-completed = 全部销号
letter-state-withdrawn = 已撤回

letter-kind-prescription = 用工处方
letter-kind-rectification_request = 限期整改建议书
letter-kind-recheck_opinion = 整改复查意见书
letter-kind-layoff_notice = 裁员程序告知书
letter-kind-referral = 移送函
letter-kind-service_receipt = 送达回证
letter-kind-extension_approval = 整改延期审批表

office-prefix-prescription = 方人社处方
office-prefix-rectification_request = 方人社整建
office-prefix-recheck_opinion = 方人社复查
office-prefix-layoff_notice = 方人社告知
office-prefix-referral = 方人社函
office-prefix-service_receipt = 方人社送证
office-prefix-extension_approval = 方人社延审
office-document-number = { $prefix }〔{ $year }〕{ $number }号
office-field-number = 现场-{ $device }-{ $day }-{ $number }
office-campaign-none = 劳动用工服务工作安排
office-contact-phone = 0358-6021700
office-contact-email = fsldjc@163.com


service-way-direct = 直接送达
service-way-left = 留置（见证人）
service-way-left_recorded = 留置（拍照录像）
service-way-post = 邮寄
service-way-electronic = 电子送达

navigation-today = 今日
navigation-enterprises = 企业
navigation-visits = 走访
navigation-letters = 处方
navigation-rectification = 整改
navigation-code_check = 核验
navigation-settings = 设置
window-person =
    { $body }
    { $post }
window-offline = 离线
window-waiting = 待上传 { $count } 项
window-never-synced = 尚未与县服务器同步
