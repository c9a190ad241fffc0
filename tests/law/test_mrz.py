"""Passports from machine-readable zones: check digits by a second reckoning, and what messages do not say."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest

from planner.core.errors import ScenarioError
from planner.law.mrz import NotInstalled, Zone, without, zones

TODAY = date(2026, 1, 1)
# ICAO's specimen (Doc 9303 part 4, appendix A), and cards of the same person (parts 5 and 6).
SPECIMEN = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
TD1 = ("I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<")
TD2 = ("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6")
PRIVATE = re.compile("ERIKSSON|ANNA|L898902|L8989|D2314|ZE184|740812|120415", re.IGNORECASE)


def digit(text: str) -> str:
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return str(sum(signs.index(sign.replace("<", "0")) * (7, 3, 1)[at % 3] for at, sign in enumerate(text)) % 10)


def passport(issuer: str = "MEX", nationality: str = "", born: str = "900403", expires: str = "300501") -> str:
    number, personal = "G12345678", "<" * 14
    checked = [number + digit(number), born + digit(born), expires + digit(expires), personal + digit(personal)]
    first = f"P<{issuer:<3}PEREZ<<ANA".replace(" ", "<").ljust(44, "<")
    nation = (nationality or issuer).ljust(3, "<")
    second = f"{checked[0]}{nation}{checked[1]}F{checked[2]}{checked[3]}{digit(''.join(checked))}"
    return f"{first}\n{second}\n"


def of(*lines: str, state: str = "MEX") -> str:
    return "\n".join(line.replace("UTO", state.ljust(3, "<")) for line in lines)


def refused(text: str) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        zones(text, "zone.txt", TODAY)
    told = list(map(str, caught.value.problems))
    assert not PRIVATE.search("\n".join(told))
    assert not any(line in "\n".join(told) for line in text.split("\n") if line.strip())
    return told


@pytest.mark.parametrize("lines", [SPECIMEN, TD1, TD2], ids=["td3", "td1", "td2"])
def test_what_a_zone_says(lines: tuple[str, ...]) -> None:
    (found,) = zones(of(*lines), "zone.txt", TODAY)
    assert (found.book.state, found.book.expires, found.born) == ("MX", date(2012, 4, 15), date(1974, 8, 12))
    assert (found.name, found.book.number) == ("Anna Maria Eriksson", lines[0][5:14] if lines is TD1 else lines[1][:9])
    assert bool(found.notes) == (lines is not SPECIMEN)  # a card is told to be one
    assert not PRIVATE.search(repr(found))


def test_names_and_numbers_are_left_out_unless_they_are_kept() -> None:
    (found,) = zones(of(*SPECIMEN), "zone.txt", TODAY)
    assert told(without(found, ())) == ("", "")
    assert told(without(found, ("name",))) == ("Anna Maria Eriksson", "")
    assert told(without(found, ("number",))) == ("", "L898902C3")


def told(zone: Zone) -> tuple[str, str]:
    return zone.name, zone.book.number


def test_several_zones_stand_below_each_other_whatever_blank_lines_there_are() -> None:
    text = f"\n{passport()}\n\n  {of(*TD1)}\n{passport('USA')}"
    assert [zone.book.state for zone in zones(text, "zone.txt", TODAY)] == ["MX", "MX", "US"]


@pytest.mark.parametrize(
    ("code", "state"), [("D", "DE"), ("RKS", "XK"), ("GBR", "GB"), ("PRK", "KP"), ("HKG", "HK"), ("TWN", "TW")]
)
def test_codes_of_states(code: str, state: str) -> None:
    assert zones(passport(code), "zone.txt", TODAY)[0].book.state == state


@pytest.mark.parametrize(
    ("issuer", "nationality", "words"),
    [
        ("UNO", "", "UNO is the United Nations"),
        ("D", "XXB", "XXB is a refugee"),
        ("USA", "XXA", "XXA is a stateless person"),
        ("GBD", "", "a citizen of a British overseas territory (GBD)"),
        ("GBR", "GBN", "a British National (Overseas) (GBN)"),
        ("UNK", "", "UNK is the United Nations in Kosovo"),
        ("FRA", "MEX", "issued by FRA to a national of MEX"),
        ("QQQ", "", "'QQQ' is no country's code"),
    ],
)
def test_what_is_no_passport_of_a_state_for_its_national(issuer: str, nationality: str, words: str) -> None:
    (problem,) = refused(passport(issuer, nationality))
    assert words in problem


def test_a_birth_lies_in_the_past_and_what_is_not_known_of_it_stays_unknown() -> None:
    born = [zones(passport(born=text), "-", TODAY)[0].born for text in ("251231", "260102", "740000", "<<<<<<")]
    assert born == [date(2025, 12, 31), date(1926, 1, 2), None, None]
    assert zones(passport(expires="<<<<<<"), "-", TODAY)[0].book.expires is None


@pytest.mark.parametrize(
    ("column", "sign", "words"),
    [
        (1, "7", "document number"),
        (14, "9", "date of birth"),
        (22, "9", "date of expiry"),
        (30, "9", "personal number"),
        (44, "5", "whole zone"),
    ],
)
def test_the_check_digit_that_fails_is_named(column: int, sign: str, words: str) -> None:
    first, second = of(*SPECIMEN).split("\n")
    (problem,) = refused(f"{first}\n{second[: column - 1]}{sign}{second[column:]}")
    assert problem.startswith(f"zone.txt:1:1: the check digit of the {words} does not fit")


@pytest.mark.parametrize(("column", "pair"), [(6, "O and 0"), (2, "B and 8")])
def test_a_sign_that_looks_like_another_is_suspected(column: int, pair: str) -> None:
    first, second = of(*SPECIMEN).split("\n")
    other = pair[0] if second[column - 1] == pair[-1] else pair[-1]
    (problem,) = refused(f"{first}\n{second[: column - 1]}{other}{second[column:]}")
    assert "perhaps these are mixed up: " in problem
    assert f"{pair} in line 2, column {column}" in problem


def test_a_letter_in_a_date_is_told_though_its_check_digit_may_not_notice() -> None:
    text = passport(expires="3O0501")
    assert any("the date of expiry is no date" in line for line in refused(text))
    assert any("the date of birth has letters" in line for line in refused(passport(born="9O0403")))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (of(*SPECIMEN)[:-1], "2:1", "this line has 43 signs (a passport's zone is two lines of 44 signs"),
        (SPECIMEN[0], "1:1", "here the zone ends after 1 of its lines"),
        (of(*SPECIMEN).replace("ANNA", "ANÑA"), "1:18", "only A to Z, 0 to 9 and < stand"),
        (of(*SPECIMEN).replace("<<ANNA", "<«ANNA"), "1:15", "fillers are <"),
        (of(*SPECIMEN).replace("ANNA", "anna"), "1:16", "a small letter"),
        ("\n \n", "", "there is nothing"),
        (passport().replace("P<", "V<"), "1:1", "this is a visa"),
    ],
)
def test_what_is_no_zone(text: str, place: str, words: str) -> None:
    found = refused(text)
    assert any(line.startswith(f"zone.txt:{place}" if place else "zone.txt: ") and words in line for line in found)


def test_so_many_lines_are_no_passports_of_one_trip() -> None:
    assert len(zones(passport() * 100, "zone.txt", TODAY)) == 100
    assert refused(passport() * 101) == ["zone.txt: there are 202 lines; at most 200 are read"]


def test_without_the_library_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mrz.checker.td1", None)
    with pytest.raises(NotInstalled):
        zones(passport(), "zone.txt", TODAY)


def test_lines_the_other_way_round_are_told_without_a_sign_of_them() -> None:
    first, second = of(*SPECIMEN).split("\n")
    assert refused(f"{second}\n{first}") == [
        "zone.txt:1:1: the two lines stand the other way round (the one with the name comes first)"
    ]


def test_a_code_that_may_be_of_the_number_is_not_repeated() -> None:
    _, second = of(*SPECIMEN).split("\n")
    problems = refused(f"{second}\n{second}")
    assert any("what stands there is no country's code" in problem for problem in problems)
    assert not any(second[2:5] in problem for problem in problems)
