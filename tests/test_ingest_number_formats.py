"""Numbers and dates as a spreadsheet shows them."""

from __future__ import annotations

import pytest

from ingest.formats.number_formats import shown, shown_text

ACCOUNT = '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("1.0", "General", "1"),
        ("0.30000000000000004", "General", "0.3"),
        ("1.7E+8", "General", "170000000"),
        ("1E-7", "General", "0.0000001"),
        ("0.333333333333333", "General", "0.333333333"),
        ("12345678901234", "General", "12345678901234"),
        ("-5", 'General"건"', "-5건"),
        ("0.125", "0.0%", "12.5%"),
        ("1.005", "0.00", "1.01"),
        ("1234.5", '#,##0"원"', "1,235원"),
        ("170000000", "#,##0", "170,000,000"),
        ("1234", "[$₩-412]#,##0", "₩1,234"),
        ("1234567890", '#,##0.0,,"백만"', "1,234.6백만"),
        ("-1234", "#,##0_);(#,##0)", "(1,234)"),
        ("-12", "#,##0;△ #,##0", "△ 12"),
        ("1234", ACCOUNT, "1,234"),
        ("0", ACCOUNT, "-"),
        ("1012345678", "000-0000-0000", "010-1234-5678"),
        ("12", "000", "012"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("1.25", "# ?/?", "1 1/4"),
        ("150", '[>=100]"많음";0', "많음"),
        ("5", ";;;", ""),
        ("44490", "yyyy-mm-dd", "2021-10-21"),
        ("44490", "yyyy. m. d.;@", "2021. 10. 21."),
        ("44490", '[$-412]yyyy"년" m"월" d"일" aaaa', "2021년 10월 21일 목요일"),
        ("44490", "d-mmm-yy", "21-Oct-21"),
        ("44490.604166666664", "yyyy-mm-dd h:mm", "2021-10-21 14:30"),
        ("44490.604166666664", "[$-412]AM/PM h:mm;@", "오후 2:30"),
        ("44490.999999999", "yyyy-mm-dd hh:mm:ss", "2021-10-22 00:00:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.000729166", "mm:ss.0", "01:03.0"),
        ("60", "yyyy-mm-dd", "1900-02-29"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("x", "0", "x"),
    ],
)
def test_shown(value: str, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_dates_of_old_macs() -> None:
    assert shown("0", "yyyy-mm-dd", True) == "1904-01-01"


def test_texts() -> None:
    assert shown_text("홍길동", '@"님"') == "홍길동님"
    assert shown_text("홍길동", "General") == "홍길동"
    assert shown_text("홍길동", ";;;") == ""


def test_any_format_is_stood() -> None:
    for code in ("", "0.0.0", "%%", '"', "[", "[$", "\\", "E+", "0E+", "/", "# ?/?/?", ",,,", "[>x]0", "yyyyyyyy", "_"):
        assert isinstance(shown("1234.5", code), str)
