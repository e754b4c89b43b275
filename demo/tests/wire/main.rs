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
mod utmstack_login;
#[cfg(test)]
mod utmstack_search;
