# SPDX-License-Identifier: GPL-2.0-or-later
"""WDS: stored connection profiles, and those of the LTE attach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qmiprobe.qmi.services import wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Change, Context, Kind
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, refuse_unless
from qmiprobe.sim.qmi_face._tables import wds as service

MOST_PROFILES = 16
_PDP_TYPES = {
    "ipv4": wds.PdpType.IPV4,
    "ipv6": wds.PdpType.IPV6,
    "ipv4v6": wds.PdpType.IPV4_OR_IPV6,
}
_FAMILIES = {value: name for name, value in _PDP_TYPES.items()}
_AUTH = {
    "none": wds.Authentication(0),
    "pap": wds.Authentication.PAP,
    "chap": wds.Authentication.CHAP,
    "pap-or-chap": wds.Authentication.PAP | wds.Authentication.CHAP,
}
_AUTH_NAMES = {int(value): name for name, value in _AUTH.items()}


def _find(modem: Modem, identifier: wds.ProfileId) -> Context:
    refuse_unless(identifier.profile_type == wds.ProfileType._3GPP, Error.INVALID_PROFILE_TYPE)
    context = modem.state.contexts.get(identifier.profile_index)
    if context is None:
        body = wds.GetProfileSettingsResponse(
            extended_error_code=wds.DsProfileError.INVALID_PROFILE_NUMBER
        )
        raise Refusal(Error.EXTENDED_INTERNAL, body)
    return context


def _settings(context: Context) -> dict[str, object]:
    return {
        "profile_name": context.name,
        "pdp_type": _PDP_TYPES[context.family],
        "apn_name": context.apn,
        "username": context.user,
        "password": context.password,
        "authentication": _AUTH[context.auth],
    }


def _changed(context: Context, request: wds.CreateProfile | wds.ModifyProfile) -> Context:
    given = {
        "name": request.profile_name,
        "apn": request.apn_name,
        "user": request.username,
        "password": request.password,
    }
    changes = {name: text for name, text in given.items() if text is not None}
    if request.pdp_type is not None:
        refuse_unless(request.pdp_type in _FAMILIES, Error.INVALID_PDP_TYPE)
        changes["family"] = _FAMILIES[request.pdp_type]
    if request.authentication is not None:
        refuse_unless(int(request.authentication) in _AUTH_NAMES, Error.INVALID_ARGUMENT)
        changes["auth"] = _AUTH_NAMES[int(request.authentication)]
    return replace(context, **changes)  # type: ignore[arg-type]  # all of these are texts


def _identifier(number: int) -> wds.ProfileId:
    return wds.ProfileId(profile_type=wds.ProfileType._3GPP, profile_index=number)


@service.answers(wds.GetProfileList)
def get_profile_list(
    modem: Modem, _client: Client, request: wds.GetProfileList
) -> wds.GetProfileListResponse:
    wanted = request.profile_type
    refuse_unless(wanted in (None, 0, 255), Error.INVALID_PROFILE_TYPE)
    return wds.GetProfileListResponse(
        profile_list=[
            wds.ProfileEntry(
                profile_type=wds.ProfileType._3GPP, profile_index=number, profile_name=one.name
            )
            for number, one in sorted(modem.state.contexts.items())
        ]
    )


@service.answers(wds.GetProfileSettings)
def get_profile_settings(
    modem: Modem, _client: Client, request: wds.GetProfileSettings
) -> wds.GetProfileSettingsResponse:
    context = _find(modem, request.profile_id)
    return wds.GetProfileSettingsResponse(**_settings(context))  # type: ignore[arg-type]


@service.answers(wds.CreateProfile)
def create_profile(
    modem: Modem, _client: Client, request: wds.CreateProfile
) -> wds.CreateProfileResponse:
    refuse_unless(request.profile_type == wds.ProfileType._3GPP, Error.INVALID_PROFILE_TYPE)
    taken = modem.state.contexts
    number = next((one for one in range(1, MOST_PROFILES + 1) if one not in taken), None)
    if number is None:
        raise Refusal(Error.NO_FREE_PROFILE)
    modem.state.store_context(_changed(Context(number=number), request))
    return wds.CreateProfileResponse(profile_identifier=_identifier(number))


@service.answers(wds.ModifyProfile)
def modify_profile(
    modem: Modem, _client: Client, request: wds.ModifyProfile
) -> wds.ModifyProfileResponse:
    modem.state.store_context(_changed(_find(modem, request.profile_identifier), request))
    return wds.ModifyProfileResponse()


@service.answers(wds.DeleteProfile)
def delete_profile(
    modem: Modem, _client: Client, request: wds.DeleteProfile
) -> wds.DeleteProfileResponse:
    modem.state.delete_context(_find(modem, request.profile_identifier).number)
    return wds.DeleteProfileResponse()


@service.answers(wds.GetDefaultProfileNumber)
def get_default_profile_number(
    modem: Modem, _client: Client, request: wds.GetDefaultProfileNumber
) -> wds.GetDefaultProfileNumberResponse:
    refuse_unless(request.profile_type.type == wds.ProfileType._3GPP, Error.INVALID_PROFILE_TYPE)
    return wds.GetDefaultProfileNumberResponse(index=modem.state.default_context)


@service.answers(wds.SetDefaultProfileNumber)
def set_default_profile_number(
    modem: Modem, _client: Client, request: wds.SetDefaultProfileNumber
) -> wds.SetDefaultProfileNumberResponse:
    wanted = request.profile_identifier
    identifier = wds.ProfileId(profile_type=wanted.type, profile_index=wanted.index)
    modem.state.default_context = _find(modem, identifier).number
    return wds.SetDefaultProfileNumberResponse()


@service.answers(wds.GetDefaultSettings)
def get_default_settings(
    modem: Modem, _client: Client, request: wds.GetDefaultSettings
) -> wds.GetDefaultSettingsResponse:
    refuse_unless(request.profile_type == wds.ProfileType._3GPP, Error.INVALID_PROFILE_TYPE)
    context = Context(number=0)
    return wds.GetDefaultSettingsResponse(**_settings(context))  # type: ignore[arg-type]


@service.answers(wds.GetLteAttachParameters)
def get_lte_attach_parameters(
    modem: Modem, _client: Client, _request: wds.GetLteAttachParameters
) -> wds.GetLteAttachParametersResponse:
    refuse_unless(modem.state.attached, Error.INFORMATION_UNAVAILABLE)
    first = modem.state.contexts.get(modem.state.default_context)
    return wds.GetLteAttachParametersResponse(
        apn=first.apn if first else "",
        ip_support_type=wds.IpSupportType.from_name(first.family if first else "ipv4v6"),
        ota_attach_performed=True,
    )


@service.answers(wds.GetMaxLteAttachPdnNumber)
def get_max_lte_attach_pdn_number(
    _modem: Modem, _client: Client, _request: wds.GetMaxLteAttachPdnNumber
) -> wds.GetMaxLteAttachPdnNumberResponse:
    return wds.GetMaxLteAttachPdnNumberResponse(info=1)


@service.answers(wds.GetLteAttachPdnList)
def get_lte_attach_pdn_list(
    modem: Modem, _client: Client, _request: wds.GetLteAttachPdnList
) -> wds.GetLteAttachPdnListResponse:
    return wds.GetLteAttachPdnListResponse(
        current_list=[modem.state.default_context], pending_list=[]
    )


@service.announces(Kind.CONTEXTS)
def announce_contexts(
    modem: Modem, client: Client, _change: Change
) -> Iterator[wds.ProfileChangedIndication]:
    if "profiles" in client.registered:
        yield wds.ProfileChangedIndication(
            profile_event=wds.ProfileChangedIndicationProfileEvent(
                profile_type=wds.ProfileType._3GPP,
                profile_index=modem.state.default_context,
                change_event=wds.ProfileChangeEvent.MODIFY_EVENT,
            )
        )
