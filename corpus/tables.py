"""The catalogue's tables. A change here needs a migration in corpus/migrations (a test compares the two)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

releases = Table(
    "releases",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("agency", String),
    Column("requester", String),
    Column("request_number", String),
    Column("requested", String),
    Column("due", String),
    Column("legal_basis", String),
    Column("notice", Text),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("release", ForeignKey("releases.id"), nullable=False, index=True),
    Column("source", Text, nullable=False),
    Column("received", String),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("pages", Integer),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", Text, nullable=False),
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", String, primary_key=True),
    Column("document", ForeignKey("documents.id"), nullable=False, index=True),
    Column("delivery", ForeignKey("deliveries.id"), nullable=False, index=True),
    Column("parent", String),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("removed", Boolean, nullable=False),
)

extractions = Table(
    "extractions",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("tool", String, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("label", String),
    Column("kind", String, nullable=False),
    Column("name", String),
    Column("address", String),
    Column("width", Float, nullable=False),
    Column("height", Float, nullable=False),
    Column("rotation", Integer, nullable=False),
    Column("basis", String, nullable=False),
    Column("confidence", Float),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", LargeBinary, nullable=False),
    Column("furniture", JSON, nullable=False),
    Column("withheld", JSON, nullable=False),
    Column("confidences", LargeBinary),  # a byte for each word of a page recognised, 0 to 100
    Column("redactions", JSON),
)
# Coverage counts states without reading the rows, which hold the text.
Index("pages_by_state", pages.c.document, pages.c.current, pages.c.state, pages.c.reason)

stages = Table(
    "stages",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("page", Integer, primary_key=True),  # 0 is the document as a whole
    Column("stage", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("detail", Text, nullable=False),
    Column("tries", Integer, nullable=False),
)

edits = Table(
    "edits",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("document", ForeignKey("documents.id"), nullable=False, index=True),
    Column("field", String, nullable=False),
    Column("value", Text),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)

opened = Table(
    "opened",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("document", String(64), nullable=False, index=True),
    Column("kind", String, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice, or an index could miss a change
)

annotations = Table(
    "annotations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("suffix", Text, nullable=False),
    Column("parent", ForeignKey("annotations.id"), index=True),
    Column("author", String, nullable=False),
    Column("created", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("colour", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("editor", String, nullable=False),
    Column("modified", String, nullable=False),
)
Index("annotations_by_page", annotations.c.document, annotations.c.page)

# Every version of an annotation, the newest too: what somebody wrote is never overwritten.
annotation_versions = Table(
    "annotation_versions",
    metadata,
    Column("annotation", ForeignKey("annotations.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("colour", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("editor", String, nullable=False),
    Column("modified", String, nullable=False),
)

colours = Table(
    "colours",
    metadata,
    Column("colour", String, primary_key=True),
    Column("name", String, nullable=False),
)

# Searches kept by name. A row changes only in `seen` and in who put it away or brought it back; the log has each time.
saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String, nullable=False),
    Column("query", Text, nullable=False),
    Column("chosen", JSON, nullable=False),
    Column("excluded", JSON, nullable=False),
    Column("sort", String, nullable=False),
    Column("releases", JSON),  # those its author could see; null is everything
    Column("author", String, nullable=False),
    Column("created", String, nullable=False),
    Column("seen", Integer, nullable=False),  # the last change somebody has looked at for it
    Column("deleted", Boolean, nullable=False),
    Column("editor", String, nullable=False),
    Column("modified", String, nullable=False),
)

# Numbers in the text of pages, by value: decimal texts, and texts that sort as the values do (corpus/figures.py).
figures = Table(
    "figures",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("low", String),
    Column("high", String),
    Column("low_key", String, nullable=False),
    Column("high_key", String, nullable=False),
    Column("low_open", Boolean, nullable=False),
    Column("high_open", Boolean, nullable=False),
    Column("unit", String),
)
Index("figures_by_low", figures.c.low_key)

# Days, months and years that the text of pages mentions; days as numbers: 20190401, without a year 401.
mentions = Table(
    "mentions",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("first", String, nullable=False),
    Column("last", String, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
)
Index("mentions_by_day", mentions.c.first_day)

# The documents whose figures and mentions are all kept, and by which version of search/figures.py.
recognised = Table(
    "recognised",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("version", Integer, nullable=False),
)

# Tables on pages, as a reader gave them or as their ruled lines were found afterwards (corpus/cells.py).
page_tables = Table(
    "page_tables",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("box", JSON),
    Column("caption", JSON),
    Column("cells", JSON, nullable=False),
)

# What people put right in recognised text: each makes a new text of its page (`fingerprint`) out of the one `before`.
corrections = Table(
    "corrections",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("document", ForeignKey("documents.id"), nullable=False),
    Column("page", Integer, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("before", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)
Index("corrections_by_page", corrections.c.document, corrections.c.page)

# Texts of pages that somebody compared with the picture, letter by letter.
checked = Table(
    "checked",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)

# Documents whose pictures are to be recognised before all others.
wanted = Table(
    "wanted",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("who", String, nullable=False),
    Column("at", String, nullable=False),
)

# Documents nearly alike, each pair once, the smaller id first; likeness from 0 to 1.
alike = Table(
    "alike",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("other", ForeignKey("documents.id"), primary_key=True),
    Column("likeness", Float, nullable=False),
)
Index("alike_by_other", alike.c.other)

# Boxes of single characters, computed when a page is first looked at closely.
glyphs = Table(
    "glyphs",
    metadata,
    Column("document", ForeignKey("documents.id"), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("fingerprint", String, primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

log = Table(
    "log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", String, nullable=False),
    Column("who", String, nullable=False),
    Column("what", String, nullable=False),
    Column("detail", Text, nullable=False),
)
