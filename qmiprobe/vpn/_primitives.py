# SPDX-License-Identifier: GPL-2.0-or-later
"""What a WireGuard handshake is made of: X25519 (RFC 7748), ChaCha20-Poly1305 (RFC 8439)."""

from __future__ import annotations


def public_key(private: bytes) -> bytes:
    """Return the public key of a private one, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def x25519(private: bytes, public: bytes) -> bytes:
    """Return the secret that a private key and another's public key have in common.

    All zero for a public key that has none with anybody (RFC 7748, 6.1).
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    other = X25519PublicKey.from_public_bytes(public)
    try:
        return X25519PrivateKey.from_private_bytes(private).exchange(other)
    except ValueError:
        return bytes(32)


def seal(key: bytes, nonce: bytes, plain: bytes, beside: bytes) -> bytes:
    """Return ``plain`` encrypted, with a tag of 16 bytes that covers ``beside`` too."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(key).encrypt(nonce, plain, beside)


def opened(key: bytes, nonce: bytes, sealed: bytes, beside: bytes) -> bytes | None:
    """Return what was sealed; None where the tag does not fit."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, beside)
    except InvalidTag:
        return None
