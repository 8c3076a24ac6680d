"""The words for what an import refuses and doubts."""

from collections.abc import Mapping
from typing import Any

from console import words
from console.domain.errors import Refused
from console.i18n import N_, _

REFUSALS = {
    "no_mapping": N_("没有映射“{asked}”:请给出 TOML 文件或内置名称({known})"),
    "mapping_unreadable": N_("映射文件 {file} 无法读取:{said}"),
    "mapping_unknown_keys": N_("映射文件 {file} 中有不认识的键:{keys}"),
    "mapping_invalid": N_("映射文件 {file} 有误:{said}"),
    "unknown_format": N_("不认识的文件格式:{file};可用:{known}"),
    "file_unreadable": N_("文件无法读取:{file}({said})"),
    "wrong_encoding": N_("{file} 的编码不是 {encoding}:第 {position} 字节处不符;请试 {others}"),
    "no_header": N_("{file} 是空的:没有列名"),
    "missing_columns": N_("{file} 缺少列:{columns};文件中的列:{known}"),
    "repeated_columns": N_("{file} 中列名重复:{columns}"),
    "open_quote": N_("{file} 第 {row} 行起引号没有闭合,其后的内容无法分行"),
    "workbook_too_large": N_(
        "{file} 解开后达 {megabytes} MB(上限 {most}),压缩比 {ratio}(上限 {most_ratio}):未打开"
    ),
    "workbook_damaged": N_("{file} 不是完好的 XLSX 文件:{said}"),
    "no_sheet": N_("{file} 中没有工作表“{sheet}”;有:{known}"),
    "xml_unguarded": N_("缺少 defusedxml,不能安全读取 XLSX:请重新安装"),
    "geojson_too_large": N_("{file} 有 {megabytes} MB,上限 {most} MB"),
    "geojson_damaged": N_("{file} 不是有效的 GeoJSON:{said}"),
    "swapped_columns": N_("{file} 中 {rows} 行的经纬度颠倒:请在映射中互换 {lon} 与 {lat}"),
    "too_many_classes": N_("{edition} 的类别过多:一级至多 {most} 个"),
    "report_not_writable": N_("结果文件不可写:{file}({said})"),
    "broken_row": N_("这一行不是完好的 CSV:{said}"),
    "wrong_width": N_("这一行有 {cells} 格,列名有 {columns} 个"),
    "not_a_feature": N_("不是 GeoJSON 要素"),
    "not_a_point": N_("不是点要素:{kind}"),
    "missing_value": N_("没有填写"),
    "bad_time": N_("时间“{value}”不合格式 {formats}"),
    "bad_number": N_("“{value}”不是数"),
    "half_place": N_("经纬度只有一半"),
    "swapped_place": N_("经纬度颠倒:{lon}, {lat}"),
    "unknown_code": N_("代码表中没有“{value}”"),
    "repeated_later": N_("同一编号在第 {later} 行再次出现,以后者为准"),
    "external_id_taken": N_("编号 {external_id} 已属案件 {code},并非导入所得"),
}

DOUBTS = {
    "before_reported": N_("{field} 的时间 {value} 早于上报时间 {reported}"),
    "in_future": N_("{field} 的时间 {value} 尚未到来"),
    "ended_without_time": N_("状态为“{value}”,却没有办结时间"),
    "open_with_end": N_("状态为“{value}”,却有办结时间 {ended}"),
    "told_twice_by_clocks": N_("{field} 的时间 {value} 在钟表拨慢时出现两次,取前一次"),
    "skipped_by_clocks": N_("{field} 的时间 {value} 在钟表拨快时并不存在"),
}


def reason(code: str, facts: Mapping[str, Any]) -> str:
    """One sentence for a code, in the user's language."""
    template = REFUSALS.get(code) or DOUBTS.get(code)
    if template is None:
        return words.refusal(Refused(code, **facts))
    return _(template).format(**facts)
