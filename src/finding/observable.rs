/// What an observable is; the numbers are OCSF's `type_id` of version 1.5.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObservableType {
    /// A machine's name.
    Hostname,
    /// An address.
    IpAddress,
    /// A user's name.
    UserName,
    /// A file's or command's hash.
    Hash,
    /// A process's name.
    ProcessName,
}

impl ObservableType {
    /// OCSF's `type_id`.
    pub const fn id(self) -> u8 {
        match self {
            Self::Hostname => 1,
            Self::IpAddress => 2,
            Self::UserName => 4,
            Self::Hash => 8,
            Self::ProcessName => 9,
        }
    }

    /// OCSF's name of it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hostname => "Hostname",
            Self::IpAddress => "IP Address",
            Self::UserName => "User Name",
            Self::Hash => "Hash",
            Self::ProcessName => "Process Name",
        }
    }
}

/// Something that a finding names and that others may name as well: what pivots start from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Observable {
    /// What it is.
    pub kind: ObservableType,
    /// Where the vendor's record has it, as a dotted path.
    pub name: String,
    /// Its value, as the vendor writes it.
    pub value: String,
}
