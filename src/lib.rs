//! One sans-IO core for the REST APIs of UTMStack and Uptycs.
