"""Broken files: each must say where, what was found, what was expected, and what was probably meant."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scenario.marathon import MARATHON, changed, line_of, problems, read

LAST = '\n[[acquirables]]\nid = "extra"\nprice = 1\n'

# What is replaced in the marathon, by what, and words of the one problem that must be reported on that line.
BROKEN = [
    # keys and types
    ("unknown key", "expires = 2030", "expire = 2030", ["[[travellers.passports]]", "'expire'", "mean 'expires'?"]),
    ("unknown key at the top", "title =", "titel =", ["unknown key 'titel' in the file", "'title'"]),
    (
        "key of the trip at the top",
        "title =",
        "return_by = 2025-05-01\ntitle =",
        ["'return_by' in the file", "in [trip]"],
    ),
    ("key of the top in the trip", 'start = "SFO"', 'start = "SFO"\ncurrency = "USD"', ["'currency'", "at the top of"]),
    ("tables of the trip at the top", "[rates]", '[[stops]]\nat = "PEK"\n[rates]', ["'stops'", "[[trip.stops]]"]),
    ("key of a table inside", "price = 34", "price = 34\nentries = 2", ["'entries'", "in [acquirables.permission]"]),
    ("rate outside its table", "values = { EUR = 1.05 }", "values = { EUR = 1.05 }\nCHF = 1.1", ["in [rates.values]"]),
    ("key of another kind", 'area = "KP"', 'area = "KP"\nstay = "9 hours"', ["'stay'", "'transit-without-visa'"]),
    ("unknown key in a rule", 'area = "KP"', 'area = "KP"\nscop = "to"', ["'scop'", "[[rules]]", "'scope'"]),
    ("the reader's own key", 'mode = "landside"', 'mode = "landside"\nwhere = 1', ["unknown key 'where'"]),
    ("the reader's own number", "price = 500\n", "price = 500\ndeparts_utc = 1\n", ["unknown key 'departs_utc'"]),
    ("missing key", 'to = "PEK"\n', "", ["[[legs]] needs the key 'to', which is missing"], '[[legs]]\nid = "out"'),
    ("number for a text", 'title = "Marathon"', "title = 5", ["title: expected a text in quotes", "number 5"]),
    ("text for a number", "entries = 2", 'entries = "two"', ["entries: expected a whole number", "'two'"]),
    ("true for a number", "entries = 2", "entries = true", ["expected a whole number, found true"]),
    ("negative days", "business_days = 4", "business_days = -4", ["business_days", "between 0 and 100000"]),
    ("too many nights", "max = 9", "max = 100001", ["max", "between 0 and 100000"]),
    ("text for a table", "nights = { min = 2, max = 9 }", 'nights = "two"', ["nights: expected a table"]),
    ("unknown word", 'mode = "landside"', 'mode = "landsite"', ["'airside' or 'landside'", "did you mean 'landside'"]),
    ("unknown kind", '"passport-ban"', '"passport-bann"', ["kind", "did you mean 'passport-ban'?"]),
    ("kind of nothing", '"passport-ban"', '"xyzzy"', ["kind", "found the text 'xyzzy' (`plan rules` lists them)"]),
    (
        "misspelt needed key",
        "price = 34",
        "prize = 34",
        ["unknown key 'prize' in [[acquirables]] (did you mean 'price'?)"],
    ),
    ("misspelt needed key of a leg", 'to = "PEK"', 'too = "PEK"', ["unknown key 'too'", "did you mean 'to'?"]),
    (
        "nights as a number",
        "nights = { min = 2, max = 9 }",
        "nights = 5",
        ["found the number 5 ({ min = 5, max = 5 })"],
    ),
    ("no kind", 'kind = "passport-ban"\n', "", ["[[rules]] needs the key 'kind'"], "[[rules]]"),
    ("unreadable date", "2025-03-14", "14 March", ["book_by", "a date such as 2025-04-03", "'14 March'"]),
    ("time with an offset", "2025-04-03 16:25", "2025-04-03T16:25+09:00", ["arrives", "leave out the time zone"]),
    ("unreadable period", '"6 months"', '"half a year"', ["enter_within", "'6 months'", "'half a year'"]),
    ("visa in hours", '"6 months"', '"72 hours"', ["enter_within", "hours are only for how long a stay may last"]),
    (
        "rule in hours",
        'area = "KP"',
        'area = "KP"\n[[rules]]\nkind = "passport-validity"\nid = "v"\nzone = "KP"\nafter_entry = "72 hours"',
        ["after_entry", "hours are only for"],
    ),
    ("number for the only traveller's name", 'name = "Ana"', "name = 7", ["name: expected a text", "the number 7"]),
    (
        "number among texts",
        "[[trip.events]]",
        "[trip.avoid]\noperators = [7]\n[[trip.events]]",
        ["operators", "number 7"],
    ),
    ("negative price", "price = 34", "price = -34", ["price", "must not be negative"]),
    ("price beyond everything", "price = 34", "price = 1e30", ["price", "more than this planner counts with"]),
    # names
    ("unknown port", 'to = "FNJ"', 'to = "FNX"', ["to: unknown port 'FNX'", "did you mean 'FNJ'?"]),
    ("city for a port", 'to = "FNJ"', 'to = "Pyongyang"', ["unknown port 'Pyongyang'", "FNJ"]),
    ("ICAO code", 'to = "PEK"', 'to = "ZBAA"', ["unknown port 'ZBAA'", "PEK"]),
    ("small letters", 'start = "SFO"', 'start = "sfo"', ["unknown port 'sfo'", "'SFO'"]),
    ("alpha-3 state", 'state = "MX"', 'state = "MEX"', ["'MEX'", "did you mean 'MX' (Mexico)?"]),
    ("state by name", 'state = "MX"', 'state = "Mexico"', ["'Mexico'", "did you mean 'MX' (Mexico)?"]),
    (
        "country for a port",
        'start = "SFO"',
        'start = "BR"',
        ["unknown port 'BR' (BR is a country; an airport is needed)"],
    ),
    ("country by name", 'start = "SFO"', 'start = "Brazil"', ["'Brazil' (Brazil is a country; an airport is needed)"]),
    ("city-state for a port", 'to = "FNJ"', 'to = "Singapore"', ["'Singapore' (IATA codes there: "]),
    ("no such state", 'state = "MX"', 'state = "OO"', ["country code 'OO'", "ISO 3166"]),
    ("British state", 'state = "MX"', 'state = "UK"', ["'UK'", "'GB'"]),
    ("unknown zone", 'area = "KP"', 'area = "Nort Korea"', ["unknown zone or territory", "Nort Korea"]),
    ("country of nowhere", 'area = "KP"', 'area = "Narnia"', ["zone or territory 'Narnia'", "such as 'FR'"]),
    (
        "station nowhere",
        "[[fares]]",
        '[[ports]]\nid = "PEK-RAIL"\ntimezone = "Asia/Shanghai"\n[[fares]]',
        ["[[ports]] needs the key 'territory'", "IATA"],
    ),
    ("header in disorder", "[[fares]]", "[fares]]", ["not valid TOML", "a table begins with [name]"]),
    ("date in words", "today = 2025-01-10", "today = 10 January 2025", ["not valid TOML", "2025-04-03"]),
    ("unknown territory", 'territory = "CN"', 'territory = "China"', ["unknown territory", "'CN' (China)"]),
    ("unknown place", 'at = "KP"', 'at = "KQQ"', ["unknown port, territory or zone 'KQQ'"]),
    ("unknown passport", 'passports = "mx"', 'passports = "mex"', ["unknown passport 'mex'", "'mx'"]),
    ("unknown leg", '["in", "off"]', '["in", "of"]', ["legs: unknown leg 'of'", "did you mean 'off'?"]),
    ("unknown traveller", "book_by", 'travellers = "anna"\nbook_by', ["unknown traveller 'anna'", "'ana'"]),
    ("unknown document", "book_by", 'needs = "vise"\nbook_by', ["unknown passport, permission", "'visa'"]),
    ("unknown rulebook", "[rates]", 'rulebooks = ["KPP"]\n[rates]', ["unknown rulebook 'KPP'", "'KP'"]),
    ("country for a rulebook", "[rates]", 'rulebooks = ["JAPAN"]\n[rates]', ["'JAPAN' (did you mean 'JP' (Japan)?)"]),
    (
        "on offer elsewhere",
        "[rates]",
        'may_obtain = ["kp-visa"]\n[rates]',
        ["offers 'kp-visa' (the rulebook KP offers it: add it to rulebooks)"],
    ),
    ("not on offer", "[rates]", 'may_obtain = ["us-visa"]\n[rates]', ["no rulebook in use offers 'us-visa'"]),
    ("unknown rule off", "[rates]", 'switched_off = "us-bann"\n[rates]', ["'us-bann'", "did you mean 'us-ban'?"]),
    ("unknown reading", "[rates]", "[readings]\nx = 'strict'\n[rates]", ["unknown reading 'x'"]),
    # ids
    (
        "passport twice",
        'id = "us"',
        'id = "mx"',
        ["passport id 'mx' is used twice", "also at line"],
        'id = "mx"\nstate = "MX"',
    ),
    ("leg twice", 'id = "back"', 'id = "out"', ["leg id 'out' is used twice"]),
    ("fare named as a leg", 'id = "koryo"', 'id = "back"', ["fare id 'back' is used twice", "a leg with a price"]),
    ("ground twice", 'id = "us-ban"', 'id = "visa"', ["'visa' is used twice"], 'id = "visa"\npermission'),
    ("reserved id", 'id = "us-ban"', 'id = "citizen:US"', ["the planner's own"]),
    ("empty id", 'id = "race"', 'id = ""', ["id: it must not be empty"]),
    # times and dates
    ("arrival first", "2025-04-03 16:25", "2025-04-03 12:00", ["does not arrive after it departs", "05:25 UTC"]),
    ("skipped hour", "2025-04-01T13:25:00", "2025-03-09T02:30:00", ["02:30 does not exist at SFO", "clocks"]),
    ("dates in disorder", "expires = 2030", "issued = 2031-01-01\nexpires = 2030", ["expires", "lies before issued"]),
    ("future past", "to = 2024-05-09", "to = 2025-05-09", ["a past stay cannot end after today (2025-01-10)"]),
    ("past to come", "from = 2024-05-01\nto = 2024-05-09", "from = 2025-02-01", ["cannot begin after today"]),
    ("end of the calendar", "today = 2025-01-10", "today = 9999-12-31", ["the year 9999 is out of range"]),
    ("end of days", "first_day = 2025-04-06", "first_day = 9999-12-31", ["the year 9999 is out of range"]),
    ("min and max", "min = 2, max = 9", "min = 9, max = 2", ["at least 9 nights and at most 2"]),
    ("booked late", "book_by", "booked_on = 2025-04-07\nbook_by", ["booked_on", "lies after today"]),
    # money
    ("no rate", '"300 EUR"', '"300 CHF"', ["no exchange rate for CHF", "add CHF to values of [rates]"]),
    ("rate of nothing", "EUR = 1.05", "EUR = 0", ["rate of EUR must be above 0"]),
    ("currency in words", 'currency = "USD"', 'currency = "dollars"', ["'dollars' is no currency code", "USD"]),
    ("code in small letters", "EUR = 1.05", "EUR = 1.05, chf = 1.1", ["'chf'", "did you mean 'CHF'?"]),
    ("no fare", "price = 500\n", "", ["leg 'out' has no price and is in no fare"], 'id = "out"'),
    # what must fit together
    ("fare backwards", '["in", "off"]', '["off", "in"]', ["leg 'in' departs before leg 'off' arrives"]),
    ("legs far apart", 'before = "in"', 'before = "off"', ["do not meet at a port", "PEK", "FNJ"]),
    ("avoiding the start", "[[trip.events]]", '[trip.avoid]\nports = ["SFO"]\n[[trip.events]]', ["cannot avoid 'SFO'"]),
    ("avoiding home", "[[trip.events]]", '[trip.avoid]\nterritories = "US"\n[[trip.events]]', ["cannot avoid 'US'"]),
    ("avoiding nobody", "[[trip.events]]", "[trip.connections]\nports.XQX = 5\n[[trip.events]]", ["port 'XQX'"]),
    ("booked with two", "book_by", 'booked_with = ["us", "mx"]\nbook_by', ["several passports of 'ana'"]),
    ("no passport for it", 'passports = "mx"', 'nationalities = "CA"', ["'visa' is put into a passport of CA"]),
    ("gives nothing", "[[legs]]", LAST + "[[legs]]", ["'extra' gives nothing", "exactly one"]),
    (
        "two gifts",
        "passports = ",
        'certificate.kind = "x"\npassports = ',
        ["gives permission and certificate"],
        "[[acquirables]]",
    ),
    (
        "passport of a paper",
        "[[legs]]",
        LAST + 'certificate.kind = "x"\npassport_validity = 3\n[[legs]]',
        ["put into a"],
    ),
    ("use of a paper", "[[legs]]", LAST + 'certificate.kind = "x"\nat_least_before_use = 3\n[[legs]]', ["only for"]),
    ("waiting for itself", "price = 34", 'price = 34\nneeds = "visa"', ["wait for each other: 'visa' needs 'visa'"]),
    # what cannot be meant
    ("nobody may", 'passports = "mx"', "travellers = []", ["travellers: expected at least one, found an empty list"]),
    ("no weekday", "stops = [", "nightly = { at = [], price = 1 }\nstops = [", ["at: name at least one"]),
    ("no purpose", 'residence = "US"', 'residence = "US"\npurposes = []', ["purposes: expected at least one"]),
    ("not born yet", 'residence = "US"', 'residence = "US"\nborn = 2025-01-11', ["born", "after today (2025-01-10)"]),
    ("still in China", "to = 2024-05-09\n", "", ["China still lasts", "starts at SFO", "add `to`"], 'territory = "CN"'),
    ("nobody to ask", 'at = ["PEK", "PKX"]', "at = []", ["at: name at least one"]),
]


@pytest.mark.parametrize("case", BROKEN, ids=[case[0] for case in BROKEN])
def test_each_mistake_is_reported_once_where_it_is(case: tuple[Any, ...]) -> None:
    _, old, new, words, *at = case
    text = changed((old, new))
    found = problems(text)
    assert len(found) == 1, found
    assert all(word in found[0] for word in words), found[0]
    place, line, column, _ = found[0].split(":", 3)
    assert place == "trip.toml"
    assert int(column) >= 1
    first = line_of(text, at[0]) if at else MARATHON[: MARATHON.index(old)].count("\n") + 1
    last = first if at else first + new.count("\n")
    assert first <= int(line) <= last, found[0]


def test_mistakes_of_all_sorts_are_reported_together_in_file_order() -> None:
    text = changed(
        ("title =", "titel ="),
        ("EUR = 1.05", "EUR = 1.05, usd = 1"),
        ('state = "MX"', 'state = "MEX"'),
        ('passports = "mx"', 'passports = "mex"'),
        ('to = "PEK"', 'to = "QQX"'),
        ("2025-04-03 16:25", "2025-04-03"),
        ("2025-04-09 10:25", "2025-04-08 10:25"),
        ('"300 EUR"', '"300 CHF"'),
        ('area = "KP"', 'area = "KPP"'),
        ("min = 2", "mni = 2"),
        ('id = "race"\n', ""),
    )
    found = problems(text)
    expected = ["titel", "usd", "MEX", "mex", "QQX", "arrives:", "back", "CHF", "KPP", "mni", "'id'"]
    assert [word for word, problem in zip(expected, found, strict=True) if word not in problem] == []


def test_what_an_unreadable_table_may_have_said_is_not_called_unknown() -> None:
    text = changed(("2025-04-03 16:25", "noon"))  # the leg `in` cannot be read; a fare and a touch name it
    (found,) = problems(text)
    assert "noon" in found


def test_a_file_without_its_main_tables_is_checked_as_far_as_it_goes() -> None:
    found = problems('legs = [{ id = "x", from = "SFO", to = "QQX", departs = "noon", arrives = 5 }]\n')
    needed = [problem for problem in found if "which is missing" in problem]
    assert [problem.split("'")[1] for problem in needed] == ["currency", "today", "travellers", "trip"]
    assert sum("expected a local date and time" in problem for problem in found) == 4 - 2
    assert problems("") == [f"trip.toml:1:1: {problem.split(': ', 1)[1]}" for problem in needed]


@pytest.mark.parametrize("version", ["2", "0", "99"])
def test_another_version_of_the_language_is_named_and_nothing_else(version: str) -> None:
    (found,) = problems(changed(("language = 1", f"language = {version}"), ("title =", "titel =")))
    assert found == (
        f"trip.toml:1:12: this file is written in version {version} of the scenario language "
        "(this planner reads version 1)"
    )
    (found,) = problems(changed(("language = 1", "language = true")))
    assert "language: expected a whole number" in found


def test_no_table_of_the_wrong_sort_is_taken_for_another() -> None:
    found = problems(changed(('[trip]\nstart = "SFO"', '[[trip]]\nstart = "SFO"'), ("[expect]", "[ignored]")))
    assert any("trip: expected a table, found a list" in problem for problem in found)


def test_two_ways_to_the_same_passport_id_are_told_apart_by_who_may() -> None:
    new = '\n[[acquirables]]\nid = "renewal"\npassport = {{ id = "mx", state = "MX" }}\nprice = 1\n{}\n'
    (found,) = problems(MARATHON + new.format(""))
    assert "passport id 'mx' is used twice" in found
    bruno = '\n[[travellers]]\nid = "bruno"\npassports = { id = "br", state = "BR" }\n'
    assert read(MARATHON + bruno + new.format('travellers = "bruno"'))
    foreign = bruno + 'permissions = { id = "p", zone = "CN", passports = "us" }\n'
    (found,) = problems(MARATHON + foreign)
    assert "'bruno' has no passport 'us'" in found


def test_a_permission_held_is_in_a_passport_held() -> None:
    bruno = '\n[[travellers]]\nid = "bruno"\npassports = {{ id = "br", state = "BR" }}\n'
    bruno += 'permissions = {{ id = "p", zone = "CN", book = "{}" }}\n'
    new = '\n[[acquirables]]\nid = "second"\ntravellers = "bruno"\npassport = { id = "new", state = "BR" }\nprice = 1\n'
    assert read(MARATHON + bruno.format("br") + new)
    (found,) = problems(MARATHON + bruno.format("new") + new)
    assert "book: 'bruno' does not hold passport 'new' yet" in found


def test_papers_that_wait_for_each_other_are_named_in_a_ring() -> None:
    ring = "".join(
        f'\n[[acquirables]]\nid = "{name}"\ncertificate = {{ kind = "{name}-paper" }}\nprice = 1\nneeds = "{need}"\n'
        for name, need in (("a", "b-paper"), ("b", "c"), ("c", "a-paper"), ("d", "a"))
    )
    (found,) = problems(MARATHON + ring)
    assert "'a' needs 'b' needs 'c' needs 'a'" in found
    held = 'certificates = { kind = "b-paper" }\n[[travellers.passports]]'
    assert problems(changed(("[[travellers.passports]]", held)) + ring) == []


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_dates_beyond_the_calendar_in_use_are_problems_wherever_plans_are_made(day: str) -> None:
    text = changed(
        ("2025-01-10", day),
        ("2025-04-01T13:25:00", f"{day}T00:00:00"),
        ("2025-04-09 10:25", f"{day} 23:59"),
        ("price = 34", f"price = 34\napply_on = {day}"),
        ('start = "SFO"', f'start = "SFO"\nreturn_by = {day}'),
    )
    out_of_range = [problem for problem in problems(text) if "is out of range" in problem]
    assert len(out_of_range) == 5


def test_a_permission_for_a_member_of_a_zone_is_pointed_at_the_zone() -> None:
    text = (
        'today = 2025-01-01\ncurrency = "USD"\nrulebooks = ["SCHENGEN"]\n'
        '[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "in"\nstate = "IN"\n'
        '[[travellers.permissions]]\nid = "visa"\nzone = "FR"\n[trip]\nstart = "DEL"\n'
    )
    (found,) = problems(text)
    assert found.startswith("trip.toml:11:8: zone: 'FR' is part of 'SCHENGEN'")


def test_what_lies_before_today_is_refused_once() -> None:
    leg = (
        '[[legs]]\nid = "{0}"\nfrom = "SFO"\nto = "PEK"\nprice = 1\n'
        "departs = 2024-12-{1}T10:00:00\narrives = 2024-12-{2}T18:00:00\n"
    )
    text = (
        'today = 2025-01-01\ncurrency = "USD"\nrulebooks = []\n[[travellers]]\nid = "t"\n'
        + leg.format("a", "20", "21")
        + leg.format("b", "22", "23")
        + '[trip]\nstart = "SFO"\n[[trip.events]]\nid = "e"\nat = "SFO"\nfirst_day = 2024-12-24\n'
    )
    found = problems(text)
    assert len(found) == 2
    assert "leg 'a' departs before today (2025-01-01); legs before today: 2" in found[0]
    assert "event 'e' begins before today (2025-01-01)" in found[1]
