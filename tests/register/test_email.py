import pytest

from engage.register.email import is_free_mail, is_shared_mailbox, read_emails


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("J.Whittle@Peakside.example ", "j.whittle@peakside.example"),
        ("mailto:jo@peakside.example", "jo@peakside.example"),
        ("Jo Whittle <jo@peakside.example>", "jo@peakside.example"),
        ("[jo@peakside.example]", "jo@peakside.example"),
        ("jo @peakside.example.", "jo@peakside.example"),
        ("p.nair@g.example; c.webb@g.example", "p.nair@g.example; c.webb@g.example"),
        ("p.nair@g.example/c.webb@g.example", "p.nair@g.example; c.webb@g.example"),
        ("p.nair@g.example\nP.Nair@g.example", "p.nair@g.example"),
        ("siobhán@firm.example", "siobhán@firm.example"),
    ],
)
def test_addresses_are_found_and_lowered(typed, clean):
    assert read_emails(typed).clean == clean
    assert read_emails(typed).doubts == ()


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("jo@", ""),
        ("ask Jo", ""),
        ("a@firm.co,uk", "a@firm.co.uk"),
        ("a@firm.co.k", "a@firm.co.uk"),
        ("jo (at) firm dot example", "jo@firm.example"),
        ("j.oak firm.example", "j.oak@firm.example"),
        ("see firm.example", ""),
        ("j.oak www.firm.example", ""),
    ],
)
def test_a_bad_address_is_blank_with_a_doubt(typed, suggestion):
    reading = read_emails(typed)
    assert reading.clean == ""
    assert [(d.kind, d.suggestion) for d in reading.doubts] == [("bad-email", suggestion)]


@pytest.mark.parametrize("domain", ["gmial.com", "gmai.com", "gmaill.com", "gmail.con"])
def test_a_mistyped_domain_is_suggested_and_the_address_kept(domain):
    reading = read_emails(f"jo@{domain}")
    assert reading.clean == f"jo@{domain}"
    assert [(d.kind, d.suggestion) for d in reading.doubts] == [("email-typo", "jo@gmail.com")]


def test_a_good_address_beside_a_bad_one_is_kept():
    reading = read_emails("a@b.example, c@@d.example")
    assert reading.clean == "a@b.example"
    assert [doubt.kind for doubt in reading.doubts] == ["bad-email"]


def test_whose_mailbox_it_is():
    assert all(is_shared_mailbox(f"{box}@firm.example") for box in ("info", "hr2", "hr.team", "support"))
    assert not any(is_shared_mailbox(f"{box}@firm.example") for box in ("jo", "helpa"))
    assert is_free_mail("info@gmail.com")
    assert is_free_mail("jo@zen.co.uk")
    assert not is_free_mail("jo@firm.example")


def test_a_firm_one_letter_off_a_small_provider_is_no_slip():
    assert read_emails("jo@ten.co.uk").doubts == ()
