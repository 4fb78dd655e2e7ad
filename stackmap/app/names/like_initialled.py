"""Words that read like an initial and a surname: bread of B. Read, chart of C. Hart."""

from __future__ import annotations

__all__ = ["LIKE_INITIALLED"]

_WORDS = """
    aback abase able about above abuse across acute adapt adept adopt adult afield after again agent agrant agree
    ahead ajar alarm alert alight alike alist alive alone along aloud already amend among amount anew apart apple
    arena arise arose around array ashore aside asset astray atone atrain audio audit avail avoid await awake award
    aware away awhile awhite black blade blake bland blank blast bleed blend bless blight blind blink bliss block
    blond bloom board bold brace brain brake brand brave bread break breed brent brick bride brief bright bring
    brisk broad brook broth brown bruce brush chair chalk champ chance change charm chart chase chat cheap cheat
    check cheer chess chief child chill chin chip choice chooser chore chose chosen chunk church clack clad claim
    clamp clank clash class claw clay clean clear clever click cliff climb cling clink clock close cloud clove
    clover club coral cover crack craft crane crash crate crawl cream creed creek crime crisp cross crowd crown
    cruise crush deal depot draft drain drake drawn dread dream dress dried drift drill drink drive drove drown
    dwell eager early earn east elate elder elect email enter entire erase erect event every evolve exact fable face
    fact fair faith fall fame farm fevers flag flair flake flame flare flash flask flat fleet flesh flies flight
    fling flint flip float flock flood floor flow flower fluke flush frail frame frank freed fresh fright frock
    front frost frown fuse gain gale game gauge ghost given glad gland glass gleam glide glint global gloss glove
    glow grace grade grain grand grant grape grasp grass grate grave gray great greed greek green greens greet grid
    grill grim grip groan groom gross ground group grove grow grown guild habit happen heal heard heart herald hours
    hover howl ideal image input issue items kneel knight knock lace lever lower march mill money nice olive onward
    open opera orange order other outer over owner pace page paid paint park part past pearl phase phone phrase pier
    pink pitch place plain plan plane plank plate play plead pleads please pledge plight plot plow pluck plug plus
    point porch pore pose pouch pour power praise pray press pretty price pride prime print prior prise prize probe
    prone proof prose proud prove prowl prune quail rage rally range reach ready recall scale scamp scan scar scare
    scarf scold scoop scope score scott scout scowl scrap screen screw seal sell send shade shaft shake shall shame
    shank shape share shark sharp shave shear shed sheet shelf shell shift shill shine ship shire shirt shock shoe
    shook shoot shop shore short shot should show shower shred shrink shut skate skill skin skip slack slain slang
    slap slash slate slave sleek sleep sleeve slice slick slide slight slim slip slope slot slow slump small smart
    smash smell smile smiles smith smock smoke snail snap snare sneak snow soak sold sour space spain span spare
    spark spawn speak spear speed spell spend spike spill spin spine splash split spoil spoke spool spoon sport spot
    spray spread spring sprint squad stable stack staff stag stage stake stale stalk stall stamp stand star stare
    stark start starter state steal steam steel steep stem step stern stick still stock stone stool stop store storm
    story stout strain strap straw stray stream street strip strong struck sunken swain swallow swan swap sway swear
    sweep sweet swell swift swill swine swing switch sword table tact talk tall than thank that thaw then there
    thick thin thing think third thorn those thread three thrill throw thrush tool track trade trail train tramp
    trash tray tread treat tree trees trend trice trick tried trim trip troll trot trout truck true trust twain
    twill twin twine twist under upper usage users using vale whale what wheat wheel when where which while whine
    whip white whole whose wide winner wit wrap wrench wring write wrong wrote yearn young
"""

LIKE_INITIALLED = frozenset(_WORDS.split())
"""In these letters a surname is not looked for behind an initial: nothing would tell it from the word."""
