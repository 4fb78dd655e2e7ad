"""The ways in which people's names are written in the names of things: without accents, joined, turned around."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, islice, product

from stackmap.app.names.like_initialled import LIKE_INITIALLED
from stackmap.identity.login_names import read_name, reads_like_a_person
from stackmap.identity.name_words import is_known

__all__ = ["ORDINARY", "Form", "Use", "address_forms", "folded", "latin", "name_forms", "unspaced", "widest"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ORDINARY = _set(
    """april art august baker banks bell best bill black brand bright brown case chance chase church close cook cross
    day dean drew early faith field fields fleet frank gates good grace grant green hand hart head hill hope house
    hunter jack joy june key king lane law light long love major march mark may miles north page pat penny pool post
    power price ray rich rob rose ruby rule rush sharp short silver sky small snow spring star stone street strong
    summer trip victor ward waters way west white wild will winter wise wood young"""
)
"""Names that are words or months in what things are called ("Mark as MQL", "Price book", "May campaign"). Alone they
point at nobody, so they go only where the words around them say that a person is meant."""

_PARTICLES = _set("al bin da de del della den der di do dos du el ibn la le mac ó o st ten ter van von y zu")
"""Parts of a family name that are no name on their own."""

_ONSETS = _set(
    """bl br ch cl cr dr dw fl fr gh gl gn gr kh kl kn kr ph pl pr ps qu rh sc sh sk sl sm sn sp sq st sv sw sy th tr ts
    tw vl wh wr zh"""
)
"""Two consonants that a word begins with: nothing but initials reads wc or jd."""

_SHORT_WORDS = _set("ad ai am an as at be by do go he hr if in is it me my no of ok on or so to up us we")
"""Names of two letters, and words."""

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WRITTEN_OUT = re.compile("(?<=[a-z])([aou])e(?=[a-z])")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff가-힣]+")
_VOWELS = frozenset("aeiou")
_SHORTEST_LAST = 4
_MOST_SPELLINGS = 16  # of one name; more only where every part of it has an umlaut


class Use(IntEnum):
    """Where a form gives somebody away; the lower, the wider."""

    INSIDE = 0  # also within a longer run of letters: danaokaforjob
    ANYWHERE = 1  # as words of their own
    UNSPACED = 2  # as one word: ravi.m
    TITLED = 3  # written Wu, not wu or WU
    GIVEN = 4  # where the words around it say that a person is meant
    GIVEN_WORD = 5  # there too, with a capital
    POSSESSIVE = 6  # before 's only


@dataclass(frozen=True, slots=True)
class Form:
    """Folded letters, where they may be apart ("dana okafor", "dana-okafor"), and where they mean somebody."""

    letters: str
    breaks: frozenset[int]
    use: Use


@lru_cache(maxsize=4096)
def folded(char: str) -> str:
    """A character without case and accents; "" for what is no letter or digit, and for accents on their own."""
    if "가" <= char <= "힣":
        return char
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", char).casefold().translate(_LETTERS))
    return "".join(one for one in bare if unicodedata.category(one)[0] in "LNM" and not unicodedata.combining(one))


def unspaced(text: str) -> bool:
    """Whether it is in a script that puts no spaces between words, or ties particles to names."""
    return bool(_CJK.fullmatch(text))


def latin(name: str) -> bool:
    """Whether a word of it is in Latin letters, accents apart."""
    return any(_fold(word).isascii() for part in _parts(name) for word in part)


def name_forms(name: str, taken: Collection[str] = ()) -> Iterator[Form]:
    """How somebody of that name may be called. `taken`: folded words that name something else, as a product."""
    given, family = _parts(unicodedata.normalize("NFC", name))
    ordinary = ORDINARY | set(taken)
    if not family:
        for word in given:
            use = Use.ANYWHERE if _fold(word) not in ordinary else Use.GIVEN_WORD
            yield from _spelt((word,), use)
            yield from _halves(word)
        return
    yield from _full(given, family)
    yield from _given(given, ordinary, taken)
    own = read_name(name, ()).own
    words = {word for word in family if _fold(word) in ordinary or word not in own}
    yield from _family(family, words)
    for last in dict.fromkeys((*_own_names(family), family[-1])):
        yield from _initialled(given[0], last, words, ordinary)
    yield from _with_particles(given[0], family)


def address_forms(email: str, names: Collection[str]) -> Iterator[Form]:
    """An address, and what stands before its @ where that is made of the names, or where no name is in Latin."""
    local, _, domain = email.partition("@")
    words = [_fold(word) for word in re.split(r"[\W_]+", local) if word]
    yield from _spelt([*words, *re.split(r"\W+", domain)], Use.ANYWHERE)
    known = {spelt for name in names for part in _parts(name) for word in part for spelt in _spellings(word)}
    joined = "".join(words)
    if any(len(word) > 2 and word in joined and word != joined for word in known):
        yield from _spelt(words, Use.ANYWHERE)
    elif reads_like_a_person(local) and not any(map(latin, names)):
        yield from name_forms(" ".join(words))


def _parts(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Given names and the rest, family names; of a name in one word only the first."""
    signs = read_name(name, ())
    parts = signs.parts if len(signs.parts) > 1 else signs.tokens
    front, comma, back = name.partition(",")
    ahead = len(read_name(front, ()).tokens) if comma else 0
    if 0 < ahead < len(parts):
        parts, name = parts[ahead:] + parts[:ahead], back
    starts = (read_name(word, ()).tokens for word in name.split())
    first = next((len(tokens) for tokens in starts if tokens[:1] == parts[:1]), 1)
    return parts[:first], parts[first:]


def _full(given: tuple[str, ...], family: tuple[str, ...]) -> Iterator[Form]:
    """First and last name in either order, with and without what lies between."""
    ends = {family, family[-1:], *((word,) for word in family if word not in _PARTICLES)}
    starts = {given, given[:1]}
    for start, end in sorted(product(starts, ends)):
        for words in ((*start, *end), (*end, *start)):
            yield from _spelt(words, Use.INSIDE if len("".join(words)) > 5 else Use.ANYWHERE)


def _given(given: tuple[str, ...], ordinary: Collection[str], taken: Collection[str]) -> Iterator[Form]:
    if len(given) > 1:
        yield from _spelt(given, Use.ANYWHERE)
    for word in given:
        bare = _fold(word)
        use = Use.GIVEN_WORD if bare in ordinary or bare in _SHORT_WORDS else Use.GIVEN
        yield from _spelt((word,), Use.POSSESSIVE if bare in taken else use)
        yield from _halves(word, least=2)


def _family(family: tuple[str, ...], words: Collection[str]) -> Iterator[Form]:
    """Family names. `words`: those that are words, or name something else."""
    if len(family) > 1 and len("".join(family)) > 4:
        yield from _spelt(family, Use.ANYWHERE)
    for word in family:
        if word in words or _fold(word) in _SHORT_WORDS:
            yield from _spelt((word,), Use.POSSESSIVE)
        elif word not in _PARTICLES and len(word) > 1:
            short = len(word) == 2 and not unspaced(word)
            yield from _spelt((word,), Use.TITLED if short else Use.ANYWHERE)
            yield from _spelt((f"{word}s",), Use.ANYWHERE) if len(word) > 4 else ()


def _initialled(given: str, last: str, words: Collection[str], ordinary: Collection[str]) -> Iterator[Form]:
    if not _reads_like_a_word(_fold(given[0] + last), ordinary, everyday=last in words):
        yield from _spelt((given[0], last), Use.UNSPACED if last in words else Use.ANYWHERE)
        if last not in words and len(last) > _SHORTEST_LAST:
            yield from _spelt((last, given[0]), Use.UNSPACED)
    if _fold(given) not in ordinary and len(given) > 2:
        yield from _spelt((given, last[0]), Use.UNSPACED)


def _reads_like_a_word(joined: str, ordinary: Collection[str], *, everyday: bool) -> bool:
    """Whether an initial and a surname may be a word as well: bread of B. Read, and what is too short to tell."""
    if joined in LIKE_INITIALLED or joined in ordinary or is_known(joined):
        return True
    if len(joined) > _SHORTEST_LAST:
        return False
    unlike_a_word = joined.isascii() and _VOWELS.isdisjoint(joined[:2]) and joined[:2] not in _ONSETS
    return everyday or len(joined) < _SHORTEST_LAST or not unlike_a_word


def _own_names(family: Iterable[str]) -> tuple[str, ...]:
    """The parts of a family name that are names on their own: not "von der"."""
    return tuple(word for word in family if word not in _PARTICLES)


def _with_particles(given: str, family: tuple[str, ...]) -> Iterator[Form]:
    """vdheide, wvdheide and wvonderheide, of Wolfgang von der Heide."""
    last = family[-1]
    particles = family[:-1]
    if not particles or _own_names(particles) or len(last) < _SHORTEST_LAST:
        return
    short = "".join(word[0] for word in particles)
    for words in ((short, last), (given[0], short, last), (given[0], *family)):
        yield from _spelt(words, Use.ANYWHERE)


def _halves(word: str, least: int = 3) -> Iterator[Form]:
    """Of a name written as one: the given name after a family name of one sign, or of two."""
    if unspaced(word) and len(word) >= least:
        ahead = 2 if len(word) > 3 else 1 if len(word) > 2 else 0
        yield from (Form(part, frozenset(), Use.ANYWHERE) for part in (word[:ahead], word[ahead:]) if len(part) > 1)


def _spelt(words: Iterable[str], use: Use) -> Iterator[Form]:
    for spelt in islice(product(*map(_spellings, words)), _MOST_SPELLINGS):
        letters = "".join(spelt)
        if letters:
            yield Form(letters, frozenset(accumulate(map(len, spelt))), use)


def _spellings(word: str) -> list[str]:
    """Without accents, and with umlauts written as one letter and as two."""
    bare, out = _fold(word), _fold(word.casefold().translate(_UMLAUTS))
    one = _WRITTEN_OUT.sub(r"\1", bare) if len(bare) > 4 else bare
    return list(dict.fromkeys((bare, out, one)))


def _fold(word: str) -> str:
    return "".join(map(folded, unicodedata.normalize("NFC", word)))


def widest(forms: Iterable[Form]) -> Mapping[str, Form]:
    """By letters: what two people share gives away as much as either."""
    found: dict[str, Form] = {}
    for form in forms:
        other = found.get(form.letters, form)
        found[form.letters] = Form(form.letters, form.breaks | other.breaks, min(form.use, other.use))
    return found
