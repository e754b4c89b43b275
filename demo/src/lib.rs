//! A double of both vendors.
