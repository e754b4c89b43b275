//! Spring's `page`, `size` and `sort` (docs/utmstack.md, "Conventions that differ per family").

/// Larger pages are cut to this without a word.
const MOST: i64 = 2_000;
const DEFAULT_SIZE: i64 = 20;

/// What a request asks for. What cannot be read as a number falls back to the default.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pageable {
    /// The page as it was asked for; what it means differs between families.
    pub(crate) page: i64,
    /// Rows a page, 1 to 2,000.
    pub(crate) size: i64,
    /// The fields to sort by, and whether downwards.
    pub(crate) sort: Vec<(String, bool)>,
}

impl Pageable {
    /// Reads the three out of a query string's pairs.
    pub(crate) fn of(pairs: &[(String, String)]) -> Self {
        let number = |name: &str| parameter(pairs, name).and_then(|value| value.trim().parse::<i64>().ok());
        Self {
            page: number("page").unwrap_or(0).max(0),
            size: number("size").filter(|&size| size >= 1).unwrap_or(DEFAULT_SIZE).min(MOST),
            sort: pairs
                .iter()
                .filter(|(key, _)| key == "sort")
                .flat_map(|(_, value)| orders(value))
                .collect(),
        }
    }

    /// How many pages there are.
    fn pages(&self, total: i64) -> i64 {
        (total + self.size - 1) / self.size
    }

    /// The header `Link`, made for pages that count from 0, whatever the family.
    pub(crate) fn link(&self, path: &str, total: i64) -> String {
        let pages = self.pages(total);
        let mut links = Vec::with_capacity(4);
        let mut link = |page: i64, rel: &str| {
            links.push(format!("<{path}?page={page}&size={}>; rel=\"{rel}\"", self.size));
        };
        if self.page + 1 < pages {
            link(self.page + 1, "next");
        }
        if self.page > 0 {
            link(self.page - 1, "prev");
        }
        link((pages - 1).max(0), "last");
        link(0, "first");
        links.join(",")
    }
}

/// A value of a query string.
pub(crate) fn parameter<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// `a,b,desc` sorts by two fields downwards; without a direction it is upwards.
fn orders(value: &str) -> Vec<(String, bool)> {
    let mut fields: Vec<&str> = value.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let downwards = match fields.last() {
        Some(last) if last.eq_ignore_ascii_case("desc") => Some(true),
        Some(last) if last.eq_ignore_ascii_case("asc") => Some(false),
        _ => None,
    };
    if downwards.is_some() {
        fields.pop();
    }
    fields.into_iter().map(|field| (field.to_owned(), downwards.unwrap_or(false))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pageable(query: &str) -> Pageable {
        let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Pageable::of(&pairs)
    }

    #[test]
    fn defaults_stand_in_for_what_is_missing_or_unreadable() {
        let plain = Pageable { page: 0, size: 20, sort: vec![] };
        assert_eq!(pageable(""), plain);
        assert_eq!(pageable("page=x&size=many"), plain);
        assert_eq!(pageable("page=-1&size=0"), plain);
    }

    #[test]
    fn large_pages_are_cut_to_two_thousand() {
        assert_eq!(pageable("size=5000").size, 2_000);
    }

    #[test]
    fn sort_may_be_repeated() {
        let sort = pageable("sort=@timestamp,desc&sort=name.keyword,asc&sort=id.keyword").sort;
        let expected = [("@timestamp", true), ("name.keyword", false), ("id.keyword", false)];
        assert_eq!(sort, expected.map(|(field, down)| (field.to_owned(), down)));
    }

    #[test]
    fn links_count_pages_from_zero() {
        let link = pageable("page=1&size=25").link("/api/x", 100);
        assert_eq!(
            link,
            "</api/x?page=2&size=25>; rel=\"next\",</api/x?page=0&size=25>; rel=\"prev\",\
             </api/x?page=3&size=25>; rel=\"last\",</api/x?page=0&size=25>; rel=\"first\""
        );
    }
}
