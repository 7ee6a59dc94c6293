"""The short human check code: eight letters and digits of the content digest, for typing."""

# Crockford's alphabet: nothing that can be mistaken for something else.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None, "－": None, "　": None})
_LENGTH = 8


def check_words(content_digest: bytes) -> str:
    """The first forty bits of the digest in two groups of four."""
    number = int.from_bytes(content_digest[:5], "big")
    letters = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


def is_same_check(typed: str, content_digest: bytes) -> bool:
    """Whether a typed code means this digest; case, hyphens and O/I/L do not matter."""
    plain = typed.upper().translate(_MISREAD)
    return len(plain) == _LENGTH and plain == check_words(content_digest).replace("-", "")
