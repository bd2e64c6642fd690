# SPDX-License-Identifier: GPL-2.0-or-later
"""NAS: who serves the modem, whose SIM it is, attaching, and who wants to hear of it."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe._message import Indication
from qmiprobe.qmi.services import nas
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Change, Kind, Registration
from qmiprobe.sim.qmi_face._service import Client, Modem, bitmap, refuse_unless
from qmiprobe.sim.qmi_face._tables import nas as service

service.unasked = frozenset({"serving"})

_STATES = {
    Registration.NONE: nas.RegistrationState.NOT_REGISTERED,
    Registration.SEARCHING: nas.RegistrationState.NOT_REGISTERED_SEARCHING,
    Registration.HOME: nas.RegistrationState.REGISTERED,
    Registration.ROAMING: nas.RegistrationState.REGISTERED,
    Registration.DENIED: nas.RegistrationState.REGISTRATION_DENIED,
}
_CAPABILITIES = {
    "lte": nas.DataCapability.LTE,
    "umts": nas.DataCapability.HSDPA,
    "gsm": nas.DataCapability.EDGE,
}


def radio_interface(modem: Modem) -> nas.RadioInterface:
    """Return the technology of the network in reach."""
    names = {"nr5g": "5gnr"}
    technology = modem.state.air.technology
    return nas.RadioInterface.from_name(names.get(technology, technology))


def network_code(modem: Modem) -> nas.NetworkCode:
    """Return MCC and MNC of the network in reach."""
    air = modem.state.air
    return nas.NetworkCode(mcc=int(air.mcc), mnc=int(air.mnc), includes_pcs_digit=len(air.mnc) == 3)


def _serving_system(modem: Modem) -> nas.ServingSystem:
    state = modem.state
    camped = state.registration in (
        Registration.HOME, Registration.ROAMING, Registration.DENIED,
    )  # fmt: skip
    attach = nas.AttachState.ATTACHED if state.attached else nas.AttachState.DETACHED
    circuit = nas.AttachState.ATTACHED if state.registered else nas.AttachState.DETACHED
    return nas.ServingSystem(
        registration_state=_STATES[state.registration],
        cs_attach_state=circuit,
        ps_attach_state=attach,
        selected_network=nas.NetworkType._3GPP,
        radio_interfaces=[radio_interface(modem)] if camped else [nas.RadioInterface.NONE],
    )


def _details(modem: Modem) -> dict[str, object]:
    state, air = modem.state, modem.state.air
    if not state.registered:
        return {}
    roams = state.registration is Registration.ROAMING
    indicator = nas.RoamingIndicatorStatus.ON if roams else nas.RoamingIndicatorStatus.OFF
    capability = _CAPABILITIES.get(air.technology)
    return {
        "roaming_indicator": indicator,
        "data_service_capability": [capability] if capability and state.attached else None,
        "current_plmn": nas.NamedNetwork(mcc=int(air.mcc), mnc=int(air.mnc), description=air.name),
        "roaming_indicator_list": [
            nas.RoamingIndicator(
                radio_interface=radio_interface(modem), roaming_indicator=indicator
            )
        ],
        "lte_tac": air.tac if air.technology == "lte" else None,
        "detailed_service_status": nas.DetailedServiceStatus(
            status=nas.ServiceStatus.AVAILABLE,
            capability=nas.NetworkServiceDomain.CS_PS,
            hdr_status=nas.ServiceStatus.NONE,
            hdr_hybrid=False,
            forbidden=False,
        ),
        "mnc_pcs_digit_include_status": network_code(modem),
    }


@service.answers(nas.GetServingSystem)
def get_serving_system(
    modem: Modem, _client: Client, _request: nas.GetServingSystem
) -> nas.GetServingSystemResponse:
    answer = nas.GetServingSystemResponse(serving_system=_serving_system(modem))
    for name, value in _details(modem).items():
        setattr(answer, name, value)
    if modem.state.registered:
        answer.lac_3gpp, answer.cid_3gpp = 0xFFFE, modem.state.air.cell_id
    return answer


def _serving_indication(modem: Modem) -> nas.ServingSystemIndication:
    body = nas.ServingSystemIndication(serving_system=_serving_system(modem))
    for name, value in _details(modem).items():
        setattr(body, name, value)
    return body


@service.answers(nas.GetHomeNetwork)
def get_home_network(
    modem: Modem, _client: Client, _request: nas.GetHomeNetwork
) -> nas.GetHomeNetworkResponse:
    refuse_unless(modem.state.card_is_open, Error.NOT_PROVISIONED)
    mcc, mnc = modem.state.home_plmn
    return nas.GetHomeNetworkResponse(
        home_network=nas.NamedNetwork(mcc=int(mcc), mnc=int(mnc), description=modem.state.air.name),
        home_network_3gpp_mnc=nas.GetHomeNetworkResponseHomeNetwork3gppMnc(
            is_3gpp=True, includes_pcs_digit=len(mnc) == 3
        ),
    )


@service.answers(nas.AttachDetach)
def attach_detach(
    modem: Modem, _client: Client, request: nas.AttachDetach
) -> nas.AttachDetachResponse:
    refuse_unless(request.action in (1, 2), Error.INVALID_PS_ATTACH_ACTION)
    refuse_unless(modem.state.registered, Error.NETWORK_NOT_READY)
    modem.state.attach(wanted=request.action == nas.PsAttachAction.ATTACH)
    return nas.AttachDetachResponse()


@service.answers(nas.InitiateNetworkRegister)
def initiate_network_register(
    modem: Modem, _client: Client, request: nas.InitiateNetworkRegister
) -> nas.InitiateNetworkRegisterResponse:
    plmn = None
    if request.action == nas.NetworkRegisterType.MANUAL:
        wanted = request.manual_registration_info_3gpp
        refuse_unless(wanted, Error.MISSING_ARGUMENT)
        assert wanted is not None
        digits = 3 if request.mnc_pcs_digit_include_status or wanted.mnc > 99 else 2
        plmn = f"{wanted.mcc:03}", f"{wanted.mnc:0{digits}}"
    modem.state.register(plmn)
    return nas.InitiateNetworkRegisterResponse()


@service.answers(nas.ForceNetworkSearch)
def force_network_search(
    modem: Modem, _client: Client, _request: nas.ForceNetworkSearch
) -> nas.ForceNetworkSearchResponse:
    refuse_unless(modem.state.radio.on, Error.DEVICE_NOT_READY)
    return nas.ForceNetworkSearchResponse()


@service.answers(nas.Reset)
def reset(_modem: Modem, client: Client, _request: nas.Reset) -> nas.ResetResponse:
    client.reset()
    return nas.ResetResponse()


@service.answers(nas.GetSupportedMessages)
def get_supported_messages(
    modem: Modem, _client: Client, _request: nas.GetSupportedMessages
) -> nas.GetSupportedMessagesResponse:
    return nas.GetSupportedMessagesResponse(list_=bitmap(service.supported(modem)))


@service.answers(nas.RegisterIndications)
def register_indications(
    _modem: Modem, client: Client, request: nas.RegisterIndications
) -> nas.RegisterIndicationsResponse:
    reject = request.network_reject_information
    client.register(
        serving=request.serving_system_events,
        system=request.system_info,
        signal=request.signal_info,
        reject=None if reject is None else reject.enable_network_reject_indications,
    )
    return nas.RegisterIndicationsResponse()


@service.announces(Kind.REGISTRATION, Kind.ATTACH)
def announce_registration(modem: Modem, client: Client, change: Change) -> Iterator[Indication]:
    state = modem.state
    if "serving" in client.registered:
        yield _serving_indication(modem)
    refused = state.registration is Registration.DENIED and change.kind is Kind.REGISTRATION
    if refused and "reject" in client.registered:
        yield nas.NetworkRejectIndication(
            radio_interface=radio_interface(modem),
            service_domain=nas.NetworkServiceDomain.CS_PS,
            reject_cause=nas.RejectCause(state.reject),
            plmn=network_code(modem),
        )
    if refused and "reject-event" in client.registered:
        yield nas.EventReportIndication(
            registration_reject_reason=nas.EventReportIndicationRegistrationRejectReason(
                service_domain=nas.NetworkServiceDomain.CS_PS,
                reject_cause=nas.RejectCause(state.reject),
            )
        )
