"""Words are found by their initials, their pinyin and their parts, the likeliest first."""

import random

from console.domain.lexicon import Kind, Lexicon, Spelled

JING, GAI, ZHONG, YUAN, LU = ("jing",), ("gai",), ("zhong",), ("yuan",), ("lu",)


def word(kind: Kind, code: str, name: str, *readings: tuple[str, ...], english: str = "") -> Spelled:
    return Spelled(kind, code, name, english, [(name, readings)])


LEXICON = Lexicon(
    [
        word(Kind.ROAD, "中原路", "中原路", ZHONG, YUAN, LU),
        word(Kind.DIVISION, "410102", "中原区", ZHONG, YUAN, ("qu",), english="Zhongyuan District"),
        word(Kind.CLASS, "part:0101", "上水井盖", ("shang",), ("shui",), JING, GAI, english="Water manhole"),
        word(Kind.CLASS, "event:0101", "井盖破损", JING, GAI, ("po",), ("sun",)),
        word(Kind.ROAD, "长江路", "长江路", ("chang", "zhang"), ("jiang",), LU),
        word(Kind.CLASS, "event:0102", "井盖", JING, GAI),
    ]
)


def codes(typed: str, *kinds: Kind) -> list[str]:
    return [entry.code for entry in LEXICON.find(typed, kinds)]


def test_that_a_whole_name_comes_before_a_beginning_and_a_beginning_before_a_part() -> None:
    assert codes("jg") == ["event:0102", "event:0101", "part:0101"]
    assert codes("井盖") == ["event:0102", "event:0101", "part:0101"]
    assert codes("jinggai") == ["event:0102", "event:0101", "part:0101"]


def test_that_equally_good_finds_come_in_the_order_of_the_kinds() -> None:
    assert codes("zy") == ["410102", "中原路"]
    assert codes("zy", Kind.ROAD) == ["中原路"]


def test_that_a_character_of_two_readings_is_found_by_both() -> None:
    assert codes("cjl") == codes("zjl") == codes("changj") == codes("zhangjiang") == ["长江路"]


def test_that_pinyin_begins_at_a_character_and_english_anywhere() -> None:
    assert codes("inggai") == []
    assert codes("yuanl") == ["中原路"]
    assert codes("MANHOLE") == ["part:0101"]
    assert codes("zhongyuan district") == ["410102"]


def test_that_nothing_typed_and_nothing_known_find_nothing() -> None:
    assert codes("") == codes(" ") == codes("\n") == codes("没有") == codes("xyzzy") == []


def test_that_runs_tell_which_characters_the_initials_stand_for() -> None:
    assert sorted((run.called, run.characters, run.start, run.whole) for run in LEXICON.runs("jg")) == [
        ("上水井盖", "井盖", 2, False),
        ("井盖", "井盖", 0, True),
        ("井盖破损", "井盖", 0, False),
    ]


def test_that_finding_is_what_reading_every_word_would_find() -> None:
    dice = random.Random(5)
    letters = "abc"
    words = [
        word(Kind.ROAD, str(number), "".join("一二三"["abc".index(one)] for one in spelled), *zip(spelled))
        for number in range(200)
        for spelled in ["".join(dice.choices(letters, k=dice.randint(1, 6)))]
    ]
    lexicon = Lexicon(words)
    for _ in range(200):
        typed = "".join(dice.choices(letters, k=dice.randint(1, 4)))
        by_hand = {one.code for one in words if typed in "".join(readings[0] for readings in one.names[0][1])}
        assert {entry.code for entry in lexicon.find(typed, limit=1000)} == by_hand


def test_that_a_name_of_a_hundred_thousand_letters_is_found_by_its_beginning() -> None:
    long = "中原" * 50_000
    lexicon = Lexicon([word(Kind.ROAD, "长", long, *[ZHONG, YUAN] * 50_000)])
    assert [entry.code for entry in lexicon.find("zhongyuanzhong")] == ["长"]
    assert [entry.code for entry in lexicon.find("zyzy")] == ["长"]
    assert lexicon.find("y" * 61) == []
