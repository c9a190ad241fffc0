from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.core.errors import Place, ScenarioError
from planner.core.money import Price
from planner.core.period import Period
from planner.rules.base import table_kinds
from planner.rules.kinds.passport_ban import PassportBan
from planner.scenario.reading import read_file, read_mapping
from planner.scenario.travel import Fare
from tests.scenario.marathon import MARATHON, changed, line_of, read


def test_everything_in_the_file_arrives() -> None:
    scenario = read(MARATHON)
    assert (scenario.title, scenario.today, scenario.currency) == ("Marathon", date(2025, 1, 10), "USD")
    assert scenario.minor(scenario.trip.events[0].price) == 10500
    (ana,) = scenario.travellers
    assert ana.residence == ("US",)
    assert [passport.id for passport in ana.passports] == ["us", "mx"]
    assert ana.past_stays[0].from_ == date(2024, 5, 1)
    (visa,) = scenario.acquirables
    assert visa.permission is not None
    assert visa.permission.enter_within == Period(6, "months")
    assert visa.lead.business_days == 4
    assert isinstance(scenario.law.rules[0], PassportBan)
    assert scenario.trip.events[0].at == ("KP",)


def test_ports_come_from_the_airport_tables_and_only_named_ones() -> None:
    scenario = read(MARATHON)
    assert set(scenario.ports) == {"SFO", "PEK", "PKX", "FNJ"}
    assert scenario.ports["FNJ"].territory == "KP"
    assert scenario.ports["FNJ"].timezone == "Asia/Pyongyang"
    assert scenario.ports["FNJ"].airside is None


def test_ports_of_the_file_and_claims_of_territories_come_first() -> None:
    own = (
        '\n[[territories]]\nid = "XP"\nports = "FNJ"\n'
        '[[ports]]\nid = "PEK"\nname = "Capital"\nterritory = "CN"\ntimezone = "Asia/Shanghai"\nairside = true\n'
    )
    scenario = read(MARATHON + own)
    assert scenario.ports["FNJ"].territory == "XP"
    assert scenario.ports["PEK"].name == "Capital"
    assert "XP" in scenario.covered


def test_what_a_port_table_leaves_out_comes_from_the_airport_tables() -> None:
    own = '\n[[territories]]\nid = "XP"\nports = "FNJ"\n[[ports]]\nid = "FNJ"\nairside = true\n'
    port = read(MARATHON + own).ports["FNJ"]
    assert (port.territory, port.timezone, port.airside) == ("XP", "Asia/Pyongyang", True)
    assert port.name


def test_legs_stay_in_file_order_and_carry_utc_minutes() -> None:
    scenario = read(MARATHON)
    assert [leg.id for leg in scenario.legs] == ["out", "in", "off", "back"]
    out, back = scenario.legs[0], scenario.legs[3]
    assert out.arrives_utc - out.departs_utc == 12 * 60 + 35  # 13:25 PDT is 20:25 UTC; 17:00 in Beijing is 09:00 UTC
    assert back.arrives_utc - back.departs_utc == 12 * 60


def test_priced_legs_become_fares_before_the_others() -> None:
    scenario = read(MARATHON)
    assert [fare.id for fare in scenario.fares] == ["out", "back", "koryo"]
    assert scenario.fares[0] == Fare(id="out", legs=("out",), price=Price(Decimal(500)))
    assert scenario.fares[0].where.of("price").line == line_of(MARATHON, "price = 500")


def test_stops_without_an_id_are_named_after_their_place() -> None:
    assert [stop.id for stop in read(MARATHON).trip.stops] == ["FNJ", "PEK", "FNJ-2"]
    taken = changed(('{ at = ["PEK", "PKX"] }', '{ at = "PEK", id = "FNJ" }'))
    assert [stop.id for stop in read(taken).trip.stops] == ["FNJ-2", "FNJ", "FNJ-3"]


def test_every_table_knows_its_place() -> None:
    scenario = read(MARATHON)
    leg = scenario.legs[1]
    assert leg.where.place == Place("trip.toml", line_of(MARATHON, 'id = "in"') - 1, 1)
    assert leg.where.of("from") == Place("trip.toml", leg.where.place.line + 2, 8)
    assert scenario.travellers[0].passports[1].where.of("state").line == line_of(MARATHON, '"MX"')
    assert scenario.law.rules[0].where.of("area").line == line_of(MARATHON, 'area = "KP"')
    assert scenario.trip.stops[1].where.place.line == line_of(MARATHON, "stops =")


def test_expect_is_ignored_and_language_may_be_left_out() -> None:
    assert read(changed(("language = 1\n", ""))) == read(changed(("[expect]", "[expect.more]")))


def test_a_single_value_stands_for_a_list_even_for_tables() -> None:
    single = read(changed(("[[rules]]", "[rules]"), ('legs = ["in", "off"]', 'legs = ["in", "off"]')))
    assert single == read(MARATHON)


def test_plain_data_is_read_like_its_text_but_has_no_places() -> None:
    data = tomllib.loads(MARATHON, parse_float=Decimal)
    scenario = read_mapping(data, table_kinds())
    assert scenario == read(MARATHON)
    assert data == tomllib.loads(MARATHON, parse_float=Decimal)  # left as it was
    data["legs"][0]["to"] = 5
    with pytest.raises(ScenarioError, match="<data>: to: expected a text in quotes, found the number 5"):
        read_mapping(data, table_kinds())


def test_a_file_is_named_in_its_places(tmp_path: Path) -> None:
    path = tmp_path / "trip.toml"
    path.write_text(MARATHON, encoding="utf-8")
    assert read_file(path, table_kinds()).trip.where.place.file == str(path)


def test_what_the_file_itself_says_about_law_is_covered_with_its_members() -> None:
    zone = '\n[[zones]]\nid = "EAST"\nmembers = [{ territory = "KP" }, { territory = "CN", from = 2025-01-01 }]\n'
    zone = zone.replace(" }", ', purposes = ["clock"] }')
    scenario = read(changed(('area = "KP"', 'area = "EAST"')) + zone)
    assert scenario.covered == {"EAST", "KP", "CN"}


def test_the_earliest_and_latest_dates_do_no_harm_where_they_mean_always() -> None:
    scenario = read(changed(("expires = 2030-01-01", "issued = 0001-01-01\nexpires = 9999-12-31")))
    assert scenario.travellers[0].passports[0].expires == date.max


def test_the_same_people_may_use_the_same_ids_for_their_own_papers() -> None:
    bruno = '[[travellers]]\nid = "bruno"\npassports = { id = "mx", state = "MX" }\n\n[[acquirables]]'
    scenario = read(changed(("[[acquirables]]", bruno)))
    assert [p.id for t in scenario.travellers for p in t.passports] == ["us", "mx", "mx"]
