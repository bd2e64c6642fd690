# SPDX-License-Identifier: GPL-2.0-or-later
"""How Wireshark's MBIM dissector (4.0) calls fields, and what it does not dissect as we do."""

from __future__ import annotations

OTHER_NAMES = {
    "action": "ussdaction",
    "activeapplicationindex": "activeappindex",
    "antennaindex": "sarantennaindex",
    "applicationid": "appid",
    "applicationname": "appname",
    "applicationtype": "apptype",
    "backoffindex": "sarbackoffindex",
    "backoffstate": "sarbackoffstatus",
    "buffer": "databuffer",
    "cids": "cid",
    "cipheringkey": "ck",
    "classbytetype": "type",
    "configurationstatus": "configstatus",
    "data": "responsedata databuffer binarydata recorddata",
    "databuffer": "pac",
    "datacodingscheme": "ussddatacodingscheme",
    "denyliststate": "blackliststate",
    "denylisttype": "blacklisttype",
    "deviceserviceid": "uuid",
    "defaultpduactivationhint": "defaultpduhint",
    "drxcycle": "drxparams",
    "encodedmessagesizeincharacters": "sizeincharacters",
    "encoding": "encodingid",
    "errorrate": "ber",
    "firmwareinfo": "fwinfo",
    "flag": "flags",
    "hardwareinfo": "hwinfo",
    "integratingkey": "ik",
    "ipv4available": "ipv4configurationavailable",
    "ipv4dnsservers": "ipv4dns",
    "ipv6available": "ipv6configurationavailable",
    "ipv6dnsservers": "ipv6dns",
    "language": "languageid",
    "maxname": "maxnamelength",
    "mbimextendedversion": "bcdmbimextendedversion",
    "mbimversion": "bcdmbimversion",
    "mediapreference": "accessmedia",
    "mode": "sarmode",
    "numberofentries": "totalnbofentries",
    "packetserviceaction": "action",
    "passthroughstatus": "passthroughaction",
    "payload": "ussdpayload",
    "qmux": "buffer",
    "radiostate": "set",
    "registrationflag": "registrationflags",
    "reregisterifnedeed": "reregisterifneeded",
    "reslen": "reslength",
    "response": "ussdresponse databuffer",
    "resultdata": "resultdatastring",
    "sessionstate": "ussdsessionstate",
    "slot": "slotindex",
    "state": "mode enable phonebookstate",
    "statuswords": "statusword",
    "swradiostate": "swradiostat",
    "telephonenumbers": "telnb",
    "terminalcapabilitydata": "capability",
    "wifiintegration": "sarwifiintegration",
}
"""Our name to Wireshark's, or several of which one is there; without case and punctuation."""

NOT_DISSECTED = {
    "BaseStationsInfoResponse": "it reads packed structs at the place of the first one",
    "ConnectQuery": "it reads the session id alone",
    "EmergencyModeSet": "libmbim has a set, the specification has none",
    "FileStatusQuery": "of MBIMEx, unknown to it",
    "FileStatusResponse": "of MBIMEx, unknown to it",
    "IpConfigurationQuery": "it reads the session id alone",
    "IpPacketFiltersQuery": "it reads a filter where ours may be many",
    "ModemRebootSetEx2": "it knows the set of MBIM 1.0, without arguments",
    "NetworkDenylistNotification": "it reads the list's items 4 bytes too far on",
    "NetworkDenylistResponse": "it reads the list's items 4 bytes too far on",
    "NetworkDenylistSet": "it reads the list's items 4 bytes too far on",
    "NetworkParamsQuery": "it reads the TLVs of MBIMEx 4.0 alone",
    "ReadNotification": "PDUs of random bytes stop its SMS dissector",
    "ReadResponse": "PDUs of random bytes stop its SMS dissector",
    "SendSet": "PDUs of random bytes stop its SMS dissector",
}
"""Messages that it reads otherwise, and why: libmbim or the specification decided for ours."""

OF_MBIMEX = (
    "ModemConfiguration",
    "NetworkParams",
    "RegistrationParameters",
    "UePolicy",
    "WakeReason",
)
"""Commands of MBIMEx 3.0 and later: it dissects them only after a version has been agreed."""

FIELDS = {
    ("ProvisionedContextsResponse", "authprotocol"): "it shows the compression under this name too",
    ("ProvisionedContextsNotification", "authprotocol"): "the same",
    ("ReadBinaryQuery", "localpin"): "it takes UTF-16 for UTF-8",
    ("ReadRecordQuery", "localpin"): "it takes UTF-16 for UTF-8",
    ("ReadBinaryQuery", "readoffset"): "fileoffset there",
    ("ReadBinaryQuery", "readsize"): "numberofbytes there",
    ("ApplicationListResponse", "applicationlistsizebytes"): "a size, which it shows as one",
    ("ApplicationListResponse", "pinkeyreferences"): "it shows them one by one",
    ("ApplicationListResponse", "pinkeyreferencecount"): "numpins there",
    **{
        (f"{message}{kind}{ex}", name): why
        for kind in ("Response", "Notification")
        for message, ex, name, why in (
            ("ModemConfiguration", "", "wcharstrdata", "texts of other TLVs stand beside it"),
            ("PacketService", "Ex3", "highestavailabledataclass", "currentdataclass there, twice"),
            ("PacketService", "Ex3", "plmnmcc", "it shows one PLMN"),
            ("PacketService", "Ex3", "plmnmnc", "it shows one PLMN"),
            ("RegisterState", "Ex2", "preferreddataclasses", "availabledataclasses there, twice"),
        )
    },
    ("BaseStationsInfoResponseEx3", "arfcn"): "it shows other kinds of cells under this name too",
    ("BaseStationsInfoResponseEx3", "cellparameterid"): "callparameter there",
    ("BaseStationsInfoResponseEx3", "nrarfcn"): "arfcn there",
    ("BaseStationsInfoResponseEx3", "timingadvance"): "it is two fields there",
    ("DeviceCapsResponseEx3", "ltebandclass"): "octets in a TLV: it shows the numbers",
    ("DeviceCapsResponseEx3", "nrbandclass"): "octets in a TLV: it shows the numbers",
    ("AtrResponse", "atr"): "left to another dissector",
    ("ServiceActivationResponse", "buffer"): "it shows the NwError before the buffer with it",
    **{
        (f"SubscriberReadyStatus{kind}{ex}", name): "texts that it hands to dissectors of SIM cards"
        for kind in ("Response", "Notification")
        for ex in ("", "Ex3")
        for name in ("subscriberid", "simiccid", "telephonenumbers")
    },
}
"""Single fields that are otherwise there."""
