use crate::error::Error;
use crate::operation::Evidence;

/// Whether a write may be made that nobody was publicly seen making.
///
/// No Uptycs tenant was reachable when this crate was written. What clients and captures show is attested; some writes
/// that people want most are not among it. They are made only when the caller says so, and are read back afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Consent {
    /// Attested writes only.
    #[default]
    AttestedOnly,
    /// Reconstructed writes as well.
    AllowReconstructed,
}

impl Consent {
    /// Lets a write pass, or says why not.
    ///
    /// # Errors
    ///
    /// [`Error::NotAttested`] for a write of weaker evidence than was allowed.
    ///
    /// ```
    /// use triagekit::operation::Evidence;
    /// use triagekit::uptycs::Consent;
    ///
    /// assert!(Consent::AttestedOnly.permits(Evidence::Attested, "PUT /alerts/{id}").is_ok());
    /// let error = Consent::AttestedOnly.permits(Evidence::Reconstructed, "DELETE /assets/{id}").unwrap_err();
    /// assert_eq!(error.code(), "not_attested");
    /// ```
    pub fn permits(self, evidence: Evidence, operation: &str) -> Result<(), Error> {
        if evidence == Evidence::Attested || self == Self::AllowReconstructed {
            Ok(())
        } else {
            Err(Error::NotAttested { operation: operation.to_owned(), evidence })
        }
    }
}
