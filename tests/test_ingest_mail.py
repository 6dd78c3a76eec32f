"""Mails as people read them: headers decoded, bodies in whatever charset, and every file that came along."""

from __future__ import annotations

import base64
import datetime as dt
from email.message import EmailMessage
from pathlib import Path
from struct import pack

import pytest

from corpus.model import Reason, State, UnitKind
from ingest.formats import mail, msg
from ingest.formats.mail_text import header
from ingest.formats.model import FormatError, Limits, Member
from tests.ole_files import ole

ENOUGH = Limits(bytes=1 << 26, files=100, ratio=100)
OFFICE = Path(__file__).parent.parent.parent / "shared" / "data" / "office"
HEAD = b"From: hong@example.kr\r\nTo: kim@example.kr\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
BODY = "요청하신 업무협약서 사본을 보내 드립니다.\n확인하여 주시기 바랍니다.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "붙임"
    made.mkdir()
    return made


def file(tmp_path: Path, content: bytes, name: str = "메일") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def text(tmp_path: Path, content: bytes) -> str:
    (page,) = mail.read(file(tmp_path, content), 1, 1, None, "d")
    return page.text


def attached(tmp_path: Path, folder: Path, content: bytes, limits: Limits = ENOUGH) -> dict[str, Member]:
    members = mail.unpack(file(tmp_path, content), folder, limits)
    assert sorted(folder.iterdir()) == sorted(member.path for member in members if member.path)
    assert len({member.name for member in members}) == len(members)
    return {member.name: member for member in members}


def contents(found: dict[str, Member]) -> dict[str, bytes]:
    return {name: member.path.read_bytes() for name, member in found.items() if member.path}


def word(content: bytes, charset: str, how: str = "B") -> str:
    coded = base64.b64encode(content).decode() if how == "B" else "".join(f"={byte:02X}" for byte in content)
    return f"=?{charset}?{how}?{coded}?="


# -- headers


def test_encoded_words_cut_in_the_middle_of_a_syllable() -> None:
    subject = "업무협약서 사본 회신".encode("cp949")
    assert (
        header(f"{word(subject[:7], 'ks_c_5601-1987')}\r\n {word(subject[7:], 'KS_C_5601-1987')} (1)")
        == "업무협약서 사본 회신 (1)"
    )


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain", "plain"),
        (f"{word('홍길동'.encode(), 'utf-8')} <hong@example.kr>", "홍길동 <hong@example.kr>"),
        (f'"{word("홍길동".encode("euc-kr"), "euc-kr")}" <h@example.kr>', '"홍길동" <h@example.kr>'),
        (f"{word('회신: 자료'.encode(), 'UTF-8', 'Q')}", "회신: 자료"),
        (word("계획서를 보냅니다".encode("cp949"), "utf-8"), "계획서를 보냅니다"),  # the charset is a lie
        (word("계획".encode(), "x-unknown"), "계획"),
        (word(b"caf\xe9", "iso-8859-1"), "café"),
        ("=?utf-8?B?%%%?=", "%%%"),
        ("업무협약서 사본".encode("cp949").decode("ascii", "surrogateescape"), "업무협약서 사본"),
        (f"a {word('가'.encode(), 'utf-8')} b {word('나'.encode(), 'utf-8')}", "a 가 b 나"),
    ],
)
def test_headers_as_people_read_them(raw: str, shown: str) -> None:
    assert header(raw) == shown


def test_page_of_a_mail(tmp_path: Path) -> None:
    made = EmailMessage()
    made["Received"] = "from nowhere"
    made["From"] = "홍길동 <hong@example.kr>"
    made["To"], made["Cc"] = "김 주무관 <kim@example.kr>", "lee@example.kr"
    made["Date"], made["Message-ID"] = "Thu, 04 Mar 2021 10:00:00 +0900", "<1@example.kr>"
    made["Subject"] = "업무협약서 사본 회신"
    made.set_content(BODY)
    path = file(tmp_path, bytes(made))
    (page,) = mail.read(path, 1, 5, None, "문서")
    assert page.text == (
        "From: 홍길동 <hong@example.kr>\nTo: 김 주무관 <kim@example.kr>\nCc: lee@example.kr\n"
        "Date: Thu, 04 Mar 2021 10:00:00 +0900\nSubject: 업무협약서 사본 회신\n\n" + BODY.strip()
    )
    assert (page.kind, page.name, page.document) == (UnitKind.MESSAGE, "업무협약서 사본 회신", "문서")
    assert (page.number, page.state, page.fingerprint) == (1, State.SEARCHABLE, mail.FINGERPRINT)
    assert mail.outline(path).pages == 1
    assert mail.outline(path).facts == {
        "message id": "<1@example.kr>",
        "date": "Thu, 04 Mar 2021 10:00:00 +0900",
        "subject": "업무협약서 사본 회신",
    }
    assert mail.read(path, 2, 5) == []


# -- bodies


@pytest.mark.parametrize("declared", [b"euc-kr", b"ks_c_5601-1987", b"utf-8", b"us-ascii", b"x-nobody-knows", None])
@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_korean_whatever_charset_is_declared(tmp_path: Path, declared: bytes | None, encoding: str) -> None:
    kind = b"Content-Type: text/plain; charset=" + declared + b"\r\n" if declared else b""
    content = HEAD + kind + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + BODY.encode(encoding)
    assert text(tmp_path, content).endswith(BODY.strip())


def test_western_charset_is_believed(tmp_path: Path) -> None:
    content = HEAD + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nLe mus\xe9e"
    assert text(tmp_path, content).endswith("Le musée")


def test_bytes_of_no_charset_are_damage(tmp_path: Path) -> None:
    broken = BODY.encode()[:40] + b"\xff" + BODY.encode()[40:]
    content = HEAD + b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + broken
    (page,) = mail.read(file(tmp_path, content), 1, 1)
    assert (page.state, page.reason) == (State.IN_PART, Reason.DAMAGED)
    assert "\ufffd" in page.text


def test_plain_text_is_preferred_unless_it_says_much_less(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@example.kr", "x"
    made.set_content("plain: 요청하신 자료를 보냅니다.")
    made.add_alternative("<p>rich: 요청하신 자료를 보냅니다.</p>", subtype="html")
    assert text(tmp_path, bytes(made)).endswith("plain: 요청하신 자료를 보냅니다.")
    other = EmailMessage()
    other["From"], other["Subject"] = "a@example.kr", "x"
    other.set_content("HTML only")
    other.add_alternative("<p>요청하신 자료를 첨부와 같이 보내 드리니 참고하시기 바랍니다.</p>", subtype="html")
    assert text(tmp_path, bytes(other)).endswith("첨부와 같이 보내 드리니 참고하시기 바랍니다.")


def test_parts_of_a_body_follow_each_other(tmp_path: Path) -> None:
    content = HEAD + (
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\npreamble\r\n--b\r\n\r\nfirst\r\n'
        b"--b\r\nContent-Type: text/html\r\n\r\n<b>second</b>\r\n--b--\r\nepilogue"
    )
    assert text(tmp_path, content).endswith("Subject: x\n\nfirst\n\nsecond")


def test_html_as_it_is_seen(tmp_path: Path) -> None:
    markup = (
        "<html><head><style>p {}</style></head><body><p>가<br>나 &amp;\n다</p><!-- c --><script>z</script>"
        "<div style='display: none'>숨은 글</div><table><tr><td>1</td><td>2</td></tr></table>끝"
    )
    content = HEAD + b"Content-Type: text/html; charset=cp949\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    (page,) = mail.read(file(tmp_path, content + markup.encode("cp949")), 1, 1)
    assert page.visible.endswith("Subject: x\n\n가\n나 & 다\n████\n1\t2\n끝")
    assert (page.state, page.reason) == (State.IN_PART, Reason.WITHHELD)
    assert [page.text[cell.start : cell.end] for cell in page.tables[0].cells] == ["1", "2"]


def test_text_of_a_mail_is_only_text(tmp_path: Path) -> None:
    hostile = "=HYPERLINK(1) <img src=x onerror=1> [a](javascript:1)"
    content = f"From: a@example.kr\r\nSubject: {hostile}\r\n\r\n{hostile}".encode()
    assert text(tmp_path, content).count(hostile) == 2


# -- files that came along


def test_attachments(tmp_path: Path, folder: Path) -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "a@example.kr", "x"
    made.set_content("보냅니다.")
    made.add_attachment(b"%PDF-1.4 ...", maintype="application", subtype="pdf", filename="업무협약서 사본.pdf")
    made.add_attachment(b"\x89PNG", maintype="image", subtype="png", disposition="inline", cid="<1>")
    made.add_attachment("본문 아님", filename="메모.txt")
    made.add_attachment(b"2", maintype="application", subtype="x-hwp", filename="메모.txt")
    made.add_attachment(b"3", maintype="application", subtype="x-hwp", filename="../../밖\\으로.hwp")
    found = attached(tmp_path, folder, bytes(made))
    assert contents(found) == {
        "업무협약서 사본.pdf": b"%PDF-1.4 ...",
        "part 2.png": b"\x89PNG",
        "메모.txt": "본문 아님\n".encode(),
        "메모 (2).txt": b"2",
        "밖/으로.hwp": b"3",
    }
    assert text(tmp_path, bytes(made)).endswith("Subject: x\n\n보냅니다.")


@pytest.mark.parametrize(
    "parameter",
    [
        'filename="' + word("계획서.hwp".encode("euc-kr"), "euc-kr") + '"',
        "filename*=UTF-8''%EA%B3%84%ED%9A%8D%EC%84%9C.hwp",
        "filename*0*=euc-kr''%B0%E8; filename*1*=%C8%B9%BC%AD.hwp",
        'filename="계획서.hwp"',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_names_of_attachments(tmp_path: Path, folder: Path, parameter: str, encoding: str) -> None:
    content = HEAD + b"Content-Type: application/x-hwp\r\nContent-Disposition: attachment; "
    content += parameter.encode(encoding) + b"\r\nContent-Transfer-Encoding: base64\r\n\r\naGk="
    assert contents(attached(tmp_path, folder, content)) == {"계획서.hwp": b"hi"}


def test_mail_in_a_mail_keeps_its_bytes(tmp_path: Path, folder: Path) -> None:
    inner = b"Subject:  =?utf-8?B?7ZqM7Iug?=\r\nX-Long: " + b"x " * 99 + b"\r\n\r\nFrom here on\r\n\xb0\xa1\r\n"
    content = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nsee below\r\n'
    content += b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n"
    assert contents(attached(tmp_path, folder, content)) == {"회신.eml": inner}
    assert text(tmp_path, content).endswith("see below")


def test_mail_that_is_nothing_but_an_attachment(tmp_path: Path, folder: Path) -> None:
    content = HEAD + b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert contents(attached(tmp_path, folder, content + base64.encodebytes(b"%PDF-"))) == {"a.pdf": b"%PDF-"}
    assert text(tmp_path, content + base64.encodebytes(b"%PDF-")).endswith("Subject: x")


def test_attachment_that_is_cut_off_is_not_shown_as_whole(tmp_path: Path, folder: Path) -> None:
    content = HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nhi\r\n--b\r\n'
    content += b"Content-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 9 + b"Q"
    found = attached(tmp_path, folder, content)
    assert found["a.csv"].reason is Reason.DAMAGED
    assert found["a.csv"].path is None
    (page,) = mail.read(file(tmp_path, content), 1, 1)
    assert (page.state, page.reason) == (State.IN_PART, Reason.DAMAGED)


def test_limits_hold_for_mails(tmp_path: Path, folder: Path) -> None:
    made = EmailMessage()
    made["Subject"] = "x"
    made.set_content("x")
    for number in range(4):
        made.add_attachment(b"x" * 400, maintype="application", subtype="x", filename=f"{number}.bin")
    found = attached(tmp_path, folder, bytes(made), Limits(bytes=900, files=3, ratio=100))
    assert list(contents(found)) == ["0.bin", "1.bin"]
    assert [found[name].reason for name in ("2.bin", "3.bin")] == [Reason.TOO_LARGE] * 2


@pytest.mark.parametrize("content", [b"This is not a valid eml.", b"\0\1\2\3", b"\r\n\r\nbody alone", b"%PDF-1.4\n"])
def test_no_mail(tmp_path: Path, folder: Path, content: bytes) -> None:
    path = file(tmp_path, content)
    for attempt in (mail.outline, lambda path: mail.read(path, 1, 1), lambda path: mail.unpack(path, folder, ENOUGH)):
        with pytest.raises(FormatError, match="begins like no mail") as refusal:
            attempt(path)
        assert refusal.value.reason is Reason.DAMAGED


def test_parts_in_each_other_without_end(tmp_path: Path) -> None:
    content = HEAD + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (depth, depth) for depth in range(3000)
    )
    with pytest.raises(FormatError) as refusal:
        mail.read(file(tmp_path, content), 1, 1)
    assert refusal.value.reason is Reason.DAMAGED


@pytest.mark.parametrize(
    "line",
    [
        b"Content-Type: multipart/mixed",
        b"Content-Type: multipart/alternative; boundary=b",
        b"Content-Type: text/plain; charset*=x''%zz",
        b"Content-Type: ;;;=",
        b'Content-Type: text/plain; charset="\xff"',
        b"Content-Type: message/rfc822",
        b"Content-Type: message/delivery-status",
        b"Content-Disposition: attachment; filename*0*=x; filename*5=y; filename*=z",
        b"Content-Transfer-Encoding: nonsense",
        b"From: =?utf-8?Q?=ZZ?= =?x?B?!?=",
    ],
)
def test_headers_nobody_should_write(tmp_path: Path, folder: Path, line: bytes) -> None:
    content = HEAD + line + b"\r\n\r\n--b\r\n\r\nhello\r\n--b--"
    path = file(tmp_path, content)
    assert mail.outline(path).pages == 1
    held = mail.read(path, 1, 1)[0].text + "".join(
        data.decode() for data in contents(attached(tmp_path, folder, content)).values()
    )
    assert "hello" in held


# -- Outlook's messages


def properties(values: dict[int, bytes | str | int | tuple[str, bytes]], place: str = "") -> dict[str, bytes]:
    """Return the streams of a message or (beneath a `place`) of an attachment, by [MS-OXMSG] 2.1 and 2.4."""
    streams, table = {}, b""
    for key, value in values.items():
        kind = {str: 0x1F, bytes: 0x0102, int: 0x0003, tuple: 0x1E}[type(value)]
        if isinstance(value, int):
            kind = 0x40 if value >= 1 << 32 else 3
            table += pack("<LLQ", key << 16 | kind, 6, value)
            continue
        data = value.encode("utf-16-le") if isinstance(value, str) else value[1] if isinstance(value, tuple) else value
        streams[f"{place}__substg1.0_{key:04X}{kind:04X}"] = data
        table += pack("<LLQ", key << 16 | kind, 6, len(data))
    head = 32 if not place else 24 if place.endswith("3701000D/") else 8
    return {f"{place}__properties_version1.0": bytes(head) + table, **streams}


SENT = int((dt.datetime(2021, 3, 4, 1) - dt.datetime(1601, 1, 1)).total_seconds()) * 10**7
ATTACHMENT = "__attach_version1.0_#0000000{}/"


def message(*more: dict[str, bytes]) -> bytes:
    own = properties(
        {
            0x0037: "업무협약서 사본 회신",
            0x1000: "요청하신 사본을 보냅니다.\r\n",
            0x0C1A: "홍길동",
            0x5D01: "hong@example.kr",
            0x0E04: "김 주무관",
            0x0039: SENT,
        }
    )
    return ole({name: data for streams in (own, *more) for name, data in streams.items()})


def test_message_of_outlook(tmp_path: Path, folder: Path) -> None:
    attachment = properties(
        {0x3707: "붙임/계획서.hwp", 0x3704: "계획~1.HWP", 0x3701: b"x" * 5000}, ATTACHMENT.format(0)
    )
    path = file(tmp_path, message(attachment))
    (page,) = msg.read(path, 1, 9, None, "문서")
    assert page.text == (
        "From: 홍길동 <hong@example.kr>\nTo: 김 주무관\nDate: 2021-03-04 01:00:00 UTC\n"
        "Subject: 업무협약서 사본 회신\n\n요청하신 사본을 보냅니다."
    )
    assert (page.kind, page.name, page.state) == (UnitKind.MESSAGE, "업무협약서 사본 회신", State.SEARCHABLE)
    assert msg.outline(path).facts["subject"] == "업무협약서 사본 회신"
    assert msg.outline(path).facts["date"] == "2021-03-04 01:00:00 UTC"
    (member,) = msg.unpack(path, folder, ENOUGH)
    assert (member.name, member.path and member.path.read_bytes()) == ("붙임_계획서.hwp", b"x" * 5000)


@pytest.mark.parametrize("page", [949, 1252, None])
def test_message_of_an_older_outlook_in_korean(tmp_path: Path, page: int | None) -> None:
    coded = {key: ("", text.encode("cp949")) for key, text in {0x0037: "업무협약서 사본", 0x1000: BODY}.items()}
    streams = properties({**coded, **({0x3FFD: page} if page else {})})
    (read,) = msg.read(file(tmp_path, ole(streams)), 1, 1)
    assert read.name == "업무협약서 사본"
    assert read.text.endswith(BODY.strip())


def test_body_in_html_or_rtf_alone(tmp_path: Path) -> None:
    html = "<html><body><p>요청하신 사본을 보냅니다.</p></body></html>".encode("cp949")
    (page,) = msg.read(file(tmp_path, ole(properties({0x0037: "x", 0x1013: html, 0x3FDE: 949}))), 1, 1)
    assert page.text == "Subject: x\n\n요청하신 사본을 보냅니다."
    (page,) = msg.read(file(tmp_path, ole(properties({0x0037: "x", 0x1009: bytes(90)}))), 1, 1)
    assert (page.state, page.reason) == (State.IN_PART, Reason.UNSUPPORTED)


def test_message_in_a_message_is_a_page(tmp_path: Path, folder: Path) -> None:
    inside = f"{ATTACHMENT.format(0)}__substg1.0_3701000D/"
    path = file(
        tmp_path,
        message(
            properties({0x3001: "전달"}, ATTACHMENT.format(0)),
            properties({0x0037: "요청", 0x1000: "자료를 요청합니다."}, inside),
            properties({0x3707: "요청서.hwp", 0x3701: b"hwp"}, inside + ATTACHMENT.format(0)),
            properties({0x3707: "링크.pdf"}, ATTACHMENT.format(1)),
        ),
    )
    assert msg.outline(path).pages == 2
    assert [page.name for page in msg.read(path, 1, 2)] == ["업무협약서 사본 회신", "요청"]
    (second,) = msg.read(path, 2, 2)
    assert (second.number, second.text) == (2, "Subject: 요청\n\n자료를 요청합니다.")
    found = {member.name: member for member in msg.unpack(path, folder, ENOUGH)}
    assert contents(found) == {"요청/요청서.hwp": b"hwp"}
    assert found["링크.pdf"].reason is Reason.NOT_A_FILE


@pytest.mark.parametrize("kept", [0, 8, 600, 1500, 3000])
def test_damaged_message(tmp_path: Path, folder: Path, kept: int) -> None:
    path = file(tmp_path, message()[:kept])
    for attempt in (msg.outline, lambda path: msg.read(path, 1, 1), lambda path: msg.unpack(path, folder, ENOUGH)):
        with pytest.raises(FormatError, match="no Outlook message") as refusal:
            attempt(path)
        assert refusal.value.reason is Reason.DAMAGED


@pytest.mark.skipif(not OFFICE.is_dir(), reason="the shared data is not here")
def test_real_mails(tmp_path: Path) -> None:
    states = {}
    for number, path in enumerate(sorted([*OFFICE.glob("*.eml"), *OFFICE.glob("*.msg")])):
        reader = mail if path.suffix == ".eml" else msg
        place = tmp_path / str(number)
        place.mkdir()
        try:
            pages = reader.read(path, 1, reader.outline(path).pages)
            states[path.name] = len(pages), [member.name for member in reader.unpack(path, place, ENOUGH)]
            assert all(page.name and page.text and page.state is State.SEARCHABLE for page in pages)
        except FormatError as refusal:
            states[path.name] = refusal.reason, []
    assert {name for name, (pages, _) in states.items() if pages is Reason.DAMAGED} == {"broken.eml", "fnf.msg"}
    assert states["embedded_doc.eml"] == (1, ["embedded.pdf"])
    assert states["msg_with_png_attachment.msg"] == (1, ["canvas.png"])
