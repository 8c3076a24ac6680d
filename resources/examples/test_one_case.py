"""A worked example: one case, walked from report to dispatch, on list, panel and map, and seen in the past.

grid-console drive test_one_case.py            on the sample city, with the installed program
grid-console drive --copy test_one_case.py     on a copy of your own data
pytest -p console.testing.plugin test_one_case.py    beside your other tests
"""

from console.testing import Console


def test_that_a_reported_case_is_accepted_filed_and_dispatched(console: Console) -> None:
    console.queue.choose_step("collection")
    code = console.queue.codes[0]
    console.queue.choose(code)
    assert console.case.state == "reported"

    console.case.act("act_accept")
    assert console.case.code == code
    assert console.case.state == "to_file"
    assert code in console.message

    console.case.act("act_file")
    assert console.case.state == "to_dispatch"

    console.case.undo()
    assert console.case.state == "to_file"

    console.case.act("act_file")
    console.case.act("act_dispatch")
    assert console.stored(code).case.department


def test_that_a_reason_is_asked_for_and_the_form_says_what_is_missing(console: Console) -> None:
    console.queue.choose_step("collection")
    code = console.queue.codes[0]
    console.queue.choose(code)

    console.case.act("act_reject")
    assert console.form.is_open
    console.form.confirm()
    assert console.form.problem

    console.form.fill("formReason", "不属城管职责")
    console.form.confirm()
    assert not console.form.is_open
    assert console.stored(code).facts[-1].note == "不属城管职责"


def test_that_a_click_on_the_map_narrows_the_list(console: Console) -> None:
    cell = console.stored(console.queue.codes[0]).case.cell
    console.map.look_at_cell(cell)
    console.map.click_cell(cell)
    console.until(lambda: console.queue.filter.cell == cell, "the list shows one grid")
    assert {console.stored(code).case.cell for code in console.queue.codes} == {cell}


def test_that_the_past_shows_a_case_that_is_dispatched_now_as_it_was(console: Console) -> None:
    console.queue.choose_step("dispatch")
    code = console.queue.codes[0]
    console.replay.open()
    console.replay.seek(console.clock())
    assert code in console.replay.open_cases
    console.replay.step("event_back")
    assert console.replay.moment < console.clock()
    console.replay.leave()
    assert not console.replay.is_open
