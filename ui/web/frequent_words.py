"""Which words a pile of papers is about: nouns, as well as can be told without a dictionary.

Korean particles are cut off by voting: 개인정보를 and 개인정보의 stand for 개인정보, met with several endings;
영향평가 is not 영향평 with the particle 가, since 영향평 is met with no other. Documents count, not repetitions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

_WORD = re.compile(r"(?<![0-9가-힣])[가-힣]{2,20}|(?<![A-Za-z])[A-Za-z]{4,30}(?![A-Za-z])")
_PARTICLES = (
    "은 는 이 가 을 를 의 에 로 와 과 도 만 나 인 임 등 및 시 으로 에서 에게 부터 까지 이나 에는 에도 로서 "
    "로써 으로서 으로써 에서는 으로는 에서의 으로의 에의 와의 과의 이며 이고 이다 입니다 이라 라고 이라고 "
    "이라는 라는 인지 들 들은 들이 들을 들의"
)
_VERBAL = (
    "하는 하고 하여 하며 하지 하기 하도록 하였다 하였으며 하였음 한다 한 할 함 합니다 했다 했으며 해야 하여야 "
    "하게 하면 하거나 되는 되고 되어 되며 되지 되도록 되었다 되었으며 되었음 된다 된 될 됨 됩니다 됐다 되어야 "
    "시키는 받은 받는 적인 적으로"
)
_ENDINGS = frozenset((*_PARTICLES.split(), *_VERBAL.split()))
_EMPTY_KOREAN = (
    "대한 대하 대해 위한 위하 위해 관한 관하 관련 따른 따라 따르 통한 통하 통해 의한 의하 의해 또는 그리고 "
    "그러나 다만 경우 때문 이후 이전 이상 이하 이내 다음 다른 모든 해당 각각 우리 저희 이것 그것 여기 하는 "
    "하고 하여 하며 한다 합니다 되는 되어 된다 됩니다 이를 이에 그런 이런 어떤 같은 같이 아래 기타 등을 등의 "
    "등에 등이 부터 까지 에서 으로 아니 아니하 아니한 아니하고 아님 당시 대하여 관하여 위하여 의하여 따라서 "
    "대해서 통하여 비롯 포함 가지 정도 예정 때에 또한 함께 모두 다시 가장 시작 이는 사이"
)
_EMPTY_ENGLISH = (
    "that this with from have been were will would shall should which their there they them than then into "
    "upon over under such other each both also only more most some these those about after before being "
    "between does what when where while your page http https html"
)
_EMPTY = frozenset((*_EMPTY_KOREAN.split(), *_EMPTY_ENGLISH.split()))
_EMPTY_BEGINNING = ("있", "없", "않", "것", "그렇", "이렇", "어떻", "그러", "이러")
_EVERYWHERE = 0.75  # of the pages: a notice printed on each says nothing about one


def frequent_words(documents: Mapping[str, Sequence[str]], most: int) -> list[str]:
    """Return up to `most` words of documents' page texts, those of most documents first, then of most pages."""
    met = {
        document: [set(map(str.lower, _WORD.findall(text))) for text in texts] for document, texts in documents.items()
    }
    total = Counter(word for pages in met.values() for words in pages for word in words)
    stems = _stems(word for word, pages in total.items() if pages > 1)
    documents_with, pages_with = Counter[str](), Counter[str]()
    for pages in met.values():
        stemmed = [{stems[word] for word in words if word in stems} for words in pages]
        documents_with.update(set().union(*stemmed))
        for each in stemmed:
            pages_with.update(each)
    least = 2 if len(met) > 3 else 1  # documents
    total_pages = sum(len(texts) for texts in documents.values())
    too_many = _EVERYWHERE * total_pages if total_pages > 8 else total_pages
    kept = [
        word
        for word, pages in pages_with.items()
        if documents_with[word] >= least and pages <= too_many and _says(word)
    ]
    kept.sort(key=lambda word: (-documents_with[word], -pages_with[word], word))
    return kept[:most]


def _says(word: str) -> bool:
    return word not in _EMPTY and word not in _ENDINGS and not word.startswith(_EMPTY_BEGINNING)


def _stems(words: Iterable[str]) -> dict[str, str]:
    """Map each word to itself or to what stands before its ending, whichever is met with the most endings."""
    split = {word: [(word, ""), *_splits(word)] for word in words}
    endings: defaultdict[str, set[str]] = defaultdict(set)
    for candidates in split.values():
        for stem, ending in candidates:
            endings[stem].add(ending)
    return {
        word: max(candidates, key=lambda each: (len(endings[each[0]]), len(each[0])))[0]
        for word, candidates in split.items()
    }


def _splits(word: str) -> Iterable[tuple[str, str]]:
    for at in range(2, len(word)):
        if word[at:] in _ENDINGS:
            yield word[:at], word[at:]
