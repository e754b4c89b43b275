//! What the demo server says on the wire, asked as a client asks: over HTTP, without its own types.

#[cfg(test)]
mod asking;
#[cfg(test)]
mod console;
#[cfg(test)]
mod control;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod live;
#[cfg(test)]
mod program;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod timing;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod uptycs_collections;
#[cfg(test)]
mod uptycs_lists;
#[cfg(test)]
mod uptycs_query_jobs;
#[cfg(test)]
mod uptycs_sql;
#[cfg(test)]
mod uptycs_tokens;
#[cfg(test)]
mod uptycs_writes;
#[cfg(test)]
mod utmstack_access;
#[cfg(test)]
mod utmstack_catalogue;
#[cfg(test)]
mod utmstack_csv;
#[cfg(test)]
mod utmstack_desk;
#[cfg(test)]
mod utmstack_documented;
#[cfg(test)]
mod utmstack_incidents;
#[cfg(test)]
mod utmstack_login;
#[cfg(test)]
mod utmstack_openapi;
#[cfg(test)]
mod utmstack_operators;
#[cfg(test)]
mod utmstack_search;
#[cfg(test)]
mod utmstack_v11;
#[cfg(test)]
mod utmstack_values;
#[cfg(test)]
mod utmstack_writes;
