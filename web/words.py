"""French names of the domain's terms on our pages. Tables are complete: a missing word is an error, not a blank."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.conversation import FactState
from domain.phases import Phase
from domain.questionnaire import Fact

FACTS: Mapping[Fact, str] = MappingProxyType({
    Fact.LIEU: "Lieu",
    Fact.HORAIRE: "Moment",
    Fact.COMPORTEMENT: "Faits",
    Fact.PRODUIT: "Produit",
    Fact.PERSONNE: "Personnes",
    Fact.VEHICULE: "Véhicule",
    Fact.DEPUIS: "Depuis quand",
    Fact.CONTACT: "Compte ou numéro de vente",
})  # fmt: skip

FACT_STATES: Mapping[FactState, str] = MappingProxyType({
    FactState.SAID: "dit par la personne",
    FactState.BUTTON: "choisi par bouton",
    FactState.PIN: "point sur la carte",
    FactState.OFFICER: "précisé par un agent",
    FactState.UNKNOWN: "ne sait pas",
    FactState.DECLINED: "préfère ne pas dire",
    FactState.ABSENT: "il n'y en a pas",
})  # fmt: skip

PHASES: Mapping[Phase, str] = MappingProxyType({
    Phase.ACCUEIL: "Accueil",
    Phase.RECIT: "Récit",
    Phase.QUESTIONS: "Questions",
    Phase.RECAPITULATIF: "Récapitulatif",
    Phase.DEPOSE: "Déposé",
    Phase.AVEC_UN_AGENT: "Avec un agent",
    Phase.CLOS: "Clos",
    Phase.URGENCE: "Urgence",
    Phase.HORS_PERIMETRE: "Hors périmètre",
    Phase.ABANDONNE: "Abandonné",
    Phase.EFFACE: "Effacé",
})  # fmt: skip

MAIN_ROAD = (
    Phase.ACCUEIL, Phase.RECIT, Phase.QUESTIONS, Phase.RECAPITULATIF, Phase.DEPOSE, Phase.AVEC_UN_AGENT, Phase.CLOS,
)  # fmt: skip
"""The phases of a conversation that goes its usual way; the others lie aside."""
