"""The check of signatures that auditors run: the vectors of RFC 8032 (section 7.1), and a library's opinion on many more."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.ed25519 import FIELD, GROUP_ORDER, verify_signature
from db.station_key import verify_fast

VECTORS = {  # public key, text, signature
    "1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "SHA(abc)": (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
}


def parts(name: str) -> tuple[bytes, bytes, bytes]:
    public, text, signature = (bytes.fromhex(each) for each in VECTORS[name])
    return public, text, signature


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors_of_the_rfc_hold(name: str) -> None:
    assert verify_signature(*parts(name))
    assert verify_fast(*parts(name))


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize("verify", [verify_signature, verify_fast])
def test_no_bit_of_key_text_or_signature_may_differ(name: str, verify) -> None:
    public, text, signature = parts(name)
    for at in range(0, 512, 37):
        wrong = bytearray(signature)
        wrong[at // 8] ^= 1 << at % 8
        assert not verify(public, text, bytes(wrong))
    assert not verify(public, text + b"\0", signature)
    assert not verify(bytes([public[0] ^ 1]) + public[1:], text, signature)


def test_what_the_rfc_refuses_is_refused() -> None:
    public, text, signature = parts("3")
    scalar = int.from_bytes(signature[32:], "little") + GROUP_ORDER  # the same scalar, written another way
    for wrong in (signature[:32] + scalar.to_bytes(32, "little"), signature[:63], signature + b"\0", b""):
        assert not verify_signature(public, text, wrong)
    base = bytes.fromhex("58" + "66" * 31)
    for_any_text = base + (1).to_bytes(32, "little")  # by the neutral point as a key
    assert verify_signature((1).to_bytes(32, "little"), text, for_any_text)
    assert not verify_signature((FIELD + 1).to_bytes(32, "little"), text, for_any_text), "one point has one name"
    for key in (FIELD.to_bytes(32, "little"), (2).to_bytes(32, "little"), b"", (1 | 1 << 255).to_bytes(32, "little")):
        assert not verify_signature(key, text, signature)


def test_a_library_agrees_on_texts_of_any_length() -> None:
    for length in range(0, 260, 13):
        key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(str(length).encode()).digest())
        text = bytes(range(256))[:length] * 2
        public = key.public_key().public_bytes_raw()
        assert verify_signature(public, text, key.sign(text))
        assert not verify_signature(public, text + b"!", key.sign(text))
