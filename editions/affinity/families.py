"""Words that diplomatic texts use for one another: who is asked to *withdraw* something answers about its *removal*.

A short thesaurus, made by hand of the general vocabulary of negotiation, armed forces, trade and law, and of nothing
that belongs to one exchange only. A line is a family; a word may be in several.
"""

from __future__ import annotations

from editions.affinity.stems import stem

_LINES = """
accept agree consent approve assent accord
agreement treaty convention pact accord protocol instrument charter
assure guarantee pledge promise commit commitment undertake undertaking obligation assurance
forbid prohibit ban outlaw
cease cessation stop end halt discontinue discontinuance suspend suspension terminate termination\
 moratorium refrain abstain
remove removal withdraw withdrawal evacuate evacuation dismantle dismantling recall
restore return reintroduce resume resumption
observe observation inspect inspection inspector verify verification supervise supervision surveillance monitor\
 control check watch ascertain oversee
negotiate negotiation negotiator talk discuss discussion consultation consult conference meet meeting session
representative delegate delegation envoy ambassador negotiator plenipotentiary
instruct instruction direct directive order
cooperate cooperation collaborate collaboration joint jointly together common mutual pool share
exchange swap share interchange communicate
propose proposal suggest suggestion offer recommend recommendation
refuse reject decline rejection refusal
war aggression attack invade invasion hostility
weapon arm armament missile rocket bomb bomber warhead munition
disarm disarmament reduce reduction cut limit limitation
army troop force soldier military garrison
ship vessel navy naval fleet boat
aircraft plane airplane flight flyer flier fly air aviation overflight
border frontier boundary
territory land area zone region
sea maritime ocean water
science scientist scientific research study investigation explore exploration
technical technician technology technological expert specialist engineer
law legal juridical legislation court
trade commerce commercial export import tariff duty goods
money currency credit loan finance financial payment fund
buy purchase sell sale
food grain wheat agriculture agricultural farm crop
school education student teacher university
culture cultural art artist exhibit exhibition
visit travel tour tourist trip visitor
press newspaper journalist publication publish
refugee repatriate repatriation resettle resettlement exile
prison prisoner detain detention arrest captive
citizen national nationality population people inhabitant
government administration cabinet
vote election elect ballot plebiscite referendum
independence sovereign sovereignty
neutral neutrality nonaligned
blockade quarantine embargo interdiction
base station installation facility post
report inform notify notification announce announcement publish
secret espionage spy intelligence reconnaissance
explosion blast detonation explode
build construct construction establish establishment organize
help aid assist assistance rescue save support relief
safe safety security secure safeguard protect protection
danger threat menace risk
"""


def _families() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for number, line in enumerate(_LINES.strip().splitlines(), 1):
        for word in line.split():
            names = found.setdefault(stem(word), [])
            if (name := f"#{number}") not in names:
                names.append(name)
    return {word: tuple(names) for word, names in found.items()}


#: The families of a stem, each by a name that is no word.
FAMILIES = _families()
