"""Initials: replaced only where they are plainly somebody's, for two letters are a word more often than a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from stackmap.app.pseudonyms.subjects import Subject
from stackmap.identity.login_names import read_name

__all__ = ["Initials"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = _set(
    """ad ae ai am an ar as at au bd be bi bu by ca ce ch ci cm co cs cx da db de dm do dr ea em en eo es et eu ev
    ex fb fi fr ga gb go he hq hr ia id ie if ig ii il in io ip is it jp js kb la li lp mb md me mi ml mm mo mq ms mx
    my na nl no nz ok om on op or os pa pc pd pi pl pm po pr ps pt qa ql ra re ro sa sc sd se sf sk sl so sp sq st sv
    tv ua uk un up us ux va vp we wp abm api b2b b2c bdr cac cdp cms cpc cpl cpm crm csm csv cta cto cfo cmo ceo dns
    eng erp etl faq gdpr html http icp kpi ltv mql nps ops pdf pii pql poc ppc rfp roi rss sal sdk sdr sea sem seo sla
    sms sql sso tam uat url usa utm vat xml"""
)
"""Words and short forms of the trade: those go only with dots or before 's."""

_LETTER = r"[^\W\d_]"
_EDGE = r"(?<![^\W_])"
_END = r"(?![^\W_])"
_APOSTROPHE = "['’`\u02bc]"
_MOST = 4

_SURE = re.compile(
    rf"{_EDGE}{_LETTER}(?:\.\s?{_LETTER}){{1,{_MOST - 1}}}\.?{_END}|{_EDGE}{_LETTER}{{2,4}}(?={_APOSTROPHE}s{_END})"
)
"""`D.K.` and `DK's`: nothing else is written so."""

_SIGNS = re.compile(rf"[.]|{_APOSTROPHE}")
_TWO_OR_MORE = f"{_LETTER}{{2,{_MOST}}}"
_LIKELY = re.compile(
    rf"(?<=[(\[]){_TWO_OR_MORE}(?=[)\]])|{_EDGE}{_TWO_OR_MORE}(?=\s?[-–—:/|])|(?<=[-–—:/|] ){_TWO_OR_MORE}{_END}"
    rf"|(?<=\bby ){_TWO_OR_MORE}{_END}|(?<=[_-]){_TWO_OR_MORE}{_END}|{_EDGE}{_TWO_OR_MORE}(?=_)|\A{_TWO_OR_MORE}\Z"
)
"""`(DK)`, `[DK]`, `DK:`, `DK -`, `- DK`, `by DK`, `_dk_`, `dk-`, and `DK` alone."""

_AHEAD = re.compile(rf"(?:[^\s:]*:)?(?P<letters>[A-Z]{{2,{_MOST}}}|[a-z]{{2}})(?= [a-z])")
_AT_THE_END = re.compile(rf".*[a-z] (?P<letters>[A-Z]{{2,{_MOST}}})", re.DOTALL)
"""`DK nightly`, `script:dk nightly` and `nightly DK`: as often a place or a product."""

_NEVER_BESIDE = _set(
    """ab al bp cc cd cs ct cv ds dw eg ep ft fw fy gm go gp gs gt ha hi ho hp hs ht iq jd jv kw lb lg ld lo lt mc mr mt
    ne ns np nt ob oh ox pk pp pw qb qr rd rt sb ss st sw tb th tk to ts ui uc vc vm vs wa wf xl ya yo yr"""
)
"""Those stay there: further words and short forms of the trade."""

_JOINED = "_-"


class Initials:
    """The initials of these people. Those that several share are replaced too, by what `several` says.

    `loosely`: also where they only stand beside other words, if they are one person's alone.
    """

    def __init__(self, subjects: Iterable[Subject], several: str, *, loosely: bool = False) -> None:
        owners: dict[str, set[str]] = {}
        for subject in subjects:
            for name in subject.names:
                for letters in _initials(name):
                    owners.setdefault(letters, set()).add(subject.token)
        self._said: Mapping[str, str] = {
            letters: next(iter(tokens)) if len(tokens) == 1 else several for letters, tokens in owners.items()
        }
        alone = (letters for letters, tokens in owners.items() if len(tokens) == 1)
        self._beside = frozenset(alone) - _WORDS - _NEVER_BESIDE if loosely else frozenset()

    def replaced(self, text: str) -> str:
        """The text with each of them replaced by an id-like stand-in."""
        if not self._said:
            return text
        if _SIGNS.search(text):
            text = _SURE.sub(lambda found: self._stand_in(found, sure=True), text)
        text = _LIKELY.sub(lambda found: self._stand_in(found, sure=False), text)
        return self._without_those_beside(text) if self._beside else text

    def _without_those_beside(self, text: str) -> str:
        for found in (_AT_THE_END.fullmatch(text) if text[-1:].isupper() else None, _AHEAD.match(text)):
            if found and (letters := found["letters"].lower()) in self._beside:
                text = text[: found.start("letters")] + self._said[letters] + text[found.end("letters") :]
        return text

    def _stand_in(self, found: re.Match[str], *, sure: bool) -> str:
        letters = "".join(filter(str.isalpha, found[0]))
        said = self._said.get(letters.casefold())
        if said is None or (not sure and letters.casefold() in _WORDS):
            return found[0]
        around = found.string[max(found.start() - 1, 0) : found.start()], found.string[found.end() : found.end() + 1]
        in_id = any(char and char in _JOINED for char in around)
        return said if letters.isupper() or (in_id and letters.islower()) else found[0]


def _initials(name: str) -> set[str]:
    parts = read_name(name, ()).parts
    if not 1 < len(parts) <= _MOST:
        return set()
    return {f"{parts[0][0]}{parts[-1][0]}", "".join(part[0] for part in parts)}
