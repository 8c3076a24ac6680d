"""Words for what is found wrong with a dossier, for its stages, and for which journal it was held against."""

from console.i18n import N_

DOSSIER_FINDINGS = {
    "seal_missing": N_("文件末尾没有封印:不完整,或被另存过"),
    "seal_broken": N_("文件自写成以来被改动过(封印不符)"),
    "record_missing": N_("文件内没有可读的记录"),
    "record_unreadable": N_("文件内的记录不可读或版本不同"),
    "record_not_canonical": N_("文件内的记录不是本程序写成的样子"),
    "record_hash_differs": N_("记录的哈希与印出的不同:{hash}"),
    "line_missing": N_("第 {number} 条流水缺失或次序不对"),
    "line_altered": N_("第 {number} 条流水与其哈希不符"),
    "case_differs": N_("记录中的案件与其流水不符"),
    "evidence_differs": N_("所列证据与流水不符"),
    "picture_altered": N_("印出的照片“{name}”与记录不符"),
    "picture_foreign": N_("有 {count} 张照片不在记录之中"),
    "line_not_in_journal": N_("第 {number} 条流水不在本市数据库中"),
    "line_not_as_in_journal": N_("第 {number} 条流水与本市数据库中的不同"),
}

DOSSIER_STAGES = {
    "reading": N_("读取案件"),
    "pictures": N_("准备照片"),
    "setting": N_("排版"),
    "writing": N_("写入"),
}

JOURNALS = {
    "checked": N_("已与本市数据库的流水核对"),
    "absent": N_("未与数据库核对:只能证明文件自身一致"),
    "other_city": N_("数据库属于另一城市,未核对"),
}
