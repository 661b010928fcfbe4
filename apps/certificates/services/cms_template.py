"""The signature container of a key, made once by pyHanko; after that only digest and signature change in it.

Building one takes thirty milliseconds, filling one in takes one. What pyHanko would say at each signature is the same
but for the digest: PAdES B-B carries no signing time, and names certificate and algorithms of the key.
"""

from dataclasses import dataclass

from asn1crypto import cms

SEQUENCE, SET, OCTET_STRING, EXPLICIT_0, EXPLICIT_1 = 0x30, 0x31, 0x04, 0xA0, 0xA1


@dataclass(frozen=True)
class CmsTemplate:
    """DER pieces in the order of RFC 5652; `attributes` is the SET that is signed, with `digest` in it."""

    oid: bytes
    before_signer: bytes
    before_attributes: bytes
    attributes: bytes
    digest: bytes
    signature_algorithm: bytes
    signature_length: int

    @classmethod
    def taken_from(cls, container: cms.ContentInfo, digest: bytes) -> "CmsTemplate":
        """Raises ValueError where the container has anything that a template could not know."""
        signed = container["content"]
        (signer,) = signed["signer_infos"]
        attributes = bytes([SET]) + signer["signed_attrs"].dump()[1:]
        if attributes.count(digest) != 1 or signer["unsigned_attrs"].native or signed["crls"].native:
            raise ValueError("this signature container cannot serve as a template")
        return cls(
            oid=container["content_type"].dump(),
            before_signer=_pieces(signed, "version", "digest_algorithms", "encap_content_info", "certificates"),
            before_attributes=_pieces(signer, "version", "sid", "digest_algorithm"),
            attributes=attributes,
            digest=digest,
            signature_algorithm=signer["signature_algorithm"].dump(),
            signature_length=len(signer["signature"].native),
        )

    def to_be_signed(self, digest: bytes) -> bytes:
        return self.attributes.replace(self.digest, digest)

    @property
    def most_bytes(self) -> int:
        """What a filled container takes at most: an ECDSA signature in DER varies by a few bytes."""
        return len(self.filled_der(self.digest, bytes(self.signature_length + 16)))

    def filled(self, digest: bytes, signature: bytes, stamp: cms.ContentInfo | None = None) -> cms.ContentInfo:
        """The container with this signature, and a time stamp over it where there is one."""
        return cms.ContentInfo.load(self.filled_der(digest, signature, stamp))

    def filled_der(self, digest: bytes, signature: bytes, stamp: cms.ContentInfo | None = None) -> bytes:
        attributes = bytes([EXPLICIT_0]) + self.to_be_signed(digest)[1:]
        signed = self.signature_algorithm + _der(OCTET_STRING, signature)
        signer = _der(SEQUENCE, self.before_attributes + attributes + signed + _unsigned(stamp))
        signed = _der(SEQUENCE, self.before_signer + _der(SET, signer))
        return _der(SEQUENCE, self.oid + _der(EXPLICIT_0, signed))


def _unsigned(stamp: cms.ContentInfo | None) -> bytes:
    if stamp is None:
        return b""
    attribute = cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [stamp]})
    return bytes([EXPLICIT_1]) + cms.CMSAttributes([attribute]).dump()[1:]


def _pieces(value, *names: str) -> bytes:
    return b"".join(value[name].dump() for name in names)


def _der(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content
