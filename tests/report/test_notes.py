"""What may not be meant, for `plan check`."""

from __future__ import annotations

from planner.report.notes import notes
from tests.scenario.marathon import MARATHON, changed, read

AVOID = "[trip.avoid]\noperators = ["
RULE = '\n[[rules]]\nkind = "required-paper"\nid = "insured"\nzone = "KP"\ncertificates = ["insurance"]\n'


def found(text: str) -> list[str]:
    """All notes but the one about holidays in the United States, which the marathon does not list."""
    return [note for note in notes(read(text)) if "holidays" not in note]


def test_nothing_is_noted_where_all_is_clear() -> None:
    assert found(MARATHON) == []


def test_a_company_to_avoid_by_which_there_is_no_leg() -> None:
    legs = ("price = 500\n", 'price = 500\noperator = "Air France"\n')
    avoided = changed(legs, ("[[trip.events]]", AVOID + '"Air France", "Air Canada"]\n[[trip.events]]'))
    assert found(avoided) == ["no leg is by 'Air Canada', which the trip avoids (did you mean 'Air France'?)"]


def test_a_paper_on_offer_that_fits_nobodys_passport() -> None:
    offer = changed(('currency = "USD"', 'currency = "USD"\nrulebooks = ["MX"]\nmay_obtain = "mx-visitor-visa"'))
    assert found(offer) == [
        "mx-visitor-visa is of no use here: nobody who may apply has or could acquire a passport for it"
    ]
    assert found(offer.replace('state = "MX"', 'state = "CN"')) == []
    renewed = '\n[[acquirables]]\nid = "new"\npassport = { id = "cn", state = "CN" }\nprice = 1\n'
    assert found(offer + renewed) == []


def test_a_certificate_that_nobody_has() -> None:
    told = "insured asks for the certificate 'insurance', which nobody has or could acquire"
    assert found(MARATHON + RULE) == [told]
    held = ('residence = "US"', 'residence = "US"\ncertificates = [{ kind = "insurence" }]')
    assert found(changed(held) + RULE) == [f"{told} (did you mean 'insurence'?)"]
    assert found(changed((held[0], held[1].replace("insurence", "insurance"))) + RULE) == []
    acquired = '\n[[acquirables]]\nid = "q"\nprice = 1\ncertificate = { kind = "insurance" }\n'
    assert found(MARATHON + RULE + acquired) == []


def test_of_what_rulebooks_ask_for_only_a_name_that_is_nearly_right_is_noted() -> None:
    book = ('currency = "USD"', 'currency = "USD"\nrulebooks = ["GE"]')
    assert found(changed(book)) == []
    held = ('residence = "US"', 'residence = "US"\ncertificates = [{ kind = "travel-insurence" }]')
    (note,) = found(changed(book, held))
    assert note.endswith("'travel-insurance', which nobody has or could acquire (did you mean 'travel-insurence'?)")


def test_business_days_where_no_holidays_are_known() -> None:
    note = "no holidays are known for United States in 2025: every Monday to Friday is a business day"
    assert list(notes(read(MARATHON))) == [note]
    days = '\n[[holidays]]\nid = "h"\nplace = "US"\ndates = [{}-07-04]\n'
    assert list(notes(read(MARATHON + days.format(2024)))) == [note]
    assert list(notes(read(MARATHON + days.format(2025)))) == []
    assert list(notes(read(changed(("business_days", "days"))))) == []


def test_an_airport_that_has_the_code_of_a_country() -> None:
    to_usa = changed(('at = "KP"', 'at = "USA"'))
    (note,) = found(to_usa)
    assert note == "USA is Concord-Padgett Regional Airport in United States; if the country is meant, write US"
    assert found(changed(('at = "KP"', 'at = "US"'))) == []


def test_an_airport_to_which_legs_go_is_meant() -> None:
    assert (
        found(changed(('at = "KP"', 'at = "CAN"'), ('to = "PEK"', 'to = "CAN"'), ('from = "PEK"', 'from = "CAN"')))
        == []
    )
