### 企业台账：列表、企业页、编辑、合并、检索

## 拒绝原因

register-name-missing = 还没有填企业名称，没有保存。请填写名称后再保存。
register-same-code = 统一社会信用代码 { $code } 已登记在“{ $name }”名下，没有保存。如果是同一家企业，请打开那一户补充；确是两家的，请核对营业执照后选择“仍然保存”。
register-merge-with-itself = 两边是同一户，不能合并。请重新选择要并入的企业。
register-already-merged = “{ $name }”已并入另一户，不能再改。请打开合并后的企业。
