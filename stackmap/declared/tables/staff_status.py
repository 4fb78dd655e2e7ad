"""The words by which staff lists say who is here: of HR systems, and of people's own hand in four languages."""

from __future__ import annotations

from types import MappingProxyType

__all__ = ["EITHER", "HERE", "LEFT", "STATUS"]

HERE, LEFT, EITHER = "active", "left", "inactive"

_HERE = (
    *("active", "employed", "current", "onboarding", "here", "working"),
    *("leave", "on leave", "leave of absence", "paid leave", "unpaid leave", "parental leave", "maternity leave"),
    *("sick leave", "sabbatical", "suspended (leave)", "active (leave)", "active (on leave)", "loa", "furlough"),
    *("furloughed", "maternity", "paternity", "paternity leave", "family leave", "medical leave", "long-term leave"),
    *("long-term sick", "disability leave", "military leave", "study leave", "probation", "on probation"),
    *("ruhend", "ruhendes arbeitsverhältnis", "ruht", "freigestellt", "im mutterschutz", "in mutterschutz"),
    *("sabbatjahr", "pflegezeit", "in pflegezeit", "langzeitkrank", "krankgeschrieben", "aktiv (beurlaubt)"),
    *("aktiv (elternzeit)", "aktiv (ruhend)", "probezeit", "in probezeit", "altersteilzeit", "in altersteilzeit"),
    *("aktiv", "beschäftigt", "angestellt", "beurlaubt", "elternzeit", "in elternzeit", "mutterschutz", "krank"),
    *("actif", "en poste", "présent", "présente", "en congé", "congé", "congé maternité", "congé parental"),
    *("arrêt maladie", "en arrêt maladie", "congé maladie", "congé de maternité", "congé de paternité"),
    *("congé paternité", "congé sabbatique", "congé sans solde", "contrat suspendu", "suspendu (congé)"),
    *("en disponibilité", "période d'essai", "en période d'essai"),
    *("activo", "activa", "en activo", "alta", "de alta", "de permiso", "en excedencia", "excedencia"),
    *("permiso", "en permiso", "licencia", "de licencia", "en licencia", "licencia médica", "sabático"),
    *("suspendido (permiso)", "suspendida (permiso)", "excedencia voluntaria", "incapacidad temporal"),
    *("maternidad", "paternidad", "periodo de prueba", "en periodo de prueba"),
    *("baja médica", "baja por enfermedad", "baja maternal", "baja por maternidad", "baja por paternidad"),
)
_LEFT = (
    *("terminated", "left", "former", "resigned", "retired", "departed", "gone", "leaver", "no longer employed"),
    *("ausgeschieden", "ausgetreten", "ehemalig", "ehemalige", "ehemaliger", "im ruhestand", "pensioniert"),
    *("parti", "partie", "sorti", "sortie", "ancien", "ancienne", "retraité", "retraitée"),
    *("cesado", "cesada", "desvinculado", "desvinculada", "jubilado", "jubilada", "exempleado", "exempleada"),
)
_EITHER = ("inactive", "inaktiv", "inactif", "inactivo", "inactiva", "baja", "de baja")
"""HR systems differ: in symplr's, somebody on leave is Inactive, yet employed (API Healthcare help, "Employee
Status": api-public.osfhealthcare.org/APIHC); others call leavers so. "Baja" is a leaver as well as somebody on sick
leave. An end date or `terminated` beside it settles it. Who has given or been given notice is still here, and no word
for it is among these: it is nobody's business yet.
"""

STATUS = MappingProxyType(
    {**dict.fromkeys(_HERE, HERE), **dict.fromkeys(_LEFT, LEFT), **dict.fromkeys(_EITHER, EITHER)}
)
