//! The triagekit console.
