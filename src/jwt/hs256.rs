use alloc::borrow::Cow;
use core::fmt;
use core::num::NonZeroUsize;
use hmac::{Hmac, KeyInit, Mac};
use jwt_compact::{Algorithm, AlgorithmSignature};
use sha2::Sha256;

/// HMAC-SHA256 with the two key blocks hashed once for the life of the key.
///
/// The algorithm that comes with the JWT library hashes them anew for each token; for tokens as short as ours that is
/// half of all the hashing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hs256;

/// A key in the state that signing starts from.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    pub(super) fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of any length, so the error that the type allows for does not occur; an empty key, which
        // no caller can pass here, would be the answer to it.
        Self(
            Hmac::new_from_slice(secret)
                .unwrap_or_else(|_| Hmac::new(&hmac::digest::Key::<Hmac<Sha256>>::default())),
        )
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The 32 bytes behind the second dot.
pub(super) struct Signature([u8; 32]);

impl AlgorithmSignature for Signature {
    const LENGTH: Option<NonZeroUsize> = NonZeroUsize::new(32);

    fn try_from_slice(slice: &[u8]) -> anyhow::Result<Self> {
        slice.try_into().map(Self).map_err(anyhow::Error::msg)
    }

    fn as_bytes(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.0)
    }
}

impl Algorithm for Hs256 {
    type SigningKey = Key;
    type VerifyingKey = Key;
    type Signature = Signature;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("HS256")
    }

    fn sign(&self, key: &Key, message: &[u8]) -> Signature {
        let mut state = key.0.clone();
        state.update(message);
        Signature(state.finalize().into_bytes().into())
    }

    fn verify_signature(&self, signature: &Signature, key: &Key, message: &[u8]) -> bool {
        let mut state = key.0.clone();
        state.update(message);
        // Compares in constant time.
        state.verify_slice(&signature.0).is_ok()
    }
}
