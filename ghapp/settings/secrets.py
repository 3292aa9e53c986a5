"""The App's secrets: refused while they are too weak to keep anybody out."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

LENGTH = 16  # an empty or guessable secret lets anyone forge deliveries
BITS = 2048  # NIST SP 800-131A; GitHub's own keys have as many


def webhook_secrets(value: str) -> str:
    """The secrets as they were given, comma-separated.

    Raises:
        ValueError: one is too short.
    """
    if any(len(secret.strip()) < LENGTH for secret in value.split(",")):
        raise ValueError(
            f"is shorter than {LENGTH} characters: make one with"
            " `python3 -c 'import secrets; print(secrets.token_hex(32))'` and set it in the App's webhook settings too"
        )
    return value


def private_key(value: str) -> str:
    """A key in PEM form; literal backslash-n, as one-line environment variables carry it, is undone.

    Raises:
        ValueError: it is no key that GitHub would know, or too weak.
    """
    pem = value.replace("\\n", "\n")
    key = _key(pem)
    if key is None:
        raise ValueError(
            "is not an unencrypted RSA key in PEM form:"
            " generate one on the App's settings page and give its whole text, BEGIN and END lines included"
        )
    if key.key_size < BITS:
        raise ValueError(f"is an RSA key of {key.key_size} bits, too weak: generate one on the App's settings page")
    return pem


def _key(pem: str) -> RSAPrivateKey | None:
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, RSAPrivateKey) else None
