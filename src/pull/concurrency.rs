/// How many requests may be under way at once: grows by one after a run of successes, halves when the platform says
/// that it is too much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Concurrency {
    most: usize,
    present: usize,
    successes: usize,
}

/// Successes, for each request under way, before one more is tried.
const RUN: usize = 8;

impl Concurrency {
    pub(super) fn new(most: usize) -> Self {
        let most = most.clamp(1, 64);
        Self { most, present: most.min(4), successes: 0 }
    }

    pub(super) fn present(&self) -> usize {
        self.present
    }

    /// Takes the status of an answer into account.
    pub(super) fn answered(&mut self, status: u16) {
        if status == 429 || status == 503 {
            self.present = (self.present / 2).max(1);
            self.successes = 0;
        } else if status < 400 {
            self.successes += 1;
            if self.successes >= RUN * self.present {
                self.present = (self.present + 1).min(self.most);
                self.successes = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_halves_at_once_and_grows_slowly() {
        let mut concurrency = Concurrency::new(6);
        assert_eq!(concurrency.present(), 4);
        concurrency.answered(429);
        concurrency.answered(503);
        concurrency.answered(429);
        assert_eq!(concurrency.present(), 1);
        for _ in 0..RUN {
            concurrency.answered(200);
        }
        assert_eq!(concurrency.present(), 2);
        for _ in 0..1_000 {
            concurrency.answered(200);
        }
        assert_eq!(concurrency.present(), 6);
    }
}
