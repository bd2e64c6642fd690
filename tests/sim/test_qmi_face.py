# SPDX-License-Identifier: GPL-2.0-or-later
"""The QMI face: client ids, refusals, and answers that are what the state says."""

from __future__ import annotations

from random import Random

import pytest

from qmiprobe.qmi._sdu import Header, build
from qmiprobe.qmi.services import _index, ctl, dms, nas, uim, wda, wds
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim._memory_port import open_simulated
from qmiprobe.sim.qmi_face._tables import ALL
from tests.sim.hosts import QmiHost, qmi_modem


async def test_the_modem_lists_its_services():
    async with qmi_modem() as (modem, host):
        answer = await host.call(ctl.GetVersionInfo())
        found = {str(one.service_): one.major_version for one in answer.service_list}
        assert found == {"ctl": 1, "wds": 1, "dms": 1, "nas": 1, "uim": 1, "wda": 1}
        assert modem.profile.name == "ec25"


async def test_what_the_device_is_stands_in_the_profile():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("dms")
        identity = modem.profile.identity
        assert (await host.call(dms.GetModel(), client=client)).model == identity.model
        assert (await host.call(dms.GetRevision(), client=client)).revision == identity.revision
        assert (await host.call(dms.GetIds(), client=client)).imei == identity.imei
        imsi = await host.call(dms.UimGetImsi(), client=client)
        assert imsi.imsi == modem.profile.sim["imsi"]


async def test_client_ids_run_out_and_come_back():
    async with qmi_modem() as (modem, host):
        given = [await host.allocate("dms") for _ in range(modem.profile.qmi.client_ids)]
        assert len(set(given)) == len(given)
        refusal = await host.refused(ctl.AllocateCid(service_=Service.DMS))
        assert refusal == Error.CLIENT_IDS_EXHAUSTED
        await host.allocate("nas")  # each service has its own
        info = ctl.Client(service_=Service.DMS, cid=given[3])
        await host.call(ctl.ReleaseCid(release_info=info))
        assert await host.allocate("dms") == given[3]


async def test_ids_that_were_never_given_out_are_refused():
    async with qmi_modem() as (_, host):
        assert await host.refused(dms.GetModel(), client=9) == Error.INVALID_CLIENT_ID
        info = ctl.Client(service_=Service.DMS, cid=9)
        assert await host.refused(ctl.ReleaseCid(release_info=info)) == Error.INVALID_CLIENT_ID
        wanted = ctl.AllocateCid(service_=Service.VOICE)
        assert await host.refused(wanted) == Error.INVALID_SERVICE_TYPE
        wanted = ctl.AllocateCid(service_=Service.CTL)
        assert await host.refused(wanted) == Error.INVALID_SERVICE_TYPE


async def test_sync_takes_all_ids_back():
    async with qmi_modem() as (_, host):
        client = await host.allocate("dms")
        await host.call(ctl.Sync())
        assert await host.refused(dms.GetModel(), client=client) == Error.INVALID_CLIENT_ID


async def test_a_revoked_id_is_told_and_void():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("dms")
        assert hasattr(modem.face, "revoke")
        modem.face.revoke(int(Service.DMS), client)
        told = await host.told(ctl.RevokeClientIdIndication)
        assert told.client.cid == client
        assert await host.refused(dms.GetModel(), client=client) == Error.INVALID_CLIENT_ID


async def test_unknown_messages_are_refused():
    async with qmi_modem() as (_, host):
        client = await host.allocate("dms")
        answer = await host.ask_raw(service=2, client=client, message_id=0x0FFF)
        assert answer.result is not None
        assert answer.result.error == Error.INVALID_QMI_COMMAND
        refusal = await host.refused(dms.GetPrlVersion(), client=client)  # known, not offered
        assert refusal == Error.INVALID_QMI_COMMAND


async def test_a_missing_tlv_and_a_malformed_one_are_told_apart():
    async with qmi_modem() as (_, host):
        client = await host.allocate("dms")
        answer = await host.ask_raw(service=2, client=client, message_id=0x002E)
        assert answer.result is not None
        assert answer.result.error == Error.MISSING_ARGUMENT
        answer = await host.ask_raw(
            service=2, client=client, message_id=0x002E, tlvs=b"\x01\x05\x00\x00"
        )
        assert answer.result is not None
        assert answer.result.error == Error.MALFORMED_MESSAGE


async def test_values_that_nobody_knows_are_refused():
    async with qmi_modem() as (_, host):
        client = await host.allocate("dms")
        wanted = dms.SetOperatingMode(mode=dms.OperatingMode(99))
        assert await host.refused(wanted, client=client) == Error.INVALID_ARGUMENT


async def test_noise_is_ignored_and_never_kills_the_modem():
    random = Random(1)
    async with qmi_modem() as (_, host):
        client = await host.allocate("dms")
        frames = [random.randbytes(random.randrange(1, 80)) for _ in range(200)]
        header = Header(
            service=2, client=client, transaction=7, message_id=0x25, kind="request",
            from_service=False,
        )  # fmt: skip
        frames += [build(header, random.randbytes(random.randrange(40))) for _ in range(200)]
        frames += [b"\x01\x00\x00\x00\x10\x00\x00\x00\x01\x00\x00\x00\x00\x10\x00\x00"]
        for frame in frames:
            await host.transport.send(frame)
        assert (await host.call(dms.GetModel(), client=client)).model == "EC25"


@pytest.mark.parametrize("number", [number for number in ALL if number])
async def test_every_message_that_is_listed_is_known_and_the_rest_is_refused(number: int):
    async with qmi_modem() as (_, host):
        name = ALL[number].name
        client = await host.allocate(name)
        answer = await host.ask_raw(service=number, client=client, message_id=0x1E)
        bits = getattr(answer.body, "list_", b"")
        listed = {n for n in range(8 * len(bits)) if bits[n // 8] >> n % 8 & 1}
        assert 0x1E in listed
        defined = {
            one.id
            for one in _index.DEFINITIONS
            if one.service == number and one.id < 0x1000  # the list has no room for vendors'
        }
        for message_id in sorted(defined | listed):
            answer = await host.ask_raw(service=number, client=client, message_id=message_id)
            assert answer.result is not None
            refused = answer.result.error == Error.INVALID_QMI_COMMAND
            assert refused is (message_id not in listed), f"{name} {message_id:#06x}"


async def test_a_modem_has_the_same_clients_on_all_its_ports():
    modem = SimulatedModem("ec25")
    async with open_simulated(modem) as open_port:
        first, second = QmiHost(open_port()), QmiHost(open_port())
        client = await first.allocate("dms")
        assert await second.allocate("dms") != client
        assert (await second.call(dms.GetModel(), client=client)).model == "EC25"
        await first.transport.aclose()
        third = QmiHost(open_port())
        assert (await third.call(dms.GetModel(), client=client)).model == "EC25"


async def test_the_data_format_is_the_profiles_whatever_is_asked():
    async with qmi_modem() as (_, host):
        client = await host.allocate("wda")
        asked = wda.SetDataFormat(link_layer_protocol=wda.LinkLayerProtocol._802_3)
        answer = await host.call(asked, client=client)
        assert answer.link_layer_protocol == wda.LinkLayerProtocol.RAW_IP
        found = await host.call(wda.GetDataFormat(), client=client)
        assert found.link_layer_protocol == wda.LinkLayerProtocol.RAW_IP


async def test_who_serves_and_whose_sim_it_is():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("nas")
        serving = await host.call(nas.GetServingSystem(), client=client)
        assert serving.serving_system.registration_state == nas.RegistrationState.REGISTERED
        assert serving.serving_system.ps_attach_state == nas.AttachState.ATTACHED
        assert serving.current_plmn is not None
        assert serving.current_plmn.description == modem.state.air.name
        home = await host.call(nas.GetHomeNetwork(), client=client)
        assert (home.home_network.mcc, home.home_network.mnc) == (1, 1)
        signal = await host.call(nas.GetSignalInfo(), client=client)
        assert signal.lte_signal_strength is not None
        assert signal.lte_signal_strength.rsrp == modem.state.signal.rsrp
        found = await host.call(nas.NetworkScan(), client=client)
        assert [one.description for one in found.network_information or []] == [
            "Test Network", "Other Network",
        ]  # fmt: skip


async def test_files_of_the_card_are_what_3gpp_says():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("uim")
        session = uim.Session(
            session_type=uim.SessionType.PRIMARY_GW_PROVISIONING, application_identifier=b""
        )
        whole = uim.ReadTransparentReadInformation(offset=0, length=0)

        def read(file_id: int) -> uim.ReadTransparent:
            file = uim.File(file_id=file_id, file_path=b"\x00\x3f")
            return uim.ReadTransparent(session=session, file=file, read_information=whole)

        iccid = await host.call(read(0x2FE2), client=client)
        digits = "".join(f"{byte & 15:x}{byte >> 4:x}" for byte in iccid.read_result or b"")
        assert digits.rstrip("f") == modem.state.sim.iccid
        imsi = (await host.call(read(0x6F07), client=client)).read_result or b""
        digits = "".join(f"{byte & 15:x}{byte >> 4:x}" for byte in imsi[1 : 1 + imsi[0]])
        assert digits[0] == "9"
        assert digits[1:] == modem.state.sim.imsi
        assert await host.refused(read(0x6FFF), client=client) == Error.SIM_FILE_NOT_FOUND


async def test_stored_profiles_can_be_made_changed_and_removed():
    async with qmi_modem() as (_, host):
        client = await host.allocate("wds")
        kind = wds.ProfileType._3GPP
        made = await host.call(
            wds.CreateProfile(profile_type=kind, apn_name="a.example", profile_name="a"),
            client=client,
        )
        identifier = made.profile_identifier
        changed = wds.ModifyProfile(profile_identifier=identifier, pdp_type=wds.PdpType.IPV6)
        await host.call(changed, client=client)
        read = wds.GetProfileSettings(profile_id=identifier)
        settings = await host.call(read, client=client)
        assert (settings.apn_name, settings.pdp_type) == ("a.example", wds.PdpType.IPV6)
        listed = await host.call(wds.GetProfileList(), client=client)
        assert [one.profile_name for one in listed.profile_list] == ["internet", "ims", "a"]
        await host.call(wds.DeleteProfile(profile_identifier=identifier), client=client)
        refusal = await host.ask(read, client=client)
        assert refusal.result is not None
        assert refusal.result.error == Error.EXTENDED_INTERNAL
        assert getattr(refusal.body, "extended_error_code", None) == (
            wds.DsProfileError.INVALID_PROFILE_NUMBER
        )
